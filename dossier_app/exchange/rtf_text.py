"""Rich text of Outlook messages: unpacking it, and what it says.

The packing is that of [MS-OXRTFCP]; HTML that travels inside RTF is taken out as
[MS-OXRTFEX] says.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from dossier_app.exchange.html_text import html_to_text

_LONGEST = 8_000_000  # bytes that are unpacked
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)
_SILENT = frozenset(
    "fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl "
    "footerr footerf listtable listoverridetable rsidtbl themedata datastore generator xmlnstbl "
    "mhtmltag latentstyles fldinst bkmkstart bkmkend".split()
)
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t",
    "cell": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "endash": "–", "emdash": "—", "emspace": " ", "enspace": " ",
}  # fmt: skip
# Character sets of fonts ([MS-WMF], CharacterSet) and the code pages they stand for.
_CHARSETS = {
    77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254,
    163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
_CODECS = {
    1200: "utf-16-le", 10000: "mac-roman", 10007: "mac-cyrillic", 20127: "ascii",
    20866: "koi8-r", 21866: "koi8-u", 936: "gb18030", 54936: "gb18030", 50220: "iso2022_jp",
    50221: "iso2022_jp", 50222: "iso2022_jp", 51932: "euc_jp", 51949: "euc_kr", 65000: "utf-7",
    65001: "utf-8",
}  # fmt: skip


def codec_of(codepage: int) -> str:
    """Python's name for a code page of Windows; "" when it has none."""
    name = _CODECS.get(codepage, f"cp{codepage}")
    if 28591 <= codepage <= 28605:
        name = f"iso8859-{codepage - 28590}"
    try:
        "".encode(name)
    except LookupError:
        return ""
    return name


def unpack_rtf(data: bytes) -> bytes:
    """Rich text as it is stored in a message, unpacked. What is cut off ends early; b""
    for what is no packed text."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<4I", data)
    if kind == 0x414C454D:  # "MELA": stored as it is
        return data[16 : 16 + size]
    if kind != 0x75465A4C:  # "LZFu"
        return b""
    window = bytearray(_START.ljust(_WINDOW, b" "))
    write, place, out = len(_START), 16, bytearray()

    def put(byte: int) -> None:
        nonlocal write
        out.append(byte)
        window[write] = byte
        write = (write + 1) % _WINDOW

    limit = min(size, _LONGEST)
    while place < len(data) and len(out) < limit:
        control = data[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                if place + 2 > len(data):
                    return bytes(out)
                pair = data[place] << 8 | data[place + 1]
                place += 2
                source, length = pair >> 4, (pair & 15) + 2
                if source == write:
                    return bytes(out)
                for offset in range(length):
                    put(window[(source + offset) % _WINDOW])
            elif place < len(data):
                put(data[place])
                place += 1
    return bytes(out)


def rtf_to_text(rtf: bytes) -> str:
    """What rich text says; HTML inside it is read as HTML."""
    head = rtf[:2000]
    inside = b"\\fromhtml" in head
    text = _Walk(rtf, page=inside).text()
    return html_to_text(text) if inside else text


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside one pair of braces."""

    silent: bool = False
    fonts: bool = False
    tag: bool = False  # inside a piece of HTML
    doubled: bool = False  # said twice, once in RTF and once in HTML: the RTF
    codec: str = "cp1252"
    skip: int = 1  # how many characters stand after a Unicode one for old readers


class _Walk:
    """Goes through rich text once. With ``page`` it gives the HTML that is inside."""

    def __init__(self, rtf: bytes, *, page: bool) -> None:
        self._page = page
        self._out: list[str] = []
        self._bytes = bytearray()
        self._ansi = "cp1252"
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._first = False  # right after a brace: the word that says what the group is
        self._star = False
        self._skip = 0
        for found in _TOKEN.finditer(rtf):
            self._take(found)
        self._flush()

    def text(self) -> str:
        return "".join(self._out)

    def _take(self, found: re.Match[bytes]) -> None:
        word, number, code, sign, brace, plain = found.groups()
        if word is not None:
            self._word(word.decode().lower(), int(number) if number else None)
            self._first = False
        elif brace == b"{":
            self._flush()
            self._stack.append(self._state)
            self._first, self._star, self._skip = True, False, 0
        elif brace == b"}":
            self._flush()
            self._state = self._stack.pop() if self._stack else _State()
            self._first, self._skip = False, 0
        elif sign == b"*" and self._first:
            self._star = True
        else:
            self._first = False
            self._plain(code, sign, plain)

    def _plain(self, code: bytes | None, sign: bytes | None, plain: bytes | None) -> None:
        if code:
            self._put(bytes([int(code, 16)]))
        elif plain:
            self._put(plain)
        elif sign in (b"\\", b"{", b"}"):
            self._put(sign)
        elif sign == b"~":
            self._say("\xa0")
        elif sign == b"_":
            self._say("-")
        elif sign in (b"\r", b"\n"):
            self._say("\n")

    def _word(self, word: str, number: int | None) -> None:
        if self._first and (word in _SILENT or (self._star and word != "htmltag")):
            self._state = replace(self._state, silent=True, fonts=word == "fonttbl")
        elif word == "htmltag":
            self._state = replace(self._state, tag=True, silent=not self._page)
        elif word == "htmlrtf":
            self._flush()
            self._state = replace(self._state, doubled=self._page and number != 0)
        elif word == "ansicpg":
            self._ansi = codec_of(number or 0) or "cp1252"
            self._codec(self._ansi)
        elif word == "f":
            self._font = number or 0
            if self._font in self._fonts and not self._state.fonts:
                self._codec(self._fonts[self._font])
        elif word == "fcharset" and self._state.fonts:
            # 0 stands for the code page of the text, whichever that is.
            self._fonts[self._font] = codec_of(_CHARSETS.get(number or 0, 0)) or self._ansi
        elif word == "uc":
            self._state = replace(self._state, skip=max(0, min(number or 0, 10)))
        elif word == "u" and number is not None:
            self._say(_unicode(number))
            self._skip = self._state.skip
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _codec(self, name: str) -> None:
        self._flush()
        self._state = replace(self._state, codec=name)

    def _put(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        if not self._state.silent and not self._state.doubled:
            self._bytes += data[skipped:]

    def _say(self, text: str) -> None:
        if not self._state.silent and not self._state.doubled:
            self._flush()
            self._out.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._out.append(self._bytes.decode(self._state.codec, "replace"))
            self._bytes.clear()


def _unicode(number: int) -> str:
    """The character of ``\\u``: its number is signed, half of a pair is left out."""
    point = number % 0x10000
    return "" if 0xD800 <= point < 0xE000 else chr(point)
