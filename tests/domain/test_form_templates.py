"""The built-in templates: all of them are there, in both languages, and can be filled."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from dossier_app.domain.checkpoints import checkpoints
from dossier_app.domain.forms.dumping import dump_template
from dossier_app.domain.forms.filling import answers_of, begin, completeness, facts, put
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import (
    Field,
    FieldType,
    Scope,
    Template,
    Templates,
    Text,
)
from dossier_app.domain.forms.values import check, parse, text_of
from dossier_app.domain.language import LANGUAGES, using_language
from dossier_app.domain.records import Dossier, Person

# Every template that the product promises, by the words of its description.
PROMISED = {
    "info sheet": ["info_sheet"],
    "relationship card": ["relationship_card"],
    "call sheet: incoming, outgoing, call-back": ["call_incoming", "call_outgoing", "call_back"],
    "objections": ["objections"],
    "meeting plan": ["meeting_plan"],
    "minutes and confirming letter": ["minutes"],
    "offer and price": ["offer_price"],
    "deal sheet": ["deal_sheet"],
    "project checkpoints": ["project_checkpoints"],
    "quality call": ["quality_call"],
    "complaint": ["complaint"],
    "consulting stages": ["consulting_stages"],
    "handover notes": ["handover_notes"],
    "day photo": ["day_photo"],
}
KEYS = [key for keys in PROMISED.values() for key in keys]
ONCE = {"info_sheet", "relationship_card", "objections", "handover_notes"}

# What must not lie open on the client's own table.
PRIVATE = {
    "call_incoming": {"budget"},
    "call_outgoing": {"now", "decides", "budget", "doubts"},
    "call_back": {"budget"},
    "objections": {"answers", "heard", "behind"},
    "meeting_plan": {"decides", "how_decided", "about_person"},
    "minutes": {"impression"},
    "offer_price": {"budget", "floor"},
    "deal_sheet": {"supplier", "cost"},
    "project_checkpoints": set(),
    "quality_call": set(),
    "complaint": {"cause", "prevention"},
    "consulting_stages": set(),
    "handover_notes": {"state", "money", "tone", "not_say", "likes", "may_promise", "up_to"},
    "day_photo": set(),
}
SLIPS = {
    ("objections", "again_on"),
    ("minutes", "letter_by"),
    ("offer_price", "valid_until"),
    ("deal_sheet", "quality_on"),
    ("project_checkpoints", "quality_on"),
    ("quality_call", "answer_by"),
    ("complaint", "answer_by"),
    ("consulting_stages", "touch_on"),
}

ANNA = Person("Ромашкина", "Анна", "Петровна", uid="6f1c7c1e-0c7c-4d53-9a52-7d2a1f0f5a01")
NUMBERS = {
    "inn": "9912345672",
    "kpp": "990101001",
    "ogrn": "1299900001235",
    "bik": "049900001",
    "account": "40702810900000000001",
}
VALUES: dict[FieldType, Any] = {
    FieldType.TEXT: "Два слова",
    FieldType.LONG_TEXT: "Строка первая\nи вторая",
    FieldType.NUMBER: 12.5,
    FieldType.MONEY: {"amount": "1250000.00", "currency": "RUB"},
    FieldType.DATE: "2026-11-25",
    FieldType.PARTIAL_DATE: "2026-12",
    FieldType.TIME: "09:30",
    FieldType.PHONES: [{"value": "+7 900 000-00-01", "label": "work"}],
    FieldType.NAME: {"surname": "Ромашкина", "given": "Анна", "patronymic": "Петровна"},
    FieldType.ADDRESS: "Тула, ул. Мира, 5",
    FieldType.SCALE: {"score": 4, "text": "почти всё"},
    FieldType.YES_NO: False,
    FieldType.PERSON: ANNA.uid,
}


@pytest.fixture(scope="module")
def templates(built_in: dict[str, str]) -> Templates:
    return {key: load_template(text, key) for key, text in built_in.items()}


def value_for(field: Field) -> Any:
    """A value of the field's type, canonical and full: every part, every option."""
    if field.check:
        return NUMBERS[field.check]
    if field.type is FieldType.CHOICE:
        return field.options[-1].key
    if field.type is FieldType.MULTI_CHOICE:
        return [option.key for option in field.options]
    parts = {part.key: value_for(part) for part in field.parts}
    if field.type is FieldType.PARTS:
        return parts
    if field.type in (FieldType.LIST, FieldType.TABLE):
        return [parts, parts] if parts else ["одно", "другое"]
    return VALUES[field.type]


def texts_of(template: Template) -> Iterator[tuple[str, Text]]:
    """Every text of ``template`` with the place where it stands."""
    yield "title", template.title
    yield "help", template.help
    yield from ((f"group {key}", text) for key, text in template.groups.items())
    for field in template.fields:
        yield from field_texts(field, field.key)


