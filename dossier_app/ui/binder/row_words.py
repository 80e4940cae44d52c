"""The words of a row, in the order in which it is read."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.datewords import clock, short_day
from dossier_app.domain.handover.records import Direction
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import Role
from dossier_app.domain.sheets import Sheet, SheetType


def when(sheet: Sheet, *, dated: bool) -> str:
    """The agreed time; on a month (``dated``) the day: "09:30", "5 июл"."""
    if dated and sheet.on is not None:
        return short_day(sheet.on)
    return clock(sheet.time) if sheet.time else ""


def who(sheet: Sheet) -> str:
    """Whom it is about; a slip leads with its text."""
    return sheet.title if sheet.type is SheetType.DOSSIER else sheet.todo or sheet.title


def beside(sheet: Sheet) -> str:
    """Company and position; "ООО «Ромашка», закупки"."""
    parts = [sheet.company if sheet.company != sheet.title else "", sheet.position]
    if sheet.type is not SheetType.DOSSIER:
        parts = [sheet.title if sheet.todo else "", sheet.company]
    if sheet.type is SheetType.LOOSE:
        return tr("loose sheet")
    return ", ".join(filter(None, parts))


def band(sheet: Sheet) -> str:
    """With whom it is, or whose it is: "with Petrova", "for Ivanov"."""
    handover = sheet.handover
    if handover is None:
        return ""
    if handover.direction is Direction.GIVEN:
        return tr("with {name}", name=handover.colleague)
    return tr("for {name}", name=handover.owner or handover.colleague)


def chips(sheet: Sheet) -> list[str]:
    """What to know before calling: who decides, tries, a first call, carried over."""
    words = []
    if sheet.role is Role.DECISION_MAKER:
        words.append(tr("decides"))
    if sheet.is_new:
        words.append(tr("new"))
    if sheet.tries:
        words.append(ntr("{n} try", "{n} tries", sheet.tries))
    if sheet.carried:
        words.append(_carried(sheet.carried, sheet.carried_from))
    return words


def _carried(times: int, since: date | None) -> str:
    if since is None:
        return ntr("carried over once", "carried over {n} times", times)
    day = short_day(since)
    return ntr(
        "carried over once, from {day}", "carried over {n} times, from {day}", times, day=day
    )


def stood(sheet: Sheet, today: date) -> str:
    """Where we stood: "11 ноя: просила пересчитать с доставкой"."""
    if sheet.last_on is None:
        return sheet.last or tr("no entries yet")
    day = short_day(sheet.last_on, today)
    return f"{day}: {sheet.last}" if sheet.last else day


def spoken_row(sheet: Sheet, today: date, *, dated: bool) -> str:
    """The whole row for a screen reader."""
    where = sheet.handover.band(today) if sheet.handover else ""
    parts = [when(sheet, dated=dated), who(sheet), where, beside(sheet), *chips(sheet)]
    if sheet.type is SheetType.DOSSIER:
        parts += [sheet.todo, stood(sheet, today), sheet.phone or sheet.email]
    return ". ".join(filter(None, parts))
