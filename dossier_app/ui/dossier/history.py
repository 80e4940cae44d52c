"""The tab of the history: a quick note, a filter by channel, and the contacts."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.records import Channel, HistoryEntry
from dossier_app.domain.words import channel_word
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.history_list import HistoryList
from dossier_app.ui.dossier.inputs import Line
from dossier_app.ui.dossier.page import EDGE, side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.dossier.rows import PaintedButton
from dossier_app.ui.icons import CHANNEL_ICONS, ICON, draw_icon
from dossier_app.ui.theme import MEDIUM, font, scale, tokens
from dossier_app.ui.widgets import Button, FlowLayout, Look, paint


class HistoryTab(QWidget):
    """All contacts of the dossier, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: DossierView | None = None
        self._unsaved: dict[str, str] = {}  # quick notes begun, by dossier
        self.note = Line(tr("Quick note; Enter keeps it"))
        self.note.setAccessibleName(tr("Quick note"))
        self.note.returnPressed.connect(self._keep_note)
        self.filter = ChannelFilter()
        self.filter.chosen.connect(self._refill)
        self.list = HistoryList()
        self.list.letter_wanted.connect(self._write_letter)
        self.letter = Button(tr("Letter…"), Look.QUIET, icon="mail")
        self.letter.setToolTip(tr("A letter about the chosen contact, or the newest one"))
        self.letter.clicked.connect(self.write_letter)
        self._empty = Prose(
            tr("No contact yet. Each call, meeting and letter that you log stands here, the "
               "newest first."),
            role="muted",
        )  # fmt: skip
        top = QVBoxLayout()
        top.setContentsMargins(EDGE, 14, EDGE, 4)
        top.setSpacing(8)
        top.addWidget(self.note)
        line = side_by_side(self.filter, self.letter, stretch=0)
        line.setAlignment(self.letter, Qt.AlignmentFlag.AlignTop)
        top.addLayout(line)
        top.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        other = self._view is None or self._view.dossier.uid != view.dossier.uid
        if other:
            if self._view is not None:
                self._unsaved[self._view.dossier.uid] = self.note.text()
            self.note.setText(self._unsaved.pop(view.dossier.uid, ""))
            self.filter.clear()
        self._view = view
        self.filter.show_counts(Counter(entry.channel for entry in view.history))
        self.filter.setVisible(bool(view.history))
        self.letter.setVisible(bool(view.history))
        self._empty.setVisible(not view.history)
        bar = self.list.verticalScrollBar()
        place, taken = bar.value(), self.list.entries.rowCount()
        self._refill()
        if place and not other:
            self.list.entries.take(taken)
            self.list.doItemsLayout()
            bar.setValue(place)

    def adopt(self, older: HistoryTab) -> None:
        """Take over the notes that wait in a tab that goes."""
        self._unsaved = older._unsaved
        if older._view is not None:
            self._unsaved[older._view.dossier.uid] = older.note.text()

    def commit(self) -> bool:
        """A note that was begun waits in its dossier; nothing else is typed here."""
        return True

    def write_letter(self) -> None:
        """Open the letter about the chosen contact, or about the newest one that is shown."""
        entry = self.list.entry or next(iter(self.list.entries.entries), None)
        if entry is not None:
            self._write_letter(entry)

    def _write_letter(self, entry: HistoryEntry) -> None:
        from dossier_app.ui.dialogs.letter import LetterDialog

        if self._view is not None:
            LetterDialog(self.window(), self._desk, self._view.dossier.uid, entry).open()

    def _refill(self) -> None:
        if self._view is None:
            return
        wanted = self.filter.channel
        entries = [e for e in self._view.history if wanted is None or e.channel is wanted]
        names = {
            person.uid: person.short_name
            for person in self._view.dossier.people
            if person is not self._view.overview.person
        }
        self.list.entries.set_entries(entries, self._view.today, names, self._desk.settings.author)

    def _keep_note(self) -> None:
        text = self.note.text().strip()
        if self._view is None or not text:
            return
        contact = Contact(channel=Channel.NOTE, text=text)
        action = partial(log_contact, self._view.dossier.uid, contact)
        if self._desk.act(action, initiator=self) is not None:
            self.note.clear()


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
        super().__init__("")
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

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def heightForWidth(self, _width: int) -> int:
        return 24

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
        if self.hasFocus():
            paint.draw_focus(painter, self.rect(), radius, t.accent)
