"""Tables as CSV that Excel opens with a double click."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PHONE = re.compile(r"\+\d[\d ()\-.]*(?: (?:доб\.|ext\.) \d+)?(?:; \+\d[\d ()\-.]*)*")


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table in UTF-8 with a byte order mark, ``;`` between cells.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front (the
    usual guard; reading the table back takes it off). Phones keep their plus: no
    formula can be written with digits and blanks alone.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    is_formula = cell.startswith(_FORMULA) and not _PHONE.fullmatch(cell)
    return f"'{cell}" if is_formula else cell
