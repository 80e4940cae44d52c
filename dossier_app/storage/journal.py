"""One user action is one journal entry: what it changed, both ways.

``with action("refile") as changes:`` opens a transaction; everything written inside
belongs to the entry. Inside another action it joins that one, so that services can call
each other and still be one undo. After the block ``changes`` tells what was touched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from dossier_app.domain.changes import Changes
from dossier_app.domain.language import mark
from dossier_app.domain.place import Place
from dossier_app.storage.connection import database, plain_words
from dossier_app.storage.models import JOURNALLED, JournalChangeRow, JournalEntryRow

DONE, UNDONE, DROPPED = "done", "undone", "dropped"
_TABLES = {model._meta.table_name: model for model in JOURNALLED}

# What an entry is called where it is listed or undone.
ACTIONS = {
    "import": mark("Import"),
    "new": mark("New dossier"),
    "edit": mark("Change"),
    "refile": mark("Re-file"),
    "log": mark("Log & re-file"),
    "close": mark("Close the dossier"),
    "balance": mark("Move to other days"),
    "slip": mark("Slip"),
    "slip_done": mark("Tick a slip"),
    "slip_removed": mark("Take a slip away"),
    "checkpoints": mark("Checkpoints"),
    "promise": mark("Promise"),
    "document": mark("Document"),
    "document_removed": mark("Remove a document"),
    "form": mark("Form"),
    "form_removed": mark("Remove a form"),
    "template": mark("Change a form's questions"),
    "letter": mark("Letter"),
    "greet": mark("Greeted"),
    "merge": mark("Merge"),
    "unmerge": mark("Take apart"),
    "not_same": mark("Not the same"),
    "hand_over": mark("Hand over"),
    "take_over": mark("Take over"),
    "take_back": mark("Take back what was done"),
    "handover_end": mark("End a handover"),
    "handover_prolong": mark("Prolong a handover"),
    "absence": mark("Plan an absence"),
    "calendar": mark("Change the calendar"),
    "erase": mark("Erase"),
    "sample": mark("Sample binder"),
}


Listener = Callable[[Changes], None]
_before_commit: list[Listener] = []
_author: list[str] = [""]
_open: list[Changes] = []

_HANDED_SLIPS = "SELECT slip_id FROM handed_slip WHERE handover_id = ?"
# Of what an entry touched, with the content of the tables that `_collect` reads.
_READ = "'dossier', 'template', 'handover', 'handed_slip', 'absence', 'slip'"
_TOUCHED = f"""SELECT c.row_table, c.dossier_id, iif(c.row_table IN ({_READ}), c.before, NULL),
    iif(c.row_table IN ({_READ}), c.after, NULL), d.uid
  FROM journal_change c LEFT JOIN dossier d ON d.id = c.dossier_id WHERE c.entry_id = ?"""
# Columns of a dossier that say where it lies and not what it is.
_PLAN_COLUMNS = {
    "place_kind",
    "place_key",
    "tries",
    "carried_origin",
    "carried_times",
    "step_kind",
    "step_time",
    "step_minutes",
    "step_fixed",
}


def set_author(name: str) -> None:
    """Whose actions the journal records from now on."""
    _author[0] = name


def author() -> str:
    return _author[0]


def before_commit(listener: Listener) -> None:
    """Call ``listener`` inside each action's transaction, before it is committed."""
    if listener not in _before_commit:
        _before_commit.append(listener)


@contextmanager
def action(name: str, at: str) -> Iterator[Changes]:
    """Record what is written inside as one entry called ``name`` (a key of `ACTIONS`).

    ``at`` is the local moment with offset, ISO text. An action that changes nothing
    leaves no entry.
    """
    if _open:
        yield _open[-1]
        return
    changes = Changes(action=name)
    with plain_words(), database.atomic("IMMEDIATE"):
        # In plain SQL, as all that every action does: to build it costs more than to run it.
        changes.entry = database.execute_sql(
            "INSERT INTO journal_entry (at, author, action, state) VALUES (?, ?, ?, ?)",
            (at, author(), name, DONE),
        ).lastrowid
        _recording(changes.entry)
        _open.append(changes)
        try:
            yield changes
        finally:
            _open.pop()
        _recording(None)
        if not _collect(changes):
            database.execute_sql("DELETE FROM journal_entry WHERE id = ?", (changes.entry,))
            return
        database.execute_sql(
            "UPDATE journal_entry SET state = ? WHERE state = ?", (DROPPED, UNDONE)
        )
        for listener in _before_commit:
            listener(changes)


def undo() -> Changes | None:
    """Take back the newest action; None when there is nothing to take back."""
    return _turn(DONE, UNDONE, JournalEntryRow.id.desc(), forward=False)


def redo() -> Changes | None:
    """Do again what was undone last; None when there is nothing."""
    return _turn(UNDONE, DONE, JournalEntryRow.id.asc(), forward=True)


