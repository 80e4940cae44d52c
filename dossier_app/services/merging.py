"""Merging two dossiers of one client, and taking them apart again: each is one undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.merge_words import Conflict
from dossier_app.domain.merging import Choices, Merge, merge
from dossier_app.domain.unmerging import unmerge
from dossier_app.services.handover.ending import refuse_while_away
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, journal, merges


@dataclass(frozen=True, slots=True)
class LastMerge:
    """What `take_apart` would bring back: the dossier that went, and since when."""

    uid: str
    name: str
    on: date


def preview(uid: str, other_uid: str, choices: Choices) -> tuple[Merge, list[Conflict]]:
    """What `merge_dossiers` would do; nothing is changed. Refusal for a dossier that is with
    a colleague, or here for one."""
    if uid == other_uid:
        raise Refusal(tr("A dossier cannot be merged with itself."))
    for item in (uid, other_uid):
        refuse_while_away(item)
    return merge(dossiers.load(uid), dossiers.load(other_uid), choices, templates())


def merge_dossiers(uid: str, other_uid: str, choices: Choices) -> tuple[Changes, list[Conflict]]:
    """Join the dossier ``other_uid`` into ``uid``; see `dossier_app.domain.merging.merge`.

    The other one leaves the binder; whoever looks for it finds the one that stays.
    """
    made, conflicts = preview(uid, other_uid, choices)
    with journal.action("merge", clock.stamp()) as changes:
        merges.write(made, clock.today())
    return changes, conflicts


def is_merged(uid: str) -> bool:
    """True when there is a merge into this dossier to take apart."""
    return merges.last_of(uid) is not None


def last_merge(uid: str) -> LastMerge | None:
    """The newest merge into the dossier ``uid``; None when there is none to take apart."""
    last = merges.last_of(uid)
    return LastMerge(last.other, merges.load(last).other.name, last.on) if last else None


def take_apart(uid: str) -> tuple[Changes, str]:
    """Take the newest merge into ``uid`` apart, or the one in which ``uid`` went; returns
    the uid of the dossier that came back too.

    What was changed since goes where it belongs: see `dossier_app.domain.unmerging`.
    """
    gone = merges.of_gone(uid)
    last = merges.last_of(gone.survivor if gone else uid)
    if last is None:
        raise Refusal(tr("Nothing was merged into this dossier."))
    if gone is not None and last != gone:
        name = merges.load(last).other.name
        raise Refusal(
            tr("{name} was merged into the same dossier later; take that apart first.", name=name)
        )
    if merges.of_gone(last.survivor) is not None:
        raise Refusal(tr("This dossier was itself merged into another; take that apart first."))
    refuse_while_away(last.survivor)
    mine, other = unmerge(merges.load(last), dossiers.load(last.survivor))
    with journal.action("unmerge", clock.stamp()) as changes:
        merges.take_apart(last, mine, other)
    return changes, other.uid


def not_the_same(uid: str, other_uid: str) -> Changes:
    """Remember that two dossiers which look alike are two clients."""
    with journal.action("not_same", clock.stamp()) as changes:
        merges.add_not_same(uid, other_uid)
    return changes


def find_merged(text: str) -> str:
    """The full uid of the one dossier that went in a merge and whose uid begins with
    ``text``; "" when there is none."""
    matching = merges.gone_beginning(text) if text else []
    return text if text in matching else matching[0] if len(matching) == 1 else ""
