"""One line to type promises into; Enter puts one aside as a chip and asks for another."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.promising import read_promise
from dossier_app.domain.records import Promise
from dossier_app.domain.when.sentences import quoted
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.words import promise_words, short_promise
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Chip, ElidedLabel, FlowLayout, Tone


class _Line(QLineEdit):
    """A line of which Enter is a signal and goes no further."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class PromiseField(QWidget):
    """The line with what was understood under it, and `chips` for promises put aside.

    The dialog places ``chips``; it is hidden while there are none.
    """

    edited = Signal()
    chips_changed = Signal()

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._aside: list[Promise] = []
        self._typed: Promise | None = None
        self._problem = ""
        self.edit = _Line()
        self.edit.setPlaceholderText(tr("we, by Fri: send the photos"))
        self.edit.textChanged.connect(self._read)
        self.edit.entered.connect(self._put_aside)
        self._under = ElidedLabel("", "small", role="muted")
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips, gap=scale().grid)
        self.chips.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(self.edit)
        column.addWidget(self._under)

    @property
    def promises(self) -> list[Promise]:
        """All promises: those put aside, and the one in the line."""
        return [*self._aside, *([self._typed] if self._typed else [])]

    @property
    def aside(self) -> list[Promise]:
        return list(self._aside)

    @property
    def problem(self) -> str:
        """Why the line is not understood; "" when it is."""
        return self._problem

    @property
    def text(self) -> str:
        return self.edit.text()

    def fill(self, text: str, aside: list[Promise]) -> None:
        """Put in what was typed before."""
        self._aside = list(aside)
        self.edit.setText(text)
        self._show_chips()

    def _read(self, text: str) -> None:
        self._typed, self._problem = None, ""
        try:
            self._typed = read_promise(text, self._desk.today)
        except Refusal as refusal:
            self._problem = str(refusal)
        known = promise_words(self._typed, self._desk.today) if self._typed else ""
        if self._typed is not None:
            known = tr("{known} · Enter: one more", known=known)
        self._under.setText(self._problem or known)
        self._under.set_role("danger" if self._problem else "muted")
        self.edited.emit()

    def _put_aside(self) -> None:
        if self._typed is not None:
            self._aside.append(self._typed)
            self.edit.clear()
            self._show_chips()
            self.edited.emit()

    def _take_out(self, promise: Promise) -> None:
        self._aside.remove(promise)
        self._show_chips()
        self.edit.setFocus()
        self.edited.emit()

    def _show_chips(self) -> None:
        self._flow.clear()
        for promise in self._aside:
            chip = Chip(
                short_promise(promise, self._desk.today), Tone.PROMISE, icon="close", large=True
            )
            chip.setAccessibleName(tr("Take out the promise “{text}”", text=quoted(promise.text)))
            chip.setToolTip(tr("Take out the promise “{text}”", text=promise.text))
            chip.clicked.connect(partial(self._take_out, promise))
            self._flow.addWidget(chip)
            chip.show()  # at once: the layout counts what is shown
        self.chips.setVisible(bool(self._aside))
        self.chips_changed.emit()
