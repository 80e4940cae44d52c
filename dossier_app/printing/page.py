"""Pages: punching marks, head, footer, and the building of a whole file.

Every print goes through `build`, so that all of them look and behave alike.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from dossier_app.domain.language import current_language, tr
from dossier_app.printing.blocks import Unseen, draw_rule
from dossier_app.printing.fonts import Face
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.style import (
    CODE,
    GUTTER,
    HOLE_FROM_EDGE,
    HOLE_RADIUS,
    HOLES_APART,
    INK,
    MM,
    SHEETS,
    SMALL,
    Sheet,
    TextStyle,
)
from dossier_app.printing.text import Drawing, Line, Setter, write

rl_config.useA85 = 0  # text armour is for mail of the 1990s and makes files a quarter larger

_FOOTER_BASE = 12.5 * MM  # room below for the mark of private pages, printers leave 5 mm
_LONG = 5  # pages from which on a viewer shows the outline beside them
_HEAD_RULE = 5.5  # points from the base line of the head down to its rule
_SMALL_BOLD = SMALL(face=Face.BOLD, grey=INK)


@dataclass(frozen=True, slots=True)
class Running:
    """What head and footer of a page say. ``code`` is a meeting code; ``private`` puts
    the warning into the footer, ``warning`` another one. A ``bare`` page has neither head
    nor footer; one that is not ``punched`` has no marks for holes."""

    left: str = ""
    right: str = ""
    code: str = ""
    private: bool = False
    warning: str = ""
    bare: bool = False
    punched: bool = True


class Begin(Unseen):
    """From this page on head and footer say what ``running`` holds."""

    def __init__(self, running: Running) -> None:
        super().__init__()
        self.running = running

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:  # noqa: ARG002
        canvas.running = self.running


class Part(Flowable):  # type: ignore[misc]
    """A part of a long print that is made when its turn comes: only one of them stands in
    memory at a time, and how many are done tells how far the print is."""

    def __init__(self, make: Callable[[], Sequence[Flowable]]) -> None:
        super().__init__()
        self.make = make


Step = Callable[[int, int], None]
_step: ContextVar[Step | None] = ContextVar("step", default=None)


@contextmanager
def telling(step: Step | None) -> Iterator[None]:
    """Tell ``step`` how far the building of a file is, in this thread and inside the block:
    parts done and of how many; pages done and 0 where there are no parts. What it raises
    ends the building."""
    token = _step.set(step)
    try:
        yield
    finally:
        _step.reset(token)


def build(story: Sequence[Flowable], options: PrintOptions, *, title: str) -> Printed:
    """Set ``story`` into pages. The same story on the same day gives the same bytes.

    ``title`` names the document in its properties, in the current language.
    """
    sheet = SHEETS[options.paper]
    buffer = io.BytesIO()
    document = _Document(
        buffer,
        pagesize=(sheet.width, sheet.height),
        pageTemplates=[_template(sheet)],
        title=" ".join(title.split()),
        author="",
        subject="",
        creator="dossier-app",
        lang=current_language(),
        displayDocTitle=True,
        invariant=1,
        pageCompression=1,
    )
    made: list[_Canvas] = []

    def canvas(*arguments: Any, **options_of_canvas: Any) -> _Canvas:
        made.append(_Canvas(*arguments, **options_of_canvas))
        made[0].setDateFormatter(lambda *_: f"D:{options.today:%Y%m%d}000000Z")
        return made[0]

    document.parts = sum(isinstance(flowable, Part) for flowable in story)
    document.build(list(story), canvasmaker=canvas)
    printed = Printed(buffer.getvalue(), made[0].numbered)
    made[0].take_apart()
    return printed


def new_page() -> Flowable:
    """What follows begins on a new page."""
    return PageBreak()


def head_fits(left: str, right: str, sheet: Sheet) -> bool:
    """True when both texts of a head fit on one line without being shortened."""
    setter = Setter(SMALL)
    used = sum(setter.width(setter.family.printable(text)) for text in (left, right))
    return used + GUTTER <= sheet.text_width


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Makes each part of its story when its turn comes, and tells so."""

    parts, parts_done = 0, 0

    def filterFlowables(self, flowables: list[Flowable]) -> None:  # noqa: N802 - reportlab's name
        """Called before each flowable is set."""
        while flowables and isinstance(flowables[0], Part):
            part = flowables.pop(0)
            self.tell(self.parts_done)
            self.parts_done += 1
            flowables[:0] = part.make()

    def tell(self, done: int) -> None:
        if (step := _step.get()) is not None:
            step(done, self.parts)

    def finish_page(self, canvas: _Canvas, sheet: Sheet) -> None:
        canvas.finish_page(sheet)
        # A part may be long: whoever waits may give up after each of its pages.
        self.tell(max(self.parts_done - 1, 0) if self.parts else canvas.numbered)


