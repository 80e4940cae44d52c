"""Commands for documents: attach, save-document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dossier_app.cli.base import answer, app, binder
from dossier_app.domain.documents import with_versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import same_name
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import Document, Dossier
from dossier_app.domain.words import size_words
from dossier_app.services.documents import add_files, save_as
from dossier_app.services.dossiers import find_uid, load_dossier
from dossier_app.services.steps import finish


@app.command()
def attach(uid: str, files: list[Path]) -> None:
    """Keep files in a dossier, all of them or none; one with the name of a document is its
    new version."""
    with binder(writing=True):
        full = find_uid(uid)
        _, attached = add_files(full, files)
    added = attached.new + attached.versions
    answer(
        {
            "uid": full,
            "new": attached.new,
            "versions": attached.versions,
            "known": attached.known,
        },
        ntr("{n} file was added", "{n} files were added", len(added)),
    )


@app.command("save-document")
def save_document(
    uid: str,
    document: Annotated[str, typer.Argument(help="Its name, or the uid of a version.")],
    output: Annotated[Path, typer.Option("-o", "--output")],
) -> None:
    """Write a document of a dossier to a file."""
    with binder(writing=False):
        wanted = _document(load_dossier(find_uid(uid)), document)
        finish(save_as(wanted, output))
    answer(
        {"file": str(output), "name": wanted.name, "size": wanted.size, "sha256": wanted.sha256},
        tr("{file}: {size}", file=output, size=size_words(wanted.size)),
    )


def _document(dossier: Dossier, wanted: str) -> Document:
    """The newest version of the document called so, or the version with that uid."""
    for document in dossier.documents:
        if document.uid == wanted:
            return document
    for versions in with_versions(dossier.documents):
        if same_name(versions.newest.name, wanted):
            return versions.newest
    raise Refusal(tr("The dossier has no document called {name}.", name=wanted))
