"""Doubles in the window: found, compared, merged and taken apart by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.changes import Changes
from dossier_app.domain.merging import From
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    SlipKind,
    StepKind,
)
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier
from dossier_app.services.merging import merge_dossiers
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.doubles import DoublesDialog
from dossier_app.ui.dialogs.merge import MergeDialog
from dossier_app.ui.dialogs.merge_with import MergeWithDialog
from dossier_app.ui.dialogs.take_apart import TakeApartDialog
from dossier_app.ui.main_window import MainWindow

NONE, CTRL = Qt.KeyboardModifier(0), Qt.KeyboardModifier.ControlModifier
DUE, DOUBLE = "due-today", "double"  # Ivanova Marina and her second dossier
Show = Callable[[PaperDialog], PaperDialog]


@pytest.fixture
def twice(desk: Desk) -> Desk:
    """Marina Ivanova is in the binder twice, by one phone."""
    point = ContactPoint(ContactKind.PHONE, "8 926 123 45 67")
    marina = Person("Ivanova", "Marina", position="buyer", main=True, contact_points=[point])
    create_dossier(
        Dossier(
            "Volga Ltd",
            uid=DOUBLE,
            people=[marina],
            status="new",
            place=day_place(date(2026, 12, 1)),
            step=NextStep(StepKind.VISIT, "See the site"),
        )
    )
    first = load_dossier(DUE)
    first.status = "regular"
    save_dossier(first)
    return desk


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifier)


def dialog_of(kind: type[PaperDialog], qtbot: QtBot) -> PaperDialog:
    """The dialog of that kind that has opened, once it takes keys."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, PaperDialog)
    found.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def test_merging_by_keyboard_is_one_undo(
    twice: Desk, window: QWidget, show: Show, qtbot: QtBot, broadcasts: list[Changes]
) -> None:
    before = export_json()
    dialog = show(MergeDialog(window, twice, DUE, DOUBLE))
    assert isinstance(dialog, MergeDialog)
    assert [option.text() for pair in dialog.options for option in pair] == [
        "Wednesday, 25 November. Call: Discuss the estimate",
        "Tuesday, 1 December. Visit: See the site",
        "regular",
        "new",
    ]
    assert [pair[0].isChecked() for pair in dialog.options] == [True, True]
    assert "People\N{NO-BREAK SPACE}1" in dialog.united.text()
    assert "Wednesday, 25 November" in dialog.closing.text()
    assert QApplication.focusWidget() is dialog.options[0][0]
    press(qtbot, Qt.Key.Key_Right)
    assert "Tuesday, 1 December" in dialog.closing.text()
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.options[1][0]
    with qtbot.waitSignal(dialog.merged) as told:
        press(qtbot, Qt.Key.Key_Return, CTRL)
    assert told.args == [DUE]
    assert len(broadcasts) == 1
    merged = load_dossier(DUE)
    assert (merged.place, merged.company) == (day_place(date(2026, 12, 1)), "Volga Ltd")
    assert [(slip.on, slip.text, slip.kind) for slip in merged.slips] == [
        (date(2026, 11, 25), "Call: Discuss the estimate", SlipKind.REMINDER)
    ]
    assert merged.note == "Status, also: new"
    undo()
    assert export_json() == before


