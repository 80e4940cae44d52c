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
