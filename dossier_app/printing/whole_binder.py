"""The whole binder on paper: each divider with its list, then its dossiers, as the
fallback for a day without the computer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import full_date, long_day
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.overview import OpenDivider, Overview
from dossier_app.domain.place_words import slot_name
from dossier_app.printing.blocks import Block, Entry, Size, Text
from dossier_app.printing.day_pack import agenda, load_strip
from dossier_app.printing.dossier import dossier_story
from dossier_app.printing.fonts import Box
from dossier_app.printing.large import draw_largest
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Part, Running, build, new_page
from dossier_app.printing.style import APART, LEAD, MM

_NUMBER_HEIGHT, _NAME_HEIGHT = 80 * MM, 29 * MM
_BELOW_HEAD = 4 * MM


def print_binder(
    dividers: Sequence[OpenDivider], options: PrintOptions, templates: Templates
) -> Printed:
    """``dividers`` (at least one) in the order of the binder, each beginning with a page
    that shows its number or name, then the whole dossiers under it."""
    head = " · ".join([tr("Whole binder"), full_date(options.today)])
    story: list[Flowable] = []
    for opened in dividers:
        named = slot_name(opened.divider.slot, options.today)
        story += [new_page()] if story else []
        story += [Begin(Running(head, named, private=options.private)), Entry(named)]
        story.append(Part(partial(_divider, opened, named, options)))
        for place in range(len(opened.clients)):
            client = partial(_client, opened.clients, place, options, templates)
            story += [new_page(), Part(client)]
    return build(story, options, title=tr("Whole binder, {date}", date=full_date(options.today)))


def _client(
    clients: Sequence[Overview], place: int, options: PrintOptions, templates: Templates
) -> list[Flowable]:
    client = clients[place]
    return dossier_story(client.dossier, client, options, templates, level=1)


def _divider(opened: OpenDivider, named: str, options: PrintOptions) -> list[Block]:
    slot, load = opened.divider.slot, opened.divider.load
    lead = []
    if slot.date is None:
        large = _Large(_as_title(named), _NAME_HEIGHT)
    else:
        large = _Large(str(slot.date.day), _NUMBER_HEIGHT)
        lead.append(_as_title(long_day(slot.date, options.today)))
    if opened.clients:
        lead.append(ntr("{n} dossier", "{n} dossiers", len(opened.clients)))
    blocks: list[Block] = [large, Text(" · ".join(lead), LEAD, above=APART)]
    if load.capacity_contacts:
        blocks.append(load_strip(load))
    return [*blocks, *agenda(opened, options)]


def _as_title(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Large(Block):
    """A number or a name as large as ``height`` and the width of the page allow."""

    def __init__(self, text: str, height: float) -> None:
        super().__init__()
        self.text, self._height = text, height

    def wrap(self, aw: float, ah: float) -> Size:  # noqa: ARG002 - reportlab's signature
        self.width, self.height = aw, self._height
        return aw, self.height

    def draw_at(self, canvas: Any, left: float, bottom: float) -> None:
        top = bottom + self.height - _BELOW_HEAD
        box = Box(left, bottom, left + self.width, top)
        draw_largest(canvas, self.text, box)
