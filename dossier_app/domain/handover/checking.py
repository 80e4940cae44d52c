"""What a dossier from outside must keep so that the binder can work with it.

The shapes of the values are checked where the file is read; here is what shapes do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.filenames import safe_name
from dossier_app.domain.handover.rows import Unfit
from dossier_app.domain.parts import parts_of
from dossier_app.domain.records import Answer, Cadence, Document, Dossier, Person
from dossier_app.domain.repeating import next_date

_UID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST = 1_000_000  # of minutes, days, tries: more is no fact
_LARGEST = 1 << 40  # bytes of a document
YEARS = range(1000, 9000)  # a date can be counted on from


def check(dossier: Dossier) -> None:
    """Raises Unfit for what no binder of this program holds."""
    _check_uids(dossier)
    if not all(-_MOST <= number <= _MOST for number in _numbers(dossier)):
        raise Unfit("a number out of all measure")
    if not all(day.year in YEARS for day in _dates(dossier)):
        raise Unfit("a date out of all measure")
    if any(entry.at.tzinfo is None for entry in dossier.history):
        raise Unfit("a contact without its offset")
    month = dossier.place.month
    if month is not None and not (month.year in YEARS and 1 <= month.number <= 12):
        raise Unfit("a month that is none")
    _check_cadence(dossier.cadence)
    _check_documents(dossier.documents)
    for slip in dossier.slips:
        if slip.repeat:
            try:
                next_date(slip.repeat, slip.on, slip.on)
            except Unreadable as error:
                raise Unfit("a slip that comes again by no rule") from error


def check_loose(sheets: Dossier) -> None:
    """Raises Unfit for loose sheets, as the slips of a dossier, when they are no such ones."""
    check(sheets)
    if sheets != Dossier(slips=sheets.slips, uid=sheets.uid):
        raise Unfit("more than loose sheets")
    if any(slip.promise_uid for slip in sheets.slips):
        raise Unfit("a promise to nobody")


def check_apart(dossiers: Iterable[Dossier]) -> None:
    """Raises Unfit when two dossiers have a part with the same uid."""
    seen: set[str] = set()
    for dossier in dossiers:
        keys = parts_of(dossier).keys()
        if not seen.isdisjoint(keys):
            raise Unfit("a uid in two dossiers")
        seen |= keys


def _check_uids(dossier: Dossier) -> None:
    parts = parts_of(dossier)
    keys = [key for key, part in parts.items() if not isinstance(part.record, Answer)]
    if not all(map(_UID.fullmatch, keys)):
        raise Unfit("a uid of another form")
    holders: list[Dossier | Person] = [dossier, *dossier.people]
    forms = [form for holder in holders for form in holder.forms]
    records = [
        *holders,
        *forms,
        *(point for holder in holders for point in holder.contact_points),
        *(answer for form in forms for answer in form.answers.values()),
        *dossier.history,
        *dossier.promises,
        *dossier.slips,
        *dossier.documents,
    ]
    if len(records) != len(parts):
        raise Unfit("a uid twice")


def _check_documents(documents: list[Document]) -> None:
    for document in documents:
        if document.name != safe_name(document.name) or not _SHA256.fullmatch(document.sha256):
            raise Unfit("a document's name or mark")
        if not 0 <= document.size <= _LARGEST:
            raise Unfit("a document without a size")


def _numbers(dossier: Dossier) -> Iterator[int]:
    yield dossier.tries
    if dossier.step:
        yield dossier.step.minutes
    if dossier.carried:
        yield dossier.carried.times
    yield from (entry.minutes or 0 for entry in dossier.history)
    yield from (slip.minutes for slip in dossier.slips)
    yield from (person.lead_days or 0 for person in dossier.people)


def _dates(dossier: Dossier) -> Iterator[date]:
    days = [dossier.place.date, dossier.closed_on, dossier.created_on]
    days += [dossier.carried.origin if dossier.carried else None]
    days += [day for promise in dossier.promises for day in (promise.due, promise.kept_on)]
    days += [day for slip in dossier.slips for day in (slip.on, slip.done_on)]
    yield from (day for day in days if day is not None)
    yield from (entry.at.date() for entry in dossier.history)


def _check_cadence(cadence: Cadence | None) -> None:
    if cadence is None:
        return
    if cadence.unit not in ("day", "week", "month") or not 1 <= cadence.every <= 1000:
        raise Unfit("a cadence that is none")
    if cadence.month_day is not None and not 1 <= cadence.month_day <= 31:
        raise Unfit("a day that no month has")
