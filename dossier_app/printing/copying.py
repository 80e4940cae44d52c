"""Objects of other PDF files, written anew for ours.

What is copied is said by name (ISO 32000-1, chapters 8, 9 and 11), so that nothing comes
along that acts, leads elsewhere, or tells of the file: no script, link, attached file,
metadata or tag. What is not sound is not copied at all.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, cast

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)
from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr
from dossier_app.printing.pictures import bare_jpeg

_STEP = 1 << 20  # bytes unpacked at a time

# In resources, names given by the file stand for things of these kinds.
_CATEGORIES = frozenset("/ColorSpace /ExtGState /Font /Pattern /Shading /XObject".split())
_MAPS = frozenset("/CharProcs /Colorants".split())  # the same elsewhere
_KEPT = frozenset(
    f"/{key}"
    for key in (
        # drawings and pictures
        "Type Subtype FormType BBox Matrix Group S I K CS G BC Width Height ColorSpace "
        "BitsPerComponent Intent ImageMask Mask SMask SMaskInData Matte Decode Interpolate "
        # fonts
        "BaseFont FirstChar LastChar Widths FontDescriptor Encoding BaseEncoding Differences "
        "ToUnicode Name DescendantFonts CIDSystemInfo Registry Ordering Supplement DW W DW2 W2 "
        "CIDToGIDMap CIDSet FontBBox FontMatrix FontName FontFamily FontStretch FontWeight Flags "
        "ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth "
        "MissingWidth FontFile FontFile2 FontFile3 CharSet Length1 Length2 Length3 CMapName "
        "WMode UseCMap "
        # how it is drawn
        "LW LC LJ ML D RI OP op OPM Font FL SM SA BM CA ca AIS TK TR "
        # patterns, shadings, functions, colours
        "PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background "
        "AntiAlias Domain Range Function Functions Bounds Encode Coords Extend BitsPerCoordinate "
        "BitsPerFlag VerticesPerRow FunctionType Size BitsPerSample Order C0 C1 N Alternate "
        "WhitePoint BlackPoint Gamma Process Components "
        # how a stream is packed
        "Predictor Colors Columns EarlyChange EndOfLine EncodedByteAlign Rows EndOfBlock "
        "BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform"
    ).split()
)
_FLATE, _JPEG = "/FlateDecode", "/DCTDecode"
# Filters whose content is taken as it is; the last two hold nothing but dots.
_PICTURES = frozenset({_JPEG, "/CCITTFaxDecode", "/JBIG2Decode"})
_UNTOUCHED = frozenset({"/JPXDecode", "/Crypt", "/BrotliDecode"})  # not taken over

Box = tuple[float, float, float, float]  # left, bottom, right, top


class As(Enum):
    """What a dictionary is: that decides which of its entries are copied."""

    PLAIN = "plain"
    RESOURCES = "resources"
    MAP = "map"
    NAMES = "names"  # only the names


@dataclass(slots=True)
class Copy(PDFObject):  # type: ignore[misc]
    """An object as it stands in our file; what it refers to has its number only then."""

    parts: list[bytes | PDFObjectReference] = field(default_factory=list)
    stream: bytes | None = None

    def format(self, document: Any) -> bytes:
        text = b" ".join(
            part if isinstance(part, bytes) else part.format(document) for part in self.parts
        )
        if self.stream is None:
            return text
        # The dictionary of a stream ends with its length.
        return b"%s /Length %d >>\nstream\n%s\nendstream" % (text, len(self.stream), self.stream)


class Copying:
    """Makes what one page brings into our file. ``names`` holds what is there, and grows;
    ``room`` is how many bytes may still be unpacked."""

    def __init__(self, key: str, names: dict[tuple[int, int, As], str], room: int) -> None:
        self._key, self.names, self.room = key, names, room
        self._waiting: list[tuple[str, IndirectObject, As]] = []

    def form(self, page: PageObject, box: Box) -> Copy:
        """The page itself."""
        made = Copy([b"<< /Type /XObject /Subtype /Form /BBox [%.3f %.3f %.3f %.3f]" % box])
        if "/Group" in page:
            made.parts.append(b"/Group")
            self._write(page.raw_get("/Group"), As.PLAIN, made)
        made.parts.append(b"/Resources")
        resources = page.get_inherited("/Resources", DictionaryObject())
        self._write(resources, As.RESOURCES, made)
        made.parts.append(b"/Filter /FlateDecode")
        made.stream = zlib.compress(b"\n".join(map(self.unpack, contents(page))))
        return made

    def what_it_needs(self) -> dict[str, Copy]:
        """All that was referred to and is not there yet, by name."""
        made: dict[str, Copy] = {}
        while self._waiting:
            name, reference, what = self._waiting.pop()
            made[name] = copy = Copy()
            found = reference.get_object()
            if isinstance(found, StreamObject):
                self._write_stream(found, copy)
            else:
                self._write(found, what, copy)
        return made

    def _write(self, item: Any, what: As, copy: Copy) -> None:
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation, what)
            if key not in self.names:
                self.names[key] = f"{self._key}object{len(self.names)}"
                self._waiting.append((self.names[key], item, what))
            copy.parts.append(PDFObjectReference(self.names[key]))
        elif isinstance(item, StreamObject):
            raise unsound()  # it may only be referred to
        elif isinstance(item, DictionaryObject):
            copy.parts.append(b"<<")
            self._write_entries(item, what, copy)
            copy.parts.append(b">>")
        elif isinstance(item, ArrayObject):
            copy.parts.append(b"[")
            for number in range(len(item)):
                self._write(list.__getitem__(item, number), As.PLAIN, copy)
            copy.parts.append(b"]")
        else:
            buffer = io.BytesIO()
            (NullObject() if item is None else item).write_to_stream(buffer)
            copy.parts.append(buffer.getvalue())

    def _write_entries(self, item: DictionaryObject, what: As, copy: Copy) -> None:
        for key, value_is in _copied_keys(item, what):
            copy.parts.append(NameObject(key).renumber())
            if what is As.NAMES:
                copy.parts.append(b"<< >>")
            else:
                self._write(item.raw_get(key), value_is, copy)

    def _write_stream(self, stream: StreamObject, copy: Copy) -> None:
        if stream.get("/Subtype") == "/PS":
            raise unsound()  # a program for old printers
        copy.parts.append(b"<<")
        self._write_entries(stream, As.PLAIN, copy)
        filters, how = _filters(stream), _parameters(stream)
        packed: bytes = stream._data  # noqa: SLF001 - there is no other door to it
        last = filters[-1] if filters and filters[-1] in _PICTURES else None
        if filters == [_FLATE]:
            last = _FLATE
            for _ in self._inflate(packed):
                pass  # only to see that it is sound
        elif last is None:
            packed, last, how = zlib.compress(self.unpack(stream)), _FLATE, []
        elif len(filters) > 1:
            packed = self.unpack(_around_picture(packed, filters, how))
        copy.parts.append(b"/Filter " + NameObject(last).renumber())
        if how and isinstance(how[-1], DictionaryObject):
            copy.parts.append(b"/DecodeParms")
            self._write(how[-1], As.PLAIN, copy)
        copy.stream = bare_jpeg(packed) if last == _JPEG else packed

    def unpack(self, stream: StreamObject) -> bytes:
        """What a stream holds. Raises when it is not sound."""
        filters = _filters(stream)
        if _UNTOUCHED.intersection(filters):
            raise unsound()
        if filters == [_FLATE] and not _parameters(stream):
            return b"".join(self._inflate(stream._data))  # noqa: SLF001 - as above
        data = stream.get_data()
        self._take(len(data))
        return data

    def _inflate(self, packed: bytes) -> Iterator[bytes]:
        """Unpack in steps. Raises where it is not sound, or swells too much."""
        unpacking = zlib.decompressobj()
        while not unpacking.eof:
            part = unpacking.decompress(packed, _STEP)
            packed = unpacking.unconsumed_tail
            if not part and not packed and not unpacking.eof:
                raise unsound()
            self._take(len(part))
            yield part

    def _take(self, unpacked: int) -> None:
        self.room -= unpacked
        if self.room < 0:
            raise Swells


class Swells(Exception):
    """Raised where more is unpacked than there is room for."""


def _copied_keys(item: DictionaryObject, what: As) -> Iterator[tuple[str, As]]:
    """The entries of a dictionary that are copied, and what each of them is."""
    for key in item:
        if what in (As.MAP, As.NAMES):
            # The content names them by their bytes, which others would be read from.
            if not key.isascii():
                raise unsound()
            yield key, As.PLAIN
        elif what is As.RESOURCES:
            if key in _CATEGORIES:
                yield key, As.MAP
            elif key == "/Properties":
                yield key, As.NAMES
        elif key == "/Resources":
            yield key, As.RESOURCES
        elif key in _MAPS:
            yield key, As.MAP
        elif key in _KEPT:
            yield key, As.PLAIN


def contents(page: PageObject) -> list[StreamObject]:
    """The streams of a page's content, which count as one."""
    content = page.get("/Contents")
    found = content.get_object() if content is not None else None
    if found is None or isinstance(found, NullObject):
        return []
    parts = list(found) if isinstance(found, ArrayObject) else [found]
    streams = [part.get_object() for part in parts]
    if not all(isinstance(stream, StreamObject) for stream in streams):
        raise unsound()
    return streams


def _filters(stream: StreamObject) -> list[str]:
    return [str(name.get_object()) for name in _listed(stream.get("/Filter"))]


def _parameters(stream: StreamObject) -> list[Any]:
    return [item.get_object() for item in _listed(stream.get("/DecodeParms"))]


def _listed(value: Any) -> list[Any]:
    """One or several, as a list."""
    found = value.get_object() if value is not None else None
    if found is None or isinstance(found, NullObject):
        return []
    return list(found) if isinstance(found, ArrayObject) else [found]


def _around_picture(packed: bytes, filters: list[str], how: list[Any]) -> StreamObject:
    """A picture as it is packed once more: the stream of all filters but the last."""
    outer = EncodedStreamObject()
    outer._data = packed  # noqa: SLF001 - as above
    outer[NameObject("/Filter")] = ArrayObject(map(NameObject, filters[:-1]))
    if how:
        outer[NameObject("/DecodeParms")] = ArrayObject(how[: len(filters) - 1])
    return cast("StreamObject", outer)


def unsound() -> Unreadable:
    return Unreadable(tr("This page is damaged."))
