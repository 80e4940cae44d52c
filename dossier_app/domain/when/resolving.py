"""From facts to a place: the rules for everything that a text leaves open.

Which facts make a date together stands in one table at the end; any other combination
is refused.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dossier_app.domain.datewords import day_month, long_day
from dossier_app.domain.place import Month, Place, day_place, month_place
from dossier_app.domain.when import sentences
from dossier_app.domain.when.facts import CENTURY, Fact, Facts
from dossier_app.domain.when.numeric import is_day
from dossier_app.domain.when.words import Part, Unit

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_YEARS_TO_LEAP_DAY = 8  # the longest wait for a 29 February, over 2100
_WEEK_PARTS = {Part.START: 0, Part.MIDDLE: 2, Part.END: 4}  # of the working week
_MIDDLE_OF_MONTH = 15
_MONTHS_TO_31ST = 2  # from a day after the 31st of January on


@dataclass(frozen=True, slots=True)
class Question:
    """What one text says, and the day and time at which it was typed."""

    text: str
    facts: Facts
    today: date
    now: time | None


# A datetime has its time with it; it may lie behind midnight.
_Found = date | datetime | Month | Place


def resolve(question: Question) -> tuple[Place, time | None]:
    """The place and time that the facts name; raises Unreadable when they name none or
    several, or one that is past."""
    text, today = question.text, question.today
    facts = _with_year(question.facts, today)
    clock: time | None = facts.pop(Fact.CLOCK, None)
    as_written: bool = facts.pop(Fact.YEAR_FIRST, False)
    if Fact.PAST in facts:
        raise sentences.past(text, today)
    if facts:
        found = _named(Question(text, facts, today, question.now))
    elif clock is not None:
        found = _day_of_clock(clock, question)
    else:
        raise sentences.empty()
    if isinstance(found, datetime):
        if clock is not None:
            raise sentences.contradictory(text)
        return day_place(found.date()), found.time()
    if isinstance(found, date):
        if found < today and not as_written:
            raise sentences.past(text, today)
        return day_place(found), clock
    if clock is not None:
        raise sentences.time_without_day(text)
    if isinstance(found, Place):
        return found, None
    if not as_written:
        _refuse_month_that_came(found, question)
    return month_place(found), None


def _with_year(facts: Facts, today: date) -> Facts:
    """The facts with a year of four digits, where another way to say it is clear."""
    facts = dict(facts)
    if Fact.YEAR in facts:
        return facts
    if Fact.SHORT_YEAR in facts and Fact.DAY in facts:
        facts[Fact.YEAR] = CENTURY + facts.pop(Fact.SHORT_YEAR)
    unit, ahead = facts.get(Fact.PERIOD, (None, None))
    if Fact.MONTH in facts and unit is Unit.YEAR and ahead is not None:
        del facts[Fact.PERIOD]
        facts[Fact.YEAR] = today.year + ahead
    return facts


def _named(question: Question) -> _Found:
    facts = question.facts
    if rule := _RULES.get(frozenset(facts)):
        return rule(question)
    rest: Facts = {fact: value for fact, value in facts.items() if fact is not Fact.WEEKDAY}
    rule = _DATED.get(frozenset(rest))
    if rule is None:
        wrong = sentences.hour_or_day if Fact.NUMBER in facts else sentences.contradictory
        raise wrong(question.text)
    day = rule(Question(question.text, rest, question.today, question.now))
    if day.weekday() != facts[Fact.WEEKDAY]:
        raise sentences.other_weekday(question.text, day, question.today)
    return day


def _refuse_month_that_came(month: Month, question: Question) -> None:
    this_month = Month.of(question.today)
    if month < this_month:
        raise sentences.past(question.text, question.today)
    if month == this_month:
        raise sentences.already_here(question.text, day_month(_last_day(month)))


def _day_of_clock(clock: time, question: Question) -> date:
    """Today while the time is still to come, else tomorrow."""
    if question.now is None or clock > question.now:
        return question.today
    return question.today + _DAY


def _last_day(month: Month) -> date:
    return date(month.year, month.number, calendar.monthrange(month.year, month.number)[1])


def _day_of(month: Month, day: int, text: str) -> date:
    if not is_day(day, month.number, month.year):
        raise sentences.no_such_date(text)
    return date(month.year, month.number, day)


def _monday(question: Question, weeks_ahead: int = 0) -> date:
    return question.today - question.today.weekday() * _DAY + weeks_ahead * _WEEK


def _later(day: date, count: int, unit: Unit) -> date:
    """``count`` units after ``day``; a month that is too short ends on its last day."""
    if unit in {Unit.DAY, Unit.WEEK}:
        return day + count * (_DAY if unit is Unit.DAY else _WEEK)
    last = _last_day(Month.of(day).plus(count * (12 if unit is Unit.YEAR else 1)))
    return last.replace(day=min(day.day, last.day))


# The rules, each for the facts that _RULES names beside it.


def _days_ahead(question: Question) -> date:
    days: int = question.facts[Fact.DAYS_AHEAD]
    return question.today + days * _DAY


def _coming_weekday(question: Question) -> date:
    """The next such weekday after today: never today itself."""
    weekday: int = question.facts[Fact.WEEKDAY]
    days = (weekday - question.today.weekday() - 1) % 7 + 1
    return question.today + days * _DAY


def _weekday_of_week(question: Question) -> date:
    """ "Next Tuesday" lies in the next calendar week, "this Tuesday" in the present one."""
    unit, ahead = question.facts[Fact.PERIOD]
    weekday: int = question.facts[Fact.WEEKDAY]
    if unit is not Unit.WEEK or ahead is None:
        raise sentences.contradictory(question.text)
    return _monday(question, ahead) + weekday * _DAY


def _weekday_and_span(question: Question) -> date:
    """ "Вт через неделю": the coming Tuesday and a week more.

    "Через неделю во вторник" may as well mean the Tuesday of the week that is a week
    ahead, and so may "вт через неделю" on a Tuesday: refused where the two differ.
    """
    _, unit = question.facts[Fact.SPAN]
    if unit is not Unit.WEEK:
        raise sentences.contradictory(question.text)
    first = _span_from(_coming_weekday(question), question)
    weekday: int = question.facts[Fact.WEEKDAY]
    other = _span_from(_monday(question) + weekday * _DAY, question)
    says_weekday_first = next(iter(question.facts)) is Fact.WEEKDAY
    is_clear = says_weekday_first and weekday != question.today.weekday()
    if first != other and not is_clear:
        days = (long_day(day, question.today) for day in (other, first))
        raise sentences.ambiguous(question.text, *days)
    return first


def _span_from(day: date, question: Question) -> date:
    try:
        return _later(day, *question.facts[Fact.SPAN])
    except (OverflowError, ValueError):  # beyond the last year of the calendar
        raise sentences.no_such_date(question.text) from None


def _span(question: Question) -> date | datetime:
    count, unit = question.facts[Fact.SPAN]
    if unit not in {Unit.MINUTE, Unit.HOUR}:
        return _span_from(question.today, question)
    if question.now is None:
        raise sentences.no_clock(question.text)
    moment = datetime.combine(question.today, question.now.replace(second=0, microsecond=0))
    minutes = count * (60 if unit is Unit.HOUR else 1)
    try:
        return moment + timedelta(minutes=minutes)
    except OverflowError:
        raise sentences.no_such_date(question.text) from None


def _number(question: Question) -> int:
    number: int = question.facts.get(Fact.DAY) or question.facts.get(Fact.NUMBER) or 0
    return number


def _numbered_day(question: Question) -> date:
    """The next date with that number, today included: what lies under its divider."""
    number = _number(question)
    this_month = Month.of(question.today)
    for ahead in range(_MONTHS_TO_31ST + 1):
        month = this_month.plus(ahead)
        if is_day(number, month.number, month.year):
            day = date(month.year, month.number, number)
            if day >= question.today:
                return day
    raise sentences.no_such_date(question.text)


def _day_of_month(question: Question) -> date:
    """A full date, or without a year the next such date, today included."""
    number, month = question.facts[Fact.DAY], question.facts[Fact.MONTH]
    if Fact.YEAR in question.facts:
        return _day_of(Month(question.facts[Fact.YEAR], month), number, question.text)
    this_year = question.today.year
    for year in range(this_year, this_year + _YEARS_TO_LEAP_DAY + 1):
        if is_day(number, month, year) and date(year, month, number) >= question.today:
            return date(year, month, number)
    raise sentences.no_such_date(question.text)


def _numbered_day_of_period(question: Question) -> date:
    """ "15 числа следующего месяца"."""
    unit, ahead = question.facts[Fact.PERIOD]
    if unit is not Unit.MONTH or ahead is None:
        raise sentences.contradictory(question.text)
    number = _number(question)
    return _day_of(Month.of(question.today).plus(ahead), number, question.text)


def _whole_month(question: Question) -> Month:
    """A month by name: the next such one. One that has come is refused later, because
    it needs a day or a year: nobody knows which of the two was meant."""
    number = question.facts[Fact.MONTH]
    if Fact.YEAR in question.facts:
        return Month(question.facts[Fact.YEAR], number)
    this_month = Month.of(question.today)
    return this_month.plus((number - this_month.number) % 12)


def _period(question: Question) -> date | Month:
    """Next week is its Monday; next month is a month without a day."""
    unit: Unit
    ahead: int | None
    unit, ahead = question.facts[Fact.PERIOD]
    if ahead is None:
        raise sentences.not_understood(question.text)
    if unit is Unit.MONTH:
        return Month.of(question.today).plus(ahead)
    if unit is Unit.WEEK and ahead:
        return _monday(question, ahead)
    if unit is Unit.WEEK:
        raise sentences.already_here(question.text, long_day(question.today))
    if unit is Unit.DAY:
        return question.today + ahead * _DAY
    raise sentences.no_month(question.text)


def _part_of_period(question: Question) -> date:
    """ "Конец недели": without "this" or "next" the next such day, today included."""
    unit, ahead = question.facts[Fact.PERIOD]
    if ahead is not None:
        return _part(question, unit, ahead)
    day = _part(question, unit, 0)
    return day if day >= question.today else _part(question, unit, 1)


def _part(question: Question, unit: Unit, ahead: int) -> date:
    """The week is the working week; the middle of a month is its 15th."""
    part: Part = question.facts[Fact.PART]
    if unit is Unit.WEEK:
        return _monday(question, ahead) + _WEEK_PARTS[part] * _DAY
    if unit is Unit.MONTH:
        return _part_of(Month.of(question.today).plus(ahead), part)
    year = question.today.year + ahead
    if unit is Unit.YEAR and part is Part.START:
        return date(year, 1, 1)
    if unit is Unit.YEAR and part is Part.END:
        return date(year, 12, 31)
    raise sentences.not_understood(question.text)


def _part_of(month: Month, part: Part) -> date:
    if part is Part.END:
        return _last_day(month)
    return month.first_day.replace(day=_MIDDLE_OF_MONTH if part is Part.MIDDLE else 1)


def _part_of_month(question: Question) -> date:
    """ "Конец июля": without a year the next such day, today included."""
    month, part = _whole_month(question), question.facts[Fact.PART]
    day = _part_of(month, part)
    if day < question.today and Fact.YEAR not in question.facts:
        return _part_of(month.plus(12), part)
    return day


def _year_alone(question: Question) -> date:
    raise sentences.no_month(question.text)


# Facts that name a date by themselves; a weekday beside them must fit.
_DATED: dict[frozenset[Fact], Callable[[Question], date]] = {
    frozenset({Fact.DAYS_AHEAD}): _days_ahead,
    frozenset({Fact.DAY}): _numbered_day,
    frozenset({Fact.DAY, Fact.MONTH}): _day_of_month,
    frozenset({Fact.DAY, Fact.MONTH, Fact.YEAR}): _day_of_month,
    frozenset({Fact.DAY, Fact.PERIOD}): _numbered_day_of_period,
}
_RULES: dict[frozenset[Fact], Callable[[Question], _Found]] = {
    **_DATED,
    frozenset({Fact.PLACE}): lambda question: question.facts[Fact.PLACE],
    frozenset({Fact.WEEKDAY}): _coming_weekday,
    frozenset({Fact.WEEKDAY, Fact.PERIOD}): _weekday_of_week,
    frozenset({Fact.WEEKDAY, Fact.SPAN}): _weekday_and_span,
    frozenset({Fact.SPAN}): _span,
    frozenset({Fact.NUMBER}): _numbered_day,
    frozenset({Fact.NUMBER, Fact.PERIOD}): _numbered_day_of_period,
    frozenset({Fact.MONTH}): _whole_month,
    frozenset({Fact.MONTH, Fact.YEAR}): _whole_month,
    frozenset({Fact.YEAR}): _year_alone,
    frozenset({Fact.PERIOD}): _period,
    frozenset({Fact.PART, Fact.PERIOD}): _part_of_period,
    frozenset({Fact.PART, Fact.MONTH}): _part_of_month,
    frozenset({Fact.PART, Fact.MONTH, Fact.YEAR}): _part_of_month,
}
