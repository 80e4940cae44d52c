"""The list of a day's lines: model, delegate and view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from dossier_app.ui.icons import draw_icon
from dossier_app.ui.review.rows import Line, Row, lines_of
from dossier_app.ui.theme import SEMIBOLD, font, tokens
from dossier_app.ui.widgets import Tone, paint
from dossier_app.ui.widgets.painted_list import PaintedList, RowDelegate
from dossier_app.ui.widgets.row_model import ROW_ROLE, RowModel

_PAD = 8  # px at both ends of a row
_LEAD = 44  # px of the time
_ICON = 24  # px from the icon to the words
# One key in both layouts of the keyboard.
_MOVE_KEYS, _LOG_KEYS = ("r", "к"), ("l", "д")


class LineModel(RowModel):
    """Lines under their headings."""

    def spoken(self, row: Line) -> str:
        return row.spoken

    def other(self, row: Line, role: int) -> object:
        return row.text if role == Qt.ItemDataRole.ToolTipRole else None


class LineList(PaintedList):
    """Enter does with a line what it is there for, R re-files, L logs."""

    pressed_enter = Signal(object)  # Line
    move_wanted = Signal(list)  # uids
    log_wanted = Signal(str)  # uid

    def __init__(self, name: str) -> None:
        self.lines = LineModel()
        super().__init__(self.lines, _Delegate(), name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMinimumHeight(2 * _Delegate.row)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other lines. The chosen one stays chosen; one that is dealt with gives
        way to the next that is not."""
        before, number = self.current, max(self.currentIndex().row(), 0)
        self.lines.set_rows(rows)
        places = {row.key: at for at, row in enumerate(rows) if isinstance(row, Line)}
        found = places.get(before.key) if before else None
        if found is not None and before is not None and before.is_open:
            after = self.lines.rows[found]
            if isinstance(after, Line) and not after.is_open:
                found = None
        if found is None and before is not None and before.is_open:
            still = [at for at, row in enumerate(rows) if isinstance(row, Line) and row.is_open]
            found = next((at for at in still if at >= number), still[-1] if still else None)
        self.choose(number if found is None else found)

    @property
    def selected_uids(self) -> list[str]:
        """The dossiers of the chosen lines, each once."""
        return list(dict.fromkeys(line.uid for line in lines_of(self.selected)))

    def ask_move(self) -> None:
        if self.isVisible() and (uids := self.selected_uids):
            self.move_wanted.emit(uids)

    def ask_log(self) -> None:
        if self.isVisible() and (line := self.current):
            self.log_wanted.emit(line.uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key, text = event.key(), event.text().casefold()
        line = self.current
        if plain and line and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed_enter.emit(line)
        elif plain and text in _MOVE_KEYS:
            self.ask_move()
        elif plain and text in _LOG_KEYS:
            self.ask_log()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        if isinstance(row, Line):
            self.pressed_enter.emit(row)

    @property
    def has_leads(self) -> bool:
        return any(isinstance(row, Line) and row.lead for row in self.lines.rows)


class _Delegate(RowDelegate):
    """Paints a row: who, and where it goes; what."""

    heading, pad = 30, _PAD
    fades = underlined = True

    def paint_row(self, painter: QPainter, rect: QRect, row: Line, view: LineList) -> None:
        _paint_line(painter, rect, row, lead=view.has_leads)


def _paint_line(painter: QPainter, rect: QRect, line: Line, *, lead: bool) -> None:
    t = tokens()
    first = QRect(rect.left() + _PAD, rect.top() + 4, rect.width() - 2 * _PAD, 18)
    if lead:
        time = font("body", SEMIBOLD, tabular=True)
        paint.write(painter, first, line.lead, time, t.muted if line.quiet else t.ink)
        first.setLeft(first.left() + _LEAD)
    draw_icon(painter, line.icon, first.left(), first.top() + 1, getattr(t, line.icon_role))
    first.setLeft(first.left() + _ICON)
    second = first.translated(0, 18)
    if line.right:
        width = paint.text_width(line.right, font("body", tabular=True))
        ink = getattr(t, line.right_role)
        of = font("body", tabular=True)
        paint.write(painter, first, line.right, of, ink, paint.RIGHT)
        first.setRight(first.right() - width - 12)
    if line.private:
        draw_icon(painter, "eye-off", second.right() - 13, second.top() + 2, t.muted, 14)
        second.setRight(second.right() - 20)
    _paint_who(painter, first, line)
    paint.write(painter, second, line.text, font("small"), t.muted)


def _paint_who(painter: QPainter, room: QRect, line: Line) -> None:
    t, bold = tokens(), font("body", SEMIBOLD)
    chips = [(text, paint.chip_width(text)) for text in line.chips]
    for_chips = sum(width + 6 for _, width in chips)
    name = QRect(room)
    name.setRight(max(room.left() + 60, room.right() - for_chips))
    paint.write(painter, name, line.name, bold, t.muted if line.quiet else t.ink)
    end = min(name.left() + paint.text_width(line.name, bold) + 6, name.right())
    company = QRect(end, room.top(), name.right() - end, room.height())
    if company.width() > 32 and line.beside:
        paint.write(painter, company, line.beside, font(), t.muted)
        end += min(paint.text_width(line.beside, font()), company.width())
    x = end + 6
    for text, width in chips:
        box = QRect(x, room.top() + 1, min(width, room.right() - x), 16)
        if box.width() > 24:
            paint.draw_chip(painter, box, text, Tone.PLAIN.colours(t))
        x += width + 6
