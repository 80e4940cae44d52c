"""Merging in the binder: everything of both is there, and comes apart again."""

from __future__ import annotations

import copy
import dataclasses
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.merging import From
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.domain.unmerging import unmerge
from dossier_app.services import importing, merging
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import find_uid, load_dossier, save_dossier
from dossier_app.services.duplicates import Reason, find_pairs
from dossier_app.services.editing import put_point, remove_person, set_answer, set_note
from dossier_app.services.refiling import refile
from dossier_app.services.searching import find
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import dossiers, journal, merges
from dossier_app.storage.connection import database
from tests.alike import EDITS, Edit, clients

PHONE, OTHER_PHONE = "+7 926 123-45-67", "+7 495 000-00-01"


def phone(value: str, label: str = "") -> ContactPoint:
    return ContactPoint(ContactKind.PHONE, value, label)


def romashka() -> Dossier:
    anna = Person("Липатова", "Анна", main=True, contact_points=[phone(PHONE, "work")], uid="anna")
    anna.forms = [FilledForm("relationship_card", {"cuisine": Answer("уха", "сама")})]
    return Dossier(
        uid="mine",
        company="Ромашка",
        note="Звонить после обеда",
        tags=["опт"],
        people=[anna],
        forms=[FilledForm("info_sheet", {"inn": Answer("7707083893")})],
        place=day_place(date(2026, 12, 8)),
        step=NextStep(text="Estimate"),
        history=[HistoryEntry(datetime(2026, 11, 2, 9, tzinfo=UTC), text="a", person_uid="anna")],
        documents=[Document("offer.pdf", 3, "a" * 64, date(2026, 11, 2))],
        created_on=date(2026, 1, 5),
    )


def double() -> Dossier:
    anna = Person("Липатова", "Анна", "Ильинична", position="buyer", main=True, uid="anna2")
    anna.contact_points = [phone("8 926 123 45 67", "mobile"), phone(OTHER_PHONE)]
    anna.forms = [FilledForm("relationship_card", {"cuisine": Answer("борщ"), "car": Answer(
        {"make": "Лада", "plate": ""})})]  # fmt: skip
    vera = Person("Серова", "Вера", contact_points=[phone("+7 495 000-00-02")], uid="vera")
    promise = Promise(Side.OURS, "send photos", date(2026, 11, 27))
    return Dossier(
        uid="other",
        company="ООО «Ромашка»",
        note="Не звонить в пятницу",
        tags=["завод"],
        people=[anna, vera],
        place=day_place(date(2026, 12, 1)),
        step=NextStep(StepKind.MEETING, "Visit", time(10), 60, fixed=True),
        history=[
            HistoryEntry(datetime(2026, 11, 9, 9, tzinfo=UTC), text="b", person_uid="anna2"),
            HistoryEntry(datetime(2026, 11, 1, 9, tzinfo=UTC), text="c", person_uid="vera"),
        ],
        promises=[promise],
        slips=[Slip(SlipKind.PROMISE, date(2026, 11, 27), "photos", promise_uid=promise.uid)],
        documents=[Document("plan.pdf", 3, "b" * 64, date(2026, 11, 3))],
        created_on=date(2026, 2, 5),
    )


@pytest.fixture
def both(binder_open: Session) -> tuple[Dossier, Dossier]:
    """The two dossiers of one client in the binder, as they are stored."""
    with journal.action("new", clock.stamp()):
        dossiers.insert([romashka(), double()])
    return load_dossier("mine"), load_dossier("other")


def exported() -> list[Any]:
    import json

    data, _ = export_json()
    return sorted(json.loads(data), key=lambda item: str(item["uid"]))


def test_everything_of_both_is_there(both: tuple[Dossier, Dossier]) -> None:
    changes, conflicts = merging.merge_dossiers("mine", "other", {})
    assert changes.uids == {"mine", "other"}
    assert {conflict.name for conflict in conflicts} == {"place", "company", "label", "cuisine"}
    merged = load_dossier("mine")
    assert dossiers.all_uids() == ["mine"]
    assert [person.full_name for person in merged.people] == [
        "Липатова Анна Ильинична", "Серова Вера",
    ]  # fmt: skip
    anna, vera = merged.people
    assert (anna.uid, anna.position, anna.main, vera.main) == ("anna", "buyer", True, False)
    assert [point.value for point in anna.contact_points] == [PHONE, OTHER_PHONE]
    assert anna.forms[0].answers.keys() == {"cuisine", "car"}
    assert [entry.text for entry in merged.history] == ["b", "a", "c"]
    assert [entry.person_uid for entry in merged.history] == ["anna", "anna", "vera"]
    assert sorted(merged.tags) == ["завод", "опт"]
    assert merged.place == day_place(date(2026, 12, 1))
    assert [(slip.on, slip.text) for slip in merged.slips] == [
        (date(2026, 11, 27), "photos"), (date(2026, 12, 8), "Call: Estimate"),
    ]  # fmt: skip
    assert len(merged.promises) == 1
    assert len(merged.documents) == 2
    for text in ("Звонить после обеда", "Не звонить в пятницу", "Ромашка", "уха", "work"):
        assert text in merged.note + anna.contact_points[0].label
    assert [found.uid for found in find("Серова")] == ["mine"]


