"""The daily backup, and the dialog that puts one back."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.services import backing_up, protection
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.listing import listed
from dossier_app.services.session import open_session
from dossier_app.storage import backups
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.application import Application
from dossier_app.ui.daily_backup import DailyBackup
from dossier_app.ui.dialogs.backups import BackupsDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.messages import Question
from dossier_app.ui.welcome import RefusedWindow, UnlockWindow
from dossier_app.ui.widgets import Label
from dossier_app.ui.work import finish_all
from tests.conftest import TODAY
from tests.ui.typing_keys import press_key

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def application(application: Application, folder: DataFolder) -> Application:
    """The program with one client in its binder."""
    session = open_session(folder)
    add_dossier(NewDossier(name="Ромашкина Анна"))
    session.close()
    return application


def shown(application: Application, qtbot: QtBot) -> MainWindow:
    window = application.window
    assert isinstance(window, MainWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def dialog_of(window: MainWindow | RefusedWindow, qtbot: QtBot) -> BackupsDialog:
    (dialog,) = window.findChildren(BackupsDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def confirm(dialog: BackupsDialog, qtbot: QtBot) -> None:
    (question,) = dialog.findChildren(Question)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is question)
    press_key(Qt.Key.Key_Return, CTRL)


def test_one_backup_a_day_is_made_by_itself(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    application.start()
    window = shown(application, qtbot)
    qtbot.waitUntil(lambda: application.backup is not None)
    backup = application.backup
    assert isinstance(backup, DailyBackup)
    with qtbot.waitSignal(backup.made):
        backup.look()
    assert len(backing_up.all_backups(folder)) == 1
    backup.look()
    assert not backing_up.is_due(folder)
    clock.set_today(TODAY.replace(day=26))
    with qtbot.waitSignal(backup.made):
        window.desk.look_at_clock()
    assert len(backing_up.all_backups(folder)) == 2


def test_a_backup_that_cannot_be_made_is_told(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    folder.backups.write_text("a file in the way")
    application.start()
    window = shown(application, qtbot)
    qtbot.waitUntil(lambda: application.backup is not None)
    assert application.backup is not None
    with qtbot.waitSignal(application.backup.not_made) as told:
        application.backup.look()
    assert told.args[0].startswith("Today's backup was not made. ")
    assert window.toast.text == told.args[0]


def test_a_row_is_put_back_and_the_binder_opens_again(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    application.start()
    window = shown(application, qtbot)
    window.actions_.backups()
    dialog = dialog_of(window, qtbot)
    assert not dialog.primary_button.isEnabled(), "there is none yet"
    dialog.make_button.click()
    qtbot.waitUntil(lambda: len(backing_up.all_backups(folder)) == 1)
    qtbot.waitUntil(dialog.primary_button.isEnabled)
    assert "made and checked" in dialog.made.text()
    assert dialog.made.isVisible()
    add_dossier(NewDossier(name="Липатов Олег"))
    press_key(Qt.Key.Key_Return, CTRL)
    confirm(dialog, qtbot)
    qtbot.waitUntil(lambda: application.window is not window)
    assert isinstance(application.window, MainWindow)
    assert [item.name for item in listed("all", TODAY)] == ["Ромашкина Анна"]
    aside, first = backing_up.all_backups(folder)
    assert (aside.reason, first.reason) == ("before-restore", "")


def test_leaving_while_a_backup_is_checked_changes_nothing(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    application.start()
    window = shown(application, qtbot)
    session = window.desk.session
    backup = backing_up.back_up(folder, bytes(session.key))
    add_dossier(NewDossier(name="Липатов Олег"))
    window.actions_.backups()
    dialog = dialog_of(window, qtbot)
    dialog.put_back(backup)
    press_key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    finish_all()
    assert application.window is window
    application.close()
    open_session(folder).close()
    session = open_session(folder, writing=False)
    assert len(listed("all", TODAY)) == 2
    session.close()


def test_a_backup_takes_the_place_of_files_that_nobody_reads(
    application: Application, folder: DataFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The daily backup is at work in its thread meanwhile: it must have let go."""
    application.start()
    window = shown(application, qtbot)
    backup = backing_up.back_up(folder, bytes(window.desk.session.key))
    qtbot.waitUntil(lambda: application.backup is not None)
    assert application.backup is not None
    began, ended = Event(), Event()

    def slowly(*_: object) -> None:
        began.set()
        ended.wait(0.2)
        ended.set()

    application.backup.work.start(slowly)
    assert began.wait(5)
    add_dossier(NewDossier(name="Липатов Олег"))
    take_place = backing_up.take_place

    def watched(folder: DataFolder) -> None:
        assert ended.is_set()
        take_place(folder)

    monkeypatch.setattr(backing_up, "take_place", watched)
    backing_up.stage(folder, backup, None, bytes(window.desk.session.key))
    window.restored.emit()
    qtbot.waitUntil(lambda: application.window is not window)
    assert isinstance(application.window, MainWindow)
    assert [item.name for item in listed("all", TODAY)] == ["Ромашкина Анна"]


