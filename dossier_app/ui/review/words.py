"""What the review says: its heading, the figures of the strip, the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier_app.domain.datewords import bare_month_name, duration, long_day, month_name, weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import Month
from dossier_app.domain.review import DayReview, Figures, SpanReview
from dossier_app.domain.review_words import (
    aim_words,
    dates,
    debt_words,
    percent,
    plan_words,
    span_name,
)
from dossier_app.domain.sheets import Divider


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a review, as on a divider: the number, its name, a line below."""

    number: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the strip. ``share`` (0 to 1) fills a bar below it."""

    label: str
    number: str
    note: str = ""
    share: float | None = None
    alarm: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (f"{self.label}: {self.number}", self.note)))


def day_heading(review: DayReview) -> Heading:
    day = review.day
    title = f"{weekday(day)}, {month_name(Month.of(day))}"
    return Heading(str(day.day), title, " · ".join((tr("Day review"), plan_words(review))))


def span_heading(span: SpanReview, today: date) -> Heading:
    first, month = span.first, Month.of(span.first)
    line = tr("Month in review") if span.month else span_name(span)
    if span.last > today:
        line = " · ".join([line, tr("not over yet")])
    if span.month is not None:
        return Heading(bare_month_name(month.number).capitalize(), str(month.year), line)
    title = month_name(month).capitalize()
    if month != Month.of(span.last):
        title = dates(first, span.last)
    return Heading(f"{first.day}–{span.last.day}", title, line)


def day_figures(figures: Figures, *, is_over: bool) -> list[Figure]:
    """The strip of a day; what is due on one that is not over is not broken yet."""
    undone = ""
    if figures.left:
        undone = tr("left {n}", n=figures.left)
    elif figures.moved:
        undone = tr("moved {n}", n=figures.moved)
    meetings = figures.meetings + figures.visits
    room = figures.capacity_minutes
    return [
        Figure(
            tr("Plan done"),
            tr("{done} of {planned}", done=figures.done, planned=figures.planned)
            if figures.planned
            else "–",
            undone,
            _share(figures.done, figures.planned),
        ),
        Figure(
            tr("New"),
            str(figures.new),
            aim_words(figures.new_target),
            _share(figures.new, figures.new_target),
        ),
        Figure(
            tr("Repeat"),
            str(figures.repeat),
            aim_words(figures.repeat_target),
            _share(figures.repeat, figures.repeat_target),
        ),
        Figure(
            tr("Calls"),
            str(figures.calls_out + figures.calls_in),
            tr("out {out}, in {in_}", out=figures.calls_out, in_=figures.calls_in)
            if figures.calls_out + figures.calls_in
            else "",
        ),
        Figure(
            tr("Meetings"),
            str(meetings),
            tr("with visits {n}", n=figures.visits) if figures.visits else "",
        ),
        Figure(
            tr("Letters"),
            str(figures.emails + figures.messages),
            tr("with messages {n}", n=figures.messages) if figures.messages else "",
        ),
        Figure(
            tr("Time"),
            duration(figures.minutes_spent),
            tr("of {time}", time=duration(room)) if room else "",
            _share(figures.minutes_spent, room),
        ),
        _promises(figures, is_over=is_over),
    ]


def _promises(figures: Figures, *, is_over: bool) -> Figure:
    debts = debt_words(figures, is_over=is_over)
    made = tr("made {n}", n=figures.promises_made) if figures.promises_made else ""
    return Figure(tr("Promises kept"), str(figures.promises_kept), debts or made, alarm=bool(debts))


def span_figures(now: Figures, before: Figures) -> list[Figure]:
    """The strip of a span, each number with that of the span before."""

    def figure(label: str, *names: str) -> Figure:
        count, old = (sum(getattr(one, name) for name in names) for one in (now, before))
        return Figure(label, str(count), tr("before {n}", n=old))

    return [
        Figure(
            tr("Plan done"),
            percent(now),
            tr("before {n}", n=percent(before)) if before.planned else "",
            _share(now.done, now.planned),
        ),
        figure(tr("New"), "new"),
        figure(tr("Repeat"), "repeat"),
        figure(tr("Calls"), "calls_out", "calls_in"),
        figure(tr("Meetings"), "meetings", "visits"),
        figure(tr("Letters"), "emails", "messages"),
        Figure(
            tr("Time"),
            duration(now.minutes_spent),
            tr("before {n}", n=duration(before.minutes_spent)),
        ),
        figure(tr("Promises kept"), "promises_kept"),
    ]


def comparison(span: SpanReview, today: date) -> str:
    """ "87 contacts, 9 more than the week before. 62 of 80 planned contacts are done."."""
    now, before = span.total, span.before
    contacts = ntr("{n} contact", "{n} contacts", now.contacts)
    if span.last > today:
        contacts = tr("{contacts} so far", contacts=contacts)
    compared = _compared(span, contacts, now.contacts - before.contacts)
    sentences = [compared[:1].upper() + compared[1:]]
    broken = sum(day.figures.promises_broken for day in span.days if day.day < today)
    if now.planned:
        sentences.append(
            ntr(
                "{done} of {n} planned contact is done.",
                "{done} of {n} planned contacts are done.",
                now.planned,
                done=now.done,
            )
        )
    if broken:
        sentences.append(ntr("{n} promise was broken.", "{n} promises were broken.", broken))
    return " ".join(sentences)


def _compared(span: SpanReview, contacts: str, more: int) -> str:
    if not more:
        return (
            tr("{contacts}, as many as the month before.", contacts=contacts)
            if span.month
            else tr("{contacts}, as many as the week before.", contacts=contacts)
        )
    n = abs(more)
    if more > 0:
        return (
            tr("{contacts}, {n} more than the month before.", contacts=contacts, n=n)
            if span.month
            else tr("{contacts}, {n} more than the week before.", contacts=contacts, n=n)
        )
    return (
        tr("{contacts}, {n} fewer than the month before.", contacts=contacts, n=n)
        if span.month
        else tr("{contacts}, {n} fewer than the week before.", contacts=contacts, n=n)
    )


def closed_words(slips: int) -> str:
    """What is said when no dossier is left under today."""
    if not slips:
        return tr("The day is closed: nothing is left under it.")
    return ntr(
        "No dossier is left under the day; {n} slip still lies there.",
        "No dossier is left under the day; {n} slips still lie there.",
        slips,
    )


def next_day_words(divider: Divider, today: date) -> str:
    """The load of the day after, at a glance: "Tomorrow: 9 contacts, 3 h 40 min"."""
    load, day = divider.load, divider.slot.date
    assert day is not None
    contacts = ntr("{n} contact", "{n} contacts", load.contacts)
    work = f"{contacts}, {duration(load.minutes)}" if load.minutes else contacts
    if (day - today).days == 1:
        return tr("Tomorrow: {work}", work=work)
    name = long_day(day, today)
    return tr("{day}: {work}", day=name[:1].upper() + name[1:], work=work)


def _share(part: int, whole: int) -> float | None:
    return min(part / whole, 1.0) if whole else None
