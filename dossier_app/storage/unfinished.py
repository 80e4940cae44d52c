"""Files outside the data folder that belong to something in the binder, such as a package.

Such a file is noted before it is written. The note goes in the transaction that makes it
known, so that after a crash either both are there or neither: what a note is left of is
removed when the binder is opened next.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from dossier_app.storage import settings
from dossier_app.storage.connection import database
from dossier_app.storage.folder import beside

_KEY = "unfinished file "  # with its path; the value is how it begins, in hex


def note(path: Path, beginning: bytes) -> None:
    """``path`` is going to be written. ``beginning`` belongs to no other file."""
    settings.write(_KEY + str(path.absolute()), beginning.hex())


def forget(path: Path) -> None:
    """The file is whole, in its place, and known."""
    settings.remove(_KEY + str(path.absolute()))


def remove(path: Path) -> None:
    """Remove the file if it is noted."""
    if not database.is_closed():  # else when it is opened again
        beginning = settings.read(_KEY + str(path.absolute()))
        if beginning is not None:
            _remove(path.absolute(), beginning)


def remove_all() -> None:
    """Remove what a crash left. A stick that is not there keeps its note."""
    for path, beginning in settings.read_all(_KEY).items():
        if Path(path).parent.exists():
            _remove(Path(path), beginning)


def _remove(path: Path, beginning: str) -> None:
    mark = bytes.fromhex(beginning)
    with suppress(OSError):
        beside(path).unlink(missing_ok=True)
        # Was it put in its place already? There may be another file.
        with path.open("rb") as file:
            is_it = file.read(len(mark)) == mark
        if is_it:
            path.unlink()
    forget(path)
