"""The column of divider tabs.

A list view with a geometry of its own: selection, keyboard, accessibility and partial
repaint come from Qt (it knows lists, but no other kind of view, to screen readers); only
places and paint are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from dossier_app.domain.binder import Slot, SlotKind, day_slot
from dossier_app.domain.language import tr
from dossier_app.domain.sheets import Binder, Divider
from dossier_app.ui.binder.tab_model import DIVIDER_ROLE, SLIPS_MIME, UIDS_MIME, DividerModel
from dossier_app.ui.binder.tab_paint import TabState, paint_heading, paint_tab
from dossier_app.ui.binder.tab_plan import CORNER, EDGE, TabPlan, plan_tabs
from dossier_app.ui.theme import tokens
from dossier_app.ui.widgets.focus import FocusRing

_FADE = 24  # px at the edge where a long column fades and scrolls
_Index = QModelIndex | QPersistentModelIndex


class DividerTabs(FocusRing, QListView):
    """Trays, days in the order of the run, months; today is joined to the page.

    Up and Down flip, T goes to today, typed figures go to that day. Rows of a page can be
    dropped on days, months and the tray.
    """

    chosen = Signal(object)  # Slot, by mouse or keyboard
    dropped = Signal(object, list, list)  # Slot, uids of dossiers, uids of slips

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = DividerModel(self)
        self._plan = TabPlan()
        self._hovered = self._target = -1
        self._silent = False
        # A viewport made by Qt has PySide look through every widget class for its own.
        self.setViewport(QWidget())
        self.setModel(self._model)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(EDGE + CORNER)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self._to_today = QShortcut(QKeySequence("T"), self)
        self._to_today.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._to_today.activated.connect(self.flip_to_today)
        self.retranslate()

    # --- what the window tells and asks

    def set_binder(self, binder: Binder) -> None:
        """Show all tabs anew; the chosen one stays, or today where it is gone."""
        before = self.slot
        self._silent = True
        self._model.set_binder(binder)
        self._silent = False
        self._lay_out()
        self.select(before if self._model.index_of(before).isValid() else day_slot(binder.today))

    def update_dividers(self, changed: Iterable[Divider]) -> bool:
        """Repaint only these tabs; False when one is not there, then `set_binder` is due."""
        return self._model.update_dividers(changed)

    def select(self, slot: Slot) -> None:
        """Choose a tab without a signal."""
        self._silent = True
        self.setCurrentIndex(self._model.index_of(slot))
        self._silent = False

    @property
    def slot(self) -> Slot:
        """The chosen divider."""
        divider = self.currentIndex().data(DIVIDER_ROLE)
        return divider.slot if divider else day_slot(self._model.binder.today)

    def divider(self, slot: Slot) -> Divider | None:
        """The divider as it is shown now."""
        return self._model.binder.divider(slot)

    @property
    def dividers(self) -> Sequence[Divider]:
        """All dividers in the order of the binder, as they are shown now."""
        return self._model.binder.dividers

    def flip(self, step: int) -> None:
        """Turn to the next (1) or the previous (-1) divider."""
        action = QAbstractItemView.CursorAction
        move = action.MoveDown if step > 0 else action.MoveUp
        self.setCurrentIndex(self.moveCursor(move, Qt.KeyboardModifier.NoModifier))

    def flip_to_today(self) -> None:
        self.setCurrentIndex(self._model.index_of(day_slot(self._model.binder.today)))

    def retranslate(self) -> None:
        """Say everything again after the language has changed."""
        self.setAccessibleName(tr("Dividers"))
        self._lay_out()

    def rect_of(self, slot: Slot) -> QRect:
        """Where a tab is, in the viewport."""
        return self.visualRect(self._model.index_of(slot))

    # --- geometry, as an item view is asked for it

    def _lay_out(self) -> None:
        binder = self._model.binder
        self._plan = plan_tabs(binder.dividers, binder.today, self.viewport().height())
        bar = self.verticalScrollBar()
        bar.setSingleStep(20)
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._plan.height - self.viewport().height()))
        self.viewport().update()

    def _shown_row(self, row: int) -> int:
        """The row whose tab stands for ``row``: months of the shelf share one."""
        dividers = self._model.binder.dividers
        if dividers[row].slot.kind is not SlotKind.LATER:
            return row
        return next(n for n, item in enumerate(dividers) if item.slot.kind is SlotKind.LATER)

    def doItemsLayout(self) -> None:
        self._lay_out()

    def updateGeometries(self) -> None:
        """The range of scrolling is ours, not that of a list."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self._lay_out()

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._plan.rects):
            return QRect()
        return self._plan.rects[self._shown_row(index.row())].translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        return self._model.index(self._plan.index_at(point.x(), point.y() + self.verticalOffset()))

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,  # noqa: ARG002
    ) -> None:
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        if rect.top() < _FADE:
            bar.setValue(bar.value() + rect.top() - _FADE)
        elif rect.bottom() > self.viewport().height() - _FADE:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + _FADE)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:  # noqa: ARG002
        return False

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self._dirty(index)
        return region

    def _dirty(self, index: _Index) -> QRect:
        """A chosen tab is wider than its place and covers its neighbours' edge."""
        rect = self.visualRect(index)
        return QRect(0, rect.top() - 1, EDGE + CORNER, rect.height() + 2)

    def sizeHint(self) -> QSize:
        return QSize(EDGE + CORNER, self._plan.height)

    # --- choosing

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002
    ) -> QModelIndex:
        act = QAbstractItemView.CursorAction
        last = self._model.rowCount() - 1
        row = self.currentIndex().row()
        if action in (act.MoveHome, act.MoveEnd):
            row, step = (-1, 1) if action is act.MoveHome else (last + 1, -1)
        elif action in (act.MoveUp, act.MoveLeft, act.MovePrevious):
            step = -1
        elif action in (act.MoveDown, act.MoveRight, act.MoveNext):
            step = 1
        else:
            row, step = (row - 6, -1) if action is act.MovePageUp else (row + 6, 1)
        row = min(max(row + step, 0), last)
        while not self._model.flags(self._model.index(row)) & Qt.ItemFlag.ItemIsEnabled:
            row += step
            if not 0 <= row <= last:
                return self.currentIndex()
        return self._model.index(row)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(self._dirty(index))
        if current.isValid() and not self._silent:
            self.chosen.emit(current.data(DIVIDER_ROLE).slot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        current = self.currentIndex()
        again = index.isValid() and current.isValid() and self.slot.kind is SlotKind.LATER
        if again and self._shown_row(current.row()) == index.row():
            # Pressed again, the shelf goes on to its next month.
            after = self._model.index(current.row() + 1)
            self.setCurrentIndex(after if after.isValid() else index)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Without the base class: it would begin a selection or a drag of tabs.
        self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            old, self._hovered = self._hovered, row
            for index in (self._model.index(old), self._model.index(row)):
                self.viewport().update(self._dirty(index))

    # --- rows dropped on a tab

    def _takes(self, index: QModelIndex, data: QMimeData) -> bool:
        """A slip needs a day; a dossier can also lie under a month or in the tray."""
        divider = index.data(DIVIDER_ROLE)
        if divider is None or divider.slot.is_blank:
            return False
        if divider.slot.kind is SlotKind.DAY:
            return data.hasFormat(UIDS_MIME) or data.hasFormat(SLIPS_MIME)
        is_place = divider.slot.kind in (SlotKind.TRAY, SlotKind.MONTH)
        return is_place and data.hasFormat(UIDS_MIME) and not data.hasFormat(SLIPS_MIME)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(UIDS_MIME) or event.mimeData().hasFormat(SLIPS_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        point = event.position().toPoint()
        self._scroll_at_edge(point.y())
        index = self.indexAt(point)
        takes = self._takes(index, event.mimeData())
        self._aim(index.row() if takes else -1)
        event.acceptProposedAction() if takes else event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._aim(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._aim(-1)
        data = event.mimeData()
        if not self._takes(index, data):
            event.ignore()
            return
        event.acceptProposedAction()
        dossiers, slips = (
            bytes(data.data(mime).data()).decode().split() for mime in (UIDS_MIME, SLIPS_MIME)
        )
        self.dropped.emit(index.data(DIVIDER_ROLE).slot, dossiers, slips)

    def _aim(self, row: int) -> None:
        if row != self._target:
            self._target = row
            self.viewport().update()

    def _scroll_at_edge(self, y: int) -> None:
        bar = self.verticalScrollBar()
        if y < _FADE:
            bar.setValue(bar.value() - 8)
        elif y > self.viewport().height() - _FADE:
            bar.setValue(bar.value() + 8)

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalOffset())
        dirty = event.rect().translated(0, self.verticalOffset())
        for rect, text in self._plan.headings:
            if rect.intersects(dirty):
                paint_heading(painter, rect, text)
        rows = [n for n, rect in enumerate(self._plan.rects) if rect.intersects(dirty)]
        current = self.currentIndex().row()
        chosen = self._shown_row(current) if current >= 0 else -1
        for row in sorted(rows, key=lambda n: n == chosen):  # the chosen one lies on top
            self._paint_row(painter, row, row == chosen)
        painter.resetTransform()
        self._paint_fade(painter)

    def _paint_row(self, painter: QPainter, row: int, chosen: bool) -> None:
        binder = self._model.binder
        divider = binder.dividers[self.currentIndex().row() if chosen else row]
        kind = divider.slot.kind
        count = divider.load.contacts if kind is SlotKind.DAY else divider.sheets
        if kind is SlotKind.LATER and not chosen:
            count = sum(d.sheets for d in binder.dividers if d.slot.kind is SlotKind.LATER)
        state = TabState(
            today=divider.slot.date == binder.today,
            chosen=chosen,
            hovered=row == self._hovered and self._target < 0 and not divider.slot.is_blank,
            target=row == self._target,
            focused=chosen and self.shows_ring,
            count=count,
        )
        paint_tab(painter, self._plan.rects[row], divider, state)

    def _paint_fade(self, painter: QPainter) -> None:
        """Where the column goes on beyond the edge, it fades into the desk."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for hidden, top in ((bar.value() > 0, True), (bar.value() < bar.maximum(), False)):
            if hidden:
                edge, inner = (0, _FADE) if top else (height, height - _FADE)
                desk = tokens().desk
                clear = type(desk)(desk)
                clear.setAlpha(0)
                fade = QLinearGradient(0, edge, 0, inner)
                fade.setColorAt(0, desk)
                fade.setColorAt(1, clear)
                painter.fillRect(QRect(0, min(edge, inner), EDGE, _FADE), fade)
