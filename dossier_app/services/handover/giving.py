"""The owner's side before an absence: what falls in it, and the package for a colleague."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, Slip
from dossier_app.exchange.package import Records
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package.sealing import check_recipient
from dossier_app.services.handover import keys
from dossier_app.services.handover.overlapping import overlap_warnings
from dossier_app.services.handover.packages import Outgoing, Sealed, outgoing, seal
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, handed_slips, handovers, journal, slips


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be handed over, to whom, for how long.

    ``loose`` are uids of loose sheets. Without these and ``uids``: every dossier that has
    something to do in these days and is not away. ``left_out`` are uids of documents that
    stay, each of any of its versions. ``recipient`` is the colleague's public key; without one
    the package is sealed with a passphrase. ``absence`` is the uid of the absence that the
    wish belongs to.
    """

    colleague: str
    first_day: date
    last_day: date
    uids: Collection[str] = ()
    private: bool = False
    may_keep: bool = False
    left_out: Collection[str] = ()
    recipient: str = ""
    loose: Collection[str] = ()
    absence: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A handover that is ready to be sealed; nothing is stored yet."""

    handover: Handover
    dossiers: list[Dossier]
    package: Outgoing
    warnings: list[str] = field(default_factory=list)
    loose: list[Slip] = field(default_factory=list)


def dossiers_of(wish: Wish) -> list[str]:
    """The uids that a wish names, or stands for."""
    if wish.uids or wish.loose:
        return list(dict.fromkeys(wish.uids))
    gone = away()
    return [uid for uid in handovers.falling_in(wish.first_day, wish.last_day) if uid not in gone]


def away(*, loose: bool = False) -> dict[str, Handover]:
    """The open handover in which each dossier, or loose sheet, is with a colleague."""
    found = handed_slips.open_by_slip() if loose else handovers.open_by_dossier()
    return {
        uid: handover
        for uid, them in found.items()
        for handover in them
        if handover.direction is Direction.GIVEN
    }


def prepare(wish: Wish) -> Prepared:
    """Read what goes along. Raises Refusal when the wish cannot be met; changes nothing but
    that the binder gets its keys."""
    _check(wish)
    uids = dossiers_of(wish)
    if not uids and not wish.loose:
        raise Refusal(tr("Nothing falls in these days. Name the dossiers to hand over."))
    loaded = [dossiers.load(uid) for uid in uids]
    loose = [_loose(uid) for uid in dict.fromkeys(wish.loose)]
    gone = {**away(), **away(loose=True)}
    for uid, name in [(item.uid, item.name) for item in loaded] + [
        (slip.uid, slip.text) for slip in loose
    ]:
        if uid in gone:
            raise Refusal(
                tr(
                    "{name} is {band} already. End that handover first; nothing was done.",
                    name=name,
                    band=gone[uid].band(clock.today()),
                )
            )
    everything = [*uids, *(slip.uid for slip in loose)]
    handover = Handover(
        Direction.GIVEN,
        wish.colleague.strip(),
        keys.own_name(),
        wish.first_day,
        wish.last_day,
        owner=_owner_of(everything),
        private=wish.private,
        may_keep=wish.may_keep,
        recipient=check_recipient(wish.recipient) if wish.recipient else "",
        absence=wish.absence,
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
    records = Records(dossiers=going, loose=loose)
    package = outgoing(handover, layout.HANDOVER, 1, keys.identity(), records, documents)
    return Prepared(handover, going, package, overlap_warnings(handover, everything), loose)


def hand_over(prepared: Prepared, sealed: Sealed) -> Changes:
    """Put the sealed package in its place and mark the dossiers as away: both or neither."""
    with sealed, journal.action("hand_over", clock.stamp()) as changes:
        handovers.insert(prepared.handover, prepared.dossiers)
        handed_slips.insert(prepared.handover.uid, prepared.loose)
        sealed.put()
    return changes


def create(wish: Wish, path: Path, passphrase: str = "") -> Prepared:
    """All steps at once, for whoever can wait."""
    prepared = prepare(wish)
    hand_over(prepared, seal(prepared.package, path, passphrase))
    return prepared


def prolong(
    handover: Handover, last_day: date, path: Path | None = None, passphrase: str = ""
) -> Changes:
    """Let a handover last until another day; with ``path`` a package tells the colleague.
    All steps at once, for whoever can wait for a passphrase."""
    later = prolonged(handover, last_day)
    return save_days(later, seal(days_package(later), path, passphrase) if path else None)


def prolonged(handover: Handover, last_day: date) -> Handover:
    """The handover as it will be. Raises Refusal when its days cannot be changed."""
    if handover.direction is not Direction.GIVEN:
        raise Refusal(tr("Only the owner can change the days of a handover."))
    if handover.state is not State.OPEN:
        raise Refusal(tr("This handover is over."))
    _check_days(handover.first_day, last_day)
    return replace(handover, last_day=last_day, number=handover.number + 1)


def days_package(later: Handover) -> Outgoing:
    """What tells the colleague of other days."""
    return outgoing(later, layout.DATES, later.number, keys.identity(), Records())


def save_days(later: Handover, sealed: Sealed | None = None) -> Changes:
    """Keep the other days, and put the package that tells of them in its place."""
    with (
        nullcontext() if sealed is None else sealed,
        journal.action("handover_prolong", clock.stamp()) as changes,
    ):
        handovers.save(later)
        if sealed is not None:
            sealed.put()
    return changes


def _loose(uid: str) -> Slip:
    """An open loose sheet. Raises Refusal for what is none."""
    slip = slips.load(uid)
    if slip.done_on is not None or slips.dossier_of(uid):
        raise Refusal(tr("“{text}” is no open loose sheet; nothing was done.", text=slip.text))
    return slip


def _owner_of(uids: Collection[str]) -> str:
    """Whose they are, when all came from one colleague."""
    found = handovers.open_by_dossier() | handed_slips.open_by_slip()
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
