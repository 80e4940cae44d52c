"""From the code on a printed brief back to the dossier."""

from __future__ import annotations

from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.datewords import clock as clock_words
from dossier_app.domain.language import tr
from dossier_app.domain.meeting_code import read_meeting_code, uids_with_code
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Dossier
from dossier_app.domain.words import step_word
from dossier_app.storage import dossiers
from dossier_app.storage.search import Found

_MOST = 3
_NEVER = 10**6  # days; further off than any date


def find(text: str, today: date | None = None) -> list[Found]:
    """The open dossiers whose code ``text`` is, at most three; nothing when it is no code.

    A code may belong to several dossiers: those whose date is nearest to ``today`` (the
    clock's unless told) come first. ``why`` tells the meeting: "Visit, Wednesday, 25
    November, 10:15". Whether its date was moved since the brief was printed is no matter.
    """
    code = read_meeting_code(text)
    if not code:
        return []
    day = today or clock.today()
    matching = [dossiers.load(uid) for uid in uids_with_code(code, dossiers.all_uids())]
    found = [dossier for dossier in matching if dossier.place.kind is not PlaceKind.CLOSED]
    found.sort(key=lambda dossier: _distance(dossier, day))
    return [_found(dossier, day) for dossier in found[:_MOST]]


def _distance(dossier: Dossier, today: date) -> int:
    """Days between today and the next step; a month counts from its first day."""
    place = dossier.place
    on = place.date or (place.month.first_day if place.month else None)
    return _NEVER if on is None else abs((on - today).days)


def _found(dossier: Dossier, today: date) -> Found:
    person, step = dossier.main_person, dossier.step
    name = (person.full_name if person else "") or dossier.name or tr("No name")
    parts = [step_word(step.kind)] if step else []
    parts.append(describe_place(dossier.place, today))
    parts += [clock_words(step.time)] if step and step.time else []
    company = dossier.company if dossier.company != name else ""
    return Found(dossier.uid, name, company, ", ".join(parts))
