"""The page of one divider: head, slips, rows, foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from dossier_app.domain.binder import SlotKind
from dossier_app.domain.datewords import long_day
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import SlipKind
from dossier_app.domain.sheets import Divider, Sheet
from dossier_app.ui.binder.empty import (
    NEXT_DAY,
    EmptyState,
    EmptyText,
    Mark,
    closed_text,
    empty_text,
)
from dossier_app.ui.binder.header import PageHeader, RowFilter
from dossier_app.ui.binder.plan_bar import PlanBar
from dossier_app.ui.binder.rows import BAR_ROOM, SHEET_ROLE, RowList
from dossier_app.ui.icons import SLIP_ICONS, icon
from dossier_app.ui.widgets import Button, Chip, ElidedLabel, FlowLayout, Hairline, Look, Tone

MOST_CHIPS = 4
_SHOW_ALL = "show_all"
_DATED = (SlotKind.MONTH, SlotKind.LATER, SlotKind.LEFT_BEHIND)


@dataclass(frozen=True, slots=True)
class SlipChip:
    """A slip shown as a sentence above the rows: an occasion, a promise that is due; or a
    handover whose time is over (``handover``: ``uid`` is its own)."""

    uid: str
    text: str
    kind: SlipKind = SlipKind.PROMISE
    handover: bool = False

    @property
    def icon(self) -> str:
        return "handover" if self.handover else SLIP_ICONS[self.kind]


class BinderPage(QWidget):
    """Shows what `show_page` is given; says what was chosen and pressed."""

    opened = Signal(str)  # uid of the current sheet; empty when there is none
    activated = Signal(str)  # uid: Enter or double click
    slip_opened = Signal(str)  # uid of a SlipChip
    handover_opened = Signal(str)  # the same of one about a handover
    empty_action = Signal(str)  # "new", "today", "import" or "next": the day after this
    plan_wanted = Signal()  # to balance the day, or to give dates

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: list[Sheet] = []
        self._divider: Divider | None = None
        self._today = date.min
        self._done: tuple[int, int] | None = None
        self._after: Divider | None = None
        self._only: date | None = None
        self.header = PageHeader()
        self.plan = PlanBar()
        self.rows = RowList()
        self._slips = QWidget()
        self._chips = FlowLayout(self._slips)
        self._hidden_slips: Sequence[SlipChip] = ()
        self._empty = EmptyState()
        self._foot = ElidedLabel(role="muted")
        self._mark = Mark()
        self._onward = Button("", Look.QUIET)
        self._lay_out()

        self.header.filtered.connect(self._refill)
        self.rows.activated_row.connect(self._activate)
        self.rows.selectionModel().currentChanged.connect(self._current_changed)
        self.rows.verticalScrollBar().valueChanged.connect(self._count_below)
        self._empty.pressed.connect(self._empty_pressed)
        self._onward.clicked.connect(partial(self.empty_action.emit, NEXT_DAY))
        self.plan.wanted.connect(self.plan_wanted)
        self.plan.stepped.connect(self.step_day)
        self.plan.all_days_wanted.connect(partial(self.walk, None))

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 19, 20 - BAR_ROOM, 0)
        column.setSpacing(0)
        head, foot = QVBoxLayout(), QVBoxLayout()
        for part in (head, foot):
            part.setContentsMargins(0, 0, BAR_ROOM, 0)
            part.setSpacing(0)
        head.addWidget(self.header)
        head.addSpacing(4)
        head.addWidget(self.plan)
        head.addWidget(self._slips)
        self._line = Hairline()
        keep = self._line.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._line.setSizePolicy(keep)
        foot.addWidget(self._line)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._mark)
        line.addWidget(self._foot, 1)
        line.addWidget(self._onward)
        foot.addLayout(line)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        column.addLayout(foot)
        self._slips.setContentsMargins(0, 0, 0, 8)
        self._foot.setFixedHeight(40)

    # --- what the window tells and asks

    def show_page(
        self,
        divider: Divider,
        sheets: Sequence[Sheet],
        today: date,
        *,
        slips: Sequence[SlipChip] = (),
        done: tuple[int, int] | None = None,
        after: Divider | None = None,
        current: str = "",
    ) -> None:
        """Show a divider.

        ``done`` is how many of today's sheets are done, and of how many, ``after`` the day
        that comes next; ``current`` the uid of the sheet to choose. Where it is not here,
        a page shown anew keeps the row that was chosen, or the one after it when that row
        has gone; another divider begins with its first row and without a filter.
        """
        candidates = [current]
        if self._divider is not None and self._divider.slot == divider.slot:
            candidates += self._uids_from_current()
        else:
            self.header.filter.choose(RowFilter.ALL)
            self._only = None
        self._divider, self._sheets, self._today, self._done = divider, list(sheets), today, done
        self._after = after
        self._keep_walking()
        self.header.show_divider(divider)
        self.show_slips(slips)
        self._fill(candidates)

    def show_slips(self, slips: Sequence[SlipChip]) -> None:
        """Show other slips above the rows; the rows stay. What does not fit into
        `MOST_CHIPS` is behind the last chip."""
        self._chips.clear()
        shown = slips if len(slips) <= MOST_CHIPS else slips[: MOST_CHIPS - 1]
        for slip in shown:
            warm = slip.kind is SlipKind.BIRTHDAY or slip.handover
            tone = Tone.OCCASION if warm else Tone.PROMISE
            chip = Chip(slip.text, tone, icon=slip.icon, large=True)
            chip.clicked.connect(partial(self._open_slip, slip))
            self._chips.addWidget(chip)
        self._hidden_slips = slips[len(shown) :]
        if self._hidden_slips:
            more = ntr("{n} more", "{n} more", len(self._hidden_slips))
            chip = Chip(more, large=True)
            chip.clicked.connect(self._list_hidden_slips)
            self._chips.addWidget(chip)
        self._slips.setVisible(bool(slips))

    def update_head(self, divider: Divider) -> None:
        """The load has changed, the rows have not."""
        self._divider = divider
        self.header.show_divider(divider)
        self._show_plan()

    @property
    def only(self) -> date | None:
        """The one day of *Left behind* that is shown; None for all of them."""
        return self._only

    def walk(self, day: date | None) -> None:
        """Of *Left behind* show only what lay under ``day``; None shows all again."""
        self._only = day
        self._fill([])

    def step_day(self, step: int) -> None:
        """Go to the day left behind after (1) or before (-1) the one shown."""
        days = self._days()
        if not days:
            return
        if self._only is None:
            self.walk(days[0] if step > 0 else days[-1])
        else:
            number = days.index(self._only) + step
            self.walk(days[min(max(number, 0), len(days) - 1)])

    @property
    def sheet(self) -> Sheet | None:
        """The current row."""
        index = self.rows.currentIndex()
        return index.data(SHEET_ROLE) if index.isValid() else None

    @property
    def selected(self) -> list[Sheet]:
        """All chosen rows in their order."""
        rows = sorted(index.row() for index in self.rows.selectedIndexes())
        return [self.rows.sheets.sheets[row] for row in rows]

    def select(self, uid: str) -> bool:
        """Choose the row of that sheet or dossier; False when it is not on the page."""
        index = self.rows.sheets.index_of(uid)
        if index.isValid():
            self._choose(index)
        return index.isValid()

    def has(self, uid: str) -> bool:
        """Whether that sheet, or a sheet of that dossier, lies here; also when filtered away."""
        return any(uid in (sheet.uid, sheet.dossier_uid) for sheet in self._sheets)

    def retranslate(self) -> None:
        """Say everything again after the language has changed."""
        self.header.retranslate()
        self.rows.retranslate()
        if self._divider is not None:
            self.update_head(self._divider)
            self._refill()

    # --- inside

    def _uids_from_current(self) -> list[str]:
        """Uids of the current row, then of those after it, then of those before, nearest
        first: in this order they take its place when it goes."""
        row = max(self.rows.currentIndex().row(), 0)
        uids = [sheet.uid for sheet in self.rows.sheets.sheets]
        return uids[row:] + uids[:row][::-1]

    def _refill(self) -> None:
        self._fill(self._uids_from_current())

    def _days(self) -> list[date]:
        return sorted({sheet.on for sheet in self._sheets if sheet.on is not None})

    def _keep_walking(self) -> None:
        """When nothing is left of the day that was shown, go on to the next."""
        days = self._days()
        if self._only is not None and self._only not in days:
            later = (day for day in days if day > self._only)
            self._only = next(later, days[0] if days else None)

    def _of_day(self) -> list[Sheet]:
        if self._only is None:
            return self._sheets
        return [sheet for sheet in self._sheets if sheet.on == self._only]

    def _filtered(self) -> list[Sheet]:
        wanted, sheets = self.header.filter.value, self._of_day()
        if wanted is RowFilter.NEW:
            return [sheet for sheet in sheets if sheet.is_new]
        if wanted is RowFilter.TIMED:
            timed = [sheet for sheet in sheets if sheet.time is not None]
            return sorted(timed, key=lambda sheet: (sheet.on or date.min, sheet.time or time.min))
        return sheets

    @property
    def _is_closed(self) -> bool:
        """Today, when something was done and nothing is left; an occasion does not count."""
        is_empty = self._divider is not None and not self._divider.sheets
        return is_empty and self._done is not None and self._done[1] > 0

    def _show_plan(self) -> None:
        assert self._divider is not None
        days = len(self._days()) if self._divider.slot.kind is SlotKind.LEFT_BEHIND else 0
        self.plan.show_plan(self._divider, self._only, len(self._of_day()), days)

    def _fill(self, candidates: Sequence[str]) -> None:
        """Show the rows that pass the filter; the first candidate among them is chosen."""
        assert self._divider is not None
        shown = self._filtered()
        dated = self._divider.slot.kind in _DATED
        self.rows.sheets.set_sheets(shown, self._today, dated=dated)
        if not shown:
            self._empty.say(self._empty_text())
        self._stack.setCurrentIndex(0 if shown else 1)
        self._show_plan()
        closed = self._is_closed
        self._mark.setVisible(closed)
        # An empty page has the same button in its middle.
        self._onward.setVisible(closed and bool(shown) and self._after is not None)
        if self._after is not None and self._after.slot.date is not None:
            self._onward.setText(tr("Open {day}", day=long_day(self._after.slot.date)))
            self._onward.updateGeometry()
        found = map(self.rows.sheets.index_of, filter(None, candidates))
        index = next(filter(QModelIndex.isValid, found), self.rows.sheets.index(0))
        if index.isValid():
            self._choose(index)
            self.rows.scrollTo(index)
        else:
            self.opened.emit("")
        # The list is laid out when it is next shown; only then is it known what fits.
        QTimer.singleShot(0, self, self._count_below)

    def _choose(self, index: QModelIndex) -> None:
        """This row alone, whatever keys are held down."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.rows.selectionModel().setCurrentIndex(index, flag)

    def _empty_text(self) -> EmptyText:
        assert self._divider is not None
        if self._sheets:
            return EmptyText(
                tr("No sheet here fits the filter."),
                tr("The others lie where they lay."),
                tr("Show all"),
                _SHOW_ALL,
            )
        if self._is_closed:
            return closed_text(self._after)
        return empty_text(self._divider.slot, self._today)

    def _count_below(self) -> None:
        parts = [tr("This day is closed")] if self._is_closed else []
        below = self.rows.rows_below() if self._stack.currentIndex() == 0 else 0
        if below:
            parts.append(ntr("{n} sheet below", "{n} sheets below", below))
        if self._done is not None and self._done[1]:
            done, of = self._done
            parts.append(tr("done {done} of {total}", done=done, total=of))
        self._foot.setText(" · ".join(parts))
        self._line.setVisible(bool(parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._count_below)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(current.data(SHEET_ROLE).uid)

    def _activate(self) -> None:
        if self.sheet is not None:
            self.activated.emit(self.sheet.uid)

    def _list_hidden_slips(self) -> None:
        chip = self.sender()
        assert isinstance(chip, QWidget)
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for slip in self._hidden_slips:
            action = menu.addAction(icon(slip.icon), slip.text.replace("&", "&&"))
            action.triggered.connect(partial(self._open_slip, slip))
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    def _open_slip(self, slip: SlipChip) -> None:
        (self.handover_opened if slip.handover else self.slip_opened).emit(slip.uid)

    def _empty_pressed(self, action: str) -> None:
        if action == _SHOW_ALL:
            self.header.filter.choose(RowFilter.ALL)
            self._refill()
        else:
            self.empty_action.emit(action)
