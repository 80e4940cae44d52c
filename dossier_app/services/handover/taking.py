"""The colleague's side: looking into a package, and taking the dossiers over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.merging import Take, merge
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.handover.rows import dossier_of, rows_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier
from dossier_app.exchange.package import Package
from dossier_app.exchange.package import format as layout
from dossier_app.services.duplicates import Duplicate, find_duplicates
from dossier_app.services.handover import keys
from dossier_app.services.handover.giving import overlap_warnings
from dossier_app.services.handover.packages import keep_contents
from dossier_app.storage import dossiers, handovers, journal


@dataclass(frozen=True, slots=True)
class Offered:
    """A dossier in a package. ``duplicates`` are own clients that may be the same; they are
    told, never joined. ``here``: it was taken over before."""

    dossier: Dossier
    duplicates: list[Duplicate]
    here: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a package of the owner's holds; nothing was changed."""

    package: Package
    trust: keys.Trust
    offered: list[Offered]
    warnings: list[str]


@dataclass(slots=True)
class Accepted:
    """What was taken over: uids of new dossiers, and of those that were here already."""

    handover: Handover
    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def inspect(package: Package) -> Inspection:
    """What a package holds, and what of it may be an own client. Needs no writing."""
    offer = _handover(package)
    taken = set(handovers.uids_in(offer.uid))
    offered = [
        Offered(dossier, find_duplicates(dossier), dossier.uid in taken)
        for dossier in package.records.dossiers
    ]
    uids = [dossier.uid for dossier in package.records.dossiers]
    return Inspection(
        package, keys.trust(package.manifest.sender), offered, overlap_warnings(offer, uids)
    )


def accept(package: Package, *, new_key: bool = False) -> tuple[Changes, Accepted]:
    """Take the dossiers of a package over, as one action; of one that only tells other days,
    take the days.

    Taking the same package over twice changes nothing. Raises Refusal for a package that is
    not for here, or from a colleague whose key changed unless ``new_key``.
    """
    if package.manifest.kind == layout.UPDATE:
        raise Refusal(
            tr("This package gives dossiers back; it is merged, not accepted. Nothing was done.")
        )
    offer = _handover(package)
    known = handovers.find(offer.uid)
    _check(offer, known, package)
    if package.manifest.kind == layout.DATES:
        return _take_dates(offer, known)
    accepted = Accepted(offer)
    taken = handovers.uids_in(offer.uid)
    if known is not None:
        # Work has begun on them: the first package says nothing new, whatever came of it.
        accepted.handover, accepted.known = known, taken
        return Changes(), accepted
    ready = [(dossier, _own_copy(dossier)) for dossier in package.records.dossiers]
    accepted.warnings = overlap_warnings(offer, [dossier.uid for dossier, _ in ready])
    keys.pin(package.manifest.sender, new_key=new_key)
    keep_contents(package, [item for dossier, _ in ready for item in dossier.documents])
    with journal.action("take_over", clock.stamp()) as changes:
        dossiers.insert(dossier for dossier, copy in ready if copy is None)
        for dossier, copy in ready:
            if copy is not None:
                dossiers.save(copy)
            (accepted.new if copy is None else accepted.known).append(dossier.uid)
            dossiers.load(dossier.uid)  # what cannot be read back is not kept
        handovers.insert(offer, package.records.dossiers)
    return changes, accepted


def _handover(package: Package) -> Handover:
    """The handover as it is kept here."""
    manifest = package.manifest
    return Handover(
        Direction.TAKEN,
        manifest.sender.name,
        manifest.to,
        manifest.first_day,
        manifest.last_day,
        owner=manifest.owner,
        private=manifest.private,
        may_keep=manifest.may_keep,
        number=manifest.number,
        key=manifest.sender.signing_key,
        recipient=manifest.sender.age_key,
        uid=manifest.handover,
    )


def _check(offer: Handover, known: Handover | None, package: Package) -> None:
    if keys.trust(package.manifest.sender) is keys.Trust.OWN:
        raise Refusal(tr("This package was made here, for somebody else. Nothing was done."))
    if known is not None and (known.key != offer.key or known.direction is not offer.direction):
        raise Refusal(
            tr("The package is not signed by who began this handover; nothing was changed.")
        )
    if known is not None and known.state is State.ENDED:
        raise Refusal(tr("This handover is over; nothing was changed."))


def _take_dates(offer: Handover, known: Handover | None) -> tuple[Changes, Accepted]:
    if known is None:
        raise Refusal(
            tr("This package only tells other days. Accept the one with the dossiers first.")
        )
    if offer.number <= known.number:
        return Changes(), Accepted(known)
    later = replace(known, first_day=offer.first_day, last_day=offer.last_day, number=offer.number)
    with journal.action("handover_prolong", clock.stamp()) as changes:
        handovers.save(later)
    uids = handovers.uids_in(known.uid)
    return changes, Accepted(later, known=uids, warnings=overlap_warnings(later, uids))


def _own_copy(dossier: Dossier) -> Dossier | None:
    """The copy that stayed from an earlier handover, brought up to date; None when there is
    no such dossier. Raises Refusal when the dossier, or a part of it, is here otherwise."""
    here = bool(dossiers.uids_beginning(dossier.uid))
    if handovers.parts_elsewhere(dossier) or (here and not handovers.was_taken(dossier.uid)):
        raise Refusal(
            tr(
                "{name}, or a part of it, is in this binder already as a dossier of your own. "
                "Nothing was accepted.",
                name=dossier.name,
            )
        )
    if not here:
        return None
    mine, theirs = rows_of(dossiers.load(dossier.uid)), rows_of(dossier)
    # The owner's word holds for what he sent; what only the copy knows stays.
    base = {key: row for key, row in mine.items() if key in theirs}
    return dossier_of(dossier.uid, merge(base, mine, theirs, lambda _: Take.THEIRS).rows)
