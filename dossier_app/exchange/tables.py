"""Tables of foreign programs: CSV with any delimiter, quoting and encoding, read whole."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.importing import Problem
from dossier_app.domain.language import tr
from dossier_app.exchange.decoding import decode
from dossier_app.exchange.table_columns import is_header_word

DELIMITERS = ",;\t|:"
_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?[\r\n]+", re.IGNORECASE)
_MOST_REPAIRS = 20
_DATA = re.compile(r"\d{3}|@|://")


@dataclass(slots=True)
class Table:
    """Every cell of a table as text. All ``rows`` are as long as ``columns``.

    ``columns`` are the headings of the first row; a table without headings
    (``headed`` False) has "Column 1" and so on. ``doubtful`` tells that the encoding
    was guessed and may be another. ``problems`` tell of what stands outside the table.
    """

    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ","
    headed: bool = True
    doubtful: bool = False
    format: str = "csv"
    problems: list[Problem] = field(default_factory=list)


def read_table(data: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read ``data`` as a table; ``encoding`` and ``delimiter`` override what it looks like.

    ``delimiter`` is one character or "tab", "comma", "semicolon", "pipe". Rows may be
    ragged; a quote that is never closed costs its own line only. Raises Unreadable when
    there is not one cell, Refusal for an unknown encoding or delimiter.
    """
    decoded = decode(data, encoding)
    text = decoded.text.replace("\0", "")
    told = _SEP_LINE.match(text)
    if told:
        text = text[told.end() :]
    if delimiter:
        chosen = _NAMED_DELIMITERS.get(delimiter.lower(), delimiter)
        if len(chosen) != 1 or chosen in '"\r\n':
            raise Refusal(
                tr("A delimiter is one character, for example ; or tab, not {text}.", text=chosen)
            )
    else:
        chosen = told[1] if told and told[1] not in '"\r\n' else _likely_delimiter(text)
    table = table_of(_rows(text, chosen))
    table.encoding, table.delimiter, table.doubtful = decoded.encoding, chosen, decoded.doubtful
    return table


def table_of(rows: list[list[str]]) -> Table:
    """The table in ``rows``, which may be ragged. Raises Unreadable when there is not one
    cell."""
    if not any(cell for row in rows for cell in row):
        raise Unreadable(tr("The table is empty."))
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    while not any(rows[0]):
        del rows[0]
    headed = _has_headings(rows)
    columns = rows.pop(0) if headed else [""] * width
    columns = [name or tr("Column {n}", n=n) for n, name in enumerate(columns, 1)]
    return Table(columns, rows, headed=headed)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """All rows; lines without anything are left out."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = list(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    start = repairs = 0
    while start < len(lines):
        if repairs > _MOST_REPAIRS:  # no table that a program wrote
            rows += csv.reader(lines[start:], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            break
        repairs += 1
        reader = csv.reader(lines[start:], delimiter=delimiter)
        before = 0
        row: list[str] = []
        for row in reader:
            if reader.line_num == len(lines) - start and reader.line_num - before > 1:
                break
            rows.append(row)
            before = reader.line_num
        else:
            break
        # The last row runs over several lines to the very end. When its quote is never
        # closed, it is one bad line that swallowed the good ones behind it.
        if "".join(lines[start + before :]).count('"') % 2 == 0:
            rows.append(row)
            break
        bad = lines[start + before].rstrip("\r\n")
        rows += csv.reader([bad], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        start += before + 1
    return [row for row in rows if row]


def _likely_delimiter(text: str) -> str:
    """The delimiter by which the first rows are as long as the heading and longest."""
    head = text[:65_536]
    if len(head) < len(text):  # do not judge by half a line
        head = head[: head.rfind("\n") + 1] or head
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _rows(head, delimiter)[:100]]
        if not widths or max(widths) < 2:
            continue
        usual = widths[0] if widths[0] > 1 else Counter(widths).most_common(1)[0][0]
        if usual < 2:
            continue
        share = widths.count(usual) / len(widths)
        score = share + min(usual, 10) / 20 + 0.5 * (widths[0] == usual)
        if delimiter == ":":
            score -= 1.0  # times and addresses have colons too
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _has_headings(rows: list[list[str]]) -> bool:
    """A known heading tells; else a first row without figures above rows with them."""
    first = rows[0]
    if any(_DATA.search(cell) for cell in first):
        return sum(map(is_header_word, first)) * 2 > sum(map(bool, first))
    if any(is_header_word(cell) for cell in first):
        return True
    filled = [cell for cell in first if cell]
    has_data = any(_DATA.search(cell) for row in rows[1:20] for cell in row)
    return has_data and len(set(filled)) == len(filled) == len(first)
