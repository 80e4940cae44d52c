"""What planning needs to know: sheets with what binds them, days that were not closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dossier_app.domain.balancing import Item
from dossier_app.domain.place import Place, day_place
from dossier_app.domain.records import SlipKind
from dossier_app.storage.connection import database
from dossier_app.storage.sheets import KeyRange, dossier_sheets, slip_sheets

_DAY = timedelta(days=1)


def items(ranges: Iterable[KeyRange]) -> list[Item]:
    """The dossiers at the places of ``ranges``, with the due date of the first promise
    that is open in them, whoever gave it."""
    found = []
    for part in ranges:
        rows = database.execute_sql(
            """SELECT d.uid, d.place_kind, d.place_key,
              (SELECT min(due) FROM promise r WHERE r.dossier_id = d.id AND r.kept_on IS NULL)
            FROM dossier d WHERE d.place_kind = ? AND d.place_key BETWEEN ? AND ?""",
            (str(part.kind), part.first, part.last),
        )
        bound = {uid: (Place.stored(kind, key), _date(due)) for uid, kind, key, due in rows}
        found += [Item(sheet, *bound[sheet.uid]) for sheet in dossier_sheets([part])]
    return found


def slip_items(first: date, last: date) -> list[Item]:
    """Open slips and loose sheets from ``first`` to ``last``; one that reminds of a
    promise is due on its own day."""
    return [
        Item(sheet, day_place(sheet.on), sheet.on if sheet.slip_kind is SlipKind.PROMISE else None)
        for sheet in slip_sheets(first, last)
        if sheet.on is not None
    ]


def work_done(day: date) -> tuple[int, int]:
    """Clients contacted on the local date ``day``, and the minutes noted for it."""
    row = database.execute_sql(
        "SELECT count(DISTINCT dossier_id), coalesce(sum(minutes), 0) FROM history "
        "WHERE at >= ? AND at < ? AND channel != 'note'",
        (day.isoformat(), (day + _DAY).isoformat()),
    ).fetchone()
    return int(row[0]), int(row[1])


def left_under_days(before: date) -> dict[date, tuple[int, int]]:
    """Days before ``before`` with dossiers under them: how many, and how many of them
    are fixed appointments."""
    rows = database.execute_sql(
        "SELECT place_key, count(*), sum(step_fixed) FROM dossier "
        "WHERE place_kind = 'day' AND place_key < ? GROUP BY place_key",
        (before.isoformat(),),
    )
    return {date.fromisoformat(key): (count, fixed) for key, count, fixed in rows}


def last_reached(until: date) -> dict[str, date]:
    """By dossier the day on which the client was last talked or written to, up to
    ``until``; without those who were never reached."""
    rows = database.execute_sql(
        "SELECT d.uid, substr(max(h.at), 1, 10) FROM history h "
        "JOIN dossier d ON d.id = h.dossier_id "
        "WHERE h.at < ? AND h.channel != 'note' AND h.reached GROUP BY d.id",
        ((until + _DAY).isoformat(),),
    )
    return {uid: date.fromisoformat(day) for uid, day in rows}


def made_after(day: date) -> set[str]:
    """uids of the dossiers that were made after ``day``."""
    rows = database.execute_sql("SELECT uid FROM dossier WHERE created_on > ?", (day.isoformat(),))
    return {uid for (uid,) in rows}


def _date(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
