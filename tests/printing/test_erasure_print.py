"""The protocol of an erasure: what was removed, in figures under each other, and a line to sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2

from dossier_app.domain.language import using_language
from dossier_app.printing.erasure import print_erasure
from dossier_app.printing.options import PrintOptions
from dossier_app.printing.style import MM, SHEETS

from .materials import Material, erasure
from .overfull import Amount

OPTIONS = PrintOptions(date(2026, 11, 25))
ERASURE = erasure(Material(Amount.USUAL))


def test_it_says_what_was_removed_in_both_languages(pages_text: Callable[[bytes], str]) -> None:
    english = pages_text(print_erasure(ERASURE, OPTIONS).data)
    assert "On 25 November 2026 at 12:00 all that was kept about" in english
    assert "Documents (4.8 MB) 2" in english
    with using_language("ru"):
        russian = pages_text(print_erasure(ERASURE, OPTIONS).data)
    assert "25 ноября 2026 в 12:00 из папки удалено всё" in russian
    assert "Документы (4,8 МБ) 2" in russian


def test_figures_stand_under_each_other_and_there_is_a_line_to_sign() -> None:
    page = pypdfium2.PdfDocument(print_erasure(ERASURE, OPTIONS).data)[0]
    text, sheet = page.get_textpage(), SHEETS["a4"]
    end = sheet.width - sheet.right
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    figures = [box for box in boxes if text.get_text_bounded(*box) in ("3", "10", "300", "80")]
    assert len(figures) == 4
    assert all(end - 1.5 < box[2] < end + 0.5 for box in figures)

    signature = next(box for box in boxes if text.get_text_bounded(*box) == "Signature")
    above = min(box[1] for box in boxes if box[1] > signature[3])
    line = next(
        bounds
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
        if abs((bounds := item.get_bounds())[1] - signature[1]) < 4
    )
    assert line[2] - line[0] > 100 * MM
    assert above - line[1] > 8 * MM  # room for a name


def test_who_removed_it_can_be_written_in_by_hand() -> None:
    def lines(author: str) -> int:
        made = print_erasure(replace(ERASURE, author=author), OPTIONS)
        items = pypdfium2.PdfDocument(made.data)[0].get_objects()
        return sum(item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH for item in items)

    assert lines("") == lines("Седова") + 1
