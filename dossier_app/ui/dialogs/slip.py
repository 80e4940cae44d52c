"""A slip under a day: of a dossier, or a loose sheet of work without a client."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import day_place
from dossier_app.domain.records import USUAL_MINUTES, Slip, SlipKind, StepKind
from dossier_app.domain.repeating import anchored, describe_repeat, next_date, plain, read_repeat
from dossier_app.domain.when import When, describe
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.slips import add_slip, change_slip, load_slip
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.drafts import drafts_of
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.week_strip import WeekStrip
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import ElidedLabel

WIDTH = 740
_LONGEST_MINUTES = 24 * 60
_SHOWN_DATES = 3


class RepeatField(QWidget):
    """How often a slip comes again, in words; under them what was understood."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule, self._problem = "", ""
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(tr("every second Tuesday, last day of the month"))
        self.edit.textChanged.connect(self._read)
        self._under = ElidedLabel("", "small", role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(self.edit)
        column.addWidget(self._under)
        self.follow(None)

    @property
    def rule(self) -> str:
        """The rule as it was understood; "" for once."""
        return self._rule

    @property
    def problem(self) -> str:
        """Why the text is not understood; "" when it is."""
        return self._problem

    @property
    def said(self) -> str:
        return self._under.text()

    def fill(self, rule: str) -> None:
        """Put in the words for a rule, which read as that rule again."""
        self.edit.setText(describe_repeat(rule) if rule else "")
        # Of a rule that nobody can type here the words say less than it does.
        self._rule, self._problem = rule, ""

    def follow(self, first: date | None) -> None:
        """Show the dates after ``first``, the day of the slip."""
        self._under.set_role("danger" if self._problem else "accent" if self._rule else "muted")
        self._under.setText(self._problem or self._words(first) or tr("once"))

    def _words(self, first: date | None) -> str:
        if not self._rule:
            return ""
        if first is None:
            return describe_repeat(self._rule)
        rule = anchored(self._rule, first)
        dates: list[str] = []
        day = next_date(rule, first, first)
        while day is not None and len(dates) < _SHOWN_DATES:
            dates.append(short_day(day, first))
            day = next_date(rule, first, day)
        return tr("{often}; then {dates}…", often=describe_repeat(rule), dates=", ".join(dates))

    def _read(self, text: str) -> None:
        self._rule, self._problem = "", ""
        try:
            self._rule = read_repeat(text)
        except Refusal as refusal:
            self._problem = str(refusal)
        self.edited.emit()


class SlipDialog(PaperDialog):
    """Puts a new slip under its day, or changes ``slip``. Without a dossier it is a loose
    sheet."""

    def __init__(
        self, window: QWidget, desk: Desk, dossier_uid: str = "", slip: Slip | None = None
    ) -> None:
        self._desk, self._dossier_uid = desk, dossier_uid
        self._old = slip
        super().__init__(window, _title(dossier_uid), width=WIDTH)
        self.text = QLineEdit()
        self.when = WhenField(desk, tr("Which day"))
        self.strip = WeekStrip(desk)
        self.repeat = RepeatField()
        self.minutes = QSpinBox()
        self.closing = Closing()
        self._lay_out()
        self._fill()
        self.text.textChanged.connect(self._follow)
        self.when.understood.connect(self._follow)
        self.repeat.edited.connect(self._follow)
        self.strip.picked.connect(self.when.pick)
        desk.refused.connect(self.show_problem)
        self._follow()
        self.text.setFocus()

    def _lay_out(self) -> None:
        grid = scale().grid
        self.text.setPlaceholderText(tr("what to think of on that day"))
        self.minutes.setRange(0, _LONGEST_MINUTES)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setFixedWidth(96)
        self.minutes.lineEdit().setTextMargins(7, 0, 0, 0)  # the sheet's padding stops here
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(3 * grid)
            self.body.addLayout(row)
        first.addLayout(labelled(tr("What is to be done"), self.text), 1)
        first.addLayout(labelled(tr("Takes"), self.minutes))
        second.addLayout(labelled(tr("Which day"), self.when, buddy=self.when.edit), 1)
        often = labelled(tr("How often"), self.repeat, buddy=self.repeat.edit)
        often.addStretch(1)
        second.addLayout(often, 1)
        self.body.addWidget(self.strip)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Save") if self._old else tr("Put under the day"))
        tab_through(self.text, self.minutes, self.when.edit, self.repeat.edit)

    def _fill(self) -> None:
        old = self._old
        if old is None:
            usual = 0 if self._dossier_uid else USUAL_MINUTES[StepKind.OTHER]
            self.minutes.setValue(usual)
            for line, text in zip(
                self._lines, drafts_of(self._desk).slips.get(self._dossier_uid, []), strict=False
            ):
                line.setText(text)
            return
        self.text.setText(old.text)
        self.minutes.setValue(old.minutes)
        self.repeat.fill(plain(old.repeat))
        when = When(day_place(old.on), old.time)
        self.when.suggest(when, tr("as it is"))
        if old.on >= self._desk.today:
            self.when.set_text(describe(when, self._desk.today))

    @property
    def _lines(self) -> list[QLineEdit]:
        return [self.text, self.when.edit, self.repeat.edit]

    def done(self, result: int) -> None:
        """What was typed for a new slip and given up waits until it is asked for again."""
        if self._old is None:
            drafts = drafts_of(self._desk).slips
            drafts.pop(self._dossier_uid, None)
            if result == QDialog.DialogCode.Rejected and self.text.text().strip():
                drafts[self._dossier_uid] = [line.text() for line in self._lines]
        super().done(result)

    def _follow(self, *_: object) -> None:
        if self._old is None:
            self._suggest_first_day()
        when = self.when.chosen
        self.strip.follow(when)
        self.repeat.follow(when.place.date if when else None)
        self.show_problem("")
        self.closing.say(self._what_save_does())

    def _suggest_first_day(self) -> None:
        """A slip that comes again begins on the next of its days, unless told."""
        rule, today = self.repeat.rule, self._desk.today
        first = next_date(rule, today, today) if rule else None
        if first is not None:
            self.when.suggest(When(day_place(first)), tr("the first one"))
        else:
            self.when.suggest(None)

    def _obstacle(self) -> str:
        """Why it cannot be saved as it stands, or ""."""
        when = self.when.chosen
        if not self.text.text().strip():
            return tr("Say what it is about.")
        if self.when.problem:
            return tr("The date is not understood yet.")
        if when is None:
            return tr("Type a date or choose a day below it.")
        if when.place.date is None:
            return tr("A slip needs a day, not a month.")
        if self.repeat.problem:
            return tr("How often it comes is not understood yet.")
        return ""

    def _what_save_does(self) -> str:
        when = self.when.chosen
        if when is None or when.place.date is None:
            return ""
        day = describe(when, self._desk.today)
        if when.place.date < self._desk.today:
            return tr("It lies in Left behind: {day} has passed.", day=day)
        if when.time is not None:
            return tr("It lies under {day}, and rings then.", day=day)
        return tr("It lies under {day}.", day=day)

    def submit(self) -> bool:
        self.when.tell_problem()
        if obstacle := self._obstacle():
            self.closing.say("", obstacle=obstacle)
            return False
        slip = self._slip()
        if self._old is not None:
            action, said = partial(change_slip, slip), tr("Changed: {text}", text=quoted(slip.text))
        else:
            day = describe(When(day_place(slip.on), slip.time), self._desk.today)
            action = partial(add_slip, slip, self._dossier_uid)
            said = tr("{name} → {place}", name=quoted(slip.text), place=day)
        return self._desk.act(action, initiator=self, said=said) is not None

    def _slip(self) -> Slip:
        when = self.when.chosen
        assert when is not None
        assert when.place.date is not None
        slip = self._old or Slip(SlipKind.REMINDER, when.place.date, "")
        return replace(
            slip,
            text=self.text.text().strip(),
            on=when.place.date,
            time=when.time,
            minutes=self.minutes.value(),
            repeat=self.repeat.rule,
        )


def _title(dossier_uid: str) -> str:
    if not dossier_uid:
        return tr("Loose sheet")
    return tr("Slip: {name}", name=quoted(load_dossier(dossier_uid).name))


def edit_slip(window: QWidget, desk: Desk, uid: str, dossier_uid: str) -> None:
    """Open a slip for a change; when it has gone meanwhile, say so."""
    try:
        slip = load_slip(uid)
    except Refusal as refusal:
        desk.refused.emit(str(refusal))
        return
    SlipDialog(window, desk, dossier_uid, slip).open()
