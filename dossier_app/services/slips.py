"""Slips and loose sheets: notes under other dates, with or without a dossier.

Each function is one action and one undo. A slip that reminds of a promise and the
promise always say the same: ticking one keeps the other, moving one re-dates the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.checkpoints import checkpoints
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.slips import checkpoint_mark, slip_uid
from dossier_app.domain.language import tr
from dossier_app.domain.records import USUAL_MINUTES, Slip, SlipKind, StepKind, new_uid
from dossier_app.domain.repeating import anchored, moved, next_date, plain
from dossier_app.services import occasions
from dossier_app.services.calendar import working_calendar
from dossier_app.services.settings import load as load_settings
from dossier_app.storage import handed_slips, journal
from dossier_app.storage import slips as store


def add_slip(slip: Slip, dossier_uid: str = "") -> Changes:
    """Put a slip of a dossier under its date; without a dossier it is a loose sheet.

    Raises Refusal for a slip without a text, or one that comes again in a way that is
    not understood.
    """
    with journal.action("slip", clock.stamp()) as changes:
        store.add([_checked(slip)], dossier_uid)
    return changes


def load_slip(uid: str) -> Slip:
    """Raises Refusal when it is not there."""
    return store.load(uid)


def find_slip(text: str) -> str:
    """The full uid of the one slip whose uid begins with ``text``."""
    matching = store.uids_beginning(text) if text else []
    if text in matching:
        return text
    if len(matching) > 1:
        raise Refusal(tr("Several slips begin with {uid}; give more of it.", uid=text))
    if not matching:
        raise Refusal(tr("There is no slip {uid}.", uid=text))
    return matching[0]


def change_slip(slip: Slip) -> Changes:
    """Let the stored slip say what ``slip`` says, its date included. Raises Refusal as
    `add_slip` does."""
    with journal.action("slip", clock.stamp()) as changes:
        stored = store.load(slip.uid)
        if plain(slip.repeat) == plain(stored.repeat):
            slip.repeat, usual = stored.repeat, stored.on
        else:
            slip.repeat, usual = plain(slip.repeat), slip.on  # a new rule begins here
        _save(_checked(slip), usual)
    return changes


def move_slips(uids: Iterable[str], day: date) -> Changes:
    """Put slips under another day. One of a promise gives the promise a new date; one that
    comes again goes back to its usual days after it."""
    with journal.action("slip", clock.stamp()) as changes:
        for uid in uids:
            slip = store.load(uid)
            before, slip.on = slip.on, day
            _save(slip, before)
    return changes


def tick(uid: str, dossier_uid: str = "") -> Changes:
    """Note that what a slip says was done today. One that comes again lies under its next
    date at once; one of a promise keeps it.

    ``dossier_uid`` is that of the row: an occasion is no slip before it is ticked. What
    was done before stays as it is.
    """
    if dossier_uid and not store.exists(uid):
        return occasions.greet(dossier_uid, uid)
    today = clock.today()
    with journal.action("slip_done", clock.stamp()) as changes:
        slip = store.load(uid)
        if slip.done_on is not None:
            return changes
        slip.done_on = today
        store.save(slip)
        if slip.promise_uid:
            store.keep_promise(slip.promise_uid, today)
        again = _next(slip, today)
        if again is not None:
            store.add([again], store.dossier_of(uid))
            handed_slips.follow(uid, again.uid)
    return changes


def remove_slips(uids: Iterable[str]) -> Changes:
    """Take slips away; one that comes again does not come again. A promise stays."""
    with journal.action("slip_removed", clock.stamp()) as changes:
        for uid in uids:
            store.delete(uid)
    return changes


def add_checkpoints(
    dossier_uid: str, title: str, start: date, end: date, form_uid: str = ""
) -> Changes:
    """Put slips for the five control points of a job under their days. Those of a form that
    were made before are moved, and those that were ticked stay as they are. Raises Refusal
    without a title, or when the end is before the start."""
    title = title.strip()
    if not title:
        raise Refusal(tr("The job needs a name."))
    calendar = working_calendar(load_settings())
    slips = [
        Slip(
            SlipKind.CHECKPOINT,
            point.on,
            point.text,
            minutes=USUAL_MINUTES[StepKind.CALL],
            uid=slip_uid(form_uid, checkpoint_mark(point.percent)) if form_uid else new_uid(),
        )
        for point in checkpoints(title, start, end, calendar.is_working)
    ]
    with journal.action("checkpoints", clock.stamp()) as changes:
        store.add([slip for slip in slips if not store.exists(slip.uid)], dossier_uid)
        for slip in slips:
            if store.load(slip.uid).done_on is None:
                store.save(slip)
    return changes


def _checked(slip: Slip) -> Slip:
    slip.text = slip.text.strip()
    if not slip.text:
        raise Refusal(tr("A slip needs a text."))
    if slip.repeat:
        next_date(slip.repeat, slip.on, slip.on)
        slip.repeat = anchored(slip.repeat, slip.on)
    return slip


def _save(slip: Slip, before: date) -> None:
    """Store a slip that lay under ``before``."""
    if slip.repeat and slip.on != before:
        slip.repeat = moved(slip.repeat, before)
    store.save(slip)
    if slip.promise_uid:
        store.date_promise(slip.promise_uid, slip.on, slip.text)


def _next(slip: Slip, today: date) -> Slip | None:
    """The slip that follows one that was done today. What was missed meanwhile does not
    come one by one."""
    if not slip.repeat:
        return None
    on = next_date(slip.repeat, slip.on, max(slip.on, today))
    if on is None:
        return None
    return replace(slip, on=on, done_on=None, repeat=plain(slip.repeat), uid=new_uid())
