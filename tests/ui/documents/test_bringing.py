"""The tab of the documents: files let go and pasted, large ones, many of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.assets import asset
from dossier_app.domain import language
from dossier_app.domain.records import Document
from dossier_app.services.documents import rename
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.session import open_session
from dossier_app.services.undoing import undo
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.import_dialog import ImportDialog
from dossier_app.ui.dossier.document_traffic import DocumentTraffic
from dossier_app.ui.dossier.documents import DocumentsTab
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.widgets import Button, Label
from tests.ui.documents.files import (
    CTRL,
    DUE,
    KEY,
    MB,
    NEW,
    a_file,
    drag,
    drop,
    files,
    kept,
    names,
)


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
