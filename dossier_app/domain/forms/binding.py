"""The dossier's own data that a form shows and changes in place of answers of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dossier_app.domain.forms.template import FieldType
from dossier_app.domain.names import fold
from dossier_app.domain.phones import phone_digits
from dossier_app.domain.records import Category, ContactKind, ContactPoint, Dossier, Person

_NAMES = ("surname", "given", "patronymic")
_HOME = {"home", "дом", "домашний"}
_LEGAL = {"legal", "юридический", "registered"}
_WORK = {"work", "office", "рабочий", "служебный", "офис"}


@dataclass(frozen=True, slots=True)
class Bind:
    """Own data as the value of a field of one of ``types``.

    ``read(dossier, person, private)`` leaves private contact points out when ``private``
    is off; ``write(dossier, person, value)`` takes a checked value or None. A choice
    can have the options ``choices`` only.
    """

    types: tuple[FieldType, ...]
    read: Callable[[Dossier, Person, bool], Any]
    write: Callable[[Dossier, Person, Any], None]
    choices: Collection[str] = ()


def _own(
    of: str,
    name: str,
    kind: FieldType = FieldType.TEXT,
    make: Callable[[Any], Any] = str,
    choices: Collection[str] = (),
) -> Bind:
    """An attribute of the ``person`` or the ``dossier``; ``make("")`` is its empty value."""

    def read(dossier: Dossier, person: Person, private: bool) -> Any:
        del private
        return make(getattr(_owner(of, dossier, person), name))

    def write(dossier: Dossier, person: Person, value: Any) -> None:
        setattr(_owner(of, dossier, person), name, make(value or ""))

    return Bind((kind,), read, write, choices)


def _read_name(dossier: Dossier, person: Person, private: bool) -> dict[str, str]:
    del dossier, private
    return {name: getattr(person, name) for name in _NAMES}


def _write_name(dossier: Dossier, person: Person, value: Any) -> None:
    del dossier
    for name in _NAMES:
        setattr(person, name, (value or {}).get(name, ""))


def _points(of: str, kind: ContactKind) -> Bind:
    """All contact points of one kind of the ``person`` or the ``dossier``: phones with
    their labels, of the other kinds only the texts."""
    with_labels = kind is ContactKind.PHONE

    def read(dossier: Dossier, person: Person, private: bool) -> Any:
        points = [
            point
            for point in _owner(of, dossier, person).contact_points
            if point.kind is kind and (private or not point.private)
        ]
        if with_labels:
            return [{"value": point.value, "label": point.label} for point in points]
        return [point.value for point in points]

    def write(dossier: Dossier, person: Person, value: Any) -> None:
        rows = [
            (item["value"], item["label"]) if with_labels else (item, None) for item in value or []
        ]
        _rewrite(_owner(of, dossier, person).contact_points, kind, rows)

    return Bind((FieldType.PHONES,) if with_labels else (FieldType.LIST,), read, write)


def _one_address(of: str, label: str, *, mine: set[str], others: set[str]) -> Bind:
    """The address with a label of ``mine``, else one whose label is not of ``others``."""

    def find(dossier: Dossier, person: Person) -> ContactPoint | None:
        points = [
            p for p in _owner(of, dossier, person).contact_points if p.kind is ContactKind.ADDRESS
        ]
        labelled = (p for p in points if fold(p.label) in mine)
        free = (p for p in points if others and fold(p.label) not in others)
        return next(labelled, None) or next(free, None)

    def read(dossier: Dossier, person: Person, private: bool) -> str:
        found = find(dossier, person)
        return found.value if found and (private or not found.private) else ""

    def write(dossier: Dossier, person: Person, value: Any) -> None:
        points, found = _owner(of, dossier, person).contact_points, find(dossier, person)
        if found and value:
            found.value = value
        elif found:
            points.remove(found)
        elif value:
            private = label == "home"
            points.append(ContactPoint(ContactKind.ADDRESS, value, label, private))

    return Bind((FieldType.ADDRESS,), read, write)


def _owner(of: str, dossier: Dossier, person: Person) -> Dossier | Person:
    return person if of == "person" else dossier


def _rewrite(
    points: list[ContactPoint], kind: ContactKind, rows: list[tuple[str, str | None]]
) -> None:
    """Make the points of ``kind`` those of ``rows`` (value, label); a point that is only
    written differently stays itself, with its uid and its privacy."""
    old = [point for point in points if point.kind is kind]
    first = next((i for i, point in enumerate(points) if point.kind is kind), len(points))
    new = []
    for value, label in rows:
        point = _same(old, value) or ContactPoint(kind, value)
        if point in old:
            old.remove(point)
        point.value = value
        point.label = point.label if label is None else label
        new.append(point)
    points[:] = [
        *points[:first],
        *new,
        *(point for point in points[first:] if point.kind is not kind),
    ]


def _same(points: list[ContactPoint], value: str) -> ContactPoint | None:
    def key(text: str) -> str:
        return phone_digits(text) or fold(text)

    exact = (point for point in points if point.value == value)
    alike = (point for point in points if key(point.value) == key(value))
    return next(exact, None) or next(alike, None)


BINDS: Mapping[str, Bind] = {
    "person.name": Bind((FieldType.NAME,), _read_name, _write_name),
    "person.position": _own("person", "position"),
    "person.phones": _points("person", ContactKind.PHONE),
    "person.emails": _points("person", ContactKind.EMAIL),
    "person.home_address": _one_address("person", "home", mine=_HOME, others=_WORK),
    "dossier.company": _own("dossier", "company"),
    "dossier.status": _own("dossier", "status"),
    "dossier.source": _own("dossier", "source"),
    "dossier.category": _own(
        "dossier", "category", FieldType.CHOICE, Category, set(Category) - {Category.NONE}
    ),
    "dossier.tags": _own("dossier", "tags", FieldType.LIST, list),
    "dossier.phones": _points("dossier", ContactKind.PHONE),
    "dossier.emails": _points("dossier", ContactKind.EMAIL),
    "dossier.websites": _points("dossier", ContactKind.WEB),
    "dossier.address": _one_address("dossier", "work", mine=_WORK, others=_LEGAL),
    "dossier.legal_address": _one_address("dossier", "legal", mine=_LEGAL, others=set()),
}
