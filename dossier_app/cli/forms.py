"""The forms of the binder: list them, look at a file, take one in."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import typer

from dossier_app.cli.base import STATE, answer, app, binder
from dossier_app.domain.language import tr
from dossier_app.services.session import exists
from dossier_app.services.templates import (
    is_built_in,
    is_own,
    read_template,
    save_template,
    templates,
)
from dossier_app.start import data_folder

forms = typer.Typer(help="List the form templates, check a file, take one into the binder.")
app.add_typer(forms, name="forms")


@forms.callback(invoke_without_command=True)
def forms_alone(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_forms()


@forms.command("list")
def list_forms() -> None:
    """The forms of the program and the binder's own."""
    # Without a binder there are those of the program.
    opened = exists(data_folder(STATE.data_dir))
    with binder(writing=False) if opened else nullcontext():
        known = list(templates().values())
        own = {template.key for template in known if is_own(template.key)}
    answer(
        [
            {
                "key": template.key,
                "title": str(template.title),
                "scope": str(template.scope),
                "own": template.key in own,
                "retired": template.retired,
                "fields": [field.key for field in template.fields],
            }
            for template in known
        ],
        "\n".join(f"{template.key}  {template.title}" for template in known),
    )


@forms.command()
def validate(file: Path) -> None:
    """Look for mistakes in a form file; nothing is changed."""
    template = read_template(file)
    said = tr("{file} is a form: {title}.", file=file.name, title=template.title)
    answer({"key": template.key, "title": str(template.title), "ok": True}, said)


@forms.command()
def add(file: Path) -> None:
    """Take a form file into the binder, above the form with the same key."""
    with binder(writing=True):
        template = read_template(file)
        replaced = is_own(template.key) or is_built_in(template.key)
        save_template(template)
    answer(
        {"key": template.key, "title": str(template.title), "replaced": replaced},
        tr("Taken in: {title}.", title=template.title),
    )
