"""Next steps, slips and occasions as an iCalendar file for the calendar of a phone.

Times are local wall-clock times without a zone (RFC 5545, "floating"), as they are agreed:
no calendar may shift them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dossier_app.domain import clock
from dossier_app.domain.language import tr
from dossier_app.domain.occasions import Occasion, occasions_of, plain_text
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import ContactKind, Dossier, Slip
from dossier_app.domain.words import step_word

if TYPE_CHECKING:
    from icalendar import Event

_DAY = timedelta(days=1)
_LEAP_DAY = (2, 29)


def write_calendar(
    dossiers: Iterable[Dossier],
    loose: Iterable[Slip] = (),
    *,
    include_private: bool = False,
    leap_day_in_march: bool = False,
) -> tuple[bytes, int]:
    """The file, and how many entries it has.

    A next step without a day has none. ``loose`` are the slips without a client. Occasions
    that come from private facts, and slips that may, are left out unless
    ``include_private``; they begin with the next one and come every year.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Dossier//Dossier//EN")
    calendar.add("version", "2.0")
    entries = 0
    for event in _events(dossiers, loose, include_private, leap_day_in_march):
        calendar.add_component(event)
        entries += 1
    return calendar.to_ical(), entries


def _events(
    dossiers: Iterable[Dossier], loose: Iterable[Slip], private: bool, leap_day_in_march: bool
) -> Iterator[Event]:
    for dossier in dossiers:
        if dossier.place.date is not None and dossier.step is not None:
            yield _step(dossier, dossier.place.date)
        yield from (
            _slip(slip, dossier)
            for slip in dossier.slips
            if slip.done_on is None and (private or not dossier.may_be_private(slip))
        )
        for occasion in occasions_of(dossier):
            if private or not occasion.private:
                yield _occasion(occasion, dossier, leap_day_in_march)
    yield from (_slip(slip, None) for slip in loose if slip.done_on is None)


def _step(dossier: Dossier, on: date) -> Event:
    step = dossier.step
    assert step is not None
    title = tr("{kind}: {who}", kind=step_word(step.kind), who=_who(dossier))
    event = _event(f"step-{dossier.uid}", title, on, step.time, step.minutes)
    event.add("description", "\n".join(filter(None, [step.text, _phone(dossier)])))
    return event


def _slip(slip: Slip, dossier: Dossier | None) -> Event:
    title = ": ".join(filter(None, [_who(dossier) if dossier else "", slip.text]))
    return _event(f"slip-{slip.uid}", title, slip.on, slip.time, slip.minutes)


def _occasion(occasion: Occasion, dossier: Dossier, leap_day_in_march: bool) -> Event:
    on = occasion.date.next_on_or_after(clock.today(), leap_day_in_march=leap_day_in_march)
    assert on is not None  # an occasion has a day and a month
    who = ", ".join(dict.fromkeys(filter(None, [occasion.who, dossier.company])))
    event = _event(occasion.uid_in(0), f"{who}: {plain_text(occasion)}", on, None, 0)
    event.add("rrule", _yearly(occasion.date, leap_day_in_march))
    return event


def _yearly(day: PartialDate, leap_day_in_march: bool) -> dict[str, object]:
    """Every year; 29 February on the last day of February, or on the 60th of the year."""
    if (day.month, day.day) != _LEAP_DAY:
        return {"freq": "yearly"}
    if leap_day_in_march:
        return {"freq": "yearly", "byyearday": 60}
    return {"freq": "yearly", "bymonth": 2, "bymonthday": -1}


def _event(uid: str, title: str, on: date, at: time | None, minutes: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@dossier")
    event.add("dtstamp", clock.now())
    event.add("summary", title)
    if at is None:
        event.add("dtstart", on)
        event.add("dtend", on + _DAY)
        event.add("transp", "TRANSPARENT")
    else:
        begins = datetime.combine(on, at)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=minutes))
    return event


def _who(dossier: Dossier) -> str:
    return ", ".join(dict.fromkeys(filter(None, [dossier.name, dossier.company])))


def _phone(dossier: Dossier) -> str:
    person = dossier.main_person
    points = [*(person.contact_points if person else []), *dossier.contact_points]
    phones = (p for p in points if p.kind is ContactKind.PHONE and not p.private)
    return next((point.value for point in phones), "")
