"""What the history is narrowed by: the channel, and the person talked to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.records import Channel, HistoryEntry, Person
from dossier_app.domain.words import channel_word
from dossier_app.ui.dossier.inputs import Choice
from dossier_app.ui.icons import CHANNEL_ICONS, ICON, draw_icon
from dossier_app.ui.theme import MEDIUM, font, scale, tokens
from dossier_app.ui.widgets import FlowLayout, paint
from dossier_app.ui.widgets.painted_button import PaintedButton


class PersonFilter(Choice):
    """Everybody, or one of the people of the dossier who were talked to."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([], parent=parent)
        self.setAccessibleName(tr("With whom"))
        self.activated.connect(self.chosen)

    @property
    def person_uid(self) -> str:
        """Whom it is narrowed to; empty for everybody."""
        return self.currentData() or ""

    def clear_choice(self) -> None:
        """Show everybody."""
        self.setCurrentIndex(0)

    def show_people(self, people: Sequence[Person], history: Sequence[HistoryEntry]) -> None:
        """Offer those who were talked to, each with the number of contacts; the choice stays
        as long as it is among them. With nobody to choose between it hides."""
        counts = Counter(entry.person_uid for entry in history)
        talked = [person for person in people if counts[person.uid]]
        wanted = self.person_uid
        self.clear()
        self.addItem(tr("With everybody"), "")
        for person in talked:
            name = person.short_name or person.position or tr("No name yet")
            self.addItem(tr("{name}: {n}", name=name, n=counts[person.uid]), person.uid)
        self.choose(wanted)
        # Contacts with nobody named are a choice beside those with the only one named.
        self.setVisible(bool(talked) and len(people) > 1)


class ChannelFilter(QWidget):
    """All channels, or one of those that occur, each with its count."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channel: Channel | None = None
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self, gap=4)
        self._buttons: dict[Channel | None, _FilterButton] = {}
        for channel in (None, *Channel):
            button = _FilterButton(channel)
            self._group.addButton(button)
            self._flow.addWidget(button)
            self._buttons[channel] = button
            button.clicked.connect(partial(self._choose, channel))
        self.clear()

    def clear(self) -> None:
        """Show all channels."""
        self.channel = None
        self._buttons[None].setChecked(True)

    def show_counts(self, counts: Counter[Channel]) -> None:
        """Offer the channels that occur."""
        if self.channel is not None and not counts[self.channel]:
            self.clear()
        for channel, button in self._buttons.items():
            count = counts.total() if channel is None else counts[channel]
            button.show_count(count)
            button.setVisible(bool(count))
        self._flow.invalidate()

    def _choose(self, channel: Channel | None) -> None:
        self.channel = channel
        self.chosen.emit()


class _FilterButton(PaintedButton):
    """A channel's icon and how often it occurs."""

    def __init__(self, channel: Channel | None) -> None:
        super().__init__()
        self._channel = channel
        self.setCheckable(True)

    def show_count(self, count: int) -> None:
        name = tr("All channels") if self._channel is None else channel_word(self._channel)
        self.setText(tr("All {n}", n=count) if self._channel is None else str(count))
        self.setToolTip(name)
        self.setAccessibleName(f"{name}: {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = 0 if self._channel is None else ICON + 4
        return QSize(paint.text_width(self.text(), font("small", MEDIUM)) + icon + 16, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, ink = scale().radius_small, t.accent if self.isChecked() else t.muted
        if self.isChecked() or self.underMouse():
            ground = t.accent_soft if self.isChecked() else t.hover
            paint.rounded(painter, self.rect(), radius, ground)
        x = 8
        if self._channel is not None:
            draw_icon(painter, CHANNEL_ICONS[self._channel], x, 4, ink)
            x += ICON + 4
        room = QRect(x, 0, self.width() - x - 6, self.height())
        paint.write(painter, room, self.text(), font("small", MEDIUM), ink)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), radius, t.accent)
