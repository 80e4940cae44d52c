"""Small charts that stay readable on any printer: black, grey, white and hatched bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal

from dossier_app.domain.chart_scale import scale_step
from dossier_app.printing.blocks import Block, Label, Size, draw_rule
from dossier_app.printing.style import BODY, INK, MM, MUTED, SMALL
from dossier_app.printing.text import Setter, write

Fill = Literal["solid", "pale", "open", "hatched"]

_PALE, _GRID = 0.72, 0.86
_VALUE = SMALL(size=7, grey=INK)
_TICK = SMALL(size=7)
_PLOT = 25 * MM  # height of the highest bar
_HEAD = 14
_FOOT = 13
_AXIS = 17  # room for the numbers at the left, more where they are long
_WIDE = 24  # points of a group from which on each bar has its number, where that has room
_ROW = 15.5


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each group of bars."""

    name: str
    values: Sequence[int]
    fill: Fill


class BarChart(Block):
    """Bars over the parts of a span, those of a group side by side or ``stacked``.

    ``labels`` name the groups; those whose number is in ``resting`` (days off) are grey.
    """

    def __init__(
        self,
        title: str,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        resting: Sequence[int] = (),
        stacked: bool = False,
        above: float = 0,
    ) -> None:
        super().__init__(above)
        self.title = Label(title)
        self.labels, self.series = labels, series
        self.resting, self.stacked = set(resting), stacked

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, _HEAD + _PLOT + 12 + _FOOT
        return aw, self.height

    @property
    def highest(self) -> int:
        heights = [
            [one.values[number] for one in self.series] for number in range(len(self.labels))
        ]
        return max((sum(bars) if self.stacked else max(bars) for bars in heights), default=0)

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        self.title.wrap(self.width, _HEAD)
        self.title.draw_at(canvas, left, bottom + self.height - self.title.height)
        _draw_legend(canvas, self.series, left + self.width, bottom + self.height - 9)
        step = scale_step(self.highest)
        top = step * max(ceil(self.highest / step), 1)
        base, unit = bottom + _FOOT, _PLOT / top
        axis = max(_AXIS, Setter(_TICK).width(str(top)) + 5)
        for value in range(0, top + 1, step):
            y = base + value * unit
            draw_rule(canvas, left + axis, left + self.width, y, _GRID if value else MUTED)
            write(canvas, str(value), left + axis - 5, y - 2.4, _TICK, align="right")
        room = (self.width - axis) / max(len(self.labels), 1)
        widest = max(map(Setter(_TICK).width, self.labels), default=0)
        every = ceil((widest + 3) / room)  # labels that would touch each other are left out
        for number, label in enumerate(self.labels):
            if number % every == 0:
                style = _TICK(grey=0.6) if number in self.resting else _TICK(grey=INK)
                middle = left + axis + (number + 0.5) * room
                write(canvas, label, middle, bottom + 3, style, align="centre")
        for number in range(len(self.labels)):
            self._draw_group(canvas, number, left + axis + number * room, base, room, unit)

    def _draw_group(
        self, canvas: Any, number: int, x: float, base: float, room: float, unit: float
    ) -> None:
        columns = 1 if self.stacked else len(self.series)
        bar = min((room * 0.72) / columns, 15)
        longest = Setter(_VALUE).width(str(self.highest))
        numbered = room >= _WIDE and longest <= (room if self.stacked else bar)
        x += (room - bar * columns) / 2
        y, sum_ = base, 0
        for one in self.series:
            value = one.values[number]
            height = value * unit
            if height:
                draw_bar(canvas, x, y, bar, height, one.fill)
            if numbered and value and not self.stacked:
                write(canvas, str(value), x + bar / 2, y + height + 2.5, _VALUE, align="centre")
            if self.stacked:
                y, sum_ = y + height, sum_ + value
            else:
                x += bar
        if numbered and self.stacked and sum_:
            write(canvas, str(sum_), x + bar / 2, y + 2.5, _VALUE, align="centre")


class RankChart(Block):
    """Horizontal bars with their numbers; a mark and a number in brackets for before.

    ``rows`` are name, number now, and number in the span before.
    """

    def __init__(
        self, title: str, rows: Sequence[tuple[str, int, int]], *, above: float = 0
    ) -> None:
        super().__init__(above)
        self.title, self.rows = Label(title), rows

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, _HEAD + 4 + _ROW * len(self.rows)
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        self.title.wrap(self.width, _HEAD)
        self.title.draw_at(canvas, left, bottom + self.height - self.title.height)
        setter = Setter(BODY)
        names = max((setter.width(name) for name, _, _ in self.rows), default=0) + 8
        highest = max((max(now, before) for _, now, before in self.rows), default=0)
        # Both numbers stand behind the longer of bar and mark.
        numbers = setter.width(f"{highest} ({highest})") + 14
        unit = (self.width - names - numbers) / max(highest, 1)
        y = bottom + self.height - _HEAD - 4
        for name, now, before in self.rows:
            y -= _ROW
            write(canvas, name, left, y + 4, BODY)
            x = left + names
            if now:
                draw_bar(canvas, x, y + 3, now * unit, 8, "solid")
            if before:
                # A mark where the span before ended, with white around it to be seen on black.
                for grey, width in ((1, 3.2), (INK, 1)):
                    canvas.setFillGray(grey)
                    canvas.rect(
                        x + before * unit - width / 2, y + 0.8, width, 12.4, stroke=0, fill=1
                    )
            end = x + max(now, before) * unit + 5
            end += write(canvas, str(now), end, y + 4, BODY)
            write(canvas, f"({before})", end + 4, y + 4, SMALL)


def draw_bar(canvas: Any, x: float, y: float, width: float, height: float, fill: Fill) -> None:
    """Draw a bar with its lower left corner at ``x``, ``y``."""
    canvas.setLineWidth(0.6)
    canvas.setStrokeGray(INK)
    canvas.setFillGray({"solid": INK, "pale": _PALE}.get(fill, 1))
    inset = 0 if fill in ("solid", "pale") else 0.3
    canvas.rect(
        x + inset, y, width - 2 * inset, max(height - inset, 0.3),
        stroke=int(inset > 0), fill=1,
    )  # fmt: skip
    if fill == "hatched":
        _hatch(canvas, x + inset, y, width - 2 * inset, height - inset)


def _hatch(canvas: Any, x: float, y: float, width: float, height: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(0.5)
    gap = 2.4
    for number in range(int((width + height) / gap) + 1):
        start = x - height + number * gap
        canvas.line(start, y, start + height, y + height)
    canvas.restoreState()


def _draw_legend(canvas: Any, series: Sequence[Series], right: float, y: float) -> None:
    for one in reversed(series):
        right -= write(canvas, one.name, right, y, SMALL, align="right") + 10
        draw_bar(canvas, right, y - 0.5, 7, 6.5, one.fill)
        right -= 12
