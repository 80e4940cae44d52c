"""Clients who may be the same: shown while a new one is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.language import ntr, tr
from dossier_app.services.duplicates import Duplicate
from dossier_app.ui.icons import ICON, draw_icon
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Label, paint
from dossier_app.ui.widgets.painted_button import PaintedButton

MOST = 3  # the surest ones; the rest is counted


class LookAlikes(QWidget):
    """Up to three candidates with the reason; pressing one chooses that dossier."""

    chosen = Signal(str)  # uid

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scale().grid)
        self._heading = Label("", "small", role="warn_ink")
        self._column.addWidget(self._heading)
        self._rows: list[_Candidate] = []
        self.hide()

    @property
    def rows(self) -> list[QAbstractButton]:
        return list(self._rows)

    def show_candidates(self, found: list[Duplicate]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Candidate(item) for item in found[:MOST]]
        for row, item in zip(self._rows, found, strict=False):
            row.clicked.connect(partial(self.chosen.emit, item.uid))
            self._column.addWidget(row)
        rest = len(found) - len(self._rows)
        heading = tr("In the binder already? Enter opens it.")
        if rest:
            heading += " " + ntr("{n} more looks like it.", "{n} more look like it.", rest)
        self._heading.setText(heading)
        self.setVisible(bool(found))


class _Candidate(PaintedButton):
    """A dossier and why it may be the same."""

    HEIGHT = 30

    def __init__(self, duplicate: Duplicate) -> None:
        super().__init__(duplicate.name)
        self._duplicate = duplicate
        self.setAccessibleName(tr("Open {name}: {why}", name=duplicate.name, why=duplicate.why))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, self.HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = scale().radius_control
        ground = t.hover if self.underMouse() else t.warn_soft
        paint.rounded(painter, self.rect(), radius, ground)
        inner = self.rect().adjusted(10, 0, -10, 0)
        middle = (self.height() - ICON) // 2
        draw_icon(painter, "arrow-right", inner.right() - ICON, middle, t.warn_ink)
        inner.setRight(inner.right() - ICON - 8)
        why = self._duplicate.why
        room = paint.text_width(why, font())
        name = QRect(inner.left(), inner.top(), inner.width() - room - 12, inner.height())
        paint.write(painter, name, self.text(), font("body", SEMIBOLD), t.ink)
        paint.write(painter, inner, why, font(), t.warn_ink, paint.RIGHT)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), radius, t.warn_ink)
