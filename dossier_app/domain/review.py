"""Looking back: the plan of a day against what was done, and the same for a span of days.

How a past day is known although much has changed since:

* A contact is a history entry of that local date; notes are none.
* A dossier was *planned* for the day when it lay under it as the day began, or was filed
  there during the day. That is read from the journal: where it lies now, less every move
  since. Actions that were undone never happened. Of a day before the journal's first entry
  no plan is known, only the contacts.
* *Done* is a planned dossier with a contact on the day, whoever called; filed there during
  the day, with a contact after that. The others were *moved* to another place by the end
  of the day, or *left* lying. Where they lie *now* is the one thing that later days change.
* What was entered later about an earlier day counts on that day: a letter that was
  imported, a promise that was due by then.
* Promises are judged by what they say now: one whose due date was changed later counts
  with the new date. Dossiers that are gone count no more. Capacity is that of the present
  settings.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import groupby
from typing import Any

from dossier_app.domain.past import DAY, Client, Facts, Filing, Move, Track
from dossier_app.domain.place import Month, Place, PlaceKind
from dossier_app.domain.records import (
    Channel,
    Direction,
    HistoryEntry,
    NextStep,
    Promise,
    Side,
)

# Ten repeat contacts and twenty first calls are a usual day.
_NEW_SHARE = 20 / 30
# How many days, and how many weeks, are shown one by one.
_MOST_DAYS, _MOST_WEEKS = 31, 18


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a day has room for; nothing on a day that is not worked."""

    contacts: int = 0
    minutes: int = 0

    @property
    def new(self) -> int:
        """How many of the contacts should be first ones."""
        return round(self.contacts * _NEW_SHARE)

    @property
    def repeat(self) -> int:
        return self.contacts - self.new


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A dossier that was to be worked on the day. ``at_end`` is where it lay when the day
    was over, ``now`` where it lies today."""

    client: Client
    step: NextStep
    done: bool
    at_end: Place | None
    now: Place


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact of the day. ``is_new``: this was the day of the client's first contact;
    ``next`` is where the dossier lay when the day was over."""

    client: Client
    entry: HistoryEntry
    is_new: bool
    planned: bool
    next: Place | None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    client: Client
    promise: Promise


@dataclass(frozen=True, slots=True)
class Figures:
    """A day in numbers, or the sum of several days.

    ``planned`` (= ``done`` + ``moved`` + ``left``), ``new`` and ``repeat`` count dossiers;
    ``contacts`` (= ``reached`` + ``not_reached``) and ``unplanned`` count contacts. A call
    without a direction counts as going out. Promises are our own: ``promises_broken`` fell
    due on the day and were not kept by its end, ``promises_overdue`` had fallen due before
    and were still open (in a sum: at the end of the last day).
    """

    planned: int = 0
    done: int = 0
    moved: int = 0
    left: int = 0
    unplanned: int = 0
    contacts: int = 0
    reached: int = 0
    not_reached: int = 0
    new: int = 0
    repeat: int = 0
    new_target: int = 0
    repeat_target: int = 0
    calls_in: int = 0
    calls_out: int = 0
    meetings: int = 0
    visits: int = 0
    emails: int = 0
    messages: int = 0
    new_dossiers: int = 0
    promises_made: int = 0
    promises_kept: int = 0
    promises_broken: int = 0
    promises_overdue: int = 0
    minutes_planned: int = 0
    minutes_spent: int = 0
    capacity_contacts: int = 0
    capacity_minutes: int = 0


