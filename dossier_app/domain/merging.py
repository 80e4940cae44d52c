"""Merging two dossiers of one client so that nothing is lost.

Lists are united; what one side alone knows is taken over; single values that differ are
conflicts, one of which is chosen and the other kept in words. What lies under two dates
keeps the second one as a slip. `dossier_app.domain.unmerging` takes a merge apart again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from dossier_app.domain import clock
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.merge_words import Conflict, kept_line, slip_text, text_of_side
from dossier_app.domain.names import fold
from dossier_app.domain.parts import Part, Parts, answer_key, dossier_from, parts_of
from dossier_app.domain.phones import extension, phone_digits
from dossier_app.domain.place import TRAY, PlaceKind
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Slip,
    SlipKind,
)

PLAN = ("place", "step", "carried", "closed_on", "closed_reason")
NAME = ("surname", "given", "patronymic")
# Values that belong together and are asked about as one, by kind of record.
ASKED: dict[type, tuple[tuple[str, ...], ...]] = {
    Dossier: (PLAN, ("company",), ("category",), ("status",), ("source",), ("cadence",)),
    Person: (NAME, ("position",), ("role",), ("lead_days",)),
    ContactPoint: (("label",),),
    Answer: (("value", "source", "confirmed"),),
}
# Values of which the greater or lesser one holds for both; a private fact stays private.
_UNASKED: dict[str, Callable[..., Any]] = {
    "note_private": max,
    "private": max,
    "tries": max,
    "filled_on": max,
    "created_on": min,
    "added_on": min,
}
LINES = ("note", "tags")  # values that are lists of lines and are united
_WORD = re.compile(r"[^\W_]+")


class From(StrEnum):
    """Whose value is taken: that of the dossier that stays, or of the other one."""

    MINE = "mine"
    OTHER = "other"


@dataclass(slots=True)
class Merge:
    """Two dossiers as they were, and what became of them.

    ``joined`` tells for parts of ``other`` (keys of `parts_of`) in which part of
    ``merged`` they are found; all others kept their own keys.
    """

    mine: Dossier
    other: Dossier
    merged: Dossier
    joined: dict[str, str]


Choices = Mapping[str, From]


def merge(
    mine: Dossier, other: Dossier, choices: Choices, templates: Templates
) -> tuple[Merge, list[Conflict]]:
    """Join ``other`` into ``mine``, which keeps its uid; neither record is changed.

    ``choices`` says by `Conflict.key` whose value is taken; what is not chosen goes by the
    conflict's default. Returns the merge and all conflicts, chosen or not.
    """
    parts, theirs = parts_of(mine), parts_of(other)
    joined = _pairs(mine, other, templates)
    people = [*mine.people, *other.people]
    conflicts: list[Conflict] = []
    for key, part in theirs.items():
        here = joined.get(key, key)
        if here in parts:
            about = _about(parts, here, templates)
            about.people = people
            record = with_references(part.record, joined)
            conflicts += _settle(parts[here], record, about, choices)
        else:
            record = with_references(part.record, joined)
            parts[here] = Part(record, joined.get(part.owner, part.owner), part.shelf, part.field)
    _choose_main(parts, mine, other, joined)
    merged = dossier_from(parts)
    merged.history.sort(key=lambda entry: entry.at, reverse=True)
    for conflict in conflicts:
        _keep(merged, conflict, choices)
    return Merge(mine, other, merged, joined), conflicts


def taken(conflict: Conflict, choices: Choices) -> From:
    """Whose value a conflict ends with."""
    return choices.get(conflict.key, From.OTHER if conflict.other_first else From.MINE)


def values(record: Any, group: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in group)


def lines_of(value: str | list[str]) -> list[str]:
    """A note's lines, or the tags."""
    if isinstance(value, list):
        return list(value)
    return value.split("\n") if value else []


def from_lines(lines: list[str], like: str | list[str]) -> str | list[str]:
    """Lines as a value of the kind of ``like``."""
    return lines if isinstance(like, list) else "\n".join(lines)


def with_references(record: Any, names: Mapping[str, str]) -> Any:
    """The record with references to parts that are called otherwise in ``names``."""
    if isinstance(record, HistoryEntry):
        return replace(record, person_uid=names.get(record.person_uid, record.person_uid))
    if isinstance(record, Slip):
        return replace(record, promise_uid=names.get(record.promise_uid, record.promise_uid))
    if isinstance(record, Answer):
        return replace(record, value=_renamed(record.value, names))
    return record


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _renamed(item, names) for key, item in value.items()}
    return value


