"""Answers that reach into the binder: dates that follow another, slips under a date."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from dossier_app.domain.forms.filling import form_of, put
from dossier_app.domain.forms.template import Field, FieldType, Template
from dossier_app.domain.records import Answer, Dossier, FilledForm, Person, Slip, SlipKind

_NAMESPACE = uuid.UUID("0b2f8e0e-6f0b-4f43-8a53-6d4b7f0a9c11")
MINUTES = 10  # of work that a slip of a form stands for


def slip_uid(form_uid: str, mark: str) -> str:
    """The uid of the one slip that a form makes for a field, or for a control point."""
    return str(uuid.uuid5(_NAMESPACE, f"{form_uid} {mark}"))


def fill(
    template: Template,
    dossier: Dossier,
    person: Person | None,
    path: str,
    value: Any,
    *,
    source: str = "",
    confirmed: date,
    next_working: Callable[[date], date],
    form: FilledForm | None = None,
) -> None:
    """`put` an answer that was given on the day ``confirmed``, with what hangs on it.

    A date that follows this one, and is not known yet, is set so many days later, on a
    working day. The slip of a date lies under it: it is made, moved and taken away with
    the answer. A slip that was ticked stays until its date is changed.
    """
    form = form or form_of(template, dossier, person)
    before = _dates(template, form)
    put(template, dossier, person, path, value, source=source, confirmed=confirmed, form=form)
    form = form or form_of(template, dossier, person)
    if form is None:
        return
    for field in template.fields:
        if field.follows and field.key not in form.answers:
            _follow(field, form, before, confirmed, next_working)
    after = _dates(template, form)
    for field in template.fields:
        if field.slip and before.get(field.key) != after.get(field.key):
            _keep_slip(dossier, form, field, after.get(field.key), confirmed)


def drop_slips(template: Template, dossier: Dossier, form: FilledForm) -> None:
    """Take away what a form that goes has put under dates and nobody has done yet."""
    marks = [*(field.key for field in template.fields), *map(checkpoint_mark, range(101))]
    made = {slip_uid(form.uid, mark) for mark in marks}
    dossier.slips = [
        slip for slip in dossier.slips if slip.uid not in made or slip.done_on is not None
    ]


def checkpoint_mark(percent: int) -> str:
    """By what the slip of a control point is known."""
    return f"checkpoint {percent}"


def _follow(
    field: Field,
    form: FilledForm,
    before: dict[str, date],
    confirmed: date,
    next_working: Callable[[date], date],
) -> None:
    key, days = field.follows or ("", 0)
    given = form.answers.get(key)
    if given is None or key in before or field.retired:
        return
    day = next_working(date.fromisoformat(given.value) + timedelta(days=days))
    form.answers[field.key] = Answer(day.isoformat(), "", confirmed)


def _dates(template: Template, form: FilledForm | None) -> dict[str, date]:
    """The answers that are dates now."""
    found = {}
    for field in template.fields if form else ():
        answer = form.answers.get(field.key) if form else None
        if answer is not None and field.type is FieldType.DATE:
            try:
                found[field.key] = date.fromisoformat(answer.value)
            except (TypeError, ValueError):
                continue  # an answer to what the field was before
    return found


def _keep_slip(
    dossier: Dossier, form: FilledForm, field: Field, day: date | None, today: date
) -> None:
    uid = slip_uid(form.uid, field.key)
    slip = next((slip for slip in dossier.slips if slip.uid == uid), None)
    if day is None:
        if slip is not None and slip.done_on is None:
            dossier.slips.remove(slip)
    elif slip is not None:
        slip.on, slip.done_on = day, None
    elif day >= today:
        # A date that was past when it was written down reminds of nothing.
        text = str(field.slip)
        dossier.slips.append(Slip(SlipKind.REMINDER, day, text, minutes=MINUTES, uid=uid))
