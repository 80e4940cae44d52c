"""Watching the clock for the reminders of an open binder."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.services import reminders as service
from dossier_app.services.reminders import Reminder
from dossier_app.ui.desk import Desk

LOOK_EVERY = 10_000  # milliseconds: a call-back promised within minutes rings on time


class ReminderWatch(QObject):
    """Holds what has rung until the rep has dealt with it.

    What rang is remembered only then: a program that is locked, ends or fails meanwhile
    tells it again on the same day.
    """

    rang = Signal(list)  # of Reminder, those that were not told before
    changed = Signal()  # `waiting` is another list now

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.waiting: list[Reminder] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.changed.connect(self._follow)
        desk.day_turned.connect(self.changed)  # what waits is of yesterday now
        desk.settings_changed.connect(self._settings_changed)

    def look(self) -> None:
        """Ring what is due now: by the timer, and when the program comes to the front."""
        if not self._desk.is_open or not self._desk.settings.reminders:
            return
        known = {reminder.key for reminder in self.waiting}
        news = [item for item in service.due_reminders(clock.now()) if item.key not in known]
        if news:
            self.waiting += news
            self.rang.emit(news)
            self.changed.emit()

    def dismiss(self, key: str) -> None:
        """It is dealt with and never rings again."""
        service.ring([key])
        self._keep([item for item in self.waiting if item.key != key])

    def snooze(self, key: str, minutes: int) -> None:
        """Let it ring again so many minutes from now."""
        service.snooze(key, minutes)
        self._keep([item for item in self.waiting if item.key != key])

    def _follow(self, _changes: Changes, _initiator: object) -> None:
        """What was logged, moved or ticked is dealt with, and stays so when that is undone."""
        if not self.waiting:
            return
        still = service.still_there(self.waiting)
        gone = {item.key for item in self.waiting} - {item.key for item in still}
        if gone:
            service.ring(gone)
        self._keep(still)

    def _settings_changed(self) -> None:
        if not self._desk.settings.reminders:
            self._keep([])

    def _keep(self, waiting: list[Reminder]) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit()
