"""Commands for safety: backup, restore, check, protect, erase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dossier_app.cli.base import STATE, answer, app, binder, check_writable, write_file
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services import backing_up, erasing, printing, protection
from dossier_app.services.dossiers import find_uid
from dossier_app.start import data_folder, read_passphrase

_KINDS = ("passphrase", "recovery", "none")


@app.command()
def backup(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="One file; else in the data folder.")
    ] = None,
) -> None:
    """Make a verified backup."""
    with binder(writing=False) as session:
        key = bytes(session.key)
        if output is None:
            made = backing_up.back_up(session.folder, key)
        else:
            made = output
            backing_up.save_copy(session.folder, key, output)
    answer({"file": str(made), "size": made.stat().st_size}, str(made))


@app.command()
def restore(file: Path) -> None:
    """Let a backup be the binder; the present one is kept as a backup."""
    folder = data_folder(STATE.data_dir)
    backing_up.restore(folder, file, read_passphrase(STATE.passphrase_file))
    with binder(writing=True):
        problems = protection.check()
    answer(
        {"file": str(file), "ok": not problems},
        tr("The backup is the binder now. What was there before is kept as a backup."),
    )


@app.command()
def erase(
    uid: str,
    confirm: Annotated[str, typer.Option(metavar="NAME", help="The name of the dossier.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The protocol as PDF.")
    ] = None,
) -> None:
    """Remove a client's data for good, backups aside."""
    with binder(writing=True) as session:
        full = find_uid(uid)
        if output is not None:
            check_writable(output)  # refused before, not after
        _, erased = erasing.erase(full, confirm, session.folder)
        if output is not None:
            write_file(output, erasing.protocol(erased, printing.options()).data)
    answer(
        {
            "uid": full,
            "erased": {
                kind: getattr(erased, kind)
                for kind in ("people", "history", "promises", "slips", "forms", "documents")
            },
            "backup_until": str(erased.backup_until) if erased.backup_until else None,
            "file": str(output) if output else None,
        },
        tr("“{name}” was erased.", name=erased.name or erased.company),
    )


@app.command()
def check() -> None:
    """Check the files of the binder."""
    with binder(writing=False):
        problems = protection.check()
    answer(
        {"ok": not problems, "problems": problems},
        "\n".join(problems) or tr("The binder is sound."),
    )
    if problems:
        raise typer.Exit(1)


@app.command()
def protect(
    kind: Annotated[str, typer.Argument(metavar="|".join(_KINDS))],
    new_passphrase_file: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Choose what opens the binder."""
    if kind not in _KINDS:
        raise Refusal(tr("“{text}” is not one of: {known}.", text=kind, known=", ".join(_KINDS)))
    code = ""
    with binder(writing=True) as session:
        if kind == "none":
            protection.remove_passphrase(session)
        elif kind == "recovery":
            code = protection.make_recovery(session)
        else:
            passphrase = read_passphrase(new_passphrase_file) if new_passphrase_file else None
            if passphrase is None:
                raise Refusal(tr("Name a file with the new passphrase: --new-passphrase-file."))
            protection.set_passphrase(session, passphrase)
    answer(
        {"protection": kind, **({"recovery_code": code} if code else {})},
        tr("Write the code down and keep it in a safe place: {code}", code=code)
        if code
        else tr("Saved."),
    )
