"""Plain text set into lines: broken to a width, shortened, drawn run by run.

User text is never markup here. It is drawn letter by letter as it was typed, so no tag,
entity or address in it can have a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from dossier_app.printing.fonts import HAS_RTL, Family, family
from dossier_app.printing.style import TextStyle

_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Ideographs may be parted anywhere; other words only at spaces.
_IDEOGRAPH = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_TOKENS = re.compile(f" *(?:[{_IDEOGRAPH}]|[^ {_IDEOGRAPH}]+|$)")

_HAIR = 1e-4  # points; nobody sees less


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
        with "…". An endless word is cut where the line is full.
        """
        if self.style.capitals:
            text = text.upper()
        lines: list[Line] = []
        paragraphs = [self.family.printable(part) for part in _LINE_ENDS.split(text.rstrip())]
        if limit:
            paragraphs = [part for part in paragraphs if part.strip()] or [""]
        for number, paragraph in enumerate(paragraphs):
            rtl = bool(HAS_RTL(paragraph)) and _is_rtl(paragraph)
            broken = self._break(paragraph.rstrip(), width, limit)
            lines += [Line(line, self.width(line), rtl) for line in broken]
            if limit and (
                len(lines) > limit or (len(lines) == limit and number + 1 < len(paragraphs))
            ):
                last = self._shortened(lines[limit - 1].text, width)
                return [*lines[: limit - 1], Line(last, self.width(last), rtl)]
        return lines

    def _break(self, paragraph: str, width: float, limit: int) -> list[str]:
        if self.width(paragraph) <= width:
            return [paragraph]
        lines: list[str] = []
        line, used = "", 0.0
        for found in _TOKENS.finditer(paragraph):
            token = found.group()
            token_width = self.width(token)
            if used + token_width > width:
                if line.strip():
                    lines.append(line)
                    line, used = "", 0.0
                    token = token.lstrip(" ")
                    token_width = self.width(token)
                if limit and len(lines) > limit:
                    break
                if token_width > width:
                    *full, token = self._cut(token, width)
                    lines += full
                    token_width = self.width(token)
            line += token
            used += token_width
        return [*lines, line] if line.strip() or not lines else lines

    def _cut(self, word: str, width: float) -> list[str]:
        """Pieces of an endless word, each as wide as ``width`` allows."""
        widths, size, tracking = self.family.widths, self.style.size, self.style.tracking
        pieces: list[str] = []
        start, used = 0, 0.0
        for place, char in enumerate(word):
            step = widths[char] * size + tracking
            if used + step > width and place > start:
                pieces.append(word[start:place])
                start, used = place, 0.0
            used += step
        return [*pieces, word[start:]]

    def _shortened(self, text: str, width: float) -> str:
        """``text`` with "…" at its end, cut between words where that is possible."""
        text = text.rstrip(" .,;:…")
        while text and self.width(text + "…") > width:
            head, space, _ = text.rpartition(" ")
            text = head.rstrip(" .,;:…") if space and head.strip() else text[:-1]
        return text + "…"


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
        style, fonts = self.style, family(self.style.face)
        pen = self.canvas.beginText()
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
