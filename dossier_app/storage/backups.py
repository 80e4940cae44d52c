"""Backups: a whole copy of the database and its key file, verified before it counts."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.storage.connection import database
from dossier_app.storage.folder import KEY_SUFFIX, DataFolder, make_private, write_whole


def back_up(folder: DataFolder, *, reason: str = "", target: Path | None = None) -> Path:
    """Copy the open database to ``target`` (default: a dated file in ``backups/``).

    SQLite's backup API copies a consistent state while the program works on. The copy is
    checked page by page before it gets its name; the key file lies beside it.
    """
    if target is None:
        folder.backups.mkdir(exist_ok=True, mode=0o700)
        stamp = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
        target = folder.backups / "-".join(filter(None, ("binder", stamp, reason)))
        target = target.with_name(target.name + ".db")
    temporary = target.with_name(target.name + ".new")
    try:
        temporary.unlink(missing_ok=True)
        make_private(temporary)
        problems = _copy_to(temporary)
        if not problems:
            write_whole(target.with_name(target.name + KEY_SUFFIX), folder.key.read_bytes())
            temporary.replace(target)
    except (OSError, DatabaseError, database.connection().Error) as error:
        problems = [str(error)]
    if problems:
        with suppress(OSError):
            temporary.unlink()
        raise Refusal(
            tr("The backup could not be verified and was not kept: {problem}.", problem=problems[0])
        )
    return target


def _copy_to(path: Path) -> list[str]:
    """Copy the open database; returns what is wrong with the copy."""
    copy = SqlCipherDatabase(path, passphrase=database.connect_params["passphrase"])
    try:
        copy.connect()
        database.connection().backup(copy.connection())
        return problems_of(copy)
    finally:
        copy.close()


def problems_of(opened: SqlCipherDatabase) -> list[str]:
    """What SQLite and its cipher find wrong with a database; empty when nothing."""
    found: list[str] = []
    try:
        found += [str(row[0]) for row in opened.execute_sql("PRAGMA cipher_integrity_check")]
        told = opened.execute_sql("PRAGMA integrity_check")
        found += [str(row[0]) for row in told if row[0] != "ok"]
        found += [f"{row[0]}: {row[2]}" for row in opened.execute_sql("PRAGMA foreign_key_check")]
    except (DatabaseError, opened.connection().DatabaseError) as error:
        found.append(str(error))
    return found
