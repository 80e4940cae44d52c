"""What is filled in by hand: lines, boxes, circles, empty tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from dossier_app.printing.blocks import FUZZ, Block, Label, Row, Size, Text, draw_rule
from dossier_app.printing.style import BODY, FAR, INK, MM, RULE, RULE_WIDTH, SMALL, WRITING_STEP
from dossier_app.printing.text import Setter, write

_ABOVE = WRITING_STEP - BODY.leading  # white above a text that has a line behind it
# From the top of a writing line's room down to text that stands on it.
TEXT_ABOVE_LINE = _ABOVE + 0.5
_AFTER_TICK = 14
_BETWEEN_CHOICES = 14
_CIRCLE = 6.4
_SCALE_STEP = 22
_DIGIT_WIDTH = 5.2 * MM
_COLUMN_GAP = 3 * MM
_LEAST_ROWS = 2  # of an empty table on either side of a page's end


class Question(Block):
    """A question with a line for the answer behind it, or under it if it is long."""

    def __init__(self, text: str) -> None:
        super().__init__(0)
        self.text = Text(text, limit=2)

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        lines = self.text.lines_in(aw)
        self._under = len(lines) > 1 or lines[0].width > aw * 0.6
        self.width = aw
        self.height = self.text.height_in(aw) + _ABOVE + (WRITING_STEP - 4 if self._under else 0)
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        self.text.draw_at(canvas, left, bottom + self.height - self.text.height - _ABOVE)
        start = 0 if self._under else self.text.lines_in(self.width)[0].width + 6
        draw_rule(canvas, left + start, left + self.width, bottom + (2 if self._under else 4))


class WritingLines(Block):
    """Empty lines to write on: ``count`` of them, or (0) as many as the page has room
    for, less ``reserve`` points for what follows."""

    def __init__(self, count: int = 0, *, reserve: float = 0, above: float = 0) -> None:
        super().__init__(above)
        self.count, self.reserve = count, reserve

    def wrap(self, aw: float, ah: float) -> Size:
        fitting = int((ah - self.reserve + FUZZ) / WRITING_STEP)
        self._lines = self.count or max(fitting, 1)
        self.width, self.height = aw, self._lines * WRITING_STEP
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        for number in range(self._lines):
            draw_rule(canvas, left, left + self.width, bottom + number * WRITING_STEP)


class Notes(Block):
    """Lines to the end of the page under ``label``. Where that would be fewer than
    ``least`` there are none, or, where they ``must`` be, they go over to the next page."""

    def __init__(self, label: str, *, least: int, must: bool = False) -> None:
        super().__init__()  # space above it would not fit on a full page
        self.label, self.lines = Label(label), WritingLines()
        self.least, self.must = least, must

    def wrap(self, aw: float, ah: float) -> Size:
        top = FAR + self.label.height_in(aw)
        needed = top + self.least * WRITING_STEP
        self.width, self.height = aw, needed if self.must else 0.0
        if ah >= needed:
            self.height = top + self.lines.wrap(aw, ah - top)[1]
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        if self.height:
            self.lines.draw_at(canvas, left, bottom)
            self.label.draw_at(canvas, left, bottom + self.lines.height)


class Space(Block):
    """Nothing, ``height`` points of it; what it stands above comes with it."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.keepWithNext = True
        self._height = height

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        return aw, self._height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        """Leave it white."""


