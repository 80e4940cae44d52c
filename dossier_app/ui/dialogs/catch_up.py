"""Back after days away: what was left meanwhile, and three ways to go on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dossier_app.domain.binder import LEFT_BEHIND, TO_SPREAD
from dossier_app.domain.datewords import long_day, month_name
from dossier_app.domain.language import ntr, tr
from dossier_app.services.catching_up import MonthDue, UnclosedDay, months_due, unclosed_days
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.widgets import Button, Label, Look
from dossier_app.ui.widgets.two_lines import Row, RowList

WIDTH = 620
DAY_KEYS = "Ctrl+D"
_MOST_SHOWN = 8  # rows; the rest scrolls


class CatchUpDialog(PaperDialog):
    """The days that were not closed, in order, and the months that have come.

    Enter on a row opens it; otherwise all get dates at once, or one day follows the other.
    """

    dates_wanted = Signal(object)  # Slot: the tray whose sheets are to get days
    day_wanted = Signal(object)  # date: the day to begin with

    def __init__(self, window: QWidget, desk: Desk, since: date) -> None:
        super().__init__(window, tr("While you were away"), width=WIDTH)
        self._days, self._months = unclosed_days(desk.today), months_due(desk.today)
        self._today = desk.today
        self.summary = Label(self._summary(since), role="muted", wrap=True)
        self.rows = RowList(tr("Days and months"))
        self.rows.show_rows(
            [_day_row(day, desk.today) for day in self._days]
            + [_month_row(month) for month in self._months]
        )
        height = self.rows.sizeHintForRow(0)
        shown = min(len(self._days) + len(self._months), _MOST_SHOWN)
        self.rows.setFixedHeight(height * shown)
        self.rows.activated.connect(self._open_row)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.rows, 1)
        self.day_button = Button(tr("Day by day"), Look.SECONDARY, keys=DAY_KEYS)
        self.day_button.clicked.connect(self._day_by_day)
        QShortcut(QKeySequence(DAY_KEYS), self, self._day_by_day)
        self.day_button.setVisible(bool(self._days))
        self.add_buttons(tr("Give dates…"), cancel=tr("Later"))
        self.accepted.connect(self._give_dates)
        self.footer.insertWidget(self.footer.indexOf(self.primary_button), self.day_button)
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _give_dates(self) -> None:
        self.dates_wanted.emit(LEFT_BEHIND if self._days else TO_SPREAD)

    def _day_by_day(self) -> None:
        if self._days:
            self.done(0)
            self.day_wanted.emit(self._days[0].date)

    def _open_row(self, index: QModelIndex) -> None:
        self.done(0)
        if index.row() < len(self._days):
            self.day_wanted.emit(self._days[index.row()].date)
        else:
            self.dates_wanted.emit(TO_SPREAD)

    def _summary(self, since: date) -> str:
        words = [tr("Your last day of work was {day}.", day=long_day(since, self._today))]
        if self._days:
            sheets = sum(day.sheets for day in self._days)
            days = ntr("{n} day", "{n} days", len(self._days))
            words.append(
                ntr(
                    "{n} sheet is left under {days}.",
                    "{n} sheets are left under {days}.",
                    sheets,
                    days=days,
                )
            )
        if self._months:
            dossiers = sum(month.dossiers for month in self._months)
            words.append(
                ntr(
                    "The month has come for {n} dossier.",
                    "The month has come for {n} dossiers.",
                    dossiers,
                )
            )
        return " ".join(words)


def _day_row(day: UnclosedDay, today: date) -> Row:
    movable = day.sheets - day.fixed
    parts = []
    if day.fixed:
        parts.append(ntr("{n} missed appointment", "{n} missed appointments", day.fixed))
    if movable:
        parts.append(ntr("{n} movable sheet", "{n} movable sheets", movable))
    return Row(
        long_day(day.date, today),
        right=ntr("{n} sheet", "{n} sheets", day.sheets),
        below=" · ".join(parts),
        wrong=bool(day.fixed),
    )


def _month_row(due: MonthDue) -> Row:
    return Row(
        month_name(due.month),
        right=ntr("{n} dossier", "{n} dossiers", due.dossiers),
        below=tr("no day yet"),
    )
