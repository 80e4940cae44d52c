"""Lines of the overview that are only read: a contact that was, an occasion that comes,
somebody who takes part."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.language import tr
from dossier_app.domain.overview import OccasionAhead
from dossier_app.domain.records import HistoryEntry, Person
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.prose import draw_prose, line_height, wrapped
from dossier_app.ui.icons import CHANNEL_ICONS, ICON, draw_icon
from dossier_app.ui.theme import REGULAR, SEMIBOLD, font, tokens
from dossier_app.ui.widgets import paint

_GAP = 6  # px between the words of a line


class _Line(QWidget):
    """As wide as the page; ``heightForWidth`` says how high."""

    def __init__(self, said: str) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(said)
        self.setToolTip(said)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, line_height("body"))

    def heightForWidth(self, _width: int) -> int:
        return line_height("body")


class ContactLine(_Line):
    """A contact: its day and channel, and what was said and agreed, in some lines below or
    beside it. The whole of it is the tip."""

    def __init__(self, entry: HistoryEntry, today: date) -> None:
        self._channel = entry.channel
        self._day = short_day(entry.at.date(), today)
        self._how = words.contact_line(entry)
        self._said = [text for text in (entry.text, entry.agreed) if text]
        self._most = 0
        super().__init__("\n".join([f"{self._day} {self._how}", *self._said]))

    def set_most(self, most: int) -> None:
        """Give what was said so many lines below its head; 0: what is left of the first."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self.update()

    def _lines(self, width: int) -> tuple[str, ...]:
        """What was said and what was agreed begin a line each where there are enough."""
        text = ("\n" if self._most > 1 else " ").join(self._said)
        return wrapped(text, "body", REGULAR, width, self._most) if self._most else ()

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        gap = 4 if self._most > 1 else 0
        return (1 + lines) * line_height("body") + gap

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        room = QRect(0, 0, self.width(), line_height("body"))
        bold = font("body", SEMIBOLD)
        paint.write(painter, room, self._day, bold, t.ink)
        room.setLeft(paint.text_width(self._day, bold) + _GAP)
        if self._most:
            paint.write(painter, room, self._how, font(), t.ink)
            corner = QPoint(0, room.height())
            lines = self._lines(self.width())
            draw_prose(painter, corner, self.width(), lines, ("body", REGULAR), "muted")
        else:
            draw_icon(painter, CHANNEL_ICONS[self._channel], room.left(), 1, t.muted)
            room.setLeft(room.left() + ICON + _GAP)
            said = " ".join(self._said) or self._how
            paint.write(painter, room, said.replace("\n", " "), font(), t.muted)


class OccasionLine(_Line):
    """A birthday or anniversary that is near."""

    def __init__(self, occasion: OccasionAhead, today: date) -> None:
        self._what = tr("{who}: {what}", who=occasion.who, what=occasion.text)
        self._day = words.due_day(occasion.on, today)
        super().__init__(f"{self._what}, {words.near_day(occasion.on, today)}")

    def heightForWidth(self, _width: int) -> int:
        return line_height("body") + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        draw_icon(painter, "gift", -2, 3, t.warn_ink, 14)
        room = QRect(16, 1, self.width() - 18, line_height("body"))
        paint.write(painter, room, self._day, font(), t.muted, paint.RIGHT)
        room.setRight(room.right() - paint.text_width(self._day, font()) - 12)
        paint.write(painter, room, self._what, font(), t.warn_ink)


class PersonLine(_Line):
    """Somebody beside the main contact of whom no number is known."""

    def __init__(self, person: Person) -> None:
        self._who = words.person_line(person)
        super().__init__(self._who)

    def heightForWidth(self, _width: int) -> int:
        return 24

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        draw_icon(painter, "person", 0, 4, t.muted)
        room = QRect(24, 0, self.width() - 24, self.height())
        paint.write(painter, room, self._who, font(), t.ink)
