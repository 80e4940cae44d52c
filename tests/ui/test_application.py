"""From the start of the program: first run, unlocking, another language, locking."""

from __future__ import annotations

import pytest
from peewee import OperationalError
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language
from dossier_app.services import protection
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.session import open_session
from dossier_app.start import Preferences
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.application import Application
from dossier_app.ui.dialogs.files import ask_file
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.main_window import LEAST_SIZE, MainWindow
from dossier_app.ui.theme import tokens
from dossier_app.ui.welcome import RefusedWindow, UnlockWindow, WelcomeWindow


def test_the_first_run_ends_in_a_binder(application: Application, qtbot: QtBot) -> None:
    application.start()
    welcome = application.window
    assert isinstance(welcome, WelcomeWindow)
    welcome.name.setText("Olga Sedova")
    welcome.start_sample.click()
    window = application.window
    assert isinstance(window, MainWindow)
    assert window.desk.settings.author == "Olga Sedova"
    divider = window.tabs.divider(window.slot)
    assert divider is not None
    assert divider.load.contacts == 12


def test_a_passphrase_of_the_first_run_is_asked_for_next_time(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    application.start()
    welcome = application.window
    assert isinstance(welcome, WelcomeWindow)
    welcome.passphrase.setText("корова летит домой")
    welcome.again.setText("корова летит")
    welcome.start_empty.click()
    assert application.window is welcome, "the two differ"
    welcome.again.setText("корова летит домой")
    welcome.start_empty.click()
    application.close()

    application.start()
    unlock = application.window
    assert isinstance(unlock, UnlockWindow)
    unlock.passphrase.setText("wrong")
    unlock.button.click()
    qtbot.waitUntil(lambda: unlock.problem.text() != "")
    assert unlock.problem.text() == "This passphrase does not open the binder."
    unlock.passphrase.setText("корова летит домой")
    unlock.button.click()
    qtbot.waitUntil(lambda: isinstance(application.window, MainWindow))


def test_a_binder_open_elsewhere_is_told(application: Application, folder: DataFolder) -> None:
    session = open_session(folder)
    try:
        application.start()
        assert isinstance(application.window, RefusedWindow)
        assert "another window" in application.window.text.text()
    finally:
        session.close()
    application.window.again.emit()
    assert isinstance(application.window, MainWindow)


def test_the_language_changes_under_the_open_binder(
    application: Application, folder: DataFolder
) -> None:
    session = open_session(folder)
    dossier, _ = add_dossier(NewDossier(name="Ivanova Marina"))
    session.close()
    application.start()
    window = application.window
    assert isinstance(window, MainWindow)
    window.open_dossier(dossier.uid)
    slot = window.slot
    window.language_wanted.emit("ru")
    fresh = application.window
    assert isinstance(fresh, MainWindow)
    assert fresh is not window
    assert current_language() == "ru"
    assert (fresh.slot, fresh.panel.uid) == (slot, dossier.uid)
    assert fresh.windowTitle() == "Досье"
    assert Preferences.load(folder).language == "ru"


def test_locking_closes_the_binder_and_names_nobody(
    application: Application, folder: DataFolder
) -> None:
    session = open_session(folder)
    add_dossier(NewDossier(name="Ivanova Marina"))
    protection.set_passphrase(session, "secret words")
    session.close()
    application._passphrase = "secret words"
    application.start()
    window = application.window
    assert isinstance(window, MainWindow)
    window.actions_.new_dossier()
    window.lock_wanted.emit()
    assert isinstance(application.window, UnlockWindow)
    assert application.desk is None
    assert "Ivanova" not in application.window.windowTitle()


@pytest.mark.parametrize("way", ["lock", "close"])
def test_what_was_typed_outlives_the_lock_and_the_program(
    application: Application, folder: DataFolder, qtbot: QtBot, way: str
) -> None:
    """A rep is called away in the middle of a sentence; the binder locks itself."""
    session = open_session(folder)
    dossier, _ = add_dossier(NewDossier(name="Ромашкина Анна"))
    session.close()
    application.start()
    window = application.window
    assert isinstance(window, MainWindow)
    window.actions_.log(dossier.uid)
    (dialog,) = window.findChildren(LogDialog)
    dialog.text.setPlainText("Просит пересчитать смету с дост")
    getattr(application, way)()
    session = open_session(folder)
    application.show_binder(session)
    again = application.window
    assert isinstance(again, MainWindow) and again is not window
    again.actions_.log(dossier.uid)
    (dialog,) = again.findChildren(LogDialog)
    assert dialog.text.toPlainText() == "Просит пересчитать смету с дост"
    assert dialog.restored.text() == "what you had typed is back"


def test_a_fault_is_shown_as_a_report_without_client_data(
    application: Application, folder: DataFolder, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    open_session(folder).close()
    application.start()
    quoted = "Ivanova Marina"
    try:
        raise ValueError(quoted)
    except ValueError as error:
        application._fault(ValueError, error, error.__traceback__)
    from dossier_app.ui.messages import FaultReport

    assert application.window is not None
    report = application.window.findChild(FaultReport)
    assert report is not None
    text = report.report.toPlainText()
    assert "ValueError" in text
    assert "test_application" in text
    assert quoted not in text + capsys.readouterr().err
    report.reject()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refusal("Not today."), "Not today."),
        (OperationalError("database or disk is full"), "the disk is full"),
    ],
)
def test_what_was_refused_and_told_nowhere_is_no_bug(
    application: Application, folder: DataFolder, error: Exception, said: str
) -> None:
    from dossier_app.ui.messages import Message

    open_session(folder).close()
    application.start()
    application._fault(type(error), error, None)
    assert application.window is not None
    message = application.window.findChild(Message)
    assert message is not None
    assert said in message.text.text()
    message.reject()


