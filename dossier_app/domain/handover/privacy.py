"""What of a dossier goes along to a colleague: the rule of discreet pages.

With one exception. The fields of the handover notes are private so that they stand on no
paper that lies on the client's table; but the colleague is the one to whom they are written.
So the notes go along whole, whatever the rep chooses for the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dossier_app.domain.documents import key_of
from dossier_app.domain.forms.template import Template, Templates
from dossier_app.domain.forms.values import without_private
from dossier_app.domain.records import (
    Answer,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
    Role,
    SlipKind,
)

NOTES = "handover_notes"
AFTER = "after"  # the group of its questions that the colleague answers


def going_along(
    dossier: Dossier,
    templates: Templates,
    *,
    private: bool,
    author: str,
    left_out: Collection[str] = (),
) -> Dossier:
    """A copy of ``dossier`` as the colleague gets it.

    Without ``private`` nothing is in it that a discreet page does not show, but the notes.
    Documents of which a version has its uid in ``left_out`` stay, those that were added
    later too. Contacts without an author get that of the binder, ``author``: elsewhere an
    empty name would mean somebody else.
    """
    copy = replace(dossier) if private else _discreet(dossier, templates)
    copy.history = [
        entry if entry.author else replace(entry, author=author) for entry in copy.history
    ]
    stay = {key_of(item) for item in dossier.documents if item.uid in left_out}
    copy.documents = [item for item in copy.documents if key_of(item) not in stay]
    return copy


def _discreet(dossier: Dossier, templates: Templates) -> Dossier:
    hidden = {promise.uid for promise in dossier.promises if promise.private}
    return replace(
        dossier,
        note="" if dossier.note_private else dossier.note,
        note_private=False,
        people=[_person(person, templates) for person in dossier.people],
        contact_points=_points(dossier.contact_points),
        forms=[_form(form, templates.get(form.template)) for form in dossier.forms],
        history=[entry for entry in dossier.history if not entry.private],
        promises=[promise for promise in dossier.promises if not promise.private],
        # A birthday that was noted by hand may come from a private field.
        slips=[
            slip
            for slip in dossier.slips
            if slip.kind is not SlipKind.BIRTHDAY and slip.promise_uid not in hidden
        ],
        documents=[document for document in dossier.documents if not document.private],
    )


def _person(person: Person, templates: Templates) -> Person:
    return replace(
        person,
        role=Role.UNKNOWN,
        note="",
        contact_points=_points(person.contact_points),
        forms=[_form(form, templates.get(form.template)) for form in person.forms],
    )


def _points(points: list[ContactPoint]) -> list[ContactPoint]:
    return [point for point in points if not point.private]


def _form(form: FilledForm, template: Template | None) -> FilledForm:
    """The form with what is open in it. An empty one goes too, so that what the colleague
    fills in comes back into the same form."""
    if form.template == NOTES:
        return form
    answers = {}
    for key, answer in form.answers.items():
        field = template.field(key) if template else None
        if field is None or field.private:
            continue
        value = without_private(field, answer.value)
        if isinstance(value, list) and value != answer.value:
            continue  # items with hidden parts could not be put together again
        answers[key] = Answer(value, confirmed=answer.confirmed)
    return replace(form, answers=answers)
