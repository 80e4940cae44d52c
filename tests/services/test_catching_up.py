"""After days away nothing is shown twice and nothing is lost."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from dossier_app.domain import clock
from dossier_app.domain.binder import LEFT_BEHIND, TO_SPREAD, Slot, day_slot
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import Dossier, NextStep, Promise, Side, Slip, SlipKind
from dossier_app.domain.sheets import Sheet
from dossier_app.services import balancing, catching_up, contacts
from dossier_app.services.binder import BinderReader
from dossier_app.services.catching_up import MonthDue, UnclosedDay
from dossier_app.services.promises import keep_promise
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session, open_session
from dossier_app.services.settings import load as load_settings
from dossier_app.services.showing import export_json
from dossier_app.storage import dossiers, journal
from dossier_app.storage.folder import DataFolder

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def store(*made: Dossier) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)


def filed(slot: Slot) -> list[Sheet]:
    """What was filed under a divider; occasions come and go with the calendar."""
    sheets = BinderReader.on(clock.today(), load_settings()).sheets(slot)
    return [sheet for sheet in sheets if sheet.slip_kind is not SlipKind.BIRTHDAY]


def all_filed() -> Counter[str]:
    binder = BinderReader.on(clock.today(), load_settings()).binder()
    return Counter(sheet.uid for divider in binder.dividers for sheet in filed(divider.slot))


@pytest.mark.parametrize("away", [0, 1, 31, 400])
def test_nothing_is_lost_or_shown_twice(folder: DataFolder, away: int) -> None:
    """The program is closed for ``away`` days and opened again."""
    clock.set_today(TODAY)
    session = open_session(folder)
    fill_with_sample(300)
    lying = all_filed()
    before, _ = export_json()
    session.close()

    today = TODAY + away * DAY
    clock.set_today(today)
    session = open_session(folder)
    try:
        days = catching_up.unclosed_days(today)
        months = catching_up.months_due(today)
        assert [day.date for day in days] == sorted({day.date for day in days})
        assert all(day.date < today for day in days)
        found = [sheet for day in days for sheet in filed(day_slot(day.date))]
        for day in days:
            sheets = filed(day_slot(day.date))
            assert day == UnclosedDay(day.date, len(sheets), sum(sheet.fixed for sheet in sheets))
        left = filed(LEFT_BEHIND)
        assert Counter(sheet.uid for sheet in found) == Counter(sheet.uid for sheet in left)
        assert sum(month.dossiers for month in months) == len(filed(TO_SPREAD))
        assert max(month.month for month in months) <= Month.of(today)
        assert lying == all_filed()
        # Looking changes nothing, however often.
        assert catching_up.unclosed_days(today) == days
        assert export_json()[0] == before
    finally:
        session.close()


@pytest.mark.parametrize("away", [31, 400])
def test_every_unclosed_day_is_spread_in_order(binder_open: Session, away: int) -> None:
    fill_with_sample(120)
    today = TODAY + away * DAY
    clock.set_today(today)
    for unclosed in catching_up.unclosed_days(today):
        plan = balancing.propose_left_behind(unclosed.date)
        assert len(plan.proposals) + len(plan.staying) == unclosed.sheets
        assert sum(staying.item.sheet.fixed for staying in plan.staying) == unclosed.fixed
        balancing.apply(plan.proposals, "болезнь")
        assert catching_up.is_closed(unclosed.date) == (not plan.staying)
    # What is left is fixed, and is agreed anew by the rep.
    assert all(day.sheets == day.fixed for day in catching_up.unclosed_days(today))


def test_a_day_is_closed_when_nothing_is_left(binder_open: Session) -> None:
    promise = Promise(Side.OURS, "смета", TODAY)
    slip = Slip(SlipKind.PROMISE, TODAY, "смета", promise_uid=promise.uid)
    dossier = Dossier(
        "Завод", place=day_place(TODAY), step=NextStep(), promises=[promise], slips=[slip]
    )
    store(dossier)
    assert not catching_up.is_closed(TODAY)
    contacts.log_contact(dossier.uid, contacts.Contact(text="поговорили"))
    assert not catching_up.is_closed(TODAY)  # the slip is still there
    keep_promise(dossier.uid, promise.uid)
    assert catching_up.is_closed(TODAY)
    assert catching_up.unclosed_days(TODAY + DAY) == []


def test_missed_appointments_are_counted(binder_open: Session) -> None:
    store(
        Dossier("А", place=day_place(TODAY), step=NextStep(fixed=True)),
        Dossier("Б", place=day_place(TODAY), step=NextStep()),
        Dossier("В", place=day_place(TODAY - DAY), step=NextStep()),
    )
    assert catching_up.unclosed_days(TODAY + DAY) == [
        UnclosedDay(TODAY - DAY, 1, 0),
        UnclosedDay(TODAY, 2, 1),
    ]


def test_months_that_fell_due(binder_open: Session) -> None:
    months = [Month(2026, 12), Month(2027, 1), Month(2027, 1), Month(2027, 3)]
    store(*(Dossier("Завод", place=month_place(month), step=NextStep()) for month in months))
    assert catching_up.months_due(TODAY) == []
    assert catching_up.months_due(date(2027, 2, 1)) == [
        MonthDue(Month(2026, 12), 1),
        MonthDue(Month(2027, 1), 2),
    ]
