"""The list whose rows are painted from plain records, each row in its own way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from dossier_app.ui.theme import MEDIUM, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.focus import FocusRing
from dossier_app.ui.widgets.row_model import ROW_ROLE, Index, RowModel

_SCROLL_STEP = 24  # px


class PaintedList(FocusRing, QListView):
    """Shows the records of a `RowModel` as a `RowDelegate` paints them; ``name`` is for
    screen readers. Nothing is edited in place, and nothing scrolls sideways."""

    def __init__(self, model: RowModel, delegate: RowDelegate, name: str) -> None:
        super().__init__()
        self._model = model
        model.setParent(self)
        delegate.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(_SCROLL_STEP)

    @property
    def current(self) -> Any:
        """The current record; None when there is none."""
        return self.currentIndex().data(ROW_ROLE)

    @property
    def number(self) -> int:
        """Number of the current row; -1 for none."""
        return self.currentIndex().row()

    @property
    def selected(self) -> list[Any]:
        """The chosen records, in their order."""
        return [
            self._model.rows[row] for row in sorted(item.row() for item in self.selectedIndexes())
        ]

    def choose(self, number: int) -> None:
        """Make that row the current one, or the nearest that is no heading."""
        rows = [at for at, row in enumerate(self._model.rows) if not isinstance(row, str)]
        if rows:
            nearest = min(rows, key=lambda at: (abs(at - number), at < number))
            self.setCurrentIndex(self._model.index(nearest))

    def repaint_rows(self) -> None:
        """What rows say has changed."""
        last = self._model.index(self._model.rowCount() - 1)
        self._model.dataChanged.emit(self._model.index(0), last)


class RowDelegate(QStyledItemDelegate):
    """Paints the ground of a row, the ring of the focus, and headings; subclasses paint
    what stands in a row.

    ``fades``: what is chosen steps back while the focus is elsewhere. ``underlined``: a
    heading has a line below it.
    """

    row, heading = 44, 32  # heights in px
    pad = 10  # px at both sides of a heading
    fades = underlined = False
    chosen = False  # whether the row that is being painted is chosen

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, view: Any) -> None:
        """Paint a record into ``rect``; ``view`` is its list."""
        raise NotImplementedError

    def height_of(self, row: Any) -> int:
        return self.heading if isinstance(row, str) else self.row

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height_of(index.data(ROW_ROLE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, view, rect = index.data(ROW_ROLE), option.widget, QRect(option.rect)
        assert isinstance(view, PaintedList)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            self._paint_heading(painter, rect, row)
        else:
            self.chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_ground(painter, rect, view, under_mouse=under_mouse)
            if view.shows_ring and view.currentIndex() == index:
                paint.draw_focus(painter, rect, scale().radius_control, tokens().accent)
            self.paint_row(painter, rect, row, view)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        t = tokens()
        foot = rect.adjusted(self.pad, 10, -self.pad, 0)
        paint.write(painter, foot, text, font("small", MEDIUM, caps=True), t.muted)
        if self.underlined:
            paint.hairline(painter, rect.left(), rect.right(), rect.bottom(), t.line)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, view: PaintedList, *, under_mouse: bool
    ) -> None:
        t = tokens()
        if self.chosen and not (self.fades and not view.hasFocus()):
            paint.rounded(painter, rect, scale().radius_control, t.accent_soft)
        elif self.chosen or under_mouse:
            paint.rounded(painter, rect, scale().radius_control, t.hover)
        else:
            paint.hairline(painter, rect.left(), rect.right(), rect.bottom(), t.line)
