"""Joining what another record knows of the same client into a dossier. Nothing is lost:
lists are united, what is missing is filled, what differs goes into the note. A note that
takes up something private is private from then on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.phones import extension, phone_digits
from dossier_app.domain.records import (
    Answer,
    Category,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
    Role,
)

_WORD = re.compile(r"[^\W_]+")
_Part = TypeVar("_Part", bound=Any)


def same_names(one: Dossier, other: Dossier) -> bool:
    """True when the names do not speak against the two being one client: the words of one
    are among the words of the other, or one has no name of a person or company. Any person
    of a dossier will do; where one of the two names nobody, their companies are compared."""
    both = bool(one.people and other.people)
    return any(
        first <= second or second <= first
        for first in _all_name_words(one, people=both)
        for second in _all_name_words(other, people=both)
    )


def touching_names(one: Dossier, other: Dossier) -> bool:
    """True when the names have a word in common, or one has none: enough for two records
    that a file calls the same (a surname may change), too little for others."""
    first, second = _name_words(one), _name_words(other)
    return not (first and second and first.isdisjoint(second))


def join(target: Dossier, other: Dossier) -> bool:
    """Add to ``target`` what ``other`` knows; False when that is nothing new.

    Parts of ``other`` become parts of ``target`` as they are, not copies. Its place, next
    step, cadence and dates of making and closing are its own and stay behind.
    """
    extra = _Extra()
    changed = _fill(target, other, ("company", "status", "source"), extra)
    changed |= _fill(target, other, ("category",), extra, Category.NONE)
    changed |= _unite_points(target.contact_points, other.contact_points, target, extra)
    changed |= _unite_forms(target.forms, other.forms, extra)
    for person in other.people:
        mine = _counterpart(target, person)
        if mine is None:
            person.main = person.main and not target.people
            target.people.append(person)
            changed = True
        else:
            changed |= _join_person(target, mine, person, extra)
            for entry in other.history:
                if entry.person_uid == person.uid:
                    entry.person_uid = mine.uid
    changed |= _unite(target.tags, other.tags)
    changed |= _unite(target.history, other.history)
    target.history.sort(key=lambda entry: entry.at, reverse=True)
    changed |= _unite(target.promises, other.promises)
    changed |= _unite(target.slips, other.slips)
    changed |= _unite(target.documents, other.documents)
    extra.add(other.note, private=other.note_private)
    return extra.write_into(target) or changed


@dataclass
class _Extra:
    """Lines for the note; those of private facts and notes make it private."""

    lines: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, text: str, *, private: bool = False) -> None:
        if text:
            self.lines.append((text, private))

    def also(self, text: str, *, private: bool = False) -> None:
        self.add(tr("Also: {text}", text=text), private=private)

    def write_into(self, dossier: Dossier) -> bool:
        known = {*dossier.note.splitlines(), *_plan_lines(dossier)}
        new = []
        for text, private in self.lines:
            fresh = [line for line in text.splitlines() if line not in known]
            if fresh and text not in dossier.note:
                new.append(("\n".join(fresh), private))
        texts = dict.fromkeys(text for text, _ in new)
        dossier.note = "\n".join(part for part in [dossier.note, *texts] if part)
        dossier.note_private |= any(private for _, private in new)
        return bool(new)


def _plan_lines(dossier: Dossier) -> list[str]:
    """How a table tells where a dossier lies and what is next, in lines of a note."""
    known = (
        (tr("Next date"), dossier.place.key),
        (tr("Next step"), dossier.step.text if dossier.step else ""),
    )
    return [f"{heading}: {text}" for heading, text in known]


def _join_person(target: Dossier, mine: Person, person: Person, extra: _Extra) -> bool:
    changed = False
    if len(person.full_name) > len(mine.full_name):
        mine.surname, mine.given = person.surname, person.given
        mine.patronymic = person.patronymic
        changed = True
    changed |= _fill(mine, person, ("position", "note"), extra)
    # A part in decisions is never on a discreet page, so neither is the note that tells it.
    changed |= _fill(mine, person, ("role",), extra, Role.UNKNOWN, private=True)
    if mine.lead_days is None and person.lead_days is not None:
        mine.lead_days, changed = person.lead_days, True
    changed |= _unite_points(mine.contact_points, person.contact_points, target, extra)
    return changed | _unite_forms(mine.forms, person.forms, extra)


def _counterpart(target: Dossier, person: Person) -> Person | None:
    words = set(_WORD.findall(fold(person.full_name)))
    for mine in target.people:
        own = set(_WORD.findall(fold(mine.full_name)))
        if words <= own or own <= words:
            return mine
    return None


def _fill(
    mine: _Part,
    other: _Part,
    names: tuple[str, ...],
    extra: _Extra,
    empty: str = "",
    *,
    private: bool = False,
) -> bool:
    """Take over the fields ``names`` that are ``empty`` here."""
    changed = False
    for name in names:
        own, theirs = getattr(mine, name), getattr(other, name)
        if theirs != empty and own == empty:
            setattr(mine, name, theirs)
            changed = True
        elif theirs != empty and fold(theirs) != fold(own):
            extra.also(theirs, private=private)
    return changed


def _unite(mine: list[_Part], other: list[_Part]) -> bool:
    new = [item for item in other if item not in mine]
    mine += new
    return bool(new)


def _unite_points(
    mine: list[ContactPoint], other: list[ContactPoint], target: Dossier, extra: _Extra
) -> bool:
    """Add the points that ``target`` has nowhere; a known one may get its label."""
    known = _points(target)
    changed = False
    for point in other:
        same = known.get(_point_key(point), [])
        if not same:
            mine.append(point)
            changed = True
        elif any(fold(point.label) in fold(item.label) for item in same):
            continue
        elif unlabelled := [item for item in same if not item.label]:
            unlabelled[0].label = point.label
            changed = True
        else:
            extra.also(f"{point.value} ({point.label})", private=point.private)
    return changed


def _unite_forms(mine: list[FilledForm], other: list[FilledForm], extra: _Extra) -> bool:
    changed = False
    for form in other:
        alike = [item for item in mine if item.template == form.template]
        if not alike:
            mine.append(form)
            changed = True
        if not alike or any(form.answers.items() <= item.answers.items() for item in alike):
            continue
        own = alike[0]
        for key, answer in form.answers.items():
            if key not in own.answers:
                own.answers[key] = answer
                changed = True
            else:
                changed |= _join_answer(own.answers[key], key, answer, extra)
    return changed


def _join_answer(mine: Answer, key: str, other: Answer, extra: _Extra) -> bool:
    if isinstance(mine.value, dict) and isinstance(other.value, dict):
        # Of a date without a place and one with it, the parts that are there must agree.
        both = {key: value for key, value in {**other.value, **mine.value}.items() if value}
        if {**both, **{key: value for key, value in other.value.items() if value}} == both:
            added = both != {key: value for key, value in mine.value.items() if value}
            mine.value = both if added else mine.value
            return _confirm(mine, other) or added
    if mine.value != other.value:
        source = f" ({other.source})" if other.source else ""
        # Whether the field is private only its template knows: rather too careful.
        extra.also(f"{key}: {_plain(other.value)}{source}", private=True)
        return False
    return _confirm(mine, other)


def _confirm(mine: Answer, other: Answer) -> bool:
    """Take over where the same answer comes from and when it was heard last."""
    before = replace(mine)
    if fold(other.source) not in fold(mine.source):
        mine.source = "; ".join(filter(None, (mine.source, other.source)))
    mine.confirmed = max(filter(None, (mine.confirmed, other.confirmed)), default=None)
    return mine != before


def _plain(value: Any) -> str:
    """What a form's value says, without the names of its parts."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return ", ".join(text for part in parts if (text := _plain(part)))
    return "" if value is None else str(value)


def _points(dossier: Dossier) -> dict[str, list[ContactPoint]]:
    """The dossier's ways to reach it by key; a line with an extension also without it."""
    points = [*dossier.contact_points, *(p for who in dossier.people for p in who.contact_points)]
    found: dict[str, list[ContactPoint]] = {}
    for point in points:
        key = _point_key(point)
        for name in {key, key.partition(" ext ")[0]}:
            found.setdefault(name, []).append(point)
    return found


def _point_key(point: ContactPoint) -> str:
    if point.kind is ContactKind.PHONE:
        line = f"phone {phone_digits(point.value) or point.value}"
        inner = extension(point.value)
        return f"{line} ext {inner}" if inner else line
    return f"{point.kind} {fold(point.value).strip()}"


def _all_name_words(dossier: Dossier, *, people: bool) -> list[set[str]]:
    """The words of each person's name, or of the company's."""
    if people:
        return [set(_WORD.findall(fold(person.full_name))) for person in dossier.people]
    return [set(_WORD.findall(fold(dossier.company))) or _name_words(dossier)]


def _name_words(dossier: Dossier) -> set[str]:
    person = dossier.main_person
    return set(_WORD.findall(fold(person.full_name if person else dossier.company)))
