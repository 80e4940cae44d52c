"""Choosing the dossier that is of the same client as another one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.duplicates import find_duplicates
from dossier_app.services.searching import find
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.widgets import Label, SearchField, caps_label
from dossier_app.ui.widgets.two_lines import Row, RowList

WIDTH = 560
_MOST_FOUND = 20
_LIST_HEIGHT = 264  # px: six rows
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class MergeWithDialog(PaperDialog):
    """Shows who is likely to be the same client, and searches for anybody else."""

    chosen = Signal(str, str)  # uid of the dossier asked about, and of the other one

    def __init__(self, window: QWidget, uid: str) -> None:
        dossier = load_dossier(uid)
        super().__init__(window, tr("Merge {name} with…", name=quoted(dossier.name)), width=WIDTH)
        self._uid, self._uids = uid, list[str]()
        self._alike = find_duplicates(dossier)
        self.search = SearchField(tr("Find a client, phone, word…"))
        self.search.edit.textEdited.connect(self._look)
        self.search.edit.installEventFilter(self)
        self._heading = caps_label("")
        self.rows = RowList(tr("Dossiers"))
        self.rows.setFixedHeight(_LIST_HEIGHT)
        self.rows.activated.connect(self._row_activated)
        self._nothing = Label("", role="muted", wrap=True)
        self._nothing.setFixedHeight(_LIST_HEIGHT)  # nothing moves while one types
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget in (self.search, self._heading, self.rows, self._nothing):
            self.body.addWidget(widget)
        self.add_buttons(tr("Compare…"))
        self._look("")
        self.search.edit.setFocus()

    def submit(self) -> bool:
        if not self._uids:
            return False
        other = self._uids[max(self.rows.number, 0)]
        self.accepted.connect(partial(self.chosen.emit, self._uid, other))
        return True

    def _look(self, text: str) -> None:
        if text.strip():
            found = [item for item in find(text, _MOST_FOUND) if item.uid != self._uid]
            rows = [Row(item.name, beside=item.company, below=item.why) for item in found]
            self._uids = [item.uid for item in found]
            self._heading.setText(tr("Found"))
            nothing = tr("Nothing was found.")
        else:
            rows = [Row(item.name, below=item.why) for item in self._alike]
            self._uids = [item.uid for item in self._alike]
            self._heading.setText(tr("May be the same client"))
            nothing = tr("Nobody looks like the same client. Type a name, a phone or a word.")
        self.rows.show_rows(rows)
        self.rows.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._nothing.setText(nothing)
        self.primary_button.setEnabled(bool(rows))

    def _row_activated(self, _index: QModelIndex) -> None:
        self.press_primary()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                QApplication.sendEvent(self.rows, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._uids:
                self.press_primary()
                return True
        return super().eventFilter(watched, event)
