"""Prints, against bare reportlab that puts the same on paper.

What a print does to its canvas is recorded once: every text, line, outline entry. Beside
it stand

* a canvas of reportlab that is made to do just that, in the same fonts: no reading of the
  dossier, no choice of what is printed, no breaking of lines, no page layout;
* reportlab's own paragraphs (platypus) with the same texts in the same fonts and sizes,
  without frames, columns and rules;
* WeasyPrint with the same texts in HTML, where it is installed.
"""

from __future__ import annotations

import io
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import escape
from itertools import islice
from typing import Any, Self

import pytest
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from dossier_app.domain import clock
from dossier_app.domain.binder import day_slot
from dossier_app.domain.overview import OpenDivider, Overview, overview
from dossier_app.domain.records import Dossier
from dossier_app.domain.sheets import Divider, Load
from dossier_app.printing.day_pack import print_pack
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.pack import print_briefs, print_dossiers
from dossier_app.printing.whole_binder import print_binder
from dossier_app.services.printing import dossiers_of_day
from dossier_app.services.session import open_session
from dossier_app.services.templates import card, templates
from dossier_app.storage import dossiers

from .conftest import TODAY

OPTIONS = PrintOptions(TODAY)
PAGES = 6
BRIEFS, WHOLE_BINDER = 30, 500
AT_MOST = 1.3  # times bare reportlab
FASTER = 1 / 5  # of the time that WeasyPrint needs
_Call = tuple[str, tuple[Any, ...], dict[str, Any]]
_Clients = Callable[[int], list[Dossier]]
_Draw = Callable[[], Printed]


@pytest.fixture
def clients(prepared) -> Iterator[_Clients]:
    """``clients(count)``: the first dossiers of the coming days."""
    clock.set_today(TODAY)
    session = open_session(prepared(1_000), writing=False)

    def load(count: int) -> list[Dossier]:
        days = (TODAY + timedelta(days=ahead) for ahead in range(365))
        uids = (uid for day in days for uid in dossiers_of_day(day))
        return [dossiers.load(uid) for uid in islice(uids, count)]

    yield load
    session.close()


def _known(chosen: Iterable[Dossier]) -> list[Overview]:
    return [overview(dossier, TODAY, card(), private=False) for dossier in chosen]


def _under_today(chosen: list[Dossier]) -> OpenDivider:
    load = Load(len(chosen), 12 * len(chosen), 30, 360)
    return OpenDivider(Divider(day_slot(TODAY), load), _known(chosen), [])


def _brief(clients: _Clients) -> _Draw:
    known, forms = _known(clients(1)), templates()
    return lambda: print_briefs(known, OPTIONS, forms)


def _dossier(clients: _Clients) -> _Draw:
    """A dossier with a history so long that it prints on so many pages."""
    (known,), forms = _known(clients(1)), templates()
    history = list(known.dossier.history)
    turn = 0

    def draw() -> Printed:
        return print_dossiers([known], OPTIONS, forms)

    while draw().pages < PAGES:
        turn += 1
        known.dossier.history += [
            replace(entry, at=entry.at - timedelta(days=400 * turn), uid=f"{entry.uid}-{turn}")
            for entry in history
        ]
    return draw


def _pack(clients: _Clients) -> _Draw:
    """The agenda of a day and the briefs."""
    day, forms = _under_today(clients(BRIEFS)), templates()
    return lambda: print_pack([day], OPTIONS, forms)


def _binder(clients: _Clients) -> _Draw:
    day, forms = _under_today(clients(WHOLE_BINDER)), templates()
    return lambda: print_binder([day], OPTIONS, forms)


# What is drawn, and how often in turns with the others.
PRINTS: dict[str, tuple[Callable[[_Clients], _Draw], int]] = {
    "a brief": (_brief, 30),
    f"a dossier of {PAGES} pages": (_dossier, 15),
    f"a pack of {BRIEFS} briefs": (_pack, 9),
    f"a binder of {WHOLE_BINDER} dossiers": (_binder, 1),
}
SHORT = [what for what, (_, rounds) in PRINTS.items() if rounds > 1]


