"""The tabs of the panel: words, counts, and a line below the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from dossier_app.domain.language import tr
from dossier_app.ui.icons import ICON, draw_icon
from dossier_app.ui.theme import REGULAR, SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import paint

_HEIGHT = 36
_WIDEST_GAP, _LEAST_GAP = 18, 8  # px between the tabs
_COUNT_GAP = 4  # px between a title and its count


class _Counts(Enum):
    NONE = 0
    SHORT = 1
    ALL = 2


# Which counts, and whether icons stand for titles; the first that has room is taken.
_LEVELS = (
    (_Counts.ALL, False),
    (_Counts.ALL, True),
    (_Counts.SHORT, True),
    (_Counts.NONE, True),
)


@dataclass(frozen=True, slots=True)
class TabText:
    """``count`` follows the title where there is room, one that is ``long`` gives way first;
    ``icon`` stands for the title where there is none."""

    title: str
    count: str = ""
    icon: str = ""
    long: bool = False


class PanelTabs(QTabBar):
    """When the panel is narrow titles that have an icon give way first, then counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[TabText] = []
        self._counts, self._with_icons = _LEVELS[0]
        self._gap = _WIDEST_GAP
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Parts of the dossier"))

    def show_texts(self, texts: Sequence[TabText]) -> None:
        """As many tabs as there are texts; the number of the chosen one stays as long as
        there are so many. Says nothing when the chosen one goes."""
        with QSignalBlocker(self):
            while self.count() > len(texts):
                self.removeTab(self.count() - 1)
            self._texts = list(texts)
            while self.count() < len(texts):
                self.addTab("")
        self._fit()

    def _fit(self) -> None:
        if not self._texts:
            return
        for self._counts, self._with_icons in _LEVELS:
            words = sum(self._width(number) for number in range(len(self._texts)))
            room = (self.width() - words) // max(1, len(self._texts) - 1)
            if room >= _LEAST_GAP:
                break
        self._gap = max(_LEAST_GAP, min(room, _WIDEST_GAP))
        for number in range(len(self._texts)):
            # Setting the text makes Qt lay the tabs out anew.
            self.setTabText(number, self._said(number))
            self.setTabToolTip(number, self._whole(number))

    def _whole(self, number: int) -> str:
        text = self._texts[number]
        return f"{text.title} {text.count}".strip()

    def _said(self, number: int) -> str:
        return f"{self._texts[number].title} {self._count(number)}".strip()

    def _count(self, number: int) -> str:
        """The count that is shown, if it is."""
        text = self._texts[number]
        shown = self._counts is _Counts.ALL or (self._counts is _Counts.SHORT and not text.long)
        return text.count if shown else ""

    def _icon(self, number: int) -> str:
        """The icon that is shown in place of the title, if it is."""
        return self._texts[number].icon if self._with_icons else ""

    def _title_width(self, number: int) -> int:
        if self._icon(number):
            return ICON
        # The chosen text is bolder; its room is kept so that nothing moves.
        return paint.text_width(self._texts[number].title, font("body", SEMIBOLD))

    def _width(self, number: int) -> int:
        count = self._count(number)
        aside = paint.text_width(count, font("small")) + _COUNT_GAP if count else 0
        return self._title_width(number) + aside

    def tabSizeHint(self, index: int) -> QSize:
        last = index == len(self._texts) - 1
        return QSize(self._width(index) + (0 if last else self._gap), _HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for number in range(self.count()):
            on = number == self.currentIndex()
            room = QRect(self.tabRect(number).left(), 0, self._width(number), self.height() - 2)
            ink = t.ink if on or number == under else t.muted
            if name := self._icon(number):
                draw_icon(painter, name, room.left(), room.center().y() - ICON // 2, ink)
            else:
                of = font("body", SEMIBOLD if on else REGULAR)
                paint.write(painter, room, self._texts[number].title, of, ink)
            aside = QRect(room).adjusted(0, 1, 0, 1)  # on the line of the larger words
            paint.write(painter, aside, self._count(number), font("small"), t.muted, paint.RIGHT)
            if on:
                line = QRect(room.left(), self.height() - 2, room.width(), 2)
                painter.fillRect(line, t.accent)
                if self.hasFocus():
                    ring = room.adjusted(-4, 4, 4, -4)
                    paint.draw_focus(painter, ring, scale().radius_small, t.accent)
