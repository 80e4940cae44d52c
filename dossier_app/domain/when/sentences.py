"""What is said when a date was not understood: one sentence that quotes the text and
shows how to write it."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.datewords import day_month, long_day
from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr

_LONGEST_QUOTE = 40


class NotUnderstood(Unreadable):
    """The text means nothing in either language, as far as it was typed."""


def quoted(text: str) -> str:
    """``text`` on one line, cut where it is too long to be read in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def empty() -> Unreadable:
    return Unreadable(tr("The date is empty; write one like “tomorrow” or “5 July”."))


def not_understood(text: str) -> NotUnderstood:
    return NotUnderstood(
        tr(
            "“{text}” is not understood as a date; try “Fri 10:00”, “5 July” or “in 2 weeks”.",
            text=quoted(text),
        )
    )


def no_such_date(text: str) -> Unreadable:
    return Unreadable(
        tr("There is no such date as “{text}”; write one like “5 July”.", text=quoted(text))
    )


def no_such_time(text: str) -> Unreadable:
    return Unreadable(
        tr("There is no such time as “{text}”; write one like “14:30”.", text=quoted(text))
    )


def past(text: str, today: date) -> Unreadable:
    return Unreadable(
        tr(
            "“{text}” has passed; write a date from {today} on, for example “tomorrow”.",
            text=quoted(text),
            today=day_month(today),
        )
    )


def ambiguous(text: str, one: str, other: str) -> Unreadable:
    return Unreadable(
        tr(
            "“{text}” can be “{one}” or “{other}”; write the one you mean.",
            text=quoted(text),
            one=one,
            other=other,
        )
    )


def hour_or_day(text: str) -> Unreadable:
    return Unreadable(
        tr(
            "The number in “{text}” can be an hour or a day;"
            " write it like “at 10:00” or “on the 10th”.",
            text=quoted(text),
        )
    )


def contradictory(text: str) -> Unreadable:
    return Unreadable(
        tr(
            "“{text}” does not come together to one date; try “Fri 10:00” or “5 July”.",
            text=quoted(text),
        )
    )


def other_weekday(text: str, day: date, today: date) -> Unreadable:
    return Unreadable(
        tr(
            "The weekday in “{text}” does not fit; the date is “{day}”.",
            text=quoted(text),
            day=long_day(day, today),
        )
    )


def already_here(text: str, example: str) -> Unreadable:
    return Unreadable(
        tr(
            "“{text}” has already begun; add a day, for example “{example}”.",
            text=quoted(text),
            example=example,
        )
    )


def no_month(text: str) -> Unreadable:
    return Unreadable(tr("“{text}” has no month; write one like “July 2027”.", text=quoted(text)))


def time_without_day(text: str) -> Unreadable:
    return Unreadable(
        tr(
            "“{text}” gives a time but no day; write both, for example “5 July 10:00”.",
            text=quoted(text),
        )
    )


def no_clock(text: str) -> Unreadable:
    return Unreadable(
        tr(
            "“{text}” counts from the time of day, which is not known here;"
            " write a time like “14:30”.",
            text=quoted(text),
        )
    )


def short_year(text: str) -> Unreadable:
    return Unreadable(
        tr(
            "The year in “{text}” is not certain; write all four digits,"
            " for example “8 March 1976”.",
            text=quoted(text),
        )
    )
