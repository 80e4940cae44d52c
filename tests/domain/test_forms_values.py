from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import Field, FieldType, Option, Text
from dossier_app.domain.forms.values import (
    check,
    inner_field,
    is_empty,
    parse,
    parse_path,
    text_of,
    with_inner,
    without_private,
)
from dossier_app.domain.language import LANGUAGES, using_language
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import Person

LABEL = Text("Поле", "Field")
OPTIONS = (
    Option("cash", Text("наличные, сразу", "cash, at once")),
    Option("card", Text("карта", "card")),
)
NAME_AND_BIRTH = (
    Field("name", FieldType.TEXT, Text("Имя", "Name")),
    Field("birth", FieldType.PARTIAL_DATE, Text("Дата рождения", "Date of birth")),
)
COLUMNS = (
    Field("goods", FieldType.TEXT, Text("Товар", "Goods")),
    Field("count", FieldType.NUMBER, Text("Штук", "Pieces")),
    Field("price", FieldType.MONEY, Text("Цена", "Price")),
)
ANNA = Person(surname="Ромашкина", given="Анна", uid="6f1c7c1e-0c7c-4d53-9a52-7d2a1f0f5a01")
PEOPLE = (ANNA,)


def field(kind: FieldType) -> Field:
    """One field of every type."""
    options = OPTIONS if kind in (FieldType.CHOICE, FieldType.MULTI_CHOICE) else ()
    parts = {
        FieldType.PARTS: (
            Field("date", FieldType.PARTIAL_DATE, Text("Дата", "Date")),
            Field("place", FieldType.TEXT, Text("Место", "Place")),
        ),
        FieldType.LIST: NAME_AND_BIRTH,
        FieldType.TABLE: COLUMNS,
    }.get(kind, ())
    return Field(kind.value, kind, LABEL, options=options, parts=parts)


# What a person types, the value, and what is shown in Russian.
EXAMPLES: dict[FieldType, tuple[str, Any, str]] = {
    FieldType.TEXT: (" Рыбалка,\n лыжи ", "Рыбалка, лыжи", "Рыбалка, лыжи"),
    FieldType.LONG_TEXT: ("Раз\r\nдва\x00", "Раз\nдва", "Раз\nдва"),
    FieldType.NUMBER: ("1 234,5", 1234.5, "1234,5"),
    FieldType.MONEY: (
        "4 млн ₽",
        {"amount": "4000000.00", "currency": "RUB"},
        "4\u00a0000\u00a0000\u00a0₽",
    ),
    FieldType.DATE: ("25.11.2026", "2026-11-25", "25 ноября 2026"),
    FieldType.PARTIAL_DATE: ("08.03", "03-08", "8 марта"),
    FieldType.TIME: ("9:05", "09:05", "09:05"),
    FieldType.PHONE: ("8 900 000-00-00", "8 900 000-00-00", "8 900 000-00-00"),
    FieldType.PHONES: (
        "+7 900 000-00-00 (моб), раб: 8 (495) 000-00-01, доб. 12",
        [
            {"value": "+7 900 000-00-00", "label": "моб"},
            {"value": "8 (495) 000-00-01, доб. 12", "label": "раб"},
        ],
        "+7 900 000-00-00 (моб); 8 (495) 000-00-01, доб. 12 (раб)",
    ),
    FieldType.EMAIL: ("anna@example.ru", "anna@example.ru", "anna@example.ru"),
    FieldType.NAME: (
        "Ромашкина Анна Петровна",
        {"surname": "Ромашкина", "given": "Анна", "patronymic": "Петровна"},
        "Ромашкина Анна Петровна",
    ),
    FieldType.ADDRESS: ("Тула,\nул. Мира, 5", "Тула,\nул. Мира, 5", "Тула,\nул. Мира, 5"),
    FieldType.CHOICE: ("Card", "card", "карта"),
    FieldType.MULTI_CHOICE: ("карта; cash, at once", ["cash", "card"], "наличные, сразу; карта"),
    FieldType.SCALE: (
        "4: держит слово",
        {"score": 4, "text": "держит слово"},
        "4/5: держит слово",
    ),
    FieldType.YES_NO: ("да", True, "yes"),  # no catalogue is loaded here
    FieldType.LIST: (
        "Анна, 12.05.2011; Пётр",
        [{"name": "Анна", "birth": "2011-05-12"}, {"name": "Пётр"}],
        "Анна, 12 мая 2011; Пётр",
    ),
    FieldType.TABLE: (
        "Кабель | 1,5 | 100 ₽\nМуфта, 2",
        [
            {"goods": "Кабель", "count": 1.5, "price": {"amount": "100.00", "currency": "RUB"}},
            {"goods": "Муфта", "count": 2},
        ],
        "Кабель | 1,5 | 100\u00a0₽\nМуфта | 2",
    ),
    FieldType.PERSON: ("ромашкина анна", ANNA.uid, "Ромашкина Анна"),
    FieldType.PARTS: (
        "8 марта 1976, Тула",
        {"date": "1976-03-08", "place": "Тула"},
        "8 марта 1976, Тула",
    ),
}


