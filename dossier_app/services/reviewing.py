"""The evening's look back, and the reports of a week, a month or any span of days."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from dossier_app.domain import clock
from dossier_app.domain.datewords import day_month
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.review import (
    Capacity,
    DayReview,
    SpanReview,
    days_of,
    reviews_of,
    span_before,
    total,
)
from dossier_app.domain.review_words import dates, span_name
from dossier_app.domain.sheets import Divider
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.calendar import working_calendar
from dossier_app.services.printing import Prepared
from dossier_app.storage import review as store

MOST_DAYS = 366
_LONGEST_PAUSE = 30  # days without work after which no next day is looked for


def review(day: date) -> DayReview:
    """Plan against fact of ``day``; what is known of a past day: `dossier_app.domain.review`."""
    return _reviews(day, day)[0]


def review_span(first: date, last: date) -> SpanReview:
    """Every day from ``first`` to ``last``, their sum, and the sum of the span before.

    Raises Refusal for more days than a year has, and when ``last`` is before ``first``.
    """
    _check(first, last)
    return _spanned(_reviews(first, last), _reviews(*span_before(first, last)))


def review_steps(first: date, last: date) -> Generator[int, None, SpanReview]:
    """The same day by day, for a window that must stay alive meanwhile: yields how many
    days are read, of those of the span and of the span before."""
    _check(first, last)
    read: list[tuple[DayReview, ...]] = []
    for day in days_of(*span_before(first, last)) + days_of(first, last):
        read.append(_reviews(day, day))
        yield len(read)
    found = tuple(review for part in read for review in part)
    count = (last - first).days + 1
    return _spanned(found[-count:], found[:-count])


def _check(first: date, last: date) -> None:
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Refusal(tr("A review covers 1 to {most} days.", most=MOST_DAYS))


def _spanned(days: tuple[DayReview, ...], before: tuple[DayReview, ...]) -> SpanReview:
    days, before = _so_far(days), _so_far(before)
    return SpanReview(
        days=days,
        total=total([day.figures for day in days]),
        before_first=before[0].day,
        before_last=before[-1].day,
        before=total([day.figures for day in before]),
    )


def _so_far(days: tuple[DayReview, ...]) -> tuple[DayReview, ...]:
    """``days``, in which what is due today is not broken while today lasts."""
    today = clock.today()
    return tuple(
        replace(one, figures=replace(one.figures, promises_broken=0)) if one.day == today else one
        for one in days
    )


def _reviews(first: date, last: date) -> tuple[DayReview, ...]:
    days = days_of(first, last)
    return reviews_of(days, store.facts(first, last), _capacities(days), clock.today())


def _capacities(days: Iterable[date]) -> dict[date, Capacity]:
    """What each working day has room for, by the present settings."""
    settings = settings_service.load()
    calendar = working_calendar(settings)
    return {
        day: Capacity(settings.contacts[day.weekday()], settings.minutes[day.weekday()])
        for day in days
        if calendar.is_working(day)
    }


def print_review(found: DayReview | SpanReview, options: PrintOptions) -> Printed:
    """A review as a PDF file, in the current language. Needs no open binder."""
    from dossier_app.printing.review import print_day_review
    from dossier_app.printing.review_span import print_span_review

    if isinstance(found, DayReview):
        return print_day_review(found, options)
    return print_span_review(found, options)


def prepare_review(
    found: DayReview | SpanReview, chosen: PrintOptions, language: str | None = None
) -> Prepared:
    """A review ready to be drawn, on paper in ``language``: the current one unless told."""
    with using_language(language or current_language()):
        if isinstance(found, DayReview):
            title = tr("Day review, {date}", date=day_month(found.day))
        else:
            title = f"{span_name(found)}, {dates(found.first, found.last)}"
        return Prepared(chosen, current_language(), title, partial(print_review, found, chosen))


def day_after(reader: BinderReader) -> Divider:
    """The next day after today that is worked or has something under it."""
    days = [reader.today + timedelta(days=number) for number in range(1, _LONGEST_PAUSE)]
    dividers = reader.load_of_days(days)
    return next((item for item in dividers if item.working or item.sheets), dividers[0])


def review_table(found: SpanReview) -> bytes:
    """The figures of each day as a CSV file, in the current language."""
    from dossier_app.exchange.report_csv import review_csv

    return review_csv(found)
