"""What is worth seeing above today's rows: occasions that come, promises that fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dossier_app.domain.datewords import short_day, weekday
from dossier_app.domain.language import tr
from dossier_app.domain.occasions import upcoming
from dossier_app.domain.records import Side, SlipKind
from dossier_app.services import settings
from dossier_app.storage import dossiers
from dossier_app.storage import sheets as store

DAYS_AHEAD = 3
_BIRTHDAY_FIELDS = ("birth", "spouse", "children")


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about a dossier, for the day's page."""

    dossier_uid: str
    text: str
    kind: SlipKind


def notices_on(today: date) -> list[Notice]:
    """Occasions of the next days, then our promises that are due or late."""
    last = today + timedelta(days=DAYS_AHEAD)
    leap = settings.load().leap_day_in_march
    found = []
    for uid in store.dossiers_with_answers(_BIRTHDAY_FIELDS):
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
        if promise.side is not Side.OURS:
            continue
        sentence = (
            tr("Promised and late: {text}, {who}, {when}")
            if promise.due < today
            else tr("Promised: {text}, {who}, {when}")
        )
        text = sentence.format(text=promise.text, who=promise.who, when=_when(promise.due, today))
        notices.append(Notice(promise.dossier_uid, text, SlipKind.PROMISE))
    return notices


def contacted_on(day: date) -> set[str]:
    """uids of the dossiers with a contact on ``day`` (notes are none)."""
    return store.contacted(day)


def _when(day: date, today: date) -> str:
    names = {0: tr("today"), 1: tr("tomorrow"), -1: tr("yesterday")}
    distance = (day - today).days
    if distance in names:
        return names[distance]
    return weekday(day) if 0 < distance < 7 else short_day(day, today)
