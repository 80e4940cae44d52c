"""What should move to other days, each with its reason; the rep ticks and accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dossier_app.domain.balancing import Plan, Proposal, Staying
from dossier_app.domain.binder import Slot, SlotKind
from dossier_app.domain.changes import Changes
from dossier_app.domain.datewords import long_day
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.when.sentences import quoted
from dossier_app.services import balancing
from dossier_app.services.previewing import DayPreview, fullest, preview_days
from dossier_app.ui.binder import row_words
from dossier_app.ui.binder.words import load_words
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.load_strip import LoadStrip
from dossier_app.ui.dialogs.plan_rows import Choice, PlanList, item_of
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Label, Look

WIDTH = 860
LOG_KEYS, MOVE_KEYS = "Ctrl+L", "Ctrl+M"
Propose = Callable[[], Plan]


class BalanceDialog(PaperDialog):
    """A plan to tick: Space, Ctrl+A, Enter for another date, Ctrl+Enter does it.

    ``propose`` is asked for the plan, and again when something was moved meanwhile;
    ``source`` is the day that is to be relieved, if it is one. What stays can be logged or
    moved from here: for an appointment that means agreeing a new date.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        title: str,
        propose: Propose,
        *,
        source: date | None = None,
    ) -> None:
        super().__init__(window, title, width=WIDTH)
        self._desk, self._propose, self._source = desk, propose, source
        self._by_hand: dict[str, date] = {}
        self._unticked: set[str] = set()
        self.rows = PlanList()
        self.nothing = Label(tr("Nothing has to move."), role="muted", wrap=True)
        self.strip = LoadStrip()
        self.reason = QLineEdit()
        self.closing = Closing()
        self._make_buttons()
        self._lay_out()
        self.rows.ticked.connect(self._ticked)
        self.rows.other_wanted.connect(self._other)
        self.rows.selectionModel().currentChanged.connect(self._follow)
        desk.refused.connect(self._refused)
        desk.changed.connect(self._changed)
        desk.day_turned.connect(self.read)
        self.read()
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def read(self) -> None:
        """Ask for the plan; ticks and dates that the rep has set stay."""
        plan = self._propose()
        plan.proposals[:] = [self._as_chosen(proposal) for proposal in plan.proposals]
        self.rows.show_plan(plan, self._unticked, self._desk.today)
        is_empty = not (plan.proposals or plan.staying)
        self.rows.setHidden(is_empty)
        self.nothing.setVisible(is_empty)
        self._reason_part.setVisible(self._carries)
        self._follow()
        self.fit()

    @property
    def ticked(self) -> list[Proposal]:
        """What Save would move."""
        return [choice.proposal for choice in self.rows.plan.choices if choice.ticked]

    @property
    def _carries(self) -> bool:
        """Whether something was left behind: then the reason is noted on it."""
        today = self._desk.today
        places = [choice.proposal.item.place for choice in self.rows.plan.choices]
        return any(place.date is not None and place.date < today for place in places)

    def _make_buttons(self) -> None:
        self.all_button = Button(tr("All or none"), Look.QUIET, keys="Ctrl+A")
        self.other_button = Button(tr("Another date…"), Look.QUIET, keys="Return")
        self.log_button = Button(tr("Log & re-file…"), Look.QUIET, keys=LOG_KEYS)
        self.move_button = Button(tr("Agree a new date…"), Look.QUIET, keys=MOVE_KEYS)
        self.all_button.clicked.connect(self.rows.tick_all)
        self.other_button.clicked.connect(self._other)
        self.log_button.clicked.connect(self._log)
        self.move_button.clicked.connect(self._move)
        QShortcut(QKeySequence(LOG_KEYS), self, self._log)
        QShortcut(QKeySequence(MOVE_KEYS), self, self._move)

    def _lay_out(self) -> None:
        self._reason_part = QWidget()
        why = labelled(tr("Why it is carried over"), self.reason)
        why.setContentsMargins(0, 0, 0, 0)
        self._reason_part.setLayout(why)
        line = QHBoxLayout()
        line.setSpacing(scale().grid)
        self.counted = Label("", role="muted")
        line.addWidget(self.counted)
        line.addStretch(1)
        for button in (self.log_button, self.move_button, self.other_button, self.all_button):
            line.addWidget(button)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.nothing)
        self.body.addLayout(line)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._reason_part)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons("")
        tab_through(
            self.rows, self.log_button, self.move_button, self.other_button, self.all_button,
            self.reason, self.cancel_button, self.primary_button,
        )  # fmt: skip

    def _as_chosen(self, proposal: Proposal) -> Proposal:
        day = self._by_hand.get(proposal.item.uid)
        if day is None or day < self._desk.today:
            return proposal
        return replace(proposal, to=day, reason=tr("the day you chose"))

    # --- what follows from the ticks and the chosen row

    def _ticked(self) -> None:
        self._unticked = {
            choice.proposal.item.uid for choice in self.rows.plan.choices if not choice.ticked
        }
        self._follow()

    def _follow(self, *_: object) -> None:
        choices, ticked = self.rows.plan.choices, self.ticked
        row = self.rows.current
        days = {choice.proposal.to for choice in choices}
        if self._source is not None:
            days.add(self._source)
        shown = preview_days(self._desk.reader, ticked, sorted(days)) if days else []
        self.strip.show_days(shown, row.proposal.to if isinstance(row, Choice) else None)
        self.strip.setVisible(bool(shown))
        self.counted.setText(
            tr("{n} of {total} ticked", n=len(ticked), total=len(choices)) if choices else ""
        )
        is_choice = isinstance(row, Choice)
        self.other_button.setVisible(is_choice)
        self.all_button.setVisible(bool(choices))
        stays = isinstance(row, Staying) and bool(row.item.sheet.dossier_uid)
        self.log_button.setVisible(stays)
        self.move_button.setVisible(stays)
        self.primary_button.setText(ntr("Move {n} sheet", "Move {n} sheets", len(ticked)))
        self.primary_button.updateGeometry()
        self.primary_button.setEnabled(bool(ticked))
        self.closing.say(self._what_save_does(ticked, shown))

    def _what_save_does(self, ticked: list[Proposal], shown: list[DayPreview]) -> str:
        if not ticked:
            return tr("Tick what should move.") if self.rows.plan.choices else ""
        n, days = len(ticked), {proposal.to for proposal in ticked}
        if len(days) == 1:
            (day,) = days
            name = long_day(day, self._desk.today)
            moved = ntr("{n} sheet goes to {day}.", "{n} sheets go to {day}.", n, day=name)
        else:
            # Each of several days takes at least one sheet: there are several sheets too.
            of = ntr("{n} day", "{n} days", len(days))
            moved = ntr("{n} sheet goes to {days}.", "{n} sheets go to {days}.", n, days=of)
        return f"{moved} {self._then(days, shown)}"

    def _then(self, days: set[date], shown: list[DayPreview]) -> str:
        if self._source is not None:
            day = next(day for day in shown if day.date == self._source)
        else:
            found = fullest(day for day in shown if day.date in days)
            assert found is not None
            day = found
        name, load = long_day(day.date, self._desk.today), load_words(day.after.load)
        if not load:
            return ""
        if self._source is None:
            if len(days) == 1:
                return tr("That day then has {load}.", load=load)
            return tr("The fullest is then {day}: {load}.", day=name, load=load)
        return tr("{day} then has {load}.", day=name[:1].upper() + name[1:], load=load)

    # --- what was pressed

    def _other(self) -> None:
        row = self.rows.current
        if isinstance(row, Staying):
            self._move()
            return
        chosen = self.rows.selected
        if row is None or not chosen:
            return
        from dossier_app.ui.dialogs.other_day import OtherDayDialog

        if len(chosen) == 1:
            name = quoted(row_words.who(chosen[0].proposal.item.sheet))
            title = tr("Another date: {name}", name=name)
        else:
            title = ntr("Another date: {n} sheet", "Another date: {n} sheets", len(chosen))
        dialog = OtherDayDialog(self, self._desk, title, row.proposal.to)
        dialog.chosen.connect(partial(self._take, chosen))
        dialog.open()

    def _take(self, choices: list[Choice], day: date) -> None:
        for choice in choices:
            self._by_hand[choice.proposal.item.uid] = day
            choice.proposal = self._as_chosen(choice.proposal)
            choice.ticked = True
        self.rows.viewport().update()
        self._ticked()

    def _log(self) -> None:
        from dossier_app.ui.dialogs.log import LogDialog

        if uid := self._staying_uid:
            LogDialog(self, self._desk, uid).open()

    def _move(self) -> None:
        from dossier_app.ui.dialogs.refile import RefileDialog

        if uid := self._staying_uid:
            RefileDialog(self, self._desk, [uid]).open()

    @property
    def _staying_uid(self) -> str:
        row = self.rows.current
        return item_of(row).sheet.dossier_uid if isinstance(row, Staying) else ""

    def _changed(self, _changes: Changes, initiator: object) -> None:
        if initiator is not self:
            self.read()

    def _refused(self, sentence: str) -> None:
        self.read()
        self.show_problem(sentence)

    def submit(self) -> bool:
        ticked = self.ticked
        if len(ticked) == 1:
            name = quoted(row_words.who(ticked[0].item.sheet))
            day = long_day(ticked[0].to, self._desk.today)
            said = tr("{name} → {day}", name=name, day=day)
        else:
            said = ntr(
                "{n} sheet moved to another day", "{n} sheets moved to other days", len(ticked)
            )
        action = partial(balancing.apply, ticked, self.reason.text().strip())
        return self._desk.act(action, initiator=self, said=said) is not None


def balance_dialog(
    window: QWidget, desk: Desk, slot: Slot, only: date | None = None
) -> BalanceDialog | None:
    """The dialog for what lies under ``slot``, of *Left behind* perhaps ``only`` one day;
    None where days can have no plan."""
    if slot.kind is SlotKind.LEFT_BEHIND:
        title = (
            tr("Give dates: what was left behind")
            if only is None
            else tr("Give dates: {day}", day=long_day(only, desk.today))
        )
        return BalanceDialog(window, desk, title, partial(balancing.propose_left_behind, only))
    if slot.kind is SlotKind.TO_SPREAD:
        title = tr("Give dates: what waits for a day")
        return BalanceDialog(window, desk, title, balancing.propose_spread)
    if slot.date is not None:
        title = tr("Balance: {day}", day=long_day(slot.date, desk.today))
        propose = partial(balancing.propose_balance, slot.date)
        return BalanceDialog(window, desk, title, propose, source=slot.date)
    return None
