"""What editors type into: a text that grows, choices that do not turn under the wheel."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MARGIN = 2  # px around the text inside the padding of the stylesheet
_PADDING = 16  # px above and below the text, frame included
_LEAST = 32  # px, as high as a field of one line
_NARROWEST = 48  # px that lines can be broken to
_TALLEST = 260  # px; a longer text scrolls


class GrowingText(QPlainTextEdit):
    """As tall as its text. Enter is left to whoever holds it, Shift+Enter is a new line;
    without ``lines`` there is no new line at all."""

    def __init__(self, *, lines: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with_lines = lines
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a file that is let go here is for the dossier
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(_MARGIN)
        self.setViewportMargins(3, 0, 3, 0)
        self.textChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        layout, block, height = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        self._be_tall(math.ceil(height) + _PADDING - 2 * _MARGIN)

    def _be_tall(self, height: int) -> None:
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if height > _TALLEST:
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(max(_LEAST, min(height, _TALLEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Before it has its place it can be narrower than its own scroll bar.
        if self.viewport().width() >= _NARROWEST:
            self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                event.ignore()
                return
            if not self._with_lines:
                return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


class Choice(QComboBox):
    """One of ``items`` (key and text); with ``free`` any text may be typed instead."""

    def __init__(
        self,
        items: Iterable[tuple[Any, str]],
        *,
        free: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        for key, text in items:
            self.addItem(text, key)
        self.setEditable(free)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def choose(self, key: Any) -> None:
        """Show the item with that key; the first one when there is none."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls; a choice must not change in passing.
        event.ignore()


class Line(QLineEdit):
    """One line that may be as narrow as a column asks."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)  # as above

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Draw the brick ring around a field whose text was not taken, or take it away."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
