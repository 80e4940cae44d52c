"""Dates of which only a part is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.partial_date import PartialDate

FULL = st.dates().map(PartialDate.of)
YEARLY = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(
    lambda day: PartialDate(month=day.month, day=day.day)
)
MONTHS = st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
YEARS = st.builds(PartialDate, st.integers(1, 9999))


@given(FULL | YEARLY | MONTHS | YEARS)
def test_the_stored_form_is_read_back(value: PartialDate) -> None:
    assert PartialDate.parse(str(value)) == value


@given(YEARLY)
def test_nothing_invents_a_year(value: PartialDate) -> None:
    for text in (str(value), f"--{value}", f"--{str(value).replace('-', '')}"):
        assert PartialDate.parse(text).year is None
    assert value.age_on(date(2026, 11, 25)) is None


@pytest.mark.parametrize(
    "text",
    ["", "x", "1976-13", "1976-02-30", "02-30", "13-01", "1976-3-8", "0000", "--0230", "1976-00"],
)
def test_what_is_no_partial_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a partial date|no such"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts", [(None, None, None), (1976, None, 8), (None, 3, None), (None, None, 8)]
)
def test_shapes_that_are_none(parts: tuple[int | None, int | None, int | None]) -> None:
    with pytest.raises(ValueError, match="a partial date is"):
        PartialDate(*parts)


@given(FULL | YEARLY, st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.booleans())
def test_the_next_time_is_within_a_year(value: PartialDate, today: date, march: bool) -> None:
    found = value.next_on_or_after(today, leap_day_in_march=march)
    assert found is not None
    assert 0 <= (found - today).days <= 366
    if (value.month, value.day) != (2, 29):
        assert (found.month, found.day) == (value.month, value.day)


@pytest.mark.parametrize(
    ("today", "march", "found"),
    [
        (date(2027, 2, 1), False, date(2027, 2, 28)),
        (date(2027, 2, 1), True, date(2027, 3, 1)),
        (date(2028, 2, 1), False, date(2028, 2, 29)),
        (date(2028, 2, 1), True, date(2028, 2, 29)),
        (date(2027, 3, 1), False, date(2028, 2, 29)),
        (date(2027, 3, 1), True, date(2027, 3, 1)),
        (date(2026, 12, 31), False, date(2027, 2, 28)),
    ],
)
def test_the_29th_of_february(today: date, march: bool, found: date) -> None:
    born = PartialDate.parse("1976-02-29")
    assert born.next_on_or_after(today, leap_day_in_march=march) == found
    assert born.age_on(found) == found.year - 1976


@given(MONTHS | YEARS, st.dates())
def test_without_a_day_it_never_comes_round(value: PartialDate, today: date) -> None:
    assert not value.is_yearly
    assert value.next_on_or_after(today) is None
