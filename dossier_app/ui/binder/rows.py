"""The rows of a page: model, delegate and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dossier_app.domain.language import ntr, tr
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.ui.binder import row_words
from dossier_app.ui.binder.tab_model import SLIPS_MIME, UIDS_MIME
from dossier_app.ui.handover.band import band_tone
from dossier_app.ui.icons import SLIP_ICONS, STEP_ICONS, draw_icon
from dossier_app.ui.theme import BOLD, SEMIBOLD, Tokens, font, scale, tokens
from dossier_app.ui.widgets import Tone, paint
from dossier_app.ui.widgets.focus import FocusRing

SHEET_ROLE = Qt.ItemDataRole.UserRole
ROW, SLIP_ROW = 72, 52  # heights of a dossier, and of a slip or loose sheet
BAR_ROOM = 12  # px that the list is wider than its rows, for the scroll bar
_WIDE = 400  # px of text from which the phone stands beside the name
_TIME, _ICON, _TEXT = 8, 60, 88  # left ends of the columns
_COPY_LETTERS = ("c", "с")  # the same key in both keyboard layouts
_Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractListModel):
    """The sheets under one divider. ``dated`` tells the day of each (months, trays)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = date.min
        self.dated = False
        self._sheets: list[Sheet] = []

    def set_sheets(
        self, sheets: Sequence[Sheet], today: date | None = None, *, dated: bool = False
    ) -> None:
        """Show other sheets; ``today`` decides which dates name their year."""
        self.beginResetModel()
        self._sheets = list(sheets)
        self.today = today or self.today
        self.dated = dated
        self.endResetModel()

    @property
    def sheets(self) -> list[Sheet]:
        return self._sheets

    def index_of(self, uid: str) -> QModelIndex:
        """Index of the sheet with that uid, else of a slip of the dossier with that uid;
        invalid when not here."""
        rows = list(enumerate(self._sheets))
        found = [row for row, sheet in rows if sheet.uid == uid]
        found += [row for row, sheet in rows if sheet.dossier_uid == uid]
        return self.index(found[0]) if found else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._sheets)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        sheet = self._sheets[index.row()]
        if role == SHEET_ROLE:
            return sheet
        if role == Qt.ItemDataRole.DisplayRole:
            return row_words.who(sheet)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_words.spoken_row(sheet, self.today, dated=self.dated)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self._sheets[index.row()].is_occasion:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [UIDS_MIME, SLIPS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        sheets = [self._sheets[row] for row in sorted(index.row() for index in indexes)]
        for mime, is_dossier in ((UIDS_MIME, True), (SLIPS_MIME, False)):
            uids = [item.uid for item in sheets if (item.type is SheetType.DOSSIER) == is_dossier]
            if uids:
                data.setData(mime, "\n".join(uids).encode())
        return data


@dataclass(frozen=True, slots=True)
class _Ink:
    """Fonts and colours of one painted row."""

    tokens: Tokens
    sheet: Sheet
    today: date
    dated: bool


class RowDelegate(QStyledItemDelegate):
    """Paints a row: who; what to do; where we stood. The phone stands at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        sheet: Sheet = index.data(SHEET_ROLE)
        return QSize(320, ROW if sheet.type is SheetType.DOSSIER else SLIP_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, SheetModel)
        ink = _Ink(tokens(), index.data(SHEET_ROLE), model.today, model.dated)
        rect = QRect(option.rect)
        # The same right end with and without a scroll bar.
        rect.setWidth(option.widget.width() - BAR_ROOM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, rect, option, ink.tokens)
        if ink.sheet.type is SheetType.DOSSIER:
            _paint_dossier(painter, rect, ink)
        else:
            _paint_slip(painter, rect, ink)
        painter.restore()


def _paint_ground(painter: QPainter, rect: QRect, option: QStyleOptionViewItem, t: Tokens) -> None:
    state, rows = option.state, option.widget
    assert isinstance(rows, RowList)
    paint.hairline(painter, rect.left(), rect.right() + 1, rect.bottom(), t.line)
    body = rect.adjusted(0, 0, 0, -1)
    if state & QStyle.StateFlag.State_Selected:
        paint.rounded(painter, body, 8, t.accent_soft)
    elif state & QStyle.StateFlag.State_MouseOver:
        paint.rounded(painter, body, 8, t.hover)
    if state & QStyle.StateFlag.State_HasFocus and rows.shows_ring:
        paint.draw_focus(painter, body, 8, t.accent)


def _line(rect: QRect, top: int, height: int = 20) -> QRect:
    """The text column of one line of a row."""
    return QRect(rect.left() + _TEXT, rect.top() + top, rect.width() - _TEXT - 8, height)


def _paint_left(painter: QPainter, rect: QRect, icon: str, ink: _Ink, *, light: bool) -> None:
    t = ink.tokens
    words = row_words.when(ink.sheet, dated=ink.dated)
    if words:
        room = QRect(rect.left() + _TIME, rect.top() + 9, _ICON - _TIME - 4, 20)
        paint.write(painter, room, words, font("body", SEMIBOLD, tabular=True), t.ink)
    colour = t.warn_ink if light else t.accent
    draw_icon(painter, icon, rect.left() + _ICON, rect.top() + 11, colour)


def _paint_dossier(painter: QPainter, rect: QRect, ink: _Ink) -> None:
    t, sheet = ink.tokens, ink.sheet
    _paint_left(painter, rect, STEP_ICONS[sheet.kind], ink, light=False)
    first = _line(rect, 9)
    point = sheet.phone or sheet.email
    last = _line(rect, 45, 17)
    if point:
        of = font("body", tabular=True)
        # On a narrow page the phone stands in the last line and leaves the first to the
        # name and what to know about it.
        line = first if first.width() >= _WIDE else last
        width = min(paint.text_width(point, of), first.width() // 2)
        end = QRect(line.right() + 1 - width, line.top(), width, line.height())
        paint.write(painter, end, point, of, t.muted, paint.RIGHT)
        line.setRight(line.right() - width - 16)
    _paint_first_line(painter, first, font("body", BOLD), ink)
    todo, ink_of_todo = sheet.todo, t.ink
    if not todo:
        todo, ink_of_todo = tr("what to do is not written yet"), t.muted
    paint.write(painter, _line(rect, 27), todo, font(), ink_of_todo)
    stood = row_words.stood(sheet, ink.today)
    paint.write(painter, last, stood, font("small"), t.muted)


def _paint_slip(painter: QPainter, rect: QRect, ink: _Ink) -> None:
    sheet = ink.sheet
    icon = SLIP_ICONS[sheet.slip_kind] if sheet.slip_kind else "note"
    _paint_left(painter, rect, icon, ink, light=True)
    first = _line(rect, 9)
    for text, tone in _chips(ink)[:1]:  # of a slip only its band
        width = min(paint.chip_width(text), first.width() // 2)
        chip = QRect(first.right() + 1 - width, first.top() + 1, width, paint.CHIP_SMALL)
        paint.draw_chip(painter, chip, text, tone.colours(ink.tokens))
        first.setRight(chip.left() - 8)
    paint.write(painter, first, row_words.who(sheet), font(), ink.tokens.ink)
    words = row_words.beside(sheet)
    paint.write(painter, _line(rect, 27, 17), words, font("small"), ink.tokens.muted)


def _paint_first_line(painter: QPainter, room: QRect, of: QFont, ink: _Ink) -> None:
    """Name, then company and position in grey, then chips; grey gives way first."""
    t, sheet = ink.tokens, ink.sheet
    chips = [(text, tone, paint.chip_width(text)) for text, tone in _chips(ink)]
    name, grey = row_words.who(sheet), row_words.beside(sheet)
    name_width = min(paint.text_width(name, of), room.width())
    while chips and name_width + sum(width + 6 for *_, width in chips) > room.width():
        chips.pop()
    left = room.width() - name_width - sum(width + 6 for *_, width in chips)
    paint.write(painter, QRect(room.topLeft(), QSize(name_width, room.height())), name, of, t.ink)
    x = room.left() + name_width
    if grey and left > 32:
        width = min(paint.text_width(grey, font()), left - 8)
        paint.write(painter, QRect(x + 4, room.top(), width, room.height()), grey, font(), t.muted)
        x += width + 4
    for text, tone, width in chips:
        x += 8 if text == chips[0][0] else 6
        place = QRect(x, room.top() + 1, width, paint.CHIP_SMALL)
        paint.draw_chip(painter, place, text, tone.colours(t))
        x += width


def _chips(ink: _Ink) -> list[tuple[str, Tone]]:
    """The chips of a row with their colours; its band comes first and gives way last."""
    sheet = ink.sheet
    chips = [(text, Tone.PLAIN) for text in row_words.chips(sheet)]
    if sheet.handover is not None:
        chips.insert(0, (row_words.band(sheet), band_tone(sheet.handover, ink.today)))
    return chips


class RowList(FocusRing, QListView):
    """The list itself: several rows can be chosen and dragged onto tabs.

    It tells what was pressed: Enter, Space, F2, Delete, C for the phone, and the menu with
    the point (global) where it is to open.
    """

    activated_row = Signal()
    tick_wanted = Signal()
    edit_wanted = Signal()
    remove_wanted = Signal()
    copy_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A viewport made by Qt has PySide look through every widget class for its own.
        self.setViewport(QWidget())
        self.sheets = SheetModel(self)
        self.setModel(self.sheets)
        self.setItemDelegate(RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.verticalScrollBar().setSingleStep(24)
        self.doubleClicked.connect(self.activated_row)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again after the language has changed."""
        self.setAccessibleName(tr("Sheets under this divider"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = self._wanted(event)
        if _asks_for_menu(event):
            self._open_menu()
        elif wanted is None:
            super().keyPressEvent(event)
        elif self.currentIndex().isValid():
            wanted.emit()

    def _wanted(self, event: QKeyEvent) -> SignalInstance | None:
        """What a key asks for; None for those of every list."""
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy_wanted
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if event.text().lower() in _COPY_LETTERS:
            return self.copy_wanted
        return {
            Qt.Key.Key_Return: self.activated_row,
            Qt.Key.Key_Enter: self.activated_row,
            Qt.Key.Key_Space: self.tick_wanted,
            Qt.Key.Key_F2: self.edit_wanted,
            Qt.Key.Key_Delete: self.remove_wanted,
        }.get(Qt.Key(event.key()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            if self.indexAt(event.pos()).isValid():
                self.menu_wanted.emit(event.globalPos())
        else:
            self._open_menu()

    def _open_menu(self) -> None:
        """Below the name of the current row."""
        index = self.currentIndex()
        if index.isValid():
            spot = self.visualRect(index).topLeft() + QPoint(_TEXT, 28)
            self.menu_wanted.emit(self.viewport().mapToGlobal(spot))

    def rows_below(self) -> int:
        """How many rows lie below the edge, a row seen by half not counted."""
        edge = self.viewport().height()
        at_edge = self.indexAt(QPoint(0, edge))
        if not at_edge.isValid():
            return 0
        is_hidden = self.visualRect(at_edge).center().y() >= edge
        return self.sheets.rowCount() - at_edge.row() - (not is_hidden)

    def startDrag(self, supported: Qt.DropAction) -> None:  # noqa: ARG002
        indexes = [
            index
            for index in self.selectedIndexes()
            if index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        ]
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self.sheets.mimeData(indexes))
        first: Sheet = min(indexes, key=QModelIndex.row).data(SHEET_ROLE)
        drag.setPixmap(_dragged(row_words.who(first), len(indexes), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(12, 16))
        drag.exec(Qt.DropAction.MoveAction)


def _asks_for_menu(event: QKeyEvent) -> bool:
    """The keys for a menu; not every system makes an event of its own of them."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (shift and event.key() == Qt.Key.Key_F10)


def _dragged(name: str, count: int, density: float) -> QPixmap:
    """A small card under the pointer: the first name and how many more."""
    text = name
    if count > 1:
        text = ntr("{name} and {n} more", "{name} and {n} more", count - 1, name=name)
    of = font("body", SEMIBOLD)
    size = QSize(min(paint.text_width(text, of), 280) + 24, 32)
    picture = QPixmap(size * density)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRect(QPoint(0, 0), size)
    paint.rounded(painter, rect, scale().radius_control, tokens().accent)
    inner = rect.adjusted(12, 0, -12, 0)
    paint.write(painter, inner, text, of, tokens().on_accent)
    painter.end()
    return picture
