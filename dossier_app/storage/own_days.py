"""The rep's own table of days, above the calendar of the country."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dossier_app.domain.workdays import OwnDay
from dossier_app.storage.models import OwnDayRow


def all_days() -> list[OwnDay]:
    """The whole table by date."""
    query = OwnDayRow.select().order_by(OwnDayRow.day)
    return [OwnDay(date.fromisoformat(row.day), row.worked, row.name) for row in query]


def put(days: Iterable[OwnDay]) -> None:
    """Write these days, instead of what the table says of them."""
    for own in days:
        values = {"worked": own.worked, "name": own.name}
        if not OwnDayRow.update(values).where(OwnDayRow.day == str(own.day)).execute():
            OwnDayRow.create(day=str(own.day), **values)


def remove(first: date, last: date) -> None:
    """Take the days from ``first`` to ``last`` out of the table."""
    OwnDayRow.delete().where(OwnDayRow.day.between(str(first), str(last))).execute()
