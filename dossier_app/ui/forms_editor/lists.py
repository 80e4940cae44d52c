"""A list of lines with words at the left and a remark at the right, under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dossier_app.ui.theme import MEDIUM, REGULAR, font, scale, tokens
from dossier_app.ui.widgets import paint

_HEIGHT = 30
_LINE_ROLE = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ListLine:
    """``key`` names it; one without cannot be chosen."""

    key: str
    text: str
    aside: str = ""
    faint: bool = False
    heading: bool = False


class LineList(QListWidget):
    """Shows `ListLine`s. Alt and an arrow ask to move the chosen one, Delete to take it
    away."""

    chosen = Signal(str)
    move_wanted = Signal(int)
    remove_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setItemDelegate(_LineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._tell)
        self._silent = False

    @property
    def key(self) -> str:
        """Key of the chosen line; empty when there is none."""
        item = self.currentItem()
        return _line(item).key if item else ""

    def show_lines(self, lines: Sequence[ListLine]) -> None:
        """Show other lines; the chosen key stays chosen, or the line at its place."""
        key, place = self.key, self.currentRow()
        self._silent = True
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.text, self)
            item.setData(_LINE_ROLE, line)
            item.setToolTip(line.text)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ". ".join(filter(None, [line.text, line.aside]))
            )
            if not line.key:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        rows = [n for n, line in enumerate(lines) if line.key]
        if not self.choose(key) and rows:
            self.setCurrentRow(min(rows, key=lambda row: abs(row - place)))
        self._silent = False
        if self.key != key:
            self.chosen.emit(self.key)

    def choose(self, key: str) -> bool:
        """Choose the line with that key; false when there is none."""
        for row in range(self.count()):
            if key and _line(self.item(row)).key == key:
                self.setCurrentRow(row)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._silent:
            self.chosen.emit(_line(item).key)


_Index = QModelIndex | QPersistentModelIndex


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: ListLine = index.data(_LINE_ROLE)
        t, room = tokens(), QRect(option.rect).adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = QRect(option.rect).adjusted(1, 1, -1, -1)
        if on:
            paint.rounded(painter, ground, scale().radius_small, t.accent_soft)
        if line.heading:
            room.setTop(room.top() + (0 if on else 8))  # a little nearer to what is below it
            paint.write(painter, room, line.text.upper(), font("small", MEDIUM, caps=True), t.muted)
        else:
            aside = font("small")
            paint.write(painter, room, line.aside, aside, t.muted, paint.RIGHT)
            room.setRight(room.right() - paint.text_width(line.aside, aside) - 8)
            of = font("body", MEDIUM if on else REGULAR)
            paint.write(painter, room, line.text, of, t.muted if line.faint else t.ink)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.draw_focus(painter, ground, scale().radius_small, t.accent)
        painter.restore()


def _line(item: QListWidgetItem) -> ListLine:
    line: ListLine = item.data(_LINE_ROLE)
    return line
