"""Taking data out: contact files, tables, and all that is kept about one person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services.showing import export_json, person_data
from dossier_app.storage import dossiers


class ExportKind(StrEnum):
    VCARD = "vcard"
    CSV = "csv"
    JSON = "json"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Exported:
    data: bytes
    records: int


def export(kind: ExportKind, uids: Sequence[str] = (), *, private: bool = False) -> Exported:
    """The given dossiers (all of them when none is given) in a format for other programs.

    JSON holds everything; vCard and CSV leave private data out unless ``private``; a
    person's complete data is asked for with exactly one dossier.
    """
    if kind is ExportKind.JSON:
        return Exported(*export_json(list(uids) or None))
    if kind is ExportKind.PERSON:
        if len(uids) != 1:
            raise Refusal(tr("Name the one dossier whose person asked for the data."))
        dossier = dossiers.load(uids[0])
        people = [person_data(dossier, person) for person in dossier.people]
        return Exported(json.dumps(people, ensure_ascii=False, indent=1).encode(), len(people))
    loaded = [dossiers.load(uid) for uid in uids or dossiers.all_uids()]
    if kind is ExportKind.VCARD:
        from dossier_app.exchange.vcard_writer import write_vcards

        return Exported(write_vcards(loaded, include_private=private), len(loaded))
    from dossier_app.exchange.csv_writer import write_csv

    return Exported(write_csv(loaded, include_private=private), len(loaded))
