"""Merged dossiers in the database, with what is needed to take them apart again.

Rows go over to the other dossier as they are: they keep their numbers and their past.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from dossier_app.domain.merging import Merge
from dossier_app.domain.parts import bare
from dossier_app.domain.records import Dossier
from dossier_app.storage import dossiers
from dossier_app.storage.connection import database
from dossier_app.storage.models import JOURNALLED, DossierRow, MergeOriginRow, NotSameRow, OriginRow
from dossier_app.storage.rows import PART_TABLES, dossier_row, part_rows

# All that hangs on a dossier.
_CARRIED = [
    str(model._meta.table_name) for model in JOURNALLED if "dossier_id" in model._meta.columns
]
# What goes back as it is. Forms and documents stand in the order of their numbers, and some
# of them may have been taken for those of the dossier that stays: all are written anew.
_GIVEN_BACK = [name for name in PART_TABLES if name not in ("filled_form", "answer", "document")]


@dataclass(frozen=True, slots=True)
class Merged:
    """One merge that holds: when it was made, which dossier stayed and which one went."""

    row_id: int
    on: date
    survivor: str
    other: str


def write(merge: Merge, on: date) -> None:
    """Make the dossier that stays what the merge says, and take the other one out."""
    mine_id, other_id = (dossiers.row_id_of(item.uid) for item in (merge.mine, merge.other))
    origins = OriginRow.select(OriginRow.foreign_id).where(OriginRow.dossier == other_id)
    content = {
        "merge": msgspec.to_builtins(merge),
        "origins": [row.foreign_id for row in origins],
    }
    for table in _CARRIED:
        # What may be there once only, as the part in a handover that is over, stays as it is.
        database.execute_sql(
            f'UPDATE OR IGNORE "{table}" SET dossier_id = ? WHERE dossier_id = ?',
            (mine_id, other_id),
        )
    dossiers.save(merge.merged)
    DossierRow.delete().where(DossierRow.id == other_id).execute()
    MergeOriginRow.create(
        dossier=mine_id,
        survivor_uid=merge.mine.uid,
        other_uid=merge.other.uid,
        other_id=other_id,
        merged_on=on.isoformat(),
        content=json.dumps(content, ensure_ascii=False),
    )


def last_of(uid: str) -> Merged | None:
    """The newest merge into the dossier ``uid`` that still holds."""
    row = (
        MergeOriginRow.select()
        .where(MergeOriginRow.survivor_uid == uid)
        .order_by(MergeOriginRow.id.desc())
        .first()
    )
    return _merged(row) if row else None


def of_gone(uid: str) -> Merged | None:
    """The merge in which the dossier ``uid`` went."""
    row = MergeOriginRow.get_or_none(MergeOriginRow.other_uid == uid)
    return _merged(row) if row else None


def living_beginning(text: str) -> list[str]:
    """uids of the dossiers in which those are now that went and begin with ``text``."""
    rows = database.execute_sql(
        "SELECT DISTINCT d.uid FROM merge_origin m JOIN dossier d ON d.id = m.dossier_id "
        "WHERE substr(m.other_uid, 1, ?) = ? LIMIT 10",
        (len(text), text),
    )
    return [uid for (uid,) in rows.fetchall()]


def gone_beginning(text: str) -> list[str]:
    """uids of dossiers that went in a merge and begin with ``text``, at most ten."""
    rows = database.execute_sql(
        "SELECT other_uid FROM merge_origin WHERE substr(other_uid, 1, ?) = ? LIMIT 10",
        (len(text), text),
    )
    return [uid for (uid,) in rows.fetchall()]


def load(merged: Merged) -> Merge:
    """What was merged there."""
    return msgspec.convert(_content(merged)["merge"], Merge)


def take_apart(merged: Merged, mine: Dossier, other: Dossier) -> None:
    """Write both dossiers of a merge that no longer holds, ``other`` under its own number."""
    row = MergeOriginRow.get_by_id(merged.row_id)
    mine_id, other_id = dossiers.row_id_of(mine.uid), int(row.other_id)
    DossierRow.insert({**dossier_row(bare(other)), "id": other_id}).execute()
    parts = part_rows(other)
    for table in _GIVEN_BACK:
        _give_back(table, "uid", (str(key) for key in parts[table]), mine_id, other_id)
    _give_back("origin", "foreign_id", _content(merged)["origins"], mine_id, other_id)
    # What went along with it in a handover that is over tells whose it was.
    database.execute_sql(
        "UPDATE handed SET dossier_id = ? WHERE dossier_id = ? AND json_extract(base, '$.uid') = ?",
        (other_id, mine_id, other.uid),
    )
    # What had been merged into the other one before goes back with it.
    database.execute_sql(
        """WITH RECURSIVE inside(uid) AS (
             VALUES (?) UNION
             SELECT m.other_uid FROM merge_origin m JOIN inside ON m.survivor_uid = inside.uid)
           UPDATE merge_origin SET dossier_id = ? WHERE survivor_uid IN inside""",
        (other.uid, other_id),
    )
    row.delete_instance()
    dossiers.save(mine)
    dossiers.save(other)


def add_not_same(uid: str, other_uid: str) -> None:
    """Remember that two dossiers which look alike are two clients."""
    first, second = sorted((uid, other_uid))
    NotSameRow.insert(
        dossier=dossiers.row_id_of(uid), uid=first, other_uid=second
    ).on_conflict_ignore().execute()


def not_same() -> set[tuple[str, str]]:
    """All such pairs, the lesser uid first."""
    rows = database.execute_sql("SELECT uid, other_uid FROM not_same").fetchall()
    return {(uid, other) for uid, other in rows}


def _give_back(table: str, column: str, keys: Iterable[str], mine_id: int, other_id: int) -> None:
    database.connection().executemany(
        f'UPDATE "{table}" SET dossier_id = ? WHERE dossier_id = ? AND "{column}" = ?',
        [(other_id, mine_id, key) for key in keys],
    )


def _content(merged: Merged) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(MergeOriginRow.get_by_id(merged.row_id).content)
    return content


def _merged(row: MergeOriginRow) -> Merged:
    on = date.fromisoformat(str(row.merged_on))
    return Merged(int(row.id), on, str(row.survivor_uid), str(row.other_uid))
