"""Commands of a handover: create, inspect, accept, return, merge, end, prolong, list, key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from dossier_app.cli.base import answer, app, binder
from dossier_app.domain import clock
from dossier_app.domain.datewords import full_date
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.merging import Take
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.language import ntr, tr
from dossier_app.exchange.package import Package
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package.sealing import fingerprint
from dossier_app.services import settings as settings_service
from dossier_app.services.dossiers import find_uid, read_next
from dossier_app.services.handover import (
    ending,
    giving,
    keys,
    packages,
    returning,
    reviewing,
    taking,
)
from dossier_app.services.showing import place_data
from dossier_app.services.slips import find_slip
from dossier_app.start import read_passphrase

Json = dict[str, Any]

handover_app = typer.Typer(help="Hand dossiers to a colleague for an absence; take them back.")
app.add_typer(handover_app, name="handover")

Output = Annotated[Path, typer.Option("-o", "--output")]
PassphraseFile = Annotated[
    str | None,
    typer.Option("--handover-passphrase-file", help="A file with the package's passphrase."),
]
NewKey = Annotated[
    bool, typer.Option("--new-key", help="The fingerprint of a changed key was compared.")
]


@handover_app.command()
def create(
    uid: Annotated[
        list[str] | None, typer.Argument(help="Without: all that falls in these days.")
    ] = None,
    *,
    to: Annotated[str, typer.Option(metavar="NAME")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE")],
    until: Annotated[str, typer.Option(metavar="DATE")],
    output: Output,
    loose: Annotated[
        list[str] | None, typer.Option(metavar="SLIP", help="A loose sheet that goes along.")
    ] = None,
    recipient: Annotated[str, typer.Option(help="The colleague's public key.")] = "",
    private: Annotated[bool, typer.Option(help="Private facts and documents too.")] = False,
    may_keep: Annotated[
        bool, typer.Option("--may-keep", help="The copies may stay when it is over.")
    ] = False,
    handover_passphrase_file: PassphraseFile = None,
) -> None:
    """Make a package for a colleague."""
    with binder(writing=True):
        wish = giving.Wish(
            to,
            read_day(from_),
            read_day(until),
            [find_uid(item) for item in uid or ()],
            private=private,
            may_keep=may_keep,
            recipient=recipient,
            loose=[find_slip(item) for item in loose or ()],
        )
        made = giving.create(wish, output, _passphrase(handover_passphrase_file))
    warn(made.warnings)
    uids = [dossier.uid for dossier in made.dossiers]
    answer(
        {
            "file": str(output),
            "handover": made.handover.uid,
            "dossiers": uids,
            "loose": [slip.uid for slip in made.loose],
            "documents": len(made.package.documents),
            "warnings": made.warnings,
        },
        ntr("{file}: {n} dossier", "{file}: {n} dossiers", len(uids), file=output),
    )


@handover_app.command()
def inspect(file: Path, handover_passphrase_file: PassphraseFile = None) -> None:
    """Tell what a package holds; nothing is changed."""
    with binder(writing=False):
        package = _open(file, handover_passphrase_file)
        data = _package_data(package)
        if package.manifest.kind == layout.UPDATE:
            data |= _review_data(reviewing.review(package))
        else:
            found = taking.inspect(package)
            data["dossiers"] = [_offered_data(item) for item in found.offered]
            data["loose"] = msgspec.to_builtins(package.records.loose)
            data["warnings"] = found.warnings
        trust = keys.trust(package.manifest.sender)
    data["sender"]["trust"] = str(trust)
    answer(data, _package_text(package))


@handover_app.command()
def accept(
    file: Path, handover_passphrase_file: PassphraseFile = None, new_key: NewKey = False
) -> None:
    """Take the dossiers of a colleague over."""
    with binder(writing=True):
        package = _open(file, handover_passphrase_file)
        duplicates = [
            {"uid": item.dossier.uid, "name": item.dossier.name, "duplicates": _duplicates(item)}
            for item in taking.inspect(package).offered
            if item.duplicates
        ]
        _, accepted = taking.accept(package, new_key=new_key)
    warn(accepted.warnings)
    answer(
        {
            "handover": accepted.handover.uid,
            "dossiers": accepted.new,
            "known": accepted.known,
            "loose": accepted.loose,
            "duplicates": duplicates,
            "warnings": accepted.warnings,
        },
        ntr("{n} dossier taken over", "{n} dossiers taken over", len(accepted.new)),
    )


@handover_app.command("return")
def return_command(
    handover: str,
    *,
    output: Output,
    final: Annotated[bool, typer.Option(help="The last one: the handover ends.")] = False,
) -> None:
    """Make a package with what was done, for the owner."""
    with binder(writing=True):
        made = returning.give_back(ending.find_handover(handover), output, final=final)
    answer(
        {
            "file": str(output),
            "handover": made.handover.uid,
            "number": made.number,
            "final": final,
            "dossiers": made.changed,
        },
        ntr("{file}: {n} dossier", "{file}: {n} dossiers", len(made.changed), file=output),
    )


@handover_app.command()
def merge(
    file: Path,
    take: Annotated[Take, typer.Option(help="What holds where both changed the same.")] = Take.ASK,
    only: Annotated[list[str] | None, typer.Option(help="Only this dossier.")] = None,
    new_key: NewKey = False,
) -> None:
    """Take what a colleague did into the own dossiers."""
    with binder(writing=True):
        package = _open(file, None)
        chosen = [find_uid(item) for item in only] if only else None
        _, review = reviewing.take_back(package, take=take, only=chosen, new_key=new_key)
    answer({"handover": review.handover.uid, **_review_data(review)}, _review_text(review))
    if review.open or any(one.missing for one in review.dossiers):
        raise typer.Exit(3)


@handover_app.command()
def end(
    handover: str,
    keep: Annotated[bool, typer.Option(help="The copies stay, if the owner allowed it.")] = False,
    force: Annotated[bool, typer.Option(help="Also when something was not given back.")] = False,
) -> None:
    """End a handover; a colleague's copies go for good."""
    with binder(writing=True):
        found = ending.find_handover(handover)
        changes = ending.end(found, keep=keep, force=force)
    answer({"handover": found.uid, "dossiers": sorted(changes.uids)}, tr("The handover is over."))


