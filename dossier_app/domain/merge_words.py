"""What differs between two dossiers of one client, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dossier_app.domain import clock
from dossier_app.domain.cadence import describe_cadence
from dossier_app.domain.datewords import clock as time_words
from dossier_app.domain.forms.template import Field, FieldType, Text
from dossier_app.domain.forms.values import text_of
from dossier_app.domain.language import mark, ntr, tr
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Answer, ContactPoint, Dossier, NextStep, Person
from dossier_app.domain.words import category_word, day_words, label_word, role_word, step_word

_LABELS = {
    "place": mark("Next step"),
    "company": mark("Company"),
    "category": mark("Category"),
    "status": mark("Status"),
    "source": mark("Where the contact came from"),
    "cadence": mark("How often"),
    "surname": mark("Name"),
    "position": mark("Position"),
    "role": mark("Role"),
    "lead_days": mark("Days of notice"),
}


@dataclass(slots=True)
class Conflict:
    """A single value that is not the same in both dossiers: ``mine`` and ``other`` are the
    two records that have it, ``other_first`` says which one is proposed.

    ``key`` names it among the conflicts of one merge. ``who`` is the person it is about;
    ``question`` the field of a form, ``people`` those whom its answer may name.
    """

    key: str
    name: str
    mine: Any
    other: Any
    other_first: bool = False
    who: str = ""
    question: Field | None = None
    people: Sequence[Person] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """True for what is not printed on discreet pages. Whether an answer without its
        field is private nobody can tell: rather too careful."""
        if isinstance(self.mine, Answer):
            return self.question is None or self.question.private
        return self.name == "role" or getattr(self.mine, "private", False)

    @property
    def label(self) -> str:
        """What it is: "Company", "Ivanov Ivan: Position", "Label of +7 926 …"."""
        if isinstance(self.mine, ContactPoint):
            what = tr("Label of {value}", value=self.mine.value)
        elif self.question is not None:
            what = str(self.question.label)
        else:
            what = tr(_LABELS[self.name]) if self.name in _LABELS else self.name
        return f"{self.who}: {what}" if self.who else what


def text_of_side(conflict: Conflict, record: Any) -> str:
    """The value that one of the two records has, in words."""
    match record:
        case Answer():
            # The plain reading of a field that has left its template.
            asked = conflict.question or Field(
                conflict.name, FieldType.TEXT, Text(conflict.name, conflict.name)
            )
            text = text_of(asked, record.value, conflict.people)
            return f"{text} ({record.source})" if record.source else text
        case ContactPoint():
            return label_word(record.label)
        case Person() if conflict.name == "surname":
            return record.full_name
        case Person() if conflict.name == "role":
            return role_word(record.role)
        case Person() if conflict.name == "lead_days":
            days = record.lead_days or 0
            return ntr("{n} day", "{n} days", days)
        case Dossier() if conflict.name == "place":
            return _plan_words(record)
        case Dossier() if conflict.name == "category":
            return category_word(record.category)
        case Dossier() if conflict.name == "cadence":
            return describe_cadence(record.cadence) if record.cadence else ""
    return str(getattr(record, conflict.name))


def united_words(mine: Dossier, other: Dossier) -> str:
    """What is put together, with how many are in each: "Contacts 14 + 3 · People 1 + 1"."""
    parts = (
        (tr("Contacts"), lambda item: item.history),
        (tr("People"), lambda item: item.people),
        (tr("Phones and addresses"), _points),
        (tr("Forms"), lambda item: [form for who in (item, *item.people) for form in who.forms]),
        (tr("Documents"), lambda item: item.documents),
        (tr("Promises"), lambda item: item.promises),
        (tr("Slips"), lambda item: item.slips),
    )
    counted = ((what, len(count(mine)), len(count(other))) for what, count in parts)
    words = [
        f"{what}\N{NO-BREAK SPACE}{one}\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}{two}"
        for what, one, two in counted
        if one or two
    ]
    if mine.note and other.note:
        words.append(tr("both notes"))
    if mine.tags or other.tags:
        words.append(tr("all tags"))
    return " · ".join(words) or tr("Nothing but their names.")


def _points(dossier: Dossier) -> list[ContactPoint]:
    of_people = (point for person in dossier.people for point in person.contact_points)
    return [*dossier.contact_points, *of_people]


def kept_line(conflict: Conflict, text: str) -> str:
    """The line of the note that keeps a value which was not chosen."""
    return tr("{label}, also: {text}", label=conflict.label, text=text)


def slip_text(dossier: Dossier) -> str:
    """What the slip says that keeps a next step which was not chosen."""
    words = _step_words(dossier.step or NextStep())
    if dossier.carried and dossier.carried.reason:
        words = tr("{step}; put off: {reason}", step=words, reason=dossier.carried.reason)
    return words


def _step_words(step: NextStep) -> str:
    kind = step_word(step.kind)
    if step.fixed:
        kind = tr("{kind}, agreed", kind=kind)
    return f"{kind}: {step.text}" if step.text else kind


def _plan_words(dossier: Dossier) -> str:
    today, place, step = clock.today(), dossier.place, dossier.step
    if place.kind is PlaceKind.CLOSED:
        day = day_words(dossier.closed_on, today) if dossier.closed_on else ""
        closed = tr("Closed on {day}", day=day) if day else tr("Closed")
        return f"{closed}: {dossier.closed_reason}" if dossier.closed_reason else closed
    where = describe_place(place, today)
    if step is not None and step.time is not None:
        where = f"{where}, {time_words(step.time)}"
    return f"{where}. {_step_words(step)}" if step is not None else where
