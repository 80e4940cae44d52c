"""The words a date is written with, Russian and English side by side.

The interface language does not matter: a rep types what comes to mind. A word may mean
several things ("дня" is a day and an afternoon); the phrase it stands in decides. An
entry of several words is written with "_" between them here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import time
from enum import StrEnum
from typing import Any

from dossier_app.domain.place import CLOSED, TRAY


class Kind(StrEnum):
    """What a token may be. The value of its meaning stands behind each kind."""

    NUMBER = "number"  # int
    YEAR = "year"  # int, written with four digits
    NUMERIC = "numeric"  # "5.07", "2026-12-08": str
    CLOCK = "clock"  # time
    PLUS = "plus"
    DASH = "dash"
    COUNT = "count"  # int: a number, or "two"
    DAYS_AHEAD = "days_ahead"  # int: "tomorrow"
    WEEKDAY = "weekday"  # 0 (Monday) to 6
    MONTH = "month"  # 1 to 12
    UNIT = "unit"  # Unit
    LETTER = "letter"  # Unit behind "+3", where one letter is clear
    SPAN = "span"  # (int, Unit): "half a year"
    PART = "part"  # Part
    HOURS = "hours"  # hour as said -> hour of the day: "pm"
    AFTERNOON = "afternoon"  # the same for "дня", which is a unit as well
    AFTER = "after"  # "in" two weeks
    AFTER_ONE = "after_one"  # "через" неделю
    NEXT = "next"
    THIS = "this"
    AT = "at"
    ORDINAL = "ordinal"  # "th"
    OF_MONTH = "of_month"  # "числа"
    YEAR_WORD = "year_word"  # "года"
    PLACE = "place"  # Place: no date at all
    PAST = "past"
    FILLER = "filler"  # adds nothing in front of another word
    SILENT = "silent"  # adds nothing, also inside a phrase


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Part(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


Meanings = Mapping[Kind, Any]

_WEEKDAYS = (
    "пн пон понедельник понедельника понедельнику понедельнике mo mon monday",
    "вт втр вторник вторника вторнику вторнике tu tue tues tuesday",
    "ср среда среды среде среду we wed weds wednesday",
    "чт чтв четверг четверга четвергу четверге th thu thur thurs thursday",
    "пт птн пятница пятницы пятнице пятницу fr fri friday",
    "сб сбт суббота субботы субботе субботу sa sat saturday",
    "вс вск воскресенье воскресенья воскресенью su sun sunday",
)
_MONTHS = (
    "янв январь января январю январе jan january",
    "фев февр февраль февраля февралю феврале feb february",
    "мар март марта марту марте mar march",
    "апр апрель апреля апрелю апреле apr april",
    "май мая маю мае may",
    "июн июнь июня июню июне jun june",
    "июл июль июля июлю июле jul july",
    "авг август августа августу августе aug august",
    "сен сент сентябрь сентября сентябрю сентябре sep sept september",
    "окт октябрь октября октябрю октябре oct october",
    "ноя нояб ноябрь ноября ноябрю ноябре nov november",
    "дек декабрь декабря декабрю декабре dec december",
)
_UNITS = {
    Unit.MINUTE: "мин минута минуту минуты минут min mins minute minutes",
    Unit.HOUR: "ч час часа часов h hr hrs hour hours o'clock",
    Unit.DAY: "дн день дня дней day days",
    Unit.WEEK: "нед неделя недели неделе неделю недель недельку wk week weeks",
    Unit.MONTH: "мес месяц месяца месяцу месяце месяцев month months",
    Unit.YEAR: "год года году лет year years",
}
_LETTERS = {Unit.DAY: "д d", Unit.WEEK: "н w", Unit.MONTH: "м m", Unit.YEAR: "г y"}
_COUNTS = {
    1: "один одну a an one",
    2: "два две пару two couple a_couple_of couple_of",
    3: "три three",
    4: "четыре four",
    5: "пять five",
    6: "шесть six",
    7: "семь seven",
    8: "восемь eight",
    9: "девять nine",
    10: "десять ten",
}
_SPANS = {
    (30, Unit.MINUTE): "полчаса half_an_hour",
    (90, Unit.MINUTE): "полтора_часа",
    (2, Unit.WEEK): "fortnight a_fortnight",
    (6, Unit.MONTH): "полгода half_a_year",
}
_PARTS = {
    Part.START: "начало начале началу beginning start",
    Part.MIDDLE: "середина середине середину middle mid",
    Part.END: "конец конце концу end",
}
_DAYS_AHEAD = {
    0: "сегодня today",
    1: "завтра tomorrow",
    2: "послезавтра после_завтра day_after_tomorrow",
}
_PLACES = {
    TRAY: "tray in_tray no_date without_a_date без_даты",
    CLOSED: "close closed закрыть закрыто",
}
# Which hours go with which part of the day, and the hour of 24 that is meant.
_MORNING = {hour: hour for hour in range(1, 12)}
_HOURS = (
    ("am a_m", {**_MORNING, 12: 0}),
    ("pm p_m", {12: 12} | {hour: hour + 12 for hour in range(1, 12)}),
    ("утра", _MORNING),
    ("вечера", {hour: hour + 12 for hour in range(4, 12)}),
    ("ночи", {12: 0} | {hour: hour for hour in range(1, 5)}),
)
_AFTERNOON = {12: 12} | {hour: hour + 12 for hour in range(1, 7)}
_PLAIN = {
    Kind.AFTER: "через in",
    Kind.AFTER_ONE: "через",
    Kind.NEXT: (
        "след следующий следующая следующее следующую следующей следующем следующего"
        " будущий будущую будущей будущем будущего next"
    ),
    Kind.THIS: ("этот эта это эту этой этом этого текущий текущую текущей текущем текущего this"),
    Kind.AT: "в во к ко at",
    Kind.FILLER: ("в во на к ко on at in ближайший ближайшая ближайшее ближайшую ближайшей coming"),
    Kind.SILENT: "of the",
    Kind.ORDINAL: "го е ое ого st nd rd th",
    Kind.OF_MONTH: "число числа числу",
    Kind.YEAR_WORD: "г год года году г_р",
    Kind.PAST: (
        "вчера позавчера назад прошлый прошлая прошлое прошлую прошлой прошлом прошлого"
        " yesterday ago last"
    ),
}


def _vocabulary() -> dict[str, Meanings]:
    found: defaultdict[str, dict[Kind, Any]] = defaultdict(dict)

    def add(kind: Kind, entries: Iterable[tuple[Any, str]]) -> None:
        for value, spellings in entries:
            for spelling in spellings.split():
                found[spelling.replace("_", " ")][kind] = value

    add(Kind.WEEKDAY, enumerate(_WEEKDAYS))
    add(Kind.MONTH, enumerate(_MONTHS, start=1))
    add(Kind.UNIT, _UNITS.items())
    add(Kind.LETTER, _LETTERS.items())
    add(Kind.COUNT, _COUNTS.items())
    add(Kind.SPAN, _SPANS.items())
    add(Kind.PART, _PARTS.items())
    add(Kind.DAYS_AHEAD, _DAYS_AHEAD.items())
    add(Kind.PLACE, _PLACES.items())
    add(Kind.HOURS, ((hours, spellings) for spellings, hours in _HOURS))
    add(Kind.AFTERNOON, [(_AFTERNOON, "дня")])
    add(Kind.CLOCK, [(time(12), "полдень noon")])
    for kind, spellings in _PLAIN.items():
        add(kind, [(None, spellings)])
    return dict(found)


VOCABULARY: Mapping[str, Meanings] = _vocabulary()
LONGEST_ENTRY = max(len(entry.split()) for entry in VOCABULARY)
