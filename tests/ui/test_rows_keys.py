"""The rows of a page by keyboard: slips, loose sheets and occasions beside dossiers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from dossier_app.domain.binder import IN_TRAY, Slot, day_slot
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Answer, FilledForm, Promise, Side, Slip, SlipKind
from dossier_app.services import promises, slips
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.binder.tab_model import SLIPS_MIME, UIDS_MIME
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.dialogs.refile import RefileDialog
from dossier_app.ui.dialogs.slip import SlipDialog
from dossier_app.ui.main_window import MainWindow
from tests.conftest import TODAY
from tests.ui.typing_keys import press_key as press

DUE, AGREED = "due-today", "agreed-ahead"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
Opened = Callable[[], QDialog]
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def window(main: MainWindow) -> MainWindow:
    """Today: the dossier due, a slip of another dossier, a loose sheet."""
    slip = Slip(SlipKind.REMINDER, TODAY, "Ask about the site", uid="slip")
    loose = Slip(SlipKind.REMINDER, TODAY, "Hand in the report", uid="loose")
    main.desk.act(lambda: slips.add_slip(slip, AGREED))
    main.desk.act(lambda: slips.add_slip(loose))
    return main


def rows_of(window: MainWindow) -> list[str]:
    return [sheet.uid for sheet in window.page.rows.sheets.sheets]


def test_space_ticks_a_slip_and_undo_takes_it_back(window: MainWindow) -> None:
    assert rows_of(window) == ["slip", "loose", DUE]
    window.page.select("slip")
    press(KEY.Key_Space)
    assert slips.load_slip("slip").done_on == TODAY
    assert rows_of(window) == ["loose", DUE]
    assert window.page.sheet is not None
    assert window.page.sheet.uid == "loose", "the next row is chosen"
    assert window.toast.text == "Done: Ask about the site"
    press(KEY.Key_Z, CTRL)
    assert slips.load_slip("slip").done_on is None
    assert rows_of(window) == ["slip", "loose", DUE]


def test_several_rows_are_ticked_as_one_undo(window: MainWindow) -> None:
    window.page.select("slip")
    press(KEY.Key_Down, SHIFT)
    press(KEY.Key_Space)
    assert rows_of(window) == [DUE]
    assert window.toast.text == "2 slips done"
    undo()
    assert slips.load_slip("slip").done_on is None
    assert slips.load_slip("loose").done_on is None


def test_a_dossier_is_not_ticked(window: MainWindow) -> None:
    before = load_dossier(DUE)
    window.page.select(DUE)
    press(KEY.Key_Space)
    assert load_dossier(DUE) == before
    assert "a contact is logged" in window.toast.text


def test_space_greets_an_occasion(window: MainWindow) -> None:
    dossier = load_dossier(AGREED)
    born = {"birth": Answer({"date": f"1980-{TODAY:%m-%d}", "place": ""})}
    dossier.people[0].forms = [FilledForm("relationship_card", born)]
    window.desk.act(partial(save_dossier, dossier))
    [occasion] = [item for item in window.page.rows.sheets.sheets if item.is_occasion]
    window.page.select(occasion.uid)
    press(KEY.Key_M, CTRL)
    press(KEY.Key_Delete)
    assert not any(item.isVisible() for item in window.findChildren(QDialog))
    assert occasion.uid in rows_of(window), "it is neither moved nor taken away"
    press(KEY.Key_Space)
    assert occasion.uid not in rows_of(window)
    assert window.toast.text.startswith("Greeted: ")
    press(KEY.Key_Z, CTRL)
    assert occasion.uid in rows_of(window)


def test_enter_does_what_the_row_is_for(window: MainWindow, opened: Opened, qtbot: QtBot) -> None:
    window.page.select(DUE)
    press(KEY.Key_Return)
    dialog = opened()
    assert isinstance(dialog, LogDialog)
    dialog.reject()
    focus_rows(window, qtbot)
    window.page.select("loose")
    press(KEY.Key_Return)
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    assert dialog.text.text() == "Hand in the report"
    dialog.reject()
    focus_rows(window, qtbot)
    window.page.select("slip")
    press(KEY.Key_Return)
    assert window.slot == day_slot(date(2026, 12, 8))
    assert window.panel.uid == AGREED


def test_enter_on_a_slip_finds_its_dossier_on_the_same_page(window: MainWindow) -> None:
    own = Slip(SlipKind.REMINDER, TODAY, "Bring the catalogue", time(7), uid="own")
    window.desk.act(lambda: slips.add_slip(own, DUE))
    window.page.select("own")
    press(KEY.Key_Return)
    assert window.page.sheet is not None
    assert window.page.sheet.uid == DUE


def test_f2_changes_a_slip(window: MainWindow, opened: Opened) -> None:
    window.page.select("slip")
    press(KEY.Key_F2)
    dialog = opened()
    assert isinstance(dialog, SlipDialog)
    assert dialog.when.text == "Wednesday, 25 November"
    press(KEY.Key_End)
    QTest.keyClicks(dialog.text, " and the crane")
    press(KEY.Key_Return, CTRL)
    assert not dialog.isVisible()
    assert slips.load_slip("slip").text == "Ask about the site and the crane"


def test_delete_takes_slips_away_and_leaves_dossiers(window: MainWindow) -> None:
    window.page.rows.selectAll()
    press(KEY.Key_Delete)
    assert rows_of(window) == [DUE]
    assert window.toast.text == "2 slips taken away"
    press(KEY.Key_Delete)
    assert rows_of(window) == [DUE]
    assert window.toast.text == "Only slips and loose sheets can be taken away."
    press(KEY.Key_Z, CTRL)
    assert rows_of(window) == ["slip", "loose", DUE]


def test_deleting_a_slip_that_comes_again_says_so(window: MainWindow) -> None:
    again = Slip(SlipKind.REMINDER, TODAY, "Count", repeat="FREQ=WEEKLY;BYDAY=WE", uid="again")
    window.desk.act(lambda: slips.add_slip(again))
    window.page.select("again")
    press(KEY.Key_Delete)
    assert window.toast.text == "Does not come again: Count"


def test_the_slip_of_a_promise_keeps_it(window: MainWindow) -> None:
    promise = Promise(Side.OURS, "send the photos", TODAY, uid="promise")
    window.desk.act(lambda: promises.add_promise(DUE, promise))
    [slip] = [item.uid for item in load_dossier(DUE).slips]
    window.page.select(slip)
    press(KEY.Key_Space)
    assert load_dossier(DUE).promises[0].kept_on == TODAY


def test_ctrl_m_moves_a_dossier_and_slips_together(window: MainWindow, opened: Opened) -> None:
    window.page.rows.selectAll()
    press(KEY.Key_M, CTRL)
    dialog = opened()
    assert isinstance(dialog, RefileDialog)
    assert dialog.windowTitle() == "Move 3 sheets"
    assert not dialog.tray_button.isVisible()
    QTest.keyClicks(dialog.when.edit, "july")
    press(KEY.Key_Return, CTRL)
    assert dialog.closing.text() == "A slip needs a day, not a month."
    dialog.when.set_text("fri 10:00")
    press(KEY.Key_Return, CTRL)
    assert dialog.isVisible(), "a time fits one only"
    dialog.when.set_text("fri")
    assert dialog.closing.text() == "3 sheets: Friday, 27 November."
    press(KEY.Key_Return, CTRL)
    assert not dialog.isVisible()
    assert load_dossier(DUE).place == day_place(FRIDAY)
    assert load_dossier(AGREED).place != day_place(FRIDAY), "its slip moved, it did not"
    assert slips.load_slip("slip").on == slips.load_slip("loose").on == FRIDAY
    assert rows_of(window) == []
    assert window.toast.text == "3 sheets → Friday, 27 November"
    undo()
    assert load_dossier(DUE).place == day_place(TODAY)
    assert slips.load_slip("loose").on == TODAY


def test_one_slip_takes_a_time_when_it_moves(window: MainWindow, opened: Opened) -> None:
    window.page.select("slip")
    press(KEY.Key_M, CTRL)
    dialog = opened()
    assert isinstance(dialog, RefileDialog)
    assert dialog.windowTitle() == "Move the slip: Ask about the site"
    QTest.keyClicks(dialog.when.edit, "fri 10:30")
    press(KEY.Key_Return, CTRL)
    moved = slips.load_slip("slip")
    assert (moved.on, moved.time) == (FRIDAY, time(10, 30))


def test_slips_are_dropped_on_days_only(window: MainWindow) -> None:
    drop(window, IN_TRAY, [DUE], ["slip"])
    assert load_dossier(DUE).place == day_place(TODAY)
    drop(window, day_slot(FRIDAY), [DUE], ["slip"])
    assert load_dossier(DUE).place == day_place(FRIDAY)
    assert slips.load_slip("slip").on == FRIDAY
    assert window.toast.text == "2 sheets → Friday, 27 November"
    drop(window, day_slot(TODAY), [], ["slip"])
    assert slips.load_slip("slip").on == TODAY
    assert window.toast.text == "Ask about the site → Wednesday, 25 November"


def drop(window: MainWindow, slot: Slot, dossiers: list[str], slip_uids: list[str]) -> None:
    data = QMimeData()
    for mime, uids in ((UIDS_MIME, dossiers), (SLIPS_MIME, slip_uids)):
        if uids:
            data.setData(mime, "\n".join(uids).encode())
    spot = QPointF(window.tabs.rect_of(slot).center())
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    window.tabs.dropEvent(QDropEvent(spot, action, data, button, PLAIN))


@pytest.mark.parametrize(("key", "modifier"), [(KEY.Key_C, PLAIN), (KEY.Key_C, CTRL)])
def test_one_key_copies_the_phone(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    QGuiApplication.clipboard().setText("before")
    window.page.select(DUE)
    press(key, modifier)
    assert QGuiApplication.clipboard().text() == "+7 926 123-45-67"
    assert window.toast.text == "Copied: +7 926 123-45-67"


def test_the_same_key_copies_in_the_russian_layout(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("before")
    window.page.select(DUE)
    QTest.sendKeyEvent(QTest.KeyAction.Click, window.page.rows, Qt.Key(ord("С")), "с", PLAIN)
    assert QGuiApplication.clipboard().text() == "+7 926 123-45-67"


@pytest.mark.parametrize(
    ("uid", "words"),
    [
        (DUE, ["Log & re-file", "Not reached: count the try", "Move to another date",
               "Slip for the dossier…", "Print…", "Copy +7 926 123-45-67"]),
        ("slip", ["Done", "Change…", "Move to another date", "Open the dossier",
                  "Log & re-file", "Take away"]),
        ("loose", ["Done", "Change…", "Move to another date", "Take away"]),
    ],
)  # fmt: skip
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_a_row_by_keyboard(
    window: MainWindow, qtbot: QtBot, uid: str, words: list[str]
) -> None:
    window.page.select(uid)
    press(KEY.Key_F10, SHIFT)
    [menu] = [item for item in window.findChildren(QMenu) if item.isVisible()]
    items = [action.text() for action in menu.actions() if not action.isSeparator()]
    # An ampersand is doubled in a menu, where one alone would mark a key.
    assert [text.partition("\t")[0].replace("&&", "&") for text in items] == words
    assert all(text.partition("\t")[2] for text in items), "each tells its key"
    QTest.keyClick(menu, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not any(item.isVisible() for item in window.findChildren(QMenu)))
    press(KEY.Key_Menu)
    qtbot.waitUntil(lambda: any(item.isVisible() for item in window.findChildren(QMenu)))
    [menu] = [item for item in window.findChildren(QMenu) if item.isVisible()]
    menu.close()


def test_the_menu_does_what_it_says(window: MainWindow) -> None:
    window.page.select("loose")
    menu = window.rows_.menu()
    [done] = [action for action in menu.actions() if action.text().startswith("Done")]
    done.trigger()
    assert rows_of(window) == ["slip", DUE]


def test_a_slip_that_has_gone_is_told(window: MainWindow, qtbot: QtBot) -> None:
    slips.remove_slips(["slip"])  # by the command line, say
    window.page.select("slip")
    with qtbot.waitSignal(window.desk.refused) as refused:
        press(KEY.Key_F2)
    assert refused.args == ["This slip is no longer there."]


def focus_rows(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.page.rows.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.page.rows)
