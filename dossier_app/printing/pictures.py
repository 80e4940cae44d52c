"""Pictures as they come on paper: upright, on white, no finer than a printer shows, and
without what a camera writes into them (place, time, owner, a small picture of the whole)."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 150_000_000  # of a picture: all of it stands in memory for a moment
PER_INCH = 300  # dots that a printer shows
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "ICO")
_QUALITY = 88
_SMALL = 1 << 20  # bytes of a JPEG picture that is taken as it is
# A drawing or a screen, which must not be blurred, has few colours.
_FEW = {"1": 2, "L": 16, "RGB": 1 << 12}
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4

# ISO/IEC 10918-1, B.1: a segment begins with FF and its marker; within the coded picture FF
# is followed by 00 or by the marker of a restart.
_BEGINNING, _SCAN, _END = b"\xff\xd8", 0xDA, 0xD9
_ADOBE = 0xEE  # tells what the colours are
_NOTES = frozenset({*range(0xE0, 0xF0), 0xFE}) - {_ADOBE}
_NEXT_SEGMENT = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture packed for a PDF file: ``bits`` for each of one (grey) or three colours,
    ``packed`` by the filter of that name."""

    width: int
    height: int
    grey: bool
    bits: int
    filter: str
    packed: bytes


def count_pages(data: bytes) -> int:
    """How many pages a picture has: more than one only a scan. Of a moving picture the first
    counts. Raises Unreadable, with the reason, for what is no picture."""
    with _opened(data) as image:
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def for_paper(data: bytes, page: int, width: float, height: float) -> Picture:
    """Page ``page`` (from 0) of a picture, for a space of ``width`` by ``height`` points.

    Raises Unreadable, with the reason, when it is damaged or too large.
    """
    with _opened(data) as image:
        image.seek(page)
        across, up = image.size
        if across * up > MOST_PIXELS:
            raise Unreadable(
                tr("The picture has {width} × {height} dots, which is too large to be printed.",
                   width=across, height=up)
            )  # fmt: skip
        turned = _orientation(image) > 4
        shown = (up, across) if turned else (across, up)
        factor = min(1.0, PER_INCH / 72 * min(width / shown[0], height / shown[1]))
        size = (max(round(across * factor), 1), max(round(up * factor), 1))
        if factor < 1:
            image.draft(None, size)  # JPEG is unpacked no finer than needed
        image.load()
        upright = _orientation(image) == 1
        as_it_is = image.format == "JPEG" and image.mode in ("L", "RGB") and upright
        if as_it_is and factor == 1 and len(data) <= _SMALL:
            return Picture(across, up, image.mode == "L", 8, "DCTDecode", bare_jpeg(data))
        return pack(_upright(image, size if factor < 1 else None))


def pack(image: Image) -> Picture:
    """Pack a picture in grey, black and white or RGB, without loss where it has few colours."""
    width, height = image.size
    bits = 1 if image.mode == "1" else 8
    grey = image.mode != "RGB"
    if image.getcolors(_FEW[image.mode]) is not None:
        return Picture(width, height, grey, bits, "FlateDecode", zlib.compress(image.tobytes()))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return Picture(width, height, grey, bits, "DCTDecode", buffer.getvalue())


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG picture with nothing but the picture. Raises Unreadable when it is not sound."""
    with _opened(data) as image:
        image.draft(None, (1, 1))  # all of it is read, little is drawn
        image.load()
    if not data.startswith(_BEGINNING):
        raise _broken()
    kept, at = [_BEGINNING], len(_BEGINNING)
    while (found := _NEXT_SEGMENT.match(data, at)) is not None:
        marker, begins = found[1][0], found.end()
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        ends = begins + int.from_bytes(data[begins : begins + 2], "big")
        if marker == _SCAN:
            after = _NEXT_SEGMENT.search(data, ends)
            ends = after.start() if after else len(data)
        if marker not in _NOTES:
            kept.append(b"\xff%c%s" % (marker, data[begins:ends]))
        at = ends
    raise _broken()


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    """A picture whose head is read. Whatever goes wrong with it is told as Unreadable."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, and say it in words
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            yield image
    except Unreadable:
        raise
    except UnidentifiedImageError as error:
        raise Unreadable(tr("It is no picture, or of an unknown kind.")) from error
    except Exception as error:  # it may make anything go wrong
        raise _broken() from error


def _upright(image: Image, size: tuple[int, int] | None) -> Image:
    """The picture as it was seen through the camera, on white, brought to ``size`` before
    it was turned."""
    from PIL import Image

    turned = _orientation(image)
    plain = _plain(image)
    if size is not None and plain.size != size:
        finer = plain if plain.mode != "1" else plain.convert("L")
        plain = finer.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    turn = Image.Transpose
    ways = {
        2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE,
        6: turn.ROTATE_270, 7: turn.TRANSVERSE, 8: turn.ROTATE_90,
    }  # fmt: skip
    return plain.transpose(ways[turned]) if turned in ways else plain


def _plain(image: Image) -> Image:
    """Black and white, grey or RGB; what is transparent is white."""
    from PIL import Image

    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _orientation(image: Image) -> int:
    """How the camera was held, by EXIF; 1 is upright."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - what it says is of no use, the picture is
        return 1


def _broken() -> Unreadable:
    return Unreadable(tr("The picture is damaged."))
