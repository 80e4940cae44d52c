"""The paper binder itself: dividers, a label for its spine, cards to fill in by hand.

Numbers and names stand in the middle of what one sees of a page in the binder: of the
paper from the punching margin to the right edge, and of its height.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import bare_month_name, full_date, month_name, weekday
from dossier_app.domain.language import mark, tr
from dossier_app.domain.place import Month
from dossier_app.printing.blocks import Block, Entry, Row, Text, draw_rule
from dossier_app.printing.fonts import Box
from dossier_app.printing.large import (
    WholePage,
    draw_centred,
    draw_largest,
    largest_size,
    visible_part,
)
from dossier_app.printing.options import KitPart, Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build, new_page
from dossier_app.printing.style import (
    FAR,
    GUTTER,
    HAIRLINE,
    MM,
    MUTED,
    NAME,
    SHEETS,
    SMALL,
    Sheet,
    TextStyle,
)
from dossier_app.printing.text import write
from dossier_app.printing.writing import Question, RuledTable, WritingLines

_PART_NAMES = {
    KitPart.NUMBERS: mark("Dividers 1 to 31"),
    KitPart.MONTHS: mark("Months"),
    KitPart.DATES: mark("Dividers by date"),
    KitPart.SPINE: mark("Spine label"),
    KitPart.CARDS: mark("Blank cards"),
}
_PLAIN = Running(bare=True)
_BESIDE = 46 * MM  # above and below the number of a dated divider
_DAY_NAME = 17 * MM  # from the edge of the visible part to the middle of the weekday
_DAY_SIZE = 34.0
_CAPITAL = "H"

# Labels for the usual binders; a label is narrower than its spine (12 mm), so that it goes
# into the pocket or does not show at the edges.
_SPINES = (50, 75)  # mm
_NARROWER = 12 * MM
_LABEL_HEIGHT = 190 * MM
_CUT_MARK = 5 * MM
_CUT_GAP = 1.5 * MM
_SPINE_SMALL = TextStyle(10, 12, grey=MUTED)


def print_kit(
    parts: Collection[KitPart], days: Sequence[date], options: PrintOptions, *, owner: str = ""
) -> Printed:
    """The chosen ``parts`` in the current language. ``days`` are those of the dividers by
    date; ``owner`` is the name on the label, or empty for a line to write it on."""
    sheet = SHEETS[options.paper]
    makers: dict[KitPart, Callable[[], Iterator[_Page]]] = {
        KitPart.NUMBERS: lambda: _numbers(sheet),
        KitPart.MONTHS: lambda: _months(sheet),
        KitPart.DATES: lambda: _dates(days, sheet),
        KitPart.SPINE: lambda: _spine(options.today.year, owner, sheet),
        KitPart.CARDS: _cards,
    }
    story: list[Flowable] = []
    for part, pages in makers.items():
        if part not in parts:
            continue
        for number, page in enumerate(pages()):
            story += [new_page()] if story else []
            story.append(Begin(page.running))
            story += [] if number else [Entry(tr(_PART_NAMES[part]))]
            story += [Entry(page.name, 1)] if page.name else []
            story += page.blocks
    return build(story, options, title=tr("Binder kit, {date}", date=full_date(options.today)))


@dataclass(frozen=True, slots=True)
class _Page:
    """One page; ``name`` is its entry in the outline."""

    blocks: Sequence[Flowable]
    name: str = ""
    running: Running = _PLAIN


class DividerPage(WholePage):
    """A divider: its number as large as the page allows; of a dated one (``day``) with the
    weekday above and the month below."""

    def __init__(self, number: int, sheet: Sheet, day: date | None = None) -> None:
        super().__init__(sheet)
        self.number, self.day = number, day

    def draw_page(self, canvas: Any) -> None:
        box = visible_part(self.sheet)
        if self.day is None:
            draw_largest(canvas, str(self.number), box)
            return
        inner = Box(box.left, box.bottom + _BESIDE, box.right, box.top - _BESIDE)
        draw_largest(canvas, str(self.number), inner)
        name, month = weekday(self.day), month_name(Month.of(self.day))
        top = Box(box.left, box.top - 2 * _DAY_NAME, box.right, box.top)
        draw_centred(canvas, name.capitalize(), top, _DAY_SIZE, tall_as=_CAPITAL)
        bottom = Box(box.left, box.bottom, box.right, box.bottom + 2 * _DAY_NAME)
        draw_centred(canvas, month.capitalize(), bottom, _DAY_SIZE, tall_as=_CAPITAL)


class NamePage(WholePage):
    """A divider with a name; ``like`` are the names that are set in one size with it."""

    def __init__(self, name: str, like: Sequence[str], sheet: Sheet) -> None:
        super().__init__(sheet)
        self.name, self.like = name, like

    def draw_page(self, canvas: Any) -> None:
        box = visible_part(self.sheet)
        size = largest_size(self.like, box.right - box.left, box.top - box.bottom)
        draw_centred(canvas, self.name, box, size, tall_as=_CAPITAL)


def _numbers(sheet: Sheet) -> Iterator[_Page]:
    for number in range(1, 32):
        yield _Page([DividerPage(number, sheet)], str(number))


def _months(sheet: Sheet) -> Iterator[_Page]:
    names = [bare_month_name(number).capitalize() for number in range(1, 13)]
    for name in names:
        yield _Page([NamePage(name, names, sheet)], name)


def _dates(days: Sequence[date], sheet: Sheet) -> Iterator[_Page]:
    for day in days:
        yield _Page([DividerPage(day.day, sheet, day)], f"{weekday(day)}, {full_date(day)}")


def _spine(year: int, owner: str, sheet: Sheet) -> Iterator[_Page]:
    yield _Page([_SpinePage(year, owner, sheet)], running=Running(bare=True, punched=False))


class _SpinePage(WholePage):
    """Labels for each width of spine, to cut out along the marks."""

    def __init__(self, year: int, owner: str, sheet: Sheet) -> None:
        super().__init__(sheet)
        self.year, self.owner = year, owner

    def draw_page(self, canvas: Any) -> None:
        widths = [spine * MM - _NARROWER for spine in _SPINES]
        between = (self.sheet.width - sum(widths)) / (len(widths) + 1)
        bottom = (self.sheet.height - _LABEL_HEIGHT) / 2
        left = between
        for spine, width in zip(_SPINES, widths, strict=True):
            box = Box(left, bottom, left + width, bottom + _LABEL_HEIGHT)
            _draw_cut_marks(canvas, box)
            self._draw_label(canvas, box)
            told = tr("for a spine of {n} mm", n=spine)
            x, y = left + width / 2, bottom - _CUT_MARK - 4 * MM
            write(canvas, told, x, y, SMALL, align="centre")
            left += width + between

    def _draw_label(self, canvas: Any, box: Box) -> None:
        middle, inset = (box.left + box.right) / 2, 4 * MM
        width = box.right - box.left - 2 * inset
        numbers = Box(box.left + inset, box.top - 30 * MM, box.right - inset, box.top - 8 * MM)
        draw_largest(canvas, "1–31", numbers)
        for y in (box.top - 36 * MM, box.bottom + 28 * MM):
            draw_rule(canvas, box.left + inset, box.right - inset, y)
        write(canvas, str(self.year), middle, box.bottom + 18 * MM, NAME, align="centre")
        line = box.bottom + 9 * MM
        if self.owner:
            owner = Text(self.owner, _SPINE_SMALL, limit=1).lines_in(width)[0].text
            write(canvas, owner, middle, line, _SPINE_SMALL, align="centre")
        else:
            draw_rule(canvas, box.left + inset, box.right - inset, line)
        # The title runs upwards, as on the spines of Russian books.
        title = tr("Clients by date")
        room = Box(0, 0, _LABEL_HEIGHT - 76 * MM, width)
        size = min(largest_size([title], room.right, room.top), 2.6 * width / 3)
        canvas.saveState()
        canvas.translate(box.right - inset, box.bottom + 34 * MM)
        canvas.rotate(90)
        draw_centred(canvas, title, room, size)
        canvas.restoreState()


def _draw_cut_marks(canvas: Any, box: Box) -> None:
    """Short lines at the corners, outside of what is cut out."""
    canvas.setStrokeGray(HAIRLINE / 2)
    canvas.setLineWidth(0.4)
    for x, outwards in ((box.left, -1), (box.right, 1)):
        for y, upwards in ((box.bottom, -1), (box.top, 1)):
            near, far = _CUT_GAP, _CUT_GAP + _CUT_MARK
            canvas.line(x + outwards * near, y, x + outwards * far, y)
            canvas.line(x, y + upwards * near, x, y + upwards * far)


def _cards() -> Iterator[_Page]:
    """A card for a client: who it is, and under it the log of contacts, on both sides."""
    yield _Page([*_client(), _log()], tr("Client card"))
    yield _Page([_log()], tr("Client card, contacts"))


def _client() -> list[Block]:
    pairs = (
        (tr("Company"), tr("What it does")),
        (tr("Contact person"), tr("Position")),
        (tr("Phone"), tr("E-mail")),
        (tr("Address"), tr("Where it came from")),
    )
    blocks: list[Block] = [Text(tr("Client card"), NAME)]
    for number, pair in enumerate(pairs):
        cells = [[Question(text)] for text in pair]
        blocks.append(Row(cells, [0, 0], gap=GUTTER, above=FAR if number == 0 else 2))
    need: list[Block] = [Question(tr("What they may need")), WritingLines(2)]
    return [*blocks, Row([need], [0], above=2)]


def _log() -> RuledTable:
    head = (tr("Date"), tr("What was said and agreed"), tr("Next date"))
    return RuledTable(head, [24 * MM, 0, 24 * MM], above=FAR)
