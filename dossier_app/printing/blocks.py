"""Building blocks of all prints: platypus flowables that set plain text.

A page is made of `Text`, of `Row` (cells side by side, each a stack of blocks) and of
`Table`. They break over pages between lines, so that no text can be too long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

from reportlab.platypus import Flowable

from dossier_app.printing.style import (
    APART,
    BODY,
    FRAME_WIDTH,
    GUTTER,
    HAIRLINE,
    INK,
    LABEL,
    MM,
    NEAR,
    RULE,
    RULE_WIDTH,
    STRONG,
    TextStyle,
)
from dossier_app.printing.text import Drawing, Line, Setter

Size = tuple[float, float]
_TICK_INDENT = 13
_TICK_SIZE = 7
_FRAME_INSET = 4 * MM
_FRAME_PAD = 2.6 * MM
_SHORT_ROW, _LONG_ROW = 24 * MM, 100 * MM
FUZZ = 1e-6  # points; as in reportlab's frames

_Parted = tuple[list["Block"], list["Block"]]  # what stands before a break, and behind it


class Block(Flowable):  # type: ignore[misc]
    """A flowable whose ``above`` is the space between it and the block before it."""

    def __init__(self, above: float = 0) -> None:
        super().__init__()
        self.spaceBefore = above
        self.spaceAfter = 0
        self.width = self.height = 0.0

    def height_in(self, width: float) -> float:
        """The height that the block takes in a column of ``width``."""
        return float(self.wrap(width, 1e6)[1])

    def draw(self) -> None:
        self.draw_at(self.canv, 0, 0)

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        """Draw the block, which has been wrapped, with its lower left corner there.

        Blocks inside others are drawn so, without a coordinate system of their own.
        """
        raise NotImplementedError


def draw_rule(canvas: Any, x1: float, x2: float, y: float, grey: float = RULE) -> None:
    """Draw a horizontal line from ``x1`` to ``x2``."""
    canvas.setStrokeGray(grey)
    canvas.setLineWidth(RULE_WIDTH)
    canvas.line(x1, y, x2, y)


class Unseen(Block):
    """Takes no room; does something to its page when it is reached."""

    _ZEROSIZE = True

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        return 0, 0


class Text(Block):
    """Plain text of one style.

    ``limit`` is the greatest number of lines (0: any), then comes "…". ``tick`` puts a
    box before it, to be ticked or ticked already; ``indented`` stands under such a text.
    With ``keep`` it is never the last thing on a page.
    """

    def __init__(
        self,
        text: str,
        style: TextStyle = BODY,
        *,
        above: float = 0,
        limit: int = 0,
        tick: Literal["", "open", "done"] = "",
        align: Literal["left", "right"] = "left",
        keep: bool = False,
        indented: bool = False,
    ) -> None:
        super().__init__(above)
        self.keepWithNext, self.indented = keep, indented
        self.text, self.style, self.limit, self.tick, self.align = text, style, limit, tick, align
        self.laid: tuple[float, list[Line]] | None = None

    def lines_in(self, width: float) -> list[Line]:
        """The lines of the text in a column of ``width``."""
        if self.laid is None or self.laid[0] != width:
            room = max(width - self._indent, 1)
            self.laid = (width, Setter(self.style).lines(self.text, room, self.limit))
        return self.laid[1]

    @property
    def _indent(self) -> float:
        return _TICK_INDENT if self.tick or self.indented else 0

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, len(self.lines_in(aw)) * self.style.leading
        return aw, self.height

    def split(self, aw: float, ah: float) -> list[Self]:
        lines = self.lines_in(aw)
        fitting = int((ah + FUZZ) / self.style.leading)
        if len(lines) - fitting == 1:
            fitting -= 1  # the last line does not go over alone
        if fitting < 1 or fitting >= len(lines) or (fitting == 1 and len(lines) > 2):
            return []
        return [self._part(aw, lines[:fitting]), self._part(aw, lines[fitting:], rest=True)]

    def _part(self, width: float, lines: list[Line], *, rest: bool = False) -> Self:
        above = 0 if rest else self.spaceBefore
        tick = "" if rest else self.tick
        part = type(self)(
            "", self.style, above=above, limit=self.limit, tick=tick, align=self.align
        )
        part.laid = (width, lines)
        # What goes over keeps the indent, not the box.
        part.indented = self.indented or (rest and bool(self.tick))
        return part

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        style = self.style
        # The base line divides the leading so that capitals stand in its middle.
        first = bottom + self.height - (style.leading + 0.69 * style.size) / 2

        def place(number: int, line: Line) -> Size:
            x = self.width - line.width if self.align == "right" else self._indent
            return left + x, first - number * style.leading

        Drawing(canvas, style).lines(self.lines_in(self.width), place)
        if self.tick:
            canvas.setStrokeGray(INK)
            canvas.setLineWidth(0.8)
            canvas.rect(left + 0.4, first - 0.4, _TICK_SIZE, _TICK_SIZE)
        if self.tick == "done":
            x, y = left + 3.3, first + 1.2
            canvas.lines([(x - 1.5, y + 1.8, x, y), (x, y, x + 2.7, y + 3.8)])


class Label(Text):
    """The small capitals above a block; never the last line of a page."""

    def __init__(self, text: str, style: TextStyle = LABEL, **options: Any) -> None:
        super().__init__(text, style, **{"above": APART, "limit": 1, "keep": True} | options)


class Heading(Label):
    """A heading that also stands in the outline of the file; ``level`` counts from 0."""

    def __init__(self, text: str, style: TextStyle, *, level: int = 0, above: float = 0) -> None:
        super().__init__(text, style, above=above, limit=3)
        self.level = level

    def split(self, aw: float, ah: float) -> list[Self]:  # noqa: ARG002 - as above
        return []

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        _add_outline_entry(canvas, self.text, self.level, bottom + self.height)
        super().draw_at(canvas, left, bottom)


class Entry(Unseen):
    """An entry of the file's outline, without anything on the page."""

    def __init__(self, title: str, level: int = 0) -> None:
        super().__init__()
        self.title, self.level = title, level

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:  # noqa: ARG002
        _add_outline_entry(canvas, self.title, self.level, bottom)


