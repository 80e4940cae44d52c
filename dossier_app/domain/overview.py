"""What a rep must see two minutes before a call; the same for window and brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from dossier_app.domain.forms.filling import completeness, facts, worth_asking
from dossier_app.domain.forms.template import Field, Template
from dossier_app.domain.names import fold
from dossier_app.domain.occasions import OccasionAhead, upcoming
from dossier_app.domain.records import Dossier, HistoryEntry, Person, Promise, Side
from dossier_app.domain.sheets import Divider, Sheet

__all__ = ["OccasionAhead", "OpenDivider", "Overview", "overview"]

_DAYS_AHEAD = 30
_MOST_CONTACTS = 5
_MOST_TOPICS = 5
# Fields of the relationship card to start a talk with, best first, and to keep off.
_TALK = ("favourite_topics", "hobbies_sports", "proud_of", "memberships", "holidays")
_AVOID = ("taboo_topics",)
_SHORT_ITEM = 3  # words


@dataclass(frozen=True, slots=True)
class Overview:
    """Built by `overview`; with ``private`` off nothing private is in any list."""

    dossier: Dossier
    person: Person | None
    others: list[Person]
    contacts: list[HistoryEntry]  # newest first
    ours: list[Promise]  # open, by due date
    theirs: list[Promise]
    talk: list[str]
    avoid: list[str]
    occasions: list[OccasionAhead]  # within 30 days
    questions: list[str]  # worth asking next, at most three
    known: int  # card fields filled
    total: int  # card fields in all
    asked: list[Field] = field(default_factory=list)  # the card fields of the questions
    band: str = ""  # with which colleague the dossier is, or whose it is


@dataclass(frozen=True, slots=True)
class OpenDivider:
    """All that lies under one divider: ``clients`` in the order of the day's work,
    ``slips`` with the occasions and loose sheets."""

    divider: Divider
    clients: Sequence[Overview]
    slips: list[Sheet]


def overview(
    dossier: Dossier,
    today: date,
    card: Template,
    *,
    private: bool,
    leap_day_in_march: bool = False,
) -> Overview:
    """What to know of ``dossier`` on ``today``. ``card`` is the relationship card; with
    ``private`` off nothing of a private field, entry, promise or occasion is in it."""
    person = dossier.main_person
    texts = {fact.field.key: fact.text for fact in facts(card, dossier, person, private=private)}
    known, total = completeness(card, dossier, person)
    contacts = [entry for entry in dossier.history if private or not entry.private]
    contacts.sort(key=attrgetter("at"), reverse=True)
    asked = worth_asking(card, dossier, person, private=private)
    occasions = upcoming(dossier, today, _DAYS_AHEAD, leap_day_in_march=leap_day_in_march)
    return Overview(
        dossier=dossier,
        person=person,
        others=[other for other in dossier.people if other is not person],
        contacts=contacts[:_MOST_CONTACTS],
        ours=_open_promises(dossier, Side.OURS, private),
        theirs=_open_promises(dossier, Side.THEIRS, private),
        talk=_topics(texts),
        avoid=[item for key in _AVOID for item in _items(texts.get(key, ""))],
        occasions=[occasion for occasion in occasions if private or not occasion.private],
        questions=[str(item.ask) for item in asked],
        known=known,
        total=total,
        asked=asked,
    )


def _open_promises(dossier: Dossier, side: Side, private: bool) -> list[Promise]:
    """By due date, those without one last."""
    promises = [
        promise
        for promise in dossier.promises
        if promise.side is side and promise.kept_on is None and (private or not promise.private)
    ]
    return sorted(promises, key=lambda promise: promise.due or date.max)


def _topics(texts: Mapping[str, str]) -> list[str]:
    """The first item of every field, then the second ones, until there are enough."""
    columns = [list(_items(texts.get(key, ""))) for key in _TALK]
    longest = max(map(len, columns))
    rounds = (column[n] for n in range(longest) for column in columns if n < len(column))
    found: dict[str, str] = {}
    for item in rounds:
        # The same may stand under topics and under hobbies, written a little differently.
        found.setdefault(fold(item), item)
    return list(found.values())[:_MOST_TOPICS]


def _items(text: str) -> Iterator[str]:
    """``text`` in items: lines, parts between semicolons, sentences; at commas only where
    that leaves a list of short items and does not cut a sentence to pieces."""
    for piece in re.split(r"[\n;]|(?<=[.!?])\s+(?=[^\W\da-zа-яё])", text):
        parts = [part.strip(" .") for part in piece.strip(" .,").split(",")]
        is_list = all(0 < len(part.split()) <= _SHORT_ITEM for part in parts)
        yield from parts if is_list else filter(None, [piece.strip(" .,")])
