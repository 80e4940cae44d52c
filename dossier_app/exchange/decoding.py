"""Bytes of foreign files to text: which encoding did that program write?

Programs on Russian desks wrote cp1251, KOI8-R, cp866 and Mac Cyrillic without saying
so. What a text would be in each encoding is scored by what writing looks like: letters
that are common in the language, no capitals inside words, no two scripts in one word.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dossier_app.domain.errors import Refusal
from dossier_app.domain.importing import Problem
from dossier_app.domain.language import tr

_SAMPLE = 65_536  # bytes that are looked at: more adds nothing


@dataclass(frozen=True, slots=True)
class Decoded:
    """``encoding`` is Python's name of it; ``doubtful`` when another was as likely, or when
    characters had to be replaced by "\\ufffd"."""

    text: str
    encoding: str
    doubtful: bool = False


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Read ``data`` as text; a byte order mark is left out.

    An ``encoding`` given by the user wins. Never raises for any bytes; raises Refusal for
    a name that is no encoding.
    """
    if encoding:
        return _decode_as(data, known_encoding(encoding))
    marked = unicode_encoding(data)
    if marked:
        return _decode_as(data, marked)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        guess, doubtful = guess_encoding(data)
        decoded = _decode_as(data, guess)
        return Decoded(decoded.text, guess, doubtful or decoded.doubtful)


def doubt(encoding: str) -> Problem:
    """What a reader tells about a file that was read as ``encoding`` by a guess."""
    return Problem(
        None,
        tr(
            "The file does not say its encoding. It was read as {encoding}; "
            "if letters look wrong, choose another.",
            encoding=encoding,
        ),
    )


def known_encoding(name: str) -> str:
    """Python's name for the text encoding ``name``; raises Refusal when there is none."""
    try:
        info = codecs.lookup(name.strip())
        "".encode(info.name)  # refuses codecs that are no text encodings
    except (LookupError, ValueError, UnicodeError):
        raise Refusal(
            tr("There is no text encoding called {name}. Try utf-8 or cp1251.", name=name)
        ) from None
    return info.name


def unicode_encoding(data: bytes) -> str | None:
    """The Unicode encoding told by a byte order mark, or by the zero bytes of UTF-16."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:4096]
    if len(head) >= 4 and head.count(0) * 4 >= len(head):
        even, odd = head[::2].count(0), head[1::2].count(0)
        return "utf-16-le" if odd > even else "utf-16-be"
    # Cyrillic UTF-16 has few zero bytes, but every second byte is 04.
    if len(head) >= 8 and head.count(4) * 4 >= len(head):
        even, odd = head[::2].count(4), head[1::2].count(4)
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def guess_encoding(data: bytes, hints: Iterable[str] = ()) -> tuple[str, bool]:
    """The likeliest 8-bit encoding of ``data``, and whether another is about as likely.

    ``hints`` are encodings that the file itself names elsewhere; they count much.
    """
    sample = b"\n".join(_telling_lines(data))
    named = {codec.name for codec in map(_lookup, hints) if codec}
    candidates = [*_SCRIPTS, *sorted(named - set(_SCRIPTS) - {"utf-8", "ascii"})]
    scores = sorted(
        ((_score(sample, name) + 2.0 * (name in named), -place, name)
         for place, name in enumerate(candidates)),
        reverse=True,
    )  # fmt: skip
    best, second = scores[0], scores[1]
    same = sample.decode(best[2], "replace") == sample.decode(second[2], "replace")
    return best[2], not same and best[0] - second[0] < 0.25


def _decode_as(data: bytes, name: str) -> Decoded:
    for mark, marked in _MARKS:
        if data.startswith(mark) and codecs.lookup(marked).name.startswith(name[:6]):
            name = marked
            break
    try:
        return Decoded(data.decode(name).removeprefix("\ufeff"), name)
    except UnicodeError:
        return Decoded(data.decode(name, "replace").removeprefix("\ufeff"), name, doubtful=True)


def _lookup(name: str) -> codecs.CodecInfo | None:
    try:
        return codecs.lookup(known_encoding(name))
    except Refusal:
        return None


def _telling_lines(data: bytes) -> list[bytes]:
    """Lines with bytes that encodings disagree about, up to the sample's size."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(line)
        if size > _SAMPLE:
            break
    return lines


