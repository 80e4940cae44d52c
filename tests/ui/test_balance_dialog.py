"""Balancing a day and giving dates: by keyboard, with one undo, never a fixed appointment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain.balancing import Staying
from dossier_app.domain.binder import LEFT_BEHIND, TO_SPREAD, day_slot
from dossier_app.domain.place import Month, Place, day_place, month_place
from dossier_app.domain.records import Dossier, NextStep, Person, StepKind
from dossier_app.services import settings
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.refiling import refile
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.balance import BalanceDialog
from dossier_app.ui.dialogs.other_day import OtherDayDialog
from dossier_app.ui.dialogs.refile import RefileDialog
from dossier_app.ui.main_window import MainWindow
from tests.conftest import TODAY
from tests.ui.typing_keys import press_key as press

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[], BalanceDialog]


def file(uid: str, place: Place, *, fixed: bool = False) -> None:
    """A dossier whose client is called like its uid."""
    step = NextStep(StepKind.CALL, "Call", time(10) if fixed else None, 10, fixed=fixed)
    create_dossier(Dossier(uid=uid, people=[Person(uid, main=True)], place=place, step=step))


@pytest.fixture
def window(binder_open: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """Five contacts a day fit; eight lie under Friday, two of them fixed. Three were left
    behind, one of them an appointment; one waits for a day in November."""
    settings.save(settings.Settings(contacts=[5] * 7))
    for number in range(6):
        file(f"Movable{number}", day_place(FRIDAY))
    for number in range(2):
        file(f"Fixed{number}", day_place(FRIDAY), fixed=True)
    file("Tuesday", day_place(date(2026, 11, 24)))
    file("Monday", day_place(date(2026, 11, 23)))
    file("Missed", day_place(date(2026, 11, 23)), fixed=True)
    file("November", month_place(Month(2026, 11)))
    shown = MainWindow(Desk(binder_open))
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.complete()
    yield shown
    shown.desk._timer.stop()


@pytest.fixture
def balance(window: MainWindow, qtbot: QtBot) -> Open:
    """Presses Ctrl+B and waits for the dialog."""

    def opened() -> BalanceDialog:
        QTest.keyClick(window, Qt.Key.Key_B, CTRL)
        found = on_top(window, qtbot, BalanceDialog)
        assert isinstance(found, BalanceDialog)
        return found

    return opened


def on_top(window: MainWindow, qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The visible dialog of that kind, once it takes keys."""
    qtbot.waitUntil(lambda: any(item.isVisible() for item in window.findChildren(kind)))
    dialog = next(item for item in window.findChildren(kind) if item.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def places() -> dict[str, Place]:
    names = [f"Movable{n}" for n in range(6)] + ["Fixed0", "Fixed1", "Tuesday", "Monday", "Missed"]
    return {uid: load_dossier(uid).place for uid in [*names, "November"]}


def test_a_day_that_is_too_full_says_so_and_is_relieved(
    window: MainWindow, balance: Open, qtbot: QtBot
) -> None:
    before, _ = export_json()
    assert window.page.plan.isHidden(), "today holds nothing"
    window.open_slot(day_slot(FRIDAY))
    assert window.page.plan.text.text() == "3 more than fit."

    dialog = balance()
    assert len(dialog.ticked) == 3
    assert all(proposal.item.uid.startswith("Movable") for proposal in dialog.ticked)
    assert "Friday, 27 November then has 5 of 5 contacts" in dialog.closing.text()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not any(map(QDialog.isVisible, window.findChildren(QDialog))))

    after = places()
    assert after["Fixed0"] == after["Fixed1"] == day_place(FRIDAY)
    assert sum(place == day_place(FRIDAY) for place in after.values()) == 5
    assert window.page.plan.isHidden()
    assert window.toast.text == "3 sheets moved to other days"
    window.toast.acted.emit()
    assert export_json()[0] == before


def test_only_what_is_ticked_moves(window: MainWindow, balance: Open) -> None:
    window.open_slot(day_slot(FRIDAY))
    dialog = balance()
    names = [proposal.item.uid for proposal in dialog.ticked]
    press(Qt.Key.Key_A, CTRL)
    assert dialog.ticked == []
    assert not dialog.primary_button.isEnabled()
    assert dialog.closing.text() == "Tick what should move."
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible(), "there is nothing to do"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert [proposal.item.uid for proposal in dialog.ticked] == [names[1]]
    press(Qt.Key.Key_Return, CTRL)
    moved = [uid for uid, place in places().items() if place == day_place(dialog_day(names[1]))]
    assert moved == [names[1]]


def dialog_day(uid: str) -> date:
    day = load_dossier(uid).place.date
    assert day is not None and day != FRIDAY
    return day


def test_another_date_for_several_rows(window: MainWindow, balance: Open, qtbot: QtBot) -> None:
    window.open_slot(day_slot(FRIDAY))
    dialog = balance()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Return)
    other = on_top(window, qtbot, OtherDayDialog)
    assert isinstance(other, OtherDayDialog)
    qtbot.keyClicks(other.when.edit, "dec")
    press(Qt.Key.Key_Return, CTRL)
    assert other.isVisible() and "not a month" in other.closing.text()
    other.when.edit.clear()
    qtbot.keyClicks(other.when.edit, "9 dec")
    press(Qt.Key.Key_Return, CTRL)
    ninth = date(2026, 12, 9)
    assert [proposal.to for proposal in dialog.ticked][:2] == [ninth, ninth]
    assert dialog.ticked[0].reason == "the day you chose"
    assert ninth in [day.date for day in dialog.strip.days]
    uids = [proposal.item.uid for proposal in dialog.ticked]
    dialog.activateWindow()
    dialog.press_primary()
    assert [load_dossier(uid).place for uid in uids[:2]] == [day_place(ninth)] * 2


