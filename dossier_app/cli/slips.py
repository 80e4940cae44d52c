"""Commands for slips and loose sheets: add, move, done, remove, checkpoints."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from dossier_app.cli.base import answer, app, binder
from dossier_app.domain.changes import Changes
from dossier_app.domain.datewords import full_date
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.records import Slip, SlipKind
from dossier_app.domain.repeating import describe_repeat, read_repeat
from dossier_app.services import slips
from dossier_app.services.dossiers import find_uid, load_dossier, read_next

slip_app = typer.Typer(help="Slips under a date, of a dossier or on a loose sheet.")
app.add_typer(slip_app, name="slip")


@slip_app.command()
def add(
    text: str,
    on: Annotated[str, typer.Option(metavar="WHEN")],
    dossier: Annotated[str | None, typer.Option(help="Without one it is a loose sheet.")] = None,
    minutes: Annotated[int, typer.Option(min=0)] = 0,
    repeat: Annotated[str, typer.Option(help="“every second Tuesday”")] = "",
) -> None:
    """Put a slip under a date."""
    with binder(writing=True):
        when = read_next(on)
        slip = Slip(
            SlipKind.REMINDER,
            _day(on),
            text,
            time=when.time,
            minutes=minutes,
            repeat=read_repeat(repeat),
        )
        slips.add_slip(slip, find_uid(dossier) if dossier else "")
    often = describe_repeat(slip.repeat) if slip.repeat else ""
    answer(
        {"uid": slip.uid, "on": str(slip.on), "repeat": slip.repeat or None},
        ", ".join(filter(None, (full_date(slip.on), often))),
    )


@slip_app.command()
def move(uid: str, when: str) -> None:
    """Put a slip under another day."""
    with binder(writing=True):
        day = _day(when)
        changes = slips.move_slips([slips.find_slip(uid)], day)
    answer({"on": str(day), "dates": _dates(changes)}, full_date(day))


@slip_app.command()
def done(
    uid: str,
    dossier: Annotated[str | None, typer.Option(help="Of an occasion: its dossier.")] = None,
) -> None:
    """Tick a slip; one that comes again lies under its next date."""
    with binder(writing=True):
        if dossier is not None:
            changes = slips.tick(uid, find_uid(dossier))
        else:
            changes = slips.tick(slips.find_slip(uid))
    answer({"dates": _dates(changes)}, tr("Saved."))


@slip_app.command()
def remove(uid: str) -> None:
    """Take a slip away."""
    with binder(writing=True):
        changes = slips.remove_slips([slips.find_slip(uid)])
    answer({"dates": _dates(changes)}, tr("Saved."))


@slip_app.command()
def checkpoints(uid: str, title: str, start: str, end: str) -> None:
    """Put slips for the five control points of a job under their days."""
    with binder(writing=True):
        full = find_uid(uid)
        before = {slip.uid for slip in load_dossier(full).slips}
        slips.add_checkpoints(full, title, _day(start), _day(end))
        made = [slip for slip in load_dossier(full).slips if slip.uid not in before]
    answer(
        {
            "uid": full,
            "slips": [{"uid": slip.uid, "on": str(slip.on), "text": slip.text} for slip in made],
        },
        "\n".join(f"{full_date(slip.on)}  {slip.text}" for slip in made),
    )


def _day(text: str) -> date:
    day = read_next(text).place.date
    if day is None:
        raise Refusal(tr("“{text}” is not a day.", text=text))
    return day


def _dates(changes: Changes) -> list[Any]:
    """The days under which something lies or lay."""
    return sorted(changes.slip_dates)
