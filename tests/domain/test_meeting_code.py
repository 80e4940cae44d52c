"""The code on a brief: the same for ever, and read however it is typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.keyboard import other_layout
from dossier_app.domain.meeting_code import (
    LETTERS,
    meeting_code,
    read_meeting_code,
    uids_with_code,
)

CYRILLIC = str.maketrans("ABCKMPTXY", "АВСКМРТХУ")
codes = st.builds(
    "{}{}-{:02d}".format, st.sampled_from(LETTERS), st.integers(0, 9), st.integers(0, 99)
)


def test_codes_on_paper_stay_what_they_are() -> None:
    # Printed briefs lie about: a code must mean the same in every later version.
    assert meeting_code("6f9619ff-8b86-4d01-b42d-00cf4fc964ff") == "B8-60"
    assert meeting_code("") == "A0-00"


@given(st.text())
def test_every_dossier_has_a_code_that_finds_it(uid: str) -> None:
    code = meeting_code(uid)
    assert re.fullmatch(r"[ABCKMPTXY]\d-\d\d", code)
    assert read_meeting_code(code) == code
    assert uids_with_code(code, [uid, "another"])[0] == uid


@given(codes)
def test_a_code_is_read_in_either_alphabet_and_layout(code: str) -> None:
    cyrillic = code.translate(CYRILLIC)
    for typed in (code, cyrillic, other_layout(code), other_layout(cyrillic)):
        for written in (typed, typed.lower(), typed.replace("-", ""), typed.replace("-", " – ")):
            assert read_meeting_code(f" {written} ") == code


@pytest.mark.parametrize(
    "typed", ["", "K", "K7", "K7-4", "K7-421", "7-42", "KK7-42", "O7-42", "Я7-42", "K7-42 Ivanov"]
)
def test_other_texts_are_no_codes(typed: str) -> None:
    assert read_meeting_code(typed) == ""


@given(st.text())
def test_any_text_may_be_read(typed: str) -> None:
    code = read_meeting_code(typed)
    assert code == "" or code[0] in LETTERS


def test_codes_are_spread_evenly() -> None:
    found = {meeting_code(f"{number:08d}") for number in range(9000)}
    assert len(found) > 5000
