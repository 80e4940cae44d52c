"""What an import tells of every record: what becomes of it, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dossier_app.domain.importing import Problem


class Fate(StrEnum):
    """What becomes of a record."""

    ADDED = "added"
    JOINED = "joined"
    SKIPPED = "skipped"  # nothing in it that is not in the binder
    REFUSED = "refused"  # could not be read


@dataclass(frozen=True, slots=True)
class RecordReport:
    """One record (1-based) in words; ``reason`` says why it is not simply added, or what
    is worth knowing of it. A refused one has a reason only. Of a mail they are subject,
    sender and day."""

    record: int
    fate: Fate
    reason: str = ""
    name: str = ""
    company: str = ""
    phone: str = ""


@dataclass
class FileReport:
    """What became of each record of one file: ``records == added + joined + skipped``.

    ``details`` has every record in the order of the file. A mail is one record, joined to
    the history of a dossier; ``homeless`` counts one that belongs to none, and is skipped.
    """

    file: str
    format: str = ""
    records: int = 0
    added: int = 0
    joined: int = 0
    skipped: int = 0
    homeless: int = 0
    problems: list[Problem] = field(default_factory=list)
    details: list[RecordReport] = field(default_factory=list)


@dataclass
class ImportReport:
    files: list[FileReport] = field(default_factory=list)
    dossiers: list[str] = field(default_factory=list)  # uids added or joined

    @property
    def complete(self) -> bool:
        """False when a file could not be read at all."""
        return all(report.format for report in self.files)
