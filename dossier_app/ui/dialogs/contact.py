"""A contact that stands in the history: what it says, and what it said before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from dossier_app.domain.datewords import clock, long_day, short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import Direction, HistoryEntry
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.contacts import Trace, change_contact, traces
from dossier_app.services.dossiers import load_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.drafts import drafts_of
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.log_parts import (
    ContactHead,
    direction_choice,
    person_choice,
    private_box,
    said_in,
)
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.widgets import Label, caps_label

WIDTH = 740
_TEXT_HEIGHT = 92
_MOST_TRACES = 3
_TRACE_LINES = 3


class ContactDialog(PaperDialog):
    """Changes ``entry`` of a dossier; its moment stays, and its former words stay below.
    What was changed and not saved waits while the binder is open."""

    def __init__(self, window: QWidget, desk: Desk, dossier_uid: str, entry: HistoryEntry) -> None:
        self._desk, self._dossier_uid, self._entry = desk, dossier_uid, entry
        dossier, day = load_dossier(dossier_uid), long_day(entry.at.date(), desk.today)
        title = tr("{name}: contact of {day}", name=quoted(dossier.name), day=day)
        super().__init__(window, title, width=WIDTH)
        self.head = ContactHead(None)
        self.direction = direction_choice()
        self.person = person_choice(dossier, entry.person_uid, self)
        self.private = private_box()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(_TEXT_HEIGHT)
        self.agreed = QLineEdit()
        self.closing = Closing(lines=1)
        self.restored = Label("", "small", role="accent")
        beside = [self.private, self.direction]
        if not self.person.isHidden():
            beside.insert(0, self.person)
        beside.insert(0, self.restored)
        self.body.addWidget(self.head)
        self.body.addLayout(labelled(tr("What happened"), self.text, *beside))
        self.body.addLayout(labelled(tr("Agreed"), self.agreed))
        self._traces: list[Prose] = []
        self._show_traces(traces(dossier_uid).get(entry.uid, []))
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Save"))
        tab_through(self.text, self.agreed, self.private)
        self.head.edited.connect(self._follow)
        desk.refused.connect(self.show_problem)
        self._fill(entry)
        self._untouched = self._changed()
        draft = drafts_of(desk).contacts.get(entry.uid)
        if draft is not None:
            self.restored.setText(tr("what you had typed is back"))
            self._fill(draft)
        self.closing.say(tr("What it says now stays in the journal."))
        self.text.setFocus()

    def _fill(self, entry: HistoryEntry) -> None:
        self.head.choose(entry.channel, reached=entry.reached)
        self.direction.choose(entry.direction or Direction.OUT)
        self.person.setCurrentIndex(self.person.findData(entry.person_uid))
        self.private.setChecked(entry.private)
        self.text.setPlainText(entry.text)
        self.agreed.setText(entry.agreed)
        self._follow()

    def _show_traces(self, found: list[Trace]) -> None:
        for number, trace in enumerate(reversed(found[-_MOST_TRACES:])):
            if not number:
                self.body.addWidget(caps_label(tr("What it said before")))
            day, before = short_day(trace.at.date(), self._desk.today), trace.before
            until = tr("until {day}, {time}", day=day, time=clock(trace.at.time()))
            by = tr("by {author}", author=trace.author) if trace.author else ""
            how = words.contact_line(before)
            said = " · ".join(filter(None, [until, by, how, before.text, before.agreed]))
            line = Prose(said, role="muted", most=_TRACE_LINES)
            self._traces.append(line)
            self.body.addWidget(line)

    def traced(self) -> list[str]:
        """What the contact said before, the last first, as it stands there."""
        return [line.text() for line in self._traces]

    def _follow(self) -> None:
        self.direction.setEnabled(not self.head.is_note)

    def _changed(self) -> HistoryEntry:
        direction = Direction(str(self.direction.value))
        if direction is Direction.OUT and not self._entry.direction:
            direction = Direction.NONE  # nobody had said, and nobody says so now
        return replace(
            self._entry,
            channel=self.head.channel,
            direction=direction,
            reached=self.head.reached,
            text=said_in(self.text),
            agreed=self.agreed.text(),
            person_uid=self.person.currentData() or self._entry.person_uid,
            private=self.private.isChecked(),
        )

    def submit(self) -> bool:
        action = partial(change_contact, self._dossier_uid, self._changed())
        return (
            self._desk.act(action, initiator=self, said=tr("The contact was changed.")) is not None
        )

    def done(self, result: int) -> None:
        drafts, typed = drafts_of(self._desk).contacts, self._changed()
        drafts.pop(self._entry.uid, None)
        if result != self.DialogCode.Accepted and typed != self._untouched:
            drafts[self._entry.uid] = typed
        super().done(result)
