"""The colleague's side: looking into a package, and taking the dossiers over."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.merging import Take, merge
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.handover.rows import dossier_of, rows_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document, Dossier, Slip
from dossier_app.exchange.package import Package
from dossier_app.exchange.package import format as layout
from dossier_app.services.duplicates import Duplicate, find_duplicates
from dossier_app.services.handover import keys
from dossier_app.services.handover.overlapping import overlap_warnings
from dossier_app.services.handover.packages import keeping, kept
from dossier_app.storage import dossiers, handed_slips, handovers, journal, merges, slips


@dataclass(frozen=True, slots=True)
class Offered:
    """A dossier in a package. ``duplicates`` are own clients that may be the same; they are
    told, never joined. ``here``: it was taken over before."""

    dossier: Dossier
    duplicates: list[Duplicate]
    here: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a package of the owner's holds; nothing was changed. ``handover`` is what would be
    kept; ``is_here``: accepting it says nothing new."""

    package: Package
    handover: Handover
    trust: keys.Trust
    offered: list[Offered]
    warnings: list[str]
    is_here: bool = False


@dataclass(slots=True)
class Accepted:
    """What was taken over: uids of new dossiers, of those that were here already, and of
    loose sheets."""

    handover: Handover
    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
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
    known = handovers.find(offer.uid)
    is_dates = package.manifest.kind == layout.DATES
    return Inspection(
        package,
        offer,
        keys.trust(package.manifest.sender),
        offered,
        overlap_warnings(offer, uids),
        known is not None and (not is_dates or offer.number <= known.number),
    )


def refuse_unfit(package: Package) -> None:
    """Raises Refusal for a package that `accept` takes from nobody: made here, not of the
    owner's, of a handover that is over, or with other days of one that is not here."""
    if package.manifest.kind == layout.UPDATE:
        raise Refusal(
            tr("This package gives dossiers back; it is merged, not accepted. Nothing was done.")
        )
    offer = _handover(package)
    known = handovers.find(offer.uid)
    _check(offer, known, package)
    if package.manifest.kind == layout.DATES and known is None:
        raise Refusal(
            tr("This package only tells other days. Accept the one with the dossiers first.")
        )


def storing(package: Package, *, new_key: bool = False) -> Generator[int, None, None]:
    """Store the documents that `accept` needs, piece by piece, for whoever cannot wait for
    it; yields the bytes done, of about ``package.bytes_of_documents``. Refuses what `accept`
    refuses. When it is not run to its end, `documents.tidy` removes what was stored."""
    refuse_unfit(package)
    if package.manifest.kind == layout.HANDOVER and handovers.find(_handover(package).uid) is None:
        keys.refuse_changed(package.manifest.sender, new_key=new_key)
        yield from keeping(package, _documents(_ready(package)))


def accept(package: Package, *, new_key: bool = False) -> tuple[Changes, Accepted]:
    """Take the dossiers of a package over, as one action; of one that only tells other days,
    take the days.

    Taking the same package over twice changes nothing. Raises Refusal for a package that is
    not for here, or from a colleague whose key changed unless ``new_key``.
    """
    refuse_unfit(package)
    offer = _handover(package)
    known = handovers.find(offer.uid)
    if package.manifest.kind == layout.DATES and known is not None:
        return _take_dates(offer, known)
    accepted = Accepted(offer)
    taken = handovers.uids_in(offer.uid)
    if known is not None:
        # Work has begun on them: the first package says nothing new, whatever came of it.
        accepted.handover, accepted.known = known, taken
        return Changes(), accepted
    keys.refuse_changed(package.manifest.sender, new_key=new_key)
    ready = _ready(package)
    accepted.warnings = overlap_warnings(offer, [dossier.uid for dossier, _ in ready])
    with (
        kept(package, _documents(ready)),
        journal.action("take_over", clock.stamp()) as changes,
    ):
        keys.pin(package.manifest.sender, new_key=new_key)
        dossiers.insert(dossier for dossier, copy in ready if copy is None)
        for dossier, copy in ready:
            if copy is not None:
                dossiers.save(copy)
            (accepted.new if copy is None else accepted.known).append(dossier.uid)
            dossiers.load(dossier.uid)  # what cannot be read back is not kept
        handovers.insert(offer, package.records.dossiers)
        for slip in package.records.loose:
            _put_loose(slip)
        handed_slips.insert(offer.uid, package.records.loose)
        accepted.loose = [slip.uid for slip in package.records.loose]
    return changes, accepted


def _ready(package: Package) -> list[tuple[Dossier, Dossier | None]]:
    """Each dossier of the package, with the copy of it that is here (see `_own_copy`)."""
    return [(dossier, _own_copy(dossier)) for dossier in package.records.dossiers]


def _documents(ready: list[tuple[Dossier, Dossier | None]]) -> list[Document]:
    return [document for dossier, _ in ready for document in dossier.documents]


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


def _take_dates(offer: Handover, known: Handover) -> tuple[Changes, Accepted]:
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
    for living in merges.living_beginning(dossier.uid):
        raise Refusal(
            tr(
                "{name} was merged into {other} here. Take them apart first; nothing was accepted.",
                name=dossier.name,
                other=dossiers.load(living).name,
            )
        )
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


def _put_loose(slip: Slip) -> None:
    """Take a loose sheet over, in the place of a copy that stayed from an earlier handover.
    Raises Refusal when it is here otherwise."""
    if not slips.exists(slip.uid):
        slips.add([slip])
    elif handed_slips.was_taken(slip.uid):
        slips.save(slip)
    else:
        raise Refusal(
            tr("“{text}” is in this binder already. Nothing was accepted.", text=slip.text)
        )
