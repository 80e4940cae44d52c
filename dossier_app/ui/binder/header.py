"""The head of a page: the number in the largest type, the date, the load, the filter."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.binder import SlotKind
from dossier_app.domain.datewords import bare_month_name, month_name, weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import Month
from dossier_app.domain.place_words import slot_name
from dossier_app.domain.sheets import Divider
from dossier_app.ui.binder.words import load_words
from dossier_app.ui.theme import BOLD, SEMIBOLD, font, tokens
from dossier_app.ui.widgets import ElidedLabel, LoadBar, Segments, paint

_BESIDE_FILTER = 400  # px that number and load want; one value, so that no flip refolds
_BAR = (48, 96)  # least and most width of the load bar
BELOW = 10  # px under the base line, for the letters that hang below it


class RowFilter(Enum):
    """Which rows of a page are shown."""

    ALL = "all"
    TIMED = "timed"  # with an agreed time, in its order
    NEW = "new"  # first calls


def _filter_words() -> list[tuple[RowFilter, str]]:
    return [
        (RowFilter.ALL, tr("All")),
        (RowFilter.TIMED, tr("By time")),
        (RowFilter.NEW, tr("New")),
    ]


class Numeral(QWidget):
    """The number of the divider, or its name in words, without air around the letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._danger = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, *, danger: bool = False) -> None:
        """A number, or several as "23–29", is set in the largest size, a word one smaller."""
        self._text, self._danger = text, danger
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return font("number" if self._text.replace("–", "").isdigit() else "word", BOLD)

    def sizeHint(self) -> QSize:
        measure = paint.metrics(self._font())
        bearing = measure.leftBearing(self._text[0]) if self._text else 0
        return QSize(measure.horizontalAdvance(self._text) - bearing, self._line() + BELOW)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        of = self._font()
        measure = paint.metrics(of)
        painter = QPainter(self)
        painter.setFont(of)
        painter.setPen(tokens().danger if self._danger else tokens().accent)
        bearing = measure.leftBearing(self._text[0]) if self._text else 0
        painter.drawText(QPoint(-bearing, self._line()), self._text)

    @staticmethod
    def _line() -> int:
        """Where numbers and words stand: y of the base line."""
        return paint.metrics(font("number", BOLD)).capHeight() + 1


class PageHeader(QWidget):
    """``filtered`` tells that another filter was chosen."""

    filtered = Signal(object)  # RowFilter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numeral = Numeral()
        self._title = ElidedLabel("", "title", SEMIBOLD)
        self._bar = LoadBar()
        self._load = ElidedLabel(role="muted")
        self.filter = Segments(_filter_words(), name=tr("Rows to show"))
        self.filter.chosen.connect(self.filtered)

        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        words.addWidget(self._title)
        load = QHBoxLayout()
        load.setSpacing(8)
        load.addWidget(self._bar)
        load.addWidget(self._load, 1)
        words.addLayout(load)
        words.setContentsMargins(0, 0, 0, BELOW)
        self._first = QHBoxLayout()
        self._first.setSpacing(16)
        self._first.addWidget(self._numeral)
        self._first.addLayout(words, 1)
        self._beside = QHBoxLayout()
        self._beside.setContentsMargins(0, 0, 0, BELOW - 2)
        self._first.addLayout(self._beside)
        self._second = QHBoxLayout()
        self._second.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._first)
        column.addLayout(self._second)
        self._narrow: bool | None = None
        self._fold(narrow=False)

    def show_divider(self, divider: Divider) -> None:
        slot, load = divider.slot, divider.load
        count = ntr("{n} sheet", "{n} sheets", divider.sheets)
        if slot.date is not None:
            month = month_name(Month.of(slot.date))
            number, title = str(slot.number), f"{weekday(slot.date)}, {month}"
            if divider.holiday:
                title = f"{title} · {divider.holiday}"
            words = load_words(load) or count
            if not divider.working:
                words = " · ".join([tr("day off"), *([words] if divider.sheets else [])])
        elif slot.month is not None:
            number, title, words = bare_month_name(slot.month.number), str(slot.month.year), count
            number = number.capitalize()
        else:
            number, title, words = slot_name(slot), "", count
        late = slot.kind is SlotKind.LEFT_BEHIND and divider.sheets > 0
        self._numeral.show_text(number, danger=late)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._bar.setVisible(load.capacity_contacts > 0 or load.capacity_minutes > 0)
        self._bar.set_load(load)
        self._load.setText(words)
        self._load.set_role("danger" if load.is_over else "muted")
        self._refold()

    def retranslate(self) -> None:
        """Say the filter's words in the language of now."""
        self.filter.set_texts(text for _, text in _filter_words())
        self.filter.setAccessibleName(tr("Rows to show"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refold()

    def _refold(self) -> None:
        self._fold(narrow=self.width() < _BESIDE_FILTER + self.filter.sizeHint().width())
        filter_room = 0 if self._narrow else self.filter.sizeHint().width() + 16
        room = self.width() - self._numeral.sizeHint().width() - 16 - filter_room
        words = paint.text_width(self._load.text(), self._load.font())
        least, most = _BAR
        self._bar.setFixedWidth(min(max(room - words - 8, least), most))

    def _fold(self, *, narrow: bool) -> None:
        """Where the filter has no room beside the load it gets a line of its own."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for row in (self._beside, self._second):
            row.removeWidget(self.filter)
        row = self._second if narrow else self._beside
        row.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignBottom)
        self._second.setContentsMargins(0, 0, 0, BELOW if narrow else 0)
