"""Which sheets of the binder are with a colleague, or of one: read with every page, so that
nothing is loaded here but what the page needs."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.storage.connection import database

_OPEN = "WHERE o.state = 'open' ORDER BY o.id"


def bands() -> dict[str, Handover]:
    """The open handover of each dossier and loose sheet that is in one, the later one of
    what was handed on. Of the handovers only what a band says is read."""
    known = dict(_handovers())
    if not known:
        return {}
    found = {}
    for uid, number in database.execute_sql(
        "SELECT d.uid, o.id FROM handover o JOIN handed h ON h.handover_id = o.id "
        f"JOIN dossier d ON d.id = h.dossier_id {_OPEN}"
    ).fetchall():
        found[uid] = known[number]
    for uid, number in database.execute_sql(
        "SELECT s.uid, o.id FROM handover o JOIN handed_slip h ON h.handover_id = o.id "
        f"JOIN slip s ON s.id = h.slip_id {_OPEN}"
    ).fetchall():
        found[uid] = known[number]
    return found


def _handovers() -> list[tuple[int, Handover]]:
    rows = database.execute_sql(
        "SELECT o.id, o.direction, o.colleague, o.own_name, o.first_day, o.last_day, o.owner, "
        f"o.uid FROM handover o {_OPEN}"
    ).fetchall()
    return [
        (
            number,
            Handover(
                Direction(direction),
                colleague,
                own_name,
                date.fromisoformat(first),
                date.fromisoformat(last),
                owner,
                state=State.OPEN,
                uid=uid,
            ),
        )
        for number, direction, colleague, own_name, first, last, owner, uid in rows
    ]
