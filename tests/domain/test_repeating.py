"""Slips that come again: what is said becomes a rule, and the rule becomes dates."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import using_language
from dossier_app.domain.repeating import (
    DAYS,
    anchored,
    describe_repeat,
    moved,
    next_date,
    plain,
    read_repeat,
)

WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
SAID = [
    ("каждый день", "FREQ=DAILY"),
    ("every 3 days", "FREQ=DAILY;INTERVAL=3"),
    ("каждый второй день", "FREQ=DAILY;INTERVAL=2"),
    ("раз в неделю", "FREQ=WEEKLY"),
    ("Каждые две недели", "FREQ=WEEKLY;INTERVAL=2"),
    ("every fortnight", "FREQ=WEEKLY;INTERVAL=2"),
    ("once a month", "FREQ=MONTHLY"),
    ("раз в полгода", "FREQ=MONTHLY;INTERVAL=6"),
    ("ежеквартально", "FREQ=MONTHLY;INTERVAL=3"),
    ("каждый год", "FREQ=YEARLY"),
    ("каждый второй вторник", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("every second tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("каждые 2 недели: вторник", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("по средам и понедельникам", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ("on Mondays", "FREQ=WEEKLY;BYDAY=MO"),
    ("по будням", WORKDAYS),
    ("каждый рабочий день", WORKDAYS),
    ("every weekday", WORKDAYS),
    ("последний день месяца", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("в конце месяца", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("15-го числа каждого месяца", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("каждое 30 число", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
    ("второй вторник месяца", "FREQ=MONTHLY;BYDAY=2TU"),
    ("последняя пятница каждого месяца", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("last working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("", ""),
    ("  ", ""),
]


@pytest.mark.parametrize(("text", "rule"), SAID)
def test_what_a_rep_says_is_read(text: str, rule: str) -> None:
    assert read_repeat(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "завтра", "каждые", "каждые 0 дней", "every hour", "32 числа", "0 числа", "1001 day",
        "последний вторник", "каждые 2 3 дня", "every blue moon", "?", "вторник среда месяца",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="not understood as how often"):
        read_repeat(text)


@given(st.text(max_size=30))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = read_repeat(text)
    except Unreadable:
        return
    assert rule == "" or next_date(rule, date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("rule", sorted({rule for _, rule in SAID if rule}))
@pytest.mark.parametrize("every", [1, 2])
def test_what_is_said_of_a_rule_is_read_back(rule: str, every: int, language: str) -> None:
    if every == 2 and "INTERVAL" not in rule:
        freq, *rest = rule.split(";")
        rule = ";".join([freq, "INTERVAL=2", *rest])
    with using_language(language):
        said = describe_repeat(rule)
        assert said
        assert read_repeat(said) == rule


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=MO,2TU", "FREQ=WEEKLY;BYHOUR=9", "", "x"])
def test_of_a_foreign_rule_something_is_said(rule: str) -> None:
    assert describe_repeat(rule)


def dates(rule: str, start: date, count: int) -> list[date]:
    """The dates of a slip that is always done on its day."""
    found, day = [], start
    for _ in range(count):
        following = next_date(rule, day, day)
        assert following is not None
        found.append(day := following)
    return found


def test_the_31st_is_the_last_day_of_short_months_and_the_31st_again() -> None:
    rule = anchored(read_repeat("каждый месяц"), date(2027, 1, 31))
    assert [f"{day:%d.%m}" for day in dates(rule, date(2027, 1, 31), 7)] == [
        "28.02", "31.03", "30.04", "31.05", "30.06", "31.07", "31.08",
    ]  # fmt: skip


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(1, 6))
@example(date(2028, 1, 30), 1)
def test_monthly_keeps_its_day_as_far_as_months_allow(start: date, every: int) -> None:
    rule = anchored(f"FREQ=MONTHLY;INTERVAL={every}", start)
    is_31st = start.day == 31
    for number, day in enumerate(dates(rule, start, 8), start=1):
        month = start.year * 12 + start.month - 1 + number * every
        assert (day.year, day.month - 1) == divmod(month, 12)
        last = calendar.monthrange(day.year, day.month)[1]
        assert day.day == (last if is_31st else min(start.day, last))


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(1, 40))
def test_days_and_weeks_are_counted_from_the_first(start: date, every: int) -> None:
    daily = dates(f"FREQ=DAILY;INTERVAL={every}", start, 3)
    weekly = dates(anchored(f"FREQ=WEEKLY;INTERVAL={every}", start), start, 3)
    assert daily == [start + timedelta(days=every * n) for n in (1, 2, 3)]
    assert weekly == [start + timedelta(weeks=every * n) for n in (1, 2, 3)]


def test_every_second_tuesday_keeps_its_weeks() -> None:
    rule = read_repeat("каждый второй вторник")
    tuesday = date(2026, 12, 1)
    assert dates(rule, tuesday, 2) == [date(2026, 12, 15), date(2026, 12, 29)]
    # Done eight days late: the next one of its weeks, not a week from then.
    assert next_date(rule, tuesday, date(2026, 12, 9)) == date(2026, 12, 15)


@pytest.mark.parametrize("days", [-9, -1, 1, 6, 13])
@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=DAILY;INTERVAL=14"])
def test_moved_once_it_goes_back_to_its_days(rule: str, days: int) -> None:
    tuesday = date(2026, 12, 1)
    there = tuesday + timedelta(days=days)
    once = moved(rule, tuesday)
    assert next_date(once, there, there) == date(2026, 12, 15)
    assert moved(once, there) == once
    assert anchored(once, there) == once
    assert plain(once) == rule
    assert describe_repeat(once) == describe_repeat(rule)


def test_weekdays_pass_over_the_weekend() -> None:
    assert dates(WORKDAYS, date(2026, 11, 26), 2) == [date(2026, 11, 27), date(2026, 11, 30)]


def test_a_leap_day_every_year_is_the_last_of_february() -> None:
    rule = anchored("FREQ=YEARLY", date(2028, 2, 29))
    assert [day.day for day in dates(rule, date(2028, 2, 29), 4)] == [28, 28, 28, 29]


def test_a_rule_can_end() -> None:
    rule = "FREQ=DAILY;UNTIL=20261127T000000"
    assert next_date(rule, date(2026, 11, 25), date(2026, 11, 26)) == date(2026, 11, 27)
    assert next_date(rule, date(2026, 11, 25), date(2026, 11, 27)) is None


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY;BYDAY=XX", "x", ";"],
)
def test_what_is_no_rule_of_days_is_refused(rule: str) -> None:
    with pytest.raises(Unreadable, match="comes again is not understood"):
        next_date(rule, date(2026, 11, 25), date(2026, 11, 25))


def test_weekdays_have_the_names_of_the_standard() -> None:
    for number, day in enumerate(DAYS):
        monday = date(2026, 11, 23)
        assert (
            anchored("FREQ=WEEKLY", monday + timedelta(days=number)) == f"FREQ=WEEKLY;BYDAY={day}"
        )
