"""The list of a month's occasions on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.occasions import OccasionAhead, OccasionLine
from dossier_app.domain.place import Month
from dossier_app.printing.occasions import print_month
from dossier_app.printing.options import PrintOptions

TODAY = date(2026, 11, 25)
DECEMBER = Month(2026, 12)
DISCREET = PrintOptions(TODAY)
PRIVATE = PrintOptions(TODAY, private=True)
Reader = Callable[[bytes], str]
LINES = [
    OccasionLine(OccasionAhead(date(2026, 12, 1), "Ромашкина Анна", "birthday, 50 years"),
                 "ООО «Ромашка»", "+7 900 000-00-01"),
    OccasionLine(OccasionAhead(date(2026, 12, 1), "завод «Прогресс»", "company anniversary")),
    OccasionLine(OccasionAhead(date(2026, 12, 7), "SECRET", "birthday", private=True)),
]  # fmt: skip


def test_the_list_is_by_day_with_company_and_phone(pages_text: Reader) -> None:
    printed = print_month(DECEMBER, LINES, DISCREET)
    text = pages_text(printed.data)
    assert printed.pages == 1
    for part in (
        "Occasions December 2026: 2 occasions",
        "1 December Tuesday Ромашкина Анна birthday, 50 years ООО «Ромашка» +7 900 000-00-01",
        "1 December завод «Прогресс» company anniversary",
        "1 of 1",
    ):
        assert part in text
    assert text.count("1 December") == 2, "the day stands in each row, the weekday once"
    assert text.count("Tuesday") == 1


def test_private_occasions_are_printed_only_when_ticked(everything: Reader) -> None:
    discreet = everything(print_month(DECEMBER, LINES, DISCREET).data)
    assert "SECRET" not in discreet
    assert "private" not in discreet.lower()
    private = everything(print_month(DECEMBER, LINES, PRIVATE).data)
    assert "SECRET" in private
    assert "Contains private facts" in private


@pytest.mark.parametrize("lines", [[], LINES[2:]])
def test_without_occasions_there_is_nothing_to_print(lines: list[OccasionLine]) -> None:
    with pytest.raises(Refusal, match="No occasions are known in December 2026"):
        print_month(DECEMBER, lines, DISCREET)


def test_any_number_and_any_text_is_printed(pages_text: Reader) -> None:
    evil = '<b>&amp;" <img src="http://example.com/x.png"> ' + "Ж" * 500
    lines = [
        OccasionLine(OccasionAhead(date(2026, 12, 1 + n % 31), f"{n} {evil}", evil), evil, evil)
        for n in range(200)
    ]
    printed = print_month(DECEMBER, lines, DISCREET)
    assert printed.pages > 3
    assert '199 <b>&amp;" <img src="http://example.com/x.png">' in pages_text(printed.data)
