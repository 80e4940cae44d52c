"""Blank forms: room for each kind of answer, and nothing that tells what is collected."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import (
    Field,
    FieldType,
    Option,
    Scope,
    Template,
    Templates,
    Text,
)
from dossier_app.domain.language import using_language
from dossier_app.printing.blank import print_blank
from dossier_app.printing.options import Paper, PrintOptions

TODAY = date(2026, 11, 25)
DISCREET = PrintOptions(TODAY)
PRIVATE = PrintOptions(TODAY, private=True)
FORMS = sorted((Path(__file__).parents[2] / "forms").glob("*.toml"))
Reader = Callable[[bytes], str]


def question(type_: FieldType, label: str = "Question", **more: object) -> Field:
    return Field("key", type_, Text(en=label), **more)  # type: ignore[arg-type]


def form(*fields: Field, scope: Scope = Scope.DOSSIER) -> Template:
    return Template("form", Text(en="Form"), scope, 1, fields, {})


def shapes(data: bytes) -> tuple[int, int]:
    """How many lines to write on, and how many boxes and circles, stand above the notes."""
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    place = text.search("NOTES").get_next()
    assert place is not None
    notes = text.get_charbox(place[0])[3]
    lines = boxes = 0
    for item in page.get_objects():
        left, bottom, right, top = item.get_bounds()
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and bottom > notes and left > 60:
            lines += right - left > 30 and top - bottom < 2
            boxes += 5 < right - left < 20 and 5 < top - bottom < 20
    return lines, boxes


YES = Option("y", Text(en="Delivered"))
NO = Option("n", Text(en="Taken away by the client himself"))
PARTS = (question(FieldType.TEXT, "Item"), question(FieldType.DATE, "Until"))


@pytest.mark.parametrize(
    ("field", "lines", "boxes"),
    [
        (question(FieldType.TEXT), 1, 0),
        (question(FieldType.EMAIL), 1, 0),
        (question(FieldType.NAME), 1, 0),
        (question(FieldType.PERSON), 1, 0),
        (question(FieldType.PHONE), 1, 0),
        (question(FieldType.PHONES), 3, 0),
        (question(FieldType.ADDRESS), 2, 0),
        (question(FieldType.LONG_TEXT), 4, 0),
        (question(FieldType.NUMBER), 1, 0),
        (question(FieldType.MONEY), 1, 0),
        (question(FieldType.DATE), 0, 8),
        (question(FieldType.PARTIAL_DATE), 0, 8),
        (question(FieldType.TIME), 0, 4),
        (question(FieldType.YES_NO), 0, 2),
        (question(FieldType.CHOICE, options=(YES, NO)), 0, 2),
        (question(FieldType.MULTI_CHOICE, options=(YES,) * 9), 0, 9),
        (question(FieldType.SCALE), 1, 5),
        (question(FieldType.SCALE, scale=(0, 10)), 1, 11),
        (question(FieldType.LIST), 2, 0),
        (question(FieldType.LIST, parts=PARTS), 3 * 2, 0),
        (question(FieldType.TABLE, parts=PARTS), 5 * 2, 0),
        (question(FieldType.PARTS, parts=PARTS), 1, 8),
    ],
)
def test_each_kind_of_answer_has_its_room(field: Field, lines: int, boxes: int) -> None:
    before = shapes(print_blank(form(), DISCREET).data)
    with_field = shapes(print_blank(form(field), DISCREET).data)

    assert (with_field[0] - before[0], with_field[1] - before[1]) == (lines, boxes)


def test_the_head_tells_the_form_and_asks_for_whom_it_is(pages_text: Reader) -> None:
    text = pages_text(print_blank(form(), DISCREET).data)
    assert text == "Form Client Date NOTES Form 1 of 1"
    assert "Person" not in text
    assert "Client Date Person" in pages_text(print_blank(form(scope=Scope.PERSON), DISCREET).data)


def test_choices_columns_and_parts_are_named(pages_text: Reader) -> None:
    fields = (
        question(FieldType.CHOICE, options=(YES, NO)),
        question(FieldType.TABLE, parts=PARTS),
        question(FieldType.SCALE),
        question(FieldType.YES_NO),
    )
    text = pages_text(print_blank(form(*fields), DISCREET).data)
    for part in ("Delivered", "Taken away by the client himself", "Item", "Until", "yes", "no"):
        assert part in text
    assert "1 2 3 4 5" in text


def test_nothing_private_is_asked_unless_wanted(templates: Templates, everything: Reader) -> None:
    card = templates["relationship_card"]
    discreet = everything(print_blank(card, DISCREET).data)
    private = everything(print_blank(card, PRIVATE).data)

    for field in card.fields:
        words = " ".join(str(field.label).split()[:2])
        assert (words in discreet) == (not field.private or words == "Phones: home,")
        assert words in private
    assert "Contains private facts" in private
    assert "Contains private facts" not in discreet


def test_numbers_have_no_gap_that_tells_of_what_is_left_out(
    templates: Templates, pages_text: Reader
) -> None:
    card = templates["relationship_card"]
    assert "31 How emotional" in pages_text(print_blank(card, PRIVATE).data)
    discreet = pages_text(print_blank(card, DISCREET).data)
    numbers = {str(field.number) for field in card.fields if not field.private} - {"1", "2"}
    assert not numbers & set(discreet.split())


def test_retired_questions_are_not_asked(pages_text: Reader) -> None:
    fields = (question(FieldType.TEXT, "Kept", number=1),)
    fields += (question(FieldType.TEXT, "Dropped", number=2, retired=True),)
    text = pages_text(print_blank(form(*fields), DISCREET).data)
    assert "1 Kept" in text
    assert "Dropped" not in text


def test_a_help_stands_only_where_there_is_room_for_it(pages_text: Reader) -> None:
    told = Text(en="As it stands in the contract.")
    short = pages_text(print_blank(form(question(FieldType.TEXT, help=told)), DISCREET).data)
    long = pages_text(print_blank(form(question(FieldType.LONG_TEXT, help=told)), DISCREET).data)
    assert "contract" not in short
    assert "contract" in long


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_form_of_the_program_prints_whole(
    language: str, paper: Paper, tmp_path: Path, pages_text: Reader
) -> None:
    for path in FORMS:
        template = load_template(path.read_text(encoding="utf-8"), path.stem)
        with using_language(language):
            printed = print_blank(template, replace(PRIVATE, paper=paper))
            text = re.sub("[ -]", "", pages_text(printed.data))
            assert printed.pages <= 4
            for field in template.fields:
                assert re.sub("[ -]", "", str(field.label)) in text
        file = tmp_path / f"{path.stem}.pdf"
        file.write_bytes(printed.data)
    if shutil.which("qpdf"):
        for file in tmp_path.glob("*.pdf"):
            check = ["qpdf", "--check", str(file)]
            done = subprocess.run(check, check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr


def test_a_form_without_measure_does_not_stop_the_printer(pages_text: Reader) -> None:
    endless = "Very long question " * 200
    many = tuple(question(FieldType.TEXT, f"Part {number} {endless[:200]}") for number in range(60))
    fields = (
        question(FieldType.TEXT, endless),
        question(FieldType.PARTS, parts=many),
        question(FieldType.TABLE, "T", parts=many[:20]),
        question(FieldType.CHOICE, options=(Option("o", Text(en=endless)),) * 30),
        question(FieldType.SCALE, scale=(0, 90)),
    )
    text = pages_text(print_blank(form(*fields), DISCREET).data)
    assert "Part 59" in text
