"""Taking data out: contact files, tables, a calendar, and all that is kept about one person.

The two steps are apart, so that a window never stands still: `reading` reads the binder,
`write` works on what was read.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, Slip
from dossier_app.services import settings
from dossier_app.services.showing import export_json, person_data
from dossier_app.services.steps import finish
from dossier_app.storage import dossiers, slips


class ExportKind(StrEnum):
    VCARD = "vcard"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"
    JSON = "json"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Reading:
    """What goes out, read from the binder. ``loose`` are slips without a client."""

    kind: ExportKind
    private: bool
    leap_day_in_march: bool
    loose: list[Slip]
    dossiers: list[Dossier] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Exported:
    data: bytes
    records: int


def export(kind: ExportKind, uids: Sequence[str] = (), *, private: bool = False) -> Exported:
    """The given dossiers (all of them when none is given) in a format for other programs.

    JSON holds everything; the others leave private data out unless ``private``; a person's
    complete data is asked for with exactly one dossier.
    """
    if kind is ExportKind.JSON:
        return Exported(*export_json(list(uids) or None))
    return write(finish(reading(kind, uids, private=private)))


def reading(
    kind: ExportKind, uids: Sequence[str] = (), *, private: bool = False
) -> Generator[int, None, Reading]:
    """Read what `export` writes, but for JSON. A calendar of all dossiers has the loose
    sheets too. Yields the number of dossiers read."""
    if kind is ExportKind.PERSON and len(uids) != 1:
        raise Refusal(tr("Name the one dossier whose person asked for the data."))
    has_loose = kind is ExportKind.ICS and not uids
    leap_day_in_march = settings.load().leap_day_in_march
    loose = slips.open_loose() if has_loose else []
    read = Reading(kind, private, leap_day_in_march, loose)
    for uid in uids or dossiers.all_uids():
        read.dossiers.append(dossiers.load(uid))
        yield len(read.dossiers)
    return read


def write(read: Reading) -> Exported:
    """The file of what was read. Needs no open binder and may be called in any thread."""
    if read.kind is ExportKind.PERSON:
        (dossier,) = read.dossiers
        people = [person_data(dossier, person) for person in dossier.people]
        return Exported(json.dumps(people, ensure_ascii=False, indent=1).encode(), len(people))
    if read.kind is ExportKind.ICS:
        from dossier_app.exchange.calendar_writer import write_calendar

        made, entries = write_calendar(
            read.dossiers,
            read.loose,
            include_private=read.private,
            leap_day_in_march=read.leap_day_in_march,
        )
        return Exported(made, entries)
    return Exported(_contacts(read), len(read.dossiers))


def _contacts(read: Reading) -> bytes:
    if read.kind is ExportKind.VCARD:
        from dossier_app.exchange.vcard_writer import write_vcards

        return write_vcards(read.dossiers, include_private=read.private)
    from dossier_app.exchange.contact_table import table_of

    head, rows = table_of(read.dossiers, include_private=read.private)
    if read.kind is ExportKind.XLSX:
        from dossier_app.exchange.workbook_writer import write_workbook

        return write_workbook(tr("Dossiers"), head, rows)
    from dossier_app.exchange.csv_writer import csv_bytes

    return csv_bytes(head, rows)
