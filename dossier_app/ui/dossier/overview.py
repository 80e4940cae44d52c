"""The first tab: all that must be seen in the two minutes before a call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.records import Role
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.duties import Duties
from dossier_app.ui.dossier.overview_lines import ContactLine, OccasionLine, PersonLine
from dossier_app.ui.dossier.page import Page, side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.dossier.rows import MoreRow, PointRow, QuestionRow
from dossier_app.ui.widgets import Chip, Tone, caps_label


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is said of each."""

    duty: int  # lines of a promise or slip
    gap: int  # px between them
    topics: int  # lines
    contacts: int
    said: int  # lines of what was said, below the head of a contact; 0: beside it
    questions: int
    listed: bool  # each topic on a line of its own
    paired: bool  # the main contact's numbers two by two
    everybody: bool  # all numbers; else the first of each, and who has a part in decisions
    folded: bool = False  # the main contact's numbers alone, and how many more there are


# The first is taken with which all is seen without scrolling.
_ROOMS = (
    _Room(3, 4, 8, 5, 6, 3, listed=True, paired=False, everybody=True),
    _Room(2, 4, 6, 3, 3, 3, listed=True, paired=False, everybody=True),
    _Room(2, 0, 4, 3, 2, 3, listed=False, paired=True, everybody=True),
    _Room(2, 0, 4, 3, 1, 3, listed=False, paired=True, everybody=False),
    _Room(1, 0, 3, 3, 1, 2, listed=False, paired=True, everybody=False),
    _Room(1, 0, 3, 3, 0, 3, listed=False, paired=True, everybody=False),
    _Room(1, 0, 3, 3, 0, 2, listed=False, paired=True, everybody=False),
    _Room(1, 0, 3, 3, 0, 1, listed=False, paired=True, everybody=False),
    _Room(1, 0, 2, 3, 0, 1, listed=False, paired=True, everybody=False),
    _Room(1, 0, 2, 2, 0, 1, listed=False, paired=True, everybody=False),
    _Room(1, 0, 2, 2, 0, 1, listed=False, paired=True, everybody=False, folded=True),
)
_SCROLLED = _ROOMS[-2]  # where none is enough: then nothing is left out for the sake of it


