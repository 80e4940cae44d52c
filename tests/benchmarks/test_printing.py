"""Prints, against bare reportlab that puts the same on paper.

What a print does to its canvas is recorded once: every text, line, outline entry. Beside
it stand

* a canvas of reportlab that is made to do just that, in the same fonts: no reading of the
  dossier, no choice of what is printed, no breaking of lines, no page layout;
* reportlab's own paragraphs (platypus) with the same texts in the same fonts and sizes,
  without frames, columns and rules.
"""

from __future__ import annotations

import io
import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import Any, Self

import pytest
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from dossier_app.domain import clock
from dossier_app.domain.overview import overview
from dossier_app.domain.records import Dossier
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.pack import print_briefs, print_dossiers
from dossier_app.services.printing import dossiers_of_day
from dossier_app.services.session import open_session
from dossier_app.services.templates import card, templates
from dossier_app.storage import dossiers

from .conftest import TODAY

OPTIONS = PrintOptions(TODAY)
PAGES = 6
BRIEFS = 30
_Call = tuple[str, tuple[Any, ...], dict[str, Any]]


@pytest.fixture
def clients(prepared) -> Iterator[list[Dossier]]:
    clock.set_today(TODAY)
    session = open_session(prepared(1_000), writing=False)
    days = (TODAY + timedelta(days=ahead) for ahead in range(10))
    uids = [uid for day in days for uid in dossiers_of_day(day)]
    yield [dossiers.load(uid) for uid in uids[:BRIEFS]]
    session.close()


def _with_pages(dossier: Dossier, pages: int) -> Dossier:
    """The dossier with a history so long that it prints on so many pages."""
    turn, longer = 0, dossier
    while _print_dossier(longer)().pages < pages:
        turn += 1
        older = [
            replace(entry, at=entry.at - timedelta(days=400 * turn), uid=f"{entry.uid}-{turn}")
            for entry in dossier.history
        ]
        longer = replace(longer, history=[*longer.history, *older])
    return longer


def _print_dossier(dossier: Dossier) -> Callable[[], Printed]:
    def draw() -> Printed:
        known = overview(dossier, TODAY, card(), private=False)
        return print_dossiers([known], OPTIONS, templates())

    return draw


def _print_briefs(chosen: list[Dossier]) -> Callable[[], Printed]:
    def draw() -> Printed:
        known = [overview(dossier, TODAY, card(), private=False) for dossier in chosen]
        return print_briefs(known, OPTIONS, templates())

    return draw


def test_brief(clients, in_turns, report) -> None:
    _compare("a brief", _print_briefs(clients[:1]), in_turns, report)


def test_dossier_of_six_pages(clients, in_turns, report) -> None:
    draw = _print_dossier(_with_pages(clients[0], PAGES))
    assert draw().pages == PAGES
    _compare("a dossier of 6 pages", draw, in_turns, report)


def test_thirty_briefs(clients, in_turns, report) -> None:
    _compare("30 briefs", _print_briefs(clients), in_turns, report)


def _compare(what: str, draw: Callable[[], Printed], in_turns, report) -> None:
    draw()  # loads the fonts
    with _Recorder() as recorder:
        printed = draw()
    replayed = recorder.replay()
    assert _texts(replayed) == _texts(printed.data), "the bare canvas draws something else"
    ours, canvas, platypus = map(
        statistics.median, in_turns(draw, recorder.replay, recorder.set_in_paragraphs, rounds=30)
    )
    report.compare(f"{what} / bare canvas, nothing to lay out", ours, canvas, 1.3)
    report.compare(f"{what} / bare paragraphs", ours, platypus, 1.3)


def _texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


class _Recorder:
    """Records what is asked of canvases and their texts while it is entered."""

    _QUIET = ("beginText", "getPageNumber", "stringWidth", "getAvailableFonts", "hasForm")

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._texts: dict[int, list[_Call]] = {}
        self._made: tuple[tuple[Any, ...], dict[str, Any]] = ((), {})
        self._inside = 0
        self._kept: list[tuple[type, str, Any]] = []

    def __enter__(self) -> Self:
        for owner in (Canvas, PDFTextObject):
            for name, method in list(vars(owner).items()):
                is_asked = not name.startswith("_") and not name.startswith("get")
                if callable(method) and (name == "__init__" or is_asked):
                    self._kept.append((owner, name, method))
                    setattr(owner, name, self._recording(owner, name, method))
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, method in self._kept:
            setattr(owner, name, method)

    def _recording(self, owner: type, name: str, method: Any) -> Any:
        def call(target: Any, *arguments: Any, **named: Any) -> Any:
            if not self._inside and name not in self._QUIET:
                self._note(owner, target, name, arguments, named)
            self._inside += 1
            try:
                return method(target, *arguments, **named)
            finally:
                self._inside -= 1

        return call

    def _note(self, owner: type, target: Any, name: str, arguments: Any, named: Any) -> None:
        if name == "__init__":
            self._made = (arguments[1:], named)
        elif owner is PDFTextObject:
            self._texts.setdefault(id(target), []).append((name, arguments, named))
        elif name == "drawText":
            self._calls.append((name, (self._texts.pop(id(arguments[0])),), {}))
        else:
            self._calls.append((name, arguments, named))

    def replay(self) -> bytes:
        """Do the same on a canvas of reportlab's; returns the PDF."""
        buffer = io.BytesIO()
        arguments, named = self._made
        canvas = Canvas(buffer, *arguments, **named)
        for name, given, options in self._calls:
            if name == "drawText":
                pen = canvas.beginText()
                for stroke, values, more in given[0]:
                    getattr(pen, stroke)(*values, **more)
                canvas.drawText(pen)
            else:
                getattr(canvas, name)(*given, **options)
        return buffer.getvalue()

    def set_in_paragraphs(self) -> None:
        """Set the same texts with reportlab's paragraphs, each page of them on its own."""
        story: list[Flowable] = []
        for name, given, _ in self._calls:
            if name == "drawText":
                strokes = given[0]
                style = next(values for stroke, values, _ in strokes if stroke == "setFont")
                words = " ".join(values[0] for stroke, values, _ in strokes if stroke == "textLine")
                font, size, leading = style
                look = ParagraphStyle("", fontName=font, fontSize=size, leading=leading)
                story.append(Paragraph(escape(words), look))
            elif name == "showPage":
                story.append(PageBreak())
        SimpleDocTemplate(io.BytesIO()).build(story)
