"""A new client: what is known of him, and a look whether he is there already."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.phones import format_phone
from dossier_app.domain.place import TRAY
from dossier_app.domain.records import Dossier
from dossier_app.domain.when import When
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.dossiers import NewDossier, create_dossier
from dossier_app.services.duplicates import Duplicate, find_duplicates
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs import words
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.drafts import drafts_of
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.log_parts import StepFields
from dossier_app.ui.dialogs.look_alikes import LookAlikes
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import scale

WIDTH = 740
LOOK_AFTER_MS = 150  # typing goes on meanwhile


class NewDossierDialog(PaperDialog):
    """Makes a dossier; shows who looks like the same client while he is being typed."""

    created = Signal(str)  # uid of the new dossier
    open_dossier = Signal(str)  # uid of one that is there already

    def __init__(self, window: QWidget, desk: Desk, *, name: str = "") -> None:
        super().__init__(window, tr("New dossier"), width=WIDTH)
        self._desk = desk
        self._found: list[Duplicate] = []
        self._asked_about: set[str] = set()
        self.name, self.company, self.position = QLineEdit(), QLineEdit(), QLineEdit()
        self.phone, self.email, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.step = StepFields(None)
        self.when = WhenField(desk, tr("When"))
        self.when.suggest(None, tr("no date: In tray"))
        self.candidates = LookAlikes()
        self.closing = Closing()
        self._lay_out()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_AFTER_MS)
        self._look.timeout.connect(self._look_for_the_same)
        self._connect()
        if name:
            self.name.setText(name)
        else:
            self._restore()
        self._follow()
        self.name.setFocus()

    def _lay_out(self) -> None:
        self.name.setPlaceholderText(tr("surname, name, patronymic, or the company"))
        for left, right in (
            ((tr("Name"), self.name), (tr("Company"), self.company)),
            ((tr("Position"), self.position), (tr("Where the contact came from"), self.source)),
            ((tr("Phone"), self.phone), (tr("E-mail"), self.email)),
        ):
            self._add_row(labelled(*left), labelled(*right))
        self.body.addWidget(self.candidates)
        self._add_row(
            labelled(tr("Next step"), self.step, buddy=self.step.text),
            labelled(tr("When"), self.when, buddy=self.when.edit),
        )
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Add"))
        tab_through(*self._lines, *self.step.fields)

    def _add_row(self, left: QVBoxLayout, right: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(3 * scale().grid)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row)

    def _connect(self) -> None:
        for field in (self.name, self.company, self.position, self.phone, self.email):
            field.textChanged.connect(self._typed)
        self.phone.editingFinished.connect(self._prettify_phone)
        self.when.understood.connect(self._follow)
        self.step.edited.connect(self._follow)
        self.candidates.chosen.connect(self._open_instead)
        self._desk.refused.connect(self.show_problem)

    def _typed(self, _text: str) -> None:
        self._look.start()
        self._follow()

    def _prettify_phone(self) -> None:
        pretty = format_phone(self.phone.text())
        if pretty != self.phone.text():
            self.phone.setText(pretty)

    def _new(self) -> NewDossier:
        return NewDossier(
            name=self.name.text(),
            company=self.company.text(),
            phones=[self.phone.text()],
            emails=[self.email.text()],
            position=self.position.text(),
            source=self.source.text(),
            next=self.when.chosen,
            step=self.step.step(),
        )

    def _record(self) -> Dossier | None:
        """The dossier as typed; None while there is nothing to call it by."""
        try:
            return self._new().record()
        except Refusal:
            return None

    def _look_for_the_same(self) -> None:
        self._look.stop()
        record = self._record()
        self._found = find_duplicates(record) if record is not None else []
        self.candidates.show_candidates(self._found)
        self._follow()
        if self.isVisible():
            self.fit()

    def _open_instead(self, uid: str) -> None:
        self._clear()
        self.open_dossier.emit(uid)
        self.reject()

    @property
    def _lines(self) -> list[QLineEdit]:
        return [
            self.name, self.company, self.position, self.source, self.phone, self.email,
            self.step.text, self.when.edit,
        ]  # fmt: skip

    def _clear(self) -> None:
        for line in self._lines:
            line.clear()

    def _restore(self) -> None:
        """Put back what was typed before Esc."""
        for line, text in zip(self._lines, drafts_of(self._desk).new, strict=False):
            line.setText(text)
            line.setModified(bool(text))

    def done(self, result: int) -> None:
        texts = [line.text() for line in self._lines]
        given_up = result != self.DialogCode.Accepted and any(map(str.strip, texts))
        drafts_of(self._desk).new = texts if given_up else []
        super().done(result)

    def _follow(self, *_: object) -> None:
        self.step.follow_date(self.when)
        self.show_problem("")
        self._name_primary()
        self.closing.say(self._what_save_does(), obstacle=self._obstacle())

    @property
    def _is_asked(self) -> bool:
        """Whether the rep has been asked about all who look like the same client."""
        return {item.uid for item in self._found} <= self._asked_about

    def _name_primary(self) -> None:
        again = bool(self._found) and self._is_asked
        self.primary_button.setText(tr("Add anyway") if again else tr("Add"))
        self.primary_button.updateGeometry()

    def _obstacle(self) -> str:
        if self.when.problem:
            return tr("The date is not understood yet.")
        if self.step.typed and (self.when.chosen is None or self.when.chosen.place == TRAY):
            return tr("The next step needs a date; Alt+1 is tomorrow.")
        return ""

    def _what_save_does(self) -> str:
        record = self._record()
        if record is None:
            return tr("A name, a company, a phone or an e-mail is enough.")
        if self._found and self._is_asked:
            return ntr(
                "It may be the same client. Add a second dossier anyway?",
                "{n} dossiers may be the same client. Add one more anyway?",
                len(self._found),
            )
        when = self.when.chosen or When(TRAY)
        where = words.goes_where(TRAY, when, self._desk.today)
        if not record.people and record.company:
            return tr("A company. {where}", where=where)
        return where

    def submit(self) -> bool:
        self.when.tell_problem()
        self._prettify_phone()
        if self._obstacle():
            self.when.edit.setFocus()
            return False
        self._look_for_the_same()
        if self._found and not self._is_asked:
            self._asked_about |= {item.uid for item in self._found}
            self._follow()
            return False
        try:
            record = self._new().record()
        except Refusal as refusal:
            self.show_problem(str(refusal))
            self.name.setFocus()
            return False
        day = words.destination(When(record.place), self._desk.today)
        said = tr("{name} → {day}", name=quoted(record.name), day=day)
        action = partial(create_dossier, record)
        if self._desk.act(action, initiator=self, said=said) is None:
            return False
        self.created.emit(record.uid)
        return True
