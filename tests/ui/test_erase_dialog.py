"""A client's data is erased after the name was typed, and a protocol is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain.errors import Refusal
from dossier_app.services.dossiers import load_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.erase import EraseDialog
from dossier_app.ui.main_window import MainWindow
from tests.ui.conftest import DUE
from tests.ui.typing_keys import press_key

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_name_is_typed_and_everything_goes(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.open_dossier(DUE)
    window.panel.more.make_menu().actions()[-1].trigger()
    (dialog,) = window.findChildren(EraseDialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.name.setText("Ivanov")
    press_key(Qt.Key.Key_Return, CTRL)
    assert "Type the name of the dossier, “Ivanova Marina”" in dialog._problem.text()
    assert load_dossier(DUE)
    dialog.name.setText("ivanova  marina")
    press_key(Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()
    with pytest.raises(Refusal):
        load_dossier(DUE)
    assert not window.page.has(DUE) and window.panel.uid != DUE
    (asking,) = window.findChildren(QFileDialog)
    target = tmp_path / "protocol.pdf"
    asking.fileSelected.emit(str(target))
    asking.close()
    assert "Ivanova Marina" in PdfReader(target).pages[0].extract_text()
    window.undo()
    with pytest.raises(Refusal):
        load_dossier(DUE)
