"""Where pages end: no line alone, no hole that could be filled; and room for a hand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from reportlab.platypus import Flowable, Spacer

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Field, FieldType, Scope, Template, Templates
from dossier_app.domain.forms.template import Text as Words
from dossier_app.domain.language import using_language
from dossier_app.domain.overview import Overview
from dossier_app.domain.records import Answer, FilledForm
from dossier_app.printing.blank import print_blank
from dossier_app.printing.blocks import Row, Text, timeline
from dossier_app.printing.brief import print_brief
from dossier_app.printing.form import print_form
from dossier_app.printing.kit import print_kit
from dossier_app.printing.options import KitPart, Paper, Printed, PrintOptions
from dossier_app.printing.page import build
from dossier_app.printing.style import MM, SHEETS
from dossier_app.printing.writing import Notes, RuledTable

from .materials import Material
from .overfull import Amount

OPTIONS = PrintOptions(date(2026, 11, 25))
SHEET = SHEETS["a4"]
FORMS = sorted((Path(__file__).parents[2] / "forms").glob("*.toml"))
LEAST_STEP = 8  # mm between lines to write on
_TO_WRITE_ON = range(135, 146)  # their grey, of 255


def printed(*story: Flowable) -> Printed:
    return build(story, OPTIONS, title="Test")


def lines_of(made: Printed, number: int) -> list[tuple[float, str]]:
    """The lines of a page between head and footer from above, each with its left end."""
    text = pypdfium2.PdfDocument(made.data)[number].get_textpage()
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    inside = [box for box in boxes if SHEET.bottom - 4 < box[1] < SHEET.height - SHEET.top]
    inside.sort(key=lambda box: -box[1])
    return [(box[0], text.get_text_bounded(*box)) for box in inside]


def rules(made: Printed, sheet_name: Paper = "a4") -> Iterator[list[tuple[float, float, float]]]:
    """The lines to write on of each page from above: left end, right end, height."""
    for page in pypdfium2.PdfDocument(made.data):
        found = []
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            is_rule = right - left > 30 and top - bottom < 2
            if is_rule and bottom > SHEETS[sheet_name].bottom - 4 and _grey(item) in _TO_WRITE_ON:
                found.append((left, right, (bottom + top) / 2))
        yield sorted(found, key=lambda rule: -rule[2])


def _grey(item: pypdfium2.PdfObject) -> int:
    parts = [ctypes.c_uint() for _ in range(4)]
    pypdfium2.raw.FPDFPageObj_GetStrokeColor(item.raw, *parts)
    return parts[0].value


def test_a_text_with_a_box_is_indented_on_every_page() -> None:
    made = printed(Text("слово " * 2200, tick="open"))

    assert made.pages > 2
    for number in range(made.pages):
        assert min(left for left, _ in lines_of(made, number)) > SHEET.left + 12


@pytest.mark.parametrize("room", range(40, 130, 6))
def test_no_line_of_a_row_goes_over_alone(room: int) -> None:
    texts = [Text(f"строка {number}") for number in range(7)]
    made = printed(Spacer(1, SHEET.text_height - room), timeline("25 ноября", texts))

    here = lines_of(made, 0) if room > 45 else []
    assert len(lines_of(made, made.pages - 1)) != 1
    assert made.pages == 1 or not here or len(here) >= 2


@pytest.mark.parametrize("room", range(30, 190, 10))
def test_an_empty_table_goes_over_with_its_head(room: int) -> None:
    table = RuledTable(["Что", "Когда"], [0, 80], 5)
    question = Text("Вопрос")
    question.keepWithNext = True
    made = printed(Spacer(1, SHEET.text_height - room), Row([[question, table]], [0]))
    rows = [len(found) // 2 for found in rules(made)]

    assert sum(rows) == 5
    assert 1 not in rows
    for number, count in enumerate(rows):
        said = [text for _, text in lines_of(made, number)]
        assert ("Когда" in said) == (count > 0)


def test_notes_fill_the_page_or_go() -> None:
    plenty = list(rules(printed(Notes("Записи", least=4))))
    assert len(plenty[0]) > 20

    little = Spacer(1, SHEET.text_height - 73)
    assert list(rules(printed(Text("а"), little, Notes("Записи", least=4)))) == [[]]
    over = list(rules(printed(Text("а"), little, Notes("Записи", least=4, must=True))))
    assert not over[0]
    assert len(over[1]) > 20


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_blank_form_takes_one_sheet(path: Path, paper: Paper, language: str) -> None:
    template = load_template(path.read_text(encoding="utf-8"), path.stem)
    with using_language(language):
        made = print_blank(template, PrintOptions(OPTIONS.today, paper, private=True))

    assert made.pages <= 2  # its two sides
    check_steps(list(rules(made, paper)))


def test_lines_of_briefs_and_cards_are_far_enough_apart(
    overview: Overview, templates: Templates
) -> None:
    check_steps([found[3:] for found in rules(print_brief(overview, OPTIONS, templates))])
    check_steps(list(rules(print_kit([KitPart.CARDS], [], OPTIONS))))


def test_a_goal_that_is_not_known_can_be_written_into_the_frame(
    overview: Overview, templates: Templates
) -> None:
    def first_rule(view: Overview) -> tuple[float, float, float]:
        (page,) = rules(print_brief(view, OPTIONS, templates))
        return page[0]

    assert first_rule(overview)[1] == pytest.approx(SHEET.width - SHEET.right, abs=1)
    overview.dossier.step, overview.dossier.forms = None, []
    left, right, height = first_rule(overview)
    assert SHEET.left + 10 < left < right < SHEET.width - SHEET.right - 10
    assert height > SHEET.height / 2


def test_the_first_of_two_pages_has_lines_where_there_is_room() -> None:
    material, counts = Material(Amount.USUAL), set()
    options = PrintOptions(OPTIONS.today, private=True)
    for number in range(4, 9):
        view = replace(material.known, others=material.known.others[:1] * number)
        first, *more = rules(print_brief(view, options, material.templates))
        counts.add(len(first) if more else 0)
    assert 3 in counts
    assert not counts & {1, 2}


def check_steps(pages: Sequence[Sequence[tuple[float, float, float]]]) -> None:
    assert any(pages)
    for page in pages:
        for place, (left, right, height) in enumerate(page):
            below = next((r for r in page[place + 1 :] if r[0] < right and left < r[1]), None)
            # Lines on one height belong to columns that do not overlap.
            if below is not None:
                assert (height - below[2]) / MM > LEAST_STEP - 0.05


def test_a_filled_form_comes_closer_where_that_saves_a_page(
    overview: Overview, templates: Templates
) -> None:
    """One row would stand alone on a second page."""
    fields = [Field(f"k{n}", FieldType.TEXT, Words(en=f"Question {n}")) for n in range(60)]
    template = Template("form", Words(en="Form"), Scope.DOSSIER, 1, tuple(fields), {})
    pages = []
    for count in range(30, 60):
        answers = {f"k{number}": Answer("yes") for number in range(count)}
        form = FilledForm("form", answers, OPTIONS.today)
        known = {**templates, "form": template}
        made = print_form(overview.dossier, None, form, OPTIONS, known)
        pages.append(len(lines_of(made, 1)) if made.pages == 2 else 0)
        assert made.pages <= 2

    first = next(on_second for on_second in pages if on_second)
    assert first >= 10  # two pieces of text a row
