"""The lines of a day: contacts made, what was not done, promises; ready to be painted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dossier_app.domain.datewords import clock, short_day
from dossier_app.domain.language import tr
from dossier_app.domain.past import Client
from dossier_app.domain.place_words import short_place
from dossier_app.domain.records import Side
from dossier_app.domain.review import ContactLine, DayReview, PlanLine, PromiseLine
from dossier_app.domain.words import channel_words, step_word
from dossier_app.ui.icons import CHANNEL_ICONS, STEP_ICONS


@dataclass(frozen=True, slots=True)
class Line:
    """A line about the dossier ``uid``: who; what. ``right`` tells where it lies or went,
    ``is_open`` that it still has to be dealt with. Roles name colours of the theme."""

    key: str  # the same line after a change
    uid: str
    name: str
    beside: str
    text: str
    icon: str
    icon_role: str = "accent"
    lead: str = ""
    chips: tuple[str, ...] = ()
    right: str = ""
    right_role: str = "muted"
    private: bool = False
    quiet: bool = False
    is_plan: bool = False  # it was to be worked on the day
    is_open: bool = False

    @property
    def spoken(self) -> str:
        parts = [self.lead, self.name, self.beside, *self.chips, self.text, self.right]
        if self.private:
            parts.append(tr("private"))
        return ". ".join(filter(None, parts))


Row = Line | str  # a heading is its text


def contact_rows(review: DayReview, today: date) -> list[Row]:
    """The contacts made, in the order of the day."""
    if not review.contacts:
        return []
    figures = review.figures
    parts = [tr("Contacts: {n}", n=figures.contacts)]
    if figures.not_reached:
        parts.append(tr("not reached: {n}", n=figures.not_reached))
    if figures.unplanned:
        parts.append(tr("unplanned: {n}", n=figures.unplanned))
    return [" · ".join(parts), *(_contact(line, today) for line in review.contacts)]


def open_rows(review: DayReview, today: date) -> list[Row]:
    """What was not done, first what still lies under the day; then the promises."""
    not_done = [_plan(line, review.day, today) for line in review.not_done]
    return [
        *_group(tr("Not done"), [line for line in not_done if line.is_open]),
        *_group(tr("Moved to another date"), [line for line in not_done if not line.is_open]),
        *_promise_rows(review, today),
    ]


def _group(title: str, lines: list[Line]) -> list[Row]:
    return [f"{title}: {len(lines)}", *lines] if lines else []


def _contact(line: ContactLine, today: date) -> Line:
    entry = line.entry
    chips = [] if line.planned else [tr("unplanned")]
    if line.is_new:
        chips.append(tr("first contact"))
    said = " ".join(f"{entry.text} {entry.agreed}".split())
    how = channel_words(entry)
    return Line(
        key=entry.uid,
        uid=line.client.uid,
        name=_name(line.client),
        beside=line.client.company,
        text=f"{how}: {said}" if said else how,
        icon=CHANNEL_ICONS[entry.channel],
        icon_role="accent" if entry.reached else "muted",
        lead=clock(entry.at.timetz()),
        chips=tuple(chips),
        right=f"→ {short_place(line.next, today)}" if line.next else "",
        private=entry.private,
        quiet=not entry.reached,
    )


def _plan(line: PlanLine, day: date, today: date) -> Line:
    step = line.step
    what = " ".join(step.text.split()) or step_word(step.kind)
    is_open = line.now.date == day
    if not is_open:
        where = f"→ {short_place(line.now, today)}"
    else:
        where = tr("left behind") if day < today else tr("still there")
    return Line(
        key=line.client.uid,
        uid=line.client.uid,
        name=_name(line.client),
        beside=line.client.company,
        text=f"{clock(step.time)} · {what}" if step.time else what,
        icon=STEP_ICONS[step.kind],
        icon_role="accent" if is_open else "muted",
        right=where,
        right_role="danger" if is_open and day < today else "muted",
        quiet=not is_open,
        is_plan=True,
        is_open=is_open,
    )


def _promise_rows(review: DayReview, today: date) -> list[Row]:
    late = (*review.broken, *review.overdue)
    rows: list[Row] = []
    for title, lines in (
        (_late_title(review, today), [_late(line, today) for line in late]),
        (tr("Promises kept"), [_promise(line, "check", "kept") for line in review.kept]),
        (
            tr("Promised on this day"),
            [_promise(line, "flag", "made", _by(line, today)) for line in review.made],
        ),
    ):
        rows += _group(title, lines)
    return rows


def _late_title(review: DayReview, today: date) -> str:
    return tr("Promises still due") if review.day == today else tr("Promises not kept in time")


def _late(line: PromiseLine, today: date) -> Line:
    due = line.promise.due
    assert due is not None
    if due == today:
        return _promise(line, "clock", "late", tr("due today"))
    return _promise(
        line, "warning", "late", tr("was due {day}", day=short_day(due, today)), role="danger"
    )


def _by(line: PromiseLine, today: date) -> str:
    due = line.promise.due
    return tr("by {day}", day=short_day(due, today)) if due else ""


def _promise(
    line: PromiseLine, icon: str, group: str, right: str = "", *, role: str = "accent"
) -> Line:
    promise = line.promise
    return Line(
        key=f"{group} {promise.uid}",
        uid=line.client.uid,
        name=_name(line.client),
        beside=line.client.company,
        text=" ".join(promise.text.split()),
        icon=icon,
        icon_role=role,
        chips=(tr("the client's"),) if promise.side is Side.THEIRS else (),
        right=right,
        right_role="danger" if role == "danger" else "muted",
        private=promise.private,
    )


def lines_of(rows: Iterable[Row]) -> list[Line]:
    """The lines without the headings."""
    return [row for row in rows if isinstance(row, Line)]


def _name(client: Client) -> str:
    return client.name or tr("No name")
