"""The rows of the list of contacts: entries, and folds over the earlier mails of conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from dossier_app.domain.datewords import clock, long_day, short_day
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import HistoryEntry
from dossier_app.ui.dossier import words

ENTRY_ROLE = Qt.ItemDataRole.UserRole
_BATCH = 60  # rows laid out at once: laying out thousands would be felt
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class Fold:
    """The earlier mails of a conversation, newest first, below its ``newest`` one. ``key``
    is that of `domain.mail.conversations`."""

    key: str
    newest: HistoryEntry
    is_open: bool
    mails: list[HistoryEntry] = field(default_factory=list)

    @property
    def text(self) -> str:
        return ntr("{n} earlier mail", "{n} earlier mails", len(self.mails))


Row = HistoryEntry | Fold


class HistoryModel(QAbstractListModel):
    """Entries, newest first, a conversation where its newest mail stands; the list takes
    more of them as it is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._folds: dict[str, Fold] = {}  # by key
        self._open: set[str] = set()  # keys
        self._taken = 0
        self.today = date.min
        self._tied: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}
        self._me = ""
        self._changed: Mapping[str, date] = {}

    def set_entries(
        self,
        entries: Sequence[HistoryEntry],
        today: date,
        tied: Mapping[str, str],
        names: Mapping[str, str],
        me: str,
        changed: Mapping[str, date],
    ) -> None:
        """Show other entries. ``tied`` are their `conversations`, ``names`` tells people by
        uid, ``me`` is whose binder it is, ``changed`` the day an entry was last changed, by
        its uid. A conversation that was unfolded stays so."""
        self.beginResetModel()
        self.today, self._tied, self._names, self._me, self._changed = (
            today, tied, names, me, changed,
        )  # fmt: skip
        self.rows = self._arranged(entries)
        self._taken = min(_BATCH, len(self.rows))
        self.endResetModel()

    def fold_all(self) -> None:
        """Let the next entries be folded."""
        self._open.clear()

    def _arranged(self, entries: Sequence[HistoryEntry]) -> list[Row]:
        self._folds = {}
        if not self._tied:
            return list(entries)
        singles: list[HistoryEntry] = []  # and the newest mails
        for entry in entries:
            fold = self._fold_of(entry)
            if fold is not None:
                fold.mails.append(entry)
                continue
            singles.append(entry)
            if key := self._tied.get(entry.uid):
                self._folds[key] = Fold(key, entry, key in self._open)
        rows: list[Row] = []
        for entry in singles:
            rows.append(entry)
            fold = self._fold_of(entry)
            if fold is not None and fold.mails:
                rows += [fold, *fold.mails] if fold.is_open else [fold]
        return rows

    def _fold_of(self, entry: HistoryEntry) -> Fold | None:
        return self._folds.get(self._tied.get(entry.uid, ""))

    def fold_at(self, number: int) -> Fold | None:
        """The fold that this row is, or that it is the newest mail of or lies under."""
        if not 0 <= number < len(self.rows):
            return None
        row = self.rows[number]
        if isinstance(row, Fold):
            return row
        fold = self._fold_of(row)
        return fold if fold is not None and fold.mails else None

    def lies_under(self, entry: HistoryEntry) -> bool:
        """True of a mail that a fold shows and hides."""
        fold = self._fold_of(entry)
        return fold is not None and fold.newest is not entry

    def unfold(self, fold: Fold, is_open: bool) -> None:
        """Show or hide the mails under ``fold``."""
        if fold.is_open is is_open:
            return
        at = self.rows.index(fold)
        fold.is_open = is_open
        if is_open:
            self._open.add(fold.key)
            self._put_in(at + 1, fold.mails)
        else:
            self._open.discard(fold.key)
            last = min(at + 1 + len(fold.mails), self._taken)  # the rest was not taken yet
            self._leave(at + 1, last)
            del self.rows[at + 1 : at + 1 + len(fold.mails) - (last - at - 1)]
        self.dataChanged.emit(self.index(at), self.index(at))

    def _put_in(self, place: int, mails: list[HistoryEntry]) -> None:
        """Rows more at ``place``. Of very many only the first are laid out, and what stood
        below comes back as it is scrolled to."""
        if len(mails) > _BATCH:
            below = self.rows[place:]
            self._leave(place, self._taken)
            self.rows[place:] = [*mails, *below]
            self.take(place + _BATCH)
            return
        self.beginInsertRows(QModelIndex(), place, place + len(mails) - 1)
        self.rows[place:place] = mails
        self._taken += len(mails)
        self.endInsertRows()

    def _leave(self, first: int, end: int) -> None:
        """Take rows that are laid out from the list."""
        if first < end:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self.rows[first:end]
            self._taken -= end - first
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._taken

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._taken < len(self.rows)

    def fetchMore(self, _parent: Index) -> None:
        self.take(self._taken + _BATCH)

    def take(self, count: int) -> None:
        """Let at least ``count`` rows be in the list."""
        count = min(count, len(self.rows))
        if count > self._taken:
            self.beginInsertRows(QModelIndex(), self._taken, count - 1)
            self._taken = count
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if isinstance(row, Fold):
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join([row.text, tr("unfolded") if row.is_open else tr("folded")])
            return row.text if role == Qt.ItemDataRole.DisplayRole else None
        if role == ENTRY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{long_day(row.at.date(), self.today)}, {clock(row.at.time())}"
        return None

    def beside(self, entry: HistoryEntry) -> str:
        """With whom, by whom when it was not the owner of the binder, and when changed."""
        author, day = entry.author if entry.author != self._me else "", self._changed.get(entry.uid)
        by = tr("by {author}", author=author) if author else ""
        changed = tr("changed {day}", day=short_day(day, self.today)) if day else ""
        return ", ".join(filter(None, [self._names.get(entry.person_uid, ""), by, changed]))

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
