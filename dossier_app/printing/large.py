"""Text as large as a space allows, placed by its ink: what dividers and labels are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dossier_app.printing.blocks import Block, Size
from dossier_app.printing.fonts import Box, Face, family
from dossier_app.printing.style import MM, Sheet, TextStyle
from dossier_app.printing.text import Drawing, Line

_EDGE = 8 * MM  # to the edge of the paper; printers leave 5 mm


class WholePage(Block):
    """A page of its own, drawn in the coordinates of the paper."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet

    def wrap(self, aw: float, ah: float) -> Size:
        self.width, self.height = aw, ah
        return aw, ah

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        canvas.saveState()
        canvas.translate(left - self.sheet.left, bottom - self.sheet.bottom)
        self.draw_page(canvas)
        canvas.restoreState()

    def draw_page(self, canvas: Any) -> None:
        """Draw all of it; (0, 0) is the lower left corner of the paper."""
        raise NotImplementedError


def visible_part(sheet: Sheet) -> Box:
    """What can be printed of the part of a page that is seen in a ring binder: from the
    punching margin to the right edge, with the same free space on all sides."""
    return Box(sheet.left + _EDGE, _EDGE, sheet.width - _EDGE, sheet.height - _EDGE)


def largest_size(texts: Iterable[str], width: float, height: float) -> float:
    """The size in points at which the ink of each of ``texts`` fits ``width`` and ``height``."""
    inks = [family(Face.BOLD).main.ink(text) for text in texts]
    return min(min(width / (ink.right - ink.left), height / (ink.top - ink.bottom)) for ink in inks)


def draw_centred(canvas: Any, text: str, box: Box, size: float, *, tall_as: str = "") -> None:
    """Draw ``text`` so that the middle of its ink is the middle of ``box``.

    Names that follow one another stand on one height when that of the same letter
    (``tall_as``) counts for all of them.
    """
    main = family(Face.BOLD).main
    ink, tall = main.ink(text), main.ink(tall_as or text)
    x = (box.left + box.right - (ink.left + ink.right) * size) / 2
    y = (box.bottom + box.top - (tall.bottom + tall.top) * size) / 2
    style = TextStyle(size, size, Face.BOLD, kerned=True)
    Drawing(canvas, style).lines([Line(text, 0)], lambda _number, _line: (x, y))


def draw_largest(canvas: Any, text: str, box: Box) -> None:
    """Fill ``box`` with ``text``, as large as it goes."""
    size = largest_size([text], box.right - box.left, box.top - box.bottom)
    draw_centred(canvas, text, box, size)
