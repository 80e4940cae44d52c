"""Handovers and the dossiers in them; what falls in an absence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from dossier_app.domain.changes import Changes
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.handover.rows import Row, Rows
from dossier_app.domain.place import Month
from dossier_app.domain.records import Dossier
from dossier_app.storage import journal
from dossier_app.storage.connection import database
from dossier_app.storage.dossiers import row_id_of
from dossier_app.storage.forgetting import forgetting
from dossier_app.storage.models import (
    DossierRow,
    HandedRow,
    HandoverRow,
    SlipRow,
)
from dossier_app.storage.rows import PART_TABLES, part_rows, record_of, row_of

_FIELDS = (
    "uid",
    "direction",
    "state",
    "colleague",
    "own_name",
    "owner",
    "first_day",
    "last_day",
    "private",
    "may_keep",
    "number",
    "merged",
    "key",
    "recipient",
    "absence",
)


@dataclass(slots=True)
class Handed:
    """A dossier in a handover: ``base`` went along; ``seen`` is what of the colleague's
    state the owner has merged since."""

    uid: str
    base: Dossier
    seen: Rows | None = None


def insert(handover: Handover, dossiers: Iterable[Dossier]) -> None:
    """Keep a handover, with what went along of each dossier; they are in the binder."""
    row = HandoverRow.create(**row_of(handover, *_FIELDS))
    for dossier in dossiers:
        HandedRow.create(
            handover=row.id,
            dossier=row_id_of(dossier.uid),
            base=msgspec.json.encode(dossier).decode(),
            seen=None,
        )


def save(handover: Handover) -> None:
    """Write what differs."""
    HandoverRow.update(row_of(handover, *_FIELDS)).where(HandoverRow.uid == handover.uid).execute()


def all_handovers() -> list[Handover]:
    """The newest first."""
    query = HandoverRow.select().order_by(HandoverRow.id.desc())
    return [record_of(Handover, {name: getattr(row, name) for name in _FIELDS}) for row in query]


def find(uid: str) -> Handover | None:
    return next((item for item in all_handovers() if item.uid == uid), None)


def changed_at(uid: str, action: str) -> str | None:
    """When ``action``, a key of `journal.ACTIONS`, last changed a handover: ISO text with
    offset; None when it never did."""
    row = database.execute_sql(
        "SELECT e.at FROM journal_entry e JOIN journal_change c ON c.entry_id = e.id "
        "WHERE c.row_table = 'handover' AND c.row_id = ? AND e.action = ? AND e.state = ? "
        "ORDER BY e.id DESC LIMIT 1",
        (row_id(uid), action, journal.DONE),
    ).fetchone()
    return None if row is None else str(row[0])


def row_id(uid: str) -> int:
    # In plain SQL: once per dossier of a merge.
    row = database.execute_sql("SELECT id FROM handover WHERE uid = ?", (uid,)).fetchone()
    return int(row[0])


def uids_in(handover: str) -> list[str]:
    """The dossiers in a handover that are in the binder, in the order they went along."""
    rows = database.execute_sql(
        "SELECT d.uid FROM handed h JOIN dossier d ON d.id = h.dossier_id "
        "JOIN handover o ON o.id = h.handover_id WHERE o.uid = ? ORDER BY h.id",
        (handover,),
    )
    return [uid for (uid,) in rows.fetchall()]


def handed(handover: str, uid: str) -> Handed | None:
    """What is kept of a dossier in a handover; None when it is not in it. Under the uid of the
    handover itself: of its loose sheets, if there are any (`storage.handed_slips`)."""
    if uid == handover:
        sql = "SELECT loose, loose_seen FROM handover WHERE uid = ? AND loose IS NOT NULL"
        row = database.execute_sql(sql, (handover,)).fetchone()
    else:
        row = database.execute_sql(
            "SELECT h.base, h.seen FROM handed h JOIN dossier d ON d.id = h.dossier_id "
            "JOIN handover o ON o.id = h.handover_id WHERE o.uid = ? AND d.uid = ?",
            (handover, uid),
        ).fetchone()
    if row is None:
        return None
    base, seen = row
    rows = msgspec.json.decode(seen, type=dict[str, Row]) if seen else None
    return Handed(uid, msgspec.json.decode(base, type=Dossier), rows)


def save_seen(handover: str, uid: str, seen: Rows) -> None:
    """Keep what was seen of the colleague's state; ``uid`` as in `handed`."""
    stored = msgspec.json.encode(seen).decode()
    if uid == handover:
        HandoverRow.update(loose_seen=stored).where(HandoverRow.uid == handover).execute()
    else:
        HandedRow.update(seen=stored).where(
            HandedRow.handover == row_id(handover), HandedRow.dossier == row_id_of(uid)
        ).execute()


