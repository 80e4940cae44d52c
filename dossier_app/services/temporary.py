"""Private temporary copies: what a document is opened through by another program.

A copy can be read by its owner only and written by nobody. All copies of one data folder
are found by their folder's name, so that what a crash left behind goes at the next start.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import disk_name, is_program
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import reason_words
from dossier_app.domain.records import Document
from dossier_app.services.documents import write_copy
from dossier_app.storage.folder import DataFolder

_READ_ONLY = 0o400


class TemporaryCopies:
    """The copies of the documents of one binder; there is one program at a time that
    writes to it, and its copies are the only ones."""

    def __init__(self, folder: DataFolder) -> None:
        name = hashlib.sha256(os.fsencode(folder.path.absolute())).hexdigest()[:16]
        self._prefix = f"dossier-{name}-"

    def copy(self, document: Document) -> Generator[int, None, Path]:
        """Write a copy with the document's own name; yields the bytes done, returns where
        it is. Raises Refusal for a program, which would be run instead of shown."""
        if is_program(document.name):
            raise Refusal(
                tr(
                    "{name} is a program, or may start one. It is not opened from here; if "
                    "you know where it comes from, save it and start it yourself.",
                    name=document.name,
                )
            )
        try:
            # Only its owner may enter a folder that is made so.
            place = Path(tempfile.mkdtemp(prefix=self._prefix))
            path = place / disk_name(document.name)
            yield from write_copy(document, path, _READ_ONLY)
        except OSError as error:
            raise Refusal(
                tr(
                    "{name} cannot be opened: {reason}.",
                    name=document.name,
                    reason=reason_words(error),
                )
            ) from error
        return path

    def remove_all(self) -> None:
        """Remove every copy; what another program still holds open stays for the next
        time."""
        with suppress(OSError):
            for place in Path(tempfile.gettempdir()).glob(self._prefix + "*"):
                if _is_ours(place):
                    _remove(place)


def _is_ours(place: Path) -> bool:
    """In a folder that everybody may write to, a name says nothing."""
    try:
        info = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(info.st_mode) and (os.name != "posix" or info.st_uid == os.getuid())


def _remove(place: Path) -> None:
    for path in place.iterdir():
        with suppress(OSError):
            if os.name != "posix":
                path.chmod(0o600)  # Windows keeps what is read-only
            path.unlink()
    with suppress(OSError):
        place.rmdir()
