"""A client's sheet of the handover pack in two halves: what to know before, and lines for the
report after.

A sheet takes one page; where that cannot hold it, a second one that can be its back. What
is too much even then is shortened in the order of `_LEVELS`: the package has it whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock, full_date, month_name, short_weekday
from dossier_app.domain.forms.filling import Fact, facts
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.forms.values import cells_of
from dossier_app.domain.handover.pack import Pack
from dossier_app.domain.handover.privacy import AFTER, NOTES
from dossier_app.domain.handover.words import todo_words
from dossier_app.domain.language import tr
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    Side,
)
from dossier_app.domain.words import (
    person_words,
    point_word,
    promise_words,
)
from dossier_app.printing.blocks import (
    Block,
    Entry,
    Row,
    Text,
    labelled,
)
from dossier_app.printing.client import all_points, client_head, client_name, values_of
from dossier_app.printing.fitting import fill, height, last_contacts, short_list, side_by_side
from dossier_app.printing.options import PrintOptions
from dossier_app.printing.page import Begin, Running, new_page
from dossier_app.printing.style import (
    APART,
    FAR,
    MM,
    NEAR,
    SHEETS,
    SMALL,
    STRONG,
    TITLE,
)
from dossier_app.printing.writing import RuledTable, WritingLines

# Fields of the notes that have a place of their own on the sheet.
_STATE, _OPEN, _DOCUMENTS, _MONEY, _TOLD = "state", "open", "documents", "money", "told"
_TONE, _LIKES, _NOT_SAY = "tone", "likes", "not_say"
_PROMISE, _UP_TO, _ASK = "may_promise", "up_to", "ask_whom"
_PLACED = {
    _STATE, _OPEN, _DOCUMENTS, _MONEY, _TOLD, _TONE, _LIKES, _NOT_SAY, _PROMISE, _UP_TO, _ASK
}  # fmt: skip

_DATE_WIDTH = 56 * MM
_DAY_WIDTH = 22 * MM
_COLUMNS = 2  # questions of the report that are columns of its table
_LEAST_LINES = 5  # of the table


@dataclass(frozen=True, slots=True)
class _Limits:
    """How much of each part is printed: ``state`` lines of the state of affairs, ``lines``
    of any other text, ``items`` of a list."""

    state: int
    lines: int
    items: int
    contacts: int


# The first two fit on one page with the report; the others go over two.
_LEVELS = (
    _Limits(state=8, lines=4, items=6, contacts=3),
    _Limits(state=5, lines=3, items=4, contacts=2),
    _Limits(state=24, lines=8, items=12, contacts=5),
    _Limits(state=12, lines=5, items=8, contacts=3),
    _Limits(state=6, lines=3, items=4, contacts=2),
    _Limits(state=3, lines=2, items=3, contacts=1),
)
_ONE_PAGE = 2  # levels


def sheet_story(
    dossier: Dossier,
    number: int,
    pack: Pack,
    running: Running,
    options: PrintOptions,
    templates: Templates,
) -> list[Flowable]:
    """The sheet ``number`` as part of the pack: one or two whole pages, with ``running`` as
    their head."""
    return _ClientSheet(dossier, number, pack, running, options, templates).story()


class _ClientSheet:
    """One client of the pack, on one page or two."""

    def __init__(
        self,
        dossier: Dossier,
        number: int,
        pack: Pack,
        running: Running,
        options: PrintOptions,
        templates: Templates,
    ) -> None:
        self.dossier, self.pack, self.options = dossier, pack, options
        self.person = dossier.main_person
        self.name = client_name(dossier, self.person)
        self.sheet = SHEETS[options.paper]
        template = templates.get(NOTES)
        known = facts(template, dossier, None, private=True) if template else []
        self.notes = {fact.field.key: fact for fact in known}
        self.fields = [
            field
            for field in (template.fields if template else ())
            if field.group == AFTER and not field.retired
        ]
        warning = ""
        if any(fact.private for fact in known):
            warning = tr("For the colleague only: not for the client's eyes")
        numbered = tr("{name}, sheet {n}", name=self.name, n=number)
        self.running = replace(running, right=numbered, warning=warning)
        self.entry = Entry(f"{number}. {self.name}")

    def story(self) -> list[Flowable]:
        start: list[Flowable] = [Begin(self.running), self.entry]
        needed = self._report_height()
        for limits in _LEVELS[:_ONE_PAGE]:
            before = self._before(limits)
            if height(before, self.sheet) + needed <= self.sheet.text_height:
                return [*start, *before, *self._report()]
        for limits in _LEVELS[_ONE_PAGE:]:
            first, rest = fill(self._before(limits), self.sheet)
            if height(rest, self.sheet) + needed <= self.sheet.text_height:
                break
        return [*start, *first, new_page(), *rest, *self._report(on_top=not rest)]

    # --- before

    def _before(self, limits: _Limits) -> list[Block]:
        """All that is known, in the order in which it is needed before a call."""
        shown = limits.items, limits.lines
        today = self.options.today
        ours, theirs = (self._promises(side) for side in Side)
        documents = self._note(_DOCUMENTS, limits.lines)
        names = [item.name for item in self.dossier.documents]
        if documents or names:
            listed = short_list(tr("Documents"), names, limits.items, 1)
            documents = [*documents, *listed[1:]] if documents else listed
        history = sorted(self.dossier.history, key=lambda entry: entry.at.timestamp(), reverse=True)
        sections = [
            [self._note(_STATE, limits.state)],
            [self._table(_OPEN, limits)],
            [
                short_list(tr("We promised"), ours, *shown, tick="open"),
                short_list(tr("They promised"), theirs, *shown, tick="open"),
            ],
            [
                self._notes([_PROMISE, _UP_TO], limits.lines),
                self._note(_ASK, limits.lines),
            ],
            [self._notes([_TONE, _LIKES], limits.lines), self._note(_NOT_SAY, limits.lines)],
            [documents, self._note(_MONEY, limits.lines)],
            *self._own_fields(limits),
            [short_list(tr("Also to be reached"), self._others(), *shown)],
            [last_contacts(history[: limits.contacts], today, min(limits.lines, 3))],
        ]
        head = client_head(self.dossier, self.person, private=True, address=self._address())
        return [head, self._step(limits), *side_by_side(sections)]

    def _step(self, limits: _Limits) -> Row:
        """The one frame: what comes next, and whether the client knows."""
        dossier, step = self.dossier, self.dossier.step
        day = dossier.place.date
        when = f"{short_weekday(day)}, {full_date(day)}" if day else ""
        when = when or (month_name(dossier.place.month) if dossier.place.month else "")
        parts = [when, clock(step.time) if step and step.time else ""]
        said = ", ".join(part for part in parts if part)
        next_step = labelled(tr("Next step"), Text(said or tr("Not agreed yet"), STRONG, limit=2))
        if step is not None:
            next_step.append(Text(todo_words(step), limit=limits.lines))
        if step is not None and step.fixed:
            next_step.append(Text(tr("agreed with the client"), SMALL))
        told = self.notes.get(_TOLD)
        label = told.label if told else tr("Was the client told in person?")
        if told is not None and told.answer.value is True:
            answer = Text(told.text, tick="done")
        else:
            answer = Text(tr("Not yet: first say who you are and for whom you call"), tick="open")
        return Row([next_step, labelled(label, answer)], [0, 0], framed=True, above=FAR)

    def _promises(self, side: Side) -> list[str]:
        open_ones = [
            promise
            for promise in self.dossier.promises
            if promise.side is side and promise.kept_on is None
        ]
        open_ones.sort(key=lambda promise: (promise.due is None, str(promise.due)))
        return [promise_words(promise, self.options.today) for promise in open_ones]

    def _note(self, key: str, lines: int) -> list[Block]:
        fact = self.notes.get(key)
        return labelled(fact.label, Text(fact.text, limit=lines)) if fact else []

    def _notes(self, keys: Sequence[str], lines: int) -> list[Block]:
        """Several notes in one cell, each under its label."""
        return [block for key in keys for block in self._note(key, lines)]

    def _table(self, key: str, limits: _Limits) -> list[Block]:
        """A line for each row: what, whose turn, by when."""
        fact = self.notes.get(key)
        if fact is None:
            return []
        rows = cells_of(fact.field, fact.answer.value, self.dossier.people)
        texts = [", ".join(text for _, text in row) for row in rows] or [fact.text]
        return short_list(fact.label, texts, limits.items, limits.lines, tick="open")

    def _own_fields(self, limits: _Limits) -> list[list[list[Block]]]:
        """What a changed form asks besides, two by two."""
        own: list[Fact] = [
            fact
            for fact in self.notes.values()
            if fact.field.key not in _PLACED and fact.field.group != AFTER
        ]
        cells = [labelled(fact.label, Text(fact.text, limit=limits.lines)) for fact in own]
        cells = cells[: limits.items]
        return [cells[place : place + 2] for place in range(0, len(cells), 2)]

    def _others(self) -> list[str]:
        """The other people with their numbers, then the ways to the client that the head
        has no room for."""
        main = self.person
        texts = []
        for person in self.dossier.people:
            if person is not main:
                values = [point.value for point in person.contact_points]
                who = person_words(person, role=self.pack.private)
                texts.append(": ".join(part for part in (who, ", ".join(values)) if part))
        shown = self._in_head()
        texts += [
            f"{point_word(point)}: {point.value}"
            for point in all_points(self.dossier, main)
            if point.value not in shown
        ]
        return [text for text in texts if text]

    def _in_head(self) -> set[str]:
        points: list[ContactPoint] = all_points(self.dossier, self.person)
        phones = values_of(points, ContactKind.PHONE, private=True)
        emails = values_of(points, ContactKind.EMAIL, private=True)
        return {*phones[:2], *emails[:1], self._address(), self.name}

    def _address(self) -> str:
        points = all_points(self.dossier, self.person)
        found = values_of(points, ContactKind.ADDRESS, private=True)
        return found[0] if found else ""

    # --- after

    def _report(self, *, on_top: bool = False) -> list[Block]:
        """What the colleague fills in: a table by date, then what comes next. What is
        answered already stands above it."""
        title = Text(tr("After: {name} fills in", name=self.pack.taker), TITLE, limit=1)
        gap = 0 if on_top else FAR
        top = Row([[title]], [0], above=gap, ruled=not on_top, pad=0 if on_top else 4)
        answers = [
            Row([labelled(label, Text(answer, limit=3))], [0], above=NEAR)
            for label, answer in self._asked()
            if answer
        ]
        rest = self._rest()
        widths = [_DAY_WIDTH, *([0] * min(len(self._asked()), _COLUMNS))]
        heads = [tr("Date"), *(label for label, _ in self._asked()[:_COLUMNS])]
        above = APART if answers else NEAR
        table = RuledTable(heads, widths, reserve=height(rest, self.sheet), above=above)
        return [top, *answers, table, *rest]

    def _asked(self) -> list[tuple[str, str]]:
        """What is asked of the colleague, with what is answered already."""
        asked = [
            (str(field.label), self.notes[field.key].text if field.key in self.notes else "")
            for field in self.fields
        ]
        return asked or [(tr("What was done"), "")]

    def _rest(self) -> list[Block]:
        """The questions that are no columns, and the next date."""
        labels = [label for label, _ in self._asked()[_COLUMNS:]] or [tr("Next step")]
        lines: list[Block] = [
            Row([labelled(label, WritingLines(1))], [0], above=APART) for label in labels[:-1]
        ]
        date = labelled(tr("Next date"), WritingLines(1))
        last = labelled(labels[-1], WritingLines(1))
        return [*lines, Row([last, date], [0, _DATE_WIDTH], above=FAR)]

    def _report_height(self) -> float:
        """The least room that the report needs."""
        blocks = [block for block in self._report() if not isinstance(block, RuledTable)]
        table = RuledTable([""], [0], _LEAST_LINES, above=APART)
        return height([*blocks, table], self.sheet)
