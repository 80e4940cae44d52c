"""Loose sheets in a handover.

They travel as the slips of a dossier that has nothing else, under the uid of the handover,
so that all rules of a dossier in a handover are theirs too.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.records import Dossier, Slip
from dossier_app.storage import slips as store
from dossier_app.storage.connection import database
from dossier_app.storage.handovers import all_handovers, row_id
from dossier_app.storage.models import HandedSlipRow, HandoverRow, SlipRow

_LINKS = (
    "FROM handed_slip h JOIN slip s ON s.id = h.slip_id JOIN handover o ON o.id = h.handover_id"
)


def insert(handover: str, slips: list[Slip]) -> None:
    """Keep which loose sheets went along with a handover; they are in the binder."""
    if slips:
        base = msgspec.json.encode(Dossier(slips=slips, uid=handover)).decode()
        HandoverRow.update(loose=base).where(HandoverRow.uid == handover).execute()
        _link(handover, (slip.uid for slip in slips))


def uids_in(handover: str) -> list[str]:
    """The loose sheets of a handover that are in the binder."""
    rows = database.execute_sql(f"SELECT s.uid {_LINKS} WHERE o.uid = ? ORDER BY h.id", (handover,))
    return [uid for (uid,) in rows.fetchall()]


def load(handover: str) -> Dossier:
    """The loose sheets of a handover as they are now."""
    return Dossier(slips=[store.load(uid) for uid in uids_in(handover)], uid=handover)


def save(handover: Handover, now: Dossier) -> None:
    """Make the loose sheets of a handover the slips of ``now``."""
    known = uids_in(handover.uid)
    for uid in set(known) - {slip.uid for slip in now.slips}:
        store.delete(uid)
    for slip in now.slips:
        if slip.uid in known:
            store.save(slip)
            continue
        store.add([slip])
        _link(handover.uid, [slip.uid])
        if handover.owner and known:
            follow(known[0], slip.uid)  # all are of one colleague, who gets this one too


def follow(uid: str, following: str) -> None:
    """Let what came of a colleague's loose sheet go back to him with it."""
    database.execute_sql(
        "INSERT INTO handed_slip (handover_id, slip_id) "
        f"SELECT o.id, (SELECT id FROM slip WHERE uid = ?) {_LINKS} "
        "WHERE s.uid = ? AND o.direction = ? AND o.state = ?",
        (following, uid, str(Direction.TAKEN), str(State.OPEN)),
    )


def open_by_slip() -> dict[str, list[Handover]]:
    """The open handovers of each loose sheet that is in one, the newest first."""
    known = {item.uid: item for item in all_handovers() if item.state is State.OPEN}
    found: dict[str, list[Handover]] = {}
    for uid, handover in database.execute_sql(
        f"SELECT s.uid, o.uid {_LINKS} WHERE o.state = ? ORDER BY o.id DESC", (str(State.OPEN),)
    ).fetchall():
        found.setdefault(uid, []).append(known[handover])
    return found


def was_taken(uid: str) -> bool:
    """True for a copy of a colleague's that stayed when its handover was over."""
    row = database.execute_sql(
        f"SELECT 1 {_LINKS} WHERE s.uid = ? AND o.direction = ? AND o.state = ?",
        (uid, str(Direction.TAKEN), str(State.ENDED)),
    ).fetchone()
    return row is not None


def _link(handover: str, uids: Iterable[str]) -> None:
    number = row_id(handover)
    for uid in uids:
        HandedSlipRow.create(handover=number, slip=SlipRow.get(SlipRow.uid == uid).id)
