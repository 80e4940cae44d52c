"""Occasions under their days: what the pages show, and what was greeted.

Nothing of them is stored until a rep ticks one: then a slip notes the greeting, and the
pages leave that occasion out until the next year. Taking the tick back takes the slip
away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.occasions import (
    OccasionAhead,
    OccasionLine,
    lead_of,
    shown_on,
    shown_text,
    upcoming,
)
from dossier_app.domain.place import Month
from dossier_app.domain.records import Dossier, Slip, SlipKind, StepKind
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.services import settings as settings_service
from dossier_app.services.settings import Settings
from dossier_app.storage import journal
from dossier_app.storage import occasions as store

_YEAR = 366  # days
Shown = tuple[Dossier, OccasionAhead]


def occasion_sheets(first: date, last: date, settings: Settings | None = None) -> list[Sheet]:
    """The rows of the pages from ``first`` to ``last``: occasions of each day, and those
    for which it is time to prepare. What was greeted is left out."""
    chosen = settings or settings_service.load()
    found = []
    for day in _days(first, last):
        known = store.dossiers_showing(day, chosen.lead_days)
        shown = [
            (dossier, item)
            for dossier in known
            for item in shown_on(
                dossier, day, chosen.lead_days, leap_day_in_march=chosen.leap_day_in_march
            )
        ]
        found += [_sheet(dossier, item, day) for dossier, item in _open(shown)]
    return found


def coming_occasions(today: date, settings: Settings) -> list[Shown]:
    """The occasions of the next days that today's page has no row for: their row stood on
    an earlier page, and their day is still to come. Soonest first."""
    longest = store.longest_lead(settings.lead_days)
    tomorrow = today + timedelta(days=1)
    known = store.dossiers_with_occasions(_days(tomorrow, today + timedelta(days=longest - 1)))
    coming = [
        (dossier, item)
        for dossier in known
        for item in upcoming(dossier, today, longest, leap_day_in_march=settings.leap_day_in_march)
        if 0 < (item.on - today).days < lead_of(item, settings.lead_days)
    ]
    return sorted(_open(coming), key=lambda shown: shown[1].on)


def pages_with_occasions(
    dossier_ids: set[int], first: date, last: date, settings: Settings
) -> set[date]:
    """On which pages from ``first`` to ``last`` the dossiers of these row numbers show an
    occasion, greeted or not: what to draw anew when one was ticked or changed."""
    found = set()
    days = (last - first).days + store.longest_lead(settings.lead_days)
    for dossier in store.read(dossier_ids):
        for item in upcoming(dossier, first, days, leap_day_in_march=settings.leap_day_in_march):
            ahead = timedelta(days=lead_of(item, settings.lead_days))
            found |= {day for day in (item.on, item.on - ahead) if first <= day <= last}
    return found


def greet(dossier_uid: str, uid: str) -> Changes:
    """Note that the occasion ``uid`` of a page's row was greeted today.

    Raises Refusal when the dossier or the occasion is no longer there.
    """
    from dossier_app.storage import dossiers
    from dossier_app.storage import slips as slip_store

    today = clock.today()
    leap = settings_service.load().leap_day_in_march
    ahead = upcoming(dossiers.load(dossier_uid), today, _YEAR, leap_day_in_march=leap)
    occasion = next((item for item in ahead if item.uid == uid), None)
    if occasion is None:
        raise Refusal(tr("This occasion is no longer in the dossier."))
    text = tr("{who}: {occasion}", who=occasion.who, occasion=occasion.text)
    slip = Slip(SlipKind.BIRTHDAY, occasion.on, text, done_on=today, uid=uid)
    with journal.action("greet", clock.stamp()) as changes:
        slip_store.add([slip], dossier_uid)
    return changes


def occasions_of_month(month: Month, *, private: bool) -> list[OccasionLine]:
    """All occasions of a month by day, greeted or not; without ``private`` only those
    that do not come from a private field."""
    last = month.plus(1).first_day - timedelta(days=1)
    leap = settings_service.load().leap_day_in_march
    found = [
        (dossier, item)
        for dossier in store.dossiers_with_occasions(_days(month.first_day, last))
        for item in upcoming(dossier, month.first_day, last.day - 1, leap_day_in_march=leap)
        if private or not item.private
    ]
    phones = store.phones_of({dossier.uid for dossier, _ in found})
    lines = [
        OccasionLine(item, _beside(dossier, item), phones.get(dossier.uid, ""))
        for dossier, item in found
    ]
    return sorted(lines, key=lambda line: (line.occasion.on, line.occasion.who))


def _open(shown: list[Shown]) -> Iterator[Shown]:
    """Without what was greeted, and each occasion once."""
    passed = store.kept(item.uid for _, item in shown)
    for dossier, item in shown:
        if item.uid not in passed:
            passed.add(item.uid)
            yield dossier, item


def _sheet(dossier: Dossier, occasion: OccasionAhead, day: date) -> Sheet:
    return Sheet(
        type=SheetType.SLIP,
        uid=occasion.uid,
        dossier_uid=dossier.uid,
        title=occasion.who,
        company=_beside(dossier, occasion),
        on=day,
        kind=StepKind.OTHER,
        slip_kind=SlipKind.BIRTHDAY,
        todo=shown_text(occasion, day),
        private=occasion.private,
    )


def _beside(dossier: Dossier, occasion: OccasionAhead) -> str:
    """The company, where it is not the one who is greeted."""
    return dossier.company if dossier.company != occasion.who else ""


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
