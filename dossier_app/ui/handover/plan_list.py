"""The list of a planned absence: model, delegate and view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from dossier_app.domain.language import tr
from dossier_app.ui.handover.plan_entries import Entry
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.painted_list import PaintedList, RowDelegate
from dossier_app.ui.widgets.row_model import RowModel

_PAD = 8  # px at both ends of a row
_WHEN, _ICON, _WHOM = 84, 24, 156  # px of the day, from the icon to the words, of the person


class EntryModel(RowModel):
    """Lines of the plan."""

    def spoken(self, row: Entry) -> str:
        return row.spoken

    def other(self, row: Entry, role: int) -> object:
        return row.what if role == Qt.ItemDataRole.ToolTipRole else None


class PlanList(PaintedList):
    """Letters begin the name of who gets the chosen lines, Ctrl+A chooses all that still want
    one. Space lets them wait for the rep, Delete takes the decision back."""

    name_begun = Signal(str)  # the letter
    all_wanted = Signal()  # Ctrl+A
    keep_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self) -> None:
        self.entries = EntryModel()
        super().__init__(self.entries, _Delegate(), tr("What falls in the absence"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMinimumHeight(3 * _Delegate.row)

    def show_entries(self, found: Sequence[Entry]) -> None:
        """Show other lines; what was chosen stays chosen. When the current line has gone,
        the one that took its place is current."""
        before, number = self.current, max(self.currentIndex().row(), 0)
        chosen = {entry.uid for entry in self.selected}
        self.entries.set_rows(found)
        places = {entry.uid: at for at, entry in enumerate(found)}
        at = places.get(before.uid) if before else None
        self.choose(number if at is None else at)
        for uid in chosen & places.keys():
            index = self.entries.index(places[uid])
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def choose_all(self) -> None:
        """Choose every line that is with nobody, or all of them when there is none."""
        lines = list(enumerate(self.entries.rows))
        rows = [at for at, entry in lines if entry.is_left and not entry.away]
        rows = rows or [at for at, entry in lines if not entry.away]
        if not rows:
            return
        self.choose(rows[0])
        selection = QItemSelection()
        for at in rows:
            selection.select(self.entries.index(at), self.entries.index(at))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_on(self) -> None:
        """To the next line that is with nobody, from the current one on and round."""
        rows, here = self.entries.rows, max(self.currentIndex().row(), 0)
        order = [*range(here, len(rows)), *range(here)]
        self.choose(next((at for at in order if rows[at].is_left and not rows[at].away), here))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
        control = modifiers == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_A:
            self.all_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_Space:
            self.keep_wanted.emit()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_wanted.emit()
        elif plain and event.text().isalpha():
            self.name_begun.emit(event.text())
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.name_begun.emit("")
        else:
            super().keyPressEvent(event)


class _Delegate(RowDelegate):
    """Paints a line: when, who, what for; who gets it, and what is still to be written."""

    def paint_row(self, painter: QPainter, rect: QRect, row: Entry, _view: PlanList) -> None:
        t = tokens()
        first = QRect(rect.left() + _PAD, rect.top() + 4, rect.width() - 2 * _PAD, 18)
        when = QRect(first.left(), first.top(), _WHEN - 8, first.height())
        paint.write(painter, when, row.when, font("body", tabular=True), t.muted)
        first.setLeft(first.left() + _WHEN)
        quiet = bool(row.away)
        draw_icon(painter, row.icon, first.left(), first.top() + 1, t.muted if quiet else t.accent)
        first.setLeft(first.left() + _ICON)
        whom = QRect(first.right() - _WHOM + 1, first.top(), _WHOM, first.height())
        first.setRight(whom.left() - 12)
        second = first.translated(0, 18)
        bold = font("body", SEMIBOLD)
        paint.write(painter, first, row.name, bold, t.muted if quiet else t.ink)
        first.setLeft(first.left() + paint.text_width(row.name, bold) + 6)
        if first.width() > 32:
            paint.write(painter, first, row.beside, font(), t.muted)
        paint.write(painter, second, row.what, font("small"), t.muted)
        _paint_whom(painter, whom, row)


def _paint_whom(painter: QPainter, room: QRect, entry: Entry) -> None:
    t = tokens()
    if entry.away or not (entry.whom or entry.is_left):
        paint.write(painter, room, entry.whom_words, font(), t.muted)
    elif not entry.whom:
        paint.write(painter, room, entry.whom_words, font("body", MEDIUM), t.danger)
    else:
        paint.write(painter, room, entry.whom_words, font("body", MEDIUM), t.accent)
    ink = t.warn_ink if entry.warns else t.muted
    paint.write(painter, room.translated(0, 18), entry.remark, font("small"), ink)
