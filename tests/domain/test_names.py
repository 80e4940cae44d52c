"""Names are taken apart by the customs of both languages, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.names import (
    PersonName,
    company_key,
    fold,
    looks_like_company,
    parse_name,
)

WORDS = st.sampled_from(
    "Иванов Иван Петрович Мария И. И.И. оглы ван бен Рабинович Ёлкина Smith John Jr. Dr. van "
    "O'Hara Анна-Мария ИП 45 😀 Кличко́".split()
)


@pytest.mark.parametrize(
    ("text", "surname", "given_name", "patronymic"),
    [
        ("Иванов Иван Петрович", "Иванов", "Иван", "Петрович"),
        ("Иван Петрович Сидоров", "Сидоров", "Иван", "Петрович"),
        ("Иван Петрович", "", "Иван", "Петрович"),
        ("Кузьма Ильич", "", "Кузьма", "Ильич"),
        ("Иван Петров", "Петров", "Иван", ""),
        ("Петров Иван", "Петров", "Иван", ""),
        ("Зигмунд Кривошеев", "Кривошеев", "Зигмунд", ""),
        ("Рабинович Иван Петрович", "Рабинович", "Иван", "Петрович"),
        ("Иван Петрович Рабинович", "Рабинович", "Иван", "Петрович"),
        ("Абрамович Роман", "Абрамович", "Роман", ""),
        ("Сёмина Алёна Кузьминична", "Сёмина", "Алёна", "Кузьминична"),
        ("Салтыков Щедрин Михаил Евграфович", "Салтыков Щедрин", "Михаил", "Евграфович"),
        ("Иванов И. И.", "Иванов", "И.", "И."),
        ("Иванов И.И.", "Иванов", "И.", "И."),
        ("И.И. Иванов", "Иванов", "И.", "И."),
        ("Олег К.", "К.", "Олег", ""),
        ("Алиев Вагиф Гейдар оглы", "Алиев", "Вагиф", "Гейдар оглы"),
        ("Людвиг ван Бетховен", "ван Бетховен", "Людвиг", ""),
        ("Усама бен Саид", "бен Саид", "Усама", ""),
        ("John Smith", "Smith", "John", ""),
        ("John F. Smith", "Smith", "John", "F."),
        ("Smith, John Richard", "Smith", "John", "Richard"),
        ("John Smith Jr.", "Smith Jr.", "John", ""),
        ("Dr. Max Mustermann", "Mustermann", "Dr. Max", ""),
        ("Anna de la Cruz", "de la Cruz", "Anna", ""),
        ("Ivanov Ivan Ivanovich", "Ivanov", "Ivan", "Ivanovich"),
        ("Мария", "", "Мария", ""),
        ("Иванов", "Иванов", "", ""),
        ("ИП Иванов Иван Петрович", "ИП Иванов", "Иван", "Петрович"),
        ("", "", "", ""),
    ],
)
def test_order_is_recognised(text: str, surname: str, given_name: str, patronymic: str) -> None:
    assert parse_name(text) == PersonName(surname, given_name, patronymic)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=6).map(" ".join)))
def test_no_letter_is_lost(text: str) -> None:
    name = parse_name(text)
    kept = f"{name.surname}{name.given}{name.patronymic}"
    assert sorted("".join(kept.replace(",", "").split())) == sorted(
        "".join(text.replace(",", "").split())
    )


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="еёЁЕийЙИ\u0301\u0306\u0308aAéßI", max_size=30))
def test_folding_of_marks_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_fold_knows_yo_but_keeps_short_i() -> None:
    assert fold("Ёлкин") == fold("елкин") == "елкин"
    assert fold("Е\u0308лкин") == "елкин"
    assert fold("Йод") == "йод" != fold("Иод")
    assert fold("И\u0306од") == "йод"
    assert fold("Кличко\u0301") == "кличко"
    assert fold("ﬁrma") == "firma"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Ромашка»", "Ромашка, ооо"),
        ("ЗАО Юг-Ромашка", "Ромашка Юг"),
        ("Общество с ограниченной ответственностью «Ёлка»", "ООО Елка"),
        ("Acme, Inc.", "ACME"),
        ("Foo S.A.", "foo"),
    ],
)
def test_company_key_agrees(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


def test_company_key_of_a_bare_form_is_not_empty() -> None:
    assert company_key("ООО") == "ооо"
    assert company_key("…") == ""


@pytest.mark.parametrize(
    "text",
    ["ООО «Ромашка»", "«Ромашка»", "Ромашка ЗАО", "Завод 5", "Школа № 7", "Acme Ltd", "Foo GmbH"],
)
def test_company_is_told(text: str) -> None:
    assert looks_like_company(text)


@pytest.mark.parametrize(
    "text", ["Иванов Иван", "ИП Иванов Иван", "Иван «Гром» Петров", "John Smith", "", "Зао Пэн"[4:]]
)
def test_person_is_no_company(text: str) -> None:
    assert not looks_like_company(text)
