"""Making, reading and changing dossiers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.filling import answers_of
from dossier_app.domain.forms.slips import fill
from dossier_app.domain.forms.values import parse_path
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold, looks_like_company, parse_name
from dossier_app.domain.records import (
    Category,
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    Role,
)
from dossier_app.domain.when import When, read_when
from dossier_app.services import refiling
from dossier_app.services.calendar import working_calendar
from dossier_app.services.duplicates import Duplicate, find_duplicates
from dossier_app.services.settings import load as load_settings
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, journal, merges


@dataclass
class NewDossier:
    """What a rep knows of a new client. A ``name`` that looks like a company's is one."""

    name: str = ""
    company: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    position: str = ""
    source: str = ""
    next: When | None = None
    step: NextStep | None = None

    def record(self) -> Dossier:
        """The dossier that this makes; nothing is stored."""
        name, company = self.name.strip(), self.company.strip()
        if not any((name, company, *self.phones, *self.emails)):
            raise Refusal(tr("A dossier needs a name, a company, a phone or an e-mail."))
        dossier = Dossier(company=company, source=self.source, created_on=clock.today())
        points = [ContactPoint(ContactKind.PHONE, text) for text in self.phones if text.strip()]
        points += [ContactPoint(ContactKind.EMAIL, text) for text in self.emails if text.strip()]
        if name and not company and looks_like_company(name):
            dossier.company, name = name, ""
        if name or self.position:
            parsed = parse_name(name)
            dossier.people = [
                Person(
                    parsed.surname,
                    parsed.given,
                    parsed.patronymic,
                    self.position,
                    main=True,
                    contact_points=points,
                )
            ]
        else:
            dossier.contact_points = points
        if self.next is not None:
            refiling.move(dossier, self.next.place, "")
            if dossier.step is not None:
                step = self.step or dossier.step
                dossier.step = replace(step, time=self.next.time)
        return dossier


def load_dossier(uid: str) -> Dossier:
    """The whole dossier. Raises Refusal when there is none."""
    return dossiers.load(uid)


def add_dossier(new: NewDossier, *, force: bool = False) -> tuple[Dossier, list[Duplicate]]:
    """Make a dossier after looking for the same client.

    Returns it and the look-alikes. Raises `DuplicateRefusal` when there are any, unless
    ``force``.
    """
    dossier = new.record()
    found = find_duplicates(dossier)
    if found and not force:
        raise DuplicateRefusal(found)
    create_dossier(dossier)
    return dossier, found


def create_dossier(dossier: Dossier) -> tuple[Changes, Dossier]:
    """Put a new dossier into the binder; the caller has looked for the same client."""
    with journal.action("new", clock.stamp()) as changes:
        dossiers.insert([dossier])
    return changes, dossier


class DuplicateRefusal(Refusal):
    """The client may be in the binder already; ``duplicates`` says as which."""

    def __init__(self, duplicates: list[Duplicate]) -> None:
        self.duplicates = duplicates
        first = duplicates[0]
        super().__init__(
            tr(
                "This client may be in the binder already: {name} ({why}). Nothing was added.",
                name=first.name,
                why=first.why,
            )
        )


def save_dossier(dossier: Dossier) -> Changes:
    """Store an edited dossier: what differs from the stored one is one action."""
    with journal.action("edit", clock.stamp()) as changes:
        dossiers.save(dossier)
    return changes


def set_field(uid: str, path: str, text: str) -> tuple[Changes, str]:
    """Change one field named by ``path`` as the command line and `show` name it.

    ``company``, ``note``, ``tags``..., ``people.0.surname``,
    ``people.0.forms.relationship_card.birth``, ``forms.info_sheet.inn``. Returns the
    changes and the path. Raises Refusal for a path or a value that does not fit.
    """
    dossier = dossiers.load(uid)
    _set(dossier, path, text)
    return save_dossier(dossier), path


def find_uid(text: str) -> str:
    """The full uid of the one dossier whose uid begins with ``text``. That of a dossier
    which was merged into another leads to the other one."""
    matching = dossiers.uids_beginning(text) if text else []
    if text and not matching and len(found := merges.living_beginning(text)) == 1:
        return found[0]
    if not matching:
        raise Refusal(tr("There is no dossier {uid}.", uid=text))
    if len(matching) > 1 and text not in matching:
        raise Refusal(tr("Several dossiers begin with {uid}; give more of it.", uid=text))
    return text if text in matching else matching[0]


_Choice = TypeVar("_Choice", Category, Role)
_TEXTS = ("company", "status", "source", "note")
_PERSON_TEXTS = ("surname", "given", "patronymic", "position", "note")


def _set(dossier: Dossier, path: str, text: str) -> None:
    match path.split("."):
        case [name] if name in _TEXTS:
            setattr(dossier, name, text)
        case ["name"]:
            person = _person(dossier, "0")
            parsed = parse_name(text)
            person.surname, person.given = parsed.surname, parsed.given
            person.patronymic = parsed.patronymic
        case ["category"]:
            dossier.category = _choice(Category, text)
        case ["tags"]:
            dossier.tags = [tag.strip() for tag in text.split(",") if tag.strip()]
        case ["cadence"]:
            from dossier_app.domain.cadence import read_cadence

            dossier.cadence = read_cadence(text)
        case ["forms", template, *field_path] if field_path:
            _put(dossier, None, template, field_path, text)
        case ["people", number, "forms", template, *field_path] if field_path:
            _put(dossier, _person(dossier, number), template, field_path, text)
        case ["people", number, name] if name in _PERSON_TEXTS:
            setattr(_person(dossier, number), name, text)
        case ["people", number, "role"]:
            _person(dossier, number).role = _choice(Role, text)
        case ["next_step", "text"] if dossier.step is not None:
            dossier.step.text = text
        case _:
            raise Refusal(tr("There is no field {path} to set.", path=path))


def _person(dossier: Dossier, number: str) -> Person:
    if not number.isdecimal() or int(number) > len(dossier.people):
        raise Refusal(tr("There is no person number {number} in this dossier.", number=number))
    if int(number) == len(dossier.people):
        # One past the last: a new person, and in an empty dossier the main one.
        dossier.people.append(Person(main=not dossier.people))
    return dossier.people[int(number)]


def _put(dossier: Dossier, person: Person | None, key: str, path: Iterable[str], text: str) -> None:
    template = templates().get(key)
    if template is None:
        raise Refusal(tr("There is no form {name}.", name=key))
    first, *rest = path
    field = template.field(first)
    if field is None:
        raise Refusal(tr("The form {form} has no field {field}.", form=template.title, field=first))
    value = parse_path(field, ".".join(rest), text, dossier.people)
    known = answers_of(template, dossier, person).get(first)
    if not rest and isinstance(value, dict) and known and isinstance(known.value, dict):
        # One text given for a field of several parts leaves the other parts as they are.
        value = {**known.value, **{key: part for key, part in value.items() if part}}
    fill(
        template,
        dossier,
        person,
        ".".join([first, *rest]),
        value,
        confirmed=clock.today(),
        next_working=working_calendar(load_settings()).next_working,
    )


def _choice(kind: type[_Choice], text: str) -> _Choice:
    try:
        return kind(fold(text).strip())
    except ValueError as error:
        known = ", ".join(item for item in kind if item)
        raise Refusal(tr("“{text}” is not one of: {known}.", text=text, known=known)) from error


def read_next(text: str) -> When:
    """What the rep typed as the next date, read on today's date."""
    return read_when(text, clock.today(), clock.now().time())
