"""The list of a plan: what should move, with a tick each, and below it what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from dossier_app.domain.balancing import Item, Plan, Proposal, Staying
from dossier_app.domain.datewords import clock, long_day, month_name, short_day, short_weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.ui.binder import row_words
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.painted_list import PaintedList, RowDelegate
from dossier_app.ui.widgets.row_model import ROW_ROLE, RowModel

_MOST_SHOWN = 9  # rows the list asks room for; the rest scrolls
_PAD, _TEXT = 10, 36  # px: at the sides, where the text begins
_TO = 70  # px the day to go to has; a longer one takes more


@dataclass(slots=True)
class Choice:
    """A proposal and whether the rep wants it."""

    proposal: Proposal
    ticked: bool = True


Row = Choice | Staying | str  # a heading is its text


def day_short(day: date, today: date) -> str:
    """ "Fr 27 Nov", with the year when it is not this one."""
    return f"{short_weekday(day)} {short_day(day, today)}"


def from_words(item: Item, today: date) -> str:
    """Where it lies now: "Fr 27 Nov", or the month."""
    if item.place.month is not None:
        return month_name(item.place.month)
    assert item.place.date is not None
    words = day_short(item.place.date, today)
    return f"{words}, {clock(item.sheet.time)}" if item.sheet.time else words


def item_of(row: Choice | Staying) -> Item:
    """The sheet that a row is about."""
    return row.proposal.item if isinstance(row, Choice) else row.item


class PlanModel(RowModel):
    """Rows of a plan; ticks are kept here."""

    def __init__(self) -> None:
        super().__init__()
        self.today = date.min

    def show_plan(self, rows: Sequence[Row], today: date) -> None:
        """Show another plan, its dates as seen on ``today``."""
        self.today = today
        self.set_rows(rows)

    @property
    def choices(self) -> list[Choice]:
        return [row for row in self.rows if isinstance(row, Choice)]

    @property
    def staying(self) -> list[Staying]:
        return [row for row in self.rows if isinstance(row, Staying)]

    def row_of(self, uid: str) -> int:
        """Number of the row of that sheet; -1 when it is not here."""
        for number, row in enumerate(self.rows):
            if not isinstance(row, str) and item_of(row).uid == uid:
                return number
        return -1

    def other(self, row: Choice | Staying, role: int) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, Choice):
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.proposal.reason if isinstance(row, Choice) else row.reason
        return None

    def spoken(self, row: Choice | Staying) -> str:
        item = item_of(row)
        who = ", ".join(filter(None, (row_words.who(item.sheet), row_words.beside(item.sheet))))
        if isinstance(row, Choice):
            to = long_day(row.proposal.to, self.today)
            where = f"{from_words(item, self.today)} → {to}"
            return f"{who}. {where}. {row.proposal.reason}"
        return f"{who}. {from_words(item, self.today)}. {row.reason}"


class PlanList(PaintedList):
    """Space ticks, Ctrl+A ticks all or none, Enter asks for another date."""

    ticked = Signal()
    other_wanted = Signal()  # Enter, R or a double click on the current row

    def __init__(self) -> None:
        self.plan, self._delegate = PlanModel(), _Delegate()
        super().__init__(self.plan, self._delegate, tr("What should move"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMinimumHeight(3 * _Delegate.row)

    def show_plan(self, plan: Plan, unticked: set[str], today: date) -> None:
        """Show what is proposed and what stays; the row that was chosen stays chosen."""
        before = self.current
        uid = item_of(before).uid if before is not None else ""
        number = max(self.currentIndex().row(), 0)
        rows: list[Row] = [
            Choice(proposal, proposal.item.uid not in unticked) for proposal in plan.proposals
        ]
        if plan.staying:
            stay = ntr("{n} sheet stays", "{n} sheets stay", len(plan.staying))
            rows.append(stay)
            rows += plan.staying
        self.plan.show_plan(rows, today)
        self.updateGeometry()
        found = self.plan.row_of(uid)
        self.choose(found if found >= 0 else number)

    @property
    def selected(self) -> list[Choice]:
        """The chosen rows that can move, in their order."""
        return [row for row in super().selected if isinstance(row, Choice)]

    def tick(self, choices: Sequence[Choice]) -> None:
        """Tick those, or none of them when all were ticked."""
        if choices:
            on = not all(choice.ticked for choice in choices)
            for choice in choices:
                choice.ticked = on
            self.repaint_rows()
            self.ticked.emit()

    def tick_all(self) -> None:
        self.tick(self.plan.choices)

    def sizeHint(self) -> QSize:
        heights = map(self._delegate.height_of, self.plan.rows[:_MOST_SHOWN])
        return QSize(400, sum(heights))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_A and control:
            self.tick_all()
        elif event.key() == Qt.Key.Key_Space and plain:
            self.tick(self.selected)
        elif plain and (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            or event.text().casefold() in ("r", "к")  # the same key in both layouts
        ):
            self.other_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        if isinstance(row, Choice) and event.position().x() < _TEXT:
            self.tick([row])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        if isinstance(row, Choice) and event.position().x() < _TEXT:
            self.tick([row])
        elif row is not None and not isinstance(row, str):
            self.other_wanted.emit()


class _Delegate(RowDelegate):
    """Paints a row: who, from where to where; why."""

    def paint_row(
        self, painter: QPainter, rect: QRect, row: Choice | Staying, view: PlanList
    ) -> None:
        t, sheet = tokens(), item_of(row).sheet
        box = paint.tick_box(rect.left() + _PAD, rect.center().y())
        off = isinstance(row, Choice) and not row.ticked
        ink = t.muted if off else t.ink
        if isinstance(row, Choice):
            paint.draw_tick_box(painter, box, t, ticked=row.ticked)
        else:
            draw_icon(painter, "pin", box.left(), box.top(), t.muted)
        inner = QRect(rect.left() + _TEXT, rect.top() + 4, rect.width() - _TEXT - _PAD, 18)
        end = self._paint_where(painter, inner, row, view.plan.today)
        name, title = row_words.who(sheet), font("body", SEMIBOLD)
        first = QRect(inner.topLeft(), QPoint(end - 16, inner.bottom()))
        paint.write(painter, first, name, title, ink)
        first.setLeft(first.left() + paint.text_width(name, title) + 6)
        if first.width() > 24:
            paint.write(painter, first, row_words.beside(sheet), font(), t.muted)
        reason = row.proposal.reason if isinstance(row, Choice) else row.reason
        paint.write(painter, inner.translated(0, 18), reason, font("small"), t.muted)

    def _paint_where(
        self, painter: QPainter, room: QRect, row: Choice | Staying, today: date
    ) -> int:
        """From where to where, at the right end; returns where it begins."""
        t, plain, strong = tokens(), font("body", tabular=True), font("body", MEDIUM, tabular=True)
        words, right = from_words(item_of(row), today), QRect(room)
        if isinstance(row, Choice):
            to = day_short(row.proposal.to, today)
            ink = t.accent if row.ticked else t.muted
            right.setRight(right.right() - max(paint.text_width(to, strong), _TO))
            column = QRect(right.topRight(), room.bottomRight()).adjusted(1, 0, 0, 0)
            paint.write(painter, column, to, strong, ink)
            right.setRight(right.right() - 8)
            words = f"{words} →"
        paint.write(painter, right, words, plain, t.muted, paint.RIGHT)
        return right.right() - paint.text_width(words, plain)
