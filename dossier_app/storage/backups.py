"""Backups: a whole copy of the database and its key file, verified before it counts.

Those in the data folder are pairs of files, ``binder-DATE-TIME[-REASON].db`` and the key
beside it; the key file follows when the passphrase changes (`vault.protect_copies`). One
that leaves the folder is a single file, so that nobody takes one half along.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import writing
from dossier_app.storage.connection import BUSY_SECONDS, outside_reason, raw_key
from dossier_app.storage.folder import (
    KEY_SUFFIX,
    DataFolder,
    beside,
    make_private,
    sync,
    write_whole,
)

Step = Callable[[int, int], None]  # done, total; may raise to end the work

DAYS, WEEKS, MONTHS = 7, 4, 12  # of which a daily backup each is kept
KEPT_OTHERS = 5  # the newest of those that were made for a reason
KEPT_LONGEST = timedelta(days=MONTHS * 31)
_NO_GAP = timedelta(days=31)
# In the single file.
DATABASE_PART, KEY_PART = "binder.db", "binder.key"
_PAGES = 1024  # copied between two steps
_DAY = 24 * 60 * 60  # seconds
_NAME = re.compile(r"binder-(\d{4}-\d\d-\d\d-\d{6})(?:-(.+))?\.db")
_STAMP = "%Y-%m-%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the data folder. ``reason`` is empty for a daily one."""

    path: Path
    made_at: datetime
    reason: str
    size: int  # bytes


def all_backups(folder: DataFolder) -> list[Backup]:
    """Those in the data folder that can be opened with the key beside them, newest first."""
    return sorted(_found(folder), key=lambda backup: backup.path.name, reverse=True)


def back_up(folder: DataFolder, key: bytes, *, reason: str = "", step: Step | None = None) -> Path:
    """Copy the database to a dated file in ``backups/``; returns it.

    SQLite's backup API copies a consistent state while the program works on, over a
    connection of its own: any thread may call this. The copy is checked page by page
    before it gets its name. Raises Refusal when it is not whole.
    """
    target = new_name(folder, reason)
    with _making(target):
        folder.backups.mkdir(exist_ok=True, mode=0o700)
        _copy_verified(folder, key, target, step)
    return target


def save_copy(folder: DataFolder, key: bytes, target: Path, *, step: Step | None = None) -> None:
    """Make a backup of one file at ``target``: an archive of the database and the key file,
    as they are in the data folder, encrypted and protected. Refusal as `back_up`."""
    import zipfile

    pair = target.with_name(target.name + ".part")
    made = beside(target)
    with _making(target):
        try:
            _copy_verified(folder, key, pair, step)
            made.unlink(missing_ok=True)
            make_private(made)
            # Not strict: a clock that stands at 1970 makes files older than ZIP knows.
            with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
                archive.write(pair, DATABASE_PART)
                archive.write(key_beside(pair), KEY_PART)
            sync(made)
            made.replace(target)
        finally:
            for file in (pair, key_beside(pair), made):
                file.unlink(missing_ok=True)


def prune(folder: DataFolder) -> None:
    """Remove the daily backups that are too many: kept are the newest of each of the last
    `DAYS` days, `WEEKS` weeks and `MONTHS` months that have one; and of the others the
    newest `KEPT_OTHERS`. None is kept for more than `KEPT_LONGEST`, as a protocol of erasing
    says; but after a gap the clock may be wrong, and age does not count yet. What another
    program holds open goes the next time."""
    found = all_backups(folder)
    daily = [backup for backup in found if not backup.reason]
    kept = {backup.path for backup in [one for one in found if one.reason][:KEPT_OTHERS]}
    for period, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        newest: dict[object, Path] = {}
        for backup in daily:
            newest.setdefault(period(backup.made_at.date()), backup.path)
        kept |= set(list(newest.values())[:most])
    days = sorted({backup.made_at.date() for backup in daily})
    if len(days) > 1 and days[-1] - days[-2] < _NO_GAP:
        oldest = days[-1] - KEPT_LONGEST
        kept -= {backup.path for backup in found if backup.made_at.date() < oldest}
    for backup in found:
        if backup.path not in kept:
            with suppress(OSError):
                _remove(backup.path)
    for left in folder.backups.glob("binder-*.db*"):
        with suppress(OSError):
            if _is_left(left):
                left.unlink()


