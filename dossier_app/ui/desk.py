"""The open binder as the window sees it: today, settings, and the one broadcast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.workdays import WorkingCalendar
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.session import Session
from dossier_app.services.settings import Settings

_T = TypeVar("_T")
LOOK_AT_CLOCK = 20_000  # milliseconds: the binder follows the date within a minute


class Desk(QObject):
    """What every view of one open binder shares.

    A view changes data through `act` only. `changed` carries what was touched and who
    began it; every view refreshes what it shows of that.
    """

    changed = Signal(object, object)  # Changes, initiator (a widget or None)
    said = Signal(str)  # a sentence for the toast, after an action that can be undone
    told = Signal(str)  # a sentence for the toast, where there is nothing to undo
    refused = Signal(str)  # why something was not done
    day_turned = Signal()  # `today` is another date now
    settings_changed = Signal()
    closing = Signal()  # the binder is closed next: the last chance to write

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.is_open = True
        self.settings: Settings = settings_service.load()
        self.reader = BinderReader.on(clock.today(), self.settings)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AT_CLOCK)
        self._timer.timeout.connect(self.look_at_clock)
        self._timer.start()

    @property
    def today(self) -> date:
        return self.reader.today

    @property
    def calendar(self) -> WorkingCalendar:
        return self.reader.calendar

    def act(
        self, action: Callable[[], _T], *, initiator: object = None, said: str = ""
    ) -> _T | None:
        """Do one user action and tell every view.

        ``action`` is a call of a service that returns `Changes`, alone or as the first of
        a tuple. A Refusal is shown, and None is returned. ``said`` goes to the toast.
        """
        try:
            result = action()
        except Refusal as refusal:
            self.refused.emit(str(refusal))
            return None
        changes = result[0] if isinstance(result, tuple) else result
        if isinstance(changes, Changes) and changes:
            if changes.calendar:
                self.read_settings()
            self.changed.emit(changes, initiator)
            if said:
                self.said.emit(said)
        return result

    def save_settings(self, settings: Settings) -> None:
        """Store changed settings and let every view follow."""
        settings_service.save(settings)
        self.read_settings()

    def read_settings(self) -> None:
        """Follow settings that a service has changed."""
        self.settings = settings_service.load()
        self.reader = BinderReader.on(clock.today(), self.settings)
        self.settings_changed.emit()

    def look_at_clock(self) -> None:
        """Turn the day when the date has changed: midnight, waking up, a clock set back."""
        if clock.today() != self.reader.today:
            self.reader = BinderReader.on(clock.today(), self.settings)
            self.day_turned.emit()

    def close(self) -> None:
        """Stop looking at the clock and close the binder."""
        self.is_open = False
        self._timer.stop()
        self.closing.emit()
        self.session.close()
