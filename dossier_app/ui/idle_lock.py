"""Locks the binder when nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from dossier_app.services.protection import is_unprotected
from dossier_app.ui.desk import Desk

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
)
_MINUTE = 60_000  # milliseconds


class IdleLock(QObject):
    """Tells by `idle` that the minutes of the settings have passed. A binder without a
    passphrase has nothing to lock."""

    idle = Signal()

    def __init__(self, desk: Desk, minute: int = _MINUTE) -> None:
        super().__init__(desk)
        self._desk, self._minute = desk, minute
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._passed)
        desk.settings_changed.connect(self.begin)
        program = QApplication.instance()
        assert program is not None
        program.installEventFilter(self)
        self.begin()

    def begin(self) -> None:
        """Count the minutes anew."""
        minutes = self._desk.settings.lock_minutes
        if minutes and self._desk.is_open:
            self._timer.start(minutes * self._minute)
        else:
            self._timer.stop()

    def _passed(self) -> None:
        if self._desk.is_open and not is_unprotected(self._desk.session):
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False
