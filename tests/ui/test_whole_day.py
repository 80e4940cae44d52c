"""A rep's whole day: thirty contacts in the window, by what is on the screen, with the
keyboard only. Keys are counted, so that a step more is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, NextStep, Person, StepKind
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.ui.desk import Desk
from dossier_app.ui.main_window import MainWindow

TODAY = date(2026, 11, 25)
CLIENTS = 30
# Enter opens the log, Alt+n chooses the date, Ctrl+Enter saves; the next row is chosen.
MOST_KEYS = 3
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys where the focus is, and counts those that are no text."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.presses += 1
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)


@pytest.fixture
def window(binder_open: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """Thirty clients under today: ten known ones and twenty first calls."""
    for number in range(CLIENTS):
        person = Person(f"Client{number:02d}", "Anna", main=True)
        step = NextStep(StepKind.CALL, f"Call about order {number}")
        create_dossier(
            Dossier(uid=f"client-{number}", people=[person], place=day_place(TODAY), step=step)
        )
    desk = Desk(binder_open)
    shown = MainWindow(desk)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.complete()
    take_keys(shown, qtbot)
    yield shown
    desk.close()
    desk.deleteLater()


def take_keys(window: MainWindow, qtbot: QtBot) -> None:
    """A window manager gives the keys back to the window when a dialog closes; the
    screenless platform has none."""
    window.activateWindow()
    target = window.page.rows if window.page.sheet else window.tabs
    target.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is target)


def log_is_open(window: MainWindow, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: any(item.isVisible() for item in window.findChildren(QDialog)))
    dialog = next(item for item in window.findChildren(QDialog) if item.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def test_thirty_contacts_three_keys_each(window: MainWindow, qtbot: QtBot) -> None:
    start, _ = export_json()
    keyboard = Keyboard()
    worked: list[str] = []
    for number in range(CLIENTS):
        sheet = window.page.sheet
        assert sheet is not None
        worked.append(sheet.uid)
        keyboard.press(Qt.Key.Key_Return)
        dialog = log_is_open(window, qtbot)
        if number % 5 == 4:
            # Reached nobody: the next try is proposed, one key counts it.
            keyboard.press(Qt.Key.Key_0, CONTROL)
        else:
            keyboard.write(f"Spoke about order {number}, sends the drawing")
            keyboard.press((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)[number % 3], ALT)
        keyboard.press(Qt.Key.Key_Return, CONTROL)
        assert not dialog.isVisible()
        take_keys(window, qtbot)
    assert len(set(worked)) == CLIENTS
    assert keyboard.presses <= MOST_KEYS * CLIENTS

    divider = window.tabs.divider(window.slot)
    assert divider is not None
    assert divider.load.contacts == 0
    assert window.page.sheet is None
    dossiers = [load_dossier(uid) for uid in worked]
    assert all(dossier.place.date and dossier.place.date > TODAY for dossier in dossiers)
    assert sum(dossier.tries for dossier in dossiers) == CLIENTS // 5
    assert all(len(dossier.history) == 1 for dossier in dossiers)
    tomorrow = window.tabs.divider(
        next(
            item.slot
            for item in window.desk.reader.binder().dividers
            if item.slot.date == TODAY + timedelta(days=1)
        )
    )
    assert tomorrow is not None
    assert tomorrow.load.contacts >= CLIENTS // 5

    for _ in range(CLIENTS):
        keyboard.press(Qt.Key.Key_Z, CONTROL)
    assert export_json()[0] == start
