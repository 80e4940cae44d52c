"""Promises and the slips that remind of them: each function is one undo.

An open promise with a date has one slip, under that date; when the date moves or the
promise is kept, the slip follows.
"""

from __future__ import annotations

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, Promise
from dossier_app.services.contacts import slip_of
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.storage import journal


def add_promise(uid: str, promise: Promise) -> Changes:
    """Note what was promised. Raises Refusal without a text."""
    dossier = load_dossier(uid)
    dossier.promises.append(promise)
    return _save(dossier, promise)


def keep_promise(uid: str, promise_uid: str) -> Changes:
    """Note that a promise was kept today; the slip that reminds of it is done too.

    Raises Refusal when the dossier or the promise is not there.
    """
    dossier = load_dossier(uid)
    promise = dossier.promises[_index(dossier, promise_uid)]
    promise.kept_on = clock.today()
    return _save(dossier, promise)


def change_promise(uid: str, promise: Promise) -> Changes:
    """Let the promise with this uid say what ``promise`` says: who, what and by when.

    Raises Refusal when it is not there, or without a text.
    """
    dossier = load_dossier(uid)
    dossier.promises[_index(dossier, promise.uid)] = promise
    return _save(dossier, promise)


def remove_promise(uid: str, promise_uid: str) -> Changes:
    """Take a promise out with its open slip. Raises Refusal when it is not there."""
    dossier = load_dossier(uid)
    promise = dossier.promises.pop(_index(dossier, promise_uid))
    promise.due = None
    return _save(dossier, promise)


def _save(dossier: Dossier, promise: Promise) -> Changes:
    promise.text = promise.text.strip()
    if not promise.text:
        raise Refusal(tr("The promise has no text."))
    _let_slip_follow(dossier, promise)
    with journal.action("promise", clock.stamp()) as changes:
        save_dossier(dossier)
    return changes


def _let_slip_follow(dossier: Dossier, promise: Promise) -> None:
    slips = [
        slip for slip in dossier.slips if slip.promise_uid == promise.uid and slip.done_on is None
    ]
    if promise.kept_on is not None:
        for slip in slips:
            slip.done_on = promise.kept_on
    elif promise.due is None:
        dossier.slips = [slip for slip in dossier.slips if slip not in slips]
    elif slips:
        for slip in slips:
            slip.on, slip.text = promise.due, promise.text
    elif (made := slip_of(promise)) is not None:
        dossier.slips.append(made)


def _index(dossier: Dossier, promise_uid: str) -> int:
    for number, promise in enumerate(dossier.promises):
        if promise.uid == promise_uid:
            return number
    raise Refusal(tr("This promise is no longer in the dossier."))
