"""What a scene is, and what several of them need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from dossier_app.services.searching import find
from dossier_app.ui.main_window import MainWindow

TODAY = date(2026, 11, 25)
OWNER, COLLEAGUE, NEWCOMER = "Ольга Седова", "Елена Петрова", "Игорь Новиков"

Act = Callable[[MainWindow], object]
Shown = TypeVar("Shown", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Scene:
    """``act`` brings the main window on the binder ``who`` into the state to be drawn on the
    day ``today``. Every scene begins with that binder as it was made, and changes a copy."""

    name: str
    act: Act
    who: str = "sample"
    today: date = TODAY


def settle(milliseconds: int = 60) -> None:
    """Let everything that is due happen."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def uid_of(name: str) -> str:
    """The dossier that is found by ``name``."""
    return find(name)[0].uid


def open_client(window: MainWindow) -> None:
    """The binder at the richest dossier of the sample."""
    window.open_dossier(uid_of("Иванова Марина"))


def acting(name: str, *, wait: int = 60, client: bool = True) -> Act:
    """Do the action ``name`` of the window, with the client's dossier open."""

    def act(window: MainWindow) -> None:
        if client:
            open_client(window)
        getattr(window.actions_, name)()
        settle(wait)

    return act


def child(window: QWidget, kind: type[Shown]) -> Shown:
    """The newest visible child of that kind."""
    settle()
    return [found for found in window.findChildren(kind) if found.isVisible()][-1]
