"""Yearly dates worth a greeting, found in the forms of a dossier.

They are never stored: a page shows an occasion on its day, and so many days ahead
(`shown_on`). Only that somebody was greeted is kept, as a slip whose uid follows from
the occasion and the year.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dossier_app.domain.language import ntr, tr
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import Dossier, FilledForm, Person

# Where the built-in templates keep the dates: template, field, part.
CARD = "relationship_card"
SHEET = "info_sheet"

# The form fields that hold yearly dates.
OCCASION_FIELDS = ("birth", "spouse", "children", "founded")

LEAD_DAYS = 3  # how many days ahead a rep is told, unless set otherwise

_NAMESPACE = uuid.UUID("5f0e6d6e-0f8b-5c0a-9f5e-3b1d6a7c2e41")
_DAY_IN_TEXT = re.compile(r"(?<![\d-])(?:\d{4}-)?(\d\d-\d\d)(?![\d-])")


class OccasionKind(StrEnum):
    BIRTHDAY = "birthday"
    SPOUSE = "spouse"
    CHILD = "child"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date that comes round every year. ``who`` is its owner; ``of`` the person of the
    dossier that a spouse or child belongs to. It is private as its field of the card is.
    ``owner`` is the uid of that person (of the dossier for its own anniversary), and
    ``lead_days`` that person's own value."""

    kind: OccasionKind
    who: str
    date: PartialDate
    private: bool = False
    of: str = ""
    owner: str = ""
    lead_days: int | None = None

    def uid_in(self, year: int) -> str:
        """uid of the slip that notes the greeting of ``year``: always the same one."""
        child = self.who if self.kind is OccasionKind.CHILD else ""
        day = f"{self.date.month}-{self.date.day}"
        return str(uuid.uuid5(_NAMESPACE, f"{self.owner} {self.kind} {child} {day} {year}"))


@dataclass(frozen=True, slots=True)
class OccasionAhead:
    """A yearly date that comes: ``text`` is "birthday, 50 years"; ``who`` its owner;
    ``uid`` that of the slip which notes that it was greeted; ``lead_days`` the own value
    of the person."""

    on: date
    who: str
    text: str
    private: bool = False
    uid: str = ""
    lead_days: int | None = None


@dataclass(frozen=True, slots=True)
class OccasionLine:
    """An occasion in a printed list; ``company`` is empty where it is the owner."""

    occasion: OccasionAhead
    company: str = ""
    phone: str = ""


def occasions_of(dossier: Dossier) -> list[Occasion]:
    """Every occasion of ``dossier`` whose day and month are known, in the order of its
    people; an answer that cannot be read as a date is passed over."""
    found = [occasion for person in dossier.people for occasion in _of_person(person)]
    for value in _values(dossier.forms, SHEET, "founded"):
        if day := _yearly(value):
            who = dossier.company or dossier.name
            found.append(Occasion(OccasionKind.ANNIVERSARY, who, day, owner=dossier.uid))
    return found


def upcoming(
    dossier: Dossier, today: date, days: int, *, leap_day_in_march: bool = False
) -> list[OccasionAhead]:
    """The occasions from ``today`` to ``days`` days later, both included, soonest first."""
    last = today + timedelta(days=days)
    ahead = []
    for occasion in occasions_of(dossier):
        on = occasion.date.next_on_or_after(today, leap_day_in_march=leap_day_in_march)
        if on and on <= last:
            years = occasion.date.age_on(on) or 0
            text = _text_with_years(occasion, years) if years > 0 else plain_text(occasion)
            uid = occasion.uid_in(on.year)
            ahead.append(
                OccasionAhead(on, occasion.who, text, occasion.private, uid, occasion.lead_days)
            )
    return sorted(ahead, key=lambda occasion: (occasion.on, occasion.who))


