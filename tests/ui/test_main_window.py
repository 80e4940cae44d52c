"""The main window with the sample binder: a rep's day by keyboard, and careless hands."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.binder import IN_TRAY, LEFT_BEHIND, SlotKind, day_slot
from dossier_app.domain.meeting_code import meeting_code
from dossier_app.domain.place import TRAY, day_place
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.searching import find
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.ui.binder.tab_model import UIDS_MIME
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.main_window import MainWindow
from tests.ui.typing_keys import press_key as press

TODAY = date(2026, 11, 25)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(binder_open: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window open at 25 November 2026, with the sample's 60 clients."""
    fill_with_sample()
    desk = Desk(binder_open)
    shown = MainWindow(desk)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    shown.complete()
    yield shown
    desk.close()
    desk.deleteLater()


def dialog_of(window: QWidget, qtbot: QtBot) -> QDialog:
    """The one dialog that is open over the window."""
    qtbot.waitUntil(lambda: any(item.isVisible() for item in window.findChildren(QDialog)))
    dialog = next(item for item in window.findChildren(QDialog) if item.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def back_to(window: MainWindow, qtbot: QtBot) -> None:
    """The window takes keys again after a dialog has gone."""
    window.activateWindow()
    window.page.rows.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.page.rows)


def contacts_under(window: MainWindow, day: date) -> int:
    divider = window.tabs.divider(day_slot(day))
    assert divider is not None
    return divider.load.contacts


def test_it_opens_at_today_with_the_first_dossier_beside(window: MainWindow) -> None:
    assert window.slot == day_slot(TODAY)
    assert window.page.sheet is not None
    assert window.panel.uid == window.page.sheet.uid
    assert contacts_under(window, TODAY) == 12


def test_log_and_refile_by_keyboard_is_one_undo(window: MainWindow, qtbot: QtBot) -> None:
    before, _ = export_json()
    uid = window.panel.uid
    press(Qt.Key.Key_L, CONTROL)
    dialog = dialog_of(window, qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "Compared the offers, wants to see it")
    dialog.when.edit.setFocus()
    QTest.keyClicks(dialog.when.edit, "in 2 weeks")
    press(Qt.Key.Key_Return, CONTROL)
    assert not dialog.isVisible()

    logged = load_dossier(uid)
    assert logged.history[0].text == "Compared the offers, wants to see it"
    assert logged.place == day_place(TODAY + timedelta(days=14))
    assert contacts_under(window, TODAY) == 11
    assert contacts_under(window, TODAY + timedelta(days=14)) == 1
    assert window.page.sheet is not None
    assert window.page.sheet.uid != uid, "the next row is chosen"
    assert "Undo" in window.toast._action.text()

    back_to(window, qtbot)
    press(Qt.Key.Key_Z, CONTROL)
    assert export_json()[0] == before
    assert contacts_under(window, TODAY) == 12


def test_enter_on_a_row_opens_the_log(window: MainWindow, qtbot: QtBot) -> None:
    window.page.rows.setFocus()
    press(Qt.Key.Key_Down)
    uid = window.panel.uid
    press(Qt.Key.Key_Return)
    dialog = dialog_of(window, qtbot)
    assert load_dossier(uid).name in dialog.windowTitle()
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_double_press_of_save_logs_once(window: MainWindow, qtbot: QtBot) -> None:
    uid = window.panel.uid
    known = len(load_dossier(uid).history)
    press(Qt.Key.Key_L, CONTROL)
    dialog = dialog_of(window, qtbot)
    dialog.text.setPlainText("Once")
    dialog.when.set_text("+3")
    spot = dialog.primary_button.mapTo(dialog, dialog.primary_button.rect().center())
    below = window.mapFromGlobal(dialog.mapToGlobal(spot))
    QTest.mouseClick(dialog.primary_button, Qt.MouseButton.LeftButton)
    assert len(load_dossier(uid).history) == known + 1
    # The second press of a double click falls on what lies below, and does nothing there.
    chosen = window.page.sheet
    target = window.childAt(below)
    assert target is not None
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(window, below))
    assert window.page.sheet == chosen
    assert not any(item.isVisible() for item in window.findChildren(QDialog))
    qtbot.waitUntil(lambda: window.childAt(below) is not target)


