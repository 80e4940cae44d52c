"""What became of reminders. It is no part of the journal: undoing a re-filing must not
let a bell ring again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from peewee import chunked

from dossier_app.storage.connection import database
from dossier_app.storage.models import ReminderRow

_BATCH = 500


def states() -> dict[str, str]:
    """The state of every reminder that has one, by key."""
    return {row.key: row.state for row in ReminderRow.select()}


def set_state(keys: Iterable[str], state: str) -> None:
    """Remember one state for all of ``keys``, at once or not at all."""
    with database.atomic("IMMEDIATE"):
        for part in chunked(keys, _BATCH):
            rows = [{"key": key, "state": state} for key in part]
            ReminderRow.insert_many(rows).on_conflict_replace().execute()


def forget_before(day: date) -> None:
    """Forget the reminders of days before ``day``; their keys begin with the day."""
    ReminderRow.delete().where(ReminderRow.key < day.isoformat()).execute()
