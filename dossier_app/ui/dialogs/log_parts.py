"""The two groups of *Log & re-file* that work together: how it went, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from dossier_app.domain.language import tr
from dossier_app.domain.records import (
    USUAL_MINUTES,
    Channel,
    Direction,
    Dossier,
    NextStep,
    StepKind,
)
from dossier_app.domain.when.sentences import quoted
from dossier_app.domain.words import channel_word, step_word
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import MEDIUM, SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Segments, paint
from dossier_app.ui.widgets.painted_button import PaintedButton

NOT_REACHED_KEYS = "Ctrl+0"
_LONGEST_MINUTES = 24 * 60
_CHANNEL_OF_STEP = {
    StepKind.CALL: Channel.CALL,
    StepKind.MEETING: Channel.MEETING,
    StepKind.EMAIL: Channel.EMAIL,
    StepKind.VISIT: Channel.VISIT,
    StepKind.OTHER: Channel.CALL,
}


class ContactHead(QWidget):
    """By which channel, and whether anybody was reached.

    Ctrl+1 to Ctrl+6 choose the channel, Ctrl+0 turns "not reached" on and off.
    """

    edited = Signal()

    def __init__(self, step: NextStep | None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        channels = [(channel, channel_word(channel)) for channel in Channel]
        self.channels = Segments(channels, pills=True, name=tr("Channel"))
        self.channels.choose(_CHANNEL_OF_STEP[step.kind] if step else Channel.CALL)
        self.channels.chosen.connect(self._told)
        self.not_reached = _TogglePill(tr("Not reached"), NOT_REACHED_KEYS)
        self.not_reached.toggled.connect(self._told)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.channels)
        row.addStretch(1)
        row.addWidget(self.not_reached)
        for number, (channel, _) in enumerate(channels, 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self.choose, channel))
        QShortcut(QKeySequence(NOT_REACHED_KEYS), self, self.not_reached.click)

    @property
    def channel(self) -> Channel:
        return Channel(str(self.channels.value))

    @property
    def is_note(self) -> bool:
        return self.channel is Channel.NOTE

    @property
    def reached(self) -> bool:
        return self.is_note or not self.not_reached.isChecked()

    def choose(self, channel: Channel, *, reached: bool | None = None) -> None:
        """Set the channel, and whether somebody was reached where that is told."""
        self.channels.choose(channel)
        if reached is not None:
            self.not_reached.setChecked(not reached)
        self._told()

    def _told(self, *_: object) -> None:
        self.not_reached.setEnabled(not self.is_note)
        self.edited.emit()


class StepFields(QWidget):
    """The next step: what to do, of which kind, how long, agreed with the client or not."""

    edited = Signal()

    def __init__(self, step: NextStep | None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old = step or NextStep()
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("what to do then"))
        self.text.textEdited.connect(self._told)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of the next step"))
        for kind in StepKind:
            self.kind.addItem(step_word(kind), kind)
        self.kind.activated.connect(self._kind_chosen)
        self.minutes = QSpinBox()
        self.minutes.setAccessibleName(tr("Minutes of the next step"))
        self.minutes.setRange(0, _LONGEST_MINUTES)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.lineEdit().setTextMargins(7, 0, 0, 0)  # the sheet's padding stops here
        self.fixed = QCheckBox(tr("agreed"))
        self.fixed.setToolTip(tr("The date is agreed with the client and never moves by itself"))
        self.fixed.clicked.connect(self._fixed_touched)
        self._fixed_by_hand = False
        self.fill("", self._old.kind, self._old.minutes)
        row = QHBoxLayout()
        row.setSpacing(2 * scale().grid)
        for widget in (self.kind, self.minutes, self.fixed):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * scale().grid)
        column.addWidget(self.text)
        column.addLayout(row)
        column.addStretch(1)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab goes through after the date."""
        return self.kind, self.minutes, self.fixed

    @property
    def typed(self) -> bool:
        """Whether the text was written or changed by hand."""
        return self.text.isModified() and bool(self.text.text().strip())

    def step(self) -> NextStep:
        """The step as it stands; its time comes from the date field."""
        return NextStep(
            kind=StepKind(self.kind.currentData()),
            text=self.text.text().strip(),
            minutes=self.minutes.value(),
            fixed=self.fixed.isChecked(),
        )

    def fill(self, text: str, kind: StepKind, minutes: int) -> None:
        self.text.setText(text)
        self.text.setModified(bool(text))
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.minutes.setValue(minutes)

    @property
    def fixed_by_hand(self) -> bool | None:
        """The mark as the rep set it; None while the date decides it."""
        return self.fixed.isChecked() if self._fixed_by_hand else None

    def set_fixed(self, fixed: bool) -> None:
        """Put in the mark as it was set by hand."""
        self.fixed.setChecked(fixed)
        self._fixed_by_hand = True

    def same_again(self, again: bool) -> None:
        """Whether the step that was due is still to be done: its text then stands in the
        field, unless something was typed there."""
        if not self.text.isModified():
            self.text.setText(self._old.text if again else "")

    def follow_date(self, field: WhenField, *, agreed: bool = False) -> None:
        """A date with a time counts as agreed with the client, unless the rep says
        otherwise; the date field says so behind the date."""
        when = field.chosen
        possible = when is not None and when.place.date is not None
        self.fixed.setEnabled(possible)
        if not self._fixed_by_hand or not possible:
            timed = when is not None and when.time is not None
            self.fixed.setChecked(possible and (timed or agreed))
        field.set_note(tr("agreed") if self.fixed.isChecked() else "")

    def _kind_chosen(self) -> None:
        self.minutes.setValue(USUAL_MINUTES[StepKind(self.kind.currentData())])
        self._told()

    def _fixed_touched(self) -> None:
        self._fixed_by_hand = True
        self._told()

    def _told(self, *_: object) -> None:
        self.edited.emit()


