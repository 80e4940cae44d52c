"""The results below the search field, while one types."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from dossier_app.domain.language import tr
from dossier_app.domain.meeting_code import read_meeting_code
from dossier_app.services import meeting_codes
from dossier_app.services.searching import Found, find
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Label, SearchField, paint
from dossier_app.ui.widgets.row_model import ROW_ROLE, RowModel

ROW_HEIGHT = 44
MOST_ROWS = 8
_Index = QModelIndex | QPersistentModelIndex


class FoundModel(RowModel):
    """Results as rows."""

    def spoken(self, row: Found) -> str:
        return ", ".join(filter(None, (row.name, row.company, row.band, row.why)))


class SearchPopup(QFrame):
    """Searches with every letter; Up, Down and Enter work from the search field.

    ``chosen`` gives the uid of the dossier; the popup closes by itself. The code of a
    printed brief finds its meeting first, and choosing that gives ``meeting_chosen``.
    """

    chosen = Signal(str)
    meeting_chosen = Signal(str)

    def __init__(self, field: SearchField) -> None:
        super().__init__(field.window())
        self._field = field
        self._model = FoundModel(self)
        self._meetings = 0  # how many of the first rows are meetings
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_FoundDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setProperty("bare", True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(tr("Found dossiers"))
        self._list.clicked.connect(self._choose)
        self._nothing = Label("", role="muted")
        self._nothing.setIndent(10)  # where the words of a row begin
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        self.hide()
        field.edit.textEdited.connect(self._search)
        field.edit.installEventFilter(self)
        field.window().installEventFilter(self)

    def results(self) -> list[Found]:
        """What is shown now, best first."""
        return list(self._model.rows)

    def _search(self, text: str) -> None:
        if not text.strip():
            self.hide()
            return
        meetings = _meetings_of(text)
        self._meetings = len(meetings)
        found = [*meetings, *find(text, limit=MOST_ROWS - len(meetings))]
        self._model.set_rows(found)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._nothing.setText(tr("Nothing was found."))
        self._list.setFixedHeight(ROW_HEIGHT * len(found))
        if found:
            self._list.setCurrentIndex(self._model.index(0))
        self._place(len(found))

    def _place(self, rows: int) -> None:
        field = self._field
        below = field.mapTo(field.window(), QPoint(0, field.height() + 4))
        height = ROW_HEIGHT * rows + 12 if rows else 44
        self.setGeometry(QRect(below, QSize(max(field.width(), 420), height)))
        self.raise_()
        self.show()

    def _choose(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        self.hide()
        self._field.edit.clear()
        wanted = self.meeting_chosen if index.row() < self._meetings else self.chosen
        wanted.emit(found.uid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field.edit:
            if event.type() is QEvent.Type.FocusOut:
                self.hide()
            elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                return self._key(event)
        elif event.type() is QEvent.Type.Resize:
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        index = self._list.currentIndex()
        match event.key():
            case Qt.Key.Key_Escape:
                self.hide()
                self._field.edit.clear()
                self.window().setFocus()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.isVisible():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = min(max(index.row() + step, 0), self._model.rowCount() - 1)
                self._list.setCurrentIndex(self._model.index(row))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.isVisible() and index.isValid():
                self._choose(index)
            case _:
                return False
        return True

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = scale().radius_panel
        paint.outlined(painter, self.rect(), radius, tokens().paper, tokens().edge)


def _meetings_of(text: str) -> list[Found]:
    """What the code of a printed brief stands for, as rows that say what they do."""
    code = read_meeting_code(text)
    said = tr("Meeting code {code}: Log & re-file", code=code)
    return [replace(found, why=f"{said} · {found.why}") for found in meeting_codes.find(code)]


class _FoundDelegate(QStyledItemDelegate):
    """Name and company on the first line, why it was found on the second."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        found: Found = index.data(ROW_ROLE)
        t, rect = tokens(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self.parent()
        assert isinstance(view, QListView)
        if view.currentIndex() == index:
            paint.rounded(painter, rect, scale().radius_control, t.accent_soft)
        inner = rect.adjusted(10, 4, -10, -4)
        first = QRect(inner.left(), inner.top(), inner.width(), 18)
        second = QRect(inner.left(), inner.top() + 18, inner.width(), 18)
        below = " · ".join(filter(None, (found.band, found.why)))
        where = first if below else inner
        name = paint.metrics(font("body", SEMIBOLD)).elidedText(
            found.name, Qt.TextElideMode.ElideRight, where.width()
        )
        paint.write(painter, where, name, font("body", SEMIBOLD), t.ink)
        taken = paint.text_width(name, font("body", SEMIBOLD)) + 8
        rest = where.adjusted(taken, 0, 0, 0)
        if rest.width() > 40:
            company = paint.metrics(font("body")).elidedText(
                found.company, Qt.TextElideMode.ElideRight, rest.width()
            )
            paint.write(painter, rest, company, font("body"), t.muted)
        if below:
            paint.write(painter, second, below, font("small"), t.muted)
        painter.restore()
