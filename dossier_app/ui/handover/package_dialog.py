"""The dialog of a package that has come: who sent it, its contents below, and one button."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.datewords import clock, short_day
from dossier_app.domain.language import tr
from dossier_app.exchange.package import Manifest, Package
from dossier_app.exchange.package.sealing import fingerprint
from dossier_app.services.handover.keys import Trust
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.labelled import Closing
from dossier_app.ui.dossier.document_traffic import DocumentTraffic
from dossier_app.ui.handover import words
from dossier_app.ui.theme import SEMIBOLD, font, scale
from dossier_app.ui.widgets import Avatar, Card, ElidedLabel, Label, caps_label
from dossier_app.ui.work import Slices, WorkBar


class PackageDialog(PaperDialog):
    """Shows a package that was opened; nothing is done before the filled button.

    Subclasses fill ``body`` below the sender, and say how the contents of documents are
    stored (`steps`) and what is done then (`take`).
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        package: Package,
        trust: Trust,
        title: str,
        size: tuple[int, int],
    ) -> None:
        super().__init__(window, title, width=size[0])
        self.setFixedHeight(min(size[1], self.ground.height() - MARGIN))
        self._desk, self._package = desk, package
        self._is_storing = False
        self.from_whom = SenderCard(package.manifest, trust, desk)
        self.body.addWidget(self.from_whom)
        self.storing = Slices(self)
        self.storing.done.connect(self._stored)
        self.storing.refused.connect(self._not_stored)
        self.storing.failed.connect(self.reject)
        desk.closing.connect(self.storing.cancel)
        self.closing = Closing()
        self.bar = WorkBar(self.storing)
        self.bar.say(tr("Storing the documents…"))

    def add_buttons(self, primary: str, *, cancel: str | None = None) -> Any:
        """As every dialog; the closing sentence and the progress stand before them."""
        said = QGridLayout()
        said.addWidget(self.closing, 0, 0)
        said.addWidget(self.bar, 0, 0)
        self.footer.addLayout(said, 100)
        return super().add_buttons(primary, cancel=cancel)

    def steps(self, *, new_key: bool) -> Generator[int, None, object]:
        """Store the contents of the documents, a piece at a time."""
        raise NotImplementedError

    def take(self, *, new_key: bool) -> object:
        """The one action, when the contents are there; a call of a service."""
        raise NotImplementedError

    def said(self) -> str:
        """What the toast says after it."""
        raise NotImplementedError

    def submit(self) -> bool:
        """Store, then do the action, then close."""
        if not self.from_whom.is_trusted:
            self.show_problem(tr("Compare the fingerprint first, and tick that it is the same."))
            self.from_whom.compared.setFocus()
            return False
        self.show_problem("")
        self._is_storing = True
        self._let_press(on=False)
        steps = self.steps(new_key=self.from_whom.new_key)
        self.storing.start(steps, self._package.bytes_of_documents)
        return False

    def done(self, result: int) -> None:
        """Whatever was stored for nothing goes again."""
        if self._is_storing and result != self.DialogCode.Accepted:
            self.storing.cancel()
            DocumentTraffic.of(self._desk).clear_up()
        super().done(result)

    def _stored(self, _: object) -> None:
        self._is_storing = False
        call = partial(self.take, new_key=self.from_whom.new_key)
        if self._desk.act(call, initiator=self, said=self.said()) is None:
            self._let_press(on=True)  # refused, and said so
        else:
            self.accept()

    def _not_stored(self, sentence: str) -> None:
        self._is_storing = False
        self.show_problem(sentence)
        self._let_press(on=True)

    def _let_press(self, *, on: bool) -> None:
        self.primary_button.setEnabled(on)
        self.closing.setVisible(on)


class SenderCard(Card):
    """Who sent it, for which days, and the fingerprint of the key to be compared on the
    phone. A key that changed needs a tick."""

    def __init__(self, manifest: Manifest, trust: Trust, desk: Desk) -> None:
        changed = trust is Trust.CHANGED
        super().__init__("warn_soft" if changed else "tab", outline=not changed)
        sender, today = manifest.sender, desk.today
        self._changed = changed
        self.fingerprint = Label(
            fingerprint(sender.signing_key, sender.age_key), weight=SEMIBOLD, selectable=True
        )
        self.fingerprint.setFont(font("body", SEMIBOLD, tabular=True))
        self.known = Label(_trust_words(trust, sender.name), "small", role="muted", wrap=True)
        self.compared = QCheckBox(tr("Compared on the phone: it is the same"))
        days = words.days_words(manifest.first_day, manifest.last_day, today)
        made = manifest.made_at
        who = QVBoxLayout()
        who.setSpacing(2)
        who.addWidget(ElidedLabel(sender.name, "title", SEMIBOLD))
        parts = [days]
        if manifest.owner:
            parts.insert(0, tr("dossiers of {owner}", owner=manifest.owner))
        parts.append(
            tr("made on {day}, {time}", day=short_day(made.date(), today), time=clock(made.time()))
        )
        who.addWidget(ElidedLabel(words.joined(*parts), role="muted"))
        key = QVBoxLayout()
        key.setSpacing(2)
        key.addWidget(caps_label(tr("Fingerprint")))
        key.addWidget(self.fingerprint)
        row = QHBoxLayout()
        row.setSpacing(3 * scale().grid)
        row.addWidget(Avatar(sender.name, 40))
        row.addLayout(who, 1)
        row.addLayout(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(2 * scale().grid)
        column.addLayout(row)
        column.addWidget(self.known)
        column.addWidget(self.compared)
        self.known.set_role("warn_ink" if changed else "muted")
        self.compared.setVisible(changed)

    @property
    def is_trusted(self) -> bool:
        """False while a changed key was not compared."""
        return self.compared.isChecked() or not self._changed

    @property
    def new_key(self) -> bool:
        """True when the rep compared a key that changed."""
        return self._changed and self.compared.isChecked()


def _trust_words(trust: Trust, name: str) -> str:
    if trust is Trust.CHANGED:
        return tr(
            "{name} had another key before. A new computer makes a new key; so does somebody "
            "else who uses the name. Ask on the phone which fingerprint {name} sees.",
            name=name,
        )
    if trust is Trust.NEW:
        return tr(
            "The first package from {name}. To be sure, compare the fingerprint on the phone; "
            "it is remembered.",
            name=name,
        )
    return tr("The key is known.")
