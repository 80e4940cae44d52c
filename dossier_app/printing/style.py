"""The look of every print: paper, margins, type scale, greys and rules.

Black on white, one family, labels in spaced capitals, lines instead of boxes. All
lengths are in points unless a name says millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dossier_app.printing.fonts import Face
from dossier_app.printing.options import Paper

MM = 72 / 25.4

INK = 0.07
MUTED = 0.35
RULE = 0.55  # lines to write on
HAIRLINE = 0.78  # lines between rows
RULE_WIDTH = 0.6
FRAME_WIDTH = 0.9


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper size with its margins; the left one is wide enough to punch."""

    width: float
    height: float
    left: float = 24.5 * MM
    right: float = 12.5 * MM
    top: float = 22 * MM  # first line of the content, below the head
    bottom: float = 21 * MM  # last line of the content, above the footer

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


SHEETS: dict[Paper, Sheet] = {
    "a4": Sheet(210 * MM, 297 * MM),
    "letter": Sheet(612, 792),
}

# Two holes by ISO 838: 80 mm apart, centred on the height, 12 mm from the edge, 6 mm wide.
HOLES_APART = 80 * MM
HOLE_FROM_EDGE = 12 * MM
HOLE_RADIUS = 3 * MM

GUTTER = 8 * MM
WRITING_STEP = 8 * MM  # from one line to write on to the next, room for a quick hand


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text looks. ``tracking`` is extra space between letters; ``capitals`` sets
    the text in capitals; ``kerned`` places letters by the font's kerning, which shows in
    large type only."""

    size: float
    leading: float
    face: Face = Face.REGULAR
    grey: float = INK
    tracking: float = 0
    capitals: bool = False
    kerned: bool = False

    def __call__(
        self, *, face: Face | None = None, grey: float | None = None, size: float | None = None
    ) -> TextStyle:
        """The same style in another face, grey or size."""
        return replace(
            self,
            face=face or self.face,
            grey=self.grey if grey is None else grey,
            size=size or self.size,
        )


NUMBER = TextStyle(46, 40, Face.BOLD, kerned=True)
NAME = TextStyle(20, 24, Face.BOLD, kerned=True)
TITLE = TextStyle(13, 17, Face.BOLD, kerned=True)
LEAD = TextStyle(11, 15.5, grey=0.2)
BODY = TextStyle(9.5, 13.6)
STRONG = TextStyle(9.5, 13.6, Face.BOLD)
SMALL = TextStyle(8, 11, grey=MUTED)
LABEL = TextStyle(7, 13, Face.BOLD, grey=MUTED, tracking=0.5, capitals=True)
CODE = TextStyle(10, 12, Face.BOLD, tracking=1)

# Space above a block, by how it belongs to the one before it.
NEAR, APART, FAR = 3, 11, 16
