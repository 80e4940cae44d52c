"""Dates in words: what a rep types into a date field, in Russian or English.

Both languages are read at once, whatever the interface speaks. Nothing is guessed: what
is unknown, impossible, past or can be read in two ways is refused with a sentence. The
rules for what people leave open:

* a day and month without a year: the next such date, today included; 29 February the
  next real one. A number alone: the next date with that number, as in the binder;
* a weekday: the coming one, never today. "Next" and "this" weekday lie in the next and
  the present calendar week; weeks start on Monday. "Вт через неделю" is the coming
  Tuesday and a week more;
* a month: without a day, the next such one. The month that has come is refused: it has
  no divider and can be meant for now or for next year;
* so many months later ends on the last day of a shorter month;
* start, middle and end of a month are its 1st, 15th and last day, those of a week its
  Monday, Wednesday and Friday; without "this" or "next" the next such day, today included;
* a time alone: today while it is to come, else tomorrow. The clock has 24 hours; bare
  hours from 1 to 7 ("в 3") are refused, an hour needs "в", "at", "am", "утра" or minutes;
  "в 8.12" is a time behind a day, and refused where it can be a date as well;
* a past date is taken only when written year first, as 2026-11-01 or 2026-11.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from dossier_app.domain.datewords import clock, long_day, month_name
from dossier_app.domain.errors import Unreadable
from dossier_app.domain.keyboard import other_layout
from dossier_app.domain.language import tr
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.place import CLOSED, Place
from dossier_app.domain.when import sentences
from dossier_app.domain.when.facts import Fact
from dossier_app.domain.when.phrases import facts_of
from dossier_app.domain.when.resolving import Question, resolve

__all__ = ["When", "describe", "read_partial_date", "read_when"]

_T = TypeVar("_T")
# Nobody known to a rep was born before; "0803" is no year.
_FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class When:
    """What was understood: a day or month, the tray or the archive; a time only with a
    day."""

    place: Place
    time: time | None = None


def read_when(text: str, today: date, now: time | None = None) -> When:
    """Read what was typed into a date field on ``today``, the local date.

    ``now`` is the local time: "через час" and a time alone ask for it. Raises Unreadable
    with one translated sentence.
    """
    return _in_either_layout(
        lambda typed: When(*resolve(Question(typed, facts_of(typed), today, now))), text
    )


def describe(when: When, today: date) -> str:
    """ "вторник, 8 декабря, 10:00", "июль 2027"; with the year when it is not today's.

    `read_when` reads it back, unless the date is past.
    """
    if when.place.date is not None:
        day = long_day(when.place.date, today)
        return day if when.time is None else f"{day}, {clock(when.time)}"
    if when.place.month is not None:
        return month_name(when.place.month)
    return tr("closed") if when.place == CLOSED else tr("no date")


def read_partial_date(text: str) -> PartialDate:
    """Read a date of which only a part may be known: "8 марта", "March 1976", "08.03.1976".

    Also the stored form, ``03-08`` for 8 March. Never adds a year; one of two digits is
    refused. Raises Unreadable with one translated sentence.
    """
    try:
        found = PartialDate.parse(text)
    except ValueError:
        found = _in_either_layout(_partial_date, text)
    if found.year is not None and found.year < _FIRST_YEAR:
        raise sentences.no_such_date(text)
    return found


def _partial_date(text: str) -> PartialDate:
    facts = facts_of(text)
    facts.pop(Fact.YEAR_FIRST, None)
    if not facts:
        raise sentences.empty()
    parts = {fact.value: value for fact, value in facts.items()}
    if Fact.SHORT_YEAR in facts or facts.keys() == {Fact.DAY, Fact.MONTH, Fact.NUMBER}:
        raise sentences.short_year(text)
    if not facts.keys() <= {Fact.DAY, Fact.MONTH, Fact.YEAR}:
        raise sentences.not_understood(text)
    try:
        return PartialDate(**parts)
    except ValueError:
        raise sentences.no_such_date(text) from None


def _in_either_layout(read: Callable[[str], _T], text: str) -> _T:
    """Read ``text`` as typed; where that means nothing, as typed in the other layout."""
    try:
        return read(text)
    except sentences.NotUnderstood as error:
        try:
            return read(_retyped(text))
        except Unreadable:
            raise error from None


def _retyped(text: str) -> str:
    """``text`` in the other layout; figures with their dots and colons stay."""
    return " ".join(
        other_layout(chunk) if any(map(str.isalpha, chunk)) else chunk for chunk in text.split()
    )
