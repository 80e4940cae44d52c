"""Settings of the binder: name, layout, capacity, calendar, paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from dossier_app.domain.binder import Layout
from dossier_app.domain.datewords import short_weekday
from dossier_app.domain.language import tr
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Label, Look, Segments, caps_label

_MONDAY = date(2024, 1, 1)


class SettingsDialog(PaperDialog):
    """What is set here travels with the binder's backups."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Settings"), width=620)
        self._desk = desk
        settings = desk.settings
        self.author = QLineEdit(settings.author)
        self.body.addLayout(labelled(tr("Your name"), self.author))
        self._add_dividers()
        self._add_capacity()
        self.paper = Segments([("a4", "A4"), ("letter", "Letter")], name=tr("Paper"))
        self.paper.choose(settings.paper)
        self.leap = Segments(
            [(False, tr("28 February")), (True, tr("1 March"))], name=tr("Leap-day birthdays")
        )
        self.leap.choose(settings.leap_day_in_march)
        self.lead = _counter(settings.lead_days, 60)
        self.lock = _counter(settings.lock_minutes, 240)
        self._add_pairs(
            (tr("Paper"), self.paper, ""),
            (tr("Birthday on 29 February, in other years"), self.leap, ""),
            (tr("Tell of birthdays"), self.lead, tr("days ahead")),
            (tr("Lock a protected binder after"), self.lock, tr("minutes; 0 is never")),
        )
        self._add_reminders()
        self.add_buttons(tr("Save"))

    def _add_dividers(self) -> None:
        settings = self._desk.settings
        self.layout_choice = Segments(
            [(Layout.DAYS, tr("Numbers 1 to 31")), (Layout.DATED, tr("Dates of working days"))],
            name=tr("Dividers"),
        )
        self.layout_choice.choose(settings.layout)
        self.months = _counter(settings.months_dated, 3, least=1)
        self.months.setAccessibleName(tr("Months with dated dividers"))
        row = QHBoxLayout()
        row.addWidget(self.layout_choice)
        row.addSpacing(12)
        row.addWidget(Label(tr("months ahead:"), role="muted"))
        row.addWidget(self.months)
        row.addStretch(1)
        self.body.addLayout(_section(caps_label(tr("Dividers")), row))

    def _add_capacity(self) -> None:
        self.calendar = Button(tr("Working days and days off…"), Look.QUIET, icon="calendar")
        self.calendar.clicked.connect(self._open_calendar)
        head = QHBoxLayout()
        head.addWidget(caps_label(tr("How much fits into a day")))
        head.addStretch(1)
        head.addWidget(self.calendar)
        grid, self.contacts, self.hours = self._capacity()
        self.body.addLayout(_section(head, grid))

    def _add_pairs(self, *choices: tuple[str, QWidget, str]) -> None:
        """Title, field and unit, two by two."""
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(6 * scale().grid)
        pairs.setVerticalSpacing(3 * scale().grid)
        for number, (title, choice, unit) in enumerate(choices):
            choice.setAccessibleName(", ".join(filter(None, (title, unit))))
            line = QHBoxLayout()
            line.setSpacing(2 * scale().grid)
            line.addWidget(choice)
            line.addWidget(Label(unit, role="muted"))
            line.addStretch(1)
            pairs.addLayout(_section(caps_label(title), line), number // 2, number % 2)
        self.body.addLayout(pairs)

    def _add_reminders(self) -> None:
        settings = self._desk.settings
        self.reminders = QCheckBox(tr("tell when the time of a step or slip has come"))
        self.reminders.setChecked(settings.reminders)
        self.sound = QCheckBox(tr("with a sound"))
        self.sound.setChecked(settings.reminder_sound)
        self.sound.setEnabled(settings.reminders)
        self.reminders.toggled.connect(self.sound.setEnabled)
        boxes = QHBoxLayout()
        boxes.setSpacing(24)
        boxes.addWidget(self.reminders)
        boxes.addWidget(self.sound)
        boxes.addStretch(1)
        self.body.addLayout(_section(caps_label(tr("Reminders")), boxes))

    def submit(self) -> bool:
        settings = replace(
            self._desk.settings,
            author=self.author.text().strip(),
            layout=Layout(str(self.layout_choice.value)),
            months_dated=self.months.value(),
            contacts=[spin.value() for spin in self.contacts],
            minutes=[spin.value() * 60 for spin in self.hours],
            paper=str(self.paper.value),
            leap_day_in_march=bool(self.leap.value),
            reminders=self.reminders.isChecked(),
            reminder_sound=self.sound.isChecked(),
            lead_days=self.lead.value(),
            lock_minutes=self.lock.value(),
        )
        self._desk.save_settings(settings)
        return True

    def _open_calendar(self) -> None:
        from dossier_app.ui.dialogs.calendar_editor import CalendarDialog

        CalendarDialog(self, self._desk).open()

    def _capacity(self) -> tuple[QGridLayout, list[QSpinBox], list[QSpinBox]]:
        """A spin box for contacts and one for hours, Monday to Sunday, and their layout."""
        settings = self._desk.settings
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(Label(tr("contacts"), role="muted"), 1, 0)
        grid.addWidget(Label(tr("hours"), role="muted"), 2, 0)
        contacts: list[QSpinBox] = []
        hours: list[QSpinBox] = []
        for weekday in range(7):
            name = short_weekday(_MONDAY + timedelta(days=weekday))
            grid.addWidget(Label(name, "small", role="muted"), 0, weekday + 1)
            for row, boxes, value, most, what in (
                (1, contacts, settings.contacts[weekday], 999, tr("contacts")),
                (2, hours, settings.minutes[weekday] // 60, 24, tr("hours")),
            ):
                box = _counter(value, most)
                box.setAccessibleName(f"{name}, {what}")
                boxes.append(box)
                grid.addWidget(box, row, weekday + 1)
        return grid, contacts, hours


def _section(head: QWidget | QLayout, below: QLayout) -> QVBoxLayout:
    """A heading close to what it is about."""
    column = QVBoxLayout()
    column.setSpacing(scale().grid)
    if isinstance(head, QLayout):
        column.addLayout(head)
    else:
        column.addWidget(head)
    column.addLayout(below)
    return column


def _counter(value: int, most: int, *, least: int = 0) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return box
