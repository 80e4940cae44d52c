"""The rep's own table above the country's calendar: days moved by a decree, working
Saturdays, days off and whole holidays.

The table is a setting, so a change of it is taken back by changing it again; the moves
that it leads to are an action of their own (`dossier_app.services.balancing.apply`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.balancing import Item, Plan, Proposal, Staying
from dossier_app.domain.day_off import DayOffRules, SuggestedDay
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.records import SlipKind
from dossier_app.domain.review import days_of
from dossier_app.services import settings as settings_service
from dossier_app.services.calendar import working_calendar
from dossier_app.storage import dossiers
from dossier_app.storage import planning as store
from dossier_app.storage.sheets import KeyRange

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One line of the table: worked or off, above what the country's calendar says."""

    day: date
    worked: bool
    name: str = ""


def own_days() -> list[OwnDay]:
    """The whole table by date."""
    settings = settings_service.load()
    names = settings.own_names()
    table = settings.own_calendar().items()
    return [OwnDay(day, worked, names.get(day, "")) for day, worked in sorted(table)]


def set_days(first: date, last: date, *, worked: bool, name: str = "") -> Plan:
    """Let every day from ``first`` to ``last`` be worked or off, whatever the country's
    calendar says, and give it a name. Returns what `on_days_off` says of these days.

    Raises Refusal when the span is empty or longer than a year.
    """
    _check(first, last)
    settings = settings_service.load()
    for day in days_of(first, last):
        settings.own_days[day.isoformat()] = worked
        settings.own_day_names[day.isoformat()] = name.strip()
    _save(settings)
    return on_days_off(first, last)


def clear_days(first: date, last: date) -> Plan:
    """Let the country's calendar count again for these days. Returns what `on_days_off`
    says of them: a Saturday that was worked is off again."""
    _check(first, last)
    settings = settings_service.load()
    for day in days_of(first, last):
        settings.own_days.pop(day.isoformat(), None)
        settings.own_day_names.pop(day.isoformat(), None)
    _save(settings)
    return on_days_off(first, last)


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
    lying = store.items([KeyRange(PlaceKind.DAY, str(first), str(last))])
    lying += store.slip_items(first, last)
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


def _save(settings: settings_service.Settings) -> None:
    settings.own_day_names = {day: name for day, name in settings.own_day_names.items() if name}
    settings_service.save(settings)
