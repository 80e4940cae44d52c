"""Which reminders ring now: what lies under a day with a time, told once.

Dates and times are the local wall clock's. A reminder is due from its time to the end of
its day: after sleep or a restart what was missed today still rings, once; what is older
lies in *Left behind* and does not ring. That something rang is remembered by its uid and
moment, so that neither summer time nor a clock set back lets it ring again, while a new
time rings anew. Put off, it rings at the moment chosen, which may be after midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

RUNG = "rung"  # the other state is the moment until which it was put off, ISO with offset


@dataclass(frozen=True, slots=True)
class Reminder:
    """A next step or a slip at a time of day. ``at`` is that local time, without an
    offset; ``dossier_uid`` is empty for a loose sheet."""

    key: str
    dossier_uid: str
    title: str
    text: str
    at: datetime
    phone: str = ""

    @property
    def uid(self) -> str:
        """Of the dossier, or of the slip."""
        return self.key.partition(" ")[2]

    @property
    def is_slip(self) -> bool:
        return self.uid != self.dossier_uid


def key_of(uid: str, at: datetime) -> str:
    """The name of a reminder; names are in the order of their moments."""
    return f"{at:%Y-%m-%dT%H:%M} {uid}"


def day_of(key: str) -> date:
    """The day of the reminder ``key``."""
    return date.fromisoformat(key[:10])


def put_off(now: datetime, minutes: int) -> str:
    """The state of a reminder that was put off at ``now`` (with offset)."""
    return (now + timedelta(minutes=minutes)).isoformat(timespec="seconds")


def due(reminders: Iterable[Reminder], states: Mapping[str, str], now: datetime) -> list[Reminder]:
    """What rings at ``now``, the local moment with its offset; the earliest first."""
    ringing = [
        reminder
        for reminder in reminders
        if (moment := _moment(reminder, states)) is not None
        and moment <= now
        and moment.astimezone().date() == now.date()
    ]
    return sorted(ringing, key=lambda reminder: reminder.key)


def next_moment(
    reminders: Iterable[Reminder], states: Mapping[str, str], now: datetime
) -> datetime | None:
    """When the next of ``reminders`` rings after ``now``; None when none does."""
    moments = (_moment(reminder, states) for reminder in reminders)
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def _moment(reminder: Reminder, states: Mapping[str, str]) -> datetime | None:
    """When it rings, with offset; None when it has rung."""
    state = states.get(reminder.key)
    if state == RUNG:
        return None
    if state is not None:
        return datetime.fromisoformat(state)
    # Through the time stamp, since `astimezone` puts a time that summer time skips an hour
    # too early. Such a one rings an hour later; one that comes twice, the first time.
    return datetime.fromtimestamp(reminder.at.timestamp(), UTC).astimezone()
