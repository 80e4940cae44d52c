"""What pages that must not grow beyond one or two have in common: they are measured before
they are made, and what is too much is shortened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import HistoryEntry
from dossier_app.domain.words import channel_words, day_words
from dossier_app.printing.blocks import Block, Label, Row, Text, labelled, timeline
from dossier_app.printing.options import Printed
from dossier_app.printing.style import APART, BODY, FAR, SMALL, Sheet

_CLOSED = tuple(".!?…:;,")  # how a text ends that needs no full stop before the next one


def height(blocks: Iterable[Block], sheet: Sheet) -> float:
    """The height of ``blocks`` below each other, in points."""
    width = sheet.text_width
    return sum(block.spaceBefore + block.height_in(width) for block in blocks)


def fewest_pages(tries: Iterable[Callable[[], Printed]]) -> Printed:
    """Of several settings of one print, each closer than the one before, the first of those
    that take the fewest pages."""
    best = None
    for make in tries:
        printed = make()
        if best is None or printed.pages < best.pages:
            best = printed
        if best.pages == 1:
            break
    assert best is not None
    return best


def fill(blocks: list[Block], sheet: Sheet) -> tuple[list[Block], list[Block]]:
    """What of ``blocks`` one page holds, and the rest."""
    room = sheet.text_height
    for number, block in enumerate(blocks):
        room -= height([block], sheet)
        if room < 0:
            return blocks[:number], blocks[number:]
    return blocks, []


def short_list(
    label: str, texts: Sequence[str], items: int, lines: int, *, tick: Literal["", "open"] = ""
) -> list[Block]:
    """At most ``items`` of ``texts`` under their label, each of so many ``lines``, and how
    many more there are; nothing for none."""
    if not texts:
        return []
    shown = texts[:items]
    blocks: list[Block] = [Text(text, BODY, limit=lines, tick=tick) for text in shown]
    if more := len(texts) - len(shown):
        blocks.append(Text(ntr("and {n} more", "and {n} more", more), SMALL))
    return labelled(label, *blocks)


def listed(label: str, rows: Sequence[Block]) -> list[Block]:
    """``rows`` (at least one) over any number of pages, the first one with the label."""
    first, *more = rows
    return [Row([[Label(label), first]], [0], above=FAR), *more]


def side_by_side(sections: Iterable[Sequence[list[Block]]]) -> list[Block]:
    """Each section as a row of its cells; empty cells and sections go. A lone half of a
    pair keeps its half of the page."""
    rows: list[Block] = []
    for section in sections:
        cells = [cell for cell in section if cell]
        if cells:
            cells += [[]] * (len(section) - len(cells))
            rows.append(Row(cells, [0] * len(cells), above=APART))
    return rows


def last_contacts(entries: Sequence[HistoryEntry], today: date, lines: int) -> list[Block]:
    """``entries`` as a list by date under its label; nothing for none."""
    rows = [
        timeline(day_words(entry.at.date(), today), [Text(_contact(entry), BODY, limit=lines)])
        for entry in entries
    ]
    return labelled(tr("Last contacts"), *rows) if rows else []


def _contact(entry: HistoryEntry) -> str:
    """What was said and agreed, in one paragraph."""
    return sentences(f"{channel_words(entry)}.", entry.text, entry.agreed)


def sentences(*texts: str) -> str:
    """Short texts as one paragraph: each is closed like a sentence, or by a semicolon where
    the next one begins with a small letter."""
    parts = [part for text in texts if (part := " ".join(text.split()))]
    told = ""
    for part in parts:
        if told and not told.endswith(_CLOSED):
            told += ";" if part[0].islower() else "."
        told += f" {part}" if told else part
    return told if told.endswith(_CLOSED) or not told else f"{told}."
