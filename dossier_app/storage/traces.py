"""What contacts said before they were changed, read from the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from dossier_app.domain.records import HistoryEntry
from dossier_app.storage.connection import database
from dossier_app.storage.dossiers import row_id_of
from dossier_app.storage.rows import record_of

_CHANGES = """
  SELECT e.at, e.author, c.before, c.after FROM journal_change c
  JOIN journal_entry e ON e.id = c.entry_id
  WHERE c.dossier_id = ? AND c.row_table = 'history' AND e.state = 'done'
    AND c.before IS NOT NULL AND c.after IS NOT NULL
  ORDER BY c.id"""


@dataclass(frozen=True, slots=True)
class Trace:
    """A contact as it stood until ``author`` changed it at ``at``, a local time with its
    UTC offset. What was undone has left no trace."""

    at: datetime
    author: str
    before: HistoryEntry


def traces(uid: str) -> dict[str, list[Trace]]:
    """The changed contacts of a dossier by their uids, each change after the other."""
    found: dict[str, list[Trace]] = {}
    rows = database.execute_sql(_CHANGES, (row_id_of(uid),)).fetchall()
    for at, author, *states in rows:
        before, after = (record_of(HistoryEntry, json.loads(state)) for state in states)
        if before != after:  # else it went to another dossier in a merge
            trace = Trace(datetime.fromisoformat(at), author, before)
            found.setdefault(before.uid, []).append(trace)
    return found
