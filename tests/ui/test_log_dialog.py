"""*Log & re-file* by keyboard: what is typed is what is in the binder afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.changes import Changes
from dossier_app.domain.place import TRAY, PlaceKind, day_place
from dossier_app.domain.records import Channel, Direction, Side, SlipKind, StepKind
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.widgets import Chip

DUE, CADENCE, AGREED, NEW = "due-today", "every-two-weeks", "agreed-ahead", "in-tray"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Open = Callable[[str], LogDialog]


@pytest.fixture
def log(desk: Desk, window: QWidget, show: Callable[[LogDialog], LogDialog]) -> Open:
    def opened(uid: str) -> LogDialog:
        return show(LogDialog(window, desk, uid))

    return opened


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus; ⇥ is Tab, ↵ Enter."""
    for letter in text:
        special = {"⇥": Qt.Key.Key_Tab, "↵": Qt.Key.Key_Return}.get(letter)
        if special is None:
            qtbot.keyClicks(focused(), letter)
        else:
            qtbot.keyClick(focused(), special)


def save(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)


def test_a_call_is_logged_and_refiled_in_one_action(
    desk: Desk, log: Open, qtbot: QtBot, broadcasts: list[Changes]
) -> None:
    before = load_dossier(DUE)
    said: list[str] = []
    desk.said.connect(said.append)
    dialog = log(DUE)
    keys(qtbot, "4 % dearer, but sooner.⇥show the site⇥we, by fri: the photos⇥Site visit⇥")
    keys(qtbot, "tue in 2 weeks 10:00")
    assert dialog.when.said == "Tuesday, 15 December, 10:00 · agreed"
    assert sentence(dialog) == (
        "The dossier goes under 15 December, 10:00. Slip “the photos” under 27 November."
    )
    save(qtbot)

    assert not dialog.isVisible()
    after = load_dossier(DUE)
    entry = after.history[0]
    assert (entry.channel, entry.direction, entry.reached) == (Channel.CALL, Direction.OUT, True)
    assert (entry.text, entry.agreed) == ("4 % dearer, but sooner.", "show the site")
    assert after.place == day_place(date(2026, 12, 15))
    assert after.step is not None
    assert (after.step.text, after.step.time, after.step.fixed) == ("Site visit", time(10), True)
    [promise], [slip] = after.promises, after.slips
    assert (promise.side, promise.text, promise.due) == (
        Side.OURS,
        "the photos",
        date(2026, 11, 27),
    )
    assert (slip.kind, slip.on, slip.promise_uid) == (
        SlipKind.PROMISE,
        promise.due,
        promise.uid,
    )
    assert [changes.uids for changes in broadcasts] == [{DUE}]
    assert said == ["Ivanova Marina → Tuesday, 15 December, 10:00"]
    undo()
    assert load_dossier(DUE) == before


def test_the_fewest_keys(log: Open, qtbot: QtBot) -> None:
    log(DUE)
    keys(qtbot, "ok")
    qtbot.keyClick(focused(), Qt.Key.Key_3, ALT)
    save(qtbot)
    assert load_dossier(DUE).place == day_place(date(2026, 12, 2))


def test_not_reached_is_one_key(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_0, CTRL)
    assert dialog.step.text.text() == "Discuss the estimate"
    assert sentence(dialog) == "Try 2 is on Thursday, 26 November."
    save(qtbot)
    after = load_dossier(DUE)
    assert (after.tries, after.history[0].reached) == (1, False)
    assert after.place == day_place(date(2026, 11, 26))
    assert after.step is not None and after.step.text == "Discuss the estimate"


def sentence(dialog: LogDialog) -> str:
    return dialog.closing.text()


def test_not_reached_can_be_taken_back(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_0, CTRL)
    qtbot.keyClick(focused(), Qt.Key.Key_0, CTRL)
    assert dialog.step.text.text() == ""
    assert sentence(dialog) == "The dossier goes to the In tray: no date yet."
    save(qtbot)
    after = load_dossier(DUE)
    assert (after.tries, after.place, after.step) == (0, TRAY, None)


def test_the_cadence_holds_when_no_date_is_typed(log: Open, qtbot: QtBot) -> None:
    dialog = log(CADENCE)
    assert dialog.when.edit.placeholderText() == "Wednesday, 9 December"
    assert dialog.strip.selected == date(2026, 12, 9)
    assert sentence(dialog) == "The dossier goes under 9 December."
    save(qtbot)
    assert load_dossier(CADENCE).place == day_place(date(2026, 12, 9))


def test_an_agreed_appointment_ahead_stays(log: Open, qtbot: QtBot) -> None:
    before = load_dossier(AGREED)
    dialog = log(AGREED)
    assert sentence(dialog) == "The dossier stays under 8 December, 10:00."
    keys(qtbot, "asked for the way")
    save(qtbot)
    after = load_dossier(AGREED)
    assert (after.place, after.step) == (before.place, before.step)
    assert after.history[0].text == "asked for the way"


