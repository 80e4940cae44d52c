"""Before a client's data is erased for good."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from dossier_app.domain.erasing import Erasure
from dossier_app.domain.language import tr
from dossier_app.services import erasing
from dossier_app.services.dossiers import load_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.widgets import Label, Look


class EraseDialog(PaperDialog):
    """The name must be typed: nothing brings the dossier back."""

    erased = Signal(object)  # Erasure, when a protocol is wanted

    def __init__(self, window: QWidget, desk: Desk, uid: str) -> None:
        super().__init__(window, tr("Erase a client's data"), width=520)
        self._desk, self._uid = desk, uid
        dossier = load_dossier(uid)
        name = dossier.name or dossier.company or uid
        self.text = Label(
            tr(
                "All that is kept about {name} is removed: people, history, forms, promises, "
                "documents. It cannot be undone. Backups keep it for up to a year.",
                name=name,
            ),
            wrap=True,
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText(name)
        self.protocol = QCheckBox(tr("Save a protocol for the client"))
        self.protocol.setChecked(True)
        self.body.addWidget(self.text)
        self.body.addLayout(labelled(tr("Type the name to confirm"), self.name))
        self.body.addWidget(self.protocol)
        self.add_buttons(tr("Erase for good")).set_look(Look.DANGER)
        desk.refused.connect(self.show_problem)
        self.name.setFocus()

    def submit(self) -> bool:
        self.show_problem("")
        folder = self._desk.session.folder
        call = partial(erasing.erase, self._uid, self.name.text(), folder)
        done = self._desk.act(call, initiator=self)
        if done is None:
            return False
        told: Erasure = done[1]
        if self.protocol.isChecked():
            self.erased.emit(told)
        return True
