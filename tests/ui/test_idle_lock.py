"""A protected binder is locked when nobody touches it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dossier_app.services import protection
from dossier_app.ui.desk import Desk
from dossier_app.ui.idle_lock import IdleLock

MINUTE = 0.06  # seconds here
MILLISECONDS = 60


@pytest.fixture
def lock(desk: Desk) -> IdleLock:
    desk.save_settings(replace(desk.settings, lock_minutes=3))
    return IdleLock(desk, MINUTE)


def test_only_what_is_protected_is_locked(lock: IdleLock, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(lock.idle, wait=5 * MILLISECONDS):
        pass
    protection.set_passphrase(desk.session, "корова летит домой")
    with qtbot.waitSignal(lock.idle, timeout=20 * MILLISECONDS):
        pass


def test_every_touch_counts_anew(lock: IdleLock, desk: Desk, qtbot: QtBot) -> None:
    protection.set_passphrase(desk.session, "корова летит домой")
    desk.save_settings(replace(desk.settings, lock_minutes=20))
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    told: list[bool] = []
    lock.idle.connect(lambda: told.append(True))
    for _ in range(25):
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
        qtbot.wait(MILLISECONDS)
        assert not told
    qtbot.waitUntil(lambda: bool(told), timeout=100 * MILLISECONDS)


def test_never_is_never(lock: IdleLock, desk: Desk, qtbot: QtBot) -> None:
    protection.set_passphrase(desk.session, "корова летит домой")
    desk.save_settings(replace(desk.settings, lock_minutes=0))
    with qtbot.assertNotEmitted(lock.idle, wait=6 * MILLISECONDS):
        pass


def test_a_night_asleep_locks_and_a_clock_set_back_does_not(desk: Desk, qtbot: QtBot) -> None:
    """No timer runs while the computer sleeps; the clock on the wall went on."""
    protection.set_passphrase(desk.session, "корова летит домой")
    start = datetime(2026, 11, 25, 18, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as travelled:
        lock = IdleLock(desk)
        travelled.shift(-3600)
        with qtbot.assertNotEmitted(lock.idle):
            lock.look()
        travelled.shift(60)
        with qtbot.assertNotEmitted(lock.idle):
            lock.look()
        travelled.shift(8 * 3600)
        with qtbot.waitSignal(lock.idle):
            lock.look()
