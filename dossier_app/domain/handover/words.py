"""What was done with a dossier, and where two sides differ, in words of the current language.

Both sides of a handover look at the same thing: a dossier before and after, and the list of
rows that changed between them (`dossier_app.domain.handover.merging`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any, Protocol

from dossier_app.domain.datewords import clock, short_day
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.handover.merging import Change
from dossier_app.domain.handover.pack import Todo
from dossier_app.domain.handover.rows import MAIN, dossier_of, rows_of
from dossier_app.domain.handover.value_words import NAME, label_of, name_of, text_of, value_of
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.merge_words import Conflict, text_of_side
from dossier_app.domain.occasions import OccasionAhead
from dossier_app.domain.parts import Part, Parts, parts_of
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
)
from dossier_app.domain.words import (
    channel_words,
    person_words,
    point_word,
    promise_words,
    size_words,
    step_word,
)


class Sort(IntEnum):
    """What kind of thing was done, in the order in which it is told."""

    CONTACT = 0
    STEP = 1
    PROMISE = 2
    DOCUMENT = 3
    SLIP = 4
    FACT = 5


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: ``head`` names it ("25 Nov 10:00, Call, Petrova"), ``text``
    says it, ``before`` is the value that it takes the place of. ``channel`` is that of a
    contact."""

    sort: Sort
    head: str
    text: str
    before: str = ""
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that both sides changed otherwise: what it is, and both values in words."""

    label: str
    mine: str
    theirs: str


class Touched(Protocol):
    """A row that changed, or one field of it; ``change`` is a `Change`, or empty."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def change(self) -> str: ...


def done_words(
    before: Dossier,
    after: Dossier,
    touched: Iterable[Touched],
    templates: Templates,
    today: date,
) -> list[Done]:
    """What was done between ``before`` and ``after``: contacts first, then the next step."""
    told = _Telling(before, after, templates, today)
    found: dict[object, Done] = {}
    for item in touched:
        for key, done in told.tell(item):
            found.setdefault(key, done)
    return sorted(found.values(), key=lambda done: done.sort)


def asked_words(
    before: Dossier, after: Dossier, item: Touched, theirs: Any, templates: Templates
) -> Asked:
    """The conflict ``item`` in words. ``before`` has the own value, ``theirs`` is the JSON
    of the other one; ``after`` knows people who are new."""
    rows = rows_of(before)
    row = rows[item.key]
    rows[item.key] = replace(row, values={**row.values, item.field: theirs})
    value = value_of(parts_of(before), item.key, item.field, templates, before)
    value.people = [*before.people, *after.people]
    if item.field == MAIN:
        mine, other = (name_of(value.people, uid) for uid in (row.values[MAIN], theirs))
        return Asked(label_of(value), mine, other)
    record = parts_of(dossier_of(before.uid, rows))[item.key].record
    return Asked(label_of(value), text_of(value, value.mine), text_of(value, record))


def summary_words(done: Iterable[Done]) -> str:
    """How much was done, in a line: "2 contacts · next step: 8 Dec · 1 document"."""
    counts = dict.fromkeys(Sort, 0)
    for item in done:
        counts[item.sort] += 1
    words = (
        (Sort.CONTACT, ntr("{n} contact", "{n} contacts", counts[Sort.CONTACT])),
        (Sort.STEP, tr("another next step")),
        (Sort.PROMISE, ntr("{n} promise", "{n} promises", counts[Sort.PROMISE])),
        (Sort.DOCUMENT, ntr("{n} document", "{n} documents", counts[Sort.DOCUMENT])),
        (Sort.SLIP, ntr("{n} slip", "{n} slips", counts[Sort.SLIP])),
        (Sort.FACT, ntr("{n} change", "{n} changes", counts[Sort.FACT])),
    )
    return " · ".join(text for sort, text in words if counts[sort])


def todo_words(todo: Todo) -> str:
    """What is to be done, in a line: "Call: discuss the estimate"."""
    match todo:
        case NextStep(text=text, kind=kind):
            return f"{step_word(kind)}: {text}" if text else step_word(kind)
        case Promise(side=Side.OURS, text=text):
            return tr("We promised: {text}", text=text)
        case Promise(text=text):
            return tr("The client promised: {text}", text=text)
        case Slip(text=text):
            return text
        case OccasionAhead(text=text, who=who):
            return f"{who}: {text}" if who else text


