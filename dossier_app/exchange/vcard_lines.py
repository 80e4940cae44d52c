"""vCard as text: cards, properties and parameters, of versions 2.1, 3.0 and 4.0.

Meaning is left to `dossier_app.exchange.vcard_reader`. Sources of the rules: the vCard
2.1 specification of versit, RFC 2425 and 2426, RFC 6350 and 6868; and what programs
write in spite of them: lines that are not folded, cards that are cut off, encodings that
nobody declared, one after another in one file.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dossier_app.domain.errors import Refusal
from dossier_app.exchange.decoding import (
    decode,
    guess_encoding,
    known_encoding,
    unicode_encoding,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the colon. ``types`` are lower case, names upper case."""

    name: str
    group: str = ""
    types: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""  # "qp", "base64" or ""
    charset: str = ""


@dataclass(slots=True)
class Card:
    """One card: raw values by head, in order. Cards inside it (AGENT) are ``agents``;
    ``complete`` is False when its end is missing."""

    properties: list[tuple[Head, str]] = field(default_factory=list)
    agents: list[Card] = field(default_factory=list)
    complete: bool = False


class CardText:
    """The text of a vCard file and the reading of its values.

    A file that is not Unicode throughout is carried byte for byte (as Latin-1) until its
    lines are unfolded and each value is read in the encoding it declares, in UTF-8, or in
    the one encoding that the undeclared rest of the file looks like.
    """

    def __init__(self, data: bytes, encoding: str | None = None) -> None:
        self._data = data
        self._given = known_encoding(encoding) if encoding else ""
        self._carried = False
        self._guess: tuple[str, bool] | None = None
        self._mostly_utf8: bool | None = None
        if self._given or unicode_encoding(data):
            self.text = decode(data, encoding).text
            return
        try:
            self.text = data.decode("utf-8")
        except UnicodeDecodeError:
            self.text = data.decode("latin-1")
            self._carried = True

    @property
    def guessed(self) -> tuple[str, bool]:
        """The encoding that had to be guessed and whether it is in doubt; ("", False)
        when nothing needed guessing."""
        return self._guess or ("", False)

    def value(self, head: Head, raw: str) -> str:
        """The text of a raw value: unquoted and decoded, its escapes still in it."""
        if head.encoding == "qp":
            coded = raw.encode("latin-1" if self._carried else "utf-8", "replace")
            text = self._decoded(binascii.a2b_qp(coded), head.charset or self._given)
            return text.replace("\r\n", "\n").replace("\r", "\n")
        if self._carried and not raw.isascii():
            return self._decoded(raw.encode("latin-1", "replace"), head.charset)
        return raw

    def _decoded(self, data: bytes, charset: str) -> str:
        if charset:
            try:
                text = _mostly(data, known_encoding(charset))
            except Refusal:
                text = ""
            if text:  # else declared wrongly, or unheard of: go on as if undeclared
                return text
        text = _mostly(data, "utf-8")
        # A short value may be UTF-8 by chance; four such characters are no chance.
        if text and (text.isascii() or not self._carried or self._is_mostly_utf8()):
            return text
        if sum(char > "\x7f" for char in text) >= 4:
            return text
        return data.decode(self._fallback(), "replace")

    def _is_mostly_utf8(self) -> bool:
        if self._mostly_utf8 is not None:
            return self._mostly_utf8
        good = bad = 0
        for line in self._lines():
            if not line.isascii():
                good, bad = (good + 1, bad) if _is_utf8(line) else (good, bad + 1)
        self._mostly_utf8 = good >= bad
        return self._mostly_utf8

    def _fallback(self) -> str:
        """The encoding of what is neither declared nor UTF-8, told from all of it."""
        if self._guess:
            return self._guess[0]
        hints = {found[1].decode("ascii") for found in _CHARSET.finditer(self._data)}
        lines = []
        for raw in self._lines():
            if (raw.isascii() and not _QUOTED_BYTE.search(raw)) or _CHARSET.search(raw):
                continue
            line = binascii.a2b_qp(raw)
            if not _is_utf8(line):
                lines.append(line.partition(b":")[2])
        self._guess = guess_encoding(b"\n".join(lines), hints)
        return self._guess[0]

    def _lines(self) -> list[bytes]:
        """Lines of the raw file, unfolded: a fold may stand inside a character."""
        return _BYTE_FOLD.sub(b"", self._data).splitlines()


