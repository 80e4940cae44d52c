"""The list of documents: a row for each, and what stands there while there is none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.documents import Versions
from dossier_app.domain.filenames import FileKind, likely_kind
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document
from dossier_app.domain.words import size_words
from dossier_app.ui.dossier.prose import line_height
from dossier_app.ui.dossier.rows import PageButton
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import SEMIBOLD, font, scale, tokens
from dossier_app.ui.widgets import Button, Label, Look, paint

_ICONS = {FileKind.PICTURE: "picture", FileKind.MAIL: "mail"}
_NAME_AT = 28  # px from the left: room for the icon
_PAD = 6


def icon_of(name: str) -> str:
    """The icon of a document by its ending."""
    return _ICONS.get(likely_kind(name), "document")


def about(versions: Versions, document: Document, today: date) -> list[str]:
    """Day, size, version and privacy of a document, as short words."""
    number, total = versions.number(document), len(versions.all)
    words = [
        short_day(document.added_on, today),
        size_words(document.size) if document.size else tr("empty"),
        tr("version {n} of {total}", n=number, total=total) if total > 1 else "",
        tr("private") if document.private else "",
    ]
    return [word for word in words if word]


class DocumentRow(PageButton):
    """A document: its name, and below it day, size and version. A click shows it.

    F2 renames, Delete removes; the menu opens from the right end, with a right click, or
    with the menu key.
    """

    menu_wanted = Signal(QPoint)  # where on the screen
    rename_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, versions: Versions, today: date) -> None:
        super().__init__(versions.newest.name)
        self.key = versions.key
        words = about(versions, versions.newest, today)
        self._about = " · ".join(words)
        self.setAccessibleName(". ".join([self.text(), *words]))
        self.setAccessibleDescription(tr("Enter shows it, the menu key tells what else."))
        self.setToolTip(self.text())
        self.more = Button("", Look.QUIET, icon="more", parent=self)
        self.more.setAccessibleName(tr("More for {name}", name=self.text()))
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the menu key does it
        self.more.clicked.connect(self._menu_below)

    def heightForWidth(self, _width: int) -> int:
        return line_height("body") + line_height("small") + 2 * _PAD

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.more.resize(self.more.sizeHint())
        self.more.move(self.width() - self.more.width(), (self.height() - self.more.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_F2:
                self.rename_wanted.emit()
            case Qt.Key.Key_Delete:
                self.remove_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(event.globalPos())
        else:
            self._menu_below()

    def _menu_below(self) -> None:
        self.menu_wanted.emit(self.mapToGlobal(QPoint(_NAME_AT, self.height())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        draw_icon(painter, icon_of(self.text()), 2, _PAD + 2, t.muted)
        width = self.width() - _NAME_AT - self.more.width() - 4
        room = QRect(_NAME_AT, _PAD, width, line_height("body"))
        # The end of a file's name tells as much as its beginning.
        middle = Qt.TextElideMode.ElideMiddle
        name = paint.metrics(font()).elidedText(self.text(), middle, width)
        paint.write(painter, room, name, font(), t.ink)
        room = QRect(_NAME_AT, room.bottom() + 1, width, line_height("small"))
        paint.write(painter, room, self._about, font("small"), t.muted)


class DropPlace(QWidget):
    """What documents are for, and where to let files go."""

    def __init__(self, add: Button) -> None:
        super().__init__()
        title = Label(tr("Drop files here"), weight=SEMIBOLD, wrap=True)
        hint = Label(
            tr("Offers, estimates, letters, pictures: any file. It is kept encrypted in the "
               "binder, and a new edition of it beside the old one. Ctrl+V pastes."),
            role="muted",
            wrap=True,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 56, 20, 24)
        column.setSpacing(8)
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignHCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_dashes(painter, self.rect())
        draw_icon(painter, "paperclip", self.width() // 2 - 12, 22, t.muted, 24)


class DropVeil(QWidget):
    """Lies over the panel while files are held above it."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show it over the whole panel."""
        self.setGeometry(self._panel.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(t.paper)
        ground.setAlphaF(0.92)
        painter.fillRect(self.rect(), ground)
        inner = self.rect().adjusted(12, 12, -12, -12)
        paint.rounded(painter, inner, scale().radius_panel, t.accent_soft)
        draw_dashes(painter, inner, accent=True)
        draw_icon(
            painter, "paperclip", self.width() // 2 - 12, self.height() // 2 - 36, t.accent, 24
        )
        text = tr("Let go to keep it in this dossier")
        paint.write(painter, inner, text, font("body", SEMIBOLD), t.accent, paint.CENTRE)


def draw_dashes(painter: QPainter, rect: QRect, *, accent: bool = False) -> None:
    """A dashed frame: here something can be let go."""
    path, radius = QPainterPath(), scale().radius_panel
    path.addRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)
    pen = QPen(tokens().accent if accent else tokens().edge, 1.5 if accent else 1)
    pen.setDashPattern([5, 4])
    painter.strokePath(path, pen)
