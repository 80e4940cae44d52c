"""Promises after they were given."""

from __future__ import annotations

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services.dossiers import load_dossier, save_dossier


def keep_promise(uid: str, promise_uid: str) -> Changes:
    """Note that a promise was kept today; the slip that reminds of it is done too.

    Raises Refusal when the dossier or the promise is not there.
    """
    dossier = load_dossier(uid)
    promise = next((item for item in dossier.promises if item.uid == promise_uid), None)
    if promise is None:
        raise Refusal(tr("This promise is no longer in the dossier."))
    promise.kept_on = clock.today()
    for slip in dossier.slips:
        if slip.promise_uid == promise_uid and slip.done_on is None:
            slip.done_on = promise.kept_on
    return save_dossier(dossier)