def cards(text: str) -> Iterator[Card]:
    """The cards in ``text``, in order; what stands before, between and after is no card.

    A card without its end is closed by the next beginning or the end of the text.
    """
    stack: list[_OpenCard] = []
    blank = False
    for line in _unfolded(text):
        if not line or line.isspace():
            blank = True
            continue
        after_blank, blank = blank, False
        top = stack[-1] if stack else None
        edge = _EDGE.fullmatch(line) if line[0] in "BbEe \t" else None
        if edge is None:
            if top:
                top.take(line, after_blank)
        elif edge[1]:
            nested = top is not None and top.awaits_agent()
            if stack and not nested:
                yield _closed(stack, complete=False)
            stack.append(_OpenCard())
        elif len(stack) > 1:
            stack[0].card.agents.append(stack.pop().close(complete=True))
        elif stack:
            yield _closed(stack, complete=True)
    if stack:
        yield _closed(stack, complete=False)


@lru_cache(maxsize=4096)
def read_head(text: str) -> Head:
    """Take apart what stands before the colon: group, name and parameters."""
    parts = text.split(";") if '"' not in text else _QUOTED_PART.findall(text)
    name = parts[0].strip().upper()
    group = ""
    if "." in name:
        group, _, name = name.rpartition(".")
    types: list[str] = []
    params: dict[str, str] = {}
    encoding = charset = ""
    for part in parts[1:]:
        key, equals, value = part.partition("=")
        key, value = key.strip().upper(), value.strip().replace('"', "")
        if not equals:  # version 2.1: "TEL;WORK;VOICE"
            key, value = _bare_parameter(key)
        if key == "TYPE":
            types += [kind.strip().lower() for kind in value.split(",") if kind.strip()]
        elif key == "ENCODING":
            encoding = _ENCODINGS.get(value.upper(), "")
        elif key == "CHARSET":
            charset = value
        elif key:
            params[key] = value
    return Head(name, group, tuple(types), params, encoding, charset)