def test_without_differences_there_is_nothing_to_choose(
    desk: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    create_dossier(Dossier("Volga Ltd", uid=DOUBLE))
    dialog = show(MergeDialog(window, desk, DUE, DOUBLE))
    assert isinstance(dialog, MergeDialog)
    assert dialog.options == []
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert load_dossier(DUE).company == "Volga Ltd"


def test_every_value_can_be_seen_in_a_low_window(twice: Desk, window: QWidget, show: Show) -> None:
    first, second = load_dossier(DUE), load_dossier(DOUBLE)
    for dossier in (first, second):
        dossier.company, dossier.source = f"{dossier.uid} Ltd", f"from {dossier.uid}"
        dossier.people[0].position = f"{dossier.uid} " * 40
        save_dossier(dossier)
    dialog = show(MergeDialog(window, twice, DUE, DOUBLE))
    assert isinstance(dialog, MergeDialog)
    assert dialog.height() <= window.height()
    for pair in dialog.options:
        assert all(option.height() >= 28 for option in pair)
    dialog.choose(len(dialog.options) - 1, From.OTHER)
    dialog.options[-1][1].setFocus(Qt.FocusReason.TabFocusReason)
    seen = dialog.options[-1][1].visibleRegion().boundingRect()
    assert seen.height() >= 28


def test_the_likely_one_is_offered_first(
    twice: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    dialog = show(MergeWithDialog(window, DUE))
    assert isinstance(dialog, MergeWithDialog)
    row = dialog.rows.current
    assert row is not None
    assert (row.title, row.below) == ("Ivanova Marina", "the same phone")
    with qtbot.waitSignal(dialog.chosen) as told:
        press(qtbot, Qt.Key.Key_Return)
    assert told.args == [DUE, DOUBLE]
    assert not dialog.isVisible()


def test_anybody_else_is_searched(twice: Desk, window: QWidget, show: Show, qtbot: QtBot) -> None:
    dialog = show(MergeWithDialog(window, DUE))
    assert isinstance(dialog, MergeWithDialog)
    qtbot.keyClicks(QApplication.focusWidget(), "nobody like this")
    assert not dialog.primary_button.isEnabled()
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.search.edit.clear()
    qtbot.keyClicks(QApplication.focusWidget(), "o")
    titles = [dialog.rows.model().index(n, 0).data() for n in range(dialog.rows.model().rowCount())]
    assert len(titles) > 1
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as told:
        press(qtbot, Qt.Key.Key_Return)
    assert load_dossier(told.args[1]).name in titles[1]


def test_pairs_are_answered_one_by_one(
    twice: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    for uid in ("north", "north2"):
        create_dossier(Dossier("North Ltd", uid=uid))
    dialog = show(DoublesDialog(window, twice))
    assert isinstance(dialog, DoublesDialog)
    assert dialog.summary.text().startswith("2 pairs")
    press(qtbot, Qt.Key.Key_Return)
    compare = dialog_of(MergeDialog, qtbot)
    qtbot.keyClick(compare, Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert dialog.summary.text().startswith("1 pair ")
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_D, CTRL)
    assert dialog.summary.text() == "Nobody seems to be in the binder twice."
    assert dialog.current is None
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = show(DoublesDialog(window, twice))
    assert isinstance(again, DoublesDialog)
    assert again.current is None


def test_taking_apart_says_what_happens(
    twice: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    before = load_dossier(DUE), load_dossier(DOUBLE)
    merge_dossiers(DUE, DOUBLE, {})
    dialog = show(TakeApartDialog(window, twice, DUE))
    assert isinstance(dialog, TakeApartDialog)
    assert dialog.text.text().startswith("Ivanova Marina, merged into this dossier on 25 November")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert (load_dossier(DUE), load_dossier(DOUBLE)) == before


# --- in the whole window


@pytest.fixture
def main(twice: Desk, qtbot: QtBot) -> MainWindow:
    made = MainWindow(twice)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.completed):
        made.show()
    made.open_dossier(DUE)
    return made


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def choose(menu: QMenu, text: str) -> None:
    [action] = [action for action in menu.actions() if action.text().startswith(text)]
    action.trigger()


def test_from_the_menu_of_a_dossier_and_back(main: MainWindow, qtbot: QtBot) -> None:
    menu = main.panel.more.make_menu()
    assert "Take apart…" not in texts(menu)
    choose(menu, "Merge with…")
    chooser = dialog_of(MergeWithDialog, qtbot)
    qtbot.keyClick(chooser, Qt.Key.Key_Return, CTRL)
    compare = dialog_of(MergeDialog, qtbot)
    qtbot.keyClick(compare, Qt.Key.Key_Return, CTRL)
    assert main.panel.uid == DUE
    assert main.toast.text == "Merged: Ivanova Marina"
    assert not main.page.has(DOUBLE)
    menu = main.panel.more.make_menu()
    choose(menu, "Take apart…")
    qtbot.keyClick(dialog_of(TakeApartDialog, qtbot), Qt.Key.Key_Return, CTRL)
    assert load_dossier(DOUBLE).company == "Volga Ltd"
    assert main.panel.uid == DUE
    assert not main.panel.more.is_merged


def test_from_the_menu_of_the_window(main: MainWindow, qtbot: QtBot) -> None:
    menu = main.actions_.menu()
    choose(menu, "Look for duplicates…")
    dialog = dialog_of(DoublesDialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
