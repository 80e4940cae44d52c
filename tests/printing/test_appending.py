"""Documents behind a dossier: read and drawn, or a page that says why not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from dossier_app.domain.forms.template import Templates
from dossier_app.domain.overview import Overview
from dossier_app.domain.records import Document
from dossier_app.printing.appending import MOST_PAGES
from dossier_app.printing.dossier import print_dossier
from dossier_app.printing.pdfium import ONE_AT_A_TIME

from . import foreign_files as files
from .appended import (
    OPTIONS,
    Append,
    behind,
    checked,
    corner_of,
    drawing_of,
    drawn,
    plain,
)
from .conftest import read

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "pdf"


USUAL: dict[str, Callable[[], bytes]] = {
    "rotated by 90": lambda: files.rotated(90),
    "rotated by 180": lambda: files.rotated(180),
    "rotated by 270": lambda: files.rotated(270),
    "huge": lambda: files.pdf(2, (14_400, 20_000)),
    "tiny": lambda: files.pdf(2, (100, 120)),
    "a long receipt": lambda: files.pdf(2, (226, 5000)),
    "landscape": lambda: files.pdf(2, (841.89, 595.28)),
    "with an owner's password": lambda: files.changed(lambda w: w.encrypt("", "owner")),
    "harmful": files.harmful,
    "junk before it": lambda: b"\r\n\x00" * 20 + files.pdf(),
}


@pytest.mark.parametrize("kind", USUAL)
def test_pages_stand_on_ours_with_their_text(append: Append, kind: str, tmp_path: Path) -> None:
    printed = append({"document-under-test.pdf": USUAL[kind]()})
    texts = behind(printed)
    assert len(texts) == 2
    for number, text in enumerate(texts, 1):
        assert f"Foreign {number}" in text
        assert f"document-under-test.pdf page {number} of 2" in text.replace("  ", " ")
        assert "Dossier · 25 November 2026" in text
        assert "Кузнецов Пётр" in text
        assert f"{printed.pages - 2 + number} of {printed.pages}" in text
    checked(printed.data, tmp_path)


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (bytes, "The file is empty."),
    "a page of the web": (lambda: b"<html><body>404</body></html>", "neither a PDF file nor"),
    "encrypted": (lambda: files.changed(lambda w: w.encrypt("secret")), "asks for a password"),
    "not to be printed": (
        lambda: files.changed(lambda w: w.encrypt("", "owner", permissions_flag=-3904)),
        "does not allow it to be printed",
    ),
    "cut off": (lambda: files.pdf()[:200], "The file is damaged or has no pages."),
    "without pages": (lambda: files.raw_pdf("/Kids[]/Count 0"), "damaged or has no pages."),
    "another kind": (lambda: b"\0\0\0\x18ftypheic" + bytes(90), "neither a PDF file nor"),
    "half a picture": (lambda: files.jpeg()[:900], "The picture is damaged."),
    "hardly a picture": (lambda: b"GIF89a" + bytes(3), "picture"),
    "picture too large": (files.png_bomb, "60000 × 60000 dots"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_has_a_page_that_says_why(
    append: Append, kind: str, tmp_path: Path
) -> None:
    make, reason = UNREADABLE[kind]
    printed = append({"document-under-test.pdf": make(), "after.pdf": files.pdf(1, word="Next")})
    page, following = behind(printed)
    assert "document-under-test.pdf This document could not be printed." in page
    assert reason in page
    assert "Next 1" in following
    checked(printed.data, tmp_path)


def test_pages_that_lead_in_circles_come_to_an_end(append: Append, tmp_path: Path) -> None:
    back = "<</Type/Pages/Kids[2 0 R]/Count 1>>"
    circle = files.raw_pdf("/Kids[3 0 R 2 0 R 6 0 R]/Count 3", back)
    printed = append({"document-under-test.pdf": circle})
    assert 1 <= len(behind(printed)) <= 4
    checked(printed.data, tmp_path)


def test_pages_that_are_not_there_are_told(append: Append, tmp_path: Path) -> None:
    printed = append({"document-under-test.pdf": files.raw_pdf("/Kids[3 0 R]/Count 5")})
    page, missing = behind(printed)
    assert "page 1 of 5" in page
    assert "Pages 2 to 5 are not printed. The file is damaged there." in missing
    checked(printed.data, tmp_path)


def test_of_3000_pages_the_first_are_printed(append: Append, tmp_path: Path) -> None:
    printed = append({"document-under-test.pdf": files.pdf(3000)})
    texts = behind(printed)
    assert len(texts) == MOST_PAGES + 1
    assert "Foreign 200 " in texts[-2]
    assert "Pages 201 to 3000 are not printed. At most 200 pages" in texts[-1]
    assert len(printed.data) < 1_000_000
    checked(printed.data, tmp_path)


def test_a_broken_page_is_drawn_as_far_as_it_goes(append: Append, tmp_path: Path) -> None:
    lines = zlib.compress(b"0 0 m 300 300 l S 100 700 m 400 700 l S " * 1000)
    printed = append({"document-under-test.pdf": files.with_content(lines[:-20])})
    assert "Foreign 2" in behind(printed)[1]
    assert "/Image" in str(drawing_of(printed, 0))
    assert drawn(printed, -2).convert("L").getextrema()[0] < 100
    checked(printed.data, tmp_path)


def test_a_broken_picture_on_a_page_is_not_handed_on(append: Append, tmp_path: Path) -> None:
    photo = bytearray(files.jpeg())
    tables = photo.index(b"\xff\xc4") + 5
    photo[tables : tables + 16] = b"\xff" * 16
    printed = append({"document-under-test.pdf": files.with_photo(bytes(photo))})
    assert "/Image" in str(drawing_of(printed, 0))
    assert "Foreign 2" in behind(printed)[1]
    checked(printed.data, tmp_path)


def test_a_page_that_swells_is_left_out(append: Append, tmp_path: Path) -> None:
    packer = zlib.compressobj()
    trap = b"".join(packer.compress(bytes(1 << 20)) for _ in range(70)) + packer.flush()
    printed = append({"document-under-test.pdf": files.with_content(trap)})
    missing, page = behind(printed)
    assert "Page 1 is not printed." in missing
    assert "Foreign 2" in page
    checked(printed.data, tmp_path)


def test_nothing_that_acts_or_tells_comes_along(append: Append, tmp_path: Path) -> None:
    contents = {"document-under-test.pdf": files.harmful(), "photo.jpg": files.jpeg()}
    assert contents["photo.jpg"].count(files.MARK.encode()) == 2
    printed = append(contents)
    unpacked = plain(printed.data, tmp_path)
    assert files.MARK.encode() not in unpacked
    for word in (b"/URI", b"/JavaScript", b"/JS", b"/OpenAction", b"/AA ", b"/EmbeddedFile",
                 b"/Annots", b"/Metadata", b"/OPI", b"/Launch", b"/Evil", b"Exif"):  # fmt: skip
        assert word not in unpacked
    info = read(printed.data).metadata
    assert info is not None and info.author == "" and info.creator == "dossier-app"
    assert "/XObject" in str(drawing_of(printed, 0)), "the picture of the page is there"


def test_forms_and_notes_are_part_of_the_page(append: Append, tmp_path: Path) -> None:
    printed = append({"document-under-test.pdf": files.form()})
    [text] = behind(printed)
    assert "Filled in" in text
    assert "A note" in text
    assert "/Annots" not in read(printed.data).pages[-1]
    checked(printed.data, tmp_path)


def test_a_layer_that_is_off_stays_off(append: Append, tmp_path: Path) -> None:
    printed = append({"document-under-test.pdf": files.layered()})
    [text] = behind(printed)
    assert "HIDDEN" not in text
    image = drawn(printed)
    left, top = corner_of(image)
    shown = image.crop((left, top + 160, left + 400, top + 220))
    hidden = image.crop((left + 4, top + 300, left + 400, top + 420))
    assert shown.convert("L").getextrema()[0] < 100
    assert hidden.convert("L").getextrema()[0] > 250


def test_only_the_visible_part_is_shown(append: Append) -> None:
    printed = append({"document-under-test.pdf": files.cropped()})
    image = drawn(printed, -2)
    left, top = corner_of(image)
    # 300 by 241 points, not enlarged; below and right of them our paper is white.
    assert image.getpixel((left + 600, top + 200)) != (255, 255, 255)
    right = image.crop((left + 606, top, image.width, top + 700))
    assert right.convert("L").getextrema()[0] == 255


def test_a_wide_page_is_turned_with_its_head_to_the_holes(append: Append) -> None:
    def ink(size: tuple[float, float]) -> tuple[float, float]:
        image = drawn(append({"document-under-test.pdf": files.pdf(1, size)}))
        left, top = corner_of(image)
        inner = image.crop((left + 4, top + 4, image.width - 80, image.height - 130)).convert("L")
        box = inner.point(lambda grey: 255 if grey < 100 else 0).getbbox()
        assert box is not None
        return (box[0] + box[2]) / 2 / image.width, (box[1] + box[3]) / 2 / image.height

    x, y = ink((841.89, 595.28))
    assert x < 0.2 and y > 0.6
    x, y = ink((595.28, 841.89))
    assert x < 0.3 and y < 0.2


@given(st.sampled_from([*USUAL, "layered", "form", "photo"]), st.data())
@settings(max_examples=15)
def test_any_damage_comes_to_an_end(append: Append, kind: str, data: st.DataObject) -> None:
    made = USUAL | {"layered": files.layered, "form": files.form, "photo": files.jpeg}
    content = bytearray(made[kind]())
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, max_size=40)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.just(len(content)) | places)
    printed = append({"document-under-test.pdf": bytes(content[:cut])})
    assert behind(printed)
    assert read(printed.data).pages[-1].extract_text()


def test_outline_and_list_lead_to_the_documents(
    append: Append, outline: Callable[[bytes], list[str]]
) -> None:
    printed = append({"document-under-test.pdf": files.pdf(3), "photo.jpg": files.jpeg()})
    assert outline(printed.data)[-2:] == ["document-under-test.pdf", "photo.jpg"]
    texts = [" ".join(page.extract_text().split()) for page in read(printed.data).pages]
    first = printed.pages - 3
    listed = " ".join(texts[: first - 1])
    # The newest stands first in the list; each has the page on which it begins.
    assert f"page {first}" in listed
    assert f"page {printed.pages}" in listed


def test_versions_are_one_line_of_the_list(
    overview: Overview, templates: Templates, pages_text: Callable[[bytes], str]
) -> None:
    old = Document("Offer.pdf", 5, "0" * 64, date(2026, 11, 2))
    new = Document("Offer.pdf", 9, "1" * 64, date(2026, 11, 20), version_of=old.uid)
    overview.dossier.documents = [old, new]
    text = pages_text(print_dossier(overview.dossier, None, OPTIONS, templates).data)
    assert text.count("Offer.pdf") == 1
    assert "version 2, the first of 2 November" in text


def test_the_same_documents_give_the_same_bytes(append: Append) -> None:
    contents = {"document-under-test.pdf": files.harmful(), "form.pdf": files.form(),
                "layers.pdf": files.layered(), "photo.jpg": files.jpeg(6, (3000, 2000)),
                "broken.pdf": b"%PDF-1.4"}  # fmt: skip
    assert append(contents).data == append(contents).data


def test_pdfium_is_called_by_one_thread_at_a_time(append: Append) -> None:
    contents = {"document-under-test.pdf": files.layered()}  # read and drawn by it
    with ThreadPoolExecutor(1) as pool:
        with ONE_AT_A_TIME:
            printing = pool.submit(append, contents)
            with pytest.raises(TimeoutError):
                printing.result(timeout=0.5)
        assert printing.result(timeout=20).data == append(contents).data


@pytest.mark.corpus
def test_real_files(append: Append, tmp_path: Path) -> None:
    paths = sorted(CORPUS.glob("*/*.pdf"))
    if not paths:
        pytest.skip("the folder of real PDF files beside the project is absent")
    contents = {path.name: path.read_bytes() for path in paths}
    printed = append(contents)
    texts = [" ".join(page.extract_text().split()) for page in read(printed.data).pages]
    for path in paths:
        own = [text for text in texts[1:] if path.name in text and "Dossier ·" in text]
        told = [text for text in own if "could not be printed" in text]
        assert own, path.name
        assert bool(told) is ("password" in path.name), path.name
        if not told:
            words = PdfReader(path).pages[0].extract_text().split()
            assert set(words[:3]) <= set(" ".join(own).split()), path.name
    checked(printed.data, tmp_path)
    assert append(contents).data == printed.data
