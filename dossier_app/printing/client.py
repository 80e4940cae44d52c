"""The head of all pages about one client: who it is, in the largest type."""

from __future__ import annotations

from dossier_app.domain.datewords import weekday
from dossier_app.domain.language import tr
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person
from dossier_app.printing.blocks import Block, Row, Text
from dossier_app.printing.style import BODY, LEAD, MM, NAME, NUMBER

_NUMBER_WIDTH = 34 * MM


def client_name(dossier: Dossier, person: Person | None) -> str:
    """What the client is called on paper: never by a number or address that is private."""
    name = (person.full_name if person else "") or dossier.company
    return name or ("" if dossier.name_is_private else dossier.name) or tr("No name")


def client_head(
    dossier: Dossier, person: Person | None, *, private: bool, address: str = ""
) -> Row:
    """Name, work, phone and mail at the left; the day of the next step, as large as on a
    divider, at the right."""
    names, work = [dossier.company or client_name(dossier, person)], ""
    if person and person.full_name:
        names = [person.surname, f"{person.given} {person.patronymic}".strip()]
        work = ", ".join(part for part in (person.position, dossier.company) if part)
    points = all_points(dossier, person)
    phones = values_of(points, ContactKind.PHONE, private=private)
    emails = values_of(points, ContactKind.EMAIL, private=private)
    # Who is called by a number alone is not called so twice.
    reach = " · ".join(value for value in (*phones[:2], *emails[:1]) if value not in names)
    left: list[Block] = [Text(name, NAME, limit=2) for name in names if name]
    left += [
        Text(text, LEAD, limit=2, above=3 if place == 0 else 0)
        for place, text in enumerate(filter(None, (work, reach)))
    ]
    if address:
        left.append(Text(address, BODY, limit=2))
    day = dossier.place.date
    if day is None:
        return Row([left], [0])
    number = Text(str(day.day), NUMBER, align="right")
    return Row([left, [number, Text(weekday(day), BODY, align="right")]], [0, _NUMBER_WIDTH])


def all_points(dossier: Dossier, person: Person | None) -> list[ContactPoint]:
    """The person's contact points, then the dossier's own."""
    return [*(person.contact_points if person else []), *dossier.contact_points]


def values_of(points: list[ContactPoint], kind: ContactKind, *, private: bool) -> list[str]:
    """Values of the contact points of one kind that may be printed, each once."""
    values = [p.value for p in points if p.kind is kind and (private or not p.private)]
    return list(dict.fromkeys(values))
