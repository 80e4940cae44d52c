"""Lists of an import: the files, and what becomes of each record of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from dossier_app.domain.language import mark, ntr, tr
from dossier_app.services.import_report import Fate, FileReport, RecordReport
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Tone, paint
from dossier_app.ui.widgets.focus import FocusRing
from dossier_app.ui.widgets.row_model import ROW_ROLE, RowModel

_PAD, _LINE = 10, 18  # px at the sides, height of a line
_CHIP_COLUMN = 104
_FATES = {
    Fate.ADDED: (mark("new"), Tone.PROMISE),
    Fate.JOINED: (mark("joined"), Tone.OCCASION),
    Fate.SKIPPED: (mark("skipped"), Tone.PLAIN),
    Fate.REFUSED: (mark("not read"), Tone.PRIVATE),
}
_FORMATS = {
    "vcard": mark("business cards"),
    "csv": mark("table"),
    "xlsx": mark("table"),
    "eml": mark("mail"),
    "msg": mark("mail of Outlook"),
}
_Index = QModelIndex | QPersistentModelIndex


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


def file_row(report: FileReport) -> Row:
    """A file: what it is, and what becomes of its records."""
    if not report.format:
        reasons = " ".join(problem.reason for problem in report.problems)
        return Row(report.file, below=reasons, wrong=True)
    kind = tr(_FORMATS[report.format]) if report.format in _FORMATS else report.format
    refused = refused_in(report)
    known = report.skipped - refused - report.homeless
    counts = (
        (report.added, ntr("{n} new", "{n} new", report.added)),
        (report.joined, ntr("{n} joined", "{n} joined", report.joined)),
        (known, ntr("{n} skipped", "{n} skipped", known)),
        (report.homeless, tr("no dossier has its addresses")),
        (refused, ntr("{n} not read", "{n} not read", refused)),
    )
    return Row(
        report.file,
        beside=kind,
        right=ntr("{n} record", "{n} records", report.records),
        below=" · ".join(words for count, words in counts if count),
    )


def record_row(detail: RecordReport) -> Row:
    """A record: who, what becomes of it, and why; of a mail, what it is about."""
    chip, tone = _FATES[detail.fate]
    title = detail.name or detail.company or tr("Record {n}", n=detail.record)
    return Row(
        title,
        beside=detail.company if detail.name else "",
        right=detail.phone,
        below=detail.reason or tr("Goes to the In tray."),
        chip=tr(chip),
        tone=tone,
        wrong=detail.fate is Fate.REFUSED,
    )


def refused_in(report: FileReport) -> int:
    """How many records of a file could not be read."""
    return sum(detail.fate is Fate.REFUSED for detail in report.details)


class RowList(FocusRing, QListView):
    """A list of `Row`; the whole text of each is its tip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = _Rows()
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)

    @property
    def current(self) -> int:
        """Number of the current row; -1 for none."""
        return self.currentIndex().row()

    @property
    def room_below(self) -> int:
        """Width of the second line of a row with a chip, in px."""
        return self.viewport().width() - 2 * _PAD - _CHIP_COLUMN

    @property
    def current_row(self) -> Row | None:
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Row) else None

    def show_rows(self, rows: Sequence[Row], current: int = 0) -> None:
        """Show other rows, ``current`` of them chosen."""
        self.rows.set_rows(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(current, 0), len(rows) - 1)))


class _Rows(RowModel):
    def spoken(self, row: Row) -> str:
        return row.spoken

    def other(self, row: Row, role: int) -> object:
        return row.below if role == Qt.ItemDataRole.ToolTipRole else None


class _Delegate(QStyledItemDelegate):
    """Paints two lines, and the chip before them."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, 2 * _LINE + 2 * scale().grid)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        t, row = tokens(), index.data(ROW_ROLE)
        view = option.widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hot:
            ground = t.accent_soft if chosen else t.hover
            paint.rounded(painter, rect, scale().radius_control, ground)
        else:
            paint.hairline(painter, rect.left(), rect.right(), rect.bottom(), t.line)
        if isinstance(view, RowList) and view.shows_ring and view.currentIndex() == index:
            paint.draw_focus(painter, rect, scale().radius_control, t.accent)
        inner = rect.adjusted(_PAD, scale().grid, -_PAD, -scale().grid)
        if row.chip:
            width = min(paint.chip_width(row.chip), _CHIP_COLUMN - 8)
            place = QRect(inner.left(), inner.top(), width, paint.CHIP_SMALL)
            ground, ink = row.tone.colours(t)
            paint.draw_chip(painter, place, row.chip, (t.paper if chosen else ground, ink))
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
