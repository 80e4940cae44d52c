"""Dates in figures: 5.07, 05.07.27, 5/13, 2026-12-08, 2026-12."""

from __future__ import annotations

import calendar
import re
from datetime import date

from dossier_app.domain.datewords import day_month
from dossier_app.domain.when import sentences
from dossier_app.domain.when.facts import Fact, Facts

_LEAP_YEAR = 2000


def numeric_date(text: str) -> Facts:
    """What the figures of ``text`` say, parted by one of ``. / -``.

    * A year of four digits in front: year, month, day.
    * Dots: day, month, year, as in Russia; never month first.
    * Slashes, and hyphens with the year last: both orders are usual, so one of them must
      be impossible, or both the same.
    * Two parts of which the last has four digits: month and year.

    Raises Unreadable for impossible and ambiguous dates, and for two parts with a hyphen,
    which may as well be a range.
    """
    parts = re.split(r"[./-]", text)
    signs = {character for character in text if not character.isdigit()}
    if len(signs) != 1 or len(parts) > 3:
        raise sentences.not_understood(text)
    (sign,) = signs
    if len(parts[0]) == 4:
        return {Fact.YEAR_FIRST: True} | _checked(text, *(int(part) for part in parts))
    if len(parts) == 2 and len(parts[1]) == 4:
        return _checked(text, int(parts[1]), int(parts[0]))
    if len(parts) == 2 and sign == "-":
        raise sentences.not_understood(text)
    return _day_and_month(text, sign, parts) | _year(text, parts[2:])


def is_day(day: int, month: int, year: int = _LEAP_YEAR) -> bool:
    """True when the month has such a day; without a year February has 29."""
    return (
        1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]
    )


def _checked(text: str, year: int, month: int, day: int | None = None) -> Facts:
    if not is_day(day if day is not None else 1, month, year):
        raise sentences.no_such_date(text)
    facts: Facts = {Fact.MONTH: month, Fact.YEAR: year}
    return facts if day is None else facts | {Fact.DAY: day}


def _day_and_month(text: str, sign: str, parts: list[str]) -> Facts:
    if any(len(part) > 2 for part in parts[:2]):
        raise sentences.no_such_date(text)
    first, second = int(parts[0]), int(parts[1])
    orders = [(first, second)] if sign == "." else [(first, second), (second, first)]
    possible = sorted({order for order in orders if is_day(*order)})
    if not possible:
        raise sentences.no_such_date(text)
    if len(possible) > 1:
        one, other = (day_month(date(_LEAP_YEAR, month, day)) for day, month in possible)
        raise sentences.ambiguous(text, one, other)
    day, month = possible[0]
    return {Fact.DAY: day, Fact.MONTH: month}


def _year(text: str, parts: list[str]) -> Facts:
    if not parts:
        return {}
    if len(parts[0]) == 2:
        return {Fact.SHORT_YEAR: int(parts[0])}
    if len(parts[0]) == 4:
        return {Fact.YEAR: int(parts[0])}
    raise sentences.no_such_date(text)
