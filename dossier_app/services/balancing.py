"""*Balance*, *Left behind* and *To spread*: proposals for the rep, and doing what was
ticked. Nothing moves before `apply`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from dossier_app.domain import balancing, clock
from dossier_app.domain.balancing import Item, Plan, Proposal
from dossier_app.domain.binder import LEFT_BEHIND, TO_SPREAD, day_slot
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import day_place
from dossier_app.domain.sheets import Load, SheetType
from dossier_app.services import refiling, settings
from dossier_app.services.binder import BinderReader
from dossier_app.storage import dossiers, journal, slips
from dossier_app.storage import planning as store

HORIZON = 60  # working days each way; about a quarter of a year


def propose_balance(day: date) -> Plan:
    """What should leave ``day``, today or later, so that it is not over its capacity.

    Only dossiers are proposed; slips count by their minutes, but stay. A day that has
    passed is not balanced: what is left under it needs another day, see
    `propose_left_behind`. Nothing is proposed for a day that is not worked.
    """
    reader = _reader()
    if day < reader.today:
        return propose_left_behind(day)
    (divider,) = reader.load_of_days([day])
    if not divider.load.is_over:
        return Plan()
    free = _free(reader, day)
    free.pop(day, None)
    lying = store.items(reader.ranges(day_slot(day)))
    return balancing.balance(lying, day, divider.load, free, reader.today)


def propose_left_behind(day: date | None = None) -> Plan:
    """New days for what lies in the tray *Left behind*, slips and loose sheets too; or
    only for what is left under ``day``, a past one or, in the evening, today: that goes to
    the days after it."""
    reader = _reader()
    last = day or reader.today - timedelta(days=1)
    slot = LEFT_BEHIND if day is None else day_slot(day)
    lying = store.items(reader.ranges(slot))
    lying += store.slip_items(day or date.min, last)
    free = _free(reader, reader.today)
    if day == reader.today:
        free.pop(day, None)
    return balancing.carry(lying, free, reader.today)


def propose_spread() -> Plan:
    """Days for what lies in the tray *To spread*."""
    reader = _reader()
    lying = store.items(reader.ranges(TO_SPREAD))
    return balancing.spread(lying, _free(reader, reader.today), reader.today)


def apply(proposals: Iterable[Proposal], reason: str = "") -> Changes:
    """Move what the rep ticked as one action; ``reason`` is noted on every dossier that
    is carried over from a past day.

    Raises Refusal, and moves nothing, when a sheet does not lie any more where it lay
    when the proposal was made.
    """
    with journal.action("balance", clock.stamp()) as changes:
        for proposal in proposals:
            _move(proposal.item, proposal.to, reason)
    return changes


def _move(item: Item, to: date, reason: str) -> None:
    if item.sheet.type is SheetType.DOSSIER:
        dossier = dossiers.load_plan(item.uid)
        _check(dossier.place == item.place)
        refiling.move(dossier, day_place(to), reason)
        dossiers.save_plan(dossier)
    else:
        # Only the reminder goes: a promise that is late stays due on the day it was.
        slip = slips.load(item.uid)
        _check(slip.on == item.place.date and slip.done_on is None)
        slip.on = to
        slips.save(slip)


def _check(still_there: bool) -> None:
    if not still_there:
        raise Refusal(tr("Something was moved meanwhile; look at the proposals again."))


def _free(reader: BinderReader, around: date) -> dict[date, Load]:
    """The working days around a day, from today on, with what lies there. Today's work
    that is done already takes up room too, though it lies elsewhere by now."""
    calendar, today = reader.calendar, reader.today
    first = max(today, calendar.plus_working(around, -HORIZON))
    last = calendar.plus_working(around, HORIZON)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    loads = {
        divider.slot.date: divider.load
        for divider in reader.load_of_days(days)
        if divider.slot.date is not None
        and divider.working
        and (divider.load.capacity_contacts or divider.load.capacity_minutes)
    }
    if today in loads:
        contacts, minutes = store.work_done(today)
        load = loads[today]
        loads[today] = replace(
            load, contacts=load.contacts + contacts, minutes=load.minutes + minutes
        )
    return loads


def _reader() -> BinderReader:
    return BinderReader.on(clock.today(), settings.load())
