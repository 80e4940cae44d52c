"""A review in words and labels, the same on paper and on the screen."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.datewords import day_month, duration, full_date, month_name
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import Month
from dossier_app.domain.review import DayReview, Figures, SpanReview


def dates(first: date, last: date) -> str:
    """ "23–29 November 2026"."""
    if Month.of(first) == Month.of(last):
        return f"{first.day}–{full_date(last)}"
    start = day_month(first) if first.year == last.year else full_date(first)
    return f"{start} – {full_date(last)}"


def span_name(span: SpanReview) -> str:
    """What kind of span it is; a whole month by its name: "November 2026"."""
    if span.is_week:
        return tr("Week in review")
    month = span.month
    return month_name(month).capitalize() if month else tr("Days in review")


def percent(figures: Figures) -> str:
    """How much of the plan was done: "78 %"."""
    return f"{round(100 * figures.done / figures.planned)}\u00a0%" if figures.planned else "–"


def channels(figures: Figures) -> list[tuple[str, int]]:
    """How many contacts went through each channel."""
    return [
        (tr("Calls out"), figures.calls_out),
        (tr("Calls in"), figures.calls_in),
        (tr("Meetings"), figures.meetings),
        (tr("Visits"), figures.visits),
        (tr("E-mails"), figures.emails),
        (tr("Messages"), figures.messages),
    ]


def plan_words(review: DayReview) -> str:
    """What was planned for a day against what it has room for."""
    figures = review.figures
    if not review.plan_known:
        return tr("No plan is kept of this day")
    if figures.capacity_contacts:
        return tr(
            "Planned: {contacts} of {room} contacts, {time} of {hours}",
            contacts=figures.planned,
            room=figures.capacity_contacts,
            time=duration(figures.minutes_planned),
            hours=duration(figures.capacity_minutes),
        )
    if figures.planned:
        return ntr(
            "Planned on a day off: {n} contact",
            "Planned on a day off: {n} contacts",
            figures.planned,
        )
    return tr("A day off")


def aim_words(target: int) -> str:
    """ "aim 20"; nothing on a day off."""
    return tr("aim {n}", n=target) if target else ""


def debt_words(figures: Figures, *, is_over: bool = True) -> str:
    """Which promises were not kept: "broken 1, older 2"; those of a day that is not over
    can still be."""
    parts = []
    if figures.promises_broken:
        n = figures.promises_broken
        parts.append(tr("broken {n}", n=n) if is_over else tr("still due {n}", n=n))
    if figures.promises_overdue:
        parts.append(tr("older {n}", n=figures.promises_overdue))
    return ", ".join(parts)