@handover_app.command()
def prolong(
    handover: str,
    *,
    until: Annotated[str, typer.Option(metavar="DATE")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A package that tells the colleague.")
    ] = None,
    handover_passphrase_file: PassphraseFile = None,
) -> None:
    """Let a handover last until another day."""
    with binder(writing=True):
        found, day = ending.find_handover(handover), read_day(until)
        giving.prolong(found, day, output, _passphrase(handover_passphrase_file))
    answer(
        {"handover": found.uid, "until": str(day), "file": str(output) if output else None},
        full_date(day),
    )


@handover_app.command("list")
def list_command() -> None:
    """List all handovers, the newest first."""
    with binder(writing=False):
        found = [(item, ending.dossiers_of(item)) for item in ending.all_handovers()]
    answer(
        [{**handover_data(item), "dossiers": uids} for item, uids in found],
        "\n".join(
            f"{item.uid[:8]}  {item.band(clock.today())}  {len(uids)}" for item, uids in found
        ),
    )


@handover_app.command()
def key(
    name: Annotated[str, typer.Option(help="What colleagues shall call you.")] = "",
) -> None:
    """Print the own public key, and its fingerprint to be compared over the phone."""
    with binder(writing=True):
        if name.strip():
            settings = settings_service.load()
            settings.author = name.strip()
            settings_service.save(settings)
        own, called = keys.identity(), keys.own_name()
    answer(
        {
            "key": own.age_key,
            "signing_key": own.signing_key,
            "fingerprint": own.fingerprint,
            "name": called,
        },
        f"{own.age_key}\n{own.fingerprint}",
    )