# --- which parts are the same thing


def _pairs(mine: Dossier, other: Dossier, templates: Templates) -> dict[str, str]:
    """Parts of ``other`` that are known here: their keys, with the key here."""
    pairs = {other.uid: mine.uid}
    pairs |= _form_pairs(mine.forms, other.forms, templates)
    everywhere = [*mine.contact_points, *(p for who in mine.people for p in who.contact_points)]
    free = {point.uid: point for point in everywhere}
    for person, own in _people_pairs(mine.people, other.people):
        pairs[person.uid] = own.uid
        pairs |= _form_pairs(own.forms, person.forms, templates)
        known = [*own.contact_points, *mine.contact_points]
        pairs |= _point_pairs(known, person.contact_points, free)
    pairs |= _point_pairs(everywhere, other.contact_points, free)
    documents = {(document.sha256, document.name): document.uid for document in mine.documents}
    for document in other.documents:
        if found := documents.pop((document.sha256, document.name), None):
            pairs[document.uid] = found
    return pairs


def _people_pairs(mine: list[Person], other: list[Person]) -> list[tuple[Person, Person]]:
    """People of ``other`` with the one here whose name agrees; each one once, and only
    where it can be nobody else."""
    free = [(person, _words(person)) for person in mine]
    pairs: list[tuple[Person, Person]] = []
    for exact in (True, False):
        for person in other:
            words = _words(person)
            if not words or any(person is taken for taken, _ in pairs):
                continue
            alike = [
                item
                for item in free
                if item[1] and (words == item[1] if exact else words <= item[1] or item[1] <= words)
            ]
            if len(alike) == 1 or (exact and alike):
                pairs.append((person, alike[0][0]))
                free.remove(alike[0])
    return pairs


def _words(person: Person) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(person.full_name)))


def _point_pairs(
    mine: Iterable[ContactPoint], other: list[ContactPoint], free: dict[str, ContactPoint]
) -> dict[str, str]:
    """Points of ``other`` with the same one here; each of ``free`` is taken once."""
    pairs = {}
    for point in other:
        for own in mine:
            if own.uid in free and _point_key(own) == _point_key(point):
                pairs[point.uid] = own.uid
                del free[own.uid]
                break
    return pairs


def _point_key(point: ContactPoint) -> tuple[str, ...]:
    if point.kind is ContactKind.PHONE and (digits := phone_digits(point.value)):
        return (point.kind, digits, extension(point.value) or "")
    return (point.kind, fold(point.value).strip())


def _form_pairs(
    mine: list[FilledForm], other: list[FilledForm], templates: Templates
) -> dict[str, str]:
    """Sheets by one template, and their answers; one that is filled anew each time is
    never the same sheet."""
    pairs = {}
    free: dict[str, FilledForm] = {}
    for form in mine:
        free.setdefault(form.template, form)
    for form in other:
        template = templates.get(form.template)
        if template is not None and template.repeatable:
            continue
        if own := free.pop(form.template, None):
            pairs[form.uid] = own.uid
            pairs |= {
                answer_key(form.uid, field): answer_key(own.uid, field) for field in form.answers
            }
    return pairs


# --- single values


def _about(parts: Parts, key: str, templates: Templates) -> Conflict:
    """A conflict about that part, with nothing in it yet."""
    part = parts[key]
    about = Conflict(key, "", part.record, part.record)
    chain = [part]
    while chain[-1].owner:
        chain.append(parts[chain[-1].owner])
    for item in chain:
        if isinstance(item.record, Person):
            about.who = item.record.full_name
        elif isinstance(item.record, FilledForm):
            template = templates.get(item.record.template)
            about.question = template.field(part.field) if template else None
            about.name = part.field
    return about


def _settle(part: Part, other: Any, about: Conflict, choices: Choices) -> list[Conflict]:
    """Put the values of ``other`` into ``part`` where they are missing or chosen."""
    mine, conflicts = part.record, []
    changes: dict[str, Any] = {}
    for group in ASKED.get(type(mine), ()):
        if _is_empty(other, group) or _agree(mine, other, group):
            if isinstance(mine, Answer):
                changes |= _both_sources(mine, other)
            continue
        if _is_empty(mine, group) or _is_longer_name(other, mine, group):
            chosen = From.OTHER
        else:
            name = about.name or group[0]
            conflict = replace(
                about,
                key=f"{about.key}.{group[0]}",
                name=name,
                mine=mine,
                other=other,
                other_first=_other_is_better(mine, other, group),
            )
            conflicts.append(conflict)
            chosen = taken(conflict, choices)
        if chosen is From.OTHER:
            changes |= zip(group, values(other, group), strict=True)
    for name, better in _UNASKED.items():
        if hasattr(mine, name):
            known = [v for v in values(mine, (name,)) + values(other, (name,)) if v is not None]
            changes[name] = better(known) if known else None
    for name in LINES:
        if hasattr(mine, name):
            own = getattr(mine, name)
            changes[name] = from_lines(_united(own, getattr(other, name)), own)
    part.record = replace(mine, **changes)
    return conflicts


