"""Rows of a page together: dossiers, slips and occasions, as one action and one undo."""

from __future__ import annotations

from collections.abc import Sequence

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import Place
from dossier_app.domain.sheets import Sheet
from dossier_app.services import refiling, slips
from dossier_app.storage import journal


def move_rows(
    dossiers: Sequence[str], slip_uids: Sequence[str], place: Place, *, reason: str = ""
) -> Changes:
    """Put dossiers and slips, by uid, under another date. ``reason`` is noted of what was
    left behind. Raises Refusal when a slip would have no day."""
    if not slip_uids:
        return refiling.refile(dossiers, place, reason=reason)
    if place.date is None:
        raise Refusal(tr("A slip needs a day: it lies under no month and in no tray."))
    if not dossiers:
        return slips.move_slips(slip_uids, place.date)
    with journal.action("refile", clock.stamp()) as changes:
        refiling.refile(dossiers, place, reason=reason)
        slips.move_slips(slip_uids, place.date)
    return changes


def tick_rows(sheets: Sequence[Sheet]) -> Changes:
    """Note that slips, loose sheets and occasions were done today. Raises Refusal when
    one of them is no longer there."""
    if len(sheets) == 1:
        return slips.tick(sheets[0].uid, sheets[0].dossier_uid)
    with journal.action("slip_done", clock.stamp()) as changes:
        for sheet in sheets:
            slips.tick(sheet.uid, sheet.dossier_uid)
    return changes
