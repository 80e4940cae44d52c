"""An absence that the rep plans: its days, who gets what, and what falls in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.place import Place
from dossier_app.domain.records import Promise, new_uid
from dossier_app.domain.sheets import Divider, Sheet

STAYS = ""  # chosen for what stays with the rep, as he decided himself


@dataclass(slots=True)
class Terms:
    """How a colleague gets his part: whether private facts go along, whether his copies may
    stay when it is over, and the uids of documents that do not go."""

    private: bool = False
    may_keep: bool = False
    left_out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Absence:
    """Days on which the rep is away; ``reason`` is his own note and never leaves the binder.

    ``chosen`` says who gets a dossier or a loose sheet, by its uid: the name of a colleague,
    or `STAYS`. What is not in it is not decided yet. ``terms`` are by name of a colleague; who
    is not in it has the usual ones.
    """

    first_day: date
    last_day: date
    reason: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Terms] = field(default_factory=dict)
    uid: str = field(default_factory=new_uid)

    def overlaps(self, first: date, last: date) -> bool:
        return self.first_day <= last and first <= self.last_day

    def terms_for(self, colleague: str) -> Terms:
        return self.terms.get(colleague) or Terms()

    @property
    def colleagues(self) -> list[str]:
        """Everybody who gets something, in the order of their first one."""
        return list(dict.fromkeys(name for name in self.chosen.values() if name != STAYS))


@dataclass(frozen=True, slots=True)
class Notes:
    """The handover notes of a dossier: how many questions are answered, and whether the
    client was told in person (None: not answered). ``form_uid`` is empty as long as the sheet
    is not begun."""

    form_uid: str = ""
    known: int = 0
    told: bool | None = None

    @property
    def is_empty(self) -> bool:
        return not self.known


@dataclass(frozen=True, slots=True)
class PlannedDossier:
    """A dossier with something to do in an absence, or that goes to a colleague in case.

    ``sheets`` are its own step, open slips and occasions in these days, by day and time; a
    step "some time in July" comes last and has no day, see ``place``. ``promises`` are open
    ones of both sides that are due then. ``handover`` is the one in which it is away already,
    or in which it came from a colleague.
    """

    uid: str
    name: str
    company: str
    place: Place
    sheets: list[Sheet] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    handover: Handover | None = None
    notes: Notes = Notes()

    @property
    def days(self) -> list[date]:
        """Every day on which there is something, in order, each once."""
        days = {sheet.on for sheet in self.sheets} | {promise.due for promise in self.promises}
        return sorted(day for day in days if day is not None)

    @property
    def is_away(self) -> bool:
        """With a colleague already, so that it cannot be given to another one."""
        return self.handover is not None and self.handover.direction is Direction.GIVEN

    @property
    def is_covered(self) -> bool:
        """With a colleague on each of its days."""
        away = self.handover
        return (
            away is not None
            and away.direction is Direction.GIVEN
            and all(away.first_day <= day <= away.last_day for day in self.days)
        )


@dataclass(frozen=True, slots=True)
class Left:
    """What would be left without a person."""

    dossiers: list[PlannedDossier]
    loose: list[Sheet]

    def __bool__(self) -> bool:
        return bool(self.dossiers or self.loose)


@dataclass(frozen=True, slots=True)
class AbsencePlan:
    """All that falls in an absence, dossiers by their first day.

    ``loose`` are loose sheets, ``loose_away`` the handover of each that is with a colleague
    already. ``days`` is every day of the absence with what lies there and the rep's usual
    capacity, as if he were there: his own days off do not count, weekends and holidays do.
    ``warnings`` are sentences about absences that overlap.
    """

    absence: Absence
    dossiers: list[PlannedDossier]
    loose: list[Sheet]
    days: list[Divider]
    loose_away: dict[str, Handover] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def names(self) -> dict[str, str | None]:
        """Who has or gets each dossier and loose sheet that falls in it; `STAYS`, or None when
        it is not decided."""
        chosen, loose_away = self.absence.chosen, self.loose_away
        away = {item.uid: item.handover for item in self.dossiers if item.is_away}
        away |= {sheet.uid: loose_away.get(sheet.uid) for sheet in self.loose}
        uids = [item.uid for item in self.dossiers] + [sheet.uid for sheet in self.loose]
        return {
            uid: handover.colleague if (handover := away.get(uid)) else chosen.get(uid)
            for uid in uids
        }

    def left(self) -> Left:
        """What is with nobody, and of which the rep has not decided that it stays. A step
        "some time in July" can wait when July goes on after the absence."""
        chosen = self.absence.chosen
        return Left(
            [
                item
                for item in self.dossiers
                if not item.is_covered and item.uid not in chosen and not self._can_wait(item)
            ],
            [
                sheet
                for sheet in self.loose
                if sheet.uid not in self.loose_away and sheet.uid not in chosen
            ],
        )

    def _can_wait(self, item: PlannedDossier) -> bool:
        month = item.place.month
        return not item.days and month is not None and month.last_day > self.absence.last_day
