"""Reminders in the window: told once, put off, kept until they are dealt with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Slip, SlipKind
from dossier_app.domain.when import When
from dossier_app.services import protection, refiling, slips
from dossier_app.services.dossiers import NewDossier, add_dossier, load_dossier
from dossier_app.services.session import open_session
from dossier_app.services.undoing import undo
from dossier_app.start import Preferences, start_language
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.application import Application
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.dialogs.settings import SettingsDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.reminder_card import ReminderCorner
from dossier_app.ui.reminders import LOOK_EVERY, ReminderWatch
from dossier_app.ui.tray import Tray
from dossier_app.ui.welcome import UnlockWindow
from dossier_app.ui.widgets import Button
from tests.conftest import TODAY
from tests.ui.conftest import leave
from tests.ui.typing_keys import press_key as press

DUE, AGREED = "due-today", "agreed-ahead"
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
Opened = Callable[[], QDialog]
Clock = time_machine.Traveller
NINE = datetime.combine(TODAY, time(9)).astimezone()


@pytest.fixture
def at_nine() -> Iterator[Clock]:
    """25 November, 09:00 by the local clock, which goes on from where it is moved to."""
    with time_machine.travel(NINE) as moved:
        yield moved


@pytest.fixture
def watch(at_nine: Clock, main: MainWindow) -> ReminderWatch:
    """The dossier due today is to be called at 09:30; a loose sheet is for 10:00."""
    clock.set_today(None)  # that of the open binder stood still
    assert clock.today() == TODAY
    main.desk.act(partial(refiling.file_at, DUE, When(day_place(TODAY), time(9, 30))))
    loose = Slip(SlipKind.REMINDER, TODAY, "Hand in the report", time(10), uid="loose")
    main.desk.act(partial(slips.add_slip, loose))
    made = ReminderWatch(main.desk)
    main.show_reminders(made)
    return made


def corner_of(main: MainWindow) -> ReminderCorner:
    assert main.corner is not None
    return main.corner


def told(watch: ReminderWatch) -> list[str]:
    watch.look()
    return [reminder.title or reminder.text for reminder in watch.waiting]


def test_it_rings_on_time_once_and_stays(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock, qtbot: QtBot
) -> None:
    rung: list[str] = []
    watch.rang.connect(lambda news: rung.extend(item.title for item in news))
    assert told(watch) == []
    assert corner_of(main).isHidden()
    focus = QApplication.focusWidget()
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch._timer.timeout.emit()
    assert rung == ["Ivanova Marina"]
    corner = corner_of(main)
    assert corner.isVisible()
    assert QApplication.focusWidget() is focus, "who is typing goes on typing"
    assert corner.accessibleName() == (
        "Reminder. 09:30. Ivanova Marina. Discuss the estimate. +7 926 123-45-67"
    )
    at_nine.move_to(NINE + timedelta(minutes=45))
    assert told(watch) == ["Ivanova Marina"]
    assert rung == ["Ivanova Marina"]
    assert LOOK_EVERY <= 10_000


def test_it_comes_over_what_is_shown_and_follows_the_window(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock
) -> None:
    at_nine.move_to(NINE + timedelta(minutes=70))
    assert told(watch) == ["Ivanova Marina", "Hand in the report"]
    corner = corner_of(main)
    for size in ((1280, 800), (1024, 640)):
        main.resize(*size)
        assert main.rect().contains(corner.geometry())
        assert main.rect().bottomRight().x() - corner.geometry().right() < 20
        buttons = [button for button in corner.findChildren(Button) if button.isVisible()]
        assert all(corner.rect().contains(button.geometry()) for button in buttons)


def test_log_from_the_card_deals_with_it(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock, opened: Opened
) -> None:
    main.page.select("loose")
    at_nine.move_to(NINE + timedelta(minutes=31))
    watch.look()
    press(KEY.Key_R, CTRL)
    assert QApplication.focusWidget() is corner_of(main)
    press(KEY.Key_L, CTRL)
    dialog = opened()
    assert isinstance(dialog, LogDialog)
    assert "Ivanova Marina" in dialog.windowTitle(), "not the row that is chosen"
    assert corner_of(main).isVisible(), "until it is saved"
    dialog.text.setPlainText("Agreed")
    dialog.when.set_text("tomorrow")
    press(KEY.Key_Return, CTRL)
    assert not dialog.isVisible()
    assert watch.waiting == []
    assert corner_of(main).isHidden()
    undo()
    main.desk.read_settings()
    assert load_dossier(DUE).step is not None
    assert told(watch) == [], "undoing lets no bell ring again"


@pytest.mark.parametrize(("key", "minutes"), [(KEY.Key_1, 5), (KEY.Key_2, 10), (KEY.Key_3, 30)])
def test_it_is_put_off_by_a_key(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock, key: Qt.Key, minutes: int
) -> None:
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch.look()
    press(KEY.Key_R, CTRL)
    press(key)
    assert corner_of(main).isHidden()
    assert QApplication.focusWidget() is main.page.rows
    at_nine.move_to(NINE + timedelta(minutes=30 + minutes, seconds=-30))
    assert "Ivanova Marina" not in told(watch)
    at_nine.move_to(NINE + timedelta(minutes=31 + minutes))
    assert "Ivanova Marina" in told(watch)


def test_several_wait_calmly_one_behind_the_other(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock
) -> None:
    corner = corner_of(main)
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch.look()
    assert corner.more.isHidden()
    at_nine.move_to(NINE + timedelta(hours=1))
    watch.look()
    assert corner.shown == watch.waiting[0], "what is read does not change under the eyes"
    assert corner.more.text() == "1 more reminder"
    press(KEY.Key_R, CTRL)
    press(KEY.Key_N)
    assert corner.shown == watch.waiting[1]
    assert corner.log.isHidden(), "a loose sheet has no client"
    press(KEY.Key_Space)
    assert slips.load_slip("loose").done_on == TODAY
    assert corner.shown is not None
    assert corner.shown.title == "Ivanova Marina"
    assert QApplication.focusWidget() is corner
    press(KEY.Key_Delete)
    assert corner.isHidden()
    assert told(watch) == []


def test_open_shows_the_dossier(watch: ReminderWatch, main: MainWindow, at_nine: Clock) -> None:
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch.look()
    main.open_dossier(AGREED)
    press(KEY.Key_R, CTRL)
    press(KEY.Key_Return)
    assert main.panel.uid == DUE
    assert watch.waiting == []


def test_escape_leaves_the_card_where_it_is(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock
) -> None:
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch.look()
    press(KEY.Key_R, CTRL)
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is main.page.rows
    assert corner_of(main).isVisible()
    watch.dismiss(watch.waiting[0].key)
    press(KEY.Key_R, CTRL)
    assert main.toast.text == "No reminder is waiting."


def test_after_sleep_it_rings_and_the_day_after_it_lies_behind(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock
) -> None:
    at_nine.move_to(NINE + timedelta(hours=8))
    assert told(watch) == ["Ivanova Marina", "Hand in the report"]
    at_nine.move_to(NINE + timedelta(days=1))
    main.desk.look_at_clock()
    assert told(watch) == ["Ivanova Marina", "Hand in the report"], "what was told waits"
    assert corner_of(main)._time.text().startswith("25 Nov")
    fresh = ReminderWatch(main.desk)
    assert told(fresh) == [], "after a restart it lies in Left behind"


def test_what_was_not_dealt_with_is_told_again_after_a_restart(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock
) -> None:
    at_nine.move_to(NINE + timedelta(hours=1))
    watch.look()
    watch.dismiss(watch.waiting[0].key)
    assert told(ReminderWatch(main.desk)) == ["Hand in the report"]


def test_a_clock_set_back_lets_nothing_ring_twice(watch: ReminderWatch, at_nine: Clock) -> None:
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch.look()
    watch.dismiss(watch.waiting[0].key)
    at_nine.move_to(NINE)
    assert told(watch) == []
    at_nine.move_to(NINE + timedelta(minutes=30))
    assert told(watch) == []


def test_a_call_back_in_minutes_rings_from_the_log(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock, opened: Opened
) -> None:
    main.actions_.log("in-tray")
    dialog = opened()
    assert isinstance(dialog, LogDialog)
    dialog.text.setPlainText("Is in a meeting")
    dialog.step.text.insert("Call back")
    dialog.when.edit.setFocus()
    dialog.when.edit.insert("через 10 минут")
    press(KEY.Key_Return, CTRL)
    assert not dialog.isVisible()
    at_nine.move_to(NINE + timedelta(minutes=9, seconds=30))
    assert told(watch) == []
    at_nine.move_to(NINE + timedelta(minutes=11))
    assert told(watch) == ["Orlov Ilya"]


def test_reminders_can_be_turned_off(
    watch: ReminderWatch, main: MainWindow, at_nine: Clock, opened: Opened
) -> None:
    at_nine.move_to(NINE + timedelta(minutes=30))
    watch.look()
    main.actions_.settings()
    dialog = opened()
    assert isinstance(dialog, SettingsDialog)
    assert (dialog.reminders.isChecked(), dialog.sound.isChecked()) == (True, False)
    dialog.reminders.click()
    assert not dialog.sound.isEnabled()
    dialog.press_primary()
    assert corner_of(main).isHidden()
    assert told(watch) == []
    main.actions_.settings()
    dialog = opened()
    assert isinstance(dialog, SettingsDialog)
    dialog.reminders.click()
    dialog.press_primary()
    assert told(watch) == ["Ivanova Marina"], "nothing was lost"


# --- the whole program


@pytest.fixture
def program(qapp: QApplication, at_nine: Clock, folder: DataFolder) -> Iterator[Application]:
    """A protected binder open on the screen; one client is to be called at 09:10."""
    start_language("en", Preferences())
    session = open_session(folder)
    dossier, _ = add_dossier(NewDossier("Иванова Марина", phones=["+7 926 123-45-67"]))
    refiling.file_at(dossier.uid, When(day_place(TODAY), time(9, 10)))
    protection.set_passphrase(session, "four words are enough")
    session.close()
    made = Application(folder, Preferences(language="en"), "four words are enough")
    made.start()
    assert isinstance(made.window, MainWindow)
    made.window.complete()
    yield made
    leave(made)


def test_a_locked_program_tells_nothing_and_loses_nothing(
    program: Application, at_nine: Clock, folder: DataFolder
) -> None:
    assert program.reminders is not None
    at_nine.move_to(NINE + timedelta(minutes=10))
    program._state_changed(Qt.ApplicationState.ApplicationActive)
    assert [item.title for item in program.reminders.waiting] == ["Иванова Марина"]
    assert program._tray is not None
    assert tray_words(program._tray) == ["Open the binder", "Today: 1 sheet", "Quit"]
    program.lock()
    assert isinstance(program.window, UnlockWindow)
    assert program.reminders is None
    assert tray_words(program._tray) == ["Open the binder", "Quit"]
    at_nine.move_to(NINE + timedelta(minutes=20))
    program._state_changed(Qt.ApplicationState.ApplicationActive)
    program.show_binder(open_session(folder, "four words are enough"))
    assert isinstance(program.window, MainWindow)
    program.window.complete()
    corner = program.window.corner
    assert corner is not None
    assert corner.shown is not None
    assert corner.shown.title == "Иванова Марина"


def test_another_language_keeps_what_waits(program: Application, at_nine: Clock) -> None:
    at_nine.move_to(NINE + timedelta(minutes=10))
    assert program.reminders is not None
    program.reminders.look()
    program.set_language("ru")
    assert isinstance(program.window, MainWindow)
    program.window.complete()
    assert program.window.corner is not None
    assert program.window.corner.isVisible()


def tray_words(tray: Tray) -> list[str]:
    tray.menu.aboutToShow.emit()
    return [action.text() for action in tray.menu.actions() if not action.isSeparator()]
