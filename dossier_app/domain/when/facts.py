"""What a text says about a date, before today is asked."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Fact(StrEnum):
    DAY = "day"  # 1 to 31, marked as a day: "15-го", "5 июля"
    NUMBER = "number"  # a number on its own
    MONTH = "month"  # 1 to 12
    YEAR = "year"
    SHORT_YEAR = "short_year"  # the last two digits of one
    YEAR_FIRST = "year_first"  # True: written as in ISO 8601, taken even when past
    WEEKDAY = "weekday"  # 0 (Monday) to 6
    DAYS_AHEAD = "days_ahead"  # int
    SPAN = "span"  # (int, Unit): so much later
    PERIOD = "period"  # (Unit, how many ahead; None when not said)
    PART = "part"  # Part of a period or month
    CLOCK = "clock"  # time
    PAST = "past"
    PLACE = "place"  # Place without a date


# Of a year with two digits; the date field looks ahead.
CENTURY = 2000

# What each fact says; the order is the order in the text.
Facts = dict[Fact, Any]
