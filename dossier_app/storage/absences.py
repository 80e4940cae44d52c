"""Absences that the rep plans, and what a plan needs to know of the dossiers in it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date

from peewee import chunked

from dossier_app.domain.handover.absence import Absence, Notes, PlannedDossier
from dossier_app.domain.handover.privacy import NOTES
from dossier_app.domain.place import Place
from dossier_app.domain.records import Promise
from dossier_app.storage.connection import database
from dossier_app.storage.models import AbsenceRow
from dossier_app.storage.rows import PROMISE_FIELDS, Row, record_of, row_of
from dossier_app.storage.sheets import client_title
from dossier_app.storage.titles import FIRST_POINT

_FIELDS = ("uid", "first_day", "last_day", "reason")
_JSON = ("chosen", "terms")
_BATCH = 500
_TOLD = "told"  # the question of the notes whether the client was told in person


def save(absence: Absence) -> None:
    """Write an absence, a new one too."""
    row: Row = row_of(absence, *_FIELDS, *_JSON)
    for name in _JSON:
        row[name] = json.dumps(row[name], ensure_ascii=False)
    if not AbsenceRow.update(row).where(AbsenceRow.uid == absence.uid).execute():
        AbsenceRow.create(**row)


def delete(uid: str) -> None:
    AbsenceRow.delete().where(AbsenceRow.uid == uid).execute()


def all_absences() -> list[Absence]:
    """Every absence, the latest first."""
    query = AbsenceRow.select().order_by(AbsenceRow.first_day.desc(), AbsenceRow.id.desc())
    return [_absence(row) for row in query]


def planned(uids: Iterable[str], questions: Collection[str]) -> dict[str, PlannedDossier]:
    """These dossiers with their names, places and handover notes, but nothing to do yet.
    ``questions`` are the fields of the notes that the rep answers for the colleague."""
    asked = ", ".join("?" * len(questions))
    found: dict[str, PlannedDossier] = {}
    for part in chunked(uids, _BATCH):
        rows = database.execute_sql(
            f"""SELECT d.uid, d.company, d.place_kind, d.place_key, p.surname, p.given,
              {FIRST_POINT}, f.uid,
              (SELECT count(*) FROM answer WHERE form_id = f.id AND field IN ({asked})),
              a.value
            FROM dossier d
            LEFT JOIN person p ON p.id = (
              SELECT id FROM person WHERE dossier_id = d.id ORDER BY main DESC, sort LIMIT 1)
            LEFT JOIN filled_form f ON f.id = (
              SELECT max(id) FROM filled_form WHERE dossier_id = d.id AND template = ?)
            LEFT JOIN answer a ON a.form_id = f.id AND a.field = ?
            WHERE d.uid IN ({", ".join("?" * len(part))})""",
            (*questions, NOTES, _TOLD, *part),
        )
        for uid, company, kind, key, surname, given, point, *notes in rows.fetchall():
            name = client_title(surname, given, company) or point or ""
            beside = company if company != name else ""
            found[uid] = PlannedDossier(
                uid, name, beside, Place.stored(kind, key), notes=_notes(*notes)
            )
    return found


def promises_due(first: date, last: date) -> dict[str, list[Promise]]:
    """By dossier the open promises of both sides that are due from ``first`` to ``last``."""
    rows = database.execute_sql(
        f"SELECT d.uid, {', '.join(f'r.{name}' for name in PROMISE_FIELDS)} "
        "FROM promise r JOIN dossier d ON d.id = r.dossier_id "
        "WHERE r.kept_on IS NULL AND r.due BETWEEN ? AND ? ORDER BY r.due, r.id",
        (str(first), str(last)),
    )
    found: dict[str, list[Promise]] = {}
    for uid, *values in rows.fetchall():
        promise = record_of(Promise, dict(zip(PROMISE_FIELDS, values, strict=True)))
        found.setdefault(uid, []).append(promise)
    return found


def _absence(row: AbsenceRow) -> Absence:
    values: Row = {name: getattr(row, name) for name in _FIELDS}
    values |= {name: json.loads(getattr(row, name)) for name in _JSON}
    return record_of(Absence, values)


def _notes(form: str | None, known: int, told: str | None) -> Notes:
    return Notes(form or "", known, json.loads(told) if told else None)
