"""How the dialogs of a handover say days, stages and counts."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.datewords import short_day
from dossier_app.domain.handover.records import Direction, Handover, Stage
from dossier_app.domain.language import ntr, tr


def days_words(first: date, last: date, today: date) -> str:
    """ "7 – 18 Dec", "28 Dec – 8 Jan 2027"; one day alone."""
    until = short_day(last, today)
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {until}"
    return f"{short_day(first, today)} – {until}"


def stage_words(handover: Handover, today: date) -> str:
    """How far a handover is by the date: "begins in 3 days", "5 days left", "ended"."""
    match handover.stage(today):
        case Stage.AHEAD:
            days = (handover.first_day - today).days
            if days == 1:
                return tr("begins tomorrow")
            return ntr("begins in {n} day", "begins in {n} days", days)
        case Stage.RUNNING:
            days = (handover.last_day - today).days
            return ntr("{n} day left", "{n} days left", days) if days else tr("last day today")
        case Stage.OVERDUE:
            return tr("was to end on {day}", day=short_day(handover.last_day, today))
    return tr("ended")


def direction_words(direction: Direction) -> str:
    """Whose dossiers they are, in a word."""
    return tr("given") if direction is Direction.GIVEN else tr("taken over")


def dossier_count(n: int) -> str:
    return ntr("{n} dossier", "{n} dossiers", n)


def sheet_count(n: int) -> str:
    """Of loose sheets."""
    return ntr("{n} loose sheet", "{n} loose sheets", n)


def joined(*parts: str) -> str:
    """Those that say something, with a dot between."""
    return " · ".join(filter(None, parts))


def package_files() -> str:
    """The filter of a file dialog."""
    return tr("Handover packages (*.dossier);;All files (*)")


def update_words(direction: Direction, day: date | None, today: date) -> str:
    """When something last went back to the owner, or that nothing did."""
    given = direction is Direction.GIVEN
    if day is None:
        return tr("nothing has come back yet") if given else tr("nothing was given back yet")
    when = short_day(day, today)
    return tr("last update {day}", day=when) if given else tr("given back {day}", day=when)
