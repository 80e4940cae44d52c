"""The bar above the binder: name, search, buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dossier_app.ui.binder.tab_plan import EDGE, MARGIN
from dossier_app.ui.theme import BOLD
from dossier_app.ui.widgets import Button, Label, SearchField


class TopBar(QWidget):
    """``search`` is the search field; buttons are added from left to right."""

    HEIGHT = 48

    def __init__(self, name: str, hint: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(self.HEIGHT)
        self._name = Label(name, "title", BOLD)
        self._name.setFixedWidth(EDGE + 8 - MARGIN)
        self.search = SearchField(hint, keys=keys)
        self.search.setMaximumWidth(420)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._name)
        self._row.addWidget(self.search, 1)
        self._row.addStretch()
        self._row.setStretch(1, 10)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._row.addSpacing(16)
        self._row.addLayout(self._buttons)

    def set_words(self, name: str, hint: str) -> None:
        """Other words after the language has changed."""
        self._name.setText(name)
        self.search.set_hint(hint)

    def add_button(self, button: Button) -> Button:
        """Put a button at the right end."""
        self._buttons.addWidget(button)
        return button
