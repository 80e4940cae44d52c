"""What lies in the binder: counts for the tabs, rows for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from dossier_app.domain.place import Place, PlaceKind
from dossier_app.domain.records import Role, Side, SlipKind, StepKind
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.storage.connection import database
from dossier_app.storage.titles import FIRST_POINT, FIRST_POINT_PRIVATE


@dataclass(frozen=True, slots=True)
class Weight:
    """How much lies at one place: dossiers and their expected minutes."""

    place: Place
    contacts: int
    minutes: int


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Places of one kind whose key lies between ``first`` and ``last``, both included."""

    kind: PlaceKind
    first: str = ""
    last: str = "9999-99"


def weights(ranges: Iterable[KeyRange]) -> list[Weight]:
    """What lies at each place of the ranges; places with nothing are left out."""
    found = []
    for part in ranges:
        rows = database.execute_sql(
            "SELECT place_kind, place_key, count(*), sum(step_minutes) FROM dossier "
            "WHERE place_kind = ? AND place_key BETWEEN ? AND ? GROUP BY place_kind, place_key",
            (str(part.kind), part.first, part.last),
        )
        found += [Weight(Place.stored(kind, key), count, total) for kind, key, count, total in rows]
    return found


def slip_weights(first: date = date.min, last: date = date.max) -> dict[date, tuple[int, int]]:
    """Open slips by date: how many, and their minutes."""
    rows = database.execute_sql(
        'SELECT "on", count(*), sum(minutes) FROM slip '
        'WHERE done_on IS NULL AND "on" BETWEEN ? AND ? GROUP BY "on"',
        (first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(on): (count, minutes) for on, count, minutes in rows}


_PHONE = """(SELECT value FROM contact_point c WHERE c.dossier_id = d.id AND c.kind = 'phone'
   ORDER BY c.person_id IS NOT p.id, c.sort LIMIT 1)"""
# The company; without one, and without a person either, what stands for the name. Then
# whether that is private.
_IS_NAMELESS = "coalesce(nullif(d.company, ''), p.surname || p.given, '') = ''"
_COMPANY = f"CASE WHEN {_IS_NAMELESS} THEN coalesce({FIRST_POINT}, '') ELSE d.company END"
_COMPANY_PRIVATE = f"CASE WHEN {_IS_NAMELESS} THEN {FIRST_POINT_PRIVATE} END"
_COLUMNS = f"""d.uid, {_COMPANY}, {_COMPANY_PRIVATE}, d.place_kind, d.place_key, d.step_kind,
  d.step_text, d.step_time, d.step_minutes, d.step_fixed, d.tries, d.carried_times,
  d.carried_origin, d.tags, p.surname, p.given, p.position, p.role, h.text, h.at,
  {_PHONE},
  (SELECT value FROM contact_point c WHERE c.dossier_id = d.id AND c.kind = 'email'
   ORDER BY c.person_id IS NOT p.id, c.sort LIMIT 1)"""
_JOINS = """LEFT JOIN person p ON p.id = (
    SELECT id FROM person WHERE dossier_id = d.id ORDER BY main DESC, sort LIMIT 1)
  LEFT JOIN history h ON h.id = (
    SELECT id FROM history WHERE dossier_id = d.id ORDER BY at DESC, id DESC LIMIT 1)"""


def dossier_sheets(ranges: Iterable[KeyRange]) -> list[Sheet]:
    """The dossiers that lie at the places of ``ranges``, by place and time."""
    found = []
    for part in ranges:
        rows = database.execute_sql(
            f"SELECT {_COLUMNS} FROM dossier d {_JOINS} "
            "WHERE d.place_kind = ? AND d.place_key BETWEEN ? AND ? "
            "ORDER BY d.place_key, d.step_time IS NULL, d.step_time, d.id",
            (str(part.kind), part.first, part.last),
        )
        found += [_sheet(row) for row in rows.fetchall()]
    return found


def slip_sheets(first: date, last: date) -> list[Sheet]:
    """Open slips and loose sheets with a date from ``first`` to ``last``."""
    rows = database.execute_sql(
        f"""SELECT s.uid, s.kind, s."on", s.text, s.time, s.minutes, d.uid, {_COMPANY},
              {_COMPANY_PRIVATE}, p.surname, p.given, p.position, {_PHONE}
        FROM slip s LEFT JOIN dossier d ON d.id = s.dossier_id {_JOINS}
        WHERE s.done_on IS NULL AND s."on" BETWEEN ? AND ?
        ORDER BY s."on", s.time IS NULL, s.time, s.id""",
        (first.isoformat(), last.isoformat()),
    )
    return [_slip_sheet(row) for row in rows.fetchall()]


@dataclass(frozen=True, slots=True)
class DuePromise:
    """An open promise that is due soon, and of whose dossier."""

    dossier_uid: str
    who: str
    side: Side
    text: str
    due: date


def promises_due(last: date) -> list[DuePromise]:
    """Open promises due on or before ``last``, the oldest first."""
    rows = database.execute_sql(
        f"""SELECT d.uid, p.surname, p.given, {_COMPANY}, r.side, r.text, r.due
        FROM promise r JOIN dossier d ON d.id = r.dossier_id {_JOINS}
        WHERE r.kept_on IS NULL AND r.due <= ? AND d.place_kind != 'closed'
        ORDER BY r.due, r.id""",
        (last.isoformat(),),
    )
    return [
        DuePromise(
            uid, client_title(surname, given, company), Side(side), text, date.fromisoformat(due)
        )
        for uid, surname, given, company, side, text, due in rows.fetchall()
    ]


def _sheet(row: tuple[Any, ...]) -> Sheet:
    (
        uid,
        company,
        is_private,
        place_kind,
        place_key,
        step_kind,
        step_text,
        step_time,
        minutes,
        fixed,
        tries,
        carried,
        carried_from,
        tags,
        surname,
        given,
        position,
        role,
        last,
        at,
        phone,
        email,
    ) = row
    title = client_title(surname, given, company)
    return Sheet(
        type=SheetType.DOSSIER,
        uid=uid,
        dossier_uid=uid,
        title=title,
        title_is_private=bool(is_private),
        company=company if title != company else "",
        position=position or "",
        role=Role(role) if role else Role.UNKNOWN,
        on=date.fromisoformat(place_key) if place_kind == PlaceKind.DAY else None,
        time=time.fromisoformat(step_time) if step_time else None,
        kind=StepKind(step_kind) if step_kind else StepKind.CALL,
        todo=step_text,
        minutes=minutes,
        fixed=bool(fixed),
        last=" ".join((last or "").split()),
        last_on=date.fromisoformat(at[:10]) if at else None,
        phone=phone or "",
        email=email or "",
        tries=tries,
        carried=carried,
        carried_from=date.fromisoformat(carried_from) if carried_from else None,
        is_new=at is None,
        tags=_tags(tags),
    )


def _slip_sheet(row: tuple[Any, ...]) -> Sheet:
    uid, kind, on, text, moment, minutes, dossier, company, is_private, *rest = row
    surname, given, position, phone = rest
    return Sheet(
        type=SheetType.SLIP if dossier else SheetType.LOOSE,
        uid=uid,
        dossier_uid=dossier or "",
        title=client_title(surname, given, company or ""),
        title_is_private=bool(is_private),
        company=(company or "") if surname or given else "",
        position=position or "",
        on=date.fromisoformat(on),
        time=time.fromisoformat(moment) if moment else None,
        kind=StepKind.OTHER,
        slip_kind=SlipKind(kind),
        todo=text,
        minutes=minutes,
        phone=phone or "",
    )


def client_title(surname: str | None, given: str | None, company: str) -> str:
    """What a client is called in a row: the person, else the company."""
    return " ".join(part for part in (surname, given) if part) or company


def _tags(stored: str) -> tuple[str, ...]:
    if stored == "[]":
        return ()
    import json

    return tuple(json.loads(stored))


def contacted(day: date) -> set[str]:
    """uids of the dossiers with a contact on the local date ``day``; notes are none."""
    rows = database.execute_sql(
        "SELECT DISTINCT d.uid FROM history h JOIN dossier d ON d.id = h.dossier_id "
        "WHERE h.at >= ? AND h.at < ? AND h.channel != 'note'",
        (day.isoformat(), (day + timedelta(days=1)).isoformat()),
    )
    return {uid for (uid,) in rows.fetchall()}
