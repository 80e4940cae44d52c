"""The dividers as Qt's item model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from dossier_app.domain.binder import Slot
from dossier_app.domain.place_words import slot_name
from dossier_app.domain.sheets import Binder, Divider
from dossier_app.ui.binder.words import spoken

UIDS_MIME = "application/x-dossier-uids"  # uids of dragged dossiers, one a line
SLIPS_MIME = "application/x-slip-uids"  # of dragged slips and loose sheets
DIVIDER_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class DividerModel(QAbstractListModel):
    """The dividers of the binder in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.binder = Binder(date.min, ())
        self._rows: dict[Slot, int] = {}

    def set_binder(self, binder: Binder) -> None:
        self.beginResetModel()
        self.binder = binder
        self._rows = {item.slot: row for row, item in enumerate(binder.dividers)}
        self.endResetModel()

    def update_dividers(self, changed: Iterable[Divider]) -> bool:
        """Exchange dividers for newer ones; False, and nothing done, when one is new."""
        news = {self._rows.get(item.slot, -1): item for item in changed}
        if -1 in news:
            return False
        dividers = list(self.binder.dividers)
        for row, item in news.items():
            dividers[row] = item
        self.binder = Binder(self.binder.today, tuple(dividers))
        for row in news:
            self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def index_of(self, slot: Slot) -> QModelIndex:
        """Index of ``slot``; invalid when it has no divider."""
        return self.index(self._rows.get(slot, -1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.binder.dividers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        divider = self.binder.dividers[index.row()]
        if role == DIVIDER_ROLE:
            return divider
        if role == Qt.ItemDataRole.DisplayRole:
            number = divider.slot.number
            return slot_name(divider.slot) if number is None else str(number)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(divider)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self.binder.dividers[index.row()].slot.is_blank:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDropEnabled
