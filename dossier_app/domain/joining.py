"""Joining what another record knows of the same client into a dossier. Nothing is lost:
lists are united, what is missing is filled, what differs goes into the note."""

from __future__ import annotations

import re

from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.phones import phone_digits
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
)

_WORD = re.compile(r"[^\W_]+")


def same_names(one: Dossier, other: Dossier) -> bool:
    """True when the names do not speak against the two being one client: the words of one
    are among the words of the other, or one has no name of a person or company."""
    first, second = _name_words(one), _name_words(other)
    return first <= second or second <= first


def join(target: Dossier, other: Dossier) -> bool:
    """Add to ``target`` what ``other`` knows; False when that is nothing new."""
    differing: list[str] = []
    changed = _fill_texts(target, other, ("company", "status", "source"), differing)
    changed |= _unite_points(target.contact_points, other.contact_points, _points(target))
    changed |= _unite_forms(target.forms, other.forms, differing)
    new_tags = [tag for tag in other.tags if tag not in target.tags]
    target.tags += new_tags
    for person in other.people:
        mine = _counterpart(target, person)
        if mine is None:
            person.main = person.main and not target.people
            target.people.append(person)
            changed = True
        else:
            changed |= _join_person(target, mine, person, differing)
    lines = [line for line in [other.note, *differing] if line and line not in target.note]
    target.note = "\n".join(part for part in [target.note, *lines] if part)
    return changed or bool(new_tags or lines)


def _join_person(target: Dossier, mine: Person, person: Person, differing: list[str]) -> bool:
    changed = False
    if len(person.full_name) > len(mine.full_name):
        mine.surname, mine.given = person.surname, person.given
        mine.patronymic = person.patronymic
        changed = True
    changed |= _fill_texts(mine, person, ("position", "note"), differing)
    changed |= _unite_points(mine.contact_points, person.contact_points, _points(target))
    return changed | _unite_forms(mine.forms, person.forms, differing)


def _counterpart(target: Dossier, person: Person) -> Person | None:
    words = set(_WORD.findall(fold(person.full_name)))
    for mine in target.people:
        own = set(_WORD.findall(fold(mine.full_name)))
        if words <= own or own <= words:
            return mine
    return None


def _fill_texts(
    mine: Dossier | Person, other: Dossier | Person, names: tuple[str, ...], differing: list[str]
) -> bool:
    changed = False
    for name in names:
        own, theirs = getattr(mine, name), getattr(other, name)
        if theirs and not own:
            setattr(mine, name, theirs)
            changed = True
        elif theirs and fold(theirs) != fold(own):
            differing.append(tr("Also: {text}", text=theirs))
    return changed


def _unite_points(mine: list[ContactPoint], other: list[ContactPoint], known: set[str]) -> bool:
    new = [point for point in other if _point_key(point) not in known]
    mine += new
    return bool(new)


def _unite_forms(mine: list[FilledForm], other: list[FilledForm], differing: list[str]) -> bool:
    changed = False
    for form in other:
        own = next((item for item in mine if item.template == form.template), None)
        if own is None:
            mine.append(form)
            changed = True
            continue
        for key, answer in form.answers.items():
            if key not in own.answers:
                own.answers[key] = answer
                changed = True
            elif own.answers[key].value != answer.value:
                differing.append(tr("Also: {text}", text=f"{key}: {_plain(answer.value)}"))
    return changed


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return str(value)


def _points(dossier: Dossier) -> set[str]:
    points = [*dossier.contact_points, *(p for who in dossier.people for p in who.contact_points)]
    return {_point_key(point) for point in points}


def _point_key(point: ContactPoint) -> str:
    if point.kind is ContactKind.PHONE:
        return "phone " + (phone_digits(point.value) or point.value)
    return f"{point.kind} {fold(point.value).strip()}"


def _name_words(dossier: Dossier) -> set[str]:
    person = dossier.main_person
    return set(_WORD.findall(fold(person.full_name if person else dossier.company)))
