"""The backup that is made every day while the rep works."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from dossier_app.domain.language import tr
from dossier_app.services import backing_up
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.work import Progress, Work

FIRST_LOOK = 20_000  # milliseconds after the window is there: nothing waits for a backup
LOOK_AGAIN = 3_600_000


class DailyBackup(QObject):
    """Looks whether today's backup is there, and makes it in the background if not."""

    made = Signal(object)  # Path
    not_made = Signal(str)  # why

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.work = Work(self)
        self.work.done.connect(self.made)
        self.work.refused.connect(self._tell)
        desk.closing.connect(self.work.cancel)
        desk.day_turned.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(FIRST_LOOK, self, self.look)

    def look(self) -> None:
        """Make the backup when it is due."""
        session = self._desk.session
        if self._desk.is_open and session.lock is not None and backing_up.is_due(session.folder):
            self.work.start(partial(_back_up, session.folder, bytes(session.key)))

    def _tell(self, reason: str) -> None:
        self.not_made.emit(tr("Today's backup was not made. {reason}", reason=reason))


def _back_up(folder: DataFolder, key: bytes, progress: Progress) -> Path:
    return backing_up.back_up(folder, key, progress.step)