def test_a_movable_step_ahead_needs_a_new_date(log: Open, qtbot: QtBot) -> None:
    log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_5, ALT)
    save(qtbot)
    assert load_dossier(DUE).place == day_place(date(2026, 12, 25))
    dialog = log(DUE)
    assert sentence(dialog) == "The dossier goes to the In tray: no date yet."


def test_a_note_leaves_the_place_alone_unless_a_date_is_typed(log: Open, qtbot: QtBot) -> None:
    before = load_dossier(CADENCE)
    dialog = log(CADENCE)
    qtbot.keyClick(focused(), Qt.Key.Key_6, CTRL)
    assert sentence(dialog) == "The dossier stays where it lies."
    keys(qtbot, "new phone at the gate")
    save(qtbot)
    after = load_dossier(CADENCE)
    assert (after.place, after.step, after.carried) == (before.place, before.step, before.carried)
    assert (after.history[0].channel, after.history[0].direction) == (
        Channel.NOTE,
        Direction.NONE,
    )

    log(CADENCE)
    qtbot.keyClick(focused(), Qt.Key.Key_6, CTRL)
    qtbot.keyClick(focused(), Qt.Key.Key_1, ALT)
    save(qtbot)
    assert load_dossier(CADENCE).place == day_place(date(2026, 11, 26))


def test_an_empty_note_is_not_saved(log: Open, qtbot: QtBot, broadcasts: list[Changes]) -> None:
    dialog = log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_6, CTRL)
    save(qtbot)
    assert dialog.isVisible() and not broadcasts
    assert sentence(dialog) == "The note is empty."


def test_the_channel_by_key_and_by_arrow(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_2, CTRL)
    assert dialog.head.channel is Channel.MEETING
    checked = next(item for item in dialog.head.channels.children() if _is_checked(item))
    checked.setFocus()
    qtbot.keyClick(checked, Qt.Key.Key_Right)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert dialog.head.channel is Channel.EMAIL


def _is_checked(item: object) -> bool:
    return getattr(item, "isChecked", bool)()


def test_two_promises_by_enter_and_one_taken_out(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    keys(qtbot, "⇥⇥client, by mon: the list↵we, by fri: the photos↵our thanks")
    chips = [chip for chip in dialog.promise.chips.findChildren(Chip) if not chip.isHidden()]
    assert [chip.text() for chip in chips] == [
        "client, 30 Nov: the list",
        "we, 27 Nov: the photos",
    ]
    chips[0].setFocus()
    qtbot.keyClick(chips[0], Qt.Key.Key_Space)
    assert focused() is dialog.promise.edit
    save(qtbot)
    after = load_dossier(DUE)
    assert {promise.text for promise in after.promises} == {"the photos", "our thanks"}
    assert [slip.on for slip in after.slips] == [date(2026, 11, 27)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("⇥⇥⇥⇥some day soon", "The date is not understood yet."),
        ("⇥⇥we, by some day: photos", "The promise is not understood yet."),
        ("⇥⇥⇥Send the offer", "The next step needs a date; Alt+1 is tomorrow."),
        ("⇥⇥⇥Send the offer⇥no date", "The next step needs a date; Alt+1 is tomorrow."),
    ],
)
def test_what_is_not_understood_is_not_saved(
    log: Open, qtbot: QtBot, broadcasts: list[Changes], typed: str, why: str
) -> None:
    dialog = log(DUE)
    keys(qtbot, typed)
    save(qtbot)
    assert dialog.isVisible() and not broadcasts
    assert sentence(dialog) == why
    if "some day soon" in typed:
        assert "is not understood as a date" in dialog.when.said
        assert focused() is dialog.when.edit


def test_what_was_typed_survives_esc_and_goes_after_saving(log: Open, qtbot: QtBot) -> None:
    log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_3, CTRL)
    keys(qtbot, "half a sentence⇥agreed⇥we, by fri: photos↵client: list⇥Call⇥5 dec")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not load_dossier(DUE).history

    assert log(NEW).text.toPlainText() == ""  # another dossier's draft is not this one's
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    dialog = log(DUE)
    assert dialog.restored.text() == "what you had typed is back"
    assert dialog.head.channel is Channel.EMAIL
    save(qtbot)
    after = load_dossier(DUE)
    assert after.history[0].text == "half a sentence"
    assert after.place == day_place(date(2026, 12, 5))
    assert {promise.text for promise in after.promises} == {"photos", "list"}
    assert log(DUE).text.toPlainText() == ""


