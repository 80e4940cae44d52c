"""Commands for files and paper: import, print, export."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - an option is called date
from pathlib import Path
from typing import Annotated

import typer

from dossier_app.cli.base import answer, app, binder, write_file
from dossier_app.cli.reviewing import DAYS_HELP, read_review
from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import Month
from dossier_app.services import (
    exporting,
    handover_prints,
    importing,
    print_documents,
    print_lists,
    printing,
    reviewing,
)
from dossier_app.services.dossiers import find_uid, load_dossier, read_next
from dossier_app.services.handover import ending
from dossier_app.services.import_report import FileReport
from dossier_app.services.templates import templates

AUDIT, OCCASIONS, REVIEW = "audit", "occasions", "review"
HANDOVER, HANDOVER_REPORT = "handover", "handover-report"
PRINTS = (*printing.PrintKind, AUDIT, OCCASIONS, REVIEW, HANDOVER, HANDOVER_REPORT)


@app.command("import")
def import_command(
    file: list[Path],
    encoding: Annotated[str | None, typer.Option()] = None,
    delimiter: Annotated[str | None, typer.Option()] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD")] = None,
    into: Annotated[
        str | None, typer.Option(metavar="UID", help="The dossier whose history mails go into.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Report only, change nothing.")] = False,
) -> None:
    """Bring contacts (vCard, CSV, XLSX) and mails (.eml, .msg) into the binder."""
    options = importing.ReadOptions(encoding, delimiter, _mapping(map_ or []))
    with binder(writing=True):
        opened = [importing.read_file(path, options) for path in importing.files_below(file)]
        home = find_uid(into) if into else ""
        report, _ = importing.import_files(opened, into=home, dry_run=dry_run)
    answer(
        {
            "files": [
                {
                    "file": line.file,
                    "format": line.format or None,
                    "records": line.records,
                    "added": line.added,
                    "joined": line.joined,
                    "skipped": line.skipped,
                    "problems": [
                        {"record": problem.record, "reason": problem.reason}
                        for problem in line.problems
                    ],
                }
                for line in report.files
            ],
            "dossiers": report.dossiers,
        },
        "\n".join(_report_text(line) for line in report.files),
    )
    if not report.complete:
        raise typer.Exit(3 if report.dossiers or len(report.files) > 1 else 1)


@app.command("print")
def print_command(
    kind: Annotated[str, typer.Argument(metavar="|".join(PRINTS))],
    uid: Annotated[
        list[str] | None, typer.Argument(help="Dossiers; of a handover's prints the handover.")
    ] = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output")],
    date: Annotated[
        str | None, typer.Option(help="The day whose dossiers are printed, or the month of a list.")
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="pack: so many days from the date on; kit: so many working days. "
            f"review: {DAYS_HELP}",
        ),
    ] = None,
    template: Annotated[str | None, typer.Option(help="blank: the key of the form.")] = None,
    part: Annotated[
        list[printing.KitPart] | None, typer.Option(help="kit: this part, not all of it.")
    ] = None,
    whole: Annotated[bool, typer.Option(help="pack: whole dossiers, not briefs.")] = False,
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="PART,PART",
            help=f"Whole dossiers have only these parts: {', '.join(printing.DossierPart)}.",
        ),
    ] = None,
    last_contacts: Annotated[
        int, typer.Option(min=0, help="Whole dossiers: so many entries of the history, 0 for all.")
    ] = 0,
    append: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DOCUMENT",
            help="dossier: this PDF or picture document (name or uid) behind it.",
        ),
    ] = None,
    append_all: Annotated[
        bool, typer.Option("--append-all", help="dossier: all PDF and picture documents.")
    ] = False,
    private: Annotated[bool, typer.Option(help="Private facts too.")] = False,
    paper: Annotated[str | None, typer.Option(metavar="a4|letter")] = None,
) -> None:
    """Print to a PDF file: dossiers, those named or all under a day; a pack for the day; a
    list; a blank form; the paper binder; the papers of a handover."""
    if kind not in PRINTS:
        raise Refusal(tr("“{text}” is not one of: {known}.", text=kind, known=", ".join(PRINTS)))
    if paper not in (None, "a4", "letter"):
        raise Refusal(tr("“{text}” is not one of: {known}.", text=paper, known="a4, letter"))
    with binder(writing=False):
        chosen = printing.options(
            paper=paper,  # type: ignore[arg-type]
            private=private,
            parts=_parts(parts),
            last_contacts=last_contacts,
        )
        if kind == AUDIT:
            printed = printing.draw(
                print_lists.prepare_audit(_month(date) or Month.of(clock.today()), chosen)
            )
        elif kind == REVIEW:
            printed = reviewing.print_review(read_review(date, days), chosen)
        elif kind == OCCASIONS:
            # The list for a month is wanted in the month before.
            month = _month(date) or Month.of(clock.today()).plus(1)
            printed = printing.draw(print_lists.prepare_occasions(month, chosen))
        elif kind in (HANDOVER, HANDOVER_REPORT):
            printed = printing.draw(_prepare_handover(kind, uid or [], chosen))
        else:
            wanted = printing.PrintKind(kind)
            if uid and wanted not in (printing.PrintKind.BRIEF, printing.PrintKind.DOSSIER):
                raise Refusal(tr("“print {kind}” is not for single dossiers.", kind=kind))
            if append or append_all:
                prepared = _prepare_appended(wanted, uid or [], append or [], chosen)
            else:
                prepared = _prepare(
                    wanted, uid or [], _day(date), days, template or "", part, chosen, whole=whole
                )
            printed = printing.draw(prepared)
    write_file(output, printed.data)
    answer(
        {"file": str(output), "pages": printed.pages},
        ntr("{file}: {n} page", "{file}: {n} pages", printed.pages, file=output),
    )


def _prepare_handover(
    kind: str, uids: list[str], chosen: printing.PrintOptions
) -> printing.Prepared:
    if len(uids) != 1:
        raise Refusal(tr("Which handover? “handover list” names them."))
    found = ending.find_handover(uids[0])
    if kind == HANDOVER_REPORT:
        return handover_prints.prepare_absence_report(found, chosen)
    return handover_prints.prepare_handover_pack(found, chosen)


def _prepare_appended(
    kind: printing.PrintKind, uids: list[str], wanted: list[str], chosen: printing.PrintOptions
) -> printing.Prepared:
    """One dossier with the documents named behind it; with all that can be when none is."""
    if kind is not printing.PrintKind.DOSSIER or len(uids) != 1:
        raise Refusal(tr("Documents are printed behind one dossier only: “print dossier UID”."))
    dossier = load_dossier(find_uid(uids[0]))
    keys = print_documents.find_printable(dossier, wanted, private=chosen.private) or {
        versions.key for versions in print_documents.printable(dossier)
    }
    return print_documents.read_dossier(dossier.uid, keys, chosen).at_once()


def _prepare(
    kind: printing.PrintKind,
    uids: list[str],
    day: Date,
    days: int | None,
    template: str,
    parts: list[printing.KitPart] | None,
    chosen: printing.PrintOptions,
    *,
    whole: bool,
) -> printing.Prepared:
    match kind:
        case printing.PrintKind.PACK:
            return printing.prepare_pack(day, days or 1, chosen, whole=whole)
        case printing.PrintKind.KIT:
            wanted, count = parts or list(printing.KitPart), days or printing.KIT_DAYS
            return printing.prepare_kit(chosen, parts=wanted, first=day, days=count)
        case printing.PrintKind.BLANK:
            if not template:
                raise Refusal(
                    tr(
                        "Which form? Give --template and one of: {known}.",
                        known=", ".join(templates()),
                    )
                )
            return printing.prepare_blank(template, chosen)
        case printing.PrintKind.BINDER:
            return printing.prepare_binder(chosen)
    found = [find_uid(item) for item in uids] or printing.dossiers_of_day(day)
    return printing.prepare(kind, found, chosen)


@app.command()
def export(
    kind: exporting.ExportKind,
    uid: Annotated[list[str] | None, typer.Argument()] = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output")],
    private: Annotated[bool, typer.Option(help="Private facts too.")] = False,
) -> None:
    """Write dossiers for other programs."""
    with binder(writing=False):
        uids = [find_uid(item) for item in uid or ()]
        exported = exporting.export(kind, uids, private=private)
    write_file(output, exported.data)
    answer(
        {"file": str(output), "records": exported.records},
        ntr("{file}: {n} record", "{file}: {n} records", exported.records, file=output),
    )


def _day(text: str | None) -> Date:
    """The day that was typed; today when none was."""
    day = read_next(text).place.date if text else clock.today()
    if day is None:
        raise Refusal(tr("“{text}” is not a day.", text=text))
    return day


def _parts(text: str | None) -> list[printing.DossierPart]:
    """The parts that were typed; all of them when none was."""
    known = {str(part): part for part in printing.DossierPart}
    if text is None:
        return list(known.values())
    typed = [word.strip() for word in text.split(",") if word.strip()]
    for word in typed:
        if word not in known:
            names = ", ".join(known)
            raise Refusal(tr("“{text}” is not one of: {known}.", text=word, known=names))
    return [known[word] for word in typed]


def _month(text: str | None) -> Month | None:
    """The month of the day or month that was typed."""
    if not text:
        return None
    place = read_next(text).place
    if place.month is None and place.date is None:
        raise Refusal(tr("“{text}” is not a day.", text=text))
    return Month.of(place.date) if place.date else place.month


def _mapping(pairs: list[str]) -> dict[str, str] | None:
    for pair in pairs:
        if "=" not in pair:
            raise Refusal(tr("“{text}” is not of the form column=field.", text=pair))
    return dict(pair.split("=", 1) for pair in pairs) or None


def _report_text(line: FileReport) -> str:
    head = tr(
        "{file}: {records} read, {added} added, {joined} joined, {skipped} skipped",
        file=line.file,
        records=line.records,
        added=line.added,
        joined=line.joined,
        skipped=line.skipped,
    )
    problems = [f"  {problem.record or '-'}: {problem.reason}" for problem in line.problems]
    return "\n".join([head, *problems])