def unescape(text: str) -> str:
    """Text with its escapes undone: ``\\n``, ``\\,``, ``\\;``, ``\\:``, ``\\\\``."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def split_escaped(text: str, separator: str) -> list[str]:
    """Parts between separators that are not escaped; the escapes stay in the parts."""
    if "\\" not in text:
        return text.split(separator)
    hidden = text.replace("\\\\", "\0").replace(f"\\{separator}", "\1")
    return [
        part.replace("\1", f"\\{separator}").replace("\0", "\\\\")
        for part in hidden.split(separator)
    ]


def line_text(value: str) -> str:
    """The text of a value in one line."""
    return " ".join(unescape(value).split())


def component_text(text: str) -> str:
    """A part of N in one line; commas that are not escaped stand between names."""
    if "," in text or "\\" in text:
        text = " ".join(unescape(part) for part in split_escaped(text, ","))
    return " ".join(text.split())


class _OpenCard:
    """A card whose end has not come yet. Each property is [head, value, *more lines]."""

    def __init__(self) -> None:
        self.card = Card()
        self._pieces: list[list[str]] = []
        self._soft_break = False

    def take(self, line: str, after_blank: bool) -> None:
        """Take the next line: a property, or the continuation of the last one."""
        if self._soft_break and not (after_blank and _KNOWN.match(line)):
            self._continue(line)
            self._soft_break = line.endswith("=")
            return
        if line[0] in " \t" and self._pieces:
            self._continue(line[1:])
            return
        found = _PLAIN.match(line) or _QUOTED.match(line)
        if found is None:
            self._take_bare(line)
            return
        self._pieces.append([found[1], line[found.end() :]])
        self._soft_break = line[-1] == "=" and read_head(found[1]).encoding == "qp"

    def awaits_agent(self) -> bool:
        """True right behind an AGENT property, whose value is the card that begins here."""
        if not self._pieces or len(self._pieces[-1]) > 2:
            return False
        head, value = self._pieces[-1]
        return read_head(head).name == "AGENT" and value.strip().upper() in ("", "BEGIN:VCARD")

    def close(self, complete: bool) -> Card:
        properties = self.card.properties
        for pieces in self._pieces:
            value = pieces[1] if len(pieces) == 2 else "".join(pieces[1:])
            properties.append((read_head(pieces[0]), value))
        self.card.complete = complete
        return self.card

    def _continue(self, text: str) -> None:
        last = self._pieces[-1]
        if self._soft_break and last[-1].endswith("="):
            last[-1] = last[-1][:-1]
        last.append(text)

    def _take_bare(self, line: str) -> None:
        """A line that is no property: base64 or text that somebody forgot to fold."""
        if not self._pieces:
            self._pieces.append(["NOTE", line])
        elif read_head(self._pieces[-1][0]).encoding == "base64":
            self._continue(line)
        else:
            self._continue(f"\n{line}")


def _closed(stack: list[_OpenCard], complete: bool) -> Card:
    """Close all that is open, the cards inside first; the outermost is answered."""
    while len(stack) > 1:
        stack[0].card.agents.append(stack.pop().close(complete))
    return stack.pop().close(complete)


def _unfolded(text: str) -> list[str]:
    """Lines, with folded ones joined. Behind "=" it may be a soft line break of
    QUOTED-PRINTABLE, where the blank belongs to the text: left to the card."""
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub("", text)
    return text.split("\n")


def _bare_parameter(token: str) -> tuple[str, str]:
    if token in _ENCODINGS:
        return "ENCODING", token
    return ("CHARSET", token) if _CHARSET_TOKEN.fullmatch(token) else ("TYPE", token)


def _mostly(data: bytes, encoding: str) -> str:
    """Decode; "" when more than half of what is not ASCII does not fit. A single broken
    character (a value cut in the middle of one) becomes "\ufffd"."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken and broken * 2 > sum(char > "\x7f" for char in text):
        return ""
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_EDGE = re.compile(r"\s*(BEGIN)\s*:\s*VCARD\s*|\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_FOLD = re.compile(r"(?<!=)\n[ \t](?![ \t]*(?:BEGIN|END):VCARD)", re.IGNORECASE)
_PLAIN = re.compile(r'([A-Za-z0-9_.-]+(?:;[^:"]*)?):')
_QUOTED = re.compile(r'([A-Za-z0-9_.-]+;(?:[^:"]|"[^"]*")*):')
_QUOTED_PART = re.compile(r'(?:[^;"]|"[^"]*"|")+')
_KNOWN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z-]+)?(?:;[^=:]+(?:=[^:]*)?)?:")
_ESCAPE = re.compile(r"\\([nN\\,;:\"])")
_CHARSET = re.compile(rb"CHARSET=[\"']?([\w.-]+)", re.IGNORECASE)
_CHARSET_TOKEN = re.compile(r"UTF-?\d+|WINDOWS-\d+|CP\d+|ISO-8859-\d+|KOI8-[RU]|US-ASCII")
_QUOTED_BYTE = re.compile(rb"=[89A-Fa-f][0-9A-Fa-f]")
_BYTE_FOLD = re.compile(rb"\r?\n[ \t]")
_ENCODINGS = {
    "QUOTED-PRINTABLE": "qp",
    "BASE64": "base64",
    "B": "base64",
}
