"""What was typed into *Log & re-file* and not saved: kept while the binder is open.

It lies in memory only, beside the open binder, and goes with it when that is locked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from dossier_app.domain.records import Channel, Direction, Promise, StepKind
from dossier_app.ui.desk import Desk


@dataclass
class Draft:
    """The fields of the dialog as they were left."""

    channel: Channel
    direction: Direction
    reached: bool
    person_uid: str
    text: str
    agreed: str
    promise: str
    step_text: str
    step_kind: StepKind
    minutes: int
    when: str
    fixed: bool
    private: bool
    promises: list[Promise] = field(default_factory=list)


_drafts: WeakKeyDictionary[Desk, dict[str, Draft]] = WeakKeyDictionary()


def keep_draft(desk: Desk, uid: str, draft: Draft | None) -> None:
    """Remember ``draft`` for the dossier ``uid``; None forgets it."""
    of_desk = _drafts.setdefault(desk, {})
    if draft is None:
        of_desk.pop(uid, None)
    else:
        of_desk[uid] = draft


def kept_draft(desk: Desk, uid: str) -> Draft | None:
    return _drafts.get(desk, {}).get(uid)