@dataclass(frozen=True, slots=True)
class DayReview:
    """Plan against fact of one day. Lists are in the order of the day; of promises both
    sides' are listed. Without ``plan_known`` the plan is empty and no contact counts as
    unplanned."""

    day: date
    figures: Figures
    plan: tuple[PlanLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    made: tuple[PromiseLine, ...] = ()
    kept: tuple[PromiseLine, ...] = ()
    broken: tuple[PromiseLine, ...] = ()
    overdue: tuple[PromiseLine, ...] = ()
    plan_known: bool = True

    @property
    def not_done(self) -> list[PlanLine]:
        return [line for line in self.plan if not line.done]


@dataclass(frozen=True, slots=True)
class Period:
    """Part of a span: a day, a week or a month, cut where the span ends."""

    first: date
    last: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class SpanReview:
    """The days from ``first`` to ``last``, their sum, and that of the span before."""

    days: tuple[DayReview, ...]
    total: Figures
    before_first: date
    before_last: date
    before: Figures

    @property
    def periods(self) -> list[Period]:
        """The span in parts that a page has room for: days, in a long span weeks, in a very
        long one months."""
        count = len(self.days)
        if count <= _MOST_DAYS:
            return [Period(one.day, one.day, one.figures) for one in self.days]
        key: Callable[[date], Any] = _monday if count <= _MOST_WEEKS * 7 else Month.of
        parts = [list(part) for _, part in groupby(self.days, lambda one: key(one.day))]
        return [
            Period(part[0].day, part[-1].day, total([one.figures for one in part]))
            for part in parts
        ]

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day

    @property
    def month(self) -> Month | None:
        """The month, when the span is a whole one."""
        month = Month.of(self.first)
        return month if month_days(month) == (self.first, self.last) else None

    @property
    def is_week(self) -> bool:
        """True for Monday to Sunday."""
        return week_days(self.first) == (self.first, self.last)


def week_days(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that holds ``day``."""
    monday = _monday(day)
    return monday, monday + 6 * DAY


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def month_days(month: Month) -> tuple[date, date]:
    """The first and the last day of a month."""
    last = monthrange(month.year, month.number)[1]
    return month.first_day, month.first_day.replace(day=last)


def span_before(first: date, last: date) -> tuple[date, date]:
    """What a span is compared with: the month before a whole month, else as many days."""
    month = Month.of(first)
    if month_days(month) == (first, last):
        return month_days(month.plus(-1))
    return first - (last - first) - DAY, first - DAY


def days_of(first: date, last: date) -> list[date]:
    """Every date from ``first`` to ``last``."""
    return [first + number * DAY for number in range((last - first).days + 1)]


def reviews_of(
    days: Iterable[date],
    facts: Facts,
    capacities: Mapping[date, Capacity],
    today: date = date.max,
) -> tuple[DayReview, ...]:
    """The review of each of ``days``; ``facts`` covers them all. A day after ``today`` has
    but its capacity, and what is overdue now: nothing is undone or broken that is to come."""
    tracked: dict[date, list[str]] = {}
    for uid, track in facts.tracks.items():
        for day in track.days():
            tracked.setdefault(day, []).append(uid)
    contacts: dict[date, list[tuple[str, HistoryEntry]]] = {}
    for uid, entry in facts.contacts:
        contacts.setdefault(entry.at.date(), []).append((uid, entry))
    return tuple(
        _day_review(
            day, facts, tracked.get(day, []), contacts.get(day, []), capacities.get(day, Capacity())
        )
        if day <= today
        else _day_to_come(day, facts, capacities.get(day, Capacity()), today)
        for day in days
    )


def total(figures: Sequence[Figures]) -> Figures:
    """The sum of consecutive days."""
    if not figures:
        return Figures()
    sums = {item.name: sum(getattr(one, item.name) for one in figures) for item in fields(Figures)}
    return replace(Figures(**sums), promises_overdue=figures[-1].promises_overdue)


def _day_review(
    day: date,
    facts: Facts,
    tracked: Sequence[str],
    contacts: Sequence[tuple[str, HistoryEntry]],
    capacity: Capacity,
) -> DayReview:
    known = facts.journal_from is not None and day >= facts.journal_from
    planned = {uid: found for uid in tracked if known and (found := facts.tracks[uid].planned(day))}
    lines = []
    worked = set()
    for uid, entry in contacts:
        answers = not known or (uid in planned and _answers(entry, planned[uid][1]))
        if answers:
            worked.add(uid)
        filing = facts.tracks[uid].at_end(day)
        is_new = facts.firsts.get(uid) == day
        place = filing.place if filing else None
        lines.append(ContactLine(facts.clients[uid], entry, is_new, answers, place))
    plan = [
        _plan_line(facts.clients[uid], filing, facts.tracks[uid], day, done=uid in worked)
        for uid, (filing, _) in planned.items()
    ]
    plan.sort(key=lambda line: (line.step.time is None, str(line.step.time), line.client.name))
    review = DayReview(
        day=day,
        figures=Figures(),
        plan=tuple(plan),
        contacts=tuple(lines),
        plan_known=known,
        **_promises(day, facts),
    )
    return replace(review, figures=_figures(review, facts.new_dossiers[day], capacity))


def _day_to_come(day: date, facts: Facts, capacity: Capacity, today: date) -> DayReview:
    known = _promises(today, facts)
    overdue = (*known["broken"], *known["overdue"])
    figures = replace(_room(capacity), promises_overdue=_ours(overdue))
    return DayReview(day, figures, overdue=overdue)


def _room(capacity: Capacity) -> Figures:
    return Figures(
        new_target=capacity.new,
        repeat_target=capacity.repeat,
        capacity_contacts=capacity.contacts,
        capacity_minutes=capacity.minutes,
    )


def _answers(entry: HistoryEntry, filed: Move | None) -> bool:
    """True when a contact is one that a filing planned and not the one that led to it."""
    if filed is None:
        return True
    return entry.at > filed.at or (entry.at == filed.at and not filed.by_contact)


def _plan_line(client: Client, filing: Filing, track: Track, day: date, *, done: bool) -> PlanLine:
    end = track.at_end(day)
    step = filing.step or NextStep()
    return PlanLine(client, step, done, end.place if end else None, track.now.place)


def _promises(day: date, facts: Facts) -> dict[str, Any]:
    """The lists of promises of a review, each by due date."""
    found: dict[str, list[PromiseLine]] = {"made": [], "kept": [], "broken": [], "overdue": []}
    for uid, promise in facts.promises:
        client = facts.clients[uid]
        line = PromiseLine(client, promise)
        if facts.made.get(promise.uid) == day:
            found["made"].append(line)
        if promise.kept_on == day:
            found["kept"].append(line)
        is_open = promise.kept_on is None or promise.kept_on > day
        # As it was when the day was over: it may have been taken back since.
        filing = facts.tracks[uid].at_end(day)
        was_closed = filing is not None and filing.place.kind is PlaceKind.CLOSED
        if promise.due is None or promise.due > day or not is_open or was_closed:
            continue
        found["broken" if promise.due == day else "overdue"].append(line)
    return {
        name: tuple(
            sorted(lines, key=lambda line: (line.promise.due or date.max, line.client.name))
        )
        for name, lines in found.items()
    }


_CHANNELS = {
    Channel.MEETING: "meetings",
    Channel.VISIT: "visits",
    Channel.EMAIL: "emails",
    Channel.MESSAGE: "messages",
}


def _figures(review: DayReview, new_dossiers: int, capacity: Capacity) -> Figures:
    entries = [line.entry for line in review.contacts]
    channels = Counter(
        _CHANNELS.get(entry.channel)
        or ("calls_in" if entry.direction is Direction.IN else "calls_out")
        for entry in entries
    )
    reached = sum(entry.reached for entry in entries)
    new = {line.client.uid for line in review.contacts if line.is_new}
    repeat = {line.client.uid for line in review.contacts if not line.is_new}
    moved = sum(is_moved(line, review.day) for line in review.plan)
    done = sum(line.done for line in review.plan)
    return replace(
        _room(capacity),
        planned=len(review.plan),
        done=done,
        moved=moved,
        left=len(review.plan) - done - moved,
        unplanned=sum(not line.planned for line in review.contacts),
        contacts=len(entries),
        reached=reached,
        not_reached=len(entries) - reached,
        new=len(new),
        repeat=len(repeat),
        new_dossiers=new_dossiers,
        promises_made=_ours(review.made),
        promises_kept=_ours(review.kept),
        promises_broken=_ours(review.broken),
        promises_overdue=_ours(review.overdue),
        minutes_planned=sum(line.step.minutes for line in review.plan),
        minutes_spent=sum(entry.minutes or 0 for entry in entries),
        **channels,
    )


def is_moved(line: PlanLine, day: date) -> bool:
    """True for a dossier that was not worked but lay elsewhere when ``day`` was over."""
    return not line.done and (line.at_end is None or line.at_end.date != day)


def _ours(lines: Sequence[PromiseLine]) -> int:
    return sum(line.promise.side is Side.OURS for line in lines)
