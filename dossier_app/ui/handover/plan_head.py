"""The days of an absence, and which of the planned ones is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.language import tr
from dossier_app.domain.place import day_place
from dossier_app.domain.when import When
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.dossier.inputs import Choice
from dossier_app.ui.handover import words
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Look

Span = tuple[date, date]


class StoredAbsences(QWidget):
    """The planned absences to choose from, and the way to a new one; hidden while there is
    none."""

    chosen = Signal(int)  # number of the absence; behind the last one: a new one
    drop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice([])
        self.choice.setAccessibleName(tr("Planned absences"))
        self.choice.setMinimumWidth(280)
        self.choice.activated.connect(self._activated)
        self.drop = Button("", Look.QUIET, icon="trash")
        self.drop.setAccessibleName(tr("Drop this plan"))
        self.drop.setToolTip(tr("Drop this plan"))
        self.drop.clicked.connect(self.drop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scale().grid)
        row.addWidget(self.choice)
        row.addWidget(self.drop)

    def offer(self, absences: Sequence[Absence], today: date) -> None:
        """Offer these; the first one is chosen."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for item in absences:
                self.choice.addItem(_title(item, today))
            self.choice.addItem(tr("Another absence"))
        self.drop.setEnabled(bool(absences))
        self.setVisible(bool(absences))

    def tell(self, absence: Absence, today: date) -> None:
        """The chosen one has other days, or another reason."""
        if self.choice.currentIndex() < self.choice.count() - 1:
            self.choice.setItemText(self.choice.currentIndex(), _title(absence, today))

    def _activated(self, number: int) -> None:
        self.drop.setEnabled(number < self.choice.count() - 1)
        self.chosen.emit(number)


def _title(absence: Absence, today: date) -> str:
    days = words.days_words(absence.first_day, absence.last_day, today)
    return words.joined(days, absence.reason)


class AbsenceDays(QWidget):
    """From, until, and a reason that stays here."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.first = WhenField(desk, tr("First day of the absence"))
        self.last = WhenField(desk, tr("Last day of the absence"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("holiday, training"))
        self.reason.setToolTip(tr("A note of your own; it does not go along."))
        self.days_off = QCheckBox(tr("Mark as my days off"))
        grid = scale().grid
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5 * grid)
        for title, field in ((tr("From"), self.first), (tr("Until"), self.last)):
            row.addLayout(labelled(title, field, buddy=field.edit), 1)
            field.understood.connect(self._typed)
            for shortcut in field.findChildren(QShortcut):
                # The keys of two fields: those of the one that has the focus count.
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        why = labelled(tr("Reason"), self.reason)
        why.addWidget(self.days_off)
        why.addStretch(1)
        both = QVBoxLayout()
        both.addLayout(why)
        row.addLayout(both, 1)
        self.reason.textChanged.connect(self._typed)

    @property
    def span(self) -> Span | None:
        """First and last day, as far as both are understood."""
        chosen = [field.chosen for field in (self.first, self.last)]
        known = [when.place.date for when in chosen if when is not None]
        days = [day for day in known if day is not None]
        return (days[0], days[1]) if len(days) == 2 else None

    @property
    def obstacle(self) -> str:
        """Why there is no span; "" when there is one."""
        if self.span is not None:
            return ""
        for field in (self.first, self.last):
            if field.problem:
                return field.problem
        return tr("Type the first and the last day.")

    def show_absence(self, absence: Absence | None) -> None:
        """Fill the fields, or empty them."""
        with QSignalBlocker(self):
            for field, day in (
                (self.first, absence.first_day if absence else None),
                (self.last, absence.last_day if absence else None),
            ):
                # A day that has passed cannot be typed: it holds while the field is empty.
                has_begun = day is not None and day < self._desk.today
                field.suggest(When(day_place(day)) if day and has_begun else None)
                if day is None or has_begun:
                    field.set_text("")
                else:
                    field.pick(day)
            self.reason.setText(absence.reason if absence else "")
            self.days_off.setChecked(False)

    def tell_problems(self) -> None:
        """Say now which of the dates is not understood."""
        for field in (self.first, self.last):
            field.tell_problem()

    def _typed(self, *_: object) -> None:
        self.changed.emit()
