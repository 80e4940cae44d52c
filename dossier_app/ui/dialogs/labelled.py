"""What dialogs are put together from: labelled fields, tab order, the closing sentence."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label, caps_label, paint


def labelled(
    text: str,
    field: QWidget,
    *beside: QWidget,
    buddy: QWidget | None = None,
    keys: str = "",
) -> QVBoxLayout:
    """``field`` below its label in small capitals.

    The label names the field, or ``buddy`` in it, for a screen reader. ``beside`` stand at
    the right end of the label's line, and so does the shortcut ``keys``, shown only.
    """
    label = caps_label(text)
    label.setBuddy(buddy or field)
    line = QHBoxLayout()
    line.setSpacing(2 * scale().grid)
    line.addWidget(label)
    line.addStretch(1)
    if keys:
        line.addWidget(Label(paint.keys_text(keys), "small", role="muted"))
    for widget in beside:
        line.addWidget(widget)
    column = QVBoxLayout()
    column.setSpacing(scale().grid)
    column.addLayout(line)
    column.addWidget(field)
    return column


def tab_through(*fields: QWidget) -> None:
    """Let Tab go through ``fields`` in this order."""
    for before, after in pairwise(fields):
        QWidget.setTabOrder(before, after)


class Closing(Label):
    """The sentence at the foot that says what Save will do, or why it cannot.

    It keeps room for ``lines``, so that nothing moves while it changes.
    """

    def __init__(self, lines: int = 2) -> None:
        super().__init__("", role="muted", wrap=True)
        self.setMinimumHeight(lines * self.fontMetrics().height())

    def say(self, sentence: str, *, obstacle: str = "") -> None:
        self.set_role("danger" if obstacle else "muted")
        self.setText(obstacle or sentence)
