"""The one connection to the encrypted database (per thread, as peewee keeps them)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import mark, tr
from dossier_app.storage.folder import DataFolder, make_private

database = SqlCipherDatabase(None)

PLAIN_HEADER = b"SQLite format 3\0"
PRAGMAS = {
    "cipher_log_level": "none",  # first: a wrong key is told in our words only
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "temp_store": "memory",
    "cache_size": -32_000,  # KiB: what is not there any more is read and deciphered anew
}
BUSY_SECONDS = 5
_FROM_OUTSIDE = {  # a part of what SQLite says: what is told
    "malformed": mark("the file is damaged"),
    "not a database": mark("the file is damaged"),
    "is full": mark("the disk is full"),
    "I/O error": mark("the disk reports an error"),
    "is locked": mark("another program is using it"),
    "unable to open": mark("the file cannot be opened"),
}


def open_database(folder: DataFolder, key: bytearray) -> None:
    """Open ``binder.db`` of ``folder``, made anew when it is not there.

    Raises Refusal when the key does not fit or the file is no database of ours.
    """
    if len(key) != 32:
        raise ValueError("the database key has 32 bytes")
    _refuse_plain(folder)
    database.init(folder.database, passphrase=raw_key(key), pragmas=PRAGMAS, timeout=BUSY_SECONDS)
    try:
        make_private(folder.database)
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
    except (DatabaseError, OSError) as error:
        close_database()
        raise Refusal(
            tr(
                "The database {file} cannot be read with this key. It may be damaged; "
                "restore a backup. Nothing was changed.",
                file=folder.database,
            )
        ) from error
    if not database.execute_sql("PRAGMA cipher_version").fetchone():
        close_database()
        raise RuntimeError("this build of SQLite does not encrypt")


def raw_key(key: bytes | bytearray) -> str:
    """The key as the cipher takes it as it is: opening costs 2 ms, not 130."""
    return f"x'{key.hex()}'"


@contextmanager
def plain_words() -> Iterator[None]:
    """What a full disk or a damaged file makes SQLite say inside, as a Refusal; a fault of
    the program's own stays what it is."""
    try:
        yield
    except Exception as error:
        if not (reason := outside_reason(error)):
            raise
        raise Refusal(
            tr(
                "The database cannot be used: {reason}. What was saved before stays; check "
                "the free space of the disk, or restore a backup.",
                reason=reason,
            )
        ) from error


def outside_reason(error: BaseException | None) -> str:
    """ "the disk is full": why the database could not be used, when the reason is not in the
    program; "" for any other error.

    On a full disk SQLite takes the transaction back by itself: doing so once more fails too,
    and hides why. So the errors before it are looked at as well.
    """
    from sqlcipher3 import dbapi2

    while isinstance(error, (DatabaseError, dbapi2.DatabaseError)):
        for part, reason in _FROM_OUTSIDE.items():
            if part in str(error):
                return tr(reason)
        error = error.__context__
    return ""


def close_database() -> None:
    """Close this thread's connection and forget the key."""
    if not database.is_closed():
        database.close()
    database.init(None)
    database.connect_params.clear()


def _refuse_plain(folder: DataFolder) -> None:
    # Read before SQLite opens the file: closing it later would drop SQLite's own locks.
    if database.deferred and folder.database.exists():
        with folder.database.open("rb") as file:
            if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
                raise Refusal(
                    tr(
                        "The file {file} is not encrypted, so it is not a binder of this program.",
                        file=folder.database,
                    )
                )
