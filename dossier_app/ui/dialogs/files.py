"""Asking for files and folders, and writing a file where the rep wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSaveFile, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.reasons import translated_reason


def ask_where(
    parent: QWidget, title: str, kinds: str, name: str, chosen: Callable[[str], object]
) -> None:
    """Ask for the place of a file called ``name``, whose ending is kept; ``kinds`` is the
    filter of the file dialog. ``chosen`` is called with the path, unless the rep leaves."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    folder = documents if Path(documents).is_dir() else str(Path.home())
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[str], object]) -> None:
    """Ask for a file that is there; as `ask_where`."""
    dialog = _dialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_files(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[list[str]], object]
) -> None:
    """Ask for files that are there, one or many; as `ask_where`."""
    dialog = _dialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.open()


def ask_folder(parent: QWidget, title: str, folder: str, chosen: Callable[[str], object]) -> None:
    """Ask for another folder than ``folder``; as `ask_where`."""
    dialog = _dialog(parent, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def _dialog(parent: QWidget, title: str, folder: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, folder, kinds)
    # Where the system has no dialog of its own, Qt knows these two in English only.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Kind of file:"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def write_whole(path: str, data: bytes) -> str:
    """Write the file whole, or not at all; returns why it could not be written, or nothing."""
    file = QSaveFile(path)
    if (
        file.open(QSaveFile.OpenModeFlag.WriteOnly)
        and file.write(data) == len(data)
        and file.commit()
    ):
        return ""
    name, reason = Path(path).name, translated_reason(file.errorString())
    return tr("{file} cannot be written: {reason}.", file=name, reason=reason)
