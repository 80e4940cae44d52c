"""A day in review: its figures, whom was talked to, and what is left to deal with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.review import DayReview
from dossier_app.domain.sheets import Divider
from dossier_app.ui.binder.empty import EmptyState, EmptyText
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.review import words
from dossier_app.ui.review.figures import FigureStrip
from dossier_app.ui.review.lists import LineList
from dossier_app.ui.review.rows import Line, Row, contact_rows, open_rows
from dossier_app.ui.theme import SEMIBOLD, scale, tokens
from dossier_app.ui.widgets import Button, Label, LoadBar, Look, paint

LOG_KEYS, MOVE_KEYS, OPEN_KEYS = "Ctrl+L", "Ctrl+M", "Ctrl+D"
_LEFT, _RIGHT = 5, 4  # shares of the width


class DayPage(QWidget):
    """Shows a `DayReview`; says what was pressed on its lines."""

    opened = Signal(str)  # uid: show the dossier
    move_wanted = Signal(list)  # uids
    log_wanted = Signal(str)  # uid
    next_day_wanted = Signal()
    week_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strip = FigureStrip(tr("Figures of the day"))
        self.closed = ClosedNote()
        self.closed.next_day.clicked.connect(self.next_day_wanted)
        self.contacts = LineList(tr("Contacts"))
        self.rest = LineList(tr("Not done, and promises"))
        self.no_contacts = Label("", role="muted", wrap=True)
        self.no_rest = Label("", role="muted", wrap=True)
        self.nothing = EmptyState()
        self.nothing.pressed.connect(self.week_wanted)
        self._make_buttons()
        self._lay_out()
        for view in (self.contacts, self.rest):
            view.move_wanted.connect(self.move_wanted)
            view.log_wanted.connect(self.log_wanted)
            view.selectionModel().currentChanged.connect(self._follow)
        self.contacts.pressed_enter.connect(self._open)
        self.rest.pressed_enter.connect(self._deal_with)

    def show_day(self, review: DayReview, today: date) -> None:
        """Show a day; the chosen lines stay chosen."""
        self.strip.show_figures(words.day_figures(review.figures, is_over=review.day < today))
        made, rest = contact_rows(review, today), open_rows(review, today)
        self._show_rows(self.contacts, made, self.no_contacts, self._why_no_contacts(review, today))
        self._show_rows(self.rest, rest, self.no_rest, self._why_no_rest(review))
        is_empty = not (made or rest)
        self._lists.setHidden(is_empty)
        self.nothing.setVisible(is_empty)
        if is_empty:
            self.nothing.say(_nothing_words(review, today))
        self._follow()

    @property
    def active(self) -> LineList:
        """The list that Log, Move and Open are about: the one with the focus."""
        if self.contacts.hasFocus() or not self.rest.lines.rows:
            return self.contacts
        return self.rest

    def take_focus(self, reason: Qt.FocusReason) -> None:
        """Go where the evening's work is."""
        views = [view for view in (self.rest, self.contacts) if view.lines.rows]
        (views[0] if views else self.nothing).setFocus(reason)

    def open_current(self) -> None:
        if self.isVisible() and (line := self.active.current):
            self.opened.emit(line.uid)

    def log_current(self) -> None:
        self.active.ask_log()

    def move_current(self) -> None:
        self.active.ask_move()

    def _show_rows(
        self, view: LineList, rows: Sequence[Row], instead: Label, sentence: str
    ) -> None:
        view.show_rows(rows)
        view.setVisible(bool(rows))
        instead.setText(sentence)
        instead.setVisible(not rows)

    def _why_no_contacts(self, review: DayReview, today: date) -> str:
        if review.day == today:
            return tr("Nobody was contacted yet today. Log & re-file writes contacts here.")
        return tr("Nobody was contacted on this day.")

    def _why_no_rest(self, review: DayReview) -> str:
        if not review.plan_known:
            return tr("No plan is kept of this day.")
        if not review.plan:
            return tr("Nothing was planned for this day.")
        return tr("Everything that was planned is done.")

    def _make_buttons(self) -> None:
        self.log_button = Button(tr("Log…"), Look.QUIET, keys="L")
        self.move_button = Button(tr("Re-file…"), Look.QUIET, keys="R")
        self.open_button = Button(tr("To the dossier"), Look.QUIET, keys=OPEN_KEYS)
        for button, slot in (
            (self.log_button, self.log_current),
            (self.move_button, self.move_current),
            (self.open_button, self.open_current),
        ):
            button.clicked.connect(slot)
            # A press must not take the focus off the line that it is about.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        grid = scale().grid
        self._lists = QWidget()
        lists = QGridLayout(self._lists)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setHorizontalSpacing(6 * grid)
        lists.setVerticalSpacing(grid)
        for place, (view, instead, share) in enumerate(
            ((self.contacts, self.no_contacts, _LEFT), (self.rest, self.no_rest, _RIGHT))
        ):
            part = QVBoxLayout()
            part.setSpacing(0)
            instead.setContentsMargins(0, 3 * grid, 0, 0)
            instead.setAlignment(Qt.AlignmentFlag.AlignTop)
            instead.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            part.addWidget(view, 1)
            part.addWidget(instead, 1)
            lists.addLayout(part, 0, place)
            lists.setColumnStretch(place, share)
            lists.setColumnMinimumWidth(place, 200)
        buttons = QHBoxLayout()
        buttons.setSpacing(grid)
        buttons.addStretch(1)
        for button in (self.move_button, self.log_button, self.open_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * grid)
        column.addWidget(self.strip)
        column.addWidget(self.closed)
        column.addWidget(self._lists, 1)
        column.addWidget(self.nothing, 1)
        column.addLayout(buttons)

    def _follow(self, *_: object) -> None:
        there = self.active.current is not None
        for button in (self.log_button, self.move_button, self.open_button):
            button.setVisible(there)

    def _open(self, line: Line) -> None:
        self.opened.emit(line.uid)

    def _deal_with(self, line: Line) -> None:
        """What was not done gets another date; a promise is looked up."""
        if line.is_plan:
            self.rest.ask_move()
        else:
            self.opened.emit(line.uid)


