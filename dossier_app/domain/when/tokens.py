"""From typed text to tokens with their meanings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time

from dossier_app.domain.when import sentences
from dossier_app.domain.when.words import LONGEST_ENTRY, VOCABULARY, Kind, Meanings

_LEXEMES = (
    ("numeric", re.compile(r"[0-9]+(?:[./-][0-9]+)+")),
    ("clock", re.compile(r"[0-9]+(?::[0-9]+)+")),
    ("number", re.compile(r"[0-9]+")),
    ("word", re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")),
    ("sign", re.compile(r"\S")),
)
_SPACE = re.compile(r"\s+")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_SIGNS: dict[str, Meanings] = {"+": {Kind.PLUS: None}, "-": {Kind.DASH: None}}
_IGNORED = frozenset(",.;!?")
_SAME_SIGN = str.maketrans({"’": "'", "‑": "-", "–": "-", "—": "-", "−": "-"})
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign as typed, with everything that it may mean; no meaning at
    all for what neither language knows."""

    text: str
    meanings: Meanings


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``; raises Unreadable for an impossible time of day.

    Case, ё or е, kinds of spaces, invisible characters and commas make no difference.
    """
    lexemes = _lexemes(text)
    tokens: list[Token] = []
    at = 0
    while at < len(lexemes):
        name, typed = lexemes[at]
        length = 1
        if name == "word":
            length, meanings = _entry(lexemes, at)
            typed = " ".join(part for _, part in lexemes[at : at + length])
        else:
            meanings = _plain_meanings(name, typed)
        tokens.append(Token(typed, meanings))
        at += length
    return [token for token in tokens[:-1] if Kind.SILENT not in token.meanings] + tokens[-1:]


def read_clock(text: str) -> time | None:
    """The time that ``text`` writes as 9:30 or 09:30; None for anything else."""
    found = _CLOCK.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def _lexemes(text: str) -> list[tuple[str, str]]:
    visible = "".join(c for c in unicodedata.normalize("NFC", text) if not _is_invisible(c))
    text = visible.translate(_SAME_SIGN)
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        name, match = next((n, m) for n, p in _LEXEMES if (m := p.match(text, at)))
        if match[0] not in _IGNORED:
            found.append((name, match[0]))
        at = match.end()
    return found


def _is_invisible(character: str) -> bool:
    """Marks that come along from mails and web pages: soft hyphen, direction marks."""
    return unicodedata.category(character) == "Cf"


def _entry(lexemes: list[tuple[str, str]], at: int) -> tuple[int, Meanings]:
    """How many lexemes the longest entry of the vocabulary takes here, and its meanings."""
    for length in range(LONGEST_ENTRY, 0, -1):
        words = [typed for _, typed in lexemes[at : at + length]]
        entry = VOCABULARY.get(" ".join(words).lower().replace("ё", "е"))
        if entry is not None:
            return len(words), entry
    return 1, {}


def _plain_meanings(name: str, typed: str) -> Meanings:
    if name == "numeric":
        return {Kind.NUMERIC: typed}
    if name == "clock":
        moment = read_clock(typed)
        if moment is None:
            raise sentences.no_such_time(typed)
        return {Kind.CLOCK: moment}
    if name == "number" and len(typed) <= _MOST_DIGITS:
        number = int(typed)
        meanings = {Kind.NUMBER: number, Kind.COUNT: number}
        return meanings | {Kind.YEAR: number} if len(typed) == 4 else meanings
    return _SIGNS.get(typed, {})
