"""Two dossiers of one client side by side, and what becomes of them as one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dossier_app.domain.language import ntr, tr
from dossier_app.domain.merge_words import Conflict, text_of_side, united_words
from dossier_app.domain.merging import From, taken
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Dossier
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.merging import merge_dossiers, preview
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Card, ElidedLabel, Label, caps_label, paint
from dossier_app.ui.widgets.painted_button import PaintedButton

WIDTH = 760
_LEAST_SHOWN = 116  # px of the differences that are seen at once, however low the window
_MOST_LINES = 3  # of a value; the whole of a longer one is its tip


class MergeDialog(PaperDialog):
    """Asks for each value that differs whose is taken; everything else is united.

    The left dossier stays, the right one goes into it. Raises Refusal for two that cannot
    be merged.
    """

    merged = Signal(str)  # uid of the dossier that has it all

    def __init__(self, window: QWidget, desk: Desk, uid: str, other_uid: str) -> None:
        made, conflicts = preview(uid, other_uid, {})  # may refuse
        super().__init__(window, tr("Merge two dossiers"), width=WIDTH)
        self._desk, self._conflicts = desk, conflicts
        self._mine, self._other = made.mine, made.other
        self._choices = {conflict.key: taken(conflict, {}) for conflict in self._conflicts}
        self.options: list[tuple[Option, Option]] = []
        heads = QHBoxLayout()
        heads.setSpacing(2 * scale().grid)
        heads.addWidget(_Head(tr("Stays"), self._mine, desk))
        heads.addWidget(_Head(tr("Goes into it"), self._other, desk))
        self.body.addLayout(heads)
        if self._conflicts:
            self.body.addWidget(caps_label(tr("What differs")))
            self.body.addWidget(self._differences(), 1)
        self.united = Label(united_words(self._mine, self._other), wrap=True)
        self.body.addWidget(caps_label(tr("What is united")))
        self.body.addWidget(self.united)
        self.closing = Closing(3)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Merge"))
        desk.refused.connect(self.show_problem)
        self._follow()
        if self.options:
            self._chosen_of(0).setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, number: int, side: From) -> None:
        """Take that side's value of the difference ``number``."""
        self.options[number][side is From.OTHER].setChecked(True)

    def submit(self) -> bool:
        call = partial(merge_dossiers, self._mine.uid, self._other.uid, dict(self._choices))
        said = tr("Merged: {name}", name=quoted(self._mine.name or self._other.name))
        if self._desk.act(call, initiator=self, said=said) is None:
            return False
        self.merged.emit(self._mine.uid)
        return True

    # --- inside

    def _differences(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * scale().grid)
        grid.setVerticalSpacing(scale().grid)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for number, conflict in enumerate(self._conflicts):
            label = Label(conflict.label, "small", role="muted")
            label.setContentsMargins(0, scale().grid if number else 0, 0, 0)
            grid.addWidget(label, 2 * number, 0, 1, 2)
            pair = (self._option(conflict, From.MINE), self._option(conflict, From.OTHER))
            group = QButtonGroup(inside)
            for column, option in enumerate(pair):
                group.addButton(option)
                grid.addWidget(option, 2 * number + 1, column)
            self.options.append(pair)
        grid.setRowStretch(2 * len(self._conflicts), 1)
        area = _Area(inside)
        for pair in self.options:
            for option in pair:
                option.focused.connect(area.ensureWidgetVisible)
        return area

    def _option(self, conflict: Conflict, side: From) -> Option:
        record = conflict.mine if side is From.MINE else conflict.other
        option = Option(text_of_side(conflict, record), conflict.label)
        option.setChecked(self._choices[conflict.key] is side)
        option.toggled.connect(partial(self._choose, conflict.key, side))
        return option

    def _choose(self, key: str, side: From, on: bool) -> None:
        if on:
            self._choices[key] = side
            self._follow()

    def _chosen_of(self, number: int) -> Option:
        mine, other = self.options[number]
        return mine if mine.isChecked() else other

    def _follow(self) -> None:
        made, _ = preview(self._mine.uid, self._other.uid, self._choices)
        where = describe_place(made.merged.place, self._desk.today)
        words = [tr("One dossier is left: {name} · {place}.", name=made.merged.name, place=where)]
        if self._conflicts:
            words.append(tr("What is not taken stays readable in the note or as a slip."))
        words.append(tr("It can be taken apart again."))
        self.closing.say(" ".join(words))


class _Head(Card):
    """Which dossier this is, and how much is in it."""

    def __init__(self, caption: str, dossier: Dossier, desk: Desk) -> None:
        super().__init__("tab")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(2)
        column.addWidget(caps_label(caption))
        column.addWidget(ElidedLabel(dossier.name or tr("No name yet"), "body", SEMIBOLD))
        below = dossier.company if dossier.company != dossier.name else ""
        column.addWidget(ElidedLabel(below or " ", role="muted"))
        contacts = ntr("{n} contact", "{n} contacts", len(dossier.history))
        where = describe_place(dossier.place, desk.today)
        column.addWidget(ElidedLabel(f"{contacts} · {where}", "small", role="muted"))


class _Area(QScrollArea):
    """Scrolls the differences when there are more than the window has room for."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        inside.setProperty("plain", True)
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(min(_LEAST_SHOWN, inside.sizeHint().height()))

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()


class Option(PaintedButton):
    """One of two values, as high as a column of ``width`` px asks; the arrows change to the
    other one."""

    focused = Signal(object)  # the option itself
    _PAD, _MARK = 10, 16  # px

    def __init__(self, text: str, about: str, width: int = (WIDTH - 72) // 2) -> None:
        super().__init__(text)
        self._room = width
        self.setToolTip(text)
        self.setAccessibleName(f"{about}: {text}")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        width = self._room - 2 * self._PAD - self._MARK - 8
        most = _MOST_LINES * paint.metrics(font()).lineSpacing()
        return QSize(160, min(_height(self.text(), width), most) + 14)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, radius = tokens(), scale().radius_control
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        ground = t.accent_soft if on else t.hover if self.underMouse() else t.paper
        paint.outlined(painter, self.rect(), radius, ground, t.accent if on else t.line)
        inner = self.rect().adjusted(self._PAD, 7, -self._PAD, -7)
        mark = QRect(inner.left(), inner.top() + 1, self._MARK, self._MARK)
        paint.outlined(painter, mark, self._MARK / 2, t.paper, t.accent if on else t.edge)
        if on:
            paint.rounded(painter, mark.adjusted(4, 4, -4, -4), 4, t.accent)
        inner.setLeft(mark.right() + 9)
        painter.setFont(font())
        painter.setPen(t.ink if on else t.muted)
        painter.drawText(inner, _WRAPPED, _cut(self.text(), inner.size()))
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), radius, t.accent)


def _cut(text: str, room: QSize) -> str:
    """As many words of ``text`` as have room in its lines."""
    words = text.split(" ")
    shown = text
    while len(words) > 1 and _height(shown, room.width()) > room.height():
        words.pop()
        shown = " ".join(words).rstrip(".,;: ") + "…"
    return shown


def _height(text: str, width: int) -> int:
    room = QRect(0, 0, width, 10_000)
    return paint.metrics(font()).boundingRect(room, _WRAPPED, text).height()


_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
