"""Running text: wrapped everywhere, also inside a word longer than the line."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.ui.theme import REGULAR, Size, font, scale, tokens
from dossier_app.ui.widgets import paint

_LINE_BREAK = "\u2028"
_WIDEST = 320  # px that a text asks for when it has the choice


def line_height(size: Size) -> int:
    """Distance of lines in px."""
    pixels: int = getattr(scale(), size)
    return round(pixels * 1.4)


@lru_cache(maxsize=8192)
def wrapped(
    text: str, size: Size, weight: QFont.Weight, width: int, most: int = 0
) -> tuple[str, ...]:
    """``text`` in lines at most ``width`` px wide; with ``most``, at most so many, the
    last of them cut with an ellipsis."""
    if not text or width <= 0:
        return ()
    layout = QTextLayout(text.replace("\n", _LINE_BREAK), font(size, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    # Qt counts in UTF-16, where an emoji takes two places.
    units = text.encode("utf-16-le", "surrogatepass")
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = 2 * line.textStart()
        end = start + 2 * line.textLength()
        if most and len(lines) == most - 1 and end < len(units):
            # As much as can fill the line; `paint.write` puts the ellipsis.
            end = min(len(units), end + 400)
            lines.append(_readable(units[start:end]) + "…")
            break
        lines.append(_readable(units[start:end]))
    layout.endLayout()
    return tuple(lines)


def _readable(units: bytes) -> str:
    text = units.decode("utf-16-le", "ignore")
    return text.replace("\n", " ").rstrip()


def draw_prose(
    painter: QPainter,
    corner: QPoint,
    width: int,
    lines: tuple[str, ...],
    of: tuple[Size, QFont.Weight],
    role: str = "ink",
) -> None:
    """Write ``lines`` below each other; ``of`` is the size and weight."""
    step, ink, face = line_height(of[0]), getattr(tokens(), role), font(*of)
    for number, line in enumerate(lines):
        # A line may be wider by a trailing space that hangs over.
        room = QRect(corner.x(), corner.y() + number * step, width + 2, step)
        paint.write(painter, room, line, face, ink)


class Prose(QWidget):
    """A text of several lines in one of the sizes; ``role`` names its colour.

    ``most`` limits the lines; the whole text is then the tip.
    """

    def __init__(
        self,
        text: str = "",
        size: Size = "body",
        weight: QFont.Weight = REGULAR,
        *,
        role: str = "ink",
        most: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._of = (size, weight)
        self._role = role
        self._most = most
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_most(self, most: int) -> None:
        """Change the limit of lines."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self.update()

    def set_role(self, role: str) -> None:
        """Change the colour."""
        self._role = role
        self.update()

    def set_look(self, size: Size, role: str) -> None:
        """Change size and colour."""
        self._of, self._role = (size, self._of[1]), role
        self.updateGeometry()
        self.update()

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self._text, *self._of, width, self._most)

    def heightForWidth(self, width: int) -> int:
        return len(self._lines(width)) * line_height(self._of[0])

    def sizeHint(self) -> QSize:
        first = self._text[:200].partition("\n")[0]
        width = min(_WIDEST, paint.text_width(first, font(*self._of)) + 2)
        return QSize(width, self.heightForWidth(max(width, 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, line_height(self._of[0]) if self._text else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        lines = self._lines(self.width())
        self.setToolTip(self._text if lines and lines[-1].endswith("…") else "")
        draw_prose(QPainter(self), QPoint(0, 0), self.width(), lines, self._of, self._role)


def plain(widget: QWidget) -> QWidget:
    """Let ``widget`` show the ground of what it lies on."""
    widget.setProperty("plain", True)
    widget.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
    return widget
