"""Where each tab stands in the column: trays, days by week under their month, months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QRect

from dossier_app.domain.binder import TRAYS, SlotKind
from dossier_app.domain.datewords import bare_month_name
from dossier_app.domain.place import Month
from dossier_app.domain.sheets import Divider

EDGE = 186  # x of the page's border; a chosen tab covers it
CORNER = 12  # px beyond the border: the page's corner, where the first tray joins it
MARGIN, INSET = 16, 22  # left ends of trays and today, and of the other tabs
RIGHT_PAD = 4  # trays and months end before the page
TRAY_ROW, TODAY_ROW, HEADING_ROW, MONTH_ROW = 20, 24, 16, 20
DAY_ROW = (16, 20)  # least and most; the column fills the height it has
WEEK_GAP, GROUP_GAP = 3, 6
MONTHS_IN_ROW = 3


@dataclass(slots=True)
class TabPlan:
    """``rects`` by index of the divider, empty for one that has no tab of its own (all
    but the first month of the shelf *Later*); ``height`` of the whole column."""

    rects: list[QRect] = field(default_factory=list)
    headings: list[tuple[QRect, str]] = field(default_factory=list)
    height: int = 0

    def index_at(self, x: int, y: int) -> int:
        """Index of the divider whose tab is there; -1 for none. The gap below and beside
        a tab belongs to it, so that no click falls between two."""
        for right, below in ((0, 0), (2, 1)):
            for index, rect in enumerate(self.rects):
                if rect.adjusted(0, 0, right, below).contains(x, y):
                    return index
        return -1


def plan_tabs(dividers: Sequence[Divider], today: date, room: int) -> TabPlan:
    """Lay out the column for ``room`` pixels of height; it may come out higher."""
    rows = sum(_is_day(item) and item.slot.date != today for item in dividers)
    fixed = _Column(dividers, today, 0).plan.height
    least, most = DAY_ROW
    row = min(max((room - fixed) // rows, least), most) if rows else least
    return _Column(dividers, today, row).plan


def _is_day(divider: Divider) -> bool:
    return divider.slot.kind is SlotKind.DAY


class _Column:
    """One pass from top to bottom."""

    def __init__(self, dividers: Sequence[Divider], today: date, row: int) -> None:
        self.plan = TabPlan()
        self._today = today
        self._row = row
        self._y = 0
        self._month: Month | None = None
        self._week: tuple[int, int] | None = None
        self._cell = 0
        self._later = False
        for divider in dividers:
            self.plan.rects.append(self._place(divider))
        self.plan.height = self._y + (MONTH_ROW if self._cell else 0)

    def _place(self, divider: Divider) -> QRect:
        slot = divider.slot
        if slot.kind in TRAYS:
            return self._down(MARGIN, TRAY_ROW, EDGE - RIGHT_PAD - MARGIN)
        if slot.kind is SlotKind.DAY:
            return self._day(slot.date)
        if slot.kind is SlotKind.MONTH:
            return self._month_cell()
        if slot.kind is SlotKind.LATER and not self._later:
            self._later = True
            self._y += MONTH_ROW if self._cell else 0
            self._cell = 0
            return self._down(MARGIN, MONTH_ROW, EDGE - RIGHT_PAD - MARGIN, gap=2)
        return QRect()

    def _day(self, day: date | None) -> QRect:
        if day is not None:
            self._open_group(day)
        if day == self._today:
            rect = self._down(MARGIN, TODAY_ROW, EDGE - MARGIN)
            self._y += 1
            return rect
        return self._down(INSET, self._row, EDGE - INSET, gap=1)

    def _open_group(self, day: date) -> None:
        """A heading where a month begins, a gap where a week does."""
        week = day.isocalendar()[:2]
        if self._month != Month.of(day):
            self._y += GROUP_GAP if self._month is None else WEEK_GAP
            rect = QRect(MARGIN + 8, self._y, EDGE - MARGIN - 8, HEADING_ROW)
            self.plan.headings.append((rect, bare_month_name(day.month)))
            self._y += HEADING_ROW
        elif self._week != week:
            self._y += WEEK_GAP
        self._month, self._week = Month.of(day), week

    def _month_cell(self) -> QRect:
        if self._cell == 0 and self._month is not None:
            self._y += GROUP_GAP
            self._month = None
        width = EDGE - RIGHT_PAD - MARGIN + 2
        left = MARGIN + self._cell * width // MONTHS_IN_ROW
        right = MARGIN + (self._cell + 1) * width // MONTHS_IN_ROW - 2
        rect = QRect(left, self._y, right - left, MONTH_ROW - 2)
        self._cell = (self._cell + 1) % MONTHS_IN_ROW
        if self._cell == 0:
            self._y += MONTH_ROW
        return rect

    def _down(self, left: int, height: int, width: int, gap: int = 0) -> QRect:
        """The next full-width place; ``gap`` of its ``height`` stays free below."""
        rect = QRect(left, self._y, width, height - gap)
        self._y += height
        return rect