def test_any_text_survives_exactly(log: Open, qtbot: QtBot) -> None:
    odd = "<b>&amp; «ё» 'x' \"y\" 👩‍🏭\u00a0нет %s {n} \\n"
    long = odd + "я" * (5_000 - len(odd))
    dialog = log(DUE)
    dialog.text.insertPlainText(long + "\n" + odd)
    for field in (dialog.agreed, dialog.promise.edit, dialog.step.text):
        field.insert(long)
        field.setModified(True)
    dialog.when.set_text("tomorrow")
    save(qtbot)
    after = load_dossier(DUE)
    assert after.history[0].text == long + "\n" + odd
    assert after.history[0].agreed == long
    assert after.promises[0].text == long
    assert after.step is not None and after.step.text == long


def test_a_long_text_in_the_date_field_is_refused_at_once(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    dialog.when.set_text("нет " * 1_250)
    assert dialog.when.problem and len(dialog.when.problem) < 200


@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-01", "9999-12-31"])
def test_a_date_far_off_is_taken_as_written(log: Open, qtbot: QtBot, day: str) -> None:
    dialog = log(DUE)
    keys(qtbot, f"⇥⇥⇥⇥{day}")
    assert not dialog.when.offers
    assert ("Left behind" in sentence(dialog)) == (day < "2026-11-25")
    assert dialog.strip.selected in dialog.strip.days
    save(qtbot)
    assert load_dossier(DUE).place == day_place(date.fromisoformat(day))


def test_private_covers_the_promises_too(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    keys(qtbot, "ill⇥⇥we: a card")
    dialog.private.setFocus()
    qtbot.keyClick(dialog.private, Qt.Key.Key_Space)
    save(qtbot)
    after = load_dossier(DUE)
    assert after.history[0].private and after.promises[0].private


def test_a_day_off_is_said_and_the_working_days_are_offered(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_0, ALT)
    keys(qtbot, "5 dec 9:30")
    assert dialog.when.said == "Saturday, 5 December, 09:30 · day off · agreed"
    assert [button.text() for button in dialog.when.offers] == ["Fr, 4 Dec", "Mo, 7 Dec"]
    qtbot.mouseClick(dialog.when.offers[1], Qt.MouseButton.LeftButton)
    assert dialog.when.text == "Monday, 7 December, 09:30"
    qtbot.keyClick(focused(), Qt.Key.Key_Left, ALT)
    assert dialog.strip.selected == date(2026, 12, 4)
    save(qtbot)
    after = load_dossier(DUE)
    assert after.place == day_place(date(2026, 12, 4))
    assert after.step is not None and after.step.time == time(9, 30)


def test_a_day_off_is_taken_when_it_is_meant(log: Open, qtbot: QtBot) -> None:
    log(DUE)
    qtbot.keyClick(focused(), Qt.Key.Key_0, ALT)
    keys(qtbot, "5 dec")
    save(qtbot)
    assert load_dossier(DUE).place == day_place(date(2026, 12, 5))


def test_a_click_on_the_strip_fills_the_date(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    assert dialog.strip.days[0] == date(2026, 11, 25)
    qtbot.mouseClick(dialog.strip.buttons[2], Qt.MouseButton.LeftButton)
    assert dialog.when.text == "Friday, 27 November"
    assert dialog.strip.buttons[2].isChecked()
    qtbot.keyClick(focused(), Qt.Key.Key_Left, ALT)
    qtbot.keyClick(focused(), Qt.Key.Key_Left, ALT)
    qtbot.keyClick(focused(), Qt.Key.Key_Left, ALT)
    assert dialog.strip.selected == date(2026, 11, 25)  # never before today


def test_the_kind_brings_its_minutes(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    assert dialog.step.minutes.value() == 20
    keys(qtbot, "⇥⇥⇥⇥tomorrow⇥")
    assert focused() is dialog.step.kind
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert dialog.step.minutes.value() == 60
    save(qtbot)
    step = load_dossier(DUE).step
    assert step is not None and (step.kind, step.minutes) == (StepKind.MEETING, 60)


def test_a_month_needs_no_day(log: Open, qtbot: QtBot) -> None:
    dialog = log(DUE)
    keys(qtbot, "⇥⇥⇥⇥july")
    assert sentence(dialog) == "The dossier goes under July 2027."
    assert dialog.strip.days[0] == date(2027, 7, 1)
    assert not dialog.step.fixed.isEnabled()
    save(qtbot)
    assert load_dossier(DUE).place.kind is PlaceKind.MONTH


def test_it_fits_the_smallest_window(log: Open, window: QWidget, qtbot: QtBot) -> None:
    dialog = log(DUE)
    keys(qtbot, "⇥⇥we, by fri: the photos↵we, by mon: the estimate↵client, by tue: the list↵")
    assert dialog.height() <= window.height()
    assert dialog.width() <= window.width()
    rows = [dialog.text, dialog.agreed, dialog.promise.chips, dialog.step.text, dialog.strip]
    tops = [row.mapTo(dialog, row.rect().topLeft()).y() for row in rows]
    bottoms = [row.mapTo(dialog, row.rect().bottomLeft()).y() for row in rows]
    assert all(below > above for above, below in zip(bottoms, tops[1:], strict=False))
