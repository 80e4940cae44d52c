"""Backups of the binder: made every day, verified, thinned out, and put back."""

from __future__ import annotations

from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.language import tr
from dossier_app.storage import backups, restoring
from dossier_app.storage.backups import Backup, Step
from dossier_app.storage.folder import DataFolder, WriterLock

__all__ = ["Backup", "all_backups", "back_up", "is_due", "reason_words", "restore", "save_copy"]

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
    lock = WriterLock(folder)
    lock.take()
    try:
        restoring.stage(folder, source, passphrase)
        restoring.finish(folder)
    finally:
        lock.release()


def stage(folder: DataFolder, source: Path, passphrase: str | None, key: bytes) -> None:
    """Make a backup ready to be the binder while that is open, whose key is ``key``: it
    takes the place as soon as the binder is closed and opened again. In any thread.
    Refusal as `restore`."""
    restoring.stage(folder, source, passphrase, key)


def finish(folder: DataFolder) -> None:
    """Let the backup that was made ready take its place; the binder must be closed."""
    lock = WriterLock(folder)
    lock.take()
    try:
        restoring.finish(folder)
    finally:
        lock.release()


def reason_words(backup: Backup) -> str:
    """Why a backup was made."""
    if not backup.reason:
        return tr("daily backup")
    if backup.reason == restoring.BEFORE_RESTORE:
        return tr("before a backup was put back")
    return tr("before the program was renewed")