def field_texts(field: Field, where: str) -> Iterator[tuple[str, Text]]:
    yield f"{where} label", field.label
    for name, text in (("help", field.help), ("ask", field.ask), ("slip", field.slip)):
        if text:
            yield f"{where} {name}", text
    yield from ((f"{where} {option.key}", option.label) for option in field.options)
    for part in field.parts:
        yield from field_texts(part, f"{where}.{part.key}")
    yield from ((f"{where} default", text) for text in leaves(field.default))


def leaves(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


def test_all_promised_templates_are_there_and_no_others(templates: Templates) -> None:
    assert sorted(templates) == sorted(KEYS)
    assert {key for key, template in templates.items() if not template.repeatable} == ONCE
    about_a_person = {key for key in KEYS if templates[key].scope is Scope.PERSON}
    assert about_a_person == {"relationship_card"}


@pytest.mark.parametrize("key", KEYS)
def test_every_field_can_be_filled_shown_and_kept(templates: Templates, key: str) -> None:
    template = templates[key]
    person = replace(ANNA, contact_points=[], forms=[])
    dossier = Dossier(people=[person])
    for field in template.fields:
        value = value_for(field)
        assert check(field, value) == value, field.key
        kept = json.loads(json.dumps(value))
        put(template, dossier, person, field.key, kept, confirmed=date(2026, 11, 25))
        assert answers_of(template, dossier, person)[field.key].value == value, field.key
        for code in LANGUAGES:
            with using_language(code):
                shown = text_of(field, value, dossier.people)
                assert shown.strip(), field.key
                assert parse(field, shown, dossier.people) == value, (field.key, shown)
    done, of = completeness(template, dossier, person)
    assert done == of == len(template.fields)
    shown_fields = [fact.field.key for fact in facts(template, dossier, person, private=True)]
    assert shown_fields == [field.key for field in template.fields]


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_there_in_both_languages(templates: Templates, key: str) -> None:
    for where, text in texts_of(templates[key]):
        assert text.ru and text.en, where
        assert text.ru == text.ru.strip() and text.en == text.en.strip(), where
        assert re.search("[а-яё]", text.ru.casefold()), f"{where}: {text.ru}"
        assert not re.search("[а-яё]", text.en.casefold()), f"{where}: {text.en}"
        latin = re.search("[a-z]{2}", text.ru.casefold())
        assert not latin, f"{where}: {text.ru}"
        # The client, and the rep, may be anybody.
        assert not re.search(r"\b(he|him|his|she|hers?)\b", text.en.casefold()), text.en


@pytest.mark.parametrize("key", KEYS)
def test_texts_are_short_enough_to_be_read_while_talking(templates: Templates, key: str) -> None:
    limits = {"title": 45, "label": 45, "help": 120, "ask": 75, "slip": 75}
    for where, text in texts_of(templates[key]):
        limit = 300 if where == "help" else limits.get(where.split()[-1], 110)
        assert max(len(text.ru), len(text.en)) <= limit, f"{where}: {text}"


@pytest.mark.parametrize("key", KEYS)
def test_every_field_has_its_place_and_says_what_it_is_for(templates: Templates, key: str) -> None:
    template = templates[key]
    assert [field.number for field in template.fields] == list(range(1, len(template.fields) + 1))
    assert template.help
    assert all(field.help for field in template.fields)
    assert not any(field.required for field in template.fields)
    # A question is said aloud: it is a whole sentence.
    for field in template.fields:
        for words in (field.ask.ru, field.ask.en):
            assert not words or words[-1] in "?."
    # Each heading stands once on the sheet; only the card goes by its numbers.
    groups = [field.group for field in template.fields]
    assert set(groups) == set(template.groups)
    if key != "relationship_card":
        assert [group for group, _ in groupby(groups)] == list(template.groups)


@pytest.mark.parametrize("key", sorted(PRIVATE))
def test_what_the_client_must_not_read_is_private(templates: Templates, key: str) -> None:
    hidden = {field.key for field in templates[key].fields if field.private}
    assert hidden == PRIVATE[key]


def test_calls_end_with_the_client_hanging_up_and_a_next_date(templates: Templates) -> None:
    for key in PROMISED["call sheet: incoming, outgoing, call-back"]:
        template = templates[key]
        everything = " ".join(text.en for _, text in texts_of(template))
        assert (
            "The client hangs up first" in everything or "the client hangs up first" in everything
        )
        keys = {field.key for field in template.fields}
        assert {"needed_by", "budget", "payment", "reach", "agreed", "next"} <= keys
        assert [part.type for part in known(template, "next").parts] == [
            FieldType.DATE,
            FieldType.TIME,
        ]


def test_the_brief_finds_what_it_prints_in_the_meeting_plan(templates: Templates) -> None:
    for key in ("result", "opening", "middle"):
        field = known(templates["meeting_plan"], key)
        assert not field.private
        assert field.type in (FieldType.TEXT, FieldType.LONG_TEXT)


def test_objections_open_with_answers_in_the_language_spoken(templates: Templates) -> None:
    template = templates["objections"]
    for code, first in (("ru", "Я подумаю"), ("en", "I will think about it")):
        with using_language(code):
            rows = begin(template).answers["answers"].value
        assert len(rows) == 7
        assert rows[0]["objection"] == first
        for row in rows:
            assert list(row) == ["objection", "agree", "argument", "question"]
            # The question comes at once: every answer ends with one.
            assert row["question"].endswith("?")


@pytest.mark.parametrize(
    ("key", "field", "rows"),
    [("deal_sheet", "steps", 10), ("project_checkpoints", "points", 5)],
)
def test_steps_stand_ready_to_be_dated(
    templates: Templates, key: str, field: str, rows: int
) -> None:
    form = begin(templates[key])
    assert list(form.answers) == [field]
    assert len(form.answers[field].value) == rows
    columns = [part.type for part in known(templates[key], field).parts]
    assert columns.count(FieldType.DATE) == 2


def test_a_begun_sheet_is_the_reps_own(templates: Templates) -> None:
    template = templates["deal_sheet"]
    with using_language("en"):
        form = begin(template)
        dossier = Dossier(forms=[form])
        put(template, dossier, None, "steps.0.owner", "Смирнова", form=form)
        put(template, dossier, None, "steps.0.due", "2026-11-30", form=form)
        assert form.answers["steps"].value[0] == {
            "step": "Details received and confirmed in writing",
            "owner": "Смирнова",
            "due": "2026-11-30",
        }
        assert "owner" not in begin(template).answers["steps"].value[0]
    with using_language("ru"):
        assert begin(template).answers["steps"].value[2] == {"step": "Счёт выставлен"}
    assert begin(templates["complaint"]).answers == {}
    retired = replace(template, fields=tuple(replace(f, retired=True) for f in template.fields))
    assert begin(retired).answers == {}


def test_ten_stages_each_with_a_date_and_a_note(templates: Templates) -> None:
    stages = [f for f in templates["consulting_stages"].fields if f.type is FieldType.PARTS]
    numbers = range(1, 11)
    assert [field.label.en.split(".")[0] for field in stages] == [f"Stage {n}" for n in numbers]
    assert [field.label.ru.split(".")[0] for field in stages] == [f"Этап {n}" for n in numbers]
    for field in stages:
        assert [part.key for part in field.parts] == ["date", "note"]


def test_dates_that_make_slips_and_checkpoints(templates: Templates) -> None:
    slips = {(key, f.key) for key, template in templates.items() for f in template.fields if f.slip}
    assert slips == SLIPS
    with_points = {key: t.checkpoints for key, t in templates.items() if t.checkpoints}
    assert with_points == {"project_checkpoints": ("start", "end")}


def test_the_five_points_of_the_form_are_those_that_make_slips(templates: Templates) -> None:
    rows = begin(templates["project_checkpoints"]).answers["points"].value
    made = checkpoints("Job", date(2026, 1, 1), date(2026, 12, 31), lambda _: True)
    assert [int(row["point"].split()[0]) for row in rows] == [point.percent for point in made]


def test_the_day_photo_counts_seven_kinds_of_time(templates: Templates) -> None:
    spans = known(templates["day_photo"], "spans")
    assert [part.key for part in spans.parts] == ["from", "to", "what", "kind"]
    assert len(spans.parts[-1].options) == 7


def test_a_default_of_every_type_is_written_and_read_again(templates: Templates) -> None:
    both = Text('Слово "в кавычках"\n', 'A "quoted" word\\')
    for key in ("offer_price", "complaint", "day_photo", "minutes"):
        template = templates[key]
        fields = tuple(
            replace(field, default=both if field.type is FieldType.TEXT else value_for(field))
            for field in template.fields
        )
        changed = replace(template, fields=fields)
        again = load_template(dump_template(changed), key)
        assert again == changed
        assert {f.key for f in fields} == begin(again).answers.keys()


def test_a_mark_without_a_score_can_be_a_default(templates: Templates) -> None:
    field = replace(
        known(templates["complaint"], "satisfied"), default={"score": None, "text": "?"}
    )
    changed = replace(templates["complaint"], fields=(field,))
    again = load_template(dump_template(changed), "complaint")
    assert begin(again).answers["satisfied"].value == {"score": None, "text": "?"}


def test_reading_all_templates_costs_little_more_than_their_toml(built_in: dict[str, str]) -> None:
    def quickest(read: Any) -> float:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            for key, text in built_in.items():
                read(text, key)
            times.append(time.perf_counter() - start)
        return min(times)

    assert quickest(load_template) < 4 * quickest(lambda text, _: tomllib.loads(text))


def known(template: Template, key: str) -> Field:
    field = template.field(key)
    assert field is not None
    return field
