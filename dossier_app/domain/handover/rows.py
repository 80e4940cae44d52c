"""A dossier as rows of plain values, so that two states of it can be compared.

Above `dossier_app.domain.parts`: the same keys, but each record as the JSON it travels in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dossier_app.domain.parts import Part, answer_key, dossier_from, parts_of, value_names
from dossier_app.domain.records import (
    Answer,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Promise,
    Slip,
)

# The kinds of rows and the lists they stand in; what is referred to comes first.
KINDS: dict[str, tuple[type, str]] = {
    "dossier": (Dossier, ""),
    "person": (Person, "people"),
    "contact_point": (ContactPoint, "contact_points"),
    "form": (FilledForm, "forms"),
    "answer": (Answer, "answers"),
    "history": (HistoryEntry, "history"),
    "promise": (Promise, "promises"),
    "slip": (Slip, "slips"),
    "document": (Document, "documents"),
}
_KIND_OF = {record: kind for kind, (record, _) in KINDS.items()}
# Where a dossier lies and what is to be done there is one thing: half of it makes no sense.
PLAN = ("place", "step", "carried", "tries", "closed_on", "closed_reason")
MAIN = "main_person"


class Unfit(ValueError):
    """Rows that are no dossier. Only a damaged or hostile package has such."""


@dataclass(slots=True)
class Row:
    """One record: its kind, its own values as JSON, and the key of the row that it belongs
    to ("" for the dossier). ``field`` is the key of an answer's field."""

    kind: str
    values: dict[str, Any]
    owner: str = ""
    field: str = ""


Rows = dict[str, Row]


@dataclass(slots=True)
class Delta:
    """What is different in a dossier: new rows whole, of known ones the values that
    changed, and the keys of those that are gone."""

    uid: str
    set: dict[str, Row] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


def rows_of(dossier: Dossier) -> Rows:
    """All rows of the dossier by key, the dossier's own row first."""
    rows = {}
    for key, part in parts_of(dossier).items():
        names = value_names(part.record)
        values = {name: msgspec.to_builtins(getattr(part.record, name)) for name in names}
        owner = "" if part.owner == dossier.uid else part.owner
        rows[key] = Row(_KIND_OF[type(part.record)], values, owner, part.field)
        # Who is the main contact is one fact about the dossier, not one about each person.
        values.pop("main", None)
    own = rows[dossier.uid].values
    own["place"] = {name: own.pop(name) for name in PLAN}
    own[MAIN] = next((person.uid for person in dossier.people if person.main), "")
    return rows


def dossier_of(uid: str, rows: Mapping[str, Row]) -> Dossier:
    """The dossier that `rows_of` took apart. Raises Unfit when they are none."""
    order = list(KINDS)
    try:
        ordered = sorted(rows.items(), key=lambda item: order.index(item[1].kind))
        main = rows[uid].values[MAIN]
        dossier = dossier_from(
            {key: _part(uid, key, row, is_main=key == main) for key, row in ordered}
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unfit(str(error)) from error
    if len(parts_of(dossier)) != len(rows):
        raise Unfit("rows that do not belong together")
    dossier.history.sort(key=lambda entry: entry.at, reverse=True)
    return dossier


def difference(uid: str, base: Mapping[str, Row], now: Mapping[str, Row]) -> Delta:
    """What `applied` must be given with ``base`` to get ``now``."""
    delta = Delta(uid)
    for key, row in now.items():
        old = base.get(key)
        if old is None:
            delta.set[key] = row
        elif row != old:
            changed = {
                name: value for name, value in row.values.items() if _differs(old, name, value)
            }
            delta.set[key] = Row(row.kind, changed, row.owner, row.field)
    delta.gone = [key for key in base if key not in now]
    return delta


def applied(base: Mapping[str, Row], delta: Delta) -> Rows:
    """``base`` with the changes of ``delta``; rows of a kind that is not known here are
    passed over."""
    rows = {key: row for key, row in base.items() if key not in delta.gone}
    for key, row in delta.set.items():
        if row.kind in KINDS:
            old = rows[key].values if key in rows else {}
            rows[key] = Row(row.kind, {**old, **row.values}, row.owner, row.field)
    return rows


def _differs(row: Row, name: str, value: Any) -> bool:
    return name not in row.values or row.values[name] != value


def _part(uid: str, key: str, row: Row, *, is_main: bool) -> Part:
    kind, shelf = KINDS[row.kind]
    values = dict(row.values)
    if row.kind == "dossier":
        if row.owner:
            raise Unfit("a dossier within something")
        values.update(values.pop("place"))
        del values[MAIN]
    elif row.kind == "person":
        values["main"] = is_main
    if row.kind == "answer":
        if key != answer_key(row.owner, row.field):
            raise Unfit("an answer under another key")
    else:
        values["uid"] = key
    owner = "" if row.kind == "dossier" else row.owner or uid
    return Part(msgspec.convert(values, kind), owner, shelf, row.field)
