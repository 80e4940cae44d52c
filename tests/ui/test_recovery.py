"""The recovery code in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dossier_app.services import protection
from dossier_app.services.session import open_session
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.protect import ProtectDialog
from dossier_app.ui.dialogs.recovery import RecoveryDialog
from dossier_app.ui.main_window import MainWindow
from tests.ui.typing_keys import press_key

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> RecoveryDialog:
    """The dialog, opened from that of a protected binder."""
    protection.set_passphrase(desk.session, "корова летит домой")
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.actions_.protect()
    (protect,) = window.findChildren(ProtectDialog)
    protect.recovery.click()
    (made,) = protect.findChildren(RecoveryDialog)
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


def test_the_code_opens_the_binder(dialog: RecoveryDialog, desk: Desk) -> None:
    assert dialog.code.isHidden() and dialog.before.isHidden()
    press_key(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible() and dialog.code.isVisible()
    dialog.copy_button.click()
    code = QGuiApplication.clipboard().text()
    assert len(code.split("-")) == 8
    press_key(Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()
    folder = desk.session.folder
    desk.close()
    open_session(folder, code).close()


def test_a_new_code_is_made_knowingly(dialog: RecoveryDialog, desk: Desk, qtbot: QtBot) -> None:
    dialog.press_primary()
    dialog.press_primary()
    again = RecoveryDialog(dialog.parentWidget(), desk)
    again.open()
    assert again.before.isVisible()
    assert again.primary_button.text() == "Make a new code"
    again.reject()