def test_search_opens_the_dossier_where_it_lies(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "5556677")
    assert window.search.isVisible()
    assert [found.name for found in window.search.results()] == ["Сидоренко Ольга Ивановна"] or (
        window.search.results()[0].name.startswith("Сидоренко")
    )
    press(Qt.Key.Key_Return)
    assert not window.search.isVisible()
    assert load_dossier(window.panel.uid).name.startswith("Сидоренко")
    assert window.page.sheet is not None
    assert window.page.sheet.uid == window.panel.uid


def test_the_code_of_a_brief_opens_log_and_refile_for_its_meeting(
    window: MainWindow, qtbot: QtBot
) -> None:
    uid = find("Кузнецов Пётр")[0].uid
    press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), meeting_code(uid).lower())
    first, *others = window.search.results()
    assert first.uid == uid
    assert first.why.startswith(f"Meeting code {meeting_code(uid)}: Log & re-file · Visit")
    assert uid not in [found.uid for found in others]
    press(Qt.Key.Key_Return)
    dialog = dialog_of(window, qtbot)
    assert isinstance(dialog, LogDialog)
    assert window.panel.uid == uid
    assert not window.search.isVisible()
    dialog.reject()
    back_to(window, qtbot)


@pytest.mark.parametrize("typed", ['"', "*(", "%_'", "-", "a" * 3000, "NEAR(", "\u202e"])
def test_any_text_may_be_searched(window: MainWindow, typed: str) -> None:
    window.actions_.find()
    window.topbar.search.edit.setText(typed)
    window.topbar.search.edit.textEdited.emit(typed)
    assert window.search.results() == find(typed, 8)


def test_a_row_dropped_on_a_tab_is_refiled(window: MainWindow) -> None:
    uid = window.page.sheet.uid  # type: ignore[union-attr]
    target = day_slot(TODAY + timedelta(days=1))
    drop(window, target, [uid])
    assert load_dossier(uid).place == day_place(TODAY + timedelta(days=1))
    assert contacts_under(window, TODAY) == 11
    window.toast.acted.emit()
    assert load_dossier(uid).place == day_place(TODAY)
    assert contacts_under(window, TODAY) == 12


def test_a_row_dropped_on_the_tray_loses_its_date(window: MainWindow) -> None:
    uid = window.page.sheet.uid  # type: ignore[union-attr]
    drop(window, IN_TRAY, [uid])
    assert load_dossier(uid).place == TRAY


def drop(window: MainWindow, slot: object, uids: list[str]) -> None:
    data = QMimeData()
    data.setData(UIDS_MIME, "\n".join(uids).encode())
    spot = QPointF(window.tabs.rect_of(slot).center())  # type: ignore[arg-type]
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    event = QDropEvent(spot, action, data, button, Qt.KeyboardModifier.NoModifier)
    window.tabs.dropEvent(event)


def test_a_dropped_folder_of_no_contacts_is_told_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path
) -> None:
    before, _ = export_json()
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0 no contacts here")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPoint(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)
    dialog = dialog_of(window, qtbot)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert export_json()[0] == before


def test_undo_and_redo_with_nothing_to_do_say_so(binder_open: Session, qtbot: QtBot) -> None:
    desk = Desk(binder_open)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.undo()
    assert window.toast.text == "There is nothing to undo."
    window.redo()
    assert window.toast.text == "There is nothing to do again."
    desk.close()
    desk.deleteLater()


def test_a_thousand_refilings_and_all_of_them_back(window: MainWindow) -> None:
    before, _ = export_json()
    uid = window.page.sheet.uid  # type: ignore[union-attr]
    days = [day_place(TODAY + timedelta(days=n % 28)) for n in range(1, 1001)]
    for place in days[:100]:
        window.refile([uid], place)
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()
    for place in days[100:]:
        window.refile([uid], place)
    end, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert end - start < 2_000_000
    assert load_dossier(uid).place == days[-1]
    for _ in days:
        window.undo()
    assert export_json()[0] == before
    window.undo()  # the sample itself; nothing is left, and nothing breaks
    assert contacts_under(window, TODAY) == 0


