"""A document shown in the panel: PDF, picture or text; nothing is fetched from anywhere."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from dossier_app.domain.documents import Versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import FileKind
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document
from dossier_app.services.document_previews import preview_of
from dossier_app.ui.dossier.document_rows import about, icon_of
from dossier_app.ui.dossier.page import EDGE, side_by_side
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.pdf_view import PdfView, page_sizes
from dossier_app.ui.theme import SEMIBOLD, tokens
from dossier_app.ui.widgets import Button, ElidedLabel, Hairline, Label, Look, paint
from dossier_app.ui.work import Progress, Work

_LONGEST_SIDE = 3000  # px of a picture in memory; more is no use in the panel
_MOST_MEGABYTES = 256  # that a picture may take while it is read: some files lie about it
_MOST_RATIO = 20  # height of a page to its width: a page a mile high would fill the memory
_LONGEST_LINE = 20_000  # characters that are still wrapped quickly


class DocumentPreview(QWidget):
    """One document, and its versions one after the other. Esc leaves."""

    left = Signal()
    open_wanted = Signal(object)  # Document
    save_wanted = Signal(object)
    menu_wanted = Signal(object, object, QPoint)  # Versions, Document, where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.versions: Versions | None = None
        self.document: Document | None = None
        self._today = date.min
        self.name = ElidedLabel(weight=SEMIBOLD)
        self.about = Label("", "small", role="muted")
        self.older = _icon_button("chevron-left", tr("Older version"))
        self.newer = _icon_button("chevron-right", tr("Newer version"))
        self.open = Button(tr("Open"), Look.SECONDARY, icon="open")
        self.save = _icon_button("export", tr("Save as…"))
        self.more = _icon_button("more", tr("More for this document"))
        self.close_button = _icon_button("close", tr("Back to all documents"))
        self.pdf = PdfView(tr("Document"))
        self.pdf.page_label.setContentsMargins(EDGE, 0, 0, 0)
        self.picture = Picture()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("bare", True)
        self.text.document().setDocumentMargin(EDGE)
        self.text.setAccessibleName(tr("Document"))
        self.text.setAcceptDrops(False)
        self.plain = _Plain()
        self._note = Label("", "small", role="muted", wrap=True)
        self._body = QStackedWidget()
        for widget in (self.pdf, self.picture, self.text, self.plain):
            self._body.addWidget(widget)
        self._decoding = Work(self)
        self._decoding.done.connect(self._decoded)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(EDGE, 8, EDGE - 8, 8)
        head.setSpacing(2)
        head.addLayout(side_by_side(self.name, self.close_button, stretch=0))
        head.addWidget(self.about)
        head.addSpacing(4)
        buttons = side_by_side(self.open, self.save, self.more, gap=4)
        buttons.addWidget(self.older)
        buttons.addWidget(self.newer)
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        self._note.setContentsMargins(EDGE, 6, EDGE, 6)
        column.addWidget(self._note)
        column.addWidget(self._body, 1)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.left)
        self.older.clicked.connect(partial(self._step, -1))
        self.newer.clicked.connect(partial(self._step, 1))
        self.open.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        self.more.clicked.connect(self._menu)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_versions(self, versions: Versions, today: date) -> None:
        """Show the newest version; the one that is shown already stays, if it is still one
        of them."""
        shown = self.document
        self.versions, self._today = versions, today
        document = next((v for v in versions.all if shown and v.uid == shown.uid), versions.newest)
        self._tell(document)
        if shown is None or shown.sha256 != document.sha256:
            self._fill(document)

    def clear(self) -> None:
        """Let go of what is shown."""
        self.versions = self.document = None
        self._decoding.cancel()
        self.pdf.show_pdf(b"")
        self.picture.show_image(QImage())
        self.text.clear()

    def _tell(self, document: Document) -> None:
        assert self.versions is not None
        self.document = document
        number, count = self.versions.number(document), len(self.versions.all)
        self.name.setText(document.name)
        self.about.setText(" · ".join(about(self.versions, document, self._today)))
        for button in (self.older, self.newer):
            button.setVisible(count > 1)
        self.older.setEnabled(number > 1)
        self.newer.setEnabled(number < count)

    def _step(self, way: int) -> None:
        assert self.versions is not None and self.document is not None
        at = self.versions.number(self.document) - 1 + way
        if 0 <= at < len(self.versions.all):
            self._tell(self.versions.all[at])
            self._fill(self.versions.all[at])

    def _fill(self, document: Document) -> None:
        """Show what is in the document."""
        self._decoding.cancel()
        self._say("")
        try:
            preview = preview_of(document)
        except Refusal as refusal:
            self._show_plain(str(refusal))
            return
        match preview.kind:
            case _ if preview.too_large:
                self._show_plain(tr("Too large to be shown here; open it."))
            case FileKind.PDF:
                self._show_pdf(preview.data)
            case FileKind.PICTURE:
                self.picture.show_image(QImage())
                self._body.setCurrentWidget(self.picture)
                self._decoding.start(partial(_decode, preview.data))
            case FileKind.OTHER:
                self._show_plain(tr("This kind of document opens in its own program."))
            case _:
                self._show_text(preview.text, cut=preview.cut)

    def _show_pdf(self, data: bytes) -> None:
        from pypdfium2 import PdfiumError

        try:
            sizes = page_sizes(data)
        except PdfiumError:
            sizes = []
        if sizes and all(0 < high < _MOST_RATIO * wide for wide, high in sizes):
            self.pdf.show_pdf(data)
            self._body.setCurrentWidget(self.pdf)
        else:
            self._show_plain(tr("This PDF file is damaged or asks for a password; try to open it."))

    def _decoded(self, image: QImage) -> None:
        if image.isNull():
            self._show_plain(
                tr("This picture is damaged or too large to be shown here; try to open it.")
            )
        self.picture.show_image(image)

    def _show_text(self, text: str, *, cut: bool) -> None:
        longest = max(map(len, text.split("\n")))
        wrap = QPlainTextEdit.LineWrapMode
        self.text.setLineWrapMode(wrap.NoWrap if longest > _LONGEST_LINE else wrap.WidgetWidth)
        self.text.setPlainText(text)
        self._body.setCurrentWidget(self.text)
        if cut:
            self._say(tr("Only the beginning is shown; open it to read all."))
        elif not text:
            self._say(tr("This file is empty."))

    def _show_plain(self, sentence: str) -> None:
        assert self.document is not None
        self.plain.say(icon_of(self.document.name), sentence)
        self._body.setCurrentWidget(self.plain)

    def _say(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def _open(self) -> None:
        self.open_wanted.emit(self.document)

    def _save(self) -> None:
        self.save_wanted.emit(self.document)

    def _menu(self) -> None:
        corner = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.menu_wanted.emit(self.versions, self.document, corner)


class Picture(QWidget):
    """A picture as large as there is room, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName(tr("Picture"))

    def show_image(self, image: QImage) -> None:
        """Show another picture; none when it is null."""
        self.image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), tokens().desk)
        if self.image.isNull():
            return
        density = self.devicePixelRatioF()
        room = self.size() - QSize(2 * EDGE, 2 * EDGE)
        size = self.image.size() / density
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint((self.width() - size.width()) // 2, EDGE), size)
        painter.fillRect(place, Qt.GlobalColor.white)  # below what is transparent
        painter.drawImage(place, self.image)
        frame = place.adjusted(-1, -1, 1, 1)
        paint.outlined(painter, frame, 0, Qt.BrushStyle.NoBrush, tokens().edge)


class _Plain(QWidget):
    """What cannot be shown: its icon and why."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = "document"
        self.sentence = Label("", role="muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE + 8, 112, EDGE + 8, 16)
        column.addWidget(self.sentence)
        column.addStretch(1)

    def say(self, icon: str, sentence: str) -> None:
        self._icon = icon
        self.sentence.setText(sentence)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self._icon, self.width() // 2 - 20, 56, tokens().faint, 40)


def _decode(data: bytes, _progress: Progress) -> QImage:
    """The picture, turned as the camera was held; null when it cannot be read."""
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        most = QSize(_LONGEST_SIDE, _LONGEST_SIDE)
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _icon_button(icon: str, name: str) -> Button:
    made = Button("", Look.QUIET, icon=icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
