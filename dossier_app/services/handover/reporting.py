"""What colleagues did in an absence, read from what of theirs was taken back.

So it stays true afterwards: what the rep does himself with the dossiers is not in it.
"""

from __future__ import annotations

from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.handover.report import (
    AbsenceReport,
    DossierReport,
    HandoverReport,
    report_of,
    slips_in,
)
from dossier_app.domain.handover.rows import Rows, rows_of
from dossier_app.domain.records import Dossier, Slip
from dossier_app.storage import dossiers, handed_slips, handovers


def report_of_absence(absence: Absence) -> AbsenceReport:
    """What came of every handover of an absence, over or not, the first one first."""
    own = [item for item in handovers.all_handovers() if item.absence == absence.uid]
    return AbsenceReport(absence, [report_of_handover(item) for item in reversed(own)])


def report_of_handover(handover: Handover) -> HandoverReport:
    """What the colleague did, as far as it was taken back; in the colleague's own binder
    what was done there so far."""
    return HandoverReport(
        handover,
        [_dossier(handover, uid) for uid in handovers.uids_in(handover.uid)],
        _loose(handover),
    )


def _dossier(handover: Handover, uid: str) -> DossierReport:
    handed = handovers.handed(handover.uid, uid)
    assert handed is not None
    now = dossiers.load(uid)
    return report_of(handover, now, handed.base, _seen(handover, now, handed.seen))


def _seen(handover: Handover, now: Dossier, seen: Rows | None) -> Rows | None:
    if handover.direction is Direction.GIVEN:
        return seen
    return rows_of(going_along(now, {}, private=True, author=handover.own_name))


def _loose(handover: Handover) -> list[Slip]:
    handed = handovers.handed(handover.uid, handover.uid)
    if handed is None:
        return []
    if handover.direction is Direction.TAKEN:
        return handed_slips.load(handover.uid).slips
    return slips_in(handed.seen) if handed.seen else handed.base.slips
