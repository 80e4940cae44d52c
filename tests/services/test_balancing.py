"""Balance, Left behind and To spread on a real binder: proposals hold, one undo."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.binder import LEFT_BEHIND, TO_SPREAD, day_slot
from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import Month, Place, day_place, month_place
from dossier_app.domain.records import (
    Carried,
    Channel,
    Dossier,
    HistoryEntry,
    NextStep,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.services import balancing, contacts, refiling, slips
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import dossiers, journal
from dossier_app.storage.connection import database
from dossier_app.storage.sheets import slip_sheets

TODAY = date(2026, 11, 25)  # a Wednesday
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
NOVEMBER = month_place(Month(2026, 11))


def put(place: Place, count: int = 1, **more: object) -> list[str]:
    """File ``count`` dossiers with five-minute calls; returns their uids."""
    made = [
        Dossier(f"ООО «Клиент {n}»", place=place, step=NextStep(minutes=5), **more)  # type: ignore[arg-type]
        for n in range(count)
    ]
    return store(*made)


def store(*made: Dossier) -> list[str]:
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)
    return [dossier.uid for dossier in made]


def put_loose(on: date) -> str:
    slip = Slip(SlipKind.REMINDER, on, "отчёт")
    slips.add_slip(slip)
    return slip.uid


def put_full_day(fixed: int = 15, count: int = 60) -> list[str]:
    """Today with sixty dossiers: the first ones fixed, the last twenty never contacted."""
    made = []
    for n in range(count):
        step = NextStep(minutes=5, fixed=n < fixed, time=time(9) if n < fixed else None)
        dossier = Dossier(f"ООО «Клиент {n}»", place=day_place(TODAY), step=step)
        if n < 40:
            at = clock.now() - timedelta(days=100 - n)
            dossier.history = [HistoryEntry(at, Channel.CALL, text="звонок")]
        made.append(dossier)
    return store(*made)


def reader() -> BinderReader:
    return BinderReader.on(clock.today(), settings_service.load())


def contacts_of(day: date) -> int:
    (divider,) = reader().load_of_days([day])
    return divider.load.contacts


def test_a_full_day_is_balanced_and_taken_back(binder_open: Session) -> None:
    uids = put_full_day()
    put(day_place(TOMORROW), 25)
    before, _ = export_json()
    plan = balancing.propose_balance(TODAY)
    assert len(plan.proposals) == 30
    assert not plan.staying
    # First calls go first; then those that were talked to last.
    assert [proposal.item.uid for proposal in plan.proposals] == uids[:29:-1]
    assert [proposal.to for proposal in plan.proposals] == [TOMORROW] * 5 + [TODAY + 2 * DAY] * 25
    assert plan.proposals[0].reason == (
        "first call, no promise; Thursday, 26 November has room for 5"
    )
    assert export_json()[0] == before  # nothing moves before it is accepted

    changes = balancing.apply(plan.proposals)
    assert changes.uids == set(uids[30:])
    assert [contacts_of(TODAY + n * DAY) for n in range(3)] == [30, 30, 25]
    assert load_dossier(uids[0]).step == NextStep(minutes=5, fixed=True, time=time(9))
    assert load_dossier(uids[59]).carried is None  # it was not late
    assert balancing.propose_balance(TODAY).proposals == []
    done, _ = export_json()
    undo()
    assert export_json()[0] == before
    redo()
    assert export_json()[0] == done


def test_only_what_was_ticked_moves(binder_open: Session) -> None:
    put_full_day()
    ticked = balancing.propose_balance(TODAY).proposals[::2]
    changes = balancing.apply(ticked)
    assert changes.uids == {proposal.item.uid for proposal in ticked}


def test_minutes_count_too(binder_open: Session) -> None:
    store(
        *(
            Dossier(f"Завод {n}", place=day_place(TODAY), step=NextStep(minutes=60))
            for n in range(8)
        )
    )
    plan = balancing.propose_balance(TODAY)
    assert len(plan.proposals) == 2


def test_no_promise_is_passed(binder_open: Session) -> None:
    """Whoever gave it; a promise that was kept binds nothing."""
    kept = Promise(Side.OURS, "фото", TODAY, kept_on=TODAY)
    ours, theirs = Promise(Side.OURS, "смета", TODAY), Promise(Side.THEIRS, "чертёж", TODAY)
    put(day_place(TODAY), 29)
    (bound,) = put(day_place(TODAY), promises=[ours, Promise(Side.OURS, "акт", TODAY + 9 * DAY)])
    (theirs_bound,) = put(day_place(TODAY), promises=[theirs])
    (open_one,) = put(day_place(TODAY), promises=[kept])
    plan = balancing.propose_balance(TODAY)
    moved = [proposal.item.uid for proposal in plan.proposals]
    assert open_one in moved and len(moved) == 2
    assert not {bound, theirs_bound} & set(moved)


def test_holidays_get_nothing(binder_open: Session) -> None:
    clock.set_today(date(2026, 12, 30))
    put(day_place(date(2026, 12, 30)), 35)
    days = {proposal.to for proposal in balancing.propose_balance(clock.today()).proposals}
    assert days == {date(2027, 1, 11)}


def test_a_day_off_is_not_balanced(binder_open: Session) -> None:
    put(day_place(date(2026, 11, 28)), 40)
    assert not balancing.propose_balance(date(2026, 11, 28)).proposals


def test_work_done_today_takes_up_room(binder_open: Session) -> None:
    """What was worked off today lies elsewhere, but the day is as full as before."""
    for uid in put(day_place(TODAY), 28):
        contacts.log_contact(uid, contacts.Contact(text="поговорили"))
    put(day_place(YESTERDAY), 3)
    days = [proposal.to for proposal in balancing.propose_left_behind().proposals]
    assert days == [TODAY, TODAY, TOMORROW]


def test_what_is_left_of_today_goes_to_the_days_after(binder_open: Session) -> None:
    left = put(day_place(TODAY), 3)
    loose = put_loose(TODAY)
    put(day_place(YESTERDAY))
    plan = balancing.propose_left_behind(TODAY)
    assert {proposal.item.uid for proposal in plan.proposals} == {*left, loose}
    assert {proposal.to for proposal in plan.proposals} == {TOMORROW}
    balancing.apply(plan.proposals, "вечером")
    assert load_dossier(left[0]).carried is None  # its day is not over


def test_left_behind_is_carried_with_its_reason(binder_open: Session) -> None:
    (new,) = put(day_place(YESTERDAY))
    old = Carried(date(2026, 11, 10), 2, "болел")
    (carried,) = put(day_place(YESTERDAY), carried=old)
    missed = Dossier("Завод", place=day_place(YESTERDAY), step=NextStep(time=time(10), fixed=True))
    store(missed)
    before, _ = export_json()
    plan = balancing.propose_left_behind()
    assert [proposal.item.uid for proposal in plan.proposals] == [carried, new]
    assert [staying.item.uid for staying in plan.staying] == [missed.uid]
    assert plan.staying[0].reason == (
        "appointment missed on 24 Nov: agree a new date with the client"
    )
    balancing.apply(plan.proposals, "отпуск")
    assert load_dossier(new).carried == Carried(YESTERDAY, 1, "отпуск")
    assert load_dossier(carried).carried == Carried(date(2026, 11, 10), 3, "отпуск")
    assert load_dossier(missed.uid).place == day_place(YESTERDAY)
    assert balancing.propose_left_behind().proposals == []
    undo()
    assert export_json()[0] == before


def test_slips_and_loose_sheets_are_carried(binder_open: Session) -> None:
    promise = Promise(Side.OURS, "смета", YESTERDAY)
    reminder = Slip(SlipKind.PROMISE, YESTERDAY, "смета", promise_uid=promise.uid)
    (client,) = put(day_place(TOMORROW), promises=[promise], slips=[reminder])
    done = Slip(SlipKind.REMINDER, YESTERDAY, "сделано", done_on=YESTERDAY)
    put(day_place(TOMORROW), slips=[done])
    loose = put_loose(YESTERDAY)
    put(day_place(TODAY), 40)  # notes that take no time can lie under a full day
    plan = balancing.propose_left_behind()
    assert {proposal.item.uid: proposal.to for proposal in plan.proposals} == {
        reminder.uid: TODAY,
        loose: TODAY,
    }
    changes = balancing.apply(plan.proposals)
    assert changes.slip_dates == {str(YESTERDAY), str(TODAY)}
    assert {sheet.uid for sheet in slip_sheets(TODAY, TODAY)} == {reminder.uid, loose}
    assert load_dossier(client).promises[0].due == YESTERDAY  # late is late
    undo()
    assert {sheet.uid for sheet in slip_sheets(YESTERDAY, YESTERDAY)} == {reminder.uid, loose}


def test_one_past_day_alone(binder_open: Session) -> None:
    (monday,) = put(day_place(TODAY - 2 * DAY))
    put(day_place(YESTERDAY))
    put_loose(YESTERDAY)
    plan = balancing.propose_balance(TODAY - 2 * DAY)
    assert [proposal.item.uid for proposal in plan.proposals] == [monday]


def test_a_month_is_spread_evenly(binder_open: Session) -> None:
    put(NOVEMBER, 21)
    put(month_place(Month(2026, 9)), 3)
    put(month_place(Month(2026, 12)))
    before, _ = export_json()
    plan = balancing.propose_spread()
    balancing.apply(plan.proposals)
    # Wednesday to Friday, and Monday the 30th.
    assert [contacts_of(TODAY + n * DAY) for n in range(6)] == [6, 6, 6, 0, 0, 6]
    assert not reader().sheets(TO_SPREAD)
    assert balancing.propose_spread().proposals == []
    undo()
    assert export_json()[0] == before


def test_what_moved_meanwhile_stops_all(binder_open: Session) -> None:
    put_full_day()
    plan = balancing.propose_balance(TODAY)
    refiling.refile([plan.proposals[-1].item.uid], day_place(TODAY + 40 * DAY))
    before, _ = export_json()
    with pytest.raises(Refusal, match="look at the proposals again"):
        balancing.apply(plan.proposals)
    assert export_json()[0] == before


def test_a_slip_that_moved_meanwhile_stops_all(binder_open: Session) -> None:
    put_loose(YESTERDAY)
    plan = balancing.propose_left_behind()
    balancing.apply(plan.proposals)
    with pytest.raises(Refusal, match="look at the proposals again"):
        balancing.apply(plan.proposals)


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(
            st.integers(-4, 12),  # days from today; 12 stands for this month
            st.booleans(),
            st.sampled_from([5, 10, 60, 90]),
            st.none() | st.integers(-3, 12),
        ),
        max_size=25,
    )
)
def test_whatever_lies_there(
    binder_open: Session, drawn: list[tuple[int, bool, int, int | None]]
) -> None:
    """Every tray and day by turns: the rules hold, and all undone is as it was."""
    chosen = settings_service.load()
    chosen.contacts, chosen.minutes = [4] * 7, [120] * 7
    settings_service.save(chosen)
    with journal.action("edit", clock.stamp()):
        database.execute_sql("DELETE FROM dossier")
    made = []
    for ahead, fixed, minutes, due in drawn:
        place = NOVEMBER if ahead == 12 else day_place(TODAY + ahead * DAY)
        dossier = Dossier("Завод", place=place, step=NextStep(minutes=minutes, fixed=fixed))
        if due is not None:
            dossier.promises = [Promise(Side.OURS, "смета", TODAY + due * DAY)]
        made.append(dossier)
    store(*made)
    start, _ = export_json()
    steps = [balancing.propose_left_behind, balancing.propose_spread]
    steps += [lambda day=TODAY + n * DAY: balancing.propose_balance(day) for n in range(8)]
    done = 0
    for propose in steps:
        full = {day.slot.date: day.load for day in reader().binder().dividers if day.load.is_over}
        plan = propose()
        for proposal in plan.proposals:
            dossier = load_dossier(proposal.item.uid)
            due = min((item.due for item in dossier.promises if item.due), default=None)
            assert proposal.reason
            assert not (dossier.step and dossier.step.fixed)
            assert due is None or due < TODAY or proposal.to <= due
            assert proposal.to not in full
        done += bool(balancing.apply(plan.proposals))
        over = {day.slot.date for day in reader().binder().dividers if day.load.is_over}
        assert over <= full.keys()
        assert propose().proposals == []
    lying = reader().sheets(LEFT_BEHIND) + reader().sheets(TO_SPREAD)
    named = balancing.propose_left_behind().staying + balancing.propose_spread().staying
    assert {sheet.uid for sheet in lying} == {staying.item.uid for staying in named}
    for _ in range(done):
        undo()
    assert export_json()[0] == start


def test_today_in_the_binder_is_what_is_balanced(binder_open: Session) -> None:
    put_full_day()
    balancing.apply(balancing.propose_balance(TODAY).proposals)
    assert len(reader().sheets(day_slot(TODAY))) == 30
