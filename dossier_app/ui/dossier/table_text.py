"""A table read in a narrow column: row by row, each cell below the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.ui.dossier.prose import draw_prose, line_height, wrapped
from dossier_app.ui.theme import REGULAR, SEMIBOLD, Size, font
from dossier_app.ui.widgets import paint

_GAP = 7  # px between rows
_BESIDE = 10  # px between a heading and its cell
_WIDEST_HEADING = 96  # px

Rows = Sequence[Sequence[tuple[str, str]]]  # of each row the cells: heading and text


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines at a place."""

    corner: QPoint
    width: int
    lines: tuple[str, ...]
    of: tuple[Size, QFont.Weight]
    role: str

    @property
    def bottom(self) -> int:
        return self.corner.y() + len(self.lines) * line_height(self.of[0])


class TableText(QWidget):
    """What a row is about stands first and stronger; the headings of the others before
    them, in a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Rows = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: Rows) -> None:
        self._rows = rows
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        return max((piece.bottom for piece in self._pieces(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for piece in self._pieces(self.width()):
            draw_prose(painter, piece.corner, piece.width, piece.lines, piece.of, piece.role)

    def _pieces(self, width: int) -> Iterator[_Piece]:
        headings = [heading for row in self._rows for heading, _ in row[1:]]
        widest = max((paint.text_width(text, font("small")) for text in headings), default=0)
        aside = min(widest + 1, _WIDEST_HEADING) if widest else 0  # widths are rounded
        left = aside + _BESIDE if aside else 0
        y = 0
        for row in self._rows:
            if not row:
                continue
            weight = SEMIBOLD if len(row) > 1 else REGULAR
            first = _piece(row[0][1], 0, y, width, ("body", weight), "ink")
            yield first
            y = first.bottom
            for heading, text in row[1:]:
                # The small heading stands on the line of the larger text.
                name = _piece(heading, 0, y + 2, aside, ("small", REGULAR), "muted")
                cell = _piece(text, left, y, width - left, ("body", REGULAR), "ink")
                yield name
                yield cell
                y = max(name.bottom, cell.bottom)
            y += _GAP if len(row) > 1 else 2


def _piece(
    text: str, x: int, y: int, width: int, of: tuple[Size, QFont.Weight], role: str
) -> _Piece:
    return _Piece(QPoint(x, y), width, wrapped(text, *of, width), of, role)
