"""Short texts set as one paragraph, and prints that are set as closely as they need."""

from __future__ import annotations

import pytest

from dossier_app.printing.fitting import fewest_pages, sentences
from dossier_app.printing.options import Printed


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Звонок.", "Согласовали осмотр", "Ждёт счёт"], "Звонок. Согласовали осмотр. Ждёт счёт."),
        (["Спросил цену", "смету к среде"], "Спросил цену; смету к среде."),
        (["Что дальше?", "", "  ещё\n раз "], "Что дальше? ещё раз."),
        (["Взять: ", "чертёж,", "замок"], "Взять: чертёж, замок."),
        (["завод «Прогресс»"], "завод «Прогресс»."),
        (["", " "], ""),
    ],
)
def test_each_text_is_closed(texts: list[str], said: str) -> None:
    assert sentences(*texts) == said


@pytest.mark.parametrize(
    ("pages", "made", "taken"),
    [([1, 1], 1, 0), ([2, 2], 2, 0), ([2, 1], 2, 1), ([3, 2, 2], 3, 1), ([2, 3], 2, 0)],
)
def test_a_closer_setting_is_taken_where_it_saves_a_page(
    pages: list[int], made: int, taken: int
) -> None:
    tried: list[int] = []

    def setting(number: int) -> Printed:
        tried.append(number)
        return Printed(bytes([number]), pages[number])

    best = fewest_pages(lambda number=number: setting(number) for number in range(len(pages)))
    assert best.data == bytes([taken])
    assert len(tried) == made
