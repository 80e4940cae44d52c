"""Header lines of mails as they really come: old encodings, broken quotes, odd dates.

The standard library reads a header field that keeps to the standards; what these
functions add is that nothing is lost of one that does not.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from itertools import islice

from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import safe_name
from dossier_app.domain.mail import MailAddress
from dossier_app.exchange.decoding import guess_encoding, known_encoding

_LONGEST = 200_000  # characters of a header field that are looked at
_MOST = 1_000  # addresses of one field
_SAMPLE, _MOST_HINTS = 8_192, 5  # bytes from which an encoding is guessed, and names for it
_YEARS = range(1971, 2200)
_WESTERN = {"iso8859-1", "iso8859-15", "cp1252", "ascii"}
# What Python calls encodings, and no mail is written in.
_NO_TEXT = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
_PARSER = HeaderParser(policy=compat32)
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"[!-9;-~]+[ \t]*:")
# RFC 2047; the spaces and question marks that do not belong inside are met all the same.
_WORD = re.compile(
    r"=\?([\w.:-]{1,40})(?:\*[^?]{0,40})?\?([bBqQ])\?(.{0,5000}?)\?=(?:\s+(?==\?))?", re.DOTALL
)
_WORDS = re.compile(r"(?:=\?[\w.:-]{1,40}(?:\*[^?]{0,40})?\?[bBqQ]\?.{0,5000}?\?=\s*)+", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_ID = re.compile(r"<[^<>\s]+>")
_DOUBLE = re.compile(r'(?<!\\)""')  # quotes around quotes
_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|\((?:\\.|[^()\\])*\)|<[^<>]*>|[^\s",;:<>()]+|.', re.DOTALL)


class Headers:
    """The fields of one header. ``hints`` are encodings that the mail names elsewhere."""

    def __init__(self, data: bytes, hints: Iterable[str] = ()) -> None:
        text = _mended(decode_declared(data, "", hints))
        self.message: Message = _PARSER.parsestr(text)
        rest = self.message.get_payload()
        # What stands behind a line that is no header line belongs to the body.
        self.rest = rest if isinstance(rest, str) else ""

    def raw(self, name: str) -> str:
        """The field on one line, encoded words and all; "" when there is none."""
        value = self.message.get(name)
        return _FOLD.sub("", str(value)[:_LONGEST]).strip() if value is not None else ""

    def text(self, name: str) -> str:
        return one_line(decode_words(self.raw(name)))

    def addresses(self, *names: str) -> list[MailAddress]:
        """Everybody in these fields, each once."""
        found: dict[MailAddress, None] = {}
        for name in names:
            for value in self.message.get_all(name, []):
                unfolded = _FOLD.sub("", str(value)[:_LONGEST])
                found.update(dict.fromkeys(parse_addresses(unfolded)))
        return list(found)[:_MOST]

    def ids(self, *names: str) -> list[str]:
        """The message names in these fields, each once."""
        return list(dict.fromkeys(item for name in names for item in _ID.findall(self.raw(name))))

    def moment(self) -> datetime | None:
        """When the mail was sent; when it says nothing readable, when it arrived."""
        moments = [self.raw("Date")]
        moments += [str(item).rpartition(";")[2] for item in self.message.get_all("Received", [])]
        return next(filter(None, map(_moment, moments)), None)


def _mended(text: str) -> str:
    """A header whose long fields go on without the space that says so, with that space."""
    lines = _LINE_END.split(text)
    last = max((n for n, line in enumerate(lines) if _FIELD.match(line)), default=0)
    return "\n".join(
        f" {line}" if n < last and not _FIELD.match(line) and line[:1] not in (" ", "\t") else line
        for n, line in enumerate(lines)
    )


def decode_declared(data: bytes, charset: str, hints: Iterable[str] = ()) -> str:
    """Text in the encoding that a mail declares, unless that is clearly not true.

    UTF-8 is believed to the bytes whatever is declared; what is declared but impossible,
    or Western where nearly every letter is accented, is guessed. Never raises.
    """
    if data.isascii() and not charset.lower().startswith(("iso-2022", "utf-7", "utf-16", "hz")):
        return data.decode("ascii")
    name = _codec(charset)
    if not name or not _is_wide(name):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("utf-8", "replace")
            # A letter cut in two costs itself; a text in another encoding is all broken.
            broken = text.count("\ufffd")
            if broken * 4 <= sum(char > "\x7f" for char in text) - broken:
                return text
    if name in _WESTERN:
        name = "" if _mostly_accented(data) else "cp1252"
    if name:
        try:
            return data.decode(name)
        except UnicodeError:
            if _is_wide(name):  # a broken character costs itself, not the text
                return data.decode(name, "replace")
    named = (_codec(item) for item in (charset, *hints))
    known = [item for item in named if item and item not in _WESTERN][:_MOST_HINTS]
    telling = (line for line in data.split(b"\n") if not line.isascii())
    sample = b"\n".join(islice(telling, 200))[:_SAMPLE]
    return data.decode(guess_encoding(sample, known)[0], "replace")


def decode_words(text: str) -> str:
    """``text`` with its encoded words (RFC 2047) decoded; a letter may begin in one word
    and end in the next."""
    if "=?" not in text:
        return text
    done: list[str] = []
    pending: tuple[str, bytes] = ("", b"")
    end = 0
    for found in _WORD.finditer(text):
        between, end = text[end : found.start()], found.end()
        charset, data = found[1].lower(), _word_bytes(found[2], found[3])
        if between or charset != pending[0]:
            done += [decode_declared(pending[1], pending[0]), between]
            pending = (charset, b"")
        pending = (charset, pending[1] + data)
    return "".join([*done, decode_declared(pending[1], pending[0]), text[end:]])


def parse_addresses(text: str) -> list[MailAddress]:
    """The parties in an address field, also with names that should have been quoted."""
    # A decoded name may have commas of its own: it goes in quotes first.
    text = _WORDS.sub(lambda found: _quoted(decode_words(found[0])), text)
    text = _DOUBLE.sub("", text)
    parties: list[MailAddress] = []
    piece: list[str] = []
    named = True  # no address among the marks of this piece yet
    for mark in (*_PIECE.findall(text), ";"):
        if mark == "," and named and piece:
            piece.append(", ")  # "Surname, Given name <address>"
        elif mark in (",", ";"):
            _add(parties, piece)
            piece, named = [], True
        elif mark == ":" and named:
            piece = []  # the name of a group
        elif piece or mark.strip():
            piece.append(mark)
            named = named and "@" not in mark
        if len(parties) >= _MOST:
            break
    return parties


def one_line(text: str) -> str:
    """``text`` without control characters and line breaks, its spaces single."""
    return " ".join(_CONTROL.sub(" ", text).split())


def file_name(text: str) -> str:
    """The name of an attachment as that of a document; "" when it has none."""
    name = re.split(r"[\\/]", one_line(decode_words(text)))[-1]
    return safe_name(name) if name.strip(" .") else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _add(parties: list[MailAddress], tokens: list[str]) -> None:
    """Add the party that ``tokens`` tell of, if they tell of any."""
    angled = [item[1:-1] for item in tokens if item.startswith("<") and item.endswith(">")]
    comments = [item[1:-1] for item in tokens if item.startswith("(") and len(item) > 1]
    plain = "".join(
        re.sub(r"\\(.)", r"\1", item[1:-1]) if len(item) > 1 and item[0] == '"' else item
        for item in tokens
        if item[0] not in "<(" and item not in ('"', ">", ")")
    ).strip()
    address = next((item for item in reversed(angled) if "@" in item), "")
    if not address and not angled:
        address = next((item for item in reversed(plain.split()) if "@" in item), "")
        plain = " ".join([plain.replace(address, ""), *comments]) if address else plain
    address = re.sub(r"\s+|^mailto:", "", address.strip("'\" "))
    name = one_line(plain).strip("'\", ")
    if name or address:
        parties.append(MailAddress(name, address))


def _word_bytes(kind: str, text: str) -> bytes:
    if kind in "qQ":
        raw = text.replace("_", " ").encode("utf-8", "replace")
        return quopri.decodestring(raw.replace(b"\n", b""))
    return lenient_base64(text.encode("ascii", "ignore"))


def lenient_base64(data: bytes) -> bytes:
    """What base64 text says, also when it was cut off in the middle."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data.split(b"=")[0] if b"=" in data[:-4] else data)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


def _codec(charset: str) -> str:
    """Python's name of a declared encoding; "" when it is none."""
    charset = charset.strip("'\" \t").lower().replace("windows-", "cp").replace("cp-", "cp")
    try:
        name = known_encoding("gb18030" if charset in ("gb2312", "gbk") else charset)
    except Refusal:
        return ""
    return "" if name in _NO_TEXT else name


def _is_wide(name: str) -> bool:
    """True of encodings with more than one byte to a character, UTF-8 aside."""
    narrow = ("cp12", "cp8", "iso8859", "koi8", "mac", "ascii", "utf-8", "tis", "ptcp", "kz")
    return not name.replace("_", "-").startswith(narrow)


def _mostly_accented(data: bytes) -> bool:
    """Western writing is ASCII with some accents; a Cyrillic text is the other way round."""
    high = sum(byte >= 0xC0 for byte in data[:4096])
    return high > sum(chr(byte).isalpha() for byte in data[:4096] if byte < 0x80)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(one_line(text))
        if moment.year not in _YEARS:
            return None
        # "-0000" says that the offset is not known; the time is that of UTC.
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
