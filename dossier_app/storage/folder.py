"""The data folder: where everything lies that belongs to one rep."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from dossier_app.domain.errors import InUse, Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import reason_words, writing

KEY_SUFFIX = ".key"  # of the key file beside a backup


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Names of the files in a data folder; the folder itself may not exist yet."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "binder.db"

    @property
    def key(self) -> Path:
        return self.path / "binder.key"

    @property
    def preferences(self) -> Path:
        return self.path / "preferences.json"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def restoring(self) -> Path:
        """Where a backup lies until it is verified, or what a kill left of it."""
        return self.path / "restoring"

    @property
    def restored(self) -> Path:
        """Where a restored backup lies until it has taken its place."""
        return self.path / "restored"

    @property
    def writer_lock(self) -> Path:
        return self.path / "writer.lock"

    def make(self) -> None:
        """Create the folder, readable by its owner only."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Refusal(
                tr(
                    "The data folder {folder} cannot be made: {reason}.",
                    folder=self.path,
                    reason=reason_words(error),
                )
            ) from error


def make_private(path: Path) -> None:
    """Let only its owner read the file, made empty when it is not there. Before SQLite
    opens it: the files that SQLite puts beside it get the same permissions."""
    if path.exists():
        with suppress(OSError):  # another owner's file keeps his permissions
            path.chmod(0o600)
    else:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def beside(path: Path) -> Path:
    """What a file is called until it is whole."""
    return path.with_name(path.name + ".new")


def sync(path: Path) -> None:
    """Wait until the disk has the file, which nobody holds open."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class NewFile:
    """A file that is written beside its place, and put there when it is whole: a crash
    leaves the old file or the new one, never a part. As a context it is dropped at the end
    when it was not put."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = beside(path)
        descriptor = os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")

    def write(self, data: bytes) -> None:
        self._file.write(data)

    def sync(self) -> None:
        """Wait until the disk has what was written so far."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """It is whole."""
        if not self._file.closed:
            self.sync()
            self._file.close()

    def put(self) -> None:
        self.close()
        self._temporary.replace(self.path)
        if os.name == "posix":
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def drop(self) -> None:
        """Remove what was written; after `put` there is nothing to remove."""
        with suppress(OSError):  # a full disk speaks up once more
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()


def write_whole(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` so that a crash leaves the old or the new file whole.
    Raises Refusal, with the old one in its place, when the system does not let it."""
    with writing(path), NewFile(path) as new:
        new.write(data)
        new.put()


class WriterLock:
    """Only one program at a time changes a data folder.

    An advisory lock of the operating system, so that it ends with the process. (A lock
    package would do the same and cost 40 ms of every start.)
    """

    def __init__(self, folder: DataFolder) -> None:
        self._path = folder.writer_lock
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Raises Refusal when another program holds the lock."""
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        except OSError as error:
            raise Refusal(
                tr(
                    "Nothing can be written in the data folder {folder}: {reason}.",
                    folder=self._path.parent,
                    reason=reason_words(error),
                )
            ) from error
        file = os.fdopen(descriptor, "ab")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise InUse(
                tr(
                    "The binder is open in another window. Close it there first; "
                    "nothing was changed."
                )
            ) from error
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
