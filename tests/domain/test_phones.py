"""One number is one key, however it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.phones import format_phone, phone_digits

PHONEISH = st.text(alphabet="0123456789+()- .,x#добext/;", max_size=30)


@pytest.mark.parametrize(
    "text",
    ["8 (926) 123-45-67", "+7 926 123 45 67", "79261234567", "9261234567", "+8 926 123-45-67",
     "8-926-123-45-67 доб. 12", "tel:+79261234567", "8 926 123 45 67"],
)  # fmt: skip
def test_writings_of_a_russian_number_agree(text: str) -> None:
    assert phone_digits(text) == "79261234567"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+49 611 123456", "49611123456"),
        ("00 49 611 123456", "49611123456"),
        ("8-10-49-611-123456", "49611123456"),
        ("343 123-45-67", "73431234567"),
        ("123-45-67", "1234567"),
        ("02", "02"),
        ("позвонить жене", ""),
        ("", ""),
    ],
)
def test_other_numbers(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "pretty"),
    [
        ("89261234567", "+7 926 123-45-67"),
        ("8(495)1234567,12", "+7 495 123-45-67 доб. 12"),
        ("8 495 123-45-67 вн. 5", "+7 495 123-45-67 доб. 5"),
        ("+1 418 656 9254 ext 102", "+1 418-656-9254 ext. 102"),
        ("00-1-212-555-7777", "+1 212-555-7777"),
        ("+375291234567", "+375 29 123-45-67"),
        ("Петя 89261234567", "Петя 89261234567"),
        ("8 926 1234567, 8 495 7654321", "8 926 1234567, 8 495 7654321"),
        ("123-45-67", "123-45-67"),
        ("8 926 123", "8 926 123"),
        ("", ""),
    ],
)
def test_pretty_writing(text: str, pretty: str) -> None:
    assert format_phone(text) == pretty


@given(st.one_of(PHONEISH, st.text(max_size=40)))
def test_formatting_is_stable_and_keeps_the_key(text: str) -> None:
    pretty = format_phone(text)
    assert format_phone(pretty) == pretty
    assert phone_digits(pretty) == phone_digits(text)


@given(st.from_regex(r"[3489]\d{9}", fullmatch=True).filter(str.isascii))
def test_eight_and_plus_seven_are_equal(number: str) -> None:
    assert phone_digits(f"8{number}") == phone_digits(f"+7{number}") == phone_digits(number)
