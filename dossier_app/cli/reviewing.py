"""The command that looks back: a day's plan against fact, or the figures of a span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from dossier_app.cli.base import answer, app, binder, write_file
from dossier_app.domain import clock
from dossier_app.domain.datewords import clock as clock_text
from dossier_app.domain.datewords import duration, full_date
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Side
from dossier_app.domain.review import (
    ContactLine,
    DayReview,
    Figures,
    PlanLine,
    PromiseLine,
    SpanReview,
    month_days,
    week_days,
)
from dossier_app.domain.words import channel_words, promise_words
from dossier_app.services import reviewing
from dossier_app.services.dossiers import read_next
from dossier_app.services.showing import place_data

Json = dict[str, Any]

_YESTERDAY = {"вчера", "yesterday"}
_WEEK = 7
DAYS_HELP = "1: the day; 7: its week, Monday to Sunday; else so many days up to it."


@app.command()
def review(
    date_: Annotated[
        str | None, typer.Option("--date", help="The day, or a month as YYYY-MM.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, help=DAYS_HELP)] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the figures of each day there.")] = None,
) -> None:
    """Compare plan and fact of a day, a week, a month or any number of days."""
    with binder(writing=False):
        if csv is None:
            found = read_review(date_, days)
        else:
            span = reviewing.review_span(*_span(date_, days or 1))
            found = span
            write_file(csv, reviewing.review_table(span))
    if isinstance(found, DayReview):
        answer(_day_data(found), _day_text(found))
    else:
        answer(_span_data(found), _span_text(found))


def read_review(date_: str | None, days: int | None) -> DayReview | SpanReview:
    """The review that the options ask for: of one day, or of several."""
    first, last = _span(date_, days or 1)
    return reviewing.review(first) if first == last else reviewing.review_span(first, last)


def _span(text: str | None, days: int) -> tuple[date, date]:
    """First and last day. A month is a span of its own, whatever ``days`` says."""
    day = clock.today()
    if text and fold(text).strip() in _YESTERDAY:
        day -= timedelta(days=1)
    elif text:
        place = read_next(text).place
        if place.month is not None:
            return month_days(place.month)
        if place.date is None:
            raise Refusal(tr("“{text}” is not a day.", text=text))
        day = place.date
    return week_days(day) if days == _WEEK else (day - timedelta(days=days - 1), day)


def _day_data(found: DayReview) -> Json:
    return {
        "date": str(found.day),
        "plan_known": found.plan_known,
        "figures": asdict(found.figures),
        "contacts": [_contact_data(line) for line in found.contacts],
        "plan": [_plan_data(line) for line in found.plan],
        "promises": {
            name: [_promise_data(line) for line in getattr(found, name)]
            for name in ("made", "kept", "broken", "overdue")
        },
    }


def _contact_data(line: ContactLine) -> Json:
    entry = line.entry
    return {
        "uid": line.client.uid,
        "name": line.client.name,
        "company": line.client.company,
        "at": entry.at.isoformat(),
        "channel": str(entry.channel),
        "direction": str(entry.direction),
        "reached": entry.reached,
        "text": entry.text,
        "agreed": entry.agreed,
        "minutes": entry.minutes,
        "author": entry.author,
        "private": entry.private,
        "new": line.is_new,
        "planned": line.planned,
        "next": place_data(line.next) if line.next else None,
    }


def _plan_data(line: PlanLine) -> Json:
    return {
        "uid": line.client.uid,
        "name": line.client.name,
        "company": line.client.company,
        "kind": str(line.step.kind),
        "text": line.step.text,
        "time": clock_text(line.step.time) if line.step.time else None,
        "minutes": line.step.minutes,
        "done": line.done,
        "now": place_data(line.now),
    }


def _promise_data(line: PromiseLine) -> Json:
    promise = line.promise
    return {
        "uid": line.client.uid,
        "name": line.client.name,
        "side": str(promise.side),
        "text": promise.text,
        "due": str(promise.due) if promise.due else None,
        "kept_on": str(promise.kept_on) if promise.kept_on else None,
        "private": promise.private,
    }


def _span_data(found: SpanReview) -> Json:
    return {
        "first": str(found.first),
        "last": str(found.last),
        "total": asdict(found.total),
        "days": [
            {"date": str(day.day), "plan_known": day.plan_known, **asdict(day.figures)}
            for day in found.days
        ],
        "before": {
            "first": str(found.before_first),
            "last": str(found.before_last),
            "total": asdict(found.before),
        },
    }


def _day_text(found: DayReview) -> str:
    lines = [full_date(found.day), *_figure_lines(found.figures)]
    for line in found.contacts:
        head = f"  {clock_text(line.entry.at.timetz())}  {line.client.name}"
        lines.append(f"{head}  {channel_words(line.entry)}  {line.entry.text}".rstrip())
    if found.not_done:
        lines.append(tr("Not done"))
    for plan in found.not_done:
        place = describe_place(plan.now, clock.today())
        lines.append(f"  {plan.client.name}  {plan.step.text}  {place}")
    lines += _promise_lines(tr("Kept"), found.kept, found.day)
    lines += _promise_lines(tr("Not kept in time"), (*found.broken, *found.overdue), found.day)
    return "\n".join(lines)


def _promise_lines(title: str, promises: Sequence[PromiseLine], day: date) -> list[str]:
    """Our own promises, as the figures count them."""
    lines = [
        f"  {line.client.name}  {promise_words(line.promise, day)}"
        for line in promises
        if line.promise.side is Side.OURS
    ]
    return [title, *lines] if lines else []


def _span_text(found: SpanReview) -> str:
    lines = [f"{full_date(found.first)} – {full_date(found.last)}", *_figure_lines(found.total)]
    lines += [f"  {day.day}  {_done(day.figures)}" for day in found.days if _has_work(day.figures)]
    return "\n".join(lines)


def _figure_lines(figures: Figures) -> list[str]:
    return [
        _done(figures),
        tr("{new} new, {repeat} repeat, {unplanned} unplanned", new=figures.new,
           repeat=figures.repeat, unplanned=figures.unplanned),
        tr("Promises: {kept} kept, {broken} broken, {overdue} overdue from earlier",
           kept=figures.promises_kept, broken=figures.promises_broken,
           overdue=figures.promises_overdue),
        tr("Time: {spent} of {planned} planned", spent=duration(figures.minutes_spent),
           planned=duration(figures.minutes_planned)),
    ]  # fmt: skip


def _done(figures: Figures) -> str:
    return tr(
        "{done} of {planned} done, {moved} moved, {left} left; {contacts} contacts",
        done=figures.done,
        planned=figures.planned,
        moved=figures.moved,
        left=figures.left,
        contacts=figures.contacts,
    )


def _has_work(figures: Figures) -> bool:
    return bool(figures.planned or figures.contacts)
