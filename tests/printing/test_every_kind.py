"""Whatever is printed, on any paper, in any language and amount: nothing is lost, nothing
stands outside its place, and the file is sound."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from dossier_app.domain.language import tr, using_language
from dossier_app.printing.fonts import Face, family
from dossier_app.printing.options import Paper, Printed, PrintOptions
from dossier_app.printing.style import MM, SHEETS, Sheet

from .conftest import flat, read
from .kinds import kinds, print_functions
from .materials import Material
from .overfull import ENDLESS, TODAY, Amount, all_templates

KINDS = kinds(all_templates(Amount.SPARSE))
FREE_EDGE = 4.2 * MM  # what printers cannot reach; the lowest line of any page is above it
UNPUNCHED = ("letter", "kit")  # their pages keep to the paper, not to head and footer
# Whole dossiers in a row: far too much of them is left to `tests.benchmarks`.
LONG = ("dossiers", "pack of dossiers", "binder")


@dataclass(frozen=True)
class Piece:
    """A piece of a line with its edges in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def test_no_kind_is_forgotten() -> None:
    assert {kind.function for kind in KINDS.values()} == print_functions()


@pytest.mark.parametrize("amount", [Amount.SPARSE, Amount.USUAL])
@pytest.mark.parametrize(("language", "paper"), [("ru", "a4"), ("en", "letter")])
@pytest.mark.parametrize("name", KINDS)
def test_it_holds(name: str, language: str, paper: Paper, amount: Amount, tmp_path: Path) -> None:
    check(name, language, paper, amount, tmp_path)


@pytest.mark.parametrize("name", [name for name in KINDS if name not in LONG])
def test_it_holds_far_too_much(name: str, tmp_path: Path) -> None:
    odd = len(name) % 2
    check(name, ("ru", "en")[odd], ("letter", "a4")[odd], Amount.OVERFULL, tmp_path)


def check(name: str, language: str, paper: Paper, amount: Amount, folder: Path) -> None:
    """Draw one print and look at all that can be measured of it."""
    kind, options = KINDS[name], PrintOptions(TODAY, paper, private=True)
    with using_language(language):
        printed = kind.draw(material(amount), options)
        assert kind.draw(material(amount), options).data == printed.data, "not the same bytes"
        pages = list(pieces_of(printed))
        check_places(pages, SHEETS[paper], name)
        check_properties(printed, name, language, SHEETS[paper])
        check_texts(printed, kind.told(material(amount)), SHEETS[paper])
    check_file(printed, folder)


@cache
def material(amount: Amount) -> Material:
    return Material(amount)


def pieces_of(printed: Printed) -> Iterator[list[Piece]]:
    """The texts of each page, in the order in which they were drawn."""
    document = pypdfium2.PdfDocument(printed.data)
    for page in document:
        text = page.get_textpage()
        boxes = (text.get_rect(number) for number in range(text.count_rects()))
        yield [Piece(text.get_text_bounded(*box), *box) for box in boxes]


def check_places(pages: list[list[Piece]], sheet: Sheet, name: str) -> None:
    """All texts stand on the paper, none over the punching margin or over another one."""
    left = FREE_EDGE if name == "kit" else sheet.left
    for number, pieces in enumerate(pages, 1):
        assert pieces, f"page {number} is empty"
        for piece in pieces:
            assert piece.left > left - 1, (number, piece)
            assert piece.right < sheet.width - FREE_EDGE, (number, piece)
            assert piece.bottom > FREE_EDGE, (number, piece)
            assert piece.top < sheet.height - FREE_EDGE, (number, piece)
        for one, other in overlapping(pieces):
            pytest.fail(f"on page {number} {one} and {other} stand on each other")


def overlapping(pieces: list[Piece]) -> Iterator[tuple[Piece, Piece]]:
    ordered = sorted(pieces, key=lambda piece: piece.bottom)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.bottom > one.top:
                break
            high = min(one.top, other.top) - other.bottom
            wide = min(one.right, other.right) - max(one.left, other.left)
            if high > 1.5 and wide > 1.5:
                yield one, other


def check_properties(printed: Printed, name: str, language: str, sheet: Sheet) -> None:
    """Page numbers, outline, title, language, size of the paper."""
    reader = read(printed.data)
    assert len(reader.pages) == printed.pages
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.root_object["/Lang"] == language
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    texts = [page.get_textpage() for page in pypdfium2.PdfDocument(printed.data)]
    for number, (page, text) in enumerate(zip(reader.pages, texts, strict=True), 1):
        size = (page.mediabox.width, page.mediabox.height)
        assert size == pytest.approx((sheet.width, sheet.height), abs=0.01)
        if name not in UNPUNCHED:
            said = tr("{number} of {total}", number=number, total=printed.pages)
            assert said in text.get_text_bounded(bottom=0, top=sheet.bottom)
    entries = list(flat(reader.outline))
    assert all(str(entry.title).strip() for entry in entries)
    leads_to = [reader.get_destination_page_number(entry) for entry in entries]
    assert leads_to == sorted(leads_to)
    assert entries


def check_texts(printed: Printed, told: Iterable[str], sheet: Sheet) -> None:
    """Every text that belongs on the paper is read back, each word whole."""
    # Between head and footer, so that a word that goes over to the next page stays one.
    frame = (0, sheet.bottom - 4, sheet.width, sheet.height - sheet.top)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(printed.data)]
    content = squashed("".join(page.get_text_bounded(*frame) for page in pages))
    around = squashed("".join(page.get_text_bounded() for page in pages))
    printable = family(Face.REGULAR).printable
    lines = (printable(line) for text in told for line in text.splitlines())
    words = Counter(word for line in lines for word in re.split(r"\s+", line))
    for word in words:
        part = squashed(word.strip(ENDLESS))
        assert part in content or part in around or part[::-1] in content, word
    endless = sum(word.count(ENDLESS) * times for word, times in words.items())
    assert content.count(ENDLESS.lower()) >= endless


def squashed(text: str) -> str:
    """Without spaces and hyphens, which come and go where lines are broken, and without the
    brackets of marks, which readers of the file put elsewhere beside what is written from
    right to left; in small letters, as headings may be set in capitals."""
    return re.sub(r"[\s\u00ad\ufffe\x02\[\]-]", "", text).lower()


def check_file(printed: Printed, folder: Path) -> None:
    if not shutil.which("qpdf"):
        return
    path = folder / "print.pdf"
    path.write_bytes(printed.data)
    done = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
