"""The tab of the documents: shown in place, versions, opened, saved, taken out."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QImageIOHandler,
    QImageWriter,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.services.documents import add_files, finish
from dossier_app.services.temporary import TemporaryCopies
from dossier_app.services.undoing import undo
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.document_actions import RenameDialog
from dossier_app.ui.dossier.document_preview import DocumentPreview
from dossier_app.ui.dossier.documents import DocumentsTab
from dossier_app.ui.dossier.panel import DossierPanel
from tests.ui.documents.files import (
    BOMB,
    DUE,
    KEY,
    NEW,
    PDF,
    a_file,
    kept,
    names,
    shown,
)


def test_a_document_is_shown_and_left_by_keys(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    preview = shown(tab, desk, a_file(tmp_path, "letter.txt", "Привет".encode("cp1251")))
    preview.left.emit()
    tab.rows[0].setFocus()
    qtbot.keyClick(tab.rows[0], KEY.Key_Return)
    assert preview.text.toPlainText() == "Привет"
    assert preview.text.isReadOnly()
    assert preview.isVisible()
    focused = QApplication.focusWidget()
    assert focused is preview.open
    qtbot.keyClick(focused, KEY.Key_Escape)
    assert preview.isHidden()
    assert tab.rows[0].hasFocus()
    assert preview.text.toPlainText() == ""


def test_html_is_shown_as_its_source(tab: DocumentsTab, desk: Desk, tmp_path: Path) -> None:
    source = "<img src='https://example.com/x.png'><script>alert(1)</script>"
    preview = shown(tab, desk, a_file(tmp_path, "page.html", source.encode()))
    assert preview.text.toPlainText() == source


@pytest.fixture
def three(tab: DocumentsTab, desk: Desk, tmp_path: Path) -> DocumentPreview:
    """A document with three versions, the newest one shown."""
    for text in (b"first", b"second", b"third"):
        desk.act(lambda text=text: add_files(DUE, [a_file(tmp_path, "offer.txt", text)]))
    tab.rows[0].click()
    return tab.preview


def test_older_versions_are_kept(
    three: DocumentPreview, tab: DocumentsTab, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    assert three.text.toPlainText() == "third"
    assert not three.newer.isEnabled()
    three.older.click()
    assert three.text.toPlainText() == "second"
    assert "version 2 of 3" in three.about.text()
    # A new version does not take away the one that is being read.
    path = a_file(tmp_path, "offer.txt", b"fourth")
    desk.act(lambda: add_files(DUE, [path]))
    assert three.text.toPlainText() == "second"
    assert "version 2 of 4" in three.about.text()
    three.older.click()
    assert not three.older.isEnabled()

    choose(tab, "Remove version 1")
    assert three.text.toPlainText() == "fourth"
    assert "version 3 of 3" in three.about.text()
    choose(tab, "Remove all versions")
    assert three.isHidden()
    assert tab.rows == []
    desk.act(undo)
    desk.act(undo)
    assert [document.name for document in kept()] == ["offer.txt"] * 4


def choose(tab: DocumentsTab, text: str) -> None:
    """Take something from the menu of the document that is shown."""
    assert tab.preview.versions is not None and tab.preview.document is not None
    menu = tab.actions_.menu(tab.preview.versions, tab.preview.document)
    (action,) = [action for action in menu.actions() if action.text() == text]
    action.trigger()
    menu.deleteLater()


def test_a_document_is_renamed_and_removed_by_keys(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("plan.txt", "offer.txt"):
        desk.act(lambda name=name: add_files(DUE, [a_file(tmp_path, name)]))
    tab.rows[0].setFocus()
    qtbot.keyClick(tab.rows[0], KEY.Key_F2)
    dialog = tab.window().findChild(RenameDialog) or tab.findChild(RenameDialog)
    assert dialog.name.selectedText() == "offer"
    qtbot.waitUntil(dialog.name.hasFocus)
    qtbot.keyClicks(dialog.name, "PLAN")
    qtbot.keyClick(dialog.name, KEY.Key_Return)
    assert dialog._problem.text() == "There is a document called plan.txt already."
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "final/1")
    qtbot.keyClick(dialog.name, KEY.Key_Return)
    assert names() == ["plan.txt", "final_1.txt"]
    with qtbot.waitActive(tab.window()):
        tab.window().activateWindow()

    tab.rows[0].setFocus()
    with qtbot.waitSignal(desk.said) as heard:
        qtbot.keyClick(tab.rows[0], KEY.Key_Delete)
    assert heard.args == ["Removed: final_1.txt"]
    assert names() == ["plan.txt"]
    assert tab.rows[0].hasFocus()
    desk.act(undo)
    assert names() == ["plan.txt", "final_1.txt"]


def test_a_document_is_marked_private(three: DocumentPreview, tab: DocumentsTab) -> None:
    choose(tab, "Private: not on discreet pages")
    assert all(document.private for document in kept())
    assert "private" in three.about.text()
    assert "private" in tab.rows[0].accessibleName()
    choose(tab, "Private: not on discreet pages")
    assert not any(document.private for document in kept())


class Opener(QObject):
    """Stands for the system's programs."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_a_document_is_opened_through_a_copy_that_goes(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path, temporary: Path, opener: Opener
) -> None:
    preview = shown(tab, desk, a_file(tmp_path, "Письмо.docx", b"PK\x03\x04 letter"))
    assert preview.plain.sentence.text() == "This kind of document opens in its own program."
    qtbot.keyClick(preview.open, KEY.Key_Space)
    qtbot.waitUntil(lambda: len(opener.paths) == 1)
    (path,) = opener.paths
    assert path.name == "Письмо.docx"
    assert path.is_relative_to(temporary)
    assert path.read_bytes() == b"PK\x03\x04 letter"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    tab.window().hide()
    desk.close()
    assert list(temporary.iterdir()) == []


