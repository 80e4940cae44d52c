"""The history of several people: narrowed to one of them, changed with a trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.records import Channel, Direction, Dossier, HistoryEntry, Person
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier
from dossier_app.services.undoing import journal_lines, undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.contact import ContactDialog
from dossier_app.ui.dossier.panel import DossierPanel, Part
from tests.ui.typing_keys import press, press_key

KEY = Qt.Key
UID = "volna"
NOON = datetime.fromisoformat("2026-11-11T12:00:00+03:00")


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The history of a dossier with two people talked to and one never."""
    people = [
        Person("Belova", "Kate", main=True, uid="kate"),
        Person("Gatina", "Alsu", uid="alsu"),
        Person("Orlov", "Ilya", uid="ilya"),
    ]
    history = [
        _contact(0, Channel.CALL, "kate", "asked for a sum"),
        _contact(1, Channel.CALL, "alsu", "the lawyers read it"),
        _contact(2, Channel.EMAIL, "alsu", "sent the list"),
        _contact(3, Channel.NOTE, "", "they move in May"),
    ]
    create_dossier(Dossier(uid=UID, company="OOO Volna", people=people, history=history))
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(UID)
    made.turn_to(Part.HISTORY)
    return made


def _contact(days: int, channel: Channel, person_uid: str, text: str) -> HistoryEntry:
    at = NOON - timedelta(days=days)
    return HistoryEntry(at, channel, text=text, person_uid=person_uid, author="Petrova", uid=text)


def shown(panel: DossierPanel) -> list[str]:
    return [row.text for row in panel.history.list.entries.rows]


def test_only_those_talked_to_can_be_chosen(panel: DossierPanel, qtbot: QtBot) -> None:
    people = panel.history.people
    texts = [people.itemText(n) for n in range(people.count())]
    assert texts == ["With everybody", "Belova Kate: 1", "Gatina Alsu: 2"]
    people.setFocus()
    press(qtbot, KEY.Key_Down, KEY.Key_Down)
    assert shown(panel) == ["the lawyers read it", "sent the list"]


