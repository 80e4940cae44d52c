"""Dossiers as a table for other programs."""

from __future__ import annotations

from collections.abc import Iterable

from dossier_app.domain.language import tr
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import Category, ContactKind, ContactPoint, Dossier, Person

_CATEGORY = {Category.END_CUSTOMER: "end customer", Category.PARTNER: "partner"}


def table_of(
    dossiers: Iterable[Dossier], *, include_private: bool = False
) -> tuple[list[str], list[list[str]]]:
    """Headings, and a row for each person and for each dossier without people. Private
    contact points and notes, which those about a person always are, are left out unless
    ``include_private``."""
    head = [
        tr("Full name"), tr("Company"), tr("Position"), tr("Phone"), tr("E-mail"),
        tr("Address"), tr("Website"), tr("Messenger"), tr("Date of birth"), tr("Category"),
        tr("Status"), tr("Source"), tr("Tags"), tr("Next date"), tr("Next step"), tr("Note"),
    ]  # fmt: skip
    rows = [
        _row(dossier, person, is_first=place == 0, include_private=include_private)
        for dossier in dossiers
        for place, person in enumerate(dossier.people or [None])
    ]
    return head, rows


def birth_of(person: Person) -> PartialDate | None:
    """The date of birth in the person's relationship card; None when it is unknown."""
    for form in person.forms:
        answer = form.answers.get("birth") if form.template == "relationship_card" else None
        if answer and isinstance(answer.value, dict) and answer.value.get("date"):
            try:
                return PartialDate.parse(str(answer.value["date"]))
            except ValueError:
                return None
    return None


def _row(
    dossier: Dossier, person: Person | None, *, is_first: bool, include_private: bool
) -> list[str]:
    points = [
        *(person.contact_points if person else []),
        *(dossier.contact_points if is_first else []),
    ]
    shown = [point for point in points if include_private or not point.private]
    notes = []
    if is_first and (include_private or not dossier.note_private):
        notes.append(dossier.note)
    if person and include_private:
        notes.append(person.note)
    birth = birth_of(person) if person else None
    return [
        person.full_name if person else "",
        dossier.company,
        person.position if person else "",
        _joined(shown, ContactKind.PHONE, "; "),
        _joined(shown, ContactKind.EMAIL, "; "),
        _joined(shown, ContactKind.ADDRESS, "\n\n"),
        _joined(shown, ContactKind.WEB, "; "),
        _joined(shown, ContactKind.MESSENGER, "; "),
        _day(birth),
        _CATEGORY.get(dossier.category, ""),
        dossier.status,
        dossier.source,
        ", ".join(dossier.tags),
        dossier.place.key,
        dossier.step.text if dossier.step else "",
        "\n".join(filter(None, notes)),
    ]


def _day(birth: PartialDate | None) -> str:
    """As ISO has it; without a year "29.02", which nobody reads month first."""
    if birth is None or birth.year is not None:
        return str(birth or "")
    return f"{birth.day:02d}.{birth.month:02d}"


def _joined(points: list[ContactPoint], kind: ContactKind, between: str) -> str:
    return between.join(point.value for point in points if point.kind is kind)
