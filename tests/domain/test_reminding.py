"""When a bell rings: once, whatever the clock and the computer do."""

from __future__ import annotations

import os
import time as system_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.reminding import RUNG, Reminder, due, key_of, next_moment, put_off

pytestmark = pytest.mark.skipif(not hasattr(system_time, "tzset"), reason="the zone is fixed here")
BERLIN = "Europe/Berlin"
SPRING = date(2026, 3, 29)  # at 2:00 it is 3:00
AUTUMN = date(2026, 10, 25)  # at 3:00 it is 2:00
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True, scope="module")
def _in_berlin() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = BERLIN
    system_time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    system_time.tzset()


def local(day: date, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    """That moment in Berlin."""
    at = datetime.combine(day, time(hour, minute, fold=fold), ZoneInfo(BERLIN))
    return at.astimezone(UTC).astimezone()


def reminder(day: date, hour: int, minute: int = 0, uid: str = "a") -> Reminder:
    at = datetime.combine(day, time(hour, minute))
    return Reminder(key_of(uid, at), uid, "Ромашкина Анна", "call", at)


class Bell:
    """Rings what is due and remembers it, as the program does."""

    def __init__(self, *reminders: Reminder) -> None:
        self.reminders = list(reminders)
        self.states: dict[str, str] = {}
        self.rung: list[tuple[str, datetime]] = []

    def look(self, now: datetime) -> list[str]:
        found = due(self.reminders, self.states, now)
        for item in found:
            self.states[item.key] = RUNG
            self.rung.append((item.dossier_uid, now))
        return [item.dossier_uid for item in found]

    def run(self, start: datetime, end: datetime, step: timedelta = MINUTE) -> None:
        """Let the time pass, looking every ``step``."""
        now = start.astimezone(UTC)
        while now <= end:
            self.look(now.astimezone())
            now += step


def test_it_rings_when_its_time_has_come_and_once() -> None:
    day = date(2026, 11, 25)
    bell = Bell(reminder(day, 10), reminder(day, 10, 5, "b"))
    assert bell.look(local(day, 9, 59)) == []
    assert next_moment(bell.reminders, bell.states, local(day, 9, 59)) == local(day, 10)
    assert bell.look(local(day, 10)) == ["a"]
    assert next_moment(bell.reminders, bell.states, local(day, 10)) == local(day, 10, 5)
    assert bell.look(local(day, 10, 5)) == ["b"]
    assert bell.look(local(day, 10, 5)) == []
    assert next_moment(bell.reminders, bell.states, local(day, 10, 5)) is None


def test_after_sleep_what_was_missed_today_rings_together_and_older_does_not() -> None:
    day = date(2026, 11, 25)
    bell = Bell(
        reminder(day - DAY, 18, uid="old"),
        reminder(day, 13, uid="late"),
        reminder(day, 10, uid="early"),
        reminder(day, 20, uid="later"),
    )
    assert bell.look(local(day, 8)) == []
    assert bell.look(local(day, 16)) == ["early", "late"]
    assert bell.look(local(day, 16, 1)) == []


def test_put_off_it_rings_again_then_also_after_midnight() -> None:
    day = date(2026, 11, 25)
    bell = Bell(reminder(day, 23, 50))
    now = local(day, 23, 55)
    assert bell.look(now) == ["a"]
    bell.states[bell.reminders[0].key] = put_off(now, 10)
    assert bell.look(local(day, 23, 59)) == []
    assert next_moment(bell.reminders, bell.states, now) == local(day + DAY, 0, 5)
    assert bell.look(local(day + DAY, 0, 5)) == ["a"]
    assert bell.look(local(day + DAY, 0, 15)) == []


def test_another_time_rings_anew() -> None:
    day = date(2026, 11, 25)
    bell = Bell(reminder(day, 10))
    bell.look(local(day, 10))
    bell.reminders = [reminder(day, 11)]
    assert bell.look(local(day, 11)) == ["a"]


def test_an_hour_that_summer_time_skips_is_not_lost() -> None:
    bell = Bell(reminder(SPRING, 1, 59, "before"), reminder(SPRING, 2, 30, "skipped"),
                reminder(SPRING, 3, 0, "after"))  # fmt: skip
    bell.run(local(SPRING, 0), local(SPRING, 23))
    assert [uid for uid, _ in bell.rung] == ["before", "after", "skipped"]
    assert bell.rung[2][1] == local(SPRING, 3, 30)


def test_an_hour_that_comes_twice_rings_once() -> None:
    bell = Bell(reminder(AUTUMN, 2, 30), reminder(AUTUMN, 3, 30, "after"))
    bell.run(local(AUTUMN, 0), local(AUTUMN, 23))
    assert [uid for uid, _ in bell.rung] == ["a", "after"]
    assert bell.rung[0][1] == local(AUTUMN, 2, 30)


def test_what_is_missed_in_the_first_of_two_hours_rings_in_the_second() -> None:
    bell = Bell(reminder(AUTUMN, 2, 30))
    assert bell.look(local(AUTUMN, 2, 10, fold=1)) == ["a"]


def test_put_off_over_the_change_is_put_off_by_so_many_minutes() -> None:
    bell = Bell(reminder(AUTUMN, 2, 50))
    now = local(AUTUMN, 2, 55)
    bell.states[bell.reminders[0].key] = put_off(now, 10)
    assert next_moment(bell.reminders, bell.states, now) == local(AUTUMN, 2, 5, fold=1)


def test_a_clock_set_back_a_day_rings_nothing_twice_and_loses_nothing() -> None:
    day = date(2026, 11, 25)
    bell = Bell(
        reminder(day - DAY, 9, uid="yesterday"), reminder(day, 10), reminder(day, 12, uid="noon")
    )
    bell.run(local(day - DAY, 8), local(day, 11))
    # Set back by a day, it runs through both days once more.
    bell.run(local(day - DAY, 11), local(day, 13))
    assert [uid for uid, _ in bell.rung] == ["yesterday", "a", "noon"]


def test_a_clock_set_forward_by_mistake_loses_nothing() -> None:
    day = date(2026, 11, 25)
    bell = Bell(reminder(day, 10))
    assert bell.look(local(day + DAY, 9)) == []
    assert bell.look(local(day, 9)) == []
    assert bell.look(local(day, 10)) == ["a"]


MOMENTS = st.tuples(st.integers(0, 2), st.integers(0, 23), st.integers(0, 59))
JUMPS = st.integers(-26 * 60, 26 * 60)  # minutes: sleep, or a clock that was set


@given(
    st.sampled_from([SPRING - DAY, AUTUMN - DAY, date(2026, 11, 24)]),
    st.lists(MOMENTS, min_size=1, max_size=6, unique=True),
    st.lists(st.tuples(st.integers(1, 500), JUMPS), max_size=8),
)
def test_nothing_rings_twice_and_what_the_clock_passes_awake_always_rings(
    start: date, moments: list[tuple[int, int, int]], pieces: list[tuple[int, int]]
) -> None:
    bell = Bell(*(
        reminder(start + days * DAY, hour, minute, f"{days} {hour}:{minute}")
        for days, hour, minute in moments
    ))  # fmt: skip
    # As the local clock shows them: a skipped time is an hour later.
    moment_of = {
        item.dossier_uid: item.at.replace(tzinfo=ZoneInfo(BERLIN)).astimezone(UTC).astimezone()
        for item in bell.reminders
    }
    now = local(start, 0).astimezone(UTC)
    passed: set[str] = set()
    for minutes, jump in pieces:
        for _ in range(0, minutes, 7):
            bell.look(now.astimezone())
            today = now.astimezone().date()
            passed |= {uid for uid, at in moment_of.items() if at <= now and today == at.date()}
            now += 7 * MINUTE
        now += jump * MINUTE
    rung = [uid for uid, _ in bell.rung]
    assert sorted(rung) == sorted(passed)
