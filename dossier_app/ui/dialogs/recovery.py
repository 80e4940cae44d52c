"""The recovery code: shown once, to be written on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dossier_app.domain.language import tr
from dossier_app.services import protection
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.theme import SEMIBOLD
from dossier_app.ui.widgets import Button, Label, Look


class RecoveryDialog(PaperDialog):
    """Makes a code when it is asked for; an earlier one counts no more from then on."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Recovery code"), width=480)
        self._desk = desk
        known = protection.has_recovery(desk.session)
        self.about = Label(
            tr(
                "The code opens the binder when the passphrase is forgotten. It is shown once: "
                "write it on paper and keep that where you keep your passport, not with the "
                "laptop."
            ),
            role="muted",
            wrap=True,
        )
        self.before = Label(
            tr("There is a code already. A new one takes its place."), role="danger", wrap=True
        )
        self.before.setVisible(known)
        self.code = Label("", "title", SEMIBOLD, selectable=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName(tr("Recovery code"))
        self.code.hide()
        for widget in (self.about, self.before, self.code):
            self.body.addWidget(widget)
        self.copy_button = Button(tr("Copy"), Look.SECONDARY, icon="copy")
        self.copy_button.clicked.connect(self._copy)
        self.copy_button.hide()
        self.footer.addWidget(self.copy_button)
        self.add_buttons(tr("Make a new code") if known else tr("Make a code"))

    def submit(self) -> bool:
        """Make and show the code; pressed again, the code is on paper."""
        if not self.code.isHidden():
            return True
        code = self._desk.act(self._make)
        if code is not None:
            first, second = code[: len(code) // 2], code[len(code) // 2 + 1 :]
            self.code.setText(f"{first}\n{second}")
            self.code.show()
            self.copy_button.show()
            self.before.hide()
            self.cancel_button.hide()
            self.primary_button.setText(tr("I have written it down"))
            self.primary_button.updateGeometry()
            self.fit()
        return False

    def _make(self) -> str:
        return protection.make_recovery(self._desk.session)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text().replace("\n", "-"))
