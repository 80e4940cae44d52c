"""Fonts of every print: FiraGO, then fallbacks, then the system's, then a named mark.

A character that no font has is printed as its name or number in brackets
("[grinning face]", "[U+4E2D]"), so that there is never a black square. Fonts are loaded
once per process, each when its first character is drawn, and embedded as subsets.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby
from typing import Any

import pymupdf_fonts
import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFError, TTFont

from dossier_app.printing.system_fonts import SystemFont, font_with


class Face(Enum):
    """A style of the main font; the value names its file and that of the fallback.

    The symbol fonts of the same package have PostScript outlines, which reportlab
    cannot embed."""

    REGULAR = ("figo", "notos")
    BOLD = ("figbo", "notosbo")
    ITALIC = ("figit", "notosit")
    BOLD_ITALIC = ("figbi", "notosbi")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line in one font, in the order of the page from left to right.
    ``text`` is a `ShapedStr` where the font's own rules choose and place the glyphs.
    ``width`` is for size 1."""

    font: str
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    bottom: float
    right: float
    top: float


# Scripts that run from right to left, and those whose letters change by their neighbours
# or carry marks; the rest is drawn letter by letter.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_INDIC = "\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\ua8e0-\ua8ff"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_JOINERS = "\u200c\u200d"
HAS_RTL = re.compile(f"[{_RTL}]").search
IS_COMPLEX = re.compile(f"[{_RTL}{_INDIC}{_MARKS}]").search
_COMPLEX_PARTS = re.compile(
    f"[{_RTL}{_MARKS}{_JOINERS}]+|[{_INDIC}{_MARKS}{_JOINERS}]+|\\S[{_MARKS}]+"
).finditer

