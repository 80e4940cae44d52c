"""Lines of a page that can be pressed, each painted over the width of the page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy

from dossier_app.domain.datewords import clock
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import ContactKind, ContactPoint, Promise, Side, Slip
from dossier_app.domain.repeating import describe_repeat
from dossier_app.domain.words import label_word
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.prose import draw_prose, line_height, wrapped
from dossier_app.ui.icons import SLIP_ICONS, draw_icon
from dossier_app.ui.theme import REGULAR, font, scale, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.painted_button import PaintedButton

POINT_ICONS = {
    ContactKind.PHONE: "phone",
    ContactKind.EMAIL: "mail",
    ContactKind.MESSENGER: "message",
    ContactKind.ADDRESS: "pin",
    ContactKind.WEB: "link",
}
_COPIED_MS = 1500
_LEAST_ASIDE = 24  # px below which words beside a number are left out


class PageButton(PaintedButton):
    """A button over the width of the page."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # Not fixed: the height asked for is one at some width, not at this one.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        # Not higher than a row is: the page would find more to scroll than there is.
        return QSize(80, line_height("body") + 2)

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.rect().adjusted(-4, 0, 4, 0)
        if self.underMouse():
            paint.rounded(painter, ground, scale().radius_small, tokens().hover)
        if self.shows_ring:
            paint.draw_focus(painter, self.rect(), scale().radius_small, tokens().accent)
        return painter


class TickRow(PageButton):
    """Something to be done, and by when. A click or Space ticks it; Enter changes it,
    Delete takes it away, and a menu offers the same.

    ``done`` says what a tick means.
    """

    change_wanted = Signal()
    remove_wanted = Signal()

    _TEXT = 16

    def __init__(self, text: str, due: date | None, today: date, done: str) -> None:
        super().__init__(text)
        self._done = done
        self._due = words.due_day(due, today) if due else ""
        self._late = due is not None and due < today
        self._most = 3
        said = [text, self._due, tr("overdue") if self._late else "", done]
        self.setAccessibleName(". ".join(filter(None, said)))

    def set_most(self, most: int) -> None:
        """Give the text at most so many lines; where it is cut the tip has all of it."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not _with_control(event):
            self.change_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, slot in (
            (self._done, "Space", self.click),
            (tr("Change…"), "Enter", self.change_wanted.emit),
            (tr("Take away"), "Del", self.remove_wanted.emit),
        ):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shown}").triggered.connect(slot)
        menu.popup(event.globalPos())

    def _room(self, width: int) -> int:
        due = paint.text_width(self._due, font()) + 12 if self._due else 0
        return width - self._TEXT - due

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self.text(), "body", REGULAR, self._room(width), self._most)

    def heightForWidth(self, width: int) -> int:
        return max(1, len(self._lines(width))) * line_height("body") + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        middle = QPointF(4.5, 1 + line_height("body") / 2)
        if self.underMouse() or self.hasFocus():
            draw_icon(painter, "check", -2, int(middle.y()) - 7, t.accent, 14)
        else:
            self._paint_sign(painter, middle)
        lines = self._lines(self.width())
        cut = bool(lines) and lines[-1].endswith("…")
        self.setToolTip(f"{self.text()}\n{self._done}" if cut else self._done)
        room = self._room(self.width())
        draw_prose(painter, QPoint(self._TEXT, 1), room, lines, ("body", REGULAR))
        due = QRect(0, 1, self.width() - 2, line_height("body"))
        ink = t.danger if self._late else t.muted
        paint.write(painter, due, self._due, font(), ink, paint.RIGHT)

    def _paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        """What stands before the text."""
        raise NotImplementedError


class PromiseRow(TickRow):
    """What was promised, by whom, by when; ours has a filled dot."""

    def __init__(self, promise: Promise, today: date) -> None:
        self._ours = promise.side is Side.OURS
        super().__init__(words.promise_line(promise), promise.due, today, tr("Mark as kept"))

    def _paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        t = tokens()
        paint.dot(painter, middle, 4, t.accent if self._ours else t.warn)
        if not self._ours:
            paint.dot(painter, middle, 2, t.paper)


class SlipRow(TickRow):
    """A slip of the dossier that lies under a day."""

    def __init__(self, slip: Slip, today: date) -> None:
        self._sign = SLIP_ICONS[slip.kind]
        text = f"{clock(slip.time)} {slip.text}" if slip.time else slip.text
        if slip.repeat:
            text = f"{text} · {describe_repeat(slip.repeat)}"
        super().__init__(text, slip.on, today, tr("Mark as done"))

    def _paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        draw_icon(painter, self._sign, -2, int(middle.y()) - 7, tokens().muted, 14)


class PointRow(PageButton):
    """A phone or address; a click copies it, and the row says so for a moment."""

    def __init__(self, point: ContactPoint, owner: str) -> None:
        super().__init__(point.value)
        self._icon = POINT_ICONS[point.kind]
        self._aside = ", ".join(filter(None, [owner, label_word(point.label)]))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COPIED_MS)
        self._timer.timeout.connect(self.update)
        said = ". ".join(filter(None, [point.value, self._aside, tr("Copy")]))
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.clicked.connect(self.copy)

    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self._timer.start()
        self.update()

    def heightForWidth(self, _width: int) -> int:
        return 24

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        done = self._timer.isActive()
        icon = "copy" if self.underMouse() or self.hasFocus() else self._icon
        ink = t.muted if icon == self._icon and not done else t.accent
        draw_icon(painter, "check" if done else icon, 0, 4, ink)
        room = QRect(24, 0, self.width() - 24, self.height())
        of = font("body", tabular=True)
        paint.write(painter, room, self.text(), of, t.ink)
        room.setLeft(room.left() + paint.text_width(self.text(), of) + 10)
        if room.width() > _LEAST_ASIDE:
            aside = tr("Copied") if done else self._aside
            paint.write(painter, room, aside, font(), t.accent if done else t.muted)


class MoreRow(PageButton):
    """How many more people and numbers there are; a click leads to them."""

    def __init__(self, count: int) -> None:
        super().__init__(ntr("{n} more", "{n} more", count))
        tip = tr("All people and numbers are on the sheet.")
        self.setToolTip(tip)
        self.setAccessibleName(f"{self.text()}. {tip}")

    def heightForWidth(self, _width: int) -> int:
        return 24

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        ink = t.accent if self.underMouse() or self.hasFocus() else t.muted
        draw_icon(painter, "person", 0, 4, ink)
        room = QRect(24, 0, self.width() - 24, self.height())
        paint.write(painter, room, self.text(), font(), ink)


class QuestionRow(PageButton):
    """What is worth asking; a click leads to the place of the answer."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.setToolTip(tr("{question}\nWrite the answer into the card", question=question))
        self.setAccessibleName(question)

    def heightForWidth(self, _width: int) -> int:
        return line_height("body") + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        room = QRect(0, 1, self.width() - 20, line_height("body"))
        here = self.underMouse() or self.hasFocus()
        paint.write(painter, room, self.text(), font(), t.accent if here else t.muted)
        if here:
            draw_icon(painter, "plus", self.width() - 16, 3, t.accent, 14)


def _with_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
