"""Every dossier as one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from dossier_app.domain.place import Place
from dossier_app.storage.connection import database
from dossier_app.storage.sheets import KeyRange


@dataclass(slots=True)
class Listed:
    """Name, company, place and how to reach the client."""

    uid: str
    name: str
    company: str
    place: Place
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


def listed_dossiers(ranges: Iterable[KeyRange]) -> list[Listed]:
    """The dossiers at the places of ``ranges``, in the order in which they were made."""
    points: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for dossier_id, kind, value in database.execute_sql(
        "SELECT dossier_id, kind, value FROM contact_point "
        "WHERE kind IN ('phone', 'email') ORDER BY person_id, sort"
    ).fetchall():
        points[dossier_id][kind].append(value)
    found: list[tuple[int, Listed]] = []
    for part in ranges:
        rows = database.execute_sql(
            """SELECT d.id, d.uid, d.company, d.place_kind, d.place_key,
                 p.surname, p.given, p.patronymic
            FROM dossier d LEFT JOIN person p ON p.id = (
              SELECT id FROM person WHERE dossier_id = d.id ORDER BY main DESC, sort LIMIT 1)
            WHERE d.place_kind = ? AND d.place_key BETWEEN ? AND ?""",
            (str(part.kind), part.first, part.last),
        ).fetchall()
        for dossier_id, uid, company, place_kind, place_key, *name in rows:
            own = points[dossier_id]
            known_as = " ".join(text for text in name if text) or company
            line = Listed(
                uid,
                known_as or next(iter([*own["phone"], *own["email"]]), ""),
                company,
                Place.stored(place_kind, place_key),
                own["phone"],
                own["email"],
            )
            found.append((dossier_id, line))
    return [line for _, line in sorted(found, key=lambda item: item[0])]
