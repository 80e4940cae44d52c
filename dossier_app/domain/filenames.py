"""Names of files from outside, made fit for every file system and for reading.

The rules are those of the strictest system, Windows (the reserved names and characters of
its "Naming Files, Paths, and Namespaces"), and of Linux's limit of 255 bytes.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from dossier_app.domain.language import tr

LONGEST = 200  # characters of a document's name, its ending included
_LONGEST_ON_DISK = 240  # bytes; 15 are left for what a program adds while it writes
_LONGEST_ENDING = 16  # characters after the dot that count as an ending

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\ud800-\udfff]')
_BLANK = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"  # they shape Persian words and emoji; other marks only deceive
_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
# What a double click would run: kept as any document, but not opened from here.
_PROGRAMS = frozenset(
    "app appimage application appref-ms apk bat cab chm cmd com command cpl deb desktop dll dmg "
    "exe gadget hta inf ins iso jar js jse jnlp lnk msc msi msix msp mst pif pkg ps1 psm1 py pyw "
    "reg rpm run scf scr sh sys url vb vbe vbs vhd vhdx website ws wsc wsf wsh xll".split()
)


class FileKind(Enum):
    """What a document can be shown as."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    MAIL = "mail"
    OTHER = "other"


_BY_ENDING = {
    **dict.fromkeys(("pdf",), FileKind.PDF),
    **dict.fromkeys("bmp gif ico jpeg jpg png tif tiff webp".split(), FileKind.PICTURE),
    **dict.fromkeys("csv htm html ics json log md txt vcf xml".split(), FileKind.TEXT),
    **dict.fromkeys(("eml", "msg"), FileKind.MAIL),
}
_BY_BEGINNING = (
    (b"PK\x03\x04", FileKind.OTHER),  # zip: Office files of today
    (b"\xd0\xcf\x11\xe0", FileKind.OTHER),  # Office files of old
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"\x00\x00\x01\x00", FileKind.PICTURE),
)


def safe_name(name: str) -> str:
    """``name`` as a document is called: one line, no path, nothing that hides its ending.

    Separators and reserved characters become "_", line ends and control characters blanks;
    the invisible marks that turn the direction of writing go. At most `LONGEST` characters,
    cut before the ending. A name that is safe stays as it is.
    """
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", name))
    name = "".join(_visible(char) for char in name)
    name = _trimmed(name)
    if not name:
        return tr("document")
    if _DEVICES.match(name):
        name = "_" + name
    return _cut(name, LONGEST, encoding="utf-32-le", unit=4)


def disk_name(name: str) -> str:
    """A safe name that every file system takes: Cyrillic needs two bytes a letter."""
    return _cut(safe_name(name), _LONGEST_ON_DISK, encoding="utf-8", unit=1)


def same_name(one: str, other: str) -> bool:
    """True when two documents of a dossier may not both be called so."""
    return one.casefold() == other.casefold()


def ending_of(name: str) -> str:
    """The ending in lower case without its dot ("pdf"); empty when there is none."""
    return _parts(name)[1].lower().lstrip(".")


def stem_of(name: str) -> str:
    """The name without its ending."""
    return _parts(name)[0]


def renamed(old: str, wish: str) -> str:
    """The safe name that ``old`` gets when ``wish`` is typed: without an ending of its own
    it keeps the old one."""
    name, ending = safe_name(wish), _parts(old)[1]
    return name if ending_of(name) or not ending else safe_name(name + ending)


def is_program(name: str) -> bool:
    """True for what would run instead of being shown when it is opened."""
    return ending_of(name) in _PROGRAMS


def likely_kind(name: str) -> FileKind:
    """What a file called ``name`` is by its ending alone."""
    return _BY_ENDING.get(ending_of(name), FileKind.OTHER)


def kind_by_beginning(data: bytes) -> FileKind | None:
    """What the first bytes say, whatever the file is called; None when they say nothing.

    Only kinds that are shown by a decoder of bytes: a picture that is a text (SVG) could
    name other files, so it is none.
    """
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"  # "BM" alone may begin a text
    if webp or bitmap:
        return FileKind.PICTURE
    return next((kind for mark, kind in _BY_BEGINNING if data.startswith(mark)), None)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category == "Cf" and char not in _JOINERS else char


def _trimmed(name: str) -> str:
    """One blank between words; neither blanks nor dots at the end, which Windows drops."""
    return _BLANK.sub(" ", name).strip(" ").rstrip(" .")


def _parts(name: str) -> tuple[str, str]:
    """Name and ending with its dot; a dot at the beginning begins no ending."""
    stem, dot, ending = name.rpartition(".")
    if not stem.strip(".") or not ending or len(ending) > _LONGEST_ENDING or " " in ending:
        return name, ""
    return stem, dot + ending


def _cut(name: str, most: int, *, encoding: str, unit: int) -> str:
    """``name`` at most ``most`` units of ``encoding`` long, its ending kept."""
    if len(name.encode(encoding)) <= most * unit:
        return name
    stem, ending = _parts(name)
    room = most * unit - len(ending.encode(encoding))
    return _trimmed(stem.encode(encoding)[:room].decode(encoding, "ignore")) + ending
