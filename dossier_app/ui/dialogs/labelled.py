"""A field under its label, as all dialogs set them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label, caps_label, paint


def labelled(text: str, field: QWidget, *beside: QWidget, keys: str = "") -> QVBoxLayout:
    """``field`` below its label in small capitals; the label names it for a screen reader.

    ``beside`` stand at the right end of the label's line, and so does the shortcut
    ``keys``, which is shown only.
    """
    label = caps_label(text)
    label.setBuddy(field.focusProxy() or field)
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
