"""Days side by side, each as full as it is and as it would be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.domain.datewords import long_day, short_day, short_weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.services.previewing import DayPreview
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint

_DAY, _HEIGHT, _GAP = 92, 57, 4  # px: least width of a day, its height, between two
_NEW = 0.45  # how much of the ink the part that comes or goes has


class LoadStrip(QWidget):
    """Shows `DayPreview`; where not all have room, those around a given day."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[DayPreview] = ()
        self._at: date | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[DayPreview], at: date | None = None) -> None:
        """Show other days; ``at`` is outlined and in sight."""
        self._days, self._at = days, at
        spoken = [
            ", ".join(filter(None, (long_day(day.date), _counts(day), _too_full(day))))
            for day in days
        ]
        self.setAccessibleName("; ".join(spoken))
        self.update()

    @property
    def days(self) -> Sequence[DayPreview]:
        return self._days

    def sizeHint(self) -> QSize:
        return QSize(7 * (_DAY + _GAP), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fits = max(1, (self.width() + _GAP) // (_DAY + _GAP))
        dates = [day.date for day in self._days]
        first = 0
        if len(dates) > fits:
            fits -= 1  # the last place says how many more there are
            wanted = dates.index(self._at) if self._at in dates else 0
            first = min(max(0, wanted - fits // 2), len(dates) - fits)
        x = 0
        for day in self._days[first : first + fits]:
            _paint_day(painter, QRect(x, 0, _DAY, _HEIGHT), day, chosen=day.date == self._at)
            x += _DAY + _GAP
        rest = len(dates) - fits
        if rest > 0:
            words = ntr("and {n} more day", "and {n} more days", rest)
            room = QRect(x + 4, 0, self.width() - x - 4, _HEIGHT)
            paint.write(painter, room, words, font("small"), tokens().muted)


def _counts(day: DayPreview) -> str:
    before, after = day.before.load.contacts, day.after.load.contacts
    return str(after) if before == after else f"{before} → {after}"


def _too_full(day: DayPreview) -> str:
    return tr("too full") if day.after.load.is_over else ""


def _paint_day(painter: QPainter, rect: QRect, day: DayPreview, *, chosen: bool) -> None:
    t = tokens()
    ground, outline = (t.accent_soft, t.accent) if chosen else (t.paper, t.line)
    paint.outlined(painter, rect, scale().radius_control, ground, outline)
    inner = rect.adjusted(8, 5, -8, -5)
    head = QRect(inner.left(), inner.top(), inner.width(), 17)
    paint.write(painter, head, short_day(day.date), font("body", SEMIBOLD, tabular=True), t.ink)
    paint.write(painter, head, short_weekday(day.date), font(), t.muted, paint.RIGHT)
    bar = QRect(inner.left(), inner.top() + 22, inner.width(), 4)
    _paint_bar(painter, bar, day, t.paper if chosen else t.line)
    foot = QRect(inner.left(), inner.bottom() - 16, inner.width(), 17)
    over = day.after.load.is_over
    of = font("body", SEMIBOLD, tabular=True) if over else font("body", tabular=True)
    paint.write(painter, foot, _counts(day), of, t.danger if over else t.muted)


def _paint_bar(painter: QPainter, bar: QRect, day: DayPreview, track: QColor) -> None:
    """What stays in full ink; what comes or goes paler behind it."""
    t, before, after = tokens(), day.before.load, day.after.load
    less, more = sorted((before, after), key=lambda load: load.fraction)
    pale = QColor(t.danger if after.is_over else t.accent)
    pale.setAlphaF(_NEW)
    paint.draw_load(painter, bar, more, pale, track, pale)
    if less.fraction > 0:
        fill = t.danger if after.is_over else t.accent
        clear = QColor(0, 0, 0, 0)
        paint.draw_load(painter, bar, less, fill, clear, fill)