class OverviewTab(Page):
    """Promises and slips, occasions, what to say and what not, last contacts, questions,
    phones; in as many words as the page has room for."""

    answer_wanted = Signal(str)  # key of the card's field that a question is about
    everybody_wanted = Signal()  # all people and numbers are to be seen

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duties = Duties(desk)
        self.contacts: list[ContactLine] = []
        self._topics: list[tuple[Prose, list[str]]] = []
        self.questions: list[QuestionRow] = []
        self._pairs: list[QBoxLayout] = []  # what the main contact is reached by
        self._others: list[QWidget] = []  # lines of all but the main contact
        self._further: list[QWidget] = []  # those of them that give way first
        self.more: MoreRow | None = None  # stands for them all where there is no room
        self._fitting = False
        margins = self.column.contentsMargins()
        margins.setTop(12)
        margins.setBottom(8)
        self.column.setContentsMargins(margins)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        self.column.removeWidget(self.duties)
        self.clear()
        self._topics, self._pairs, self._others, self._further = [], [], [], []
        self.more = None
        self.duties.show_view(view)
        self.column.addWidget(self.duties)
        self._show_occasions(view)
        self._show_topics(view)
        self._show_contacts(view)
        self._show_questions(view)
        self._show_points(view)
        self.column.addStretch(1)
        self._fit()

    def commit(self) -> bool:
        """Store the promise that is typed; false when it is not understood."""
        return self.duties.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()  # first: else a scroll bar comes and goes, and all is laid out anew
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    # --- the sections

    def _show_occasions(self, view: DossierView) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for occasion in view.overview.occasions:
            column.addWidget(OccasionLine(occasion, view.today))
        self.column.addLayout(column)

    def _show_topics(self, view: DossierView) -> None:
        talk, avoid = view.overview.talk, view.overview.avoid
        if not talk and not avoid:
            if view.overview.person is not None:
                self.heading(tr("Talk about"))
                self._hint(tr("Favourite topics from the card stand here before a call."))
            return
        self.column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(16)
        for heading, topics, private in (
            (tr("Talk about"), talk, False),
            (tr("Avoid"), avoid, True),
        ):
            if topics:
                column = self._topic_column(heading, topics, private=private)
                row.addLayout(column, 1)
        self.column.addLayout(row)

    def _topic_column(self, heading: str, topics: list[str], *, private: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        title = side_by_side(caps_label(heading), gap=6)
        chip = Chip(tr("private"), Tone.PRIVATE)
        title.addStrut(chip.sizeHint().height())  # both headings stand on one line
        if private:
            title.insertWidget(1, chip)
        text = Prose()
        self._topics.append((text, topics))
        column.addLayout(title)
        column.addWidget(text)
        column.addStretch(1)
        return column

    def _show_contacts(self, view: DossierView) -> None:
        self.heading(tr("Last contacts"))
        self.contacts = [ContactLine(entry, view.today) for entry in view.overview.contacts]
        if not self.contacts:
            self._hint(tr("None yet. What is said in the first one is written with Ctrl+L."))
        for line in self.contacts:
            self.column.addWidget(line)

    def _show_questions(self, view: DossierView) -> None:
        self.questions = []
        if not view.overview.asked or view.overview.person is None:
            return
        self.heading(tr("Ask when it fits"))
        column = QVBoxLayout()
        column.setSpacing(0)
        for field in view.overview.asked:
            row = QuestionRow(str(field.ask))
            row.clicked.connect(partial(self.answer_wanted.emit, field.key))
            column.addWidget(row)
            self.questions.append(row)
        self.column.addLayout(column)

    def _show_points(self, view: DossierView) -> None:
        points, others = view.reached_by(), view.overview.others
        self.heading(tr("People, phones and mail") if others else tr("Phones and mail"))
        if not points:
            self._hint(tr("No phone or e-mail is known. They are added on the sheet."))
        column, owners = QVBoxLayout(), set[str]()
        column.setSpacing(0)
        for point, owner in points:
            if owner is view.overview.person:
                self._pair(column).addWidget(PointRow(point, ""))
                continue
            key = owner.uid if owner else ""
            row = PointRow(point, words.person_line(owner) if owner else "")
            self._add_other(column, row, gives_way=key in owners)
            owners.add(key)
        for person in others:
            if person.uid not in owners:
                unknown = person.role is Role.UNKNOWN
                self._add_other(column, PersonLine(person), gives_way=unknown)
        if len(self._others) > 1:
            self.more = MoreRow(len(self._others))
            self.more.clicked.connect(self.everybody_wanted)
            self._pair(column).addWidget(self.more)
        self.column.addLayout(column)

    def _pair(self, column: QVBoxLayout) -> QBoxLayout:
        """Where the next of two by two stands."""
        if not self._pairs or self._pairs[-1].count() == 2:
            self._pairs.append(QBoxLayout(QBoxLayout.Direction.TopToBottom))
            self._pairs[-1].setSpacing(0)
            column.addLayout(self._pairs[-1])
        return self._pairs[-1]

    def _add_other(self, column: QVBoxLayout, line: QWidget, *, gives_way: bool) -> None:
        column.addWidget(line)
        self._others.append(line)
        if gives_way:
            self._further.append(line)

    def _hint(self, text: str) -> None:
        self.column.addWidget(Prose(text, role="muted"))

    # --- the room for them

    def _fit(self) -> None:
        """Say as much as there is room for."""
        body = self.widget()
        if self._fitting or body is None or not self.isVisible():
            return
        self._fitting = True
        for part in body.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                part.show()  # Qt shows a new child later, and counts it then only
        width, height = self.viewport().width(), self.viewport().height()
        for room in _ROOMS:
            self._give(room)
            for layout in (self.duties.column, self.column):
                layout.activate()
            if self.column.heightForWidth(width) <= height:
                break
        else:
            self._give(_SCROLLED)
        self._fitting = False

    def _give(self, room: _Room) -> None:
        self.duties.give_room(room.duty, room.gap)
        for text, topics in self._topics:
            text.setText(("\n" if room.listed else " · ").join(topics))
            text.set_most(room.topics)
        for number, line in enumerate(self.contacts):
            line.set_most(room.said)
            line.setVisible(number < room.contacts)
        for number, asked in enumerate(self.questions):
            asked.setVisible(number < room.questions)
        for pair in self._pairs:
            pair.setDirection(
                QBoxLayout.Direction.LeftToRight
                if room.paired
                else QBoxLayout.Direction.TopToBottom
            )
        for row in self._others:
            row.setVisible(not room.folded and (room.everybody or row not in self._further))
        if self.more is not None:
            self.more.setVisible(room.folded)
