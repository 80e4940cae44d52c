"""Reports: a day's plan against fact on one page; a week, a month or any span with charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock, full_date, short_day, weekday
from dossier_app.domain.handover.words import todo_words
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.past import Client
from dossier_app.domain.place import Place
from dossier_app.domain.place_words import short_place
from dossier_app.domain.records import Promise, Side
from dossier_app.domain.review import ContactLine, DayReview, PlanLine, PromiseLine
from dossier_app.domain.review_words import aim_words, channels, debt_words, plan_words
from dossier_app.domain.words import channel_words, promise_words
from dossier_app.printing.blocks import Block, Entry, Label, Row, Size, Table, Text, labelled
from dossier_app.printing.fitting import sentences
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import (
    APART,
    BODY,
    FAR,
    GUTTER,
    LEAD,
    MM,
    NAME,
    NUMBER,
    SHEETS,
    SMALL,
    STRONG,
    TITLE,
    WRITING_STEP,
)
from dossier_app.printing.writing import Notes

_NUMBER_WIDTH = 64 * MM
_STRIP_GAP = 4 * MM
_PAD = 2.2
_MOST_PROMISES = 8
_LARGE_FIGURES = 6  # characters; "120/180" would not fit beside five others


@dataclass(frozen=True, slots=True)
class _Limits:
    """``lines`` of what happened, ``other`` of names and of what was to be done;
    ``stacked``: a company stands under the person."""

    lines: int
    other: int
    stacked: bool = False


_LEVELS = (
    _Limits(3, 2, stacked=True),
    _Limits(2, 2, stacked=True),
    _Limits(2, 2),
    _Limits(2, 1),
    _Limits(1, 1),
)
_LEAST_NOTES = 2  # lines
_MOST_PAGES = 2  # of a day whose texts can still be shortened to fit
_CONTACT_WIDTHS = (30, 46 * MM, 0, 44)
_PLAN_WIDTHS = (30 + GUTTER / 2 + 46 * MM, 0, 34 * MM)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the strip: its label, the number in large type, and what belongs to it."""

    label: str
    number: str
    note: str = ""


def print_day_review(review: DayReview, options: PrintOptions) -> Printed:
    """What was planned for a day and what was done, with lines to write: one page on a
    usual day. Private texts are left out unless asked for."""
    title = tr("Day review: {day}", day=full_date(review.day))
    return build(_DayPage(review, options).story(), options, title=title)


