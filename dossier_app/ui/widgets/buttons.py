"""Buttons and choices of one out of a few."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from dossier_app.ui.icons import ICON, draw_icon
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.focus import FocusRing
from dossier_app.ui.widgets.painted_button import PaintedButton


class Look(Enum):
    """Rank of a button: one primary in view, secondary outlined, quiet without a frame."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"  # outlined, for what cannot be taken back easily


class Button(FocusRing, QPushButton):
    """A push button with an optional icon and the shortcut drawn inside.

    ``keys`` ("Ctrl+L") is shown only; the window binds it. A button without a text needs
    an accessible name.
    """

    HEIGHT = 32

    def __init__(
        self,
        text: str = "",
        look: Look = Look.SECONDARY,
        *,
        icon: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._icon = icon
        self._badge = paint.keys_text(keys) if keys else ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        width = 2 * self._pad
        if self._icon:
            width += ICON + (6 if self.text() else 0)
        if self.text():
            width += paint.text_width(self.text(), self._font)
        if self._badge:
            width += 8 + paint.badge_width(self._badge)
        return QSize(width, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _pad(self) -> int:
        if not self.text():
            return 8
        return 8 if self._look is Look.QUIET else 12

    @property
    def _font(self) -> QFont:
        return font("body", SEMIBOLD if self._look is Look.PRIMARY else MEDIUM)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, outline (None for none) and ink."""
        t = tokens()
        on = self.isEnabled()
        hot = on and (self.underMouse() or self.isDown())
        if self._look is Look.PRIMARY:
            if not on:
                return t.line, None, t.muted
            return (t.accent_strong if hot else t.accent), None, t.on_accent
        if self._look is Look.QUIET:
            return (t.accent_soft if hot else None), None, t.accent if on else t.faint
        ink = t.danger if self._look is Look.DANGER else t.ink
        return (t.hover if hot else t.paper), t.line, ink if on else t.faint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, outline, ink = self._colours()
        radius = scale().radius_control
        if outline is not None:
            paint.outlined(painter, self.rect(), radius, ground or Qt.BrushStyle.NoBrush, outline)
        elif ground is not None:
            paint.rounded(painter, self.rect(), radius, ground)
        self._write(painter, ink)
        if self.shows_ring:
            filled = self._look is Look.PRIMARY
            ring = self.rect().adjusted(3, 3, -3, -3) if filled else self.rect()
            paint.draw_focus(
                painter,
                ring,
                radius - 2 if filled else radius,
                tokens().on_accent if filled else tokens().accent,
            )

    def _write(self, painter: QPainter, ink: QColor) -> None:
        content = min(self.sizeHint().width(), self.width()) - 2 * self._pad
        x = (self.width() - content) // 2
        end = x + content
        if self._icon:
            draw_icon(painter, self._icon, x, (self.height() - ICON) // 2, ink)
            x += ICON + 6
        if self._badge:
            paint.draw_badge(painter, end, self.height() // 2, self._badge, ink)
            end -= paint.badge_width(self._badge) + 8
        if self.text():
            paint.write(painter, QRect(x, 0, end - x, self.height()), self.text(), self._font, ink)


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class _Segment(PaintedButton):
    """One choice of `Segments`."""

    def __init__(self, text: str, pill: bool) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self._pill = pill

    def sizeHint(self) -> QSize:
        # The chosen text is bolder; its room is kept so that nothing moves.
        width = paint.text_width(self.text(), font("body", SEMIBOLD))
        return QSize(width + (26 if self._pill else 16), 30 if self._pill else 25)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()  # for the row of segments
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, hot = self.isChecked(), self.underMouse() and self.isEnabled()
        if self._pill:
            radius = self.height() / 2
            ink = t.on_accent if on else t.ink
            ground = t.accent if on else t.hover if hot else t.paper
            paint.outlined(painter, self.rect(), radius, ground, t.accent if on else t.line)
        else:
            radius = scale().radius_control - 1
            ink = t.accent if on else t.ink if hot else t.muted
            if on:
                paint.rounded(painter, self.rect(), radius, t.accent_soft)
        if not self.isEnabled():
            ink = t.faint
        of = font("body", SEMIBOLD if on else MEDIUM if self._pill else font().weight())
        paint.write(painter, self.rect(), self.text(), of, ink, paint.CENTRE)
        if self.shows_ring:
            ring = self.rect().adjusted(3, 3, -3, -3) if self._pill and on else self.rect()
            ring_colour = t.on_accent if self._pill and on else t.accent
            paint.draw_focus(painter, ring, radius, ring_colour)


class Segments(QWidget):
    """One choice out of a few, side by side; arrow keys move it.

    ``choices`` are pairs of a key and a text; ``pills`` draws them as separate pills.
    """

    chosen = Signal(object)  # the key

    def __init__(
        self,
        choices: Iterable[tuple[object, str]],
        *,
        pills: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pills = pills
        self._keys: list[object] = []
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(*((0,) * 4 if pills else (1,) * 4))
        row.setSpacing(6 if pills else 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        for key, text in choices:
            button = _Segment(text, pills)
            self._group.addButton(button, len(self._keys))
            self._keys.append(key)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._clicked)

    @property
    def value(self) -> object:
        """Key of the choice."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: object) -> None:
        """Set the choice without a signal."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def set_texts(self, texts: Iterable[str]) -> None:
        """New words for the same choices (the language changed)."""
        for button, text in zip(self._group.buttons(), texts, strict=True):
            button.setText(text)
            button.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        button = self._group.button((self._group.checkedId() + step) % len(self._keys))
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pills:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.outlined(painter, self.rect(), scale().radius_control, tokens().paper, tokens().line)
