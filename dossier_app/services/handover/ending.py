"""Which handovers there are, where a dossier is, and the end of a handover."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.domain.language import tr
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.handover.returning import is_given_back, sent_on
from dossier_app.storage import contents, handed_slips, handovers, journal


def all_handovers() -> list[Handover]:
    """Every handover, the newest first."""
    return handovers.all_handovers()


def dossiers_of(handover: Handover) -> list[str]:
    """uids of its dossiers that are in the binder."""
    return handovers.uids_in(handover.uid)


def loose_sheets_of(handover: Handover) -> list[str]:
    """uids of its loose sheets that are in the binder."""
    return handed_slips.uids_in(handover.uid)


def last_update(handover: Handover) -> date | None:
    """The day on which something last went back to the owner, as this binder knows it: taken
    over here, or made into a package; None when nothing did."""
    if handover.direction is Direction.TAKEN:
        return sent_on(handover)
    at = handovers.changed_at(handover.uid, "take_back")
    return datetime.fromisoformat(at).date() if at else None


def find_handover(text: str) -> Handover:
    """The one handover whose uid begins with ``text``."""
    found = [item for item in handovers.all_handovers() if text and item.uid.startswith(text)]
    if not found:
        raise Refusal(tr("There is no handover {uid}.", uid=text))
    if len(found) > 1:
        raise Refusal(tr("Several handovers begin with {uid}; give more of it.", uid=text))
    return found[0]


def handover_of(uid: str) -> Handover | None:
    """The open handover that the dossier is in: with whom it is, or for whom it is here. Of
    one that was handed on that is the later one."""
    found = handovers.open_by_dossier().get(uid)
    return found[0] if found else None


def handovers_by_dossier() -> dict[str, Handover]:
    """`handover_of` every dossier that is in one."""
    return {uid: found[0] for uid, found in handovers.open_by_dossier().items()}


def refuse_while_away(uid: str) -> None:
    """Raises Refusal for a dossier in an open handover: what comes back must find it."""
    if (found := handover_of(uid)) is not None:
        raise Refusal(
            tr(
                "{name} is {band}. End the handover first; nothing was changed.",
                name=load_dossier(uid).name,
                band=found.band(clock.today()),
            )
        )


def end(handover: Handover, *, keep: bool = False, force: bool = False) -> Changes:
    """End a handover.

    The owner's dossiers are just his again, whether something came back or not. A
    colleague's copies go for good, from the journal too, and that cannot be undone; with
    ``keep`` they stay, if the owner allowed it. Raises Refusal when something was not given
    back, unless ``force``.
    """
    if handover.state is State.ENDED:
        raise Refusal(tr("This handover is over already."))
    uids = handovers.uids_in(handover.uid)
    if handover.direction is Direction.GIVEN:
        return _close(handover)
    if keep and not handover.may_keep:
        raise Refusal(
            tr("{name} did not allow to keep copies of these dossiers.", name=handover.colleague)
        )
    if not force and not is_given_back(handover):
        raise Refusal(
            tr("Something was done that was not given back yet. Give it back first, or force it.")
        )
    return _close(handover) if keep else _remove(handover, uids)


def _close(handover: Handover) -> Changes:
    with journal.action("handover_end", clock.stamp()) as changes:
        handovers.save(replace(handover, state=State.ENDED))
    return changes


def _remove(handover: Handover, uids: Sequence[str]) -> Changes:
    """Take the copies out so that nothing remembers them."""
    away = handovers.open_by_dossier() | handed_slips.open_by_slip()
    for uid in [*uids, *handed_slips.uids_in(handover.uid)]:
        for other in away[uid]:
            if other.direction is Direction.GIVEN:
                raise Refusal(
                    tr(
                        "A dossier was handed on and is {band}; end that handover first.",
                        band=other.band(clock.today()),
                    )
                )
    changes = handovers.remove_copies(replace(handover, state=State.ENDED), uids, clock.stamp())
    deque(contents.collect(), maxlen=0)
    return changes
