"""Dossiers in the database: whatever a record holds comes back as it was."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import CLOSED, TRAY, Month, day_place, month_place
from dossier_app.domain.records import (
    Answer,
    Cadence,
    Carried,
    Category,
    Channel,
    ContactKind,
    ContactPoint,
    DayOffPolicy,
    Direction,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.services.session import Session
from dossier_app.storage import dossiers, journal
from dossier_app.storage.connection import database
from dossier_app.storage.models import JOURNALLED

ODD = "«Ё»\n\t'\" \\ 100% — 👩‍🔬 שלום \u0301 \0 \x1b {name} \ufeff\u202e"
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from([ODD, "ы" * 5_000, "", " "]),
)
DATES = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))
TIMES = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))) | st.just(UTC)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES).map(
    lambda moment: moment.replace(microsecond=0)
)
COUNTS = st.integers(0, 1000)
JSON = st.recursive(
    st.booleans() | st.integers(-(10**12), 10**12) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)


def some(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(kind, max_size=2)


POINTS = st.builds(ContactPoint, st.sampled_from(ContactKind), TEXTS, TEXTS, st.booleans())
ANSWERS = st.dictionaries(
    st.sampled_from(["birth", "car", "hobbies_sports"]), st.builds(Answer, JSON, TEXTS, DATES)
)
FORMS = st.builds(
    FilledForm, st.sampled_from(["relationship_card", "info_sheet", "gone"]), ANSWERS, DATES
)
PEOPLE = st.builds(
    Person,
    *[TEXTS] * 4,
    role=st.sampled_from(Role),
    main=st.booleans(),
    note=TEXTS,
    lead_days=st.none() | COUNTS,
    contact_points=some(POINTS),
    forms=some(FORMS),
)
HISTORY = st.lists(
    st.builds(
        HistoryEntry,
        MOMENTS,
        st.sampled_from(Channel),
        st.sampled_from(Direction),
        st.booleans(),
        TEXTS,
        TEXTS,
        st.none() | COUNTS,
        TEXTS,
        TEXTS,
        st.booleans(),
    ),
    max_size=3,
).map(lambda entries: sorted(entries, key=lambda entry: entry.at, reverse=True))
PLACES = st.one_of(
    st.just(TRAY),
    st.just(CLOSED),
    st.dates(date(1990, 1, 1), date(9999, 12, 31)).map(day_place),
    st.builds(Month, st.integers(1990, 9999), st.integers(1, 12)).map(month_place),
)
DOSSIERS = st.builds(
    Dossier,
    company=TEXTS,
    category=st.sampled_from(Category),
    status=TEXTS,
    source=TEXTS,
    note=TEXTS,
    note_private=st.booleans(),
    tags=some(TEXTS),
    people=some(PEOPLE),
    contact_points=some(POINTS),
    forms=some(FORMS),
    place=PLACES,
    step=st.none()
    | st.builds(
        NextStep,
        st.sampled_from(StepKind),
        TEXTS,
        TIMES,
        COUNTS,
        st.booleans(),
        st.sampled_from(DayOffPolicy),
    ),
    carried=st.none() | st.builds(Carried, st.dates(), COUNTS, TEXTS),
    tries=COUNTS,
    cadence=st.none()
    | st.builds(
        Cadence,
        st.integers(1, 99),
        st.sampled_from(["day", "week", "month"]),
        st.none() | st.integers(1, 31),
    ),
    closed_on=DATES,
    closed_reason=TEXTS,
    history=HISTORY,
    promises=some(st.builds(Promise, st.sampled_from(Side), TEXTS, DATES, DATES, st.booleans())),
    slips=some(
        st.builds(
            Slip,
            st.sampled_from(SlipKind),
            st.dates(),
            TEXTS,
            TIMES,
            COUNTS,
            DATES,
            TEXTS,
            TEXTS,
        )
    ),
    documents=some(st.builds(Document, TEXTS, COUNTS, TEXTS, st.dates(), st.booleans())),
    created_on=DATES,
)


# What stands in tables of its own below the record.
BELOW = {"contact_points", "forms", "answers", "people", "history", "promises", "slips"}


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Dossier, "dossier"),
        (Person, "person"),
        (ContactPoint, "contact_point"),
        (FilledForm, "filled_form"),
        (Answer, "answer"),
        (HistoryEntry, "history"),
        (Promise, "promise"),
        (Slip, "slip"),
        (Document, "document"),
    ],
)
def test_every_field_of_a_record_has_its_column(kind: type, table: str) -> None:
    (model,) = (item for item in JOURNALLED if item._meta.table_name == table)
    columns = set(model._meta.columns)
    parts = {NextStep: "step", Carried: "carried", Cadence: "cadence"} if kind is Dossier else {}
    wanted = {field.name for field in dataclasses.fields(kind)} - BELOW - {"documents", "place"}
    for part, name in parts.items():
        wanted.remove(name)
        wanted |= {f"{name}_{field.name}" for field in dataclasses.fields(part)}
    assert wanted <= columns


def insert(*made: Dossier) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)


def save(dossier: Dossier) -> int:
    """Save as one action; returns how many rows that wrote."""
    with journal.action("edit", clock.stamp()) as changes:
        dossiers.save(dossier)
    count = "SELECT count(*) FROM journal_change WHERE entry_id = ?"
    return int(database.execute_sql(count, (changes.entry,)).fetchone()[0])


@settings(max_examples=40)
@given(DOSSIERS)
def test_a_new_dossier_comes_back_as_it_was(binder_open: Session, dossier: Dossier) -> None:
    insert(copy.deepcopy(dossier))
    assert dossiers.load(dossier.uid) == dossier
    offsets = [entry.at.utcoffset() for entry in dossier.history]
    assert [entry.at.utcoffset() for entry in dossiers.load(dossier.uid).history] == offsets
    assert save(dossier) == 0
    assert journal.undo()
    with pytest.raises(Refusal):
        dossiers.load(dossier.uid)
    assert journal.redo()
    assert dossiers.load(dossier.uid) == dossier


@settings(max_examples=40)
@given(DOSSIERS, DOSSIERS)
def test_a_saved_dossier_comes_back_as_it_was(
    binder_open: Session, old: Dossier, new: Dossier
) -> None:
    new.uid = old.uid
    # Some of the parts stay, changed; the others go or come.
    for mine, theirs in zip(old.people, new.people, strict=False):
        theirs.uid = mine.uid
    for mine, theirs in zip(old.contact_points, new.contact_points, strict=False):
        theirs.uid = mine.uid
    for mine, theirs in zip(old.forms, new.forms, strict=False):
        theirs.uid = mine.uid
    insert(copy.deepcopy(old))
    save(copy.deepcopy(new))
    assert dossiers.load(new.uid) == new
    assert save(new) == 0
    if old != new:
        journal.undo()
        assert dossiers.load(old.uid) == old
        journal.redo()
    assert dossiers.load(new.uid) == new


def client() -> Dossier:
    anna = Person("Ромашкина", "Анна", main=True)
    anna.contact_points = [
        ContactPoint(ContactKind.PHONE, "+7 495 000-00-01"),
        ContactPoint(ContactKind.EMAIL, "anna@example.ru"),
    ]
    anna.forms = [
        FilledForm("relationship_card", {"car": Answer({"make": "Лада"}), "cuisine": Answer("уха")})
    ]
    history = [
        HistoryEntry(datetime(2026, 11, 20 - n, 10, tzinfo=UTC), text=f"{n}") for n in range(3)
    ]
    return Dossier("ООО «Ромашка»", people=[anna], history=history, tags=["завод"])


def rename(dossier: Dossier) -> None:
    dossier.people[0].surname = "Липатова"


def write(dossier: Dossier) -> None:
    dossier.note, dossier.status, dossier.tags = "Обед в час", "новый", ["завод", "опт"]


def answer(dossier: Dossier) -> None:
    dossier.people[0].forms[0].answers["car"] = Answer({"make": "Волга"})


def learn(dossier: Dossier) -> None:
    dossier.people[0].forms[0].answers["clothing_brand"] = Answer("Лён")


def forget(dossier: Dossier) -> None:
    del dossier.people[0].forms[0].answers["cuisine"]


def meet(dossier: Dossier) -> None:
    dossier.history.insert(0, HistoryEntry(datetime(2026, 11, 25, 12, tzinfo=UTC)))


def nothing(dossier: Dossier) -> None:
    dossier.tags = list(dossier.tags)


@pytest.mark.parametrize(
    ("change", "rows"),
    [(rename, 1), (write, 1), (answer, 1), (learn, 1), (forget, 1), (meet, 1), (nothing, 0)],
)
def test_only_what_differs_is_written(
    binder_open: Session, change: Callable[[Dossier], None], rows: int
) -> None:
    dossier = client()
    insert(dossier)
    change(dossier)
    assert save(dossier) == rows
    assert dossiers.load(dossier.uid) == dossier


def test_many_are_loaded_and_saved_at_once(binder_open: Session) -> None:
    changes = [rename, write, answer, learn, forget, meet, nothing]
    many = [client() for _ in changes]
    for dossier in many:
        insert(dossier)
    before = copy.deepcopy(many)
    for change, dossier in zip(changes, many, strict=True):
        change(dossier)
    with journal.action("edit", clock.stamp()) as saved:
        dossiers.save_many(many)
    assert len(saved.dossiers) == len(changes) - 1
    backwards = [dossier.uid for dossier in many[::-1]]
    assert dossiers.load_many(backwards) == many[::-1]
    journal.undo()
    assert dossiers.load_many(backwards) == before[::-1]
    with pytest.raises(Refusal, match="gone"):
        dossiers.load_many([*backwards, "gone"])


def test_what_moves_to_another_person_outlives_the_first(binder_open: Session) -> None:
    dossier = client()
    insert(dossier)
    anna = dossier.people.pop()
    vera = Person("Липатова", "Вера", main=True)
    vera.contact_points, vera.forms = anna.contact_points[:1], anna.forms
    dossier.people, dossier.contact_points = [vera], anna.contact_points[1:]
    save(dossier)
    assert dossiers.load(dossier.uid) == dossier


def test_the_order_of_people_and_phones_is_kept(binder_open: Session) -> None:
    dossier = client()
    dossier.people.append(Person("Липатова", "Вера"))
    insert(dossier)
    dossier.people.reverse()
    dossier.people[1].contact_points.reverse()
    save(dossier)
    assert dossiers.load(dossier.uid) == dossier


def test_entries_of_one_second_stand_newest_first(binder_open: Session) -> None:
    dossier = Dossier("ООО «Ромашка»")
    insert(dossier)
    at = datetime(2026, 11, 25, 10, tzinfo=UTC)
    for text in "123":
        with journal.action("log", clock.stamp()):
            dossiers.add_history(dossier.uid, HistoryEntry(at, text=text))
    loaded = dossiers.load(dossier.uid)
    assert [entry.text for entry in loaded.history] == ["3", "2", "1"]
    again = copy.deepcopy(loaded)
    again.uid = "another"
    for number, entry in enumerate(again.history):
        entry.uid = str(number)
    insert(again)
    assert dossiers.load("another") == again


def test_a_number_is_never_given_twice(binder_open: Session) -> None:
    """The journal knows dossiers by their numbers: a new one must not inherit a past."""
    insert(Dossier("ООО «Ромашка»"))
    journal.undo()
    insert(Dossier("ООО «Липа»"))
    (number,) = (row[0] for row in database.execute_sql("SELECT id FROM dossier"))
    assert number == 2
    assert [entry["action"] for entry in journal.entries(number)] == ["new"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
@example("")
@example("' OR 1=1 --")
def test_no_such_dossier(binder_open: Session, uid: str) -> None:
    for look in (dossiers.load, dossiers.load_plan, dossiers.row_id_of):
        with pytest.raises(Refusal, match="There is no dossier"):
            look(uid)
    assert dossiers.uids_beginning(uid) == []


def test_many_uids_at_once(binder_open: Session) -> None:
    insert(*[Dossier(f"Клиент {n}") for n in range(1203)])
    assert len(dossiers.uids_of(range(5000))) == 1203 == dossiers.count()
    assert dossiers.uids_of([]) == {}
