from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.forms.binding import BINDS
from dossier_app.domain.forms.dumping import dump_template
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import (
    Field,
    FieldType,
    Option,
    Scope,
    Template,
    Text,
    spoken,
)
from dossier_app.domain.language import using_language
from dossier_app.domain.legal import CHECKS

HEAD = 'title = { ru = "Лист", en = "Sheet" }\nscope = "dossier"\n'
LABEL = 'label = { ru = "Поле", en = "Field" }\n'

PRIVATE = {3, 7, 8, 9, 10, 11, 18, 20, 21, 23, 24, 29, 30, 31}
KEYS = """full_name company home_address phones birth hobbies_sports military marital_status
spouse children children_hobbies car memberships cuisine clothing_brand education mentors
status_symbols public_activity religion alcohol_smoking favourite_topics taboo_topics standing
long_term_goals short_term_goals proud_of holidays health reliability emotionality""".split()


def field_text(**entries: str) -> str:
    lines = [f"{name} = {value}\n" for name, value in entries.items()]
    return "[[field]]\n" + "".join(lines) + LABEL


def mistakes(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        load_template(text, "sheet")
    return str(caught.value)


def test_every_built_in_template_loads_and_survives_being_written(
    built_in: dict[str, str],
) -> None:
    assert {"relationship_card", "info_sheet"} <= built_in.keys()
    for key, text in built_in.items():
        template = load_template(text, key)
        again = load_template(dump_template(template), key)
        assert again == template
        assert list(again.groups) == list(template.groups)


def test_the_card_has_its_31_fields_in_order(card: Template) -> None:
    assert [field.key for field in card.fields] == KEYS
    assert [field.number for field in card.fields] == list(range(1, 32))
    assert {field.number for field in card.fields if field.private} == PRIVATE
    assert all(field.help.ru and field.help.en for field in card.fields)
    assert not any(field.required for field in card.fields)
    binds = [field.bind for field in card.fields if field.bind]
    assert binds == ["person.name", "person.home_address", "person.phones"]


def test_what_one_must_not_ask_has_no_question(card: Template) -> None:
    for key in "religion health reliability emotionality alcohol_smoking standing".split():
        field = card.field(key)
        assert field
        assert not field.ask


def test_every_mistake_of_a_file_is_named_at_once() -> None:
    text = mistakes(
        HEAD
        + field_text(key='"birth"', type='"partial_dat"')
        + field_text(key='"Big Key"', type='"text"', colour='"red"')
        + field_text(key='"birth"', type='"choice"', number="1")
        + field_text(key='"rows"', type='"table"', number="1", group='"lost"')
        + field_text(key='"mark"', type='"scale"', scale="[5, 1]")
        + '[[field]]\nkey = "half"\ntype = "text"\nlabel = { ru = "Поле" }\n'
    )
    assert "Field birth: type partial_dat is not known. Known are: text, long_text" in text
    assert "Field Big Key: colour is not known" in text
    assert "Field Big Key: a key is small Latin letters" in text
    assert "Field birth: a choice needs options" in text
    assert "Field rows: group lost is not known" in text
    assert "Field rows: parts and table need parts" in text
    assert "Field mark: scale is two whole numbers" in text
    assert "Field half: label is needed in both languages" in text
    assert "key birth stands more than once" in text
    assert "number 1 stands more than once" in text
    assert len(text.splitlines()) == 11


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "is not a TOML file"),
        (HEAD, "asks nothing"),
        (HEAD + "version = '1'\n", "version has to be a whole number"),
        (HEAD + "field = [1]\n", "a table with keys is expected"),
        (HEAD + "[groups]\na = 1\n", "Group a: a table with keys"),
        (HEAD + field_text(key='"a"'), "type is missing"),
        (HEAD + field_text(key='"a"', type='"text"', private='"no"'), "true or false"),
        (HEAD + field_text(key='"a"', type='"text"', bind='"dossier.soul"'), "bind dossier.soul"),
        (HEAD + field_text(key='"a"', type='"number"', check='"inn"'), "type text only"),
        (HEAD + field_text(key='"a"', type='"text"', check='"iq"'), "check iq is not known"),
        (HEAD + field_text(key='"a"', type='"text"', bind='"dossier.tags"'), "works for: list"),
        (
            HEAD + field_text(key='"a"', type='"name"', bind='"person.name"'),
            "cannot be bound to a person",
        ),
        (
            HEAD
            + field_text(
                key='"a"',
                type='"choice"',
                bind='"dossier.category"',
                options='[{ key = "x", ru = "х", en = "x" }]',
            ),
            "can only be: end_customer, partner",
        ),
        (
            HEAD
            + field_text(
                key='"a"',
                type='"list"',
                parts='[{ key = "b", type = "list", label = { ru = "б", en = "b" } }]',
            )
            + field_text(key='"c"', type='"parts"', parts='[{ key = "b", type = "parts" }]'),
            "a part cannot have parts",
        ),
        (
            HEAD
            + field_text(
                key='"a"', type='"choice"', options='[{ key = "x", ru = "х" }, { key = "x" }]'
            ),
            "key x stands more than once",
        ),
    ],
)
def test_a_mistake_is_told_in_a_sentence(text: str, sentence: str) -> None:
    assert sentence in mistakes(text)


