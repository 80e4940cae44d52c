"""Next steps and occasions for the calendar of a phone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from dossier_app.domain import clock
from dossier_app.domain.language import using_language
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.exchange.calendar_writer import write_calendar

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def at_work() -> None:
    clock.set_today(TODAY)


def events(*dossiers: Dossier, **options: Any) -> dict[str, Any]:
    """What another program reads, by its title."""
    with using_language("en"):
        data, entries = write_calendar(dossiers, **options)
    found = list(Calendar.from_ical(data).walk("VEVENT"))
    assert len(found) == entries == len({str(event["uid"]) for event in found})
    return {str(event["summary"]): event for event in found}


def card(**answers: Any) -> FilledForm:
    return FilledForm("relationship_card", {key: Answer(value) for key, value in answers.items()})


def test_steps_with_and_without_a_time() -> None:
    phone = ContactPoint(ContactKind.PHONE, "+7 926 123-45-67")
    agreed = Dossier(
        "ООО «Ромашка»; и, др.",
        people=[Person("Ёлкина", "Анна", main=True, contact_points=[phone])],
        place=day_place(date(2026, 12, 8)),
        step=NextStep(StepKind.MEETING, "Показать смету\nи образцы", time(9, 30), 45, fixed=True),
    )
    called = Dossier("Завод", place=day_place(date(2026, 12, 31)), step=NextStep())
    someday = Dossier("Потом", place=month_place(Month(2027, 7)), step=NextStep())
    found = events(agreed, called, someday)
    meeting, call = found["Meeting: Ёлкина Анна, ООО «Ромашка»; и, др."], found["Call: Завод"]
    assert len(found) == 2
    assert meeting.decoded("dtstart") == datetime(2026, 12, 8, 9, 30)  # no zone may shift it
    assert meeting.decoded("dtend") == datetime(2026, 12, 8, 10, 15)
    assert str(meeting["description"]) == "Показать смету\nи образцы\n+7 926 123-45-67"
    assert call.decoded("dtstart") == date(2026, 12, 31)
    assert call.decoded("dtend") == date(2027, 1, 1)


def test_slips_and_loose_sheets_that_are_open() -> None:
    promise = Promise(Side.OURS, "скидка", date(2026, 12, 1), private=True)
    dossier = Dossier(
        "Завод",
        promises=[promise],
        slips=[
            Slip(SlipKind.REMINDER, date(2026, 12, 2), "узнать", time(15), 10),
            Slip(SlipKind.REMINDER, date(2026, 12, 3), "узнали", done_on=TODAY),
            Slip(SlipKind.PROMISE, date(2026, 12, 1), "скидка", promise_uid=promise.uid),
        ],
    )
    loose = [Slip(SlipKind.REMINDER, TODAY, "купить бумагу")]
    assert set(events(dossier, loose=loose)) == {"Завод: узнать", "купить бумагу"}
    assert set(events(dossier, include_private=True)) == {"Завод: узнать", "Завод: скидка"}


@pytest.mark.parametrize("in_march", [False, True])
def test_occasions_come_every_year(in_march: bool) -> None:
    born = Person("Ёлкина", "Анна", forms=[card(birth={"date": "02-29"})])
    married = Person("Орлов", forms=[card(spouse={"name": "Вера", "birth": "1980-05-01"})])
    dossier = Dossier("Завод", people=[born, married])
    found = events(dossier, leap_day_in_march=in_march)
    (title,) = found
    assert title == "Ёлкина Анна, Завод: birthday"
    event = found[title]
    begins = event.decoded("dtstart")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(begins, time()))
    common = date(2027, 3, 1) if in_march else date(2027, 2, 28)
    leap = date(2028, 2, 29)
    assert [day.date() for day in rule[:2]] == [common, leap] == [begins, leap]
    with_private = events(dossier, include_private=True)
    assert "Вера, Завод: birthday; spouse of Орлов" in with_private
