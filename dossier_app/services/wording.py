"""Places and dividers in words of the current language."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.binder import Slot, SlotKind
from dossier_app.domain.datewords import long_day, month_name
from dossier_app.domain.language import mark, tr
from dossier_app.domain.place import Place, PlaceKind

_NAMES = {
    SlotKind.LEFT_BEHIND: mark("Left behind"),
    SlotKind.TO_SPREAD: mark("To spread"),
    SlotKind.TRAY: mark("In tray"),
    SlotKind.CLOSED: mark("Closed"),
    SlotKind.LATER: mark("Later"),
}


def slot_name(slot: Slot) -> str:
    """What a divider is called: "Left behind", "среда, 25 ноября 2026", "июль 2027"."""
    if slot.month is not None:
        return month_name(slot.month)
    if slot.date is not None:
        return _day(slot.date)
    return str(slot.number) if slot.kind is SlotKind.DAY else tr(_NAMES[slot.kind])


def describe_place(place: Place) -> str:
    """Where a dossier lies."""
    if place.date is not None:
        return _day(place.date)
    if place.month is not None:
        return month_name(place.month)
    return tr(_NAMES[SlotKind.CLOSED if place.kind is PlaceKind.CLOSED else SlotKind.TRAY])


def _day(day: date) -> str:
    return f"{long_day(day)} {day.year}"
