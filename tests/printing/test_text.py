"""How texts are broken into lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.printing.fonts import Face, family
from dossier_app.printing.style import BODY, MM, STRONG, TextStyle
from dossier_app.printing.text import Setter

NARROW, WIDE = 40 * MM, 60 * MM
WORDS = st.sampled_from(
    "согласовать спецификацию металлоконструкций, и с Санкт-Петербургом agreement 222-33-44 "
    "shipment someone@example.ru 中文字 שלום مرحبا 😀 é Щщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщ".split()
)


def lines(text: str, width: float, limit: int = 0, style: TextStyle = BODY) -> list[str]:
    return [line.text for line in Setter(style).lines(text, width, limit)]


def test_a_hyphen_saves_a_line_of_a_narrow_column() -> None:
    text = "Уточнить грузоподъёмность балок"
    assert lines(text, 36 * MM) == ["Уточнить грузоподъ-", "ёмность балок"]
    assert lines(text, 48 * MM) == ["Уточнить грузоподъёмность", "балок"]


def test_where_it_saves_none_words_stay_whole() -> None:
    text = "Обсудить гидроизоляцию автостоянки"
    assert lines(text, 30 * MM) == ["Обсудить", "гидроизоляцию", "автостоянки"]


def test_a_word_longer_than_the_column_is_parted_by_syllables() -> None:
    assert lines("Достопримечательности", 28 * MM) == ["Достопримеча-", "тельности"]
    assert lines("misunderstandings", 22 * MM) == ["misunder-", "standings"]


@pytest.mark.parametrize(
    "text",
    ["kuznetsov.petr@example.ru", "www.example.ru/offers", "ООО12345678901234", "ГРУЗОПОДЪЁМНЫЙ"],
)
def test_addresses_numbers_and_capitals_get_no_hyphen(text: str) -> None:
    found = lines(f"Адрес: {text}", 18 * MM)
    assert not any(line.endswith("-") for line in found)
    assert "".join(found).replace("Адрес:", "") == text


def test_a_compound_is_parted_behind_its_own_hyphen_a_number_is_not() -> None:
    assert lines("Завод в Санкт-Петербурге", 25 * MM) == ["Завод в Санкт-", "Петербурге"]
    assert lines("Телефон завода 222-33-44", 35 * MM) == ["Телефон завода", "222-33-44"]


def test_a_shortened_text_ends_with_a_whole_word() -> None:
    text = "Представить усовершенствованную конструкцию перекрытия, договориться о предоплате"
    assert lines(text, 42 * MM, limit=3)[1:] == ["ствованную конструкцию", "перекрытия…"]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Каталог отправлен заказчику, выполнено 28 сентября", "28 сентября"),
        ("Sent to the customer as agreed, by 25 November", "25 November"),
        ("Договорились о поставке, гарантия 12 лет", "12 лет"),
        ("Поставка по договору № 17", "№ 17"),
        ("Рассказать заказчику о скидке", "о скидке"),
        ("Телефон завода +7 495 222-33-44 звонить утром", "+7 495 222-33-44"),
        ("Телефон завода +7 (495) 222-33-44", "+7 (495) 222-33-44"),
        ("Стоимость поставки 1 250 000 ₽", "1 250 000"),
        ("День рождения (муж — Кузнецов Пётр)", "(муж —"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, together: str) -> None:
    setter = Setter(BODY)
    narrowest = max(setter.width(together), *(setter.width(word) for word in text.split()))
    for width in range(round(narrowest) + 2, round(setter.width(text))):
        assert any(together in line for line in lines(text, width)), width


def test_a_range_and_a_list_of_numbers_may_be_parted() -> None:
    assert len(lines("1 2 3 4 5 6 7 8 9 10 11 12", 12 * MM)) > 1
    assert lines("с 10 до 12, а потом с 14 до 16", 23 * MM)[0] == "с 10 до 12,"


def test_what_belongs_together_is_parted_at_a_space_where_it_must() -> None:
    assert lines("+7 495 222-33-44", 20 * MM) == ["+7 495", "222-33-44"]
    assert lines("о гидроизоляции", 20 * MM) == ["о гидроизо-", "ляции"]


@pytest.mark.parametrize("width", range(60, 160, 5))
def test_no_open_bracket_or_dash_stands_before_the_dots(width: int) -> None:
    (line,) = lines("Рождение (родитель — Кузнецов Пётр Андреевич)", width, limit=1)
    assert line.endswith("…")
    assert not line.endswith(("—…", "(…", " …"))


def test_much_too_long_a_text_is_shortened_as_soon_as_it_is_full() -> None:
    found = lines("слово " * 50_000, NARROW, limit=2)
    assert len(found) == 2
    assert found[-1].endswith("слово…")


@given(
    st.lists(WORDS, max_size=30),
    st.sampled_from([20 * MM, NARROW, WIDE]),
    st.sampled_from([BODY, STRONG]),
)
def test_nothing_is_lost_and_no_line_is_too_wide(
    words: list[str], width: float, style: TextStyle
) -> None:
    text = " ".join(words)
    found = Setter(style).lines(text, width)

    read = "".join(line.text for line in found)
    printable = family(style.face).printable(text)
    assert re.sub("[ -]", "", read) == re.sub("[ -]", "", printable)
    for line in found:
        assert line.width <= width + 0.01
        # Letters that are joined where a word was cut are a little wider apart.
        assert Setter(style).width(line.text) == pytest.approx(line.width, rel=0.05, abs=0.5)


def test_every_face_has_its_fonts() -> None:
    assert all(family(face).width("Щ") > 0 for face in Face)
