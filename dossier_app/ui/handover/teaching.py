"""What stands where there is nothing yet: what this is for, and how it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.ui.dossier.page import clear
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import SEMIBOLD, scale, tokens
from dossier_app.ui.widgets import Label

_WIDTH, _ICON = 560, 20  # px

Step = tuple[str, str]  # icon and sentence


class Teaching(QWidget):
    """A heading and a few sentences, each with an icon, in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", "title", SEMIBOLD, wrap=True)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(3 * scale().grid)
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 10 * scale().grid, 0, 6 * scale().grid)
        column.setSpacing(4 * scale().grid)
        column.addWidget(self.title)
        column.addLayout(self._steps)
        column.addStretch(1)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inner)
        middle.addStretch(1)

    def teach(self, title: str, steps: Sequence[Step]) -> None:
        """Show another heading and other sentences."""
        self.title.setText(title)
        clear(self._steps)
        for icon, text in steps:
            line = QHBoxLayout()
            line.setSpacing(4 * scale().grid)
            line.addWidget(_Icon(icon), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Label(text, role="muted", wrap=True), 1)
            self._steps.addLayout(line)


class _Icon(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(_ICON, _ICON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self._name, 0, 0, tokens().accent, _ICON)
