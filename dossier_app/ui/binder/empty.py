"""What an empty divider says: what the place is for, and the one button to press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.binder import Slot, SlotKind
from dossier_app.domain.language import tr
from dossier_app.ui.theme import SEMIBOLD
from dossier_app.ui.widgets import Button, Label


@dataclass(frozen=True, slots=True)
class EmptyText:
    """``action`` is the key that `EmptyState.pressed` tells."""

    title: str
    hint: str
    button: str
    action: str


def empty_text(slot: Slot, today: date) -> EmptyText:
    """The words for a divider under which nothing lies."""
    new = (tr("New dossier"), "new")
    to_today = (tr("Open today"), "today")
    if slot.date == today:
        return EmptyText(
            tr("Nothing lies under today."),
            tr("What you file under this date waits for you here, ready to work through."),
            *new,
        )
    if slot.kind is SlotKind.DAY:
        return EmptyText(
            tr("Nothing is planned for this day."),
            tr("Drag a row onto its tab, or file a dossier here after a contact."),
            *new,
        )
    if slot.kind is SlotKind.LEFT_BEHIND:
        return EmptyText(
            tr("Nothing was left behind."),
            tr("A dossier whose day has passed shows here until you give it a new date."),
            *to_today,
        )
    if slot.kind is SlotKind.TO_SPREAD:
        return EmptyText(
            tr("Nothing waits for a day."),
            tr("What was put off to a month comes here when the month begins."),
            *to_today,
        )
    if slot.kind is SlotKind.TRAY:
        return EmptyText(
            tr("The tray is empty."),
            tr("New and imported dossiers lie here until they have a date."),
            tr("Import contacts"),
            "import",
        )
    return EmptyText(
        tr("Nothing is put off to this month."),
        tr("File a dossier under a month when the day is not yet clear."),
        *new,
    )


class EmptyState(QWidget):
    """A sentence, a hint and a button in the middle of the page."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "title", SEMIBOLD, wrap=True)
        self._hint = Label("", role="muted", wrap=True)
        self._button = Button()
        self._action = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 40, 0, 0)
        column.setSpacing(8)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._button.clicked.connect(self._press)

    def say(self, text: EmptyText) -> None:
        self._title.setText(text.title)
        self._hint.setText(text.hint)
        self._button.setText(text.button)
        self._button.updateGeometry()
        self._action = text.action

    def _press(self) -> None:
        self.pressed.emit(self._action)
