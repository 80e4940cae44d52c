"""Who has how much of each day of an absence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dossier_app.domain.handover.absence import STAYS, AbsencePlan
from dossier_app.domain.sheets import Load, Sheet, SheetType


@dataclass(frozen=True, slots=True)
class DayShare:
    """A day: all that falls on it, and what some have of that. Both loads are measured by
    the rep's own capacity on that weekday, since nobody knows that of a colleague."""

    date: date
    working: bool
    sheets: int
    load: Load
    share_sheets: int
    share: Load


def day_shares(plan: AbsencePlan, belongs: Callable[[str | None], bool]) -> list[DayShare]:
    """Each day of the absence; the share is of those for whom ``belongs``, asked with the
    name of a colleague, `STAYS`, or None for what is with nobody yet."""
    names = plan.names()
    shares = {
        day.slot.date: DayShare(day.slot.date, day.working, 0, room, 0, room)
        for day in plan.days
        if day.slot.date is not None
        for room in (replace(day.load, contacts=0, minutes=0),)
    }
    work = [(item.uid, item.sheets) for item in plan.dossiers]
    work += [(sheet.uid, [sheet]) for sheet in plan.loose]
    for uid, sheets in work:
        for sheet in sheets:
            if sheet.on in shares:
                shares[sheet.on] = _with(shares[sheet.on], sheet, mine=belongs(names[uid]))
    return list(shares.values())


def is_given(name: str | None) -> bool:
    """With a colleague, or to go to one."""
    return name is not None and name != STAYS


def _with(share: DayShare, sheet: Sheet, *, mine: bool) -> DayShare:
    load = _added(share.load, sheet)
    if not mine:
        return replace(share, sheets=share.sheets + 1, load=load)
    return replace(
        share,
        sheets=share.sheets + 1,
        load=load,
        share_sheets=share.share_sheets + 1,
        share=_added(share.share, sheet),
    )


def _added(load: Load, sheet: Sheet) -> Load:
    return replace(
        load,
        contacts=load.contacts + (sheet.type is SheetType.DOSSIER),
        minutes=load.minutes + sheet.minutes,
    )
