"""The five control points of a job."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.checkpoints import checkpoints
from dossier_app.domain.errors import Refusal

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_job_of_a_hundred_days() -> None:
    points = checkpoints("Crane", date(2026, 11, 23), date(2027, 3, 3), is_weekday)
    assert [(point.percent, point.on) for point in points] == [
        (0, date(2026, 11, 23)),
        (25, date(2026, 12, 18)),
        (75, date(2027, 2, 5)),  # the 6th is a Saturday
        (95, date(2027, 2, 26)),
        (99, date(2027, 3, 2)),
    ]
    assert points[0].text.startswith("Crane, 0 %: ")
    assert all(point.text.endswith("Tell the client") for point in points)
    assert len({point.text for point in points}) == 5


@given(DAYS, st.integers(0, 700), st.sets(st.integers(0, 6)))
def test_points_lie_inside_the_job_in_order_and_on_working_days(
    start: date, days: int, off: set[int]
) -> None:
    def works(day: date) -> bool:
        return day.weekday() not in off

    end = start + timedelta(days=days)
    points = checkpoints("x", start, end, works)
    on = [point.on for point in points]
    assert [point.percent for point in points] == [0, 25, 75, 95, 99]
    assert on == sorted(on)
    assert start <= on[0] <= on[-1] <= end
    if any(works(start + timedelta(days=n)) for n in range(days + 1)):
        assert all(map(works, on))


def test_a_job_of_one_day_has_all_points_on_it() -> None:
    saturday = date(2026, 11, 28)
    assert {point.on for point in checkpoints("x", saturday, saturday, is_weekday)} == {saturday}


def test_a_job_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Refusal, match="ends before it starts"):
        checkpoints("x", date(2026, 11, 25), date(2026, 11, 24), is_weekday)
