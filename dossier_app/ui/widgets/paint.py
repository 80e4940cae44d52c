"""The strokes that painted widgets and row delegates share."""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPen

from dossier_app.domain.sheets import Load
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import Tokens, font, scale

# Where a line of text stands in its rectangle. Plain integers: put together here once,
# not by the enum's operators for each of some hundred texts of a page.
_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
_LINE |= Qt.TextFlag.TextDontClip.value
LEFT = _LINE | Qt.AlignmentFlag.AlignLeft.value
RIGHT = _LINE | Qt.AlignmentFlag.AlignRight.value
CENTRE = _LINE | Qt.AlignmentFlag.AlignHCenter.value


class Tone(Enum):
    """What a chip is about; decides its colours."""

    PLAIN = "plain"  # role, tag, try
    OCCASION = "occasion"
    PROMISE = "promise"
    PRIVATE = "private"

    def colours(self, t: Tokens) -> tuple[QColor, QColor]:
        """Ground and ink."""
        return {
            Tone.PLAIN: (t.tab, t.muted),
            Tone.OCCASION: (t.warn_soft, t.warn_ink),
            Tone.PROMISE: (t.accent_soft, t.accent),
            Tone.PRIVATE: (t.danger_soft, t.danger),
        }[self]


def metrics(of: QFont) -> QFontMetrics:
    """Metrics of one of the constant fonts of `dossier_app.ui.theme.font`."""
    return _metrics(of.key())


@cache
def _metrics(key: str) -> QFontMetrics:
    made = QFont()
    made.fromString(key)
    return QFontMetrics(made)


def text_width(text: str, of: QFont) -> int:
    """Width of one line in pixels."""
    return _width(text, of.key())


@lru_cache(maxsize=4096)
def _width(text: str, key: str) -> int:
    return _metrics(key).horizontalAdvance(text)


def rounded(painter: QPainter, rect: QRect | QRectF, radius: float, fill: QColor) -> None:
    """Fill a rounded rectangle without an outline."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)


def outlined(
    painter: QPainter,
    rect: QRect,
    radius: float,
    fill: QColor | Qt.BrushStyle,
    line: QColor,
    width: float = 1,
) -> None:
    """A rounded rectangle with its outline drawn inside ``rect``, on whole pixels."""
    half = width / 2
    painter.setPen(QPen(line, width))
    painter.setBrush(fill)
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, radius - half, radius - half)


def write(
    painter: QPainter,
    rect: QRect,
    text: str,
    of: QFont,
    colour: QColor,
    align: int = LEFT,
) -> None:
    """One line of text, cut with an ellipsis where the room ends."""
    painter.setFont(of)
    painter.setPen(colour)
    if text_width(text, of) > rect.width():
        text = metrics(of).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align, text)


def draw_load(
    painter: QPainter, rect: QRect, load: Load, fill: QColor, track: QColor, over: QColor
) -> None:
    """A load bar that fills ``rect``; full and in ``over`` when the day is overloaded."""
    radius = rect.height() / 2
    rounded(painter, rect, radius, track)
    if load.fraction <= 0:
        return
    share = min(load.fraction, 1.0)
    width = max(rect.height(), round(rect.width() * share))
    rounded(
        painter,
        QRect(rect.topLeft(), rect.size()).adjusted(0, 0, width - rect.width(), 0),
        radius,
        over if load.is_over else fill,
    )


def chip_width(text: str, icon: str = "", *, small: bool = True) -> int:
    of, pad = (font("small"), 16) if small else (font(), 20)
    return text_width(text, of) + pad + (ICON_ROOM if icon else 0)


ICON_ROOM = 22
CHIP_SMALL, CHIP_LARGE = 18, 25  # heights
_TICK_BOX = 16  # px


def draw_chip(
    painter: QPainter, rect: QRect, text: str, colours: tuple[QColor, QColor], icon: str = ""
) -> None:
    """A chip; small text up to `CHIP_SMALL` height, body text above."""
    ground, ink = colours
    small = rect.height() <= CHIP_SMALL
    rounded(painter, rect, scale().radius_small if small else 6, ground)
    inner = rect.adjusted(8, 0, -8, 0) if small else rect.adjusted(10, 0, -10, 0)
    if icon:
        draw_icon(painter, icon, inner.left(), inner.center().y() - 7, ink)
        inner.setLeft(inner.left() + ICON_ROOM)
    write(painter, inner, text, font("small") if small else font(), ink)


def keys_text(keys: str) -> str:
    """A shortcut as a badge shows it: ``Ctrl+L`` becomes "Ctrl L", Return its sign."""
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("+", " ").replace("Return", "↵")


def badge_width(text: str) -> int:
    return text_width(text, font("small")) + 12


def draw_badge(painter: QPainter, right: int, middle: int, text: str, ink: QColor) -> None:
    """A shortcut in a small outline that ends at ``right``."""
    width = badge_width(text)
    rect = QRect(right - width, middle - 8, width, 16)
    frame = QColor(ink)
    frame.setAlphaF(0.55)
    outlined(painter, rect, scale().radius_small, Qt.BrushStyle.NoBrush, frame)
    write(painter, rect, text, font("small"), ink, CENTRE)


def tick_box(left: int, middle: int) -> QRect:
    """Where the tick box of a painted row is."""
    return QRect(left, middle - _TICK_BOX // 2 + 1, _TICK_BOX, _TICK_BOX)


def draw_tick_box(painter: QPainter, rect: QRect, t: Tokens, *, ticked: bool) -> None:
    """The tick box of a painted row."""
    if ticked:
        rounded(painter, rect, scale().radius_small, t.accent)
        draw_icon(painter, "check", rect.left() + 2, rect.top() + 2, t.on_accent, _TICK_BOX - 4)
    else:
        outlined(painter, rect, scale().radius_small, t.paper, t.edge)


def draw_focus(painter: QPainter, rect: QRect, radius: float, colour: QColor) -> None:
    """The focus ring: 2 px inside ``rect``."""
    outlined(painter, rect, radius, Qt.BrushStyle.NoBrush, colour, 2)


def hairline(painter: QPainter, left: int, right: int, y: int, colour: QColor) -> None:
    """A horizontal line one pixel high."""
    painter.fillRect(QRect(left, y, right - left, 1), colour)


def dot(painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)
