from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.errors import Refusal
from dossier_app.domain.legal import CHECKS


@pytest.mark.parametrize(
    ("rule", "typed", "number"),
    [
        ("inn", "9912345672", "9912345672"),
        ("inn", " 9912 345 672 ", "9912345672"),
        ("inn", "991234567818", "991234567818"),
        ("kpp", "990101001", "990101001"),
        ("kpp", "9901az001", "9901AZ001"),
        ("ogrn", "1299900001235", "1299900001235"),
        ("ogrn", "329990000123453", "329990000123453"),
        ("bik", "049900001", "049900001"),
        ("account", "40702 810 9 0000 0000001", "40702810900000000001"),
    ],
)
def test_a_right_number_is_taken_without_its_spaces(rule: str, typed: str, number: str) -> None:
    assert CHECKS[rule](typed) == number


@pytest.mark.parametrize(
    ("rule", "typed", "sentence"),
    [
        ("inn", "9912345673", "check digit"),
        ("inn", "991234567819", "check digit"),
        ("inn", "991234567828", "check digit"),
        ("inn", "991234567800", "check digit"),  # only the first of the two is wrong
        ("inn", "991234567", "10 digits"),
        ("inn", "0000000000", "10 digits"),
        ("inn", "99123456９2", "10 digits"),
        ("kpp", "99010100", "9 digits"),
        ("kpp", "99A101001", "9 digits"),
        ("ogrn", "1299900001236", "check digit"),
        ("ogrn", "329990000123454", "check digit"),
        ("ogrn", "129990000123", "13 digits"),
        ("bik", "04990000", "9 digits"),
        ("account", "4070281090000000000", "20 digits"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(rule: str, typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        CHECKS[rule](typed)


@given(st.sampled_from(["9912345672", "991234567818"]), st.data())
def test_one_digit_mistyped_in_an_inn_never_passes(inn: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(inn) - 1))
    digit = data.draw(st.sampled_from("0123456789".replace(inn[place], "")))
    wrong = inn[:place] + digit + inn[place + 1 :]
    # The remainder 10 is written as 0, so a few slips stay unseen by design of the rule.
    try:
        CHECKS["inn"](wrong)
    except Refusal:
        return
    assert _remainder_of_ten(wrong), wrong


def _remainder_of_ten(inn: str) -> bool:
    weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
    sums = [
        sum(w * int(d) for w, d in zip(weights[-n:], inn, strict=False)) % 11
        for n in ((9,) if len(inn) == 10 else (10, 11))
    ]
    return 10 in sums