def test_a_file_of_another_binder_asks_for_its_passphrase(
    application: Application, folder: DataFolder, qtbot: QtBot, tmp_path: Path
) -> None:
    other = open_session(DataFolder(tmp_path / "other"))
    add_dossier(NewDossier(name="Фиалкина Вера"))
    protection.set_passphrase(other, "корова летит домой")
    file = tmp_path / "other.binder"
    backing_up.save_copy(other.folder, bytes(other.key), file)
    other.close()
    application.start()
    window = shown(application, qtbot)
    window.actions_.backups()
    dialog = dialog_of(window, qtbot)
    dialog.put_back(file)
    qtbot.waitUntil(dialog.passphrase.isVisible)
    assert "passphrase is needed" in dialog._problem.text()
    dialog.passphrase.setText("wrong")
    press_key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "does not open" in dialog._problem.text())
    assert isinstance(application.window, MainWindow)
    dialog.passphrase.setText("корова летит домой")
    press_key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(application.window, UnlockWindow))
    unlock = application.window
    assert isinstance(unlock, UnlockWindow)
    unlock.passphrase.setText("корова летит домой")
    unlock.button.click()
    qtbot.waitUntil(lambda: isinstance(application.window, MainWindow))
    assert [item.name for item in listed("all", TODAY)] == ["Фиалкина Вера"]


def test_a_row_counts_again_after_a_file_was_refused(
    application: Application, folder: DataFolder, qtbot: QtBot, tmp_path: Path
) -> None:
    application.start()
    window = shown(application, qtbot)
    key = bytes(window.desk.session.key)
    backups.back_up(folder, key, reason="before-change")
    backups.back_up(folder, key)
    file = tmp_path / "letter.binder"
    file.write_text("Dear client,")
    window.actions_.backups()
    dialog = dialog_of(window, qtbot)
    for turn in (
        lambda: press_key(Qt.Key.Key_Down),
        lambda: qtbot.mouseClick(
            dialog.rows.viewport(),
            Qt.MouseButton.LeftButton,
            pos=dialog.rows.visualRect(dialog.rows.currentIndex()).center(),
        ),
    ):
        dialog.put_back(file)
        qtbot.waitUntil(lambda: "no backup" in dialog._problem.text())
        dialog.rows.setFocus()
        turn()
        assert not dialog._problem.text() and not dialog.passphrase.isVisible()
        dialog.press_primary()
        (question,) = dialog.findChildren(Question)
        assert not any(file.name in label.text() for label in question.findChildren(Label))
        question.reject()
        qtbot.waitUntil(lambda: not dialog.findChildren(Question))
    dialog.reject()


def test_a_damaged_binder_is_restored_from_the_window_that_says_so(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    session = open_session(folder)
    backing_up.back_up(folder, bytes(session.key))
    session.close()
    folder.database.write_bytes(b"x" * 8192)
    application.start()
    refused = application.window
    assert isinstance(refused, RefusedWindow)
    refused.activateWindow()
    refused._show_backups()
    dialog = dialog_of(refused, qtbot)
    press_key(Qt.Key.Key_Return, CTRL)
    confirm(dialog, qtbot)
    qtbot.waitUntil(lambda: isinstance(application.window, MainWindow))
    assert [item.name for item in listed("all", TODAY)] == ["Ромашкина Анна"]
