"""The binder kit: numbers as large as the page allows, in the middle of what is seen."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from dossier_app.domain.language import using_language
from dossier_app.printing.kit import print_kit
from dossier_app.printing.options import KitPart, Paper, PrintOptions

TODAY = date(2026, 11, 25)
DAYS = [date(2026, 11, 25), date(2026, 12, 1), date(2027, 1, 11)]
SIZES: list[tuple[Paper, float, float]] = [("a4", 210, 297), ("letter", 215.9, 279.4)]
PUNCHED, EDGE = 24.5, 8.0  # mm: the punching margin, and what stays free around a number
BESIDE = 46  # mm above and below the number of a dated divider
MEASURED = 0.3  # mm: how finely the pixels tell

MM = 72 / 25.4
PER_MM = 5  # pixels
_BLACK = 110  # the marks of the holes and of the cutting edges are lighter than ink


@dataclass(frozen=True)
class Ink:
    """The smallest rectangle that holds all ink of a part of a page, in millimetres from
    the lower left corner of the paper."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def size(self) -> tuple[float, float]:
        return self.right - self.left, self.top - self.bottom


def inks(
    data: bytes,
    first: int = 0,
    last: int | None = None,
    *,
    part: tuple[float, float] = (0, 1),
    across: tuple[float, float] = (0, 1),
) -> Iterator[Ink]:
    """The ink of each of the pages; ``part`` is which of the height counts, from above, and
    ``across`` which of the width."""
    document = pypdfium2.PdfDocument(data)
    for number in range(first, len(document) if last is None else last):
        page = document[number]
        image = page.render(scale=PER_MM / MM, grayscale=True).to_pil()
        width, height = image.size
        upper, lower = round(height * part[0]), round(height * part[1])
        start, end = round(width * across[0]), round(width * across[1])
        dark = image.crop((start, upper, end, lower)).point(lambda value: 255 * (value < _BLACK))
        box = dark.getbbox()
        assert box is not None, f"page {number + 1} is empty"
        left, top, right, bottom = box
        yield Ink(
            (start + left) / PER_MM,
            (height - upper - bottom) / PER_MM,
            (start + right) / PER_MM,
            (height - upper - top) / PER_MM,
        )


def circles(data: bytes, number: int) -> list[tuple[float, float, float]]:
    """Middle and width of the curved outlines of a page, from below: the marks of holes."""
    found = []
    for item in pypdfium2.PdfDocument(data)[number].get_objects():
        left, bottom, right, top = (edge / MM for edge in item.get_bounds())
        is_round = abs((right - left) - (top - bottom)) < 0.05
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and is_round and 5.5 < right - left < 6.6:
            found.append(((left + right) / 2, (bottom + top) / 2, right - left))
    return sorted(found, key=lambda circle: circle[1])


@pytest.mark.parametrize(("paper", "width", "height"), SIZES)
def test_numbers_fill_the_visible_part_and_stand_in_its_middle(
    paper: Paper, width: float, height: float
) -> None:
    data = print_kit([KitPart.NUMBERS], [], PrintOptions(TODAY, paper)).data
    found = list(inks(data))

    assert len(found) == 31
    room = (width - PUNCHED - 2 * EDGE, height - 2 * EDGE)
    for ink in found:
        middle = (PUNCHED + width) / 2, height / 2
        assert ink.middle == pytest.approx(middle, abs=MEASURED)
        filled = [used - free for used, free in zip(ink.size, room, strict=True)]
        # As large as possible: it touches the free space in one direction, and nowhere
        # goes beyond it.
        assert max(filled) == pytest.approx(0, abs=2 * MEASURED)


@pytest.mark.parametrize(("paper", "height"), [("a4", 297), ("letter", 279.4)])
def test_every_divider_has_two_hole_marks_by_iso_838(paper: Paper, height: float) -> None:
    parts = [KitPart.NUMBERS, KitPart.MONTHS, KitPart.DATES, KitPart.CARDS]
    printed = print_kit(parts, DAYS, PrintOptions(TODAY, paper))

    for number in range(printed.pages):
        below, above = circles(printed.data, number)
        assert below[:2] == pytest.approx((12, height / 2 - 40), abs=0.01)
        assert above[:2] == pytest.approx((12, height / 2 + 40), abs=0.01)
        # 6 mm wide, and half of the line on each side.
        assert below[2] == pytest.approx(6, abs=0.4)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("paper", "width", "height"), SIZES)
def test_names_of_months_have_one_size_and_one_height(
    paper: Paper,
    width: float,
    height: float,
    language: str,
    outline: Callable[[bytes], list[str]],
) -> None:
    with using_language(language):
        data = print_kit([KitPart.MONTHS], [], PrintOptions(TODAY, paper)).data
    months = list(inks(data))

    assert len(months) == 12
    for ink in months:
        assert ink.middle[0] == pytest.approx((PUNCHED + width) / 2, abs=MEASURED)
        assert ink.size[0] <= width - PUNCHED - 2 * EDGE + MEASURED
    widest = max(ink.size[0] for ink in months)
    assert widest == pytest.approx(width - PUNCHED - 2 * EDGE, abs=2 * MEASURED)
    # The capital letter of May, which has nothing above or below it, is in the middle.
    (capital,) = inks(data, 4, 5, across=(0, (months[4].left + 8) / width))
    assert capital.middle[1] == pytest.approx(height / 2, abs=MEASURED)
    titles = outline(data)[1:]
    assert titles[:2] == (["Январь", "Февраль"] if language == "ru" else ["January", "February"])