@pytest.mark.parametrize("kind", FieldType)
def test_every_type_reads_shows_and_checks(kind: FieldType) -> None:
    typed, value, shown = EXAMPLES[kind]
    item = field(kind)
    with using_language("ru"):
        assert parse(item, typed, PEOPLE) == value
        assert text_of(item, value, PEOPLE) == shown
    for language in LANGUAGES:
        with using_language(language):
            assert check(item, value) == value
            assert parse(item, text_of(item, value, PEOPLE), PEOPLE) == value
    assert not is_empty(item, value)


@pytest.mark.parametrize("kind", FieldType)
@pytest.mark.parametrize("nothing", [None, "", " ", [], {}, {"name": ""}, [{"birth": None}]])
def test_nothing_is_empty_in_every_type(kind: FieldType, nothing: Any) -> None:
    item = field(kind)
    assert is_empty(item, nothing)
    assert check(item, nothing) is None
    assert parse(item, " \n") is None
    assert text_of(item, nothing) == ""


@pytest.mark.parametrize("kind", FieldType)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["name", "birth", "value", "amount", "score", "text", "x"]), inner
            )
        ),
        max_leaves=6,
    )
)
@settings(max_examples=25, deadline=None)
def test_a_value_of_any_shape_is_shown_and_checked_without_a_crash(
    kind: FieldType, value: Any
) -> None:
    item = field(kind)
    assert isinstance(text_of(item, value, PEOPLE), str)
    try:
        checked = check(item, value)
    except Refusal:
        return
    assert check(item, checked) == checked


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, 10**15, True, "5"])
def test_what_is_no_number_is_refused(number: Any) -> None:
    with pytest.raises(Refusal):
        check(field(FieldType.NUMBER), number)
    assert text_of(field(FieldType.NUMBER), number)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "1e99", "", "ten", 5, None])
def test_what_is_no_money_is_refused(amount: Any) -> None:
    value = {"amount": amount, "currency": "RUB"}
    item = field(FieldType.MONEY)
    if is_empty(item, value):
        assert check(item, value) is None
    else:
        with pytest.raises(Refusal):
            check(item, value)


@pytest.mark.parametrize("kind", FieldType)
@given(typed=st.text(max_size=20) | st.from_regex(r"[0-9 .,:;/()a-zа-я|\n-]{0,20}", fullmatch=True))
@settings(max_examples=25, deadline=None)
def test_whatever_is_typed_is_refused_or_canonical(kind: FieldType, typed: str) -> None:
    item = field(kind)
    try:
        value = parse(item, typed, PEOPLE)
    except Refusal:
        return
    assert check(item, value) == value


@given(
    st.dates().map(PartialDate.of)
    | st.builds(lambda d: PartialDate(None, d.month, d.day), st.dates())
)
@settings(max_examples=50, deadline=None)
def test_a_date_without_a_year_never_gets_one(day: PartialDate) -> None:
    item = field(FieldType.PARTS)
    value = {"date": str(day), "place": "Тула"}
    for language in LANGUAGES:
        with using_language(language):
            shown = text_of(item, value)
            if day.year is None:
                assert not any(len(word) == 4 and word.isdigit() for word in shown.split())
            elif day.year >= 1900:
                assert str(day.year) in shown
                assert parse(item, shown) == value


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["RUB", "USD", "CHF"]))
@settings(deadline=None)
def test_money_survives_being_shown(amount: Any, currency: str) -> None:
    item = field(FieldType.MONEY)
    value = check(item, {"amount": str(amount), "currency": currency})
    for language in LANGUAGES:
        with using_language(language):
            assert parse(item, text_of(item, value)) == value


