"""The figures of a span of days as a CSV table for a spreadsheet."""

from __future__ import annotations

from dataclasses import fields

from dossier_app.domain.datewords import weekday
from dossier_app.domain.language import mark, tr
from dossier_app.domain.review import DayReview, Figures, SpanReview
from dossier_app.exchange.csv_writer import csv_bytes

_TITLES = {
    "planned": mark("Planned"),
    "done": mark("Plan done"),
    "moved": mark("Moved to another day"),
    "left": mark("Left undone"),
    "unplanned": mark("Unplanned contacts"),
    "contacts": mark("Contacts"),
    "reached": mark("Reached"),
    "not_reached": mark("Not reached"),
    "new": mark("New clients contacted"),
    "repeat": mark("Repeat clients contacted"),
    "new_target": mark("New clients: aim"),
    "repeat_target": mark("Repeat clients: aim"),
    "calls_in": mark("Calls in"),
    "calls_out": mark("Calls out"),
    "meetings": mark("Meetings"),
    "visits": mark("Visits"),
    "emails": mark("E-mails"),
    "messages": mark("Messages"),
    "new_dossiers": mark("New dossiers"),
    "promises_made": mark("Promises made"),
    "promises_kept": mark("Promises kept"),
    "promises_broken": mark("Promises broken"),
    "promises_overdue": mark("Promises overdue from earlier"),
    "minutes_planned": mark("Minutes planned"),
    "minutes_spent": mark("Minutes spent"),
    "capacity_contacts": mark("Capacity, contacts"),
    "capacity_minutes": mark("Capacity, minutes"),
}


def review_csv(span: SpanReview) -> bytes:
    """A row for each day with all its figures: date as ISO text, weekday, whole numbers.
    What the plan says is empty on a day of which no plan is known. No client is named."""
    names = [item.name for item in fields(Figures)]
    head = [tr("Date"), tr("Weekday"), *(tr(_TITLES[name]) for name in names)]
    return csv_bytes(head, (_row(day, names) for day in span.days))


def _row(day: DayReview, names: list[str]) -> list[str]:
    unknown = set() if day.plan_known else {"planned", "done", "moved", "left", "unplanned",
                                            "minutes_planned"}  # fmt: skip
    figures = ["" if name in unknown else str(getattr(day.figures, name)) for name in names]
    return [day.day.isoformat(), weekday(day.day), *figures]
