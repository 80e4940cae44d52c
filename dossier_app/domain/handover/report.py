"""What a colleague did in an absence, for who was away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.handover.rows import Rows, rows_of
from dossier_app.domain.place import Place
from dossier_app.domain.records import (
    Channel,
    Document,
    Dossier,
    HistoryEntry,
    NextStep,
    Promise,
    Slip,
)

_Record = TypeVar("_Record")
_FACTS = ("dossier", "person", "contact_point", "answer")  # what `changed` counts
_PLACE = "place"


@dataclass(frozen=True, slots=True)
class DossierReport:
    """What the colleague did with one dossier.

    ``contacts`` are his, the oldest first, each with its author. ``before`` is where the
    dossier lay when it went, ``place`` and ``step`` where it lies now; ``refiled`` that the
    colleague moved it. ``made`` are promises that he noted, ``kept`` those that were kept
    with him, ``open`` those that are open now and are his or were due in his days.
    ``ticked`` are slips that he did. ``changed`` is the number of facts with another value.
    """

    uid: str
    name: str
    company: str
    before: Place
    place: Place
    step: NextStep | None
    name_is_private: bool = False  # a private number
    refiled: bool = False
    contacts: list[HistoryEntry] = field(default_factory=list)
    made: list[Promise] = field(default_factory=list)
    kept: list[Promise] = field(default_factory=list)
    open: list[Promise] = field(default_factory=list)
    ticked: list[Slip] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    changed: int = 0

    @property
    def is_touched(self) -> bool:
        """True when anything was done."""
        done = (self.contacts, self.made, self.kept, self.ticked, self.documents)
        return any(done) or self.refiled or bool(self.changed)


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of a report; ``contacts`` without notes, ``reached`` of them."""

    contacts: int = 0
    reached: int = 0
    dossiers: int = 0
    touched: int = 0
    promises_made: int = 0
    promises_kept: int = 0
    promises_open: int = 0
    documents: int = 0

    @property
    def untouched(self) -> int:
        return self.dossiers - self.touched


@dataclass(frozen=True, slots=True)
class HandoverReport:
    """One colleague's part. ``loose`` are the loose sheets as he left them."""

    handover: Handover
    dossiers: list[DossierReport]
    loose: list[Slip] = field(default_factory=list)

    @property
    def totals(self) -> Totals:
        return _totals(self.dossiers)


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """A whole absence, by handovers."""

    absence: Absence
    handovers: list[HandoverReport]

    @property
    def totals(self) -> Totals:
        return _totals(one for part in self.handovers for one in part.dossiers)


def report_of(handover: Handover, now: Dossier, base: Dossier, seen: Rows | None) -> DossierReport:
    """What the colleague did between ``base``, that went along, and ``seen``, that came back
    (None: nothing yet). ``now`` is the dossier as it is here."""
    came = rows_of(base)
    went = came if seen is None else seen
    new = {key: row for key, row in went.items() if key not in came}
    promises = _records(went, "promise", Promise)
    made = _records(new, "promise", Promise)
    own = {promise.uid for promise in made}
    return DossierReport(
        now.uid,
        now.name,
        now.company if now.company != now.name else "",
        base.place,
        now.place,
        now.step,
        name_is_private=now.name_is_private,
        refiled=any(
            row.values[_PLACE] != came[key].values[_PLACE]
            for key, row in went.items()
            if row.kind == "dossier"
        ),
        contacts=_in_order(_records(new, "history", HistoryEntry)),
        made=made,
        kept=[item for item in promises if item.kept_on and _was_open(came, item.uid, "kept_on")],
        open=[
            item
            for item in now.promises
            if item.kept_on is None
            and (item.uid in own or (item.due and handover.overlaps(item.due, item.due)))
        ],
        ticked=[
            slip for slip in slips_in(went) if slip.done_on and _was_open(came, slip.uid, "done_on")
        ],
        documents=_records(new, "document", Document),
        changed=_changed(came, went),
    )


def _in_order(newest_first: list[HistoryEntry]) -> list[HistoryEntry]:
    entries = newest_first[::-1]
    entries.sort(key=lambda entry: entry.at)
    return entries


def slips_in(rows: Rows) -> list[Slip]:
    """The slips among ``rows``."""
    return _records(rows, "slip", Slip)


def _records(rows: Rows, kind: str, record: type[_Record]) -> list[_Record]:
    return [
        msgspec.convert({**row.values, "uid": key}, record)
        for key, row in rows.items()
        if row.kind == kind
    ]


def _was_open(came: Rows, uid: str, done: str) -> bool:
    return uid not in came or came[uid].values[done] is None


def _changed(came: Rows, went: Rows) -> int:
    """How many facts have another value, are new, or are gone."""
    changed = 0
    for key in came.keys() | went.keys():
        before, after = came.get(key), went.get(key)
        row = after or before
        if row is None or row.kind not in _FACTS:
            continue
        if before is None or after is None or row.kind == "answer":
            changed += before != after
        else:
            changed += sum(
                after.values.get(name) != value
                for name, value in before.values.items()
                if name != _PLACE
            )
    return changed


def _totals(dossiers: Iterable[DossierReport]) -> Totals:
    reports = list(dossiers)
    contacts = [
        entry for one in reports for entry in one.contacts if entry.channel is not Channel.NOTE
    ]
    return Totals(
        len(contacts),
        sum(entry.reached for entry in contacts),
        len(reports),
        sum(one.is_touched for one in reports),
        sum(len(one.made) for one in reports),
        sum(len(one.kept) for one in reports),
        sum(len(one.open) for one in reports),
        sum(len(one.documents) for one in reports),
    )
