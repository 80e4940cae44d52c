"""The phrases of both languages: which words, in which order, say which fact.

A text is a row of phrases in any order. At each word the longest phrase is taken, the
first in the table among equals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from dossier_app.domain.datewords import clock, day_month, month_name
from dossier_app.domain.language import tr
from dossier_app.domain.place import Month
from dossier_app.domain.when import sentences
from dossier_app.domain.when.facts import CENTURY, Fact, Facts
from dossier_app.domain.when.numeric import is_day, numeric_date
from dossier_app.domain.when.tokens import Token, read_clock, tokenize
from dossier_app.domain.when.words import Kind, Unit

# From this hour on a bare hour is the working day's; a smaller one may be the evening's.
_FIRST_CLEAR_HOUR = 8
_LAST_HOUR = 23
_LARGEST_DAY = 31


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words in a row: as typed, and the meaning of each by its kind."""

    said: str
    meanings: Mapping[Kind, Any]


_Reader = Callable[[Phrase], Facts]
_Pattern = tuple[Kind, ...]


def facts_of(text: str) -> Facts:
    """All facts that ``text`` states, in its order.

    Raises Unreadable when anything in the text is unknown, impossible or stands twice.
    """
    tokens = tokenize(text)
    unknown = [token.text for token in tokens if not token.meanings]
    if unknown:
        raise sentences.not_understood(" ".join(unknown))
    facts: Facts = {}
    at = 0
    while at < len(tokens):
        length, found = _read_phrase(tokens[at:], facts, text)
        if facts.keys() & found.keys():
            raise sentences.contradictory(text)
        facts |= found
        at += length
    return facts


def _read_phrase(tokens: Sequence[Token], before: Facts, text: str) -> tuple[int, Facts]:
    """How many tokens the phrase in front takes, and what it says."""
    fitting = [entry for entry in _PHRASES if _fits(entry[0], tokens)]
    if not fitting:
        if Kind.FILLER in tokens[0].meanings and len(tokens) > 1:
            return 1, {}
        word = tokens[0].text
        raise sentences.not_understood(word if word.isalpha() else text)
    pattern, read = max(fitting, key=lambda entry: len(entry[0]))
    words = tokens[: len(pattern)]
    phrase = Phrase(
        " ".join(token.text for token in words),
        {kind: token.meanings[kind] for kind, token in zip(pattern, words, strict=True)},
    )
    if read is _at_figures and before:
        read = _time_in_figures
    return len(pattern), read(phrase)


def _fits(pattern: Sequence[Kind], tokens: Sequence[Token]) -> bool:
    return len(pattern) <= len(tokens) and all(
        kind in token.meanings for kind, token in zip(pattern, tokens, strict=False)
    )


# What a word says where nothing else is written beside the phrase.
_FACT_OF = {
    Kind.PLACE: Fact.PLACE,
    Kind.DAYS_AHEAD: Fact.DAYS_AHEAD,
    Kind.WEEKDAY: Fact.WEEKDAY,
    Kind.NUMBER: Fact.DAY,
    Kind.MONTH: Fact.MONTH,
    Kind.YEAR: Fact.YEAR,
    Kind.PART: Fact.PART,
    Kind.SPAN: Fact.SPAN,
    Kind.CLOCK: Fact.CLOCK,
    Kind.PAST: Fact.PAST,
}


def _plain(phrase: Phrase) -> Facts:
    return {_FACT_OF[kind]: value for kind, value in phrase.meanings.items() if kind in _FACT_OF}


def _bare_number(phrase: Phrase) -> Facts:
    return {Fact.NUMBER: phrase.meanings[Kind.NUMBER]}


def _month_number(phrase: Phrase) -> Facts:
    """ "July 5" is usual English; "июль 27" can be a day or a year."""
    month, number = phrase.meanings[Kind.MONTH], phrase.meanings[Kind.NUMBER]
    if number > _LARGEST_DAY:
        return {Fact.MONTH: month, Fact.SHORT_YEAR: number}
    if phrase.said.isascii() or not is_day(number, month):
        return _plain(phrase)
    one = day_month(date(CENTURY, month, number))
    other = month_name(Month(CENTURY + number, month))
    raise sentences.ambiguous(phrase.said, one, other)


def _in_figures(phrase: Phrase) -> Facts:
    return numeric_date(phrase.meanings[Kind.NUMERIC])


def _time_in_figures(phrase: Phrase) -> Facts:
    """ "завтра в 9.30": where a day is already named, figures after "в" are a time."""
    moment = _dotted_clock(phrase)
    if moment is None:
        raise sentences.no_such_time(phrase.said)
    return {Fact.CLOCK: moment}


def _at_figures(phrase: Phrase) -> Facts:
    """Without a day before it "в 9.30" is a time, "к 25.12" a date, "в 8.12" either."""
    moment = _dotted_clock(phrase)
    if moment is None:
        return _in_figures(phrase)
    if not is_day(moment.hour, moment.minute):
        return {Fact.CLOCK: moment}
    day = date(CENTURY, moment.minute, moment.hour)
    raise sentences.ambiguous(phrase.said, clock(moment), day_month(day))


