"""Settings that belong to the binder and travel with its backups."""

from __future__ import annotations

import json
from typing import Any

from dossier_app.storage.models import SettingRow


def read(key: str, default: Any = None) -> Any:
    """The stored JSON value of ``key``."""
    row = SettingRow.get_or_none(SettingRow.key == key)
    return default if row is None else json.loads(row.value)


def read_all(prefix: str) -> dict[str, Any]:
    """All values whose key begins with ``prefix``, by the rest of the key."""
    rows = SettingRow.select().where(SettingRow.key.startswith(prefix))
    return {row.key.removeprefix(prefix): json.loads(row.value) for row in rows}


def write(key: str, value: Any) -> None:
    """Store the JSON ``value`` under ``key``."""
    SettingRow.insert(
        key=key, value=json.dumps(value, ensure_ascii=False)
    ).on_conflict_replace().execute()


def remove(key: str) -> None:
    """Forget what is stored under ``key``."""
    SettingRow.delete().where(SettingRow.key == key).execute()
