"""How a tab looks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from dossier_app.domain.binder import TRAYS, SlotKind
from dossier_app.domain.datewords import short_month, short_weekday
from dossier_app.domain.language import tr
from dossier_app.domain.place_words import slot_name
from dossier_app.domain.sheets import Divider
from dossier_app.ui.binder.tab_plan import CORNER, EDGE, MARGIN
from dossier_app.ui.theme import BOLD, MEDIUM, REGULAR, Tokens, font, tokens
from dossier_app.ui.widgets import paint

NUMBER_RIGHT, BAR_LEFT, BAR_RIGHT, COUNT_RIGHT = 70, 78, 154, 178


@dataclass(frozen=True, slots=True)
class TabState:
    """What is the matter with a tab at the moment of painting."""

    today: bool = False
    chosen: bool = False
    hovered: bool = False
    target: bool = False  # rows are dragged over it
    focused: bool = False
    count: int = 0  # what to write at the right; 0 stays blank


def paint_tab(painter: QPainter, rect: QRect, divider: Divider, state: TabState) -> None:
    """Paint one tab at ``rect``."""
    t = tokens()
    kind = divider.slot.kind
    _ground(painter, rect, divider, state, t)
    if kind in TRAYS:
        _tray(painter, rect, divider, state, t)
    elif kind is SlotKind.DAY:
        _day(painter, rect, divider, state, t)
    else:
        _month(painter, rect, divider, state, t)
    if state.focused and state.today:
        paint.draw_focus(painter, rect.adjusted(2, 2, -2, -2), 3, t.on_accent)


def paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
    """The name of a month above its days."""
    paint.write(painter, rect, text, font("small", MEDIUM, caps=True), tokens().muted)


def _ground(painter: QPainter, rect: QRect, divider: Divider, state: TabState, t: Tokens) -> None:
    slot = divider.slot
    if state.target:
        paint.outlined(painter, rect, 4, t.accent_soft, t.accent, 2)
    elif state.today:
        _joined(painter, rect, t.accent, None, over=state.chosen)
    elif state.chosen and slot.kind in (*TRAYS, SlotKind.DAY):
        _joined(painter, rect, t.paper, t.accent if state.focused else t.line, over=True)
    elif state.chosen:
        paint.outlined(painter, rect, 4, t.paper, t.accent, 2 if state.focused else 1)
    elif slot.kind is SlotKind.LEFT_BEHIND and divider.sheets:
        paint.rounded(painter, rect, 5, t.danger_soft)
    elif slot.kind in TRAYS:
        if state.hovered:
            paint.rounded(painter, rect, 5, t.tab)
    elif slot.kind is SlotKind.DAY:
        quiet = slot.is_blank or not divider.working
        colour = t.paper if state.hovered else t.tab_off if quiet else t.tab
        _joined(painter, rect, colour, None, over=False)
    else:
        paint.rounded(painter, rect, 3, t.paper if state.hovered else t.tab)


def _joined(
    painter: QPainter, rect: QRect, fill: QColor, line: QColor | None, *, over: bool
) -> None:
    """A tab that stands at the page; ``over`` covers the page's border, so that tab and
    page are one sheet. Rounded at the left only."""
    left = MARGIN if over else rect.left()
    right = EDGE + 1 if over else EDGE
    shape = QPainterPath()
    top, bottom, radius = rect.top(), rect.bottom() + 1, 4
    if line is not None:
        top, bottom = top - 1, bottom + 1
    if over and top <= 0:
        top, right = 0, EDGE + CORNER
    shape.moveTo(right, top)
    shape.lineTo(left + radius, top)
    shape.quadTo(left, top, left, top + radius)
    shape.lineTo(left, bottom - radius)
    shape.quadTo(left, bottom, left + radius, bottom)
    shape.lineTo(min(right, EDGE + 1), bottom)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(shape, fill)
    if line is not None:
        painter.save()
        painter.setClipRect(QRect(left, top, right - left, bottom - top))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 2))  # half of it is clipped away
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.drawPath(shape)
        painter.restore()


def _tray(painter: QPainter, rect: QRect, divider: Divider, state: TabState, t: Tokens) -> None:
    late = divider.slot.kind is SlotKind.LEFT_BEHIND and divider.sheets
    ink = t.danger if late else t.ink if divider.sheets else t.muted
    of = font("body", BOLD, tabular=True)
    count = str(state.count) if state.count else ""
    _write_right(painter, rect, count, of, ink)
    room = COUNT_RIGHT - paint.text_width(count, of) - 6 - (rect.left() + 8)
    name = QRect(rect.left() + 8, rect.top(), room, rect.height())
    paint.write(painter, name, slot_name(divider.slot), font(), ink)


def _day(painter: QPainter, rect: QRect, divider: Divider, state: TabState, t: Tokens) -> None:
    slot, load = divider.slot, divider.load
    filled = state.today and not state.target
    over = load.is_over and not filled
    if filled:
        ink = side = t.on_accent
    elif slot.is_blank:
        ink = side = t.faint
    elif not divider.working:
        ink = side = t.muted
    else:
        ink, side = t.ink, t.muted
    if state.chosen and not filled and divider.working:
        ink = t.accent
    if slot.date is not None:
        x = rect.left() + 8
        word = QRect(x, rect.top(), 24, rect.height())
        paint.write(painter, word, short_weekday(slot.date), font("small"), side)
    weight = BOLD if divider.working and not slot.is_blank else REGULAR
    number = QRect(rect.left(), rect.top(), NUMBER_RIGHT - rect.left(), rect.height())
    of = font("title" if filled else "body", weight, tabular=True)
    paint.write(painter, number, str(slot.number), of, ink, paint.RIGHT)
    count = str(state.count) if state.count else ""
    of = font("body", BOLD if over or filled else REGULAR, tabular=True)
    # Hundreds take their room from the bar.
    end = min(BAR_RIGHT, COUNT_RIGHT - paint.text_width(count, of) - 4)
    _bar(painter, rect, end, divider, filled, t)
    _write_right(painter, rect, count, of, t.danger if over else side)


def _bar(
    painter: QPainter, rect: QRect, end: int, divider: Divider, filled: bool, t: Tokens
) -> None:
    track = QColor(t.line)
    fill, brick = t.accent, t.danger
    if filled:
        track = QColor(t.on_accent)
        track.setAlphaF(0.3)
        fill = brick = t.on_accent
    elif divider.slot.is_blank or not divider.working:
        track.setAlphaF(0.6)
    bar = QRect(BAR_LEFT, rect.top() + (rect.height() - 3) // 2, end - BAR_LEFT, 3)
    paint.draw_load(painter, bar, divider.load, fill, track, brick)


def _month(painter: QPainter, rect: QRect, divider: Divider, state: TabState, t: Tokens) -> None:
    month = divider.slot.month
    assert month is not None
    if divider.slot.kind is SlotKind.LATER:
        name = tr("Later")
        if state.chosen:
            name = f"{name} · {short_month(month.number)} {month.year}"
    else:
        name = short_month(month.number)
    ink = t.accent if state.chosen else t.ink if state.count else t.muted
    of = font("small", tabular=True)
    count = str(state.count) if state.count else ""
    right = rect.right() - 4 if divider.slot.kind is SlotKind.MONTH else COUNT_RIGHT
    width = paint.text_width(count, of)
    number = QRect(right - width, rect.top(), width + 1, rect.height())
    paint.write(painter, number, count, of, t.muted)
    word = QRect(rect.left() + 5, rect.top(), right - width - rect.left() - 5, rect.height())
    paint.write(painter, word, name, font("body", MEDIUM if state.chosen else REGULAR), ink)


def _write_right(painter: QPainter, rect: QRect, text: str, of: QFont, ink: QColor) -> None:
    room = QRect(BAR_LEFT, rect.top(), COUNT_RIGHT - BAR_LEFT, rect.height())
    paint.write(painter, room, text, of, ink, paint.RIGHT)
