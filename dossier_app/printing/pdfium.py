"""PDFium: it draws PDF files, and reads also those that are half broken.

It knows no threads, and the window draws previews while a print is made in another thread:
whoever calls it holds `ONE_AT_A_TIME`, as briefly as can be.
"""

from __future__ import annotations

import io
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

ONE_AT_A_TIME = RLock()

_MARK_WITHIN = 1024  # bytes from its beginning in which a PDF file says that it is one
_TINY = 16  # pixels
_MAY_PRINT = 1 << 2  # ISO 32000-1, table 22: bit 3 of the permissions


@dataclass(frozen=True, slots=True)
class InOrder:
    """A PDF file put in order.

    ``data`` holds the pages ``numbers`` (from 0) of the file, with what stands in forms and
    notes drawn as part of the page, and nothing but pages; ``total`` is how many pages the
    file says it has.
    """

    data: bytes
    numbers: list[int]
    total: int


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    """A PDF file, open as long as nobody else may call PDFium."""
    from pypdfium2 import PdfDocument

    with ONE_AT_A_TIME, closing(PdfDocument(data)) as document:
        yield document


def put_in_order(data: bytes, most: int, without: Container[int] = ()) -> InOrder:
    """The first ``most`` pages of a PDF file, but those ``without``, and nothing but pages.

    Raises Unreadable with the reason when there is none.
    """
    document = _open(data)
    try:
        with ONE_AT_A_TIME:
            total = len(document)
        wanted = [number for number in range(min(total, most)) if number not in without]
        readable = [number for number in wanted if _flatten(document, number)]
        with ONE_AT_A_TIME:
            kept, copy = _copy(document, readable)
    finally:
        with ONE_AT_A_TIME:
            document.close()
    if not kept:
        raise _no_pages()
    return InOrder(copy, kept, total)


def draw_page(data: bytes, number: int, longest: float) -> tuple[Image, tuple[float, float]]:
    """The page ``number`` (from 0) of a PDF file as it is printed, its longer side
    ``longest`` pixels, and its size in points. Raises Unreadable when it cannot be drawn."""
    from pypdfium2 import PdfiumError

    try:
        with opened(data) as document:
            document.init_forms()
            with closing(document[number]) as page:
                size = page.get_size()
                bitmap = page.render(
                    scale=longest / max(size), optimize_mode="print", rev_byteorder=True
                )
                with closing(bitmap):
                    return bitmap.to_pil().copy(), size  # it must outlive PDFium's memory
    except (PdfiumError, ValueError, ZeroDivisionError) as error:
        raise Unreadable(tr("This page is damaged.")) from error


def _open(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    if b"%PDF-" not in data[:_MARK_WITHIN]:
        raise Unreadable(
            tr("It is neither a PDF file nor a picture of a known kind, whatever its name says.")
        )
    with ONE_AT_A_TIME:
        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise Unreadable(
                    tr("It asks for a password. Add a copy without one, or print it from its own "
                       "program.")
                ) from error  # fmt: skip
            raise _no_pages() from error
        if not raw.FPDF_GetDocPermissions(document) & _MAY_PRINT:
            document.close()
            raise Unreadable(tr("Whoever made it does not allow it to be printed."))
        document.init_forms()
        return document


def _flatten(document: Any, number: int) -> bool:
    """Make what stands in forms and notes a part of the page; False for a page that cannot
    be read."""
    from pypdfium2 import PdfiumError, raw

    with ONE_AT_A_TIME, suppress(PdfiumError, ValueError), closing(document[number]) as page:
        if raw.FPDFPage_GetAnnotCount(page):
            visible = page.get_bbox()
            # Notes that do not say how they look get their look when they are drawn.
            page.render(scale=_TINY / max(page.get_size())).close()
            # Where it fails, the page is drawn without them.
            raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
            # It has set boxes that fit its own work.
            page.set_mediabox(*visible)
            page.set_cropbox(*visible)
        return True
    return False


def _copy(document: Any, numbers: list[int]) -> tuple[list[int], bytes]:
    """Those pages as a file of their own. All at once, so that they share their fonts; one
    by one where one of them spoils it."""
    from pypdfium2 import PdfDocument, PdfiumError

    for tried in ([numbers], [[number] for number in numbers]):
        kept: list[int] = []
        with closing(PdfDocument.new()) as new:
            for some in filter(None, tried):
                with suppress(PdfiumError):
                    new.import_pages(document, some)
                    kept += some
            if kept:
                buffer = io.BytesIO()
                new.save(buffer)
                return kept, buffer.getvalue()
    return [], b""


def _no_pages() -> Unreadable:
    return Unreadable(tr("The file is damaged or has no pages."))
