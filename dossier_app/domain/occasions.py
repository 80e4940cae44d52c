"""Yearly dates worth a greeting, found in the forms of a dossier."""

from __future__ import annotations

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


class OccasionKind(StrEnum):
    BIRTHDAY = "birthday"
    SPOUSE = "spouse"
    CHILD = "child"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date that comes round every year. ``who`` is its owner; ``of`` the person of the
    dossier that a spouse or child belongs to. It is private as its field of the card is."""

    kind: OccasionKind
    who: str
    date: PartialDate
    private: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class OccasionAhead:
    """A yearly date that comes: ``text`` is "birthday, 50 years"; ``who`` its owner."""

    on: date
    who: str
    text: str
    private: bool = False


def occasions_of(dossier: Dossier) -> list[Occasion]:
    """Every occasion of ``dossier`` whose day and month are known, in the order of its
    people; an answer that cannot be read as a date is passed over."""
    found = [occasion for person in dossier.people for occasion in _of_person(person)]
    for value in _values(dossier.forms, SHEET, "founded"):
        who = dossier.company or dossier.name
        found.append((OccasionKind.ANNIVERSARY, who, value, "", False))
    occasions = []
    for kind, who, value, of, private in found:
        day = _yearly(value)
        if day:
            occasions.append(Occasion(kind, who, day, private, of))
    return occasions


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
            text = _text_with_years(occasion, years) if years > 0 else _plain_text(occasion)
            ahead.append(OccasionAhead(on, occasion.who, text, occasion.private))
    return sorted(ahead, key=lambda occasion: (occasion.on, occasion.who))


_Found = tuple[OccasionKind, str, Any, str, bool]


def _of_person(person: Person) -> Iterator[_Found]:
    name = person.short_name
    for value in _values(person.forms, CARD, "birth"):
        yield OccasionKind.BIRTHDAY, name, _part(value, "date"), name, False
    for value in _values(person.forms, CARD, "spouse"):
        who = _part(value, "name") or name
        yield OccasionKind.SPOUSE, str(who), _part(value, "birth"), name, True
    for value in _values(person.forms, CARD, "children"):
        for child in value if isinstance(value, list) else ():
            who = _part(child, "name") or name
            yield OccasionKind.CHILD, str(who), _part(child, "birth"), name, True


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


def _plain_text(occasion: Occasion) -> str:
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
