"""The control points of a long job: five slips, seen before they are put away."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from dossier_app.domain.checkpoints import Checkpoint, checkpoints
from dossier_app.domain.datewords import short_day, short_weekday
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import day_place
from dossier_app.domain.when import When
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.slips import add_checkpoints
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import SEMIBOLD, scale
from dossier_app.ui.widgets import ElidedLabel, Hairline, Label

WIDTH = 780
_POINTS = 5


class CheckpointsDialog(PaperDialog):
    """What the job is called, from when to when it runs, and the slips that come of it."""

    def __init__(self, window: QWidget, desk: Desk, dossier_uid: str) -> None:
        self._desk, self._dossier_uid = desk, dossier_uid
        self._points: list[Checkpoint] = []
        self._refusal = ""
        name = quoted(load_dossier(dossier_uid).name)
        super().__init__(window, tr("Checkpoints of a job: {name}", name=name), width=WIDTH)
        self.job = QLineEdit()
        self.start, self.end = WhenField(desk, tr("Start")), WhenField(desk, tr("End"))
        self.rows = [(ElidedLabel("", weight=SEMIBOLD), ElidedLabel()) for _ in range(_POINTS)]
        self.closing = Closing()
        self._lay_out()
        self.start.suggest(When(day_place(desk.today)), tr("if left empty"))
        self.job.textChanged.connect(self._follow)
        for field in (self.start, self.end):
            field.understood.connect(self._follow)
            for shortcut in field.findChildren(QShortcut):
                # The keys of two fields: those of the one that has the focus count.
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.refused.connect(self.show_problem)
        self._follow()
        self.job.setFocus()

    def _lay_out(self) -> None:
        grid = scale().grid
        self.job.setPlaceholderText(tr("wiring of the new hall"))
        self.body.addLayout(labelled(tr("The job"), self.job))
        span = QHBoxLayout()
        span.setSpacing(6 * grid)
        for title, field in ((tr("Start"), self.start), (tr("End"), self.end)):
            span.addLayout(labelled(title, field, buddy=field.edit), 1)
        self.body.addLayout(span)
        self.body.addWidget(Hairline())
        self._hint = Label(
            tr("Five slips remind of it: at the start, at 25, 75, 95 and 99 % of the time."),
            role="muted",
            wrap=True,
        )
        self.body.addWidget(self._hint)
        table = QGridLayout()
        table.setHorizontalSpacing(4 * grid)
        table.setVerticalSpacing(2 * grid)
        table.setColumnStretch(1, 1)
        for number, (day, text) in enumerate(self.rows):
            table.addWidget(day, number, 0)
            table.addWidget(text, number, 1)
        self.body.addLayout(table)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Put under their days"))
        tab_through(self.job, self.start.edit, self.end.edit)

    def _span(self) -> tuple[date, date] | None:
        chosen = [field.chosen for field in (self.start, self.end)]
        days = [when.place.date for when in chosen if when is not None]
        known = [day for day in days if day is not None]
        return (known[0], known[1]) if len(known) == 2 else None

    def _follow(self, *_: object) -> None:
        span, title = self._span(), self.job.text().strip()
        self._points, self._refusal = [], ""
        if span is not None:
            try:
                self._points = checkpoints(
                    title or tr("The job"), *span, self._desk.calendar.is_working
                )
            except Refusal as refusal:
                self._refusal = str(refusal)
        self._show_points()
        self.show_problem("")
        self.closing.say(self._what_save_does(), obstacle=self._refusal)

    def _show_points(self) -> None:
        today = self._desk.today
        for number, (day, text) in enumerate(self.rows):
            point = self._points[number] if self._points else None
            day.setText(
                f"{short_weekday(point.on)}, {short_day(point.on, today)}" if point else " "
            )
            text.setText(point.text if point else " ")
            day.set_role("danger" if point and point.on < today else "ink")

    def _what_save_does(self) -> str:
        n = len(self._points)
        late = sum(1 for point in self._points if point.on < self._desk.today)
        if late:
            return ntr(
                "{n} slip lies in Left behind: its day has passed.",
                "{n} slips lie in Left behind: their days have passed.",
                late,
            )
        return ntr("{n} slip under its day.", "{n} slips under their days.", n) if n else ""

    def _obstacle(self) -> str:
        if not self.job.text().strip():
            return tr("The job needs a name.")
        if self.start.problem or self.end.problem:
            return tr("The date is not understood yet.")
        if self._span() is None:
            return tr("Type the day on which the job is to end.")
        return self._refusal

    def submit(self) -> bool:
        for field in (self.start, self.end):
            field.tell_problem()
        obstacle, span = self._obstacle(), self._span()
        if obstacle or span is None:
            self.closing.say("", obstacle=obstacle)
            return False
        title = self.job.text().strip()
        said = tr("Checkpoints put away: {name}", name=quoted(title))
        action = partial(add_checkpoints, self._dossier_uid, title, *span)
        return self._desk.act(action, initiator=self, said=said) is not None
