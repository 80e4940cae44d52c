"""How full days would be if proposals were done; nothing moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dossier_app.domain.balancing import Item, Proposal
from dossier_app.domain.sheets import Divider
from dossier_app.services.binder import BinderReader


@dataclass(frozen=True, slots=True)
class DayPreview:
    """A day as it is and as it would be."""

    date: date
    before: Divider
    after: Divider


def preview_days(
    reader: BinderReader, proposals: Iterable[Proposal], days: Iterable[date]
) -> list[DayPreview]:
    """Each of ``days``, in their order, before and after ``proposals`` are done."""
    coming: dict[date, list[Item]] = {}
    going: dict[date | None, list[Item]] = {}
    for proposal in proposals:
        coming.setdefault(proposal.to, []).append(proposal.item)
        going.setdefault(proposal.item.place.date, []).append(proposal.item)
    found = []
    for divider in reader.load_of_days(days):
        day = divider.slot.date
        assert day is not None
        after = _with(divider, coming.get(day, []), 1)
        found.append(DayPreview(day, divider, _with(after, going.get(day, []), -1)))
    return found


def fullest(days: Iterable[DayPreview]) -> DayPreview | None:
    """The day that would be the fullest; of two as full the earlier."""
    return max(days, key=lambda day: (day.after.load.fraction, -day.date.toordinal()), default=None)


def _with(divider: Divider, items: list[Item], sign: int) -> Divider:
    load = replace(
        divider.load,
        contacts=divider.load.contacts + sign * sum(item.contacts for item in items),
        minutes=divider.load.minutes + sign * sum(item.sheet.minutes for item in items),
    )
    return replace(divider, load=load, sheets=divider.sheets + sign * len(items))
