"""The month-end audit on paper: lists to tick off with a pencil."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.platypus import Flowable

from dossier_app.domain.audit import Audit, AuditLine
from dossier_app.domain.datewords import full_date, month_name
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.words import day_words
from dossier_app.printing.blocks import Block, Heading, Row, Text
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import BODY, FAR, LEAD, MM, MUTED, NAME, NEAR, SMALL, STRONG, TITLE

_WHEN_WIDTH = 54 * MM
_QUIET = BODY(grey=MUTED)


def print_audit(audit: Audit, options: PrintOptions) -> Printed:
    """The four lists of the audit, in the current language; empty ones say so."""
    month = month_name(audit.month)
    title = tr("Month-end audit, {month}", month=month)
    today = options.today
    head = " · ".join([tr("Month-end audit"), full_date(today)])
    story: list[Flowable] = [
        Begin(Running(head, month)),
        Heading(tr("Month-end audit"), NAME),
        Text(month, LEAD, above=NEAR),
    ]
    for heading, explained, lines in (
        (tr("Left behind"), tr("The date has passed."), audit.left_behind),
        (tr("Without a date"), tr("No next step was agreed."), audit.without_date),
        (tr("To spread"), tr("The month has come; a day is missing."), audit.to_spread),
        (tr("Not seen"), tr("Nobody was reached in {month}.", month=month), audit.not_seen),
    ):
        story += _part(heading, explained, lines, options)
    return build(story, options, title=title)


def _part(
    heading: str, explained: str, lines: Sequence[AuditLine], options: PrintOptions
) -> list[Block]:
    """A list under its heading, which never stands at the foot of a page alone."""
    count = ntr("{n} dossier", "{n} dossiers", len(lines))
    said = Text(f"{explained} {count}." if lines else tr("None."), SMALL, above=NEAR)
    top: list[Block] = [Heading(heading, TITLE, level=1), said]
    rows = [_row(line, options, above=0 if place else NEAR) for place, line in enumerate(lines)]
    return [Row([[*top, *rows[:1]]], [0], above=FAR), *rows[1:]]


def _row(line: AuditLine, options: PrintOptions, *, above: float) -> Row:
    sheet, today = line.sheet, options.today
    hidden = sheet.title_is_private and not options.private
    name = ("" if hidden else sheet.title) or tr("No name")
    who: list[Block] = [Text(name, STRONG, tick="open", keep=True)]
    about = " · ".join(part for part in (sheet.company, sheet.todo) if part)
    if about:
        who.append(Text(about, _QUIET, limit=2, indented=True))
    lies, *more = _when(line, today)
    when = [Text(lies), *(Text(text, _QUIET) for text in more)]
    return Row([who, when], [0, _WHEN_WIDTH], above=above, pad=2.6, ruled=True)


def _when(line: AuditLine, today: date) -> list[str]:
    """Where it lies, since when nobody was reached, how often it was carried."""
    if line.place.date is not None:
        texts = [day_words(line.place.date, today)]
    else:
        texts = [month_name(line.place.month) if line.place.month else tr("In tray")]
    if line.reached_on is None:
        texts.append(tr("never reached"))
    else:
        texts.append(tr("last reached {day}", day=day_words(line.reached_on, today)))
    if carried := line.sheet.carried:
        texts.append(ntr("carried {n} time", "carried {n} times", carried))
    return texts
