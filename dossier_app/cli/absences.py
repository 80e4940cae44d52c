"""Commands about an absence: ``handover plan`` and ``handover report``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from dossier_app.cli.base import answer, binder
from dossier_app.cli.handover import handover_app, handover_data, read_day, warn
from dossier_app.cli.reading import divider_data, sheet_data
from dossier_app.domain import clock
from dossier_app.domain.datewords import duration, full_date, short_day
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import Absence, AbsencePlan, PlannedDossier
from dossier_app.domain.handover.report import DossierReport, HandoverReport
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Promise, SlipKind
from dossier_app.domain.words import promise_words
from dossier_app.services.handover import ending, planning, reporting
from dossier_app.services.showing import place_data

Json = dict[str, Any]


@handover_app.command()
def plan(
    *,
    from_: Annotated[str, typer.Option("--from", metavar="DATE")],
    until: Annotated[str, typer.Option(metavar="DATE")],
) -> None:
    """Tell what falls in an absence; nothing is changed."""
    with binder(writing=False):
        found = planning.plan(Absence(read_day(from_), read_day(until)))
    warn(found.warnings)
    answer(_plan_data(found), _plan_text(found))


@handover_app.command()
def report(
    uid: Annotated[str, typer.Argument(metavar="ABSENCE_OR_HANDOVER")],
) -> None:
    """Tell what colleagues did in an absence, or in one handover."""
    with binder(writing=False):
        found = _reports(uid)
    answer(
        {"handovers": [_handover_report(item) for item in found]},
        "\n".join(_report_text(item) for item in found) or tr("Nothing was handed over."),
    )


def _reports(uid: str) -> list[HandoverReport]:
    """Of an absence or a handover whose uid begins with ``uid``."""
    known = [item for item in planning.all_absences() if uid and item.uid.startswith(uid)]
    if not known:
        return [reporting.report_of_handover(ending.find_handover(uid))]
    if any(item.uid.startswith(uid) for item in ending.all_handovers()):
        raise Refusal(tr("Several handovers begin with {uid}; give more of it.", uid=uid))
    return reporting.report_of_absence(planning.find_absence(uid)).handovers


def _plan_data(found: AbsencePlan) -> Json:
    left = found.left()
    return {
        "from": str(found.absence.first_day),
        "until": str(found.absence.last_day),
        "dossiers": [_planned_data(item) for item in found.dossiers],
        "loose": [sheet_data(sheet) for sheet in found.loose],
        "days": [divider_data(day, []) for day in found.days],
        "left": {
            "dossiers": [item.uid for item in left.dossiers],
            "loose": [sheet.uid for sheet in left.loose],
        },
        "warnings": found.warnings,
    }


def _planned_data(item: PlannedDossier) -> Json:
    return {
        "uid": item.uid,
        "name": item.name,
        "company": item.company,
        "place": place_data(item.place),
        "sheets": [sheet_data(sheet) for sheet in item.sheets],
        "promises": _promises(item.promises),
        "handover": handover_data(item.handover) if item.handover else None,
        "notes": {"answers": item.notes.known, "told": item.notes.told},
    }


def _plan_text(found: AbsencePlan) -> str:
    today = clock.today()
    lines = []
    for day in found.days:
        if day.slot.date is not None and (day.sheets or day.working):
            sheets = ntr("{n} sheet", "{n} sheets", day.sheets)
            lines.append(f"{full_date(day.slot.date)}  {sheets}, {duration(day.load.minutes)}")
    for item in found.dossiers:
        band = item.handover.band(today) if item.handover else ""
        lines.append(f"{item.uid[:8]}  {item.name}  {item.company}  {band}".rstrip())
        lines += [
            f"  {_day(sheet.on) or describe_place(item.place, today)}  {sheet.todo}".rstrip()
            for sheet in item.sheets
        ]
        said = {sheet.todo for sheet in item.sheets if sheet.slip_kind is SlipKind.PROMISE}
        lines += [f"  {promise_words(one, today)}" for one in item.promises if one.text not in said]
    lines += [f"{sheet.uid[:8]}  {_day(sheet.on)}  {sheet.todo}" for sheet in found.loose]
    left = found.left()
    count = len(left.dossiers) + len(left.loose)
    lines.append(ntr("{n} sheet is with nobody", "{n} sheets are with nobody", count))
    return "\n".join(lines)


def _handover_report(found: HandoverReport) -> Json:
    return {
        **handover_data(found.handover),
        "totals": {**msgspec.to_builtins(found.totals), "untouched": found.totals.untouched},
        "dossiers": [_dossier_report(item) for item in found.dossiers],
        "loose": msgspec.to_builtins(found.loose),
    }


def _dossier_report(item: DossierReport) -> Json:
    return {
        "uid": item.uid,
        "name": item.name,
        "company": item.company,
        "touched": item.is_touched,
        "before": place_data(item.before),
        "place": place_data(item.place),
        "contacts": msgspec.to_builtins(item.contacts),
        "promises_made": _promises(item.made),
        "promises_kept": _promises(item.kept),
        "promises_open": _promises(item.open),
        "slips_done": msgspec.to_builtins(item.ticked),
        "documents": [document.name for document in item.documents],
        "changed": item.changed,
    }


def _report_text(found: HandoverReport) -> str:
    today, totals = clock.today(), found.totals
    lines = [
        found.handover.band(today),
        ntr("{n} contact", "{n} contacts", totals.contacts),
        ntr("{n} dossier untouched", "{n} dossiers untouched", totals.untouched),
    ]
    for item in found.dossiers:
        if item.is_touched:
            place = describe_place(item.place, today)
            lines.append(f"{item.uid[:8]}  {item.name}  {item.company}  {place}")
            lines += [
                f"  {_day(entry.at.date())}  {entry.author}  {entry.text}"
                for entry in item.contacts
            ]
    return "\n".join(lines)


def _promises(promises: list[Promise]) -> list[Json]:
    listed: list[Json] = msgspec.to_builtins(promises)
    return listed


def _day(day: date | None) -> str:
    return short_day(day, clock.today()) if day else ""