def test_undo_and_redo_of_merging_and_taking_apart(both: tuple[Dossier, Dossier]) -> None:
    states = [exported()]
    merging.merge_dossiers("mine", "other", {})
    states.append(exported())
    set_note("mine", "new", private=False)
    states.append(exported())
    merging.take_apart("mine")
    states.append(exported())
    for state in states[2::-1]:
        assert undo()
        assert exported() == state
        assert {found.uid for found in find("Серова")} == (
            {"other"} if len(state) == 2 else {"mine"}
        )
    for state in states[1:]:
        assert redo()
        assert exported() == state
    assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()


@pytest.mark.parametrize("by", ["mine", "other"])
@pytest.mark.parametrize("side", [None, From.MINE, From.OTHER])
def test_what_was_merged_comes_apart_as_it_was(
    both: tuple[Dossier, Dossier], by: str, side: From | None
) -> None:
    before = exported()
    _, conflicts = merging.preview("mine", "other", {})
    choices = {conflict.key: side for conflict in conflicts} if side else {}
    merging.merge_dossiers("mine", "other", choices)
    changes, back = merging.take_apart(by)
    assert back == "other"
    assert changes.uids == {"mine", "other"}
    assert (load_dossier("mine"), load_dossier("other")) == both
    assert exported() == before
    assert merging.last_merge("mine") is None
    with pytest.raises(Refusal, match="Nothing was merged"):
        merging.take_apart("mine")


@settings(max_examples=30)
@given(clients(), clients(), st.lists(st.sampled_from(EDITS), max_size=4), st.booleans())
def test_whatever_two_dossiers_hold(
    binder_open: Session, mine: Dossier, other: Dossier, edits: list[Edit], less: bool
) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert(copy.deepcopy([mine, other]))
    before = exported()
    expected, _ = merging.preview(mine.uid, other.uid, {})
    merging.merge_dossiers(mine.uid, other.uid, {})
    now = load_dossier(mine.uid)
    assert plain(now) == plain(expected.merged)
    for number, edit in enumerate(edits):
        edit(now, f"edit{number}!")
    if less:
        del now.people[:1], now.forms[:1], now.promises[:1]
    changed = bool(save_dossier(now))
    last = merges.last_of(mine.uid)
    assert last is not None
    sides = unmerge(merges.load(last), load_dossier(mine.uid))
    merging.take_apart(mine.uid)
    for side, was in zip(sides, (mine, other), strict=True):
        stored = load_dossier(was.uid)
        assert plain(stored) == plain(side)
        assert changed or stored == was
    assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()
    for _ in range(2 + changed):
        undo()
    assert exported() == before
    undo()


def plain(dossier: Dossier) -> Dossier:
    """The slip that a merge makes has a new uid each time; entries of one second have no
    order."""
    history = sorted(dossier.history, key=lambda entry: (entry.at, entry.uid))
    return dataclasses.replace(dossier, slips=len(dossier.slips), history=history)


def test_the_past_of_the_one_that_went_stays_its_own(both: tuple[Dossier, Dossier]) -> None:
    number = dossiers.row_id_of("other")
    merging.merge_dossiers("mine", "other", {})
    merging.take_apart("mine")
    assert dossiers.row_id_of("other") == number
    assert "new" in [entry["action"] for entry in journal.entries(number)]


def test_later_changes_go_to_the_right_side(both: tuple[Dossier, Dossier]) -> None:
    merging.merge_dossiers("mine", "other", {})
    log_contact("mine", Contact(text="spoke with Vera", person_uid="vera"))
    log_contact("mine", Contact(text="spoke with Anna", person_uid="anna"))
    put_point("mine", "vera", ContactPoint(ContactKind.EMAIL, "vera@example.ru"))
    put_point("mine", "", ContactPoint(ContactKind.EMAIL, "office@example.ru"))
    set_answer("mine", "relationship_card", "anna", "clothing_brand", "Лён")
    refile(["mine"], day_place(date(2026, 12, 15)))
    merging.take_apart("mine")
    mine, other = load_dossier("mine"), load_dossier("other")
    assert [entry.text for entry in other.history] == ["spoke with Vera", "b", "c"]
    assert [entry.text for entry in mine.history] == ["spoke with Anna", "a"]
    assert [point.value for point in other.people[1].contact_points][1:] == ["vera@example.ru"]
    assert [point.value for point in mine.contact_points] == ["office@example.ru"]
    assert "clothing_brand" in mine.people[0].forms[0].answers
    assert "clothing_brand" not in other.people[0].forms[0].answers
    # The step of the other one had been chosen, and that one was moved.
    assert other.place == day_place(date(2026, 12, 15))
    assert (mine.place, mine.slips) == (both[0].place, [])
    assert mine.note == both[0].note