@given(st.integers(-(10**14), 10**14) | st.decimals(-(10**9), 10**9, places=3).map(float))
@settings(deadline=None)
def test_a_number_survives_being_shown(number: float) -> None:
    item = field(FieldType.NUMBER)
    value = check(item, number)
    for language in LANGUAGES:
        with using_language(language):
            assert parse(item, text_of(item, value)) == value


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("ru", "1,234", 1.234),
        ("en", "1,234", 1234),
        ("en", "0,234", 0.234),
        ("ru", "1.234,5", 1234.5),
        ("en", "1,234.5", 1234.5),
        ("ru", "12\u00a0345", 12345),
        ("ru", "\u22125", -5),
        ("ru", "3 тыс.", 3000),
        ("en", "2 mln", 2_000_000),
    ],
)
def test_numbers_as_people_write_them(language: str, typed: str, number: float) -> None:
    with using_language(language):
        assert parse(field(FieldType.NUMBER), typed) == number


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("4 000 000 ₽", "4000000.00", "RUB"),
        ("$100", "100.00", "USD"),
        ("100 EUR", "100.00", "EUR"),
        ("1,5 тыс. руб.", "1500.00", "RUB"),
        ("250", "250.00", "RUB"),
        ("99,90 chf", "99.90", "CHF"),
    ],
)
def test_money_as_people_write_it(typed: str, amount: str, currency: str) -> None:
    with using_language("ru"):
        assert parse(field(FieldType.MONEY), typed) == {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (FieldType.NUMBER, "12 34", "is not a number"),
        (FieldType.NUMBER, "5 шт", "is not a number"),
        (FieldType.NUMBER, "9" * 16, "too large"),
        (FieldType.MONEY, "100 руб 50 коп", "is not an amount"),
        (FieldType.MONEY, "100 кг", "is not an amount"),
        (FieldType.MONEY, "1.005", "two digits"),
        (FieldType.DATE, "8 марта", "write day, month and year"),
        (FieldType.PARTIAL_DATE, "31.02.1976", "no such date"),
        (FieldType.TIME, "25:00", "is not a time"),
        (FieldType.PHONE, "нет", "is not a phone number"),
        (FieldType.PHONES, "+7 900 000-00-00; нет", "нет is not a phone number"),
        (FieldType.EMAIL, "anna", "is not an e-mail"),
        (FieldType.CHOICE, "bank", "The choices are: .*карта"),
        (FieldType.MULTI_CHOICE, "карта, bank", "no choice bank"),
        (FieldType.SCALE, "7", "from 1 to 5"),
        (FieldType.YES_NO, "может быть", "yes or no"),
        (FieldType.PERSON, "Иванов", "nobody here is called"),
        (FieldType.PARTS, "08.03.76", "four digits"),
        (FieldType.LIST, "Анна, 31.02.2011", "no such date"),
        (FieldType.TABLE, "a | 1 | 2 | 3", "too many cells"),
        (FieldType.TABLE, "a | много", "is not a number"),
    ],
)
def test_a_wrong_text_is_refused_with_a_sentence(
    kind: FieldType, typed: str, sentence: str
) -> None:
    with using_language("ru"), pytest.raises(Refusal, match=sentence):
        parse(field(kind), typed, PEOPLE)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("03-08", {"date": "03-08"}),
        ("Тула", {"place": "Тула"}),
        ("Тула, СССР, 8 марта", {"date": "03-08", "place": "Тула, СССР"}),
        ("March 8, 1976, Tula", {"date": "1976-03-08", "place": "Tula"}),
        ("Тула 08.03.1976", {"date": "1976-03-08", "place": "Тула"}),
        ("место: 1-я горбольница", {"place": "1-я горбольница"}),
    ],
)
def test_parts_find_their_text(typed: str, value: dict[str, str]) -> None:
    assert parse(field(FieldType.PARTS), typed) == value


