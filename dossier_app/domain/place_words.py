"""Dividers and places in words of the current language."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.binder import Slot, SlotKind
from dossier_app.domain.datewords import long_day, month_name, short_day, short_month
from dossier_app.domain.language import mark, tr
from dossier_app.domain.place import Place, PlaceKind

_NAMES = {
    SlotKind.LEFT_BEHIND: mark("Left behind"),
    SlotKind.TO_SPREAD: mark("To spread"),
    SlotKind.TRAY: mark("In tray"),
    SlotKind.CLOSED: mark("Closed"),
}


def slot_name(slot: Slot, today: date | None = None) -> str:
    """What a divider is called: "Left behind", "среда, 25 ноября", "июль 2027". The year of
    a day is told when it is not that of ``today``."""
    if slot.month is not None:
        return month_name(slot.month)
    if slot.date is not None:
        return long_day(slot.date, today)
    return str(slot.number) if slot.kind is SlotKind.DAY else tr(_NAMES[slot.kind])


def describe_place(place: Place, today: date | None = None) -> str:
    """Where a dossier lies, in the same words."""
    if place.date is not None:
        return long_day(place.date, today)
    if place.month is not None:
        return month_name(place.month)
    return tr(_NAMES[SlotKind.CLOSED if place.kind is PlaceKind.CLOSED else SlotKind.TRAY])


def short_place(place: Place, today: date) -> str:
    """The same in few words: "11 ноя", "дек 2026", "Без даты"."""
    if place.date is not None:
        return short_day(place.date, today)
    if place.month is not None:
        return f"{short_month(place.month.number)} {place.month.year}"
    return describe_place(place)
