"""What the binder knows of past days: where dossiers lay, contacts, promises.

Read from the database by `dossier_app.storage.review`, made into reviews by
`dossier_app.domain.review`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dossier_app.domain.place import Place
from dossier_app.domain.records import HistoryEntry, NextStep, Promise

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Client:
    """Whose dossier a line is about."""

    uid: str
    name: str
    company: str = ""  # empty when it is the name
    name_is_private: bool = False  # a private number: not on discreet pages


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a dossier lies, and what is to be done there."""

    place: Place
    step: NextStep | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A change of a dossier's filing, from the journal. ``before`` is None where the dossier
    was made. ``by_contact``: it was made by logging a contact, as its result."""

    at: datetime
    before: Filing | None
    after: Filing | None
    by_contact: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """Where one dossier lay: its moves since some day, oldest first, and where it lies now."""

    now: Filing
    moves: Sequence[Move] = ()

    def at_start(self, day: date) -> Filing | None:
        """Where it lay as ``day`` began; None when it was not there yet."""
        for move in self.moves:
            if move.at.date() >= day:
                return move.before
        return self.now

    def at_end(self, day: date) -> Filing | None:
        return self.at_start(day + DAY)

    def planned(self, day: date) -> tuple[Filing, Move | None] | None:
        """How it was filed under ``day``, and the move that put it there during the day."""
        start = self.at_start(day)
        if start and start.place.date == day:
            return start, None
        for move in self.moves:
            if move.at.date() == day and move.after and move.after.place.date == day:
                return move.after, move
        return None

    def days(self) -> set[date]:
        """The days under which it lies or lay."""
        filings = [
            self.now,
            *(filing for move in self.moves for filing in (move.before, move.after)),
        ]
        return {filing.place.date for filing in filings if filing and filing.place.date}


@dataclass(slots=True)
class Facts:
    """What the binder knows of a span of days; dossiers are named by uid.

    ``tracks`` holds every dossier that may have lain under one of the days or was
    contacted on one, ``firsts`` the day of the first contact ever where that is in the
    span, ``promises`` those kept, due or made in the span and those open from earlier,
    ``made`` the days on which promises were given, by their uid, ``journal_from`` the day
    of the first journal entry.
    """

    clients: dict[str, Client] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    contacts: list[tuple[str, HistoryEntry]] = field(default_factory=list)
    firsts: dict[str, date] = field(default_factory=dict)
    promises: list[tuple[str, Promise]] = field(default_factory=list)
    made: dict[str, date] = field(default_factory=dict)
    new_dossiers: Counter[date] = field(default_factory=Counter)
    journal_from: date | None = None
