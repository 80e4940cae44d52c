"""Reminders: next steps and slips with a time, told once when their time has come.

A call-back "in 10 minutes" is such a next step too. The window asks `due_reminders` at
`next_moment`, and at least once a minute, since clocks are set and computers sleep; it
calls `ring` when the rep has dealt with one, so that a program that ends before loses none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dossier_app.domain import clock, reminding
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.reminding import RUNG, Reminder
from dossier_app.domain.sheets import Sheet
from dossier_app.storage import reminders as store
from dossier_app.storage import sheets as sheet_store
from dossier_app.storage.sheets import KeyRange

__all__ = ["Reminder", "due_reminders", "next_moment", "ring", "snooze", "still_there"]

_KEPT_DAYS = 60
_DAY = timedelta(days=1)


def due_reminders(now: datetime) -> list[Reminder]:
    """What is to be told at ``now``, the local moment with its offset: everything whose
    time came today and that was not dealt with yet, the earliest first."""
    states = store.states()
    return reminding.due(_reminders(_first_day(states, now), now.date()), states, now)


def next_moment(now: datetime) -> datetime | None:
    """When the next reminder is due, by the end of tomorrow; None when none is."""
    states = store.states()
    known = _reminders(_first_day(states, now), now.date() + _DAY)
    return reminding.next_moment(known, states, now)


def ring(keys: Iterable[str]) -> None:
    """Remember that these were told and dealt with: they never ring again."""
    store.set_state(keys, RUNG)
    store.forget_before(clock.today() - timedelta(days=_KEPT_DAYS))


def snooze(key: str, minutes: int) -> None:
    """Let a reminder ring again so many minutes from now."""
    store.set_state([key], reminding.put_off(clock.now(), minutes))


def still_there(told: Iterable[Reminder]) -> list[Reminder]:
    """Those whose next step or slip still lies under its day and time, as it stands now."""
    told = list(told)
    if not told:
        return []
    days = [reminder.at.date() for reminder in told]
    known = {reminder.key: reminder for reminder in _reminders(min(days), max(days))}
    return [known[reminder.key] for reminder in told if reminder.key in known]


def _first_day(states: dict[str, str], now: datetime) -> date:
    """The first day of which something may ring: today, or that of a reminder which was
    put off to today or later."""
    today = now.date()
    put_off = (
        reminding.day_of(key)
        for key, state in states.items()
        if state != RUNG and datetime.fromisoformat(state).date() >= today
    )
    return min([today, *put_off])


def _reminders(first: date, last: date) -> list[Reminder]:
    days = KeyRange(PlaceKind.DAY, first.isoformat(), last.isoformat())
    sheets = [*sheet_store.dossier_sheets([days]), *sheet_store.slip_sheets(first, last)]
    return [reminder for sheet in sheets if (reminder := _reminder(sheet)) is not None]


def _reminder(sheet: Sheet) -> Reminder | None:
    if sheet.on is None or sheet.time is None:
        return None
    at = datetime.combine(sheet.on, sheet.time)
    return Reminder(
        key=reminding.key_of(sheet.uid, at),
        dossier_uid=sheet.dossier_uid,
        title=sheet.title,
        text=sheet.todo,
        at=at,
        phone=sheet.phone,
    )
