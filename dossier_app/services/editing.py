"""Changing what a dossier says, one thing at a time: each function is one undo."""

from __future__ import annotations

import re
from typing import Any

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.slips import fill
from dossier_app.domain.language import tr
from dossier_app.domain.names import parse_name
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person, Role
from dossier_app.services.calendar import working_calendar
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.forms import find_form
from dossier_app.services.settings import load as load_settings
from dossier_app.services.templates import templates


def set_answer(
    uid: str,
    template: str,
    person_uid: str,
    key: str,
    value: Any,
    source: str = "",
    form_uid: str = "",
) -> Changes:
    """Set the field ``key`` of a form to ``value`` of the field's shape, heard from
    ``source`` and confirmed today; None takes the answer away. What hangs on it, a slip
    or a date that follows, goes along (`domain.forms.slips.fill`).

    ``person_uid`` is empty for a form about the dossier; ``form_uid`` is the sheet meant
    when there are several.
    """
    dossier = load_dossier(uid)
    person = _person(dossier, person_uid) if person_uid else None
    fill(
        templates()[template],
        dossier,
        person,
        key,
        value,
        source=source.strip(),
        confirmed=clock.today(),
        next_working=working_calendar(load_settings()).next_working,
        form=find_form(dossier, form_uid)[0] if form_uid else None,
    )
    return save_dossier(dossier)


def add_person(uid: str, name: str) -> tuple[Changes, str]:
    """Add somebody by a name as it is said; returns the uid too. The first one becomes
    the main contact."""
    parsed = parse_name(name)
    person = Person(parsed.surname, parsed.given, parsed.patronymic)
    if not person.full_name:
        raise Refusal(tr("A person needs a name."))
    dossier = load_dossier(uid)
    person.main = not dossier.people
    dossier.people.append(person)
    return save_dossier(dossier), person.uid


def set_person(uid: str, person_uid: str, key: str, value: Any) -> Changes:
    """Set a person's ``name`` (a dict of surname, given, patronymic), ``position``,
    ``note`` or ``role``; None empties it."""
    dossier = load_dossier(uid)
    person = _person(dossier, person_uid)
    match key:
        case "name":
            name = value or {}
            person.surname, person.given = name.get("surname", ""), name.get("given", "")
            person.patronymic = name.get("patronymic", "")
        case "role":
            person.role = Role(value) if value else Role.UNKNOWN
        case "position":
            person.position = value or ""
        case "note":
            person.note = value or ""
        case _:
            raise ValueError(f"a person has no {key!r}")
    return save_dossier(dossier)


def make_main(uid: str, person_uid: str) -> Changes:
    """Make somebody the main contact in place of whoever was."""
    dossier = load_dossier(uid)
    wanted = _person(dossier, person_uid)
    for person in dossier.people:
        person.main = person is wanted
    return save_dossier(dossier)


def remove_person(uid: str, person_uid: str) -> Changes:
    """Take a person with all that is known of them out; the history stays."""
    dossier = load_dossier(uid)
    dossier.people.remove(_person(dossier, person_uid))
    return save_dossier(dossier)


def put_point(uid: str, person_uid: str, point: ContactPoint) -> Changes:
    """Add a contact point, or change the one with its uid. An empty ``person_uid`` means
    the company's own."""
    point.value, point.label = point.value.strip(), point.label.strip()
    if not point.value:
        raise Refusal(tr("A phone, address or e-mail is missing."))
    dossier = load_dossier(uid)
    points = _points(dossier, person_uid)
    known = next((n for n, old in enumerate(points) if old.uid == point.uid), len(points))
    points[known : known + 1] = [point]
    return save_dossier(dossier)


def remove_point(uid: str, person_uid: str, point_uid: str) -> Changes:
    """Take a contact point out."""
    dossier = load_dossier(uid)
    points = _points(dossier, person_uid)
    points[:] = [point for point in points if point.uid != point_uid]
    return save_dossier(dossier)


def set_note(uid: str, text: str, *, private: bool) -> Changes:
    """The dossier's own note; a private one is not printed on discreet pages."""
    dossier = load_dossier(uid)
    dossier.note, dossier.note_private = text.strip(), private
    return save_dossier(dossier)


def likely_kind(text: str) -> ContactKind:
    """What a contact point is by its look: an e-mail, a website, a phone or an address."""
    text = text.strip()
    if "@" in text and " " not in text:
        return ContactKind.MESSENGER if text.startswith("@") else ContactKind.EMAIL
    if re.match(r"(https?://|www\.)", text, re.IGNORECASE):
        return ContactKind.WEB
    letters = sum(map(str.isalpha, text))
    return ContactKind.ADDRESS if letters > sum(map(str.isdigit, text)) else ContactKind.PHONE


def _person(dossier: Dossier, person_uid: str) -> Person:
    for person in dossier.people:
        if person.uid == person_uid:
            return person
    raise Refusal(tr("This person is no longer in the dossier."))


def _points(dossier: Dossier, person_uid: str) -> list[ContactPoint]:
    return (_person(dossier, person_uid) if person_uid else dossier).contact_points
