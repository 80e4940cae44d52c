"""What a document shows on paper, page by page: a PDF file or a picture."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Protocol

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.filenames import FileKind, kind_by_beginning
from dossier_app.domain.language import tr
from dossier_app.printing import pdfium, pictures
from dossier_app.printing.blocks import Size
from dossier_app.printing.foreign import Drawing, ForeignPages, glance, put_picture

_LEAST_PER_INCH = 150  # dots of a picture: it is not enlarged beyond that
_DRAWN_PER_INCH = 200  # dots of a page that could not be copied


class Content(Protocol):
    """What a document shows, page by page."""

    turns: bool  # whether a wide page may be turned

    def drawing(self, number: int, document: Any, room: Size) -> Drawing:
        """Put page ``number`` (from 0) into reportlab's ``document``, fine enough for
        ``room``. Raises Unreadable."""


def read(data: bytes, key: str, most: int) -> tuple[Content, list[int], int]:
    """What a file shows, which of its first ``most`` pages (from 0) can be read, and how
    many it has. ``key`` tells the files of one print apart.

    Raises Unreadable, with the reason, when nothing of it can be read.
    """
    if not data:
        raise Unreadable(tr("The file is empty."))
    if kind_by_beginning(data) is FileKind.PICTURE:
        total = pictures.count_pages(data)
        return _PictureContent(data, key), list(range(min(total, most))), total
    seen = glance(data, most)
    file = pdfium.put_in_order(data, most, seen.traps)
    return _PdfContent(data, file, key, copied=not seen.layers), file.numbers, file.total


class _PdfContent:
    """Pages of a PDF file: copied, or drawn as pictures where that cannot be."""

    turns = True

    def __init__(self, data: bytes, file: pdfium.InOrder, key: str, *, copied: bool) -> None:
        self._data, self._file, self._key = data, file, key
        self._pages: ForeignPages | None = None
        if copied:
            with suppress(Unreadable):
                self._pages = ForeignPages(file.data, key)

    def drawing(self, number: int, document: Any, room: Size) -> Drawing:
        if self._pages is not None:
            with suppress(Unreadable):
                return self._pages.copy(self._file.numbers.index(number), document)
        longest = max(room) / 72 * _DRAWN_PER_INCH
        image, size = pdfium.draw_page(self._data, number, longest)
        return put_picture(pictures.pack(image), f"{self._key}drawn{number}", document, size)


class _PictureContent:
    """A picture, or the pages of a scan. A wide one is seen well enough upright."""

    turns = False

    def __init__(self, data: bytes, key: str) -> None:
        self._data, self._key = data, key

    def drawing(self, number: int, document: Any, room: Size) -> Drawing:
        picture = pictures.for_paper(self._data, number, *room)
        size = picture.width * 72 / _LEAST_PER_INCH, picture.height * 72 / _LEAST_PER_INCH
        return put_picture(picture, f"{self._key}drawn{number}", document, size)
