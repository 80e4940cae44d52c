"""Places and months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.place import CLOSED, TRAY, Month, Place, PlaceKind, day_place, month_place

MONTHS = st.builds(Month, st.integers(1, 9999), st.integers(1, 12))


@given(st.dates())
def test_a_day_is_stored_and_read_back(day: date) -> None:
    place = day_place(day)
    assert Place.stored(str(place.kind), place.key) == place


@given(MONTHS)
def test_a_month_is_stored_and_read_back(month: Month) -> None:
    place = month_place(month)
    assert Place.stored(str(place.kind), place.key) == place
    assert Month.parse(str(month)) == month


def test_tray_and_archive_have_no_key() -> None:
    assert TRAY.key == CLOSED.key == ""
    assert Place.stored("tray", "") == TRAY
    assert Place.stored("closed", "") == CLOSED


@given(st.builds(Month, st.integers(1900, 2200), st.integers(1, 12)), st.integers(-1000, 1000))
def test_plus_and_until_are_each_other_reversed(month: Month, ahead: int) -> None:
    later = month.plus(ahead)
    assert 1 <= later.number <= 12
    assert month.until(later) == ahead
    assert (later > month) == (ahead > 0)


@given(MONTHS, MONTHS)
def test_stored_months_sort_as_text(one: Month, other: Month) -> None:
    assert (one < other) == (str(one) < str(other))


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "26-01", "2026-01-01", "", "x"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("kind", "day", "month"),
    [
        (PlaceKind.DAY, None, None),
        (PlaceKind.MONTH, date(2026, 1, 1), None),
        (PlaceKind.TRAY, date(2026, 1, 1), None),
        (PlaceKind.CLOSED, None, Month(2026, 1)),
        (PlaceKind.DAY, date(2026, 1, 1), Month(2026, 1)),
    ],
)
def test_a_place_is_exactly_one(kind: PlaceKind, day: date | None, month: Month | None) -> None:
    with pytest.raises(ValueError, match="a place of kind"):
        Place(kind, day, month)
