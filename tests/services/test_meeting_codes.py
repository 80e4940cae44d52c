"""From the code on paper back to the meeting, also when its date was moved."""

from __future__ import annotations

from datetime import date, time

import pytest

from dossier_app.domain.language import using_language
from dossier_app.domain.meeting_code import meeting_code
from dossier_app.domain.place import CLOSED, TRAY, Month, Place, day_place, month_place
from dossier_app.domain.records import Dossier, NextStep, Person, StepKind
from dossier_app.services import meeting_codes, refiling
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.session import Session

UID = "3d2c6b0e-7a53-4f3a-9d0b-6c1f2e5a8b90"
CODE = meeting_code(UID)
TODAY = date(2026, 11, 25)


def namesakes(count: int) -> list[str]:
    """Other uids with the same code."""
    found, number = [], 0
    while len(found) < count:
        number += 1
        if meeting_code(f"same-{number}") == CODE:
            found.append(f"same-{number}")
    return found


def make(uid: str, place: Place, surname: str = "Иванова") -> None:
    step = NextStep(StepKind.VISIT, "Осмотр", time(10, 15)) if place is not TRAY else None
    people = [Person(surname, "Марина", "Сергеевна", main=True)]
    create_dossier(Dossier("ООО «Ромашка»", uid=uid, people=people, place=place, step=step))


@pytest.fixture
def meeting(binder_open: Session) -> str:
    make(UID, day_place(TODAY))
    return UID


@pytest.mark.usefixtures("meeting")
def test_a_code_finds_its_meeting() -> None:
    (found,) = meeting_codes.find(CODE.lower())
    assert (found.uid, found.name, found.company) == (
        UID,
        "Иванова Марина Сергеевна",
        "ООО «Ромашка»",
    )
    assert found.why == "Visit, Wednesday, 25 November, 10:15"
    with using_language("en"):
        assert meeting_codes.find(CODE, date(2027, 3, 1))[0].why.endswith("25 November 2026, 10:15")


@pytest.mark.parametrize(
    "place",
    [
        day_place(date(2026, 11, 2)),
        day_place(date(2027, 6, 30)),
        month_place(Month(2027, 1)),
        TRAY,
    ],
)
def test_a_moved_meeting_is_found_where_it_lies_now(meeting: str, place: Place) -> None:
    refiling.refile([meeting], place)
    assert [found.uid for found in meeting_codes.find(CODE)] == [UID]


@pytest.mark.usefixtures("meeting")
def test_of_several_the_nearest_comes_first_and_closed_ones_never() -> None:
    near, far, later, tray, closed = namesakes(5)
    make(far, day_place(date(2027, 5, 1)))
    make(closed, CLOSED)
    make(tray, TRAY)
    make(later, month_place(Month(2027, 1)))
    make(near, day_place(date(2026, 11, 23)))

    assert [found.uid for found in meeting_codes.find(CODE)] == [UID, near, later]
    on_may_day = meeting_codes.find(CODE, date(2027, 5, 2))
    assert on_may_day[0].uid == far


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("typed", ["", "Иванова", "10:15", "K7-4", "89261234567"])
def test_what_is_no_code_finds_nothing(typed: str) -> None:
    assert meeting_codes.find(typed) == []


@pytest.mark.usefixtures("meeting")
def test_a_code_of_nobody_finds_nothing() -> None:
    other = "A0-00" if CODE != "A0-00" else "A0-01"
    assert meeting_codes.find(other) == []
