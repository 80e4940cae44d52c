"""Importing contacts and mails: look for doubles, add, join, report every record, one undo.

The steps are apart, so that a window never stands still: `read_file` and `table_of` need
no open binder and may run in any thread, `plan_steps` reads the binder record by record,
`carry_out` writes what was planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import reason_words
from dossier_app.exchange import detect, table_columns
from dossier_app.exchange.mail import mail_format
from dossier_app.services import mail_importing
from dossier_app.services.cleaning import no_cleaning
from dossier_app.services.import_planning import ImportPlan, OpenedFile, plan_steps
from dossier_app.services.import_report import ImportReport
from dossier_app.services.steps import finish
from dossier_app.storage import dossiers, journal
from dossier_app.storage import duplicates as store

MAX_BYTES = 100_000_000
_SAMPLES = 3  # cells shown of each column
# Encodings that programs on Russian desks wrote, the usual ones first.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1251": "Windows (cp1251)",
    "cp866": "DOS (cp866)",
    "koi8-r": "KOI8-R",
    "mac-cyrillic": "Mac Cyrillic",
    "utf-16": "UTF-16",
    "cp1252": "Windows (cp1252)",
}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file when it does not say so itself."""

    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``key`` names it in a mapping, ``target`` is where its cells go
    ("" for the note)."""

    key: str
    heading: str
    samples: list[str]
    target: str


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table looks like before its rows are read."""

    columns: list[Column]
    encoding: str
    delimiter: str


def read_file(path: Path, options: ReadOptions = ReadOptions()) -> OpenedFile:
    """Read one file of contacts or one mail; never raises for what is in it."""
    try:
        data = _bytes_of(path)
        mail = mail_importing.mail_file(path.name, data)
        if mail is not None:
            return OpenedFile(path.name, None, mail=mail)
        with no_cleaning:
            content = detect.read_contacts(
                path.name,
                data,
                encoding=options.encoding,
                delimiter=options.delimiter,
                mapping=options.mapping,
            )
            return OpenedFile(path.name, content)
    except Refusal as refusal:
        return OpenedFile(path.name, None, str(refusal))


def table_of(path: Path, options: ReadOptions = ReadOptions()) -> TableLook | None:
    """The columns of a table and where they go; None when the file is no table."""
    try:
        data = _bytes_of(path)
        if mail_format(path.name, data):
            return None
        table = detect.table_in(
            path.name, data, encoding=options.encoding, delimiter=options.delimiter
        )
        if table is None:
            return None
        mapping = table_columns.guess_mapping(table.columns, table.rows)
        mapping = table_columns.with_wishes(mapping, table.columns, options.mapping or {})
    except Refusal:
        return None
    columns = []
    for place, heading in enumerate(table.columns):
        cells = (row[place].strip() for row in table.rows)
        samples = list(dict.fromkeys(cell for cell in cells if cell))[:_SAMPLES]
        # A heading that stands twice is no name: then the number.
        key = heading if table.columns.count(heading) == 1 else str(place + 1)
        columns.append(Column(key, heading, samples, mapping.get(place, "")))
    return TableLook(columns, table.encoding, table.delimiter)


def targets() -> dict[str, str]:
    """Where the cells of a column may go: key and name, in the order to be offered."""
    return {target.key: target.label for target in table_columns.targets()}


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, in order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.rglob("*") if item.is_file())
        else:
            found.append(path)
    return found


def import_files(
    files: Iterable[OpenedFile], *, into: str = "", dry_run: bool = False
) -> tuple[ImportReport, Changes]:
    """Bring the records of ``files`` into the binder as one action.

    Mails go into the dossier ``into`` when it is given. With ``dry_run`` the report tells
    what would be, and nothing is written.
    """
    opened = list(files)
    steps = plan_steps(opened, dict.fromkeys(range(len(opened)), into) if into else {})
    plan = finish(steps)
    return plan.report, Changes() if dry_run else carry_out(plan)


def carry_out(plan: ImportPlan) -> Changes:
    """Write what was planned, as one action. The binder must be as it was then."""
    mail_importing.store(plan.mails)
    with no_cleaning, journal.action("import", clock.stamp()) as changes:
        for dossier in plan.fresh.values():
            dossier.created_on = clock.today()
        dossiers.insert(plan.fresh.values())
        dossiers.save_many(plan.changed.values())
        store.add_origins(plan.origins)
        for mail in plan.mails:
            mail_importing.write(mail)
        store.add_origins({mail.file.origin: mail.uid for mail in plan.mails})
    return changes


def _bytes_of(path: Path) -> bytes:
    """The whole file. Raises Refusal when it is too large or cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refusal(tr("The file is larger than {size} MB.", size=MAX_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        reason = reason_words(error)
        raise Refusal(tr("The file cannot be read: {reason}.", reason=reason)) from error
