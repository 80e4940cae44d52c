"""The owner's side, after: looking at what a colleague did, and taking it over.

Nothing is applied before `take_back`, and that is one action.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.checking import check, check_loose
from dossier_app.domain.handover.merging import (
    Applied,
    Conflict,
    Merged,
    Take,
    as_same_sheets,
    merge,
)
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.handover.rows import Delta, Row, Rows, Unfit, applied, dossier_of, rows_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document, Dossier
from dossier_app.exchange.package import Package
from dossier_app.exchange.package import format as layout
from dossier_app.services.handover import keys
from dossier_app.services.handover.packages import keeping, kept
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, handed_slips, handovers, journal, slips

# By uid of the dossier and path of the field, as a review names them.
Choices = Mapping[tuple[str, str], Take]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a review. ``path`` names it as `show` and `set` do; ``change`` is empty
    for a conflict. ``mine`` and ``theirs`` are JSON, of a conflict only. ``key`` and
    ``field`` name the row and its value as `dossier_app.domain.handover.rows` does."""

    path: str
    kind: str
    change: str = ""
    mine: Any = None
    theirs: Any = None
    key: str = ""
    field: str = ""


@dataclass(slots=True)
class DossierReview:
    """One dossier in a review: what the colleague did, what would be taken over, and where
    both changed the same. The loose sheets are in one under the uid of the handover, as the
    slips of a dossier that has nothing else. ``stale``: a newer update was merged before;
    ``missing``: the dossier is no longer here."""

    uid: str
    before: Dossier | None = None
    after: Dossier | None = None
    applied: list[Item] = field(default_factory=list)
    conflicts: list[Item] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    stale: bool = False
    missing: bool = False
    seen: Rows | None = None  # the base of the next merge, where it is another one


@dataclass(slots=True)
class Review:
    """An update, compared with the binder as it is now."""

    handover: Handover
    package: Package
    dossiers: list[DossierReview]

    @property
    def conflicts(self) -> list[tuple[DossierReview, Item]]:
        return [(one, item) for one in self.dossiers for item in one.conflicts]

    @property
    def open(self) -> list[tuple[DossierReview, Item]]:
        """Conflicts that nobody has decided."""
        return [(one, item) for one in self.dossiers for item in one.open]


def review(package: Package, *, take: Take = Take.ASK, choices: Choices | None = None) -> Review:
    """What merging the package would do, with the conflicts decided by ``choices``, else by
    ``take``. Needs no writing. Raises Refusal for a package that cannot be merged."""
    handover = _handover(package)
    decided = choices or {}
    looked = [
        _look(handover, package, delta, lambda uid, path: decided.get((uid, path), take))
        for delta in package.records.changes
    ]
    return Review(handover, package, looked)


def storing(
    package: Package,
    *,
    take: Take = Take.ASK,
    choices: Choices | None = None,
    only: Collection[str] | None = None,
    new_key: bool = False,
) -> Generator[int, None, None]:
    """Store the documents that `take_back` needs, piece by piece, for whoever cannot wait
    for it; yields the bytes done, of about ``package.bytes_of_documents``. Refuses what
    `take_back` refuses. When it is not run to its end, `documents.tidy` removes what was
    stored."""
    chosen = _chosen(review(package, take=take, choices=choices), only)
    keys.refuse_changed(package.manifest.sender, new_key=new_key)
    yield from keeping(package, _new_documents(chosen))


def take_back(
    package: Package,
    *,
    take: Take = Take.ASK,
    choices: Choices | None = None,
    only: Collection[str] | None = None,
    new_key: bool = False,
) -> tuple[Changes, Review]:
    """Take what a colleague did into the binder, as one action; of ``only`` these dossiers.

    Where a conflict is left open the own value stays, and the same package can be merged
    again. The last update ends the handover when everything of it was decided.
    """
    found = review(package, take=take, choices=choices)
    keys.refuse_changed(package.manifest.sender, new_key=new_key)
    chosen = _chosen(found, only)
    handover = found.handover
    with (
        kept(package, _new_documents(chosen)),
        journal.action("take_back", clock.stamp()) as changes,
    ):
        keys.pin(package.manifest.sender, new_key=new_key)
        for one in chosen:
            assert one.after is not None
            _save(handover, one.after)
            _load(handover, one.uid)  # what cannot be read back is not kept
            if one.seen is not None:
                handovers.save_seen(handover.uid, one.uid, one.seen)
        done = _answered(handover, package)
        stale = any(one.stale for one in found.dossiers)
        if package.manifest.final and only is None and not found.open and not stale:
            done.state = State.ENDED
        if done != handover:
            handovers.save(done)
    found.handover = done
    return changes, found


def _handover(package: Package) -> Handover:
    """The own handover that the package answers."""
    manifest = package.manifest
    if manifest.kind != layout.UPDATE:
        raise Refusal(
            tr("This package hands dossiers over; it is accepted, not merged. Nothing was done.")
        )
    handover = handovers.find(manifest.handover)
    if handover is None or handover.direction is not Direction.GIVEN:
        raise Refusal(
            tr("This package belongs to no handover of this binder; nothing was changed.")
        )
    sender = manifest.sender
    if (handover.key and handover.key != sender.signing_key) or (
        handover.recipient and handover.recipient != sender.age_key
    ):
        raise Refusal(
            tr(
                "The package is not signed by the colleague who has these dossiers; nothing was "
                "changed."
            )
        )
    return handover


