"""The band of a dossier that is with a colleague, or of one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.domain.handover.records import Handover, Stage
from dossier_app.domain.language import tr
from dossier_app.ui.icons import ICON, draw_icon
from dossier_app.ui.theme import MEDIUM, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.paint import Tone
from dossier_app.ui.widgets.painted_button import PaintedButton

_TONES = {Stage.AHEAD: Tone.PLAIN, Stage.RUNNING: Tone.PROMISE, Stage.OVERDUE: Tone.OCCASION}


def band_tone(handover: Handover, today: date) -> Tone:
    """The colours of a band: quiet before its time, amber after it."""
    return _TONES.get(handover.stage(today), Tone.PLAIN)


class Band(PaintedButton):
    """A coloured strip across the panel: "with Petrova until 14 Aug". Pressing it opens the
    handover."""

    HEIGHT = 28

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.handover: Handover | None = None
        self._tone, self._late = Tone.PLAIN, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_handover(self, handover: Handover | None, today: date) -> None:
        """Say where the dossier is; without a handover there is no band."""
        self.handover = handover
        self.setVisible(handover is not None)
        if handover is None:
            return
        words = handover.band(today)
        self._late = handover.stage(today) is Stage.OVERDUE
        self._tone = band_tone(handover, today)
        self.setText(words)
        said = tr("{band}: overdue", band=words) if self._late else words
        self.setToolTip(said)
        self.setAccessibleName(tr("Open the handover: {band}", band=said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = self._tone.colours(tokens())
        radius, top = scale().radius_control, (self.height() - ICON) // 2
        paint.rounded(painter, self.rect(), radius, ground)
        inner = self.rect().adjusted(10, 0, -10, 0)
        icon = "warning" if self._late else "handover"
        draw_icon(painter, icon, inner.left(), top, ink)
        inner.setLeft(inner.left() + ICON + 8)
        if self.underMouse() or self.shows_ring:
            draw_icon(painter, "arrow-right", inner.right() - ICON + 1, top, ink)
            inner.setRight(inner.right() - ICON - 8)
        paint.write(painter, inner, self.text(), font("body", MEDIUM), ink)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), radius, ink)
