"""What was done with one dossier, to be read: contacts, the next step, what else changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dossier_app.domain.handover.words import Done, Sort
from dossier_app.domain.language import tr
from dossier_app.ui.icons import CHANNEL_ICONS, pixmap
from dossier_app.ui.theme import SEMIBOLD, scale, tokens
from dossier_app.ui.widgets import ElidedLabel, Label, caps_label, paint
from dossier_app.ui.widgets.focus import FocusRing

_ICONS = {
    Sort.STEP: "calendar",
    Sort.PROMISE: "check",
    Sort.DOCUMENT: "paperclip",
    Sort.SLIP: "bell",
    Sort.FACT: "edit",
}
EDGE, BAR = 8, 12  # px at the left, and for the scroll bar


class DoneView(FocusRing, QScrollArea):
    """Scrolls one dossier; what is not read yet lies below the edge. With the keyboard on it
    the arrows scroll."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)

    def begin(self, name: str, company: str) -> QVBoxLayout:
        """Begin anew with that dossier; returns the column that is filled."""
        inside = QWidget()
        inside.setProperty("plain", True)
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(EDGE, scale().grid, BAR, scale().grid)
        column.setSpacing(2 * scale().grid)
        column.addWidget(ElidedLabel(name, "title", SEMIBOLD))
        if company and company != name:
            column.addWidget(ElidedLabel(company, role="muted"))
        self.setWidget(inside)
        self.setAccessibleName(name)
        self.verticalScrollBar().setValue(0)
        return column

    def add_heading(self, text: str) -> None:
        self._column.addSpacing(scale().grid)
        self._column.addWidget(caps_label(text))

    def add_done(self, heading: str, done: Sequence[Done]) -> None:
        """List what was done below a heading."""
        if done:
            self.add_heading(heading)
        for item in done:
            self._column.addLayout(_row(item))

    def add_remark(self, text: str) -> None:
        self._column.addWidget(Label(text, role="muted", wrap=True))

    def end(self) -> None:
        """Nothing more comes."""
        self._column.addStretch(1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.shows_ring:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect, radius = self.viewport().rect(), scale().radius_control
            paint.draw_focus(painter, rect, radius, tokens().accent)


def _row(done: Done) -> QHBoxLayout:
    icon = CHANNEL_ICONS[done.channel] if done.channel else _ICONS[done.sort]
    mark = Label()
    mark.setPixmap(pixmap(icon, tokens().accent, density=mark.devicePixelRatioF()))
    mark.setAlignment(Qt.AlignmentFlag.AlignTop)
    text = QVBoxLayout()
    text.setSpacing(2)
    text.addWidget(Label(done.head, "small", role="muted", wrap=True))
    if done.text:
        text.addWidget(Label(done.text, wrap=True, selectable=True))
    if done.before:
        was = tr("before: {text}", text=done.before)
        text.addWidget(Label(was, "small", role="muted", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(2 * scale().grid)
    row.addWidget(mark)
    row.addLayout(text, 1)
    return row
