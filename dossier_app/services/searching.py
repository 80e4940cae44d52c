"""Finding dossiers as one types."""

from __future__ import annotations

from dossier_app.storage import search as store
from dossier_app.storage.search import Found

__all__ = ["Found", "find"]


def find(text: str, limit: int = 20) -> list[Found]:
    """Dossiers that have every word of ``text``, best first. Any text may be given."""
    return store.search(text, limit)
