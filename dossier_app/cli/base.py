"""The typer application, its global options, and the one way to answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from dossier_app import __version__
from dossier_app.services.session import Session, open_session
from dossier_app.start import (
    Preferences,
    data_folder,
    read_passphrase,
    start_clock,
    start_language,
)
from dossier_app.storage.connection import plain_words

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Client dossiers filed under the date of the next contact. "
    "Without a command the window opens.",
)


@dataclass
class State:
    """What the global options said."""

    data_dir: str | None = None
    passphrase_file: str | None = None
    json: bool = False


STATE = State()


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    data_dir: Annotated[str | None, typer.Option(help="The folder with the binder.")] = None,
    lang: Annotated[str | None, typer.Option(help="ru or en.")] = None,
    today: Annotated[str | None, typer.Option(help="Work as on this date, YYYY-MM-DD.")] = None,
    passphrase_file: Annotated[
        str | None, typer.Option(help="A file that holds the passphrase.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Tell the version.")] = False,
) -> None:
    if version:
        typer.echo(f"dossier-app {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)
    STATE.data_dir, STATE.passphrase_file = data_dir, passphrase_file
    start_language(lang, Preferences.load(data_folder(data_dir)))
    start_clock(today)


@contextmanager
def binder(*, writing: bool) -> Iterator[Session]:
    """The binder, open for the time of a command."""
    passphrase = read_passphrase(STATE.passphrase_file)
    session = open_session(data_folder(STATE.data_dir), passphrase, writing=writing)
    try:
        with plain_words():
            yield session
    finally:
        session.close()


def answer(data: Any, text: str) -> None:
    """Print ``data`` as the one JSON value, or ``text`` for people."""
    if STATE.json:
        typer.echo(json.dumps(data, ensure_ascii=False))
    elif text:
        typer.echo(text)


def write_file(path: Path, data: bytes) -> None:
    """Write a result where the user said. Raises Refusal when that cannot be done."""
    from dossier_app.domain.reasons import writing

    with writing(path):
        path.write_bytes(data)


def check_writable(path: Path) -> None:
    """Refuse as `write_file` does; what stands there stays as it is."""
    from dossier_app.domain.reasons import writing

    with writing(path):
        is_new = not path.exists()
        with path.open("ab"):
            pass
        if is_new:
            path.unlink()
