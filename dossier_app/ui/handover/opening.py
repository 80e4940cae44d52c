"""Opening a package: from a file that was dropped, chosen or double-clicked to the dialog
that shows what is in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.exchange.package import Package
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package.sealing import Identity
from dossier_app.services.handover import keys, packages
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.handover.accept import AcceptDialog, DatesDialog
from dossier_app.ui.handover.review import ReviewDialog
from dossier_app.ui.messages import tell
from dossier_app.ui.widgets import Label
from dossier_app.ui.work import SHOWN_AFTER, Progress, Work, WorkBar

if TYPE_CHECKING:
    from dossier_app.ui.main_window import MainWindow

WIDTH = 520


def open_package_file(window: MainWindow, above: QWidget, path: Path) -> None:
    """Read a package and show what is in it, ``above`` the window or a dialog of it: to
    accept dossiers, to look through what a colleague did, or to take other dates. A file that
    is none is told. What was taken over is shown in the window."""
    dialog = OpeningDialog(above, path, keys.known_identity())
    dialog.opened.connect(partial(_show, window, above))
    dialog.begin()


def _show(window: MainWindow, above: QWidget, package: Package) -> None:
    """The dialog for a package that was opened; a sentence for one that is not for here."""
    try:
        dialog = _dialog_for(above, window.desk, package)
    except Refusal as refusal:
        _tell_not_opened(above, str(refusal))
        return
    if isinstance(dialog, AcceptDialog):
        dialog.dossier_wanted.connect(window.open_dossier)
    elif isinstance(dialog, ReviewDialog):
        dialog.accepted.connect(window.tabs.flip_to_today)
    dialog.open()


def _dialog_for(window: QWidget, desk: Desk, package: Package) -> PaperDialog:
    kinds = {layout.UPDATE: ReviewDialog, layout.DATES: DatesDialog}
    return kinds.get(package.manifest.kind, AcceptDialog)(window, desk, package)


def _tell_not_opened(window: QWidget, sentence: str) -> None:
    tell(window, tr("The package was not opened"), sentence)


class OpeningDialog(PaperDialog):
    """Reads a package in another thread.

    It shows itself when the passphrase is needed, or when reading takes longer than a
    moment; a wrong passphrase is told beside the field and can be typed again.
    """

    opened = Signal(object)  # Package

    def __init__(self, window: QWidget, path: Path, identity: Identity | None) -> None:
        super().__init__(window, tr("Open a package"), width=WIDTH)
        self._path, self._identity = path, identity
        self.hint = Label("", role="muted", wrap=True)
        self.passphrase = QLineEdit()
        self.passphrase.setAccessibleName(tr("Passphrase"))
        self.passphrase.returnPressed.connect(self.press_primary)
        self._field = QWidget()
        column = labelled(tr("Passphrase"), self.passphrase)
        column.setContentsMargins(0, 0, 0, 0)
        self._field.setLayout(column)
        self.reading = Work(self)
        self.bar = WorkBar(self.reading)
        self.bar.say(tr("Reading {file}…", file=path.name))
        self.body.addWidget(self.hint)
        self.body.addWidget(self._field)
        self.footer.addWidget(self.bar, 100)
        self.add_buttons(tr("Open"))
        self._field.hide()
        self.hint.hide()
        self.primary_button.hide()
        self.reading.done.connect(self._read)
        self.reading.refused.connect(self._refused)
        self.reading.failed.connect(self.reject)
        self.reading.busy.connect(self._busy)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self.open)

    def begin(self) -> None:
        """Read the file; called once instead of `open`."""
        self._waiting.start(SHOWN_AFTER)
        self.reading.start(partial(_open, self._path, self._identity, None))

    def submit(self) -> bool:
        """Try the passphrase."""
        typed = self.passphrase.text()
        if not typed.strip():
            self.show_problem(tr("The passphrase is missing."))
            return False
        self.show_problem("")
        self.reading.start(partial(_open, self._path, self._identity, typed))
        return False

    @property
    def asks(self) -> bool:
        """Whether the passphrase is asked for."""
        return not self._field.isHidden()

    def _read(self, package: Package | None) -> None:
        self._waiting.stop()
        if package is None:
            self._ask()
        else:
            self.accept()
            self.opened.emit(package)

    def _ask(self) -> None:
        self.hint.setText(
            tr("{file} is protected by a passphrase. Your colleague tells it to you, best on "
               "the phone.", file=self._path.name)
        )  # fmt: skip
        for widget in (self.hint, self._field, self.primary_button):
            widget.show()
        if self.isVisible():
            self.fit()
        else:
            self.open()
        self.passphrase.setFocus()

    def _refused(self, sentence: str) -> None:
        self._waiting.stop()
        if self.asks:
            self.show_problem(sentence)
            self.fit()
            self.passphrase.setFocus()
            self.passphrase.selectAll()
        else:
            self.reject()
            _tell_not_opened(self._window, sentence)

    def _busy(self, begins: bool) -> None:
        self.passphrase.setEnabled(not begins)
        self.primary_button.setEnabled(not begins)


def _open(path: Path, identity: Identity | None, passphrase: str | None, progress: Progress) -> Any:
    """In the background: the package, or None when its passphrase has to be asked for."""
    if passphrase is None and packages.needs_passphrase(path):
        return None
    return packages.open_package(path, identity, passphrase or "", progress.step)
