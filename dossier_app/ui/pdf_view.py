"""A PDF file on the screen: white pages on the desk, as wide as the view.

PDFium draws the pages, in the window's thread, one page at a time, and only pages that are
seen. A document is open only while it is read: PDFium knows no threads, and others wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.printing.pdfium import ONE_AT_A_TIME, opened
from dossier_app.ui.theme import scale, tokens
from dossier_app.ui.widgets import Button, Label, Look, paint

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)  # 1.0 is the width of the view
_MARGIN, _GAP = 20, 16  # px around and between pages
_KEPT = 6  # drawn pages in memory
_BATCH = 100  # pages that are measured at a time
_LINE_STEP = 48  # px for an arrow key


Sizes = Sequence[tuple[float, float]]


def page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF file, in points. Of thousands of pages that
    takes a tenth of a second, so it may be asked for in another thread."""
    from pypdfium2 import PdfDocument

    with ONE_AT_A_TIME:
        document = PdfDocument(data)
        count = len(document)
    sizes: list[tuple[float, float]] = []
    try:
        for first in range(0, count, _BATCH):
            with ONE_AT_A_TIME:  # and the window draws between two batches
                batch = range(first, min(first + _BATCH, count))
                sizes += [document.get_page_size(number) for number in batch]
    finally:
        with ONE_AT_A_TIME:
            document.close()
    return sizes


def draw_page(data: bytes, number: int, width: int) -> QImage:
    """The page ``number`` (from 0) of a PDF file, ``width`` pixels wide."""
    with opened(data) as document, closing(document[number]) as page:
        # A hair less than the width: PDFium rounds up.
        per_point = (width - 0.01) / page.get_width()
        bitmap = page.render(scale=per_point, prefer_bgrx=True)
        with closing(bitmap):
            image = QImage(
                bitmap.buffer,
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            )
            return image.copy()  # the picture must outlive PDFium's memory


class PdfView(QWidget):
    """Pages to scroll through, with the number of the page in view and the zoom.

    Wheel, arrows, PgUp, PgDn, Home and End move; Ctrl with + - 0 or the wheel zooms.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.pages = _Pages()
        self.pages.setAccessibleName(name)
        self.setFocusProxy(self.pages)
        self.page_label = Label("", "small", role="muted")
        self.smaller = _zoom_button("minus", tr("Smaller"), "Ctrl+-")
        self.larger = _zoom_button("plus", tr("Larger"), "Ctrl++")
        self.smaller.clicked.connect(self.pages.zoom_out)
        self.larger.clicked.connect(self.pages.zoom_in)
        self.pages.moved.connect(self._tell)
        foot = QHBoxLayout()
        foot.setSpacing(scale().grid)
        foot.addWidget(self.page_label)
        foot.addStretch(1)
        foot.addWidget(self.smaller)
        foot.addWidget(self.larger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self._tell()

    def show_pdf(self, data: bytes, sizes: Sizes | None = None) -> None:
        """Show a PDF file; none when ``data`` is empty. The place in it and the zoom stay.
        ``sizes`` are those of its pages where they are known already."""
        self.pages.show_pdf(data, page_sizes(data) if sizes is None and data else sizes or [])
        self._tell()

    def _tell(self) -> None:
        pages = self.pages
        text = tr("Page {n} of {total}", n=pages.current + 1, total=pages.count)
        self.page_label.setText(text if pages.count else "")
        self.pages.setAccessibleDescription(self.page_label.text())
        self.smaller.setEnabled(bool(pages.count) and pages.zoom > ZOOMS[0])
        self.larger.setEnabled(bool(pages.count) and pages.zoom < ZOOMS[-1])


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page as it was drawn from ``data``, for a place ``width`` device pixels wide."""

    image: QImage
    width: int
    data: bytes


