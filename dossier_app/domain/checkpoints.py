"""The five control points of a long job: when to look at it, and what to look for.

They stand at 0, 25, 75, 95 and 99 % of the time. Each ends with a word to the client.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import mark, tr

# Per cent of the time gone, and what to make sure of by then.
_POINTS = (
    (0, mark("is it accepted and begun? Tell the client")),
    (25, mark("does it run to schedule, has nothing unforeseen come up? Tell the client")),
    (75, mark("is the main part done and the end in sight? Tell the client")),
    (95, mark("is it whole, and in the form that was ordered? Tell the client")),
    (99, mark("are the papers complete, signed and free of mistakes? Tell the client")),
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """When so many ``percent`` of the time are gone, and what to do then."""

    percent: int
    on: date
    text: str


def checkpoints(
    title: str, start: date, end: date, is_working: Callable[[date], bool]
) -> list[Checkpoint]:
    """The control points of the job ``title``, in their order, on working days.

    A point that falls on a day off goes to the working day before it, or, where there is
    none since the start, to the one after it. None lies before ``start`` or after
    ``end``; a job without any working day keeps the days as they fall. Raises Refusal
    when the end is before the start.
    """
    if end < start:
        raise Refusal(tr("The job ends before it starts."))
    days = (end - start).days
    working = [day for n in range(days + 1) if is_working(day := start + timedelta(days=n))]
    found = []
    for percent, question in _POINTS:
        raw = start + timedelta(days=(days * percent + 50) // 100)
        before = [day for day in working if day <= raw]
        on = before[-1] if before else next(iter(working), raw)
        text = tr("{title}, {percent} %: {question}", title=title, percent=percent,
                  question=tr(question))  # fmt: skip
        found.append(Checkpoint(percent, on, text))
    return found
