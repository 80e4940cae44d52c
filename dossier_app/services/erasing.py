"""Erasing a client's data for good, as the law lets a person ask, with a protocol."""

from __future__ import annotations

from collections import deque
from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.erasing import Erasure
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.records import Dossier
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.services.handover.ending import refuse_while_away
from dossier_app.storage import backups, contents, dossiers, forgetting, journal
from dossier_app.storage.folder import DataFolder


def erase(uid: str, confirmed: str, folder: DataFolder) -> tuple[Changes, Erasure]:
    """Remove the dossier and everything that remembers it, but for the backups; this cannot
    be undone. ``confirmed`` must be its name, typed by the rep.

    Raises Refusal when the name is another one, or the dossier is in a handover; then
    nothing is changed.
    """
    dossier = dossiers.load(uid)
    name = dossier.name or dossier.company or uid
    if _plain(confirmed) != _plain(name) or not confirmed.strip():
        raise Refusal(tr("Type the name of the dossier, “{name}”, to erase it.", name=name))
    refuse_while_away(uid)
    told = _erasure(dossier, folder)
    changes = forgetting.erase(uid, clock.stamp())
    deque(contents.collect(), maxlen=0)
    return changes, told


def protocol(erasure: Erasure, chosen: PrintOptions) -> Printed:
    """The protocol on paper, in the current language."""
    from dossier_app.printing.erasure import print_erasure

    return print_erasure(erasure, chosen)


def _erasure(dossier: Dossier, folder: DataFolder) -> Erasure:
    people = dossier.people
    return Erasure(
        # A dossier without a name is called by a number, which may be a private one.
        "" if dossier.name_is_private else dossier.name,
        dossier.company,
        clock.now(),
        journal.author(),
        people=len(people),
        contact_points=len(dossier.contact_points)
        + sum(len(person.contact_points) for person in people),
        forms=len(dossier.forms) + sum(len(person.forms) for person in people),
        history=len(dossier.history),
        promises=len(dossier.promises),
        slips=len(dossier.slips),
        documents=len(dossier.documents),
        bytes_of_documents=sum(document.size for document in dossier.documents),
        backup_until=_last_backup(folder),
    )


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _last_backup(folder: DataFolder) -> date | None:
    """The day until which a backup that has the dossier may be kept by the rules of
    `storage.backups.prune`."""
    if not backups.all_backups(folder):
        return None
    return clock.today() + backups.KEPT_LONGEST