class _DayPage:
    def __init__(self, review: DayReview, options: PrintOptions) -> None:
        self.review, self.options = review, options
        self.today, self.private = options.today, options.private
        self.sheet = SHEETS[options.paper]
        # Who made a contact is told where a colleague made some of them.
        self.several = len({line.entry.author for line in review.contacts}) > 1

    def story(self) -> list[Flowable]:
        day = self.review.day
        left = " · ".join([tr("Day review"), f"{weekday(day)}, {full_date(day)}"])
        start: list[Flowable] = [
            Begin(Running(left, private=self.private)),
            Entry(tr("Day review: {day}", day=full_date(day))),
        ]
        question = tr("What went well, what will be different tomorrow")
        notes = Notes(question, least=_LEAST_NOTES, must=True)
        return [*start, *self._blocks(self._level()), notes]

    def _level(self) -> _Limits:
        """How far texts are shortened."""
        notes = FAR + 13 + _LEAST_NOTES * WRITING_STEP
        height = cache(lambda level: self._height(self._blocks(level)))
        for pages in range(1, _MOST_PAGES + 1):
            # Rows that go over whole leave some of a page empty.
            room = self.sheet.text_height * (1 if pages == 1 else 1.93)
            for level in _LEVELS:
                if height(level) + notes <= room:
                    return level
        return _LEVELS[-1]

    def _height(self, blocks: Sequence[Block]) -> float:
        width = self.sheet.text_width
        return sum(block.spaceBefore + block.height_in(width) for block in blocks)

    def _blocks(self, limits: _Limits) -> list[Block]:
        blocks = [self._head(), strip(self._cells()), self._channels()]
        blocks += self._contacts(limits)
        blocks += self._not_done(limits.other)
        return blocks + self._promises()

    def _head(self) -> Row:
        day, load = self.review.day, plan_words(self.review)
        return page_head(tr("Day review"), load, str(day.day), weekday(day))

    def _cells(self) -> list[Cell]:
        figures = self.review.figures
        done = reached = ""
        if figures.planned:
            done = tr("moved {moved}, left {left}", moved=figures.moved, left=figures.left)
        if figures.contacts:
            reached = tr("reached {n}", n=figures.reached)
        share = f"{figures.done}/{figures.planned}" if figures.planned else "–"
        return [
            Cell(tr("Plan done"), share, done),
            Cell(tr("Contacts"), str(figures.contacts), reached),
            Cell(tr("New"), str(figures.new), aim_words(figures.new_target)),
            Cell(tr("Repeat"), str(figures.repeat), aim_words(figures.repeat_target)),
            Cell(tr("Promises kept"), str(figures.promises_kept), debt_words(figures)),
            Cell(
                tr("Time"),
                hours(figures.minutes_spent),
                tr("planned {time}", time=hours(figures.minutes_planned)),
            ),
        ]

    def _channels(self) -> Text:
        figures = self.review.figures
        parts = [f"{name.lower()} {now}" for name, now in channels(figures) if now]
        if figures.unplanned:
            parts.append(tr("unplanned {n}", n=figures.unplanned))
        if figures.new_dossiers:
            parts.append(tr("new dossiers {n}", n=figures.new_dossiers))
        text = " · ".join(parts) or tr("No contacts on this day")
        return Text(text[:1].upper() + text[1:], BODY, above=7)

    def _contacts(self, limits: _Limits) -> list[Block]:
        rows = [self._contact(line, limits) for line in self.review.contacts]
        if not rows:
            return []
        head = (tr("Time"), tr("Who"), tr("What happened"), tr("Next"))
        return [Table(head, rows, _CONTACT_WIDTHS, above=APART)]

    def _contact(self, line: ContactLine, limits: _Limits) -> Row:
        entry = line.entry
        what = [channel_words(entry)]
        if line.is_new:
            what.append(tr("first contact"))
        if not line.planned:
            what.append(tr("unplanned"))
        said = f"{', '.join(what)}."
        if self.private or not entry.private:
            said = sentences(said, entry.text, entry.agreed)
        if self.several and entry.author:
            said += f" ({entry.author})"
        next_ = short_place(line.next, self.today) if line.next else ""
        cells: list[list[Block]] = [
            [Text(clock(entry.at.timetz()), STRONG, limit=1)],
            self._who(line.client, limits),
            [Text(said, BODY, limit=limits.lines)],
            [Text(next_, BODY, limit=2)],
        ]
        return _row(cells, _CONTACT_WIDTHS)

    def _who(self, client: Client, limits: _Limits) -> list[Block]:
        if not client.company or not limits.stacked:
            return [Text(_client(client, private=self.private), BODY, limit=limits.other)]
        return [Text(client.name, BODY, limit=1), Text(client.company, SMALL, limit=1)]

    def _not_done(self, lines: int) -> list[Block]:
        rows = [self._plan(line, lines) for line in self.review.not_done]
        if not rows:
            return []
        head = (tr("Not done"), tr("What was to be done"), tr("Lies now"))
        return [Table(head, rows, _PLAN_WIDTHS, above=FAR)]

    def _plan(self, line: PlanLine, lines: int) -> Row:
        step = line.step
        when = clock(step.time) if step.time else ""
        what = " · ".join(filter(None, (when, " ".join(todo_words(step).split()))))
        cells: list[list[Block]] = [
            [Text(_client(line.client, private=self.private), BODY, limit=lines)],
            [Text(what, BODY, limit=lines)],
            [Text(self._lies(line.now), BODY, limit=2)],
        ]
        return _row(cells, _PLAN_WIDTHS)

    def _lies(self, now: Place) -> str:
        if now.date is not None and now.date < self.today:
            return tr("left behind, {day}", day=short_day(now.date, self.today))
        if now.date == self.review.day:
            return tr("still there")
        return short_place(now, self.today)

    def _promises(self) -> list[Block]:
        review = self.review
        ours, theirs = Side.OURS, Side.THEIRS
        open_ = (*review.broken, *review.overdue)
        cells = [
            self._promise_list(tr("Kept"), _of(review.kept, ours)),
            self._promise_list(tr("Not kept in time"), _of(open_, ours)),
            self._promise_list(tr("Promised on this day"), _of(review.made, ours)),
            self._promise_list(
                tr("They promised"), _of((*open_, *review.kept, *review.made), theirs)
            ),
        ]
        cells = [cell for cell in cells if cell]
        rows: list[Block] = []
        for start in range(0, len(cells), 2):
            pair = cells[start : start + 2]
            pair += [[]] * (2 - len(pair))
            rows.append(Row(pair, [0, 0], above=APART if rows else FAR))
        return rows

    def _promise_list(self, label: str, lines: Sequence[PromiseLine]) -> list[Block]:
        if not lines:
            return []
        shown = lines[:_MOST_PROMISES]
        blocks: list[Block] = [
            Text(self._promise(line), BODY, limit=2, tick=_tick(line.promise)) for line in shown
        ]
        if more := len(lines) - len(shown):
            blocks.append(Text(ntr("and {n} more", "and {n} more", more), SMALL))
        return labelled(label, *blocks)

    def _promise(self, line: PromiseLine) -> str:
        who = _name(line.client, private=self.private)
        if line.promise.private and not self.private:
            return who
        return tr(
            "{name}: {promise}", name=who, promise=promise_words(line.promise, self.review.day)
        )


