"""Sentences about times in which a rep would be in two places: away, and standing in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from dossier_app.domain.datewords import full_date
from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.language import tr
from dossier_app.storage import absences, handed_slips, handovers


def overlap_warnings(handover: Handover, uids: Collection[str]) -> list[str]:
    """A sentence for each time in which the rep is away and stands in for somebody at once.

    Dossiers and loose sheets of a colleague that are handed on themselves, ``uids``, are
    taken care of.
    """
    first, last = handover.first_day, handover.last_day
    if handover.direction is Direction.GIVEN:
        return list(_standing_in(first, last, uids))
    return list(_away(first, last))


def absence_warnings(absence: Absence) -> list[str]:
    """The same for an absence that is planned, and for another own one at the same time."""
    first, last = absence.first_day, absence.last_day
    warnings = [
        tr(
            "From {first} to {last} you have planned another absence already.",
            **_days(first, last, other),
        )
        for other in _planned(first, last)
        if other.uid != absence.uid
    ]
    going = {uid for uid, name in absence.chosen.items() if name}
    return [*warnings, *_standing_in(first, last, going)]


def _standing_in(first: date, last: date, going: Collection[str]) -> Iterator[str]:
    for other in _open(Direction.TAKEN, first, last):
        theirs = {*handovers.uids_in(other.uid), *handed_slips.uids_in(other.uid)}
        if not theirs <= set(going):
            yield tr(
                "From {first} to {last} you are away, and the dossiers of {name} are with you: "
                "nobody is there for them.",
                name=other.colleague,
                **_days(first, last, other),
            )


def _away(first: date, last: date) -> Iterator[str]:
    told = set()
    for given in _open(Direction.GIVEN, first, last):
        told.add(given.absence)
        yield tr(
            "From {first} to {last} you are away yourself; your own dossiers are with {name} then.",
            name=given.colleague,
            **_days(first, last, given),
        )
    for planned in _planned(first, last):
        if planned.uid not in told:
            yield tr(
                "From {first} to {last} you are away yourself, as you have planned.",
                **_days(first, last, planned),
            )


def _planned(first: date, last: date) -> list[Absence]:
    """The own absences in these days; one of which every handover was ended is over."""
    handed = [item for item in handovers.all_handovers() if item.absence]
    over = {item.absence for item in handed}
    over -= {item.absence for item in handed if item.state is State.OPEN}
    return [
        item
        for item in absences.all_absences()
        if item.overlaps(first, last) and item.uid not in over
    ]


def _open(direction: Direction, first: date, last: date) -> list[Handover]:
    return [
        other
        for other in handovers.all_handovers()
        if other.state is State.OPEN
        and other.direction is direction
        and other.overlaps(first, last)
    ]


def _days(first: date, last: date, other: Handover | Absence) -> dict[str, str]:
    """The days that both have."""
    return {
        "first": full_date(max(first, other.first_day)),
        "last": full_date(min(last, other.last_day)),
    }
