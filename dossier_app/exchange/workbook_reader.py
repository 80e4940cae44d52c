"""Excel workbooks (.xlsx) as tables: the values that the cells show, never a formula."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.importing import Problem
from dossier_app.domain.language import ntr, tr
from dossier_app.exchange.tables import Table, table_of

_PART = "xl/workbook.xml"
_MOST_BYTES = 400_000_000  # of the workbook unpacked
_MOST_RATIO = 1_000  # unpacked to packed; what Excel writes stays below 100
_MIDNIGHT = time()


def is_workbook(data: bytes) -> bool:
    """True for what Excel, LibreOffice and Google Sheets write as .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _PART in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_workbook(data: bytes) -> Table:
    """The first sheet that holds anything, as `read_table` gives a table. What further
    sheets hold is told in its ``problems``.

    Raises Unreadable for a damaged, protected or empty workbook.
    """
    _refuse_bomb(data)
    sheets = [(name, rows) for name, rows in _sheets(data) if rows]
    if not sheets:
        raise Unreadable(tr("The table is empty."))
    table = table_of(sheets[0][1])
    table.format, table.encoding, table.delimiter = "xlsx", "", ""
    table.problems = [
        Problem(
            None,
            ntr(
                "The sheet “{name}” was not read ({n} row). Save it as a file of its own to "
                "import it.",
                "The sheet “{name}” was not read ({n} rows). Save it as a file of its own to "
                "import it.",
                len(rows),
                name=name,
            ),
        )
        for name, rows in sheets[1:]
    ]
    return table


def _sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Name and rows of each sheet, without the rows that hold nothing."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, not about values
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a sheet says of its size is often wrong
                found.append((sheet.title, _rows(sheet.iter_rows(values_only=True))))
            book.close()
            return found
    except Exception as error:
        raise Unreadable(
            tr("The workbook is damaged. Open it in Excel and save it anew, or as CSV.")
        ) from error


def _rows(rows: Iterable[tuple[Any, ...]]) -> list[list[str]]:
    texts = ([_text(cell) for cell in row] for row in rows)
    return [row for row in texts if any(row)]


def _text(cell: Any) -> str:
    """What a cell shows; a date in ISO form, a whole number without its ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return tr("yes") if cell else tr("no")
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 1e15 else f"{cell:.0f}"
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == _MIDNIGHT else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell).replace("_x000D_", "").replace("\0", "").strip()


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MOST_BYTES or unpacked > _MOST_RATIO * max(len(data), 1):
        raise Unreadable(tr("The workbook unfolds to more than 400 MB; it was not read."))
