"""The tab of the documents: files let go and pasted, shown in place, opened, taken out."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageIOHandler,
    QImageWriter,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.assets import asset
from dossier_app.domain import language
from dossier_app.domain.records import Document
from dossier_app.services.documents import add_files, finish, rename
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.session import open_session
from dossier_app.services.temporary import TemporaryCopies
from dossier_app.services.undoing import undo
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.import_dialog import ImportDialog
from dossier_app.ui.dossier.document_actions import RenameDialog
from dossier_app.ui.dossier.document_preview import DocumentPreview
from dossier_app.ui.dossier.document_traffic import DocumentTraffic
from dossier_app.ui.dossier.documents import DocumentsTab
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.widgets import Button, Label

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


def test_an_empty_tab_is_there_and_teaches(panel: DossierPanel, tab: DocumentsTab) -> None:
    assert panel.tabs.tabText(list(Part).index(Part.DOCUMENTS)) == "Documents"
    assert panel.part is Part.DOCUMENTS
    assert "Drop files here" in [label.text() for label in tab.list.findChildren(Label)]
    assert "Add a file…" in [button.text() for button in tab.list.findChildren(Button)]


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real words of both languages."""
    monkeypatch.setattr(language, "_catalogues", [])
    language.set_catalogues(asset("resources", "translations"))
    yield
    language._translations.cache_clear()


@pytest.mark.parametrize("spoken", ["ru", "en"])
@pytest.mark.parametrize("width", [340, 390])
def test_all_tabs_are_in_view(
    panel: DossierPanel, spoken: str, width: int, catalogue: None
) -> None:
    language.use_language(spoken)
    panel.resize(width, 640)
    panel.retranslate()
    bar = panel.tabs
    panel.layout().activate()
    assert panel.part is Part.DOCUMENTS
    for number in range(bar.count()):
        assert bar.rect().contains(bar.tabRect(number).adjusted(0, 0, -1, -1)), number
    assert bar.tabText(bar.count() - 1)


