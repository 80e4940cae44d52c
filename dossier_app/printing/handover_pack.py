"""The handover pack: for the colleague who stands in. A list by date, then a sheet for each
client (`dossier_app.printing.handover_sheet`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import partial

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock, month_name, short_day, short_weekday
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.handover.pack import Pack, PackLine
from dossier_app.domain.handover.words import todo_words
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import (
    ContactKind,
    Dossier,
    NextStep,
    Promise,
    Side,
    Slip,
)
from dossier_app.domain.review_words import dates
from dossier_app.domain.words import (
    day_words,
)
from dossier_app.printing.blocks import (
    Block,
    Entry,
    Row,
    Table,
    Text,
    WholeRow,
)
from dossier_app.printing.client import all_points, client_name, values_of
from dossier_app.printing.fitting import listed
from dossier_app.printing.handover_sheet import sheet_story
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Part, Running, build, new_page
from dossier_app.printing.review import Cell, page_head, strip
from dossier_app.printing.style import (
    APART,
    BODY,
    FAR,
    GUTTER,
    MM,
    MUTED,
    SMALL,
    STRONG,
)

_WHEN_WIDTH = 22 * MM
_WHO_WIDTH = 51 * MM
_PHONE_WIDTH = 34 * MM
_SHEET_WIDTH = 9 * MM
_QUIET = BODY(grey=MUTED)
_PAD = 2.6


def print_handover_pack(pack: Pack, options: PrintOptions, templates: Templates) -> Printed:
    """The pack (of at least one dossier) in the current language."""
    head = tr(
        "Handover: {giver} → {taker}, {dates}",
        giver=pack.giver,
        taker=pack.taker,
        dates=dates(pack.handover.first_day, pack.handover.last_day),
    )
    running = Running(head, private=pack.private)
    story: list[Flowable] = [Begin(running), Entry(tr("List by date")), *_cover(pack, options)]
    for number, dossier in enumerate(pack.dossiers, start=1):
        sheet = partial(sheet_story, dossier, number, pack, running, options, templates)
        story += [new_page(), Part(sheet)]
    return build(story, options, title=head)


def _cover(pack: Pack, options: PrintOptions) -> list[Block]:
    handover = pack.handover
    days = (handover.last_day - handover.first_day).days + 1
    lead = [dates(handover.first_day, handover.last_day), ntr("{n} day", "{n} days", days)]
    if handover.owner:
        lead.append(tr("clients of {name}", name=handover.owner))
    steps = [line for line in pack.lines if isinstance(line.todo, NextStep)]
    owed = [
        line
        for line in pack.lines
        if isinstance(line.todo, Promise) and line.todo.side is Side.OURS
    ]
    fixed = sum(line.todo.fixed for line in steps if isinstance(line.todo, NextStep))
    figures = [
        Cell(tr("Dossiers"), str(len(pack.dossiers))),
        Cell(
            tr("Contacts in these days"),
            str(len(steps)),
            tr("{n} of them fixed", n=fixed) if fixed else "",
        ),
        Cell(tr("We owe in these days"), str(len(owed))),
    ]
    said = tr(
        "Each client has a sheet, numbered as here: above what to know before, below lines for "
        "your report."
    )
    blocks: list[Block] = [
        page_head(f"{pack.giver} → {pack.taker}", " · ".join(lead)),
        strip(figures),
        Text(said, SMALL, above=APART),
    ]
    head = (tr("When"), tr("Client"), tr("What to do"), tr("Phone"), tr("Sheet"))
    if pack.lines:
        rows = []
        for place, line in enumerate(pack.lines):
            again = place > 0 and _day(pack.lines[place - 1]) == _day(line)
            rows.append(_line(pack, line, again=again))
        blocks.append(Table(head, rows, _widths(), above=FAR))
    if pack.quiet:
        rows = [_quiet(pack, dossier, options) for dossier in pack.quiet]
        blocks += listed(tr("Nothing planned in these days, but they may call"), rows)
    if pack.loose:
        blocks += listed(tr("Loose sheets"), [_loose(slip) for slip in pack.loose])
    return blocks


def _widths() -> list[float]:
    return [_WHEN_WIDTH, _WHO_WIDTH, 0, _PHONE_WIDTH, _SHEET_WIDTH]


def _day(line: PackLine) -> str:
    """ "8 Dec, Tu"."""
    if line.on is None:
        return month_name(line.month) if line.month else ""
    return _short(line.on)


def _short(day: date) -> str:
    return f"{short_day(day)}, {short_weekday(day)}"


def _line(pack: Pack, line: PackLine, *, again: bool) -> Row:
    when = _when(_day(line), line.time, again=again)
    what: list[Block] = [Text(todo_words(line.todo), limit=3)]
    if isinstance(line.todo, NextStep) and line.todo.fixed:
        what.append(Text(tr("agreed with the client"), SMALL))
    return _row(pack, line.dossier, when, what)


def _when(day: str, moment: time | None, *, again: bool) -> list[Block]:
    when: list[Block] = [Text(day, _QUIET if again else STRONG)]
    return [*when, Text(clock(moment), STRONG)] if moment is not None else when


def _loose(slip: Slip) -> Row:
    """A sheet of work without a client."""
    text = Text(slip.text, tick="open", limit=3)
    when = _when(_short(slip.on), slip.time, again=False)
    return WholeRow([when, [text]], [_WHEN_WIDTH, 0], gap=GUTTER / 2, pad=_PAD, ruled=True)


def _quiet(pack: Pack, dossier: Dossier, options: PrintOptions) -> Row:
    day = dossier.place.date
    planned = [Text(day_words(day, options.today), _QUIET)] if day else []
    what = todo_words(dossier.step) if day and dossier.step else ""
    return _row(pack, dossier, planned, [Text(what, _QUIET, limit=2)] if what else [])


def _row(pack: Pack, dossier: Dossier, when: Sequence[Block], what: Sequence[Block]) -> Row:
    person = dossier.main_person
    name = client_name(dossier, person)
    who: list[Block] = [Text(name, STRONG, limit=2, tick="open")]
    if dossier.company and dossier.company != name:
        who.append(Text(dossier.company, SMALL, limit=2, indented=True))
    phones = values_of(all_points(dossier, person), ContactKind.PHONE, private=True)
    number = Text(str(pack.number(dossier)), align="right")
    cells = [when, who, what, [Text(phones[0] if phones else "", limit=2)], [number]]
    return WholeRow(cells, _widths(), gap=GUTTER / 2, pad=_PAD, ruled=True)