def test_what_was_left_behind_gets_dates_and_a_reason(
    window: MainWindow, balance: Open, qtbot: QtBot
) -> None:
    window.open_slot(LEFT_BEHIND)
    assert window.page.plan.text.text() == "3 sheets wait for new dates."
    before, _ = export_json()
    dialog = balance()
    assert sorted(proposal.item.uid for proposal in dialog.ticked) == ["Monday", "Tuesday"]
    dialog.reason.setFocus()
    qtbot.keyClicks(dialog.reason, "was ill")
    press(Qt.Key.Key_Return, CTRL)
    after = load_dossier("Monday")
    assert after.place == day_place(TODAY)
    assert after.carried is not None
    assert (after.carried.origin, after.carried.reason) == (date(2026, 11, 23), "was ill")
    assert load_dossier("Missed").place == day_place(date(2026, 11, 23))
    window.undo()
    assert export_json()[0] == before


def test_a_missed_appointment_is_agreed_anew_from_the_list(
    window: MainWindow, balance: Open, qtbot: QtBot
) -> None:
    window.open_slot(LEFT_BEHIND)
    dialog = balance()
    press(Qt.Key.Key_Space)
    unticked = {"Monday", "Tuesday"} - {proposal.item.uid for proposal in dialog.ticked}
    press(Qt.Key.Key_End)
    row = dialog.rows.current
    assert isinstance(row, Staying) and row.item.uid == "Missed"
    assert "agree a new date" in row.reason
    press(Qt.Key.Key_Return)
    refiling = on_top(window, qtbot, RefileDialog)
    assert isinstance(refiling, RefileDialog)
    qtbot.keyClicks(refiling.when.edit, "mon")
    press(Qt.Key.Key_Return, CTRL)
    assert load_dossier("Missed").place == day_place(MONDAY)
    assert dialog.isVisible() and not dialog.rows.plan.staying
    ticks = {choice.proposal.item.uid: choice.ticked for choice in dialog.rows.plan.choices}
    assert [uid for uid, ticked in ticks.items() if not ticked] == sorted(unticked), "ticks stay"
    assert dialog.isVisible()


def test_the_days_left_behind_are_walked_through(
    window: MainWindow, balance: Open, qtbot: QtBot
) -> None:
    window.open_slot(LEFT_BEHIND)
    window.page.rows.setFocus()
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.page.only == date(2026, 11, 23)
    assert [sheet.uid for sheet in window.page.rows.sheets.sheets] == ["Missed", "Monday"]
    dialog = balance()
    assert [proposal.item.uid for proposal in dialog.ticked] == ["Monday"]
    press(Qt.Key.Key_Return, CTRL)
    window.refile(["Missed"], day_place(MONDAY))
    assert window.page.only == date(2026, 11, 24), "that day is closed: the next one"
    assert [sheet.uid for sheet in window.page.rows.sheets.sheets] == ["Tuesday"]
    window.refile(["Tuesday"], day_place(MONDAY))
    assert window.page.only is None
    assert window.page.plan.isHidden()


def test_what_waits_for_a_day_is_spread(window: MainWindow, balance: Open) -> None:
    window.open_slot(TO_SPREAD)
    assert window.page.plan.text.text() == "1 sheet waits for a day."
    dialog = balance()
    assert not dialog.reason.isVisible(), "nothing was carried"
    press(Qt.Key.Key_Return, CTRL)
    day = load_dossier("November").place.date
    assert day is not None and TODAY <= day <= MONDAY
    assert window.toast.text.startswith("November → ")


def test_a_day_on_which_all_fits_says_so(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    assert not window.findChildren(BalanceDialog)
    assert window.toast.text == "Nothing has to move from here."


def test_what_was_moved_meanwhile_is_not_moved_again(
    window: MainWindow, balance: Open, qtbot: QtBot
) -> None:
    window.open_slot(day_slot(FRIDAY))
    dialog = balance()
    uid = dialog.ticked[0].item.uid
    refile([uid], day_place(MONDAY))  # as another view would, unheard
    before = places()
    press(Qt.Key.Key_Return, CTRL)
    assert places() == before
    assert dialog.isVisible() and "moved meanwhile" in dialog._problem.text()
    assert uid not in [proposal.item.uid for proposal in dialog.ticked], "the plan is a new one"


def test_a_closed_day_offers_the_next_one(window: MainWindow, qtbot: QtBot) -> None:
    from dossier_app.services.contacts import Contact, log_contact
    from dossier_app.services.dossiers import read_next

    refile(["Monday"], day_place(TODAY))
    window.refresh()
    assert "closed" not in window.page._foot.text()
    contact = Contact(text="done", next=read_next("9 dec"))
    window.desk.act(lambda: log_contact("Monday", contact))
    qtbot.waitUntil(lambda: window.page._foot.text() == "This day is closed · done 1 of 1")
    button = window.page._empty._button
    assert button.text() == "Open Thursday, 26 November"
    button.click()
    assert window.slot == day_slot(TODAY + timedelta(days=1))
    assert not window.page._mark.isVisible()
