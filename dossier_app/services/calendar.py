"""The working calendar of this binder.

A year read from the package `holidays` is kept in the database: reading it costs 150 ms,
and it must be there off line and at once when the program starts.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from dossier_app import __version__
from dossier_app.domain.language import current_language
from dossier_app.domain.workdays import WorkingCalendar, YearCalendar, year_from_package
from dossier_app.services.settings import Settings
from dossier_app.storage import own_days
from dossier_app.storage import settings as store
from dossier_app.storage.connection import database


def working_calendar(settings: Settings) -> WorkingCalendar:
    """The calendar of the settings' country with the rep's own days above it; holidays are
    named in the current language."""
    country, read = settings.country, cache(_year)

    def year(number: int) -> YearCalendar:
        return read(country, number, current_language())

    return WorkingCalendar(year, {own.day: own for own in own_days.all_days()})


def _year(country: str, number: int, language: str) -> YearCalendar:
    key = f"calendar {country} {number} {language} {__version__}"
    if (kept := store.read(key)) is None:
        calendar = year_from_package(country, number, language)
        kept = {
            "off": {day.isoformat(): name for day, name in calendar.days_off.items()},
            "worked": [day.isoformat() for day in sorted(calendar.working_weekends)],
        }
        if not _is_read_only():
            store.write(key, kept)
    return YearCalendar(
        days_off={date.fromisoformat(day): name for day, name in kept["off"].items()},
        working_weekends=frozenset(map(date.fromisoformat, kept["worked"])),
    )


def _is_read_only() -> bool:
    return bool(database.execute_sql("PRAGMA query_only").fetchone()[0])
