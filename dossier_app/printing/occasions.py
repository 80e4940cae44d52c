"""A month's birthdays and anniversaries as one list, to tick off with a pencil."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import day_month, full_date, month_name, weekday
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.occasions import OccasionLine
from dossier_app.domain.place import Month
from dossier_app.printing.blocks import Block, Heading, Row, Text
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import APART, BODY, FAR, LEAD, MM, MUTED, NAME, NEAR, STRONG

_DAY_WIDTH = 34 * MM
_BESIDE_WIDTH = 58 * MM
_QUIET = BODY(grey=MUTED)


def print_month(month: Month, lines: Sequence[OccasionLine], options: PrintOptions) -> Printed:
    """The occasions of ``month`` by day, in the current language; private ones only with
    ``options.private``. Raises Refusal when there is none to print."""
    name = month_name(month)
    shown = [line for line in lines if options.private or not line.occasion.private]
    if not shown:
        raise Refusal(tr("No occasions are known in {month}.", month=name))
    head = " · ".join([tr("Occasions"), full_date(options.today)])
    count = ntr("{month}: {n} occasion", "{month}: {n} occasions", len(shown), month=name)
    story: list[Flowable] = [
        Begin(Running(head, name, private=options.private)),
        Heading(tr("Occasions"), NAME),
        Text(count, LEAD, above=NEAR),
    ]
    day = None
    for line in shown:
        first = line.occasion.on != day
        above = (FAR if day is None else APART) if first else 0
        day = line.occasion.on
        story.append(_row(line, first_of_day=first, above=above))
    return build(story, options, title=tr("Occasions, {month}", month=name))


def _row(line: OccasionLine, *, first_of_day: bool, above: float) -> Row:
    occasion = line.occasion
    # The day is told in each row: the next one may begin a page.
    when: list[Block] = [Text(day_month(occasion.on), STRONG if first_of_day else _QUIET)]
    if first_of_day:
        when.append(Text(weekday(occasion.on), _QUIET))
    who: list[Block] = [
        Text(occasion.who or tr("No name"), STRONG, tick="open", limit=2),
        Text(occasion.text, _QUIET, limit=2, indented=True),
    ]
    beside: list[Block] = [
        Text(text, limit=2) for text in (line.company, line.phone) if text.strip()
    ]
    widths = [_DAY_WIDTH, 0, _BESIDE_WIDTH]
    return Row([when, who, beside], widths, above=above, pad=2.6, ruled=True)
