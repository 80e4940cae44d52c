"""Why the system refused a file, in the user's language: its own words are English, or those
of another language than the program's."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import mark, tr

_REASONS = {
    errno.ENOENT: mark("there is no such file"),
    errno.EACCES: mark("access is denied"),
    errno.EPERM: mark("access is denied"),
    errno.EROFS: mark("the disk can only be read"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EDQUOT: mark("the disk is full"),
    errno.EISDIR: mark("it is a folder"),
    errno.ENOTDIR: mark("its folder is not there"),
    errno.EEXIST: mark("there is one already"),
    errno.ENAMETOOLONG: mark("the name is too long"),
    errno.EIO: mark("the disk reports an error"),
    errno.EBUSY: mark("another program is using it"),
    errno.ENODEV: mark("the disk is not there"),
}
_HELD = (32, 33)  # of Windows: sharing violation, lock violation


def reason_words(error: OSError) -> str:
    """ "the disk is full"; what the system says where we have no words."""
    held = getattr(error, "winerror", None) in _HELD  # it is EACCES in other words
    known = _REASONS.get(errno.EBUSY if held else error.errno or 0)
    return tr(known) if known else str(error.strerror or error)


def translated_reason(text: str) -> str:
    """The same for what the system has said already, through another library."""
    return next((tr(words) for code, words in _REASONS.items() if os.strerror(code) == text), text)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Around what writes ``file``: what the system has against it, as a Refusal."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            tr("{file} cannot be written: {reason}.", file=file, reason=reason_words(error))
        ) from error
