"""What is still to be done for a dossier: open promises, a line for one more, slips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeyEvent, QPaintEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.records import Promise, Slip
from dossier_app.services import promises as promise_service
from dossier_app.services import slips as slip_service
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.promise_field import PromiseField
from dossier_app.ui.dossier.page import clear, side_by_side
from dossier_app.ui.dossier.rows import PageButton, PromiseRow, SlipRow, TickRow
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import tokens
from dossier_app.ui.widgets import caps_label


class Duties(QWidget):
    """Ticks, changes, removes and adds; what is typed outlives a new reading."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._uid = ""
        self._today = desk.today
        self.rows: list[TickRow] = []
        self.add = _AddButton(tr("Add a promise"))
        self.add.clicked.connect(self.open_field)
        self.field = PromiseField(desk)
        self.field.edit.setAccessibleName(tr("New promise"))
        self.field.chips_changed.connect(self._put_away)
        self._promises, self._slips = QVBoxLayout(), QVBoxLayout()
        self._heading = caps_label("")
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(side_by_side(self._heading, self.add, gap=2))
        column.addLayout(self._promises)
        column.addWidget(self.field)
        column.addWidget(self.field.chips)
        column.addLayout(self._slips)
        self.field.hide()

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        if view.dossier.uid != self._uid:
            self._uid = view.dossier.uid
            self.close_field()
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        self._today = view.today
        clear(self._promises)
        clear(self._slips)
        promises = [*view.overview.ours, *view.overview.theirs]
        # What reminds of an open promise stands with the promises.
        shown = {promise.uid for promise in promises}
        slips = [slip for slip in view.dossier.slips if slip.promise_uid not in shown]
        self._fill(promises, _open_slips(slips))
        if focused is not None and self.rows:
            # The keyboard stays where the next one stands now.
            row = self.rows[min(focused, len(self.rows) - 1)]
            row.setFocus()

    def give_room(self, lines: int, gap: int) -> None:
        """Let a promise or slip have so many lines, with ``gap`` px between them."""
        for layout in (self._promises, self._slips):
            layout.setSpacing(gap)
        self.column.setSpacing(gap or 2)
        for row in self.rows:
            row.set_most(lines)

    def open_field(self) -> None:
        """Ask for one more promise."""
        self.field.show()
        self.field.edit.setFocus()

    def close_field(self) -> None:
        self.field.fill("", [])
        self.field.hide()

    def commit(self) -> bool:
        """Store the promise that is typed; false when it is not understood."""
        if self.field.problem:
            self._desk.refused.emit(self.field.problem)
            return False
        self._store(self.field.promises)
        self.close_field()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.isVisible():
            self.close_field()
            self.add.setFocus()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _fill(self, promises: Sequence[Promise], slips: Sequence[Slip]) -> None:
        self.rows = []
        for promise in promises:
            row = PromiseRow(promise, self._today)
            self._add_row(
                self._promises,
                row,
                partial(self._keep, promise),
                partial(self._change_promise, promise),
                partial(self._remove_promise, promise),
            )
        for slip in slips:
            self._add_row(
                self._slips,
                SlipRow(slip, self._today),
                partial(self._tick, slip),
                partial(self._change_slip, slip),
                partial(self._remove_slip, slip),
            )
        self._heading.setText(tr("Promises and slips") if slips else tr("Promises"))

    def _add_row(
        self,
        layout: QVBoxLayout,
        row: TickRow,
        tick: Callable[[], None],
        change: Callable[[], None],
        remove: Callable[[], None],
    ) -> None:
        row.clicked.connect(tick)
        row.change_wanted.connect(change)
        row.remove_wanted.connect(remove)
        layout.addWidget(row)
        row.show()  # Qt shows a new child later, and counts it then only
        self.rows.append(row)

    def _act(self, action: Callable[[], object], said: str) -> None:
        self._desk.act(action, initiator=self, said=said)

    def _put_away(self) -> None:
        """Enter in the line: store the promise, and ask for another."""
        aside = self.field.aside
        if aside:
            self.field.fill("", [])
            self._store(aside)

    def _store(self, promises: Sequence[Promise]) -> None:
        for promise in promises:
            self._act(
                partial(promise_service.add_promise, self._uid, promise),
                tr("Promised: {text}", text=promise.text),
            )

    def _keep(self, promise: Promise) -> None:
        action = partial(promise_service.keep_promise, self._uid, promise.uid)
        self._act(action, tr("Kept: {text}", text=promise.text))

    def _change_promise(self, promise: Promise) -> None:
        from dossier_app.ui.dialogs.promise import PromiseDialog

        PromiseDialog(self.window(), self._desk, self._uid, promise).open()

    def _remove_promise(self, promise: Promise) -> None:
        action = partial(promise_service.remove_promise, self._uid, promise.uid)
        self._act(action, tr("Taken away: {text}", text=promise.text))

    def _tick(self, slip: Slip) -> None:
        self._act(partial(slip_service.tick, slip.uid), tr("Done: {text}", text=slip.text))

    def _change_slip(self, slip: Slip) -> None:
        from dossier_app.ui.dialogs.slip import edit_slip

        edit_slip(self.window(), self._desk, slip.uid, self._uid)

    def _remove_slip(self, slip: Slip) -> None:
        said = (
            tr("Does not come again: {text}", text=slip.text)
            if slip.repeat
            else tr("Taken away: {text}", text=slip.text)
        )
        self._act(partial(slip_service.remove_slips, [slip.uid]), said)


class _AddButton(PageButton):
    """A plus, as high as the heading it stands beside."""

    def __init__(self, name: str) -> None:
        super().__init__("")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(18, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(self._begin(), "plus", 3, 2, tokens().accent, 12)


def _open_slips(slips: Sequence[Slip]) -> list[Slip]:
    """Those still to be done, by day and time."""
    found = [slip for slip in slips if slip.done_on is None]
    return sorted(found, key=_moment)


def _moment(slip: Slip) -> tuple[date, time]:
    return slip.on, slip.time or time.max
