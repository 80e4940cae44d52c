"""Tables as Excel workbooks (.xlsx): every cell a text, none of them a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

_MOST_LETTERS = 32_767  # in a cell; Excel calls a workbook with more damaged
_WIDEST, _NARROWEST = 60, 10  # of a column, in letters


def write_workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet called ``title`` with headings that stay when it is scrolled.

    What Excel cannot hold is left out of a cell: control characters, and letters beyond
    32,767.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    table = [[_text(cell) for cell in row] for row in (head, *rows)]
    for number, row in enumerate(table, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = text or None
            if text:
                cell.data_type = "s"  # else what begins with = would be run
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=number == 1)
    for place, column in enumerate(zip(*table, strict=True), 1):
        longest = max(len(line) for text in column for line in text.split("\n"))
        width = min(max(longest + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _text(cell: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    allowed: str = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return allowed[:_MOST_LETTERS]
