"""Pages of other PDF files, and pictures, as drawings in ours.

A page becomes a form XObject: its content with the fonts, pictures, colours and patterns
that it names, and nothing else (`copying`).
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject
from reportlab.pdfbase.pdfdoc import xObjectName

from dossier_app.printing.copying import As, Box, Copy, Copying, Swells, contents, unsound
from dossier_app.printing.pictures import Picture

# It would write into the log what stands in the client's files.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_UNPACKED = 1 << 30  # bytes of one file
_MOST_CONTENT = 1 << 26  # bytes of what one page says to be drawn; more is a trap

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A form of our file. ``matrix`` brings it upright into the space from (0, 0) to
    (``width``, ``height``), which is its own size in points."""

    form: str
    matrix: Matrix
    width: float
    height: float


class ForeignPages:
    """The pages of a PDF file that was put in order before (`pdfium.put_in_order`).

    ``key`` tells the files of one print apart. What several pages share is copied once.
    Raises Unreadable when there is no reading it.
    """

    def __init__(self, data: bytes, key: str) -> None:
        try:
            self._reader = PdfReader(io.BytesIO(data), strict=False)
        except Exception as error:
            raise unsound() from error
        self._key = key
        self._names: dict[tuple[int, int, As], str] = {}
        self._room = _MOST_UNPACKED

    def copy(self, number: int, document: Any) -> Drawing:
        """Copy a page into reportlab's ``document``.

        Raises Unreadable, and nothing is copied, when there is anything in the page that is
        not sound or that we do not know.
        """
        copying = Copying(self._key, dict(self._names), self._room)
        try:
            page = self._reader.pages[number]
            seen = _seen(page, f"{self._key}page{number}")
            form = copying.form(page, _visible(page))
            needed = copying.what_it_needs()
        except Exception as error:  # a foreign file may make anything go wrong
            raise unsound() from error
        self._room = copying.room
        self._names = copying.names
        for name, made in needed.items():
            document.Reference(made, name)
        document.Reference(form, xObjectName(seen.form))
        document.ensureMinPdfVersion("transparency")
        return seen


@dataclass(frozen=True, slots=True)
class Glance:
    """What must be known of a PDF file before it is read: whether some of its ``layers`` are
    not always seen (what is copied shows them all), and which of its pages (from 0) are
    ``traps``: their content swells to a size that no page has."""

    layers: bool
    traps: frozenset[int]


def glance(data: bytes, most: int) -> Glance:
    """Look at the first ``most`` pages of a PDF file. One that cannot be read so is taken to
    have layers."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        layers, pages = _hides_layers(reader.root_object), reader.pages
        traps = [n for n in range(min(len(pages), most)) if _swells(pages[n])]
    except Exception:  # noqa: BLE001 - as above
        return Glance(True, frozenset())
    return Glance(layers, frozenset(traps))


def _hides_layers(root: DictionaryObject) -> bool:
    layers = root.get("/OCProperties")
    if layers is None:
        return False
    usual = layers.get_object()["/D"]
    shown = usual.get("/BaseState", "/ON") == "/ON"
    return not shown or bool(usual.get("/OFF")) or bool(usual.get("/AS"))


def _swells(page: PageObject) -> bool:
    copying = Copying("", {}, _MOST_CONTENT)
    try:
        for stream in contents(page):
            copying.unpack(stream)
    except (Swells, LimitReachedError):
        return True
    except Exception:  # noqa: BLE001 - it is damaged, which is told later
        return False
    return False


def put_picture(picture: Picture, name: str, document: Any, size: tuple[float, float]) -> Drawing:
    """Put a picture into reportlab's ``document``, ``size`` points wide and high."""
    made = Copy([
        b"<< /Type /XObject /Subtype /Image /ColorSpace",
        b"/DeviceGray" if picture.grey else b"/DeviceRGB",
        b"/Width %d /Height %d" % (picture.width, picture.height),
        b"/BitsPerComponent %d /Filter /%s" % (picture.bits, picture.filter.encode()),
    ], picture.packed)  # fmt: skip
    document.Reference(made, xObjectName(name))
    width, height = size
    return Drawing(name, (width, 0, 0, height, 0, 0), width, height)


def _visible(page: PageObject) -> Box:
    crop, media = _box(page.cropbox), _box(page.mediabox)
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    if left >= right or bottom >= top:
        raise unsound()
    return left, bottom, right, top


def _seen(page: PageObject, form: str) -> Drawing:
    """How a page is shown: turned clockwise by what it says (ISO 32000-1, table 30)."""
    left, bottom, right, top = _visible(page)
    width, height = right - left, top - bottom
    match int(page.rotation) % 360:
        case 0:
            return Drawing(form, (1, 0, 0, 1, -left, -bottom), width, height)
        case 90:
            return Drawing(form, (0, -1, 1, 0, -bottom, right), height, width)
        case 180:
            return Drawing(form, (-1, 0, 0, -1, right, top), width, height)
        case 270:
            return Drawing(form, (0, 1, -1, 0, top, -left), height, width)
    raise unsound()


def _box(box: Any) -> Box:
    left, bottom, right, top = map(float, box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