def test_a_wish_that_cannot_be_kept_holds_until_the_end(
    application: Application, folder: DataFolder
) -> None:
    open_session(folder).close()
    application.start()
    folder.preferences.mkdir()  # nothing can be written in its place
    application.set_theme("dark")
    window = application.window
    assert isinstance(window, MainWindow)
    assert tokens().dark
    assert "cannot be written" in window.toast.text


def test_the_menu_of_a_text_field_speaks_the_language_of_the_program(
    application: Application, folder: DataFolder
) -> None:
    open_session(folder).close()
    application.start()
    for code, copy in (("ru", "&Копировать"), ("en", "&Copy"), ("ru", "&Копировать")):
        application.set_language(code)
        field = QLineEdit()
        menu = field.createStandardContextMenu()
        assert any(item.text().startswith(copy) for item in menu.actions())
    application.set_language("en")


def test_the_window_lives_while_the_passphrase_is_tried(
    application: Application, folder: DataFolder, qtbot: QtBot
) -> None:
    session = open_session(folder)
    protection.set_passphrase(session, "корова летит домой")
    session.close()
    application.start()
    unlock = application.window
    assert isinstance(unlock, UnlockWindow)
    unlock.passphrase.setText("корова летит домой")
    unlock.button.click()
    assert QThreadPool.globalInstance().activeThreadCount() >= 1, "nothing waits for that"
    assert not unlock.button.isEnabled()
    qtbot.waitUntil(lambda: isinstance(application.window, MainWindow))


def test_the_window_is_no_higher_than_the_screen(
    application: Application, folder: DataFolder
) -> None:
    open_session(folder).close()
    application.start()
    window = application.window
    assert window is not None
    room = window.screen().availableSize()
    assert window.height() < room.height()
    assert window.width() <= max(room.width(), LEAST_SIZE[0])


def test_the_dialog_that_asks_for_a_file_speaks_russian(
    application: Application, folder: DataFolder
) -> None:
    open_session(folder).close()
    application.start()
    application.set_language("ru")
    assert application.window is not None
    ask_file(application.window, "Загрузить", "Таблицы (*.csv)", print)
    dialog = application.window.findChild(QFileDialog)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    said += [button.text() for button in dialog.findChildren(QPushButton)]
    assert len(said) >= 5
    assert [text for text in said if text.isascii() and text] == []
    dialog.reject()
    application.set_language("en")