def open_by_dossier() -> dict[str, list[Handover]]:
    """The open handovers of each dossier that is in one, the newest first."""
    known = {item.uid: item for item in all_handovers() if item.state is State.OPEN}
    found: dict[str, list[Handover]] = {}
    for uid, handover in database.execute_sql(
        "SELECT d.uid, o.uid FROM handed h JOIN dossier d ON d.id = h.dossier_id "
        "JOIN handover o ON o.id = h.handover_id WHERE o.state = ? ORDER BY o.id DESC",
        (str(State.OPEN),),
    ).fetchall():
        found.setdefault(uid, []).append(known[handover])
    return found


def was_taken(uid: str) -> bool:
    """True for a copy of a colleague's dossier that stayed when its handover was over."""
    row = database.execute_sql(
        "SELECT 1 FROM handed h JOIN dossier d ON d.id = h.dossier_id JOIN handover o "
        "ON o.id = h.handover_id WHERE d.uid = ? AND o.direction = ? AND o.state = ?",
        (uid, str(Direction.TAKEN), str(State.ENDED)),
    ).fetchone()
    return row is not None


def falling_in(first: date, last: date) -> list[str]:
    """The dossiers with a step, an open slip or an open promise from ``first`` to ``last``,
    in the order of their first one; a month comes after its days."""
    days = (str(first), str(last))
    months = (str(Month.of(first)), str(Month.of(last)))
    rows = database.execute_sql(
        "SELECT uid, min(due) FROM ("
        "SELECT d.uid, d.place_key AS due FROM dossier d WHERE d.place_kind = 'day' "
        "AND d.place_key BETWEEN ? AND ? "
        "UNION ALL SELECT d.uid, d.place_key || '-99' FROM dossier d "
        "WHERE d.place_kind = 'month' AND d.place_key BETWEEN ? AND ? "
        'UNION ALL SELECT d.uid, s."on" FROM slip s JOIN dossier d '
        'ON d.id = s.dossier_id WHERE s.done_on IS NULL AND s."on" BETWEEN ? AND ? '
        "UNION ALL SELECT d.uid, p.due FROM promise p JOIN dossier d "
        "ON d.id = p.dossier_id WHERE p.kept_on IS NULL AND p.due BETWEEN ? AND ?"
        ") GROUP BY uid ORDER BY 2, 1",
        (*days, *months, *days, *days),
    )
    return [uid for uid, _ in rows.fetchall()]


def parts_elsewhere(dossier: Dossier) -> bool:
    """True when a part of ``dossier`` stands in another dossier of the binder."""
    parts = part_rows(dossier)
    for table in PART_TABLES:
        if table == "answer":
            continue  # known by its form
        for uid in parts[table]:
            row = database.execute_sql(
                f'SELECT d.uid FROM "{table}" t LEFT JOIN dossier d ON d.id = t.dossier_id '
                "WHERE t.uid = ?",
                (uid,),
            ).fetchone()
            if row is not None and row[0] != dossier.uid:
                return True
    return False


def remove_copies(handover: Handover, uids: Iterable[str], at: str) -> Changes:
    """Write ``handover`` and delete these dossiers and its loose sheets so that nothing
    remembers them: neither the journal, nor the search, nor the log of the database. Cannot
    be undone."""
    numbers, own = [row_id_of(uid) for uid in uids], row_id(handover.uid)
    links = "SELECT slip_id FROM handed_slip WHERE handover_id = ?"
    slips = [int(number) for (number,) in database.execute_sql(links, (own,)).fetchall()]
    forgotten = [("handover", own), *(("slip", number) for number in slips)]
    with forgetting("handover_end", at, numbers, forgotten) as changes:
        save(handover)
        HandoverRow.update(loose=None, loose_seen=None).where(HandoverRow.id == own).execute()
        DossierRow.delete().where(DossierRow.id.in_(numbers)).execute()
        SlipRow.delete().where(SlipRow.id.in_(slips)).execute()
    return changes