class _TogglePill(PaintedButton):
    """A pill that stays pressed; brick, because it says that something did not work."""

    HEIGHT = 30

    def __init__(self, text: str, keys: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self._badge = paint.keys_text(keys)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), font("body", SEMIBOLD))
        return QSize(width + 34 + paint.badge_width(self._badge), self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked() and self.isEnabled()
        ground = t.danger_soft if on else t.hover if self.underMouse() else t.paper
        ink = t.danger if on else t.ink if self.isEnabled() else t.faint
        radius = self.height() / 2
        paint.outlined(painter, self.rect(), radius, ground, t.danger if on else t.line)
        inner = self.rect().adjusted(13, 0, -13, 0)
        paint.write(painter, inner, self.text(), font("body", SEMIBOLD if on else MEDIUM), ink)
        badge_ink = ink if on or not self.isEnabled() else t.muted
        paint.draw_badge(painter, inner.right() + 4, self.height() // 2, self._badge, badge_ink)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), radius, t.danger if on else t.accent)


def direction_choice() -> Segments:
    """Who called whom."""
    return Segments(
        ((Direction.OUT, tr("outgoing")), (Direction.IN, tr("incoming"))), name=tr("Direction")
    )


def person_choice(dossier: Dossier, chosen: str, parent: QWidget) -> QComboBox:
    """With whom, out of the people of the dossier; hidden while there is nobody to choose
    between. ``chosen`` is a uid; one that is gone leaves nobody chosen."""
    made = QComboBox(parent)
    made.setAccessibleName(tr("With whom"))
    for person in dossier.people:
        made.addItem(quoted(person.short_name or person.position), person.uid)
    made.setCurrentIndex(made.findData(chosen))
    made.setHidden(len(dossier.people) < 2)
    return made


def private_box() -> QCheckBox:
    """Whether what was said is for the rep's eyes only."""
    made = QCheckBox(tr("private"))
    made.setToolTip(tr("Left out of discreet pages, and of handovers without private facts"))
    return made


def said_in(field: QPlainTextEdit) -> str:
    """What is typed, with the non-breaking spaces that toPlainText would make plain ones."""
    raw = field.document().toRawText()
    return raw.replace("\u2029", "\n").replace("\u2028", "\n")
