"""Putting a backup in the place of the present database.

The backup is first copied whole into ``restoring/`` and verified there (`stage`). Then that
folder is renamed to ``restored/`` (`confirm`): from this moment on the backup counts, and
whatever is not yet in its place is put there when the binder is opened next (`finish`). What
was there before is kept as a backup. So a crash leaves the old binder or the restored one.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from peewee import DatabaseError

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import reason_words, writing
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
from dossier_app.storage.folder import (
    KEY_SUFFIX,
    DataFolder,
    make_private,
    sync,
    write_whole,
)
from dossier_app.storage.migrate import latest_version

BEFORE_RESTORE = "before-restore"
_MOST_BYTES = 100 * 2**30
_BLOCK = 1 << 20
_staging = Lock()  # one that nobody waits for any more may still be at work


def stage(
    folder: DataFolder,
    source: Path,
    passphrase: str | None = None,
    key: bytes | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Verify ``source``, a backup of one file or one in ``backups/``, and make it ready:
    `confirm` lets it count. In any thread; ``step`` is called now and then, and may raise to
    end the work.

    A backup that opens with ``key``, that of the present binder, will be protected as the
    binder is now; any other one needs the ``passphrase`` it was protected with. Raises
    Refusal when the backup is not whole, is newer than this program, or does not open.
    """
    staged = DataFolder(folder.restoring)
    with _staging:
        shutil.rmtree(staged.path, ignore_errors=True)
        try:
            staged.make()
            _unpack(source, staged, step)
            if key is not None and _opens(staged, key):
                shutil.copyfile(folder.key, staged.key)
            else:
                key = bytes(vault.unlock(staged, passphrase))
            step()
            _verify(staged, key)
            for file in (staged.database, staged.key):
                sync(file)
            step()
        except BaseException as error:
            shutil.rmtree(staged.path, ignore_errors=True)
            if isinstance(error, zipfile.BadZipFile):
                raise _damaged(str(error)) from error
            if isinstance(error, OSError):
                reason = reason_words(error)
                raise Refusal(
                    tr("{file} cannot be read: {reason}.", file=source.name, reason=reason)
                ) from error
            raise


def confirm(folder: DataFolder) -> None:
    """Let what `stage` made ready count: it is the binder from `finish` on, or from the next
    opening. Raises Refusal when it cannot be written."""
    with writing(folder.database):
        folder.restoring.rename(folder.restored)


def finish(folder: DataFolder) -> None:
    """Put what counts into its place, while the binder is closed; remove what never counted.
    What was there before is a backup then. The writer lock must be held. Raises Refusal when
    another program holds a file; then the next opening goes on."""
    shutil.rmtree(folder.restoring, ignore_errors=True)
    ready = DataFolder(folder.restored)
    if not ready.path.is_dir():
        return
    with writing(folder.database):
        if ready.database.exists():
            if folder.database.exists():
                _put_aside(folder)
            folder.database.with_name(folder.database.name + "-shm").unlink(missing_ok=True)
            ready.database.replace(folder.database)
        if ready.key.exists():
            ready.key.replace(folder.key)
        shutil.rmtree(ready.path)


def _put_aside(folder: DataFolder) -> None:
    """Make a backup of the present database. Its key goes first and the database last: what
    broke off in between is gone on with under the same name, so that nothing is torn apart."""
    folder.backups.mkdir(exist_ok=True, mode=0o700)
    begun = (
        key.with_name(key.name.removesuffix(KEY_SUFFIX))
        for key in folder.backups.glob(f"binder-*-{BEFORE_RESTORE}.db{KEY_SUFFIX}")
    )
    aside = next((path for path in begun if not path.exists()), None)
    aside = aside or new_name(folder, BEFORE_RESTORE)
    if folder.key.exists():
        write_whole(key_beside(aside), folder.key.read_bytes())
    if log_beside(folder.database).exists():
        log_beside(folder.database).replace(log_beside(aside))
    folder.database.replace(aside)


def _unpack(source: Path, staged: DataFolder, step: Callable[[], None]) -> None:
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
                    while block := packed.read(_BLOCK):
                        unpacked.write(block)
                        step()
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
