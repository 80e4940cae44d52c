"""The first tab: all that must be seen in the two minutes before a call."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import ContactKind, ContactPoint, HistoryEntry, Promise, Side
from dossier_app.services.overviews import DossierView
from dossier_app.services.promises import keep_promise
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.page import Page, side_by_side
from dossier_app.ui.dossier.prose import Prose, draw_prose, line_height, wrapped
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import REGULAR, SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Chip, Label, Tone, caps_label, paint

_MOST_CONTACTS = 3
POINT_ICONS = {
    ContactKind.PHONE: "phone",
    ContactKind.EMAIL: "mail",
    ContactKind.MESSENGER: "message",
    ContactKind.ADDRESS: "pin",
    ContactKind.WEB: "link",
}
_COPIED_MS = 1500


class OverviewTab(Page):
    """Promises, what to say and what not, last contacts, occasions, what to ask, phones."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._uid = ""

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        self._uid = view.dossier.uid
        self.clear()
        self._promises(view)
        self._topics(view)
        self._contacts(view)
        self._occasions(view)
        self._questions(view)
        self._points(view)
        self.column.addStretch(1)

    def _promises(self, view: DossierView) -> None:
        promises = [*view.overview.ours, *view.overview.theirs]
        if not promises:
            return
        self.heading(tr("Promises"))
        for promise in promises:
            row = PromiseRow(promise, view)
            row.clicked.connect(partial(self._keep, promise.uid, promise.text))
            self.column.addWidget(row)

    def _keep(self, promise_uid: str, text: str) -> None:
        self._desk.act(
            partial(keep_promise, self._uid, promise_uid),
            initiator=self,
            said=tr("Kept: {text}", text=text),
        )

    def _topics(self, view: DossierView) -> None:
        talk, avoid = view.overview.talk, view.overview.avoid
        if not talk and not avoid:
            if view.overview.person is not None:
                self.heading(tr("Talk about"))
                self._hint(tr("Favourite topics from the card stand here before a call."))
            return
        if self.column.count():
            self.column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(16)
        for heading, topics, private in (
            (tr("Talk about"), talk, False),
            (tr("Do not talk about"), avoid, True),
        ):
            if topics:
                row.addLayout(_topic_column(heading, topics, private=private), 1)
        self.column.addLayout(row)

    def _contacts(self, view: DossierView) -> None:
        self.heading(tr("Last contacts"))
        contacts = view.overview.contacts[:_MOST_CONTACTS]
        if not contacts:
            self._hint(tr("None yet. What is said in the first one is written with Ctrl+L."))
        for number, entry in enumerate(contacts):
            if number:
                self.column.addSpacing(4)
            self._contact(entry, view)

    def _contact(self, entry: HistoryEntry, view: DossierView) -> None:
        day = Label(short_day(entry.at.date(), view.today), weight=SEMIBOLD)
        how = Label(words.contact_line(entry))
        self.column.addLayout(side_by_side(day, how, gap=4))
        for text in (entry.text, entry.agreed):
            if text:
                self.column.addWidget(Prose(text, role="muted", most=4))

    def _occasions(self, view: DossierView) -> None:
        if not view.overview.occasions:
            return
        self.heading(tr("Occasions"))
        for occasion in view.overview.occasions:
            day = words.near_day(occasion.on, view.today)
            said = tr("{day} · {who}: {what}", day=day, who=occasion.who, what=occasion.text)
            self.column.addWidget(IconLine("gift", said, "warn_ink"))

    def _questions(self, view: DossierView) -> None:
        if view.overview.questions and view.overview.person is not None:
            self.heading(tr("Ask when it fits"))
            self.column.addWidget(Prose(" · ".join(view.overview.questions), role="muted"))

    def _points(self, view: DossierView) -> None:
        points = view.reached_by()
        self.heading(tr("Phones and mail"))
        if not points:
            self._hint(tr("No phone or e-mail is known. They are added on the sheet."))
        for point, owner in points:
            name = owner.short_name if owner and owner is not view.overview.person else ""
            self.column.addWidget(PointRow(point, name))

    def _hint(self, text: str) -> None:
        self.column.addWidget(Prose(text, role="muted"))


def _topic_column(heading: str, topics: list[str], *, private: bool) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    title = caps_label(heading)
    if private:
        column.addLayout(side_by_side(title, Chip(tr("private"), Tone.PRIVATE), gap=6))
    else:
        column.addWidget(title)
    column.addWidget(Prose(", ".join(topics), most=6))
    column.addStretch(1)
    return column


class _PaintedButton(QAbstractButton):
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


class PromiseRow(_PaintedButton):
    """What was promised, by whom, by when. A click or Space ticks it as kept."""

    _TEXT = 16

    def __init__(self, promise: Promise, view: DossierView) -> None:
        super().__init__(words.promise_line(promise))
        self._ours = promise.side is Side.OURS
        self._due = words.due_day(promise.due, view.today) if promise.due else ""
        self._late = promise.due is not None and promise.due < view.today
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
        draw_prose(painter, QRect(self._TEXT, 1, 0, 0).topLeft(), room, lines, ("body", REGULAR))
        due = QRect(0, 1, self.width() - 2, line_height("body"))
        ink = t.danger if self._late else t.muted
        paint.write(painter, due, self._due, font(), ink, paint.RIGHT)


class PointRow(_PaintedButton):
    """A phone or address; a click copies it, and the row says so for a moment."""

    copied = Signal(str)

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
        self.copied.emit(self.text())

    def heightForWidth(self, _width: int) -> int:
        return 26

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        done = self._timer.isActive()
        draw_icon(painter, "check" if done else self._icon, 0, 5, t.accent if done else t.muted)
        room = QRect(24, 0, self.width() - 24 - 22, self.height())
        shown = tr("Copied") if done else self._aside
        width = min(paint.text_width(self.text(), font()), room.width())
        if shown:
            width = min(width, room.width() - min(paint.text_width(shown, font()), 96) - 12)
        number = QRect(room.left(), 0, width, self.height())
        paint.write(painter, number, self.text(), font("body", tabular=True), t.ink)
        aside = QRect(number.right() + 10, 0, room.right() - number.right() - 10, self.height())
        paint.write(painter, aside, shown, font(), t.accent if done else t.muted)
        if self.underMouse() or self.hasFocus():
            draw_icon(painter, "copy", self.width() - 18, 5, t.accent, 14)


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
