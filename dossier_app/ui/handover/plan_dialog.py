"""Planning an absence: its days, what falls in it, and who gets each dossier."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import STAYS, Absence
from dossier_app.domain.language import ntr, tr
from dossier_app.services.handover import planning
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, tab_through
from dossier_app.ui.handover.plan_draft import Draft
from dossier_app.ui.handover.plan_entries import Part, Whose, belongs, part_words, parts
from dossier_app.ui.handover.plan_head import AbsenceDays, StoredAbsences
from dossier_app.ui.handover.plan_list import PlanList
from dossier_app.ui.handover.plan_parts import GiveBar, PartPills
from dossier_app.ui.handover.plan_side import NOTES_KEYS, NotesSide
from dossier_app.ui.handover.plan_strip import ShareStrip
from dossier_app.ui.handover.teaching import Teaching
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Hairline, Label

_SIZE = (980, 720)
_SIDE = 320  # px of the column with the notes
_PAUSE = 150  # milliseconds after the last letter of a date before the binder is read


class PlanAbsenceDialog(PaperDialog):
    """From the days of an absence to the packages for the colleagues.

    What is chosen is kept when the dialog is left, and offered again. Ctrl+Enter goes on to
    the packages; nobody has to have everything by then, the foot always says what is left.
    """

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Plan an absence"), width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], self.ground.height() - MARGIN))
        self._desk = desk
        self._coming: list[Absence] = []
        self._draft = Draft(None, desk.today)
        self._whose: Whose = Part.ALL
        self._obstacle = ""
        self._is_changed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.read)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._offer_coming()
        first = self.rows if self._draft.entries else self.days.first.edit
        first.setFocus(Qt.FocusReason.TabFocusReason)

    # --- which absence

    def _offer_coming(self) -> None:
        """Offer the stored absences that are not over, and turn to the next one."""
        today = self._desk.today
        found = [item for item in planning.all_absences() if item.last_day >= today]
        self._coming = sorted(found, key=lambda item: (item.first_day, item.last_day))
        self.stored.offer(self._coming, today)
        self._begin_with(self._coming[0] if self._coming else None)

    def _choose_stored(self, number: int) -> None:
        """Turn to another absence; what was changed of this one is kept."""
        self.keep()
        is_new = number >= len(self._coming)
        self._begin_with(None if is_new else self._coming[number])
        if is_new:
            self.days.first.edit.setFocus()

    def _begin_with(self, absence: Absence | None) -> None:
        self._draft = Draft(absence, self._desk.today)
        self._whose = Part.ALL
        self.days.show_absence(absence)
        self._is_changed = False
        self.read()

    def _drop_stored(self) -> None:
        """Forget this plan; one undo brings it back."""
        call = partial(planning.remove_absence, self._draft.absence)
        said = tr("The plan of the absence is dropped.")
        if self._desk.act(call, initiator=self, said=said) is not None:
            self._offer_coming()

    # --- what is shown

    def read(self) -> None:
        """Read what falls in the days, and show it; the choices stay."""
        self._pause.stop()
        self.show_problem("")
        draft, span = self._draft, self.days.span
        self._obstacle = self.days.obstacle
        draft.absence.reason = self.days.reason.text().strip()
        if span is not None:
            draft.absence.first_day, draft.absence.last_day = span
            self.stored.tell(draft.absence, self._desk.today)
            try:
                draft.take_plan(planning.plan(draft.absence))
            except Refusal as refusal:
                self._obstacle = str(refusal)
        if self._obstacle:
            draft.drop_plan()
        self._show()

    def look_at(self, whose: Whose) -> None:
        """Show one part of the plan only."""
        self._whose = whose
        self._show()

    def _show(self) -> None:
        draft = self._draft
        shown = parts(draft.entries)
        if self._whose not in [whose for whose, _ in shown]:
            self._whose = Part.ALL
        self.pills.show_parts(shown, self._whose, self.days.days_off)
        with QSignalBlocker(self.rows.selectionModel()):
            self.rows.show_entries([item for item in draft.entries if belongs(self._whose, item)])
        self.give_bar.whom.offer(dict.fromkeys([*draft.colleagues, *planning.known_colleagues()]))
        self._lists.setCurrentIndex(0 if draft.entries else 1)
        self._lower.setVisible(bool(draft.entries))
        self._say_why_nothing()
        warnings = draft.plan.warnings if draft.plan else []
        self.warning.setText(" ".join(warnings))
        self.warning.setVisible(bool(warnings))
        self._show_terms()
        self.strip.show_days(draft.shares(self._whose), part_words(self._whose))
        self._say_what_is_left()
        self._follow()

    def _say_why_nothing(self) -> None:
        if self._draft.plan is not None:
            title = tr("Nothing falls in these days")
            steps = [("check", tr("No step, no promise, no occasion: nobody has to stand in."))]
        elif self.days.span is not None:
            title, steps = self._obstacle, []
        else:
            title = tr("Two weeks of work in good hands")
            steps = [
                ("calendar", tr("Type the first and the last day of your absence. All that falls "
                                "in it is listed here at once, by date.")),
                ("person", tr("Give each line to a colleague: choose several, type the name once. "
                              "Write down what somebody needs who cannot ask you.")),
                ("handover", tr("Make a package for each of them: an encrypted file with the "
                                "dossiers, their documents and your notes.")),
            ]  # fmt: skip
        self.nothing.teach(title, steps)

    def _show_terms(self) -> None:
        terms = self._draft.terms_of(self._whose)
        for box, states in (
            (self.private, {item.private for item in terms}),
            (self.may_keep, {item.may_keep for item in terms}),
        ):
            with QSignalBlocker(box):
                box.setTristate(len(states) > 1)
                if len(states) > 1:
                    box.setCheckState(Qt.CheckState.PartiallyChecked)
                else:
                    box.setChecked(states.pop())

    def _say_what_is_left(self) -> None:
        self.closing.say(self._draft.left_words())
        n = len(self._draft.receivers)
        self.primary_button.setText(
            ntr("Make the package…", "Make {n} packages…", n) if n else tr("Make packages…")
        )
        self.primary_button.updateGeometry()

    def _follow(self, *_: object) -> None:
        """What hangs on the chosen line."""
        entry, draft = self.rows.current, self._draft
        is_own = entry is not None and not entry.loose and not entry.away
        can_give = any(not item.away for item in self.rows.selected)
        self.give_bar.set_enabled(can_give=can_give)
        if entry is None:
            self.side.show_nothing("")
        elif is_own:
            private = draft.private_for(entry.uid)
            self.side.show_dossier(entry.uid, draft.left_out, private=private)
        else:
            hint = entry.away or tr("A loose sheet goes along as it is.")
            self.side.show_nothing(hint, entry.name)

    # --- what was pressed

    def give(self, name: str) -> None:
        """Let a colleague have the chosen lines; then comes the next that nobody has."""
        self._choose_for(name)

    def let_wait(self) -> None:
        """The chosen lines stay with the rep, by his own decision."""
        self._choose_for(STAYS)

    def take_away(self) -> None:
        """The chosen lines are with nobody again."""
        self._choose_for(None)

    def _choose_for(self, whom: str | None) -> None:
        uids = [item.uid for item in self.rows.selected if not item.away]
        if not uids:
            return
        self._is_changed = True
        self._draft.give(uids, whom)
        self.give_bar.whom.clear_name()
        if whom is None:
            self.read()  # what was only in the list because it was given goes
        else:
            self._show()
            self.rows.go_on()
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def all_to(self) -> None:
        """Choose all that nobody has, and ask for the name."""
        self.rows.choose_all()
        self.give_bar.whom.begin("")

    def _private_chosen(self, chosen: bool) -> None:
        self._draft.set_terms(self._whose, private=chosen)
        self._terms_chosen()

    def _keep_chosen(self, chosen: bool) -> None:
        self._draft.set_terms(self._whose, may_keep=chosen)
        self._terms_chosen()

    def _terms_chosen(self) -> None:
        self._is_changed = True
        self._show_terms()
        self._follow()

    def _documents_chosen(self, uids: list[str], stays: bool) -> None:
        self._is_changed = True
        self._draft.leave_out(uids, stays=stays)

    def _days_typed(self) -> None:
        self._is_changed = True
        self._pause.start()

    def _binder_changed(self, _changes: object, initiator: object) -> None:
        if initiator is not self and self.isVisible():
            self.read()

    # --- what becomes of it

    def submit(self) -> bool:
        """Go on to the packages; the plan closes when they are made."""
        self.days.tell_problems()
        if name := self.give_bar.whom.currentText().strip():
            self.give(name)  # typed, but not given yet
        if not self.side.commit():
            return False
        self.read()
        if obstacle := self._obstacle or self._why_not():
            self.closing.say("", obstacle=obstacle)
            return False
        if self.keep():
            from dossier_app.ui.handover.seal_dialog import SealDialog

            absence, mark_days = self._draft.absence, self.days.days_off.isChecked()
            dialog = SealDialog(self, self._desk, absence, mark_days=mark_days)
            dialog.finished_giving.connect(self.accept)
            dialog.open()
        return False

    def _why_not(self) -> str:
        if not self._draft.entries:
            return tr("Nothing falls in these days, so there is nothing to hand over.")
        if not self._draft.receivers:
            return tr("Choose a colleague for at least one line first.")
        return ""

    def keep(self) -> bool:
        """Store the plan as it is; False when that was refused."""
        draft = self._draft
        worth = draft.is_stored or bool(draft.absence.chosen or draft.absence.reason)
        if not (self._is_changed and worth and draft.plan):
            return True
        call = partial(planning.save_absence, draft.absence)
        if self._desk.act(call, initiator=self) is None:
            return False
        draft.is_stored, self._is_changed = True, False
        return True

    def _leave(self) -> None:
        """Nothing that was typed is lost."""
        if self._pause.isActive():
            self.read()
        self.side.leave()
        self.keep()

    # --- putting it together

    def _make_parts(self) -> None:
        self.stored = StoredAbsences()
        self.days = AbsenceDays(self._desk)
        self.pills = PartPills()
        self.private = QCheckBox(tr("With private facts"))
        self.private.setToolTip(
            tr("Home, family, health, religion and what else is marked private goes along too.")
        )
        self.may_keep = QCheckBox(tr("Copies may stay"))
        self.may_keep.setToolTip(tr("The colleague may keep the dossiers when it is over."))
        self.rows = PlanList()
        self.give_bar = GiveBar()
        self.nothing = Teaching()
        self.side = NotesSide(self._desk)
        self.strip = ShareStrip()
        self.warning = Label("", role="danger", wrap=True)
        self.closing = Closing()

    def _lay_out(self) -> None:
        grid = scale().grid
        head = QHBoxLayout()
        self._column.removeWidget(self.title)
        self.title.setWordWrap(False)
        head.addWidget(self.title, 1)
        head.addWidget(self.stored)
        head.setContentsMargins(0, 0, 0, 0)
        self._column.insertLayout(0, head)
        left = _column(self.pills, self.rows, self.give_bar, stretch=1)
        box = _column(self.private, self.may_keep)
        right = _column(box, self.side, stretch=1)
        right.setFixedWidth(_SIDE)
        full = QWidget()
        both = QHBoxLayout(full)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(4 * grid)
        both.addWidget(left, 1)
        both.addWidget(Hairline(vertical=True))
        both.addWidget(right)
        self._lists = QStackedWidget()
        self._lists.addWidget(full)
        self._lists.addWidget(self.nothing)
        self._lower = _column(self.strip)
        self.body.addWidget(self.days)
        self.body.addWidget(self._lists, 1)
        self.body.addWidget(self._lower)
        self.body.addWidget(self.warning)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons("", cancel=tr("Close"))
        bar = self.give_bar
        tab_through(self.rows, bar.whom, bar.give, bar.all, bar.wait, self.private, self.may_keep)
        tab_through(self.may_keep, self.side.write_button)

    def _connect(self) -> None:
        bar, desk = self.give_bar, self._desk
        self.stored.chosen.connect(self._choose_stored)
        self.stored.drop_wanted.connect(self._drop_stored)
        self.days.changed.connect(self._days_typed)
        self.pills.chosen.connect(self.look_at)
        self.rows.selectionModel().selectionChanged.connect(self._follow)
        self.rows.selectionModel().currentChanged.connect(self._follow)
        self.rows.name_begun.connect(bar.whom.begin)
        self.rows.all_wanted.connect(self.all_to)
        self.rows.keep_wanted.connect(self.let_wait)
        self.rows.clear_wanted.connect(self.take_away)
        bar.whom.given.connect(self.give)
        bar.whom.left.connect(self.rows.setFocus)
        bar.all.clicked.connect(self.all_to)
        bar.wait.clicked.connect(self.let_wait)
        # In the notes themselves the same key opens a field.
        begin = QShortcut(QKeySequence(NOTES_KEYS), self.rows, self.side.begin)
        begin.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.private.clicked.connect(self._private_chosen)
        self.may_keep.clicked.connect(self._keep_chosen)
        self.side.documents_chosen.connect(self._documents_chosen)
        self.finished.connect(self._leave)
        desk.closing.connect(self._leave)
        desk.changed.connect(self._binder_changed)
        desk.refused.connect(self.show_problem)
        desk.day_turned.connect(self.read)


def _column(*widgets: QWidget, stretch: int = -1) -> QWidget:
    """``widgets`` below each other; the one with the number ``stretch`` takes the room."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * scale().grid)
    for number, widget in enumerate(widgets):
        column.addWidget(widget, int(number == stretch))
    return made
