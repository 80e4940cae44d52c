"""What the dividers are called."""

from __future__ import annotations

from dossier_app.domain.datewords import duration
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place_words import slot_name
from dossier_app.domain.sheets import Divider, Load


def spoken(divider: Divider) -> str:
    """A tab in words, for tips and screen readers."""
    name = slot_name(divider.slot)
    if divider.slot.is_blank:
        name = tr("{number}, no such day this time", number=name)
    parts = [name]
    if divider.holiday:
        parts.append(divider.holiday)
    if not divider.slot.is_blank:
        parts.append(ntr("{n} sheet", "{n} sheets", divider.sheets))
    if divider.load.capacity_contacts or divider.load.capacity_minutes:
        parts.append(load_words(divider.load))
    elif divider.slot.date is not None and not divider.working and not divider.holiday:
        parts.append(tr("day off"))
    if divider.load.is_over:
        parts.append(tr("too full"))
    return " · ".join(parts)


def load_words(load: Load) -> str:
    """ "12 of 30 contacts · 4 h 20 min of 6 h", without measures that have no limit."""
    parts = []
    if load.capacity_contacts:
        contacts = tr("{n} of {room} contacts", n=load.contacts, room=load.capacity_contacts)
        parts.append(contacts)
    elif load.contacts:
        parts.append(ntr("{n} contact", "{n} contacts", load.contacts))
    if load.capacity_minutes:
        used, room = duration(load.minutes), duration(load.capacity_minutes)
        parts.append(tr("{used} of {room}", used=used, room=room))
    elif load.minutes:
        parts.append(duration(load.minutes))
    return " · ".join(parts)
