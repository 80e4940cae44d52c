"""A client with a mark in every private place there is."""

from __future__ import annotations

import typing
from dataclasses import fields
from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any

from dossier_app.domain.forms.template import Field, FieldType, Option, Scope, Template, Text
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.services.templates import save_template, templates

TODAY = date(2026, 11, 25)
ZONE = timezone(timedelta(hours=3))
WITH_TEXT = {
    FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ADDRESS, FieldType.LIST, FieldType.NAME,
    FieldType.SCALE, FieldType.PHONES, FieldType.EMAIL, FieldType.TABLE, FieldType.PARTS,
}  # fmt: skip
_KEYS = ("uid", "version_of", "thread")  # name things, and say nothing
ROLES = ("decision maker", "influencer", "gatekeeper")


class Marks:
    """Makes the texts of private and of open places, and remembers the private ones with
    the place that each stands in."""

    def __init__(self) -> None:
        self._numbers = count(1000)
        self.places: dict[str, str] = {}

    def secret(self, place: str) -> str:
        mark = f"SECRET{next(self._numbers)}"
        self.places[mark] = place
        return mark

    def text(self, place: str, *, private: bool) -> str:
        return self.secret(place) if private else f"open{next(self._numbers)}"


def save_own_form() -> None:
    """What the templates of the program do not have: private parts, private fields of every
    type, and private fields that are no longer asked."""

    def private(key: str, kind: FieldType, **more: Any) -> Field:
        return Field(key, kind, _both(f"Hidden {key}"), private=True, **more)

    option = (Option("one", _both("Hidden option")),)
    parts = (private("hidden", FieldType.TEXT), Field("shown", FieldType.TEXT, _both("Shown")))
    kinds = [kind for kind in FieldType if kind is not FieldType.PERSON]
    questions = [
        private(
            kind.value, kind,
            options=option if kind in (FieldType.CHOICE, FieldType.MULTI_CHOICE) else (),
            parts=parts if kind in (FieldType.PARTS, FieldType.TABLE) else (),
        )
        for kind in kinds
    ]  # fmt: skip
    several = (FieldType.PARTS, FieldType.TABLE, FieldType.LIST)
    questions += [
        Field(f"half_{kind.value}", kind, _both("Half open"), parts=parts) for kind in several
    ]
    questions.append(private("gone", FieldType.TEXT, retired=True))
    save_template(Template("own", _both("Own form"), Scope.DOSSIER, 1, tuple(questions), {}))


def marked_client(marks: Marks) -> Dossier:
    day = TODAY + timedelta(days=3)
    entry = HistoryEntry(
        datetime(2026, 11, 25, 10, tzinfo=ZONE), Channel.MEETING, text="open talk", agreed="all"
    )
    dossier = Dossier(
        "open company",
        note=marks.secret("note"),
        note_private=True,
        place=day_place(TODAY),
        step=NextStep(StepKind.VISIT, "open step"),
        history=[entry, _private(HistoryEntry, marks, at=entry.at, direction=Direction.IN)],
        contact_points=[_private(ContactPoint, marks, kind=kind) for kind in ContactKind],
        documents=[_private(Document, marks, size=1, sha256="0" * 64, added_on=TODAY)],
    )
    for side, due in ((Side.OURS, TODAY), (Side.THEIRS, day)):
        promise = _private(Promise, marks, side=side, due=due)
        slip = Slip(SlipKind.PROMISE, TODAY, promise.text, promise_uid=promise.uid)
        dossier.promises.append(promise)
        reminder = Slip(SlipKind.REMINDER, day, promise.text, promise_uid=promise.uid)
        dossier.slips += [slip, reminder]
    dossier.slips.append(Slip(SlipKind.BIRTHDAY, TODAY, marks.secret("birthday slip")))
    dossier.people = [
        Person(f"Openperson{number}", role=role, note=marks.secret("person's note"))
        for number, role in enumerate((Role.DECISION_MAKER, Role.INFLUENCER, Role.GATEKEEPER))
    ]
    main = dossier.people[0]
    main.main = True
    main.contact_points = [_private(ContactPoint, marks, kind=ContactKind.PHONE)]
    for template in templates().values():
        holder = main if template.scope is Scope.PERSON else dossier
        holder.forms.append(_filled(template, marks))
    dossier.forms.append(
        FilledForm("gone_form", {"x": Answer(marks.secret("a form that is gone"))})
    )
    return dossier


def _private(record: type, marks: Marks, **known: Any) -> Any:
    """A private ``record`` with a mark in each of its texts."""
    hints = typing.get_type_hints(record)
    for field in fields(record):
        is_text = hints[field.name] is str and not field.name.endswith(_KEYS)
        if is_text and field.name not in known:
            known[field.name] = marks.secret(f"{record.__name__}.{field.name}")
    return record(**known, private=True)


def _filled(template: Template, marks: Marks) -> FilledForm:
    answers = {}
    for field in template.fields:
        value = _answer(field, marks, f"{template.key}.{field.key}", private=field.private)
        if value is not None:
            source = marks.secret(f"source of {template.key}.{field.key}")
            answers[field.key] = Answer(value, source)
    answers["no_longer_asked"] = Answer(marks.secret(f"{template.key}.no_longer_asked"))
    return FilledForm(template.key, answers)


def _answer(field: Field, marks: Marks, place: str, *, private: bool) -> Any:
    """An answer that holds a mark where its type can hold a text; occasions are near."""
    if field.bind:
        return None
    if field.parts:
        row = {
            part.key: _answer(part, marks, f"{place}.{part.key}", private=private or part.private)
            for part in field.parts
        }
        return row if field.type is FieldType.PARTS else [row, row]
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.ADDRESS:
            return marks.text(place, private=private)
        case FieldType.LIST:
            return [marks.text(place, private=private)]
        case FieldType.NAME:
            return {"surname": marks.text(place, private=private), "given": "", "patronymic": ""}
        case FieldType.SCALE:
            return {"score": 1, "text": marks.text(place, private=private)}
        case FieldType.PHONE:
            return f"+7 900 {marks.text(place, private=private)}"
        case FieldType.PHONES:
            return [{"value": "+7 900 000-00-00", "label": marks.text(place, private=private)}]
        case FieldType.EMAIL:
            return f"{marks.text(place, private=private)}@example.ru"
        case FieldType.MONEY:
            return {"amount": "1234.00", "currency": marks.text(place, private=private)}
    return {
        FieldType.NUMBER: 7, FieldType.DATE: "2026-12-01", FieldType.PARTIAL_DATE: "12-01",
        FieldType.TIME: "10:00", FieldType.YES_NO: True,
        FieldType.CHOICE: field.options[0].key if field.options else None,
        FieldType.MULTI_CHOICE: [option.key for option in field.options],
    }.get(field.type)  # fmt: skip


def _both(text: str) -> Text:
    return Text(text, text)
