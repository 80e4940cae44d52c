"""The days of an absence side by side: what falls on each, and how much of it one has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dossier_app.domain.datewords import long_day, short_day, short_weekday
from dossier_app.domain.handover.shares import DayShare
from dossier_app.domain.language import ntr, tr
from dossier_app.ui.handover import words
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint

_LEAST, _MOST, _HEIGHT, _GAP = 48, 92, 57, 4  # px: width of a day, height, between two
_REST = 0.35  # how much of the ink the part of the others has


class ShareStrip(QWidget):
    """The part of the chosen person in full ink, the rest of the day paler behind it. A day
    off shows only when something falls on it."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[DayShare] = ()
        self._who = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[DayShare], who: str) -> None:
        """Show other days; ``who`` has the share."""
        days = [day for day in days if day.working or day.sheets]
        self._days = days
        self._who = who
        spoken = [_spoken(day) for day in days if day.sheets]
        self.setAccessibleName(". ".join([who, *spoken]))
        self.update()

    @property
    def days(self) -> Sequence[DayShare]:
        return self._days

    def sizeHint(self) -> QSize:
        return QSize(7 * (_MOST + _GAP), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * (_LEAST + _GAP), _HEIGHT)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            shown, width = self._fitting()
            at = event.pos().x() // (width + _GAP)
            tip = f"{self._who}: {_spoken(self._days[at])}" if at < shown else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def _fitting(self) -> tuple[int, int]:
        """How many days have room, and how wide each is; where not all have, the last place
        says how many more there are."""
        room, total = self.width() + _GAP, len(self._days)
        fits = room // (_LEAST + _GAP)
        if total > fits:
            return fits - 1, _LEAST
        return total, min(_MOST, room // max(total, 1) - _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, width = self._fitting()
        x = 0
        for day in self._days[:shown]:
            _paint_day(painter, QRect(x, 0, width, _HEIGHT), day)
            x += width + _GAP
        if rest := len(self._days) - shown:
            left = QRect(x + 4, 0, self.width() - x - 4, _HEIGHT)
            more = ntr("+{n} day", "+{n} days", rest)
            paint.write(painter, left, more, font("small"), tokens().muted)


def _spoken(day: DayShare) -> str:
    return words.joined(long_day(day.date), _of(day), _too_full(day))


def _of(day: DayShare) -> str:
    """ "3 of 8"."""
    if day.share_sheets == day.sheets:
        return str(day.sheets)
    return tr("{n} of {total}", n=day.share_sheets, total=day.sheets)


def _too_full(day: DayShare) -> str:
    return tr("too full") if day.share.is_over else ""


def _paint_day(painter: QPainter, rect: QRect, day: DayShare) -> None:
    t = tokens()
    paint.outlined(painter, rect, scale().radius_control, t.paper, t.line)
    inner = rect.adjusted(8, 5, -8, -5) if rect.width() >= 80 else rect.adjusted(5, 5, -5, -5)
    ink, rank = (t.ink, t.muted) if day.working else (t.faint, t.faint)
    head = QRect(inner.left(), inner.top(), inner.width(), 17)
    name = short_day(day.date) if rect.width() >= 80 else str(day.date.day)
    paint.write(painter, head, name, font("body", SEMIBOLD, tabular=True), ink)
    paint.write(painter, head, short_weekday(day.date), font(), rank, paint.RIGHT)
    bar = QRect(inner.left(), inner.top() + 22, inner.width(), 4)
    pale, clear = QColor(t.accent), QColor(0, 0, 0, 0)
    pale.setAlphaF(_REST)
    paint.draw_load(painter, bar, day.load, pale, t.line, pale)
    if day.share.fraction > 0:
        paint.draw_load(painter, bar, day.share, t.accent, clear, t.danger)
    foot = QRect(inner.left(), inner.bottom() - 16, inner.width(), 17)
    of, over = font("body", tabular=True), font("body", SEMIBOLD, tabular=True)
    text = _of(day) if day.sheets else ""
    if paint.text_width(text, of) > inner.width():
        text = f"{day.share_sheets}/{day.sheets}"
    full = day.share.is_over
    paint.write(painter, foot, text, over if full else of, t.danger if full else rank)