def _remove(path: Path) -> None:
    """Both files; the key last, as without it the rest would not be found again."""
    for file in (path, log_beside(path), key_beside(path)):
        file.unlink(missing_ok=True)


def _is_left(path: Path) -> bool:
    """True for a part of a backup that was never finished: nothing writes for a day."""
    unfinished = beside(Path(path.name.partition(".db")[0] + ".db")).name
    return path.name.startswith(unfinished) and time.time() - path.stat().st_mtime > _DAY


def new_name(folder: DataFolder, reason: str = "") -> Path:
    """What a backup that is made now is called: by the first second that none has."""
    moment = clock.now()
    while any(folder.backups.glob(f"binder-{moment:{_STAMP}}*")):
        moment += timedelta(seconds=1)
    name = "-".join(filter(None, ("binder", f"{moment:{_STAMP}}", reason)))
    return folder.backups / f"{name}.db"


def key_beside(path: Path) -> Path:
    return path.with_name(path.name + KEY_SUFFIX)


def log_beside(path: Path) -> Path:
    """The write-ahead log of a database that was put aside as it was."""
    return path.with_name(path.name + "-wal")


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


def opened_apart(path: Path, key: bytes) -> SqlCipherDatabase:
    """A connection to ``path`` beside that of the program; to be closed by the caller."""
    pragmas = {"cipher_log_level": "none", "trusted_schema": 0}
    return SqlCipherDatabase(path, passphrase=raw_key(key), pragmas=pragmas, timeout=BUSY_SECONDS)


@contextmanager
def _making(target: Path) -> Iterator[None]:
    """What goes wrong inside, as a Refusal."""
    from sqlcipher3 import dbapi2

    try:
        with writing(target):
            yield
    except (DatabaseError, dbapi2.Error) as error:
        raise _not_kept(outside_reason(error) or str(error)) from error


def _not_kept(problem: str) -> Refusal:
    return Refusal(
        tr("The backup could not be verified and was not kept: {problem}.", problem=problem)
    )


def _copy_verified(folder: DataFolder, key: bytes, target: Path, step: Step | None) -> None:
    temporary = beside(target)
    temporary.unlink(missing_ok=True)
    make_private(temporary)
    try:
        if problems := _copy(folder.database, key, temporary, step):
            raise _not_kept(problems[0])
        write_whole(key_beside(target), folder.key.read_bytes())
        sync(temporary)
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _copy(source: Path, key: bytes, target: Path, step: Step | None) -> list[str]:
    """Copy a database; returns what is wrong with the copy."""

    def told(_status: int, remaining: int, total: int) -> None:
        if step is not None:
            step(total - remaining, total)

    original, copy = opened_apart(source, key), opened_apart(target, key)
    try:
        original.connect()
        copy.connect()
        original.connection().backup(copy.connection(), pages=_PAGES, progress=told)
        return problems_of(copy)
    finally:
        copy.close()
        original.close()


def _found(folder: DataFolder) -> Iterator[Backup]:
    for path in folder.backups.glob("binder-*.db"):
        name = _NAME.fullmatch(path.name)
        if name is None or not key_beside(path).exists():
            continue
        with suppress(ValueError, OSError):
            made_at = datetime.strptime(name[1], _STAMP)  # noqa: DTZ007 - local, as it is named
            yield Backup(path, made_at, name[2] or "", path.stat().st_size)


def _day(day: date) -> Any:
    return day


def _week(day: date) -> Any:
    return day.isocalendar()[:2]


def _month(day: date) -> Any:
    return day.year, day.month
