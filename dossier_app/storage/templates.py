"""The forms that the rep has made or changed."""

from __future__ import annotations

from dossier_app.storage.connection import database
from dossier_app.storage.models import TemplateRow


def read_all() -> dict[str, str]:
    """Their texts by key; none while no binder is open."""
    if database.is_closed():
        return {}
    return dict(database.execute_sql("SELECT key, text FROM template ORDER BY id").fetchall())


def write(key: str, text: str) -> None:
    """Put a form in, or in the place of the one with its key."""
    row = TemplateRow.get_or_none(TemplateRow.key == key)
    if row is None:
        TemplateRow.create(key=key, text=text)
    else:
        row.text = text
        row.save()


def delete(key: str) -> None:
    TemplateRow.delete().where(TemplateRow.key == key).execute()


def filled(key: str) -> list[int]:
    """The row ids of the dossiers that have a sheet of the form ``key``."""
    rows = database.execute_sql(
        "SELECT DISTINCT dossier_id FROM filled_form WHERE template = ?", (key,)
    )
    return [number for (number,) in rows.fetchall()]
