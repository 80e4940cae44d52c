"""What becomes of a sheet whose day turns out not to be worked (PRODUCT.md,
"Non-working days, per next step").

Calls and other movable steps go to the next working day. Greetings go to the one before,
and so does what is due by a date: a promise or a checkpoint may not come too late. Fixed
appointments stay. What the rep chose for a step goes above all this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dossier_app.domain.datewords import long_day, short_day
from dossier_app.domain.language import tr
from dossier_app.domain.records import DayOffPolicy, NextStep, SlipKind
from dossier_app.domain.workdays import WorkingCalendar

_BEFORE = (SlipKind.BIRTHDAY, SlipKind.PROMISE, SlipKind.CHECKPOINT)


@dataclass(frozen=True, slots=True)
class SuggestedDay:
    """The day to work it, and why; the reason is empty when the day is worked anyway."""

    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DayOffRules:
    """Suggests days on ``today``; never one that has passed."""

    today: date
    calendar: WorkingCalendar = field(repr=False)

    def for_step(self, step: NextStep, day: date, due: date | None = None) -> SuggestedDay:
        """The day for a next step under ``day``; ``due`` is the earliest due date of an
        open promise, past which it does not go unless the rep chose so for the step."""
        if self.calendar.is_working(day):
            return SuggestedDay(day)
        policy = step.policy
        if policy is DayOffPolicy.STAY:
            return SuggestedDay(day, tr("stays, as chosen for this step"))
        if policy is DayOffPolicy.USUAL:
            if step.fixed:
                return SuggestedDay(day, tr("fixed: agreed with the client"))
            return self._after(day, due)
        return self._before(day) if policy is DayOffPolicy.PREVIOUS else self._after(day, None)

    def for_slip(self, kind: SlipKind, day: date) -> SuggestedDay:
        """The day for a slip or an occasion under ``day``."""
        if self.calendar.is_working(day):
            return SuggestedDay(day)
        return self._before(day) if kind in _BEFORE else self._after(day, None)

    def _after(self, day: date, due: date | None) -> SuggestedDay:
        following, before = self._next(day), self._previous(day)
        if due is not None and due >= self.today and (following is None or following > due):
            if before is None:
                return SuggestedDay(day, tr("stays: a promise is due {day}", day=short_day(due)))
            return SuggestedDay(
                before,
                tr(
                    "{day} is not worked and a promise is due {due}; {other} is the working "
                    "day before",
                    day=long_day(day),
                    due=short_day(due),
                    other=long_day(before),
                ),
            )
        if following is None:
            return SuggestedDay(day, tr("there is no working day to move it to"))
        return SuggestedDay(
            following,
            tr(
                "{day} is not worked; {other} is the next working day",
                day=long_day(day),
                other=long_day(following),
            ),
        )

    def _before(self, day: date) -> SuggestedDay:
        before = self._previous(day)
        if before is None:
            return self._after(day, None)
        return SuggestedDay(
            before,
            tr(
                "{day} is not worked; {other} is the working day before",
                day=long_day(day),
                other=long_day(before),
            ),
        )

    def _next(self, day: date) -> date | None:
        found = self.calendar.next_working(max(day, self.today))
        return found if self.calendar.is_working(found) else None

    def _previous(self, day: date) -> date | None:
        found = self.calendar.previous_working(day)
        return found if found >= self.today and self.calendar.is_working(found) else None
