"""Windows over the binders of an owner and a colleague, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.services import settings as settings_service
from dossier_app.services.handover import giving
from dossier_app.services.session import open_session
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.theme import apply_theme
from dossier_app.ui.work import finish_all
from tests.services.handover.desks import FIRST, LAST, TODAY, Desks, fill

OWNER, COLLEAGUE = "Иванов", "Петрова"
_Dialog = TypeVar("_Dialog", bound=QDialog)


class Office:
    """Sits down at one binder after the other; ``window`` is the one that is open."""

    def __init__(self, desks: Desks, qtbot: QtBot) -> None:
        self.desks, self._qtbot = desks, qtbot
        self.today = TODAY
        self.window: MainWindow | None = None

    def sit(self, who: str) -> MainWindow:
        """Open the binder of ``who`` in a window."""
        self.leave()
        clock.set_today(self.today)
        session = open_session(DataFolder(self.desks.path / who))
        settings_service.save(replace(settings_service.load(), author=who))
        window = self.window = MainWindow(Desk(session))
        window.show()
        self._qtbot.waitExposed(window)
        window.complete()
        window.activateWindow()
        self._qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        self._qtbot.waitUntil(window.panel.isVisible)
        return window

    def leave(self) -> None:
        """Close the binder, so that others can be opened."""
        window, self.window = self.window, None
        if window is not None:
            for dialog in window.findChildren(QDialog):
                dialog.reject()
            finish_all()
            window.close()
            window.desk.close()
            window.deleteLater()
            QApplication.sendPostedEvents()

    def dialog(self, kind: type[_Dialog]) -> _Dialog:
        """The dialog of that kind over the window, when it is open; it gets the keyboard."""
        window = self.window
        assert window is not None
        self._qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)))
        found = next(item for item in window.findChildren(kind) if item.isVisible())
        found.activateWindow()
        self._qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
        return found

    def open(self, file: Path, kind: type[_Dialog]) -> _Dialog:
        """Drop a file on the window and wait for its dialog."""
        drop(self.window, file)
        return self.dialog(kind)

    def accept(self, dialog: Any) -> None:
        """Press the filled button of a dialog, and wait until it has closed."""
        with self._qtbot.waitSignal(dialog.accepted):
            dialog.primary_button.click()
        assert self.window is not None
        self.window.activateWindow()


def drop(target: QWidget | None, *files: Path) -> None:
    """Let files go above the window, or something in it."""
    assert target is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    spot, action = QPointF(40, 20), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(spot.toPoint(), action, data, button, none)
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(target, QDropEvent(spot, action, data, button, none))


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def uids(desks: Desks) -> list[str]:
    """Three dossiers of the owner: two have something to do in the period."""
    with desks.at(OWNER):
        return fill()


@pytest.fixture
def office(desks: Desks, qapp: QApplication, qtbot: QtBot) -> Iterator[Office]:
    apply_theme(qapp, dark=False)
    made = Office(desks, qtbot)
    yield made
    made.leave()


@pytest.fixture
def locked(desks: Desks, uids: list[str]) -> Path:
    """A package that a passphrase opens: four groups of digits."""
    file = desks.file()
    with desks.at(OWNER):
        giving.create(giving.Wish(COLLEAGUE, FIRST, LAST), file, "4821 0937 5516 2204")
    return file
