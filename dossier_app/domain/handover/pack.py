"""What a colleague holds in the hand during an absence: the list by date and the dossiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from datetime import time as Time  # noqa: N812 - a line has a time

from dossier_app.domain.forms.template import Templates
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.occasions import OccasionAhead, upcoming
from dossier_app.domain.place import Month
from dossier_app.domain.records import Dossier, NextStep, Promise, Slip

Todo = NextStep | Slip | Promise | OccasionAhead


@dataclass(frozen=True, slots=True)
class PackLine:
    """Something to do for ``dossier``: on a day of the absence, or in ``month`` without a
    day yet."""

    dossier: Dossier
    todo: Todo
    on: date | None = None
    month: Month | None = None

    @property
    def time(self) -> Time | None:
        return self.todo.time if isinstance(self.todo, NextStep | Slip) else None

    @property
    def order(self) -> tuple[date, bool, Time]:
        """By day, what has a time first; a month after all its days."""
        day = self.on or (self.month.last_day if self.month else date.max)
        return day, self.time is None, self.time or Time.max


@dataclass(frozen=True, slots=True)
class Pack:
    """``dossiers`` as they go along, in the order in which ``lines`` first name them, then
    those with nothing to do in these days; ``loose`` sheets beside them. With ``private``
    off nothing private is in them but the notes that were written for the colleague."""

    handover: Handover
    dossiers: list[Dossier]
    lines: list[PackLine]
    private: bool
    loose: list[Slip] = field(default_factory=list)

    @property
    def giver(self) -> str:
        handover = self.handover
        return handover.own_name if handover.direction is Direction.GIVEN else handover.colleague

    @property
    def taker(self) -> str:
        handover = self.handover
        return handover.colleague if handover.direction is Direction.GIVEN else handover.own_name

    @property
    def quiet(self) -> list[Dossier]:
        """The dossiers with nothing to do in these days."""
        named = {line.dossier.uid for line in self.lines}
        return [dossier for dossier in self.dossiers if dossier.uid not in named]

    def number(self, dossier: Dossier) -> int:
        """The number of its sheet, from 1."""
        return self.dossiers.index(dossier) + 1


def make_pack(
    handover: Handover,
    dossiers: Iterable[Dossier],
    templates: Templates,
    *,
    private: bool,
    loose: Iterable[Slip] = (),
    left_out: Collection[str] = (),
    leap_day_in_march: bool = False,
) -> Pack:
    """The pack for ``handover``. Documents with a uid in ``left_out`` are not in it."""
    going = [
        going_along(
            dossier, templates, private=private, author=handover.own_name, left_out=left_out
        )
        for dossier in dossiers
    ]
    lines = [line for dossier in going for line in _lines(dossier, handover, leap_day_in_march)]
    lines.sort(key=lambda line: line.order)
    first = {line.dossier.uid: place for place, line in reversed(list(enumerate(lines)))}
    going.sort(key=lambda dossier: (first.get(dossier.uid, len(lines)), dossier.name.casefold()))
    sheets = sorted((slip for slip in loose if slip.done_on is None), key=lambda slip: slip.on)
    return Pack(handover, going, lines, private, sheets)


def _lines(dossier: Dossier, handover: Handover, leap_day_in_march: bool) -> Iterator[PackLine]:
    first, last = handover.first_day, handover.last_day
    place, step = dossier.place, dossier.step or NextStep()
    if place.date is not None and first <= place.date <= last:
        yield PackLine(dossier, step, place.date)
    if place.month is not None and Month.of(first) <= place.month <= Month.of(last):
        yield PackLine(dossier, step, month=place.month)
    due = {promise.uid: promise.due for promise in dossier.promises}
    for slip in dossier.slips:
        # A slip under the day of its promise says what the promise says.
        said = slip.promise_uid and due.get(slip.promise_uid) == slip.on
        if slip.done_on is None and not said and first <= slip.on <= last:
            yield PackLine(dossier, slip, slip.on)
    for promise in dossier.promises:
        if promise.kept_on is None and promise.due and first <= promise.due <= last:
            yield PackLine(dossier, promise, promise.due)
    days = (last - first).days
    for occasion in upcoming(dossier, first, days, leap_day_in_march=leap_day_in_march):
        yield PackLine(dossier, occasion, occasion.on)
