"""Sentences of the dialogs that say what Save will do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dossier_app.domain.cadence import describe_cadence
from dossier_app.domain.datewords import clock, day_month, full_date, short_day, short_weekday
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import TRAY, Place, PlaceKind
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Dossier, Promise, Side
from dossier_app.domain.when import When, describe
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.contacts import Suggestion, Why


def day_words(day: date, today: date) -> str:
    """ "8 December", with the year when it is not this one."""
    return day_month(day) if day.year == today.year else full_date(day)


def destination(when: When, today: date) -> str:
    """Where it goes, for the message after it: "Tuesday, 8 December, 10:00", "In tray"."""
    if when.place.kind in (PlaceKind.TRAY, PlaceKind.CLOSED):
        return describe_place(when.place)
    return describe(when, today)


def goes_where(old: Place, when: When, today: date) -> str:
    """Where a dossier that lies at ``old`` will lie."""
    place = when.place
    if place == TRAY:
        return tr("The dossier goes to the In tray: no date yet.")
    if place.month is not None:
        return tr("The dossier goes under {month}.", month=describe_place(place))
    if place.date is None:
        return tr("The dossier is closed and leaves the binder.")
    day = day_words(place.date, today)
    if place.date < today:
        return tr("The dossier goes to Left behind: {day} has passed.", day=day)
    if when.time is not None:
        day = f"{day}, {clock(when.time)}"
    if place == old:
        return tr("The dossier stays under {day}.", day=day)
    return tr("The dossier goes under {day}.", day=day)


def moved(name: str, dossiers: int, slips: int, where: str) -> str:
    """What was put where, for the message after it; ``name`` is that of the only one."""
    n = dossiers + slips
    if n == 1:
        return tr("{name} → {place}", name=quoted(name), place=where)
    if slips:
        return ntr("{n} sheet → {place}", "{n} sheets → {place}", n, place=where)
    return ntr("{n} dossier → {place}", "{n} dossiers → {place}", n, place=where)


def next_try(dossier: Dossier, when: When, today: date) -> str:
    """Which try comes when, after one more that reached nobody."""
    if when.place.date is None:
        return goes_where(dossier.place, when, today)
    # The tries before, this one, and the one to come.
    number, day = dossier.tries + 2, describe(when, today)
    return tr("Try {number} is on {day}.", number=number, day=day)


def slips_made(promises: Sequence[Promise], today: date) -> str:
    """Which notes will lie under which days."""
    due = [(promise.text, promise.due) for promise in promises if promise.due is not None]
    if not due:
        return ""
    if len(due) > 1:
        return ntr("{n} slip under its day.", "{n} slips under their days.", len(due))
    [(text, day)] = due
    return tr("Slip “{text}” under {day}.", text=quoted(text), day=day_words(day, today))


def promise_words(promise: Promise, today: date) -> str:
    """Who owes it and by when."""
    ours = promise.side is Side.OURS
    if promise.due is None:
        return tr("we owe it, no date") if ours else tr("the client owes it, no date")
    day = f"{day_words(promise.due, today)} ({short_weekday(promise.due)})"
    return tr("we, by {day}", day=day) if ours else tr("the client, by {day}", day=day)


def short_promise(promise: Promise, today: date) -> str:
    """A promise on a chip: "we, 27 Nov: send the photos"."""
    who = tr("we") if promise.side is Side.OURS else tr("client")
    day = "" if promise.due is None else f", {short_day(promise.due, today)}"
    return f"{who}{day}: {quoted(promise.text)}"


def suggestion_words(suggestion: Suggestion, dossier: Dossier) -> str:
    """Why a date holds although none was typed."""
    if suggestion.why is Why.STAYS:
        return tr("if left empty: as agreed before")
    if suggestion.why is Why.NEXT_TRY or dossier.cadence is None:
        return tr("if left empty: the next try")
    return tr("if left empty: {how_often}", how_often=describe_cadence(dossier.cadence))
