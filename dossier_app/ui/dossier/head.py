"""The top of the panel: who this is, and the next step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dossier_app.domain.binder import BinderRules, SlotKind
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.language import tr
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.records import Dossier
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.page import EDGE
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.handover.band import Band
from dossier_app.ui.theme import BOLD, SEMIBOLD
from dossier_app.ui.widgets import Avatar, Button, Card, Chip, FlowLayout, Label, Look, paint

_MOST_CHIPS = 6
_SAY_MS = 1500
_LOG_KEYS = "Ctrl+L"
_GAP = 8  # px between the buttons


class Head(QWidget):
    """Initials, name, position and company, chips; the band of one that is handed over."""

    handover_wanted = Signal(str)  # uid of the handover whose band was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar()
        self.name = Prose(size="title", weight=SEMIBOLD, most=2)
        self._below = Prose(role="muted", most=2)
        self._position = ""
        self._chips = FlowLayout(gap=4)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAY_MS)
        self._timer.timeout.connect(self._say_position)

        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        text.addWidget(self.name)
        text.addWidget(self._below)
        text.addSpacing(2)
        text.addLayout(self._chips)
        text.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        self.band = Band()
        self.band.clicked.connect(self._band_pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 16, EDGE, 12)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.band)

    def show_dossier(
        self, dossier: Dossier, handover: Handover | None = None, today: date = date.min
    ) -> None:
        """``handover`` is the open one that it is in, as seen on ``today``."""
        self.band.show_handover(handover, today)
        name = dossier.name or tr("No name yet")
        self._avatar.set_name(name)
        self.name.setText(name)
        self._position = words.position_line(dossier)
        self._say_position()
        chips = words.chips_of(dossier)
        shown = chips[:_MOST_CHIPS]
        if len(chips) > len(shown):
            shown.append(f"+{len(chips) - len(shown)}")
        self._chips.clear()
        for text in shown:
            self._chips.addWidget(Chip(text))

    def flash(self, sentence: str) -> None:
        """Say something for a moment in place of the position."""
        self._below.setText(sentence)
        self._below.set_role("accent")
        self._below.show()
        self._timer.start()

    def _band_pressed(self) -> None:
        if self.band.handover is not None:
            self.handover_wanted.emit(self.band.handover.uid)

    def _say_position(self) -> None:
        self._timer.stop()
        self._below.setText(self._position)
        self._below.set_role("muted")
        self._below.setVisible(bool(self._position))


class _KeyedButton(Button):
    """Its shortcut shows only where there is room."""

    def show_keys(self, keys: str) -> None:
        self._badge = paint.keys_text(keys) if keys else ""
        self.updateGeometry()
        self.update()


class StepCard(Card):
    """What is to be done next and when, and the one filled button."""

    log_wanted = Signal()
    not_reached_wanted = Signal()
    refile_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent_soft", outline=False, parent=parent)
        self._when = Prose(size="small", weight=SEMIBOLD, role="accent", most=2)
        self._text = Prose(weight=BOLD, most=4)
        self.log = _KeyedButton(tr("Log & re-file"), Look.PRIMARY)
        self.log.setToolTip(paint.keys_text(_LOG_KEYS))
        self.missed = Button(tr("Not reached"), Look.SECONDARY)
        self.take_back = Button(tr("Take back into the binder"), Look.PRIMARY)
        self.log.clicked.connect(self.log_wanted)
        self.missed.clicked.connect(self.not_reached_wanted)
        self.take_back.clicked.connect(self.refile_wanted)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        column.addWidget(self._when)
        column.addWidget(self._text)
        column.addSpacing(4)
        buttons = FlowLayout(gap=_GAP)
        for button in (self.log, self.missed, self.take_back):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def show_dossier(self, dossier: Dossier, rules: BinderRules) -> None:
        closed = dossier.place.kind is PlaceKind.CLOSED
        behind = rules.slot(dossier.place).kind is SlotKind.LEFT_BEHIND
        self._when.setText(words.step_headline(dossier, rules))
        self._when.set_role("danger" if behind else "accent")
        text = dossier.closed_reason if closed else dossier.step.text if dossier.step else ""
        self._text.setText(text)
        self._text.setVisible(bool(text))
        for button in (self.log, self.missed):
            button.setVisible(not closed)
        self.take_back.setVisible(closed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.log.show_keys(_LOG_KEYS)
        wanted = self.log.sizeHint().width() + _GAP + self.missed.sizeHint().width()
        if wanted > self.contentsRect().width() - 24:
            self.log.show_keys("")
        # Now, not with the next event: until then the button would stand there cut.
        self._column.activate()


class MoreButton(Button):
    """A menu of what is done seldom."""

    refile_wanted = Signal()
    slip_wanted = Signal()
    checkpoints_wanted = Signal()
    print_wanted = Signal()
    merge_wanted = Signal()
    take_apart_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Look.QUIET, icon="more", parent=parent)
        self.is_merged = False  # there is something to take apart
        self.setAccessibleName(tr("More for this dossier"))
        self.setToolTip(tr("More for this dossier"))
        self.clicked.connect(self._open_menu)

    def _open_menu(self) -> None:
        self.make_menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def make_menu(self) -> QMenu:
        """What can be done with the dossier as it is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Move to another date…"), self.refile_wanted.emit)
        menu.addAction(tr("Slip for the dossier…"), self.slip_wanted.emit)
        menu.addAction(tr("Checkpoints of a job…"), self.checkpoints_wanted.emit)
        menu.addAction(tr("Print…"), self.print_wanted.emit)
        menu.addAction(tr("Merge with…"), self.merge_wanted.emit)
        if self.is_merged:
            menu.addAction(tr("Take apart…"), self.take_apart_wanted.emit)
        menu.addSeparator()
        menu.addAction(tr("Erase for good…"), self.erase_wanted.emit)
        return menu


class NoDossier(QWidget):
    """What the panel says while no dossier is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE + 8, 96, EDGE + 8, 0)
        column.setSpacing(8)
        title = Label(tr("No dossier is chosen."), "title", SEMIBOLD, wrap=True)
        hint = tr("Choose a row: who this is, what was promised and what was said shows here.")
        for label in (title, Label(hint, role="muted", wrap=True)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(1)
