"""What the binder and its journal know of past days."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from dossier_app.domain.past import Client, Facts, Filing, Move, Track
from dossier_app.domain.records import HistoryEntry, Promise
from dossier_app.storage.connection import database
from dossier_app.storage.rows import HISTORY_FIELDS, PROMISE_FIELDS, dossier_of, record_of
from dossier_app.storage.sheets import client_title
from dossier_app.storage.titles import FIRST_POINT, FIRST_POINT_PRIVATE

# Actions by which a rep gives a promise. Promises that come in an import or with a
# colleague's package, or move in a merge, are not made on that day.
_PROMISING = ("log", "promise", "edit", "new")


def facts(first: date, last: date) -> Facts:
    """All that a review of the days from ``first`` to ``last`` is made of."""
    found = Facts(journal_from=_journal_from())
    contacts = _contacts(first, last)
    promises, made = _promises(first, last)
    contacted = {dossier_id for dossier_id, _ in contacts}
    promising = {dossier_id for dossier_id, _ in promises}
    tracked = contacted | _under(first, last) | promising
    rows = _dossier_rows(tracked)
    uids = {row["id"]: row["uid"] for row in rows}
    titles = _titles(uids)
    moves = _moves(tracked, first, last)
    for row in rows:
        dossier, dossier_id = dossier_of(row), row["id"]
        name, is_private = titles[dossier_id]
        company = "" if name == dossier.company else dossier.company
        found.clients[dossier.uid] = Client(dossier.uid, name, company, is_private)
        now = Filing(dossier.place, dossier.step)
        found.tracks[dossier.uid] = Track(now, moves.get(dossier_id, []))
    found.contacts = [(uids[dossier_id], entry) for dossier_id, entry in contacts]
    known = _contacted_before(contacted, first)
    for dossier_id, entry in contacts:
        if dossier_id not in known:
            found.firsts.setdefault(uids[dossier_id], entry.at.date())
    found.promises = [(uids[dossier_id], promise) for dossier_id, promise in promises]
    found.made = made
    found.new_dossiers = _new_dossiers(first, last)
    return found


def _journal_from() -> date | None:
    (at,) = database.execute_sql("SELECT min(at) FROM journal_entry").fetchone()
    return _day(at) if at else None


def _contacts(first: date, last: date) -> list[tuple[int, HistoryEntry]]:
    rows = _rows(
        f"SELECT dossier_id, {_columns(HISTORY_FIELDS)} FROM history "
        "WHERE at >= ? AND at < ? AND channel != 'note' ORDER BY at, id",
        *_moments(first, last),
    )
    return [(row["dossier_id"], record_of(HistoryEntry, row)) for row in rows]


def _contacted_before(dossier_ids: set[int], first: date) -> set[int]:
    rows = database.execute_sql(
        "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM history "
        "WHERE dossier_id = value AND at < ? AND channel != 'note')",
        (_listed(dossier_ids), first.isoformat()),
    )
    return {dossier_id for (dossier_id,) in rows}


def _under(first: date, last: date) -> set[int]:
    """Dossiers that lie under one of the days, or once lay there and were taken out."""
    # Only a dossier under a day has a key of this form, so the kind need not be asked.
    rows = database.execute_sql(
        """SELECT id FROM dossier WHERE place_kind = 'day' AND place_key BETWEEN ?1 AND ?2
        UNION
        SELECT dossier_id FROM journal_change
        WHERE row_table = 'dossier' AND json_extract(before, '$.place_key') BETWEEN ?1 AND ?2""",
        (first.isoformat(), last.isoformat()),
    )
    return {dossier_id for (dossier_id,) in rows}


def _moves(dossier_ids: set[int], first: date, last: date) -> dict[int, list[Move]]:
    """What the journal tells of each dossier from the day ``first`` on, oldest first, up
    to the first move after ``last``: that one tells where it lay before."""
    # From the dossiers to their changes to the entries: the few lead to the many.
    rows = database.execute_sql(
        "SELECT c.dossier_id, e.at, e.action, c.before, c.after "
        "FROM json_each(?) wanted CROSS JOIN journal_change c ON c.dossier_id = wanted.value "
        "CROSS JOIN journal_entry e ON e.id = c.entry_id "
        "WHERE c.row_table = 'dossier' AND e.state = 'done' AND e.at >= ? ORDER BY c.id",
        (_listed(dossier_ids), first.isoformat()),
    )
    found: dict[int, list[Move]] = defaultdict(list)
    for dossier_id, at, action, before, after in rows:
        known = found[dossier_id]
        if not known or known[-1].at.date() <= last:
            moment = datetime.fromisoformat(at)
            known.append(Move(moment, _filing(before), _filing(after), action == "log"))
    return found


def _filing(state: str | None) -> Filing | None:
    if state is None:
        return None
    dossier = dossier_of(json.loads(state))
    return Filing(dossier.place, dossier.step)


def _promises(first: date, last: date) -> tuple[list[tuple[int, Promise]], dict[str, date]]:
    """Promises that matter to the days, and by uid the day on which one was given."""
    given = database.execute_sql(
        "SELECT c.row_id, e.at "
        "FROM journal_entry e CROSS JOIN journal_change c ON c.entry_id = e.id "
        "WHERE e.at >= ? AND e.at < ? AND +e.state = 'done' "
        f"AND e.action IN ({', '.join('?' * len(_PROMISING))}) "
        "AND c.row_table = 'promise' AND c.before IS NULL",
        (*_moments(first, last), *_PROMISING),
    )
    days = {row_id: _day(at) for row_id, at in given}
    rows = _rows(
        f"""SELECT id, dossier_id, {_columns(PROMISE_FIELDS)} FROM promise WHERE id IN (
          SELECT id FROM promise WHERE kept_on IS NULL AND due <= ?2
          UNION ALL
          SELECT id FROM promise WHERE kept_on >= ?1 AND (kept_on <= ?2 OR due <= ?2)
          UNION ALL SELECT value FROM json_each(?3))
        ORDER BY id""",
        first.isoformat(),
        last.isoformat(),
        _listed(days),
    )
    promises = [(row["dossier_id"], record_of(Promise, row)) for row in rows]
    return promises, {row["uid"]: days[row["id"]] for row in rows if row["id"] in days}


def _new_dossiers(first: date, last: date) -> Counter[date]:
    rows = database.execute_sql(
        "SELECT created_on, count(*) FROM dossier WHERE created_on BETWEEN ? AND ? "
        "GROUP BY created_on",
        (first.isoformat(), last.isoformat()),
    )
    return Counter({date.fromisoformat(day): count for day, count in rows})


def _dossier_rows(dossier_ids: set[int]) -> list[dict[str, Any]]:
    return _rows(
        "SELECT * FROM dossier WHERE id IN (SELECT value FROM json_each(?))", _listed(dossier_ids)
    )


def _titles(dossier_ids: Iterable[int]) -> dict[int, tuple[str, bool]]:
    """What each client is called: the main person, else the company, else a phone; and
    whether that is private."""
    rows = database.execute_sql(
        f"""SELECT d.id, p.surname, p.given, coalesce(nullif(d.company, ''), {FIRST_POINT}, ''),
          d.company = '' AND {FIRST_POINT_PRIVATE}
        FROM dossier d LEFT JOIN person p ON p.id = (
          SELECT id FROM person WHERE dossier_id = d.id ORDER BY main DESC, sort LIMIT 1)
        WHERE d.id IN (SELECT value FROM json_each(?))""",
        (_listed(dossier_ids),),
    )
    return {
        number: (
            client_title(surname, given, rest),
            bool(is_private) and not (surname or given),
        )
        for number, surname, given, rest, is_private in rows
    }


def _rows(sql: str, *values: Any) -> list[dict[str, Any]]:
    cursor = database.execute_sql(sql, values)
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _listed(numbers: Iterable[int]) -> str:
    """Row numbers as the JSON list that a query takes them from."""
    return json.dumps(sorted(numbers))


def _moments(first: date, last: date) -> tuple[str, str]:
    """The bounds between which the moments of the days are stored: local time comes first."""
    return first.isoformat(), (last + timedelta(days=1)).isoformat()


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])
