"""The owner's side before an absence: what falls in it, and the package for a colleague."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.datewords import full_date
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier
from dossier_app.exchange.package import Records
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package.sealing import check_recipient
from dossier_app.services.handover import keys
from dossier_app.services.handover.packages import Outgoing, outgoing, seal, write_package
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, handovers, journal


@dataclass(frozen=True, slots=True)
class Falling:
    """A dossier with something to do in an absence: ``what`` is "step", "slip" or "promise"
    with its ISO date or month. ``handover`` is the one in which it is away already."""

    uid: str
    name: str
    company: str
    what: list[tuple[str, str]]
    handover: Handover | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be handed over, to whom, for how long.

    ``uids`` empty: every dossier that has something to do in these days and is not away.
    ``left_out`` are uids of documents that stay. ``recipient`` is the colleague's public
    key; without one the package is sealed with a passphrase.
    """

    colleague: str
    first_day: date
    last_day: date
    uids: Collection[str] = ()
    private: bool = False
    may_keep: bool = False
    left_out: Collection[str] = ()
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A handover that is ready to be sealed; nothing is stored yet."""

    handover: Handover
    dossiers: list[Dossier]
    package: Outgoing
    warnings: list[str] = field(default_factory=list)


def falling_in(first: date, last: date) -> list[Falling]:
    """Every dossier with a step, an open slip or a promise from ``first`` to ``last``, in
    order of its first one."""
    away = _away()
    found = []
    for uid, what in handovers.falling_in(first, last).items():
        dossier = dossiers.load(uid)
        found.append(Falling(uid, dossier.name, dossier.company, what, away.get(uid)))
    return found


def prepare(wish: Wish) -> Prepared:
    """Read what goes along. Raises Refusal when the wish cannot be met; changes nothing but
    that the binder gets its keys."""
    _check(wish)
    away = _away()
    fallen = handovers.falling_in(wish.first_day, wish.last_day)
    uids = list(dict.fromkeys(wish.uids)) or [uid for uid in fallen if uid not in away]
    if not uids:
        raise Refusal(tr("Nothing falls in these days. Name the dossiers to hand over."))
    loaded = [dossiers.load(uid) for uid in uids]
    for dossier in loaded:
        if (already := away.get(dossier.uid)) is not None:
            raise Refusal(
                tr(
                    "{name} is {band} already. End that handover first; nothing was done.",
                    name=dossier.name,
                    band=already.band(clock.today()),
                )
            )
    handover = Handover(
        Direction.GIVEN,
        wish.colleague.strip(),
        keys.own_name(),
        wish.first_day,
        wish.last_day,
        owner=_owner_of(uids),
        private=wish.private,
        may_keep=wish.may_keep,
        recipient=check_recipient(wish.recipient) if wish.recipient else "",
    )
    known = templates()
    going = [
        going_along(
            dossier,
            known,
            private=wish.private,
            author=handover.own_name,
            left_out=wish.left_out,
        )
        for dossier in loaded
    ]
    documents = [document for dossier in going for document in dossier.documents]
    package = outgoing(
        handover, layout.HANDOVER, 1, keys.identity(), Records(dossiers=going), documents
    )
    return Prepared(handover, going, package, overlap_warnings(handover, uids))


def hand_over(prepared: Prepared, sealed: bytes, path: Path) -> Changes:
    """Write the sealed package and mark the dossiers as away: both or neither."""
    with journal.action("hand_over", clock.stamp()) as changes:
        handovers.insert(prepared.handover, prepared.dossiers)
        write_package(path, sealed)
    return changes


def create(wish: Wish, path: Path, passphrase: str = "") -> Prepared:
    """All steps at once, for whoever can wait."""
    prepared = prepare(wish)
    hand_over(prepared, seal(prepared.package, passphrase), path)
    return prepared


def prolong(
    handover: Handover, last_day: date, path: Path | None = None, passphrase: str = ""
) -> Changes:
    """Let a handover last until another day; with ``path`` a package tells the colleague."""
    if handover.direction is not Direction.GIVEN:
        raise Refusal(tr("Only the owner can change the days of a handover."))
    if handover.state is not State.OPEN:
        raise Refusal(tr("This handover is over."))
    _check_days(handover.first_day, last_day)
    later = replace(handover, last_day=last_day, number=handover.number + 1)
    sealed = b""
    if path is not None:
        made = outgoing(later, layout.DATES, later.number, keys.identity(), Records())
        sealed = seal(made, passphrase)
    with journal.action("handover_prolong", clock.stamp()) as changes:
        handovers.save(later)
        if path is not None:
            write_package(path, sealed)
    return changes


def overlap_warnings(handover: Handover, uids: Collection[str]) -> list[str]:
    """A sentence for each time in which the rep is away and stands in for somebody at once.

    Dossiers of a colleague that are handed on themselves are taken care of.
    """
    warnings = []
    for other in handovers.all_handovers():
        if (
            other.state is not State.OPEN
            or other.direction is handover.direction
            or not other.overlaps(handover.first_day, handover.last_day)
        ):
            continue
        if other.direction is Direction.TAKEN and set(handovers.uids_in(other.uid)) <= set(uids):
            continue
        days = {
            "name": other.colleague,
            "first": full_date(max(handover.first_day, other.first_day)),
            "last": full_date(min(handover.last_day, other.last_day)),
        }
        warnings.append(
            tr(
                "From {first} to {last} you are away, and the dossiers of {name} are with you: "
                "nobody is there for them.",
                **days,
            )
            if other.direction is Direction.TAKEN
            else tr(
                "From {first} to {last} you are away yourself; your own dossiers are with {name} "
                "then.",
                **days,
            )
        )
    return warnings


def _away() -> dict[str, Handover]:
    """The open handover in which each dossier is with a colleague."""
    given = {}
    for uid, found in handovers.open_by_dossier().items():
        for handover in found:
            if handover.direction is Direction.GIVEN:
                given[uid] = handover
    return given


def _owner_of(uids: Collection[str]) -> str:
    """Whose clients they are, when all came from one colleague."""
    found = handovers.open_by_dossier()
    owners = {
        (taken.owner or taken.colleague)
        for uid in uids
        for taken in found.get(uid, ())
        if taken.direction is Direction.TAKEN
    }
    all_taken = all(uid in found for uid in uids)
    return owners.pop() if len(owners) == 1 and all_taken else ""


def _check(wish: Wish) -> None:
    if not wish.colleague.strip():
        raise Refusal(tr("Say to whom the dossiers go."))
    _check_days(wish.first_day, wish.last_day)


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise Refusal(tr("The last day of an absence cannot be before the first one."))