def test_names_stand_on_one_line_whatever_hangs_below_it() -> None:
    months = list(inks(print_kit([KitPart.MONTHS], [], PrintOptions(TODAY)).data))
    march, october, may = months[2], months[9], months[4]

    assert march.bottom == pytest.approx(october.bottom, abs=1)  # round letters reach below
    assert may.bottom < march.bottom - 4


def test_dated_dividers_tell_the_whole_date(pages_text: Callable[[bytes], str]) -> None:
    with using_language("ru"):
        data = print_kit([KitPart.DATES], DAYS, PrintOptions(TODAY)).data
    assert pages_text(data) == (
        "25 Среда Ноябрь 2026 1 Вторник Декабрь 2026 11 Понедельник Январь 2027"
    )


@pytest.mark.parametrize(("paper", "width", "height"), SIZES)
def test_dated_dividers_have_all_in_the_middle(paper: Paper, width: float, height: float) -> None:
    days = [date(2026, 12, day) for day in range(1, 32)]
    data = print_kit([KitPart.DATES], days, PrintOptions(TODAY, paper)).data
    middle = (PUNCHED + width) / 2, height / 2
    room = width - PUNCHED - 2 * EDGE, height - 2 * EDGE - 2 * BESIDE

    numbers, names, months = (
        list(inks(data, part=part)) for part in ((0.17, 0.83), (0, 0.17), (0.83, 1))
    )
    assert len(numbers) == 31
    for number, name, month in zip(numbers, names, months, strict=True):
        assert number.middle == pytest.approx(middle, abs=MEASURED)
        filled = [used - free for used, free in zip(number.size, room, strict=True)]
        assert max(filled) == pytest.approx(0, abs=2 * MEASURED)
        assert name.middle[0] == pytest.approx(middle[0], abs=MEASURED)
        assert month.middle[0] == pytest.approx(middle[0], abs=MEASURED)


@pytest.mark.parametrize(("paper", "width", "height"), SIZES)
def test_what_stands_on_a_label_is_in_the_middle_of_it(
    paper: Paper, width: float, height: float
) -> None:
    data = print_kit([KitPart.SPINE], [], PrintOptions(TODAY, paper), owner="Седова").data
    labels = [spine - 12 for spine in (50, 75)]
    between = (width - sum(labels)) / 3
    left = between
    for label in labels:
        across = (left + 0.5) / width, (left + label - 0.5) / width
        top = (height - 190) / 2
        for upper, lower in ((1, 35), (37, 161), (163, 182)):  # numbers, title, year
            part = (top + upper) / height, (top + lower) / height
            (ink,) = inks(data, part=part, across=across)
            assert ink.middle[0] == pytest.approx(left + label / 2, abs=0.5)
            assert ink.size[0] <= label - 8 + MEASURED
        left += label + between


def test_spine_labels_are_narrower_than_their_spines_and_marked_for_cutting() -> None:
    data = print_kit([KitPart.SPINE], [], PrintOptions(TODAY), owner="Седова Ольга").data
    lines = [
        [edge / MM for edge in item.get_bounds()]
        for item in pypdfium2.PdfDocument(data)[0].get_objects()
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    ]
    upright = sorted({round((x1 + x2) / 2, 1) for x1, y1, x2, y2 in lines if y2 - y1 > 3})
    level = sorted({round((y1 + y2) / 2, 1) for x1, y1, x2, y2 in lines if 3 < x2 - x1 < 6})

    assert len(upright) == 4
    assert upright[1] - upright[0] == pytest.approx(50 - 12, abs=0.1)
    assert upright[3] - upright[2] == pytest.approx(75 - 12, abs=0.1)
    assert level[-1] - level[0] == pytest.approx(190, abs=0.1)
    assert circles(data, 0) == []  # a label is cut out, not punched


def test_the_label_has_the_name_of_its_owner(pages_text: Callable[[bytes], str]) -> None:
    options = PrintOptions(TODAY)
    named = pages_text(print_kit([KitPart.SPINE], [], options, owner="Седова Ольга").data)
    assert named.count("Седова Ольга") == 2
    assert named.count("2026") == 2
    assert "for a spine of 50 mm" in named
    long = pages_text(print_kit([KitPart.SPINE], [], options, owner="Ж" * 200).data)
    assert "…" in long


def test_a_card_has_lines_for_the_client_and_a_log(pages_text: Callable[[bytes], str]) -> None:
    printed = print_kit([KitPart.CARDS], [], PrintOptions(TODAY))
    assert printed.pages == 2
    text = pages_text(printed.data)
    for part in ("Client card", "Company", "Phone", "What was said and agreed", "Next date"):
        assert part in text


def test_only_the_parts_that_were_chosen(outline: Callable[[bytes], list[str]]) -> None:
    printed = print_kit([KitPart.SPINE, KitPart.NUMBERS], [], PrintOptions(TODAY))
    titles = outline(printed.data)
    assert titles == ["Dividers 1 to 31", *map(str, range(1, 32)), "Spine label"]
    assert printed.pages == 32


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_whole_kit_is_a_sound_file(paper: Paper, tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    printed = print_kit(list(KitPart), DAYS, PrintOptions(TODAY, paper))
    path = tmp_path / "kit.pdf"
    path.write_bytes(printed.data)
    assert printed.pages == 31 + 12 + 3 + 1 + 2

    check = ["qpdf", "--check", str(path)]
    done = subprocess.run(check, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