def _add_outline_entry(canvas: Any, title: str, level: int, top: float) -> None:
    """Let the outline lead to the height ``top`` of the current page."""
    number = getattr(canvas, "outline_entries", 0)
    canvas.outline_entries = number + 1
    canvas.bookmarkHorizontal(f"entry{number}", 0, top + 4)
    # Of what lies deeper, one sees only that it is there.
    canvas.addOutlineEntry(" ".join(title.split()), f"entry{number}", level, closed=level > 0)


class Row(Block):
    """Cells side by side, each a stack of texts.

    ``widths`` are the columns in points; one of them may be 0 and takes what is left.
    ``ruled`` draws a hairline above; ``framed`` draws the page's one frame around it.
    """

    def __init__(
        self,
        cells: Sequence[Sequence[Block]],
        widths: Sequence[float],
        *,
        gap: float = GUTTER,
        above: float = 0,
        pad: float = 0,
        ruled: bool = False,
        framed: bool = False,
    ) -> None:
        super().__init__(above)
        self.cells, self.widths, self.gap, self.pad = cells, widths, gap, pad
        self.ruled, self.framed = ruled, framed

    @property
    def _inset(self) -> float:
        return _FRAME_INSET if self.framed else 0

    def columns(self, aw: float) -> list[float]:
        """The widths of the columns in a row of width ``aw``."""
        room = aw - 2 * self._inset - self.gap * (len(self.cells) - 1) - sum(self.widths)
        flexible = max(self.widths.count(0), 1)
        return [width or max(room / flexible, 1) for width in self.widths]

    @property
    def _around(self) -> float:
        return 2 * (self.pad + (_FRAME_PAD if self.framed else 0))

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        if self.width != aw:  # else it was measured before
            columns = zip(self.cells, self.columns(aw), strict=True)
            tallest = max((_stack_height(cell, width) for cell, width in columns), default=0)
            self.width, self.height = aw, tallest + self._around
        return aw, self.height

    def split(self, aw: float, ah: float) -> list[Row]:
        if self.height_in(aw) <= _SHORT_ROW:
            return []  # a few lines are read together
        room = ah - self._around
        parts = self._parts(aw, room)
        if 0 < self._height_of_rest(aw, parts) < 2 * BODY.leading:
            # A line does not go over alone; where no other can go with it, it must.
            fewer = self._parts(aw, room - BODY.leading)
            parts = fewer if _begins_all(self.cells, fewer) else parts
        if not _begins_all(self.cells, parts) or not any(rest for _, rest in parts):
            return []
        return [
            self._with([head for head, _ in parts], self.spaceBefore, self.ruled),
            self._with([rest for _, rest in parts], 0, False),
        ]

    def _parts(self, aw: float, room: float) -> list[_Parted]:
        """What of each cell fits into ``room``, and the rest."""
        columns = zip(self.cells, self.columns(aw), strict=True)
        return [_split_stack(cell, width, room) for cell, width in columns]

    def _height_of_rest(self, aw: float, parts: Sequence[_Parted]) -> float:
        columns = zip(parts, self.columns(aw), strict=True)
        return max((_stack_height(rest, width) for (_, rest), width in columns), default=0)

    def _with(self, cells: Sequence[Sequence[Block]], above: float, ruled: bool) -> Row:
        return Row(
            cells, self.widths, gap=self.gap, above=above, pad=self.pad, ruled=ruled,
            framed=self.framed,
        )  # fmt: skip

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        top = bottom + self.height
        if self.ruled:
            draw_rule(canvas, left, left + self.width, top, HAIRLINE)
        if self.framed:
            canvas.setStrokeGray(INK)
            canvas.setLineWidth(FRAME_WIDTH)
            canvas.rect(left, bottom, self.width, self.height)
        x = left + self._inset
        for cell, width in zip(self.cells, self.columns(self.width), strict=True):
            y = top - self._around / 2
            for number, block in enumerate(cell):
                y -= block.height_in(width) + (block.spaceBefore if number else 0)
                block.draw_at(canvas, x, y)
            x += width + self.gap


