"""Small parts of the plan of an absence: whose lines are shown, and who gets the chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from dossier_app.domain.language import tr
from dossier_app.ui.dialogs.labelled import tab_through
from dossier_app.ui.dossier.inputs import Choice
from dossier_app.ui.handover.plan_entries import Whose, part_words
from dossier_app.ui.theme import SEMIBOLD, font, scale
from dossier_app.ui.widgets import Button, Look, Segments, paint

_WIDEST_NAME, _NARROWEST_NAME = 160, 32  # px of a colleague's name


class PartPills(QWidget):
    """All lines, those with nobody, those of each colleague: one of these is looked at.
    Where there is not room for all, the names of the colleagues are cut."""

    chosen = Signal(object)  # Whose

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.segments: Segments | None = None
        self._parts: Sequence[tuple[Whose, int]] = ()
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_parts(self, shown: Sequence[tuple[Whose, int]], whose: Whose, before: QWidget) -> None:
        """Show these with their counts; ``whose`` is the one that is looked at, and Tab comes
        here from ``before``."""
        is_other = [key for key, _ in shown] != [key for key, _ in self._parts]
        self._parts = shown
        if self.segments is None or is_other:
            self.segments = self._made_anew()
            tab_through(before, *self.segments.findChildren(QAbstractButton))
        self._fit()
        self.segments.choose(whose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _made_anew(self) -> Segments:
        if self.segments is not None:
            self.segments.hide()
            self.segments.deleteLater()
        names = [(key, part_words(key)) for key, _ in self._parts]
        made = Segments(names, pills=True, name=tr("Whose lines are shown"))
        made.chosen.connect(self.chosen)
        self._row.insertWidget(0, made, 0, Qt.AlignmentFlag.AlignLeft)
        made.show()
        return made

    def _fit(self) -> None:
        if self.segments is None:
            return
        for widest in range(_WIDEST_NAME, _NARROWEST_NAME - 1, -8):
            self.segments.set_texts([self._text(key, n, widest) for key, n in self._parts])
            if self.segments.sizeHint().width() <= self.width():
                break

    @staticmethod
    def _text(key: Whose, n: int, widest: int) -> str:
        name = part_words(key)
        if isinstance(key, str):
            bold = paint.metrics(font("body", SEMIBOLD))
            name = bold.elidedText(name, Qt.TextElideMode.ElideRight, widest)
        return f"{name} {n}"


class WhomField(Choice):
    """The name of who gets the chosen lines: typed, or chosen from those that are known.

    Enter gives, Esc leaves the field.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__([], free=True)
        self.setAccessibleName(tr("Who gets the chosen lines"))
        self._name = ""
        # Enter on a completed name is told twice by Qt, and must give once.
        self._once = QTimer(self)
        self._once.setSingleShot(True)
        self._once.timeout.connect(self._tell)
        edit = self.lineEdit()
        assert edit is not None
        self._edit = edit
        edit.setPlaceholderText(tr("To whom"))
        edit.returnPressed.connect(self.give)
        self.activated.connect(self.give)

    def offer(self, names: Iterable[str]) -> None:
        """Offer these names; what is typed stays."""
        typed = self.currentText()
        with QSignalBlocker(self):
            self.clear()
            self.addItems(list(names))
            self.setCurrentIndex(-1)
            self.setEditText(typed)

    def begin(self, typed: str) -> None:
        """Take the keyboard, with a letter that was typed elsewhere."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if typed:
            self._edit.clear()
            self._edit.insert(typed)
        else:
            self._edit.selectAll()

    def give(self, *_: object) -> None:
        """Tell the name that stands here, once."""
        if not self._once.isActive() and (name := self.currentText().strip()):
            self._name = name
            self._once.start(0)

    def clear_name(self) -> None:
        """Empty the field."""
        self.setCurrentIndex(-1)
        self.clearEditText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear_name()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.given.emit(self._name)


class GiveBar(QWidget):
    """What is done with the chosen lines."""

    def __init__(self) -> None:
        super().__init__()
        self.whom = WhomField()
        self.give = Button(tr("Give"), Look.SECONDARY)
        self.all = Button(tr("All to…"), Look.QUIET, keys="Ctrl+A")
        self.wait = Button(tr("Waits for me"), Look.QUIET, keys="Space")
        self.give.clicked.connect(self.whom.give)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scale().grid)
        row.addWidget(self.whom, 1)
        for button in (self.give, self.all, self.wait):
            row.addWidget(button)

    def set_enabled(self, *, can_give: bool) -> None:
        """Let only what fits the chosen lines be pressed."""
        for widget in (self.whom, self.give, self.wait):
            widget.setEnabled(can_give)
