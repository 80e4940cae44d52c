"""Commands that only look: list, show, binder, today, search, journal, forms."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dossier_app.cli.base import answer, app, binder
from dossier_app.cli.handover import handover_data
from dossier_app.domain import clock
from dossier_app.domain.binder import TRAYS, Layout, day_slot
from dossier_app.domain.datewords import clock as clock_text
from dossier_app.domain.datewords import duration, full_date
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place_words import describe_place, slot_name
from dossier_app.domain.records import Dossier
from dossier_app.domain.sheets import Divider, Sheet
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import find_uid, load_dossier
from dossier_app.services.handover.ending import handover_of
from dossier_app.services.listing import PLACES, listed
from dossier_app.services.searching import find
from dossier_app.services.showing import dossier_data, place_data, slot_data
from dossier_app.services.undoing import journal_lines

Json = dict[str, Any]


@app.command("list")
def list_command(
    place: Annotated[str, typer.Option(help=", ".join(PLACES))] = "all",
) -> None:
    """List dossiers."""
    with binder(writing=False):
        day = clock.today()
        dossiers = listed(place, day)
    answer(
        [
            {
                "uid": dossier.uid,
                "name": dossier.name,
                "company": dossier.company,
                "place": place_data(dossier.place),
                "phones": dossier.phones,
                "emails": dossier.emails,
            }
            for dossier in dossiers
        ],
        "\n".join(
            f"{item.uid[:8]}  {item.name}  {item.company}  {describe_place(item.place, day)}"
            for item in dossiers
        ),
    )


@app.command()
def show(uid: str) -> None:
    """Show a whole dossier."""
    with binder(writing=False):
        dossier = load_dossier(find_uid(uid))
        handover = handover_of(dossier.uid)
        data = dossier_data(dossier) | {"handover": handover_data(handover) if handover else None}
        band = handover.band(clock.today()) if handover else ""
        answer(data, "\n".join(filter(None, (_dossier_text(dossier), band))))


@app.command("binder")
def binder_command(
    layout: Annotated[Layout | None, typer.Option(help="days or dated")] = None,
) -> None:
    """Show all dividers and what lies under them."""
    _show_dividers(layout, all_dividers=True)


@app.command()
def today(layout: Annotated[Layout | None, typer.Option(help="days or dated")] = None) -> None:
    """Show today's divider and the trays."""
    _show_dividers(layout, all_dividers=False)


@app.command()
def search(text: str, limit: Annotated[int, typer.Option(min=1)] = 20) -> None:
    """Find dossiers by name, phone, or any word in them."""
    with binder(writing=False):
        found = find(text, limit)
    answer(
        [
            {"uid": hit.uid, "name": hit.name, "company": hit.company, "why": hit.why}
            for hit in found
        ],
        "\n".join(f"{hit.uid[:8]}  {hit.name}  {hit.company}  {hit.why}" for hit in found)
        or tr("Nothing was found."),
    )


@app.command()
def journal(
    dossier: Annotated[str | None, typer.Option(help="only what touched this dossier")] = None,
) -> None:
    """List what was done, newest first."""
    with binder(writing=False):
        lines = journal_lines(find_uid(dossier) if dossier else None)
    answer(
        [
            {
                "at": line.at,
                "author": line.author,
                "action": line.action,
                "dossiers": line.dossiers,
                "undone": line.undone,
            }
            for line in lines
        ],
        "\n".join(
            f"{line.at[:16].replace('T', ' ')}  {line.action}" + ("  ↶" if line.undone else "")
            for line in lines
        ),
    )


def _show_dividers(layout: Layout | None, *, all_dividers: bool) -> None:
    with binder(writing=False):
        settings = settings_service.load()
        settings.layout = layout or settings.layout
        reader = BinderReader.on(clock.today(), settings)
        shown = [
            (divider, reader.sheets(divider.slot))
            for divider in reader.binder().dividers
            if all_dividers or divider.slot.kind in TRAYS or divider.slot == day_slot(reader.today)
        ]
    data = {
        "today": str(reader.today),
        "dividers": [divider_data(divider, sheets) for divider, sheets in shown],
    }
    text = "\n\n".join(_divider_text(divider, sheets) for divider, sheets in shown if sheets)
    answer(data, text or tr("The binder is empty."))


def divider_data(divider: Divider, sheets: list[Sheet]) -> Json:
    """A divider with its load and what lies under it."""
    load = divider.load
    return {
        **slot_data(divider.slot),
        "working": divider.working,
        "load": {
            "contacts": load.contacts,
            "minutes": load.minutes,
            "capacity_contacts": load.capacity_contacts,
            "capacity_minutes": load.capacity_minutes,
        },
        "sheets": [sheet_data(sheet) for sheet in sheets],
    }


def sheet_data(sheet: Sheet) -> Json:
    """One row under a divider."""
    return {
        "type": str(sheet.type),
        "uid": sheet.uid,
        "dossier": sheet.dossier_uid or None,
        "title": sheet.title,
        "company": sheet.company,
        "date": str(sheet.on) if sheet.on else None,
        "time": clock_text(sheet.time) if sheet.time else None,
        "text": sheet.todo,
        "carried": sheet.carried,
    }


def _divider_text(divider: Divider, sheets: list[Sheet]) -> str:
    lines = [f"{slot_name(divider.slot, clock.today())}: {_load_text(divider)}"]
    for sheet in sheets:
        moment = clock_text(sheet.time) if sheet.time else "     "
        lines.append(
            f"  {moment}  {sheet.uid[:8]}  {sheet.title}  {sheet.company}  {sheet.todo}".rstrip()
        )
    return "\n".join(lines)


def _load_text(divider: Divider) -> str:
    sheets = ntr("{n} sheet", "{n} sheets", divider.sheets)
    return f"{sheets}, {duration(divider.load.minutes)}"


def _dossier_text(dossier: Dossier) -> str:
    lines = [dossier.name, dossier.company, describe_place(dossier.place, clock.today())]
    if dossier.step and dossier.step.text:
        lines.append(dossier.step.text)
    for person in dossier.people:
        points = ", ".join(point.value for point in person.contact_points)
        lines.append(" · ".join(filter(None, (person.full_name, person.position, points))))
    lines += [point.value for point in dossier.contact_points]
    lines.append(dossier.note)
    for entry in dossier.history[:10]:
        lines.append(f"{full_date(entry.at.date())}: {entry.text} {entry.agreed}".rstrip())
    return "\n".join(line for line in lines if line)
