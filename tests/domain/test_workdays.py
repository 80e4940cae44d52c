"""Working days: the country's calendar and the rep's own table above it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.workdays import OwnDay, WorkingCalendar, YearCalendar, year_from_package

DAY = timedelta(days=1)
russian = cache(lambda year: year_from_package("RU", year))


def calendar(own: dict[date, bool] | None = None) -> WorkingCalendar:
    table = {day: OwnDay(day, worked) for day, worked in (own or {}).items()}
    return WorkingCalendar(russian, table)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 9), False),  # moved from Saturday 3 January
        (date(2026, 3, 9), False),  # Monday instead of Sunday 8 March
        (date(2026, 5, 1), False),
        (date(2026, 12, 31), False),  # moved from Sunday 4 January
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),  # a Saturday
        (date(2024, 4, 27), True),  # a working Saturday
        (date(2024, 4, 29), False),  # the Monday it was worked for
    ],
)
def test_the_russian_calendar(day: date, works: bool) -> None:
    assert calendar().is_working(day) is works


def test_a_holiday_has_its_name() -> None:
    assert "овогод" in calendar().holiday(date(2026, 1, 1))
    assert calendar().holiday(date(2026, 11, 25)) == ""


def test_the_own_table_wins() -> None:
    own = {date(2026, 11, 25): False, date(2026, 11, 28): True, date(2026, 1, 1): True}
    for day, works in own.items():
        assert calendar(own).is_working(day) is works


def test_nearest_working_days() -> None:
    assert calendar().next_working(date(2026, 11, 28)) == date(2026, 11, 30)
    assert calendar().previous_working(date(2026, 11, 29)) == date(2026, 11, 27)
    assert calendar().next_working(date(2026, 1, 1)) == date(2026, 1, 12)
    assert calendar().plus_working(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert calendar().plus_working(date(2026, 11, 30), -1) == date(2026, 11, 27)
    assert calendar().plus_working(date(2026, 11, 28), 0) == date(2026, 11, 28)


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.integers(1, 8))
def test_counting_forth_and_back(day: date, count: int) -> None:
    reading = calendar()
    later = reading.plus_working(day, count)
    between = [day + DAY * n for n in range(1, (later - day).days + 1)]
    assert reading.is_working(later)
    assert sum(map(reading.is_working, between)) == count
    assert reading.next_working(day) == (
        day if reading.is_working(day) else reading.plus_working(day, 1)
    )


def test_a_country_that_nobody_knows_has_plain_weekends() -> None:
    plain = WorkingCalendar(lambda year: year_from_package("ZZ", year))
    assert plain.is_working(date(2026, 1, 1))
    assert not plain.is_working(date(2026, 11, 28))


def test_a_year_without_work_does_not_hang() -> None:
    day = date(2026, 11, 25)
    year = [date(2026, 1, 1) + DAY * n for n in range(800)]
    free = {off: OwnDay(off, worked=False) for off in year}
    never = WorkingCalendar(lambda _year: YearCalendar(), free)
    assert never.next_working(day) == day


def test_names_in_english() -> None:
    english = year_from_package("RU", 2026, "en")
    assert english.days_off[date(2026, 1, 1)].isascii()
