"""The working days of a year, to be changed: a decree, a working Saturday, a leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.balancing import Plan
from dossier_app.domain.datewords import day_month, full_date, long_day, weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.workdays import known_countries
from dossier_app.services import calendar_editing
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, labelled
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.dialogs.year_grid import Legend, YearGrid, day_state
from dossier_app.ui.theme import SEMIBOLD, scale
from dossier_app.ui.widgets import Button, Hairline, Label, Look

WIDTH = 1000
_SIDE = 216  # px of the column beside the year
LEAVE_KEYS, MOVE_KEYS = "Ctrl+L", "Ctrl+M"


class CalendarDialog(PaperDialog):
    """Which days are worked. Each change holds at once; what lies under a day that is off
    by now stays there until the rep accepts other days for it.
    """

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Calendar"), width=WIDTH)
        self._desk = desk
        self._at_first = desk.calendar
        self.grid = YearGrid(desk.calendar, desk.today)
        self._make_side()
        self._lay_out()
        self.grid.moved.connect(self._follow)
        self.grid.toggled.connect(self.toggle)
        self.grid.cleared.connect(self.clear)
        desk.settings_changed.connect(self._read)
        desk.changed.connect(self._read)
        self._read()
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    # --- putting it together

    def _make_side(self) -> None:
        self.country = QComboBox()
        self.country.setMaxVisibleItems(14)
        for code, name in _countries():
            self.country.addItem(name, code)
        self.country.setCurrentIndex(self.country.findData(self._desk.settings.country))
        self.country.activated.connect(self._choose_country)
        self.day = Label("", "body", SEMIBOLD, wrap=True)
        self.state = Label("", role="muted", wrap=True)
        self.lying = Label("", role="muted", wrap=True)
        self.toggle_button = Button("", Look.SECONDARY, keys="Space")
        self.toggle_button.clicked.connect(self.toggle)
        self.clear_button = Button(tr("Remove my mark"), Look.QUIET, keys="Del")
        self.clear_button.clicked.connect(self.clear)
        self.leave_button = Button(tr("Leave…"), Look.SECONDARY, icon="absence", keys=LEAVE_KEYS)
        self.leave_button.clicked.connect(self._leave)
        QShortcut(QKeySequence(LEAVE_KEYS), self, self._leave)
        self.reset_button = Button("", Look.QUIET, icon="refresh")
        self.reset_button.clicked.connect(self._ask_reset)

    def _lay_out(self) -> None:
        self.year_label = Label("", "title", SEMIBOLD)
        self.back = Button("", Look.QUIET, icon="chevron-left")
        self.on = Button("", Look.QUIET, icon="chevron-right")
        for button, name, step in (
            (self.back, tr("The year before"), -1),
            (self.on, tr("The next year"), 1),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self.grid.turn_year, step))
        head = QHBoxLayout()
        head.setSpacing(scale().grid)
        for widget in (self.back, self.year_label, self.on):
            head.addWidget(widget)
        head.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(2 * scale().grid)
        side.addLayout(head)
        side.addLayout(labelled(tr("Country"), self.country))
        side.addSpacing(scale().grid)
        side.addWidget(Hairline())
        for widget in (self.day, self.state, self.lying, self.toggle_button, self.clear_button):
            side.addWidget(widget)
        side.addStretch(1)
        side.addWidget(Legend())
        side.addSpacing(scale().grid)
        side.addWidget(self.leave_button)
        side.addWidget(self.reset_button)
        column = QWidget()
        column.setFixedWidth(_SIDE)
        side.setContentsMargins(0, 0, 0, 0)
        column.setLayout(side)
        both = QHBoxLayout()
        both.setSpacing(6 * scale().grid)
        both.addWidget(self.grid, 1)
        both.addWidget(column)
        self.body.addLayout(both, 1)
        self.closing = Closing()
        self.footer.addWidget(self.closing, 100)
        self.move_button = Button(tr("Move them…"), Look.SECONDARY, keys=MOVE_KEYS)
        self.move_button.clicked.connect(self._move)
        QShortcut(QKeySequence(MOVE_KEYS), self, self._move)
        self.add_buttons(tr("Done"))
        self.cancel_button.hide()
        self.footer.insertWidget(self.footer.indexOf(self.primary_button), self.move_button)

    # --- what is shown

    def _read(self, *_: object) -> None:
        self.grid.show_calendar(self._desk.calendar)
        own = len(self._desk.calendar.own)
        self.reset_button.setText(ntr("Drop {n} own day…", "Drop {n} own days…", own))
        self.reset_button.updateGeometry()
        self.reset_button.setVisible(own > 0)
        self._follow()
        self._say_what_lies()

    def _follow(self) -> None:
        calendar, (first, last) = self._desk.calendar, self.grid.span
        self.year_label.setText(str(self.grid.year))
        span = _days(first, last)
        if first == last:
            self.day.setText(f"{_capital(weekday(first))}, {full_date(first)}")
            self.state.setText(_capital(day_state(calendar, first)))
        else:
            begin = day_month(first) if first.year == last.year else full_date(first)
            self.day.setText(f"{begin} – {full_date(last)}")
            states = {day_state(calendar, day) for day in span}
            worked = sum(map(calendar.is_working, span))
            self.state.setText(
                _capital(states.pop())
                if len(states) == 1
                else ntr("{n} working day", "{n} working days", worked)
            )
        lying = sum(divider.sheets for divider in self._desk.reader.load_of_days(span))
        self.lying.setText(ntr("{n} sheet lies here", "{n} sheets lie here", lying))
        self.lying.setVisible(lying > 0)
        self.clear_button.setVisible(any(day in calendar.own for day in span))
        self.toggle_button.setText(
            tr("Make it worked") if not self._is_worked(span) else tr("Make it a day off")
        )
        self.toggle_button.updateGeometry()

    def _is_worked(self, span: list[date]) -> bool:
        return any(map(self._desk.calendar.is_working, span))

    def _say_what_lies(self) -> None:
        plan = self._on_new_days_off()
        n = len(plan.proposals) + len(plan.staying)
        self.move_button.setVisible(bool(plan.proposals))
        if not n:
            self.closing.say(tr("Space changes a day, Shift and an arrow choose several."))
        else:
            self.closing.say(
                ntr(
                    "{n} sheet lies under a day that is off now.",
                    "{n} sheets lie under days that are off now.",
                    n,
                )
            )

    def _on_new_days_off(self) -> Plan:
        """What lies under the days that became days off while this dialog is open."""
        last = max([date(self.grid.year, 12, 31), self._desk.today, *self._desk.calendar.own])
        new = [
            day
            for day in _days(self._desk.today, last)
            if self._at_first.is_working(day) and not self._desk.calendar.is_working(day)
        ]
        if not new:
            return Plan()
        plan, days = calendar_editing.on_days_off(new[0], new[-1]), set(new)
        return Plan(
            [proposal for proposal in plan.proposals if proposal.item.place.date in days],
            [staying for staying in plan.staying if staying.item.place.date in days],
        )

    # --- what was pressed

    def toggle(self) -> None:
        """Days that are worked are off from now on, and the other way round. A day goes
        back to the official calendar when that says the same."""
        first, last = self.grid.span
        worked = not self._is_worked(_days(first, last))
        official = replace(self._desk.calendar, own={})
        if all(official.is_working(day) is worked for day in _days(first, last)):
            self.clear()
        else:
            self._set(first, last, worked=worked)

    def clear(self) -> None:
        """Let the official calendar count again for what is chosen."""
        self._desk.act(partial(calendar_editing.clear_days, *self.grid.span), initiator=self)

    def _set(self, first: date, last: date, *, worked: bool, name: str = "") -> None:
        self.show_problem("")
        setting = partial(calendar_editing.set_days, first, last, worked=worked, name=name)
        self._desk.act(setting, initiator=self)

    def _choose_country(self) -> None:
        settings = replace(self._desk.settings, country=str(self.country.currentData()))
        self._desk.save_settings(settings)

    def _leave(self) -> None:
        dialog = LeaveDialog(self, self._desk)
        dialog.chosen.connect(self._take_leave)
        dialog.open()

    def _take_leave(self, first: date, last: date, name: str) -> None:
        self._set(first, last, worked=False, name=name)
        self.grid.choose(first)
        self.grid.choose(last, extend=True)

    def _ask_reset(self) -> None:
        from dossier_app.ui.messages import ask

        n = len(self._desk.calendar.own)
        text = ntr(
            "{n} day that you have set goes back to the official calendar.",
            "{n} days that you have set go back to the official calendar.",
            n,
        )
        ask(self, tr("Back to the official calendar"), text, tr("Go back"), self._reset)

    def _reset(self) -> None:
        self._desk.act(calendar_editing.clear_all, initiator=self)

    def _move(self) -> None:
        from dossier_app.ui.dialogs.balance import BalanceDialog

        if not self.move_button.isHidden():
            title = tr("Move from days off")
            BalanceDialog(self, self._desk, title, self._on_new_days_off).open()


class LeaveDialog(PaperDialog):
    """From when to when nobody works, and what it is called."""

    chosen = Signal(object, object, str)  # first day, last day, name

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Leave"), width=780)
        self._desk = desk
        self.first, self.last = WhenField(desk, tr("From")), WhenField(desk, tr("To"))
        self.name = QLineEdit(tr("Leave"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * scale().grid)
        for place, (title, field) in enumerate(((tr("From"), self.first), (tr("To"), self.last))):
            grid.addLayout(labelled(title, field, buddy=field.edit), 0, place)
        self.body.addLayout(grid)
        self.body.addLayout(labelled(tr("What it is called"), self.name))
        self.closing = Closing()
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Set as days off"))
        for field in (self.first, self.last):
            field.understood.connect(self._follow)
            for shortcut in field.findChildren(QShortcut):
                # The keys of two fields: those of the one that has the focus count.
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._follow()
        self.first.edit.setFocus()

    def _span(self) -> tuple[date, date] | None:
        first, last = self.first.chosen, self.last.chosen
        days = [when.place.date for when in (first, last) if when is not None]
        known = [day for day in days if day is not None]
        return (known[0], known[1]) if len(known) == 2 else None

    def _obstacle(self) -> str:
        span = self._span()
        if span is None:
            return tr("Type the first and the last day.")
        return tr("The last day is before the first.") if span[1] < span[0] else ""

    def _follow(self, *_: object) -> None:
        span, obstacle = self._span(), self._obstacle()
        if span is None or obstacle:
            self.closing.say("" if span is None else obstacle)
            return
        days = _days(*span)
        worked = sum(map(self._desk.calendar.is_working, days))
        self.closing.say(
            ntr(
                "{n} working day becomes a day off, from {first} to {last}.",
                "{n} working days become days off, from {first} to {last}.",
                worked,
                first=long_day(span[0], self._desk.today),
                last=long_day(span[1], self._desk.today),
            )
        )

    def submit(self) -> bool:
        for field in (self.first, self.last):
            field.tell_problem()
        obstacle, span = self._obstacle(), self._span()
        if obstacle or span is None:
            self.closing.say("", obstacle=obstacle)
            return False
        self.chosen.emit(*span, self.name.text().strip())
        return True


def _countries() -> list[tuple[str, str]]:
    """Codes and names: the usual ones first, the others as the system names them."""
    usual = [("RU", tr("Russia")), ("BY", tr("Belarus")), ("KZ", tr("Kazakhstan"))]
    codes = [code for code in known_countries() if code not in dict(usual)]
    return usual + [(code, f"{code} · {_system_name(code)}") for code in codes]


def _system_name(code: str) -> str:
    return QLocale.territoryToString(QLocale.codeToTerritory(code))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
