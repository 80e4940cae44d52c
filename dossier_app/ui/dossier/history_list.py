"""The list of contacts: model, delegate and view, quick with thousands of entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
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

from dossier_app.domain.datewords import clock, long_day, short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import HistoryEntry
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.page import EDGE
from dossier_app.ui.dossier.prose import draw_prose, line_height, wrapped
from dossier_app.ui.icons import CHANNEL_ICONS, draw_icon
from dossier_app.ui.theme import REGULAR, SEMIBOLD, Size, font, scale, tokens
from dossier_app.ui.widgets import paint

ENTRY_ROLE = Qt.ItemDataRole.UserRole
_BODY: tuple[Size, QFont.Weight] = ("body", REGULAR)
_TEXT = 24  # px from the icon's left end to the words
_GAP = 8  # px above and below an entry
_BATCH = 60  # entries laid out at once: laying out thousands would be felt
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Entries, newest first; the list takes more of them as it is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[HistoryEntry] = []
        self._taken = 0
        self.today = date.min
        self._names: dict[str, str] = {}
        self._me = ""

    def set_entries(
        self, entries: Sequence[HistoryEntry], today: date, names: dict[str, str], me: str
    ) -> None:
        """Show other entries. ``names`` tells people by uid, ``me`` is whose binder it is."""
        self.beginResetModel()
        self.entries = list(entries)
        self._taken = min(_BATCH, len(self.entries))
        self.today, self._names, self._me = today, names, me
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._taken

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._taken < len(self.entries)

    def fetchMore(self, _parent: _Index) -> None:
        self.take(self._taken + _BATCH)

    def take(self, count: int) -> None:
        """Let at least ``count`` entries be in the list."""
        count = min(count, len(self.entries))
        if count > self._taken:
            self.beginInsertRows(QModelIndex(), self._taken, count - 1)
            self._taken = count
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{long_day(entry.at.date(), self.today)}, {clock(entry.at.time())}"
        return None

    def beside(self, entry: HistoryEntry) -> str:
        """With whom, and by whom when it was not the owner of the binder."""
        author = entry.author if entry.author != self._me else ""
        by = tr("by {author}", author=author) if author else ""
        return ", ".join(filter(None, [self._names.get(entry.person_uid, ""), by]))

    def _spoken(self, entry: HistoryEntry) -> str:
        parts = [
            long_day(entry.at.date(), self.today),
            words.contact_line(entry),
            self.beside(entry),
            tr("private") if entry.private else "",
            entry.text,
            tr("Agreed: {text}", text=entry.agreed) if entry.agreed else "",
        ]
        return ". ".join(filter(None, parts))


class HistoryDelegate(QStyledItemDelegate):
    """Paints an entry: date and channel; what was said; what was agreed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = option.widget
        assert isinstance(view, HistoryList)
        return QSize(80, view.height_of(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view = option.widget
        assert isinstance(view, HistoryList)
        entry: HistoryEntry = index.data(ENTRY_ROLE)
        t = tokens()
        row = QRect(option.rect)
        row.setWidth(view.text_width + _TEXT)
        row.moveLeft(EDGE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            ring = row.adjusted(-6, 2, 6, -2)
            paint.draw_focus(painter, ring, scale().radius_small, t.accent)
        top = row.top() + _GAP
        quiet = not entry.reached
        draw_icon(
            painter,
            CHANNEL_ICONS[entry.channel],
            row.left(),
            top + 1,
            t.muted if quiet else t.accent,
        )
        self._head(painter, QRect(row.left() + _TEXT, top, view.text_width, 18), view, entry)
        corner = QPoint(row.left() + _TEXT, top + line_height("body"))
        for lines, role in view.lines_of(entry):
            draw_prose(painter, corner, view.text_width, lines, _BODY, role)
            corner.setY(corner.y() + len(lines) * line_height("body"))
        painter.restore()

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
    """The list itself; Ctrl+C copies the words of an entry, Enter or a menu asks for the
    letter about it."""

    letter_wanted = Signal(object)  # HistoryEntry

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

    @property
    def text_width(self) -> int:
        """Room for the words; the same with and without a scroll bar."""
        return self.width() - 2 * EDGE - _TEXT

    def lines_of(self, entry: HistoryEntry) -> list[tuple[tuple[str, ...], str]]:
        """The words of an entry in lines, each with the colour's role."""
        agreed = tr("Agreed: {text}", text=entry.agreed) if entry.agreed else ""
        said = "ink" if entry.reached else "muted"
        return [
            (wrapped(text, *_BODY, self.text_width), role)
            for text, role in ((entry.text, said), (agreed, "muted"))
            if text
        ]

    def height_of(self, row: int) -> int:
        """Height of a row in px, with the gap to its neighbours."""
        lines = sum(len(lines) for lines, _ in self.lines_of(self.entries.entries[row]))
        return (lines + 1) * line_height("body") + 2 * _GAP

    @property
    def entry(self) -> HistoryEntry | None:
        """The entry that is chosen."""
        index = self.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    def copy(self) -> None:
        """Put the words of the chosen entry on the clipboard."""
        if self.entry is not None:
            said = filter(None, [self.entry.text, self.entry.agreed])
            QGuiApplication.clipboard().setText("\n".join(said))

    def write_letter(self) -> None:
        """Ask for the letter about the chosen entry."""
        if self.entry is not None:
            self.letter_wanted.emit(self.entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
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
            (tr("Copy"), "Ctrl+C", self.copy),
        ):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shown}").triggered.connect(slot)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
