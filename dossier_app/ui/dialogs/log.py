"""*Log & re-file*, the program's heartbeat: what happened, and when it goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from dossier_app.domain.drafts import LogDraft
from dossier_app.domain.handover.records import Direction as Away
from dossier_app.domain.language import tr
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.records import Direction, Dossier
from dossier_app.domain.when import When
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.contacts import Contact, Suggestion, Why, log_contact, suggested_next
from dossier_app.services.dossiers import load_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs import words
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.drafts import drafts_of
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.log_parts import (
    ContactHead,
    StepFields,
    direction_choice,
    person_choice,
    private_box,
    said_in,
)
from dossier_app.ui.dialogs.promise_field import PromiseField
from dossier_app.ui.dialogs.week_strip import WeekStrip
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label

WIDTH = 740
DATE_KEYS = "Alt+0"
_LOW_WINDOW = 720  # px; below it the text has three lines instead of five
_TEXT_HEIGHTS = (62, 92)
_LEAST_TEXT_HEIGHT = 44


class LogDialog(PaperDialog):
    """One contact of one dossier, by keyboard alone.

    The text has the focus; Alt+0 goes to the date, Alt+1 to Alt+5 and Alt with an arrow
    choose one from anywhere, Ctrl+Enter saves. What was typed survives Esc.
    """

    def __init__(self, window: QWidget, desk: Desk, uid: str) -> None:
        self._desk = desk
        self._dossier: Dossier = load_dossier(uid)
        self._suggestion: Suggestion | None = None
        self._window_height = window.window().height()
        name = quoted(self._dossier.name)
        super().__init__(window, tr("Log & re-file: {name}", name=name), width=WIDTH)
        self._make_fields()
        self._lay_out()
        self.closing = Closing()
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Re-file"))
        self._restore()
        self._connect()
        self._follow()
        self.text.setFocus()

    def set_not_reached(self) -> None:
        """Begin with "not reached" pressed."""
        self.head.choose(self.head.channel, reached=False)

    def _make_fields(self) -> None:
        dossier = self._dossier
        self.head = ContactHead(dossier.step)
        self.direction = direction_choice()
        main = dossier.main_person
        self.person = person_choice(dossier, main.uid if main else "", self)
        self.private = private_box()
        self.restored = Label("", "small", role="accent")
        self.away = Label(self._away_words(), role="warn_ink", wrap=True)
        self.away.setVisible(bool(self.away.text()))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        high = self._window_height >= _LOW_WINDOW
        # In a low window the text gives way first.
        self.text.setMinimumHeight(_LEAST_TEXT_HEIGHT)
        self.text.setMaximumHeight(_TEXT_HEIGHTS[high])
        self.agreed = QLineEdit()
        self.promise = PromiseField(self._desk)
        self.step = StepFields(dossier.step)
        self.when = WhenField(self._desk, tr("When"))
        self.strip = WeekStrip(self._desk)

    def _lay_out(self) -> None:
        grid = scale().grid
        self.body.addWidget(self.away)
        self.body.addWidget(self.head)
        beside = [self.restored, self.private, self.direction]
        if not self.person.isHidden():
            beside.insert(1, self.person)
        self.body.addLayout(labelled(tr("What happened"), self.text, *beside))
        middle, next_row = QHBoxLayout(), QHBoxLayout()
        middle.setSpacing(3 * grid)
        agreed = labelled(tr("Agreed"), self.agreed)
        agreed.addStretch(1)
        middle.addLayout(agreed, 1)
        promise = labelled(tr("Promise"), self.promise, buddy=self.promise.edit)
        promise.addStretch(1)
        middle.addLayout(promise, 1)
        next_row.setSpacing(3 * grid)
        next_row.addLayout(labelled(tr("Next step"), self.step, buddy=self.step.text), 1)
        next_row.addLayout(labelled(tr("When"), self.when, buddy=self.when.edit, keys=DATE_KEYS), 1)
        self.body.addLayout(middle)
        self.body.addWidget(self.promise.chips)
        self.body.addLayout(next_row)
        self.body.addWidget(self.strip)
        tab_through(
            self.text, self.agreed, self.promise.edit, self.step.text, self.when.edit,
            *self.step.fields, self.private,
        )  # fmt: skip

    def _connect(self) -> None:
        for signal in (self.head.edited, self.promise.edited, self.step.edited):
            signal.connect(self._follow)
        self.when.understood.connect(self._follow)
        self.strip.picked.connect(self.when.pick)
        self.text.textChanged.connect(self._follow)
        self.promise.chips_changed.connect(self.fit)
        self._desk.refused.connect(self.show_problem)
        self._desk.day_turned.connect(self._follow)
        QShortcut(QKeySequence(DATE_KEYS), self, self._to_date)

    def _away_words(self) -> str:
        """Of a dossier that is with a colleague: that he does not hear of it by himself."""
        handover = self._desk.reader.handover_of(self._dossier.uid)
        if handover is None or handover.direction is not Away.GIVEN:
            return ""
        band = handover.band(self._desk.today)
        return tr("The dossier is {band}: tell your colleague about this contact.", band=band)

    def _to_date(self) -> None:
        self.when.edit.setFocus()
        self.when.edit.selectAll()

    def _follow(self, *_: object) -> None:
        """Bring everything in line with what is typed now."""
        reached, note = self.head.reached, self.head.is_note
        self.direction.setEnabled(not note)
        self._suggestion = (
            None
            if note
            else suggested_next(self._dossier, reached=reached, calendar=self._desk.calendar)
        )
        if self._suggestion is not None:
            why = words.suggestion_words(self._suggestion, self._dossier)
            self.when.suggest(self._suggestion.when, why)
        else:
            self.when.suggest(None, tr("no date: stays") if note else tr("no date: In tray"))
        self.step.same_again(not reached or self._stays)
        self.step.follow_date(self.when, agreed=self._stays)
        self.strip.follow(self.when.chosen)
        self.show_problem("")
        self.primary_button.setText(
            tr("Save") if note and self.when.chosen is None else tr("Re-file")
        )
        self.primary_button.updateGeometry()
        self.closing.say(self._what_save_does(), obstacle=self._obstacle())

    @property
    def _stays(self) -> bool:
        """Whether an appointment ahead is left as it is."""
        alone = not self.when.text.strip()
        return alone and self._suggestion is not None and self._suggestion.why is Why.STAYS

    def _obstacle(self) -> str:
        """Why it cannot be saved as it stands, or ""."""
        if self.when.problem:
            return tr("The date is not understood yet.")
        if self.promise.problem:
            return tr("The promise is not understood yet.")
        if self.step.typed and not self._goes_under_date(self.when.chosen):
            return tr("The next step needs a date; Alt+1 is tomorrow.")
        return ""

    @staticmethod
    def _goes_under_date(when: When | None) -> bool:
        return when is not None and when.place.kind in (PlaceKind.DAY, PlaceKind.MONTH)

    def _what_save_does(self) -> str:
        today, when = self._desk.today, self.when.chosen
        if when is None:
            where = (
                tr("The dossier stays where it lies.")
                if self.head.is_note
                else tr("The dossier goes to the In tray: no date yet.")
            )
        elif not self.head.reached:
            where = words.next_try(self._dossier, when, today)
        else:
            where = words.goes_where(self._dossier.place, when, today)
        slips = words.slips_made(self.promise.promises, today)
        return f"{where} {slips}".strip()

    def submit(self) -> bool:
        self.when.tell_problem()
        if self._obstacle():
            self._point_at_obstacle()
            return False
        if self.head.is_note and not self._is_anything_typed():
            self.closing.say("", obstacle=tr("The note is empty."))
            self.text.setFocus()
            return False
        when = self.when.chosen
        name = quoted(self._dossier.name)
        said = tr("{name}: noted", name=name)
        if when is not None:
            day = words.destination(when, self._desk.today)
            said = tr("{name} → {day}", name=name, day=day)
        elif not self.head.is_note:
            said = tr("{name} → In tray", name=name)
        action = partial(log_contact, self._dossier.uid, self._contact())
        return self._desk.act(action, initiator=self, said=said) is not None

    def _point_at_obstacle(self) -> None:
        if self.promise.problem and not self.when.problem:
            self.promise.edit.setFocus()
        else:
            self._to_date()

    def _contact(self) -> Contact:
        private = self.private.isChecked()
        return Contact(
            channel=self.head.channel,
            direction=Direction(str(self.direction.value)),
            reached=self.head.reached,
            text=said_in(self.text),
            agreed=self.agreed.text(),
            person_uid=self.person.currentData() or "",
            private=private,
            promises=[replace(item, private=private) for item in self.promise.promises],
            next=self.when.chosen,
            step=self.step.step(),
        )

    def _is_anything_typed(self) -> bool:
        typed = (said_in(self.text), self.agreed.text(), self.promise.text, self.when.text)
        return any(map(str.strip, typed)) or bool(self.promise.aside) or self.step.typed

    def done(self, result: int) -> None:
        accepted = result == self.DialogCode.Accepted
        drafts = drafts_of(self._desk).log
        drafts.pop(self._dossier.uid, None)
        if not accepted and self._is_anything_typed():
            drafts[self._dossier.uid] = self._draft()
        super().done(result)

    def _draft(self) -> LogDraft:
        step = self.step.step()
        return LogDraft(
            channel=self.head.channel,
            direction=Direction(str(self.direction.value)),
            reached=not self.head.not_reached.isChecked(),
            person_uid=self.person.currentData() or "",
            text=said_in(self.text),
            agreed=self.agreed.text(),
            promise=self.promise.text,
            step_text=step.text if self.step.typed else "",
            step_kind=step.kind,
            minutes=step.minutes,
            when=self.when.text,
            fixed=self.step.fixed_by_hand,
            private=self.private.isChecked(),
            promises=self.promise.aside,
        )

    def _restore(self) -> None:
        draft = drafts_of(self._desk).log.get(self._dossier.uid)
        if draft is None:
            return
        self.restored.setText(tr("what you had typed is back"))
        self.head.choose(draft.channel, reached=draft.reached)
        self.direction.choose(draft.direction)
        self.person.setCurrentIndex(self.person.findData(draft.person_uid))
        self.text.setPlainText(draft.text)
        self.agreed.setText(draft.agreed)
        self.promise.fill(draft.promise, draft.promises)
        self.step.fill(draft.step_text, draft.step_kind, draft.minutes)
        self.when.set_text(draft.when)
        if draft.fixed is not None:
            self.step.set_fixed(draft.fixed)
        self.private.setChecked(draft.private)
