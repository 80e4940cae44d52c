"""Choosing a passphrase, changing it, or taking it away."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services import protection
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.dialogs.recovery import RecoveryDialog
from dossier_app.ui.widgets import Button, Label, Look


class ProtectDialog(PaperDialog):
    """The passphrase is asked for twice; without one anybody with the files can read."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self._open_now = protection.is_unprotected(desk.session)
        title = tr("Protect the binder") if self._open_now else tr("Change the passphrase")
        super().__init__(window, title, width=480)
        self._desk = desk
        self.body.addWidget(
            Label(
                tr("The passphrase is asked for when the program starts. Four or five words "
                   "that you remember are better than one that is hard to type. Nobody can "
                   "tell you a forgotten one: make a recovery code then, and keep it on paper."),
                role="muted", wrap=True,
            )
        )  # fmt: skip
        self.passphrase = self._field(tr("New passphrase"))
        self.again = self._field(tr("The same once more"))
        self.again.returnPressed.connect(self.press_primary)
        if not self._open_now:
            remove = Button(tr("Remove the passphrase"), Look.QUIET)
            remove.clicked.connect(self._remove)
            self.recovery = Button(tr("Recovery code…"), Look.QUIET)
            self.recovery.clicked.connect(self._show_recovery)
            others = QHBoxLayout()
            for button in (self.recovery, remove):
                others.addWidget(button)
            others.addStretch(1)
            self.body.addLayout(others)
        self.add_buttons(tr("Protect"))
        self.passphrase.setFocus()

    def submit(self) -> bool:
        passphrase = self.passphrase.text()
        if passphrase != self.again.text():
            self.show_problem(tr("The two passphrases differ."))
            self.again.setFocus()
            return False
        try:
            protection.set_passphrase(self._desk.session, passphrase)
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return False
        return True

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        self.body.addLayout(labelled(name, field))
        return field

    def _show_recovery(self) -> None:
        RecoveryDialog(self, self._desk).open()

    def _remove(self) -> None:
        protection.remove_passphrase(self._desk.session)
        self.accept()
