"""Pictures behind a dossier: upright, on white, no finer than a printer shows."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from dossier_app.printing.options import PrintOptions
from dossier_app.printing.style import SHEETS

from . import foreign_files as files
from .appended import PER_POINT, Append, behind, checked, corner_of, drawing_of, drawn, red


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_as_they_were_seen(append: Append, orientation: int) -> None:
    size = (800, 600)
    name = "document-under-test.jpg"
    image = drawn(append({name: files.jpeg(orientation, size)}))
    box = red(image)
    # EXIF: where the first row and the first column of the stored picture are.
    top = orientation in (1, 2, 5, 6)
    left = orientation in (1, 4, 5, 8)
    middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    frame_left, frame_top = corner_of(image)
    wide, high = (800, 600) if orientation < 5 else (600, 800)
    per_dot = min(72 / 150, SHEETS["a4"].text_width / wide) * PER_POINT
    assert (middle_x - frame_left < wide * per_dot / 2) is left
    assert (middle_y - frame_top < high * per_dot / 2) is top


def test_a_small_photo_is_taken_as_it_is_and_a_large_one_made_smaller(append: Append) -> None:
    small = files.jpeg(size=(400, 300))
    large = files.jpeg(size=(12_000, 9_000))
    printed = append({"document-under-test.jpg": small, "large.jpg": large})
    # In the list, and behind, the newest stands first.
    kept, smaller = drawing_of(printed, 0), drawing_of(printed, 1)
    assert (kept["/Width"], kept["/Height"]) == (400, 300)
    assert Image.open(io.BytesIO(kept._data)).getexif() == {}
    stored = Image.open(io.BytesIO(kept._data)).tobytes()
    assert stored == Image.open(io.BytesIO(small)).tobytes()
    assert smaller["/Width"] == round(SHEETS["a4"].text_width * 300 / 72)
    assert len(printed.data) < 3_000_000


PICTURES: dict[str, Callable[[], bytes]] = {
    "png": lambda: files.saved(files.photo(), "PNG"),
    "transparent png": lambda: files.saved(Image.new("RGBA", (300, 200), (0, 0, 255, 0)), "PNG"),
    "grey of 16 bits": lambda: files.saved(Image.new("I;16", (300, 200), 60_000), "PNG"),
    "moving gif": lambda: files.saved(
        files.photo().convert("P"), "GIF", save_all=True, append_images=[Image.new("P", (800, 600))]
    ),
    "webp": lambda: files.saved(files.photo(), "WEBP"),
    "bmp": lambda: files.saved(files.photo(), "BMP"),
    "cmyk jpeg": lambda: files.saved(files.photo().convert("CMYK"), "JPEG"),
    "tiff": lambda: files.saved(files.photo(), "TIFF"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_of_every_kind(append: Append, name: str, tmp_path: Path) -> None:
    printed = append({"document-under-test.jpg": PICTURES[name]()})
    assert len(behind(printed)) == 1
    image = drawn(printed)
    left, top = corner_of(image)
    if name in ("transparent png", "grey of 16 bits"):
        assert min(image.getpixel((left + 60, top + 60))) > 220
    else:
        assert red(image)[0] < left + 40
        assert red(image)[1] < top + 40
    checked(printed.data, tmp_path)


def test_a_scan_of_several_pages(append: Append, tmp_path: Path) -> None:
    page = Image.new("1", (2480, 3508), 1)
    scan = files.saved(
        page, "TIFF", save_all=True, append_images=[page, page], compression="group4"
    )
    printed = append({"document-under-test.tif": scan})
    assert [f"page {n} of 3" in text for n, text in enumerate(behind(printed), 1)] == [True] * 3
    checked(printed.data, tmp_path)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_punching_margin_is_kept(append: Append, paper: str) -> None:
    options = PrintOptions(date(2026, 11, 25), paper)  # type: ignore[arg-type]
    photo = files.saved(files.photo((3000, 4000)), "PNG")
    image = drawn(append({"document-under-test.png": photo}, options))
    sheet = SHEETS[options.paper]
    assert abs(red(image)[0] - sheet.left * PER_POINT) < 4
    assert image.size == pytest.approx((sheet.width * PER_POINT, sheet.height * PER_POINT), abs=1)
