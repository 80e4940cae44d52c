"""Moving dossiers to another date, to the tray, and out of the binder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.changes import Changes
from dossier_app.domain.place import CLOSED, TRAY, day_place
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.refile import RefileDialog

DUE, CADENCE, LEFT, AGREED = "due-today", "every-two-weeks", "left-behind", "agreed-ahead"
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., RefileDialog]


@pytest.fixture
def refile(desk: Desk, window: QWidget, show: Callable[[RefileDialog], RefileDialog]) -> Open:
    def opened(*uids: str) -> RefileDialog:
        return show(RefileDialog(window, desk, uids))

    return opened


def test_three_dossiers_are_one_action(
    refile: Open, qtbot: QtBot, broadcasts: list[Changes]
) -> None:
    uids = (DUE, CADENCE, LEFT)
    before = [load_dossier(uid) for uid in uids]
    dialog = refile(*uids)
    qtbot.keyClicks(dialog.when.edit, "mon")
    assert dialog.closing.text() == "3 dossiers: Monday, 30 November."
    dialog.reason.setFocus()
    qtbot.keyClicks(dialog.reason, "was ill")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return, CTRL)

    assert not dialog.isVisible()
    after = [load_dossier(uid) for uid in uids]
    assert {dossier.place for dossier in after} == {day_place(date(2026, 11, 30))}
    assert [bool(dossier.carried) for dossier in after] == [False, True, True]
    assert after[1].carried is not None
    assert (after[1].carried.origin, after[1].carried.reason) == (date(2026, 11, 20), "was ill")
    assert [changes.uids for changes in broadcasts] == [set(uids)]
    undo()
    assert [load_dossier(uid) for uid in uids] == before


def test_one_dossier_takes_a_time_and_a_reason(refile: Open, qtbot: QtBot) -> None:
    dialog = refile(LEFT)
    qtbot.keyClicks(dialog.when.edit, "thu 15:30")
    dialog.reason.insert("no answer")
    qtbot.keyClick(dialog.when.edit, Qt.Key.Key_Return, CTRL)
    after = load_dossier(LEFT)
    assert after.place == day_place(date(2026, 11, 26))
    assert after.step is not None and after.step.time == time(15, 30)
    assert after.carried is not None and after.carried.reason == "no answer"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Type a date or choose a day below it."),
        ("some day", "The date is not understood yet."),
        ("thu 15:30", "A time of day fits one dossier only; leave it out."),
    ],
)
def test_nothing_is_moved_without_a_date(
    refile: Open, qtbot: QtBot, broadcasts: list[Changes], typed: str, why: str
) -> None:
    dialog = refile(DUE, LEFT)
    qtbot.keyClicks(dialog.when.edit, typed)
    qtbot.keyClick(dialog.when.edit, Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible() and not broadcasts
    assert dialog.closing.text() == why


def test_the_reason_is_asked_only_where_something_was_left_behind(refile: Open) -> None:
    assert not refile(DUE).reason.isVisible()
    assert refile(LEFT, DUE).reason.isVisible()


def test_an_agreed_appointment_does_not_move_unnoticed(refile: Open, qtbot: QtBot) -> None:
    dialog = refile(AGREED)
    qtbot.keyClicks(dialog.when.edit, "9 dec")
    assert "1 agreed appointment moves: tell the client." in dialog.closing.text()


def test_into_the_tray_by_one_key(refile: Open, qtbot: QtBot) -> None:
    dialog = refile(DUE, LEFT)
    qtbot.keyClick(dialog.when.edit, Qt.Key.Key_T, CTRL)
    assert not dialog.isVisible()
    assert load_dossier(DUE).place == TRAY and load_dossier(LEFT).place == TRAY


def test_closing_asks_why(refile: Open, qtbot: QtBot, window: QWidget) -> None:
    dialog = refile(DUE)
    qtbot.keyClick(dialog.when.edit, Qt.Key.Key_D, CTRL)
    assert dialog.isVisible() and dialog.reason.hasFocus() and not dialog.when.isVisible()
    assert dialog.height() <= window.height()
    qtbot.keyClicks(dialog.reason, "moved abroad")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return, CTRL)
    after = load_dossier(DUE)
    assert (after.place, after.closed_reason) == (CLOSED, "moved abroad")


def test_closing_can_be_thought_over(refile: Open, qtbot: QtBot) -> None:
    dialog = refile(DUE)
    qtbot.keyClick(dialog.when.edit, Qt.Key.Key_D, CTRL)
    qtbot.keyClick(dialog.reason, Qt.Key.Key_D, CTRL)
    assert dialog.when.edit.hasFocus() and not dialog.reason.isVisible()
    qtbot.keyClicks(dialog.when.edit, "tomorrow")
    qtbot.keyClick(dialog.when.edit, Qt.Key.Key_Return, CTRL)
    assert load_dossier(DUE).place == day_place(date(2026, 11, 26))
