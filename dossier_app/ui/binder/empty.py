"""What an empty divider says: what the place is for, and the one button to press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.binder import Slot, SlotKind
from dossier_app.domain.datewords import long_day
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.sheets import Divider
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import SEMIBOLD, tokens
from dossier_app.ui.widgets import Button, Label

NEXT_DAY = "next"


@dataclass(frozen=True, slots=True)
class EmptyText:
    """``action`` is the key that `EmptyState.pressed` tells; ``done`` shows a check."""

    title: str
    hint: str
    button: str
    action: str
    done: bool = False


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


def closed_text(after: Divider | None) -> EmptyText:
    """The words for today when all of it is done; ``after`` is the day that comes next."""
    title = tr("Done for today.")
    if after is None or after.slot.date is None:
        return EmptyText(
            title, tr("Nothing is left under today."), tr("New dossier"), "new", done=True
        )
    day = long_day(after.slot.date)
    hint = (
        ntr(
            "Nothing is left under today. {n} sheet waits on {day}.",
            "Nothing is left under today. {n} sheets wait on {day}.",
            after.sheets,
            day=day,
        )
        if after.sheets
        else tr("Nothing is left under today, and nothing waits on {day}.", day=day)
    )
    return EmptyText(title, hint, tr("Open {day}", day=day), NEXT_DAY, done=True)


class Mark(QWidget):
    """A check in a circle: done."""

    def __init__(self, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, size = tokens(), self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.accent_soft)
        painter.drawEllipse(self.rect())
        check = size * 3 // 5
        corner = (size - check) // 2
        draw_icon(painter, "check", corner, corner, t.accent, check)


class EmptyState(QWidget):
    """A sentence, a hint and a button in the middle of the page."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "title", SEMIBOLD, wrap=True)
        self._hint = Label("", role="muted", wrap=True)
        self._button = Button()
        self._mark = Mark(44)
        self._action = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 40, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._button.clicked.connect(self._press)
        self.setFocusProxy(self._button)

    def say(self, text: EmptyText) -> None:
        self._title.setText(text.title)
        self._hint.setText(text.hint)
        self._button.setText(text.button)
        self._button.updateGeometry()
        self._action = text.action
        self._mark.setVisible(text.done)

    def _press(self) -> None:
        self.pressed.emit(self._action)
