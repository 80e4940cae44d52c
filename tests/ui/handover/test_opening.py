"""A package on its way to the dialog that shows it: dropped, chosen, double-clicked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from dossier_app.__main__ import _wants_window
from dossier_app.services import protection
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.session import open_session
from dossier_app.ui.application import Application
from dossier_app.ui.dialogs.import_dialog import ImportDialog
from dossier_app.ui.handover.accept import AcceptDialog
from dossier_app.ui.handover.handovers_dialog import HandoversDialog
from dossier_app.ui.handover.opening import OpeningDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.messages import Message
from dossier_app.ui.welcome import RefusedWindow, UnlockWindow
from dossier_app.ui.work import SHOWN_AFTER
from tests.services.handover.desks import Desks
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office, drop


def told(office: Office) -> str:
    """The sentence of the message that has come; it is closed."""
    message = office.dialog(Message)
    sentence = message.text.text()
    message.reject()
    return sentence


def test_a_package_is_dropped_on_the_window(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    before = desks.state(COLLEAGUE)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    assert dialog.windowTitle() == "2 dossiers from Иванов"
    window = office.window
    assert window is not None
    qtbot.waitUntil(lambda: not window.findChildren(OpeningDialog))
    dialog.reject()
    office.leave()
    assert desks.state(COLLEAGUE) == before


def test_the_passphrase_is_asked_for_until_it_fits(
    office: Office, locked: Path, qtbot: QtBot
) -> None:
    office.sit(COLLEAGUE)
    dialog = office.open(locked, OpeningDialog)
    assert dialog.asks
    assert locked.name in dialog.hint.text()
    assert QApplication.focusWidget() is dialog.passphrase
    dialog.primary_button.click()
    assert dialog._problem.text() == "The passphrase is missing."
    qtbot.keyClicks(dialog.passphrase, "4821 0937 5516 2205")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.passphrase.isEnabled()
    qtbot.waitUntil(lambda: "does not open" in dialog._problem.text(), timeout=15_000)
    assert QApplication.focusWidget() is dialog.passphrase
    assert dialog.passphrase.selectedText() == "4821 0937 5516 2205"
    qtbot.keyClicks(dialog.passphrase, "4821 0937 5516 2204")
    with qtbot.waitSignal(dialog.opened, timeout=15_000):
        qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert office.dialog(AcceptDialog)


def test_leaving_while_the_passphrase_is_tried(office: Office, locked: Path, qtbot: QtBot) -> None:
    window = office.sit(COLLEAGUE)
    dialog = office.open(locked, OpeningDialog)
    dialog.passphrase.setText("4821 0937 5516 2204")
    dialog.primary_button.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(QDialog))
    qtbot.wait(50)
    assert not window.findChildren(QDialog), "the answer comes to nobody"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "no handover package"),
        (b"", "no handover package"),
        ("cut", "damaged"),
        ("changed", "damaged"),
    ],
)
def test_what_is_no_package_is_told_and_changes_nothing(
    office: Office, desks: Desks, uids: list[str], content: bytes | str, words: str
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    whole = file.read_bytes()
    broken = {"cut": whole[:-40], "changed": whole[:-20] + bytes(20)}
    file.write_bytes(content if isinstance(content, bytes) else broken[content])
    before = desks.state(COLLEAGUE)
    office.sit(COLLEAGUE)
    drop(office.window, file)
    assert words in told(office)
    office.leave()
    assert desks.state(COLLEAGUE) == before


def test_a_file_that_is_not_there_or_is_a_folder(office: Office, tmp_path: Path) -> None:
    window = office.sit(COLLEAGUE)
    for path in (tmp_path / "gone.dossier", tmp_path):
        window.actions_.open_package(path)
        assert "cannot be read" in told(office)


def test_packages_that_are_not_for_here(office: Office, desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    update = desks.give_back(COLLEAGUE, handover)
    office.sit("Котов")
    drop(office.window, file)
    assert "made for somebody else" in told(office)
    office.sit(OWNER)
    drop(office.window, file)
    assert "made for somebody else" in told(office), "not even its maker can open it"
    office.sit(COLLEAGUE)
    drop(office.window, update)
    assert "made for somebody else" in told(office)


def test_an_own_package_is_told(office: Office, desks: Desks, uids: list[str], locked: Path,
                                qtbot: QtBot) -> None:  # fmt: skip
    office.sit(OWNER)
    dialog = office.open(locked, OpeningDialog)
    dialog.passphrase.setText("4821 0937 5516 2204")
    with qtbot.waitSignal(dialog.opened, timeout=15_000):
        dialog.primary_button.click()
    assert "made here" in told(office)


def test_on_the_panel_too_it_is_opened_and_not_kept(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    window = office.sit(COLLEAGUE)
    window.open_dossier(uids[0])
    drop(window.panel, file)
    assert "here already" in office.dialog(AcceptDialog).closing.text()
    assert len(load_dossier(uids[0]).documents) == 1


def test_other_files_are_imported_still(office: Office, tmp_path: Path) -> None:
    card = tmp_path / "a.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n")
    office.sit(COLLEAGUE)
    drop(office.window, card)
    assert office.dialog(ImportDialog)


def test_a_package_by_another_name_is_opened_too(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    office.sit(COLLEAGUE)
    assert office.open(file.rename(file.with_name("letter.pdf")), AcceptDialog)


def test_packages_among_other_files_are_told(
    office: Office, desks: Desks, uids: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    card = tmp_path / "a.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n")
    _, file = desks.give(OWNER, COLLEAGUE)
    office.sit(COLLEAGUE)
    drop(office.window, card, file)
    rows = office.dialog(ImportDialog).files.model()
    qtbot.waitUntil(lambda: rows.rowCount() == 2)
    told = " ".join(rows.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(2))
    assert "a package of a handover. Let it go on the window by itself" in told


def test_reading_shows_itself_when_it_takes_long(
    office: Office, desks: Desks, locked: Path, qtbot: QtBot
) -> None:
    window = office.sit(COLLEAGUE)
    dialog = office.open(locked, OpeningDialog)
    assert dialog.bar.isHidden()
    dialog.passphrase.setText("wrong words")
    dialog.primary_button.click()
    qtbot.waitUntil(lambda: not dialog.bar.isHidden() or bool(dialog._problem.text()),
                    timeout=10 * SHOWN_AFTER)  # fmt: skip
    dialog.reject()
    assert window.isVisible()


# --- from outside of the window


def test_a_double_click_names_the_file() -> None:
    assert _wants_window(["От Иванова.dossier"])
    assert _wants_window(["--lang", "ru", "/tmp/A.DOSSIER"])
    assert not _wants_window(["list"])
    assert not _wants_window(["show", "a.dossier"])
    assert not _wants_window(["a.dossier", "b.dossier"])


def test_a_file_named_at_the_start_waits_for_the_window(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "x.dossier"
    file.write_bytes(b"hello")
    open_session(application.folder).close()
    application.open_package(str(file))
    application.start()
    window = application.window
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))
    assert "no handover package" in window.findChildren(Message)[0].text.text()


def test_the_system_asks_for_a_file_under_an_open_window(
    application: Application, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = tmp_path / "x.dossier"
    file.write_bytes(b"hello")
    open_session(application.folder).close()
    application.start()
    window = application.window
    assert isinstance(window, MainWindow)
    with qtbot.waitSignal(window.completed):
        pass
    QApplication.sendEvent(qapp, QFileOpenEvent(str(file)))
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))


def test_a_locked_binder_opens_the_file_after_unlocking(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "x.dossier"
    file.write_bytes(b"hello")
    session = open_session(application.folder)
    protection.set_passphrase(session, "корова летит домой")
    session.close()
    application.open_package(str(file))
    application.start()
    unlock = application.window
    assert isinstance(unlock, UnlockWindow)
    unlock.passphrase.setText("корова летит домой")
    unlock.button.click()
    qtbot.waitUntil(lambda: isinstance(application.window, MainWindow), timeout=15_000)
    window = application.window
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))


def test_a_binder_that_is_open_already_says_where_the_file_goes(
    application: Application, tmp_path: Path
) -> None:
    session = open_session(application.folder)
    try:
        application.open_package(str(tmp_path / "x.dossier"))
        application.start()
        assert isinstance(application.window, RefusedWindow)
        assert application.window.text.text() == (
            "The binder is open in another window: drop x.dossier onto it."
        )
    finally:
        session.close()


def test_a_package_is_chosen_above_the_dialog_that_asked_for_it(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    window = office.sit(COLLEAGUE)
    window.actions_.handovers()
    handovers = office.dialog(HandoversDialog)
    handovers.open_button.click()
    (asking,) = handovers.findChildren(QFileDialog)
    asking.fileSelected.emit(str(file))
    asking.close()
    accept = office.dialog(AcceptDialog)
    assert accept.parent() is handovers and handovers.isVisible()
    accept.reject()
    handovers.reject()


def test_files_to_import_are_chosen(office: Office, tmp_path: Path) -> None:
    card = tmp_path / "anna.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n", encoding="utf-8")
    window = office.sit(COLLEAGUE)
    window.actions_.import_contacts()
    (asking,) = window.findChildren(QFileDialog)
    asking.filesSelected.emit([str(card)])
    asking.close()
    office.dialog(ImportDialog).reject()