def _nothing_words(review: DayReview, today: date) -> EmptyText:
    week = (tr("Look at the week"), "week")
    if not review.plan_known:
        return EmptyText(
            tr("Nothing is known of this day."),
            tr("The binder came into use after it. Contacts that are entered for it count."),
            *week,
        )
    if review.day == today:
        return EmptyText(
            tr("Nothing is planned for today."),
            tr("Whom you talk to shows here, planned or not."),
            *week,
        )
    return EmptyText(
        tr("Nothing happened on this day."),
        tr("Nothing was planned for it, and nobody was contacted."),
        *week,
    )


class ClosedNote(QWidget):
    """Nothing is left under today: said soberly, with the day to come."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = Label("", weight=SEMIBOLD, role="accent")
        self.next_words = Label()
        self.bar = LoadBar()
        self.bar.setFixedWidth(96)
        self.next_day = Button(tr("Open that day"), Look.QUIET, icon="arrow-right")
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 6, 8, 6)
        row.setSpacing(3 * scale().grid)
        row.addWidget(self.sentence)
        row.addStretch(1)
        row.addWidget(self.next_words)
        row.addWidget(self.bar)
        row.addWidget(self.next_day)
        self.hide()

    def show_closed(self, sentence: str, following: Divider, today: date) -> None:
        self.sentence.setText(sentence)
        self.next_words.setText(words.next_day_words(following, today))
        self.bar.set_load(following.load)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.rounded(painter, self.rect(), scale().radius_control, t.accent_soft)
        draw_icon(painter, "check", 12, (self.height() - 16) // 2, t.accent)
