"""The binder: which divider a dossier shows under on a given day.

The slot is computed from the place and today, never stored (PRODUCT.md, "The binder:
exact rules"). Two layouts share the trays, the months and the shelf *Later*:

* ``days``: dividers 1 to 31, each the next date with that number;
* ``dated``: one divider per working day to the end of the first, second or third
  month after this one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from dossier_app.domain.place import Month, Place, PlaceKind

MONTHS_AHEAD = 12
DAY = timedelta(days=1)


class Layout(StrEnum):
    DAYS = "days"
    DATED = "dated"


class SlotKind(StrEnum):
    LEFT_BEHIND = "left_behind"
    TO_SPREAD = "to_spread"
    TRAY = "tray"
    DAY = "day"
    MONTH = "month"
    LATER = "later"
    CLOSED = "closed"


TRAYS = (SlotKind.LEFT_BEHIND, SlotKind.TO_SPREAD, SlotKind.TRAY)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A divider as an address: a tray; a day (``date``, None for a blank number);
    a month or a month of the shelf *Later* (``month``)."""

    kind: SlotKind
    number: int | None = None
    date: date | None = None
    month: Month | None = None

    @property
    def is_blank(self) -> bool:
        """True for a day number that no date in the run has."""
        return self.kind is SlotKind.DAY and self.date is None


LEFT_BEHIND = Slot(SlotKind.LEFT_BEHIND)
TO_SPREAD = Slot(SlotKind.TO_SPREAD)
IN_TRAY = Slot(SlotKind.TRAY)
ARCHIVE = Slot(SlotKind.CLOSED)


def day_slot(day: date) -> Slot:
    return Slot(SlotKind.DAY, number=day.day, date=day)


@dataclass(frozen=True, slots=True)
class BinderRules:
    """The dividers of one day.

    ``today`` is the local calendar date, ``months_dated`` (1 to 3) counts for the dated
    layout only.
    """

    today: date
    layout: Layout = Layout.DAYS
    months_dated: int = 1

    @property
    def last_day(self) -> date:
        """The last date that has a day divider of its own."""
        if self.layout is Layout.DATED:
            return Month.of(self.today).plus(self.months_dated).last_day
        return run_of_days(self.today)[-1]

    def slot(self, place: Place) -> Slot:
        """The one divider under which ``place`` shows."""
        if place.kind is PlaceKind.TRAY:
            return IN_TRAY
        if place.kind is PlaceKind.CLOSED:
            return ARCHIVE
        if place.date is not None:
            if place.date < self.today:
                return LEFT_BEHIND
            if place.date <= self.last_day:
                return day_slot(place.date)
            return self._month_slot(Month.of(place.date))
        assert place.month is not None
        if place.month <= Month.of(self.today):
            return TO_SPREAD
        return self._month_slot(place.month)

    def dividers(
        self,
        is_working: Callable[[date], bool],
        occupied: Collection[date] = (),
        later: Collection[Month] = (),
    ) -> list[Slot]:
        """All dividers in the order of the binder: trays, days, months, Later.

        ``occupied`` are dates that something lies under (a non-working day has a dated
        divider only then), ``later`` the months on the shelf.
        """
        this_month = Month.of(self.today)
        slots = [Slot(kind) for kind in TRAYS]
        slots += self._days(is_working, occupied)
        slots += [self._month_slot(this_month.plus(n)) for n in range(1, MONTHS_AHEAD + 1)]
        slots += [self._month_slot(month) for month in sorted(set(later))]
        return slots

    def _days(self, is_working: Callable[[date], bool], occupied: Collection[date]) -> list[Slot]:
        if self.layout is Layout.DAYS:
            return days_with_blanks(run_of_days(self.today))
        span = range((self.last_day - self.today).days + 1)
        days = [self.today + timedelta(days=n) for n in span]
        return [
            day_slot(day) for day in days if day == self.today or is_working(day) or day in occupied
        ]

    def _month_slot(self, month: Month) -> Slot:
        ahead = Month.of(self.today).until(month)
        kind = SlotKind.MONTH if ahead <= MONTHS_AHEAD else SlotKind.LATER
        return Slot(kind, month=month)


@lru_cache(maxsize=8)  # asked for every place that is counted
def run_of_days(today: date) -> tuple[date, ...]:
    """The consecutive dates from ``today`` that end before a day number repeats."""
    days: list[date] = []
    seen: set[int] = set()
    day = today
    while day.day not in seen:
        seen.add(day.day)
        days.append(day)
        day += DAY
    return tuple(days)


def days_with_blanks(run: Sequence[date]) -> list[Slot]:
    """The 31 day dividers in the order of the run, each blank number behind the number
    before it."""
    numbers = {day.day for day in run}
    slots: list[Slot] = []
    for day in run:
        slots.append(day_slot(day))
        number = day.day + 1
        while number <= 31 and number not in numbers:
            slots.append(Slot(SlotKind.DAY, number=number))
            number += 1
    return slots
