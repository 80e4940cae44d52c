"""Files for the tests of documents, and the ways in which a rep brings them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from dossier_app.domain.records import Document
from dossier_app.services.documents import add_files
from dossier_app.services.dossiers import load_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.document_preview import DocumentPreview
from dossier_app.ui.dossier.documents import DocumentsTab

DUE, NEW = "due-today", "in-tray"
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
MB = 1024 * 1024
PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 %d]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%%%EOF"
)


# A picture that says it is 60,000 px wide and high.
_HEADER = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
_CRC = struct.pack(">I", zlib.crc32(_HEADER))
_PIXELS = b"\x00\x00\x00\x00IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
BOMB = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + _HEADER + _CRC + _PIXELS


def a_file(tmp_path: Path, name: str, data: bytes = b"offer") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def kept(uid: str = DUE) -> list[Document]:
    return load_dossier(uid).documents


def names(uid: str = DUE) -> list[str]:
    return [document.name for document in kept(uid)]


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drag(widget: QWidget, mime: QMimeData) -> QDragEnterEvent:
    """Hold something over ``widget`` that its program would rather move than copy."""
    either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(50, 400), either, mime, left, none)
    QApplication.sendEvent(widget, event)
    return event


def drop(widget: QWidget, mime: QMimeData) -> QDropEvent:
    """Let it go over ``widget``."""
    drag(widget, mime)
    either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 400), either, mime, left, none)
    QApplication.sendEvent(widget, event)
    return event


def shown(tab: DocumentsTab, desk: Desk, *paths: Path) -> DocumentPreview:
    """Keep files, and show the one added last in place."""
    uid = tab.actions_.uid
    for path in paths:
        desk.act(lambda path=path: add_files(uid, [path]))
    tab.rows[0].click()
    return tab.preview
