from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import using_language
from dossier_app.domain.overview import Overview
from dossier_app.printing.brief import print_brief
from dossier_app.printing.dossier import print_dossier
from dossier_app.printing.options import Paper, PrintOptions

TODAY = date(2026, 11, 24)
MM = 72 / 25.4
NUMBER = r"(-?[\d.]+)"


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("letter", (215.9, 279.4))])
def test_two_hole_marks_by_iso_838(
    overview: Overview, templates: Templates, paper: Paper, size: tuple[float, float]
) -> None:
    printed = print_brief(overview, PrintOptions(TODAY, paper), templates)
    page = _reader(printed.data).pages[0]
    assert (page.mediabox.width / MM, page.mediabox.height / MM) == pytest.approx(size, abs=0.01)

    contents = page.get_contents()
    assert contents is not None
    centres = sorted(_circles(contents.get_data().decode("latin-1")))
    middle = size[1] / 2
    assert centres == [
        pytest.approx((12, middle - 40), abs=0.01),
        pytest.approx((12, middle + 40), abs=0.01),
    ]


def _circles(stream: str) -> list[tuple[float, float]]:
    """Centres in millimetres of the curves that a page draws."""
    curve = rf"{NUMBER} {NUMBER} m ((?:(?:-?[\d.]+ ){{6}}c ?)+)"
    centres = []
    for found in re.finditer(curve, " ".join(stream.split())):
        numbers = [float(n) for n in found[3].replace("c", " ").split()]
        ends = [(float(found[1]), float(found[2]))]
        ends += [(numbers[n + 4], numbers[n + 5]) for n in range(0, len(numbers), 6)]
        xs, ys = zip(*ends, strict=True)
        centres.append(((min(xs) + max(xs)) / 2 / MM, (min(ys) + max(ys)) / 2 / MM))
    return centres


def _reader(data: bytes) -> Any:
    return PdfReader(io.BytesIO(data))


def test_properties_and_outline(
    overview: Overview, templates: Templates, outline: Callable[[bytes], list[str]]
) -> None:
    printed = print_dossier(overview.dossier, overview, PrintOptions(TODAY), templates)
    reader = _reader(printed.data)

    assert reader.metadata.title == "Dossier: Кузнецов Пётр Андреевич"
    assert str(reader.metadata.get("/CreationDate")).startswith("D:20261124")
    assert reader.root_object["/Lang"] == "en"
    assert len(reader.pages) == printed.pages
    titles = outline(printed.data)
    assert titles[0] == "Кузнецов Пётр Андреевич"
    assert {"People", "History", "Documents"} <= set(titles)


def test_a_long_print_opens_with_its_outline(
    overview: Overview, overfull: Overview, templates: Templates
) -> None:
    options = PrintOptions(TODAY)
    short = _reader(print_dossier(overview.dossier, overview, options, templates).data)
    long = _reader(print_dossier(overfull.dossier, overfull, options, templates).data)

    assert short.root_object["/PageMode"] == "/UseNone"
    assert long.root_object["/PageMode"] == "/UseOutlines"


def test_language_is_that_of_the_call(overview: Overview, templates: Templates) -> None:
    with using_language("ru"):
        printed = print_brief(overview, PrintOptions(TODAY), templates)
    reader = _reader(printed.data)

    assert reader.root_object["/Lang"] == "ru"
    assert "среда, 25 ноября 2026" in reader.pages[0].extract_text()


def test_same_dossier_same_day_same_bytes(
    usual: Callable[[], Overview], overfull: Overview, templates: Templates
) -> None:
    options = PrintOptions(TODAY)
    first = print_brief(usual(), options, templates)
    print_brief(overfull, options, templates)

    assert print_brief(usual(), options, templates).data == first.data
    assert print_brief(usual(), PrintOptions(date(2026, 11, 23)), templates).data != first.data


def test_a_viewer_copies_letters_signs_and_scripts(
    overview: Overview, templates: Templates, pdftotext: Callable[[bytes], str]
) -> None:
    dossier = overview.dossier
    dossier.note = "ё Ё № 5, 100 ₽\nשלום עולם\nمرحبا بكم\nनमस्ते"
    text = pdftotext(print_dossier(dossier, None, PrintOptions(TODAY), templates).data)

    for part in ("ё Ё № 5, 100 ₽", "שלום עולם", "مرحبا بكم", "Пётр Андреевич"):
        assert part in text


def test_user_text_is_never_markup(
    overview: Overview, templates: Templates, pages_text: Callable[[bytes], str], tmp_path: Path
) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"not a picture")
    typed = f'a <b & c</b> <img src="{picture}"/> <a href="file:///x">x</a> &amp; \x00 %s {{0}}'
    overview.dossier.note = typed
    data = print_dossier(overview.dossier, None, PrintOptions(TODAY), templates).data

    expected = typed.replace("\x00", "[U+0000]")
    assert expected.replace(" ", "") in pages_text(data).replace(" ", "")
    assert b"/URI" not in data
    assert b"/Annots" not in data


def test_files_are_sound(overfull: Overview, templates: Templates, tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    path = tmp_path / "print.pdf"
    path.write_bytes(print_dossier(overfull.dossier, overfull, PrintOptions(TODAY), templates).data)

    check = ["qpdf", "--check", str(path)]
    done = subprocess.run(check, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_the_package_loads_no_pdf_library() -> None:
    code = "import dossier_app.printing, sys; sys.exit('reportlab' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
