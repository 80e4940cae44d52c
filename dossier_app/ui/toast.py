"""One short message at the foot of the window, with one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QPushButton, QWidget

from dossier_app.ui.theme import BOLD, font, tokens
from dossier_app.ui.widgets import ElidedLabel, paint
from dossier_app.ui.widgets.focus import FocusRing

STAY_MS, FADE_MS = 6000, 180
_SHADOW = 12  # px of soft shadow around the bar
_BAR_HEIGHT, _ABOVE_EDGE = 34, 24
_LEFT, _GAP, _RIGHT = 14, 8, 8  # px beside the words and the button


class _Action(FocusRing, QPushButton):
    """The word at the right of the bar."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = tokens().toast_action
        paint.write(painter, self.rect(), self.text(), font("body", BOLD), ink, paint.CENTRE)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), 5, ink)


class Toast(QWidget):
    """Lies over ``window`` at its foot; stays a while, longer under pointer or focus."""

    acted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._label = ElidedLabel(role="on_toast")
        self._action = _Action()
        self._action.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SHADOW + _LEFT, _SHADOW, _SHADOW + _RIGHT, _SHADOW)
        row.setSpacing(_GAP)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self._fade_out)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.finished.connect(self.hide)
        self._action.clicked.connect(self._act)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, action: str = "") -> None:
        """Show ``text``; with ``action`` a button that makes `acted` speak."""
        self._fade.stop()
        self._effect.setEnabled(False)
        self._label.setText(text)
        self._action.setText(action)
        self._action.setAccessibleName(f"{action}: {text}" if action else "")
        self._action.setVisible(bool(action))
        self._action.setFixedSize(paint.text_width(action, font("body", BOLD)) + 16, 24)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def text(self) -> str:
        return self._label.text()

    def _place(self) -> None:
        window = self._window
        width = paint.text_width(self._label.text(), font()) + 2 * _SHADOW + _LEFT + _RIGHT + 2
        if self._action.text():
            width += self._action.width() + _GAP
        width = min(width, window.width())
        height = _BAR_HEIGHT + 2 * _SHADOW
        top = window.height() - _ABOVE_EDGE - _BAR_HEIGHT - _SHADOW
        self.setGeometry(QRect((window.width() - width) // 2, top, width, height))

    def _act(self) -> None:
        self._timer.stop()
        self.hide()
        self.acted.emit()

    def _fade_out(self) -> None:
        if self._action.hasFocus() or self.underMouse():
            self._timer.start()
            return
        self._effect.setEnabled(True)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._fade.stop()
        self._effect.setEnabled(False)
        self._timer.start()
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = self.rect().adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        for spread in range(_SHADOW, 0, -2):
            shade = QColor(0, 0, 0, 5 + (_SHADOW - spread))
            rect = bar.adjusted(-spread, -spread + 4, spread, spread).intersected(self.rect())
            paint.rounded(painter, rect, 8 + spread, shade)
        paint.rounded(painter, bar, 8, tokens().toast)
