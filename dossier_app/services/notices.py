"""What is worth seeing above today's rows: occasions that come, promises that fall due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from dossier_app.domain.datewords import short_day, weekday
from dossier_app.domain.handover.records import Direction, Stage
from dossier_app.domain.language import tr
from dossier_app.domain.records import Side, SlipKind
from dossier_app.services import settings
from dossier_app.services.occasions import coming_occasions
from dossier_app.storage import sheets as store
from dossier_app.storage.bands import bands


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about a dossier, for the day's page; about a handover, whose uid
    ``handover`` is, when its time is over."""

    dossier_uid: str
    text: str
    kind: SlipKind
    handover: str = ""


def notices_on(today: date) -> list[Notice]:
    """Handovers whose time is over, occasions of the next days that have no row of their own
    today, then our promises that fall due."""
    chosen = settings.load()
    notices = _overdue(today)
    for dossier, occasion in coming_occasions(today, chosen):
        who = ", ".join(dict.fromkeys(filter(None, (occasion.who, dossier.company))))
        text = tr(
            "{when}: {occasion}, {who}",
            when=_when(occasion.on, today),
            occasion=occasion.text,
            who=who,
        )
        notices.append(Notice(dossier.uid, text, SlipKind.BIRTHDAY))
    last = today + timedelta(days=chosen.lead_days)
    for promise in store.promises_due(last):
        # What is due today or late lies on the page as a slip.
        if promise.side is Side.OURS and promise.due > today:
            day = short_day(promise.due, today)
            text = tr(
                "Promised by {day}: {text}, {who}", day=day, text=promise.text, who=promise.who
            )
            notices.append(Notice(promise.dossier_uid, text, SlipKind.PROMISE))
    return notices


def _overdue(today: date) -> list[Notice]:
    """The handovers that should have come to their end, the longest overdue first."""
    away = bands().values()
    held = Counter(handover.uid for handover in away)
    late = {item.uid: item for item in away if item.stage(today) is Stage.OVERDUE}
    notices = []
    for handover in sorted(late.values(), key=lambda item: item.last_day):
        day, n = short_day(handover.last_day, today), held[handover.uid]
        if handover.direction is Direction.GIVEN:
            text = tr("Overdue since {day}: {name} ({n})", day=day, n=n, name=handover.colleague)
        else:
            text = tr("Due back on {day}: {name} ({n})", day=day, n=n, name=handover.colleague)
        notices.append(Notice("", text, SlipKind.REMINDER, handover.uid))
    return notices


def _when(day: date, today: date) -> str:
    names = {0: tr("today"), 1: tr("tomorrow"), -1: tr("yesterday")}
    distance = (day - today).days
    if distance in names:
        return names[distance]
    return weekday(day) if 0 < distance < 7 else short_day(day, today)
