"""The states of the window that are drawn, by what they show."""

from __future__ import annotations

from collections.abc import Iterator

from scenes import (
    absence,
    clients,
    dossier,
    files,
    forms,
    handover,
    log,
    planning,
    printing,
    program,
    review,
    slips,
    window,
)
from scenes.stage import Scene

_PARTS = (
    window, dossier, forms, log, slips, clients, planning, review, printing, files, absence,
    handover, program,
)  # fmt: skip


def all_scenes() -> Iterator[Scene]:
    """Every scene of the main window and its dialogs."""
    for part in _PARTS:
        yield from part.scenes()
