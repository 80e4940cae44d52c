"""Days that are not worked: the calendar of Russia, a decree, and where a step goes."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.day_off import DayOffRules, SuggestedDay
from dossier_app.domain.records import DayOffPolicy, NextStep, SlipKind, StepKind
from dossier_app.domain.workdays import OwnDay, WorkingCalendar, year_from_package

RUSSIA = {year: year_from_package("RU", year) for year in range(2024, 2029)}
CALENDAR = WorkingCalendar(RUSSIA.__getitem__)
TODAY = date(2026, 11, 25)
SATURDAY, FRIDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 30)


def rules(today: date = TODAY, **own: bool) -> DayOffRules:
    days = {date.fromisoformat(day.strip("d").replace("_", "-")): on for day, on in own.items()}
    table = {day: OwnDay(day, worked) for day, worked in days.items()}
    return DayOffRules(today, WorkingCalendar(RUSSIA.__getitem__, table))


# From the decrees on the transfer of days off.
@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2025-05-02", False),  # from Saturday, 4 January
        ("2025-05-08", False),  # from Sunday, 23 February
        ("2025-06-13", False),  # from Saturday, 8 March
        ("2025-11-01", True),  # a Saturday worked for Monday, the 3rd
        ("2025-11-03", False),
        ("2025-12-31", False),  # from Sunday, 5 January
        ("2026-01-09", False),  # from Saturday, 3 January
        ("2026-03-09", False),  # for Sunday, 8 March
        ("2026-05-11", False),  # for Saturday, 9 May
        ("2026-12-31", False),  # from Sunday, 4 January
        ("2027-02-20", True),  # a Saturday worked for Monday, the 22nd
        ("2027-02-22", False),
        ("2027-11-05", False),  # from Saturday, 2 January
        ("2027-12-31", False),  # from Sunday, 3 January
        ("2026-11-25", True),
        ("2026-11-28", False),
    ],
)
def test_transferred_days(day: str, worked: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is worked


def test_a_decree_typed_in_by_hand_wins() -> None:
    feast = date(2026, 11, 4)
    own = {
        SATURDAY: OwnDay(SATURDAY, worked=True),
        MONDAY: OwnDay(MONDAY, worked=False, name="by decree"),
        feast: OwnDay(feast, worked=True),
    }
    calendar = WorkingCalendar(RUSSIA.__getitem__, own)
    assert calendar.is_working(SATURDAY)
    assert not calendar.is_working(MONDAY)
    assert calendar.next_working(SATURDAY) == SATURDAY
    assert calendar.plus_working(SATURDAY, 1) == date(2026, 12, 1)
    assert calendar.holiday(MONDAY) == "by decree"
    assert CALENDAR.holiday(date(2026, 11, 4)) == "День народного единства"
    assert calendar.holiday(date(2026, 11, 4)) == ""  # worked, whatever the feast


def test_calls_go_to_the_next_working_day() -> None:
    assert rules().for_step(NextStep(), SATURDAY) == SuggestedDay(
        MONDAY,
        "Saturday, 28 November is not worked; Monday, 30 November is the next working day",
    )
    # The long holiday of January, and the bridge before it.
    assert rules().for_step(NextStep(), date(2026, 12, 31)).day == date(2027, 1, 11)


@pytest.mark.parametrize("kind", StepKind)
def test_fixed_ones_stay(kind: StepKind) -> None:
    step = NextStep(kind, time=time(10), fixed=True)
    assert rules().for_step(step, SATURDAY) == SuggestedDay(
        SATURDAY, "fixed: agreed with the client"
    )


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (SlipKind.BIRTHDAY, FRIDAY),
        (SlipKind.PROMISE, FRIDAY),
        (SlipKind.CHECKPOINT, FRIDAY),
        (SlipKind.REMINDER, MONDAY),
    ],
)
def test_greetings_and_what_is_due_go_before(kind: SlipKind, day: date) -> None:
    assert rules().for_slip(kind, SATURDAY).day == day


@pytest.mark.parametrize(
    ("policy", "fixed", "day"),
    [
        (DayOffPolicy.NEXT, True, MONDAY),
        (DayOffPolicy.PREVIOUS, False, FRIDAY),
        (DayOffPolicy.PREVIOUS, True, FRIDAY),
        (DayOffPolicy.STAY, False, SATURDAY),
    ],
)
def test_what_the_rep_chose_wins(policy: DayOffPolicy, fixed: bool, day: date) -> None:
    found = rules().for_step(NextStep(fixed=fixed, policy=policy), SATURDAY)
    assert found.day == day
    assert found.reason


def test_a_promise_is_not_passed() -> None:
    sunday = date(2026, 11, 29)
    assert rules().for_step(NextStep(), SATURDAY, due=sunday).day == FRIDAY
    assert rules().for_step(NextStep(), SATURDAY, due=MONDAY).day == MONDAY
    # Late already: as soon as possible.
    assert rules().for_step(NextStep(), SATURDAY, due=date(2026, 11, 20)).day == MONDAY
    # Nothing goes to a day that has passed.
    assert rules(SATURDAY).for_step(NextStep(), SATURDAY, due=sunday).day == SATURDAY


def test_a_greeting_does_not_go_into_the_past() -> None:
    assert rules(SATURDAY).for_slip(SlipKind.BIRTHDAY, SATURDAY).day == MONDAY


def test_a_working_day_needs_nothing() -> None:
    assert rules().for_step(NextStep(), FRIDAY) == SuggestedDay(FRIDAY)
    assert rules(d2026_11_28=True).for_slip(SlipKind.BIRTHDAY, SATURDAY) == SuggestedDay(SATURDAY)


def test_a_calendar_without_a_working_day() -> None:
    never = DayOffRules(TODAY, WorkingCalendar(RUSSIA.__getitem__, _NoDay()))
    found = never.for_step(NextStep(), SATURDAY)
    assert found == SuggestedDay(SATURDAY, "there is no working day to move it to")


class _NoDay(dict[date, OwnDay]):
    """A table in which every day is off."""

    def get(self, day: date, _default: object = None) -> OwnDay:  # type: ignore[override]
        return OwnDay(day, worked=False)


@settings(max_examples=60)
@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 20)),
    st.integers(0, 400),
    st.sampled_from(DayOffPolicy),
    st.booleans(),
)
def test_it_is_worked_or_stays(day: date, ahead: int, policy: DayOffPolicy, fixed: bool) -> None:
    today = day if ahead > 200 else date.fromordinal(day.toordinal() - ahead)
    found = DayOffRules(today, CALENDAR).for_step(NextStep(fixed=fixed, policy=policy), day)
    assert found.day == day or CALENDAR.is_working(found.day)
    assert found.day >= today
    assert bool(found.reason) is not CALENDAR.is_working(day)
    if CALENDAR.is_working(day):
        assert found.day == day
