"""Opening and closing a binder: lock, key, database, migrations, index, author."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services import settings
from dossier_app.storage import journal, occasions, unfinished, vault
from dossier_app.storage.connection import close_database, database, open_database, plain_words
from dossier_app.storage.folder import DataFolder, WriterLock
from dossier_app.storage.migrate import is_current, migrate


@dataclass
class Session:
    """A binder that is open in this process, for writing or for reading only."""

    folder: DataFolder
    key: bytearray
    lock: WriterLock | None = field(default=None, repr=False)

    def close(self) -> None:
        """Close the database, forget the key, let others write."""
        close_database()
        occasions.forget()
        vault.clear(self.key)
        if self.lock is not None:
            self.lock.release()


def exists(folder: DataFolder) -> bool:
    """True when there is a binder in ``folder`` already."""
    return folder.database.exists() or folder.key.exists()


def needs_passphrase(folder: DataFolder) -> bool:
    return exists(folder) and vault.protection(folder).passphrase


def find_key(folder: DataFolder, passphrase: str) -> bytearray | None:
    """The key that ``passphrase`` gives out, for `open_session`: half a second of work for
    another thread, as it reads the key file only. None while a restored backup has to take
    its place first. Raises Refusal when the passphrase does not fit."""
    return None if _is_restoring(folder) else vault.unlock(folder, passphrase)


@plain_words()
def open_session(
    folder: DataFolder,
    passphrase: str | None = None,
    *,
    key: bytearray | None = None,
    writing: bool = True,
) -> Session:
    """Open the binder in ``folder``; a new one is made when there is none. ``key`` is what
    `find_key` found for the passphrase.

    Raises Refusal when another program writes to it, when the passphrase does not fit,
    or when the files are damaged or newer than this program.
    """
    folder.make()
    lock = WriterLock(folder) if writing or not exists(folder) else None
    if lock is not None:
        lock.take()
    try:
        if lock is not None and _is_restoring(folder):
            from dossier_app.storage import restoring

            restoring.finish(folder)
            key = None  # it may be another one now
        key = _checked_key(folder, key, passphrase)
        open_database(folder, key)
        if not is_current():
            if lock is None:
                lock = WriterLock(folder)
                lock.take()
            migrate(folder, key)
            vault.confirm_key(folder)
        _prepare(read_only=not writing)
    except BaseException:
        close_database()
        if lock is not None:
            lock.release()
        raise
    return Session(folder, key, lock)


def _is_restoring(folder: DataFolder) -> bool:
    return folder.restored.is_dir() or folder.restoring.is_dir()


def _checked_key(folder: DataFolder, key: bytearray | None, passphrase: str | None) -> bytearray:
    if not exists(folder):
        return vault.create_key(folder)
    key = key or vault.unlock(folder, passphrase)
    if not folder.database.exists() and not vault.awaits_database(folder):
        raise Refusal(
            tr(
                "The database {file} is missing beside its key. Put it back, or restore a "
                "backup; nothing was changed.",
                file=folder.database,
            )
        )
    return key


def _prepare(*, read_only: bool) -> None:
    if read_only:
        database.execute_sql("PRAGMA query_only = 1")
    else:
        unfinished.remove_all()
    journal.before_commit(_keep_search_up)
    journal.set_author(settings.load().author)


def _keep_search_up(changes: Changes) -> None:
    # The forms are needed when something is written, not when the window opens.
    from dossier_app.services.searching import keep_up

    keep_up(changes)
