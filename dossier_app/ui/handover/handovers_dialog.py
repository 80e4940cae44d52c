"""All handovers, in both directions, and what can be done with each of them."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.handover.records import Direction, Handover, Stage, State
from dossier_app.domain.language import tr
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.handover import ending
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.handover import words
from dossier_app.ui.handover.teaching import Teaching
from dossier_app.ui.messages import ask
from dossier_app.ui.theme import SEMIBOLD, scale
from dossier_app.ui.widgets import Button, ElidedLabel, Hairline, Label, Look, Tone, caps_label
from dossier_app.ui.widgets.two_lines import Row, RowList

_SIZE = (900, 560)
_SIDE = 248  # px of the column beside the list
_MOST_NAMES = 6  # dossiers named there
PACK_KEYS, OPEN_KEYS, KEYS_KEYS = "Ctrl+P", "Ctrl+O", "Ctrl+K"


class HandoversDialog(PaperDialog):
    """Open ones first, the newest first among them. What can be done with the chosen one
    stands beside it; Ctrl+Enter plans an absence."""

    plan_wanted = Signal()
    package_wanted = Signal()  # a file that a colleague has sent is to be opened

    def __init__(self, window: QWidget, desk: Desk, handover: Handover | None = None) -> None:
        super().__init__(window, tr("Handovers"), width=_SIZE[0])
        self._desk = desk
        self._shown: list[Handover] = []
        self.rows = RowList(tr("Handovers"))
        self._make_side()
        self._make_empty()
        self._lay_out()
        self._make_foot()
        self.rows.selectionModel().currentChanged.connect(self._follow)
        desk.changed.connect(self._read_again)
        desk.day_turned.connect(self._read_again)
        desk.refused.connect(self.show_problem)
        self._read_again()
        if handover is not None:
            self.choose(handover.uid)
        (self.rows if self._shown else self.primary_button).setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def current(self) -> Handover | None:
        """The handover of the current row."""
        number = self.rows.number
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def choose(self, uid: str) -> None:
        """Make the handover with that uid the current one, if it is here."""
        uids = [item.uid for item in self._shown]
        if uid in uids:
            self.rows.setCurrentIndex(self.rows.rows.index(uids.index(uid)))

    def submit(self) -> bool:
        """Leave the list for a new plan."""
        self.accepted.connect(self.plan_wanted)
        return True

    # --- what is shown

    def _read_again(self, *_: object) -> None:
        before = self.current
        found = ending.all_handovers()
        self._shown = sorted(found, key=lambda item: item.state is State.ENDED)
        uids = [item.uid for item in self._shown]
        at = uids.index(before.uid) if before and before.uid in uids else 0
        self.rows.show_rows([_row(item, self._desk.today) for item in self._shown], at)
        self._full.setVisible(bool(self._shown))
        self._empty.setHidden(bool(self._shown))
        tall = min(_SIZE[1], self.ground.height() - MARGIN)
        self.setMinimumHeight(tall if self._shown else 0)
        self.fit()
        self._follow()

    def _follow(self, *_: object) -> None:
        handover = self.current
        self.show_problem("")
        if handover is None:
            return
        stage = handover.stage(self._desk.today)
        given, is_open = handover.direction is Direction.GIVEN, stage is not Stage.ENDED
        self._name.setText(handover.colleague)
        self._stage.setText(words.stage_words(handover, self._desk.today))
        self._stage.set_role("danger" if stage is Stage.OVERDUE else "muted")
        self._what.setText(_terms(handover))
        self._say_names(handover)
        self.pack_button.setVisible(is_open)
        self.report_button.setVisible(stage is not Stage.AHEAD)
        self.prolong_button.setVisible(given and is_open)
        self.back_button.setVisible(not given and is_open)
        self.end_button.setVisible(is_open)
        self.end_button.setText(
            tr("End it early…") if stage in (Stage.AHEAD, Stage.RUNNING) else tr("End it…")
        )
        self.end_button.updateGeometry()

    def _say_names(self, handover: Handover) -> None:
        uids = ending.dossiers_of(handover)
        names = [load_dossier(uid).name for uid in uids[:_MOST_NAMES]]
        rest = len(uids) - len(names)
        for label, name in zip(self._names, [*names, *[""] * _MOST_NAMES], strict=False):
            label.setText(name)
            label.setVisible(bool(name))
        self._rest.setText(tr("and {n} more", n=rest))
        self._rest.setVisible(rest > 0)
        self._named.setVisible(bool(names))

    # --- what was pressed

    def print_pack(self) -> None:
        """The pages that go along, as they are now."""
        from dossier_app.ui.dialogs.handover_print import HandoverPackDialog

        if (handover := self.current) and not self.pack_button.isHidden():
            HandoverPackDialog(self, self._desk, handover).open()

    def print_report(self) -> None:
        """What was done in the absence, as pages."""
        from dossier_app.ui.dialogs.handover_print import AbsenceReportDialog

        if handover := self.current:
            AbsenceReportDialog(self, self._desk, handover).open()

    def prolong(self) -> None:
        from dossier_app.ui.handover.handovers_prolong import ProlongDialog

        if handover := self.current:
            ProlongDialog(self, self._desk, handover).open()

    def give_back(self) -> None:
        from dossier_app.ui.handover.give_back import GiveBackDialog

        if handover := self.current:
            GiveBackDialog(self, self._desk, handover).open()

    def ask_end(self) -> None:
        """Ask before the handover ends."""
        handover = self.current
        if handover is None:
            return
        if handover.direction is Direction.TAKEN:
            from dossier_app.ui.handover.give_back import EndTakenDialog

            EndTakenDialog(self, self._desk, handover).open()
            return
        text = tr(
            "The dossiers are yours alone again, whether everything has come back or not. Tell "
            "{name} on the phone: the other binder does not learn of it by itself.",
            name=handover.colleague,
        )
        ask(self, tr("End the handover"), text, tr("End it"), partial(self.end, handover))

    def end(self, handover: Handover) -> None:
        """The dossiers are just the rep's own again."""
        said = tr("The handover is over.")
        self._desk.act(partial(ending.end, handover), initiator=self, said=said)

    def show_keys(self) -> None:
        from dossier_app.ui.handover.keys_dialog import KeysDialog

        KeysDialog(self, self._desk).open()

    # --- putting it together

    def _make_side(self) -> None:
        self._name = Prose(weight=SEMIBOLD, most=2)
        self._stage = Label("", role="muted")
        self._what = Label("", "small", role="muted", wrap=True)
        self._named = caps_label(tr("Dossiers"))
        self._names = [ElidedLabel() for _ in range(_MOST_NAMES)]
        self._rest = Label("", role="muted")
        self.back_button = Button(tr("Update, or give back…"), Look.SECONDARY, icon="handover")
        self.pack_button = Button(tr("Print the pack…"), Look.SECONDARY, keys=PACK_KEYS)
        self.report_button = Button(tr("Report of the absence…"), Look.SECONDARY)
        self.prolong_button = Button(tr("Prolong…"), Look.SECONDARY)
        self.end_button = Button("", Look.DANGER)
        self._side_buttons = (
            (self.back_button, self.give_back),
            (self.pack_button, self.print_pack),
            (self.report_button, self.print_report),
            (self.prolong_button, self.prolong),
            (self.end_button, self.ask_end),
        )
        for button, slot in self._side_buttons:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(slot)
        QShortcut(QKeySequence(PACK_KEYS), self, self.print_pack)

    def _make_empty(self) -> None:
        self._empty = Teaching()
        self._empty.teach(
            tr("Nothing is handed over"),
            [
                ("absence", tr("Before a holiday you give the work that is planned for those days "
                               "to one or two colleagues: an encrypted file for each, with the "
                               "dossiers and your notes.")),
                ("handover", tr("They work with it in their own binder, and what they did comes "
                                "back the same way. You look at it before anything is taken.")),
                ("open", tr("Did a colleague send you a package? Open it here, or drag it onto "
                            "the window.")),
            ],
        )  # fmt: skip

    def _lay_out(self) -> None:
        grid = scale().grid
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(grid)
        for widget in (self._name, self._stage, self._what):
            side.addWidget(widget)
        side.addSpacing(2 * grid)
        for widget in (self._named, *self._names, self._rest):
            side.addWidget(widget)
        side.addStretch(1)
        side.addSpacing(2 * grid)
        for button, _ in self._side_buttons:
            side.addWidget(button)
        column = QWidget()
        column.setFixedWidth(_SIDE)
        column.setLayout(side)
        self._full = QWidget()
        both = QHBoxLayout(self._full)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(4 * grid)
        both.addWidget(self.rows, 1)
        both.addWidget(Hairline(vertical=True))
        both.addWidget(column)
        self.body.addWidget(self._full, 1)
        self.body.addWidget(self._empty, 1)

    def _make_foot(self) -> None:
        self.open_button = Button(tr("Open a package…"), Look.SECONDARY, keys=OPEN_KEYS)
        self.open_button.clicked.connect(self.package_wanted)
        self.keys_button = Button(tr("Keys…"), Look.SECONDARY, keys=KEYS_KEYS)
        self.keys_button.clicked.connect(self.show_keys)
        QShortcut(QKeySequence(OPEN_KEYS), self, self.open_button.click)
        QShortcut(QKeySequence(KEYS_KEYS), self, self.show_keys)
        self.footer.addWidget(self.open_button)
        self.footer.addWidget(self.keys_button)
        self.add_buttons(tr("Plan an absence…"), cancel=tr("Close"))


def _row(handover: Handover, today: date) -> Row:
    stage, n = handover.stage(today), len(ending.dossiers_of(handover))
    loose = len(ending.loose_sheets_of(handover))
    given = handover.direction is Direction.GIVEN
    tone = Tone.PLAIN if stage is Stage.ENDED else Tone.PROMISE if given else Tone.OCCASION
    return Row(
        handover.colleague,
        beside=words.days_words(handover.first_day, handover.last_day, today),
        right=words.stage_words(handover, today),
        below=words.joined(
            words.dossier_count(n) if n or not loose else "",
            words.sheet_count(loose) if loose else "",
            words.update_words(handover.direction, ending.last_update(handover), today),
        ),
        chip=words.direction_words(handover.direction),
        tone=tone,
        wrong=stage is Stage.OVERDUE,
    )


def _terms(handover: Handover) -> str:
    """What was agreed when it was made."""
    private = tr("With private facts.") if handover.private else tr("Without private facts.")
    keep = (
        tr("The copies may stay when it is over.")
        if handover.may_keep
        else tr("The copies go when it is over.")
    )
    return f"{private} {keep}"
