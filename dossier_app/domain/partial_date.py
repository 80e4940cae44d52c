"""Dates of which only a part may be known. Nothing here ever invents a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Day and month, month and year, a year, or a full date.

    ``str()`` is the stored form and is read back by `parse`:
    ``1976-03-08``, ``1976-03``, ``1976`` or ``03-08`` (8 March, year unknown).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        known = (self.year is not None, self.month is not None, self.day is not None)
        if known not in _SHAPES:
            raise ValueError("a partial date is a day+month, month+year, year or full date")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        if self.day is not None and self.month is not None:
            # Without a year 29 February is possible.
            last = calendar.monthrange(self.year or 2000, self.month)[1]
            if not 1 <= self.day <= last:
                raise ValueError(f"no such day: {self.day}")

    @classmethod
    def of(cls, day: date) -> Self:
        """The full date ``day``."""
        return cls(day.year, day.month, day.day)

    @staticmethod
    @lru_cache(maxsize=1024)  # what is shown or indexed is read several times over
    def parse(text: str) -> PartialDate:
        """Read the stored form, and the vCard form ``--MM-DD`` or ``--MMDD``.

        Raises ValueError for anything else; free text is for `dossier_app.domain.when`.
        """
        text = text.strip()
        for pattern in _PATTERNS:
            found = pattern.fullmatch(text)
            if found:
                return PartialDate(**{key: int(value) for key, value in found.groupdict().items()})
        raise ValueError(f"not a partial date: {text!r}")

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.month:02d}-{self.day:02d}"
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def is_yearly(self) -> bool:
        """True when day and month are known, so that it comes round every year."""
        return self.month is not None and self.day is not None

    def next_on_or_after(self, today: date, *, leap_day_in_march: bool = False) -> date | None:
        """The next day it comes round, ``today`` included; None without day and month.

        29 February falls on 28 February in other years, or on 1 March by setting.
        """
        if not self.is_yearly:
            return None
        here = self._in_year(today.year, leap_day_in_march)
        return here if here >= today else self._in_year(today.year + 1, leap_day_in_march)

    def age_on(self, day: date) -> int | None:
        """Whole years reached in the year of ``day``; None when the year is unknown."""
        return None if self.year is None else day.year - self.year

    def _in_year(self, year: int, leap_day_in_march: bool) -> date:
        assert self.month is not None and self.day is not None
        if (self.month, self.day) == (2, 29) and not calendar.isleap(year):
            return date(year, 3, 1) if leap_day_in_march else date(year, 2, 28)
        return date(year, self.month, self.day)


_SHAPES = {
    (True, True, True),
    (True, True, False),
    (True, False, False),
    (False, True, True),
}
_PATTERNS = [
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)"),
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?:--)?(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"--(?P<month>\d\d)(?P<day>\d\d)"),
]
