"""The colleague's side, later: what was done goes back, now and then or for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.handover.rows import Delta, difference, rows_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document
from dossier_app.exchange.package import Records
from dossier_app.exchange.package import format as layout
from dossier_app.services.handover import keys
from dossier_app.services.handover.packages import Outgoing, Sealed, outgoing, seal
from dossier_app.storage import dossiers, handed_slips, handovers, journal, settings
from dossier_app.storage.connection import database

_SENT = "handover sent "  # outside the journal: a number is never given twice


@dataclass(frozen=True, slots=True)
class Returning:
    """An update that is ready to be sealed. ``changed`` are uids of dossiers that differ
    from what was handed over."""

    handover: Handover
    number: int
    changed: list[str]
    package: Outgoing
    digest: str


def prepare(handover: Handover, *, final: bool = False) -> Returning:
    """Read all that differs from what was handed over; takes a number for the package."""
    if handover.direction is not Direction.TAKEN:
        raise Refusal(tr("These are your own dossiers; your colleague gives them back."))
    if handover.state is not State.OPEN:
        raise Refusal(tr("This handover is over; nothing was done."))
    changes, documents = _changes(handover)
    number = _sent(handover)["number"] + 1
    settings.write(_SENT + handover.uid, {**_sent(handover), "number": number})
    package = outgoing(
        replace(handover, own_name=_own_name(handover)),
        layout.UPDATE,
        number,
        keys.identity(),
        Records(changes=changes),
        documents,
        final=final,
    )
    changed = [
        delta.uid for delta in changes if delta.uid != handover.uid and (delta.set or delta.gone)
    ]
    return Returning(handover, number, changed, package, _digest(changes))


def send(prepared: Returning, sealed: Sealed) -> None:
    """Put the sealed package in its place."""
    with sealed, database.atomic("IMMEDIATE"):
        sealed.put()
        sent = {"number": prepared.number, "digest": prepared.digest, "on": str(clock.today())}
        settings.write(_SENT + prepared.handover.uid, sent)


def give_back(handover: Handover, path: Path, *, final: bool = False) -> Returning:
    """All steps at once; the package is sealed for the owner's key."""
    prepared = prepare(handover, final=final)
    send(prepared, seal(prepared.package, path))
    return prepared


def is_given_back(handover: Handover) -> bool:
    """True when the last package has everything that was done."""
    changes, _ = _changes(handover)
    touched = any(delta.set or delta.gone for delta in changes)
    return not touched or _sent(handover)["digest"] == _digest(changes)


def sent_on(handover: Handover) -> date | None:
    """The day on which the last package was made; None when there was none."""
    day = _sent(handover).get("on")
    return date.fromisoformat(day) if day else None


def _changes(handover: Handover) -> tuple[list[Delta], list[Document]]:
    """Per dossier, and for the loose sheets, the whole difference to what came; and the
    documents that are new."""
    changes, documents = [], []
    for uid in handovers.uids_in(handover.uid):
        handed = handovers.handed(handover.uid, uid)
        assert handed is not None
        now = going_along(dossiers.load(uid), {}, private=True, author=_own_name(handover))
        changes.append(difference(uid, rows_of(handed.base), rows_of(now)))
        came = {document.sha256 for document in handed.base.documents}
        documents += [item for item in now.documents if item.sha256 not in came]
    if (loose := handovers.handed(handover.uid, handover.uid)) is not None:
        rows = rows_of(handed_slips.load(handover.uid))
        changes.append(difference(handover.uid, rows_of(loose.base), rows))
    return changes, documents


def _own_name(handover: Handover) -> str:
    """The name in the settings; who has none there is called as the owner calls him."""
    return journal.author() or handover.own_name


def _sent(handover: Handover) -> dict[str, Any]:
    """Number, digest and day of the last package."""
    sent: dict[str, Any] = settings.read(_SENT + handover.uid, {"number": 0, "digest": ""})
    return sent


def _digest(changes: list[Delta]) -> str:
    return hashlib.sha256(msgspec.json.encode(changes)).hexdigest()
