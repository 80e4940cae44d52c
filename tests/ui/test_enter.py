"""Enter in dialogs: it presses the button that has the keyboard, ends a passphrase, and never
submits from a field by chance."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.services import protection
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.protect import ProtectDialog
from dossier_app.ui.messages import Message, Question
from dossier_app.ui.widgets import Button
from tests.ui.typing_keys import press, press_key

Show = Callable[[PaperDialog], PaperDialog]
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.mark.parametrize("key", ENTERS)
def test_a_message_goes_by_enter(window: QWidget, show: Show, key: Qt.Key) -> None:
    dialog = show(Message(window, "That did not work", "The disk is full."))
    press_key(key)
    assert dialog.isHidden()


@pytest.mark.parametrize("key", ENTERS)
def test_enter_presses_any_button_that_has_the_keyboard(
    window: QWidget, show: Show, key: Qt.Key
) -> None:
    dialog = PaperDialog(window, "A title")
    pressed: list[str] = []
    button = Button("Make one now")
    button.clicked.connect(lambda: pressed.append("once"))
    dialog.body.addWidget(button)
    button.setFocus()
    show(dialog)
    press_key(key)
    assert pressed == ["once"]
    dialog.reject()


def test_enter_that_is_held_answers_no_question(window: QWidget, show: Show) -> None:
    done: list[str] = []
    dialog = show(Question(window, "Sure?", "For good.", "Do it", lambda: done.append("it")))
    press_key(Qt.Key.Key_Return)  # Cancel has the keyboard
    assert not done
    assert dialog.isVisible()
    dialog.reject()


def test_enter_in_a_field_submits_nothing(window: QWidget, show: Show) -> None:
    dialog = PaperDialog(window, "A title")
    field = QLineEdit()
    dialog.body.addWidget(field)
    dialog.add_buttons("Save")
    field.setFocus()
    show(dialog)
    press_key(Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()


def test_enter_ends_a_new_passphrase(desk: Desk, window: QWidget, show: Show, qtbot: QtBot) -> None:
    dialog = show(ProtectDialog(window, desk))
    assert isinstance(dialog, ProtectDialog)
    press(qtbot, "four words of mine", Qt.Key.Key_Tab, "four words of mine", Qt.Key.Key_Return)
    assert dialog.isHidden()
    assert not protection.is_unprotected(desk.session)
