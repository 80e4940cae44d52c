"""Taking actions back, doing them again, and reading the journal."""

from __future__ import annotations

from dataclasses import dataclass

from dossier_app.domain.changes import Changes
from dossier_app.domain.language import tr
from dossier_app.storage import journal
from dossier_app.storage.dossiers import row_id_of, uids_of


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One action as it is listed; ``dossiers`` are uids (of those that still exist)."""

    at: str
    author: str
    action: str
    dossiers: list[str]
    undone: bool


def undo() -> Changes | None:
    """Take back the newest action, also one from before a restart; None when there is none."""
    return journal.undo()


def redo() -> Changes | None:
    """Do again what was undone last; None when there is nothing."""
    return journal.redo()


def title_of(action: str) -> str:
    """An action's name in the current language."""
    return tr(journal.ACTIONS[action])


def journal_lines(uid: str | None = None, limit: int = 200) -> list[JournalLine]:
    """Actions newest first, of one dossier or of all."""
    dossier_id = None if uid is None else row_id_of(uid)
    entries = journal.entries(dossier_id, limit)
    uids = uids_of({number for entry in entries for number in entry["dossiers"]})
    return [
        JournalLine(
            at=entry["at"],
            author=entry["author"],
            action=title_of(entry["action"]),
            dossiers=[uids[number] for number in entry["dossiers"] if number in uids],
            undone=entry["state"] != journal.DONE,
        )
        for entry in entries
    ]