class _Canvas(Canvas):  # type: ignore[misc]
    """A canvas that can say "2 of 5": the number of pages is known only at the end, so
    each page refers to a small form that is drawn then."""

    running = Running()
    numbered = 0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.begins_on: dict[str, int] = {}  # the page of what has a name of its own
        self.at_end: list[Callable[[_Canvas], None]] = []  # draws what only then is known

    def finish_page(self, sheet: Sheet) -> None:
        """Draw all that stands around the content of the current page."""
        self.numbered += 1
        if self.running.punched:
            _draw_holes(self, sheet)
        if not self.running.bare:
            _draw_head(self, sheet, self.running)
            _draw_footer(self, sheet, self.running)
            self.doForm(f"page{self.numbered}")

    def take_apart(self) -> None:
        """The parts of a finished file refer to each other in circles. Of thousands of pages
        they would be thrown away all at once later, and the program stand still for it."""
        for parts in (self._destinations, self._doc.idToObject):
            for name in list(parts):
                getattr(parts.pop(name), "__dict__", {}).clear()
        self._doc.__dict__.clear()

    def save(self) -> None:
        width, height = self._pagesize
        sheet = next(s for s in SHEETS.values() if (s.width, s.height) == (width, height))
        for number in range(1, self.numbered + 1):
            self.beginForm(f"page{number}", 0, 0, width, height)
            text = tr("{number} of {total}", number=number, total=self.numbered)
            write(self, text, sheet.width - sheet.right, _FOOTER_BASE, SMALL, align="right")
            self.endForm()
        for draw in self.at_end:
            draw(self)
        if self.numbered >= _LONG and getattr(self, "outline_entries", 0) > 1:
            self.showOutline()
        super().save()


def _template(sheet: Sheet) -> PageTemplate:
    frame = Frame(
        sheet.left, sheet.bottom, sheet.text_width, sheet.text_height,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    return PageTemplate(
        frames=[frame], onPageEnd=lambda canvas, document: document.finish_page(canvas, sheet)
    )


def _draw_holes(canvas: Any, sheet: Sheet) -> None:
    canvas.saveState()
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 1.6)
    for side in (-0.5, 0.5):
        canvas.circle(HOLE_FROM_EDGE, sheet.height / 2 + side * HOLES_APART, HOLE_RADIUS)
    canvas.restoreState()


def _draw_head(canvas: Any, sheet: Sheet, running: Running) -> None:
    base = sheet.height - 16.5 * MM
    end = sheet.width - sheet.right
    setter = Setter(SMALL)
    room = sheet.text_width - GUTTER
    # The right text, who the page is about, may take up to half; the left one the rest.
    right = setter.one_line(running.right, room / 2)
    left = setter.one_line(running.left, room - right.width)
    _write_line(canvas, left, sheet.left, base, SMALL)
    _write_line(canvas, right, end - right.width, base, SMALL)
    draw_rule(canvas, sheet.left, end, base - _HEAD_RULE, INK)


def _draw_footer(canvas: Any, sheet: Sheet, running: Running) -> None:
    base, x = _FOOTER_BASE, sheet.left
    draw_rule(canvas, x, sheet.width - sheet.right, base + 11)
    if running.code:
        x += write(canvas, tr("Meeting code") + " ", x, base, SMALL)
        x += write(canvas, running.code, x, base, CODE)
        hint = " · " + tr("type it in after the meeting to log it and re-file")
        write(canvas, hint, x, base, SMALL)
    private = tr("Contains private facts: do not leave on the table") if running.private else ""
    if warning := private or running.warning:
        _draw_warning(canvas, sheet, warning, base - 12 if running.code else base)


def _draw_warning(canvas: Any, sheet: Sheet, text: str, base: float) -> None:
    """White on black, so that it is seen on any printer and copy."""
    width = Setter(_SMALL_BOLD).width(text)
    canvas.setFillGray(INK)
    canvas.rect(sheet.left, base - 2.6, width + 8, 10.6, stroke=0, fill=1)
    write(canvas, text, sheet.left + 4, base, _SMALL_BOLD(grey=1))


def _write_line(canvas: Any, line: Line, x: float, y: float, style: TextStyle) -> None:
    Drawing(canvas, style).lines([line], lambda _number, _line: (x, y))
