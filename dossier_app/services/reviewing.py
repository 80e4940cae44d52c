"""The evening's look back, and the reports of a week, a month or any span of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.review import (
    Capacity,
    DayReview,
    SpanReview,
    days_of,
    reviews_of,
    span_before,
    total,
)
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.services import settings as settings_service
from dossier_app.services.calendar import working_calendar
from dossier_app.storage import review as store

MOST_DAYS = 366


def review(day: date) -> DayReview:
    """Plan against fact of ``day``; what is known of a past day: `dossier_app.domain.review`."""
    return _reviews(day, day)[0]


def review_span(first: date, last: date) -> SpanReview:
    """Every day from ``first`` to ``last``, their sum, and the sum of the span before.

    Raises Refusal for more days than a year has, and when ``last`` is before ``first``.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Refusal(tr("A review covers 1 to {most} days.", most=MOST_DAYS))
    days = _reviews(first, last)
    before_first, before_last = span_before(first, last)
    return SpanReview(
        days=days,
        total=total([day.figures for day in days]),
        before_first=before_first,
        before_last=before_last,
        before=total([day.figures for day in _reviews(before_first, before_last)]),
    )


def _reviews(first: date, last: date) -> tuple[DayReview, ...]:
    days = days_of(first, last)
    return reviews_of(days, store.facts(first, last), _capacities(days))


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


def review_table(found: SpanReview) -> bytes:
    """The figures of each day as a CSV file, in the current language."""
    from dossier_app.exchange.report_csv import review_csv

    return review_csv(found)
