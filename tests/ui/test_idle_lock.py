"""A protected binder is locked when nobody touches it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dossier_app.services import protection
from dossier_app.ui.desk import Desk
from dossier_app.ui.idle_lock import IdleLock

MINUTE = 60  # milliseconds here


@pytest.fixture
def lock(desk: Desk) -> IdleLock:
    desk.save_settings(replace(desk.settings, lock_minutes=3))
    return IdleLock(desk, MINUTE)


def test_only_what_is_protected_is_locked(lock: IdleLock, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(lock.idle, wait=4 * MINUTE):
        lock.begin()
    protection.set_passphrase(desk.session, "корова летит домой")
    with qtbot.waitSignal(lock.idle, timeout=20 * MINUTE):
        lock.begin()


def test_every_touch_counts_anew(lock: IdleLock, desk: Desk, qtbot: QtBot) -> None:
    protection.set_passphrase(desk.session, "корова летит домой")
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    told: list[bool] = []
    lock.idle.connect(lambda: told.append(True))
    lock.begin()
    for _ in range(10):
        QTest.keyClick(field, Qt.Key.Key_A)
        qtbot.wait(MINUTE)
        assert not told
    qtbot.waitUntil(lambda: bool(told), timeout=20 * MINUTE)


def test_never_is_never(lock: IdleLock, desk: Desk, qtbot: QtBot) -> None:
    protection.set_passphrase(desk.session, "корова летит домой")
    with qtbot.assertNotEmitted(lock.idle, wait=4 * MINUTE):
        desk.save_settings(replace(desk.settings, lock_minutes=0))
