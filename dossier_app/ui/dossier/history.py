"""The tab of the history: a quick note, filters by channel and person, and the contacts."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.mail import conversations
from dossier_app.domain.records import Channel, HistoryEntry
from dossier_app.services.contacts import Contact, log_contact, traces
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.history_filters import ChannelFilter, PersonFilter
from dossier_app.ui.dossier.history_list import HistoryList
from dossier_app.ui.dossier.inputs import Line
from dossier_app.ui.dossier.page import EDGE, side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.widgets import Button, Look


class HistoryTab(QWidget):
    """All contacts of the dossier, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: DossierView | None = None
        self._unsaved: dict[str, str] = {}  # quick notes begun, by dossier
        self.note = Line(tr("Quick note; Enter keeps it"))
        self.note.setAccessibleName(tr("Quick note"))
        self.note.returnPressed.connect(self._keep_note)
        self.channels, self.people = ChannelFilter(), PersonFilter()
        self.channels.chosen.connect(self._refill)
        self.people.chosen.connect(self._refill)
        self.list = HistoryList()
        self.list.letter_wanted.connect(self._write_letter)
        self.list.change_wanted.connect(self._change)
        self.letter = Button(tr("Letter…"), Look.QUIET, icon="mail", parent=self)
        self.letter.setToolTip(tr("A letter about the chosen contact, or the newest one"))
        self.letter.clicked.connect(self.write_letter)
        self._empty = Prose(
            tr("No contact yet. Each call, meeting and letter that you log stands here, the "
               "newest first."),
            role="muted",
        )  # fmt: skip
        top = QVBoxLayout()
        top.setContentsMargins(EDGE, 14, EDGE, 4)
        top.setSpacing(8)
        top.addWidget(self.note)
        self._lines = [side_by_side(field, stretch=0) for field in (self.channels, self.people)]
        for line in self._lines:
            top.addLayout(line)
        top.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        other = self._view is None or self._view.dossier.uid != view.dossier.uid
        if other:
            if self._view is not None:
                self._unsaved[self._view.dossier.uid] = self.note.text()
            self.note.setText(self._unsaved.pop(view.dossier.uid, ""))
            self.channels.clear()
            self.people.clear_choice()
            self.list.entries.fold_all()
        self._view = view
        self.channels.show_counts(Counter(entry.channel for entry in view.history))
        self.channels.setVisible(bool(view.history))
        self.people.show_people(view.dossier.people, view.history)
        self.letter.setVisible(bool(view.history))
        line = self._lines[not self.people.isHidden()]
        line.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignTop)
        self._empty.setVisible(not view.history)
        bar = self.list.verticalScrollBar()
        place, taken = bar.value(), self.list.entries.rowCount()
        self._refill()
        if place and not other:
            self.list.entries.take(taken)
            self.list.doItemsLayout()
            bar.setValue(place)

    def adopt(self, older: HistoryTab) -> None:
        """Take over the notes that wait in a tab that goes."""
        self._unsaved = older._unsaved
        if older._view is not None:
            self._unsaved[older._view.dossier.uid] = older.note.text()

    def commit(self) -> bool:
        """A note that was begun waits in its dossier; nothing else is typed here."""
        return True

    def write_letter(self) -> None:
        """Open the letter about the chosen contact, or about the newest one that is shown."""
        rows = self.list.entries.rows
        entry = self.list.entry or (rows[0] if rows else None)
        if isinstance(entry, HistoryEntry):
            self._write_letter(entry)

    def _write_letter(self, entry: HistoryEntry) -> None:
        from dossier_app.ui.dialogs.letter import LetterDialog

        if self._view is not None:
            LetterDialog(self.window(), self._desk, self._view.dossier.uid, entry).open()

    def _change(self, entry: HistoryEntry) -> None:
        from dossier_app.ui.dialogs.contact import ContactDialog

        if self._view is not None:
            ContactDialog(self.window(), self._desk, self._view.dossier.uid, entry).open()

    def _refill(self) -> None:
        if self._view is None:
            return
        channel, uid = self.channels.channel, self.people.person_uid
        entries = [
            entry
            for entry in self._view.history
            if (channel is None or entry.channel is channel)
            and (not uid or entry.person_uid == uid)
        ]
        names = {
            person.uid: person.short_name
            for person in self._view.dossier.people
            if person is not self._view.overview.person
        }
        changed = {
            uid: found[-1].at.date() for uid, found in traces(self._view.dossier.uid).items()
        }
        tied = conversations(self._view.history)
        self.list.entries.set_entries(
            entries, self._view.today, tied, names, self._desk.settings.author, changed
        )

    def _keep_note(self) -> None:
        text = self.note.text().strip()
        if self._view is None or not text:
            return
        contact = Contact(channel=Channel.NOTE, text=text)
        action = partial(log_contact, self._view.dossier.uid, contact)
        if self._desk.act(action, initiator=self) is not None:
            self.note.clear()
