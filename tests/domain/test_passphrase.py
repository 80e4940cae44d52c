"""Passphrases that are told by phone."""

from __future__ import annotations

import re

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.passphrase import as_agreed, check_passphrase, propose_passphrase


def test_a_proposed_passphrase_is_five_groups_of_digits() -> None:
    made = {propose_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"\d{4}( \d{4}){4}", one) for one in made)


@pytest.mark.parametrize(
    "typed",
    [
        "4821 0937 5516 2204 7730",
        "48210937551622047730",
        " 4821-0937-5516-2204-7730 ",
        "4821  0937 5516 2204 7730",
    ],
)
def test_digits_count_however_they_were_typed(typed: str) -> None:
    assert as_agreed(typed) == "4821 0937 5516 2204 7730"


def test_other_digits_are_left_alone() -> None:
    assert as_agreed("8 926 123-45-67") == "8 926 123-45-67"


@pytest.mark.parametrize("typed", ["", "1234", "кот и пёс", " . . . . . . . . . . "])
def test_a_short_passphrase_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="at least 10"):
        check_passphrase(typed)


def test_a_long_passphrase_is_taken() -> None:
    check_passphrase("правый берег")
    check_passphrase(propose_passphrase())


def test_words_are_taken_as_they_are() -> None:
    assert as_agreed("правый  берег 5 лодка") == "правый  берег 5 лодка"
    assert as_agreed("\u0438\u0306од") == as_agreed("\u0439од"), "both forms of the letter"
    assert as_agreed("") == ""
