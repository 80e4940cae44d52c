"""A tab's page: a column of sections that scrolls."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTimer
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from dossier_app.ui.widgets import Label, caps_label

EDGE = 18  # px between the panel's edges and what stands on it


class Page(QScrollArea):
    """``column`` takes the sections. Their width does not change when a bar appears."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(24)
        body = _Body()
        body.setProperty("plain", True)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(EDGE, 16, EDGE, 24)
        self.column.setSpacing(4)
        self.setWidget(body)
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)

    def _keep_width(self, _low: int, high: int) -> None:
        taken = self.verticalScrollBar().sizeHint().width() if high else 0
        margins = self.column.contentsMargins()
        margins.setRight(max(EDGE - taken, 4))
        self.column.setContentsMargins(margins)

    def settle(self) -> None:
        """Give every section its place now, not when the next events are worked off."""
        # Once for the widths, once for the heights that follow from them.
        for _ in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def clear(self) -> None:
        """Take everything off the page."""
        clear(self.column)

    def heading(self, text: str) -> Label:
        """Begin a section."""
        if self.column.count():
            self.column.addSpacing(12)
        label = caps_label(text)
        self.column.addWidget(label)
        return label


class _Body(QWidget):
    """Never wider than the page: what does not fit is cut, not scrolled sideways."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def clear(layout: QLayout) -> None:
    """Take all widgets out of ``layout`` and delete them."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def side_by_side(*widgets: QWidget, gap: int = 8, stretch: int = -1) -> QHBoxLayout:
    """``widgets`` in one row; the one with the number ``stretch`` takes what is left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 1 if number == stretch else 0)
    if stretch < 0:
        row.addStretch(1)
    return row


def reveal(widget: QWidget) -> None:
    """Scroll the page so that ``widget`` is seen."""
    QTimer.singleShot(0, widget, partial(_bring, widget))


def _bring(widget: QWidget) -> None:
    page = widget.parentWidget()
    while page is not None and not isinstance(page, Page):
        page = page.parentWidget()
    if page is not None:
        page.settle()
        page.ensureWidgetVisible(widget, 0, 24)
