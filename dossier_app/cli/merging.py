"""Commands about doubles: merge, unmerge."""

from __future__ import annotations

from typing import Annotated

import typer

from dossier_app.cli.base import answer, app, binder
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.merge_words import Conflict, text_of_side
from dossier_app.domain.merging import From, taken
from dossier_app.services import merging
from dossier_app.services.dossiers import find_uid, load_dossier


@app.command()
def merge(
    uid: str,
    other: str,
    take: Annotated[
        From | None, typer.Option(help="Whose single values win; else the fuller and newer ones.")
    ] = None,
) -> None:
    """Join the second dossier into the first one; nothing is lost."""
    with binder(writing=True):
        stays, goes = find_uid(uid), find_uid(other)
        _, conflicts = merging.preview(stays, goes, {})
        choices = {conflict.key: take for conflict in conflicts} if take else {}
        merging.merge_dossiers(stays, goes, choices)
        name = load_dossier(stays).name
    answer(
        {"uid": stays, "conflicts": [_conflict(item, taken(item, choices)) for item in conflicts]},
        tr("Merged into {name}.", name=name)
        + " "
        + ntr("{n} value differed.", "{n} values differed.", len(conflicts)),
    )


@app.command()
def unmerge(uid: str) -> None:
    """Take the last merge into a dossier apart, or the one in which this dossier went."""
    with binder(writing=True):
        _, back = merging.take_apart(merging.find_merged(uid) or find_uid(uid))
        name = load_dossier(back).name
    answer({"uid": back, "conflicts": []}, tr("{name} is a dossier of its own again.", name=name))


def _conflict(conflict: Conflict, side: From) -> dict[str, str]:
    return {
        "field": conflict.label,
        "mine": text_of_side(conflict, conflict.mine),
        "theirs": text_of_side(conflict, conflict.other),
        "taken": "mine" if side is From.MINE else "theirs",
    }
