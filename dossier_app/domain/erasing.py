"""The protocol of an erasure: what a client is shown who asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was removed, in numbers only; never what it said.

    ``bytes_of_documents`` counts their contents that no other dossier needs as well.
    ``backup_until`` is the day after which no backup made by the program itself has it any
    more; None when there is none.
    """

    name: str
    company: str
    at: datetime
    author: str
    people: int
    contact_points: int
    forms: int
    history: int
    promises: int
    slips: int
    documents: int
    bytes_of_documents: int
    backup_until: date | None
