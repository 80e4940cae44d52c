"""Joining two records of one client loses nothing."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.joining import join, same_names
from dossier_app.domain.names import fold
from dossier_app.domain.records import (
    Answer,
    Category,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Promise,
    Role,
    Side,
)

# Few words, so that the two records often have some in common.
WORDS = st.sampled_from(["", "Липа", "липа", "Ёлка", "Елка", "Дуб зелёный", "зелёный"])


def words(mark: str) -> st.SearchStrategy[str]:
    """Such words that say which field they are of."""
    return WORDS.map(lambda word: word and f"{mark} {word}")


VALUES = st.sampled_from(
    ["+7 495 000-00-01", "8 (495) 000-00-01 доб. 7", "8 (495) 000-00-01 доб. 8", "a@example.ru"]
)
POINTS = st.lists(
    st.builds(ContactPoint, st.sampled_from(ContactKind), VALUES, words("метка"), st.booleans()),
    max_size=2,
)
ANSWERS = st.sampled_from(["уха", ["дуб", "ель"], {"make": "Лада", "plate": ""}, 0, False, 12])
FORMS = st.lists(
    st.builds(
        FilledForm,
        st.sampled_from(["relationship_card", "info_sheet"]),
        st.dictionaries(
            st.sampled_from(["car", "cuisine"]),
            st.builds(Answer, ANSWERS, words("источник")),
            max_size=2,
        ),
    ),
    max_size=2,
)
PEOPLE = st.lists(
    st.builds(
        Person,
        *[WORDS] * 3,
        words("должность"),
        st.sampled_from(Role),
        st.booleans(),
        words("о нём"),
        contact_points=POINTS,
        forms=FORMS,
    ),
    max_size=2,
)
DOSSIERS = st.builds(
    Dossier,
    company=WORDS,
    category=st.sampled_from(Category),
    status=words("статус"),
    source=words("откуда"),
    note=words("заметка"),
    note_private=st.booleans(),
    tags=st.lists(words("ярлык").filter(bool), max_size=2),
    people=PEOPLE,
    contact_points=POINTS,
    forms=FORMS,
    history=st.lists(
        st.builds(HistoryEntry, st.just(datetime(2026, 11, 25, tzinfo=UTC)), text=words("история")),
        max_size=1,
    ),
    promises=st.lists(st.builds(Promise, st.just(Side.OURS), words("обещано")), max_size=1),
)


def texts_in(value: Any) -> set[str]:
    """All texts and numbers in a record, folded as the program compares them."""
    if isinstance(value, dict):
        left_out = ("uid", "person_uid", "template", "place", "at")
        return set().union(*(texts_in(v) for k, v in value.items() if k not in left_out))
    if isinstance(value, list):
        return set().union(*map(texts_in, value))
    return {fold(str(value))} if value is not None and value is not True else set()


@settings(max_examples=120)
@given(DOSSIERS, DOSSIERS)
def test_every_value_is_somewhere_in_the_result(target: Dossier, other: Dossier) -> None:
    wanted = texts_in(msgspec.to_builtins(target)) | texts_in(msgspec.to_builtins(other))
    wanted -= {"false", str(Role.UNKNOWN)}
    joined = copy.deepcopy(target)
    join(joined, copy.deepcopy(other))
    held = " \n ".join(texts_in(msgspec.to_builtins(joined)))
    for text in wanted:
        # Of two writings of one number the first stays.
        assert text in held or (text == "+7 495 000-00-01" and "000-00-01" in held), text


@settings(max_examples=60)
@given(DOSSIERS, DOSSIERS)
def test_joining_again_tells_nothing_new(target: Dossier, other: Dossier) -> None:
    join(target, copy.deepcopy(other))
    before = copy.deepcopy(target)
    assert not join(target, copy.deepcopy(other))
    assert target == before


@settings(max_examples=60)
@given(DOSSIERS, DOSSIERS)
def test_the_answer_says_whether_anything_changed(target: Dossier, other: Dossier) -> None:
    before = copy.deepcopy(target)
    assert join(target, copy.deepcopy(other)) == (target != before)


@settings(max_examples=50)
@given(DOSSIERS)
def test_a_record_tells_itself_nothing_new(dossier: Dossier) -> None:
    # One that holds nothing twice.
    dossier.people, dossier.contact_points = dossier.people[:1], []
    for part in (dossier, *dossier.people):
        part.contact_points, part.forms = part.contact_points[:1], part.forms[:1]
    assert not join(dossier, copy.deepcopy(dossier))


@settings(max_examples=50)
@given(DOSSIERS, DOSSIERS)
def test_at_most_one_main_contact_comes_along(target: Dossier, other: Dossier) -> None:
    mains = max(1, sum(person.main for person in target.people))
    other.people = other.people[:1]
    join(target, other)
    assert sum(person.main for person in target.people) <= mains


def anna(**more: Any) -> Dossier:
    person = Person("Ромашкина", "Анна", main=True)
    person.contact_points = [ContactPoint(ContactKind.PHONE, "8 (495) 000-00-01")]
    return Dossier(people=[person], **more)


def test_the_longer_name_is_kept_and_writings_of_a_phone_are_one() -> None:
    target, other = anna(), anna(company="ООО «Ромашка»")
    other.people[0].patronymic = "Сергеевна"
    other.people[0].contact_points = [
        ContactPoint(ContactKind.PHONE, "+74950000001", "работа"),
        ContactPoint(ContactKind.EMAIL, "anna@example.ru"),
    ]
    assert join(target, other)
    (person,) = target.people
    assert person.full_name == "Ромашкина Анна Сергеевна"
    assert [(p.value, p.label) for p in person.contact_points] == [
        ("8 (495) 000-00-01", "работа"),
        ("anna@example.ru", ""),
    ]
    assert target.company == "ООО «Ромашка»"
    assert target.note == ""


def test_an_extension_is_another_line() -> None:
    target, other = anna(), anna()
    other.people[0].contact_points[0].value = "8 (495) 000-00-01 доб. 7"
    assert join(target, other)
    assert [p.value for p in target.people[0].contact_points] == [
        "8 (495) 000-00-01",
        "8 (495) 000-00-01 доб. 7",
    ]
    assert not join(target, anna())


def test_what_differs_goes_into_the_note() -> None:
    target, other = anna(company="ООО «Ромашка»"), anna(company="ООО «Липа»", note="Обед в час")
    other.people[0].position = "директор"
    target.people[0].position = "бухгалтер"
    assert join(target, other)
    assert target.company == "ООО «Ромашка»"
    assert target.note.splitlines() == ["Also: ООО «Липа»", "Also: директор", "Обед в час"]
    assert not target.note_private


@pytest.mark.parametrize("what", ["note", "answer", "role"])
def test_a_note_that_takes_up_something_private_is_private(what: str) -> None:
    target, other = anna(note="Обед в час"), anna()
    if what == "note":
        other.note, other.note_private = "О здоровье", True
    elif what == "answer":
        target.people[0].forms = [FilledForm("relationship_card", {"health": Answer("да")})]
        other.people[0].forms = [FilledForm("relationship_card", {"health": Answer("нет")})]
    else:
        target.people[0].role, other.people[0].role = Role.USER, Role.GATEKEEPER
    assert join(target, other)
    assert target.note_private


def test_history_follows_its_person_and_stands_newest_first() -> None:
    target, other = anna(), anna()
    uid = other.people[0].uid
    days = [datetime(2026, 11, day, 10, tzinfo=UTC) for day in (3, 9, 5)]
    target.history = [HistoryEntry(days[2])]
    other.history = [HistoryEntry(days[1], person_uid=uid), HistoryEntry(days[0])]
    assert join(target, other)
    assert [entry.at for entry in target.history] == sorted(days, reverse=True)
    assert target.history[0].person_uid == target.people[0].uid


def test_the_source_of_an_answer_is_kept() -> None:
    target, other = anna(), anna()
    target.people[0].forms = [FilledForm("relationship_card", {"cuisine": Answer("уха")})]
    known = Answer("уха", "сказала сама", date(2026, 11, 1))
    other.people[0].forms = [FilledForm("relationship_card", {"cuisine": known})]
    assert join(target, other)
    assert target.people[0].forms[0].answers["cuisine"] == known


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ромашкина Анна", "Анна Ромашкина Сергеевна", True),
        ("Ромашкина Анна", "РОМАШКИНА АННА", True),
        ("Семёнов Пётр", "Семенов Петр", True),
        ("Ромашкина Анна", "Ромашкина Вера", False),
        ("", "Ромашкина Анна", True),
    ],
)
def test_names_that_agree(one: str, other: str, same: bool) -> None:
    first, second = (Dossier(people=[Person(name)]) for name in (one, other))
    assert same_names(first, second) is same
    assert same_names(second, first) is same


def test_the_name_of_any_person_of_a_dossier_will_do() -> None:
    dossier = Dossier(company="ООО «Волна»", people=[Person("Орлова"), Person("Белова", "Ия")])
    assert same_names(dossier, Dossier(people=[Person("Белова")]))
    assert same_names(dossier, Dossier(company="Волна ООО"))
    assert not same_names(dossier, Dossier(people=[Person("Липатова")]))
    assert not same_names(dossier, Dossier(company="АО «Север»"))


@pytest.mark.parametrize(
    ("mine", "other", "joined", "note"),
    [
        ({"date": "1979-07-14", "place": "Тверь"}, {"date": "1979-07-14"}, "Тверь", ""),
        ({"date": "1979-07-14"}, {"date": "1979-07-14", "place": "Тверь"}, "Тверь", ""),
        ({"date": "1979-07-14"}, {"date": "1980-07-14"}, None, "Also: birth: 1980-07-14"),
    ],
)
def test_an_answer_of_parts_is_joined_part_by_part(
    mine: dict[str, str], other: dict[str, str], joined: str | None, note: str
) -> None:
    target, more = (
        Dossier(
            people=[Person("Орлова", forms=[FilledForm("relationship_card", {"birth": Answer(v)})])]
        )
        for v in (mine, other)
    )
    join(target, more)
    assert target.people[0].forms[0].answers["birth"].value.get("place") == joined
    assert target.note == note


def test_a_note_takes_up_only_the_lines_that_are_new() -> None:
    target = Dossier(people=[Person("Орлова")], note="Обед в час\nЛюбит чай")
    assert join(target, Dossier(people=[Person("Орлова")], note="Любит чай\nНе звонить до 9"))
    assert target.note == "Обед в час\nЛюбит чай\nНе звонить до 9"