def _score(sample: bytes, name: str) -> float:
    """How much ``sample`` read as ``name`` looks like writing; about -4 to 3."""
    text = sample.decode(name, "replace")
    # A named encoding without an alphabet here is judged by the shape of words alone.
    alphabet, bonus = _SCRIPTS.get(name, ("", 0.0))
    weights = _WEIGHTS.get(alphabet, {})
    total, count = 0.0, 0
    for char in text:
        if char < "\x80":
            continue
        count += 1
        if char in _NEUTRAL:
            continue
        if char.isalpha():
            total += weights.get(char.lower(), -2.0 if weights else 1.0)
        else:
            total -= 6.0 if char == "\ufffd" or char < "\xa0" else 3.0
    total -= 8.0 * sum(1 for _ in _CAPITAL_INSIDE.finditer(text))
    total -= 6.0 * sum(1 for _ in _MIXED.finditer(text))
    total -= 4.0 * sum(1 for _ in _GLUED.finditer(text))
    # Hebrew and Greek have letters that stand only at the end of a word.
    total += 2.0 * len(_FINAL.findall(text)) - 4.0 * len(_MISPLACED_FINAL.findall(text))
    return total / max(count, 1) + bonus


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEUTRAL = frozenset("\xa0«»„“”‘’–—…№°§©®™€•·")
_CAPITAL_INSIDE = re.compile(r"[а-яёіїєґäöüßéèàçα-ωάέήίόύώ](?=[А-ЯЁІЇЄҐÄÖÜÉÈÀÇΑ-ΩΆΈΉΊΌΎΏ])")
_MIXED = re.compile(r"(?<=[A-Za-z])[\u0370-\u05ff]|[\u0370-\u05ff](?=[A-Za-z])")
_GLUED = re.compile(r"[†‡™‰€©®…•¤§°](?=[^\W\d_])")
_FINAL = re.compile(r"(?<=[א-ת])[ךםןףץ](?![א-ת])")
_MISPLACED_FINAL = re.compile(r"[ךםןףץ](?=[א-ת])|ς(?=[α-ω])")

# Letters outside ASCII, commonest first.
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщіэїєёъфґ"
_GREEK = "αοιετσνηυρπκμλςωόίάέγύήδχθφβώξζψϊϋΐΰ"
_HEBREW = "יוהלאתמרבשנםקדעחפכטגצסזןךץף"
_WESTERN = "éäöüßèàçñóíáåøæêâîôûúìòùëïœãõýÿðþ"
_CENTRAL = "áéíěřšžčýůúťďňóąęłśżćńźőűăşţâîäöüöë"
_BALTIC = "āēīūšžčģķļņėęąįųõäöü"
_TURKISH = "ıiğşüöçâî"
_ARABIC = "اليمونترب ةدسفعكحقجهشصطخذضزثغظءؤئىآأإ"

# In the order of preference; the bonus is how often each is met on a Russian desk.
_SCRIPTS = {
    "cp1251": (_CYRILLIC, 0.4),
    "cp1252": (_WESTERN, 0.2),
    "koi8-r": (_CYRILLIC, 0.2),
    "cp866": (_CYRILLIC, 0.2),
    "mac-cyrillic": (_CYRILLIC, 0.0),
    "koi8-u": (_CYRILLIC, 0.0),
    "cp1250": (_CENTRAL, 0.0),
    "cp1253": (_GREEK, 0.0),
    "cp1254": (_TURKISH, -0.1),
    "cp1255": (_HEBREW, 0.0),
    "cp1256": (_ARABIC, 0.0),
    "cp1257": (_BALTIC, 0.0),
}
_WEIGHTS = {
    alphabet: {char: 3.0 - 3.0 * place / len(alphabet) for place, char in enumerate(alphabet)}
    for alphabet, _ in _SCRIPTS.values()
}
