"""Putting dossiers under another date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.place import Place, PlaceKind
from dossier_app.domain.records import Carried, Dossier, NextStep
from dossier_app.domain.when import When
from dossier_app.storage import dossiers, journal


def refile(uids: Iterable[str], place: Place, *, reason: str = "") -> Changes:
    """Put the dossiers ``uids`` at ``place`` as one action.

    The next step goes along; its time of day stays with a fixed appointment's own day
    only. A dossier that was left behind keeps its original date, is counted as carried
    once more, and notes ``reason``. In the tray there is no next step.
    """
    with journal.action("refile", clock.stamp()) as changes:
        for uid in uids:
            dossier = dossiers.load_plan(uid)
            if dossier.place != place:
                move(dossier, place, reason)
                dossiers.save_plan(dossier)
    return changes


def file_at(uid: str, when: When, *, reason: str = "") -> Changes:
    """Put one dossier under what the rep typed: a date, perhaps with a time, or a month.
    ``reason`` is noted when it was left behind."""
    with journal.action("refile", clock.stamp()) as changes:
        dossier = dossiers.load_plan(uid)
        move(dossier, when.place, reason)
        if when.time is not None and dossier.step is not None:
            dossier.step = replace(dossier.step, time=when.time)
        dossiers.save_plan(dossier)
    return changes


def close(uids: Iterable[str], reason: str = "") -> Changes:
    """Take dossiers out of the binder; they stay to be found, and can come back."""
    with journal.action("close", clock.stamp()) as changes:
        for uid in uids:
            dossier = dossiers.load_plan(uid)
            move(dossier, Place(PlaceKind.CLOSED), reason)
            dossiers.save_plan(dossier)
    return changes


def move(dossier: Dossier, place: Place, reason: str) -> None:
    """Change the record so that it lies at ``place``; nothing is stored."""
    old = dossier.place
    today = clock.today()
    if place.kind is PlaceKind.CLOSED:
        dossier.closed_on, dossier.closed_reason = today, reason
    else:
        dossier.closed_on, dossier.closed_reason = None, ""
    if place.kind in (PlaceKind.DAY, PlaceKind.MONTH):
        dossier.step = dossier.step or NextStep()
        if place.date != old.date:
            dossier.step = replace(dossier.step, time=None, fixed=False)
        if old.date is not None and old.date < today:
            origin = dossier.carried.origin if dossier.carried else old.date
            times = dossier.carried.times if dossier.carried else 0
            dossier.carried = Carried(origin, times + 1, reason)
    else:
        dossier.step, dossier.carried = None, None
    dossier.place = place