@pytest.mark.parametrize("what", PRINTS)
def test_beside_bare_reportlab(what: str, clients, in_turns, report) -> None:
    make, rounds = PRINTS[what]
    draw = make(clients)
    recorder = _recorded(draw)
    ours, canvas, platypus = map(
        statistics.median,
        in_turns(draw, recorder.replay, recorder.set_in_paragraphs, rounds=rounds),
    )
    report.compare(f"{what} / bare canvas, nothing to lay out", ours, canvas, AT_MOST)
    report.compare(f"{what} / bare paragraphs", ours, platypus, AT_MOST)


@pytest.mark.parametrize("what", SHORT)
def test_beside_weasyprint(what: str, clients, in_turns, report) -> None:
    """The same texts as a page of HTML, without frames, columns and rules."""
    pytest.importorskip(
        "weasyprint", reason="WeasyPrint is not installed; pip install weasyprint to compare"
    )
    draw = PRINTS[what][0](clients)
    recorder = _recorded(draw)
    recorder.set_in_html()  # finds its fonts
    ours, weasyprint = map(statistics.median, in_turns(draw, recorder.set_in_html, rounds=3))
    report.compare(f"{what} / WeasyPrint", ours, weasyprint, FASTER)


def _recorded(draw: _Draw) -> _Recorder:
    draw()  # loads the fonts
    with _Recorder() as recorder:
        printed = draw()
    assert _texts(recorder.replay()) == _texts(printed.data), "the canvas draws something else"
    return recorder


def _texts(pdf: bytes) -> list[str]:
    """The texts of the first pages."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages[:60]]


class _Recorder:
    """Records what is asked of canvases and their texts while it is entered."""

    _QUIET = ("getPageNumber", "stringWidth", "getAvailableFonts", "hasForm")

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
            is_asked = not self._inside and name not in self._QUIET
            if is_asked and name != "beginText":
                self._note(owner, target, name, arguments, named)
            self._inside += 1
            try:
                made = method(target, *arguments, **named)
            finally:
                self._inside -= 1
            if is_asked and name == "beginText":
                self._texts[id(made)] = [(name, arguments, named)]
            return made

        return call

    def _note(self, owner: type, target: Any, name: str, arguments: Any, named: Any) -> None:
        if name == "__init__":
            self._made = (arguments[1:], named)
        elif owner is PDFTextObject:
            self._texts[id(target)].append((name, arguments, named))
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
                (_, begin, _), *strokes = given[0]
                pen = canvas.beginText(*begin)
                for stroke, values, more in strokes:
                    getattr(pen, stroke)(*values, **more)
                canvas.drawText(pen)
            else:
                getattr(canvas, name)(*given, **options)
        return buffer.getvalue()

    def set_in_paragraphs(self) -> None:
        """Set the same texts with reportlab's paragraphs, each page of them on its own."""
        story: list[Flowable] = []
        for words, (font, size, leading) in self._paragraphs():
            look = ParagraphStyle("", fontName=font, fontSize=size, leading=leading)
            story.append(Paragraph(escape(words), look) if words else PageBreak())
        SimpleDocTemplate(io.BytesIO()).build(story)

    def set_in_html(self) -> None:
        """Set the same texts with WeasyPrint."""
        import weasyprint

        html = [
            f'<p style="font: {size}pt/{leading}pt sans-serif">{escape(words)}</p>'
            if words
            else '<div style="break-after: page"></div>'
            for words, (_, size, leading) in self._paragraphs()
        ]
        weasyprint.HTML(string="".join(html)).write_pdf()

    def _paragraphs(self) -> Iterator[tuple[str, tuple[str, float, float]]]:
        """Each text with its font, size and leading; nothing for the end of a page."""
        for name, given, _ in self._calls:
            if name == "drawText":
                style = next(values for stroke, values, _ in given[0] if stroke == "setFont")
                yield " ".join(v[0] for stroke, v, _ in given[0] if stroke == "textLine"), style
            elif name == "showPage":
                yield "", ("", 0, 0)
