"""The meeting brief: what to know two minutes before, and room to write. One page, at
most two.

What does not fit is shortened in the order of `_LEVELS`: first fewer past contacts and
shorter texts on one page, then the same on two pages with the second one for writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock, day_month, full_date, month_name, weekday
from dossier_app.domain.forms.filling import facts
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import tr
from dossier_app.domain.meeting_code import meeting_code
from dossier_app.domain.overview import OccasionAhead, Overview
from dossier_app.domain.records import (
    ContactKind,
    HistoryEntry,
    StepKind,
)
from dossier_app.domain.words import (
    person_words,
    promise_words,
    step_word,
)
from dossier_app.printing.blocks import (
    Block,
    Entry,
    Row,
    Text,
    labelled,
)
from dossier_app.printing.client import all_points, client_head, client_name, values_of
from dossier_app.printing.fitting import (
    fill,
    height,
    last_contacts,
    sentences,
    short_list,
    side_by_side,
)
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build, head_fits, new_page
from dossier_app.printing.style import (
    APART,
    BODY,
    FAR,
    MM,
    NEAR,
    SHEETS,
    STRONG,
    WRITING_STEP,
)
from dossier_app.printing.writing import Notes, Question, WritingLines

MEETING_PLAN = "meeting_plan"
WANTED_RESULT, OPENING, MIDDLE = "result", "opening", "middle"

_FACE_TO_FACE = {StepKind.MEETING, StepKind.VISIT}
_LEAST_NOTES = 4  # lines
_LEAST_BELOW = 3  # lines under what is known, where a second page is for writing
_AGREED_HEIGHT = FAR + 13 + WRITING_STEP


@dataclass(frozen=True, slots=True)
class _Limits:
    """How much of each part is printed: ``items`` of a list, ``lines`` of a text."""

    contacts: int
    lines: int
    items: int
    goal: int
    talk: int


# All but the first two go over two pages; the last always fits.
_LEVELS = (
    _Limits(contacts=5, lines=3, items=8, goal=8, talk=6),
    _Limits(contacts=3, lines=2, items=5, goal=5, talk=3),
    _Limits(contacts=4, lines=2, items=5, goal=6, talk=4),
    _Limits(contacts=3, lines=1, items=3, goal=3, talk=2),
)


def print_brief(overview: Overview, options: PrintOptions, templates: Templates) -> Printed:
    """The brief for the next step of one dossier, in the current language."""
    title = tr("Meeting brief: {name}", name=client_name(overview.dossier, overview.person))
    return build(brief_story(overview, options, templates), options, title=title)


def brief_story(
    overview: Overview, options: PrintOptions, templates: Templates, *, level: int = 0
) -> list[Flowable]:
    """The brief as part of a larger print: one or two whole pages. ``level`` is that of
    its entry in the outline."""
    return _Brief(overview, options, templates).story(level)


class _Brief:
    def __init__(self, overview: Overview, options: PrintOptions, templates: Templates) -> None:
        self.overview, self.options, self.templates = overview, options, templates
        self.dossier = overview.dossier
        self.name = client_name(self.dossier, overview.person)
        self.sheet = SHEETS[options.paper]
        self.private = options.private
        self.address = self._address()
        head = (*self._when(), overview.band, self.address)
        self.left = " · ".join(part for part in head if part)
        self.address_in_head = head_fits(self.left, self.dossier.company, self.sheet)

    def story(self, level: int) -> list[Flowable]:
        code = meeting_code(self.dossier.uid)
        running = Running(self.left, self.dossier.company, code, self.private)
        start: list[Flowable] = [Begin(running), Entry(self.name, level)]
        writing = [*self._questions(), *self._writing()]
        needed = height(self._questions(), self.sheet) + FAR + 13
        needed += _LEAST_NOTES * WRITING_STEP + _AGREED_HEIGHT
        for limits in _LEVELS[:2]:
            known = self._known(limits)
            if height(known, self.sheet) + needed <= self.sheet.text_height:
                return [*start, *known, *writing]
        continued = replace(running, left=f"{self.name} · {self.left}")
        for limits in _LEVELS:
            first, rest = fill(self._known(limits), self.sheet)
            if height(rest, self.sheet) + needed <= self.sheet.text_height:
                break
        notes = [] if rest else [Notes(tr("Notes"), least=_LEAST_BELOW)]
        return [*start, *first, *notes, new_page(), Begin(continued), *rest, *writing]

    def _known(self, limits: _Limits) -> list[Block]:
        """All that is known, in the order in which it is needed at the door."""
        overview, today = self.overview, self.options.today
        others = [person_words(person, role=self.private) for person in overview.others]
        occasions = [_occasion(item, self.name) for item in self._open_to_print(overview.occasions)]
        ours, theirs = (
            [promise_words(item, today) for item in self._open_to_print(promises)]
            for promises in (overview.ours, overview.theirs)
        )
        avoid = overview.avoid if self.private else []
        shown = limits.items, limits.lines
        sections = [
            [
                short_list(tr("Who else"), others, *shown),
                short_list(tr("Occasions"), occasions, *shown),
            ],
            [self._contacts(limits)],
            [
                short_list(tr("We promised"), ours, *shown, tick="open"),
                short_list(tr("They promised"), theirs, *shown, tick="open"),
            ],
            [_running_text(tr("What to talk about"), overview.talk, limits.talk)],
            [_running_text(tr("Topics to avoid"), avoid, limits.talk)],
        ]
        address = "" if self.address_in_head else self.address
        head = client_head(self.dossier, overview.person, private=self.private, address=address)
        return [head, self._goal(limits), *side_by_side(sections)]

    def _goal(self, limits: _Limits) -> Row:
        """The one frame: what is wanted, and how to get there."""
        step = self.dossier.step
        kind = step.kind if step else StepKind.MEETING
        plan = self._plan()
        text = plan.get(WANTED_RESULT) or (step.text or step_word(kind) if step else "")
        label = tr("Goal of the meeting") if kind in _FACE_TO_FACE else tr("Next step")
        first, rest = _first_sentence(text)
        said = Text(first, STRONG, limit=limits.goal) if first else WritingLines(1)
        goal: list[Block] = labelled(label, said)
        if rest:
            goal.append(Text(rest, BODY, limit=limits.goal))
        way = [plan[key] for key in (OPENING, MIDDLE) if plan.get(key)]
        if plan.get(WANTED_RESULT) and step and step.text:
            way.insert(0, step.text)
        if not way:
            return Row([goal], [0], framed=True, above=FAR)
        plans: list[Block] = [
            Text(part, BODY, limit=limits.goal, above=NEAR if place else 0)
            for place, part in enumerate(way)
        ]
        return Row([goal, labelled(tr("Plan"), *plans)], [0, 0], framed=True, above=FAR)

    def _contacts(self, limits: _Limits) -> list[Block]:
        entries: list[HistoryEntry] = self._open_to_print(self.overview.contacts)
        return last_contacts(entries[: limits.contacts], self.options.today, limits.lines)

    def _questions(self) -> list[Block]:
        questions = self.overview.questions[:3]
        if not questions:
            return []
        cell = labelled(tr("Ask when it fits"), *(Question(text) for text in questions))
        return [Row([cell], [0], above=APART)]

    def _writing(self) -> list[Block]:
        agreed = labelled(tr("Agreed"), WritingLines(1))
        date = labelled(tr("Next date"), WritingLines(1))
        return [
            Row([labelled(tr("Notes"))], [0], above=APART),
            WritingLines(reserve=_AGREED_HEIGHT),
            Row([agreed, date], [0, 56 * MM], above=FAR),
        ]

    def _when(self) -> list[str]:
        step, place = self.dossier.step, self.dossier.place
        kind = step_word(step.kind if step else StepKind.MEETING)
        if place.date is not None:
            when = f"{weekday(place.date)}, {full_date(place.date)}"
            if step and step.time:
                when += f", {clock(step.time)}"
            return [kind, when]
        return [kind, month_name(place.month)] if place.month else [kind]

    def _address(self) -> str:
        """Where to go; nothing for a call or a letter."""
        if self.dossier.step is None or self.dossier.step.kind not in _FACE_TO_FACE:
            return ""
        points = all_points(self.dossier, self.overview.person)
        found = values_of(points, ContactKind.ADDRESS, private=self.private)
        return " ".join(found[0].split()) if found else ""

    def _plan(self) -> dict[str, str]:
        template = self.templates.get(MEETING_PLAN)
        if template is None:
            return {}
        known = facts(template, self.dossier, self.overview.person, private=self.private)
        return {fact.field.key: fact.text for fact in known}

    def _open_to_print(self, items: Iterable[Any]) -> list[Any]:
        return [item for item in items if self.private or not item.private]


def _first_sentence(text: str) -> tuple[str, str]:
    found = re.match(r"(.+?[.!?…])\s+(.+)|([^\n]+)\n+(.+)", text.strip(), re.DOTALL)
    if found is None:
        return text.strip(), ""
    return found[1] or found[3], found[2] or found[4]


def _occasion(item: OccasionAhead, name: str) -> str:
    day = day_month(item.on)
    if item.who and item.who != name:
        return tr("{day}: {who}, {occasion}", day=day, who=item.who, occasion=item.text)
    return tr("{day}: {occasion}", day=day, occasion=item.text)


def _running_text(label: str, texts: Sequence[str], limit: int) -> list[Block]:
    return labelled(label, Text(sentences(*texts), BODY, limit=limit)) if texts else []