# Characters without a glyph of their own that only steer other text.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_LONE_JOINER = re.compile(f"(?<![{_RTL}{_INDIC}{_MARKS}])[{_JOINERS}]+")
_LONGEST_NAME = 40
_MOST_SHAPED = 2000  # texts


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be copied out of the PDF in any script.

    Glyphs that have no character of their own (joined forms, ligatures) get a code above
    Unicode, and the text they stand for is written into the file's ToUnicode table.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__("", io.BytesIO(data))
        self.fontName: str = self.face.name.decode("ascii", "replace")
        pdfmetrics.registerFont(self)
        self.em: int = self.face.unitsPerEm
        self._harfbuzz = uharfbuzz.Font(uharfbuzz.Face(data))
        self._glyph_codes: dict[tuple[int, str], int] = {}
        self._texts: dict[int, str] = {}
        self._shaped: dict[str, tuple[str, float]] = {}
        self.characters = frozenset(
            chr(code)
            for code in self.face.charToGlyph
            if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
        )

    def shape(self, text: str) -> tuple[str, float]:
        """Glyphs for ``text`` (stored order, one script) from left to right, and their
        width at size 1."""
        if text not in self._shaped:  # headings come again and again
            if len(self._shaped) >= _MOST_SHAPED:
                self._shaped.clear()
            self._shaped[text] = self._shape(text)
        return self._shaped[text]

    def _shape(self, text: str) -> tuple[str, float]:
        infos, positions = self._glyphs(text)
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        characters, places, width = [], [], 0.0
        told: set[int] = set()
        scale = 1000 / self.em
        for info, position in zip(infos, positions, strict=True):
            part = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
            told.add(info.cluster)
            code = self._code(info.codepoint, part)
            advance = position.x_advance * scale
            characters.append(chr(code))
            places.append(
                ShapeData(
                    info.cluster, advance, 0, position.x_offset * scale,
                    position.y_offset * scale, self.face.charWidths[code],
                )
            )  # fmt: skip
            width += advance
        return ShapedStr("".join(characters), places), width / 1000

    def ink(self, text: str) -> Box:
        """What of the paper the shaped ``text`` blackens at size 1, begun at (0, 0)."""
        x, boxes = 0, []
        for info, position in zip(*self._glyphs(text), strict=True):
            drawn = self._harfbuzz.get_glyph_extents(info.codepoint)
            left = x + position.x_offset + drawn.x_bearing
            top = position.y_offset + drawn.y_bearing
            if drawn.width:
                boxes.append((left, top + drawn.height, left + drawn.width, top))
            x += position.x_advance
        lefts, bottoms, rights, tops = zip(*boxes, strict=True) if boxes else ((0,),) * 4
        edges = min(lefts), min(bottoms), max(rights), max(tops)
        return Box(*(edge / self.em for edge in edges))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = doc.fontMapping[self.fontName][1:]
            font = doc.idToObject["BasicFonts"].dict[f"{name}+{number}"]
            font = doc.idToObject[font.name] if hasattr(font, "name") else font
            doc.idToObject[font.ToUnicode.name].content = self._to_unicode(subset)

    def _glyphs(self, text: str) -> tuple[Any, Any]:
        """Glyphs and their positions from left to right, in units of the font."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._harfbuzz, buffer, {"liga": False, "dlig": False})
        return buffer.glyph_infos, buffer.glyph_positions

    def _code(self, glyph: int, text: str) -> int:
        face = self.face
        if len(text) == 1 and face.charToGlyph.get(ord(text)) == glyph:
            return ord(text)
        code = self._glyph_codes.get((glyph, text))
        if code is None:
            code = 0x110000 - 1 - len(self._glyph_codes)
            self._glyph_codes[glyph, text] = code
            self._texts[code] = text or "\u200b"
            face.charToGlyph[code] = glyph
            face.charWidths[code] = face.hmetrics[glyph][0]
        return code

    def _to_unicode(self, subset: list[int]) -> str:
        """The table that leads from the codes of a subset back to text (PDF 32000,
        9.10.3): at most 100 entries in a block, text as UTF-16."""
        entries = [
            f"<{place:02X}> <{self._texts.get(code, chr(code)).encode('utf-16-be').hex()}>"
            for place, code in enumerate(subset)
        ]
        blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
        return "\n".join(
            [
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
                "1 begincodespacerange <00> <FF> endcodespacerange",
                *(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks),
                "endcmap CMapName currentdict /CMap defineresource pop end end",
            ]
        )


class Widths(dict[str, float]):
    """Widths of characters at size 1, found as they are asked for."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self._family = family

    def __missing__(self, char: str) -> float:
        font = self._family.font_of(char) or self._family.main
        face = font.face
        width = float(face.charWidths.get(ord(char), face.defaultWidth)) / 1000
        self[char] = width
        return width


