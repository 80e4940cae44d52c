"""A year on one sheet: twelve months, each day as it is worked or not."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dossier_app.domain.datewords import bare_month_name, long_day, short_weekday
from dossier_app.domain.language import tr
from dossier_app.domain.place import Month
from dossier_app.domain.workdays import WorkingCalendar, days_later
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.focus import FocusRing

FIRST_YEAR, LAST_YEAR = 1990, 2100
_COLUMNS, _ROWS, _WEEKS, _WEEK = 4, 3, 6, 7
_GAP, _TITLE, _HEAD = QSize(18, 8), 18, 15  # px between months; heights above the days
_LEAST, _USUAL = QSize(19, 15), QSize(23, 19)  # of a day
_MONDAY = date(2024, 1, 1)


def day_state(calendar: WorkingCalendar, day: date) -> str:
    """What a day is, in words: "day off, by your own table", "working day"."""
    own = day in calendar.own
    if calendar.is_working(day):
        return tr("working day, set by you") if own else tr("working day")
    name = calendar.holiday(day) or tr("day off")
    return tr("{name}, set by you", name=name) if own else name


class YearGrid(FocusRing, QWidget):
    """Shows a `WorkingCalendar`; arrows move about, Shift or the mouse chooses a span."""

    moved = Signal()  # to another day or span
    toggled = Signal()  # Space or a double click on the span
    cleared = Signal()  # Del on the span

    def __init__(self, calendar: WorkingCalendar, today: date) -> None:
        super().__init__()
        self._calendar, self._today = calendar, today
        self._anchor = self._current = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell()

    # --- what is shown and chosen

    @property
    def year(self) -> int:
        return self._current.year

    @property
    def current(self) -> date:
        """The day on which the keyboard stands."""
        return self._current

    @property
    def span(self) -> tuple[date, date]:
        """First and last day of what is chosen."""
        return min(self._anchor, self._current), max(self._anchor, self._current)

    def show_calendar(self, calendar: WorkingCalendar) -> None:
        """Follow a changed calendar."""
        self._calendar = calendar
        self._tell()
        self.update()

    def choose(self, day: date, *, extend: bool = False) -> None:
        """Go to a day; with ``extend`` choose everything up to it."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return
        self._current = day
        if not extend:
            self._anchor = day
        self._tell()
        self.update()
        self.moved.emit()

    def turn_year(self, years: int) -> None:
        """Go to the same day of another year."""
        self.choose(_in_month(Month.of(self._current).plus(12 * years), self._current.day))

    def _tell(self) -> None:
        words = f"{long_day(self._current)} {self.year}, {day_state(self._calendar, self._current)}"
        self.setAccessibleName(words)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        month, day = Month.of(self._current), self._current
        match event.key():
            case Qt.Key.Key_Space:
                self.toggled.emit()
                return
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.cleared.emit()
                return
            case Qt.Key.Key_Left:
                day = days_later(day, -1)
            case Qt.Key.Key_Right:
                day = days_later(day, 1)
            case Qt.Key.Key_Up:
                day = days_later(day, -_WEEK)
            case Qt.Key.Key_Down:
                day = days_later(day, _WEEK)
            case Qt.Key.Key_PageUp:
                day = _in_month(month.plus(-12 if control else -1), day.day)
            case Qt.Key.Key_PageDown:
                day = _in_month(month.plus(12 if control else 1), day.day)
            case Qt.Key.Key_Home:
                day = self._today if control else month.first_day
            case Qt.Key.Key_End:
                day = month.last_day
            case _:
                super().keyPressEvent(event)
                return
        self.choose(day, extend=shift)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.choose(day, extend=shift)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and day is not None:
            self.choose(day, extend=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day_at(event.position().toPoint()) == self._current:
            self.toggled.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.turn_year(-1 if event.angleDelta().y() > 0 else 1)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self._day_at(event.pos())
            words = f"{long_day(day)} · {day_state(self._calendar, day)}" if day else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # --- places

    def sizeHint(self) -> QSize:
        return self._size_with(_USUAL)

    def minimumSizeHint(self) -> QSize:
        return self._size_with(_LEAST)

    def _size_with(self, cell: QSize) -> QSize:
        width = _COLUMNS * _WEEK * cell.width() + (_COLUMNS - 1) * _GAP.width()
        height = _ROWS * (_TITLE + _HEAD + _WEEKS * cell.height()) + (_ROWS - 1) * _GAP.height()
        return QSize(width, height)

    def _cell(self) -> QSize:
        width = (self.width() - (_COLUMNS - 1) * _GAP.width()) // (_COLUMNS * _WEEK)
        month = (self.height() - (_ROWS - 1) * _GAP.height()) // _ROWS
        return QSize(width, (month - _TITLE - _HEAD) // _WEEKS)

    def _corner(self, month: int) -> QPoint:
        """Where the days of a month (1 to 12) begin."""
        row, column = divmod(month - 1, _COLUMNS)
        cell = self._cell()
        width = _WEEK * cell.width() + _GAP.width()
        height = _TITLE + _HEAD + _WEEKS * cell.height() + _GAP.height()
        return QPoint(column * width, row * height + _TITLE + _HEAD)

    def rect_of(self, day: date) -> QRect:
        """Where a day of the shown year is."""
        place = day.day - 1 + day.replace(day=1).weekday()
        week, weekday = divmod(place, _WEEK)
        cell = self._cell()
        spot = QPoint(weekday * cell.width(), week * cell.height())
        return QRect(self._corner(day.month) + spot, cell)

    def _day_at(self, spot: QPoint) -> date | None:
        days = (date(self.year, 1, 1) + timedelta(days=n) for n in range(366))
        return next((day for day in days if self.rect_of(day).contains(spot)), None)

    # --- paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(1, 13):
            self._paint_head(painter, number)
        day = date(self.year, 1, 1)
        while day.year == self.year:
            self._paint_day(painter, day)
            day += timedelta(days=1)
        if self.shows_ring:
            ring = self.rect_of(self._current).adjusted(-1, -1, 0, 0)
            paint.draw_focus(painter, ring, scale().radius_small, tokens().accent)

    def _paint_head(self, painter: QPainter, month: int) -> None:
        t, corner, cell = tokens(), self._corner(month), self._cell()
        here = (month, self.year) == (self._today.month, self._today.year)
        name = bare_month_name(month)
        title = QRect(corner.x(), corner.y() - _HEAD - _TITLE, _WEEK * cell.width(), _TITLE)
        ink = t.accent if here else t.ink
        paint.write(
            painter,
            title.adjusted(4, 0, 0, 0),
            name[:1].upper() + name[1:],
            font("body", SEMIBOLD),
            ink,
        )
        for weekday in range(_WEEK):
            words = short_weekday(_MONDAY + timedelta(days=weekday))
            spot = QRect(corner.x() + weekday * cell.width(), corner.y() - _HEAD, cell.width(), 13)
            paint.write(painter, spot, words, font("small"), t.muted, paint.CENTRE)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        t, first, last = tokens(), *self.span
        rect = self.rect_of(day).adjusted(0, 0, -1, -1)
        ground, ink = day_colours(self._calendar, day)
        if ground is not None:
            paint.rounded(painter, rect, scale().radius_small, ground)
        if first <= day <= last and (first != last or not self.shows_ring):
            paint.outlined(
                painter, rect, scale().radius_small, Qt.BrushStyle.NoBrush, t.accent, 1.5
            )
        is_own, is_today = day in self._calendar.own, day == self._today
        of = font("small", SEMIBOLD if is_today else MEDIUM if is_own else font().weight())
        paint.write(painter, rect, str(day.day), of, ink, paint.CENTRE)
        if is_today:
            middle = rect.center().x()
            painter.fillRect(QRect(middle - 5, rect.bottom() - 1, 11, 2), t.accent)


def day_colours(calendar: WorkingCalendar, day: date) -> tuple[QColor | None, QColor]:
    """Ground (None for the paper itself) and ink of a day."""
    t = tokens()
    if day in calendar.own:
        return t.accent_soft, t.ink if calendar.is_working(day) else t.accent
    if calendar.is_working(day):
        return None, t.ink
    return (t.warn_soft, t.warn_ink) if calendar.holiday(day) else (t.tab_off, t.muted)


class Legend(QWidget):
    """What the grounds of the days mean."""

    _LINE = 20

    def __init__(self) -> None:
        super().__init__()
        self._words = (tr("day off"), tr("public holiday"), tr("set by you"))
        self.setFixedHeight(self._LINE * len(self._words))
        self.setAccessibleName(", ".join(self._words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grounds = (t.tab_off, t.warn_soft, t.accent_soft)
        for line, (ground, words) in enumerate(zip(grounds, self._words, strict=True)):
            top = line * self._LINE
            swatch = QRect(0, top + 2, 18, 14)
            paint.outlined(painter, swatch, scale().radius_small, ground, t.edge)
            room = QRect(26, top, self.width() - 26, 18)
            paint.write(painter, room, words, font("small"), t.muted)


def _in_month(month: Month, day: int) -> date:
    """The day with that number, or the last of a shorter month."""
    return month.first_day.replace(day=min(day, month.last_day.day))
