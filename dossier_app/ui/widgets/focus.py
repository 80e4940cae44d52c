"""When a painted widget shows that it has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

_KEEP = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class FocusRing:
    """Put before the Qt class: ``class Button(FocusRing, QPushButton)``.

    The ring is for who works with the keyboard: focus that a mouse press brought shows
    none, every other focus does.
    """

    _by_mouse = False

    @property
    def shows_ring(self) -> bool:
        return self.hasFocus() and not self._by_mouse  # type: ignore[attr-defined]

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _KEEP:
            self._by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)  # type: ignore[misc]
