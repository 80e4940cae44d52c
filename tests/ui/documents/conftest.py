"""The panel turned to the documents of a dossier that has none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.documents import DocumentsTab
from dossier_app.ui.dossier.panel import DossierPanel, Part
from tests.ui.documents.files import DUE


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary copies are made."""
    made = tmp_path / "tmp"
    made.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(made))
    return made


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The panel at its usual width, turned to the documents of a dossier that has none."""
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(DUE)
    made.turn_to(Part.DOCUMENTS)
    return made


@pytest.fixture
def tab(panel: DossierPanel) -> DocumentsTab:
    return panel.documents
