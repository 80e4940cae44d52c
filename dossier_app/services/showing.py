"""A dossier as plain data for scripts: the keys are those of the command line contract."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from dossier_app.domain import clock
from dossier_app.domain.binder import TRAYS, Slot
from dossier_app.domain.forms.filling import answers_of
from dossier_app.domain.place import Place
from dossier_app.domain.place_words import slot_name
from dossier_app.domain.records import ContactPoint, Dossier, FilledForm, Person
from dossier_app.services.templates import CARD, templates
from dossier_app.storage import dossiers

Json = dict[str, Any]


def place_data(place: Place) -> Json:
    return {
        "kind": str(place.kind),
        "date": str(place.date) if place.date else None,
        "month": str(place.month) if place.month else None,
    }


def slot_data(slot: Slot) -> Json:
    """A divider as an address; trays are called by their kind."""
    return {
        "kind": "tray" if slot.kind in TRAYS else str(slot.kind),
        "name": str(slot.kind) if slot.kind in TRAYS else slot_name(slot),
        "number": slot.number,
        "date": str(slot.date) if slot.date else None,
        "month": str(slot.month) if slot.month else None,
    }


def dossier_data(dossier: Dossier) -> Json:
    """The whole dossier."""
    step = msgspec.to_builtins(dossier.step) if dossier.step else None
    if step is not None:
        step["date"] = str(dossier.place.date) if dossier.place.date else None
        step["time"] = step["time"][:5] if step["time"] else None
    return {
        "uid": dossier.uid,
        "name": dossier.name,
        "company": dossier.company,
        "category": str(dossier.category),
        "status": dossier.status,
        "source": dossier.source,
        "tags": dossier.tags,
        "place": place_data(dossier.place),
        "next_step": step,
        "cadence": msgspec.to_builtins(dossier.cadence),
        "carried": msgspec.to_builtins(dossier.carried),
        "tries": dossier.tries,
        "people": [_person(dossier, person) for person in dossier.people],
        "contact_points": [_point(point) for point in dossier.contact_points],
        "forms": _forms(dossier.forms),
        "sheets": _sheets(dossier.forms),
        "history": msgspec.to_builtins(dossier.history),
        "documents": msgspec.to_builtins(dossier.documents),
        "promises": msgspec.to_builtins(dossier.promises),
        "slips": msgspec.to_builtins(dossier.slips),
        "note": dossier.note,
        "closed_on": str(dossier.closed_on) if dossier.closed_on else None,
        "closed_reason": dossier.closed_reason,
    }


def person_data(dossier: Dossier, person: Person) -> Json:
    """Everything that is kept about one person: what a client may ask to be told."""
    return {
        "kept_on": str(clock.today()),
        "dossier": dossier.uid,
        "company": dossier.company,
        **_person(dossier, person),
        "sources": {
            form.template: {
                key: {
                    "source": answer.source,
                    "confirmed": str(answer.confirmed) if answer.confirmed else None,
                }
                for key, answer in form.answers.items()
            }
            for form in person.forms
        },
        "history": [
            entry
            for entry in msgspec.to_builtins(dossier.history)
            if entry["person_uid"] in ("", person.uid)
        ],
        "promises": msgspec.to_builtins(dossier.promises),
    }


def export_json(uids: list[str] | None = None) -> tuple[bytes, int]:
    """All (or the given) dossiers as JSON, in the order in which they were made.

    The same binder gives the same bytes, so that two states can be compared.
    """
    wanted = dossiers.all_uids() if uids is None else uids
    data = [dossier_data(dossiers.load(uid)) for uid in wanted]
    return json.dumps(data, ensure_ascii=False, indent=1).encode(), len(data)


def _person(dossier: Dossier, person: Person) -> Json:
    forms = _forms(person.forms)
    # The card shows the dossier's own data in its first fields, not a second copy.
    card = answers_of(templates()[CARD], dossier, person)
    forms[CARD] = {key: answer.value for key, answer in card.items()}
    return {
        "uid": person.uid,
        "surname": person.surname,
        "given": person.given,
        "patronymic": person.patronymic,
        "position": person.position,
        "role": str(person.role),
        "main": person.main,
        "note": person.note,
        "contact_points": [_point(point) for point in person.contact_points],
        "forms": forms,
        "sheets": _sheets(person.forms),
    }


def _point(point: ContactPoint) -> Json:
    return {
        "kind": str(point.kind),
        "value": point.value,
        "label": point.label,
        "private": point.private,
    }


def _forms(forms: list[FilledForm]) -> Json:
    """The newest answers of each template."""
    ordered = sorted(forms, key=lambda form: str(form.filled_on or ""))
    return {
        form.template: {key: answer.value for key, answer in form.answers.items()}
        for form in ordered
    }


def _sheets(forms: list[FilledForm]) -> list[Json]:
    """Every filled form, also where there are several of one template."""
    return [
        {
            "uid": form.uid,
            "template": form.template,
            "filled_on": str(form.filled_on) if form.filled_on else None,
            "answers": {key: answer.value for key, answer in form.answers.items()},
        }
        for form in forms
    ]
