"""Writing a file where the rep wants it: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSaveFile, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from dossier_app.domain.language import tr


def ask_where(
    parent: QWidget, title: str, kinds: str, name: str, chosen: Callable[[str], object]
) -> None:
    """Ask for the place of a file called ``name``, whose ending is kept; ``kinds`` is the
    filter of the file dialog. ``chosen`` is called with the path, unless the rep leaves."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    folder = documents if Path(documents).is_dir() else str(Path.home())
    dialog = QFileDialog(parent, title, folder, kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def write_whole(path: str, data: bytes) -> str:
    """Write the file; returns why it could not be written, or nothing."""
    file = QSaveFile(path)
    if (
        file.open(QSaveFile.OpenModeFlag.WriteOnly)
        and file.write(data) == len(data)
        and file.commit()
    ):
        return ""
    name, reason = Path(path).name, file.errorString()
    return tr("{file} cannot be written: {reason}.", file=name, reason=reason)
