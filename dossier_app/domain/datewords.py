"""Dates as people write them, in the current language: "среда, 25 ноября"."""

from __future__ import annotations

from datetime import date, time

from dossier_app.domain.language import current_language
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.place import Month

_RU_MONTHS = (
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
).split()
_RU_GENITIVE = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
).split()
_RU_SHORT = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_RU_TABS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_RU_WEEKDAYS = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
_RU_SHORT_DAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]

_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_EN_SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_EN_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_EN_SHORT_DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def _is_russian() -> bool:
    return current_language() == "ru"


def weekday(day: date) -> str:
    """ "среда", "Wednesday"."""
    return (_RU_WEEKDAYS if _is_russian() else _EN_WEEKDAYS)[day.weekday()]


def short_weekday(day: date) -> str:
    """Two letters: "ср", "We"."""
    return (_RU_SHORT_DAYS if _is_russian() else _EN_SHORT_DAYS)[day.weekday()]


def day_month(day: date) -> str:
    """ "25 ноября", "25 November"."""
    names = _RU_GENITIVE if _is_russian() else _EN_MONTHS
    return f"{day.day} {names[day.month - 1]}"


def short_day(day: date, today: date | None = None) -> str:
    """ "11 ноя", "11 Nov"; with the year when it is not the year of ``today``."""
    names = _RU_SHORT if _is_russian() else _EN_SHORT
    text = f"{day.day} {names[day.month - 1]}"
    return text if today is None or today.year == day.year else f"{text} {day.year}"


def long_day(day: date, today: date | None = None) -> str:
    """ "среда, 25 ноября"; with the year when it is not the year of ``today``."""
    text = f"{weekday(day)}, {day_month(day)}"
    return text if today is None or today.year == day.year else f"{text} {day.year}"


def full_date(day: date) -> str:
    """ "25 ноября 2026", "25 November 2026"."""
    return f"{day_month(day)} {day.year}"


def month_name(month: Month) -> str:
    """ "ноябрь 2026", "November 2026"."""
    names = _RU_MONTHS if _is_russian() else _EN_MONTHS
    return f"{names[month.number - 1]} {month.year}"


def bare_month_name(number: int) -> str:
    """ "ноябрь", "November"; ``number`` is 1 to 12."""
    return (_RU_MONTHS if _is_russian() else _EN_MONTHS)[number - 1]


def short_month(number: int) -> str:
    """ "ноя", "Nov"; ``number`` is 1 to 12."""
    return (_RU_TABS if _is_russian() else _EN_SHORT)[number - 1]


def clock(moment: time) -> str:
    """ "09:30", in both languages."""
    return f"{moment:%H:%M}"


def duration(minutes: int) -> str:
    """ "4 ч 20 мин", "4 h 20 min"."""
    hour, minute = ("ч", "мин") if _is_russian() else ("h", "min")
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {hour}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {minute}")
    return " ".join(parts)


def partial(value: PartialDate) -> str:
    """What is known of a date, in words: "8 марта 1976", "8 марта", "март 1976", "1976"."""
    if value.is_yearly:
        assert value.month is not None and value.day is not None
        text = day_month(date(2000, value.month, value.day))
        return text if value.year is None else f"{text} {value.year}"
    assert value.year is not None
    return str(value.year) if value.month is None else month_name(Month(value.year, value.month))
