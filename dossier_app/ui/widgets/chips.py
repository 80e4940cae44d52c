"""Chips: a word or a short sentence on a coloured ground, and the layout that wraps them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from dossier_app.ui.theme import tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.focus import FocusRing
from dossier_app.ui.widgets.paint import Tone

LARGEST = 318  # px of a sentence: two stand side by side on a page

__all__ = ["Chip", "FlowLayout", "Tone"]


class Chip(FocusRing, QAbstractButton):
    """A small chip for a role or a tag; a large one, which can be pressed, for a slip.

    Connect ``clicked`` of a large chip; a small one takes no focus.
    """

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.PLAIN,
        *,
        icon: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._tone = tone
        self._icon = icon
        self._large = large
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if large:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setToolTip(text)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        if self._large:
            return QSize(min(self.whole, LARGEST), paint.CHIP_LARGE)
        return QSize(self.whole, paint.CHIP_SMALL)

    @property
    def whole(self) -> int:
        """The width at which nothing of the text is cut."""
        return paint.chip_width(self.text(), self._icon, small=not self._large)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._tone.colours(tokens())
        paint.draw_chip(painter, self.rect(), self.text(), colours, self._icon)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), 6, colours[1])


class FlowLayout(QLayout):
    """Items side by side that go on in the next line, as words do. Chips whose text is cut
    share what is left of their line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take all widgets out and delete them."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the items out in the width of ``rect``; returns the height they need."""
        y = rect.top()
        for line in self._lines(rect.width()):
            if y > rect.top():
                y += self._gap
            sizes = [item.sizeHint() for item in line]
            if move:
                x = rect.left()
                for item, width in zip(line, self._widths(line, rect.width()), strict=True):
                    item.setGeometry(QRect(x, y, width, item.sizeHint().height()))
                    x += width + self._gap
            y += max(size.height() for size in sizes)
        return y - rect.top()

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        end = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            width = min(item.sizeHint().width(), max(room, 0))
            if lines and end + self._gap + width <= room:
                lines[-1].append(item)
                end += self._gap + width
            else:
                lines.append([item])
                end = width
        return lines

    def _widths(self, line: list[QLayoutItem], room: int) -> list[int]:
        widths = [min(item.sizeHint().width(), max(room, 0)) for item in line]
        left = room - sum(widths) - self._gap * (len(line) - 1)
        wanting = [at for at, item in enumerate(line) if _missing(item) > 0]
        for number, at in enumerate(wanting):
            more = min(_missing(line[at]), left // (len(wanting) - number))
            widths[at] += more
            left -= more
        return widths


def _missing(item: QLayoutItem) -> int:
    """How much wider the item would have to be to show its whole text."""
    widget = item.widget()
    return widget.whole - item.sizeHint().width() if isinstance(widget, Chip) else 0
