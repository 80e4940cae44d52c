"""The first tab: all that must be seen in the two minutes before a call."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import HistoryEntry
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.duties import Duties
from dossier_app.ui.dossier.page import Page, side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.dossier.rows import IconLine, PointRow
from dossier_app.ui.theme import SEMIBOLD
from dossier_app.ui.widgets import Chip, Label, Tone, caps_label

_MOST_CONTACTS = 3
_MOST_TOPIC_LINES = 7


class OverviewTab(Page):
    """Promises, slips, what to say and what not, last contacts, occasions, questions, phones."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duties = Duties(desk)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        self.column.removeWidget(self.duties)
        self.clear()
        self.duties.show_view(view)
        self.column.addWidget(self.duties)
        self._topics(view)
        self._contacts(view)
        self._occasions(view)
        self._questions(view)
        self._points(view)
        self.column.addStretch(1)

    def commit(self) -> bool:
        """Store the promise that is typed; false when it is not understood."""
        return self.duties.commit()

    def _topics(self, view: DossierView) -> None:
        talk, avoid = view.overview.talk, view.overview.avoid
        if not talk and not avoid:
            if view.overview.person is not None:
                self.heading(tr("Talk about"))
                self._hint(tr("Favourite topics from the card stand here before a call."))
            return
        if self.column.count():
            self.column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(16)
        for heading, topics, private in (
            (tr("Talk about"), talk, False),
            (tr("Avoid"), avoid, True),
        ):
            if topics:
                row.addLayout(_topic_column(heading, topics, private=private), 1)
        self.column.addLayout(row)

    def _contacts(self, view: DossierView) -> None:
        self.heading(tr("Last contacts"))
        contacts = view.overview.contacts[:_MOST_CONTACTS]
        if not contacts:
            self._hint(tr("None yet. What is said in the first one is written with Ctrl+L."))
        for number, entry in enumerate(contacts):
            if number:
                self.column.addSpacing(4)
            self._contact(entry, view)

    def _contact(self, entry: HistoryEntry, view: DossierView) -> None:
        day = Label(short_day(entry.at.date(), view.today), weight=SEMIBOLD)
        how = Label(words.contact_line(entry))
        self.column.addLayout(side_by_side(day, how, gap=4))
        for text in (entry.text, entry.agreed):
            if text:
                self.column.addWidget(Prose(text, role="muted", most=4))

    def _occasions(self, view: DossierView) -> None:
        if not view.overview.occasions:
            return
        self.heading(tr("Occasions"))
        for occasion in view.overview.occasions:
            day = words.near_day(occasion.on, view.today)
            said = tr("{day} · {who}: {what}", day=day, who=occasion.who, what=occasion.text)
            self.column.addWidget(IconLine("gift", said, "warn_ink"))

    def _questions(self, view: DossierView) -> None:
        if view.overview.questions and view.overview.person is not None:
            self.heading(tr("Ask when it fits"))
            self.column.addWidget(Prose(" · ".join(view.overview.questions), role="muted"))

    def _points(self, view: DossierView) -> None:
        points = view.reached_by()
        self.heading(tr("Phones and mail"))
        if not points:
            self._hint(tr("No phone or e-mail is known. They are added on the sheet."))
        for point, owner in points:
            name = owner.short_name if owner and owner is not view.overview.person else ""
            self.column.addWidget(PointRow(point, name))

    def _hint(self, text: str) -> None:
        self.column.addWidget(Prose(text, role="muted"))


def _topic_column(heading: str, topics: list[str], *, private: bool) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    title = caps_label(heading)
    if private:
        column.addLayout(side_by_side(title, Chip(tr("private"), Tone.PRIVATE), gap=6))
    else:
        column.addWidget(title)
    column.addWidget(Prose("\n".join(topics), most=_MOST_TOPIC_LINES))
    column.addStretch(1)
    return column