class _Pages(QAbstractScrollArea):
    """The pages below each other; drawn when they come into view."""

    moved = Signal()  # another page is in view, or the zoom is another

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 1.0
        self._data = b""
        self._sizes: Sizes = []
        self._places: list[QRect] = []
        self._drawn: dict[int, _Drawn] = {}
        self._current = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget())  # Qt's own is a grey square
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def count(self) -> int:
        return len(self._sizes)

    @property
    def current(self) -> int:
        """Number of the page in the middle of the view, from 0."""
        return self._current

    def show_pdf(self, data: bytes, sizes: Sizes) -> None:
        self._data, self._sizes = data, sizes
        # What was drawn stays on the screen until its successor is there.
        self._drawn = {n: drawn for n, drawn in self._drawn.items() if n < self.count}
        self._lay_out()

    def zoom_in(self) -> None:
        self._set_zoom(next((zoom for zoom in ZOOMS if zoom > self.zoom), self.zoom))

    def zoom_out(self) -> None:
        self._set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < self.zoom), self.zoom))

    def _set_zoom(self, zoom: float) -> None:
        bar, view = self.verticalScrollBar(), self.viewport().height()
        middle = (bar.value() + view / 2) / max(1, bar.maximum() + view)
        self.zoom = zoom
        self._lay_out()
        bar.setValue(round(middle * (bar.maximum() + view) - view / 2))
        sideways = self.horizontalScrollBar()
        sideways.setValue(sideways.maximum() // 2)
        self.moved.emit()

    def _lay_out(self) -> None:
        view = self.viewport().size()
        # The bar's room is always left free, or the pages would jump when it comes.
        whole = view.width()
        if not self.verticalScrollBar().isVisible():
            whole -= self.verticalScrollBar().sizeHint().width()
        widest = max((width for width, _ in self._sizes), default=1)
        per_point = max(whole - 2 * _MARGIN, 40) * self.zoom / widest
        across = max(whole, round(widest * per_point) + 2 * _MARGIN)
        top = _MARGIN
        self._places = []
        for width, height in self._sizes:
            size = QSize(round(width * per_point), round(height * per_point))
            self._places.append(QRect(round((across - size.width()) / 2), top, 0, 0))
            self._places[-1].setSize(size)
            top += size.height() + _GAP
        high = top - _GAP + _MARGIN if self._places else 0
        for bar, room, wanted in (
            (self.verticalScrollBar(), view.height(), high),
            (self.horizontalScrollBar(), whole, across),
        ):
            bar.setPageStep(room)
            bar.setSingleStep(_LINE_STEP)
            bar.setRange(0, max(0, wanted - room))
        self._scrolled()

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [n for n, place in enumerate(self._places) if place.top() <= middle]
        current = above[-1] if above else 0
        if current != self._current:
            self._current = current
            self.moved.emit()
        self._later.start()
        self.viewport().update()

    def _draw_next(self) -> None:
        """Draw one page that is in view and not yet sharp; then the next."""
        for number in self._in_view():
            width = round(self._places[number].width() * self.devicePixelRatioF())
            drawn = self._drawn.pop(number, None)
            if drawn is None or drawn.width != width or drawn.data is not self._data:
                drawn = None
            # Put at the end: the pages that were not seen for longest go first.
            image = drawn.image if drawn else draw_page(self._data, number, width)
            self._drawn[number] = drawn or _Drawn(image, width, self._data)
            while len(self._drawn) > max(_KEPT, len(self._in_view())):
                self._drawn.pop(next(iter(self._drawn)))
            if drawn is None:
                self.viewport().update()
                self._later.start()
                return

    def _in_view(self) -> list[int]:
        view = self.viewport().rect().translated(self._origin)
        return [n for n, place in enumerate(self._places) if place.intersects(view)]

    @property
    def _origin(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), tokens().desk)
        for number in self._in_view():
            place = self._places[number].translated(-self._origin)
            painter.fillRect(place, Qt.GlobalColor.white)
            drawn = self._drawn.get(number)
            if drawn is not None:
                self._paint_page(painter, place, drawn)
            frame = place.adjusted(-1, -1, 1, 1)
            paint.outlined(painter, frame, 0, Qt.BrushStyle.NoBrush, tokens().edge)
        if self.hasFocus():
            paint.draw_focus(painter, self.viewport().rect(), 0, tokens().accent)

    def _paint_page(self, painter: QPainter, place: QRect, drawn: _Drawn) -> None:
        if drawn.width != round(place.width() * self.devicePixelRatioF()):
            painter.drawImage(place, drawn.image)  # until it is drawn anew
            return
        # On whole pixels of the screen, or a sharp page would be blurred by half a pixel.
        to_screen = painter.deviceTransform()
        corner = to_screen.map(QPointF(place.topLeft()))
        back, _ = to_screen.inverted()
        drawn.image.setDevicePixelRatio(self.devicePixelRatioF())
        spot = back.map(QPointF(round(corner.x()), round(corner.y())))
        painter.drawImage(spot, drawn.image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            elif event.angleDelta().y() < 0:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            match key:
                case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                    self.zoom_in()
                case Qt.Key.Key_Minus:
                    self.zoom_out()
                case Qt.Key.Key_0:
                    self._set_zoom(1.0)
                case _:
                    super().keyPressEvent(event)
        elif key == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            # The scroll area knows arrows, PgUp and PgDn; all else is the dialog's.
            super().keyPressEvent(event)


def _zoom_button(icon: str, name: str, keys: str) -> Button:
    made = Button(look=Look.QUIET, icon=icon)
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({paint.keys_text(keys)})")
    return made
