"""The date field: reads dates in words and says at once what it understood."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import day_place
from dossier_app.domain.when import When, describe
from dossier_app.services.dossiers import read_next
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.words import due_day
from dossier_app.ui.theme import MEDIUM, font, scale, tokens
from dossier_app.ui.widgets import Label, paint
from dossier_app.ui.widgets.painted_button import PaintedButton

PAUSE_MS = 500  # a text that is being typed is not called wrong at each letter
_UNDER_HEIGHT = 42  # what was understood and a row of choices; nothing moves while typing


class WhenField(QWidget):
    """A line for a date in words and, under it, what it means or why it means nothing.

    `when` is what was typed, `chosen` what holds: the suggestion when nothing was typed.
    Alt+1 to Alt+5 put in the usual dates, Alt+Left and Alt+Right the working day before
    and after. For a day that is not worked it offers those two, and takes the day
    nevertheless.
    """

    understood = Signal(object)  # When, or None when nothing was typed or understood

    def __init__(self, desk: Desk, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._when: When | None = None
        self._problem = ""
        self._note = ""
        self._suggestion: When | None = None
        self._why = ""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self._read)
        self.edit.installEventFilter(self)
        self._said = _Said()
        self._wrong = Label("", "small", role="danger", wrap=True)
        self._wrong.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._usual = self._row_of_usual_days()
        self._before, self._after = _Choice("", ""), _Choice("", "")
        for button, keys, step in (
            (self._before, "Alt+Left", -1),
            (self._after, "Alt+Right", 1),
        ):
            button.setToolTip(paint.keys_text(keys))
            button.clicked.connect(partial(self.step, step))
            QShortcut(QKeySequence(keys), self, partial(self.step, step))
        self._offers = _row(self._before, self._after)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.tell_problem)
        self._lay_out()
        self._tell()

    @property
    def when(self) -> When | None:
        """What was typed, as far as it is understood."""
        return self._when

    @property
    def chosen(self) -> When | None:
        """What was typed, or the suggestion while the field is empty."""
        return self._when if self.text.strip() else self._suggestion

    @property
    def problem(self) -> str:
        """Why the text is not understood; "" when it is, or when there is none."""
        return self._problem

    @property
    def said(self) -> str:
        """The line under the field: what was understood with its remarks, or why not."""
        return self._problem or self._said.accessibleName()

    @property
    def offers(self) -> list[QAbstractButton]:
        """The working days before and after, while they are offered."""
        offered = [self._before, self._after] if self._needs_offers else []
        return [button for button in offered if not button.isHidden()]

    @property
    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def pick(self, day: date) -> None:
        """Put ``day`` in; a time that was typed stays."""
        time = self._when.time if self._when else None
        self.set_text(describe(When(day_place(day), time), self._desk.today))

    def step(self, working_days: int) -> None:
        """Go so many working days on (back when negative), never before today."""
        day = self._desk.calendar.plus_working(self._day or self._desk.today, working_days)
        if day >= self._desk.today:
            self.pick(day)

    def suggest(self, when: When | None, why: str = "") -> None:
        """What holds while the field is left empty, and why, in a few words; without a date
        the words say what an empty field means."""
        self._suggestion, self._why = when, why
        self._tell()

    def set_note(self, note: str) -> None:
        """A word behind what was understood: "agreed"."""
        self._note = note
        self._tell()

    def tell_problem(self) -> None:
        """Say now why the text is not understood."""
        self._pause.stop()
        self._wrong.setText(self._problem)
        self._wrong.setVisible(bool(self._problem))
        self._said.setHidden(bool(self._problem))
        self._usual.setHidden(bool(self._problem) or self._needs_offers)
        if self.edit.property("wrong") != bool(self._problem):
            self.edit.setProperty("wrong", bool(self._problem))
            self.edit.style().polish(self.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.tell_problem()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        under = QWidget()
        under.setFixedHeight(_UNDER_HEIGHT)
        lines = QVBoxLayout(under)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(scale().grid)
        for widget in (self._said, self._wrong, self._usual, self._offers):
            lines.addWidget(widget)
        lines.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(self.edit)
        column.addWidget(under)

    def _row_of_usual_days(self) -> QWidget:
        buttons = []
        words = (tr("tomorrow"), tr("Mon"), tr("week"), tr("two weeks"), tr("month"))
        for number, (word, text) in enumerate(zip(words, _USUAL, strict=True), 1):
            button = _Choice(str(number), word)
            button.setToolTip(paint.keys_text(f"Alt+{number}"))
            take = partial(self._take_usual, text)
            button.clicked.connect(take)
            QShortcut(QKeySequence(f"Alt+{number}"), self, take)
            buttons.append(button)
        return _row(*buttons)

    def _take_usual(self, text: str) -> None:
        """A usual date, on a working day: tomorrow on a Friday is Monday."""
        place = read_next(text).place
        assert place.date is not None
        self.pick(self._desk.calendar.next_working(place.date))

    def _read(self, text: str) -> None:
        self._when, self._problem = None, ""
        if text.strip():
            try:
                self._when = read_next(text)
            except Refusal as refusal:
                self._problem = str(refusal)
        self._tell()
        self.understood.emit(self._when)

    def _tell(self) -> None:
        self._offers.setVisible(self._needs_offers)
        if self._problem:
            self._said.set_words("", "")
            self._pause.start()
            return
        self.tell_problem()
        today = self._desk.today
        self.edit.setPlaceholderText(
            describe(self._suggestion, today)
            if self._suggestion
            else tr("tomorrow, Tue 10:00, 5 July")
        )
        if self.chosen is None:
            self._said.set_words("", self._why)
        else:
            notes = [self._why] if self._when is None else []
            self._said.set_words(describe(self.chosen, today), *notes, self._day_off, self._note)
        if self._needs_offers:
            self._make_offers()

    @property
    def _day(self) -> date | None:
        return self.chosen.place.date if self.chosen else None

    @property
    def _needs_offers(self) -> bool:
        day, desk = self._day, self._desk
        return day is not None and day >= desk.today and not desk.calendar.is_working(day)

    @property
    def _day_off(self) -> str:
        """Why nobody works on that day, or that it has passed."""
        if self._day is not None and self._day < self._desk.today:
            return tr("has passed")
        if self._day is not None and self._needs_offers:
            return self._desk.calendar.holiday(self._day) or tr("day off")
        return ""

    def _make_offers(self) -> None:
        day, calendar = self._day, self._desk.calendar
        assert day is not None
        before = calendar.previous_working(day)
        self._before.set_day("←", before)
        self._before.setVisible(before >= self._desk.today)
        self._after.set_day("→", calendar.next_working(day))


# Read by the grammar of dates, in the order of Alt+1 to Alt+5.
_USUAL = ("tomorrow", "Monday", "in a week", "in 2 weeks", "in a month")


def _row(*buttons: QWidget) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(scale().grid)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return made


class _Said(QWidget):
    """What was understood, in accent, and remarks behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._what, self._notes = "", ""
        self.setFixedHeight(16)

    def set_words(self, what: str, *notes: str) -> None:
        self._what, self._notes = what, " · ".join(filter(None, notes))
        spoken = " · ".join(filter(None, (what, self._notes)))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        strong = font("small", MEDIUM)
        paint.write(painter, self.rect(), self._what, strong, tokens().accent)
        used = paint.text_width(self._what, strong)
        rest = self.rect().adjusted(used, 0, 0, 0)
        notes = f" · {self._notes}" if self._what and self._notes else self._notes
        paint.write(painter, rest, notes, font("small"), tokens().muted)


class _Choice(PaintedButton):
    """A date to take with one press; quiet, because typing is the usual way."""

    HEIGHT = 20

    def __init__(self, sign: str, text: str) -> None:
        super().__init__(text)
        self._sign = sign
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt and a key take it from anywhere

    def set_day(self, sign: str, day: date) -> None:
        """Offer ``day``."""
        self._sign = sign
        self.setText(due_day(day, day))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        small = font("small")
        width = paint.text_width(self._sign, small) + 4 + paint.text_width(self.text(), small)
        return QSize(width + 12, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, small = tokens(), font("small")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse()
        paint.rounded(painter, self.rect(), scale().radius_small, t.accent_soft if hot else t.tab)
        inner = self.rect().adjusted(6, 0, -6, 0)
        paint.write(painter, inner, self._sign, small, t.accent)
        inner.setLeft(inner.left() + paint.text_width(self._sign, small) + 4)
        paint.write(painter, inner, self.text(), small, t.accent if hot else t.muted)
