"""The page of one divider: head, slips, rows, foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from dossier_app.domain.binder import SlotKind
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import SlipKind
from dossier_app.domain.sheets import Divider, Sheet
from dossier_app.ui.binder.empty import EmptyState, EmptyText, empty_text
from dossier_app.ui.binder.header import PageHeader, RowFilter
from dossier_app.ui.binder.rows import BAR_ROOM, SHEET_ROLE, RowList
from dossier_app.ui.icons import SLIP_ICONS, icon
from dossier_app.ui.widgets import Chip, ElidedLabel, FlowLayout, Hairline, Tone

MOST_CHIPS = 4
_SHOW_ALL = "show_all"
_DATED = (SlotKind.MONTH, SlotKind.LATER, SlotKind.LEFT_BEHIND)


@dataclass(frozen=True, slots=True)
class SlipChip:
    """A slip shown as a sentence above the rows: an occasion, a promise that is due."""

    uid: str
    text: str
    kind: SlipKind = SlipKind.PROMISE


class BinderPage(QWidget):
    """Shows what `show_page` is given; says what was chosen and pressed."""

    opened = Signal(str)  # uid of the current sheet; empty when there is none
    activated = Signal(str)  # uid: Enter or double click
    slip_opened = Signal(str)  # uid of a SlipChip
    empty_action = Signal(str)  # "new", "today" or "import"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: list[Sheet] = []
        self._divider: Divider | None = None
        self._today = date.min
        self._done: tuple[int, int] | None = None
        self.header = PageHeader()
        self.rows = RowList()
        self._slips = QWidget()
        self._chips = FlowLayout(self._slips)
        self._hidden_slips: Sequence[SlipChip] = ()
        self._empty = EmptyState()
        self._foot = ElidedLabel(role="muted")
        self._lay_out()

        self.header.filtered.connect(self._refill)
        self.rows.activated_row.connect(self._activate)
        self.rows.selectionModel().currentChanged.connect(self._current_changed)
        self.rows.verticalScrollBar().valueChanged.connect(self._count_below)
        self._empty.pressed.connect(self._empty_pressed)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 19, 20 - BAR_ROOM, 0)
        column.setSpacing(0)
        head, foot = QVBoxLayout(), QVBoxLayout()
        for part in (head, foot):
            part.setContentsMargins(0, 0, BAR_ROOM, 0)
            part.setSpacing(0)
        head.addWidget(self.header)
        head.addSpacing(4)
        head.addWidget(self._slips)
        foot.addWidget(Hairline())
        foot.addWidget(self._foot)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        column.addLayout(foot)
        self._slips.setContentsMargins(0, 0, 0, 8)
        self._foot.setFixedHeight(40)

    # --- what the window tells and asks

    def show_page(
        self,
        divider: Divider,
        sheets: Sequence[Sheet],
        today: date,
        *,
        slips: Sequence[SlipChip] = (),
        done: tuple[int, int] | None = None,
        current: str = "",
    ) -> None:
        """Show a divider.

        ``done`` is how many of today's sheets are done, and of how many; ``current`` the
        uid of the sheet to choose. Where it is not here, a page shown anew keeps the row
        that was chosen, or the one after it when that row has gone; another divider
        begins with its first row and without a filter.
        """
        candidates = [current]
        if self._divider is not None and self._divider.slot == divider.slot:
            candidates += self._uids_from_current()
        else:
            self.header.filter.choose(RowFilter.ALL)
        self._divider, self._sheets, self._today, self._done = divider, list(sheets), today, done
        self.header.show_divider(divider)
        self.show_slips(slips)
        self._fill(candidates)

    def show_slips(self, slips: Sequence[SlipChip]) -> None:
        """Show other slips above the rows; the rows stay. What does not fit into
        `MOST_CHIPS` is behind the last chip."""
        self._chips.clear()
        shown = slips if len(slips) <= MOST_CHIPS else slips[: MOST_CHIPS - 1]
        for slip in shown:
            occasion = slip.kind is SlipKind.BIRTHDAY
            tone = Tone.OCCASION if occasion else Tone.PROMISE
            chip = Chip(slip.text, tone, icon=SLIP_ICONS[slip.kind], large=True)
            chip.setObjectName(slip.uid)
            chip.clicked.connect(self._slip_clicked)
            self._chips.addWidget(chip)
        self._hidden_slips = slips[len(shown) :]
        if self._hidden_slips:
            more = ntr("{n} more", "{n} more", len(self._hidden_slips))
            chip = Chip(more, large=True)
            chip.clicked.connect(self._list_hidden_slips)
            self._chips.addWidget(chip)
        self._slips.setVisible(bool(slips))

    def update_head(self, divider: Divider) -> None:
        """The load has changed, the rows have not."""
        self._divider = divider
        self.header.show_divider(divider)

    @property
    def sheet(self) -> Sheet | None:
        """The current row."""
        index = self.rows.currentIndex()
        return index.data(SHEET_ROLE) if index.isValid() else None

    @property
    def selected(self) -> list[Sheet]:
        """All chosen rows in their order."""
        rows = sorted(index.row() for index in self.rows.selectedIndexes())
        return [self.rows.sheets.sheets[row] for row in rows]

    def select(self, uid: str) -> bool:
        """Choose the row of that sheet or dossier; False when it is not on the page."""
        index = self.rows.sheets.index_of(uid)
        if index.isValid():
            self.rows.setCurrentIndex(index)
        return index.isValid()

    def has(self, uid: str) -> bool:
        """Whether that sheet, or a sheet of that dossier, lies here; also when filtered away."""
        return any(uid in (sheet.uid, sheet.dossier_uid) for sheet in self._sheets)

    def retranslate(self) -> None:
        """Say everything again after the language has changed."""
        self.header.retranslate()
        self.rows.retranslate()
        if self._divider is not None:
            self.update_head(self._divider)
            self._refill()

    # --- inside

    def _uids_from_current(self) -> list[str]:
        """Uids of the current row, then of those after it, then of those before, nearest
        first: in this order they take its place when it goes."""
        row = max(self.rows.currentIndex().row(), 0)
        uids = [sheet.uid for sheet in self.rows.sheets.sheets]
        return uids[row:] + uids[:row][::-1]

    def _refill(self) -> None:
        self._fill(self._uids_from_current())

    def _filtered(self) -> list[Sheet]:
        wanted = self.header.filter.value
        if wanted is RowFilter.NEW:
            return [sheet for sheet in self._sheets if sheet.is_new]
        if wanted is RowFilter.TIMED:
            timed = [sheet for sheet in self._sheets if sheet.time is not None]
            return sorted(timed, key=lambda sheet: (sheet.on or date.min, sheet.time or time.min))
        return self._sheets

    def _fill(self, candidates: Sequence[str]) -> None:
        """Show the rows that pass the filter; the first candidate among them is chosen."""
        assert self._divider is not None
        shown = self._filtered()
        dated = self._divider.slot.kind in _DATED
        self.rows.sheets.set_sheets(shown, self._today, dated=dated)
        if not shown:
            self._empty.say(self._empty_text())
        self._stack.setCurrentIndex(0 if shown else 1)
        found = map(self.rows.sheets.index_of, filter(None, candidates))
        index = next(filter(QModelIndex.isValid, found), self.rows.sheets.index(0))
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.rows.selectionModel().setCurrentIndex(index, flag)
            self.rows.scrollTo(index)
        else:
            self.opened.emit("")
        # The list is laid out when it is next shown; only then is it known what fits.
        QTimer.singleShot(0, self, self._count_below)

    def _empty_text(self) -> EmptyText:
        assert self._divider is not None
        if self._sheets:
            return EmptyText(
                tr("No sheet here fits the filter."),
                tr("The others lie where they lay."),
                tr("Show all"),
                _SHOW_ALL,
            )
        return empty_text(self._divider.slot, self._today)

    def _count_below(self) -> None:
        parts = []
        below = self.rows.rows_below() if self._stack.currentIndex() == 0 else 0
        if below:
            parts.append(ntr("{n} sheet below", "{n} sheets below", below))
        if self._done is not None:
            done, of = self._done
            parts.append(tr("done {done} of {total}", done=done, total=of))
        self._foot.setText(" · ".join(parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._count_below)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(current.data(SHEET_ROLE).uid)

    def _activate(self) -> None:
        if self.sheet is not None:
            self.activated.emit(self.sheet.uid)

    def _list_hidden_slips(self) -> None:
        chip = self.sender()
        assert isinstance(chip, QWidget)
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for slip in self._hidden_slips:
            action = menu.addAction(icon(SLIP_ICONS[slip.kind]), slip.text.replace("&", "&&"))
            action.triggered.connect(partial(self.slip_opened.emit, slip.uid))
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    def _slip_clicked(self) -> None:
        self.slip_opened.emit(self.sender().objectName())

    def _empty_pressed(self, action: str) -> None:
        if action == _SHOW_ALL:
            self.header.filter.choose(RowFilter.ALL)
            self._refill()
        else:
            self.empty_action.emit(action)
