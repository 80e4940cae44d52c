"""Backups of the binder: made every day, verified, thinned out, and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.language import tr
from dossier_app.storage import backups, restoring
from dossier_app.storage.backups import Backup, Step
from dossier_app.storage.folder import DataFolder, WriterLock

__all__ = ["Backup", "all_backups", "back_up", "is_due", "restore", "save_copy", "why_made"]

ENDING = ".binder"  # of a backup of one file


def all_backups(folder: DataFolder) -> list[Backup]:
    """Those in the data folder, newest first."""
    return backups.all_backups(folder)


def is_due(folder: DataFolder) -> bool:
    """True when no daily backup was made today. One from a later date (the clock was set
    back) counts for no day."""
    days = {item.made_at.date() for item in backups.all_backups(folder) if not item.reason}
    return clock.today() not in days


def back_up(folder: DataFolder, key: bytes, step: Step | None = None) -> Path:
    """Make the daily backup and remove those that are too many. In any thread; ``step`` is
    told the pages done of how many, and may raise to end the work."""
    made = backups.back_up(folder, key, step=step)
    backups.prune(folder)
    return made


def save_copy(folder: DataFolder, key: bytes, target: Path, step: Step | None = None) -> None:
    """Make a backup of one file at ``target``. In any thread."""
    backups.save_copy(folder, key, target, step=step)


def restore(folder: DataFolder, source: Path, passphrase: str | None = None) -> None:
    """Let a backup be the binder; the present one is kept as a backup. ``passphrase`` is
    that of the backup. The binder must be closed. Raises Refusal when it is open elsewhere,
    or the backup cannot be used; then nothing is changed."""
    folder.make()
    with _closed(folder):
        restoring.stage(folder, source, passphrase)
        restoring.confirm(folder)
        restoring.finish(folder)


def stage(
    folder: DataFolder,
    source: Path,
    passphrase: str | None,
    key: bytes | None,
    step: Step = lambda _done, _total: None,
) -> None:
    """Make a backup ready to be the binder; ``key`` is that of the binder if it is open. In
    any thread; ``step`` may raise to end the work. Until `take_place` nothing is changed.
    Refusal as `restore`."""
    with _closed(folder) if key is None else nullcontext():
        restoring.stage(folder, source, passphrase, key, lambda: step(0, 0))


def take_place(folder: DataFolder) -> None:
    """Let the backup that was made ready be the binder, which must be closed, and nothing
    may be at work on its files. Refusal as `restore`."""
    with _closed(folder):
        restoring.confirm(folder)
        restoring.finish(folder)


def why_made(backup: Backup) -> str:
    """Why a backup was made."""
    if not backup.reason:
        return tr("daily backup")
    if backup.reason == restoring.BEFORE_RESTORE:
        return tr("before a backup was put back")
    return tr("before the program was renewed")


@contextmanager
def _closed(folder: DataFolder) -> Iterator[None]:
    """Nobody opens the binder meanwhile. Raises Refusal when it is open."""
    lock = WriterLock(folder)
    lock.take()
    try:
        yield
    finally:
        lock.release()
