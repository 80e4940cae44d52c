"""The tab of the documents: what is kept in the dossier, and one of them shown in place."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMimeData,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from dossier_app.domain import clock
from dossier_app.domain.documents import Versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.services.documents import pasted
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.document_actions import DocumentActions
from dossier_app.ui.dossier.document_preview import DocumentPreview
from dossier_app.ui.dossier.document_rows import DocumentRow, DropPlace
from dossier_app.ui.dossier.document_traffic import DocumentTraffic, Source
from dossier_app.ui.dossier.inputs import Line
from dossier_app.ui.dossier.page import EDGE, Page, side_by_side
from dossier_app.ui.dossier.prose import plain
from dossier_app.ui.widgets import Button, Label, Look
from dossier_app.ui.work import WorkBar

_BATCH = 16  # rows made at once: making hundreds would be felt


class DocumentsTab(QWidget):
    """A list that files are let go into; a click on a document shows it. Very many can be
    narrowed by words of their names, and their rows are made as the list is scrolled."""

    told = Signal(str)  # what came of it, a short sentence

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: DossierView | None = None
        self._traffic = DocumentTraffic.of(desk)
        self._traffic.told.connect(self.told)
        self.actions_ = DocumentActions(desk, self._traffic, self)
        self.rows: list[DocumentRow] = []
        self._waiting: list[Versions] = []  # those that have no row yet
        self.list = Page()
        self.list.column.setSpacing(0)
        self.list.verticalScrollBar().valueChanged.connect(self._take_near_end)
        self.filter = Line(tr("Words of the name"))
        self.filter.setAccessibleName(tr("Find a document"))
        self.filter.textChanged.connect(self._narrow)
        self.preview = DocumentPreview()
        self.work_bar = self._work_bar()
        self._stack = QStackedLayout(self)
        self._listing = self._filter_over_list()
        self._stack.addWidget(self._listing)
        self._stack.addWidget(self.preview)
        self.preview.left.connect(self._leave_preview)
        self.preview.open_wanted.connect(self.actions_.open)
        self.preview.save_wanted.connect(self.actions_.save)
        self.preview.menu_wanted.connect(self.actions_.drop_menu)
        # While the tab is in front, whatever of it has the keyboard; editors take it first.
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        other = self._view is None or self._view.dossier.uid != view.dossier.uid
        self._view, self.actions_.uid = view, view.dossier.uid
        if other:
            with QSignalBlocker(self.filter):
                self.filter.clear()
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        bar = self.list.verticalScrollBar()
        place, taken = (0, 0) if other else (bar.value(), len(self.rows))
        self._fill(view, taken)
        self.list.settle()
        bar.setValue(place)
        if focused is not None and self.rows and not other:
            _focus(self.rows[min(focused, len(self.rows) - 1)])
        self._follow_preview(other=other)

    def take(self, uid: str, mime: QMimeData) -> bool:
        """Keep in the dossier ``uid`` what was let go or pasted, mails in its history; false
        when that is neither a file nor a picture. Nothing is fetched from the net."""
        sources = sources_in(mime)
        try:
            if not sources and mime.hasImage():
                sources = [_picture(mime.imageData())]
        except Refusal as refusal:
            self._desk.refused.emit(str(refusal))
            return True
        self.actions_.bring_in(uid, sources)
        return bool(sources)

    def paste(self) -> None:
        """Keep the files or the picture on the clipboard."""
        mime = QGuiApplication.clipboard().mimeData()
        if self._view is not None and not self.take(self._view.dossier.uid, mime):
            self.told.emit(tr("No file or picture was copied"))

    def show_document(self, versions: Versions) -> None:
        """Show a document in place of the list."""
        assert self._view is not None
        self.preview.show_versions(versions, self._view.today)
        self._stack.setCurrentWidget(self.preview)
        self.preview.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, view: DossierView, taken: int) -> None:
        self.list.column.removeWidget(self.work_bar)
        self.work_bar.setParent(self)  # what is on the page is deleted now
        self.list.clear()
        add = Button(tr("Add a file…"), Look.SECONDARY, icon="plus")
        add.clicked.connect(self.actions_.add)
        documents = view.documents
        self._finder.setVisible(len(documents) > _BATCH)
        wanted = fold(self.filter.text()).split() if len(documents) > _BATCH else []
        self.rows = []
        self._waiting = [
            versions
            for versions in documents
            if all(word in fold(versions.newest.name) for word in wanted)
        ]
        column = self.list.column
        if documents:
            hint = Label(tr("or drop it here"), "small", role="muted")
            column.addLayout(side_by_side(add, hint))
            column.addSpacing(8)
        else:
            column.addWidget(DropPlace(add))
        column.addWidget(self.work_bar)
        if documents and not self._waiting:
            column.addWidget(Label(tr("No document is called so."), role="muted"))
        column.addStretch(1)
        self._take(view, max(taken, _BATCH))

    def _narrow(self) -> None:
        if self._view is not None:
            self._fill(self._view, 0)
            self.list.verticalScrollBar().setValue(0)

    def _take(self, view: DossierView, count: int) -> None:
        """Make so many rows more, above the stretch at the end."""
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        batch = QWidget()  # shown as one: with each row shown all above would be laid out anew
        column = QVBoxLayout(plain(batch))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for versions in taken:
            row = self._row(versions, view)
            column.addWidget(row)
            self.rows.append(row)
        self.list.column.insertWidget(self.list.column.count() - 1, batch)
        batch.show()

    def _take_near_end(self, value: int) -> None:
        near = value > self.list.verticalScrollBar().maximum() - self.list.viewport().height()
        if near and self._waiting and self._view is not None:
            self._take(self._view, _BATCH)

    def _row(self, versions: Versions, view: DossierView) -> DocumentRow:
        row = DocumentRow(versions, view.today)
        row.clicked.connect(partial(self.show_document, versions))
        row.menu_wanted.connect(partial(self._menu, versions))
        row.rename_wanted.connect(partial(self.actions_.rename, versions.newest))
        row.remove_wanted.connect(partial(self.actions_.remove, versions.newest))
        return row

    def _menu(self, versions: Versions, where: QPoint) -> None:
        self.actions_.drop_menu(versions, versions.newest, where)

    def _follow_preview(self, *, other: bool) -> None:
        """Keep showing a document as long as it is there."""
        shown = self.preview.versions
        if shown is None or self._view is None:
            return
        now = next((item for item in self._view.documents if item.key == shown.key), None)
        if now is None or other:
            self._leave_preview()
        else:
            self.preview.show_versions(now, self._view.today)

    def _leave_preview(self) -> None:
        shown, had_focus = self.preview.versions, self.preview.isAncestorOf(self._focused())
        self.preview.clear()
        self._stack.setCurrentWidget(self._listing)
        row = next((row for row in self.rows if shown and row.key == shown.key), None)
        if row is not None and had_focus:
            _focus(row)

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self

    def _filter_over_list(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._finder = QWidget()
        line = QVBoxLayout(self._finder)
        line.setContentsMargins(EDGE, 14, EDGE, 0)
        line.addWidget(self.filter)
        column.addWidget(self._finder)
        column.addWidget(self.list, 1)
        return made

    def _work_bar(self) -> WorkBar:
        """What is being read or written, with a way to give it up."""
        traffic = self._traffic
        bar = WorkBar(traffic.looking, traffic.moving)
        room = bar.sizePolicy()
        room.setRetainSizeWhenHidden(False)
        bar.setSizePolicy(room)
        traffic.doing.connect(bar.say)
        cancel = Button(tr("Cancel"), Look.QUIET)
        cancel.clicked.connect(traffic.cancel)
        column = bar.layout()
        assert column is not None
        column.addWidget(cancel)
        column.setAlignment(cancel, Qt.AlignmentFlag.AlignRight)
        return bar


def sources_in(mime: QMimeData) -> list[Source]:
    """The files of this computer that are dragged or were copied."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _focus(row: DocumentRow) -> None:
    row.show()  # one that was just made is not yet, and cannot be focused
    row.setFocus(Qt.FocusReason.OtherFocusReason)


def _picture(image: QImage) -> Source:
    """A picture from the clipboard as a PNG file, called by its moment."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # a device is taken too
    moment: datetime = clock.now()
    name = tr("Picture {moment}", moment=f"{moment:%Y-%m-%d %H.%M.%S}")
    return pasted(f"{name}.png", bytes(data.data()))
