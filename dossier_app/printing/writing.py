"""Lines to write on by hand."""

from __future__ import annotations

from typing import Any

from dossier_app.printing.blocks import FUZZ, Block, Size, Text, draw_rule
from dossier_app.printing.style import WRITING_STEP


class Question(Block):
    """A question with a line for the answer behind it, or under it if it is long."""

    def __init__(self, text: str) -> None:
        super().__init__(0)
        self.text = Text(text, limit=2)

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        lines = self.text.lines_in(aw)
        self._under = len(lines) > 1 or lines[0].width > aw * 0.6
        self.width = aw
        self.height = self.text.height_in(aw) + 7 + (WRITING_STEP - 4 if self._under else 0)
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        self.text.draw_at(canvas, left, bottom + self.height - self.text.height - 7)
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
