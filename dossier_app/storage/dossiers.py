"""Dossiers in the database: load whole, insert many, save what differs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import Any

from peewee import chunked

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.records import (
    Answer,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Promise,
    Slip,
)
from dossier_app.storage.connection import database
from dossier_app.storage.models import DossierRow
from dossier_app.storage.rows import (
    HISTORY_FIELDS,
    PART_TABLES,
    PROMISE_FIELDS,
    SLIP_FIELDS,
    Key,
    Parts,
    Row,
    dossier_of,
    dossier_row,
    part_rows,
    plan_row,
    record_of,
    records_of,
    row_of,
)


def row_id_of(uid: str) -> int:
    """Raises Refusal when there is no dossier ``uid``."""
    row = database.execute_sql("SELECT id FROM dossier WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        raise Refusal(tr("There is no dossier {uid}.", uid=uid))
    return int(row[0])


def load(uid: str) -> Dossier:
    """The dossier with all its parts. Raises Refusal when it is not there."""
    rows = _select("dossier", "uid", uid)
    if not rows:
        raise Refusal(tr("There is no dossier {uid}.", uid=uid))
    dossier = dossier_of(rows[0])
    stored = {table: _select(table, "dossier_id", rows[0]["id"]) for table in PART_TABLES}

    points: dict[int | None, list[ContactPoint]] = defaultdict(list)
    for row in sorted(stored["contact_point"], key=_by_sort):
        points[row["person_id"]].append(record_of(ContactPoint, row))
    answers: dict[int, dict[str, Answer]] = defaultdict(dict)
    for row in stored["answer"]:
        row["value"] = json.loads(row["value"])
        answers[row["form_id"]][row["field"]] = record_of(Answer, row)
    forms: dict[int | None, list[FilledForm]] = defaultdict(list)
    for row in stored["filled_form"]:
        form = record_of(FilledForm, row)
        form.answers = answers[row["id"]]
        forms[row["person_id"]].append(form)

    dossier.contact_points, dossier.forms = points[None], forms[None]
    for row in sorted(stored["person"], key=_by_sort):
        person = record_of(Person, row)
        person.contact_points, person.forms = points[row["id"]], forms[row["id"]]
        dossier.people.append(person)
    # Of two of the same moment the one that was written later comes first.
    latest_first = sorted(stored["history"], key=itemgetter("id"), reverse=True)
    dossier.history = records_of(HistoryEntry, latest_first)
    dossier.history.sort(key=attrgetter("at"), reverse=True)
    dossier.promises = records_of(Promise, stored["promise"])
    dossier.slips = records_of(Slip, stored["slip"])
    dossier.documents = records_of(Document, stored["document"])
    return dossier


def all_uids() -> list[str]:
    """Every dossier, oldest first."""
    return [uid for (uid,) in database.execute_sql("SELECT uid FROM dossier ORDER BY id")]


def count() -> int:
    """How many dossiers there are."""
    return int(DossierRow.select().count())


def uids_of(row_ids: Iterable[int]) -> dict[int, str]:
    """uid by row id, of those that exist."""
    found: dict[int, str] = {}
    for part in chunked(sorted(row_ids), 500):
        wanted = ", ".join(f"{number:d}" for number in part)
        found.update(database.execute_sql(f"SELECT id, uid FROM dossier WHERE id IN ({wanted})"))
    return found


def uids_beginning(text: str) -> list[str]:
    """uids that begin with ``text``, at most ten."""
    rows = database.execute_sql(
        "SELECT uid FROM dossier WHERE substr(uid, 1, ?) = ? LIMIT 10", (len(text), text)
    )
    return [uid for (uid,) in rows.fetchall()]


def insert(dossiers: Iterable[Dossier]) -> int:
    """Write new dossiers with all their parts; returns how many."""
    batch: dict[str, list[Row]] = defaultdict(list)
    numbers = {table: _last_id(table) for table in PART_TABLES}
    numbers["dossier"] = _last_dossier_id()
    for dossier in dossiers:
        numbers["dossier"] += 1
        batch["dossier"].append({"id": numbers["dossier"], **dossier_row(dossier)})
        parts = part_rows(dossier)
        ids: dict[Key, int] = {}
        for table in PART_TABLES:
            for key, row in parts[table].items():
                numbers[table] += 1
                ids[key] = numbers[table]
                batch[table].append(
                    {"id": ids[key], "dossier_id": numbers["dossier"], **_numbered(row, ids)}
                )
    for table in ("dossier", *PART_TABLES):
        _insert_rows(table, batch[table])
    return len(batch["dossier"])


def save(dossier: Dossier) -> None:
    """Make the stored dossier equal to ``dossier``: only rows that differ are written."""
    dossier_id = row_id_of(dossier.uid)
    _update("dossier", dossier_id, _select("dossier", "id", dossier_id)[0], dossier_row(dossier))
    old, ids = _stored_parts(dossier_id)
    new = part_rows(dossier)
    for table in PART_TABLES:
        next_id = _last_id(table)
        fresh = []
        for key, row in new[table].items():
            if key in old[table]:
                _update(table, old[table][key]["id"], old[table][key], _numbered(row, ids))
                continue
            next_id += 1
            ids[key] = next_id
            fresh.append({"id": next_id, "dossier_id": dossier_id, **_numbered(row, ids)})
        _insert_rows(table, fresh)
    # Last, when nothing that stays belongs to what goes (a phone moved to another person).
    for table in reversed(PART_TABLES):
        for key in old[table].keys() - new[table].keys():
            row_id = old[table][key]["id"]
            database.execute_sql(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))


def save_plan(dossier: Dossier) -> None:
    """Write only where the dossier lies and its next step: what a re-filing changes."""
    row = {**plan_row(dossier), **row_of(dossier, "closed_on", "closed_reason")}
    columns = ", ".join(f'"{name}" = ?' for name in row)
    database.execute_sql(
        f'UPDATE "dossier" SET {columns} WHERE uid = ?', (*row.values(), dossier.uid)
    )


def load_plan(uid: str) -> Dossier:
    """The dossier without its parts: enough to re-file it. Refusal when not there."""
    rows = _select("dossier", "uid", uid)
    if not rows:
        raise Refusal(tr("There is no dossier {uid}.", uid=uid))
    return dossier_of(rows[0])


def add_history(uid: str, entry: HistoryEntry) -> None:
    _insert_rows("history", [{"dossier_id": row_id_of(uid), **row_of(entry, *HISTORY_FIELDS)}])


def _stored_parts(dossier_id: int) -> tuple[Parts, dict[Key, int]]:
    """The stored rows by table and key, and the number of each key."""
    parts: Parts = {table: {} for table in PART_TABLES}
    ids: dict[Key, int] = {}
    form_uids: dict[int, str] = {}
    for table in PART_TABLES:
        for row in _select(table, "dossier_id", dossier_id):
            key: Key = (
                (form_uids[row["form_id"]], row["field"]) if table == "answer" else row["uid"]
            )
            if table == "filled_form":
                form_uids[row["id"]] = row["uid"]
            parts[table][key], ids[key] = row, row["id"]
    return parts, ids


def _numbered(row: Row, ids: dict[Key, int]) -> Row:
    """``row`` with its references by uid turned into row numbers."""
    references = {
        name: ids[row[name]] for name in ("person_id", "form_id") if row.get(name) is not None
    }
    return {**row, **references}


def _update(table: str, row_id: int, old: Row, new: Row) -> None:
    changed = {name: value for name, value in new.items() if old[name] != value}
    if changed:
        columns = ", ".join(f'"{name}" = ?' for name in changed)
        database.execute_sql(
            f'UPDATE "{table}" SET {columns} WHERE id = ?',
            (*changed.values(), row_id),
        )


def _insert_rows(table: str, rows: list[Row]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    database.connection().executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
        [tuple(row.values()) for row in rows],
    )


def _select(table: str, column: str, value: Any) -> list[Row]:
    cursor = database.execute_sql(
        f'SELECT * FROM "{table}" WHERE "{column}" = ?',
        (value,),
    )
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _last_id(table: str) -> int:
    row = database.execute_sql(f'SELECT max(id) FROM "{table}"').fetchone()
    return row[0] or 0


def _last_dossier_id() -> int:
    """The highest number a dossier has or ever had: the journal knows dossiers by it."""
    row = database.execute_sql("SELECT max(dossier_id) FROM journal_change").fetchone()
    return max(_last_id("dossier"), row[0] or 0)


def _by_sort(row: Row) -> int:
    return int(row["sort"])


def add_promise(uid: str, promise: Promise, slip: Slip | None) -> None:
    """Write a promise and the slip that reminds of it."""
    dossier_id = row_id_of(uid)
    _insert_rows("promise", [{"dossier_id": dossier_id, **row_of(promise, *PROMISE_FIELDS)}])
    if slip is not None:
        _insert_rows("slip", [{"dossier_id": dossier_id, **row_of(slip, *SLIP_FIELDS)}])
