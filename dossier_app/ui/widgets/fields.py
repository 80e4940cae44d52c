"""Fields to type into, beyond what the stylesheet gives Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from dossier_app.ui.icons import ICON, draw_icon
from dossier_app.ui.theme import scale, tokens
from dossier_app.ui.widgets import paint


class SearchField(QWidget):
    """A search line with a lens, and its shortcut while it is empty.

    ``edit`` is the line itself: connect its ``textChanged``. ``keys`` is shown only.
    """

    def __init__(self, hint: str, *, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = paint.keys_text(keys) if keys else ""
        self.edit = QLineEdit(self)
        self.edit.setProperty("bare", True)
        self.edit.setClearButtonEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(34, 0, 12, 0)
        row.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(32)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._text_changed)
        self.set_hint(hint)

    def set_hint(self, hint: str) -> None:
        """New words for the empty field (the language changed)."""
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(hint)
        self._text_changed(self.edit.text())

    def sizeHint(self) -> QSize:
        return QSize(420, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 32)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def _text_changed(self, text: str) -> None:
        room = paint.badge_width(self._badge) + 10 if self._badge and not text else 0
        self.edit.setTextMargins(0, 0, room, 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = scale().radius_control
        paint.outlined(painter, self.rect(), radius, t.paper, t.line)
        draw_icon(painter, "search", 11, (self.height() - ICON) // 2, t.muted)
        if self._badge and not self.edit.text():
            paint.draw_badge(painter, self.width() - 10, self.height() // 2, self._badge, t.muted)
        if self.edit.hasFocus():
            paint.draw_focus(painter, self.rect(), radius, t.accent)
