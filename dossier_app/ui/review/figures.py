"""The figures of a review side by side, calm: a label, the number, what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dossier_app.ui.review.words import Figure
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, tokens
from dossier_app.ui.widgets import paint

_HEIGHT = 70  # px of the strip
_BAR = 3  # px


class FigureStrip(QWidget):
    """Shows `Figure` after `Figure` between two lines."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(_HEIGHT)
        self.cells: list[FigureCell] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        while len(self.cells) < len(figures):
            cell = FigureCell(is_first=not self.cells)
            self.cells.append(cell)
            self._row.addWidget(cell, 1)
        for cell, figure in zip(self.cells, figures, strict=True):
            cell.show_figure(figure)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, line = QPainter(self), tokens().line
        paint.hairline(painter, 0, self.width(), 0, line)
        paint.hairline(painter, 0, self.width(), self.height() - 1, line)


class FigureCell(QWidget):
    """One figure."""

    def __init__(self, *, is_first: bool) -> None:
        super().__init__()
        self.figure = Figure("", "")
        self._is_first = is_first
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def _left(self) -> int:
        """Where the words begin, behind the line between two cells."""
        return 0 if self._is_first else 12

    def show_figure(self, figure: Figure) -> None:
        self.figure = figure
        self.setAccessibleName(figure.spoken)
        self.setToolTip(figure.spoken)
        label = paint.text_width(figure.label, font("small", MEDIUM, caps=True))
        number = paint.text_width(figure.number, font("title", SEMIBOLD, tabular=True))
        self.setMinimumWidth(self._left + max(label, number) + 8)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter, figure = tokens(), QPainter(self), self.figure
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._left
        if not self._is_first:
            painter.fillRect(QRect(0, 12, 1, self.height() - 24), t.line)
        room = QRect(left, 7, self.width() - left - 8, 15)
        paint.write(painter, room, figure.label, font("small", MEDIUM, caps=True), t.muted)
        number = QRect(room.left(), 22, room.width(), 22)
        paint.write(painter, number, figure.number, font("title", SEMIBOLD, tabular=True), t.ink)
        note = QRect(room.left(), 44, room.width(), 15)
        ink = t.danger if figure.alarm else t.muted
        paint.write(painter, note, figure.note, font("small"), ink)
        if figure.share is not None:
            bar = QRect(room.left(), 62, min(room.width(), 88), _BAR)
            paint.rounded(painter, bar, 1.5, t.line)
            if figure.share > 0:
                bar.setWidth(max(_BAR, round(bar.width() * figure.share)))
                paint.rounded(painter, bar, 1.5, t.accent)
