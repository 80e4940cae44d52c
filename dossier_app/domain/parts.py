"""A dossier taken apart into its parts, each known by a key, and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dossier_app.domain.records import Dossier, FilledForm, Person

# The lists of each kind of record, in an order in which what is referred to comes first.
SHELVES: dict[type, tuple[str, ...]] = {
    Dossier: (
        "people",
        "contact_points",
        "forms",
        "history",
        "promises",
        "slips",
        "documents",
    ),
    Person: ("contact_points", "forms"),
    FilledForm: ("answers",),
}


@dataclass(slots=True)
class Part:
    """A record without the parts below it.

    ``owner`` is the key of the record in whose list ``shelf`` it stands, under ``field``
    if it is an answer; the dossier itself has none.
    """

    record: Any
    owner: str = ""
    shelf: str = ""
    field: str = ""


Parts = dict[str, Part]


def answer_key(form: str, field: str) -> str:
    """An answer has no uid of its own."""
    return f"{form}/{field}"


def parts_of(dossier: Dossier) -> Parts:
    """Every record in the dossier as a copy, by its uid; owners come before what is theirs."""
    return dict(_walk(dossier, "", ""))


def dossier_from(parts: Mapping[str, Part]) -> Dossier:
    """The dossier of `parts_of`; an owner must come before what is its own."""
    made: dict[str, Any] = {}
    for key, part in parts.items():
        made[key] = bare(part.record)
        if part.shelf == "answers":
            made[part.owner].answers[part.field] = made[key]
        elif part.owner:
            getattr(made[part.owner], part.shelf).append(made[key])
    dossier: Dossier = next(iter(made.values()))
    return dossier


def bare(record: Any) -> Any:
    """A copy of the record without the parts below it."""
    empty: dict[str, Any] = {
        shelf: {} if shelf == "answers" else [] for shelf in shelves_of(record)
    }
    return replace(record, **empty)


def shelves_of(record: Any) -> tuple[str, ...]:
    return SHELVES.get(type(record), ())


def value_names(record: Any) -> list[str]:
    """The fields that are the record's own values: neither its uid nor its lists of parts."""
    shelves = shelves_of(record)
    return [item.name for item in fields(record) if item.name not in ("uid", *shelves)]


def _walk(record: Any, owner: str, shelf: str) -> Iterator[tuple[str, Part]]:
    yield record.uid, Part(bare(record), owner, shelf)
    for name in shelves_of(record):
        if name == "answers":
            for field, answer in record.answers.items():
                part = Part(bare(answer), record.uid, name, field)
                yield answer_key(record.uid, field), part
        else:
            for item in getattr(record, name):
                yield from _walk(item, record.uid, name)
