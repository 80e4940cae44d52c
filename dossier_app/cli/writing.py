"""Commands that change the binder: demo, new, set, file, log, undo, redo."""

from __future__ import annotations

from typing import Annotated

import typer

from dossier_app.cli.base import STATE, answer, app, binder
from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import Place
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.promising import read_promise
from dossier_app.domain.records import Channel, Direction, NextStep, StepKind
from dossier_app.services import contacts, refiling, undoing
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import (
    DuplicateRefusal,
    NewDossier,
    add_dossier,
    find_uid,
    load_dossier,
    read_next,
    set_field,
)
from dossier_app.services.duplicates import Duplicate
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.showing import place_data, slot_data


@app.command()
def demo(clients: Annotated[int | None, typer.Option(min=0)] = None) -> None:
    """Fill an empty binder with invented clients."""
    with binder(writing=True):
        added = fill_with_sample(clients)
    answer(
        {"dossiers": added},
        ntr("{n} sample dossier was filed.", "{n} sample dossiers were filed.", added),
    )


@app.command()
def new(
    name: Annotated[str, typer.Option()] = "",
    company: Annotated[str, typer.Option()] = "",
    phone: Annotated[list[str] | None, typer.Option()] = None,
    email: Annotated[list[str] | None, typer.Option()] = None,
    next_: Annotated[str | None, typer.Option("--next", metavar="WHEN")] = None,
    force: Annotated[bool, typer.Option(help="Add it although there is one like it.")] = False,
) -> None:
    """Make a dossier, after looking whether the client is there already."""
    with binder(writing=True):
        client = NewDossier(
            name, company, phone or [], email or [], next=read_next(next_) if next_ else None
        )
        try:
            dossier, found = add_dossier(client, force=force)
        except DuplicateRefusal as refusal:
            if not STATE.json:
                raise
            answer({"uid": None, "duplicates": _duplicates(refusal.duplicates)}, "")
            raise
    answer(
        {"uid": dossier.uid, "duplicates": _duplicates(found)},
        tr(
            "{name}: {place}", name=dossier.name, place=describe_place(dossier.place, clock.today())
        ),
    )


@app.command("set")
def set_command(uid: str, path: str, value: str) -> None:
    """Change one field of a dossier."""
    with binder(writing=True):
        full = find_uid(uid)
        changes, changed = set_field(full, path, value)
    answer({"uid": full, "changed": [changed] if changes else []}, tr("Saved."))


@app.command("file")
def file_command(uid: str, when: str) -> None:
    """Put a dossier under another date."""
    with binder(writing=True):
        full = find_uid(uid)
        refiling.file_at(full, read_next(when))
        place = load_dossier(full).place
        slot = _slot(place)
    answer(
        {"uid": full, "place": place_data(place), "slot": slot},
        describe_place(place, clock.today()),
    )


@app.command()
def log(
    uid: str,
    channel: Annotated[Channel, typer.Option()],
    text: Annotated[str, typer.Option()] = "",
    direction: Annotated[Direction, typer.Option()] = Direction.OUT,
    not_reached: Annotated[bool, typer.Option("--not-reached")] = False,
    agreed: Annotated[str, typer.Option()] = "",
    promise: Annotated[list[str] | None, typer.Option(metavar="WHO;DUE;TEXT")] = None,
    next_: Annotated[str | None, typer.Option("--next", metavar="WHEN")] = None,
    next_kind: Annotated[StepKind | None, typer.Option()] = None,
    next_text: Annotated[str | None, typer.Option()] = None,
    minutes: Annotated[int | None, typer.Option(min=0)] = None,
    fixed: Annotated[bool, typer.Option(help="The next date is agreed with the client.")] = False,
    private: Annotated[bool, typer.Option(help="Never on a discreet page.")] = False,
) -> None:
    """Log a contact and re-file the dossier."""
    with binder(writing=True):
        full = find_uid(uid)
        if not text.strip() and not not_reached and not agreed.strip():
            raise Refusal(tr("Say what happened: --text, or --not-reached."))
        today = clock.today()
        promises = [made for item in promise or () if (made := read_promise(item, today))]
        contact = contacts.Contact(
            channel=channel,
            direction=direction,
            reached=not not_reached,
            text=text,
            agreed=agreed,
            private=private,
            promises=promises,
            next=read_next(next_) if next_ else None,
            step=_step(full, next_kind, next_text, minutes, fixed=fixed),
        )
        _, entry = contacts.log_contact(full, contact)
        place = load_dossier(full).place
        slot = _slot(place)
    answer(
        {"uid": full, "entry": entry.uid, "place": place_data(place), "slot": slot},
        describe_place(place, clock.today()),
    )


@app.command()
def undo(count: Annotated[int, typer.Argument(min=1)] = 1) -> None:
    """Take back the last actions."""
    _turn(count, forward=False)


@app.command()
def redo(count: Annotated[int, typer.Argument(min=1)] = 1) -> None:
    """Do again what was undone."""
    _turn(count, forward=True)


def _turn(count: int, *, forward: bool) -> None:
    done = []
    with binder(writing=True):
        for _ in range(count):
            changes = undoing.redo() if forward else undoing.undo()
            if changes is None:
                break
            done.append(
                {"action": undoing.title_of(changes.action), "dossiers": sorted(changes.uids)}
            )
    if not done:
        raise Refusal(
            tr("There is nothing to do again.") if forward else tr("There is nothing to undo.")
        )
    answer(done, "\n".join(str(item["action"]) for item in done))
    if len(done) < count:
        raise typer.Exit(3)


def _step(
    uid: str, kind: StepKind | None, text: str | None, minutes: int | None, *, fixed: bool
) -> NextStep | None:
    """The next step that the options describe; None when they say nothing."""
    if kind is None and text is None and minutes is None and not fixed:
        return None
    old = load_dossier(uid).step or NextStep()
    step = contacts.usual_step(kind or old.kind, old.text if text is None else text, fixed=fixed)
    step.minutes = step.minutes if minutes is None else minutes
    return step


def _slot(place: Place) -> dict[str, object]:
    reader = BinderReader.on(clock.today(), settings_service.load())
    return slot_data(reader.rules.slot(place))


def _duplicates(found: list[Duplicate]) -> list[dict[str, str]]:
    return [{"uid": item.uid, "name": item.name, "why": item.why} for item in found]