def _answered(handover: Handover, package: Package) -> Handover:
    manifest = package.manifest
    return replace(
        handover,
        key=manifest.sender.signing_key,
        recipient=manifest.sender.age_key,
        merged=max(handover.merged, manifest.number),
    )


def _look(
    handover: Handover, package: Package, delta: Delta, choose: Callable[[str, str], Take]
) -> DossierReview:
    found = DossierReview(delta.uid)
    handed = handovers.handed(handover.uid, delta.uid)
    if handed is None:
        found.missing = True
        return found
    if package.manifest.number < handover.merged:
        found.stale = True
        return found
    found.before = _load(handover, delta.uid)
    mine, came = rows_of(found.before), rows_of(handed.base)
    base = came if handed.seen is None else handed.seen
    try:
        merged, known = _merge(came, base, mine, delta, choose)
        found.after = dossier_of(delta.uid, merged.rows)
        _check(handover, found.after)
    except Unfit as error:
        raise layout.damaged() from error
    if _is_elsewhere(handover, found.after):
        raise layout.damaged()
    known = {**known, **merged.rows, **known}
    found.seen = merged.seen if merged.seen != base else None
    found.applied = [_applied(item, known) for item in merged.applied]
    found.conflicts = [_conflict(item, known) for item in merged.conflicts]
    found.open = [_conflict(item, known) for item in merged.open]
    return found


def _load(handover: Handover, uid: str) -> Dossier:
    return handed_slips.load(uid) if uid == handover.uid else dossiers.load(uid)


def _save(handover: Handover, dossier: Dossier) -> None:
    if dossier.uid == handover.uid:
        handed_slips.save(handover, dossier)
    else:
        dossiers.save(dossier)


def _check(handover: Handover, dossier: Dossier) -> None:
    if dossier.uid == handover.uid:
        check_loose(dossier)
    else:
        check(dossier)


def _is_elsewhere(handover: Handover, dossier: Dossier) -> bool:
    """True when a part of the dossier stands elsewhere in the binder."""
    if dossier.uid != handover.uid:
        return handovers.parts_elsewhere(dossier)
    own = handed_slips.uids_in(handover.uid)
    return any(slip.uid not in own and slips.exists(slip.uid) for slip in dossier.slips)


def _merge(
    came: Rows, base: Rows, mine: Rows, delta: Delta, choose: Callable[[str, str], Take]
) -> tuple[Merged, Rows]:
    """What becomes of the dossier, and the rows of both sides, the own ones first: by their
    order a path counts people, when it is told and when it is chosen."""
    theirs = applied(came, delta)
    # Before anything is compared: do they make a dossier at all?
    check(dossier_of(delta.uid, theirs))
    theirs = as_same_sheets(base, mine, theirs, templates())
    known = {**mine, **theirs, **mine}
    merged = merge(
        base,
        mine,
        theirs,
        lambda item: choose(delta.uid, _path(item.kind, item.key, item.field, known)),
    )
    return merged, known


def _chosen(found: Review, only: Collection[str] | None) -> list[DossierReview]:
    """What of a review is taken over."""
    return [
        one for one in found.dossiers if one.after is not None and (only is None or one.uid in only)
    ]


def _new_documents(chosen: list[DossierReview]) -> list[Document]:
    """What came that is not in the dossiers yet."""
    new = []
    for one in chosen:
        assert one.before is not None and one.after is not None
        before = {document.uid for document in one.before.documents}
        new += [document for document in one.after.documents if document.uid not in before]
    return new


def _applied(item: Applied, rows: Rows) -> Item:
    path = _path(item.kind, item.key, item.field, rows)
    return Item(path, item.kind, str(item.change), key=item.key, field=item.field)


def _conflict(item: Conflict, rows: Rows) -> Item:
    path = _path(item.kind, item.key, item.field, rows)
    return Item(path, item.kind, mine=item.mine, theirs=item.theirs, key=item.key, field=item.field)


def _path(kind: str, key: str, field: str, rows: Mapping[str, Row]) -> str:
    """The field as `show` and `set` name it: "company", "people.0.position",
    "people.0.forms.relationship_card.cuisine", "promises.<uid>.due"."""
    row = rows[key]
    if kind == "dossier":
        return field
    if kind == "answer":
        form = rows[row.owner]
        parts = [_place_of(form.owner, rows), "forms", str(form.values["template"]), row.field]
    elif kind == "person":
        parts = [_place_of(key, rows), field]
    else:
        parts = [_place_of(row.owner, rows), _LISTS[kind], key, field]
    return ".".join(part for part in parts if part)


_LISTS = {
    "contact_point": "contact_points",
    "form": "forms",
    "history": "history",
    "promise": "promises",
    "slip": "slips",
    "document": "documents",
}


def _place_of(person: str, rows: Mapping[str, Row]) -> str:
    """ "people.0"; empty for the dossier itself."""
    if not person:
        return ""
    people = [key for key, row in rows.items() if row.kind == "person"]
    return f"people.{people.index(person)}"