def test_both_filters_hold_together(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.history.people.setFocus()
    press(qtbot, KEY.Key_End)
    call = next(
        button
        for button in panel.history.channels.findChildren(QWidget)
        if button.accessibleName() == "Call: 2"
    )
    call.setFocus()
    press(qtbot, KEY.Key_Space)
    assert shown(panel) == ["the lawyers read it"]
    panel.refresh()
    assert shown(panel) == ["the lawyers read it"]
    panel.show_dossier("due-today")
    assert panel.history.people.isHidden()
    panel.show_dossier(UID)
    assert len(shown(panel)) == 4


def test_a_long_letter_is_whole_while_it_is_chosen(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    dossier = load_dossier(UID)
    dossier.history[2].text = "A line of a letter\n" * 60
    dossier.history[0].text = "Two\nlines"
    desk.act(partial(save_dossier, dossier))
    rows = panel.history.list
    rows.setFocus()
    rows.setCurrentIndex(rows.entries.index(0))
    low, other = rows.height_of(2), rows.height_of(0)
    assert len(rows.lines_of(2)[0][0]) == 8
    assert rows.lines_of(2)[0][0][-1].endswith("…")
    press(qtbot, KEY.Key_Down, KEY.Key_Down)
    assert len(rows.lines_of(2)[0][0]) > 59
    index = rows.entries.index(2)
    assert rows.visualRect(index).height() == rows.height_of(2) > 5 * low
    assert rows.visualRect(index).top() < rows.viewport().height()
    press(qtbot, KEY.Key_Up)
    assert (rows.height_of(2), rows.height_of(0)) == (low, other)
    assert rows.visualRect(index).height() == low


@pytest.fixture
def open_contact(
    panel: DossierPanel, window: QWidget, qtbot: QtBot
) -> Callable[[int], ContactDialog]:
    """Opens the contact of a row by the keyboard."""

    def opened(row: int) -> ContactDialog:
        rows = panel.history.list
        with qtbot.waitActive(window):
            window.activateWindow()
        rows.setFocus()
        rows.setCurrentIndex(rows.entries.index(row))
        press(qtbot, KEY.Key_F2)
        (dialog,) = (item for item in window.findChildren(QDialog) if item.isVisible())
        assert isinstance(dialog, ContactDialog)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        qtbot.waitUntil(dialog.text.hasFocus)
        return dialog

    return opened


def test_a_contact_is_changed_and_says_what_it_said_before(
    panel: DossierPanel,
    window: QWidget,
    open_contact: Callable[[int], ContactDialog],
    qtbot: QtBot,
) -> None:
    before = load_dossier(UID)
    dialog = open_contact(1)
    press(qtbot, "the lawyers <b>signed</b> & sealed", KEY.Key_Tab, "pay by Friday")
    press_key(KEY.Key_2, Qt.KeyboardModifier.ControlModifier)
    dialog.person.setCurrentIndex(dialog.person.findData("ilya"))
    with qtbot.waitSignal(dialog.finished):
        press_key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    entry = load_dossier(UID).history[1]
    assert (entry.text, entry.agreed) == ("the lawyers <b>signed</b> & sealed", "pay by Friday")
    assert (entry.channel, entry.person_uid) == (Channel.MEETING, "ilya")
    assert (entry.at, entry.author, entry.direction) == (
        before.history[1].at, "Petrova", Direction.NONE,
    )  # fmt: skip
    assert "changed 25 Nov" in panel.history.list.entries.beside(entry)
    again = open_contact(1)
    assert any("the lawyers read it" in words for words in again.traced())
    again.reject()
    undo()
    assert load_dossier(UID) == before


def test_saving_untouched_leaves_no_trace(
    panel: DossierPanel, open_contact: Callable[[int], ContactDialog], qtbot: QtBot
) -> None:
    before = load_dossier(UID)
    dialog = open_contact(3)
    with qtbot.waitSignal(dialog.finished):
        press_key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert load_dossier(UID) == before
    assert panel.history.list.entries.beside(before.history[3]) == "by Petrova"


def test_what_was_typed_survives_esc(
    panel: DossierPanel, desk: Desk, open_contact: Callable[[int], ContactDialog], qtbot: QtBot
) -> None:
    before = load_dossier(UID)
    dialog = open_contact(1)
    press(qtbot, "half a thought", KEY.Key_Tab, "by Friday")
    press_key(KEY.Key_3, Qt.KeyboardModifier.ControlModifier)
    dialog.private.setChecked(True)
    dialog.person.setCurrentIndex(dialog.person.findData("ilya"))
    with qtbot.waitSignal(dialog.finished):
        press(qtbot, KEY.Key_Escape)
    assert load_dossier(UID) == before
    other = open_contact(0)
    assert (other.text.toPlainText(), other.restored.text()) == ("asked for a sum", "")
    other.reject()
    again = open_contact(1)
    assert again.restored.text() == "what you had typed is back"
    assert (again.text.toPlainText(), again.agreed.text()) == ("half a thought", "by Friday")
    with qtbot.waitSignal(again.finished):
        press_key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    entry = load_dossier(UID).history[1]
    assert (entry.text, entry.agreed, entry.private) == ("half a thought", "by Friday", True)
    assert (entry.channel, entry.person_uid) == (list(Channel)[2], "ilya")
    assert open_contact(1).restored.text() == ""


def test_two_presses_save_once(
    panel: DossierPanel,
    window: QWidget,
    open_contact: Callable[[int], ContactDialog],
    qtbot: QtBot,
) -> None:
    known = len(journal_lines())
    dialog = open_contact(1)
    press(qtbot, "once by keys")
    press_key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(panel.history.list.hasFocus)
    press_key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(journal_lines()) == known + 1
    dialog = open_contact(1)
    press(qtbot, "once by mouse")
    button, left = dialog.primary_button, Qt.MouseButton.LeftButton
    below = window.mapFromGlobal(button.mapToGlobal(button.rect().center()))
    QTest.mouseClick(button, left)
    target = window.childAt(below)
    assert target is not None
    QTest.mouseDClick(target, left, pos=target.mapFrom(window, below))
    assert len(journal_lines()) == known + 2
    assert not any(item.isVisible() for item in window.findChildren(QDialog))
    assert load_dossier(UID).history[1].text == "once by mouse"
