"""Slips in the database, with or without a dossier, and the promises they remind of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from peewee import fn

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.records import Slip
from dossier_app.storage.dossiers import row_id_of
from dossier_app.storage.models import PromiseRow, SlipRow
from dossier_app.storage.rows import SLIP_FIELDS, record_of, row_of


def add(slips: Iterable[Slip], dossier_uid: str = "") -> None:
    """Write new slips of a dossier, or loose sheets. Refusal when it is not there."""
    dossier_id = row_id_of(dossier_uid) if dossier_uid else None
    for slip in slips:
        SlipRow.create(dossier=dossier_id, **row_of(slip, *SLIP_FIELDS))


def load(uid: str) -> Slip:
    """Raises Refusal when there is no slip ``uid``."""
    return record_of(Slip, _row(uid))


def dossier_of(uid: str) -> str:
    """uid of the dossier to which a slip belongs; empty for a loose sheet."""
    row = SlipRow.get(SlipRow.uid == uid)
    return str(row.dossier.uid) if row.dossier else ""


def uids_beginning(text: str) -> list[str]:
    """uids that begin with ``text``, at most ten."""
    query = SlipRow.select(SlipRow.uid).where(fn.substr(SlipRow.uid, 1, len(text)) == text)
    return [row.uid for row in query.limit(10)]


def open_loose() -> list[Slip]:
    """The loose sheets that are not ticked off, by date."""
    query = SlipRow.select().where(SlipRow.dossier.is_null(), SlipRow.done_on.is_null())
    uids = [row.uid for row in query.order_by(SlipRow.on, SlipRow.id)]
    return [load(uid) for uid in uids]


def exists(uid: str) -> bool:
    return bool(SlipRow.select().where(SlipRow.uid == uid).exists())


def save(slip: Slip) -> None:
    """Make the stored slip equal to ``slip``. Refusal when it is not there."""
    _row(slip.uid)
    SlipRow.update(row_of(slip, *SLIP_FIELDS)).where(SlipRow.uid == slip.uid).execute()


def delete(uid: str) -> None:
    SlipRow.delete().where(SlipRow.uid == uid).execute()


def keep_promise(uid: str, day: date) -> None:
    """Note that an open promise was kept."""
    PromiseRow.update(kept_on=day.isoformat()).where(
        PromiseRow.uid == uid, PromiseRow.kept_on.is_null()
    ).execute()


def date_promise(uid: str, due: date, text: str) -> None:
    """Let a promise say what its slip says now."""
    PromiseRow.update(due=due.isoformat(), text=text).where(PromiseRow.uid == uid).execute()


def _row(uid: str) -> dict[str, object]:
    row = SlipRow.select().where(SlipRow.uid == uid).dicts().first()
    if row is None:
        raise Refusal(tr("This slip is no longer there."))
    return dict(row)
