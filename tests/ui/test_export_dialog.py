"""Taking dossiers out by the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dossier_app.exchange.detect import read_contacts
from dossier_app.services.exporting import ExportKind
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.export_dialog import ExportDialog
from dossier_app.ui.main_window import MainWindow

from .typing_keys import press_key

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def opened(window: MainWindow, qtbot: QtBot) -> ExportDialog:
    press_key(Qt.Key.Key_I, CTRL | SHIFT)
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def test_the_whole_binder_as_a_workbook(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(window, qtbot)
    dialog.whose.choose(False)
    dialog.kinds[ExportKind.XLSX].click()
    press_key(Qt.Key.Key_Return, CTRL)
    (asking,) = dialog.findChildren(QFileDialog)
    target = tmp_path / "clients.xlsx"
    with qtbot.waitSignal(dialog.saved) as saved:
        asking.fileSelected.emit(str(target))
        asking.close()
    content = read_contacts(target.name, target.read_bytes())
    assert content.format == "xlsx"
    assert saved.args[0].startswith(f"clients.xlsx: {content.records} record")
    assert content.records > 1
    assert not dialog.isVisible()


def test_all_that_is_kept_is_of_one_client(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = window.page.sheet
    assert sheet is not None
    dialog = opened(window, qtbot)
    person = dialog.kinds[ExportKind.PERSON]
    person.click()
    assert dialog.private.isChecked() and not dialog.private.isEnabled()
    dialog.whose.choose(False)
    dialog.whose.chosen.emit(False)
    assert not person.isEnabled() and dialog.kind is ExportKind.VCARD
    dialog.whose.choose(True)
    dialog.whose.chosen.emit(True)
    person.click()
    with qtbot.waitSignal(dialog.saved):
        dialog.export_to(str(tmp_path / "kept.json"))
    (kept,) = json.loads((tmp_path / "kept.json").read_bytes())
    assert kept["dossier"] == sheet.dossier_uid


def test_a_place_that_cannot_be_written_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(window, qtbot)
    dialog.export_to(str(tmp_path / "nowhere" / "clients.vcf"))
    qtbot.waitUntil(lambda: bool(dialog._problem.text()))
    assert dialog._problem.text().startswith("clients.vcf cannot be written")
    assert dialog.isVisible() and dialog.primary_button.isEnabled()
