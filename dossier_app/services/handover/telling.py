"""What dossiers of a handover bring, and what was done with them, in words: for who looks
at a package before it is taken over, or before it goes back. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dossier_app.domain import clock
from dossier_app.domain.handover.merging import Take, merge
from dossier_app.domain.handover.pack import PackLine, make_pack
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.handover.rows import rows_of
from dossier_app.domain.handover.words import Asked, Done, asked_words, done_words
from dossier_app.domain.records import Dossier
from dossier_app.services.handover.reviewing import DossierReview
from dossier_app.services.handover.taking import Inspection, Offered
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, handed_slips, handovers


@dataclass(frozen=True, slots=True)
class Planned:
    """A dossier that is offered, with what is to be done for it in these days, in order."""

    offered: Offered
    lines: list[PackLine]


@dataclass(frozen=True, slots=True)
class Work:
    """A dossier of a colleague's as it is now, and all that was done with it since it came.
    ``loose``: it is the loose sheets of the handover, the slips of a dossier without else."""

    dossier: Dossier
    done: list[Done]
    loose: bool = False


def planned_in(found: Inspection) -> list[Planned]:
    """The dossiers of a package by the day of what is to be done first, then those with
    nothing to do."""
    offered = {item.dossier.uid: item for item in found.offered}
    brought = [item.dossier for item in found.offered]
    pack = make_pack(found.handover, brought, templates(), private=True)
    lines: dict[str, list[PackLine]] = {dossier.uid: [] for dossier in pack.dossiers}
    for line in pack.lines:
        lines[line.dossier.uid].append(line)
    return [Planned(offered[uid], todo) for uid, todo in lines.items()]


def done_in(one: DossierReview) -> list[Done]:
    """What the colleague did with a dossier, but for what both changed."""
    if one.before is None or one.after is None:
        return []
    return done_words(one.before, one.after, one.applied, templates(), clock.today())


def asked_in(one: DossierReview) -> list[Asked]:
    """The conflicts of a dossier, in the order of ``one.conflicts``."""
    if one.before is None or one.after is None:
        return []
    known = templates()
    return [asked_words(one.before, one.after, item, item.theirs, known) for item in one.conflicts]


def work_of(handover: Handover) -> Iterator[Work]:
    """What was done here with each dossier of a colleague's, in the order they came, and
    with the loose sheets."""
    for uid in handovers.uids_in(handover.uid):
        handed = handovers.handed(handover.uid, uid)
        assert handed is not None
        now = going_along(dossiers.load(uid), {}, private=True, author=handover.own_name)
        yield Work(now, _done(handed.base, now))
    if (sheets := handovers.handed(handover.uid, handover.uid)) is not None:
        now = handed_slips.load(handover.uid)
        yield Work(now, _done(sheets.base, now), loose=True)


def _done(base: Dossier, now: Dossier) -> list[Done]:
    rows = rows_of(base)
    merged = merge(rows, rows, rows_of(now), lambda _: Take.THEIRS)
    return done_words(base, now, merged.applied, templates(), clock.today())
