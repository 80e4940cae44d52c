"""The binder lying open: tabs, the sheet of paper they stand at, the dossier beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from dossier_app.ui.binder.tab_plan import EDGE
from dossier_app.ui.binder.tabs import DividerTabs
from dossier_app.ui.widgets import Card

_MARGIN = 16


class BinderSpread(QWidget):
    """Places three given widgets; the chosen tab lies over the border of the paper."""

    def __init__(
        self, tabs: DividerTabs, page: QWidget, side: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._paper = Card(parent=self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget, least in ((page, 440), (side, 300)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(0, 9)
        self.splitter.setStretchFactor(1, 5)
        inside = QHBoxLayout(self._paper)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.splitter)
        tabs.setParent(self)
        tabs.raise_()
        self.setMinimumWidth(EDGE + 440 + 300 + _MARGIN + 3)
        self.setTabOrder(tabs, page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bottom = self.height() - _MARGIN
        self._tabs.setGeometry(0, 0, EDGE + 1, bottom)
        self._paper.setGeometry(EDGE, 0, self.width() - EDGE - _MARGIN, bottom)
