"""What a rep must see two minutes before a call; the same for window and brief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier_app.domain.records import Dossier, HistoryEntry, Person, Promise


@dataclass(frozen=True, slots=True)
class OccasionAhead:
    """A yearly date that comes: ``text`` is "day of birth, 50 years"; ``who`` its owner."""

    on: date
    who: str
    text: str
    private: bool = False


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
