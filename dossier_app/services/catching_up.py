"""After days away: which days were not closed, in order, and which months have come.

A day is closed when nothing is left under it. Nothing is stored about being away: what
is found lies where it was filed, and the journal knows the last day of work, so that it is
the same however often one looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dossier_app.domain.place import Month, PlaceKind
from dossier_app.services import settings
from dossier_app.services.calendar import working_calendar
from dossier_app.storage import journal, planning
from dossier_app.storage import sheets as store
from dossier_app.storage.sheets import KeyRange


@dataclass(frozen=True, slots=True)
class UnclosedDay:
    """A past day with something left under it: dossiers, slips and loose sheets together,
    and how many of them are fixed appointments that were missed."""

    date: date
    sheets: int
    fixed: int


@dataclass(frozen=True, slots=True)
class MonthDue:
    """A month that has come with dossiers that were agreed for "some time" in it."""

    month: Month
    dossiers: int


def unclosed_days(today: date) -> list[UnclosedDay]:
    """The days before ``today`` that are not closed, the oldest first. What lies in the
    tray *Left behind* is under exactly one of them."""
    lying = planning.left_under_days(today)
    slips = store.slip_weights(last=today - timedelta(days=1))
    found = []
    for day in sorted(lying.keys() | slips.keys()):
        dossiers, fixed = lying.get(day, (0, 0))
        count, _minutes = slips.get(day, (0, 0))
        found.append(UnclosedDay(day, dossiers + count, fixed))
    return found


def months_due(today: date) -> list[MonthDue]:
    """The months up to this one from which dossiers wait for a day, the oldest first."""
    weights = store.weights([KeyRange(PlaceKind.MONTH, last=str(Month.of(today)))])
    found = [MonthDue(item.place.month, item.contacts) for item in weights if item.place.month]
    return sorted(found, key=lambda due: due.month)


def is_closed(day: date) -> bool:
    """True when nothing is left under ``day``, neither dossier nor open slip."""
    key = day.isoformat()
    return not store.weights([KeyRange(PlaceKind.DAY, key, key)]) and not store.slip_weights(
        day, day
    )


def away_since(today: date) -> date | None:
    """The last day of work, when the rep comes back after days away; else None.

    One was away when more than one working day was left unclosed since then, or when two
    working days went by without work, and something waits. Yesterday alone is no absence,
    nor is Friday on a Monday.
    """
    last = _last_worked()
    if last is None or last >= today:
        return None
    calendar = working_calendar(settings.load())
    unclosed = unclosed_days(today)
    left_since = [day for day in unclosed if day.date >= last and calendar.is_working(day.date)]
    missed = calendar.plus_working(last, 2) < today
    if len(left_since) > 1 or (missed and (unclosed or months_due(today))):
        return last
    return None


def _last_worked() -> date | None:
    """The day of the newest action."""
    newest = journal.entries(limit=1)
    return date.fromisoformat(newest[0]["at"][:10]) if newest else None