def entry(kind: str, **more: str) -> str:
    return field_text(key='"a"', type=f'"{kind}"', **more)


COLUMN = 'key = "n", type = "number", label = { ru = "Число", en = "Number" }'
TABLE = f"[{{ {COLUMN} }}]"
CHOICE = '[{ key = "x", ru = "х", en = "x" }]'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (entry("number", default='"many"'), "the default cannot be used"),
        (entry("date", default="2026-01-01"), "the default cannot be used"),
        (entry("table", parts=TABLE, default='[{ n = "x" }]'), "the default cannot be used"),
        (entry("table", parts=TABLE, default="{ n = 1 }"), "the default cannot be used"),
        (entry("choice", options=CHOICE, default='"y"'), "there is no choice y"),
        (entry("text", default='" "'), "the default says nothing"),
        (entry("list", default="[]"), "the default says nothing"),
        (entry("text", default='{ ru = "Да" }'), "default is needed in both languages"),
        (entry("text", default="{ ru = 1, en = 2 }"), "ru has to be a text"),
        (entry("text", bind='"dossier.source"', default='"a"'), "a bound field has no default"),
        (entry("table", parts=f"[{{ {COLUMN}, default = 1 }}]"), "a part or a bound field has no"),
        (entry("text", slip='{ ru = "Да", en = "Yes" }'), "only a field of the type date"),
        (entry("date", slip='{ ru = "Да" }'), "slip is needed in both languages"),
        ('checkpoints = ["a", "b"]\n' + entry("date"), "the keys of two date fields"),
        ('checkpoints = ["a", "a"]\n' + entry("date"), "the keys of two date fields"),
        ('checkpoints = ["a", [1]]\n' + entry("date"), "the keys of two date fields"),
        ("checkpoints = 5\n" + entry("date"), "a list in square brackets"),
    ],
)
def test_a_default_slip_or_checkpoint_that_cannot_work_is_told(text: str, sentence: str) -> None:
    told = mistakes(HEAD + text).splitlines()[1:]
    assert sentence in " ".join(told)
    assert all(line.startswith(("Field a", "Form sheet")) for line in told)


def test_a_default_is_spoken_in_one_language() -> None:
    value = [{"step": Text("Шаг", "Step"), "count": 1}, "x"]
    assert spoken(value, "ru") == [{"step": "Шаг", "count": 1}, "x"]
    with using_language("en"):
        assert spoken(value) == [{"step": "Step", "count": 1}, "x"]


keys = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,4})?", fullmatch=True)
words = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\x7f\x00'), min_size=1
)
labels = st.builds(Text, words, words)
optional = st.just(Text()) | labels | st.builds(Text, words)
with_options = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
with_parts = (FieldType.PARTS, FieldType.TABLE, FieldType.LIST)


