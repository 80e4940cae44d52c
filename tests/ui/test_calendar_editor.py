"""The editable calendar: a day, a leave, another country, and what lies on days off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, NextStep, Person, StepKind
from dossier_app.domain.workdays import OwnDay
from dossier_app.services import settings
from dossier_app.services.calendar_editing import own_days
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.balance import BalanceDialog
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.calendar_editor import CalendarDialog, LeaveDialog
from dossier_app.ui.messages import Question
from tests.conftest import TODAY
from tests.ui.conftest import AGREED, DUE
from tests.ui.typing_keys import press_key as press

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_T = TypeVar("_T", bound=PaperDialog)
SATURDAY = date(2026, 11, 28)


@pytest.fixture
def calendar(
    desk: Desk, window: QWidget, show: Callable[[PaperDialog], PaperDialog]
) -> CalendarDialog:
    made = show(CalendarDialog(window, desk))
    assert isinstance(made, CalendarDialog)
    return made


def above(below: CalendarDialog, kind: type[_T], qtbot: QtBot) -> _T:
    (dialog,) = below.findChildren(kind)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def test_space_changes_a_day_and_changes_it_back(calendar: CalendarDialog, desk: Desk) -> None:
    assert calendar.grid.hasFocus() and calendar.grid.current == TODAY
    assert calendar.toggle_button.text() == "Make it a day off"
    press(Qt.Key.Key_Space)
    assert not desk.calendar.is_working(TODAY)
    assert own_days() == [OwnDay(TODAY, worked=False)]
    assert calendar.state.text() == "Day off, set by you"
    assert calendar.toggle_button.text() == "Make it worked"
    press(Qt.Key.Key_Space)
    assert desk.calendar.is_working(TODAY)
    assert own_days() == [], "it is as the official calendar has it"


def test_a_working_saturday(calendar: CalendarDialog, desk: Desk) -> None:
    for _ in range(3):
        press(Qt.Key.Key_Right)
    assert calendar.grid.current == SATURDAY
    assert calendar.grid.accessibleName() == "Saturday, 28 November 2026, day off"
    press(Qt.Key.Key_Space)
    assert desk.calendar.is_working(SATURDAY)
    press(Qt.Key.Key_Delete)
    assert not desk.calendar.is_working(SATURDAY)
    assert own_days() == []


def test_the_keyboard_goes_through_the_years(calendar: CalendarDialog) -> None:
    press(Qt.Key.Key_Home)
    assert calendar.grid.current == date(2026, 11, 1)
    press(Qt.Key.Key_Up)
    assert calendar.grid.current == date(2026, 10, 25)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_PageUp)
    assert calendar.grid.current == date(2026, 9, 30)
    press(Qt.Key.Key_PageDown, CTRL)
    assert calendar.grid.current == date(2027, 9, 30)
    assert calendar.year_label.text() == "2027"
    press(Qt.Key.Key_Home, CTRL)
    assert calendar.grid.current == TODAY


def test_what_lies_on_a_new_day_off_is_offered_another_day(
    calendar: CalendarDialog, desk: Desk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Space)
    assert calendar.lying.text() == "1 sheet lies here"
    assert calendar.closing.text() == "1 sheet lies under a day that is off now."
    press(Qt.Key.Key_M, CTRL)
    moving = above(calendar, BalanceDialog, qtbot)
    assert [proposal.item.uid for proposal in moving.ticked] == [DUE]
    before = load_dossier(DUE)
    press(Qt.Key.Key_Return, CTRL)
    assert load_dossier(DUE).place == day_place(date(2026, 11, 26))
    assert not calendar.move_button.isVisible()
    undo()
    assert load_dossier(DUE) == before


def test_a_leave_moves_no_appointment(calendar: CalendarDialog, desk: Desk, qtbot: QtBot) -> None:
    step = NextStep(StepKind.CALL, "Call", minutes=10)
    person = Person("Belova", main=True)
    ninth = day_place(date(2026, 12, 9))
    create_dossier(Dossier(uid="movable", people=[person], place=ninth, step=step))
    press(Qt.Key.Key_L, CTRL)
    leave = above(calendar, LeaveDialog, qtbot)
    press(Qt.Key.Key_Return, CTRL)
    assert leave.isVisible()
    assert leave.closing.text() == "Type the first and the last day."
    qtbot.keyClicks(leave.first.edit, "7 dec")
    leave.last.edit.setFocus()
    qtbot.keyClicks(leave.last.edit, "1 dec")
    assert leave.closing.text() == "The last day is before the first."
    press(Qt.Key.Key_Return, CTRL)
    assert leave.isVisible()
    leave.last.edit.clear()
    qtbot.keyClicks(leave.last.edit, "18 dec")
    assert leave.closing.text().startswith("10 working days become days off")
    press(Qt.Key.Key_Return, CTRL)

    assert len(own_days()) == 12
    assert desk.calendar.holiday(date(2026, 12, 7)) == "Leave"
    assert calendar.grid.span == (date(2026, 12, 7), date(2026, 12, 18))
    assert calendar.closing.text() == "2 sheets lie under days that are off now."
    calendar.activateWindow()
    calendar.move_button.click()
    moving = above(calendar, BalanceDialog, qtbot)
    assert [proposal.item.uid for proposal in moving.ticked] == ["movable"]
    assert [staying.item.uid for staying in moving.rows.plan.staying] == [AGREED]
    moving.press_primary()
    assert load_dossier("movable").place == day_place(date(2026, 12, 21))
    assert load_dossier(AGREED).place == day_place(date(2026, 12, 8))


def test_each_date_of_a_leave_has_its_own_keys(calendar: CalendarDialog, qtbot: QtBot) -> None:
    calendar.leave_button.click()
    leave = above(calendar, LeaveDialog, qtbot)
    leave.last.edit.setFocus()
    qtbot.keyClick(leave.last.edit, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert leave.first.text == "" and leave.last.text != ""


def test_several_days_at_once_and_back_to_the_official(
    calendar: CalendarDialog, desk: Desk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Space)
    assert len(own_days()) == 8
    assert calendar.state.text() == "Day off, set by you"
    assert calendar.reset_button.text() == "Drop 8 own days…"
    calendar.reset_button.click()
    above(calendar, Question, qtbot)
    press(Qt.Key.Key_Return, CTRL)
    assert own_days() == []
    assert desk.calendar.is_working(TODAY)


def test_another_country_has_other_holidays(
    calendar: CalendarDialog, desk: Desk, qtbot: QtBot
) -> None:
    republic_day = date(2026, 10, 26)  # of Kazakhstan; the 25th is a Sunday
    assert desk.calendar.is_working(republic_day)
    calendar.country.setFocus()
    qtbot.keyClicks(calendar.country, "Kaz")
    assert settings.load().country == "KZ"
    assert not desk.calendar.is_working(republic_day)
    assert calendar.country.count() > 50


def test_the_mouse_chooses_and_a_double_click_changes(calendar: CalendarDialog, desk: Desk) -> None:
    spot = calendar.grid.rect_of(SATURDAY).center()
    QTest.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert calendar.grid.current == SATURDAY
    QTest.mouseDClick(calendar.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert desk.calendar.is_working(SATURDAY)
    outside = QPoint(calendar.grid.width() - 1, calendar.grid.height() - 1)
    QTest.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, pos=outside)
    assert calendar.grid.current == SATURDAY


def test_it_fits_the_smallest_window(calendar: CalendarDialog, window: QWidget) -> None:
    assert calendar.height() <= window.height()
    assert calendar.width() <= window.width()
