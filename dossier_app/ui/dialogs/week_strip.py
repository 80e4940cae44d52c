"""Seven days side by side with their load, to choose one of them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from dossier_app.domain.datewords import long_day, short_day, short_weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.sheets import Divider
from dossier_app.domain.when import When
from dossier_app.domain.workdays import days_later
from dossier_app.ui.desk import Desk
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.painted_button import PaintedButton

DAYS = 7
_BEFORE = 3  # days that stand before the one in question
_HEIGHT = 57


class WeekStrip(QWidget):
    """The week around a date, with the load of each day, never before today.

    A click picks a day. By keyboard the `WhenField` it belongs to does: Alt+Left and
    Alt+Right.
    """

    picked = Signal(object)  # date

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._selected: date | None = None
        self._days = [_Day() for _ in range(DAYS)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scale().grid)
        for number, button in enumerate(self._days):
            button.clicked.connect(partial(self._press, number))
            row.addWidget(button, 1)
        self._load(desk.today)

    @property
    def selected(self) -> date | None:
        return self._selected

    @property
    def buttons(self) -> list[QAbstractButton]:
        """The days as they can be pressed."""
        return list(self._days)

    @property
    def days(self) -> list[date]:
        """The seven days shown."""
        return [self._first + timedelta(days=number) for number in range(DAYS)]

    def select(self, day: date | None, near: date | None = None) -> None:
        """Outline ``day``; without one show the week from ``near`` on, else from today.

        While the day is among those shown, they stay where they are.
        """
        self._selected = day
        wanted = day or near or self._desk.today
        if day is None or day not in self.days:
            before = _BEFORE if day else 0
            self._load(max(days_later(wanted, -before), min(self._desk.today, wanted)))
        self._outline()

    def follow(self, when: When | None) -> None:
        """Show what a date field says: its day, or the first week of its month."""
        place = when.place if when else None
        month = place.month if place else None
        self.select(place.date if place else None, month.first_day if month else None)

    def _press(self, number: int) -> None:
        self.picked.emit(self.days[number])

    def _load(self, first: date) -> None:
        self._first = min(first, days_later(date.max, 1 - DAYS))
        dividers = self._desk.reader.load_of_days(self.days)
        for button, divider in zip(self._days, dividers, strict=True):
            button.show_divider(divider)
        self._outline()

    def _outline(self) -> None:
        for button, day in zip(self._days, self.days, strict=True):
            button.setChecked(day == self._selected)


class _Day(PaintedButton):
    """One day: date, weekday, load bar, how many contacts, as on its tab."""

    def __init__(self) -> None:
        super().__init__()
        self._divider: Divider | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt and an arrow pick from anywhere
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_divider(self, divider: Divider) -> None:
        self._divider = divider
        day = divider.slot.date
        assert day is not None
        parts = [long_day(day), divider.holiday]
        if not divider.working and not divider.holiday:
            parts.append(tr("day off"))
        parts.append(ntr("{n} sheet", "{n} sheets", divider.sheets))
        spoken = " · ".join(filter(None, parts))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(88, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, _HEIGHT)

    def nextCheckState(self) -> None:
        """The strip outlines a day, not the press."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        divider = self._divider
        if divider is None or divider.slot.date is None:
            return
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = t.accent_soft if self.isChecked() else t.hover if self.underMouse() else t.paper
        outline = t.accent if self.isChecked() else t.line
        paint.outlined(painter, self.rect(), scale().radius_control, ground, outline)
        inner = self.rect().adjusted(8, 5, -8, -5)
        head = QRect(inner.left(), inner.top(), inner.width(), 17)
        ink, rank = (t.ink, t.muted) if divider.working else (t.faint, t.faint)
        if self.isChecked():
            ink, rank = t.ink, t.muted
        day = divider.slot.date
        paint.write(painter, head, short_day(day), font("body", SEMIBOLD, tabular=True), ink)
        paint.write(painter, head, short_weekday(day), font(), rank, paint.RIGHT)
        track = t.paper if self.isChecked() else t.line
        bar = QRect(inner.left(), inner.top() + 22, inner.width(), 4)
        paint.draw_load(painter, bar, divider.load, t.accent, track, t.danger)
        foot = QRect(inner.left(), inner.bottom() - 16, inner.width(), 17)
        count, of = str(divider.load.contacts), font("body", tabular=True)
        if divider.load.is_over:
            rank, of = t.danger, font("body", SEMIBOLD, tabular=True)
        if not divider.working and not divider.sheets:
            count = tr("off")
        paint.write(painter, foot, count, of, rank)
