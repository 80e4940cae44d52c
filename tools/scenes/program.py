"""The program itself: settings, keys, protection, and the windows before the binder."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from dossier_app.domain.language import tr
from dossier_app.services import protection
from dossier_app.services.session import Session
from dossier_app.ui.dialogs.protect import ProtectDialog
from dossier_app.ui.dialogs.recovery import RecoveryDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.messages import tell
from dossier_app.ui.welcome import RefusedWindow, UnlockWindow, WelcomeWindow
from scenes.stage import Scene, acting, child, settle

_PHRASE = "корова летит домой"


def scenes() -> Iterator[Scene]:
    yield Scene("settings", acting("settings", client=False))
    yield Scene("keys", acting("help", client=False))
    yield Scene("protect", acting("protect", client=False))
    yield Scene("protect-change", _change)
    yield Scene("recovery", _recovery)
    yield Scene("recovery-code", _recovery_code)
    yield Scene("message", _message)


def windows(session: Session) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Name and maker of the windows that come before the binder."""
    folder = session.folder

    def wrong() -> QWidget:
        protection.set_passphrase(session, _PHRASE)
        session.close()
        window = UnlockWindow(folder)
        window.passphrase.setText("корова")
        window.button.click()
        settle(1500)
        return window

    yield "start-welcome", lambda: WelcomeWindow(folder)
    yield "start-unlock", lambda: UnlockWindow(folder)
    yield "start-refused", lambda: RefusedWindow(_in_use(), folder)
    yield "start-unlock-wrong", wrong


def _in_use() -> str:
    return tr("The binder is open in another window. Close it there first; nothing was changed.")


def _change(window: MainWindow) -> None:
    protection.set_passphrase(window.desk.session, _PHRASE)
    window.actions_.protect()


def _recovery(window: MainWindow) -> None:
    _change(window)
    child(window, ProtectDialog).recovery.click()


def _recovery_code(window: MainWindow) -> None:
    _recovery(window)
    child(window, RecoveryDialog).primary_button.click()


def _message(window: MainWindow) -> None:
    tell(window, tr("That did not work"), _in_use())
