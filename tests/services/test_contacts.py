"""Log & re-file: history, promises, next step and place in one save."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import CLOSED, TRAY, Place, day_place
from dossier_app.domain.records import (
    Cadence,
    Carried,
    Channel,
    Direction,
    Dossier,
    NextStep,
    Promise,
    Side,
    SlipKind,
    StepKind,
)
from dossier_app.domain.when import When
from dossier_app.services import refiling
from dossier_app.services.calendar import working_calendar
from dossier_app.services.contacts import (
    Contact,
    after_cadence,
    change_contact,
    log_contact,
    proposed_next,
    traces,
    usual_step,
)
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.merging import merge_dossiers
from dossier_app.services.session import Session
from dossier_app.services.settings import Settings
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import undo
from dossier_app.storage import dossiers, journal

TODAY = date(2026, 11, 25)  # a Wednesday
DAY = timedelta(days=1)


def put(**more: object) -> str:
    dossier = Dossier("АО «Север»", **more)  # type: ignore[arg-type]
    with journal.action("new", clock.stamp()):
        dossiers.insert([dossier])
    return dossier.uid


def test_one_save_and_one_undo(binder_open: Session) -> None:
    uid = put(place=day_place(TODAY), step=NextStep(text="позвонить"), tries=2)
    before = export_json()[0]
    journal.set_author("Петрова")
    ours = Promise(Side.OURS, "прислать смету", TODAY + 2 * DAY)
    theirs = Promise(Side.THEIRS, "подумать")
    contact = Contact(
        Channel.CALL,
        Direction.IN,
        text=" Просила скидку. ",
        agreed="вернёмся весной",
        minutes=7,
        promises=[ours, theirs],
        next=When(day_place(TODAY + 8 * DAY), time(10)),
        step=usual_step(StepKind.VISIT, "показать образцы", fixed=True),
    )
    _, entry = log_contact(uid, contact)
    dossier = load_dossier(uid)
    assert dossier.history == [entry]
    assert (entry.text, entry.agreed, entry.minutes) == ("Просила скидку.", "вернёмся весной", 7)
    assert (entry.author, entry.direction, entry.at.date()) == ("Петрова", Direction.IN, TODAY)
    assert entry.at.utcoffset() is not None
    assert dossier.promises == [ours, theirs]
    (slip,) = dossier.slips
    assert (slip.kind, slip.on, slip.text) == (SlipKind.PROMISE, TODAY + 2 * DAY, "прислать смету")
    assert slip.promise_uid == ours.uid
    assert dossier.place == day_place(TODAY + 8 * DAY)
    assert dossier.step == NextStep(StepKind.VISIT, "показать образцы", time(10), 90, fixed=True)
    assert dossier.tries == 0
    undo()
    assert export_json()[0] == before


def test_a_note_leaves_everything_where_it_lies(binder_open: Session) -> None:
    carried = Carried(TODAY - DAY, 1)
    uid = put(place=day_place(TODAY), step=NextStep(text="x"), tries=2, carried=carried)
    log_contact(uid, Contact(Channel.NOTE, Direction.OUT, text="видел на выставке"))
    dossier = load_dossier(uid)
    assert dossier.place == day_place(TODAY)
    assert (dossier.tries, dossier.carried) == (2, carried)
    assert dossier.history[0].direction is Direction.NONE
    log_contact(uid, Contact(Channel.NOTE, text="и ещё", next=When(day_place(TODAY + DAY))))
    dossier = load_dossier(uid)
    assert dossier.place == day_place(TODAY + DAY)
    assert (dossier.tries, dossier.carried) == (2, carried), "a note is no contact"


def test_a_missed_call_is_counted_and_tried_on_the_next_working_day(binder_open: Session) -> None:
    friday = date(2026, 11, 27)
    clock.set_today(friday)
    uid = put(place=day_place(friday), step=NextStep(StepKind.CALL, "позвонить", time(9)))
    for tries in (1, 2):
        log_contact(uid, Contact(reached=False))
        dossier = load_dossier(uid)
        assert dossier.tries == tries
        assert dossier.place == day_place(date(2026, 11, 30))
        assert dossier.step == NextStep(StepKind.CALL, "позвонить")
    log_contact(uid, Contact(text="дозвонился", next=When(day_place(date(2026, 12, 1)))))
    assert load_dossier(uid).tries == 0


@pytest.mark.parametrize("place", [day_place(TODAY - 3 * DAY), day_place(TODAY + 30 * DAY), TRAY])
def test_nothing_is_left_hanging_when_the_client_calls_first(
    binder_open: Session, place: Place
) -> None:
    step = None if place == TRAY else NextStep(text="позвонить")
    uid = put(place=place, step=step, carried=Carried(TODAY - DAY, 3))
    log_contact(uid, Contact(Channel.CALL, Direction.IN, text="сам позвонил"))
    dossier = load_dossier(uid)
    assert (dossier.place, dossier.step, dossier.carried) == (TRAY, None, None)


def test_an_agreed_date_is_fixed_once(binder_open: Session) -> None:
    uid = put(place=day_place(TODAY), step=NextStep(StepKind.MEETING, "x", minutes=60, fixed=True))
    log_contact(uid, Contact(text="перенесли", next=When(day_place(TODAY + DAY))))
    assert load_dossier(uid).step == NextStep(StepKind.MEETING, "x", minutes=60)


def test_closing_with_the_last_contact(binder_open: Session) -> None:
    uid = put(place=day_place(TODAY), step=NextStep())
    log_contact(uid, Contact(text="купили у других", next=When(CLOSED)))
    dossier = load_dossier(uid)
    assert (dossier.place, dossier.step, dossier.closed_on) == (CLOSED, None, TODAY)
    log_contact(uid, Contact(Channel.NOTE, text="новый директор"))
    assert load_dossier(uid).place == CLOSED


def test_the_cadence_gives_the_next_date_on_a_working_day(binder_open: Session) -> None:
    uid = put(place=day_place(TODAY), step=NextStep(), cadence=Cadence(3, "day"))
    log_contact(uid, Contact(text="всё хорошо"))
    assert load_dossier(uid).place == day_place(date(2026, 11, 30))  # not Saturday 28


def test_monthly_keeps_to_its_day_over_short_months(binder_open: Session) -> None:
    """31 January is a Sunday in 2027, 28 February too: work slips into the next month."""
    clock.set_today(date(2026, 12, 31))
    uid = put(place=day_place(clock.today()), step=NextStep(), cadence=Cadence(1, "month"))
    days = []
    for _ in range(5):
        log_contact(uid, Contact(text="на связи"))
        dossier = load_dossier(uid)
        assert dossier.place.date is not None
        days.append(dossier.place.date)
        clock.set_today(dossier.place.date)
        refiling.refile([uid], dossier.place)
    calendar = working_calendar(Settings())
    ends = [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert days[:4] == [calendar.next_working(day) for day in ends]
    assert days[4] == calendar.next_working(date(2027, 5, 31))
    assert load_dossier(uid).cadence == Cadence(1, "month", 31)


@pytest.mark.parametrize(
    ("cadence", "day", "next_day"),
    [
        (Cadence(10, "day"), TODAY, date(2026, 12, 5)),
        (Cadence(2, "week"), TODAY, date(2026, 12, 9)),
        (Cadence(1, "month", 31), date(2027, 1, 31), date(2027, 2, 28)),
        (Cadence(1, "month", 31), date(2027, 2, 28), date(2027, 3, 31)),
        (Cadence(1, "month", 31), date(2027, 2, 1), date(2027, 2, 28)),
        (Cadence(1, "month", 1), date(2027, 1, 29), date(2027, 3, 1)),
        (Cadence(3, "month", 31), date(2026, 11, 30), date(2027, 2, 28)),
        (Cadence(12, "month", 29), date(2028, 2, 29), date(2029, 2, 28)),
        (Cadence(1, "month"), date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_after_a_cadence(cadence: Cadence, day: date, next_day: date) -> None:
    assert after_cadence(cadence, day) == next_day


@given(
    st.integers(1, 24),
    st.sampled_from(["day", "week", "month"]),
    st.none() | st.integers(1, 31),
    st.dates(date(2024, 1, 1), date(2032, 12, 31)),
)
def test_the_next_date_is_always_later(
    every: int, unit: str, number: int | None, day: date
) -> None:
    cadence = Cadence(every, unit, number if unit == "month" else None)
    later = after_cadence(cadence, day)
    assert later > day
    if unit == "month":
        assert abs((later - day).days - every * 30.44) <= 18.5


def test_proposals_change_nothing(binder_open: Session) -> None:
    dossier = Dossier(cadence=Cadence(1, "month"), place=day_place(TODAY))
    calendar = working_calendar(Settings())
    assert proposed_next(dossier, reached=True, calendar=calendar) == day_place(date(2026, 12, 25))
    assert proposed_next(dossier, reached=False, calendar=calendar) == day_place(TODAY + DAY)
    assert dossier.cadence == Cadence(1, "month")
    assert proposed_next(Dossier(), reached=True, calendar=calendar) is None


def test_a_changed_contact_keeps_its_moment_its_author_and_what_it_said(
    binder_open: Session,
) -> None:
    uid = put()
    journal.set_author("Петрова")
    _, entry = log_contact(uid, Contact(text="согласна", agreed="смета"))
    journal.set_author("Седова")
    later = replace(entry, text=" не согласна ", author="никто", at=entry.at + DAY)
    change_contact(uid, later)
    (stored,) = load_dossier(uid).history
    assert (stored.text, stored.agreed) == ("не согласна", "смета")
    assert (stored.author, stored.at) == ("Петрова", entry.at)
    change_contact(uid, replace(stored, agreed=""))
    first, second = traces(uid)[entry.uid]
    assert (first.before, first.author) == (entry, "Седова")
    assert second.before == stored
    undo()
    assert [trace.before for trace in traces(uid)[entry.uid]] == [entry]
    with pytest.raises(Refusal, match="no longer"):
        change_contact(uid, replace(entry, uid="gone"))


def test_a_merge_is_no_change_of_a_contact(binder_open: Session) -> None:
    kept, gone = put(), put()
    log_contact(gone, Contact(text="согласна"))
    merge_dossiers(kept, gone, {})
    assert len(load_dossier(kept).history) == 1
    assert traces(kept) == {}
