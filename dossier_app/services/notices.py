"""What is worth seeing above today's rows: occasions that come, promises that fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dossier_app.domain.datewords import short_day, weekday
from dossier_app.domain.language import tr
from dossier_app.domain.occasions import OCCASION_FIELDS, upcoming
from dossier_app.domain.records import Side, SlipKind
from dossier_app.services import settings
from dossier_app.storage import dossiers
from dossier_app.storage import sheets as store

DAYS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about a dossier, for the day's page."""

    dossier_uid: str
    text: str
    kind: SlipKind


def notices_on(today: date) -> list[Notice]:
    """Occasions of the next days, then our promises that fall due."""
    last = today + timedelta(days=DAYS_AHEAD)
    leap = settings.load().leap_day_in_march
    found = []
    for uid in store.dossiers_with_answers(OCCASION_FIELDS, _days_as_stored(today, last)):
        dossier = dossiers.load(uid)
        for occasion in upcoming(dossier, today, DAYS_AHEAD, leap_day_in_march=leap):
            who = ", ".join(dict.fromkeys(filter(None, (occasion.who, dossier.company))))
            text = tr(
                "{when}: {occasion}, {who}",
                when=_when(occasion.on, today),
                occasion=occasion.text,
                who=who,
            )
            found.append((occasion.on, Notice(uid, text, SlipKind.BIRTHDAY)))
    notices = [notice for _, notice in sorted(found, key=lambda item: item[0])]
    for promise in store.promises_due(last):
        # What is due today or late lies on the page as a slip.
        if promise.side is Side.OURS and promise.due > today:
            day = short_day(promise.due, today)
            text = tr(
                "Promised by {day}: {text}, {who}", day=day, text=promise.text, who=promise.who
            )
            notices.append(Notice(promise.dossier_uid, text, SlipKind.PROMISE))
    return notices


def _days_as_stored(first: date, last: date) -> list[str]:
    """Month and day of each date, as they stand in stored partial dates; 29 February also
    where it is kept on a neighbouring day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [f"{day:%m-%d}" for day in days]
    return [*found, "02-29"] if {"02-28", "03-01"} & set(found) else found


def _when(day: date, today: date) -> str:
    names = {0: tr("today"), 1: tr("tomorrow"), -1: tr("yesterday")}
    distance = (day - today).days
    if distance in names:
        return names[distance]
    return weekday(day) if 0 < distance < 7 else short_day(day, today)