def page_head(title: str, lead: str, number: str = "", under: str = "") -> Row:
    """What the page is, in the largest type; at the right its number, as on a divider."""
    left: list[Block] = [Text(title, NAME, limit=2), Text(lead, LEAD, limit=2, above=3)]
    if not number:
        return Row([left], [0])
    right: list[Block] = [Text(number, NUMBER, align="right", limit=1)]
    right.append(Text(under, BODY, align="right", limit=1))
    return Row([left, right], [0, _NUMBER_WIDTH])


def strip(cells: Sequence[Cell]) -> Row:
    """The figures of a page side by side, the numbers on one height."""
    labels = [_LevelLabel(cell.label, limit=2) for cell in cells]
    longest = max(len(cell.number) for cell in cells)
    style = NAME if longest <= _LARGE_FIGURES else TITLE
    columns: list[list[Block]] = []
    for label, cell in zip(labels, cells, strict=True):
        label.beside = labels
        number = Text(cell.number, style, limit=1)
        columns.append([label, number, Text(cell.note, SMALL, limit=2)])
    return Row(columns, [0] * len(cells), gap=_STRIP_GAP, above=FAR, pad=4, ruled=True)


class _LevelLabel(Label):
    """A label that takes the room of the tallest of those ``beside`` it."""

    beside: Sequence[Label] = ()

    def wrap(self, aw: float, ah: float) -> Size:
        width, _ = super().wrap(aw, ah)
        lines = max(len(label.lines_in(aw)) for label in self.beside)
        self.height = lines * self.style.leading
        return width, self.height


def hours(minutes: int) -> str:
    """ "2:05"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _client(client: Client, *, private: bool) -> str:
    name = _name(client, private=private)
    return f"{name}, {client.company}" if client.company else name


def _name(client: Client, *, private: bool) -> str:
    hidden = client.name_is_private and not private
    return ("" if hidden else client.name) or tr("No name")


def _tick(promise: Promise) -> Literal["open", "done"]:
    return "open" if promise.kept_on is None else "done"


def _of(lines: Sequence[PromiseLine], side: Side) -> list[PromiseLine]:
    """The promises of one side, each once."""
    known = {line.promise.uid: line for line in lines if line.promise.side is side}
    return list(known.values())


def _row(cells: Sequence[Sequence[Block]], widths: Sequence[float]) -> Row:
    return Row(cells, widths, gap=GUTTER / 2, pad=_PAD, ruled=True)
