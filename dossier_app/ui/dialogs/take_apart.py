"""Before a merge is taken apart: what happens then."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.words import day_words
from dossier_app.services.merging import last_merge, take_apart
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.widgets import Label


class TakeApartDialog(PaperDialog):
    """Says which dossier comes back and where later changes go, and does it."""

    def __init__(self, window: QWidget, desk: Desk, uid: str) -> None:
        super().__init__(window, tr("Take apart"), width=520)
        self._desk, self._uid = desk, uid
        last = last_merge(uid)
        self._name = last.name if last else ""
        day = day_words(last.on, desk.today) if last else ""
        self.text = Label(
            tr(
                "{name}, merged into this dossier on {day}, is a dossier of its own again and "
                "lies where it lay. What was changed since then stays with the dossier that it "
                "came from; new contacts and documents stay here, unless they belong to one of "
                "the other's people.",
                name=self._name,
                day=day,
            ),
            wrap=True,
        )
        self.body.addWidget(self.text)
        self.add_buttons(tr("Take apart"))
        desk.refused.connect(self.show_problem)

    def submit(self) -> bool:
        said = tr("{name} is a dossier of its own again.", name=self._name)
        call = partial(take_apart, self._uid)
        return self._desk.act(call, initiator=self, said=said) is not None