def entries(dossier_id: int | None = None, limit: int = 200) -> list[dict[str, Any]]:
    """The journal, newest first: at, author, action, state, and dossier row ids."""
    change, entry = JournalChangeRow, JournalEntryRow
    query = entry.select().order_by(entry.id.desc()).limit(limit)
    if dossier_id is not None:
        touched = change.select(change.entry).where(change.dossier_id == dossier_id)
        query = query.where(entry.id.in_(touched))
    listed = []
    for row in query:
        ids = database.execute_sql(
            "SELECT DISTINCT dossier_id FROM journal_change "
            "WHERE entry_id = ? AND dossier_id IS NOT NULL",
            (row.id,),
        ).fetchall()
        listed.append(
            {
                "at": row.at,
                "author": row.author,
                "action": row.action,
                "state": row.state,
                "dossiers": [item for (item,) in ids],
            }
        )
    return listed


def forget(dossier_ids: Iterable[int], rows: Iterable[tuple[str, int]]) -> None:
    """Remove for good what the journal holds of these dossiers and of rows (table, number)
    that are of no dossier; an entry that has nothing else goes with it."""
    for dossier_id in dossier_ids:
        JournalChangeRow.delete().where(JournalChangeRow.dossier_id == dossier_id).execute()
    for table, number in rows:
        JournalChangeRow.delete().where(
            JournalChangeRow.row_table == table, JournalChangeRow.row_id == number
        ).execute()
    database.execute_sql(
        "DELETE FROM journal_entry WHERE id NOT IN (SELECT entry_id FROM journal_change)"
    )


def _turn(state: str, new_state: str, order: Any, *, forward: bool) -> Changes | None:
    with plain_words(), database.atomic("IMMEDIATE"):
        entry = (
            JournalEntryRow.select().where(JournalEntryRow.state == state).order_by(order).first()
        )
        if entry is None:
            return None
        changes = Changes(action=entry.action, entry=entry.id)
        direction = JournalChangeRow.id.asc() if forward else JournalChangeRow.id.desc()
        rows = list(
            JournalChangeRow.select().where(JournalChangeRow.entry == entry.id).order_by(direction)
        )
        database.execute_sql("PRAGMA defer_foreign_keys = 1")
        _recording(0)
        for row in rows:
            _replay(row.row_table, row.row_id, row.after if forward else row.before)
        _recording(None)
        entry.state = new_state
        entry.save()
        _collect(changes)
        for listener in _before_commit:
            listener(changes)
        return changes


def _replay(table: str, row_id: int, content: str | None) -> None:
    """Make the row ``row_id`` what ``content`` says."""
    model = _TABLES[table]
    if content is None:
        database.execute_sql(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        return
    known = {item.column_name for item in model._meta.sorted_fields}
    values = {key: value for key, value in json.loads(content).items() if key in known}
    names = ", ".join(f'"{key}"' for key in values)
    marks = ", ".join("?" * len(values))
    updates = ", ".join(f'"{key}" = excluded."{key}"' for key in values if key != "id")
    database.execute_sql(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks}) '
        f"ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(values.values()),
    )


def _recording(entry_id: int | None) -> None:
    database.execute_sql("UPDATE journal_now SET entry_id = ?", (entry_id,))


def _collect(changes: Changes) -> bool:
    """Read from the journal what the entry touched; False when that is nothing."""
    rows = database.execute_sql(_TOUCHED, (changes.entry,)).fetchall()
    for table, dossier_id, before, after, uid in rows:
        if dossier_id is not None:
            changes.dossiers.setdefault(dossier_id, uid or "")
        if table == "dossier":
            states = _states(before, after)
            # A dossier that is gone now still told its uid in the row that went.
            changes.dossiers[dossier_id] = states[0]["uid"]
            changes.places |= {
                Place.stored(state["place_kind"], state["place_key"]) for state in states
            }
            if len(states) == 2 and _differing(*states) <= _PLAN_COLUMNS:
                continue
        elif table == "template":
            was, now = (json.loads(state) if state else {} for state in (before, after))
            texts = was.get("text", ""), now.get("text", "")
            changes.templates[(now or was)["key"]] = texts
        elif table == "own_day":
            changes.calendar = True
        elif table == "handover":
            number = _states(before, after)[0]["id"]
            changes.dossiers |= _handed(number)
            changes.slip_dates |= _dates_of_slips(_HANDED_SLIPS, number)
        elif table == "handed_slip":
            changes.slip_dates |= _dates_of_slips("?", _states(before, after)[0]["slip_id"])
        elif table == "absence":
            changes.absences |= {state["uid"] for state in _states(before, after)}
        elif table == "slip":
            changes.slip_dates |= {state["on"] for state in _states(before, after)}
        if dossier_id is not None:
            changes.texts.add(dossier_id)
    return bool(rows)


def _handed(handover_id: int) -> dict[int, str]:
    """The dossiers in a handover: what is said of it is said of them."""
    rows = database.execute_sql(
        "SELECT d.id, d.uid FROM handed h JOIN dossier d ON d.id = h.dossier_id "
        "WHERE h.handover_id = ?",
        (handover_id,),
    )
    return dict(rows.fetchall())


def _dates_of_slips(ids: str, number: int) -> set[str]:
    """The days of the slips that SQL ``ids`` of ``number`` gives."""
    rows = database.execute_sql(f'SELECT "on" FROM slip WHERE id IN ({ids})', (number,))
    return {on for (on,) in rows.fetchall()}


def _states(before: str | None, after: str | None) -> list[dict[str, Any]]:
    return [json.loads(state) for state in (before, after) if state]


def _differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {key for key in before if before[key] != after.get(key)}
