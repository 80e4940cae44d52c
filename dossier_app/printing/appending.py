"""Documents behind the dossier that they belong to: PDF files and pictures on our own pages.

Each of their pages stands on one of ours, under the name of the document, as large as there
is room for; a wide page of a PDF file is turned, its head towards the holes. What cannot be
read has a page that says why, so that every print comes to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr
from dossier_app.domain.words import size_words
from dossier_app.printing.blocks import Block, Entry, Row, Size, Text
from dossier_app.printing.page import Part, new_page
from dossier_app.printing.style import BODY, HAIRLINE, MM, NEAR, RULE_WIDTH, SMALL, STRONG

if TYPE_CHECKING:
    from dossier_app.printing.content import Content
    from dossier_app.printing.foreign import Drawing

MOST_PAGES = 200  # of one document
MOST_BYTES = 64 * 1024 * 1024  # of one document

_WORTH_TURNING = 1.25  # times as large
_BELOW_NAME = 2 * MM
_COUNT_WIDTH = 34 * MM


@dataclass(frozen=True, slots=True)
class Appended:
    """A document to be printed behind its dossier. ``data`` is its content, or ``problem``
    says why there is none. ``uid`` is that of the version."""

    uid: str
    name: str
    data: bytes = b""
    problem: str = ""


def too_large(size: int) -> str:
    """Why a document of ``size`` bytes is not printed; empty when it is."""
    if size <= MOST_BYTES:
        return ""
    return tr(
        "It has {size}; documents of more than {most} are not printed with a dossier. Print it "
        "from its own program.",
        size=size_words(size),
        most=size_words(MOST_BYTES),
    )


def appended_story(documents: Sequence[Appended], *, level: int) -> list[Flowable]:
    """The documents, each made when its turn comes and beginning on a page of its own.
    ``level`` is that of their entries in the outline."""
    story: list[Flowable] = []
    for number, document in enumerate(documents):
        story += [new_page(), Part(partial(_document_story, document, number, level))]
    return story


class PageOf(Block):
    """Tells on which page an appended document begins, which is known only at the end."""

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.text = Text("")
        self.uid = uid

    def wrap(self, aw: float, ah: float) -> Size:
        self.width, self.height = self.text.wrap(aw, ah)
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        name = f"pageof{len(canvas.at_end)}"
        canvas.saveState()
        canvas.translate(left, bottom)
        canvas.doForm(name)
        canvas.restoreState()
        canvas.at_end.append(partial(self._say, name, self.width, self.height))

    def _say(self, name: str, width: float, height: float, canvas: Any) -> None:
        canvas.beginForm(name, 0, 0, width, height)
        number = canvas.begins_on[self.uid]
        line = Text(tr("page {n}", n=number))
        line.wrap(width, height)
        line.draw_at(canvas, 0, 0)
        canvas.endForm()


class _Sheet(Block):
    """A page of ours with something of a document below its name."""

    def __init__(self, name: str, where: str = "") -> None:
        super().__init__()
        title: list[Block] = [Text(name, STRONG, limit=1)]
        count: list[Block] = [Text(where, SMALL, align="right")]
        self.head = Row([title, count], [0, _COUNT_WIDTH]) if where else Row([title], [0])

    def wrap(self, aw: float, ah: float) -> Size:
        self.width, self.height = aw, ah
        return aw, ah

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        above = self.head.height_in(self.width)
        self.head.draw_at(canvas, left, bottom + self.height - above)
        room = (self.width, self.height - above - _BELOW_NAME)
        self.draw_below(canvas, left, bottom + room[1], room)

    def draw_below(self, canvas: Any, left: float, top: float, room: Size) -> None:
        """Draw the rest into ``room``, the left upper corner of which is given."""
        raise NotImplementedError


class _Page(_Sheet):
    """A page of a document, or why it is not there."""

    def __init__(self, name: str, where: str, content: Content, number: int) -> None:
        super().__init__(name, where)
        self.where, self.content, self.number = where, content, number

    def draw_below(self, canvas: Any, left: float, top: float, room: Size) -> None:
        document = canvas._doc  # noqa: SLF001 - reportlab's own door to its objects
        try:
            drawing = self.content.drawing(self.number, document, room)
        except Unreadable as error:
            page = tr("This page could not be printed.")
            title = page if self.where else tr("This document could not be printed.")
            _draw_reason(title, str(error), canvas, left, top, room)
        else:
            _place(canvas, drawing, left, top, room, turns=self.content.turns)


class _Reason(_Sheet):
    """Why something of a document is not there."""

    def __init__(self, name: str, title: str, reason: str) -> None:
        super().__init__(name)
        self.title, self.reason = title, reason

    def draw_below(self, canvas: Any, left: float, top: float, room: Size) -> None:
        _draw_reason(self.title, self.reason, canvas, left, top, room)


class _Begins(Entry):
    """Remembers the page on which a document begins, besides the outline."""

    def __init__(self, document: Appended, level: int) -> None:
        super().__init__(document.name, level)
        self.uid = document.uid

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        canvas.begins_on[self.uid] = canvas.numbered + 1
        super().draw_at(canvas, left, bottom)


def _document_story(document: Appended, number: int, level: int) -> list[Flowable]:
    try:
        sheets = list(_sheets(document, f"appended{number}"))
    except Unreadable as error:
        title = tr("This document could not be printed.")
        sheets = [_Reason(document.name, title, str(error))]
    story: list[Flowable] = [_Begins(document, level)]
    for place, sheet in enumerate(sheets):
        story += [new_page(), sheet] if place else [sheet]
    return story


def _sheets(document: Appended, key: str) -> Iterator[_Sheet]:
    """Raises Unreadable when nothing of the document can be read."""
    if document.problem:
        raise Unreadable(document.problem)
    from dossier_app.printing.content import read  # it needs pypdf, which takes its time

    content, numbers, total = read(document.data, key, MOST_PAGES)
    damaged = tr("The file is damaged there.")
    expected = 0
    for number in numbers:
        if number > expected:
            yield _missing(document.name, expected, number, damaged)
        where = tr("page {number} of {total}", number=number + 1, total=total)
        yield _Page(document.name, where if total > 1 else "", content, number)
        expected = number + 1
    if expected < min(total, MOST_PAGES):
        yield _missing(document.name, expected, min(total, MOST_PAGES), damaged)
    if total > MOST_PAGES:
        too_many = tr(
            "At most {n} pages of a document are printed with a dossier. Print the others from its "
            "own program.",
            n=MOST_PAGES,
        )
        yield _missing(document.name, MOST_PAGES, total, too_many)


def _missing(name: str, first: int, end: int, reason: str) -> _Reason:
    """Pages ``first`` up to before ``end``, from 0, are not there."""
    title = (
        tr("Page {n} is not printed.", n=end)
        if end - first == 1
        else tr("Pages {first} to {last} are not printed.", first=first + 1, last=end)
    )
    return _Reason(name, title, reason)


def _draw_reason(title: str, reason: str, canvas: Any, left: float, top: float, room: Size) -> None:
    block = Row([[Text(title, STRONG), Text(reason, BODY, above=NEAR)]], [0], framed=True)
    block.draw_at(canvas, left, top - block.height_in(room[0]))


def _place(
    canvas: Any, drawing: Drawing, left: float, top: float, room: Size, *, turns: bool
) -> None:
    """Draw it below ``top``, as large as it is or as there is room for, in a thin frame."""
    width, height = drawing.width, drawing.height
    scale = _scale(width, height, room)
    turn = turns and width > height and _scale(height, width, room) >= _WORTH_TURNING * scale
    if turn:
        width, height = height, width
        scale = _scale(width, height, room)
    bottom = top - height * scale
    canvas.saveState()
    canvas.transform(scale, 0, 0, scale, left, bottom)
    if turn:
        canvas.transform(0, 1, -1, 0, width, 0)  # its head to the left
    canvas.transform(*drawing.matrix)
    canvas.doForm(drawing.form)
    canvas.restoreState()
    canvas.setStrokeGray(HAIRLINE)
    canvas.setLineWidth(RULE_WIDTH)
    canvas.rect(left, bottom, width * scale, height * scale)


def _scale(width: float, height: float, room: Size) -> float:
    return min(room[0] / width, room[1] / height, 1)
