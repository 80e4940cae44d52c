"""Lines of a page that can be pressed, each painted over the width of the page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import ContactKind, ContactPoint, Document, Promise, Side
from dossier_app.domain.words import size_words
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.prose import Prose, draw_prose, line_height, wrapped
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import REGULAR, font, scale, tokens
from dossier_app.ui.widgets import paint

POINT_ICONS = {
    ContactKind.PHONE: "phone",
    ContactKind.EMAIL: "mail",
    ContactKind.MESSENGER: "message",
    ContactKind.ADDRESS: "pin",
    ContactKind.WEB: "link",
}
_COPIED_MS = 1500
_LEAST_ASIDE = 24  # px below which words beside a number are left out


class PaintedButton(QAbstractButton):
    """A button over the width of the page that paints itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 24)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.rect().adjusted(-4, 0, 4, 0)
        if self.underMouse():
            paint.rounded(painter, ground, scale().radius_small, tokens().hover)
        if self.hasFocus():
            paint.draw_focus(painter, self.rect(), scale().radius_small, tokens().accent)
        return painter


class PromiseRow(PaintedButton):
    """What was promised, by whom, by when. A click or Space ticks it as kept."""

    _TEXT = 16

    def __init__(self, promise: Promise, today: date) -> None:
        super().__init__(words.promise_line(promise))
        self._ours = promise.side is Side.OURS
        self._due = words.due_day(promise.due, today) if promise.due else ""
        self._late = promise.due is not None and promise.due < today
        self.setToolTip(tr("Mark as kept"))
        said = [self.text(), self._due, tr("overdue") if self._late else "", tr("Mark as kept")]
        self.setAccessibleName(". ".join(filter(None, said)))

    def _room(self, width: int) -> int:
        due = paint.text_width(self._due, font()) + 12 if self._due else 0
        return width - self._TEXT - due

    def heightForWidth(self, width: int) -> int:
        lines = wrapped(self.text(), "body", REGULAR, self._room(width), 3)
        return max(1, len(lines)) * line_height("body") + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        middle = QPointF(4.5, 1 + line_height("body") / 2)
        if self.underMouse() or self.hasFocus():
            draw_icon(painter, "check", -2, int(middle.y()) - 7, t.accent, 14)
        elif self._ours:
            paint.dot(painter, middle, 4, t.accent)
        else:
            paint.dot(painter, middle, 4, t.warn)
            paint.dot(painter, middle, 2, t.paper)
        room = self._room(self.width())
        lines = wrapped(self.text(), "body", REGULAR, room, 3)
        draw_prose(painter, QPoint(self._TEXT, 1), room, lines, ("body", REGULAR))
        due = QRect(0, 1, self.width() - 2, line_height("body"))
        ink = t.danger if self._late else t.muted
        paint.write(painter, due, self._due, font(), ink, paint.RIGHT)


class PointRow(PaintedButton):
    """A phone or address; a click copies it, and the row says so for a moment."""

    def __init__(self, point: ContactPoint, owner: str) -> None:
        super().__init__(point.value)
        self._icon = POINT_ICONS[point.kind]
        self._aside = ", ".join(filter(None, [owner, point.label]))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COPIED_MS)
        self._timer.timeout.connect(self.update)
        self.setToolTip(tr("Copy"))
        said = [point.value, self._aside, tr("Copy")]
        self.setAccessibleName(". ".join(filter(None, said)))
        self.clicked.connect(self.copy)

    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self._timer.start()
        self.update()

    def heightForWidth(self, _width: int) -> int:
        return 26

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        done = self._timer.isActive()
        draw_icon(painter, "check" if done else self._icon, 0, 5, t.accent if done else t.muted)
        room = QRect(24, 0, self.width() - 24 - 22, self.height())
        of = font("body", tabular=True)
        paint.write(painter, room, self.text(), of, t.ink)
        room.setLeft(room.left() + paint.text_width(self.text(), of) + 10)
        if room.width() > _LEAST_ASIDE:
            aside = tr("Copied") if done else self._aside
            paint.write(painter, room, aside, font(), t.accent if done else t.muted)
        if self.underMouse() or self.hasFocus():
            draw_icon(painter, "copy", self.width() - 18, 5, t.accent, 14)


class DocumentRow(PaintedButton):
    """A document: name, day and size; a click opens it."""

    def __init__(self, document: Document, today: date) -> None:
        super().__init__(document.name)
        day = short_day(document.added_on, today)
        self._aside = f"{day}, {size_words(document.size)}"
        self._private = document.private
        private = tr("private") if document.private else ""
        said = [document.name, self._aside, private, tr("Open")]
        self.setAccessibleName(". ".join(filter(None, said)))
        self.setToolTip(document.name)

    def heightForWidth(self, _width: int) -> int:
        return 28

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        icon = "eye-off" if self._private else "document"
        draw_icon(painter, icon, 0, 6, t.muted)
        aside = paint.text_width(self._aside, font("small"))
        room = QRect(24, 0, self.width() - 24 - aside - 12, self.height())
        paint.write(painter, room, self.text(), font(), t.ink)
        paint.write(painter, self.rect(), self._aside, font("small"), t.muted, paint.RIGHT)


class IconLine(QWidget):
    """A text behind an icon."""

    def __init__(self, icon: str, text: str, role: str = "ink") -> None:
        super().__init__()
        self._icon, self._role = icon, role
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(Prose(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self._icon, 0, 1, getattr(tokens(), self._role))
