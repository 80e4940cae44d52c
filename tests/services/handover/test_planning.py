"""Planning an absence: what falls in it, who gets what, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import STAYS, Absence, AbsencePlan, Terms
from dossier_app.domain.handover.privacy import NOTES
from dossier_app.domain.handover.records import Direction
from dossier_app.domain.occasions import shown_on
from dossier_app.domain.place import Month, Place, PlaceKind, day_place
from dossier_app.domain.records import (
    Answer,
    Dossier,
    FilledForm,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.domain.sheets import Sheet
from dossier_app.services import settings as settings_service
from dossier_app.services.calendar_editing import own_days, set_days
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.editing import set_answer
from dossier_app.services.forms import begin_form
from dossier_app.services.handover import ending, giving, keys, planning
from dossier_app.services.handover.overlapping import absence_warnings
from dossier_app.services.occasions import greet
from dossier_app.services.refiling import refile
from dossier_app.services.session import Session, open_session
from dossier_app.services.slips import add_slip, move_slips
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import dossiers
from dossier_app.storage.folder import DataFolder
from tests.services.handover.desks import FIRST, LAST, MARK, TODAY, Desks, refused

PERIOD = Absence(FIRST, LAST)


def loose_sheet(on: date, text: str = "заказать пропуск") -> str:
    slip = Slip(SlipKind.REMINDER, on, text, minutes=15)
    add_slip(slip)
    return slip.uid


def test_what_falls_in_an_absence(binder_open: Session) -> None:
    month = Dossier(company="В декабре", place=Place(PlaceKind.MONTH, month=Month(2026, 12)))
    born = FilledForm("relationship_card", {"birth": Answer({"date": "1980-12-03"})})
    busy = Dossier(
        people=[Person("Ромашкина", "Анна", main=True, forms=[born])],
        place=day_place(LAST),
        step=NextStep(text="договор", time=time(10), fixed=True, minutes=60),
        promises=[Promise(Side.THEIRS, "оплата", FIRST), Promise(Side.OURS, "потом", None)],
        slips=[
            Slip(SlipKind.CHECKPOINT, FIRST + timedelta(days=1), "25 %", minutes=10),
            Slip(SlipKind.REMINDER, FIRST, "сделано", done_on=TODAY),
        ],
    )
    away = Dossier(company="Мимо", place=day_place(LAST + timedelta(days=1)))
    for dossier in (month, busy, away):
        create_dossier(dossier)
    loose = loose_sheet(LAST)
    loose_sheet(LAST + timedelta(days=1))

    found = planning.plan(PERIOD)
    assert [item.uid for item in found.dossiers] == [busy.uid, month.uid]
    first, later = found.dossiers
    assert (first.name, later.name, later.company) == ("Ромашкина Анна", "В декабре", "")
    assert [(sheet.on, sheet.todo, sheet.minutes) for sheet in first.sheets] == [
        (FIRST + timedelta(days=1), "25 %", 10),
        (date(2026, 12, 3), "birthday, 46 years", 0),
        (LAST, "договор", 60),
    ]
    assert first.sheets[-1].fixed and first.sheets[-1].time == time(10)
    assert [promise.text for promise in first.promises] == ["оплата"]
    assert first.days == [FIRST, FIRST + timedelta(days=1), date(2026, 12, 3), LAST]
    assert (later.place.month, [sheet.on for sheet in later.sheets]) == (Month(2026, 12), [None])
    assert [sheet.uid for sheet in found.loose] == [loose]
    assert [day.slot.date for day in found.days][:2] == [FIRST, FIRST + timedelta(days=1)]
    last = found.days[-1]
    assert (last.load.contacts, last.load.minutes, last.load.capacity_minutes) == (1, 75, 360)
    assert [day.working for day in found.days[:4]] == [True, True, False, False]

    left = found.left()
    assert [item.uid for item in left.dossiers] == [busy.uid]
    whole = planning.plan(Absence(FIRST, date(2026, 12, 31))).left()
    assert [item.uid for item in whole.dossiers] == [busy.uid, away.uid, month.uid]
    refile([busy.uid], day_place(TODAY))
    move_slips([loose], TODAY)
    assert planning.plan(PERIOD).dossiers[0].sheets[-1].todo == "birthday, 46 years"
    assert planning.plan(PERIOD).loose == []


def test_who_gets_what(binder_open: Session) -> None:
    uids = [loose_sheet(FIRST)]
    for number in range(3):
        dossier = Dossier(company=f"Клиент {number}", place=day_place(FIRST))
        create_dossier(dossier)
        uids.append(dossier.uid)
    absence = replace(PERIOD, chosen={uids[0]: "Петрова", uids[1]: "Петрова", uids[2]: STAYS})
    found = planning.plan(absence)
    names = found.names()
    assert [names[uid] for uid in uids] == ["Петрова", "Петрова", STAYS, None]
    left = found.left()
    assert ([item.uid for item in left.dossiers], left.loose) == ([uids[3]], [])
    assert left
    decided = replace(absence, chosen={**absence.chosen, uids[3]: "Котов"})
    assert not replace(found, absence=decided).left()
    assert decided.colleagues == ["Петрова", "Котов"]


def test_what_lies_elsewhere(binder_open: Session) -> None:
    """A dossier can go along in case the client calls; a loose sheet has no client."""
    loose = loose_sheet(LAST + timedelta(days=1))
    dossier = Dossier(company="Тихий", place=day_place(LAST + timedelta(days=1)))
    create_dossier(dossier)
    assert planning.plan(PERIOD).dossiers == []
    absence = replace(PERIOD, chosen={dossier.uid: "Петрова", loose: "Петрова"})
    (found,) = planning.plan(absence).dossiers
    assert (found.uid, found.days, found.sheets) == (dossier.uid, [], [])
    (wish,) = planning.wishes(absence)
    assert (wish.uids, wish.loose) == ([dossier.uid], [])
    assert planning.plan(replace(PERIOD, chosen={dossier.uid: STAYS})).dossiers == []


def test_a_plan_is_kept(binder_open: Session) -> None:
    absence = Absence(FIRST, LAST, "отпуск", {"a": "Петрова"}, {"Петрова": Terms(private=True)})
    assert planning.save_absence(absence).absences == {absence.uid}
    assert planning.all_absences() == [absence]
    absence.chosen["b"] = STAYS
    absence.terms["Котов"] = Terms(may_keep=True, left_out=["x"])
    assert planning.save_absence(absence)
    assert planning.find_absence(absence.uid[:8]) == absence
    assert not planning.save_absence(absence)
    undone = undo()
    assert undone is not None and undone.absences == {absence.uid}
    assert planning.all_absences()[0].chosen == {"a": "Петрова"}
    assert redo() is not None
    assert planning.all_absences() == [absence]
    later = Absence(LAST + timedelta(days=1), LAST + timedelta(days=2))
    planning.save_absence(later)
    assert planning.all_absences() == [later, absence]
    planning.remove_absence(absence)
    assert planning.all_absences() == [later]
    refused(lambda: planning.find_absence(absence.uid), "no absence")
    refused(lambda: planning.find_absence(""), "no absence")


def test_days_that_are_none(binder_open: Session) -> None:
    for action in (planning.save_absence, planning.plan, planning.mark_days_off):
        refused(lambda: action(Absence(LAST, FIRST)), "before the first")  # noqa: B023
        refused(lambda: action(Absence(FIRST, FIRST + timedelta(days=366))), "at most 366")  # noqa: B023
    assert planning.all_absences() == []


def test_a_package_for_each_colleague(desks: Desks, uids: list[str]) -> None:
    anna, vera, later = uids
    key = desks.key("Петрова")
    with desks.at("Иванов"):
        loose = loose_sheet(FIRST)
        absence = Absence(FIRST, LAST, MARK, {anna: "Петрова", loose: "Петрова", vera: "Котов"})
        absence.chosen |= {later: STAYS, "gone": "Петрова"}
        absence.terms["Петрова"] = Terms(private=True, may_keep=True)
        planning.save_absence(absence)
        first, second = planning.wishes(absence)
        assert (first.uids, first.loose, first.private, first.may_keep) == (
            [anna], [loose], True, True,
        )  # fmt: skip
        assert (second.colleague, second.uids, second.loose) == ("Котов", [vera], [])
        assert (first.recipient, planning.known_colleagues()) == ("", [])
        file = desks.file()
        made = giving.create(replace(first, private=False, recipient=key), file)
        assert made.handover.absence == absence.uid
        assert planning.wishes(absence) == [second]
        found = planning.plan(absence)
        assert found.dossiers[0].is_away and found.dossiers[0].is_covered
        assert found.loose_away == {loose: made.handover}
        assert found.names()[anna] == "Петрова"
        assert not found.left()
        refused(lambda: planning.remove_absence(absence), "with Петрова until 9 Dec")
        assert planning.known_colleagues() == ["Петрова"]
    with desks.at("Петрова"):
        assert MARK not in str(desks.open(file))
        taken = desks.open(file)
        assert taken.records.loose[0].text == "заказать пропуск"
    desks.accept("Петрова", file)
    with desks.at("Иванов"):
        ending.end(made.handover)
        planning.remove_absence(absence)
        assert planning.all_absences() == []


def test_a_known_key_is_used(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова", uids[0])
    desks.accept("Петрова", file)
    desks.take_back("Иванов", desks.give_back("Петрова", handover, final=True))
    with desks.at("Иванов"):
        (known,) = keys.colleagues()
        assert (known.name, known.since) == ("Петрова", TODAY)
        assert len(known.fingerprint.replace(" ", "")) == 20
        (wish,) = planning.wishes(replace(PERIOD, chosen={uids[0]: "петрова"}))
        assert wish.recipient == known.age_key == handover.recipient
        keys.forget(known.signing_key)
        assert keys.colleagues() == []


def test_away_for_a_part_of_the_days(desks: Desks, uids: list[str]) -> None:
    vera = uids[1]
    desks.give("Иванов", "Петрова", vera)
    with desks.at("Иванов"):
        create_dossier(Dossier(company="Другое", place=day_place(FIRST)))
        longer = Absence(FIRST, LAST + timedelta(days=9))
        assert [item.uid for item in planning.plan(longer).left().dossiers].count(vera) == 0
        add_slip(Slip(SlipKind.REMINDER, LAST + timedelta(days=2), "ещё"), vera)
        (found,) = [item for item in planning.plan(longer).left().dossiers if item.uid == vera]
        assert found.is_away and not found.is_covered


def test_handover_notes(binder_open: Session) -> None:
    dossier = Dossier(company="Клиент", place=day_place(FIRST))
    create_dossier(dossier)
    assert planning.plan(PERIOD).dossiers[0].notes.is_empty
    _, form = begin_form(dossier.uid, NOTES)
    set_answer(dossier.uid, NOTES, "", "done", "сделано коллегой в прошлый раз")
    notes = planning.plan(PERIOD).dossiers[0].notes
    assert (notes.form_uid, notes.is_empty, notes.told) == (form, True, None)
    set_answer(dossier.uid, NOTES, "", "told", True)
    set_answer(dossier.uid, NOTES, "", "state", "ждёт смету")
    notes = planning.plan(PERIOD).dossiers[0].notes
    assert (notes.known, notes.told) == (2, True)
    assert load_dossier(dossier.uid).forms[0].template == NOTES


def test_the_days_become_days_off(binder_open: Session) -> None:
    create_dossier(Dossier(company="Клиент", place=day_place(FIRST)))
    set_days(date(2026, 11, 28), date(2026, 11, 28), worked=True)
    before = planning.plan(PERIOD).days
    assert planning.mark_days_off(PERIOD).calendar
    off = {own.day for own in own_days() if not own.worked}
    assert off == {day.slot.date for day in before if day.working}
    # How much work it is for others does not change by that.
    now = planning.plan(PERIOD).days
    assert now[0].load.capacity_minutes == 360
    undo()
    assert [day.working for day in planning.plan(PERIOD).days] == [day.working for day in before]


def test_absences_that_overlap_are_told(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        planning.save_absence(PERIOD)
        assert planning.plan(PERIOD).warnings == []
        (told,) = planning.plan(Absence(LAST, LAST + timedelta(days=3))).warnings
        assert "another absence" in told and "9 December 2026" in told
        assert (
            planning.plan(Absence(LAST + timedelta(days=1), LAST + timedelta(days=3))).warnings
            == []
        )
    _, file = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        planning.save_absence(Absence(LAST, LAST + timedelta(days=5)))
    (warning,) = desks.accept("Петрова", file).warnings
    assert "as you have planned" in warning and "9 December 2026" in warning
    with desks.at("Петрова"):
        (own,) = planning.all_absences()
        (warning,) = absence_warnings(own)
        assert "Иванов" in warning
        assert absence_warnings(replace(own, chosen={uids[0]: "Котов"})) == []
        (found,) = planning.plan(PERIOD).dossiers
        assert found.handover is not None and found.handover.direction is Direction.TAKEN
        assert not found.is_away


def test_an_absence_is_over_with_its_handovers(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        planning.save_absence(PERIOD)
    handover, _ = desks.give("Иванов", "Петрова", uids[0], absence=PERIOD.uid)
    other = Absence(FIRST, FIRST)
    with desks.at("Иванов"):
        assert len(absence_warnings(other)) == 1
        ending.end(handover)
        assert absence_warnings(other) == []


# --- nothing is missed ---

DAYS = st.integers(-3, 20).map(lambda number: TODAY + timedelta(days=number))
PLACES = st.one_of(
    DAYS.map(day_place),
    st.integers(10, 13).map(
        lambda number: Place(PlaceKind.MONTH, month=Month(2026, 1).plus(number - 1))
    ),
    st.sampled_from([Place(PlaceKind.TRAY), Place(PlaceKind.CLOSED)]),
)
SLIPS = st.builds(
    Slip, st.sampled_from([SlipKind.REMINDER, SlipKind.CHECKPOINT]), DAYS, st.just("листок"),
    done_on=st.one_of(st.none(), st.just(TODAY)),
)  # fmt: skip
PROMISES = st.builds(
    Promise,
    st.sampled_from(Side),
    st.just("обещание"),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), st.just(TODAY)),
)


@st.composite
def clients(draw: st.DrawFn) -> Dossier:
    born = draw(st.one_of(st.none(), DAYS))
    answers = {"birth": Answer({"date": f"1980-{born:%m-%d}"})} if born else {}
    place = draw(PLACES)
    return Dossier(
        company="Клиент",
        people=[Person("Ромашкина", forms=[FilledForm("relationship_card", answers)])],
        place=place,
        step=NextStep() if place.kind in (PlaceKind.DAY, PlaceKind.MONTH) else None,
        slips=draw(st.lists(SLIPS, max_size=2)),
        promises=draw(st.lists(PROMISES, max_size=2)),
    )


@pytest.fixture(scope="module")
def one_binder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    clock.set_today(TODAY)
    session = open_session(DataFolder(tmp_path_factory.mktemp("binder")))
    yield session
    session.close()


@settings(max_examples=40)
@given(
    made=st.lists(clients(), max_size=5),
    loose=st.lists(SLIPS, max_size=2),
    period=st.tuples(DAYS, DAYS),
)
def test_nothing_in_the_days_is_missed(
    one_binder: Session, made: list[Dossier], loose: list[Slip], period: tuple[date, date]
) -> None:
    """The plan against a walk over all dossiers."""
    clock.set_today(TODAY)
    done = 0
    for dossier in made:
        create_dossier(dossier)
        done += 1
    for slip in loose:
        add_slip(slip)
        done += 1
    first, last = sorted(period)
    try:
        found = planning.plan(Absence(first, last))
        expected = {
            uid: things for uid in dossiers.all_uids() if (things := walked(uid, first, last))
        }
        assert {
            item.uid: things_of(item.sheets, item.promises) for item in found.dossiers
        } == expected
        assert {sheet.uid for sheet in found.loose} == {
            slip.uid for slip in loose if slip.done_on is None and first <= slip.on <= last
        }
        assert counted(found) == sum(
            len([kind for kind, *_ in things if kind != "promise"]) for things in expected.values()
        ) + len(found.loose)
    finally:
        for _ in range(done):
            undo()
    assert dossiers.count() == 0


def things_of(sheets: list[Sheet], promises: list[Promise]) -> set[tuple[str, str]]:
    return {(str(sheet.slip_kind or "step"), sheet.uid) for sheet in sheets} | {
        ("promise", promise.uid) for promise in promises
    }


def counted(found: AbsencePlan) -> int:
    return sum(len(item.sheets) for item in found.dossiers) + len(found.loose)


def walked(uid: str, first: date, last: date) -> set[tuple[str, str]]:
    """What is to be done with one dossier from ``first`` to ``last``, looked at day by day."""
    dossier, lead = load_dossier(uid), settings_service.load().lead_days
    things = set()
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        if dossier.place.date == day or dossier.place.month == Month.of(day):
            things.add(("step", uid))
        things |= {
            (str(slip.kind), slip.uid)
            for slip in dossier.slips
            if slip.on == day and slip.done_on is None
        }
        things |= {
            ("promise", item.uid)
            for item in dossier.promises
            if item.due == day and item.kept_on is None
        }
        if dossier.place.kind is not PlaceKind.CLOSED:
            things |= {("birthday", item.uid) for item in shown_on(dossier, day, lead)}
    return things


def test_what_was_greeted_is_not_to_do(binder_open: Session) -> None:
    born = FilledForm("relationship_card", {"birth": Answer({"date": "1980-12-03"})})
    dossier = Dossier(people=[Person("Ромашкина", "Анна", forms=[born])])
    create_dossier(dossier)
    ((sheet,),) = [item.sheets for item in planning.plan(PERIOD).dossiers]
    greet(dossier.uid, sheet.uid)
    assert planning.plan(PERIOD).dossiers == []
    with pytest.raises(Refusal):
        planning.find_absence("x")
