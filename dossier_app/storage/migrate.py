"""Numbered migrations: ``migrations/NNNN_name.sql``, frozen once released.

Each runs in one transaction of its own, with foreign keys off (tables may be rebuilt)
and checked before the commit. The database's ``user_version`` is the number of the
last one. The journal's triggers follow from the models and are made anew after it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.storage import journal_triggers
from dossier_app.storage.backups import back_up
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder

FOLDER = Path(__file__).with_name("migrations")


def schema_version() -> int:
    """The number of the last migration that the open database has seen, 0 for a new one."""
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])


def latest_version() -> int:
    """The number of the newest migration that this program knows."""
    return max(_migrations())


def is_current() -> bool:
    """False when the open database needs `migrate`.

    Raises Refusal for a database that a newer program has written.
    """
    have, latest = schema_version(), latest_version()
    if have > latest:
        raise Refusal(
            tr(
                "This binder was written by a newer version of the program. Please update; "
                "nothing was changed."
            )
        )
    return have == latest


def migrate(folder: DataFolder, key: bytes | bytearray) -> None:
    """Bring the open database to the latest schema, after a verified backup."""
    have = schema_version()
    files = _migrations()
    pending = sorted(number for number in files if number > have)
    if not pending:
        return
    if have:
        back_up(folder, bytes(key), reason=f"before-schema-{max(files)}")
    database.execute_sql("PRAGMA foreign_keys = 0")
    for number in pending:
        with database.atomic():
            journal_triggers.remove()
            for statement in _statements(files[number].read_text(encoding="utf-8")):
                database.execute_sql(statement)
            if broken := database.execute_sql("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError(f"migration {number} breaks references: {broken[:3]}")
            if number == pending[-1]:
                journal_triggers.install()
            database.execute_sql(f"PRAGMA user_version = {number:d}")
    database.execute_sql("PRAGMA foreign_keys = 1")


def _migrations() -> dict[int, Path]:
    return {int(path.name[:4]): path for path in FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql")}


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"an unfinished statement: {statement[:60]!r}")
