"""Charts of a few dozen numbers, read by eye, pointer, keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.domain.chart_scale import scale_step
from dossier_app.domain.language import tr
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.focus import FocusRing

_LINE = 16  # px of a line of small text
_HEAD = 2 * _LINE + 8  # title, and the legend or what is said of one part
_FOOT = _LINE + 2
_PAD = 6  # px between the edge and what is drawn, for the focus ring
_BAR = (3, 28)  # least and most width of a bar
_SHARE = 0.62  # of a part's room that its bar takes
_MARK = 3  # px that a mark stands out at both sides of its bar
_FEW = 14  # parts that have room for the number above their bar
_ROW = 26  # most height of a lying bar


@dataclass(frozen=True, slots=True)
class Part:
    """A place on the axis: the ``label`` below it, its ``name`` when it is spoken of.
    ``resting`` parts (days off) are pale; ``mark`` is a value to compare with."""

    label: str
    name: str
    resting: bool = False
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A number for each part; ``role`` names the colour, ``pale`` draws an outline."""

    name: str
    values: Sequence[int]
    role: str = "accent"
    pale: bool = False


class Chart(FocusRing, QWidget):
    """What bars and lying bars share: a title, parts one of which is *current*.

    Pointer and arrow keys choose the current part; its numbers are then said in place of
    the legend. `opened` tells that a part was pressed, or Enter on it.
    """

    opened = Signal(int)  # number of the part

    def __init__(self, title: str, *, mark_name: str = "") -> None:
        super().__init__()
        self.title, self.mark_name = title, mark_name
        self.parts: Sequence[Part] = ()
        self.series: Sequence[Series] = ()
        self.current: int | None = None
        self.empty = tr("nothing to show")  # what is said when there is no bar
        self._say: Callable[[int], str] = lambda _number: ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell()

    def show_series(
        self, parts: Sequence[Part], series: Sequence[Series], say: Callable[[int], str]
    ) -> None:
        """Show other numbers; ``say`` puts those of one part into words."""
        self.parts, self.series, self._say = parts, series, say
        self.current = None
        spoken = [f"{part.name}: {say(number)}" for number, part in enumerate(parts)]
        self.setAccessibleDescription("; ".join(spoken))
        self._tell()

    def choose(self, number: int | None) -> None:
        """Make a part the current one."""
        if number != self.current:
            self.current = number
            self._tell()

    @property
    def said(self) -> str:
        """The numbers of the current part in words; nothing when there is none."""
        if self.current is None:
            return ""
        return f"{self.parts[self.current].name}: {self._say(self.current)}"

    @property
    def highest(self) -> int:
        """The highest bar or mark."""
        sums = [sum(one.values[number] for one in self.series) for number in range(len(self.parts))]
        return max([*sums, *(part.mark or 0 for part in self.parts)], default=0)

    @property
    def plot(self) -> QRect:
        """Where the bars stand."""
        return self.rect().adjusted(_PAD, _HEAD, -_PAD, -_PAD)

    def part_at(self, spot: QPoint) -> int | None:
        """Number of the part at a place of the widget."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return QSize(300, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 124)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, now = len(self.parts) - 1, self.current
        if last < 0:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.choose(last if now is None else max(0, now - 1))
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.choose(0 if now is None else min(last, now + 1))
            case Qt.Key.Key_Home:
                self.choose(0)
            case Qt.Key.Key_End:
                self.choose(last)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if now is not None:
                self.opened.emit(now)
            case _:
                super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.choose(self.part_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.part_at(event.position().toPoint())
        if number is not None:
            self.choose(number)
            self.opened.emit(number)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.shows_ring:  # what the keyboard chose stays
            self.choose(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.shows_ring and self.current is None and self.parts:
            self.choose(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.choose(None)
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRect(_PAD, 2, self.width() - 2 * _PAD, _LINE)
        paint.write(painter, head, self.title, font("small", MEDIUM, caps=True), t.muted)
        below = head.translated(0, _LINE + 1)
        if self.said:
            paint.write(painter, below, self.said, font("small", SEMIBOLD, tabular=True), t.ink)
        else:
            self._paint_legend(painter, below)
        if self.parts:
            self.paint_plot(painter, self.plot)
        if not self.highest:
            paint.write(painter, self.plot, self.empty, font("small"), t.muted, paint.CENTRE)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), scale().radius_control, t.accent)

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw the bars and their axis."""
        raise NotImplementedError

    def _paint_legend(self, painter: QPainter, room: QRect) -> None:
        for one in self.series:
            box = QRect(room.left(), room.center().y() - 3, 9, 9)
            draw_bar(painter, box, one)
            room.setLeft(box.right() + 6)
            paint.write(painter, room, one.name, font("small"), tokens().muted)
            room.setLeft(room.left() + paint.text_width(one.name, font("small")) + 12)
        if self.mark_name:
            self.paint_mark(painter, room.adjusted(0, 0, room.left() + 9 - room.right(), 0))
            room.setLeft(room.left() + 15)
            paint.write(painter, room, self.mark_name, font("small"), tokens().muted)

    def paint_mark(self, painter: QPainter, room: QRect) -> None:
        """Draw the sign of a mark for the legend."""
        painter.fillRect(QRect(room.left(), room.center().y(), 9, 2), tokens().muted)

    def _tell(self) -> None:
        self.setAccessibleName(". ".join(filter(None, (self.title, self.said))))
        self.update()


