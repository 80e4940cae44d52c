"""The letter after a meeting, from the history to the mail program, paper, and back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.records import Channel, HistoryEntry, Promise, Side
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.letter import LetterDialog
from dossier_app.ui.dossier.panel import DossierPanel, Part

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
UID = "due-today"
Open = Callable[[], LetterDialog]


class MailProgram(QObject):
    """Takes mailto addresses in place of the system's mail program."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(bytes(url.toEncoded().data()).decode())


@pytest.fixture
def met(desk: Desk) -> HistoryEntry:
    contact = Contact(
        Channel.MEETING,
        text="nervous about the head office",
        agreed="Three machines",
        promises=[Promise(Side.THEIRS, "send the details", date(2026, 11, 26))],
    )
    return log_contact(UID, contact)[1]


@pytest.fixture
def open_letter(
    desk: Desk, window: QWidget, met: HistoryEntry, show: Callable[[PaperDialog], PaperDialog]
) -> Open:
    def opened() -> LetterDialog:
        dialog = LetterDialog(window, desk, UID, met)
        show(dialog)
        return dialog

    return opened


def test_it_is_drafted_and_filed_with_one_undo(open_letter: Open, qtbot: QtBot) -> None:
    dialog = open_letter()
    assert dialog.subject.text() == "What we agreed on 25 November"
    assert "— Three machines" in dialog.letter.body and "nervous" not in dialog.letter.body
    qtbot.keyClicks(dialog.body_text, "P.S. Thank you! ")
    before = load_dossier(UID)
    qtbot.keyClick(dialog, KEY.Key_Return, CTRL)
    entry = load_dossier(UID).history[0]
    assert entry.channel is Channel.EMAIL
    assert entry.text.startswith("What we agreed on 25 November\n\nP.S. Thank you!")
    assert load_dossier(UID).place == before.place
    undo()
    assert load_dossier(UID) == before


def test_each_language_keeps_its_own_words(open_letter: Open, qtbot: QtBot) -> None:
    dialog = open_letter()
    qtbot.keyClicks(dialog.body_text, "Hello. ")
    dialog.language.setFocus()
    qtbot.keyClick(dialog.language, KEY.Key_Left)
    assert dialog.letter.body.startswith("Здравствуйте, Marina!")
    qtbot.keyClick(dialog.language, KEY.Key_Left)
    assert dialog.letter.body.startswith("Hello. Dear Marina")
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert open_letter().letter.body.startswith("Hello. Dear Marina")
    assert load_dossier(UID).history[0].channel is Channel.MEETING


def test_copy_and_mail(open_letter: Open, qtbot: QtBot) -> None:
    program = MailProgram()
    QDesktopServices.setUrlHandler("mailto", program, "take")
    try:
        dialog = open_letter()
        qtbot.keyClick(dialog, KEY.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
        assert QGuiApplication.clipboard().text() == dialog.letter.body
        dialog.to.setText("marina@example.ru")
        qtbot.keyClick(dialog, KEY.Key_M, CTRL)
        (link,) = program.opened
        assert link.startswith("mailto:marina@example.ru?subject=What%20we%20agreed")
        assert "%0D%0A" in link and "body=" in link
        dialog.body_text.setPlainText("слово " * 400)
        QGuiApplication.clipboard().clear()
        qtbot.keyClick(dialog, KEY.Key_M, CTRL)
        assert "body" not in program.opened[1]
        assert QGuiApplication.clipboard().text() == dialog.letter.body
        assert "Paste it into the mail" in dialog.closing.text()
    finally:
        QDesktopServices.unsetUrlHandler("mailto")


def test_the_pdf_is_the_letter(open_letter: Open, tmp_path: Path) -> None:
    dialog = open_letter()
    dialog.save(str(tmp_path / "letter.pdf"))
    text = PdfReader(io.BytesIO((tmp_path / "letter.pdf").read_bytes())).pages[0].extract_text()
    assert "Three machines" in text and "25 November 2026" in text
    dialog.save(str(tmp_path / "no such folder" / "letter.pdf"))
    assert "cannot be written" in dialog._problem.text()


def test_an_empty_letter_is_not_filed(open_letter: Open, qtbot: QtBot) -> None:
    dialog = open_letter()
    dialog.body_text.clear()
    qtbot.keyClick(dialog, KEY.Key_Return, CTRL)
    assert dialog.isVisible() and dialog._problem.text() == "The letter has no text."


def test_the_history_leads_to_the_letter_by_keys(
    desk: Desk, window: QWidget, met: HistoryEntry, qtbot: QtBot
) -> None:
    log_contact(UID, Contact(Channel.CALL, text="a call"))
    panel = DossierPanel(desk, window)
    panel.setGeometry(0, 0, 390, 640)
    panel.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    panel.show_dossier(UID)
    panel.turn_to(Part.HISTORY)
    history = panel.history
    history.letter.click()
    newest = window.findChild(LetterDialog)
    assert newest is not None and "Our call" in newest.subject.text()
    newest.reject()
    newest.deleteLater()
    qtbot.waitUntil(lambda: window.findChild(LetterDialog) is None)
    history.list.setFocus()
    history.list.setCurrentIndex(history.list.entries.index(1, 0))
    assert history.list.entry is not None and history.list.entry.uid == met.uid
    qtbot.keyClick(history.list, KEY.Key_Return)
    dialog = window.findChild(LetterDialog)
    assert dialog is not None and dialog.subject.text() == "What we agreed on 25 November"
    dialog.reject()
    assert QApplication.activeModalWidget() is None
