"""A client with documents behind, and what can be seen of them on paper."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from dossier_app.domain.forms.template import Templates
from dossier_app.domain.overview import Overview
from dossier_app.domain.records import Document
from dossier_app.printing.appending import Appended
from dossier_app.printing.dossier import print_dossier
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.style import SHEETS

from .conftest import read

OPTIONS = PrintOptions(date(2026, 11, 25))
PER_POINT = 2  # pixels

Append = Callable[..., Printed]


def append_to(overview: Overview, templates: Templates) -> Append:
    """Prints a client with documents behind, given by name."""

    def made(contents: dict[str, bytes], options: PrintOptions = OPTIONS) -> Printed:
        dossier = overview.dossier
        dossier.documents = [
            Document(name, len(data), "0" * 64, date(2026, 11, 6), uid=f"document-{number}")
            for number, (name, data) in enumerate(contents.items())
        ]
        behind = [Appended(item.uid, item.name, contents[item.name]) for item in dossier.documents]
        return print_dossier(dossier, overview, options, templates, behind)

    return made


def behind(printed: Printed) -> list[str]:
    """The texts of the pages of documents; the first is called "document-under-test"."""
    texts = [" ".join(page.extract_text().split()) for page in read(printed.data).pages]
    return texts[first_of(texts) :]


def first_of(texts: list[str]) -> int:
    return next(
        number
        for number, text in enumerate(texts)
        if "document-under-test" in text and "SIZE ADDED" not in text
    )


def checked(data: bytes, folder: Path) -> None:
    """What qpdf has to say is nothing."""
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    path = folder / "checked.pdf"
    path.write_bytes(data)
    done = subprocess.run(["qpdf", "--check", path], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def plain(data: bytes, folder: Path) -> bytes:
    """The whole file unpacked."""
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    packed, unpacked = folder / "packed.pdf", folder / "unpacked.pdf"
    packed.write_bytes(data)
    subprocess.run(["qpdf", "--qdf", "--decode-level=generalized", packed, unpacked], check=True)
    return unpacked.read_bytes()


def drawn(printed: Printed, number: int = -1) -> Image.Image:
    """A page as PDFium draws it, in RGB."""
    document = pypdfium2.PdfDocument(printed.data)
    try:
        page = document[number % len(document)]
        return page.render(scale=PER_POINT).to_pil().convert("RGB")
    finally:
        document.close()


def red(image: Image.Image) -> tuple[int, int, int, int]:
    """Where the red corner of a photo is."""
    spots = Image.frombytes("L", image.size, bytes(
        255 if r > 200 and g < 90 and b < 90 else 0
        for r, g, b in image.get_flattened_data()
    ))  # fmt: skip
    box = spots.getbbox()
    assert box is not None
    return box


def drawing_of(printed: Printed, number: int) -> object:
    """The foreign drawing on a page of ours (of documents: from the first one on)."""
    pages = read(printed.data).pages
    if number >= 0:
        number += first_of([" ".join(page.extract_text().split()) for page in pages])
    forms = pages[number]["/Resources"]["/XObject"]
    return next(form.get_object() for name, form in forms.items() if "appended" in name)


def corner_of(image: Image.Image) -> tuple[int, int]:
    """Where the content of a document begins, in pixels."""
    sheet = SHEETS["a4"]
    return round(sheet.left * PER_POINT), round((sheet.top + 13.6 + 5.67) * PER_POINT)
