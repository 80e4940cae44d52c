"""One calm line above the rows: what does not fit or waits for a date, and the offer."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dossier_app.domain.binder import SlotKind
from dossier_app.domain.datewords import duration, short_day, short_weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.sheets import Divider, Load
from dossier_app.ui.theme import scale, tokens
from dossier_app.ui.widgets import Button, ElidedLabel, Look, paint

KEYS = "Ctrl+B"
BACK_KEYS, ON_KEYS = "Alt+Left", "Alt+Right"


class PlanBar(QWidget):
    """Offers to balance a day that is too full and to give dates in the trays.

    In *Left behind* it also walks through the days, one after the other.
    """

    HEIGHT = 40

    wanted = Signal()  # the plan
    stepped = Signal(int)  # to the day left behind before (-1) or after (1)
    all_days_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(self.HEIGHT)
        self.text = ElidedLabel()
        self.offer = Button("", Look.QUIET, keys=KEYS)
        self.offer.clicked.connect(self.wanted)
        self.back = Button("", Look.QUIET, icon="chevron-left")
        self.on = Button("", Look.QUIET, icon="chevron-right")
        self.all_days = Button("", Look.QUIET)
        self.all_days.clicked.connect(self.all_days_wanted)
        for button, keys, step in ((self.back, BACK_KEYS, -1), (self.on, ON_KEYS, 1)):
            button.setToolTip(paint.keys_text(keys))
            button.clicked.connect(self._back if step < 0 else self._on)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(button.click)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, scale().grid, 8)
        row.setSpacing(0)
        row.addWidget(self.back)
        row.addWidget(self.on)
        row.addSpacing(2 * scale().grid)
        row.addWidget(self.text, 1)
        row.addWidget(self.all_days)
        row.addWidget(self.offer)
        self.hide()

    def show_plan(self, divider: Divider, day: date | None, here: int, days: int) -> None:
        """Show what there is to offer for a page. ``here`` sheets lie on it; of *Left
        behind*, whose sheets are of several ``days``, perhaps only those of ``day``."""
        kind = divider.slot.kind
        words, offer = "", tr("Give dates…")
        if divider.load.is_over:
            words, offer = over_words(divider.load), tr("Balance…")
        elif kind is SlotKind.TO_SPREAD and here:
            words = ntr("{n} sheet waits for a day.", "{n} sheets wait for a day.", here)
        elif kind is SlotKind.LEFT_BEHIND and here:
            words = ntr("{n} sheet waits for a new date.", "{n} sheets wait for new dates.", here)
            if day is not None:
                name = f"{short_weekday(day)} {short_day(day)}"
                words = tr("{day}: {n} of {total}", day=name, n=here, total=divider.sheets)
        walks = kind is SlotKind.LEFT_BEHIND and days > 1
        for button in (self.back, self.on):
            button.setVisible(walks)
            button.setEnabled(walks)
        self.back.setAccessibleName(tr("The day before, of those left behind"))
        self.on.setAccessibleName(tr("The next day of those left behind"))
        self.all_days.setText(tr("All days"))
        self.all_days.setVisible(walks and day is not None)
        self.text.setText(words)
        self.offer.setText(offer)
        self.offer.setAccessibleName(f"{offer} {words}")
        for button in (self.offer, self.all_days):
            button.updateGeometry()
        self.setVisible(bool(words))

    def _back(self) -> None:
        self.stepped.emit(-1)

    def _on(self) -> None:
        self.stepped.emit(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.rect().adjusted(0, 0, 0, -8)
        paint.rounded(painter, ground, scale().radius_control, tokens().tab)


def over_words(load: Load) -> str:
    """How much more lies there than fits: contacts, or the time when only that is over."""
    contacts = load.contacts - load.capacity_contacts if load.capacity_contacts else 0
    if contacts > 0:
        return ntr("{n} more than fits.", "{n} more than fit.", contacts)
    return tr("{time} more than fits.", time=duration(load.minutes - load.capacity_minutes))
