"""What was done and where both differ is told in words: no field is left without a name."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template
from dossier_app.domain.handover.checking import check
from dossier_app.domain.handover.merging import Take, merge
from dossier_app.domain.handover.rows import Rows, Unfit, dossier_of, rows_of
from dossier_app.domain.handover.words import (
    Done,
    Sort,
    asked_words,
    done_words,
    summary_words,
    todo_words,
)
from dossier_app.domain.occasions import OccasionAhead
from dossier_app.domain.place import TRAY, day_place
from dossier_app.domain.records import (
    Answer,
    Cadence,
    Category,
    Channel,
    ContactKind,
    ContactPoint,
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

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
# What is given once, and what belongs to another value.
_NEVER_EDITED = (
    "created_on", "author", "size", "sha256", "added_on", "version_of", "template", "promise_uid",
    "thread",
)  # fmt: skip
_APART = (
    ("dossier", "place"), ("dossier", "main_person"), ("answer", "source"),
    ("answer", "confirmed"), ("history", "person_uid"),
)  # fmt: skip
# Values to change a field to; the first ones that fit it are taken.
_OTHERS: list[Any] = [
    "другое", "иное", "2026-12-01", "2026-12-02", "10:30:00", "11:30:00", 3, 4, True, False,
    *map(str, (*Role, *Category, *Channel, *ContactKind, *SlipKind, *Side)), "in", "out",
    ["опт"], ["склад"], {"every": 2, "unit": "week"}, {"every": 3, "unit": "month"},
    "2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z", None,
]  # fmt: skip


@pytest.fixture
def templates(card: Template, built_in: dict[str, str]) -> dict[str, Template]:
    calls = load_template(built_in["objections"], "objections")
    return {"relationship_card": card, "objections": calls}


@pytest.fixture
def romashka() -> Dossier:
    """A dossier with one of everything."""
    anna = Person("Ромашкина", "Анна", position="директор", main=True)
    anna.contact_points = [ContactPoint(ContactKind.PHONE, "8 495 000-00-01", "work")]
    anna.forms = [FilledForm("relationship_card", {"cuisine": Answer("грузинская")})]
    promise = Promise(Side.OURS, "смета", TODAY)
    return Dossier(
        company="ООО «Ромашка»",
        people=[anna, Person("Липатова", "Вера")],
        place=day_place(TODAY),
        step=NextStep(text="узнать"),
        cadence=Cadence(1, "week"),
        history=[HistoryEntry(AT, Channel.CALL, text="говорили", author="Иванов")],
        promises=[promise],
        slips=[
            Slip(SlipKind.PROMISE, TODAY, "смета", promise_uid=promise.uid),
            Slip(SlipKind.REMINDER, TODAY, "спросить"),
        ],
        documents=[Document("Смета.pdf", 2048, "a" * 64, TODAY)],
    )


def told(before: Dossier, after: Dossier, templates: dict[str, Template]) -> list[Done]:
    rows = rows_of(before)
    merged = merge(rows, rows, rows_of(after), lambda _: Take.THEIRS)
    return done_words(before, after, merged.applied, templates, TODAY)


def only(before: Dossier, after: Dossier, templates: dict[str, Template]) -> Done:
    (done,) = told(before, after, templates)
    return done


def with_value(rows: Rows, key: str, field: str, value: Any) -> Rows:
    changed = deepcopy(rows)
    changed[key].values[field] = value
    return changed


def fitting(rows: Rows, uid: str, key: str, field: str) -> list[Any]:
    """Two other values that the field can have."""
    found: list[Any] = []
    for value in _OTHERS:
        try:
            made = dossier_of(uid, with_value(rows, key, field, value))
            check(made)
        except Unfit:
            continue
        if rows_of(made)[key].values[field] != rows[key].values[field]:
            found.append(value)
    return found[:2]


def test_every_field_of_every_record_has_words(
    romashka: Dossier, templates: dict[str, Template]
) -> None:
    rows, uid = rows_of(romashka), romashka.uid
    asked_about = set()
    for key, row in rows.items():
        for field in row.values:
            if field in _NEVER_EDITED or (row.kind, field) in _APART:
                continue
            values = fitting(rows, uid, key, field)
            if len(values) < 2:
                continue
            mine, theirs = (with_value(rows, key, field, value) for value in values)
            merged = merge(rows, mine, theirs, lambda _: Take.ASK)
            before, after = dossier_of(uid, mine), dossier_of(uid, theirs)
            for conflict in merged.conflicts:
                asked = asked_words(before, after, Touch(conflict), conflict.theirs, templates)
                asked_about.add((row.kind, field))
                assert_words(asked.label, asked.mine, asked.theirs)
                assert asked.mine != asked.theirs, (row.kind, field)
            for done in told(romashka, after, templates):
                assert_words(done.head, done.text)
    assert len(asked_about) > 30
    for kind in ("dossier", "person", "contact_point", "answer", "history", "promise", "slip"):
        assert any(kind == found for found, _ in asked_about), kind


class Touch:
    """A conflict as a review names it."""

    change = ""

    def __init__(self, conflict: Any) -> None:
        self.kind, self.key, self.field = conflict.kind, conflict.key, conflict.field


def assert_words(*texts: str) -> None:
    for text in texts:
        assert text
        assert not re.search(r"[{}_\[\]]|\bNone\b|\bTrue\b|\d{4}-\d\d", text), text


def test_people_are_asked_about_by_their_names(
    romashka: Dossier, templates: dict[str, Template]
) -> None:
    rows, uid = rows_of(romashka), romashka.uid
    anna, vera = romashka.people
    new = Person("Ёлкин", "Пётр")
    with_new = rows_of(replace(romashka, people=[anna, vera, new]))
    for kind, field in (("dossier", "main_person"), ("history", "person_uid")):
        key = next(key for key, row in rows.items() if row.kind == kind)
        rows[key].values[field] = ""
        mine = with_value(rows, key, field, vera.uid)
        theirs = with_value(with_new, key, field, new.uid)
        (conflict,) = merge(rows, mine, theirs, lambda _: Take.ASK).conflicts
        asked = asked_words(
            dossier_of(uid, mine), dossier_of(uid, theirs), Touch(conflict), new.uid, templates
        )
        assert (asked.mine, asked.theirs) == ("Липатова Вера", "Ёлкин Пётр")
        assert asked.label in ("Main contact", "Contact of 20 November 2026: With whom")


def test_a_contact_and_what_came_of_it(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    at = AT + timedelta(days=5)
    entry = HistoryEntry(at, Channel.CALL, text="просит скидку", agreed="решим", author="Петрова")
    after.history.insert(0, entry)
    after.place = day_place(TODAY + timedelta(days=7))
    after.step = NextStep(StepKind.VISIT, "на площадке")
    promise = Promise(Side.THEIRS, "оплата", TODAY + timedelta(days=2))
    after.promises.append(promise)
    after.slips.append(Slip(SlipKind.PROMISE, TODAY, "оплата", promise_uid=promise.uid))
    after.documents.append(Document("Счёт.pdf", 4096, "b" * 64, TODAY))
    done = told(romashka, after, templates)
    assert [(item.sort, item.head, item.text, item.before) for item in done] == [
        (Sort.CONTACT, "25 Nov 10:00, Call, Петрова", "просит скидку\nAgreed: решим", ""),
        (
            Sort.STEP,
            "Next step",
            "Wednesday, 2 December. Visit: на площадке",
            "Wednesday, 25 November. Call: узнать",
        ),
        (Sort.PROMISE, "The client promised", "оплата, by 27 November", ""),
        (Sort.DOCUMENT, "Document", "Счёт.pdf, 4 KB", ""),
    ], "the slip of a promise says nothing more"
    assert done[0].channel is Channel.CALL
    assert summary_words(done) == "1 contact · another next step · 1 promise · 1 document"


def test_a_promise_that_was_kept(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    after.promises[0].kept_on = TODAY
    after.promises[0].text = "смета с доставкой"
    done = only(romashka, after, templates)
    assert (done.head, done.text, done.before) == (
        "We promised",
        "смета с доставкой: kept 25 November",
        "смета, by 25 November",
    )


def test_only_another_try(romashka: Dossier, templates: dict[str, Template]) -> None:
    done = only(romashka, replace(romashka, tries=2), templates)
    assert done.text == "Wednesday, 25 November. Call: узнать · 2 tries"
    assert done.before == ""


def test_no_next_step_any_more(romashka: Dossier, templates: dict[str, Template]) -> None:
    done = only(romashka, replace(romashka, place=TRAY, step=None), templates)
    assert (done.sort, done.text) == (Sort.STEP, "In tray")


def test_people_and_how_to_reach_them(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    after.people[0].contact_points.append(ContactPoint(ContactKind.EMAIL, "a@example.ru"))
    after.people.append(Person("Ёлкин", "Пётр", position="мастер"))
    done = told(romashka, after, templates)
    assert [(item.head, item.text) for item in done] == [
        ("Ромашкина Анна: E-mail", "a@example.ru"),
        ("Person", "Ёлкин Пётр, мастер"),
    ]


def test_a_name_in_three_parts_is_told_once(
    romashka: Dossier, templates: dict[str, Template]
) -> None:
    after = deepcopy(romashka)
    person = after.people[0]
    person.surname, person.given, person.patronymic = "Лютикова", "Анна-Мария", "Петровна"
    done = only(romashka, after, templates)
    assert (done.head, done.text, done.before) == (
        "Лютикова Анна-Мария Петровна: Name",
        "Лютикова Анна-Мария Петровна",
        "Ромашкина Анна",
    )


def test_another_main_contact(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    after.people[0].main, after.people[1].main = False, True
    done = only(romashka, after, templates)
    assert (done.head, done.text, done.before) == (
        "Main contact",
        "Липатова Вера",
        "Ромашкина Анна",
    )


def test_forms_tell_their_questions(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    form = after.people[0].forms[0]
    form.answers["cuisine"].value = "русская"
    form.answers["favourite_topics"] = Answer("яхты")
    after.forms.append(FilledForm("objections"))
    heads = {done.head: (done.text, done.before) for done in told(romashka, after, templates)}
    assert heads == {
        "Ромашкина Анна: Favourite cuisine": ("русская", "грузинская"),
        "Ромашкина Анна: Favourite topics": ("яхты", ""),
        "Form": (str(templates["objections"].title), ""),
    }


def test_a_form_that_is_not_known_here(romashka: Dossier) -> None:
    after = deepcopy(romashka)
    after.people[0].forms[0].answers["cuisine"].value = "русская"
    done = only(romashka, after, {})
    assert (done.head, done.text) == ("Ромашкина Анна: cuisine", "русская")


def test_what_was_taken_out(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    del after.people[0].contact_points[0], after.slips[1]
    done = told(romashka, after, templates)
    assert [(item.head, item.text) for item in done] == [
        ("Slip for 25 Nov", "taken out: спросить"),
        ("Ромашкина Анна: work", "taken out: 8 495 000-00-01"),
    ]


def test_a_slip_that_was_done_or_moved(romashka: Dossier, templates: dict[str, Template]) -> None:
    after = deepcopy(romashka)
    after.slips[1].done_on = TODAY
    assert only(romashka, after, templates).text == "спросить: done on 25 Nov"
    after.slips[1].done_on, after.slips[1].on = None, TODAY + timedelta(days=1)
    done = only(romashka, after, templates)
    assert (done.head, done.text, done.before) == ("Slip for 26 Nov", "спросить", "Slip for 25 Nov")


@pytest.mark.parametrize(
    ("todo", "words"),
    [
        (NextStep(StepKind.MEETING, "показать"), "Meeting: показать"),
        (NextStep(StepKind.CALL), "Call"),
        (Promise(Side.OURS, "смета"), "We promised: смета"),
        (Promise(Side.THEIRS, "оплата"), "The client promised: оплата"),
        (Slip(SlipKind.REMINDER, TODAY, "спросить"), "спросить"),
        (OccasionAhead(TODAY, "Анна", "birthday"), "Анна: birthday"),
    ],
)
def test_what_is_to_be_done(todo: Any, words: str) -> None:
    assert todo_words(todo) == words
