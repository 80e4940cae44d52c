"""A plan of an absence while it is being made: the choices, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dossier_app.domain.handover.absence import Absence, AbsencePlan, Terms
from dossier_app.domain.handover.shares import DayShare, day_shares
from dossier_app.domain.language import tr
from dossier_app.ui.handover import words
from dossier_app.ui.handover.plan_entries import Entry, Part, Whose, entries, has_share


class Draft:
    """What the dialog changes. ``plan`` is None until the days are known and were read;
    ``absence`` holds the choices from the first one on.

    Documents that stay are the same for everybody: each is in one dossier only.
    """

    def __init__(self, absence: Absence | None, today: date) -> None:
        self.is_stored = absence is not None
        self.absence = absence or Absence(today, today)
        self.plan: AbsencePlan | None = None
        self.entries: list[Entry] = []
        self.left_out = {uid for terms in self.absence.terms.values() for uid in terms.left_out}
        self._newcomer = Terms()
        self._today = today

    @property
    def colleagues(self) -> list[str]:
        return self.absence.colleagues

    @property
    def receivers(self) -> list[str]:
        """Who gets a package: something that falls in these days and is not away yet."""
        names = (entry.whom for entry in self.entries if not entry.away)
        return list(dict.fromkeys(filter(None, names)))

    def take_plan(self, plan: AbsencePlan) -> None:
        """What falls in the days was read."""
        self.plan = plan
        self._count()

    def drop_plan(self) -> None:
        """The days are not known any more; the choices are kept."""
        self.plan, self.entries = None, []

    def give(self, uids: Iterable[str], whom: str | None) -> None:
        """Let ``whom`` have these; None takes the decision back."""
        for uid in uids:
            if whom is None:
                self.absence.chosen.pop(uid, None)
            else:
                self.absence.chosen[uid] = whom
        if whom and whom not in self.absence.terms:
            self.absence.terms[whom] = replace(self._newcomer, left_out=sorted(self.left_out))
        self._count()

    def leave_out(self, uids: Iterable[str], *, stays: bool) -> None:
        """Let documents stay here, or go along."""
        self.left_out = self.left_out | set(uids) if stays else self.left_out - set(uids)
        for terms in self.absence.terms.values():
            terms.left_out = sorted(self.left_out)

    def terms_of(self, whose: Whose) -> list[Terms]:
        """What the two boxes are about; for everybody also that of whoever comes next."""
        if isinstance(whose, Part):
            given = [self.absence.terms_for(name) for name in self.colleagues]
            return given or [self._newcomer]
        return [self.absence.terms_for(whose)]

    def set_terms(
        self, whose: Whose, *, private: bool | None = None, may_keep: bool | None = None
    ) -> None:
        """Change what is not None, for one colleague or for all of them."""
        names = self.colleagues if isinstance(whose, Part) else [whose]
        found = [self.absence.terms.setdefault(name, Terms()) for name in names]
        if isinstance(whose, Part):
            found.append(self._newcomer)
        for terms in found:
            terms.private = terms.private if private is None else private
            terms.may_keep = terms.may_keep if may_keep is None else may_keep

    def private_for(self, uid: str) -> bool:
        """Whether private facts of that dossier go along."""
        name = self.absence.chosen.get(uid)
        return self.absence.terms_for(name).private if name else self._newcomer.private

    def shares(self, whose: Whose) -> list[DayShare]:
        """Each day with what that part of the plan has of it."""
        if self.plan is None:
            return []
        return day_shares(self.plan, lambda whom: has_share(whose, whom))

    def left_words(self) -> str:
        """The check: what would be left without a person."""
        if self.plan is None:
            return ""
        left = self.plan.left()
        counted = [
            words.dossier_count(len(left.dossiers)) if left.dossiers else "",
            words.sheet_count(len(left.loose)) if left.loose else "",
        ]
        said = [part for part in counted if part]
        if len(said) == 2:
            return tr("{dossiers} and {sheets} have nobody yet.", dossiers=said[0], sheets=said[1])
        if said:
            return tr("Still without a person: {what}.", what=said[0])
        if not self.entries:
            return tr("Nothing falls in these days.")
        return tr("Everything has somebody.")

    def _count(self) -> None:
        self.entries = entries(self.plan, self._today) if self.plan else []
