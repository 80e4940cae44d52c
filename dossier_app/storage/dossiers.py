"""Dossiers in the database: load whole, insert many, save what differs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
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

_BATCH = 500  # dossiers in a query


def row_id_of(uid: str) -> int:
    """Raises Refusal when there is no dossier ``uid``."""
    row = database.execute_sql("SELECT id FROM dossier WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        raise Refusal(tr("There is no dossier {uid}.", uid=uid))
    return int(row[0])


def load(uid: str) -> Dossier:
    """The dossier with all its parts. Raises Refusal when it is not there."""
    return load_many([uid])[0]


def load_many(uids: Iterable[str]) -> list[Dossier]:
    """The dossiers ``uids`` with all their parts, in this order. Raises Refusal when one is
    not there."""
    return [dossier for part in chunked(uids, _BATCH) for dossier in _load(part)]


def _load(uids: list[str]) -> list[Dossier]:
    rows = _heads(uids)
    parts: dict[int, dict[str, list[Row]]] = {
        row["id"]: {table: [] for table in PART_TABLES} for row in rows.values()
    }
    for table in PART_TABLES:
        for row in _select(table, "dossier_id", parts):
            parts[row["dossier_id"]][table].append(row)
    return [_put_together(rows[uid], parts[rows[uid]["id"]]) for uid in uids]


def _put_together(head: Row, stored: dict[str, list[Row]]) -> Dossier:
    """The dossier of its row and, by table, the rows of its parts in the order written."""
    dossier = dossier_of(head)
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


def existing(uids: Iterable[str]) -> set[str]:
    """Those of ``uids`` that are dossiers in the binder."""
    return _existing("dossier", uids)


def existing_entries(uids: Iterable[str]) -> set[str]:
    """Those of ``uids`` that are entries of a history in the binder."""
    return _existing("history", uids)


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
                _refer(row, ids)
                batch[table].append({"id": ids[key], "dossier_id": numbers["dossier"], **row})
    for table in ("dossier", *PART_TABLES):
        _insert_rows(table, batch[table])
    return len(batch["dossier"])


def save(dossier: Dossier) -> None:
    """Make the stored dossier equal to ``dossier``: only rows that differ are written.
    Raises Refusal when it is not there."""
    save_many([dossier])


def save_many(dossiers: Iterable[Dossier]) -> None:
    """As `save`, of many at once; no part may change from one of them to another."""
    for part in chunked(dossiers, _BATCH):
        _save(part)


def _save(dossiers: list[Dossier]) -> None:
    rows = _heads([dossier.uid for dossier in dossiers])
    _update("dossier", [(rows[dossier.uid], dossier_row(dossier)) for dossier in dossiers])
    old, ids = _stored_parts([row["id"] for row in rows.values()])
    new = {rows[dossier.uid]["id"]: part_rows(dossier) for dossier in dossiers}
    for table in PART_TABLES:
        kept, fresh, next_id = [], [], _last_id(table)
        for dossier_id, parts in new.items():
            for key, row in parts[table].items():
                _refer(row, ids)
                if key in old[dossier_id][table]:
                    kept.append((old[dossier_id][table][key], row))
                    continue
                next_id += 1
                ids[key] = next_id
                fresh.append({"id": next_id, "dossier_id": dossier_id, **row})
        _update(table, kept)
        _insert_rows(table, fresh)
    # Last, when nothing that stays belongs to what goes (a phone moved to another person).
    for table in reversed(PART_TABLES):
        gone = [
            (row["id"],)
            for dossier_id, parts in new.items()
            for key, row in old[dossier_id][table].items()
            if key not in parts[table]
        ]
        if gone:
            database.connection().executemany(f'DELETE FROM "{table}" WHERE id = ?', gone)


def save_plan(dossier: Dossier) -> None:
    """Write only where the dossier lies and its next step: what a re-filing changes."""
    row = {**plan_row(dossier), **row_of(dossier, "closed_on", "closed_reason")}
    columns = ", ".join(f'"{name}" = ?' for name in row)
    database.execute_sql(
        f'UPDATE "dossier" SET {columns} WHERE uid = ?', (*row.values(), dossier.uid)
    )


def load_plan(uid: str) -> Dossier:
    """The dossier without its parts: enough to re-file it. Refusal when not there."""
    return dossier_of(_heads([uid])[uid])


def add_history(uid: str, entry: HistoryEntry) -> None:
    _insert_rows("history", [{"dossier_id": row_id_of(uid), **row_of(entry, *HISTORY_FIELDS)}])


def _heads(uids: list[str]) -> dict[str, Row]:
    """The rows of these dossiers themselves. Raises Refusal when one is not there."""
    rows = {row["uid"]: row for row in _select("dossier", "uid", uids)}
    for uid in uids:
        if uid not in rows:
            raise Refusal(tr("There is no dossier {uid}.", uid=uid))
    return rows


def _stored_parts(dossier_ids: list[int]) -> tuple[dict[int, Parts], dict[Key, int]]:
    """The stored rows by dossier, table and key, and the number of each key."""
    parts: dict[int, Parts] = {
        number: {table: {} for table in PART_TABLES} for number in dossier_ids
    }
    ids: dict[Key, int] = {}
    form_uids: dict[int, str] = {}
    for table in PART_TABLES:
        for row in _select(table, "dossier_id", dossier_ids):
            key: Key = (
                (form_uids[row["form_id"]], row["field"]) if table == "answer" else row["uid"]
            )
            if table == "filled_form":
                form_uids[row["id"]] = row["uid"]
            parts[row["dossier_id"]][table][key], ids[key] = row, row["id"]
    return parts, ids


def _refer(row: Row, ids: dict[Key, int]) -> None:
    """Turn the references by uid in ``row`` into row numbers."""
    for name in ("person_id", "form_id"):
        if row.get(name) is not None:
            row[name] = ids[row[name]]


def _update(table: str, rows: Iterable[tuple[Row, Row]]) -> None:
    """Of each old and new row write what differs."""
    changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for old, new in rows:
        values = {name: value for name, value in new.items() if old[name] != value}
        if values:
            changed[tuple(values)].append((*values.values(), old["id"]))
    for names, many in changed.items():
        columns = ", ".join(f'"{name}" = ?' for name in names)
        database.connection().executemany(f'UPDATE "{table}" SET {columns} WHERE id = ?', many)


def _insert_rows(table: str, rows: list[Row]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    database.connection().executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
        [tuple(row.values()) for row in rows],
    )


def _select(table: str, column: str, values: Collection[Any]) -> list[Row]:
    marks = ", ".join("?" * len(values))
    cursor = database.execute_sql(
        f'SELECT * FROM "{table}" WHERE "{column}" IN ({marks})', tuple(values)
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


def _existing(table: str, uids: Iterable[str]) -> set[str]:
    query = f'SELECT 1 FROM "{table}" WHERE uid = ?'
    return {uid for uid in uids if database.execute_sql(query, (uid,)).fetchone()}
