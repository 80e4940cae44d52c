"""The local date and time, and the date that a script or a test sets instead."""

from __future__ import annotations

from datetime import date, datetime

_set_day: list[date] = []


def set_today(day: date | None) -> None:
    """Let `today` be ``day`` from now on; None follows the computer's clock again."""
    _set_day[:] = [] if day is None else [day]


def today() -> date:
    """The local calendar date."""
    return _set_day[0] if _set_day else datetime.now().astimezone().date()


def now() -> datetime:
    """The local moment with its UTC offset, to the second, on the day of `today`."""
    moment = datetime.now().astimezone().replace(microsecond=0)
    if not _set_day:
        return moment
    day = _set_day[0]
    # Naive first, so that the offset is that of the set day (summer time).
    return datetime.combine(day, moment.time()).astimezone()


def stamp() -> str:
    """`now` as ISO text."""
    return now().isoformat()
