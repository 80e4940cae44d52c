"""Locks the binder when nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from dossier_app.services.protection import is_unprotected
from dossier_app.ui.desk import Desk

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
)
_MINUTE = 60.0  # seconds
_LOOKS = 3  # at the clock in a minute


class IdleLock(QObject):
    """Tells by `idle` that the minutes of the settings have passed, also while the computer
    slept: the clock on the wall counts. A binder without a passphrase has nothing to lock."""

    idle = Signal()

    def __init__(self, desk: Desk, minute: float = _MINUTE) -> None:
        super().__init__(desk)
        self._desk, self._minute = desk, minute
        self._touched = time.time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(round(1000 * minute / _LOOKS))
        # Only what comes to a window from outside: a filter on the whole program would be
        # asked about every event inside it.
        program = QGuiApplication.instance()
        assert isinstance(program, QGuiApplication)
        program.focusWindowChanged.connect(self._watch)
        self._watch(program.focusWindow())

    def look(self) -> None:
        """Look at the clock."""
        passed = time.time() - self._touched
        if passed < 0:  # the clock was set back
            self._touched = time.time()
        minutes = self._desk.settings.lock_minutes
        if not minutes or passed < minutes * self._minute or not self._desk.is_open:
            return
        if not is_unprotected(self._desk.session):
            self.idle.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # one is enough
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = time.time()
        return False