def shown_on(
    dossier: Dossier, day: date, lead_days: int, *, leap_day_in_march: bool = False
) -> list[OccasionAhead]:
    """What the page of ``day`` shows: the occasions of that day, and those so many days
    later that it is time to prepare: ``lead_days``, or the person's own value."""
    leads = [person.lead_days or 0 for person in dossier.people]
    ahead = upcoming(dossier, day, max([lead_days, *leads]), leap_day_in_march=leap_day_in_march)
    return [item for item in ahead if (item.on - day).days in (0, lead_of(item, lead_days))]


def lead_of(occasion: OccasionAhead, lead_days: int) -> int:
    """How many days before ``occasion`` the rep wants to be told; ``lead_days`` as set."""
    return lead_days if occasion.lead_days is None else occasion.lead_days


def shown_text(occasion: OccasionAhead, day: date) -> str:
    """How the page of ``day`` puts it: "birthday", "in 3 days: birthday, 50 years"."""
    ahead = (occasion.on - day).days
    if not ahead:
        return occasion.text
    return ntr("in {n} day: {occasion}", "in {n} days: {occasion}", ahead, occasion=occasion.text)


def days_in(stored: str) -> list[str]:
    """The days of the year ("03-08") that a stored answer may name; perhaps too many."""
    return _DAY_IN_TEXT.findall(stored)


def stored_days(day: date) -> list[str]:
    """How ``day`` stands in stored dates: "03-08"; near the end of February the leap day
    too, which may be kept then."""
    written = f"{day:%m-%d}"
    return [written, "02-29"] if written in ("02-28", "03-01") else [written]


def _of_person(person: Person) -> Iterator[Occasion]:
    name = person.short_name
    for kind, who, value, private in _dates_of(person):
        if day := _yearly(value):
            yield Occasion(kind, who or name, day, private, name, person.uid, person.lead_days)


def _dates_of(person: Person) -> Iterator[tuple[OccasionKind, str, Any, bool]]:
    """Kind, own name if there is one, stored date, private."""
    for value in _values(person.forms, CARD, "birth"):
        yield OccasionKind.BIRTHDAY, "", _part(value, "date"), False
    for value in _values(person.forms, CARD, "spouse"):
        yield OccasionKind.SPOUSE, str(_part(value, "name") or ""), _part(value, "birth"), True
    for value in _values(person.forms, CARD, "children"):
        for child in value if isinstance(value, list) else ():
            yield OccasionKind.CHILD, str(_part(child, "name") or ""), _part(child, "birth"), True


def _values(forms: list[FilledForm], template: str, key: str) -> Iterator[Any]:
    for form in forms:
        if form.template == template and key in form.answers:
            yield form.answers[key].value


def _part(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _yearly(value: Any) -> PartialDate | None:
    try:
        day = PartialDate.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day and day.is_yearly else None


def plain_text(occasion: Occasion) -> str:
    """What is celebrated, without the years: "birthday; spouse of Ivanov"."""
    match occasion.kind:
        case OccasionKind.BIRTHDAY:
            return tr("birthday")
        case OccasionKind.SPOUSE:
            return tr("birthday; spouse of {person}", person=occasion.of)
        case OccasionKind.CHILD:
            return tr("birthday; child of {person}", person=occasion.of)
        case OccasionKind.ANNIVERSARY:
            return tr("company anniversary")


def _text_with_years(occasion: Occasion, years: int) -> str:
    match occasion.kind:
        case OccasionKind.BIRTHDAY:
            return ntr("birthday, {n} year", "birthday, {n} years", years)
        case OccasionKind.SPOUSE:
            return ntr(
                "birthday, {n} year; spouse of {person}",
                "birthday, {n} years; spouse of {person}",
                years,
                person=occasion.of,
            )
        case OccasionKind.CHILD:
            return ntr(
                "birthday, {n} year; child of {person}",
                "birthday, {n} years; child of {person}",
                years,
                person=occasion.of,
            )
        case OccasionKind.ANNIVERSARY:
            return ntr("company anniversary, {n} year", "company anniversary, {n} years", years)
