"""The binder lying open: tabs, the sheet of paper they stand at, the dossier beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from dossier_app.ui.binder.tab_plan import EDGE
from dossier_app.ui.binder.tabs import DividerTabs
from dossier_app.ui.widgets import Card

_MARGIN = 16
_PAGE_LEAST = 420
_SIDE_SHARE, _SIDE = 0.357, (340, 480)  # the dossier's part of the width, within limits


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
        self.splitter.addWidget(page)
        self.splitter.addWidget(side)
        self.splitter.splitterMoved.connect(self._moved)
        page.setMinimumWidth(_PAGE_LEAST)
        self._by_hand = False
        inside = QHBoxLayout(self._paper)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.splitter)
        tabs.setParent(self)
        tabs.raise_()
        self.setTabOrder(tabs, page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bottom = self.height() - _MARGIN
        self._tabs.setGeometry(0, 0, self._tabs.width(), bottom)
        self._paper.setGeometry(EDGE, 0, self.width() - EDGE - _MARGIN, bottom)
        if not self._by_hand:
            room = self._paper.width() - 3
            least, most = _SIDE
            side = min(max(round(room * _SIDE_SHARE), least), most)
            self.splitter.setSizes([room - side, side])

    def _moved(self) -> None:
        """The rep has set the widths; they stay."""
        self._by_hand = True
