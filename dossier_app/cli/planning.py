"""Commands that plan: balance a day, spread a tray."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from dossier_app.cli.base import answer, app, binder
from dossier_app.domain.balancing import Item, Plan
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services import balancing
from dossier_app.services.dossiers import read_next

Apply = Annotated[bool, typer.Option("--apply", help="Do it, as one action.")]
Reason = Annotated[str, typer.Option(help="Why sheets that were left behind are carried over.")]


@app.command()
def balance(
    day: Annotated[str, typer.Argument(metavar="DAY")],
    apply: Apply = False,
    reason: Reason = "",
) -> None:
    """Propose what should leave a day that is too full, or what of a past day goes where."""
    wanted = read_next(day).place.date
    if wanted is None:
        raise Refusal(tr("“{text}” is not a day.", text=day))
    _plan(lambda: balancing.propose_balance(wanted), reason, apply=apply)


@app.command()
def spread(
    left_behind: Annotated[
        bool, typer.Option("--left-behind", help="The tray Left behind, not To spread.")
    ] = False,
    apply: Apply = False,
    reason: Reason = "",
) -> None:
    """Propose days for what lies in the tray To spread."""
    propose = balancing.propose_left_behind if left_behind else balancing.propose_spread
    _plan(propose, reason, apply=apply)


def _plan(propose: Callable[[], Plan], reason: str, *, apply: bool) -> None:
    """Answer with the proposals; what cannot move is told beside them."""
    with binder(writing=apply):
        plan = propose()
        if apply:
            balancing.apply(plan.proposals, reason)
    data: list[dict[str, Any]] = [
        {
            "uid": proposal.item.uid,
            "from": proposal.item.place.key,
            "to": str(proposal.to),
            "reason": proposal.reason,
            "type": str(proposal.item.sheet.type),
        }
        for proposal in plan.proposals
    ]
    lines = [_line(proposal.item, proposal.reason) for proposal in plan.proposals]
    answer(data, "\n".join(lines) or tr("Nothing has to move."))
    for staying in plan.staying:
        typer.echo(_line(staying.item, staying.reason), err=True)


def _line(item: Item, reason: str) -> str:
    return f"{item.uid[:8]}  {item.sheet.title or item.sheet.todo}  {reason}"
