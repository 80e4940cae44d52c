"""Records to rows and back. Rows are dicts of column name to what SQLite stores."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from dossier_app.domain.names import fold
from dossier_app.domain.phones import phone_digits
from dossier_app.domain.place import Place
from dossier_app.domain.records import (
    Cadence,
    Carried,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    NextStep,
)

Row = dict[str, Any]
Record = TypeVar("Record")


def row_of(record: Any, *names: str) -> Row:
    """The fields ``names`` (two or more) of a record, as SQLite stores them."""
    values = dict(zip(names, _reader(names)(record), strict=True))
    stored: Row = msgspec.to_builtins(values)
    return stored


@cache
def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*names)


def record_of(kind: type[Record], row: Row) -> Record:
    """The record that `row_of` stored; columns it has no field for are passed over."""
    return msgspec.convert(row, kind, strict=False)


def records_of(kind: type[Record], rows: list[Row]) -> list[Record]:
    """All of ``rows`` as `record_of` makes them; quicker for thousands."""
    return msgspec.convert(rows, list[kind], strict=False)  # type: ignore[valid-type]


def dossier_row(dossier: Dossier) -> Row:
    return {
        **row_of(
            dossier,
            "uid",
            "company",
            "category",
            "status",
            "source",
            "note",
            "note_private",
            "closed_on",
            "closed_reason",
            "created_on",
        ),
        "tags": json.dumps(dossier.tags, ensure_ascii=False),
        **plan_row(dossier),
    }


def plan_row(dossier: Dossier) -> Row:
    """Where it lies and what is to be done there."""
    step, carried, cadence = dossier.step, dossier.carried, dossier.cadence
    return {
        "place_kind": str(dossier.place.kind),
        "place_key": dossier.place.key,
        "step_kind": str(step.kind) if step else None,
        "step_text": step.text if step else "",
        "step_time": f"{step.time:%H:%M}" if step and step.time else None,
        "step_minutes": step.minutes if step else 0,
        "step_fixed": int(bool(step and step.fixed)),
        "step_policy": str(step.policy) if step else "",
        "carried_origin": carried.origin.isoformat() if carried else None,
        "carried_times": carried.times if carried else 0,
        "carried_reason": carried.reason if carried else "",
        "tries": dossier.tries,
        "cadence_every": cadence.every if cadence else None,
        "cadence_unit": cadence.unit if cadence else None,
        "cadence_month_day": cadence.month_day if cadence else None,
    }


def dossier_of(row: Row) -> Dossier:
    """The dossier of a row, without its parts."""
    own = {key: value for key, value in row.items() if key not in ("tags", "step_time")}
    dossier = record_of(Dossier, own)
    dossier.tags = json.loads(row["tags"])
    dossier.place = Place.stored(row["place_kind"], row["place_key"])
    if row["step_kind"] is not None:
        dossier.step = record_of(NextStep, _part(row, "step_"))
    if row["carried_origin"] is not None:
        dossier.carried = record_of(Carried, _part(row, "carried_"))
    if row["cadence_every"] is not None:
        dossier.cadence = record_of(Cadence, _part(row, "cadence_"))
    return dossier


def _part(row: Row, prefix: str) -> Row:
    part = {key.removeprefix(prefix): value for key, value in row.items() if key.startswith(prefix)}
    if part.get("time"):
        part["time"] += ":00"
    return part


# The tables below a dossier in the order in which rows can be written; deleting goes
# the other way. A row refers to its person or form by uid until it gets its number.
Key = str | tuple[str, str]
Parts = dict[str, dict[Key, Row]]
PART_TABLES = (
    "person",
    "contact_point",
    "filled_form",
    "answer",
    "history",
    "promise",
    "slip",
    "document",
)
PERSON_FIELDS = (
    "uid",
    "surname",
    "given",
    "patronymic",
    "position",
    "role",
    "main",
    "note",
    "lead_days",
)
POINT_FIELDS = ("uid", "kind", "value", "label", "private")
HISTORY_FIELDS = (
    "uid",
    "at",
    "channel",
    "direction",
    "reached",
    "text",
    "agreed",
    "minutes",
    "author",
    "person_uid",
    "private",
    "thread",
)
PROMISE_FIELDS = ("uid", "side", "text", "due", "kept_on", "private")
SLIP_FIELDS = (
    "uid",
    "kind",
    "on",
    "text",
    "time",
    "minutes",
    "done_on",
    "promise_uid",
    "repeat",
)
DOCUMENT_FIELDS = ("uid", "name", "size", "sha256", "added_on", "private", "version_of")


def part_rows(dossier: Dossier) -> Parts:
    """All rows below the dossier, by table and key."""
    parts: Parts = {table: {} for table in PART_TABLES}
    _add_points(parts, dossier.contact_points, None)
    _add_forms(parts, dossier.forms, None)
    for sort, person in enumerate(dossier.people):
        parts["person"][person.uid] = {**row_of(person, *PERSON_FIELDS), "sort": sort}
        _add_points(parts, person.contact_points, person.uid)
        _add_forms(parts, person.forms, person.uid)
    for table, records, names in (
        # Newest first in the record, oldest first in the table.
        ("history", dossier.history[::-1], HISTORY_FIELDS),
        ("promise", dossier.promises, PROMISE_FIELDS),
        ("slip", dossier.slips, SLIP_FIELDS),
        ("document", dossier.documents, DOCUMENT_FIELDS),
    ):
        parts[table] = {record.uid: row_of(record, *names) for record in records}
    return parts


def _add_points(parts: Parts, points: list[ContactPoint], person: str | None) -> None:
    for sort, point in enumerate(points):
        parts["contact_point"][point.uid] = {
            **row_of(point, *POINT_FIELDS),
            "person_id": person,
            "sort": sort,
            "key": contact_key(point.kind, point.value),
        }


def _add_forms(parts: Parts, forms: list[FilledForm], person: str | None) -> None:
    for form in forms:
        parts["filled_form"][form.uid] = {
            **row_of(form, "uid", "template", "filled_on"),
            "person_id": person,
        }
        for field, answer in form.answers.items():
            parts["answer"][form.uid, field] = {
                **row_of(answer, "source", "confirmed"),
                "form_id": form.uid,
                "field": field,
                "value": json.dumps(answer.value, ensure_ascii=False),
            }


def contact_key(kind: ContactKind, value: str) -> str:
    """By what two writings of one phone or address are known to be the same."""
    return phone_digits(value) if kind is ContactKind.PHONE else fold(value).strip()


def fingerprint(dossier: Dossier) -> str:
    """SHA-256 of what the dossier says, whatever its uids."""
    try:
        said = msgspec.json.encode(dossier)
    except UnicodeEncodeError:  # half a character, as a damaged file may hold
        said = json.dumps(msgspec.to_builtins(dossier)).encode()
    return hashlib.sha256(_UIDS.sub(b"", said)).hexdigest()


# Inside a value these quotes would stand behind a backslash.
_UIDS = re.compile(rb'"(?:uid|person_uid|promise_uid|version_of)": ?"[^"]*"')