class WholeRow(Row):
    """A row that goes over to the next page whole, unless it is very long."""

    def split(self, aw: float, ah: float) -> list[Row]:
        return super().split(aw, ah) if self.height_in(aw) > _LONG_ROW else []


def _stack_height(cell: Sequence[Block], width: float) -> float:
    between = sum(block.spaceBefore for block in cell[1:])
    return between + sum(block.height_in(width) for block in cell)


def _begins_all(cells: Sequence[Sequence[Block]], parts: Sequence[_Parted]) -> bool:
    """True when something of each cell stands before the break."""
    return all(head for cell, (head, _) in zip(cells, parts, strict=True) if cell)


def _split_stack(cell: Sequence[Block], width: float, room: float) -> _Parted:
    """What of a stack fits into ``room``, and the rest."""
    for number, block in enumerate(cell):
        above = block.spaceBefore if number else 0
        height = block.height_in(width)
        if height + above > room + FUZZ:
            parts = block.split(width, room - above)
            if len(parts) == 2:
                return [*cell[:number], parts[0]], [parts[1], *cell[number + 1 :]]
            # A label stays with the text under it.
            keep = number
            while keep and getattr(cell[keep - 1], "keepWithNext", False):
                keep -= 1
            return list(cell[:keep]), list(cell[keep:])
        room -= height + above
    return list(cell), []


class Table(Block):
    """Rows of texts under a head that is repeated on every page.

    ``head`` holds the labels, or is a row of its own; ``widths`` as in `Row`.
    """

    def __init__(
        self,
        head: Sequence[str] | Row,
        rows: Sequence[Sequence[str]] | Sequence[Row],
        widths: Sequence[float],
        *,
        above: float = 0,
    ) -> None:
        super().__init__(above)
        self.head, self.widths = head, widths
        self.rows = [row if isinstance(row, Row) else self._row(row) for row in rows]
        labels = [] if isinstance(head, Row) else [[Label(title)] for title in head]
        self._top = head if isinstance(head, Row) else Row(labels, widths, gap=GUTTER / 2)

    def _row(self, texts: Sequence[str]) -> Row:
        cells = [[Text(text)] for text in texts]
        return Row(cells, self.widths, gap=GUTTER / 2, pad=2, ruled=True)

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width = aw
        self.height = sum(row.height_in(aw) for row in (self._top, *self.rows))
        return aw, self.height

    def split(self, aw: float, ah: float) -> list[Table]:
        room = ah - self._top.height_in(aw)
        for number, row in enumerate(self.rows):
            height = row.height_in(aw)
            if height > room + FUZZ:
                parts = row.split(aw, room)
                first, rest = parts if len(parts) == 2 else (None, row)
                here = [*self.rows[:number], *([first] if first else [])]
                if not here:
                    return []
                there = [rest, *self.rows[number + 1 :]]
                return [
                    Table(self.head, here, self.widths, above=self.spaceBefore),
                    Table(self.head, there, self.widths),
                ]
            room -= height
        return []

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        y = bottom + self.height
        for row in (self._top, *self.rows):
            y -= row.height_in(self.width)
            row.draw_at(canvas, left, y)


def labelled(label: str, *blocks: Block) -> list[Block]:
    """A cell of a row: ``blocks`` under their label."""
    return [Label(label), *blocks]


def timeline(when: str, texts: Sequence[Block]) -> Row:
    """A row of a list by date: the date, and what was."""
    date = Text(when, STRONG, limit=2)
    return Row([[date], texts], [88, 0], gap=NEAR, pad=2.6, ruled=True)
