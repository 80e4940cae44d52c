"""Filled forms: what is known, changing it, and what is worth asking next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.binding import BINDS
from dossier_app.domain.forms.template import Field, FieldType, Scope, Template, Text, spoken
from dossier_app.domain.forms.values import (
    check,
    is_empty,
    text_of,
    with_inner,
    without_private,
)
from dossier_app.domain.language import tr
from dossier_app.domain.records import Answer, Dossier, FilledForm, Person


@dataclass(frozen=True, slots=True)
class Fact:
    """A filled field, ready to be shown: ``label`` and ``text`` in the current language."""

    field: Field
    label: str
    text: str
    private: bool
    answer: Answer


def begin(template: Template) -> FilledForm:
    """A new sheet: empty but for the template's defaults, in the current language."""
    defaults = {
        field.key: check(field, spoken(field.default))
        for field in template.fields
        if not field.retired
    }
    known = {key: Answer(value) for key, value in defaults.items() if value is not None}
    return FilledForm(template.key, known)


def form_of(template: Template, dossier: Dossier, person: Person | None) -> FilledForm | None:
    """The sheet filled by ``template`` for ``person``, or for the dossier by its scope;
    of a template that is filled anew each time, the latest sheet."""
    holder = _holder(template, dossier, person)
    sheets = [form for form in holder.forms if form.template == template.key] if holder else []
    return (sheets[-1] if template.repeatable else sheets[0]) if sheets else None


def answers_of(
    template: Template,
    dossier: Dossier,
    person: Person | None,
    *,
    private: bool = True,
    form: FilledForm | None = None,
) -> dict[str, Answer]:
    """All that is known, by field key: in the template's order, then old answers whose
    field has left the template.

    Bound fields come from the dossier's own data. With ``private`` off private fields,
    private parts and private contact points are left out, and so are the old answers,
    of which nobody can tell. ``form`` is the sheet meant when there are several.
    ``person`` is None for a form about the dossier.
    """
    form = form or form_of(template, dossier, person)
    stored = form.answers if form else {}
    answers = {}
    for field in template.fields:
        if field.private and not private:
            continue
        answer = stored.get(field.key, Answer(None))
        value = _with_bound(field, answer.value, dossier, person, private)
        if not private:
            value = without_private(field, value)
        if not is_empty(field, value):
            answers[field.key] = replace(answer, value=value)
    if private:
        known = {field.key for field in template.fields}
        answers |= {
            key: answer
            for key, answer in stored.items()
            if key not in known and not is_empty(_left_over(key), answer.value)
        }
    return answers


def put(
    template: Template,
    dossier: Dossier,
    person: Person | None,
    path: str,
    value: Any,
    *,
    source: str = "",
    confirmed: date | None = None,
    form: FilledForm | None = None,
) -> None:
    """Set the field or part under ``path`` ("birth", "birth.place", "children.0.birth").

    Changes ``dossier`` and ``person`` in place; a bound field changes their own data.
    ``value`` is checked; an empty one takes the answer away. Raises Refusal, having
    changed nothing, for an unknown path or a value that does not fit.
    """
    key, _, rest = path.partition(".")
    field = template.field(key)
    if field is None:
        raise Refusal(tr("The form {form} has no field {field}.", form=template.title, field=key))
    holder = _holder(template, dossier, person)
    if holder is None:
        raise Refusal(tr("The form {form} is about a person; choose one.", form=template.title))
    form = form or form_of(template, dossier, person)
    stored = form.answers.get(key) if form else None
    old = _with_bound(field, stored.value if stored else None, dossier, person, True)
    new = _write_bound(field, with_inner(field, old, rest, value), dossier, person)
    if is_empty(field, new):
        if form:
            form.answers.pop(key, None)
        return
    if form is None:
        form = FilledForm(template.key)
        holder.forms.append(form)
    form.answers[key] = Answer(new, source, confirmed)
    form.filled_on = form.filled_on or confirmed


def facts(
    template: Template,
    dossier: Dossier,
    person: Person | None,
    *,
    private: bool,
    form: FilledForm | None = None,
) -> list[Fact]:
    """What is known, in the order of `answers_of`. Old answers whose field has left the
    template show under their key, as private ones."""
    answers = answers_of(template, dossier, person, private=private, form=form)
    found = []
    for key, answer in answers.items():
        field = template.field(key) or _left_over(key)
        text = text_of(field, answer.value, dossier.people)
        found.append(Fact(field, str(field.label), text, field.private, answer))
    return found


def completeness(
    template: Template, dossier: Dossier, person: Person | None, form: FilledForm | None = None
) -> tuple[int, int]:
    """How many of the fields that are still asked are filled, and how many there are."""
    asked = [field.key for field in template.fields if not field.retired]
    known = answers_of(template, dossier, person, form=form).keys()
    return sum(key in known for key in asked), len(asked)


def is_old(answer: Answer, today: date, days: int = 730) -> bool:
    """True when the fact was last confirmed more than ``days`` ago; an answer that does
    not tell when is not called old."""
    return answer.confirmed is not None and (today - answer.confirmed).days > days


def worth_asking(
    template: Template,
    dossier: Dossier,
    person: Person | None,
    *,
    private: bool,
    limit: int = 3,
) -> list[Field]:
    """What is best asked next: unknown fields by their worth, one of each group before a
    second one of any; private fields only with ``private``."""
    known = answers_of(template, dossier, person).keys()
    open_fields = [
        field
        for field in template.fields
        if field.ask
        and not field.retired
        and field.key not in known
        and (private or not field.private)
    ]
    best = sorted(open_fields, key=lambda field: -field.worth)
    return list(_spread(best))[:limit]


def _spread(fields: list[Field]) -> Iterator[Field]:
    """``fields`` in rounds, each with one field of every group at most."""
    while fields:
        groups: set[str] = set()
        rest = []
        for field in fields:
            if field.group in groups:
                rest.append(field)
            else:
                groups.add(field.group)
                yield field
        fields = rest


def _holder(template: Template, dossier: Dossier, person: Person | None) -> Dossier | Person | None:
    return person if template.scope is Scope.PERSON else dossier


def _with_bound(
    field: Field, value: Any, dossier: Dossier, person: Person | None, private: bool
) -> Any:
    """``value`` with the own data that ``field``, or a part of it, is bound to."""
    owner = person or Person()
    if field.bind:
        return BINDS[field.bind].read(dossier, owner, private)
    bound = {part.key: part.bind for part in field.parts if part.bind}
    if field.type is not FieldType.PARTS or not bound:
        return value
    own = {key: BINDS[bind].read(dossier, owner, private) for key, bind in bound.items()}
    kept = value if isinstance(value, dict) else {}
    parts = {part.key: own.get(part.key, kept.get(part.key)) for part in field.parts}
    return {**kept, **parts}


def _write_bound(field: Field, value: Any, dossier: Dossier, person: Person | None) -> Any:
    """Put what of ``value`` is bound into the own data; return what is left to store."""
    owner = person or Person()
    if field.bind:
        BINDS[field.bind].write(dossier, owner, value)
        return None
    bound = {part.key: part.bind for part in field.parts if part.bind}
    if field.type is not FieldType.PARTS or not bound:
        return value
    parts = value or {}
    for key, bind in bound.items():
        BINDS[bind].write(dossier, owner, parts.get(key))
    return {key: item for key, item in parts.items() if key not in bound}


def _left_over(key: str) -> Field:
    """A field for an answer whose own has left the template: nothing is known of it."""
    return Field(key, FieldType.TEXT, Text(key, key), private=True)
