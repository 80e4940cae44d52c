"""A print seen before it is printed: pages at the right, paper and privacy at the left."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPageLayout, QPageSize, QPainter, QShortcut
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, ntr, tr
from dossier_app.services import printing
from dossier_app.services.print_reading import Reading
from dossier_app.services.printing import Paper, Prepared, Printed, PrintOptions
from dossier_app.services.settings import Settings
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.files import ask_where, write_whole
from dossier_app.ui.pdf_view import PdfView, Sizes, draw_page, page_sizes
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Label, Look, ScrollColumn, Segments, caps_label
from dossier_app.ui.work import Progress, Slices, Work, WorkBar

_SIZE = (980, 700)
_CHOICES_WIDTH = 216
_SCROLL_BAR = 12  # px beside the choices, where they are more than fit
_PAUSE = 120  # milliseconds after the last change before the preview is drawn
_DOTS_PER_INCH = 300

Section = tuple[str, Sequence[QWidget]]  # heading and fields


class PreviewDialog(PaperDialog):
    """A print, to a printer or into a PDF file.

    Subclasses say in `_prepare` what is printed, which is read at once or in steps, and may
    add choices of their own in `_sections`, connected to `_changed`. Paper and language are
    remembered when something was printed; private facts are left out anew each time.
    """

    def __init__(self, window: QWidget, desk: Desk, title: str) -> None:
        super().__init__(window, title, width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], self.ground.height() - MARGIN))
        self._desk = desk
        self._prepared: Prepared | None = None
        self._printed: Printed | None = None  # None while the preview is not what is chosen
        self.preview = PdfView(tr("Preview"))
        self.reading = Slices(self)
        self.reading.done.connect(self._read)
        self.work = Work(self)
        self.work.done.connect(self._drawn)
        self.printing = Slices(self)
        self.printing.done.connect(self._sent)
        self.printing.failed.connect(self._stay)
        for task in (self.reading, self.work):
            task.refused.connect(self.show_problem)
        self.finished.connect(self._stop_drawing)
        self.work_bar = WorkBar(self.reading, self.work, self.printing)
        self.reading.advanced.connect(self._tell_reading)
        self.work.advanced.connect(self._tell_drawing)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._make_choices()
        self._lay_out()
        self._make_buttons()
        self._tell_private()
        self._tell()
        self._draw()

    # --- what a subclass says

    def _prepare(self, chosen: PrintOptions, language: str) -> Prepared | Reading[Prepared]:
        """Read what is to be printed; much of it in steps. Raises Refusal when there is
        nothing."""
        raise NotImplementedError

    def _sections(self) -> list[Section]:
        """Make choices that stand above those of every print."""
        return []

    def _remembered(self, settings: Settings) -> Settings:
        """``settings`` with what was chosen of those."""
        return settings

    # --- what is chosen

    @property
    def private(self) -> bool:
        return self.include_private.isChecked()

    def _make_choices(self) -> None:
        settings = self._desk.settings
        self.paper = Segments([("a4", "A4"), ("letter", "Letter")], name=tr("Paper"))
        self.paper.choose("letter" if settings.paper == "letter" else "a4")
        self.language = Segments([("ru", "Русский"), ("en", "English")], name=tr("Language"))
        self.language.choose(settings.print_language or current_language())
        self.include_private = QCheckBox(tr("Include private facts"))
        self.private_note = Label("", "small", wrap=True)
        self.paper.chosen.connect(self._changed)
        self.language.chosen.connect(self._changed)
        self.include_private.toggled.connect(self._changed)
        self.include_private.toggled.connect(self._tell_private)

    def _changed(self, _what: object) -> None:
        self._printed = None
        self._tell()
        self._pause.start()

    def _tell_private(self) -> None:
        self.private_note.set_role("danger" if self.private else "muted")
        self.private_note.setText(
            tr("Home, family, health, religion, roles in decisions and private notes come on "
               "the paper. Do not leave it on a table.")
            if self.private
            else tr("Discreet: nothing private is on the paper.")
        )  # fmt: skip

    # --- the preview

    def _draw(self) -> None:
        """Read the binder here and draw the pages in the background."""
        self._stop_drawing()
        self.reading.cancel()
        self.work.cancel()
        if not self._desk.is_open:
            return
        chosen = self._options()
        try:
            prepared = self._prepare(chosen, str(self.language.value))
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return
        self.show_problem("")
        if isinstance(prepared, Reading):
            self.work_bar.say(tr("Reading the dossiers…"))
            self.reading.start(prepared.steps, prepared.total)
        else:
            self._read(prepared)

    def _options(self) -> PrintOptions:
        paper: Paper = "letter" if self.paper.value == "letter" else "a4"
        return printing.options(paper=paper, private=self.private)

    def _read(self, prepared: Prepared) -> None:
        """All is read: draw it."""
        self._prepared = prepared
        self.work_bar.say(tr("Drawing the pages…"))
        self.work.start(partial(_draw_pages, prepared))

    def _tell_reading(self, done: int, total: int) -> None:
        self.work_bar.say(tr("Read: {done} of {total}", done=min(done, total), total=total))

    def _tell_drawing(self, done: int, total: int) -> None:
        if total:
            self.work_bar.say(tr("Drawn: {done} of {total}", done=done, total=total))
        else:
            self.work_bar.say(ntr("{n} page drawn", "{n} pages drawn", done))

    def _stop_drawing(self) -> None:
        self._pause.stop()

    def _drawn(self, drawn: tuple[Printed, Sizes]) -> None:
        if self._pause.isActive():  # something else was chosen meanwhile
            return
        self._printed, sizes = drawn
        self.preview.show_pdf(self._printed.data, sizes)
        self._tell()

    def _tell(self) -> None:
        """Only what is seen can be printed."""
        ready = self._printed is not None
        self.primary_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    # --- to the printer

    def submit(self) -> bool:
        """Ask for the printer; the dialog closes when the pages are on their way."""
        assert self._prepared is not None and self._printed is not None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        lay_out_for(printer, self._prepared)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self._printed.pages)
        dialog.accepted.connect(partial(self.send_to, printer))
        QDialog.open(dialog)
        return False

    def send_to(self, printer: QPrinter) -> None:
        """Print the pages that are seen, page by page."""
        assert self._prepared is not None and self._printed is not None
        # The printer's own paper counts for nothing: the pages have theirs.
        lay_out_for(printer, self._prepared)
        self._set_working(True)
        self.work_bar.say(tr("Sending the pages to the printer…"))
        self.printing.start(print_steps(self._printed, printer), self._printed.pages)

    def _sent(self, problem: str) -> None:
        self._set_working(False)
        if problem:
            self.show_problem(problem)
            return
        self._remember()
        self.accept()

    def _stay(self) -> None:
        self._set_working(False)

    def _set_working(self, working: bool) -> None:
        self.choices.setEnabled(not working)
        for button in (self.primary_button, self.save_button):
            button.setEnabled(not working)

    # --- into a file

    def ask_file(self) -> None:
        """Ask where the PDF file shall lie."""
        if self._prepared is None or not self.save_button.isEnabled():
            return
        name = printing.file_name(self._prepared)
        ask_where(self, tr("Save as PDF"), tr("PDF files (*.pdf)"), name, self.save)

    def save(self, path: str) -> None:
        """Write the PDF file whole, or not at all."""
        if self._printed is None:
            return
        if problem := write_whole(path, self._printed.data):
            self.show_problem(problem)
            return
        self._remember()
        self.accept()

    def _remember(self) -> None:
        """Offer the same next time; never private facts."""
        language = str(self.language.value)
        settings = replace(
            self._remembered(self._desk.settings),
            paper=str(self.paper.value),
            print_language="" if language == current_language() else language,
        )
        if settings != self._desk.settings:
            self._desk.save_settings(settings)

    # --- putting it together

    def _lay_out(self) -> None:
        self.choices = ScrollColumn(width=_CHOICES_WIDTH)
        self.choices.setFixedWidth(_CHOICES_WIDTH + _SCROLL_BAR)
        sections: list[Section] = [
            *self._sections(),
            (tr("Paper"), (self.paper,)),
            (tr("Language of the paper"), (self.language,)),
            (tr("Private"), (self.include_private, self.private_note)),
        ]
        for title, fields in sections:
            section = QWidget()
            column = QVBoxLayout(section)
            column.setContentsMargins(0, 0, 0, 4 * scale().grid)
            column.setSpacing(scale().grid)
            column.addWidget(caps_label(title))
            for field in fields:
                column.addWidget(field)
            self.choices.column.addWidget(section)
        self.choices.column.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(scale().grid)
        left.addWidget(self.choices, 1)
        left.addWidget(self.work_bar)
        row = QHBoxLayout()
        row.setSpacing(5 * scale().grid - _SCROLL_BAR)
        row.addLayout(left)
        row.addWidget(self.preview, 1)
        self.body.addLayout(row)

    def _make_buttons(self) -> None:
        self.add_buttons(tr("Print…"))
        self.save_button = Button(tr("Save as PDF…"), Look.SECONDARY, keys="Ctrl+S")
        self.save_button.clicked.connect(self.ask_file)
        QShortcut(QKeySequence("Ctrl+S"), self, self.ask_file)
        self.footer.insertWidget(self.footer.indexOf(self.primary_button), self.save_button)
        self.setTabOrder(self.cancel_button, self.save_button)
        self.setTabOrder(self.save_button, self.primary_button)


def lay_out_for(printer: QPrinter, prepared: Prepared) -> None:
    """Let ``printer`` take the paper of the pages, up to its edges."""
    letter = prepared.options.paper == "letter"
    size = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    printer.setPageSize(size)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName(Path(printing.file_name(prepared)).stem)


def print_steps(printed: Printed, printer: QPrinter) -> Generator[int, None, str]:
    """Draw the pages that were asked for on ``printer``, a stop after each; returns why it
    did not work, or nothing."""
    first, last = printer.fromPage() or 1, printer.toPage() or printed.pages
    numbers = list(range(first - 1, min(last, printed.pages)))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    painter = QPainter()
    if not painter.begin(printer):
        return tr("The printer does not answer.")
    try:
        for done, number in enumerate(numbers):
            if done and not printer.newPage():
                printer.abort()
                return tr("The printer stopped at page {n}.", n=done + 1)
            paper = printer.paperRect(QPrinter.Unit.DevicePixel)
            inches = printer.paperRect(QPrinter.Unit.Inch).width()
            image = draw_page(printed.data, number, round(inches * _DOTS_PER_INCH))
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
            yield done + 1
    except GeneratorExit:
        printer.abort()
        raise
    finally:
        painter.end()
    return ""


def _draw_pages(prepared: Prepared, progress: Progress) -> tuple[Printed, Sizes]:
    printed = printing.draw(prepared, progress.step)
    return printed, page_sizes(printed.data)
