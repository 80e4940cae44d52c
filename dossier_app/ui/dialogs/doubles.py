"""Clients who may be in the binder twice, pair by pair."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.language import ntr, tr
from dossier_app.services.duplicates import Pair, find_pairs
from dossier_app.services.merging import not_the_same
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.merge import MergeDialog
from dossier_app.ui.widgets import Button, Label, Look
from dossier_app.ui.widgets.two_lines import Row, RowList

WIDTH = 640
NOT_SAME_KEYS = "Ctrl+D"
_MOST_SHOWN = 8  # rows; the rest scrolls


class DoublesDialog(PaperDialog):
    """Each pair is compared and merged, or said to be two clients and not shown again."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Duplicates"), width=WIDTH)
        self._desk = desk
        self._pairs = find_pairs()
        self.summary = Label("", role="muted", wrap=True)
        self.rows = RowList(tr("Pairs"))
        self.rows.activated.connect(self._row_activated)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.rows, 1)
        self.not_same = Button(tr("Not the same"), Look.SECONDARY, keys=NOT_SAME_KEYS)
        self.not_same.clicked.connect(self._not_the_same)
        QShortcut(QKeySequence(NOT_SAME_KEYS), self, self._not_the_same)
        self.footer.addWidget(self.not_same)
        self.add_buttons(tr("Compare…"), cancel=tr("Close"))
        desk.changed.connect(self._follow)
        desk.refused.connect(self.show_problem)
        self._show(0)
        self.rows.setFixedHeight(self.rows.sizeHintForRow(0) * min(len(self._pairs), _MOST_SHOWN))
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def current(self) -> Pair | None:
        number = self.rows.number
        return self._pairs[number] if 0 <= number < len(self._pairs) else None

    def submit(self) -> bool:
        """Compare the pair; the list stays open for the next one."""
        pair = self.current
        if pair is not None:
            # One that is with a colleague is refused.
            call = partial(MergeDialog, self, self._desk, pair.one.uid, pair.other.uid)
            dialog = self._desk.act(call)
            if dialog is not None:
                dialog.open()
        return False

    def _not_the_same(self) -> None:
        pair = self.current
        if pair is not None:
            call = partial(not_the_same, pair.one.uid, pair.other.uid)
            if self._desk.act(call, initiator=self) is not None:
                self._pairs.remove(pair)
                self._show(self.rows.number)

    def _row_activated(self, _index: QModelIndex) -> None:
        self.press_primary()

    def _follow(self, changes: Changes, _initiator: object) -> None:
        if changes.action == "merge":
            number = self.rows.number
            self._pairs = find_pairs()
            self._show(number)

    def _show(self, number: int) -> None:
        self.rows.show_rows([_row(pair) for pair in self._pairs], number)
        count = len(self._pairs)
        self.summary.setText(
            ntr(
                "{n} pair may be one client. Nothing is joined by itself.",
                "{n} pairs may be one client. Nothing is joined by itself.",
                count,
            )
            if count
            else tr("Nobody seems to be in the binder twice.")
        )
        self.rows.setVisible(bool(count))
        for button in (self.not_same, self.primary_button):
            button.setVisible(bool(count))
        self.fit()


def _row(pair: Pair) -> Row:
    one, other = pair.one, pair.other
    return Row(
        one.name,
        beside=one.company if one.company != one.name else "",
        right=pair.why,
        below=" · ".join(dict.fromkeys(filter(None, (other.name, other.company)))),
    )
