"""The rep's own table of days, and what a change of it makes of the binder."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import using_language
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    DayOffPolicy,
    Dossier,
    NextStep,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.domain.workdays import OwnDay
from dossier_app.services import balancing, calendar_editing, settings, undoing
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.session import Session
from dossier_app.storage import dossiers, journal

TODAY = date(2026, 11, 25)
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)
TUESDAY = date(2026, 12, 1)


def store(*made: Dossier) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)


def on_monday(step: NextStep | None = None, **more: object) -> Dossier:
    return Dossier("Завод", place=day_place(MONDAY), step=step or NextStep(), **more)  # type: ignore[arg-type]


def test_a_decree_moves_a_day_at_short_notice(binder_open: Session) -> None:
    call = on_monday()
    before = on_monday(NextStep(policy=DayOffPolicy.PREVIOUS))
    stay = on_monday(NextStep(policy=DayOffPolicy.STAY))
    fixed = on_monday(NextStep(time=time(10), fixed=True))
    due = on_monday(promises=[Promise(Side.OURS, "смета", MONDAY)])
    greeting = Slip(SlipKind.BIRTHDAY, MONDAY, "день рождения")
    elsewhere = Dossier("Другой", place=day_place(TUESDAY), step=NextStep(), slips=[greeting])
    store(call, before, stay, fixed, due, elsewhere)
    assert calendar_editing.set_days(MONDAY, MONDAY, worked=False, name=" по указу ").calendar
    plan = calendar_editing.on_days_off(MONDAY, MONDAY)
    assert {proposal.item.uid: proposal.to for proposal in plan.proposals} == {
        call.uid: TUESDAY,
        before.uid: FRIDAY,
        due.uid: FRIDAY,
        greeting.uid: FRIDAY,
    }
    assert all(proposal.reason for proposal in plan.proposals)
    assert [staying.item.uid for staying in plan.staying] == [fixed.uid, stay.uid]
    assert calendar_editing.own_days() == [OwnDay(MONDAY, worked=False, name="по указу")]
    (divider,) = BinderReader.on(TODAY, settings.load()).load_of_days([MONDAY])
    assert not divider.working and divider.holiday == "по указу"

    balancing.apply(plan.proposals)
    assert load_dossier(call.uid).place == day_place(TUESDAY)
    again = calendar_editing.on_days_off(MONDAY, MONDAY)
    assert not again.proposals
    assert len(again.staying) == 2


def test_a_working_saturday_and_back(binder_open: Session) -> None:
    store(Dossier("Завод", place=day_place(SATURDAY), step=NextStep()))
    assert calendar_editing.on_days_off(SATURDAY, SATURDAY).proposals
    calendar_editing.set_days(SATURDAY, SATURDAY, worked=True)
    assert not calendar_editing.on_days_off(SATURDAY, SATURDAY).proposals
    calendar_editing.clear_days(SATURDAY, SATURDAY)
    plan = calendar_editing.on_days_off(SATURDAY, SATURDAY)
    assert [proposal.to for proposal in plan.proposals] == [MONDAY]
    assert calendar_editing.own_days() == []


def test_a_holiday_of_two_weeks(binder_open: Session) -> None:
    first, last = MONDAY, date(2026, 12, 13)
    made = [
        Dossier(f"Завод {n}", place=day_place(first + timedelta(days=n)), step=NextStep())
        for n in range(14)
    ]
    store(*made)
    calendar_editing.set_days(first, last, worked=False, name="отпуск")
    plan = calendar_editing.on_days_off(first, last)
    assert [proposal.item.uid for proposal in plan.proposals] == [dossier.uid for dossier in made]
    assert {proposal.to for proposal in plan.proposals} == {date(2026, 12, 14)}
    assert len(calendar_editing.own_days()) == 14


def test_the_past_is_left_alone(binder_open: Session) -> None:
    store(Dossier("Завод", place=day_place(date(2026, 11, 23)), step=NextStep()))
    span = date(2026, 11, 20), date(2026, 11, 24)
    calendar_editing.set_days(*span, worked=False)
    plan = calendar_editing.on_days_off(*span)
    assert not plan.proposals and not plan.staying


def test_a_change_of_the_calendar_is_undone(binder_open: Session) -> None:
    calendar_editing.set_days(MONDAY, TUESDAY, worked=False, name="отпуск")
    calendar_editing.set_days(MONDAY, MONDAY, worked=True)
    calendar_editing.clear_all()
    assert calendar_editing.own_days() == []
    undone = undoing.undo()
    assert undone is not None and undone.calendar
    monday, tuesday = calendar_editing.own_days()
    assert (monday, tuesday) == (
        OwnDay(MONDAY, worked=True),
        OwnDay(TUESDAY, worked=False, name="отпуск"),
    )
    undoing.undo()
    assert [own.worked for own in calendar_editing.own_days()] == [False, False]
    undoing.undo()
    assert calendar_editing.own_days() == []


@pytest.mark.parametrize("last", [date(2026, 11, 29), date(2027, 12, 1)])
def test_a_span_that_is_none(binder_open: Session, last: date) -> None:
    with pytest.raises(Refusal, match="1 to 366 days"):
        calendar_editing.set_days(MONDAY, last, worked=False)
    assert calendar_editing.own_days() == []


def test_holidays_are_named_in_the_language_that_is_spoken(binder_open: Session) -> None:
    calendar = BinderReader.on(TODAY, settings.load()).calendar
    with using_language("en"):
        assert calendar.holiday(date(2027, 1, 1)) == "New Year Holidays"
    with using_language("ru"):
        assert calendar.holiday(date(2027, 1, 1)) == "Новогодние каникулы"
