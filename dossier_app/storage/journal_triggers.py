"""The triggers that write the journal, generated from the models.

Because the database itself writes them, no code can forget a change, and a change
outside a journal entry is an error.
"""

from __future__ import annotations

from dossier_app.storage.connection import database
from dossier_app.storage.models import JOURNALLED, DossierRow, Table

_GUARD = """SELECT RAISE(ABORT, 'a change outside the journal')
      WHERE (SELECT entry_id FROM journal_now) IS NULL;"""


def install() -> None:
    """Make the triggers of all journalled tables."""
    for sql in _triggers().values():
        database.execute_sql(sql)


def remove() -> None:
    """Take all of them away, whatever tables they are of: a migration is no user action."""
    rows = database.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 8) = 'journal_'"
    )
    for (name,) in rows.fetchall():
        database.execute_sql(f'DROP TRIGGER "{name}"')


def _triggers() -> dict[str, str]:
    made = {}
    for model in JOURNALLED:
        for event, before, after in (
            ("INSERT", None, "NEW"),
            ("UPDATE", "OLD", "NEW"),
            ("DELETE", "OLD", None),
        ):
            name = f"journal_{_table(model)}_{event.lower()}"
            made[name] = _trigger(model, name, event, before, after)
    return made


def _trigger(
    model: type[Table], name: str, event: str, before: str | None, after: str | None
) -> str:
    row = after or before
    dossier = _dossier(model, str(row))
    differs = _differs(model) if before and after else "1"
    return f"""CREATE TRIGGER "{name}" AFTER {event} ON "{_table(model)}" BEGIN
      {_GUARD}
      INSERT INTO journal_change (entry_id, dossier_id, row_table, row_id, before, after)
      SELECT entry_id, {dossier}, '{_table(model)}', {row}."id",
             {_json(model, before)}, {_json(model, after)}
      FROM journal_now WHERE entry_id > 0 AND {differs};
    END"""


def _dossier(model: type[Table], row: str) -> str:
    """SQL of the dossier that a row belongs to; NULL for what is of no dossier."""
    if model is DossierRow:
        return f'{row}."id"'
    return f'{row}."dossier_id"' if "dossier_id" in _columns(model) else "NULL"


def _json(model: type[Table], row: str | None) -> str:
    if row is None:
        return "NULL"
    pairs = [f"'{column}', {row}.\"{column}\"" for column in _columns(model)]
    return f"json_object({', '.join(pairs)})"


def _differs(model: type[Table]) -> str:
    """SQL that is true when at least one column differs."""
    pairs = [f'OLD."{column}" IS NOT NEW."{column}"' for column in _columns(model)]
    return f"({' OR '.join(pairs)})"


def _columns(model: type[Table]) -> list[str]:
    return [field.column_name for field in model._meta.sorted_fields]


def _table(model: type[Table]) -> str:
    return str(model._meta.table_name)
