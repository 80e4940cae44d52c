"""Which sheets go to which days: when a day is too full, was left behind, or when the
month has come for which they were agreed.

One engine answers the three questions by the same rules (PRODUCT.md, "Capacity"): only
movable sheets go, to working days only, never past the due date of a promise, and no day
is filled beyond its capacity. Each proposal says why.

Importance decides who is asked to go first (the least important) and who gets the best
day (the most important). What comes first is more important:

1. an open promise, the earlier it is due the more;
2. carried before, the more often the more: nothing is put off for ever;
3. a time of day is noted;
4. a repeat contact before a first call;
5. meetings and visits, then calls, then e-mails and the rest;
6. the client who was not talked to for the longest time.

Sheets that are equal in all this stay in the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dossier_app.domain.datewords import long_day, month_name, short_day
from dossier_app.domain.language import tr
from dossier_app.domain.place import Month, Place
from dossier_app.domain.records import StepKind
from dossier_app.domain.sheets import Load, Sheet, SheetType

_KINDS = (StepKind.MEETING, StepKind.VISIT, StepKind.CALL, StepKind.EMAIL, StepKind.OTHER)

Loads = Mapping[date, Load]


@dataclass(frozen=True, slots=True)
class Item:
    """A sheet that may have to lie elsewhere: where it lies, and the earliest due date of
    an open promise. Slips take minutes but are no contacts."""

    sheet: Sheet
    place: Place
    due: date | None = None

    @property
    def uid(self) -> str:
        return self.sheet.uid

    @property
    def contacts(self) -> int:
        return int(self.sheet.type is SheetType.DOSSIER)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sheet should go to the day ``to``; ``reason`` tells why, for the rep."""

    item: Item
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Staying:
    """A sheet that would have to go, but stays for ``reason``."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is proposed, in the order of choice, and what cannot be moved."""

    proposals: list[Proposal] = field(default_factory=list)
    staying: list[Staying] = field(default_factory=list)


def by_importance(items: Iterable[Item]) -> list[Item]:
    """The most important first, as the head of this module says."""
    return sorted(items, key=_importance)


def balance(items: Iterable[Item], day: date, load: Load, free: Loads, today: date) -> Plan:
    """Bring the day ``day``, whose load is ``load``, within its capacity.

    ``items`` lie under it, ``free`` are the working days they may go to with what lies
    there already. The least important goes first, each to the nearest day that has room
    (of two as near the later one); nothing goes that could as well stay.
    """
    ordered = by_importance(items)
    days = sorted(free, key=lambda other: (abs((other - day).days), other < day))
    spared: set[str] = set()
    while True:
        asked = [
            item for item in reversed(ordered) if not item.sheet.fixed and item.uid not in spared
        ]
        plan, left = _relieve(asked, load, _Room(free), days, today)
        # A short call that went first need not go once a long visit went after it.
        needless = (
            proposal.item.uid
            for proposal in reversed(plan.proposals)
            if _excess(_added(left, proposal.item)) == _excess(left)
        )
        if (uid := next(needless, None)) is None:
            break
        spared.add(uid)
    if left.is_over:
        reason = tr("fixed: agreed with the client")
        plan.staying[:0] = [Staying(item, reason) for item in ordered if item.sheet.fixed]
    return plan


def carry(items: Iterable[Item], free: Loads, today: date) -> Plan:
    """Days for what was left behind: the most important gets the nearest day from today
    on. Missed appointments come first and are only to be agreed anew."""
    return _deal_out(items, free, today)


def spread(items: Iterable[Item], free: Loads, today: date) -> Plan:
    """Days for what was agreed for "some time" in a month that has come: evenly over the
    working days that are left of this month, and after it when they are full. What is
    late by a promise gets the nearest day."""
    month = Month.of(today)
    return _deal_out(items, free, today, [day for day in sorted(free) if Month.of(day) == month])


class _Room:
    """What the working days still take in: less with every sheet that is put there."""

    def __init__(self, free: Loads) -> None:
        self.loads = dict(free)

    def first(self, item: Item, days: Iterable[date]) -> date | None:
        """The first of ``days`` that has room and on which no promise is broken."""
        return next((day for day in days if self._takes(item, day)), None)

    def lightest(self, item: Item, days: Iterable[date]) -> date | None:
        """The least loaded of such days; of two as light the earlier one."""
        open_days = [day for day in days if self._takes(item, day)]
        return min(open_days, key=lambda day: (self.loads[day].fraction, day), default=None)

    def put(self, item: Item, day: date, today: date) -> Proposal:
        """Propose ``day`` for ``item`` and count it there."""
        proposal = Proposal(item, day, _reason(item, day, self.loads[day], today))
        self.loads[day] = _added(self.loads[day], item)
        return proposal

    def _takes(self, item: Item, day: date) -> bool:
        if item.due is not None and day > item.due:
            return False
        load = self.loads[day]
        # A note that takes no time can lie under any day.
        return _fitting(item, load) is None or not _added(load, item).is_over


