"""The month-end audit: dossiers that nobody looked at, and those that have no date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier_app.domain.place import Month, Place
from dossier_app.domain.sheets import Sheet


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A dossier of the audit: where it lies, and on which day up to the end of the month
    the client was last reached (None: never)."""

    sheet: Sheet
    place: Place
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class Audit:
    """What the binder says on ``today`` of ``month``. Closed dossiers are in none of the
    lists; one dossier may be in several."""

    today: date
    month: Month
    not_seen: list[AuditLine]  # nobody of them was reached in the month
    without_date: list[AuditLine]  # in the tray
    left_behind: list[AuditLine]
    to_spread: list[AuditLine]  # their month has come, they have no day yet
