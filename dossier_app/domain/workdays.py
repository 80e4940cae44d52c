"""Working days: the country's calendar and, above it, the rep's own table.

The calendar of a year comes from the package `holidays` (Russia's transferred days and
working Saturdays included). What the rep types in (a decree, a day off) wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year of one country: days off with the name of the holiday ("" for a day moved
    without a name), and weekend days on which people work."""

    days_off: Mapping[date, str] = field(default_factory=dict)
    working_weekends: frozenset[date] = frozenset()


def year_from_package(country: str, year: int, language: str = "ru") -> YearCalendar:
    """The year as `holidays` knows it; an unknown country has plain weekends."""
    import holidays

    try:
        calendar = holidays.country_holidays(country, years=year, language=_locale(language))
    except (NotImplementedError, KeyError):
        return YearCalendar()
    return YearCalendar(
        days_off={day: str(name) for day, name in calendar.items() if day.year == year},
        working_weekends=frozenset(
            day for day in getattr(calendar, "weekend_workdays", ()) if day.year == year
        ),
    )


def known_countries() -> list[str]:
    """Codes (ISO 3166) of the countries whose holidays the package knows."""
    import holidays

    return sorted(holidays.list_supported_countries(include_aliases=False))


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that the rep works or has off, and what it is called ("by decree")."""

    day: date
    worked: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Answers which days are worked. ``own`` wins over the year's calendar that ``year``
    gives."""

    year: Callable[[int], YearCalendar]
    own: Mapping[date, OwnDay] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        if (own := self.own.get(day)) is not None:
            return own.worked
        calendar = self.year(day.year)
        if day in calendar.working_weekends:
            return True
        return day.weekday() < SATURDAY and day not in calendar.days_off

    def holiday(self, day: date) -> str:
        """Name of the day off on ``day``, or "": the rep's own, else the public holiday."""
        if self.is_working(day):
            return ""
        own = self.own.get(day)
        return (own.name if own else "") or self.year(day.year).days_off.get(day, "")

    def next_working(self, day: date) -> date:
        """The first working day on or after ``day``."""
        return self._nearest(day, 1)

    def previous_working(self, day: date) -> date:
        """The last working day on or before ``day``."""
        return self._nearest(day, -1)

    def plus_working(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it when negative)."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._nearest(days_later(day, step), step)
        return day

    def _nearest(self, day: date, step: int) -> date:
        # A year without one working day would be a slip in the own table: give up then.
        for distance in range(366):
            candidate = days_later(day, step * distance)
            if self.is_working(candidate):
                return candidate
        return day


def days_later(day: date, days: int) -> date:
    """``day`` moved by ``days``; the first or last date there is where it would leave them."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _locale(language: str) -> str:
    return {"ru": "ru", "en": "en_US"}[language]
