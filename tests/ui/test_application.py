"""From the start of the program: first run, unlocking, another language, locking."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.language import current_language
from dossier_app.services import protection
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.session import open_session
from dossier_app.start import Preferences, start_language
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.application import Application
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.welcome import RefusedWindow, UnlockWindow, WelcomeWindow
from tests.conftest import TODAY


@pytest.fixture
def application(qapp: QApplication, folder: DataFolder) -> Iterator[Application]:
    clock.set_today(TODAY)
    start_language("en", Preferences())
    made = Application(folder, Preferences(language="en"))
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


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
