"""Slips, loose sheets, checkpoints and promises by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain.records import Promise, Side, Slip, SlipKind
from dossier_app.services import promises, slips
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.dialogs.checkpoints import CheckpointsDialog
from dossier_app.ui.dialogs.promise import PromiseDialog
from dossier_app.ui.dialogs.slip import SlipDialog
from dossier_app.ui.dossier.duties import Duties
from dossier_app.ui.dossier.rows import TickRow
from dossier_app.ui.main_window import MainWindow
from tests.conftest import TODAY

DUE = "due-today"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
Opened = Callable[[], QDialog]
FRIDAY, TUESDAY = date(2026, 11, 27), date(2026, 12, 1)


def press(*keys: str | Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Type texts and keys into whatever has the keyboard."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifiers)


def loose_sheets(main: MainWindow) -> list[str]:
    sheets = main.page.rows.sheets.sheets
    return [sheet.todo for sheet in sheets if not sheet.dossier_uid]


def test_a_slip_is_put_under_a_day_by_keyboard(main: MainWindow, opened: Opened) -> None:
    press(KEY.Key_J, modifiers=CTRL)
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    assert dialog.windowTitle() == "Slip: Ivanova Marina"
    press("Ask about the crane", KEY.Key_Tab, KEY.Key_Tab, "fri 15:30")
    assert dialog.closing.text() == "It lies under Friday, 27 November, 15:30, and rings then."
    press(KEY.Key_Return, modifiers=CTRL)
    assert not dialog.isVisible()
    [slip] = load_dossier(DUE).slips
    assert (slip.kind, slip.on, slip.time) == (SlipKind.REMINDER, FRIDAY, time(15, 30))
    assert (slip.text, slip.minutes, slip.repeat) == ("Ask about the crane", 0, "")
    assert main.toast.text == "Ask about the crane → Friday, 27 November, 15:30"
    undo()
    assert load_dossier(DUE).slips == []


def test_a_loose_sheet_has_no_client(main: MainWindow, opened: Opened) -> None:
    press(KEY.Key_J, modifiers=CTRL | SHIFT)
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    assert dialog.windowTitle() == "Loose sheet"
    press("Hand in the report", KEY.Key_Tab, KEY.Key_Tab, "today")
    press(KEY.Key_Return, modifiers=CTRL)
    assert loose_sheets(main) == ["Hand in the report"]
    assert load_dossier(DUE).slips == []


def test_without_a_dossier_only_a_loose_sheet_can_be_made(main: MainWindow) -> None:
    main.panel.show_dossier(None)
    main.page.rows.clearSelection()
    main.actions_.new_slip()
    main.actions_.checkpoints_current()
    assert not any(item.isVisible() for item in main.findChildren(QDialog))
    assert main.toast.text == "No dossier is chosen."


def test_what_comes_again_is_said_back_with_its_dates(main: MainWindow, opened: Opened) -> None:
    main.actions_.new_slip()
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    dialog.text.setText("Count the stock")
    dialog.repeat.edit.setFocus()
    press("every second tue")
    assert dialog.when.chosen is not None, "the first of its days is offered"
    assert dialog.when.chosen.place.date is not None
    assert dialog.when.chosen.place.date.weekday() == 1
    dialog.when.set_text("1.12")
    assert dialog.repeat.said == "every 2 weeks: Tuesday; then 15 Dec, 29 Dec, 12 Jan 2027…"
    press(KEY.Key_Return, modifiers=CTRL)
    [slip] = load_dossier(DUE).slips
    assert (slip.on, slip.repeat) == (TUESDAY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")


@pytest.mark.parametrize(
    ("text", "day", "often", "obstacle"),
    [
        ("", "fri", "", "Say what it is about."),
        ("x", "", "", "Type a date or choose a day below it."),
        ("x", "someday", "", "The date is not understood yet."),
        ("x", "july", "", "A slip needs a day, not a month."),
        ("x", "fri", "now and then", "How often it comes is not understood yet."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(
    main: MainWindow, opened: Opened, text: str, day: str, often: str, obstacle: str
) -> None:
    main.actions_.new_slip()
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    dialog.text.setText(text)
    dialog.when.set_text(day)
    dialog.repeat.edit.setText(often)
    press(KEY.Key_Return, modifiers=CTRL)
    assert dialog.isVisible()
    assert dialog.closing.text() == obstacle
    assert load_dossier(DUE).slips == []


def test_a_change_keeps_what_was_not_touched(
    main: MainWindow, opened: Opened, qtbot: QtBot
) -> None:
    # As an import writes it: nobody can type this rule here.
    rule = "FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=2"
    old = Slip(SlipKind.REMINDER, FRIDAY, "Odd", time(9), 25, repeat=rule, uid="odd")
    main.desk.act(partial(slips.add_slip, old, DUE))
    row = slip_row(main, "Odd")
    qtbot.waitUntil(row.isVisible)
    row.setFocus()
    press(KEY.Key_Return)
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    dialog.text.setText("Even")
    press(KEY.Key_Return, modifiers=CTRL)
    assert not dialog.isVisible()
    changed = slips.load_slip("odd")
    assert (changed.text, changed.on, changed.time) == ("Even", FRIDAY, time(9))
    assert (changed.minutes, changed.repeat) == (25, rule)


def test_a_slip_left_behind_keeps_its_day_unless_told(main: MainWindow, opened: Opened) -> None:
    late = Slip(SlipKind.REMINDER, date(2026, 11, 20), "Late", uid="late")
    main.desk.act(partial(slips.add_slip, late, DUE))
    slip_row(main, "Late").change_wanted.emit()
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    assert "has passed" in dialog.closing.text()
    press(KEY.Key_Return, modifiers=CTRL)
    assert slips.load_slip("late").on == date(2026, 11, 20)


def test_checkpoints_are_seen_before_they_are_put_away(main: MainWindow, opened: Opened) -> None:
    main.actions_.checkpoints_current()
    dialog = opened()
    assert isinstance(dialog, CheckpointsDialog)
    press("Wiring", KEY.Key_Tab, "30.11", KEY.Key_Tab, "29.01.2027")
    shown = [day.text() for day, _ in dialog.rows]
    assert shown == ["Mo, 30 Nov", "Tu, 15 Dec", "Th, 14 Jan 2027", "Tu, 26 Jan 2027",
                     "Th, 28 Jan 2027"]  # fmt: skip
    assert dialog.rows[1][1].text().startswith("Wiring, 25 %: does it run to schedule")
    press(KEY.Key_Return, modifiers=CTRL)
    assert not dialog.isVisible()
    made = load_dossier(DUE).slips
    assert {slip.kind for slip in made} == {SlipKind.CHECKPOINT}
    assert min(slip.on for slip in made) == date(2026, 11, 30)
    assert len(made) == 5
    undo()
    assert load_dossier(DUE).slips == []


def test_checkpoints_of_a_job_that_ends_before_it_starts(main: MainWindow, opened: Opened) -> None:
    main.actions_.checkpoints_current()
    dialog = opened()
    assert isinstance(dialog, CheckpointsDialog)
    press(KEY.Key_Return, modifiers=CTRL)
    assert dialog.closing.text() == "The job needs a name."
    press("Wiring", KEY.Key_Tab, "10.12")
    press(KEY.Key_Return, modifiers=CTRL)
    assert dialog.closing.text() == "Type the day on which the job is to end."
    press(KEY.Key_Tab, "1.12")
    assert dialog.closing.text() == "The job ends before it starts."
    press(KEY.Key_Return, modifiers=CTRL)
    assert dialog.isVisible()
    assert load_dossier(DUE).slips == []


# --- the panel


def duties(main: MainWindow) -> Duties:
    return main.panel.overview.duties


def slip_row(main: MainWindow, text: str) -> TickRow:
    return next(row for row in duties(main).rows if text in row.text())


def test_a_promise_is_added_in_the_panel(main: MainWindow) -> None:
    panel = duties(main)
    panel.add.setFocus()
    press(KEY.Key_Space)
    assert QApplication.focusWidget() is panel.field.edit
    press("we, by fri: send the photos", KEY.Key_Return)
    [promise] = load_dossier(DUE).promises
    assert (promise.side, promise.text, promise.due) == (Side.OURS, "send the photos", FRIDAY)
    assert [row.text() for row in panel.rows] == ["We: send the photos"]
    assert panel.field.text == "", "it asks for one more"
    assert QApplication.focusWidget() is panel.field.edit
    press(KEY.Key_Escape)
    assert panel.field.isHidden()
    assert [slip.on for slip in load_dossier(DUE).slips] == [FRIDAY]


def test_a_promise_that_is_typed_is_kept_when_another_dossier_is_shown(main: MainWindow) -> None:
    duties(main).open_field()
    press("client: the list")
    main.open_dossier("agreed-ahead")
    assert [item.text for item in load_dossier(DUE).promises] == ["the list"]
    assert duties(main).field.text == ""


def test_what_is_typed_outlives_a_change_elsewhere(main: MainWindow) -> None:
    duties(main).open_field()
    press("client: the li")
    main.desk.act(partial(slips.add_slip, Slip(SlipKind.REMINDER, FRIDAY, "Call"), DUE))
    assert duties(main).field.text == "client: the li"
    assert QApplication.focusWidget() is duties(main).field.edit
    press("st", KEY.Key_Return)
    assert [item.text for item in load_dossier(DUE).promises] == ["the list"]


@pytest.fixture
def promised(main: MainWindow) -> MainWindow:
    """The dossier shown owes something by Friday, and has a slip of its own."""
    promise = Promise(Side.OURS, "the estimate", FRIDAY, uid="promise")
    main.desk.act(partial(promises.add_promise, DUE, promise))
    slip = Slip(SlipKind.REMINDER, TUESDAY, "Ask about the site", uid="slip")
    main.desk.act(partial(slips.add_slip, slip, DUE))
    return main


def test_slips_stand_below_promises_once(promised: MainWindow) -> None:
    rows = [row.text() for row in duties(promised).rows]
    assert rows == ["We: the estimate", "Ask about the site"], "not the slip of the promise"


def test_enter_gives_a_promise_another_date(promised: MainWindow, opened: Opened) -> None:
    duties(promised).rows[0].setFocus()
    press(KEY.Key_Return)
    dialog = opened()
    assert isinstance(dialog, PromiseDialog)
    assert QApplication.focusWidget() is dialog.when.edit
    press("tue")
    assert dialog.closing.text() == "we, by 1 December (Tu)"
    press(KEY.Key_Return, modifiers=CTRL)
    assert not dialog.isVisible()
    [promise] = load_dossier(DUE).promises
    assert promise.due == TUESDAY
    assert {slip.on for slip in load_dossier(DUE).slips if slip.promise_uid} == {TUESDAY}


def test_a_promise_without_a_date_loses_its_slip(promised: MainWindow, opened: Opened) -> None:
    duties(promised).rows[0].change_wanted.emit()
    dialog = opened()
    assert isinstance(dialog, PromiseDialog)
    dialog.when.set_text("july")
    press(KEY.Key_Return, modifiers=CTRL)
    assert dialog.closing.text() == "A day is needed here, not a month."
    dialog.when.set_text("")
    press(KEY.Key_Return, modifiers=CTRL)
    assert load_dossier(DUE).promises[0].due is None
    assert [slip.uid for slip in load_dossier(DUE).slips] == ["slip"]


def test_space_ticks_and_delete_removes_in_the_panel(promised: MainWindow) -> None:
    rows = duties(promised).rows
    rows[1].setFocus()
    press(KEY.Key_Space)
    assert slips.load_slip("slip").done_on == TODAY
    assert promised.toast.text == "Done: Ask about the site"
    assert duties(promised).rows[0].hasFocus(), "the keyboard stays in the list"
    press(KEY.Key_Delete)
    assert load_dossier(DUE).promises == []
    assert promised.toast.text == "Taken away: the estimate"
    undo()
    assert [item.text for item in load_dossier(DUE).promises] == ["the estimate"]


def test_what_was_typed_and_left_by_esc_waits(main: MainWindow, opened: Opened) -> None:
    for uid, said in (("", "Buy paper"), (DUE, "Ask about the crane")):
        main.actions_.slip(uid)
        opened()
        press(said, KEY.Key_Tab, KEY.Key_Tab, "fri", KEY.Key_Tab, "every week", KEY.Key_Escape)
    for uid, said in (("", "Buy paper"), (DUE, "Ask about the crane")):
        main.actions_.slip(uid)
        dialog = opened()
        assert isinstance(dialog, SlipDialog)
        texts = [dialog.text.text(), dialog.when.edit.text(), dialog.repeat.edit.text()]
        assert texts == [said, "fri", "every week"]
        press(KEY.Key_Return, modifiers=CTRL)
        main.actions_.slip(uid)
        fresh = opened()
        assert isinstance(fresh, SlipDialog)
        assert fresh.text.text() == ""
        fresh.reject()