def test_copies_that_a_crash_left_go_when_the_binder_is_shown(
    desk: Desk, folder: DataFolder, tmp_path: Path, temporary: Path, window: QWidget
) -> None:
    add_files(DUE, [a_file(tmp_path, "a.txt", b"secret")])
    left = finish(TemporaryCopies(folder).copy(kept()[0]))
    assert left.is_relative_to(temporary)
    assert DossierPanel(desk, window)
    assert list(temporary.iterdir()) == []


def test_a_document_is_saved_and_files_are_chosen(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    preview = shown(tab, desk, a_file(tmp_path, "offer.txt", b"the offer"))
    preview.save.click()
    dialog = tab.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("offer.txt")
    with qtbot.waitSignal(tab.told) as heard:
        dialog.fileSelected.emit(str(tmp_path / "out.txt"))
    assert heard.args == ["Saved: out.txt"]
    assert (tmp_path / "out.txt").read_bytes() == b"the offer"
    dialog.reject()

    tab.actions_.add()
    (dialog,) = [item for item in tab.findChildren(QFileDialog) if item.isVisible()]
    with qtbot.waitSignal(desk.said):
        dialog.filesSelected.emit([str(a_file(tmp_path, "plan.txt"))])
    dialog.reject()
    assert names() == ["offer.txt", "plan.txt"]


def test_a_program_is_not_opened(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path, temporary: Path
) -> None:
    preview = shown(tab, desk, a_file(tmp_path, "offer.pdf.exe", b"MZ\x00"))
    with qtbot.waitSignal(desk.refused) as heard:
        preview.open.click()
    assert heard.args[0].startswith("offer.pdf.exe is a program")
    assert list(temporary.iterdir()) == []


def test_a_photograph_stands_upright(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    image = QImage(4000, 2000, QImage.Format.Format_RGB32)
    image.fill(QColor("#b3402e"))
    writer = QImageWriter(str(tmp_path / "photo.jpg"))
    writer.setTransformation(QImageIOHandler.Transformation.TransformationRotate90)
    assert writer.write(image)
    preview = shown(tab, desk, tmp_path / "photo.jpg")
    qtbot.waitUntil(lambda: not preview.picture.image.isNull())
    size = preview.picture.image.size()
    assert (size.width(), size.height()) == (1500, 3000)
    assert not preview.grab().isNull()


@pytest.mark.qt_log_ignore("JPEG datastream contains no image", "Rejecting image as it exceeds")
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bomb.png", BOMB, "picture is damaged or too large"),
        ("half.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture is damaged or too large"),
        ("damaged.pdf", b"%PDF-1.4\n nothing", "PDF file is damaged"),
        ("high.pdf", PDF % 9_000_000, "PDF file is damaged"),
        ("flat.pdf", PDF % 0, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_says_so(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    preview = shown(tab, desk, a_file(tmp_path, name, data))
    if words:
        qtbot.waitUntil(lambda: words in preview.plain.sentence.text())
        assert preview.plain.isVisible()
    assert not preview.grab().isNull()


def test_a_pdf_is_drawn(tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    preview = shown(tab, desk, a_file(tmp_path, "offer.pdf", PDF % 300))
    assert preview.pdf.isVisible()
    assert preview.pdf.pages.count == 1
    desk.act(lambda: add_files(DUE, [a_file(tmp_path, "other.txt")]))
    assert preview.pdf.isVisible()
    tab.window().findChild(DossierPanel).show_dossier(NEW)
    assert preview.isHidden()
    assert tab.rows == []


def test_nothing_of_a_document_is_in_the_data_folder(
    tab: DocumentsTab, desk: Desk, folder: DataFolder, tmp_path: Path, qtbot: QtBot, opener: Opener
) -> None:
    words = "совершенно особенные слова сметы"
    preview = shown(tab, desk, a_file(tmp_path, "Особая смета.txt", words.encode() * 500))
    preview.open.click()
    qtbot.waitUntil(lambda: len(opener.paths) == 1)
    for path in folder.path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for text in (words, "Особая смета"):
                assert text.encode() not in data
                assert text.encode("cp1251") not in data
