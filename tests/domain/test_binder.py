"""The rules of the binder: the table of the plan, and what holds on every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.binder import (
    ARCHIVE,
    IN_TRAY,
    LEFT_BEHIND,
    TO_SPREAD,
    TRAYS,
    BinderRules,
    Layout,
    Slot,
    SlotKind,
    day_slot,
    run_of_days,
)
from dossier_app.domain.place import CLOSED, TRAY, Month, Place, day_place, month_place

DAY = timedelta(days=1)
YEARS = (date(2024, 1, 1), date(2032, 12, 31))
TODAYS = st.dates(*YEARS)
PLACES = st.one_of(
    st.just(TRAY),
    st.just(CLOSED),
    st.dates(date(2022, 1, 1), date(2036, 12, 31)).map(day_place),
    st.builds(Month, st.integers(2022, 2036), st.integers(1, 12)).map(month_place),
)
RULES = st.builds(BinderRules, TODAYS, st.sampled_from(Layout), st.integers(1, 3))


def every_day() -> Iterator[date]:
    day, last = YEARS
    while day <= last:
        yield day
        day += DAY


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


def month_slot(year: int, number: int) -> Slot:
    return Slot(SlotKind.MONTH, month=Month(year, number))


# The table of the plan, whole: today, end of the run, blank numbers, examples.
TABLE: list[tuple[date, date, list[int], dict[date, Slot]]] = [
    (
        date(2026, 11, 25),
        date(2026, 12, 24),
        [31],
        {
            date(2026, 11, 24): LEFT_BEHIND,
            date(2026, 12, 8): day_slot(date(2026, 12, 8)),
            date(2026, 12, 24): day_slot(date(2026, 12, 24)),
            date(2026, 12, 25): month_slot(2026, 12),
            date(2027, 11, 3): month_slot(2027, 11),
            date(2027, 12, 1): Slot(SlotKind.LATER, month=Month(2027, 12)),
        },
    ),
    (
        date(2027, 1, 30),
        date(2027, 2, 28),
        [29],
        {date(2027, 3, 1): month_slot(2027, 3), date(2027, 3, 29): month_slot(2027, 3)},
    ),
    (
        date(2027, 1, 31),
        date(2027, 2, 28),
        [29, 30],
        {
            date(2027, 2, 28): day_slot(date(2027, 2, 28)),
            date(2027, 3, 1): month_slot(2027, 3),
        },
    ),
    (
        date(2028, 1, 30),
        date(2028, 2, 29),
        [],
        {date(2028, 2, 29): day_slot(date(2028, 2, 29))},
    ),
    (
        date(2027, 2, 28),
        date(2027, 3, 27),
        [29, 30, 31],
        {date(2027, 3, 28): month_slot(2027, 3)},
    ),
    (
        date(2027, 4, 10),
        date(2027, 5, 9),
        [31],
        {date(2027, 5, 31): month_slot(2027, 5)},
    ),
]


@pytest.mark.parametrize(("today", "last", "blank", "examples"), TABLE)
def test_the_table(today: date, last: date, blank: list[int], examples: dict[date, Slot]) -> None:
    rules = BinderRules(today)
    slots = rules.dividers(on_weekdays)
    assert rules.last_day == last
    assert run_of_days(today)[0] == today
    assert [slot.number for slot in slots if slot.is_blank] == blank
    assert {day: rules.slot(day_place(day)) for day in examples} == examples


def test_month_without_a_day() -> None:
    rules = BinderRules(date(2026, 11, 25))
    assert rules.slot(month_place(Month(2026, 10))) == TO_SPREAD
    assert rules.slot(month_place(Month(2026, 11))) == TO_SPREAD
    assert rules.slot(month_place(Month(2026, 12))) == month_slot(2026, 12)
    assert rules.slot(month_place(Month(2027, 11))) == month_slot(2027, 11)
    assert rules.slot(month_place(Month(2027, 12))).kind is SlotKind.LATER


def test_every_day_of_nine_years() -> None:
    for today in every_day():
        rules = BinderRules(today)
        slots = rules.dividers(on_weekdays)
        run = [slot.date for slot in slots if slot.kind is SlotKind.DAY and slot.date]
        numbers = [slot.number for slot in slots if slot.kind is SlotKind.DAY]
        months = [slot.month for slot in slots if slot.kind is SlotKind.MONTH]

        assert run == [today + DAY * n for n in range(len(run))], today
        assert len({day.day for day in run}) == len(run), today
        assert (run[-1] + DAY).day in {day.day for day in run}, "the run ends too early"
        assert sorted(numbers) == list(range(1, 32)), today
        assert months == [Month.of(today).plus(n) for n in range(1, 13)], today
        assert [slot.kind for slot in slots[:3]] == list(TRAYS)
        assert slots[3] == day_slot(today)
        # Every number follows the one before it, also the blank ones.
        assert all(b == a % 31 + 1 for a, b in pairwise(numbers)), today


@pytest.mark.parametrize("months", [1, 2, 3])
def test_dated_layout_on_every_day(months: int) -> None:
    for today in every_day():
        rules = BinderRules(today, Layout.DATED, months)
        slots = rules.dividers(on_weekdays, occupied={today + DAY * n for n in range(0, 40, 9)})
        days = [slot.date for slot in slots if slot.kind is SlotKind.DAY and slot.date]
        span = [today + DAY * n for n in range((rules.last_day - today).days + 1)]
        assert Month.of(rules.last_day) == Month.of(today).plus(months)
        assert (rules.last_day + DAY).day == 1
        assert days == [
            day
            for day in span
            if day.weekday() < 5
            or day == today
            or ((day - today).days % 9 == 0 and (day - today).days < 40)
        ]
        assert not any(slot.is_blank for slot in slots)


@given(RULES, st.lists(PLACES, max_size=30))
def test_each_dossier_lies_under_exactly_one_divider(
    rules: BinderRules, places: list[Place]
) -> None:
    slots = [rules.slot(place) for place in places]
    dividers = rules.dividers(
        on_weekdays,
        occupied={slot.date for slot in slots if slot.date},
        later={slot.month for slot in slots if slot.kind is SlotKind.LATER and slot.month},
    )
    assert len(set(dividers)) == len(dividers)
    for place, slot in zip(places, slots, strict=True):
        assert (slot == ARCHIVE) == (place == CLOSED)
        assert slot == ARCHIVE or dividers.count(slot) == 1


@given(RULES, PLACES)
def test_where_a_place_shows(rules: BinderRules, place: Place) -> None:
    slot = rules.slot(place)
    if place == TRAY:
        assert slot == IN_TRAY
    elif place.date is not None:
        ahead = Month.of(rules.today).until(Month.of(place.date))
        if place.date < rules.today:
            assert slot == LEFT_BEHIND
        elif place.date <= rules.last_day:
            assert slot == day_slot(place.date)
        else:
            assert slot.kind is (SlotKind.MONTH if ahead <= 12 else SlotKind.LATER)
            assert slot.month == Month.of(place.date)
    elif place.month is not None:
        ahead = Month.of(rules.today).until(place.month)
        if ahead <= 0:
            assert slot == TO_SPREAD
        else:
            assert slot.kind is (SlotKind.MONTH if ahead <= 12 else SlotKind.LATER)
            assert slot.month == place.month


@given(TODAYS, st.integers(-800, 800), PLACES)
def test_a_day_that_passes_loses_nothing(today: date, days: int, place: Place) -> None:
    """Forward over midnight or back, as a clock may be set: the place still has a slot."""
    other = BinderRules(today + DAY * days)
    slot = other.slot(place)
    dividers = other.dividers(
        on_weekdays, later=[slot.month] if slot.kind is SlotKind.LATER and slot.month else []
    )
    assert slot in dividers or slot == ARCHIVE
