"""The single values of a dossier in words: what each is called, and what it is.

What `dossier_app.domain.merge_words` names, it names here too; this adds what is never asked
when two dossiers are merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from dossier_app.domain.datewords import clock, full_date
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.handover.rows import MAIN
from dossier_app.domain.language import mark, tr
from dossier_app.domain.merge_words import Conflict, text_of_side
from dossier_app.domain.parts import Parts
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.domain.words import channel_word, point_word

NAME = ("surname", "given", "patronymic")
# Fields that are named in words of their own; the rest `merge_words` knows.
_FIELDS = {
    "given": mark("Name"),
    "patronymic": mark("Name"),
    "note": mark("Note"),
    "note_private": mark("Note for me alone"),
    "tags": mark("Tags"),
    MAIN: mark("Main contact"),
    "value": mark("Phone or address"),
    "label": mark("Label"),
    "text": mark("Text"),
    "agreed": mark("Agreed"),
    "due": mark("By when"),
    "kept_on": mark("Kept on"),
    "on": mark("Day"),
    "at": mark("Day"),
    "time": mark("Time"),
    "done_on": mark("Done on"),
    "name": mark("Name of the file"),
    "private": mark("Private"),
    "kind": mark("Kind"),
    "channel": mark("Channel"),
    "direction": mark("Direction"),
    "reached": mark("Reached"),
    "minutes": mark("Minutes"),
    "person_uid": mark("With whom"),
    "side": mark("Who owes it"),
    "repeat": mark("Comes again"),
    "filled_on": mark("Filled in on"),
}
_WORDS: dict[Enum, str] = {
    Side.OURS: mark("we"),
    Side.THEIRS: mark("client"),
    Direction.IN: mark("incoming"),
    Direction.OUT: mark("outgoing"),
    SlipKind.BIRTHDAY: mark("birthday"),
    SlipKind.PROMISE: mark("promise"),
    SlipKind.CHECKPOINT: mark("checkpoint"),
    SlipKind.REMINDER: mark("reminder"),
}
# What `merge_words` reads.
_OF_MERGES = ("place", "category", "cadence", "role", "lead_days", "label")


def value_of(
    parts: Parts, key: str, field: str, templates: Templates, dossier: Dossier
) -> Conflict:
    """The value ``field`` of that part, as `label_of` and `text_of` want it."""
    part = parts[key]
    value = Conflict(key, field, part.record, part.record, people=dossier.people)
    owners = [part]
    while owners[-1].owner:
        owners.append(parts[owners[-1].owner])
    for owner in owners:
        if isinstance(owner.record, Person):
            value.who = owner.record.full_name
        elif isinstance(owner.record, FilledForm) and part.field:
            template = templates.get(owner.record.template)
            value.question = template.field(part.field) if template else None
            value.name = part.field
    return value


def label_of(value: Conflict) -> str:
    """What a value is: "Ivanov Ivan: Position", "the estimate: By when"."""
    who, record = value.who, value.mine
    match record:
        case Answer():
            return value.label
        case Promise() | Slip():
            who = record.text
        case HistoryEntry():
            who = tr("Contact of {day}", day=full_date(record.at.date()))
        case Document():
            who = record.name
    if value.name not in _FIELDS:
        return replace(value, who=who).label
    label = tr(_FIELDS[value.name])
    return f"{who}: {label}" if who else label


def text_of(value: Conflict, record: Any) -> str:
    """The value that one of two records has; something to read also for none."""
    if isinstance(record, Answer) or value.name in _OF_MERGES:
        return text_of_side(value, record) or tr("empty")
    if isinstance(record, Person) and value.name in NAME:
        return record.full_name or tr("empty")
    found = getattr(record, value.name)
    if value.name == "person_uid":
        return name_of(value.people, found)
    return _plain(found)


def name_of(people: Iterable[Person], uid: str) -> str:
    """The name of one of ``people``."""
    names = (person.full_name for person in people if person.uid == uid)
    return next(names, "") or tr("empty")


def _plain(value: Any) -> str:
    match value:
        case None | "" | []:
            return tr("empty")
        case Enum():
            return _word(value)
        case bool() as on:
            return tr("yes") if on else tr("no")
        case datetime() as moment:
            return f"{full_date(moment.date())}, {clock(moment.time())}"
        case date() as day:
            return full_date(day)
        case time() as moment:
            return clock(moment)
        case list() as items:
            return ", ".join(map(str, items))
    return str(value)


def _word(value: Enum) -> str:
    match value:
        case Channel() as channel:
            return channel_word(channel)
        case ContactKind() as kind:
            return point_word(ContactPoint(kind, ""))
    return tr(_WORDS[value]) if value in _WORDS else str(value)
