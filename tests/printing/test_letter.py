"""The letter on paper."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from dossier_app.domain.language import using_language
from dossier_app.domain.letters import Letter
from dossier_app.printing.letter import print_letter
from dossier_app.printing.options import PrintOptions
from tests.conftest import TODAY

OPTIONS = PrintOptions(TODAY)


def read(letter: Letter) -> list[str]:
    return [
        page.extract_text()
        for page in PdfReader(io.BytesIO(print_letter(letter, OPTIONS).data)).pages
    ]


def test_it_is_a_plain_letter_in_its_language() -> None:
    letter = Letter(
        "", "Петрова Анна", "Итоги встречи", "Здравствуйте!\n\nМы договорились:\n— раз\n— два"
    )
    with using_language("ru"):
        (text,) = read(letter)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines == ["Петрова Анна", "25 ноября 2026", "Итоги встречи", "Здравствуйте!",
                     "Мы договорились:", "— раз", "— два"]  # fmt: skip


@pytest.mark.parametrize("body", ["", "x" * 5000, "слово " * 3000, "\n\n\n", "🎂 שלום\x00"])
def test_any_text_can_be_printed(body: str) -> None:
    assert read(Letter("", "", "", body))
