"""A list of rows of two lines, with a chip before them where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Tone, paint
from dossier_app.ui.widgets.painted_list import PaintedList, RowDelegate
from dossier_app.ui.widgets.row_model import RowModel

_PAD, _LINE = 10, 18  # px at the sides, height of a line
_CHIP_COLUMN = 104


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows: ``title`` with ``beside`` in grey, ``right`` at the right end, and
    a line ``below``; a chip in a column of its own when there is one."""

    title: str
    beside: str = ""
    right: str = ""
    below: str = ""
    chip: str = ""
    tone: Tone = Tone.PLAIN
    wrong: bool = False

    @property
    def spoken(self) -> str:
        parts = (self.title, self.beside, self.right, self.chip, self.below)
        return ", ".join(filter(None, parts))


class RowList(PaintedList):
    """A list of `Row`; the second line of each is its tip too."""

    def __init__(self, name: str) -> None:
        self.rows = _Rows()
        super().__init__(self.rows, _Delegate(), name)
        self.setUniformItemSizes(True)

    @property
    def room_below(self) -> int:
        """Width of the second line of a row with a chip, in px."""
        return self.viewport().width() - 2 * _PAD - _CHIP_COLUMN

    def show_rows(self, rows: Sequence[Row], current: int = 0) -> None:
        """Show other rows, ``current`` of them chosen."""
        self.rows.set_rows(rows)
        self.choose(current)


class _Rows(RowModel):
    def spoken(self, row: Row) -> str:
        return row.spoken

    def other(self, row: Row, role: int) -> object:
        return row.below if role == Qt.ItemDataRole.ToolTipRole else None


class _Delegate(RowDelegate):
    """Paints two lines, and the chip before them."""

    def paint_row(self, painter: QPainter, rect: QRect, row: Row, _view: RowList) -> None:
        t = tokens()
        inner = rect.adjusted(_PAD, scale().grid, -_PAD, -scale().grid)
        if row.chip:
            width = min(paint.chip_width(row.chip), _CHIP_COLUMN - 8)
            place = QRect(inner.left(), inner.top(), width, paint.CHIP_SMALL)
            ground, ink = row.tone.colours(t)
            paint.draw_chip(painter, place, row.chip, (t.paper if self.chosen else ground, ink))
            inner.setLeft(inner.left() + _CHIP_COLUMN)
        first = QRect(inner.left(), inner.top(), inner.width(), _LINE)
        if row.right:
            figures = font("body", tabular=True)
            paint.write(painter, first, row.right, figures, t.muted, paint.RIGHT)
            first.setRight(first.right() - paint.text_width(row.right, figures) - 12)
        title = font("body", SEMIBOLD)
        paint.write(painter, first, row.title, title, t.ink)
        first.setLeft(first.left() + min(paint.text_width(row.title, title) + 6, first.width()))
        if first.width() > 24:
            paint.write(painter, first, row.beside, font(), t.muted)
        second = QRect(inner.left(), inner.top() + _LINE, inner.width(), _LINE)
        ink = t.danger if row.wrong else t.muted
        paint.write(painter, second, row.below, font("small"), ink)
