"""An open binder with a few dossiers, and a window to show things in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.place import TRAY, Place, day_place
from dossier_app.domain.records import (
    Cadence,
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    StepKind,
)
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.session import Session
from dossier_app.start import Preferences, start_language
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.application import Application
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.theme import apply_theme
from tests.conftest import TODAY

# uids of the dossiers that lie in the binder.
DUE, CADENCE, AGREED, NEW = "due-today", "every-two-weeks", "agreed-ahead", "in-tray"


@pytest.fixture
def application(qapp: QApplication, folder: DataFolder) -> Iterator[Application]:
    """The program before its start, in English on 25 November 2026; its data folder is yet
    to be made."""
    clock.set_today(TODAY)
    start_language("en", Preferences())
    made = Application(folder, Preferences(language="en"))
    yield made
    leave(made)


def leave(application: Application) -> None:
    """The end of the program."""
    application.close()
    if application.window is not None:
        application.window.close()
        application.window.deleteLater()


@pytest.fixture
def desk(qapp: QApplication, binder_open: Session) -> Iterator[Desk]:
    """25 November 2026, a Wednesday: one due today, two left behind, one agreed for
    8 December at 10:00, one in the tray."""
    apply_theme(qapp, dark=False)
    call = NextStep(StepKind.CALL, "Discuss the estimate", minutes=20)
    _file(DUE, "Ivanova", "Marina", day_place(date(2026, 11, 25)), call, phone="+7 926 123-45-67")
    _file(
        CADENCE, "Petrov", "Oleg", day_place(date(2026, 11, 20)), call, cadence=Cadence(2, "week")
    )
    _file("left-behind", "Frolov", "Egor", day_place(date(2026, 11, 23)), call)
    meeting = NextStep(StepKind.MEETING, "Visit the site", time(10), 60, fixed=True)
    _file(AGREED, "Sidorova", "Olga", day_place(date(2026, 12, 8)), meeting)
    _file(NEW, "Orlov", "Ilya", TRAY, None)
    made = Desk(binder_open)
    yield made
    made.close()


def _file(
    uid: str,
    surname: str,
    given: str,
    place: Place,
    step: NextStep | None,
    *,
    phone: str = "",
    cadence: Cadence | None = None,
) -> None:
    points = [ContactPoint(ContactKind.PHONE, phone)] if phone else []
    person = Person(surname, given, main=True, contact_points=points)
    create_dossier(Dossier(uid=uid, people=[person], place=place, step=step, cadence=cadence))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window above which dialogs open: as small as the program gets."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[PaperDialog], PaperDialog]:
    """Opens a dialog and waits until it takes keys."""

    def opened(dialog: PaperDialog) -> PaperDialog:
        dialog.open()
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return dialog

    return opened


@pytest.fixture
def broadcasts(desk: Desk) -> list[Changes]:
    """Every change that the desk tells its views."""
    heard: list[Changes] = []

    def hear(changes: Changes, _initiator: object) -> None:
        heard.append(changes)

    desk.changed.connect(hear)
    return heard


@pytest.fixture
def main(desk: Desk, qtbot: QtBot) -> MainWindow:
    """The main window over that binder, open at today, with the keyboard on the rows."""
    shown = MainWindow(desk)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.complete()
    shown.activateWindow()
    shown.page.rows.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is shown.page.rows)
    return shown


@pytest.fixture
def opened(main: MainWindow, qtbot: QtBot) -> Callable[[], QDialog]:
    """Waits for the dialog over the main window and gives it the keyboard."""

    def found() -> QDialog:
        qtbot.waitUntil(lambda: any(item.isVisible() for item in main.findChildren(QDialog)))
        dialog = next(item for item in main.findChildren(QDialog) if item.isVisible())
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return found
