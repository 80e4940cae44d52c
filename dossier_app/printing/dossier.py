"""The whole dossier on paper: the head, the next step, then all that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from reportlab.platypus import Flowable

from dossier_app.domain.cadence import describe_cadence
from dossier_app.domain.datewords import clock, duration, full_date, month_name, weekday
from dossier_app.domain.documents import Versions, with_versions
from dossier_app.domain.forms.filling import Fact, facts, is_old
from dossier_app.domain.forms.template import Field, Scope, Template, Templates
from dossier_app.domain.forms.template import Text as Bilingual
from dossier_app.domain.forms.values import cells_of
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.overview import OccasionAhead, Overview
from dossier_app.domain.records import (
    ContactPoint,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Promise,
    Side,
    SlipKind,
)
from dossier_app.domain.words import (
    category_word,
    channel_words,
    day_words,
    person_words,
    point_word,
    promise_words,
    size_words,
    step_word,
)
from dossier_app.printing.appending import Appended, PageOf, appended_story
from dossier_app.printing.blocks import Block, Entry, Heading, Row, Table, Text, labelled, timeline
from dossier_app.printing.client import client_head, client_name
from dossier_app.printing.options import DossierPart, Printed, PrintOptions
from dossier_app.printing.page import Begin, Part, Running, build
from dossier_app.printing.style import BODY, FAR, GUTTER, MM, MUTED, NEAR, SMALL, STRONG, TITLE

INFO_SHEET = "info_sheet"

_LABELS = BODY(grey=MUTED)
_LABEL_WIDTH = 48 * MM
_NUMBER_WIDTH = 12.0
_PAIR_GAP, _FACT_GAP = 10.0, 8.0
_PAD = 2.2


def print_dossier(
    dossier: Dossier,
    overview: Overview | None,
    options: PrintOptions,
    templates: Templates,
    appended: Sequence[Appended] = (),
) -> Printed:
    """All of ``dossier``, in the current language, with documents of it behind.

    ``overview`` adds the occasions ahead; without it they are left out.
    """
    title = tr("Dossier: {name}", name=client_name(dossier, dossier.main_person))
    uids = frozenset(document.uid for document in appended)
    story = partial(dossier_story, dossier, overview, options, templates, appended=uids)
    if not appended:
        return build(story(), options, title=title)
    return build([Part(story), *appended_story(appended, level=1)], options, title=title)


def dossier_story(
    dossier: Dossier,
    overview: Overview | None,
    options: PrintOptions,
    templates: Templates,
    *,
    level: int = 0,
    appended: frozenset[str] = frozenset(),
) -> list[Flowable]:
    """The dossier as part of a larger print; it begins at the top of a page. ``level`` is
    that of its entry in the outline, ``appended`` the uids of documents that follow."""
    return _Dossier(dossier, overview, options, templates, appended).story(level)


def form_blocks(
    dossier: Dossier,
    person: Person | None,
    form: FilledForm,
    options: PrintOptions,
    templates: Templates,
) -> list[Row]:
    """What is known of one form, and what is not yet; nothing when nothing is filled in
    that may be printed."""
    return _Dossier(dossier, None, options, templates).form(form, person)[1]


class _Dossier:
    def __init__(
        self,
        dossier: Dossier,
        overview: Overview | None,
        options: PrintOptions,
        templates: Templates,
        appended: frozenset[str] = frozenset(),
    ) -> None:
        self.dossier, self.overview, self.templates = dossier, overview, templates
        self.appended = appended
        self.today, self.private, self.parts = options.today, options.private, options.parts
        self.last_contacts = options.last_contacts
        self.name = client_name(dossier, dossier.main_person)

    def story(self, level: int) -> list[Flowable]:
        band = self.overview.band if self.overview else ""
        head = " · ".join(filter(None, [tr("Dossier"), full_date(self.today), band]))
        company = self.dossier.company
        who = ", ".join(dict.fromkeys(part for part in (self.name, company) if part))
        story: list[Flowable] = [
            Begin(Running(head, who, private=self.private)),
            Entry(self.name, level),
            client_head(self.dossier, self.dossier.main_person, private=self.private),
            self._step(),
        ]
        sections: list[tuple[DossierPart | None, str, list[Block]]] = [
            (DossierPart.PROMISES, tr("Promises"), self._promises()),
            (None, tr("Ahead"), self._ahead()),
            (None, tr("About the client"), self._about()),
            (DossierPart.PEOPLE, tr("People"), self._people()),
            *((DossierPart.FORMS, title, blocks) for title, blocks in self._forms()),
            (DossierPart.HISTORY, tr("History"), self._history()),
            (DossierPart.DOCUMENTS, tr("Documents"), self._documents()),
            (None, tr("Note"), self._note()),
        ]
        for part, title, blocks in sections:
            if blocks and (part is None or part in self.parts):
                first = [Heading(title, TITLE, level=level + 1), blocks[0]]
                story += [Row([first], [0], above=FAR), *blocks[1:]]
        return story

    def _step(self) -> Row:
        dossier, step = self.dossier, self.dossier.step
        blocks = labelled(tr("Next step"))
        if dossier.closed_on is not None:
            closed = tr("Closed on {day}", day=full_date(dossier.closed_on))
            blocks = labelled(closed, Text(dossier.closed_reason))
        elif step is None:
            blocks.append(Text(tr("Not agreed yet"), STRONG))
        else:
            when = [step_word(step.kind), self._when()]
            when += [clock(step.time)] if step.time else []
            when += [duration(step.minutes), tr("fixed") if step.fixed else tr("movable")]
            blocks.append(Text(", ".join(part for part in when if part), STRONG))
            blocks += _texts(step.text)
        more = []
        if dossier.cadence:
            more.append(describe_cadence(dossier.cadence))
        if dossier.carried and dossier.carried.times:
            day = day_words(dossier.carried.origin, self.today)
            more.append(tr("carried over from {day}", day=day))
        if more:
            blocks.append(Text(" · ".join(more), SMALL))
        return Row([blocks], [0], framed=True, above=FAR)

    def _when(self) -> str:
        place = self.dossier.place
        if place.date is not None:
            return f"{weekday(place.date)}, {full_date(place.date)}"
        return month_name(place.month) if place.month else ""

    def _promises(self) -> list[Block]:
        """Ours at the left, theirs at the right, open ones first."""
        sides: list[list[Block]] = []
        for side in (Side.OURS, Side.THEIRS):
            promises: list[Promise] = [
                item for item in self._to_print(self.dossier.promises) if item.side is side
            ]
            promises.sort(key=_by_urgency)
            sides.append(
                [
                    Text(
                        promise_words(item, self.today),
                        BODY if item.kept_on is None else _LABELS,
                        tick="open" if item.kept_on is None else "done",
                    )
                    for item in promises
                ]
            )
        if not any(sides):
            return []
        titles = (tr("We promised"), tr("They promised"))
        cells = [labelled(title, *side) for title, side in zip(titles, sides, strict=True) if side]
        return [Row(cells, [0] * len(cells), above=NEAR)]

    def _ahead(self) -> list[Block]:
        """Occasions, and the slips that stand under other dates. Birthdays among the
        slips may come from a private field, and are told once; promises stand in their own
        list."""
        occasions: list[OccasionAhead] = self._to_print(
            self.overview.occasions if self.overview else []
        )
        rows = [
            (item.on, ", ".join(part for part in (item.who, item.text) if part))
            for item in occasions
        ]
        days = {item.on for item in occasions}
        hidden = {item.uid for item in self.dossier.promises if item.private and not self.private}
        rows += [
            (slip.on, slip.text)
            for slip in self.dossier.slips
            if slip.done_on is None
            and slip.promise_uid not in hidden
            and slip.kind is not SlipKind.PROMISE
            and (slip.kind is not SlipKind.BIRTHDAY or (self.private and slip.on not in days))
        ]
        return [timeline(day_words(on, self.today), [Text(text)]) for on, text in sorted(rows)]

    def _about(self) -> list[Block]:
        dossier = self.dossier
        known = [
            (tr("Company"), dossier.company),
            (tr("Category"), category_word(dossier.category)),
            (tr("Status"), dossier.status),
            (tr("Source"), dossier.source),
            (tr("Tags"), ", ".join(dossier.tags)),
        ]
        known += self._points(dossier.contact_points)
        blocks = [_pair(label, [Text(text)]) for label, text in known if text]
        template = self.templates.get(INFO_SHEET)
        if template is not None:
            # Fields that are bound show what stands above already.
            found = facts(template, dossier, None, private=self.private)
            blocks += [
                _pair(fact.label, self._answer(fact)) for fact in found if not fact.field.bind
            ]
        if dossier.created_on:
            blocks.append(_pair(tr("Kept since"), [Text(full_date(dossier.created_on))]))
        return list(blocks)

    def _people(self) -> list[Block]:
        blocks: list[Block] = []
        for person in self.dossier.people:
            name = Text(person.full_name or tr("No name"), STRONG)
            rest = person_words(person, role=self.private).removeprefix(person.full_name)
            details: list[Block] = [Text(rest.lstrip(", "))] if rest.lstrip(", ") else []
            details += [
                Text(f"{label}: {value}") for label, value in self._points(person.contact_points)
            ]
            if self.private and person.note:
                details += _texts(person.note)
            blocks.append(
                Row([[name], details], [_LABEL_WIDTH + 14 * MM, 0], gap=10, pad=_PAD, ruled=True)
            )
        return blocks

    def _points(self, points: Iterable[ContactPoint]) -> list[tuple[str, str]]:
        return [(point_word(point), point.value) for point in self._to_print(points)]

    def _forms(self) -> list[tuple[str, list[Block]]]:
        """Each filled form with its title, those about the client first."""
        filled: list[tuple[FilledForm, Person | None]] = [
            (form, None) for form in self.dossier.forms if form.template != INFO_SHEET
        ]
        filled += [(form, person) for person in self.dossier.people for form in person.forms]
        return [self.form(form, person) for form, person in filled]

    def form(self, form: FilledForm, person: Person | None) -> tuple[str, list[Block]]:
        template = self.templates.get(form.template) or _unknown(form, person)
        found = facts(template, self.dossier, person, private=self.private, form=form)
        title = [str(template.title), person.short_name if person else ""]
        if template.repeatable and form.filled_on:
            title.append(full_date(form.filled_on))
        blocks = [self._fact(fact) for fact in found]
        known = {fact.field.key for fact in found}
        open_fields = [
            field
            for field in template.fields
            if field.key not in known and not field.retired and (self.private or not field.private)
        ]
        if blocks and open_fields and not template.repeatable:
            names = "; ".join(_numbered(field) for field in open_fields)
            blocks.append(_pair(tr("Not known yet"), [Text(names, _LABELS)]))
        return ": ".join(part for part in title if part), blocks

    def _fact(self, fact: Fact) -> Block:
        """A numbered question and what is known."""
        number = str(fact.field.number or "")
        return Row(
            [[Text(number, _LABELS)], [Text(fact.label, _LABELS)], self._answer(fact)],
            # Answers stand on the same line as those of `_pair`.
            [_NUMBER_WIDTH, _LABEL_WIDTH + _PAIR_GAP - _NUMBER_WIDTH - 2 * _FACT_GAP, 0],
            gap=_FACT_GAP, pad=_PAD, ruled=True,
        )  # fmt: skip

    def _answer(self, fact: Fact) -> list[Block]:
        """What is known, and how old that is."""
        answer = fact.answer
        rows = cells_of(fact.field, answer.value, self.dossier.people)
        text: list[Block] = [line for row in rows for line in _cells(row)] or _texts(fact.text)
        # Whom it was heard from is for the rep alone; that it is old, for every reader.
        heard = [answer.source if self.private else ""]
        if answer.confirmed and is_old(answer, self.today):
            heard.append(tr("last confirmed {day}", day=full_date(answer.confirmed)))
        elif answer.confirmed and answer.source and self.private:
            heard.append(day_words(answer.confirmed, self.today))
        if any(heard):
            text.append(Text(", ".join(part for part in heard if part), SMALL))
        return text

    def _history(self) -> list[Block]:
        entries: list[HistoryEntry] = self._to_print(self.dossier.history)
        entries.sort(key=lambda entry: entry.at, reverse=True)
        names = {person.uid: person.short_name for person in self.dossier.people}
        shown = entries[: self.last_contacts or None]
        blocks = [self._contact(entry, names) for entry in shown]
        if older := len(entries) - len(shown):
            blocks.append(Text(ntr("and {n} older", "and {n} older", older), SMALL, above=_PAD))
        return blocks

    def _contact(self, entry: HistoryEntry, names: dict[str, str]) -> Block:
        what = [channel_words(entry), names.get(entry.person_uid, "")]
        if entry.author:
            what.append(tr("noted by {name}", name=entry.author))
        if entry.minutes:
            what.append(duration(entry.minutes))
        texts: list[Block] = [Text(" · ".join(part for part in what if part), SMALL, keep=True)]
        texts += _texts(entry.text)
        if entry.agreed:
            texts.append(Text(tr("Agreed: {text}", text=entry.agreed), STRONG))
        return timeline(day_words(entry.at.date(), self.today), texts)

    def _documents(self) -> list[Block]:
        """Each by its newest version, and the page on which it stands, where it follows."""
        head, widths = [tr("Name"), tr("Size"), tr("Added")], [0.0, 22 * MM, 38 * MM]
        if self.appended:
            head, widths = [*head, tr("Printed")], [*widths, 22 * MM]
        rows = [
            Row(self._document(versions), widths, gap=GUTTER / 2, pad=2, ruled=True)
            for versions in with_versions(self._to_print(self.dossier.documents))
        ]
        return [Table(head, rows, widths)] if rows else []

    def _document(self, versions: Versions) -> list[list[Block]]:
        newest, first = versions.newest, versions.all[0]
        name: list[Block] = [Text(newest.name)]
        if newest is not first:
            day = day_words(first.added_on, self.today)
            number = versions.number(newest)
            name.append(Text(tr("version {n}, the first of {day}", n=number, day=day), SMALL))
        added = day_words(newest.added_on, self.today)
        cells: list[list[Block]] = [name, [Text(size_words(newest.size))], [Text(added)]]
        if self.appended:
            cells.append([PageOf(newest.uid)] if newest.uid in self.appended else [Text("")])
        return cells

    def _note(self) -> list[Block]:
        hidden = self.dossier.note_private and not self.private
        return [] if hidden else _texts(self.dossier.note)

    def _to_print(self, items: Iterable[Any]) -> list[Any]:
        return [item for item in items if self.private or not item.private]


def _by_urgency(promise: Promise) -> tuple[bool, bool, str]:
    return promise.kept_on is not None, promise.due is None, str(promise.due)


def _texts(text: str) -> list[Block]:
    return [Text(text.strip())] if text.strip() else []


def _cells(row: list[tuple[str, str]]) -> list[Block]:
    """A row of a table: what it is about, and below it the other cells with their headings."""
    (_, first), *others = row
    below = [f"{heading}: {text}" if heading else text for heading, text in others]
    lines = [Text(first, above=_PAD), *(Text(text, SMALL) for text in below)]
    for line in lines[:-1]:
        line.keepWithNext = True
    return list(lines)


def _pair(label: str, known: list[Block]) -> Row:
    """A label and what it says, under a hairline."""
    cells = [[Text(label, _LABELS)], known]
    return Row(cells, [_LABEL_WIDTH, 0], gap=_PAIR_GAP, pad=_PAD, ruled=True)


def _numbered(field: Field) -> str:
    return f"{field.number} {field.label}" if field.number else str(field.label)


def _unknown(form: FilledForm, person: Person | None) -> Template:
    """Stands for a template that is no longer there: all its answers count as private."""
    title = Bilingual(form.template, form.template)
    scope = Scope.PERSON if person else Scope.DOSSIER
    return Template(form.template, title, scope, version=1, fields=(), groups={})
