"""Plain text set into lines: broken to a width, shortened, drawn run by run.

User text is never markup here. It is drawn letter by letter as it was typed, so no tag,
entity or address in it can have a meaning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from dossier_app.printing.fonts import HAS_RTL, IS_COMPLEX, Family, family
from dossier_app.printing.hyphens import parting_places
from dossier_app.printing.style import MM, TextStyle

_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Ideographs may be parted anywhere; other words only at spaces.
_IDEOGRAPH = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_TOKENS = re.compile(f" *(?:[{_IDEOGRAPH}]|[^ {_IDEOGRAPH}]+|$)")

# Where a line does not end though a space follows: behind a word of one letter, behind a
# number that counts what comes next or is its date, inside a phone number or a sum, before
# a dash.
_TIED = re.compile(
    r"(?<![^ «(„“])(?:[^\W\d_]|№)(?= +[^\W_])"
    r"|(?<![^ «(„“])\d{1,4}(?= +[^\W\d_])"
    r"|(?<=[\d)])(?= (?:\d{3}(?!\d)|\d{1,3}-\d|\(\d))"
    r"|(?<=[^ ])(?= +[–—](?: |$))"
)

# A compound may be parted behind its own hyphen, a number may not.
_OWN_HYPHENS = re.compile("[^\\W\\d_]{2}-(?=[^\\W\\d_]{2})")

_LEFT_OUT = " .,;:…-–—(·"  # what does not stand before the dots of a shortened text

_HAIR = 1e-4  # points; nobody sees less
_NARROWEST = 0.1  # no letter's share of the size is smaller
_NARROW = 47 * MM  # columns in which words are parted


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line in stored order; ``rtl`` tells the direction of its paragraph."""

    text: str
    width: float
    rtl: bool = False


class Setter:
    """Sets text in one style."""

    def __init__(self, style: TextStyle) -> None:
        self.style = style
        self.family: Family = family(style.face)

    def width(self, text: str) -> float:
        """Width of printable ``text`` in points."""
        style = self.style
        return self.family.width(text) * style.size + style.tracking * len(text)

    def one_line(self, text: str, width: float) -> Line:
        """``text`` on a single line, shortened with "…" where it is too long."""
        return self.lines(" ".join(text.split()), width, limit=1)[0]

    def lines(self, text: str, width: float, limit: int = 0) -> list[Line]:
        """Break ``text`` into lines of at most ``width`` points.

        ``limit`` is the greatest number of lines, 0 for any; the last line then ends
        with "…". An endless word is cut where the line is full; in a narrow column other
        long words are parted by a hyphen.
        """
        if self.style.capitals:
            text = text.upper()
        most = limit * int(width / (self.style.size * _NARROWEST))
        if limit and len(text) > most:
            text = text[:most] + "…"  # no need to measure what has no room anyway
        lines: list[Line] = []
        paragraphs = [self.family.printable(part) for part in _LINE_ENDS.split(text.rstrip())]
        if limit:
            paragraphs = [part for part in paragraphs if part.strip()] or [""]
        for number, paragraph in enumerate(paragraphs):
            rtl = bool(HAS_RTL(paragraph)) and _is_rtl(paragraph)
            broken = self._break(paragraph.rstrip(), width, limit)
            lines += [Line(line, taken, rtl) for line, taken in broken]
            if limit and (
                len(lines) > limit or (len(lines) == limit and number + 1 < len(paragraphs))
            ):
                last = self._shortened(lines[limit - 1].text, width)
                return [*lines[: limit - 1], Line(last, self.width(last), rtl)]
        return lines

    def _break(self, paragraph: str, width: float, limit: int) -> list[tuple[str, float]]:
        """The lines of ``paragraph`` with their widths; of a limited one, one too many at most."""
        whole = self.width(paragraph)
        if whole <= width:
            return [(paragraph, whole)]
        edges, stops = self._edges(paragraph), _Stops(paragraph)
        lines = self._fill(paragraph, edges, stops, width, limit)
        if width < _NARROW:
            closer = self._fill(paragraph, edges, stops, width, limit, parting=True)
            # A hyphen only makes reading harder where it neither saves a line nor leaves
            # room for more of a text that must be shortened.
            is_shortened = limit and len(lines) > limit
            return closer if is_shortened or len(closer) < len(lines) else lines
        return lines

    def _fill(
        self,
        paragraph: str,
        edges: Sequence[float],
        stops: _Stops,
        width: float,
        limit: int,
        *,
        parting: bool = False,
    ) -> list[tuple[str, float]]:
        """As many letters on each line as go; with ``parting`` also parts of words, without
        it only of those that are longer than the column."""
        places = stops.places
        ends = [edges[place] for place in places]
        lines: list[tuple[str, float]] = []
        start, end = 0, len(paragraph)
        while start < end and not (limit and len(lines) > limit):
            room = edges[start] + width + _HAIR
            fitting = bisect_right(ends, room)
            stop, hyphen = max(places[fitting - 1] if fitting else 0, start), ""
            if fitting < len(places) and (parting or stop == start) and width < _NARROW:
                last = room - self.width("-")
                word = stops.last_tied(start, places[fitting]) if stop == start else stop
                for place in parting_places(paragraph, word, places[fitting]):
                    if edges[place] <= last:
                        stop, hyphen = place, "-"
            if stop == start:  # an endless word, or several that should not be parted
                full = max(bisect_right(edges, room) - 1, start + 1)
                tied = stops.last_tied(start, full)
                stop = tied if tied > start else full
            line = paragraph[start:stop] + hyphen
            if line.strip():
                lines.append((line, edges[stop] - edges[start] + self.width(hyphen)))
            start = stop
            while start < end and paragraph[start] == " ":
                start += 1
        return lines

    def _edges(self, text: str) -> list[float]:
        """How far each letter of ``text`` is from its beginning, and the end."""
        size, tracking = self.style.size, self.style.tracking
        widths = [self.family.widths[char] * size + tracking for char in text]
        if IS_COMPLEX(text):
            # A shaped word is not as wide as the sum of its letters.
            for found in _TOKENS.finditer(text):
                word = slice(*found.span())
                share = self.width(found.group()) / (sum(widths[word]) or 1)
                widths[word] = [step * share for step in widths[word]]
        return [0.0, *accumulate(widths)]

    def _shortened(self, text: str, width: float) -> str:
        """``text`` with "…" at its end, cut between words where that is possible."""
        if text.endswith("-"):
            text = text.rpartition(" ")[0] or text  # half a word tells nothing
        text = text.rstrip(_LEFT_OUT)
        while text and self.width(text + "…") > width:
            head, space, _ = text.rpartition(" ")
            text = head.rstrip(_LEFT_OUT) if space and head.strip() else text[:-1]
        return text + "…"


