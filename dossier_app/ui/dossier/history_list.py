"""The list of contacts: delegate and view, quick with thousands of entries."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dossier_app.domain.datewords import short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import HistoryEntry
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.history_model import ENTRY_ROLE, Fold, HistoryModel, Index
from dossier_app.ui.dossier.page import EDGE
from dossier_app.ui.dossier.prose import draw_prose, line_height, wrapped
from dossier_app.ui.icons import CHANNEL_ICONS, draw_icon
from dossier_app.ui.theme import REGULAR, SEMIBOLD, Size, font, scale, tokens
from dossier_app.ui.widgets import paint

_BODY: tuple[Size, QFont.Weight] = ("body", REGULAR)
_TEXT = 24  # px from the icon's left end to the words
_GAP = 8  # px above and below an entry
_MOST_LINES = 8  # of what was said, while the entry is not chosen


class HistoryDelegate(QStyledItemDelegate):
    """Paints an entry: date and channel; what was said; what was agreed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        assert isinstance(view, HistoryList)
        return QSize(80, view.height_of(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        assert isinstance(view, HistoryList)
        shown = view.entries.rows[index.row()]
        row = QRect(option.rect)
        row.setWidth(view.text_width + _TEXT)
        row.moveLeft(EDGE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            ring = (
                row.adjusted(-6, -4, 6, -4)
                if isinstance(shown, Fold)
                else row.adjusted(-6, 2, 6, -2)
            )
            paint.draw_focus(painter, ring, scale().radius_small, tokens().accent)
        if isinstance(shown, Fold):
            self._fold(painter, row, shown)
        else:
            self._mark(painter, row, view, shown)
            top = row.top() + _GAP
            self._head(painter, QRect(row.left() + _TEXT, top, view.text_width, 18), view, shown)
            corner = QPoint(row.left() + _TEXT, top + line_height("body"))
            for lines, role in view.lines_of(index.row()):
                draw_prose(painter, corner, view.text_width, lines, _BODY, role)
                corner.setY(corner.y() + len(lines) * line_height("body"))
        painter.restore()

    def _fold(self, painter: QPainter, row: QRect, fold: Fold) -> None:
        icon = "chevron-down" if fold.is_open else "chevron-right"
        draw_icon(painter, icon, row.left(), row.top() + 1, tokens().muted)
        room = QRect(row.left() + _TEXT, row.top(), row.width() - _TEXT, 18)
        paint.write(painter, room, fold.text, font(), tokens().muted)

    def _mark(self, painter: QPainter, row: QRect, view: HistoryList, entry: HistoryEntry) -> None:
        """How it came; the mails under a fold have a line along them instead."""
        t = tokens()
        if view.entries.lies_under(entry):
            painter.fillRect(QRect(row.left() + 7, row.top(), 1, row.height()), t.line)
        else:
            colour = t.accent if entry.reached else t.muted
            icon = CHANNEL_ICONS[entry.channel]
            draw_icon(painter, icon, row.left(), row.top() + _GAP + 1, colour)

    def _head(self, painter: QPainter, room: QRect, view: HistoryList, entry: HistoryEntry) -> None:
        t, model = tokens(), view.entries
        if entry.private:
            draw_icon(painter, "eye-off", room.right() - 13, room.top() + 2, t.muted, 14)
            room.setRight(room.right() - 20)
        day, bold = short_day(entry.at.date(), model.today), font("body", SEMIBOLD)
        paint.write(painter, room, day, bold, t.ink if entry.reached else t.muted)
        room.setLeft(room.left() + paint.text_width(day, bold) + 5)
        how = words.contact_line(entry)
        paint.write(painter, room, how, font(), t.ink if entry.reached else t.muted)
        room.setLeft(room.left() + paint.text_width(how, font()) + 12)
        if room.width() > 40:
            aside = model.beside(entry)
            paint.write(painter, room, aside, font("small"), t.muted, paint.RIGHT)


class HistoryList(QListView):
    """The list itself; Ctrl+C copies the words of an entry, Enter asks for the letter about
    it, F2 to change it, and a menu offers the same. A fold opens by a click, Enter or the
    space bar; Right opens and Left closes it, also from its mails."""

    letter_wanted = Signal(object)  # HistoryEntry
    change_wanted = Signal(object)  # HistoryEntry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = HistoryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(HistoryDelegate(self))
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self.setAccessibleName(tr("History"))
        self.clicked.connect(self._turn_fold)

    @property
    def text_width(self) -> int:
        """Room for the words; the same with and without a scroll bar."""
        return self.width() - 2 * EDGE - _TEXT

    def lines_of(self, row: int) -> list[tuple[tuple[str, ...], str]]:
        """The words of an entry in lines, each with the colour's role; a long text from its
        beginning, whole while the entry is chosen. A fold has none."""
        entry = self.entries.rows[row]
        if isinstance(entry, Fold):
            return []
        agreed = tr("Agreed: {text}", text=entry.agreed) if entry.agreed else ""
        said = "ink" if entry.reached else "muted"
        most = 0 if row == self.currentIndex().row() else _MOST_LINES
        return [
            (wrapped(text, *_BODY, self.text_width, most), role)
            for text, role in ((entry.text, said), (agreed, "muted"))
            if text
        ]

    def height_of(self, row: int) -> int:
        """Height of a row in px, with the gap to its neighbours."""
        if isinstance(self.entries.rows[row], Fold):
            return line_height("body") + _GAP
        lines = sum(len(lines) for lines, _ in self.lines_of(row))
        return (lines + 1) * line_height("body") + 2 * _GAP

    @property
    def entry(self) -> HistoryEntry | None:
        """The entry that is chosen."""
        index = self.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if any(index.isValid() and self._is_long(index.row()) for index in (current, previous)):
            self.doItemsLayout()
            self.scrollTo(current)

    def _is_long(self, row: int) -> bool:
        entry = self.entries.rows[row]
        return not isinstance(entry, Fold) and any(
            len(wrapped(text, *_BODY, self.text_width, _MOST_LINES + 1)) > _MOST_LINES
            for text in (entry.text, entry.agreed)
        )

    def copy(self) -> None:
        """Put the words of the chosen entry on the clipboard."""
        if self.entry is not None:
            said = filter(None, [self.entry.text, self.entry.agreed])
            QGuiApplication.clipboard().setText("\n".join(said))

    def write_letter(self) -> None:
        """Ask for the letter about the chosen entry."""
        if self.entry is not None:
            self.letter_wanted.emit(self.entry)

    def change(self) -> None:
        """Ask for the chosen entry to be changed."""
        if self.entry is not None:
            self.change_wanted.emit(self.entry)

    def _turn_fold(self, index: Index) -> None:
        """Open or close the fold that was clicked."""
        fold = self.entries.fold_at(index.row())
        if fold is not None and fold is self.entries.rows[index.row()]:
            self.entries.unfold(fold, not fold.is_open)

    def _fold_by_key(self, key: int) -> bool:
        """Open or close the fold that is chosen, or to which the chosen mail belongs."""
        at = self.currentIndex().row()
        fold = self.entries.fold_at(at)
        if fold is None:
            return False
        if key == Qt.Key.Key_Right:
            self.entries.unfold(fold, True)
        elif key == Qt.Key.Key_Left:
            entry = self.entry
            if entry is not None and self.entries.lies_under(entry):
                self.setCurrentIndex(self.entries.index(self.entries.rows.index(fold)))
            self.entries.unfold(fold, False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.entry is None:
            self._turn_fold(self.currentIndex())
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and self._fold_by_key(
            event.key()
        ):
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_F2:
            self.change()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.write_letter()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, slot in (
            (tr("Letter…"), "Enter", self.write_letter),
            (tr("Change…"), "F2", self.change),
            (tr("Copy"), "Ctrl+C", self.copy),
        ):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shown}").triggered.connect(slot)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
