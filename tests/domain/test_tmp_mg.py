"""Merging two dossiers of one client, and taking them apart: no value is lost or doubled."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.forms.template import Field, FieldType, Scope, Template, Text
from dossier_app.domain.merge_words import Conflict, text_of_side
from dossier_app.domain.merging import From, Merge, merge, taken
from dossier_app.domain.names import fold
from dossier_app.domain.parts import dossier_from, parts_of, value_names
from dossier_app.domain.place import CLOSED, TRAY, Month, day_place, month_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    NextStep,
    Person,
    Role,
    SlipKind,
    StepKind,
    new_uid,
)
from dossier_app.domain.unmerging import unmerge
from tests.alike import EDITS, PHONES, Edit, clients

CARD = Template(
    "card",
    Text("Карта", "Card"),
    Scope.PERSON,
    1,
    (
        Field("car", FieldType.TEXT, Text("Машина", "Car")),
        Field("health", FieldType.TEXT, Text("Здоровье", "Health"), private=True),
        Field("boss", FieldType.PERSON, Text("Начальник", "Boss")),
    ),
    {},
)
CALL = replace(CARD, key="call", repeatable=True)
TEMPLATES = {"card": CARD, "call": CALL}


@pytest.fixture(autouse=True)
def _today() -> None:
    clock.set_today(date(2026, 11, 25))


CHOICES = st.sampled_from([None, From.MINE, From.OTHER])


def merged_by(mine: Dossier, other: Dossier, choice: From | None) -> tuple[Merge, list[Conflict]]:
    _, conflicts = merge(mine, other, {}, TEMPLATES)
    choices = {conflict.key: choice for conflict in conflicts} if choice else {}
    return merge(mine, other, choices, TEMPLATES)


# --- nothing is lost


@settings(max_examples=30, phases=[__import__("hypothesis").Phase.reuse,__import__("hypothesis").Phase.generate])
@given(clients())
def test_parts_make_the_dossier_again(dossier: Dossier) -> None:
    assert dossier_from(parts_of(dossier)) == dossier


@settings(max_examples=60, phases=[__import__("hypothesis").Phase.reuse,__import__("hypothesis").Phase.generate])
@given(clients(), clients(), CHOICES)
def test_every_value_of_both_is_in_the_merged_one(
    mine: Dossier, other: Dossier, choice: From | None
) -> None:
    before = copy.deepcopy((mine, other))
    made, conflicts = merged_by(mine, other, choice)
    assert (mine, other) == before
    merged = parts_of(made.merged)
    said = said_by(made.merged)
    asked = {conflict.key for conflict in conflicts}
    for side, names in ((mine, {}), (other, made.joined)):
        for key, part in parts_of(side).items():
            here = merged[names.get(key, key)]
            for text in texts_of(part.record):
                assert fold(text) in said, text
            for name in ("role", "category", "cadence", "lead_days"):
                value = getattr(part.record, name, None)
                if value and value != Role.UNKNOWN and f"{names.get(key, key)}.{name}" not in asked:
                    assert getattr(here.record, name) == value
            if isinstance(part.record, Dossier):
                assert {fold(tag) for tag in part.record.tags} <= {
                    fold(tag) for tag in made.merged.tags
                }
                if part.record.place.date:
                    days = {slip.on for slip in made.merged.slips} | {made.merged.place.date}
                    assert part.record.place.date in days
    assert len(made.merged.history) == len(mine.history) + len(other.history)
    people = {person.uid for person in made.merged.people}
    assert {entry.person_uid for entry in made.merged.history} <= {"", *people}
    for form in made.merged.forms:
        if "boss" in form.answers and form.answers["boss"].value:
            assert form.answers["boss"].value in people
    assert sum(person.main for person in made.merged.people) <= 1


def texts_of(record: Any) -> list[str]:
    """The texts that the record says, as they would be read."""
    values = [getattr(record, name) for name in value_names(record)]
    if isinstance(record, Dossier):
        values += [record.step.text if record.step else ""]
        values += [record.carried.reason if record.carried else ""]
    known = [value for value in values if type(value) is str and not is_uid(value)]
    return [value for value in known if value not in PHONES]


def is_uid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4


def said_by(dossier: Dossier) -> str:
    """All that a reader of the dossier finds."""
    return fold("\n".join(text for part in parts_of(dossier).values()
                          for text in texts_of(part.record)))  # fmt: skip


@settings(max_examples=60, phases=[__import__("hypothesis").Phase.reuse,__import__("hypothesis").Phase.generate])
@given(clients(), clients(), CHOICES)
def test_what_was_merged_comes_apart_as_it_was(
    mine: Dossier, other: Dossier, choice: From | None
) -> None:
    made, _ = merged_by(mine, other, choice)
    assert unmerge(made, copy.deepcopy(made.merged)) == (mine, other)


# --- with changes in between


@settings(max_examples=80, phases=[__import__("hypothesis").Phase.reuse,__import__("hypothesis").Phase.generate])
@given(clients(), clients(), CHOICES, st.lists(st.sampled_from(EDITS), min_size=1, max_size=6))
def test_every_change_is_found_on_exactly_one_side(
    mine: Dossier, other: Dossier, choice: From | None, edits: list[Edit]
) -> None:
    made, _ = merged_by(mine, other, choice)
    now = copy.deepcopy(made.merged)
    for number, edit in enumerate(edits):
        edit(now, f"edit{number}!")
    left = Counter(word for word in marks(now))
    sides = unmerge(made, now)
    found = Counter(word for side in sides for word in marks(side))
    assert found == left
    for side, was in zip(sides, (mine, other), strict=True):
        assert side.uid == was.uid
        whole(side)
        kept = parts_of(side)
        for key, part in parts_of(was).items():  # nothing was taken away in between
            assert key in kept, part
    untouched = set(parts_of(sides[0])) & set(parts_of(sides[1]))
    assert not untouched, "the same part on both sides"


def marks(dossier: Dossier) -> list[str]:
    """Where the words of an edit stand."""
    texts = [
        line
        for part in parts_of(dossier).values()
        for text in [
            *texts_of(part.record),
            *getattr(part.record, "tags", []),
            getattr(part.record, "value", ""),
        ]
        for line in str(text).split("\n")
    ]
    # A contact point's and an answer's value are texts of the record already.
    return sorted({text for text in texts if text.startswith("edit")})


def whole(dossier: Dossier) -> None:
    """No reference leads nowhere, and there is one main contact at most."""
    people = {person.uid for person in dossier.people}
    promises = {promise.uid for promise in dossier.promises}
    assert {entry.person_uid for entry in dossier.history} <= {"", *people}
    assert {slip.promise_uid for slip in dossier.slips} <= {"", *promises}
    assert sum(person.main for person in dossier.people) <= 1


@settings(max_examples=60, phases=[__import__("hypothesis").Phase.reuse,__import__("hypothesis").Phase.generate])
@given(clients(), clients(), CHOICES, st.integers(0, 40))
def test_what_is_taken_away_goes_from_one_side_only(
    mine: Dossier, other: Dossier, choice: From | None, number: int
) -> None:
    made, _ = merged_by(mine, other, choice)
    parts = parts_of(made.merged)
    gone = list(parts)[1 + number % max(len(parts) - 1, 1) :][:1]
    if not gone:
        return
    gone += [key for key, part in parts.items() if part.owner in gone]
    gone += [key for key, part in parts.items() if part.owner in gone]
    now = dossier_from({key: part for key, part in parts.items() if key not in gone})
    sides = unmerge(made, now)
    missing = [
        set(parts_of(was)) - set(parts_of(side))
        for was, side in zip((mine, other), sides, strict=True)
    ]
    back = {here: there for there, here in made.joined.items()}
    for key in gone:
        lost = (key in missing[0]) + (back.get(key, key) in missing[1])
        assert lost <= 1
    top = gone[0]
    if top in parts_of(mine) or back.get(top, top) in parts_of(other):
        assert (top in missing[0]) + (back.get(top, top) in missing[1]) == 1


# --- what a rep would expect


def ivanov(**more: Any) -> Person:
    return Person("Иванов", "Иван", **more)


def merge_words(conflicts: list[Conflict]) -> dict[str, tuple[str, str, bool]]:
    return {
        conflict.label: (
            text_of_side(conflict, conflict.mine),
            text_of_side(conflict, conflict.other),
            conflict.other_first,
        )
        for conflict in conflicts
    }


def test_conflicts_are_asked_in_words() -> None:
    phone = ContactPoint(ContactKind.PHONE, PHONES[0], "work")
    same = ContactPoint(ContactKind.PHONE, PHONES[1], "mobile")
    card = FilledForm("card", {"car": Answer("Лада", "сам", date(2026, 3, 1))})
    newer = FilledForm("card", {"car": Answer("Волга", "жена", date(2026, 9, 1))})
    mine = Dossier("Ромашка", people=[ivanov(role=Role.USER, contact_points=[phone], forms=[card])])
    other = Dossier(
        "ООО «Ромашка»",
        people=[
            Person("Иванов", "Иван", "Ильич", role=Role.INFLUENCER, contact_points=[same],
                   forms=[newer])
        ],
    )  # fmt: skip
    mine.place, mine.step = day_place(date(2026, 12, 8)), NextStep(text="estimate")
    other.place = day_place(date(2026, 12, 1))
    other.step = NextStep(StepKind.MEETING, time=time(10), fixed=True)
    made, conflicts = merge(mine, other, {}, TEMPLATES)
    assert merge_words(conflicts) == {
        "Next step": (
            "Tuesday, 8 December. Call: estimate",
            "Tuesday, 1 December, 10:00. Meeting, agreed",
            True,
        ),
        "Company": ("Ромашка", "ООО «Ромашка»", True),
        "Иванов Иван: Role": ("user", "influencer", False),
        "Иванов Иван Ильич: Label of +7 926 123-45-67": ("work", "mobile", False),
        "Иванов Иван Ильич: Car": ("Лада (сам)", "Волга (жена)", True),
    }
    merged = made.merged
    assert merged.uid == mine.uid
    assert merged.place == other.place
    [slip] = merged.slips
    assert (slip.on, slip.text, slip.kind) == (
        date(2026, 12, 8),
        "Call: estimate",
        SlipKind.REMINDER,
    )
    assert merged.company == "ООО «Ромашка»"
    assert merged.note.split("\n") == [
        "Company, also: Ромашка",
        "Иванов Иван: Role, also: influencer",
        "Иванов Иван Ильич: Label of +7 926 123-45-67, also: mobile",
        "Иванов Иван Ильич: Car, also: Лада (сам)",
    ]
    assert merged.note_private  # the role is
    [person] = merged.people
    assert person.full_name == "Иванов Иван Ильич"
    assert [point.value for point in person.contact_points] == [PHONES[0]]


def test_an_answer_that_names_the_same_person_is_the_same() -> None:
    mine, other = (Dossier("Липа", people=[ivanov()]) for _ in range(2))
    for dossier in (mine, other):
        dossier.forms = [FilledForm("card", {"boss": Answer(dossier.people[0].uid)})]
    made, conflicts = merge(mine, other, {}, TEMPLATES)
    assert conflicts == []
    now = copy.deepcopy(made.merged)
    now.forms[0].answers["boss"].source = "heard"
    assert unmerge(made, now)[1] == other


def test_a_name_spelt_differently_is_asked() -> None:
    mine = Dossier(people=[Person("Иванов", "Иван")])
    other = Dossier(people=[Person("Иван", "Иванов")])
    _, [conflict] = merge(mine, other, {}, TEMPLATES)
    assert conflict.label == "Иванов Иван: Name"


def test_a_choice_holds() -> None:
    mine, other = Dossier("Ромашка"), Dossier("ООО «Ромашка»")
    _, [conflict] = merge(mine, other, {}, TEMPLATES)
    made, [again] = merge(mine, other, {conflict.key: From.MINE}, TEMPLATES)
    assert (again, taken(conflict, {})) == (conflict, From.OTHER)
    assert made.merged.company == "Ромашка"
    assert made.merged.note == "Company, also: ООО «Ромашка»"


@pytest.mark.parametrize(
    ("place", "closed", "wins"),
    [
        (TRAY, {}, day_place(date(2026, 12, 8))),
        (month_place(Month(2026, 12)), {}, day_place(date(2026, 12, 8))),
        (month_place(Month(2027, 1)), {}, day_place(date(2026, 12, 8))),
        (day_place(date(2026, 11, 2)), {}, day_place(date(2026, 11, 2))),
        (CLOSED, {"closed_on": date(2026, 5, 3), "closed_reason": "moved"},
         day_place(date(2026, 12, 8))),
    ],
)  # fmt: skip
def test_the_earlier_next_step_is_proposed(place: Any, closed: dict[str, Any], wins: Any) -> None:
    mine = Dossier("Липа", place=place, **closed)
    other = Dossier("Липа", place=day_place(date(2026, 12, 8)), step=NextStep())
    for one, two in ((mine, other), (other, mine)):
        made, _ = merge(one, two, {}, TEMPLATES)
        assert made.merged.place == wins
        note = "Next step, also: Closed on 3 May: moved" if closed else ""
        assert made.merged.note == note


def test_a_month_that_has_come_is_kept_as_a_slip_for_today() -> None:
    mine = Dossier("Липа", place=day_place(date(2026, 11, 25)), step=NextStep())
    other = Dossier("Липа", place=month_place(Month(2026, 11)), step=NextStep(text="call"))
    made, _ = merge(mine, other, {}, TEMPLATES)
    assert [slip.on for slip in made.merged.slips] == [date(2026, 11, 25)]


def test_namesakes_who_could_be_two_people_stay_two() -> None:
    mine = Dossier("Липа", people=[ivanov(patronymic="Ильич"), ivanov(patronymic="Петрович")])
    made, _ = merge(mine, Dossier("Липа", people=[ivanov()]), {}, TEMPLATES)
    assert len(made.merged.people) == 3


def test_a_next_step_agreed_after_the_merge_stays_with_the_one_whose_step_was_taken() -> None:
    mine = Dossier("Липа", place=day_place(date(2026, 12, 8)), step=NextStep(text="mine"))
    other = Dossier("Липа", place=day_place(date(2026, 12, 1)), step=NextStep(text="other"))
    made, _ = merge(mine, other, {}, TEMPLATES)
    now = copy.deepcopy(made.merged)
    now.place = day_place(date(2026, 12, 15))
    back, restored = unmerge(made, now)
    assert (back.place, back.slips) == (mine.place, [])
    assert restored.place == now.place
    now.slips[0].on = date(2026, 12, 9)  # the kept step was moved: that is not forgotten
    back, restored = unmerge(made, now)
    assert [slip.on for slip in back.slips] == [date(2026, 12, 9)]
    assert restored.slips == []


def test_what_is_written_into_a_private_note_stays_private() -> None:
    mine, other = Dossier("Липа", note="a"), Dossier("Липа", note="b", note_private=True)
    made, _ = merge(mine, other, {}, TEMPLATES)
    now = copy.deepcopy(made.merged)
    now.note = "a\nb\nsecret"
    back, restored = unmerge(made, now)
    assert (back.note, back.note_private) == ("a\nsecret", True)
    assert (restored.note, restored.note_private) == ("b", True)


def test_a_person_moved_to_main_is_the_only_one() -> None:
    mine = Dossier("Липа", people=[ivanov(main=True)])
    other = Dossier("Липа", people=[Person("Серова", main=True), Person("Орлов")])
    made, _ = merge(mine, other, {}, TEMPLATES)
    now = copy.deepcopy(made.merged)
    for person in now.people:
        person.main = person.surname == "Орлов"
    back, restored = unmerge(made, now)
    assert [person.main for person in back.people] == [True]
    assert [person.main for person in restored.people] == [False, True]


def test_uids_are_told_from_texts() -> None:
    assert is_uid(new_uid())
