"""The rep's own table above the country's calendar: days moved by a decree, working
Saturdays, days off and whole holidays.

A change of the table is an action; the moves that it leads to are another one
(`dossier_app.services.balancing.apply`).
"""

from __future__ import annotations

from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.balancing import Item, Plan, Proposal, Staying
from dossier_app.domain.changes import Changes
from dossier_app.domain.day_off import DayOffRules, SuggestedDay
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.records import SlipKind
from dossier_app.domain.review import days_of
from dossier_app.domain.workdays import OwnDay
from dossier_app.services import settings as settings_service
from dossier_app.services.calendar import working_calendar
from dossier_app.storage import dossiers, journal, planning
from dossier_app.storage import own_days as store
from dossier_app.storage.sheets import KeyRange

MOST_DAYS = 366


def own_days() -> list[OwnDay]:
    """The whole table by date."""
    return store.all_days()


def set_days(first: date, last: date, *, worked: bool, name: str = "") -> Changes:
    """Let every day from ``first`` to ``last`` be worked or off, whatever the country's
    calendar says, and give it a name.

    Raises Refusal when the span is empty or longer than a year.
    """
    _check(first, last)
    with journal.action("calendar", clock.stamp()) as changes:
        store.put(OwnDay(day, worked, name.strip()) for day in days_of(first, last))
    return changes


def clear_days(first: date, last: date) -> Changes:
    """Let the country's calendar count again for these days: a Saturday that was worked is
    off again."""
    _check(first, last)
    with journal.action("calendar", clock.stamp()) as changes:
        store.remove(first, last)
    return changes


def clear_all() -> Changes:
    """Let the country's calendar count again for every day."""
    with journal.action("calendar", clock.stamp()) as changes:
        store.remove(date.min, date.max)
    return changes


def on_days_off(first: date, last: date) -> Plan:
    """What lies under those of the days that are not worked, from today on: where each
    sheet should go by its kind, and what stays. By date, appointments first."""
    today = clock.today()
    calendar = working_calendar(settings_service.load())
    rules = DayOffRules(today, calendar)
    plan = Plan()
    first = max(first, today)
    if first > last:
        return plan
    lying = planning.items([KeyRange(PlaceKind.DAY, str(first), str(last))])
    lying += planning.slip_items(first, last)
    lying = [item for item in lying if not calendar.is_working(_day(item))]
    for item in sorted(lying, key=lambda item: (_day(item), not item.sheet.fixed)):
        found = _suggested(rules, item)
        if found.day == _day(item):
            plan.staying.append(Staying(item, found.reason))
        else:
            plan.proposals.append(Proposal(item, found.day, found.reason))
    return plan


def _suggested(rules: DayOffRules, item: Item) -> SuggestedDay:
    if item.contacts:
        step = dossiers.load_plan(item.uid).step
        assert step is not None
        return rules.for_step(step, _day(item), item.due)
    return rules.for_slip(item.sheet.slip_kind or SlipKind.REMINDER, _day(item))


def _day(item: Item) -> date:
    assert item.place.date is not None
    return item.place.date


def _check(first: date, last: date) -> None:
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Refusal(tr("A span of days covers 1 to {most} days.", most=MOST_DAYS))
