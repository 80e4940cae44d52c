"""The report of an absence: what colleagues did meanwhile, client by client, with the totals
at the head; then the clients with whom nothing was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.handover.report import AbsenceReport, DossierReport, HandoverReport, Totals
from dossier_app.domain.handover.words import todo_words
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import HistoryEntry, Promise, Side
from dossier_app.domain.review_words import dates
from dossier_app.domain.words import channel_words, day_words, promise_words
from dossier_app.printing.blocks import (
    Block,
    Entry,
    Heading,
    Row,
    Text,
    WholeRow,
    labelled,
    timeline,
)
from dossier_app.printing.fitting import listed, side_by_side
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.review import Cell, page_head, strip
from dossier_app.printing.style import APART, BODY, FAR, LEAD, MM, MUTED, NEAR, SMALL, STRONG, TITLE

_PLACE_WIDTH = 62 * MM
_PAD = 2.6
_QUIET = BODY(grey=MUTED)


def print_absence_report(report: AbsenceReport | HandoverReport, options: PrintOptions) -> Printed:
    """The report of a whole absence, or of one handover, in the current language. Private
    contacts, promises and documents are left out unless asked for, of the numbers too."""
    parts = report.handovers if isinstance(report, AbsenceReport) else [report]
    if not options.private:
        parts = [_discreet(part) for part in parts]
    named = _days(report)
    head = tr("Report of an absence, {dates}", dates=named)
    story: list[Flowable] = [
        Begin(Running(head, private=options.private)),
        Entry(tr("Report of an absence")),
        page_head(tr("Report of an absence"), " · ".join([named, *_names(parts)])),
        strip(_figures(_totals(report, parts))),
    ]
    for part in parts:
        if len(parts) > 1:
            days = dates(part.handover.first_day, part.handover.last_day)
            story.append(Heading(_who(part.handover), TITLE, above=FAR))
            story.append(Text(days, LEAD, above=NEAR))
        story += _part(part, options.today, level=len(parts) > 1)
    return build(story, options, title=head)


def _days(report: AbsenceReport | HandoverReport) -> str:
    span = report.absence if isinstance(report, AbsenceReport) else report.handover
    return dates(span.first_day, span.last_day)


def _who(handover: Handover) -> str:
    """ "Седова → Петрова"."""
    names = [handover.own_name, handover.colleague]
    return " → ".join(names if handover.direction is Direction.GIVEN else reversed(names))


def _names(parts: Sequence[HandoverReport]) -> list[str]:
    return [_who(parts[0].handover)] if len(parts) == 1 else []


def _totals(report: AbsenceReport | HandoverReport, parts: list[HandoverReport]) -> Totals:
    if isinstance(report, AbsenceReport):
        return replace(report, handovers=parts).totals
    return parts[0].totals


def _discreet(part: HandoverReport) -> HandoverReport:
    return replace(part, dossiers=[_discreet_dossier(one) for one in part.dossiers])


def _discreet_dossier(one: DossierReport) -> DossierReport:
    hidden = {item.uid for item in (*one.made, *one.kept, *one.open) if item.private}
    return replace(
        one,
        name="" if one.name_is_private else one.name,
        contacts=_open(one.contacts),
        made=_open(one.made),
        kept=_open(one.kept),
        open=_open(one.open),
        ticked=[slip for slip in one.ticked if slip.promise_uid not in hidden],
        documents=_open(one.documents),
    )


def _open(items: Iterable[Any]) -> list[Any]:
    return [item for item in items if not item.private]


def _figures(totals: Totals) -> list[Cell]:
    return [
        Cell(
            tr("Dossiers worked on"),
            str(totals.touched),
            ntr("of {n} dossier handed over", "of {n} dossiers handed over", totals.dossiers),
        ),
        Cell(tr("Contacts"), str(totals.contacts), tr("{n} reached", n=totals.reached)),
        Cell(
            tr("Promises kept"),
            str(totals.promises_kept),
            tr(
                "{made} made, {open} open now",
                made=totals.promises_made,
                open=totals.promises_open,
            ),
        ),
        Cell(tr("New documents"), str(totals.documents)),
    ]


def _part(part: HandoverReport, today: date, *, level: int) -> list[Block]:
    blocks: list[Block] = []
    if part.handover.direction is Direction.GIVEN and not part.handover.merged:
        blocks.append(Text(tr("Nothing has come back yet."), STRONG, above=APART))
    touched = [one for one in part.dossiers if one.is_touched]
    for one in touched:
        blocks += _client(one, today, level)
    if untouched := [one for one in part.dossiers if not one.is_touched]:
        rows = [_untouched(one, today) for one in untouched]
        blocks += listed(tr("Nothing was done"), rows)
    if part.loose:
        rows = [
            Row(
                [[Text(slip.text, tick="done" if slip.done_on else "open")],
                 [Text(day_words(slip.done_on or slip.on, today))]],
                [0, _PLACE_WIDTH], pad=_PAD, ruled=True,
            )
            for slip in part.loose
        ]  # fmt: skip
        blocks += listed(tr("Loose sheets"), rows)
    return blocks


def _client(one: DossierReport, today: date, level: int) -> list[Block]:
    """One client: who, where it lies now, then what was done in the order of days."""
    who: list[Block] = [Heading(one.name or tr("No name"), TITLE, level=level)]
    if one.company:
        who.append(Text(one.company, SMALL, limit=2))
    head = WholeRow([who, _now(one, today)], [0, _PLACE_WIDTH], pad=_PAD)
    contacts = [_contact(entry, today) for entry in one.contacts]
    sides = [
        _promises(tr("Kept"), one.kept, today, done=True),
        _promises(tr("Open now"), one.open, today, done=False),
    ]
    first, *more = [head, *contacts]
    # The head never stands at the foot of a page alone.
    blocks: list[Block] = [Row([[first, *more[:1]]], [0], above=FAR), *more[1:]]
    blocks += side_by_side([sides])
    if other := _other(one):
        blocks.append(Text(other, SMALL, above=NEAR))
    return blocks


def _now(one: DossierReport, today: date) -> list[Block]:
    """The date that was agreed, and the one before it."""
    label = tr("New date") if one.refiled else tr("Next step")
    blocks = labelled(label, Text(describe_place(one.place, today), STRONG, limit=2))
    if one.step is not None:
        if one.step.time is not None and one.place.date is not None:
            blocks[-1] = Text(
                f"{describe_place(one.place, today)}, {clock(one.step.time)}", STRONG, limit=2
            )
        blocks.append(Text(todo_words(one.step), limit=3))
    if one.refiled:
        before = describe_place(one.before, today)
        blocks.append(Text(tr("was: {place}", place=before), SMALL, limit=2))
    return blocks


def _contact(entry: HistoryEntry, today: date) -> Row:
    what = " · ".join(part for part in (channel_words(entry), entry.author) if part)
    texts: list[Block] = [Text(what, SMALL, keep=True)]
    if entry.text.strip():
        texts.append(Text(entry.text.strip()))
    if entry.agreed.strip():
        texts.append(Text(tr("Agreed: {text}", text=entry.agreed.strip()), STRONG))
    return timeline(day_words(entry.at.date(), today), texts)


def _promises(label: str, promises: Sequence[Promise], today: date, *, done: bool) -> list[Block]:
    if not promises:
        return []
    texts = [
        Text(_promise(promise, today), tick="done" if done else "open") for promise in promises
    ]
    return labelled(label, *texts)


def _promise(promise: Promise, today: date) -> str:
    text = promise_words(promise, today)
    return text if promise.side is Side.OURS else tr("the client: {text}", text=text)


def _other(one: DossierReport) -> str:
    """What else was done, in a line."""
    parts = [tr("done: {text}", text=slip.text) for slip in one.ticked if not slip.promise_uid]
    parts += [document.name for document in one.documents]
    if one.changed:
        parts.append(ntr("{n} fact changed", "{n} facts changed", one.changed))
    return " · ".join(parts)


def _untouched(one: DossierReport, today: date) -> Row:
    who: list[Block] = [Text(one.name or tr("No name"), STRONG, limit=2)]
    if one.company:
        who.append(Text(one.company, SMALL, limit=2))
    place = [Text(describe_place(one.place, today), _QUIET)]
    return WholeRow([who, place], [0, _PLACE_WIDTH], pad=_PAD, ruled=True)
