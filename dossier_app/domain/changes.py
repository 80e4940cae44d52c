"""What a user action touched; the one broadcast that views refresh by."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier_app.domain.place import Place


@dataclass(slots=True)
class Changes:
    """Rows of which dossiers, which places (before and after), which dates of slips.

    ``templates`` are the forms that were changed: key -> text before and after, empty where
    there was none. ``calendar``: which days are worked has changed. ``absences`` are uids.
    ``action`` is a key of `dossier_app.storage.journal.ACTIONS`, ``entry`` the number of
    the journal entry. ``texts`` are the row ids of dossiers whose searchable text changed.
    """

    action: str = ""
    entry: int = 0
    dossiers: dict[int, str] = field(default_factory=dict)  # row id -> uid
    places: set[Place] = field(default_factory=set)
    slip_dates: set[str] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    templates: dict[str, tuple[str, str]] = field(default_factory=dict)
    calendar: bool = False
    absences: set[str] = field(default_factory=set)

    @property
    def uids(self) -> set[str]:
        return set(self.dossiers.values())

    def __bool__(self) -> bool:
        touched = (self.dossiers, self.slip_dates, self.templates, self.calendar, self.absences)
        return any(touched)