class Choices(Block):
    """Boxes to tick, each with its text, side by side as far as they go."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self.texts = [Text(text, tick="open", limit=2) for text in texts]

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self._lines: list[list[tuple[float, Text]]] = []
        used = aw
        for text in self.texts:
            width = Setter(text.style).width(text.text) + _AFTER_TICK
            if used + width > aw or not self._lines:
                self._lines.append([])
                used = 0
            self._lines[-1].append((used, text))
            text.wrap(min(width, aw - used), 0)
            used += width + _BETWEEN_CHOICES
        self.width, self.height = aw, sum(map(_height, self._lines))
        return aw, self.height

    def split(self, aw: float, ah: float) -> list[Choices]:
        self.wrap(aw, ah)
        ends = accumulate(map(_height, self._lines))
        fitting = sum(end <= ah + FUZZ for end in ends)
        if not 0 < fitting < len(self._lines):
            return []
        parts = [Choices([]), Choices([])]
        for part, lines in zip(parts, (self._lines[:fitting], self._lines[fitting:]), strict=True):
            part.texts = [text for line in lines for _, text in line]
        return parts

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        top = bottom + self.height
        for line in self._lines:
            for x, text in line:
                text.draw_at(canvas, left + x, top - TEXT_ABOVE_LINE - text.height)
            top -= _height(line)


def _height(line: Sequence[tuple[float, Text]]) -> float:
    """The height of a line of choices: one of them may be too long for a single one."""
    more = max(text.height - text.style.leading for _, text in line)
    return WRITING_STEP + more


class Scale(Block):
    """Numbers in circles, one of which is to be crossed."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self.numbers = range(first, last + 1)

    @property
    def natural_width(self) -> float:
        return len(self.numbers) * _SCALE_STEP

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, WRITING_STEP
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        step = min(_SCALE_STEP, self.width / len(self.numbers))
        for place, number in enumerate(self.numbers):
            x, y = left + place * step + _CIRCLE, bottom + 5.2
            canvas.setStrokeGray(INK)
            canvas.setLineWidth(RULE_WIDTH)
            canvas.circle(x, y, min(_CIRCLE, step / 2 - 0.5))
            write(canvas, str(number), x, y - 2.8, SMALL(grey=INK), align="centre")


class DigitBoxes(Block):
    """A box for each digit; ``pattern`` is like "00.00.0000", its other characters are
    printed between the boxes."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.pattern = pattern

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, WRITING_STEP
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        x = left
        for char in self.pattern:
            if char == "0":
                canvas.setStrokeGray(RULE)
                canvas.setLineWidth(RULE_WIDTH)
                canvas.rect(x, bottom, _DIGIT_WIDTH, WRITING_STEP - 4)
                x += _DIGIT_WIDTH
            else:
                x += write(canvas, char, x + 2.5, bottom + 3, BODY) + 5


class RuledTable(Block):
    """An empty table to fill in: a head and ``count`` rows, or (0) as many as the page has
    room for, less ``reserve`` points for what follows. ``widths`` as in `Row`."""

    def __init__(
        self,
        head: Sequence[str],
        widths: Sequence[float],
        count: int = 0,
        *,
        reserve: float = 0,
        above: float = 0,
    ) -> None:
        super().__init__(above)
        self.titles, self.widths, self.count, self.reserve = head, widths, count, reserve
        cells = [[Text(title, SMALL, limit=2)] for title in head]
        self.head = Row(cells, widths, gap=_COLUMN_GAP)

    def wrap(self, aw: float, ah: float) -> Size:
        top = self.head.height_in(aw)
        fitting = int((ah - self.reserve - top + FUZZ) / WRITING_STEP)
        self._rows = self.count or max(fitting, 1)
        self.width, self.height = aw, top + self._rows * WRITING_STEP
        return aw, self.height

    def split(self, aw: float, ah: float) -> list[RuledTable]:
        fitting = int((ah - self.head.height_in(aw) + FUZZ) / WRITING_STEP)
        here = min(fitting, self.count - _LEAST_ROWS)
        if here < _LEAST_ROWS:
            return []
        counts = (here, self.count - here)
        return [RuledTable(self.titles, self.widths, count) for count in counts]

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        self.head.wrap(self.width, 0)
        self.head.draw_at(canvas, left, bottom + self.height - self.head.height)
        for number in range(self._rows):
            x = left
            for width in self.head.columns(self.width):
                draw_rule(canvas, x, x + width, bottom + number * WRITING_STEP)
                x += width + _COLUMN_GAP