def _dotted_clock(phrase: Phrase) -> time | None:
    figures: str = phrase.meanings[Kind.NUMERIC]
    return read_clock(figures.replace(".", ":"))


def _hour(phrase: Phrase) -> Facts:
    hour = phrase.meanings[Kind.NUMBER]
    _refuse_other_units(phrase)
    if hour > _LAST_HOUR:
        raise sentences.no_such_time(phrase.said)
    if 0 < hour < _FIRST_CLEAR_HOUR:
        raise sentences.ambiguous(phrase.said, clock(time(hour)), clock(time(hour + 12)))
    return {Fact.CLOCK: time(hour)}


def _hour_of_part(phrase: Phrase) -> Facts:
    """ "9 утра", "в 2 часа дня", "2:30 pm": the last word maps the hour to one of 24."""
    _refuse_other_units(phrase)
    said = phrase.meanings
    moment: time | None = said.get(Kind.CLOCK)
    hour = moment.hour if moment else said[Kind.NUMBER]
    hours = said.get(Kind.HOURS) or said[Kind.AFTERNOON]
    if hour not in hours:
        raise sentences.no_such_time(phrase.said)
    return {Fact.CLOCK: time(hours[hour], moment.minute if moment else 0)}


def _refuse_other_units(phrase: Phrase) -> None:
    """ "В 10 часов" is a time, "в 10 дней" is not."""
    if phrase.meanings.get(Kind.UNIT, Unit.HOUR) is not Unit.HOUR:
        raise sentences.not_understood(phrase.said)


def _span(phrase: Phrase) -> Facts:
    said = phrase.meanings
    unit = said.get(Kind.UNIT) or said.get(Kind.LETTER) or Unit.DAY
    return {Fact.SPAN: (said[Kind.COUNT], unit)}


def _one_unit(phrase: Phrase) -> Facts:
    unit = phrase.meanings[Kind.UNIT]
    if unit is Unit.DAY:  # "через день" is the next day or every other day
        raise sentences.ambiguous(phrase.said, tr("tomorrow"), tr("day after tomorrow"))
    return {Fact.SPAN: (1, unit)}


def _period(phrase: Phrase) -> Facts:
    """ "Next week", or the week of "next Tuesday"."""
    said = phrase.meanings
    ahead = 1 if Kind.NEXT in said else 0 if Kind.THIS in said else None
    return _plain(phrase) | {Fact.PERIOD: (said.get(Kind.UNIT, Unit.WEEK), ahead)}


# One phrase a line; a word with "?" may be missing.
_TABLE: tuple[tuple[str, _Reader], ...] = (
    ("PLACE", _plain),
    ("PAST", _plain),
    ("DAYS_AHEAD", _plain),
    ("WEEKDAY", _plain),
    ("NEXT WEEKDAY", _period),
    ("THIS WEEKDAY", _period),
    ("UNIT", _period),
    ("NEXT UNIT", _period),
    ("THIS UNIT", _period),
    ("PART", _plain),
    ("AFTER COUNT UNIT", _span),
    ("AFTER_ONE UNIT", _one_unit),
    ("AFTER SPAN", _plain),
    ("PLUS COUNT", _span),
    ("PLUS COUNT UNIT", _span),
    ("PLUS COUNT LETTER", _span),
    ("NUMERIC", _in_figures),
    ("AT NUMERIC", _at_figures),
    ("YEAR YEAR_WORD?", _plain),
    ("YEAR MONTH", _plain),
    ("MONTH YEAR YEAR_WORD?", _plain),
    ("MONTH", _plain),
    ("MONTH NUMBER", _month_number),
    ("MONTH NUMBER DASH? ORDINAL", _plain),
    ("NUMBER", _bare_number),
    ("NUMBER MONTH", _plain),
    ("NUMBER DASH? ORDINAL OF_MONTH?", _plain),
    ("NUMBER OF_MONTH", _plain),
    ("AT? CLOCK", _plain),
    ("AT? CLOCK HOURS", _hour_of_part),
    ("AT? CLOCK AFTERNOON", _hour_of_part),
    ("AT NUMBER", _hour),
    ("AT NUMBER AFTERNOON", _hour_of_part),
    ("AT? NUMBER HOURS", _hour_of_part),
    ("AT? NUMBER UNIT HOURS", _hour_of_part),
    ("AT? NUMBER UNIT AFTERNOON", _hour_of_part),
    ("AT NUMBER UNIT", _hour),
)


def _expanded(words: Sequence[str]) -> Iterator[_Pattern]:
    """The patterns that ``words`` stands for, with and without its optional ones."""
    if not words:
        yield ()
        return
    first, rest = words[0], words[1:]
    for tail in _expanded(rest):
        yield (Kind[first.rstrip("?")], *tail)
        if first.endswith("?"):
            yield tail


_PHRASES = [(pattern, read) for line, read in _TABLE for pattern in _expanded(line.split())]