def test_files_are_let_go_on_any_tab(
    panel: DossierPanel, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.turn_to(Part.HISTORY)
    mime = files(a_file(tmp_path, "offer.pdf"), a_file(tmp_path, "cards.vcf", b"BEGIN:VCARD"))
    held = drag(panel, mime)
    assert held.isAccepted()
    assert held.dropAction() is Qt.DropAction.CopyAction
    with qtbot.waitSignal(desk.said) as heard:
        dropped = drop(panel, mime)
    assert dropped.dropAction() is Qt.DropAction.CopyAction
    assert heard.args == ["2 files were added"]
    assert panel.part is Part.DOCUMENTS
    assert names() == ["offer.pdf", "cards.vcf"]
    assert [row.text() for row in panel.documents.rows] == ["cards.vcf", "offer.pdf"]
    assert panel.tabs.tabToolTip(list(Part).index(Part.DOCUMENTS)) == "Documents 2"
    desk.act(undo)
    assert names() == []
    assert panel.documents.rows == []


def test_without_a_dossier_the_window_takes_the_files(panel: DossierPanel) -> None:
    panel.show_dossier(None)
    assert not panel.acceptDrops()
    panel.show_dossier(DUE)
    assert panel.acceptDrops()
    assert not drag(panel, QMimeData()).isAccepted()


def test_what_cannot_be_kept_is_told_and_the_rest_is_kept(
    panel: DossierPanel, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(desk.refused) as heard:
        drop(panel, files(tmp_path, a_file(tmp_path, "offer.txt")))
    assert heard.args[0].endswith("is a folder. Add the files in it.")
    assert names() == ["offer.txt"]


def test_mails_and_folders_of_them_go_into_the_history(
    panel: DossierPanel, desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "from Outlook" / "2026"
    folder.mkdir(parents=True)
    for path, subject in ((tmp_path / "one.eml", "Offer"), (folder / "two.EML", "Invoice")):
        path.write_bytes(
            f"From: Somebody <who@example.net>\nTo: rep@example.org\nSubject: {subject}\n"
            f"Date: Tue, 24 Nov 2026 11:05:30 +0300\nMIME-Version: 1.0\n"
            f"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nPlease call me.\n"
            f"--x\nContent-Disposition: attachment; filename={subject}.pdf\n\nabc\n--x--\n"
            .encode()
        )  # fmt: skip
    with qtbot.waitSignal(desk.said):
        drop(panel, files(tmp_path / "one.eml", folder.parent, a_file(tmp_path, "plan.dwg")))
    assert names() == ["plan.dwg"]
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.primary_button.isEnabled)
    assert dialog.sentence.text() == "2 mails go into histories."
    dialog.press_primary()
    qtbot.waitUntil(lambda: len(load_dossier(DUE).history) == 2)
    assert {entry.text.split("\n")[0] for entry in load_dossier(DUE).history} == {
        "Offer", "Invoice",
    }  # fmt: skip
    assert {"Offer.pdf", "Invoice.pdf"} <= set(names())
    desk.act(undo)
    assert load_dossier(DUE).history == []
    assert names() == ["plan.dwg"]
    dialog.accept()


def test_the_same_file_twice_is_told(
    panel: DossierPanel, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    mime = files(a_file(tmp_path, "offer.txt"))
    with qtbot.waitSignal(desk.said):
        drop(panel, mime)
    with qtbot.waitSignal(panel.documents.told) as heard:
        drop(panel, mime)
    assert heard.args == ["Already here: offer.txt"]
    assert len(kept()) == 1


def test_files_let_go_one_after_the_other_all_arrive_where_they_were_let_go(
    panel: DossierPanel, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(panel, files(a_file(tmp_path, "large.bin", b"x" * 9 * MB)))
    drop(panel, files(a_file(tmp_path, "second.txt")))
    panel.show_dossier(NEW)
    drop(panel, files(a_file(tmp_path, "third.txt")))
    qtbot.waitUntil(lambda: names(NEW) == ["third.txt"])
    assert names() == ["large.bin", "second.txt"]


def test_a_large_file_can_be_given_up(
    panel: DossierPanel, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    traffic = DocumentTraffic.of(desk)
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(300 * MB)
    with qtbot.waitSignal(traffic.moving.advanced, timeout=20_000):
        drop(panel, files(path))
    traffic.cancel()
    with qtbot.waitSignal(desk.said) as heard:
        drop(panel, files(a_file(tmp_path, "small.txt")))
    assert heard.args == ["Added: small.txt"]
    assert names() == ["small.txt"]
    assert database.execute_sql("SELECT count(*) FROM content").fetchone() == (1,)


def test_what_was_let_go_is_kept_when_the_binder_closes(
    panel: DossierPanel, desk: Desk, folder: DataFolder, tmp_path: Path
) -> None:
    drop(panel, files(a_file(tmp_path, "offer.txt"), a_file(tmp_path, "plan.txt", b"plan")))
    panel.window().hide()
    desk.close()
    session = open_session(folder)
    assert names() == ["offer.txt", "plan.txt"]
    session.close()


def test_files_are_pasted(tab: DocumentsTab, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setMimeData(files(a_file(tmp_path, "offer.txt")))
    with qtbot.waitSignal(desk.said):
        qtbot.keyClick(tab.window(), KEY.Key_V, CTRL)
    assert names() == ["offer.txt"]
    # Only while the tab is in front, and a text is none of its business.
    QGuiApplication.clipboard().setText("offer")
    with qtbot.waitSignal(tab.told) as heard:
        qtbot.keyClick(tab.window(), KEY.Key_V, CTRL)
    assert heard.args == ["No file or picture was copied"]


def test_a_picture_is_pasted(tab: DocumentsTab, desk: Desk, qtbot: QtBot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#0f6b6b"))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(desk.said):
        qtbot.keyClick(tab.window(), KEY.Key_V, CTRL)
    (document,) = kept()
    assert document.name.startswith("Picture 2026-11-25 ")
    assert document.name.endswith(".png")
    tab.rows[0].click()
    qtbot.waitUntil(lambda: not tab.preview.picture.image.isNull())
    assert tab.preview.picture.image.size() == image.size()


def test_a_picture_on_a_website_is_not_fetched(tab: DocumentsTab) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/picture.png")])
    assert not tab.take(DUE, mime)
    assert names() == []


def test_hundreds_of_documents_come_as_they_are_scrolled_and_are_found_by_name(
    tab: DocumentsTab, desk: Desk, qtbot: QtBot
) -> None:
    dossier = load_dossier(DUE)
    dossier.documents = [
        Document(
            f"Смета № {n} на крышу{', ещё раз' * (n == 7)}.pdf", n, "0" * 64, date(2026, 11, 2)
        )
        for n in range(300)
    ]
    desk.act(partial(save_dossier, dossier))
    assert len(tab.rows) < 40
    bar = tab.list.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return len(tab.rows) == 300

    qtbot.waitUntil(at_the_end)
    assert tab.rows[-1].text() == "Смета № 0 на крышу.pdf"
    place = bar.value()
    desk.act(partial(rename, DUE, dossier.documents[3].uid, "<b>.pdf"))
    assert (len(tab.rows), bar.value()) == (300, place)
    tab.filter.setFocus()
    tab.filter.insert("СМЕТА еще")
    assert [row.text() for row in tab.rows] == ["Смета № 7 на крышу, ещё раз.pdf"]
    assert tab.filter.hasFocus()
    tab.filter.clear()
    assert len(tab.rows) > 1


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


def test_the_clipboard_is_left_to_editors(
    panel: DossierPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.turn_to(Part.HISTORY)
    QGuiApplication.clipboard().setMimeData(files(a_file(tmp_path, "offer.txt")))
    qtbot.keyClick(panel.window(), KEY.Key_V, CTRL)
    assert not panel.history.note.acceptDrops()  # nor is a file let go into a text
    panel.turn_to(Part.DOCUMENTS)
    with qtbot.waitSignal(panel.documents.told):
        QGuiApplication.clipboard().setText("now it comes here")
        qtbot.keyClick(panel.window(), KEY.Key_V, CTRL)
    assert names() == []


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
