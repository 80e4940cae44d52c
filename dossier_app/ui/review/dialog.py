"""The evening's look back in the window: a day, a week or a month."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dossier_app.domain.binder import LEFT_BEHIND, Slot
from dossier_app.domain.changes import Changes
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import Month
from dossier_app.domain.review import DayReview, SpanReview, month_days, span_before, week_days
from dossier_app.services import reviewing, undoing
from dossier_app.ui.binder.header import Numeral
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.balance import balance_dialog
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.files import ask_where, write_whole
from dossier_app.ui.dialogs.labelled import Closing, tab_through
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.dialogs.refile import RefileDialog
from dossier_app.ui.review import words
from dossier_app.ui.review.day_page import LOG_KEYS, MOVE_KEYS, OPEN_KEYS, DayPage
from dossier_app.ui.review.print_dialog import ReviewPrintDialog
from dossier_app.ui.review.span_page import SpanPage
from dossier_app.ui.theme import scale
from dossier_app.ui.toast import Toast
from dossier_app.ui.widgets import Button, ElidedLabel, Look, Segments
from dossier_app.ui.work import Slices, WorkBar

_SIZE = (1040, 720)


class Span(StrEnum):
    """How much is looked back upon."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ReviewDialog(PaperDialog):
    """Plan against fact. Ctrl+1, 2, 3 choose day, week, month; Ctrl+PgUp and Ctrl+PgDown
    turn to the one before and after; what is left of a day is dealt with from here.

    A day is read at once; longer spans a day at a time, so that the window stays alive:
    until all of it is there, what was seen before is still seen.
    """

    dossier_wanted = Signal(str)  # uid
    slot_wanted = Signal(Slot)

    def __init__(self, window: QWidget, desk: Desk, day: date) -> None:
        super().__init__(window, tr("Day review"), width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], window.window().height() - MARGIN))
        self._desk = desk
        self.span, self.day = Span.DAY, day
        self.found: DayReview | SpanReview | None = None  # what is seen
        self.day_page, self.span_page = DayPage(), SpanPage()
        self.reading = Slices(self)
        self.reading.done.connect(self._span_read)
        self._make_head()
        self._make_foot()
        self._lay_out()
        self._toast = Toast(self)
        self._connect()
        self.read()
        self.day_page.take_focus(Qt.FocusReason.TabFocusReason)

    # --- what is looked at

    def read(self) -> None:
        """Read what is wanted, and show it."""
        self.reading.cancel()
        if self.span is Span.DAY:
            self._show_day(reviewing.review(self.day))
            return
        first, last = self._bounds
        before_first, before_last = span_before(first, last)
        days = (last - first).days + (before_last - before_first).days + 2
        self.closing.say("")
        self.work_bar.say(tr("Reading the days…"))
        self._set_ready(False)
        self.reading.start(reviewing.review_steps(first, last), days)

    def look_at(self, span: Span, day: date | None = None) -> None:
        """Turn to a day, or to the week or month that holds ``day``."""
        self.span, self.day = span, min(day or self.day, self._desk.today)
        self.spans.choose(span)
        self.read()

    def turn(self, step: int) -> None:
        """To the span after (1) or before (-1); not beyond today."""
        if step > 0 and not self.after_button.isEnabled():
            return
        if self.span is Span.MONTH:
            day = Month.of(self.day).plus(step).first_day
        else:
            day = self.day + timedelta(days=step * (7 if self.span is Span.WEEK else 1))
        self.look_at(self.span, day)

    @property
    def _bounds(self) -> tuple[date, date]:
        if self.span is Span.MONTH:
            return month_days(Month.of(self.day))
        return week_days(self.day) if self.span is Span.WEEK else (self.day, self.day)

    def _show_day(self, review: DayReview) -> None:
        had_focus = self._has_focus_in(self.pages)
        self.found = review
        self._show_heading(words.day_heading(review))
        self.day_page.show_day(review, self._desk.today)
        self._tell_rest(review)
        self.pages.setCurrentWidget(self.day_page)
        self._set_ready(True)
        if had_focus and not self._has_focus_in(self.day_page):
            self.day_page.take_focus(Qt.FocusReason.TabFocusReason)

    def _span_read(self, span: SpanReview) -> None:
        had_focus = self._has_focus_in(self.pages)
        self.found = span
        self._show_heading(words.span_heading(span, self._desk.today))
        self.span_page.show_span(span, self._desk.today)
        self.primary_button.hide()
        self.pages.setCurrentWidget(self.span_page)
        self._set_ready(True)
        if had_focus and not self._has_focus_in(self.span_page):
            self.span_page.plan.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_heading(self, heading: words.Heading) -> None:
        self.numeral.show_text(heading.number)
        self.title.setText(heading.title)
        self.line.setText(heading.line)
        self.after_button.setEnabled(self._bounds[1] < self._desk.today)

    def _tell_rest(self, review: DayReview) -> None:
        """What is left under the day, and what the day after will bring."""
        today = self._desk.today
        left = sum(line.now.date == review.day for line in review.not_done)
        self.primary_button.setVisible(bool(left))
        self.day_page.closed.hide()
        said = []
        if not review.plan_known and review.contacts:
            said.append(
                tr("What was planned is not known: the binder came into use after this day.")
            )
        if left:
            said.append(
                ntr(
                    "{n} dossier is left under the day.",
                    "{n} dossiers are left under the day.",
                    left,
                )
            )
        if review.day == today and (review.plan or review.contacts):
            following = reviewing.day_after(self._desk.reader)
            self._next_day = following.slot
            (lying,) = self._desk.reader.load_of_days([today])
            if lying.load.contacts:
                said.append(f"{words.next_day_words(following, today)}.")
            else:
                self.day_page.closed.show_closed(words.closed_words(lying.sheets), following, today)
        self.closing.say(" ".join(said))

    def _set_ready(self, ready: bool) -> None:
        """What is seen can be printed and saved; not while something else is being read."""
        self.closing.setVisible(ready)
        self.work_room.setVisible(not ready)
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    # --- what was pressed

    def submit(self) -> bool:
        """Propose dates for all that is left."""
        if self.span is Span.DAY and not self.primary_button.isHidden():
            dialog = balance_dialog(self, self._desk, LEFT_BEHIND, self.day)
            assert dialog is not None
            dialog.open()
        return False

    def log(self, uid: str) -> None:
        LogDialog(self, self._desk, uid).open()

    def move_dossiers(self, uids: list[str]) -> None:
        RefileDialog(self, self._desk, uids).open()

    def open_dossier(self, uid: str) -> None:
        """Leave the review for a dossier."""
        self.accept()
        self.dossier_wanted.emit(uid)

    def open_next_day(self) -> None:
        """Leave the review for the day that comes."""
        self.accept()
        self.slot_wanted.emit(self._next_day)

    def undo(self) -> None:
        """Take back the newest action, as in the window."""
        changes = self._desk.act(undoing.undo, initiator=self)
        self._toast.say(
            tr("Taken back: {action}", action=undoing.title_of(changes.action))
            if changes
            else tr("There is nothing to undo.")
        )

    def _changed(self, _changes: Changes, _initiator: object) -> None:
        self.read()

    def _said(self, sentence: str) -> None:
        self._toast.say(sentence, tr("Undo"))

    # --- onto paper, into a file

    def print_review(self) -> None:
        """Show what is seen as pages."""
        if self.print_button.isEnabled() and self.found is not None:
            ReviewPrintDialog(self, self._desk, self.found).open()

    def ask_file(self) -> None:
        """Ask where the table shall lie."""
        if not self.save_button.isEnabled():
            return
        first, last = self._bounds
        name = f"{first}.csv" if first == last else f"{first} – {last}.csv"
        ask_where(self, tr("Save as CSV"), tr("Tables (*.csv)"), name, self.save)

    def save(self, path: str) -> None:
        """Write the figures of each day whole, or not at all."""
        found = self.found
        if isinstance(found, DayReview):
            found = reviewing.review_span(found.day, found.day)
        assert found is not None
        problem = write_whole(path, reviewing.review_table(found))
        self.show_problem(problem)
        if not problem:
            self._toast.say(tr("Saved: {file}", file=Path(path).name))

    # --- putting it together

    def _make_head(self) -> None:
        self.numeral = Numeral()
        self.line = ElidedLabel(role="muted")
        self.spans = Segments(
            ((Span.DAY, tr("Day")), (Span.WEEK, tr("Week")), (Span.MONTH, tr("Month"))),
            name=tr("How much to look back upon"),
        )
        self.before_button = Button(look=Look.QUIET, icon="chevron-left")
        self.before_button.setAccessibleName(tr("Before"))
        self.before_button.setToolTip(tr("Before (Ctrl PgUp)"))
        self.after_button = Button(look=Look.QUIET, icon="chevron-right")
        self.after_button.setAccessibleName(tr("After"))
        self.after_button.setToolTip(tr("After (Ctrl PgDown)"))
        self.today_button = Button(tr("Today"), Look.QUIET, keys="Ctrl+T")

    def _make_foot(self) -> None:
        self.print_button = Button(tr("Print…"), Look.SECONDARY, keys="Ctrl+P")
        self.save_button = Button(tr("Save as CSV…"), Look.SECONDARY, keys="Ctrl+S")
        self.closing = Closing()
        self.work_bar = WorkBar(self.reading)
        self.work_room = QWidget()
        inside = QVBoxLayout(self.work_room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.work_bar)
        self.footer.addWidget(self.print_button)
        self.footer.addWidget(self.save_button)
        self.footer.addWidget(self.closing, 100)
        self.footer.addWidget(self.work_room, 100)
        self.add_buttons(tr("Give dates…"), cancel=tr("Close"))

    def _lay_out(self) -> None:
        grid = scale().grid
        self._column.removeWidget(self.title)
        self.title.setWordWrap(False)
        named = QVBoxLayout()
        named.setSpacing(grid)
        named.addStretch(1)
        named.addWidget(self.title)
        named.addWidget(self.line)
        named.setContentsMargins(0, 0, 0, 10)
        chosen = QHBoxLayout()
        chosen.setSpacing(grid)
        chosen.setContentsMargins(0, 0, 0, 8)
        for widget in (self.today_button, self.before_button, self.after_button, self.spans):
            chosen.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        head = QHBoxLayout()
        head.setSpacing(4 * grid)
        head.addWidget(self.numeral)
        head.addLayout(named, 1)
        head.addLayout(chosen)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.day_page)
        self.pages.addWidget(self.span_page)
        self.body.addLayout(head)
        self.body.addWidget(self.pages, 1)
        day, charts = self.day_page, self.span_page.charts
        tab_through(
            self.today_button, self.before_button, self.after_button, self.spans,
            day.closed.next_day, day.contacts, day.rest, day.nothing, day.move_button,
            day.log_button, day.open_button, self.span_page.sentence, *charts,
            self.print_button, self.save_button, self.cancel_button, self.primary_button,
        )  # fmt: skip

    def _connect(self) -> None:
        desk, day = self._desk, self.day_page
        self.spans.chosen.connect(self.look_at)
        self.before_button.clicked.connect(partial(self.turn, -1))
        self.after_button.clicked.connect(partial(self.turn, 1))
        self.today_button.clicked.connect(self._to_today)
        self.print_button.clicked.connect(self.print_review)
        self.save_button.clicked.connect(self.ask_file)
        day.opened.connect(self.open_dossier)
        day.move_wanted.connect(self.move_dossiers)
        day.log_wanted.connect(self.log)
        day.next_day_wanted.connect(self.open_next_day)
        day.week_wanted.connect(partial(self.look_at, Span.WEEK))
        self.span_page.day_wanted.connect(partial(self.look_at, Span.DAY))
        self._toast.acted.connect(self.undo)
        desk.changed.connect(self._changed)
        desk.said.connect(self._said)
        desk.refused.connect(self.show_problem)
        desk.day_turned.connect(self.read)
        for keys, slot in (
            ("Ctrl+1", partial(self.look_at, Span.DAY)),
            ("Ctrl+2", partial(self.look_at, Span.WEEK)),
            ("Ctrl+3", partial(self.look_at, Span.MONTH)),
            ("Ctrl+PgUp", partial(self.turn, -1)),
            ("Ctrl+PgDown", partial(self.turn, 1)),
            ("Ctrl+T", self._to_today),
            ("Ctrl+P", self.print_review),
            ("Ctrl+S", self.ask_file),
            ("Ctrl+Z", self.undo),
            (LOG_KEYS, day.log_current),
            (MOVE_KEYS, day.move_current),
            (OPEN_KEYS, day.open_current),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _to_today(self) -> None:
        self.look_at(self.span, self._desk.today)

    def _has_focus_in(self, part: QWidget) -> bool:
        focused = self.focusWidget()
        return focused is not None and part.isAncestorOf(focused)
