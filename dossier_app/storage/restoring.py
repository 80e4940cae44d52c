"""Putting a backup in the place of the present database.

The backup is first copied whole into ``restoring/`` and verified there. Then that folder
is renamed to ``restored/``: from this moment on the backup counts, and whatever is not
yet in its place is put there when the binder is opened next. What was there before is
kept as a backup. So a crash leaves the old binder or the restored one.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from peewee import DatabaseError

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.storage import vault
from dossier_app.storage.backups import (
    DATABASE_PART,
    KEY_PART,
    key_beside,
    log_beside,
    new_name,
    opened_apart,
    problems_of,
)
from dossier_app.storage.folder import DataFolder, make_private, sync
from dossier_app.storage.migrate import latest_version

BEFORE_RESTORE = "before-restore"
_MOST_BYTES = 100 * 2**30
_BLOCK = 1 << 20


def stage(
    folder: DataFolder, source: Path, passphrase: str | None = None, key: bytes | None = None
) -> None:
    """Verify ``source``, a backup of one file or one in ``backups/``, and make it ready: it
    is the binder from `finish` on.

    A backup that opens with ``key``, that of the present binder, will be protected as the
    binder is now; any other one needs the ``passphrase`` it was protected with. The writer
    lock must be held. Raises Refusal when the backup is not whole, is newer than this
    program, or does not open; then nothing is changed.
    """
    staged = DataFolder(folder.path / "restoring")
    shutil.rmtree(staged.path, ignore_errors=True)
    try:
        staged.make()
        _unpack(source, staged)
        if key is not None and _opens(staged, key):
            shutil.copyfile(folder.key, staged.key)
        else:
            key = bytes(vault.unlock(staged, passphrase))
        _verify(staged, key)
        for file in (staged.database, staged.key):
            sync(file)
        staged.path.rename(folder.restored)
    except zipfile.BadZipFile as error:
        raise _damaged(str(error)) from error
    except OSError as error:
        raise Refusal(
            tr("{file} cannot be read: {reason}.", file=source.name, reason=error.strerror or error)
        ) from error
    finally:
        shutil.rmtree(staged.path, ignore_errors=True)


def finish(folder: DataFolder) -> None:
    """Put what was made ready into its place, while the binder is closed; does nothing when
    there is none. What was there before is a backup then."""
    ready = DataFolder(folder.restored)
    if not ready.path.is_dir():
        return
    folder.backups.mkdir(exist_ok=True, mode=0o700)
    aside = new_name(folder, BEFORE_RESTORE)
    if ready.database.exists():
        for old, kept in (
            (folder.database, aside),
            (log_beside(folder.database), log_beside(aside)),
        ):
            if old.exists():
                old.replace(kept)
        folder.database.with_name(folder.database.name + "-shm").unlink(missing_ok=True)
        if folder.key.exists():
            shutil.copyfile(folder.key, key_beside(aside))
        ready.database.replace(folder.database)
    if ready.key.exists():
        ready.key.replace(folder.key)
    shutil.rmtree(ready.path)


def _unpack(source: Path, staged: DataFolder) -> None:
    parts = {DATABASE_PART: staged.database, KEY_PART: staged.key}
    source.stat()  # one that is not there is told as such
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            known = {item.filename: item for item in archive.infolist()}
            if set(known) != set(parts) or any(
                item.file_size > _MOST_BYTES or item.compress_type != zipfile.ZIP_STORED
                for item in known.values()
            ):
                raise _no_backup(source)
            for name, target in parts.items():
                make_private(target)
                with archive.open(known[name]) as packed, target.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, _BLOCK)
        return
    if not key_beside(source).exists():
        raise _no_backup(source)
    for file, target in (
        (source, staged.database),
        (log_beside(source), log_beside(staged.database)),
        (key_beside(source), staged.key),
    ):
        if file.exists():
            make_private(target)
            shutil.copyfile(file, target)


def _opens(staged: DataFolder, key: bytes) -> bool:
    copy = opened_apart(staged.database, key)
    try:
        copy.connect()
        copy.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError:
        return False
    finally:
        copy.close()
    return True


def _verify(staged: DataFolder, key: bytes) -> None:
    copy = opened_apart(staged.database, key)
    try:
        copy.connect()
        copy.execute_sql("PRAGMA journal_mode = delete").fetchone()  # a log is taken in
        version = int(copy.execute_sql("PRAGMA user_version").fetchone()[0])
        problems = problems_of(copy)
    except (DatabaseError, copy.connection().DatabaseError) as error:
        problems, version = [str(error)], 1
    finally:
        copy.close()
    if problems or not version:
        raise _damaged(problems[0] if problems else tr("it is empty"))
    if version > latest_version():
        raise Refusal(
            tr(
                "The backup was made by a newer version of the program. Please update; "
                "nothing was changed."
            )
        )


def _damaged(problem: str) -> Refusal:
    return Refusal(
        tr("The backup is damaged: {problem}. Nothing was changed.", problem=problem.rstrip("."))
    )


def _no_backup(source: Path) -> Refusal:
    return Refusal(tr("{file} is no backup of a binder; nothing was changed.", file=source.name))
