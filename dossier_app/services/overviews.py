"""Reading one dossier for the window: what to know of it, and its forms line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dossier_app.domain.documents import Versions, with_versions
from dossier_app.domain.forms.filling import answers_of, completeness, is_old
from dossier_app.domain.forms.template import Field, FieldType, Template, Text
from dossier_app.domain.forms.values import cells_of, fits, text_of
from dossier_app.domain.overview import Overview, overview
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
)
from dossier_app.services.settings import Settings
from dossier_app.services.templates import card
from dossier_app.storage import dossiers

_CALLED = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.MESSENGER)


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier with its overview on ``today``; private facts are in it."""

    dossier: Dossier
    overview: Overview
    today: date

    @property
    def history(self) -> Sequence[HistoryEntry]:
        """Newest first."""
        return self.dossier.history

    @property
    def documents(self) -> Sequence[Versions]:
        """Each with its versions; that with the newest addition first."""
        return with_versions(self.dossier.documents)

    def person(self, uid: str) -> Person | None:
        return next((person for person in self.dossier.people if person.uid == uid), None)

    def reached_by(self) -> list[tuple[ContactPoint, Person | None]]:
        """Phones, e-mails and messengers with their owners: the main contact first, then
        the other people, then the company (None)."""
        people = [self.overview.person] if self.overview.person else []
        owners: list[Person | None] = [*people, *self.overview.others, None]
        return [
            (point, owner)
            for owner in owners
            for point in (owner or self.dossier).contact_points
            if point.kind in _CALLED
        ]

    def main_phone(self) -> str:
        """The number to call first; empty when there is none."""
        phones = (p.value for p, _ in self.reached_by() if p.kind is ContactKind.PHONE)
        return next(phones, "")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One field of a form as it stands: ``value`` (None for empty) and the same in words;
    of a table in ``rows`` too. ``asked`` is false for an answer that the form no longer
    asks, ``fits`` for one to what the field was before it was changed.
    """

    field: Field
    value: Any = None
    text: str = ""
    rows: Sequence[Sequence[tuple[str, str]]] = ()
    fits: bool = True
    source: str = ""
    confirmed: date | None = None
    old: bool = False
    asked: bool = True


def dossier_view(uid: str, today: date, settings: Settings) -> DossierView:
    """Raises Refusal when there is no such dossier."""
    dossier = dossiers.load(uid)
    known = overview(
        dossier, today, card(), private=True, leap_day_in_march=settings.leap_day_in_march
    )
    return DossierView(dossier, known, today)


def form_lines(
    template: Template,
    dossier: Dossier,
    person: Person | None,
    today: date,
    form: FilledForm | None = None,
) -> list[FormLine]:
    """Every field that is asked, filled or not; then old answers to what is not. ``form``
    is the sheet meant when there are several."""
    answers = answers_of(template, dossier, person, form=form)
    fields = [item for item in template.fields if not item.retired or item.key in answers]
    known = {item.key for item in template.fields}
    fields += [
        Field(key, FieldType.TEXT, Text(key, key), private=True, retired=True)
        for key in answers
        if key not in known
    ]
    return [_line(item, answers.get(item.key), dossier, today) for item in fields]


def filled(template: Template, dossier: Dossier, person: Person | None) -> tuple[int, int]:
    """How many of the fields are filled, and how many there are."""
    return completeness(template, dossier, person)


def _line(field: Field, answer: Answer | None, dossier: Dossier, today: date) -> FormLine:
    if answer is None:
        return FormLine(field)
    return FormLine(
        field,
        answer.value,
        text_of(field, answer.value, dossier.people),
        cells_of(field, answer.value, dossier.people),
        fits(field, answer.value),
        answer.source,
        answer.confirmed,
        is_old(answer, today),
        not field.retired,
    )