def test_the_day_turns_under_the_running_window(window: MainWindow) -> None:
    clock.set_today(None)
    with time_machine.travel(f"{TODAY}T23:59:50", tick=False):
        window.desk.look_at_clock()
        assert window.desk.today == TODAY
    with time_machine.travel(f"{TODAY + timedelta(days=1)}T00:00:10", tick=False):
        window.desk.look_at_clock()
        assert window.desk.today == TODAY + timedelta(days=1)
        left = window.tabs.divider(LEFT_BEHIND)
        assert left is not None
        assert left.load.contacts >= 12
        assert contacts_under(window, TODAY + timedelta(days=1)) == 9
    with time_machine.travel(f"{TODAY}T12:00:00", tick=False):
        window.desk.look_at_clock()
        assert window.desk.today == TODAY
        assert contacts_under(window, TODAY) == 12


def test_every_key_of_the_map_does_something(window: MainWindow) -> None:
    from dossier_app.ui.actions import KEYS

    for _, _, name in KEYS:
        assert callable(getattr(window.actions_, name))
    assert len({keys for keys, _, _ in KEYS}) == len(KEYS)


def test_the_keyboard_turns_the_dividers(window: MainWindow) -> None:
    press(Qt.Key.Key_PageDown, CONTROL)
    assert window.slot == day_slot(TODAY + timedelta(days=1))
    press(Qt.Key.Key_PageUp, CONTROL)
    assert window.slot == day_slot(TODAY)
    press(Qt.Key.Key_PageUp, CONTROL)
    assert window.slot.kind is SlotKind.TRAY
    press(Qt.Key.Key_T, CONTROL)
    assert window.slot == day_slot(TODAY)


def test_the_binder_keeps_saying_that_it_is_not_protected(window: MainWindow, qtbot: QtBot) -> None:
    assert window.unprotected.isVisible()
    window.unprotected.click()
    dialog = dialog_of(window, qtbot)
    dialog.passphrase.setText("four words are enough")
    dialog.again.setText("four words are not")
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert "differ" in dialog._problem.text()
    dialog.again.setText("four words are enough")
    press(Qt.Key.Key_Return, CONTROL)
    assert not window.unprotected.isVisible()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-11-25T23:59:59.800", "2026-11-26"),  # midnight
        ("2026-10-25T23:59:59.800", "2026-10-26"),  # the night after summer time ended
        ("2027-03-28T00:59:59.800", "2027-03-28"),  # the clock jumps, the day does not
    ],
)
def test_a_real_timer_turns_the_day(
    window: MainWindow, qtbot: QtBot, before: str, after: str
) -> None:
    clock.set_today(None)
    window.desk._timer.setInterval(40)
    with time_machine.travel(before, tick=True):
        window.desk.look_at_clock()
        expected = date.fromisoformat(after)
        qtbot.waitUntil(lambda: clock.today() == expected)
        qtbot.waitUntil(lambda: window.desk.today == expected)
        assert window.tabs.divider(day_slot(expected)) is not None
    with time_machine.travel("2026-11-24T12:00:00", tick=True):  # set back by hand
        qtbot.waitUntil(lambda: window.desk.today == date(2026, 11, 24))
        assert contacts_under(window, TODAY) == 12


def test_a_refusal_is_read_in_the_open_dialog_not_above_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_L, CONTROL)
    dialog = dialog_of(window, qtbot)
    window.desk.refused.emit("That day is full.")
    assert dialog._problem.text() == "That day is full."
    visible = [item for item in window.findChildren(QDialog) if item.isVisible()]
    assert visible == [dialog]
    dialog.reject()
    window.desk.refused.emit("That day is full.")
    message = dialog_of(window, qtbot)
    assert message.text.text() == "That day is full."
    message.reject()
