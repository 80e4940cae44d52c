"""From the start of the process to the main window: welcome, unlock, language, lock."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QSize, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dossier_app.domain.errors import InUse, Refusal
from dossier_app.domain.language import current_language, tr, use_language
from dossier_app.services.session import Session, exists, needs_passphrase, open_session
from dossier_app.start import Preferences
from dossier_app.storage.connection import plain_words
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.program import Program
from dossier_app.ui.theme import apply_theme

if TYPE_CHECKING:
    from dossier_app.ui.daily_backup import DailyBackup
    from dossier_app.ui.reminders import ReminderWatch
    from dossier_app.ui.tray import Tray

TITLE_BAR = 40  # px that the system's frame may take above a window


class Application(QObject):
    """Owns the desk and the one window that is shown: welcome, unlock, or the binder.

    ``package`` is a file to be opened as soon as the binder is.
    """

    def __init__(
        self,
        folder: DataFolder,
        preferences: Preferences,
        passphrase: str | None = None,
        package: Path | None = None,
    ) -> None:
        super().__init__()
        self.folder, self.preferences = folder, preferences
        self._passphrase, self._package = passphrase, package
        self._is_complete = False  # the binder is on the screen, with all its parts
        self._caught_up: date | None = None
        self.desk: Desk | None = None
        self.window: QWidget | None = None
        self.reminders: ReminderWatch | None = None
        self.backup: DailyBackup | None = None
        self._tray: Tray | None = None
        self._qt_words = QTranslator(self)
        sys.excepthook = self._fault
        self._dress()
        self._speak()
        qt = _qt()
        if isinstance(qt, Program):
            qt.file_asked.connect(self.open_package)
        qt.applicationStateChanged.connect(self._state_changed)
        qt.aboutToQuit.connect(self.close)

    def start(self) -> None:
        """Show what must be shown first."""
        if not exists(self.folder):
            self._show_welcome()
        elif needs_passphrase(self.folder) and self._passphrase is None:
            self._show_unlock()
        else:
            try:
                session = open_session(self.folder, self._passphrase)
            except InUse as refusal:
                self._show_refusal(self._in_use(str(refusal)))
            except Refusal as refusal:
                self._show_refusal(str(refusal))
            else:
                self.show_binder(session)

    def show_binder(self, session: Session) -> None:
        """Open the window on a binder that was opened."""
        self._passphrase = None
        self.desk = Desk(session, self)
        self.desk.day_turned.connect(self._look_back)
        self._show(MainWindow(self.desk))

    def open_package(self, file: str) -> None:
        """Show what is in a package: now, or when the binder is open and on the screen."""
        self._package = Path(file)
        if self._is_complete:
            self._to_front()
            self._open_waiting()

    def set_language(self, code: str) -> None:
        """Speak another language from now on; the window is built anew."""
        self.preferences.language = code
        self._keep_preferences()
        use_language(code)
        self._speak()
        if self.desk is not None and isinstance(self.window, MainWindow):
            slot, uid = self.window.slot, self.window.panel.uid
            fresh = MainWindow(self.desk)
            fresh.open_slot(slot, uid or "")
            self._show(fresh)

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system has it."""
        self.preferences.theme = name
        self._keep_preferences()
        self._dress()

    def _keep_preferences(self) -> None:
        """For the next start; where that cannot be, the wish holds for this one."""
        try:
            self.preferences.save(self.folder)
        except Refusal as refusal:
            self._tell(str(refusal))

    def lock(self) -> None:
        """Close the binder, forget its key, and ask for the passphrase."""
        self._leave_binder()
        self._show_unlock()

    def open_restored(self) -> None:
        """Close the binder and open the backup that was made ready."""
        from dossier_app.services import backing_up
        from dossier_app.ui.work import finish_all

        self._leave_binder()
        finish_all()  # today's backup may be reading the files that give way
        try:
            backing_up.take_place(self.folder)
        except Refusal as refusal:
            self._show_refusal(str(refusal))
        else:
            self.start()

    def _leave_dialogs(self) -> None:
        """What was typed into them becomes a draft."""
        if self.window is not None:
            for dialog in self.window.findChildren(QDialog):
                dialog.reject()

    def _leave_binder(self) -> None:
        self._leave_dialogs()
        self.reminders = self.backup = None  # go with the desk
        if self._tray is not None:
            self._tray.fall_silent()
        if self.desk is not None:
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None

    def close(self) -> None:
        """Leave the data folder in order."""
        self._leave_dialogs()
        self.reminders = self.backup = None
        if self._tray is not None:
            self._tray.hide()
        if self.desk is not None:
            self.desk.close()
            self.desk = None

    def _show_welcome(self) -> None:
        from dossier_app.ui.welcome import WelcomeWindow

        welcome = WelcomeWindow(self.folder)
        welcome.language_chosen.connect(self._welcome_in)
        welcome.opened.connect(self._welcomed)
        self._show(welcome)

    def _welcome_in(self, code: str) -> None:
        self.set_language(code)
        self._show_welcome()

    def _welcomed(self, session: Session, wish: str) -> None:
        self.show_binder(session)
        if wish == "import" and isinstance(self.window, MainWindow):
            self.window.actions_.import_contacts()

    def _show_unlock(self) -> None:
        from dossier_app.ui.welcome import UnlockWindow

        unlock = UnlockWindow(self.folder)
        unlock.opened.connect(self.show_binder)
        self._show(unlock)

    def _completed(self) -> None:
        self._is_complete = True
        gc.freeze()  # what stands stays; looking through it would hold the window up to 100 ms
        self._open_waiting()
        if self.backup is None and self.desk is not None:
            from dossier_app.ui.daily_backup import DailyBackup
            from dossier_app.ui.idle_lock import IdleLock

            self.backup = DailyBackup(self.desk)
            self.backup.not_made.connect(self._tell)
            IdleLock(self.desk).idle.connect(self.lock)

    def _tell(self, sentence: str) -> None:
        if isinstance(self.window, MainWindow):
            self.window.toast.say(sentence)

    def _open_waiting(self) -> None:
        """The package that was asked for, when there is a window to show it."""
        if self._package is not None and isinstance(self.window, MainWindow):
            file, self._package = self._package, None
            self.window.actions_.open_package(file)

    def _in_use(self, sentence: str) -> str:
        """What to do with a package when the program runs already."""
        if self._package is None:
            return sentence
        file = self._package.name
        return tr("The binder is open in another window: drop {file} onto it.", file=file)

    def _show_refusal(self, sentence: str) -> None:
        from dossier_app.ui.welcome import RefusedWindow

        refused = RefusedWindow(sentence, self.folder)
        refused.again.connect(self.start)
        refused.restored.connect(self.open_restored)
        self._show(refused)

    def _show(self, window: QWidget) -> None:
        before = self.window
        if isinstance(window, MainWindow):
            window.language_wanted.connect(self.set_language)
            window.theme_wanted.connect(self.set_theme)
            window.lock_wanted.connect(self.lock)
            window.restored.connect(self.open_restored)
            window.completed.connect(self._remind)
            window.completed.connect(self._look_back)
            window.completed.connect(self._completed)
        if before is not None and isinstance(before, MainWindow) is isinstance(window, MainWindow):
            window.setGeometry(before.geometry())
        else:
            # On a small laptop the foot of the page would lie below the screen.
            room = window.screen().availableSize() - QSize(0, TITLE_BAR)
            window.resize(window.size().boundedTo(room))
        self.window, self._is_complete = window, False
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _remind(self) -> None:
        """Tell in the window, and in the tray, whose time has come."""
        if self.desk is None or not isinstance(self.window, MainWindow):
            return
        if self.reminders is None:
            from dossier_app.ui.reminders import ReminderWatch

            self.reminders = ReminderWatch(self.desk)
        self.window.show_reminders(self.reminders)
        if self._tray is None:
            from dossier_app.ui.tray import Tray

            self._tray = Tray(self)
            self._tray.open_wanted.connect(self._to_front)
        self._tray.listen_to(self.desk, self.reminders)
        self.reminders.look()

    def _to_front(self) -> None:
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def _look_back(self) -> None:
        """After days away: what was left meanwhile, told once."""
        if self.desk is None or not isinstance(self.window, MainWindow):
            return
        from dossier_app.services.catching_up import away_since

        since = away_since(self.desk.today)
        if since is not None and since != self._caught_up:
            self._caught_up = since
            self.window.actions_.catch_up(since)

    def _speak(self) -> None:
        """Qt's own words, those of the menu in every text field above all, follow."""
        _qt().removeTranslator(self._qt_words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt_words.load(f"qtbase_{current_language()}", folder):
            _qt().installTranslator(self._qt_words)

    def _dress(self) -> None:
        dark = {"light": False, "dark": True}.get(self.preferences.theme)
        apply_theme(_qt(), dark)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self.desk is not None:
            self.desk.look_at_clock()
            if self.reminders is not None:
                self.reminders.look()

    def _fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What was refused and told nowhere, a full disk above all, is told; a bug shows a
        report to copy, instead of leaving the rep with nothing."""
        from dossier_app.ui.messages import FaultReport, fault_report, tell

        sentence = _refusal(error)
        if sentence and self.window is not None and self.window.isVisible():
            tell(self.window, tr("That did not work"), sentence)
            return
        report = fault_report(kind, trace)
        print(report, file=sys.stderr)  # noqa: T201
        if self.window is not None and self.window.isVisible():
            FaultReport(self.window, report).open()


def _refusal(error: BaseException) -> str:
    """The sentence of a refusal; "" for a bug."""
    try:
        with plain_words():
            raise error
    except Refusal as refusal:
        return str(refusal)
    except BaseException:  # noqa: BLE001 - told as a bug
        return ""


def _qt() -> QApplication:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    return qt