def test_a_person_of_both_who_is_removed_comes_back_to_the_other(
    both: tuple[Dossier, Dossier],
) -> None:
    merging.merge_dossiers("mine", "other", {})
    remove_person("mine", "anna")
    merging.take_apart("mine")
    assert load_dossier("mine").people == []
    assert load_dossier("other").people == both[1].people


def test_three_in_one_come_apart_in_order(both: tuple[Dossier, Dossier]) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert([Dossier("Ромашка", uid="third", people=[Person("Орлов", "Олег")])])
    before = exported()
    merging.merge_dossiers("mine", "other", {})
    merging.merge_dossiers("third", "mine", {})
    assert dossiers.all_uids() == ["third"]
    assert [find_uid(uid) for uid in ("mine", "other", "third")] == ["third"] * 3
    with pytest.raises(Refusal, match="itself merged"):
        merging.take_apart("other")
    assert (merging.last_merge("third") or both).uid == "mine"  # type: ignore[union-attr]
    merging.take_apart("third")
    assert find_uid("other") == "mine"
    merging.take_apart("mine")
    assert exported() == before


def test_the_newest_merge_comes_apart_first(both: tuple[Dossier, Dossier]) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert([Dossier("Ромашка", uid="third")])
    merging.merge_dossiers("mine", "other", {})
    merging.merge_dossiers("mine", "third", {})
    with pytest.raises(Refusal, match="Ромашка was merged into the same dossier later"):
        merging.take_apart("other")
    merging.take_apart("third")
    merging.take_apart("other")
    assert (load_dossier("mine"), load_dossier("other")) == both


def test_a_dossier_is_not_merged_with_itself(both: tuple[Dossier, Dossier]) -> None:
    with pytest.raises(Refusal, match="with itself"):
        merging.merge_dossiers("mine", "mine", {})
    with pytest.raises(Refusal, match="no dossier nobody"):
        merging.merge_dossiers("mine", "nobody", {})


def test_a_file_that_brought_the_one_that_went_is_known(
    binder_open: Session, tmp_path: Any
) -> None:
    file = tmp_path / "a.vcf"
    cards = [
        f"BEGIN:VCARD\nVERSION:3.0\nUID:{n}\nN:{name};;;;\nFN:{name}\nTEL:{number}\nEND:VCARD\n"
        for n, name, number in (("1", "Orlov", PHONE), ("2", "Serova", OTHER_PHONE))
    ]
    file.write_text("".join(cards))

    def bring() -> importing.ImportReport:
        report, _ = importing.import_files([importing.read_file(file)])
        return report

    mine, other = bring().dossiers
    merging.merge_dossiers(mine, other, {})
    assert bring().files[0].skipped == 2
    assert dossiers.all_uids() == [mine]
    merging.take_apart(mine)
    # Known by its own lasting name alone.
    file.write_text(cards[1].replace("Serova", "Serova Vera").replace(OTHER_PHONE, "8 800 1"))
    assert bring().dossiers == [other]


def test_pairs_of_the_whole_binder(both: tuple[Dossier, Dossier]) -> None:
    ivan = Person("Иванов", "Иван", main=True)
    namesakes = [
        Dossier(uid=f"ivan{n}", people=[copy.deepcopy(ivan)], company=company)
        for n, company in enumerate(["", "ООО «Липа»", "Липа", "Дуб"])
    ]
    for dossier in namesakes:
        dossier.people[0].uid = f"{dossier.uid} person"
    firms = [Dossier("АО «Ветер»", uid="wind"), Dossier("Ветер, АО", uid="wind2")]
    with journal.action("new", clock.stamp()):
        dossiers.insert([*namesakes, *firms])
    found = {(pair.one.uid, pair.other.uid): pair.reason for pair in find_pairs()}
    assert found == {
        ("mine", "other"): Reason.PHONE,
        ("wind", "wind2"): Reason.COMPANY,
        ("ivan1", "ivan2"): Reason.NAME,
        ("ivan0", "ivan1"): Reason.NAME,
        ("ivan0", "ivan2"): Reason.NAME,
        ("ivan0", "ivan3"): Reason.NAME,
    }
    assert merging.not_the_same("other", "mine")
    assert ("mine", "other") not in {(pair.one.uid, pair.other.uid) for pair in find_pairs()}
    merging.not_the_same("mine", "other")
    undo()
    assert ("mine", "other") in {(pair.one.uid, pair.other.uid) for pair in find_pairs()}


def test_a_switchboard_tells_nothing(binder_open: Session) -> None:
    crowd = [
        Dossier(people=[Person(f"Client{n}", contact_points=[phone(PHONE)])]) for n in range(30)
    ]
    with journal.action("new", clock.stamp()):
        dossiers.insert(crowd)
    assert find_pairs() == []


def test_the_merged_one_can_be_merged_though_it_was_not_the_same(
    both: tuple[Dossier, Dossier],
) -> None:
    merging.not_the_same("mine", "other")
    merging.merge_dossiers("mine", "other", {})
    merging.take_apart("mine")
    assert find_pairs() == []
    undo()
    undo()
    save_dossier(load_dossier("mine"))
    assert (load_dossier("mine"), load_dossier("other")) == both
