"""Removing something so that nothing remembers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from dossier_app.domain.changes import Changes
from dossier_app.storage import journal, settings
from dossier_app.storage.connection import database
from dossier_app.storage.dossiers import row_id_of
from dossier_app.storage.models import DossierRow, MergeOriginRow

DRAFTS = "drafts"  # where `services.drafts` keeps what was typed and not saved


@contextmanager
def forgetting(
    name: str, at: str, dossier_ids: Iterable[int], rows: Iterable[tuple[str, int]] = ()
) -> Iterator[Changes]:
    """An action called ``name`` that cannot be undone: after it neither the journal, nor the
    search, nor the log of the database has anything of these dossiers (row ids) and of
    ``rows`` (table, number) that are of no dossier."""
    numbers, others = list(dossier_ids), list(rows)
    with database.atomic("IMMEDIATE"):
        with journal.action(name, at) as changes:
            yield changes
        journal.forget(numbers, others)
        settings.remove(DRAFTS)
        changes.entry = 0
        database.execute_sql("INSERT INTO search_index(search_index) VALUES('optimize')")
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def erase(uid: str, at: str) -> Changes:
    """Remove a dossier for good, with the ones that were merged into it. Raises Refusal when
    it is not there."""
    number = row_id_of(uid)
    merged = MergeOriginRow.select().where(MergeOriginRow.dossier == number)
    with forgetting("erase", at, [number, *(row.other_id for row in merged)]) as changes:
        DossierRow.delete().where(DossierRow.id == number).execute()
    return changes
