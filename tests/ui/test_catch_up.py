"""Back after days away: told once, in order, with three ways to go on."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.binder import LEFT_BEHIND, TO_SPREAD
from dossier_app.domain.place import Month, Place, day_place, month_place
from dossier_app.domain.records import Dossier, NextStep, Person, StepKind
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import open_session
from dossier_app.start import Preferences
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.application import Application
from dossier_app.ui.dialogs.balance import BalanceDialog
from dossier_app.ui.dialogs.catch_up import CatchUpDialog
from dossier_app.ui.main_window import MainWindow
from tests.conftest import TODAY
from tests.ui.conftest import leave
from tests.ui.typing_keys import press_key as press

THURSDAY = TODAY + timedelta(days=1)
FRIDAY, MONDAY = TODAY + timedelta(days=2), TODAY + timedelta(days=5)


def file(uid: str, place: Place, *, fixed: bool = False) -> None:
    step = NextStep(StepKind.CALL, "Call", time(10) if fixed else None, 10, fixed=fixed)
    create_dossier(Dossier(uid=uid, people=[Person(uid, main=True)], place=place, step=step))


@pytest.fixture
def application(application: Application, folder: DataFolder) -> Application:
    """Filled on Wednesday, 25 November 2026, and closed again: three under Thursday, one of
    them fixed, one under Friday, one in December without a day."""
    session = open_session(folder)
    for uid, place, fixed in (
        ("Movable", day_place(THURSDAY), False),
        ("Other", day_place(THURSDAY), False),
        ("Fixed", day_place(THURSDAY), True),
        ("Friday", day_place(FRIDAY), False),
        ("December", month_place(Month(2026, 12)), False),
    ):
        file(uid, place, fixed=fixed)
    session.close()
    return application


def start(application: Application, today: date, qtbot: QtBot) -> MainWindow:
    """The program started on that day, as far as it gets by itself."""
    clock.set_today(today)
    application.start()
    return shown(application, qtbot)


def shown(application: Application, qtbot: QtBot) -> MainWindow:
    window = application.window
    assert isinstance(window, MainWindow)
    qtbot.waitExposed(window)
    with qtbot.waitSignal(window.completed):
        window.update()
    return window


def told(window: MainWindow) -> CatchUpDialog | None:
    return next((item for item in window.findChildren(CatchUpDialog) if item.isVisible()), None)


def telling(window: MainWindow, qtbot: QtBot) -> CatchUpDialog:
    dialog = told(window)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def rows_of(dialog: CatchUpDialog) -> list[str]:
    model = dialog.rows.rows
    return [str(model.index(row).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize("today", [TODAY, THURSDAY, FRIDAY])
def test_yesterday_alone_is_no_absence(application: Application, qtbot: QtBot, today: date) -> None:
    assert told(start(application, today, qtbot)) is None


def test_two_days_that_were_not_closed_are_told(application: Application, qtbot: QtBot) -> None:
    dialog = telling(start(application, MONDAY, qtbot), qtbot)
    assert rows_of(dialog) == [
        "Thursday, 26 November, 3 sheets, 1 missed appointment · 2 movable sheets",
        "Friday, 27 November, 1 sheet, 1 movable sheet",
    ]
    assert "Your last day of work was Wednesday, 25 November." in dialog.summary.text()


@pytest.mark.parametrize("days", [31, 400])
def test_after_many_days_all_get_dates(application: Application, qtbot: QtBot, days: int) -> None:
    window = start(application, TODAY + timedelta(days=days), qtbot)
    dialog = telling(window, qtbot)
    assert "4 sheets are left under 2 days." in dialog.summary.text()
    assert len(rows_of(dialog)) == 3
    assert rows_of(dialog)[-1].startswith("December 2026, 1 dossier")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.findChildren(BalanceDialog)))
    (balance,) = window.findChildren(BalanceDialog)
    assert window.slot == LEFT_BEHIND
    assert {proposal.item.uid for proposal in balance.ticked} == {"Movable", "Other", "Friday"}
    today = window.desk.today
    assert all(proposal.to >= today for proposal in balance.ticked)
    assert all(window.desk.calendar.is_working(proposal.to) for proposal in balance.ticked)
    balance.press_primary()
    assert load_dossier("Fixed").place == day_place(THURSDAY)
    carried = load_dossier("Movable").carried
    assert carried is not None and carried.origin == THURSDAY


def test_it_is_told_once_per_start(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    window = start(application, MONDAY, qtbot)
    telling(window, qtbot)
    press(Qt.Key.Key_Escape)
    assert told(window) is None
    window.complete()
    assert told(window) is None
    window.language_wanted.emit("ru")
    assert told(shown(application, qtbot)) is None

    application.close()
    assert application.window is not None
    application.window.close()
    again = Application(folder, Preferences(language="en"))
    window = start(again, MONDAY, qtbot)
    assert told(window) is not None, "the next start tells again"
    leave(again)


def test_who_has_worked_since_is_not_told_again(application: Application, qtbot: QtBot) -> None:
    session = open_session(application.folder)
    clock.set_today(MONDAY)
    file("New", day_place(MONDAY))
    session.close()
    assert told(start(application, MONDAY, qtbot)) is None


def test_day_by_day_begins_with_the_oldest(application: Application, qtbot: QtBot) -> None:
    window = start(application, MONDAY, qtbot)
    telling(window, qtbot)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert (window.slot, window.page.only) == (LEFT_BEHIND, THURSDAY)
    assert {sheet.uid for sheet in window.page.rows.sheets.sheets} == {"Fixed", "Movable", "Other"}


def test_enter_opens_the_chosen_row(application: Application, qtbot: QtBot) -> None:
    window = start(application, TODAY + timedelta(days=31), qtbot)
    telling(window, qtbot)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert (window.slot, window.page.only) == (LEFT_BEHIND, FRIDAY)
    assert told(window) is None


def test_the_last_row_spreads_the_month(application: Application, qtbot: QtBot) -> None:
    window = start(application, TODAY + timedelta(days=31), qtbot)
    telling(window, qtbot)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    assert window.slot == TO_SPREAD
    assert [item.ticked[0].item.uid for item in window.findChildren(BalanceDialog)] == ["December"]


def test_a_program_that_sleeps_for_days_tells_when_it_wakes(
    application: Application, qtbot: QtBot
) -> None:
    window = start(application, TODAY, qtbot)
    assert told(window) is None
    clock.set_today(None)
    with time_machine.travel(f"{MONDAY}T08:00:00", tick=False):
        window.desk.look_at_clock()
        assert telling(window, qtbot)
        window.desk.look_at_clock()
        assert len([item for item in window.findChildren(QDialog) if item.isVisible()]) == 1
