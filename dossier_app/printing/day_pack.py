"""The day or week pack: the agenda of each day, then a brief or dossier of each client in
the order in which they are met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock, full_date, long_day, short_day, weekday
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.handover.words import todo_words
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.overview import OpenDivider, Overview
from dossier_app.domain.records import ContactKind
from dossier_app.domain.sheets import Load, Sheet
from dossier_app.printing.blocks import Block, Entry, Label, Row, Size, Table, Text, WholeRow
from dossier_app.printing.brief import brief_story
from dossier_app.printing.charts import draw_bar
from dossier_app.printing.client import all_points, client_name, values_of
from dossier_app.printing.dossier import dossier_story
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Part, Running, build, new_page
from dossier_app.printing.review import hours, page_head
from dossier_app.printing.style import BODY, FAR, GUTTER, INK, MM, MUTED, NEAR, SMALL, STRONG

_TIME_WIDTH = 13 * MM
_WHO_WIDTH = 52 * MM
_PHONE_WIDTH = 35 * MM
_MINUTES_WIDTH = 11 * MM
_DAY_WIDTH = 52 * MM
_THICK = 5.5  # points, of a bar
_QUIET = BODY(grey=MUTED)


def print_pack(
    days: Sequence[OpenDivider], options: PrintOptions, templates: Templates, *, whole: bool = False
) -> Printed:
    """The agenda and the clients of each of ``days`` (at least one), day by day; with
    ``whole`` their whole dossiers in place of the briefs."""
    story: list[Flowable] = []
    for number, opened in enumerate(days):
        day = opened.divider.slot.date
        assert day is not None
        named = f"{weekday(day)}, {full_date(day)}"
        head = Running(" · ".join([tr("Day pack"), named]), private=options.private)
        story += [new_page()] if story else []
        story += [Begin(head), Entry(named), *_cover(opened, options)]
        if number == 0:
            story += _coming(days[1:], options)
        for place in range(len(opened.clients)):
            sheet = partial(_client, opened.clients, place, options, templates, whole=whole)
            story += [new_page(), Part(sheet)]
    first = days[0].divider.slot.date
    assert first is not None
    title = tr("Day pack, {date}", date=full_date(first))
    return build(story, options, title=title)


def agenda(opened: OpenDivider, options: PrintOptions) -> list[Block]:
    """The clients of a divider as a list to tick off, then its slips."""
    dated = opened.divider.slot.date is None
    blocks: list[Block] = []
    if opened.clients:
        head = (
            tr("Date") if dated else tr("Time"),
            tr("Client"),
            tr("What to do"),
            tr("Phone"),
            tr("Min"),
        )
        rows = [_meeting(client, options, dated=dated) for client in opened.clients]
        widths = [_TIME_WIDTH, _WHO_WIDTH, 0, _PHONE_WIDTH, _MINUTES_WIDTH]
        blocks.append(Table(head, rows, widths, above=FAR))
    if opened.slips:
        slips = [_slip(sheet, options, dated=dated) for sheet in opened.slips]
        label = Label(tr("Slips and occasions"))
        blocks.append(Row([[label, slips[0]]], [0], above=FAR))
        blocks += slips[1:]
    return blocks


def load_strip(load: Load) -> Row:
    """How full the day is, in contacts and in time."""
    contacts = _measure(tr("Contacts"), load.contacts, load.capacity_contacts, str)
    time = _measure(tr("Time"), load.minutes, load.capacity_minutes, hours)
    return Row([contacts, time], [0, 0], above=FAR)


def _measure(label: str, used: int, room: int, words: Callable[[int], str]) -> list[Block]:
    said = tr("{used} of {room}", used=words(used), room=words(room)) if room else words(used)
    return [
        Row([[Label(label)], [Text(said, STRONG, align="right")]], [0, 0]),
        _Bar(used, room, _THICK, above=NEAR),
    ]


class _Bar(Block):
    """How much of ``room`` is ``used``; what is too much is hatched, behind a mark."""

    def __init__(self, used: int, room: int, height: float, *, above: float = 0) -> None:
        super().__init__(above)
        self.used, self.room, self._height = used, room, height

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, self._height
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        used, room = self.used, self.room
        unit = self.width / max(used, room, 1)
        y = bottom + (self.height - _THICK) / 2
        draw_bar(canvas, left, y, self.width, _THICK, "open")
        if used:
            draw_bar(canvas, left, y, min(used, room or used) * unit, _THICK, "solid")
        if room and used > room:
            full = left + room * unit
            draw_bar(canvas, full, y, (used - room) * unit, _THICK, "hatched")
            canvas.setStrokeGray(INK)
            canvas.setLineWidth(1)
            canvas.line(full, y - 2, full, y + _THICK + 2)


def _cover(opened: OpenDivider, options: PrintOptions) -> list[Block]:
    divider = opened.divider
    day = divider.slot.date
    assert day is not None
    about = [full_date(day), divider.holiday or ("" if divider.working else tr("a day off"))]
    lead = " · ".join(part for part in about if part)
    head = page_head(tr("Agenda"), lead, str(day.day), weekday(day))
    return [head, load_strip(divider.load), *agenda(opened, options)]


def _client(
    clients: Sequence[Overview],
    place: int,
    options: PrintOptions,
    templates: Templates,
    *,
    whole: bool,
) -> list[Flowable]:
    client = clients[place]
    if whole:
        return dossier_story(client.dossier, client, options, templates, level=1)
    return brief_story(client, options, templates, level=1)


def _meeting(client: Overview, options: PrintOptions, *, dated: bool) -> Row:
    dossier, person, step = client.dossier, client.person, client.dossier.step
    name = client_name(dossier, person)
    when = clock(step.time) if step and step.time else ""
    if dated:
        when = short_day(dossier.place.date) if dossier.place.date else ""
    who: list[Block] = [Text(name, STRONG, limit=2, tick="open")]
    company = dossier.company if dossier.company != name else ""
    position = person.position if person else ""
    if beside := ", ".join(part for part in (position, company) if part):
        who.append(Text(beside, SMALL, limit=2, indented=True))
    what: list[Block] = []
    if step is not None:
        what.append(Text(todo_words(step), limit=3))
    phones = values_of(all_points(dossier, person), ContactKind.PHONE, private=options.private)
    return WholeRow(
        [
            [Text(when, STRONG)],
            who,
            what,
            [Text(phones[0] if phones else "", limit=2)],
            [Text(str(step.minutes) if step else "", align="right")],
        ],
        [_TIME_WIDTH, _WHO_WIDTH, 0, _PHONE_WIDTH, _MINUTES_WIDTH],
        gap=GUTTER / 2,
        pad=2.6,
        ruled=True,
    )


def _slip(sheet: Sheet, options: PrintOptions, *, dated: bool) -> Row:
    when = clock(sheet.time) if sheet.time else ""
    if dated:
        when = short_day(sheet.on) if sheet.on else ""
    hidden = sheet.title_is_private and not options.private
    title = tr("No name") if hidden else sheet.title
    who = ", ".join(dict.fromkeys(part for part in (title, sheet.company) if part))
    text = Text(sheet.todo or who, tick="open", limit=3)
    about: list[Block] = [Text(who, _QUIET, limit=2)] if sheet.todo and who else []
    widths = [_TIME_WIDTH, 0, _WHO_WIDTH + GUTTER]
    return WholeRow(
        [[Text(when, STRONG)], [text], about], widths, gap=GUTTER / 2, pad=2.6, ruled=True
    )


def _coming(days: Sequence[OpenDivider], options: PrintOptions) -> list[Block]:
    """The other days of the pack, in short."""
    rows: list[Block] = [_day(opened, options) for opened in days]
    if not rows:
        return []
    first = [Label(tr("Coming days")), rows[0]]
    return [Row([first], [0], above=FAR), *rows[1:]]


def _day(opened: OpenDivider, options: PrintOptions) -> Row:
    divider = opened.divider
    day, load = divider.slot.date, divider.load
    assert day is not None
    named = Text(long_day(day, options.today), STRONG)
    count = ntr("{n} contact", "{n} contacts", load.contacts)
    figures = Text(f"{count}, {hours(load.minutes)}")
    bar = _Bar(load.contacts, load.capacity_contacts, BODY.leading)
    return WholeRow([[named], [figures], [bar]], [_DAY_WIDTH, 0, _DAY_WIDTH], pad=2.6, ruled=True)