class Family:
    """One style of the main font with all its fallbacks."""

    def __init__(self, face: Face) -> None:
        main, self._fallback = face.value
        self.main = _own_font(main)
        self.widths = Widths(self)
        self._fonts: dict[str, EmbeddedFont | None] = {}

    def font_of(self, char: str) -> EmbeddedFont | None:
        """The first font that has ``char``; None if no font at hand has it."""
        if char in self.main.characters:
            return self.main
        if char not in self._fonts:
            self._fonts[char] = self._search(char)
        return self._fonts[char]

    def printable(self, text: str) -> str:
        """``text`` with everything replaced that no font can draw.

        Tabs become spaces, invisible steering characters go, control characters and
        those without a glyph become a named mark. Line ends are the
        caller's matter.
        """
        if self.main.characters.issuperset(text) and unicodedata.is_normalized("NFC", text):
            return text
        # Lone surrogates, which a damaged import can hold, have no normal form.
        text = unicodedata.normalize("NFC", text).expandtabs(4)
        text = _LONE_JOINER.sub("", _INVISIBLE.sub("", text))
        strange = {char for char in set(text) - self.main.characters if not self.font_of(char)}
        return text.translate({ord(char): _mark(char) for char in strange.difference(_JOINERS)})

    def is_simple(self, text: str) -> bool:
        """True when the main font draws ``text`` letter by letter from left to right."""
        return self.main.characters.issuperset(text) and not IS_COMPLEX(text)

    def width(self, text: str) -> float:
        """Width of printable ``text`` at size 1."""
        if IS_COMPLEX(text):
            return sum(run.width for run in self.runs(text))
        return sum(map(self.widths.__getitem__, text))

    def runs(self, line: str, *, base_rtl: bool = False, kerned: bool = False) -> list[Run]:
        """Split one printable line into runs, as they stand from left to right."""
        if not kerned and self.is_simple(line):
            return [Run(self.main.fontName, line, sum(map(self.widths.__getitem__, line)))]
        if HAS_RTL(line):
            line = _in_visual_order(line, base_rtl=base_rtl)
        runs: list[Run] = []
        done = 0
        for part in _COMPLEX_PARTS(line):
            runs += self._in_fonts(line[done : part.start()], shaped=kerned)
            runs += self._in_fonts(part.group(), shaped=True)
            done = part.end()
        runs += self._in_fonts(line[done:], shaped=kerned)
        return runs

    def _in_fonts(self, text: str, *, shaped: bool) -> Iterator[Run]:
        fonts = [self.font_of(char) for char in text]
        # A joiner goes with the letter before it.
        for place, char in enumerate(text):
            if char in _JOINERS or fonts[place] is None:
                fonts[place] = fonts[place - 1] if place else self.main
        start = 0
        for font, group in groupby(fonts):
            assert font is not None
            piece = text[start : start + len(list(group))]
            start += len(piece)
            if shaped:
                # The line came in visual order; the font wants the stored one.
                glyphs, width = font.shape(piece[::-1] if HAS_RTL(piece) else piece)
                yield Run(font.fontName, glyphs, width)
            else:
                width = sum(map(self.widths.__getitem__, piece))
                yield Run(font.fontName, piece, width)

    def _search(self, char: str) -> EmbeddedFont | None:
        if unicodedata.category(char) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}:
            return None
        font = _own_font(self._fallback)
        return font if char in font.characters else _system_font(ord(char))


@cache
def family(face: Face) -> Family:
    """The fonts of ``face``, loaded at the first call."""
    return Family(face)


@cache
def _own_font(code: str) -> EmbeddedFont:
    return EmbeddedFont(pymupdf_fonts.myfont(code))


_refused: set[SystemFont] = set()


def _system_font(code: int) -> EmbeddedFont | None:
    while found := font_with(code, frozenset(_refused)):
        try:
            return _load(found)
        except (TTFError, ValueError, KeyError, IndexError, AssertionError):
            # Damaged, or its maker forbids embedding: as if it were not there.
            _refused.add(found)
    return None


@cache
def _load(font: SystemFont) -> EmbeddedFont:
    return EmbeddedFont(font.path.read_bytes())


def _in_visual_order(line: str, *, base_rtl: bool) -> str:
    """``line`` as it stands from left to right, by the Unicode bidirectional algorithm.

    The library reorders but does not mirror brackets. A space of no width behind each
    bracket does not change the order, and stands before it where the text was turned. The
    mark at the end keeps the last such space with its bracket (rule L1).
    """
    from bidi import get_display
    from bidi.mirror import MIRRORED

    bracket = f"([{re.escape(''.join(MIRRORED))}])"
    base, end = ("R", "\u200f") if base_rtl else ("L", "\u200e")
    marked = re.sub(bracket, "\\1\u200b", line) + end
    ordered = str(get_display(marked, base_dir=base)).replace(end, "")
    return re.sub(
        f"\u200b{bracket}|{bracket}\u200b",
        lambda found: MIRRORED[found[1]] if found[1] else found[2],
        ordered,
    )


def _mark(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    is_symbol = unicodedata.category(char) in {"So", "Sk", "Sm", "Sc"}
    if is_symbol and 0 < len(name) <= _LONGEST_NAME:
        return f"[{name}]"
    return f"[U+{ord(char):04X}]"