@st.composite
def fields(draw: st.DrawFn, key: str, groups: tuple[str, ...] = (), part: bool = False) -> Field:
    types = [kind for kind in FieldType if not (part and kind in with_parts)]
    kind = draw(st.sampled_from(types))
    binds = [
        name
        for name, bind in BINDS.items()
        if kind in bind.types and not bind.choices and kind is not FieldType.LIST
    ]
    inner: list[Field] = []
    if kind in with_parts:
        least = 0 if kind is FieldType.LIST else 1
        names = draw(st.lists(keys, min_size=least, max_size=3, unique=True))
        inner = [draw(fields(name, part=True)) for name in names]
        inner[:1] = [replace(first, retired=False) for first in inner[:1]]
    names = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    return Field(
        key=key,
        type=kind,
        label=draw(labels),
        help=draw(optional),
        ask=draw(optional),
        required=draw(st.booleans()),
        private=draw(st.booleans()),
        retired=draw(st.booleans()),
        group=draw(st.sampled_from(["", *groups])),
        bind="" if part else draw(st.sampled_from(["", *binds])),
        check=draw(st.sampled_from(["", *CHECKS])) if kind is FieldType.TEXT else "",
        worth=draw(st.integers(-3, 9)),
        options=_options(draw, names, choice=kind in with_options),
        parts=tuple(inner),
        scale=draw(st.sampled_from([(1, 5), (0, 10)])),
    )


def _options(draw: st.DrawFn, names: list[str], *, choice: bool) -> tuple[Option, ...]:
    """Of a choice one at least is offered; of what was one, none."""
    retired = [not choice or (number > 0 and draw(st.booleans())) for number in range(len(names))]
    wanted = names if choice or draw(st.booleans()) else []
    pairs = zip(wanted, retired, strict=False)
    return tuple(Option(name, draw(labels), gone) for name, gone in pairs)


@st.composite
def templates(draw: st.DrawFn) -> Template:
    groups = draw(st.dictionaries(keys, labels, max_size=3))
    names = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    return Template(
        key="made",
        title=draw(labels),
        scope=Scope.PERSON,
        version=draw(st.integers(1, 99)),
        fields=tuple(draw(fields(name, tuple(groups))) for name in names),
        groups=groups,
        help=draw(optional),
        repeatable=draw(st.booleans()),
    )


@given(templates())
@settings(max_examples=60, deadline=None)
def test_a_written_template_reads_as_the_same(template: Template) -> None:
    again = load_template(dump_template(template), "made")
    assert again == template
    assert list(again.groups) == list(template.groups)


def test_a_date_that_follows_names_another_date_of_the_form() -> None:
    first = field_text(key='"delivered"', type='"date"')
    after = field_text(key='"call"', type='"date"', follows='{ field = "delivered", days = 3 }')
    assert load_template(HEAD + first + after, "sheet").fields[1].follows == ("delivered", 3)
    only = "only a date can follow a date, and another one of this form."
    assert only in mistakes(HEAD + after)
    assert only in mistakes(HEAD + first + after.replace('"date"', '"text"'))
    itself = after.replace("delivered", "call")
    assert only in mistakes(HEAD + itself)
    names = "follows names a date field and the days after it."
    assert names in mistakes(HEAD + first + after.replace("days = 3", "days = -1"))
    assert names in mistakes(HEAD + first + after.replace(", days = 3", ""))


def test_options_of_a_former_choice_are_kept_and_of_a_choice_one_is_offered() -> None:
    options = '[{ key = "a", ru = "а", en = "a", retired = true }]'
    kept = load_template(HEAD + field_text(key='"f"', type='"text"', options=options), "sheet")
    assert kept.fields[0].options[0].retired
    wanted = "a choice needs options, and other types have none."
    assert wanted in mistakes(HEAD + field_text(key='"f"', type='"choice"', options=options))
