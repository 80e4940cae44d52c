"""Where a dossier lies: always exactly one place."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class PlaceKind(StrEnum):
    TRAY = "tray"
    DAY = "day"
    MONTH = "month"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY-MM``; raises ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        if not found:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def plus(self, months: int) -> Month:
        """The month that lies ``months`` later."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def until(self, other: Month) -> int:
        """Month distance from here to ``other``; negative when it is past."""
        return (other.year - self.year) * 12 + other.number - self.number

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])


@dataclass(frozen=True, slots=True)
class Place:
    """In tray, under a day, under a month ("some time in July"), or closed."""

    kind: PlaceKind
    date: date | None = None
    month: Month | None = None

    def __post_init__(self) -> None:
        has_date, has_month = self.kind is PlaceKind.DAY, self.kind is PlaceKind.MONTH
        if (self.date is not None) != has_date or (self.month is not None) != has_month:
            raise ValueError(f"a place of kind {self.kind} with date {self.date}, {self.month}")

    @property
    def key(self) -> str:
        """ISO date or ``YYYY-MM`` as stored beside the kind; empty for tray and closed."""
        return str(self.date or self.month or "")

    @classmethod
    def stored(cls, kind: str, key: str) -> Place:
        """The place that was stored as ``kind`` and `key`."""
        if kind == PlaceKind.DAY:
            return day_place(date.fromisoformat(key))
        if kind == PlaceKind.MONTH:
            return month_place(Month.parse(key))
        return cls(PlaceKind(kind))


TRAY = Place(PlaceKind.TRAY)
CLOSED = Place(PlaceKind.CLOSED)


def day_place(day: date) -> Place:
    return Place(PlaceKind.DAY, date=day)


def month_place(month: Month) -> Place:
    return Place(PlaceKind.MONTH, month=month)