def _relieve(
    asked: Iterable[Item], load: Load, room: _Room, days: Sequence[date], today: date
) -> tuple[Plan, Load]:
    """Let one after the other of ``asked`` go until the load is within its capacity; the
    plan, and the load that is left."""
    plan = Plan()
    for item in asked:
        lighter = _added(load, item, -1)
        if _excess(lighter) == _excess(load):
            continue
        if (day := room.first(item, days)) is None:
            plan.staying.append(Staying(item, _why_not(item, today)))
        else:
            plan.proposals.append(room.put(item, day, today))
            load = lighter
    return plan, load


def _deal_out(
    items: Iterable[Item], free: Loads, today: date, evenly_over: Sequence[date] = ()
) -> Plan:
    """A day for each item, the most important first: the lightest of ``evenly_over``,
    else the nearest. A promise that is late already binds its item to no day, but lets it
    go to the nearest one."""
    plan, room, days = Plan(), _Room(free), sorted(free)
    ordered = by_importance(items)
    plan.staying.extend(
        Staying(item, _agree_anew(item, today)) for item in ordered if item.sheet.fixed
    )
    for item in ordered:
        if item.sheet.fixed:
            continue
        late = item.due is not None and item.due < today
        bound = replace(item, due=None) if late else item
        day = room.lightest(bound, () if late else evenly_over) or room.first(bound, days)
        if day is None:
            plan.staying.append(Staying(item, _why_not(bound, today)))
        else:
            plan.proposals.append(room.put(item, day, today))
    return plan


def _importance(item: Item) -> tuple[date, int, bool, bool, int, date]:
    sheet = item.sheet
    return (
        item.due or date.max,
        -sheet.carried,
        sheet.time is None,
        sheet.is_new,
        _KINDS.index(sheet.kind),
        sheet.last_on or date.max,
    )


def _added(load: Load, item: Item, times: int = 1) -> Load:
    return replace(
        load,
        contacts=load.contacts + times * item.contacts,
        minutes=load.minutes + times * item.sheet.minutes,
    )


def _excess(load: Load) -> tuple[int, int]:
    """Contacts and minutes beyond the capacity; a capacity of 0 is none."""
    return (
        max(0, load.contacts - load.capacity_contacts) if load.capacity_contacts else 0,
        max(0, load.minutes - load.capacity_minutes) if load.capacity_minutes else 0,
    )


def _fitting(item: Item, load: Load) -> int | None:
    """How many sheets like ``item`` the day still takes; None when it takes up nothing."""
    measures = (
        (load.capacity_contacts, load.contacts, item.contacts),
        (load.capacity_minutes, load.minutes, item.sheet.minutes),
    )
    rooms = [(room - used) // own for room, used, own in measures if room and own]
    return min(rooms, default=None)


def _reason(item: Item, day: date, load: Load, today: date) -> str:
    parts = [_what(item, today)]
    if item.due is None:
        parts += [tr("no promise")] if item.contacts else []
    elif item.due < today:
        parts.append(tr("promise of {day} is late", day=short_day(item.due, today)))
    else:
        parts.append(tr("promise due {day}", day=short_day(item.due, today)))
    why, name, count = ", ".join(parts), long_day(day, today), _fitting(item, load)
    if count is None:
        return tr("{why}; it takes no time from {day}", why=why, day=name)
    return tr("{why}; {day} has room for {n}", why=why, day=name, n=count)


def _what(item: Item, today: date) -> str:
    if item.place.month is not None:
        return tr("{month} has come", month=month_name(item.place.month))
    if item.place.date is not None and item.place.date < today:
        return tr("left behind on {day}", day=short_day(item.place.date, today))
    return tr("first call") if item.sheet.is_new else tr("movable")


def _agree_anew(item: Item, today: date) -> str:
    if item.place.date is None:
        return tr("fixed: agree the day with the client")
    day = short_day(item.place.date, today)
    return tr("appointment missed on {day}: agree a new date with the client", day=day)


def _why_not(item: Item, today: date) -> str:
    if item.due is None:
        return tr("no working day in reach has room")
    day = short_day(item.due, today)
    if item.due < today:
        return tr("promise of {day} is late: it cannot wait longer", day=day)
    return tr("promise due {day}: no day up to then has room", day=day)
