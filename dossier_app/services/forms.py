"""The sheets of a dossier that were filled by templates: making, dating, taking away.

Card and info sheet have tabs of their own and are no sheets in this sense. Single answers
are set by `dossier_app.services.editing.set_answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.filling import answers_of, begin, completeness, form_of
from dossier_app.domain.forms.slips import checkpoint_mark, drop_slips, slip_uid
from dossier_app.domain.forms.template import FieldType, Scope, Template, Text
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, FilledForm, Person
from dossier_app.services.slips import add_checkpoints
from dossier_app.services.templates import ALWAYS, templates
from dossier_app.storage import dossiers, journal


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A filled form with its template; ``person`` is None for one about the dossier.
    ``known`` of ``total`` fields are filled."""

    form: FilledForm
    template: Template
    person: Person | None
    known: int
    total: int

    @property
    def title(self) -> str:
        """What it is called: "Deal sheet", "Tastes: Anna Petrova"."""
        names = [str(self.template.title), self.person.short_name if self.person else ""]
        return ": ".join(filter(None, names))


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The control points of a sheet: whether both dates are given, and under which days
    the slips lie that were made (empty: none yet)."""

    ready: bool
    days: Sequence[date]


def sheets_of(dossier: Dossier) -> list[FormSheet]:
    """All sheets of ``dossier`` and its people, newest first."""
    known = templates()
    filled: list[tuple[FilledForm, Person | None]] = [(form, None) for form in dossier.forms]
    filled += [(form, person) for person in dossier.people for form in person.forms]
    sheets = []
    for form, person in filled:
        if form.template not in ALWAYS:
            template = known.get(form.template) or _unknown(form, person)
            share = completeness(template, dossier, person, form)
            sheets.append(FormSheet(form, template, person, *share))
    # Of the same day the one that was made last comes first.
    sheets.reverse()
    sheets.sort(key=lambda sheet: sheet.form.filled_on or date.min, reverse=True)
    return sheets


def offered() -> list[Template]:
    """The templates of which a sheet can be begun, by their titles."""
    found = (form for key, form in templates().items() if key not in ALWAYS)
    return sorted((form for form in found if not form.retired), key=lambda form: str(form.title))


def begin_form(uid: str, key: str, person_uid: str = "") -> tuple[Changes, str]:
    """Begin a sheet of today with the template's defaults; returns its uid too.

    One that is filled only once, and is there, is not begun again. Raises Refusal when the
    form is about a person and none is named.
    """
    template = templates()[key]
    dossier = dossiers.load(uid)
    person = next((one for one in dossier.people if one.uid == person_uid), None)
    if template.scope is Scope.PERSON and person is None:
        raise Refusal(tr("The form {form} is about a person; choose one.", form=template.title))
    known = form_of(template, dossier, person)
    if known is not None and not template.repeatable:
        return Changes(), known.uid
    form = begin(template)
    form.filled_on = clock.today()
    for answer in form.answers.values():
        answer.confirmed = clock.today()
    holder = person if person and template.scope is Scope.PERSON else dossier
    holder.forms.append(form)
    return _save(dossier, "form"), form.uid


def date_form(uid: str, form_uid: str, day: date) -> Changes:
    """Set the day that a sheet is of."""
    dossier = dossiers.load(uid)
    find_form(dossier, form_uid)[0].filled_on = day
    return _save(dossier, "form")


def remove_form(uid: str, form_uid: str) -> Changes:
    """Take a sheet away, and the slips that it made and nobody has ticked."""
    dossier = dossiers.load(uid)
    form, person = find_form(dossier, form_uid)
    (person or dossier).forms.remove(form)
    drop_slips(templates().get(form.template) or _unknown(form, person), dossier, form)
    return _save(dossier, "form_removed")


def make_checkpoints(uid: str, form_uid: str) -> Changes:
    """Put slips under the five control points between the two dates of the sheet, or move
    those that were made before. Raises Refusal when a date is missing."""
    dossier = dossiers.load(uid)
    form, _ = find_form(dossier, form_uid)
    template = templates()[form.template]
    days = _span(template, form)
    if days is None:
        raise Refusal(tr("Give the start and the end first."))
    answers = answers_of(template, dossier, None, form=form)
    texts = (field.key for field in template.fields if field.type is FieldType.TEXT)
    title = next((answers[key].value for key in texts if key in answers), str(template.title))
    return add_checkpoints(uid, title, *days, form_uid=form_uid)


def checkpoints_of(dossier: Dossier, sheet: FormSheet) -> Checkpoints | None:
    """How it stands with the control points; None for a form without them."""
    if not sheet.template.checkpoints:
        return None
    made = {slip_uid(sheet.form.uid, checkpoint_mark(percent)) for percent in range(101)}
    days = sorted(slip.on for slip in dossier.slips if slip.uid in made)
    return Checkpoints(_span(sheet.template, sheet.form) is not None, days)


def find_form(dossier: Dossier, form_uid: str) -> tuple[FilledForm, Person | None]:
    """The sheet and whom it is about. Raises Refusal when it is no longer there."""
    for person in (None, *dossier.people):
        for form in (person or dossier).forms:
            if form.uid == form_uid:
                return form, person
    raise Refusal(tr("This form is no longer in the dossier."))


def _span(template: Template, form: FilledForm) -> tuple[date, date] | None:
    days = []
    for key in template.checkpoints:
        answer = form.answers.get(key)
        if answer is None:
            return None
        days.append(date.fromisoformat(answer.value))
    return (days[0], days[1]) if days else None


def _save(dossier: Dossier, action: str) -> Changes:
    with journal.action(action, clock.stamp()) as changes:
        dossiers.save(dossier)
    return changes


def _unknown(form: FilledForm, person: Person | None) -> Template:
    """Stands for a template that is no longer there: its answers can still be read."""
    title = Text(form.template, form.template)
    scope = Scope.PERSON if person else Scope.DOSSIER
    return Template(form.template, title, scope, version=1, fields=(), groups={})