def handover_data(handover: Handover) -> Json:
    """Where a dossier is, for `show` and the list."""
    today = clock.today()
    return {
        "handover": handover.uid,
        "direction": str(handover.direction),
        "colleague": handover.colleague,
        "owner": handover.owner or None,
        "from": str(handover.first_day),
        "until": str(handover.last_day),
        "state": str(handover.stage(today)),
        "band": handover.band(today),
    }


def _open(file: Path, passphrase_file: str | None) -> Package:
    return packages.open_package(file, keys.known_identity(), _passphrase(passphrase_file))


def _passphrase(path: str | None) -> str:
    """The package's passphrase, never that of the binder."""
    return (read_passphrase(path) or "") if path else ""


def read_day(text: str) -> date:
    """Raises Refusal for what is not one day."""
    day = read_next(text).place.date
    if day is None:
        raise Refusal(tr("“{text}” is not a day.", text=text))
    return day


def _package_data(package: Package) -> Json:
    manifest = package.manifest
    sender = manifest.sender
    return {
        "handover": manifest.handover,
        "kind": manifest.kind,
        "number": manifest.number,
        "final": manifest.final,
        "sender": {
            "name": sender.name,
            "key": sender.age_key,
            "fingerprint": fingerprint(sender.signing_key, sender.age_key),
        },
        "owner": manifest.owner or None,
        "to": manifest.to,
        "from": str(manifest.first_day),
        "until": str(manifest.last_day),
        "made_at": manifest.made_at.isoformat(),
        "private": manifest.private,
        "may_keep": manifest.may_keep,
        "documents": len(package.contents),
        "bytes": package.size,
    }


def _offered_data(item: taking.Offered) -> Json:
    return {
        "uid": item.dossier.uid,
        "name": item.dossier.name,
        "company": item.dossier.company,
        "place": place_data(item.dossier.place),
        "here": item.here,
        "duplicates": _duplicates(item),
    }


def _duplicates(item: taking.Offered) -> list[Json]:
    return [{"uid": one.uid, "name": one.name, "why": one.why} for one in item.duplicates]


def _package_text(package: Package) -> str:
    manifest = package.manifest
    head = tr(
        "From {name}, for {to}, from {first} to {last}",
        name=manifest.sender.name,
        to=manifest.to,
        first=full_date(manifest.first_day),
        last=full_date(manifest.last_day),
    )
    names = [f"  {item.uid[:8]}  {item.name}  {item.company}" for item in package.records.dossiers]
    names += [f"  {item.uid[:8]}" for item in package.records.changes]
    return "\n".join([head, *names])


def _review_data(review: reviewing.Review) -> Json:
    return {
        "applied": [
            {"dossier": one.uid, "field": item.path, "change": item.change}
            for one in review.dossiers
            for item in one.applied
        ],
        "conflicts": [
            {"dossier": one.uid, "field": item.path, "mine": item.mine, "theirs": item.theirs}
            for one, item in review.conflicts
        ],
        "open": len(review.open),
        "older": [one.uid for one in review.dossiers if one.stale],
        "missing": [one.uid for one in review.dossiers if one.missing],
    }


def _review_text(review: reviewing.Review) -> str:
    lines = [f"{one.uid[:8]}  {item.path}" for one in review.dossiers for item in one.applied]
    lines += [
        tr(
            "{dossier}  {field}: mine {mine}, theirs {theirs}",
            dossier=one.uid[:8],
            field=item.path,
            mine=item.mine,
            theirs=item.theirs,
        )
        for one, item in review.conflicts
    ]
    return "\n".join(lines) or tr("Nothing new came back.")


def warn(sentences: list[str]) -> None:
    """Tell what does not keep a command from being done."""
    for sentence in sentences:
        typer.echo(sentence, err=True)
