"""Finding dossiers as one types, and keeping the index up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.services.templates import answer_text, read_otherwise, templates
from dossier_app.storage import search as store
from dossier_app.storage.bands import bands
from dossier_app.storage.search import Found

__all__ = ["Found", "find", "keep_up"]


def find(text: str, limit: int = 20) -> list[Found]:
    """Dossiers that have every word of ``text``, best first. Any text may be given."""
    store.set_answer_text(partial(answer_text, templates()))
    away, today = bands(), clock.today()
    return [
        replace(item, band=away[item.uid].band(today)) if item.uid in away else item
        for item in store.search(text, limit)
    ]


def keep_up(changes: Changes) -> None:
    """Bring the index up to what an action changed; a listener of the journal."""
    store.set_answer_text(partial(answer_text, templates()))
    store.keep_up(changes)
    store.reindex(read_otherwise(changes))
