"""The columns of a table to import: what is in each, and where it goes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QWidget

from dossier_app.domain.language import tr
from dossier_app.services import importing
from dossier_app.services.importing import Column
from dossier_app.ui.theme import MEDIUM, scale
from dossier_app.ui.widgets import ElidedLabel, caps_label

_TARGET_WIDTH = 232
_ROW_GAP = 6


class ColumnsTable(QScrollArea):
    """A line for each column: heading, examples, target. ``chosen`` tells the key of a
    column and its new target ("" for the note)."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.combos: list[QComboBox] = []

    def show_columns(self, columns: list[Column]) -> None:
        """Build the lines anew."""
        inner = QWidget()
        inner.setProperty("plain", True)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 3 * scale().grid, 0)
        grid.setHorizontalSpacing(4 * scale().grid)
        grid.setVerticalSpacing(_ROW_GAP)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for place, text in enumerate((tr("Column"), tr("Examples"), tr("Goes to"))):
            grid.addWidget(caps_label(text), 0, place)
        targets = importing.targets()
        self.combos = []
        for row, column in enumerate(columns, 1):
            combo = _target_combo(column, targets)
            combo.activated.connect(partial(self._chosen, combo, column.key))
            combo.installEventFilter(self)
            self.combos.append(combo)
            grid.addWidget(ElidedLabel(column.heading, weight=MEDIUM), row, 0)
            grid.addWidget(ElidedLabel(" · ".join(column.samples), role="muted"), row, 1)
            grid.addWidget(combo, row, 2)
        grid.setRowStretch(len(columns) + 1, 1)
        self.setWidget(inner)
        self.setFocusProxy(self.combos[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The wheel scrolls the table; it must not change a target that it passes over.
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _chosen(self, combo: QComboBox, key: str, _place: int) -> None:
        self.chosen.emit(key, combo.currentData())


def _target_combo(column: Column, targets: dict[str, str]) -> QComboBox:
    combo = QComboBox()
    combo.setFixedWidth(_TARGET_WIDTH)
    combo.setMaxVisibleItems(14)
    combo.setAccessibleName(tr("Column {name} goes to", name=column.heading))
    combo.addItem(tr("Note, with the heading"), "")
    target, _, label = column.target.partition(":")
    for key, name in targets.items():
        combo.addItem(name, key)
        if label and key == target:  # such as "Phone: mobile"
            combo.addItem(tr("{target}: {label}", target=name, label=tr(label)), column.target)
    combo.setCurrentIndex(max(0, combo.findData(column.target)))
    return combo