class _Stops:
    """Where a line of ``text`` may end: ``places`` in order, the last one being its end, and
    others that are taken only in need."""

    def __init__(self, text: str) -> None:
        places = [found.end() for found in _TOKENS.finditer(text)]
        if "-" in text:
            places = sorted({*places, *(found.end() for found in _OWN_HYPHENS.finditer(text))})
        tied = {found.end() for found in _TIED.finditer(text)}
        self.places = [place for place in places if place not in tied]
        self._tied = [place for place in places if place in tied]

    def last_tied(self, start: int, stop: int) -> int:
        """The last place between ``start`` and ``stop`` that is taken in need, else ``start``."""
        number = bisect_right(self._tied, stop)
        return max(self._tied[number - 1], start) if number else start


def _is_rtl(paragraph: str) -> bool:
    from bidi import get_base_level

    return bool(get_base_level(paragraph))


@dataclass(slots=True)
class Drawing:
    """Draws lines of one style onto a reportlab canvas."""

    canvas: Any
    style: TextStyle

    def lines(self, lines: list[Line], place: Callable[[int, Line], tuple[float, float]]) -> None:
        """Draw ``lines``; ``place`` gives the left end of a line's base line."""
        if not lines:
            return
        style, fonts = self.style, family(self.style.face)
        pen = self.canvas.beginText(*place(0, lines[0]))
        pen.setFillGray(style.grey)
        pen.setFont(fonts.main.fontName, style.size, style.leading)
        if style.tracking:
            pen.setCharSpace(style.tracking)
        current = fonts.main.fontName
        for number, line in enumerate(lines):
            x, y = place(number, line)
            # After a line the pen stands at the next one; moving it there costs time.
            at_x, at_y = pen.getCursor()
            if abs(at_x - x) + abs(at_y - y) > _HAIR:
                pen.setTextOrigin(x, y)
            if current == fonts.main.fontName and not style.kerned and fonts.is_simple(line.text):
                pen.textLine(line.text)
                continue
            for run in fonts.runs(line.text, base_rtl=line.rtl, kerned=style.kerned):
                pen.setTextOrigin(x, y)
                if run.font != current:
                    pen.setFont(run.font, style.size, style.leading)
                    current = run.font
                pen.textLine(run.text)
                x += run.width * style.size + style.tracking * len(run.text)
        if style.tracking:
            pen.setCharSpace(0)
        self.canvas.drawText(pen)


def write(
    canvas: Any,
    text: str,
    x: float,
    y: float,
    style: TextStyle,
    *,
    align: Literal["left", "centre", "right"] = "left",
) -> float:
    """Write one line at ``x``, which is its left end, middle or right end; returns its width."""
    setter = Setter(style)
    text = setter.family.printable(text.upper() if style.capitals else text)
    line = Line(text, setter.width(text))
    start = x - line.width * {"left": 0, "centre": 0.5, "right": 1}[align]
    Drawing(canvas, style).lines([line], lambda _number, _line: (start, y))
    return line.width
