"""Mails of one conversation stand together in the history: the newest, and a fold."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.records import Channel, Dossier, HistoryEntry, Person
from dossier_app.services.dossiers import create_dossier
from dossier_app.ui.dossier.history_list import HistoryList
from dossier_app.ui.dossier.panel import DossierPanel, Part
from tests.ui.conftest import NEW
from tests.ui.typing_keys import press

KEY = Qt.Key
UID = "volna"
NOON = datetime.fromisoformat("2026-11-11T12:00:00+03:00")
TIED = ["mail 0", "call 1", "mail 2", "mail 3", "call 4", "mail 5", "mail 6"]
FOLDED = ["mail 0", "3 earlier mails", "call 1", "mail 3", "call 4"]
UNFOLDED = ["mail 0", "3 earlier mails", "mail 2", "mail 5", "mail 6", "call 1", "mail 3", "call 4"]


@pytest.fixture
def rows(panel: DossierPanel) -> HistoryList:
    """Seven contacts: a conversation of four mails, calls and another mail between them."""
    history = []
    for days, text in enumerate(TIED):
        mail = text.startswith("mail")
        entry = HistoryEntry(NOON - timedelta(days=days), text=text, uid=text)
        entry.channel = Channel.EMAIL if mail else Channel.CALL
        entry.thread = f"<{days}@x>" + (" <6@x>" if mail and days in (0, 2, 5) else "")
        entry.person_uid = "kate" if days % 5 else "alsu"
        history.append(entry)
    people = [Person("Belova", "Kate", main=True, uid="kate"), Person("Gatina", uid="alsu")]
    create_dossier(Dossier(uid=UID, company="OOO Volna", people=people, history=history))
    panel.show_dossier(UID)
    panel.turn_to(Part.HISTORY)
    panel.history.list.setFocus()
    return panel.history.list


def shown(rows: HistoryList) -> list[str]:
    model = rows.entries
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def choose(rows: HistoryList, row: int) -> None:
    rows.setCurrentIndex(rows.entries.index(row))


def test_a_conversation_stands_where_its_newest_mail_is(
    rows: HistoryList, panel: DossierPanel
) -> None:
    assert shown(rows) == FOLDED
    assert panel.tabs.tabToolTip(2) == "History 7"
    spoken = rows.entries.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "3 earlier mails. folded"


def test_the_keyboard_opens_and_closes_it(
    rows: HistoryList, panel: DossierPanel, qtbot: QtBot
) -> None:
    choose(rows, 0)
    press(qtbot, KEY.Key_Down, KEY.Key_Return)
    assert shown(rows) == UNFOLDED
    press(qtbot, KEY.Key_Space)
    assert shown(rows) == FOLDED
    press(qtbot, KEY.Key_Right, KEY.Key_Right, KEY.Key_Down, KEY.Key_Down)
    assert rows.entry is not None and rows.entry.text == "mail 5"
    panel.refresh()
    assert shown(rows) == UNFOLDED
    choose(rows, 3)
    press(qtbot, KEY.Key_Left)
    assert (shown(rows), rows.currentIndex().row(), rows.entry) == (FOLDED, 1, None)
    press(qtbot, KEY.Key_Up, KEY.Key_Right)
    assert (shown(rows), rows.currentIndex().row()) == (UNFOLDED, 0)
    choose(rows, 5)  # a call: nothing to open or to close
    press(qtbot, KEY.Key_Left)
    assert shown(rows) == UNFOLDED


def test_a_click_opens_it_and_another_dossier_is_folded_again(
    rows: HistoryList, panel: DossierPanel, qtbot: QtBot
) -> None:
    spot: QPoint = rows.visualRect(rows.entries.index(1)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown(rows) == UNFOLDED
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown(rows) == FOLDED
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    panel.show_dossier(NEW)
    panel.show_dossier(UID)
    assert shown(rows) == FOLDED


def test_a_filter_folds_what_it_leaves(
    rows: HistoryList, panel: DossierPanel, qtbot: QtBot
) -> None:
    panel.history.people.setFocus()
    press(qtbot, KEY.Key_Down)
    assert panel.history.people.currentText() == "Belova Kate: 5"
    assert shown(rows) == ["call 1", "mail 2", "1 earlier mail", "mail 3", "call 4"]
    press(qtbot, KEY.Key_Down)
    assert shown(rows) == ["mail 0", "1 earlier mail"]
    rows.setFocus()
    choose(rows, 0)
    press(qtbot, KEY.Key_Right)
    assert shown(rows) == ["mail 0", "1 earlier mail", "mail 5"]


@pytest.fixture
def panel(desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return made


def test_a_conversation_at_the_end_of_what_is_laid_out(panel: DossierPanel, qtbot: QtBot) -> None:
    """The fold is the last of the rows that the list has taken so far."""
    history = [
        HistoryEntry(NOON - timedelta(hours=n), Channel.CALL, text=f"call {n}") for n in range(58)
    ]
    history += [
        HistoryEntry(NOON - timedelta(days=9 + n), Channel.EMAIL, text=f"mail {n}", thread="<a@x>")
        for n in range(40)
    ]
    create_dossier(Dossier(uid="long", company="OOO Long", history=history))
    panel.show_dossier("long")
    panel.turn_to(Part.HISTORY)
    rows = panel.history.list
    fold = rows.entries.fold_at(59)
    assert fold is not None and rows.entries.rowCount() == 60
    for _ in range(2):
        rows.entries.unfold(fold, True)
        assert shown(rows)[57:] == ["call 57", "mail 0", "39 earlier mails"] + [
            f"mail {n}" for n in range(1, 40)
        ]
        panel.refresh()
        fold = rows.entries.fold_at(59)
        assert fold is not None and rows.entries.rowCount() == 60
        rows.entries.unfold(fold, False)
        assert shown(rows)[57:] == ["call 57", "mail 0", "39 earlier mails"]
