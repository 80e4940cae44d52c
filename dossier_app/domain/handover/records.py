"""A handover as it is kept on either side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dossier_app.domain.datewords import short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import new_uid


class Direction(StrEnum):
    GIVEN = "given"  # own dossiers, with a colleague
    TAKEN = "taken"  # a colleague's dossiers, here


class State(StrEnum):
    OPEN = "open"
    ENDED = "ended"


class Stage(StrEnum):
    """What an open handover is by the date."""

    AHEAD = "ahead"
    RUNNING = "running"
    OVERDUE = "overdue"  # its time is over and it was not ended
    ENDED = "ended"


@dataclass(slots=True)
class Handover:
    """Dossiers with a colleague, or of one, from ``first_day`` to ``last_day``.

    ``colleague`` is with whom the binder deals, ``own_name`` what its own rep is called in
    the packages; ``owner`` is whose clients they are when the colleague hands them on.
    ``number`` is that of the owner's latest package, ``merged`` that of the colleague's newest
    one that was merged. ``key`` and ``recipient`` are the
    colleague's public keys, empty until they are known. ``absence`` is the uid of the own
    absence for which it was made, empty when it was made by itself.
    """

    direction: Direction
    colleague: str
    own_name: str
    first_day: date
    last_day: date
    owner: str = ""
    private: bool = False
    may_keep: bool = False
    number: int = 1
    merged: int = 0
    key: str = ""
    recipient: str = ""
    absence: str = ""
    state: State = State.OPEN
    uid: str = field(default_factory=new_uid)

    def stage(self, today: date) -> Stage:
        if self.state is State.ENDED:
            return Stage.ENDED
        if today < self.first_day:
            return Stage.AHEAD
        return Stage.RUNNING if today <= self.last_day else Stage.OVERDUE

    def band(self, today: date) -> str:
        """ "with Petrova until 14 Aug", or "for Ivanov until 14 Aug"."""
        until = short_day(self.last_day, today)
        if self.direction is Direction.GIVEN:
            return tr("with {name} until {day}", name=self.colleague, day=until)
        if self.owner:
            return tr(
                "for {owner} until {day}, from {name}",
                owner=self.owner,
                name=self.colleague,
                day=until,
            )
        return tr("for {name} until {day}", name=self.colleague, day=until)

    def overlaps(self, first: date, last: date) -> bool:
        return self.first_day <= last and first <= self.last_day
