"""The tab of the relationship card: one person's 31 fields."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.domain.language import tr
from dossier_app.services.overviews import DossierView, filled
from dossier_app.services.templates import card
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.form_view import FormView
from dossier_app.ui.dossier.inputs import Choice
from dossier_app.ui.dossier.page import Page
from dossier_app.ui.dossier.people import NewPerson
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.theme import font, tokens
from dossier_app.ui.widgets import paint


class CardTab(Page):
    """The card of the person chosen; of the main contact when another dossier comes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template = card()
        self._view: DossierView | None = None
        self._person_uid = ""
        self.people = Choice([])
        self.people.setAccessibleName(tr("Whose card"))
        self.people.activated.connect(self._chosen)
        self._bar = Completeness()
        self._nobody = Prose(tr("A card is about a person. Who do you talk to here?"), role="muted")
        self.new_person = NewPerson(desk)
        self.form = FormView(desk, self._template)
        for part in (self.people, self._bar, self._nobody, self.new_person):
            self.column.addWidget(part)
        self.column.addSpacing(8)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        if self._view is None or self._view.dossier.uid != view.dossier.uid:
            self._person_uid = ""
        self._view = view
        dossier = view.dossier
        person = view.person(self._person_uid) or view.overview.person
        self._person_uid = person.uid if person else ""
        self.people.clear()
        for one in dossier.people:
            self.people.addItem(one.full_name or tr("No name yet"), one.uid)
        self.people.choose(self._person_uid)
        self.people.setVisible(len(dossier.people) > 1)
        self.new_person.show_dossier(dossier.uid)
        for part, shown in (
            (self._nobody, person is None),
            (self.new_person, person is None),
            (self._bar, person is not None),
            (self.form, person is not None),
        ):
            part.setVisible(shown)
        if person is not None:
            self._bar.show_share(*filled(self._template, dossier, person))
            self.form.show_form(dossier, person)

    def commit(self) -> bool:
        return self.form.commit()

    def open_field(self, key: str) -> None:
        """Open a field of the main contact to be filled."""
        if self._view is not None and self._view.overview.person is not None:
            self._person_uid = self._view.overview.person.uid
            self.show_view(self._view)
            self.settle()
            self.form.rows[key].arrive(open_it=True)

    def _chosen(self) -> None:
        self._person_uid = self.people.currentData()
        if self._view is not None:
            self.show_view(self._view)


class Completeness(QWidget):
    """How much of the card is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known, self._total = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, known: int, total: int) -> None:
        self._known, self._total = known, total
        self.setAccessibleName(self._words())
        self.update()

    def _words(self) -> str:
        return tr("{known} of {total} known", known=self._known, total=self._total)

    def sizeHint(self) -> QSize:
        return QSize(200, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = paint.text_width(self._words(), font("small"))
        track = QRect(0, self.height() // 2 - 2, self.width() - words - 12, 5)
        paint.rounded(painter, track, 2.5, t.line)
        if self._known:
            width = max(5, round(track.width() * self._known / self._total))
            paint.rounded(painter, QRect(track.topLeft(), QSize(width, 5)), 2.5, t.accent)
        paint.write(painter, self.rect(), self._words(), font("small"), t.muted, paint.RIGHT)