class BarChart(Chart):
    """A bar for each part, its series upon each other; ``unit`` of the scale is 1 or, for
    minutes, 60. ``write_value`` says a number of the scale."""

    def __init__(
        self,
        title: str,
        *,
        unit: int = 1,
        write_value: Callable[[int], str] = str,
        mark_name: str = "",
    ) -> None:
        super().__init__(title, mark_name=mark_name)
        self._unit, self._write_value = unit, write_value

    def part_at(self, spot: QPoint) -> int | None:
        area = self._area()
        if not self.parts or not area.left() <= spot.x() <= area.right():
            return None
        room = area.width() / len(self.parts)
        return min(int((spot.x() - area.left()) / room), len(self.parts) - 1)

    def _scale(self) -> list[int]:
        """The values at which lines are drawn."""
        units = ceil(self.highest / self._unit)
        step = scale_step(units)
        top = step * max(ceil(units / step), 1)
        return [value * self._unit for value in range(0, top + 1, step)]

    def _area(self) -> QRect:
        """Where bars stand, without axis and labels."""
        widest = max(
            paint.text_width(self._write_value(value), font("small", tabular=True))
            for value in self._scale()
        )
        return self.plot.adjusted(widest + 8, 0, 0, -_FOOT)

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        t, area, lines = tokens(), self._area(), self._scale()
        high = area.height() - _LINE
        per_unit = high / lines[-1]
        for value in lines:
            y = area.bottom() - round(value * per_unit)
            paint.hairline(
                painter, area.left(), area.right() + 1, y, t.edge if not value else t.line
            )
            beside = QRect(plot.left(), y - _LINE // 2, area.left() - plot.left() - 8, _LINE)
            of = font("small", tabular=True)
            paint.write(painter, beside, self._write_value(value), of, t.muted, paint.RIGHT)
        room = area.width() / len(self.parts)
        wide = round(max(_BAR[0], min(_BAR[1], room * _SHARE)))
        every = self._every(room)
        for number, part in enumerate(self.parts):
            middle = area.left() + (number + 0.5) * room
            column = QRect(
                round(area.left() + number * room), area.top(), round(room), area.height()
            )
            if number == self.current:
                ground = column.adjusted(0, 0, 0, _FOOT)
                paint.rounded(painter, ground, scale().radius_small, t.hover)
            self._paint_bar(painter, number, round(middle - wide / 2), wide, per_unit)
            if number % every == 0 or number == self.current:
                ink = t.ink if number == self.current else t.faint if part.resting else t.muted
                label = QRect(round(middle) - 40, area.bottom() + 3, 80, _LINE)
                of = font("small", SEMIBOLD) if number == self.current else font("small")
                paint.write(painter, label, part.label, of, ink, paint.CENTRE)

    def _every(self, room: float) -> int:
        """Labels that would touch each other are left out."""
        widest = max(paint.text_width(part.label, font("small")) for part in self.parts)
        return max(1, ceil((widest + 4) / room))

    def _paint_bar(
        self, painter: QPainter, number: int, left: int, wide: int, per_unit: float
    ) -> None:
        base = self._area().bottom()
        height = 0.0
        for one in self.series:
            value = one.values[number] * per_unit
            if value:
                top = base - round(height + value)
                rect = QRect(left, top, wide, max(1, round(height + value) - round(height)))
                draw_bar(painter, rect, one)
            height += value
        count = sum(one.values[number] for one in self.series)
        if count and self._unit == 1 and len(self.parts) <= _FEW:
            above = QRect(left - 20, base - round(height) - _LINE, wide + 40, _LINE)
            of = font("small", tabular=True)
            paint.write(painter, above, str(count), of, tokens().muted, paint.CENTRE)
        mark = self.parts[number].mark
        if mark:
            y = base - round(mark * per_unit)
            line = QRect(left - _MARK, y - 1, wide + 2 * _MARK, 2)
            painter.fillRect(line, tokens().muted)


class RankChart(Chart):
    """A lying bar for each part with its number, and a mark where it was before."""

    def part_at(self, spot: QPoint) -> int | None:
        plot = self.plot
        if not self.parts or not plot.contains(spot):
            return None
        return min((spot.y() - plot.top()) // self._row, len(self.parts) - 1)

    @property
    def _row(self) -> int:
        return max(1, min(_ROW, self.plot.height() // max(1, len(self.parts))))

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        t, plain, strong = tokens(), font("small"), font("small", SEMIBOLD, tabular=True)
        values = self.series[0].values
        names = max(paint.text_width(part.label, plain) for part in self.parts) + 10
        most = max(self.highest, 1)
        numbers = paint.text_width(str(most), strong) + 12
        per_unit = (plot.width() - names - numbers) / most
        for number, (part, value) in enumerate(zip(self.parts, values, strict=True)):
            row = QRect(plot.left(), plot.top() + number * self._row, plot.width(), self._row)
            if number == self.current:
                paint.rounded(painter, row, scale().radius_small, t.hover)
            ink = t.ink if number == self.current else t.muted
            paint.write(painter, row.adjusted(2, 0, 0, 0), part.label, plain, ink)
            middle, left = row.center().y() + 1, row.left() + names
            thick = max(4, min(10, self._row - 8))
            bar = QRect(left, middle - thick // 2, round(value * per_unit), thick)
            if value:
                draw_bar(painter, bar, self.series[0])
            if part.mark:
                x, high = left + round(part.mark * per_unit), thick + 2 * _MARK
                painter.fillRect(QRect(x - 1, bar.top() - _MARK, 2, high), t.muted)
            count = row.adjusted(0, 0, -2, 0)
            ink = t.ink if value else t.muted
            paint.write(painter, count, str(value), strong, ink, paint.RIGHT)

    def paint_mark(self, painter: QPainter, room: QRect) -> None:
        painter.fillRect(QRect(room.left() + 5, room.top() + 2, 2, _LINE - 4), tokens().muted)


def draw_bar(painter: QPainter, rect: QRect, series: Series) -> None:
    """A bar, or the box that stands for it in the legend."""
    colour: QColor = getattr(tokens(), series.role)
    radius = min(2.0, rect.width() / 3, rect.height() / 3)
    if not series.pale:
        paint.rounded(painter, rect, radius, colour)
        return
    ground = QColor(colour)
    ground.setAlphaF(0.14)
    if min(rect.width(), rect.height()) < 4:
        ground.setAlphaF(0.4)
        painter.fillRect(rect, ground)
    else:
        paint.outlined(painter, rect, radius, ground, colour)
