"""*Log & re-file*: what happened, what was agreed, and when it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import TRAY, Month, Place, PlaceKind, day_place
from dossier_app.domain.records import (
    USUAL_MINUTES,
    Cadence,
    Channel,
    Direction,
    Dossier,
    HistoryEntry,
    NextStep,
    Promise,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.domain.when import When
from dossier_app.domain.workdays import WorkingCalendar
from dossier_app.services import refiling
from dossier_app.services.calendar import working_calendar
from dossier_app.services.settings import load as load_settings
from dossier_app.storage import dossiers, journal
from dossier_app.storage.traces import Trace, traces

__all__ = [
    "Contact",
    "Suggestion",
    "Trace",
    "Why",
    "after_cadence",
    "change_contact",
    "log_contact",
    "proposed_next",
    "slip_of",
    "suggested_next",
    "traces",
    "usual_step",
]


@dataclass
class Contact:
    """One contact as the rep logs it. ``next`` is None when nothing new was agreed: then
    the cadence decides, a missed call is tried again on the next working day, and
    otherwise the dossier goes to the tray."""

    channel: Channel = Channel.CALL
    direction: Direction = Direction.OUT
    reached: bool = True
    text: str = ""
    agreed: str = ""
    minutes: int | None = None
    person_uid: str = ""
    private: bool = False
    promises: list[Promise] = field(default_factory=list)
    next: When | None = None
    step: NextStep | None = None


def log_contact(uid: str, contact: Contact) -> tuple[Changes, HistoryEntry]:
    """Write the contact into the history, make slips of its promises, and re-file the
    dossier: one action, one undo. A note leaves the next step as it is."""
    entry = HistoryEntry(
        at=clock.now(),
        channel=contact.channel,
        direction=Direction.NONE if contact.channel is Channel.NOTE else contact.direction,
        reached=contact.reached,
        text=contact.text.strip(),
        agreed=contact.agreed.strip(),
        minutes=contact.minutes,
        author=journal.author(),
        person_uid=contact.person_uid,
        private=contact.private,
    )
    with journal.action("log", clock.stamp()) as changes:
        dossiers.add_history(uid, entry)
        for promise in contact.promises:
            dossiers.add_promise(uid, promise, slip_of(promise))
        if contact.channel is not Channel.NOTE or contact.next is not None:
            dossier = dossiers.load_plan(uid)
            _plan_next(dossier, contact)
            dossiers.save_plan(dossier)
    return changes, entry


def change_contact(uid: str, entry: HistoryEntry) -> Changes:
    """Let the contact with this uid say what ``entry`` says; `traces` tells what it said
    before. Its moment and its author stay. Raises Refusal when it is no longer there."""
    dossier = dossiers.load(uid)
    for number, known in enumerate(dossier.history):
        if known.uid == entry.uid:
            dossier.history[number] = replace(
                entry,
                at=known.at,
                author=known.author,
                text=entry.text.strip(),
                agreed=entry.agreed.strip(),
                direction=Direction.NONE if entry.channel is Channel.NOTE else entry.direction,
            )
            break
    else:
        raise Refusal(tr("This contact is no longer in the history."))
    with journal.action("edit", clock.stamp()) as changes:
        dossiers.save(dossier)
    return changes


def slip_of(promise: Promise) -> Slip | None:
    """The note under the day on which the promise is due; None without a date."""
    if promise.due is None:
        return None
    return Slip(SlipKind.PROMISE, promise.due, promise.text, promise_uid=promise.uid)


def proposed_next(dossier: Dossier, *, reached: bool, calendar: WorkingCalendar) -> Place | None:
    """Where the dossier should go when nothing was said: by its cadence, or, after a call
    that reached nobody, the next working day."""
    today = clock.today()
    if not reached:
        return day_place(calendar.plus_working(today, 1))
    if dossier.cadence is not None:
        cadence = _anchored(dossier.cadence, dossier)
        return day_place(calendar.next_working(after_cadence(cadence, today)))
    return None


def _anchored(cadence: Cadence, dossier: Dossier) -> Cadence:
    """A monthly cadence keeps to the day of the month under which the dossier lay first."""
    if cadence.unit != "month" or cadence.month_day is not None:
        return cadence
    return replace(cadence, month_day=(dossier.place.date or clock.today()).day)


class Why(StrEnum):
    """Why a date is suggested."""

    STAYS = "stays"  # an appointment lies ahead already
    NEXT_TRY = "next_try"
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The date that holds when the rep types none, and why."""

    when: When
    why: Why


def suggested_next(
    dossier: Dossier, *, reached: bool, calendar: WorkingCalendar
) -> Suggestion | None:
    """What *Log & re-file* offers before a date is typed.

    An appointment ahead that was agreed with the client stays whatever else is talked
    about; otherwise as `proposed_next` says. A movable step ahead is not kept: the client
    called first, so it is done or needs a new date.
    """
    step, day = dossier.step, dossier.place.date
    if step is not None and step.fixed and day is not None and day > clock.today():
        return Suggestion(When(dossier.place, step.time), Why.STAYS)
    place = proposed_next(dossier, reached=reached, calendar=calendar)
    if place is None:
        return None
    return Suggestion(When(place), Why.CADENCE if reached else Why.NEXT_TRY)


def after_cadence(cadence: Cadence, day: date) -> date:
    """The day ``cadence`` later. Monthly on the 31st is the last day of short months and
    the 31st again after."""
    if cadence.unit == "month":
        wanted = cadence.month_day or day.day
        target = Month.of(day).plus(cadence.every)
        near = _day_of(target, day.day)
        # The contact may have slipped over the month's end: the 31st was worked on the 1st.
        days = (_day_of(target.plus(offset), wanted) for offset in (-1, 0, 1))
        return min(days, key=lambda candidate: abs((candidate - near).days))
    return day + timedelta(days=cadence.every * {"day": 1, "week": 7}[cadence.unit])


def _day_of(month: Month, number: int) -> date:
    """The day ``number`` of the month, or its last one."""
    return month.first_day.replace(day=min(number, month.last_day.day))


def _plan_next(dossier: Dossier, contact: Contact) -> None:
    # That a date is fixed was agreed for that date only.
    step = contact.step or replace(dossier.step or NextStep(), fixed=False)
    when = contact.next
    if when is None:
        calendar = working_calendar(load_settings())
        place = proposed_next(dossier, reached=contact.reached, calendar=calendar) or TRAY
        when = When(place)
        step = NextStep(kind=step.kind, text=step.text, minutes=step.minutes)
    if dossier.cadence is not None:
        dossier.cadence = _anchored(dossier.cadence, dossier)
    refiling.move(dossier, when.place, "")
    if contact.channel is not Channel.NOTE:
        dossier.tries = 0 if contact.reached else dossier.tries + 1
        # A contact was made: the date that passed is worked, not carried.
        dossier.carried = None
    if dossier.place.kind in (PlaceKind.DAY, PlaceKind.MONTH):
        dossier.step = replace(step, time=when.time)


def usual_step(kind: StepKind, text: str = "", *, fixed: bool = False) -> NextStep:
    """A next step of ``kind`` with the minutes it usually takes."""
    return NextStep(kind=kind, text=text, minutes=USUAL_MINUTES[kind], fixed=fixed)
