"""Changing templates: nothing that old answers are read by may go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.forms.changing import (
    completed,
    copied,
    in_order,
    keeping,
    key_for,
    moved,
    moved_group,
    new_template,
    obstacle,
    retyped,
    with_changed,
    with_field,
    with_field_under,
    with_good_keys,
    with_group,
    with_heading,
    without_field,
    without_group,
)
from dossier_app.domain.forms.dumping import dump_template
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Field, FieldType, Option, Template, Text
from dossier_app.domain.forms.values import cells_of, fits, text_of
from dossier_app.domain.language import using_language

WORDS = Text("Слова", "Words")


def field(key: str, group: str = "", kind: FieldType = FieldType.TEXT, number: int = 0) -> Field:
    return Field(key, kind, Text(f"Поле {key}", f"Field {key}"), group=group, number=number)


def form(*fields: Field, groups: str = "") -> Template:
    headings = {key: Text(key, key) for key in groups.split()}
    return replace(new_template("form", WORDS), fields=fields, groups=headings)


def order(template: Template) -> str:
    return " ".join(f"{item.group}{item.key}" for item in in_order(template))


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        (Text("Бюджет", "Budget for the year"), set(), "budget_for_the_year"),
        (Text("Бюджет", "Budget"), {"budget"}, "budget_2"),
        (Text("Бюджет", "Budget"), {"budget", "budget_2"}, "budget_3"),
        (Text("Бюджет", "Бюджет"), set(), "question"),
        (Text("", ""), {"question"}, "question_2"),
        (Text("", "3 D's & more"), set(), "ds_more"),
        (Text("", "x" * 90), set(), "x" * 40),
    ],
)
def test_keys_come_from_the_english_words(label: Text, taken: set[str], key: str) -> None:
    assert key_for(label, taken, "question") == key


@given(st.text(), st.sets(st.sampled_from(["a", "question", "question_2"])))
def test_every_key_is_one_that_a_file_may_have(words: str, taken: set[str]) -> None:
    key = key_for(Text(words, words), taken, "question")
    assert key not in taken
    text = dump_template(form(Field(key, FieldType.TEXT, WORDS)))
    assert load_template(text, "form").fields[0].key == key


def test_a_new_field_stands_behind_the_chosen_one_in_its_group() -> None:
    template = form(field("a", "x"), field("b", "y"), groups="x y")
    assert order(with_field(template, field("n"), after="a")) == "xa xn yb"
    assert order(with_field(template, field("n"))) == "xa yb yn"
    assert order(with_field(form(), field("n"))) == "n"


def test_moving_goes_through_the_groups() -> None:
    template = form(field("a", "x"), field("b", "x"), field("c", "y"), groups="x y")
    down = moved(template, "a", 1)
    assert order(down) == "xb xa yc"
    over = moved(down, "a", 1)
    assert order(over) == "xb ya yc"
    assert order(moved(over, "a", 1)) == "xb yc ya"
    assert order(moved(over, "a", -1)) == "xb xa yc"
    assert order(moved(template, "a", -1)) == order(template)
    assert order(moved(template, "c", 1)) == order(template)
    assert moved(template, "nobody", 1) == template


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from([-1, 1])), max_size=20))
def test_moving_loses_no_field(moves: list[tuple[str, int]]) -> None:
    template = form(
        field("d", number=1),
        field("a", "x", number=2),
        field("b", "x", number=3),
        field("c", "y", number=4),
        replace(field("e", "y"), retired=True),
        groups="x y",
    )
    for key, step in moves:
        template = moved(template, key, step)
    assert sorted(item.key for item in template.fields) == list("abcde")
    asked = [item for item in in_order(template) if not item.retired]
    assert [item.number for item in asked] == [1, 2, 3, 4]


def test_what_a_new_version_lacks_comes_back_retired() -> None:
    choice = replace(
        field("c", kind=FieldType.CHOICE), options=(Option("a", WORDS), Option("b", WORDS))
    )
    table = replace(field("t", kind=FieldType.TABLE), parts=(field("p"), field("q")))
    old = form(
        field("gone"), choice, table, Field("own", FieldType.TEXT, WORDS, bind="dossier.company")
    )
    new = form(replace(choice, options=choice.options[1:]), replace(table, parts=table.parts[:1]))
    kept = keeping(new, old)
    assert {item.key: item.retired for item in kept.fields} == {
        "c": False,
        "t": False,
        "gone": True,
    }
    assert [(option.key, option.retired) for option in kept.fields[0].options] == [
        ("b", False), ("a", True),
    ]  # fmt: skip
    assert [(part.key, part.retired) for part in kept.fields[1].parts] == [
        ("p", False),
        ("q", True),
    ]
    again = load_template(dump_template(completed(kept)), "form")
    assert again == completed(kept)
    assert text_of(again.fields[0], "a") == "Words"
    assert cells_of(again.fields[1], [{"p": "one", "q": "two"}]) == [
        [("Field p", "one"), ("Field q", "two")]
    ]


VALUES = {
    FieldType.TEXT: "two words",
    FieldType.NUMBER: 12,
    FieldType.MONEY: {"amount": "100.00", "currency": "EUR"},
    FieldType.DATE: "2026-11-25",
    FieldType.CHOICE: "red",
    FieldType.MULTI_CHOICE: ["red", "blue"],
    FieldType.SCALE: {"score": 4, "text": "good"},
    FieldType.YES_NO: True,
    FieldType.LIST: ["one", "two"],
    FieldType.TABLE: [{"p": "one"}],
    FieldType.PARTS: {"p": "one"},
}


@pytest.mark.parametrize("before", VALUES)
@pytest.mark.parametrize("after", FieldType)
def test_an_old_answer_is_read_whatever_its_field_has_become(
    before: FieldType, after: FieldType
) -> None:
    options = (
        Option("red", Text("красный", "red wine")),
        Option("blue", Text("синий", "blue sky")),
    )
    parts = (Field("p", FieldType.TEXT, WORDS),)
    old = Field("f", before, WORDS,
                options=options if before in (FieldType.CHOICE, FieldType.MULTI_CHOICE) else (),
                parts=parts if before in (FieldType.PARTS, FieldType.TABLE) else ())  # fmt: skip
    new = retyped(old, after)
    value = VALUES[before]
    text = text_of(new, value)
    assert text
    if before in (FieldType.CHOICE, FieldType.MULTI_CHOICE):
        assert "red wine" in text
        with using_language("ru"):
            assert "красный" in text_of(new, value)
    assert fits(old, value)


def test_a_changed_type_loses_what_it_cannot_have() -> None:
    date = replace(field("d", kind=FieldType.DATE), slip=WORDS, follows=("x", 3))
    text = retyped(date, FieldType.TEXT)
    assert not text.slip and text.follows is None
    number = replace(field("n", kind=FieldType.NUMBER), default=5)
    assert retyped(number, FieldType.TEXT).default is None
    legal = replace(field("i"), check="inn")
    assert retyped(legal, FieldType.LONG_TEXT).check == ""


def test_one_language_is_enough() -> None:
    template = completed(form(Field("f", FieldType.CHOICE, Text(ru="Цвет"), options=(
        Option("a", Text(en="red")),))))  # fmt: skip
    assert template.fields[0].label == Text("Цвет", "Цвет")
    assert template.fields[0].options[0].label == Text("red", "red")
    assert load_template(dump_template(template), "form") == template


def test_new_fields_are_called_after_what_they_ask() -> None:
    template = form(field("budget"), replace(field("question"), label=Text("Бюджет", "Budget")))
    assert [item.key for item in with_good_keys(template, {"question"}).fields] == [
        "budget", "budget_2",
    ]  # fmt: skip


def test_what_is_in_the_way_is_told_with_its_field() -> None:
    assert obstacle(new_template("f", Text()))[0] == "The form has no title yet."
    assert obstacle(form())[0] == "The form asks nothing yet. Add a question."
    assert obstacle(form(Field("f", FieldType.TEXT, Text()))) == (
        "A question has no words yet.",
        "f",
    )
    assert obstacle(form(field("c", kind=FieldType.CHOICE)))[1] == "c"
    assert obstacle(form(field("t", kind=FieldType.TABLE)))[1] == "t"
    assert obstacle(form(field("f"))) == ("", "")


def test_a_copy_is_a_form_of_its_own() -> None:
    copy = copied(replace(form(field("f")), version=4), Text("(копия)", "(copy)"))
    assert (copy.key, copy.version, copy.title) == ("", 0, Text("Слова (копия)", "Words (copy)"))


def test_changing_and_removing_keep_the_numbers_in_order() -> None:
    template = form(field("a", number=1), field("b", number=2), field("c", number=3))
    retired = with_changed(template, replace(template.fields[0], retired=True))
    assert [(item.key, item.number) for item in retired.fields] == [("a", 0), ("b", 1), ("c", 2)]
    assert [item.number for item in without_field(template, "b").fields] == [1, 2]


def test_a_heading_is_added_said_and_moved_with_its_questions() -> None:
    template = form(
        field("z", number=1),
        field("a", "x", number=2),
        field("b", "y", number=3),
        replace(field("c", "y"), retired=True),
        groups="x y",
    )
    template, key = with_group(template, after="x")
    assert list(template.groups) == ["x", key, "y"]
    assert obstacle(template) == ("A heading has no words yet.", key)
    template = with_heading(template, key, WORDS)
    assert template.groups[key] == WORDS and not obstacle(template)[0]
    template = with_changed(template, replace(template.fields[2], group=key))
    up = moved_group(template, key, -1)
    assert list(up.groups) == [key, "x", "y"]
    shown = [(item.key, item.number) for item in in_order(up) if not item.retired]
    assert shown == [("z", 1), ("b", 2), ("a", 3)]
    assert moved_group(up, key, -1) == up
    assert moved_group(up, "y", 1) == up


def test_a_question_goes_under_another_heading_as_its_last_one() -> None:
    template = form(field("a", "x", number=1), field("b", "y", number=2), groups="x y")
    changed = with_changed(template, replace(template.fields[0], group="y"))
    assert order(changed) == "yb ya"
    assert [item.number for item in in_order(changed)] == [1, 2]
    assert order(with_field_under(template, field("n"), "x")) == "xa xn yb"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "up", "down", "drop"]), st.integers(0, 5)
        ),
        max_size=12,
    )
)  # fmt: skip
def test_headings_lose_no_question(steps: list[tuple[str, int]]) -> None:
    template = form(
        field("d", number=1),
        field("a", "x", number=2),
        field("c", "y", number=3),
        replace(field("e", "y"), retired=True),
        groups="x y",
    )
    for step, number in steps:
        groups = list(template.groups)
        group = groups[number % len(groups)] if groups else ""
        if step == "add":
            template, key = with_group(template, group)
            template = with_heading(template, key, WORDS)
        elif group and step == "drop":
            template = without_group(template, group)
        elif group:
            template = moved_group(template, group, 1 if step == "down" else -1)
        assert {item.group for item in template.fields} <= {"", *template.groups}
    assert sorted(item.key for item in template.fields) == list("acde")
    asked = [item for item in in_order(template) if not item.retired]
    assert [item.number for item in asked] == [1, 2, 3]
    if not any(step in ("up", "down") for step, _ in steps):
        assert [item.key for item in in_order(template)] == list("dace")
    text = dump_template(template)
    assert load_template(text, "form").groups == template.groups