def _united(mine: str | list[str], other: str | list[str]) -> list[str]:
    own, more = lines_of(mine), lines_of(other)
    if isinstance(mine, list):
        known = {fold(tag) for tag in own}
        return own + [tag for tag in more if fold(tag) not in known]
    return own if set(more) <= set(own) else own + more


def _is_empty(record: Any, group: tuple[str, ...]) -> bool:
    if group == PLAN:
        return bool(record.place == TRAY)
    return not any(value not in ("", None, "unknown") for value in values(record, group))


def _agree(mine: Any, other: Any, group: tuple[str, ...]) -> bool:
    """True when nothing is lost by taking either of them."""
    if isinstance(mine, Answer):
        return bool(mine.value == other.value)
    if _is_longer_name(mine, other, group):
        return True
    one, two = values(mine, group), values(other, group)
    if all(isinstance(value, str) for value in one + two):
        return [fold(text) for text in one] == [fold(text) for text in two]
    return one == two


def _is_longer_name(record: Any, other: Any, group: tuple[str, ...]) -> bool:
    """True when the one name says all that the other one does, and more."""
    return isinstance(record, Person) and group == NAME and _words(record) > _words(other)


def _both_sources(mine: Answer, other: Answer) -> dict[str, Any]:
    """From whom one fact was heard, and when last."""
    heard = dict.fromkeys(filter(None, (mine.source, other.source)))
    days = [day for day in (mine.confirmed, other.confirmed) if day is not None]
    return {"source": "; ".join(heard), "confirmed": max(days, default=None)}


def _other_is_better(mine: Any, other: Any, group: tuple[str, ...]) -> bool:
    """What is proposed: the earlier date, the newer fact, else the fuller one."""
    if group == PLAN:
        return _plan_rank(other) < _plan_rank(mine)
    if isinstance(mine, Answer):
        known = (mine.confirmed or date.min, other.confirmed or date.min)
        if known[0] != known[1]:
            return known[1] > known[0]
        return len(str(other.value)) > len(str(mine.value))
    if group[0] not in ("surname", "company", "status", "source", "position"):
        return False
    one, two = (" ".join(values(side, group)) for side in (mine, other))
    return len(two) > len(one)


def _plan_rank(dossier: Dossier) -> tuple[Any, ...]:
    """The lesser, the sooner to be seen to: open before closed, by date, agreed ones first."""
    place, step = dossier.place, dossier.step
    if place.kind is PlaceKind.CLOSED:
        return (1, -(dossier.closed_on or date.min).toordinal())
    day = place.date or (place.month.last_day if place.month else date.max)
    return (0, day, not (step and step.fixed), not (step and step.text))


def _choose_main(parts: Parts, mine: Dossier, other: Dossier, joined: dict[str, str]) -> None:
    """One main contact: that of ``mine``; when it has marked none and has nobody else, or
    the same person, that of ``other``."""
    if not mine.people:
        return
    marked = any(person.main for person in mine.people)
    for person in other.people:
        here = joined.get(person.uid, person.uid)
        record = parts[here].record
        if here == person.uid:
            record.main = False
        elif not marked:
            record.main = record.main or person.main


# --- what was not chosen


def _keep(merged: Dossier, conflict: Conflict, choices: Choices) -> None:
    """Keep in words what a conflict does not take."""
    loser = conflict.mine if taken(conflict, choices) is From.OTHER else conflict.other
    if isinstance(loser, Dossier) and conflict.name == PLAN[0]:
        place, step = loser.place, loser.step
        on = place.date
        if place.month is not None:
            on = max(place.month.first_day, clock.today())
        if on is not None:
            slip = Slip(SlipKind.REMINDER, on, slip_text(loser))
            if step is not None:
                slip.time, slip.minutes = step.time, step.minutes
            merged.slips.append(slip)
            return
    line = kept_line(conflict, text_of_side(conflict, loser))
    merged.note = from_lines([*lines_of(merged.note), line], merged.note)  # type: ignore[assignment]
    merged.note_private |= conflict.private