class _Telling:
    """Tells of one dossier, row by row."""

    def __init__(self, before: Dossier, after: Dossier, templates: Templates, today: date) -> None:
        self._before, self._after = before, after
        self._old, self._new = parts_of(before), parts_of(after)
        self._templates, self._today = templates, today

    def tell(self, item: Touched) -> Iterable[tuple[object, Done]]:
        """What is to be told of a changed row, each with the key under which it counts once."""
        if item.change == Change.REMOVED:
            done = self._whole(self._old, item.key, self._before)
            if done is not None:
                yield item.key, replace(done, text=tr("taken out: {text}", text=done.text))
        elif not item.field or item.kind not in ("dossier", "person", "answer"):
            done = self._whole(self._new, item.key, self._after)
            if done is not None:
                yield item.key, self._with_before(done, item.key)
        elif item.field == "place":
            yield (item.key, "place"), self._step()
        else:
            field = NAME[0] if item.field in NAME else item.field
            yield (item.key, field), self._fact(item.key, field)

    def _with_before(self, done: Done, key: str) -> Done:
        """What the row was, where its words differ."""
        if key not in self._old:
            return done
        old = self._whole(self._old, key, self._before)
        if old is None or (old.head, old.text) == (done.head, done.text):
            return done
        return replace(done, before=old.text if old.text != done.text else old.head)

    def _whole(self, parts: Parts, key: str, dossier: Dossier) -> Done | None:
        """A whole row in words; None for what says nothing by itself."""
        part = parts[key]
        match part.record:
            case HistoryEntry() as entry:
                return self._contact(entry)
            case Promise() as promise:
                ours = promise.side is Side.OURS
                head = tr("We promised") if ours else tr("The client promised")
                return Done(Sort.PROMISE, head, promise_words(promise, self._today))
            case Document() as document:
                size = size_words(document.size)
                return Done(Sort.DOCUMENT, tr("Document"), f"{document.name}, {size}")
            case Slip() as slip:
                return None if slip.promise_uid else self._slip(slip)
            case Person() as person:
                return Done(Sort.FACT, tr("Person"), person_words(person, role=True))
            case ContactPoint() as point:
                return Done(Sort.FACT, _of(parts, part, point_word(point)), point.value)
            case Answer():
                value = value_of(parts, key, "value", self._templates, dossier)
                return Done(Sort.FACT, label_of(value), text_of(value, part.record))
            case FilledForm() as form if not form.answers and not _has_answers(parts, key):
                template = self._templates.get(form.template)
                title = str(template.title) if template else form.template
                return Done(Sort.FACT, tr("Form"), title)
        return None

    def _contact(self, entry: HistoryEntry) -> Done:
        day = f"{short_day(entry.at.date(), self._today)} {clock(entry.at.time())}"
        head = ", ".join(filter(None, (day, channel_words(entry), entry.author)))
        text = entry.text.strip()
        if entry.agreed.strip():
            agreed = tr("Agreed: {text}", text=entry.agreed.strip())
            text = f"{text}\n{agreed}" if text else agreed
        return Done(Sort.CONTACT, head, text, channel=entry.channel)

    def _slip(self, slip: Slip) -> Done:
        day = short_day(slip.on, self._today)
        if slip.done_on is not None:
            done = short_day(slip.done_on, self._today)
            return Done(Sort.SLIP, tr("Slip for {day}", day=day),
                        tr("{text}: done on {day}", text=slip.text, day=done))  # fmt: skip
        return Done(Sort.SLIP, tr("Slip for {day}", day=day), slip.text)

    def _step(self) -> Done:
        about = Conflict("", "place", self._before, self._after)
        old, new = (text_of_side(about, side) for side in (self._before, self._after))
        if old != new:
            return Done(Sort.STEP, about.label, new, old)
        tries = ntr("{n} try", "{n} tries", self._after.tries)
        return Done(Sort.STEP, about.label, f"{new} · {tries}" if self._after.tries else new)

    def _fact(self, key: str, field: str) -> Done:
        value = value_of(self._new, key, field, self._templates, self._after)
        if field == MAIN:
            main, was = self._after.main_person, self._before.main_person
            new, old = (one.full_name if one else "" for one in (main, was))
            return Done(Sort.FACT, label_of(value), new, old)
        old = text_of(value, self._old[key].record) if key in self._old else ""
        return Done(Sort.FACT, label_of(value), text_of(value, value.mine), old)


def _of(parts: Mapping[str, Part], part: Part, what: str) -> str:
    """ "Ivanov Ivan: work" for what belongs to a person."""
    owner = parts[part.owner].record
    return f"{owner.full_name}: {what}" if isinstance(owner, Person) else what


def _has_answers(parts: Parts, form: str) -> bool:
    return any(part.owner == form for part in parts.values())
