"""Grounds, lines and marks: card, hairline, load bar, avatar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from dossier_app.domain.sheets import Load
from dossier_app.ui.theme import BOLD, font, scale, tokens
from dossier_app.ui.widgets import paint


class Card(QFrame):
    """A rounded ground; ``role`` names its colour, ``outline`` draws the hairline."""

    def __init__(
        self, role: str = "paper", *, outline: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._outline = outline

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, radius = getattr(tokens(), self._role), scale().radius_panel
        if self._outline:
            paint.outlined(painter, self.rect(), radius, fill, tokens().line)
        else:
            paint.rounded(painter, self.rect(), radius, fill)


class Hairline(QWidget):
    """A line one pixel wide, horizontal unless told."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), tokens().line)


class LoadBar(QWidget):
    """How full a day is; brick when it is over."""

    HEIGHT = 5

    def __init__(self, load: Load | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._load = load or Load()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_load(self, load: Load) -> None:
        self._load = load
        self.setAccessibleName(f"{load.fraction:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.draw_load(painter, self.rect(), self._load, t.accent, t.line, t.danger)


class Avatar(QWidget):
    """Initials in a circle."""

    def __init__(self, name: str = "", size: int = 44, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = ""
        self.setFixedSize(size, size)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show the first letters of the first two words of ``name``."""
        words = ["".join(filter(str.isalnum, word)) for word in name.split()]
        self._initials = "".join(word[0].upper() for word in words if word)[:2]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.accent_soft)
        painter.drawEllipse(self.rect())
        paint.write(
            painter, self.rect(), self._initials, font("body", BOLD), t.accent, paint.CENTRE
        )
