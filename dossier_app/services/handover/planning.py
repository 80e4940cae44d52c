"""Planning an absence: what falls in it, who gets what, and what would be left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import (
    STAYS,
    Absence,
    AbsencePlan,
    PlannedDossier,
)
from dossier_app.domain.handover.privacy import AFTER, NOTES
from dossier_app.domain.handover.records import State
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.place import Month, PlaceKind
from dossier_app.domain.review import days_of
from dossier_app.domain.sheets import Divider, Sheet, SheetType
from dossier_app.services import occasions
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.calendar import working_calendar
from dossier_app.services.calendar_editing import MOST_DAYS, set_days
from dossier_app.services.handover import ending, keys
from dossier_app.services.handover.giving import Wish, away
from dossier_app.services.handover.overlapping import absence_warnings
from dossier_app.services.settings import Settings
from dossier_app.services.templates import templates
from dossier_app.storage import absences, handovers, journal, slips
from dossier_app.storage.sheets import KeyRange, dossier_sheets, slip_sheets


def all_absences() -> list[Absence]:
    """Every absence, the latest first."""
    return absences.all_absences()


def find_absence(text: str) -> Absence:
    """The one absence whose uid begins with ``text``."""
    found = [item for item in absences.all_absences() if text and item.uid.startswith(text)]
    if not found:
        raise Refusal(tr("There is no absence {uid}.", uid=text))
    if len(found) > 1:
        raise Refusal(tr("Several absences begin with {uid}; give more of it.", uid=text))
    return found[0]


def save_absence(absence: Absence) -> Changes:
    """Keep an absence as it is now, a half-made plan too. Raises Refusal when its days are
    none, or more than a year."""
    _check(absence)
    with journal.action("absence", clock.stamp()) as changes:
        absences.save(absence)
    return changes


def remove_absence(absence: Absence) -> Changes:
    """Forget an absence. Raises Refusal while dossiers are with a colleague by it."""
    for handover in handovers.all_handovers():
        if handover.absence == absence.uid and handover.state is State.OPEN:
            raise Refusal(
                tr(
                    "Dossiers are {band}. End that handover first; nothing was changed.",
                    band=handover.band(clock.today()),
                )
            )
    with journal.action("absence", clock.stamp()) as changes:
        absences.delete(absence.uid)
    return changes


def plan(absence: Absence) -> AbsencePlan:
    """All that falls in an absence, stored or not, as the binder is now. Raises Refusal as
    `save_absence` does."""
    _check(absence)
    first, last = absence.first_day, absence.last_day
    settings = settings_service.load()
    by_dossier: dict[str, list[Sheet]] = {}
    loose = []
    for sheet in _sheets(first, last, settings):
        if sheet.type is SheetType.LOOSE:
            loose.append(sheet)
        else:
            by_dossier.setdefault(sheet.dossier_uid, []).append(sheet)
    promises = absences.promises_due(first, last)
    going = {uid for uid, name in absence.chosen.items() if name != STAYS}
    known = absences.planned({*by_dossier, *promises, *going}, _questions())
    handed = ending.handovers_by_dossier()
    dossiers = [
        replace(
            found,
            sheets=by_dossier.get(uid, []),
            promises=promises.get(uid, []),
            handover=handed.get(uid),
        )
        for uid, found in known.items()
    ]
    by_slip = away(loose=True)
    return AbsencePlan(
        absence,
        sorted(dossiers, key=_by_day),
        loose,
        _days(first, last, settings),
        {sheet.uid: by_slip[sheet.uid] for sheet in loose if sheet.uid in by_slip},
        absence_warnings(absence),
    )


def wishes(absence: Absence) -> list[Wish]:
    """A wish for each colleague, of what is chosen for him and is not away yet; sealed for
    his key where one is known. A loose sheet that was moved out of the days stays."""
    gone = {*away(), *away(loose=True)}
    dossiers = absences.planned(absence.chosen, _questions())
    loose = {slip.uid for slip in slips.open_loose() if absence.overlaps(slip.on, slip.on)}
    known = {fold(one.name): one.age_key for one in keys.colleagues()}
    made = []
    for name in absence.colleagues:
        his = [uid for uid, who in absence.chosen.items() if who == name and uid not in gone]
        terms = absence.terms_for(name)
        wish = Wish(
            name,
            absence.first_day,
            absence.last_day,
            [uid for uid in his if uid in dossiers],
            private=terms.private,
            may_keep=terms.may_keep,
            left_out=terms.left_out,
            recipient=known.get(fold(name), ""),
            loose=[uid for uid in his if uid in loose],
            absence=absence.uid,
        )
        if wish.uids or wish.loose:
            made.append(wish)
    return made


def known_colleagues() -> list[str]:
    """The names of everybody with whom there was a handover, or whose key is known."""
    names = {one.name for one in keys.colleagues()}
    names |= {item.colleague for item in handovers.all_handovers()}
    return sorted(names, key=str.casefold)


def mark_days_off(absence: Absence) -> Changes:
    """Let the working days of an absence be the rep's own days off."""
    _check(absence)
    calendar = working_calendar(settings_service.load())
    with journal.action("calendar", clock.stamp()) as changes:
        for day in days_of(absence.first_day, absence.last_day):
            if calendar.is_working(day):
                set_days(day, day, worked=False, name=tr("Away"))
    return changes


def _check(absence: Absence) -> None:
    if absence.last_day < absence.first_day:
        raise Refusal(tr("The last day of an absence cannot be before the first one."))
    if (absence.last_day - absence.first_day).days >= MOST_DAYS:
        raise Refusal(tr("An absence has at most {most} days.", most=MOST_DAYS))


def _sheets(first: date, last: date, settings: Settings) -> list[Sheet]:
    """Every row of the pages from ``first`` to ``last``, and of the months among them; each
    occasion once, on its own day if that is one of these."""
    months = KeyRange(PlaceKind.MONTH, str(Month.of(first)), str(Month.of(last)))
    found = dossier_sheets([KeyRange(PlaceKind.DAY, str(first), str(last)), months])
    found += slip_sheets(first, last)
    shown = occasions.occasion_sheets(first, last, settings)
    found += {sheet.uid: sheet for sheet in shown}.values()
    return sorted(found, key=_by_time)


def _questions() -> list[str]:
    """What of the notes the rep answers for the colleague."""
    return [field.key for field in templates()[NOTES].fields if field.group != AFTER]


def _days(first: date, last: date, settings: Settings) -> list[Divider]:
    calendar = working_calendar(settings)
    # As if the rep were there: how much others have to do then.
    worked = {day: own for day, own in calendar.own.items() if own.worked}
    reader = BinderReader(clock.today(), settings, replace(calendar, own=worked))
    return reader.load_of_days(days_of(first, last))


def _by_time(sheet: Sheet) -> tuple[bool, date, bool, time]:
    return sheet.on is None, sheet.on or date.max, sheet.time is None, sheet.time or time.max


def _by_day(dossier: PlannedDossier) -> tuple[date, str]:
    return next(iter(dossier.days), date.max), dossier.name.casefold()