def test_a_part_behind_an_empty_one_is_named() -> None:
    parts = tuple(Field(key, FieldType.TEXT, Text(key, key)) for key in ("attitude", "rank"))
    military = Field("military", FieldType.PARTS, LABEL, parts=parts)
    value = {"rank": "сержант"}
    assert text_of(military, value) == "rank: сержант"
    assert parse(military, "rank: сержант") == value


def test_text_beyond_all_parts_is_refused() -> None:
    only_date = Field("when", FieldType.PARTS, LABEL, parts=(NAME_AND_BIRTH[1],))
    with pytest.raises(Refusal, match="Тула fits none of"):
        parse(only_date, "8 марта, Тула")


def test_a_list_of_texts_by_lines_or_semicolons() -> None:
    clubs = Field("clubs", FieldType.LIST, LABEL)
    assert parse(clubs, "Клуб садоводов; Союз, местный") == ["Клуб садоводов", "Союз, местный"]
    by_lines = ["a; b", "c"]
    assert parse(clubs, "a; b\nc") == by_lines
    assert parse(clubs, text_of(clubs, by_lines)) == by_lines


def test_a_part_that_left_the_template_is_kept_and_shown() -> None:
    value = {"date": "03-08", "hour": "утро"}
    item = field(FieldType.PARTS)
    with using_language("ru"):
        assert check(item, value) == value
        assert text_of(item, value) == "8 марта, утро"
    with pytest.raises(Refusal):
        check(item, {"hour": {"deep": 1}})


def test_a_choice_that_left_the_template_is_shown_by_its_key() -> None:
    assert text_of(field(FieldType.CHOICE), "barter") == "barter"
    assert text_of(field(FieldType.MULTI_CHOICE), ["card", "barter"]) == "card; barter"


def test_paths_lead_into_a_value() -> None:
    children, name = field(FieldType.LIST), field(FieldType.NAME)
    assert parse_path(field(FieldType.PARTS), "place", "Тула") == "Тула"
    assert parse_path(children, "0.birth", "12.05") == "05-12"
    assert parse_path(field(FieldType.SCALE), "score", "4") == 4
    assert inner_field(name, "given").type is FieldType.TEXT
    assert inner_field(name, "") is name
    for item, path in [(name, "nick"), (children, "first"), (field(FieldType.TEXT), "0")]:
        with pytest.raises(Refusal, match="has no part"):
            inner_field(item, path)


def test_a_part_is_set_inside_a_value() -> None:
    children = field(FieldType.LIST)
    two = with_inner(children, [{"name": "Анна"}], "1.name", "Пётр")
    assert two == [{"name": "Анна"}, {"name": "Пётр"}]
    assert with_inner(children, two, "0.birth", "05-12")[0] == {"name": "Анна", "birth": "05-12"}
    assert with_inner(children, two, "0", None) == [{"name": "Пётр"}]
    assert with_inner(field(FieldType.PARTS), None, "place", "Тула") == {"place": "Тула"}
    assert with_inner(field(FieldType.PARTS), {"place": "Тула"}, "place", "") is None
    with pytest.raises(Refusal, match="has no part 3"):
        with_inner(children, two, "3.name", "Лев")
    with pytest.raises(Refusal):
        with_inner(children, "of an old template", "0.name", "Лев")


def test_a_checked_text_keeps_its_rule() -> None:
    inn = Field("inn", FieldType.TEXT, LABEL, check="inn")
    assert parse(inn, "99 1234 5672") == "9912345672"
    with pytest.raises(Refusal, match="check digit"):
        check(inn, "9912345673")
    assert text_of(inn, "9912345673") == "9912345673"


def test_private_parts_are_left_out() -> None:
    parts = (NAME_AND_BIRTH[0], Field("secret", FieldType.TEXT, LABEL, private=True))
    people = Field("people", FieldType.LIST, LABEL, parts=parts)
    value = [{"name": "Анна", "secret": "x"}]
    assert without_private(people, value) == [{"name": "Анна"}]
    assert without_private(field(FieldType.TEXT), "x") == "x"


def test_two_people_of_one_name_are_told() -> None:
    twins = (Person(surname="Ли", given="Ян"), Person(surname="Ли", given="Ян"))
    with pytest.raises(Refusal, match="more than one"):
        parse(field(FieldType.PERSON), "Ли Ян", twins)
    assert "no longer" in text_of(field(FieldType.PERSON), ANNA.uid, twins)
