"""The lines of a planned absence: what falls in it by date, and who gets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dossier_app.domain.datewords import bare_month_name, clock, short_day, short_weekday
from dossier_app.domain.handover.absence import (
    STAYS,
    AbsencePlan,
    Notes,
    PlannedDossier,
)
from dossier_app.domain.handover.shares import is_given
from dossier_app.domain.language import tr
from dossier_app.domain.records import Promise, SlipKind
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.domain.words import step_word
from dossier_app.ui.dossier.words import promise_line
from dossier_app.ui.handover import words
from dossier_app.ui.icons import SLIP_ICONS, STEP_ICONS


class Part(Enum):
    """Which part of the plan is looked at, when it is not that of one colleague."""

    ALL = "all"
    LEFT = "left"  # with nobody yet
    STAYS = "stays"


Whose = Part | str  # a text is the name of a colleague


@dataclass(frozen=True, slots=True)
class Entry:
    """A dossier, or a loose sheet. ``whom`` is who gets it: a name, `STAYS`, or None.

    ``away`` tells where it is already; such a line cannot be given to anybody. ``is_left``:
    without a person, at least on one of its days. ``remark`` is what is still to be thought
    of, ``warns`` that it is wanted.
    """

    uid: str
    loose: bool
    when: str
    icon: str
    name: str
    beside: str
    what: str
    whom: str | None
    is_left: bool
    away: str = ""
    remark: str = ""
    warns: bool = False

    @property
    def whom_words(self) -> str:
        if self.away:
            return self.away
        if self.whom is None:
            return tr("nobody yet") if self.is_left else tr("can wait")
        return self.whom or tr("waits for me")

    @property
    def spoken(self) -> str:
        parts = [self.when, self.name, self.beside, self.what, self.whom_words, self.remark]
        return ". ".join(filter(None, parts))


def belongs(whose: Whose, entry: Entry) -> bool:
    """Whether a line is in that part."""
    match whose:
        case Part.ALL:
            return True
        case Part.LEFT:
            return entry.is_left
        case Part.STAYS:
            return entry.whom == STAYS
    return entry.whom == whose


def has_share(whose: Whose, whom: str | None) -> bool:
    """Whether the work that ``whom`` gets is what the load strip shows in full ink for that
    part; of the whole plan it is all that somebody gets."""
    match whose:
        case Part.ALL:
            return is_given(whom)
        case Part.LEFT:
            return whom is None
        case Part.STAYS:
            return whom == STAYS
    return whom == whose


def entries(plan: AbsencePlan, today: date) -> list[Entry]:
    """All lines by their first day; those without a day come last."""
    names, left = plan.names(), plan.left()
    open_uids = {item.uid for item in left.dossiers} | {sheet.uid for sheet in left.loose}
    found = [
        (_first(item), _dossier(item, names[item.uid], item.uid in open_uids, today))
        for item in plan.dossiers
    ]
    for sheet in plan.loose:
        away = plan.loose_away.get(sheet.uid)
        entry = Entry(
            sheet.uid,
            loose=True,
            when=_day(sheet.on) if sheet.on else "",
            icon="slip",
            name=sheet.todo or sheet.title,
            beside="",
            what=words.joined(clock(sheet.time) if sheet.time else "", tr("loose sheet")),
            whom=names[sheet.uid],
            is_left=sheet.uid in open_uids,
            away=away.band(today) if away else "",
        )
        found.append((sheet.on or date.max, entry))
    found.sort(key=lambda one: one[0])  # a stable sort: of one day as they came
    return [entry for _, entry in found]


def parts(found: Iterable[Entry]) -> list[tuple[Whose, int]]:
    """The parts that there are, each with how many lines it has."""
    lines = list(found)
    names = sorted({entry.whom for entry in lines if entry.whom}, key=str.casefold)
    shown: list[tuple[Whose, int]] = []
    known: list[Whose] = [Part.ALL, Part.LEFT, *names, Part.STAYS]
    for whose in known:
        n = sum(belongs(whose, entry) for entry in lines)
        if n or whose is Part.ALL:
            shown.append((whose, n))
    return shown


def part_words(whose: Whose) -> str:
    """ "All", "Nobody yet", or the colleague."""
    if isinstance(whose, Part):
        return {
            Part.ALL: tr("All"),
            Part.LEFT: tr("Nobody yet"),
            Part.STAYS: tr("Waits for me"),
        }[whose]
    return whose


def _first(item: PlannedDossier) -> date:
    return item.days[0] if item.days else date.max


def _dossier(item: PlannedDossier, whom: str | None, is_left: bool, today: date) -> Entry:
    first = item.days[0] if item.days else None
    when = _day(first) if first else ""
    if first is None and item.place.month is not None:
        when = bare_month_name(item.place.month.number)
    promised = {promise.text for promise in item.promises}
    said = [
        (sheet.on or date.max, _sheet_words(sheet, first, today))
        for sheet in item.sheets
        if sheet.slip_kind is not SlipKind.PROMISE or sheet.todo not in promised
    ]
    said += [
        (promise.due or date.max, _promise_words(promise, first, today))
        for promise in item.promises
    ]
    said.sort(key=lambda one: one[0])
    band = item.handover.band(today) if item.handover else ""
    away, whose = (band, "") if item.is_away else ("", band)
    back = tr("back before the end") if away and is_left else ""
    return Entry(
        item.uid,
        loose=False,
        when=when,
        icon=_icon(item),
        name=item.name,
        beside=words.joined(item.company if item.company != item.name else "", whose),
        what=words.joined(*(text for _, text in said)) or tr("nothing in these days"),
        whom=whom,
        is_left=is_left,
        away=away,
        remark=back if away else notes_words(item.notes),
        warns=bool(back) or item.notes.is_empty,
    )


def notes_words(notes: Notes) -> str:
    """How it stands with the notes, and whether the client knows."""
    told = tr("client told") if notes.told else ""
    return words.joined(tr("no notes yet") if notes.is_empty else "", told)


def _day(day: date) -> str:
    """Without the year: the days of the absence stand above the lines."""
    return f"{short_weekday(day)} {short_day(day)}"


def _icon(item: PlannedDossier) -> str:
    """Of what comes first."""
    if not item.sheets:
        return "flag"
    sheet = item.sheets[0]
    if sheet.type is SheetType.DOSSIER:
        return STEP_ICONS[sheet.kind]
    return SLIP_ICONS[sheet.slip_kind] if sheet.slip_kind else "slip"


def _sheet_words(sheet: Sheet, first: date | None, today: date) -> str:
    """ "10:00 Meeting: visit the site"; with its day when that is not the line's."""
    other = _other_day(sheet.on, first, today)
    at = " ".join(filter(None, [other, clock(sheet.time) if sheet.time else ""]))
    todo = " ".join(sheet.todo.split())
    if sheet.type is SheetType.DOSSIER:
        kind = step_word(sheet.kind)
        todo = f"{kind}: {todo}" if todo else kind
    return " ".join(filter(None, [at, todo or sheet.title]))


def _promise_words(promise: Promise, first: date | None, today: date) -> str:
    """ "We: send the estimate"; with its day when that is not the line's."""
    return " ".join(filter(None, [_other_day(promise.due, first, today), promise_line(promise)]))


def _other_day(day: date | None, first: date | None, today: date) -> str:
    return short_day(day, today) if day and day != first else ""
