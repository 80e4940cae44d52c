"""What a reader of foreign files returns: dossiers to add, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier_app.domain.records import Dossier


@dataclass(slots=True)
class Problem:
    """Why a record (1-based; None for the file as a whole) was not or not fully read."""

    record: int | None
    reason: str


@dataclass(slots=True)
class Imported:
    """One record read. ``foreign_id`` is the file's own lasting name for it (vCard UID),
    empty when it has none."""

    record: int
    dossier: Dossier
    foreign_id: str = ""


@dataclass(slots=True)
class FileContent:
    """A foreign file, read. ``records`` counts those that a human would see in it, so
    that ``records == len(imported) + len({p.record for p in problems if refused})``."""

    format: str  # "vcard", "csv", "xlsx", ...
    records: int = 0
    imported: list[Imported] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
