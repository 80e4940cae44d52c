"""Importing contact files: look for doubles, add, join, report every record, one undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.importing import FileContent, Imported, Problem
from dossier_app.domain.joining import join, same_names
from dossier_app.domain.language import tr
from dossier_app.domain.records import ContactKind, Dossier
from dossier_app.exchange.detect import read_contacts
from dossier_app.storage import dossiers, journal
from dossier_app.storage import duplicates as store
from dossier_app.storage.rows import contact_key, fingerprint

MAX_BYTES = 100_000_000


@dataclass
class FileReport:
    """What became of each record of one file: ``records == added + joined + skipped``."""

    file: str
    format: str = ""
    records: int = 0
    added: int = 0
    joined: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass
class ImportReport:
    files: list[FileReport] = field(default_factory=list)
    dossiers: list[str] = field(default_factory=list)  # uids added or joined

    @property
    def complete(self) -> bool:
        """False when a file could not be read at all."""
        return all(report.format for report in self.files)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file when it does not say so itself."""

    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str] | None = None


@dataclass
class OpenedFile:
    """A file that was read, or the reason why not."""

    name: str
    content: FileContent | None
    reason: str = ""


def read_file(path: Path, options: ReadOptions = ReadOptions()) -> OpenedFile:
    """Read one file of contacts; never raises for what is in it."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refusal(tr("The file is larger than {size} MB.", size=MAX_BYTES // 1_000_000))
        content = read_contacts(
            path.name,
            path.read_bytes(),
            encoding=options.encoding,
            delimiter=options.delimiter,
            mapping=options.mapping,
        )
    except OSError as error:
        reason = tr("The file cannot be read: {reason}.", reason=error.strerror or error)
        return OpenedFile(path.name, None, reason)
    except Refusal as refusal:
        return OpenedFile(path.name, None, str(refusal))
    return OpenedFile(path.name, content)


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
    files: Iterable[OpenedFile], *, dry_run: bool = False
) -> tuple[ImportReport, Changes]:
    """Bring the records of ``files`` into the binder as one action.

    A record that was imported before is skipped. One whose phone, e-mail or own lasting
    name is in the binder already, under a name that agrees, is joined to that dossier (or
    skipped when it tells nothing new). Anything else is added to the tray; a shared phone
    or name with another client is told, never joined by itself. With ``dry_run``
    everything is tried and nothing is kept.
    """
    report = ImportReport()
    changes = Changes()
    try:
        with journal.action("import", clock.stamp()) as changes:
            for opened in files:
                line = FileReport(opened.name)
                report.files.append(line)
                if opened.content is None:
                    line.problems.append(Problem(None, opened.reason))
                else:
                    _FileImport(opened.content, line, report).run()
            if dry_run:
                raise _DryRun
    except _DryRun:
        changes = Changes()
    return report, changes


class _DryRun(Exception):
    """Takes back what a trial has written."""


class _FileImport:
    """The import of one file: which dossier each record belongs to."""

    def __init__(self, content: FileContent, line: FileReport, report: ImportReport) -> None:
        self.content, self.line, self.report = content, line, report
        self.fresh: dict[str, Dossier] = {}
        self.changed: dict[str, Dossier] = {}
        self.origins: dict[str, str] = {}  # of the binder and of this file: name -> uid
        self.by_key: dict[str, list[str]] = {}
        self.by_name: dict[str, str] = {}

    def run(self) -> None:
        line, content = self.line, self.content
        line.format, line.records = content.format, content.records
        line.problems = list(content.problems)
        line.skipped = content.records - len(content.imported)
        self.origins = store.origins(
            name for item in content.imported for name in _origin_names(item)
        )
        keys = {key for item in content.imported for key in _keys(item.dossier)}
        self.by_key = store.by_contact_keys(keys)
        self.by_name = store.by_names()
        new_origins: dict[str, str] = {}
        for item in content.imported:
            uid = self._bring(item)
            for name in _origin_names(item):
                if name not in self.origins:
                    self.origins[name] = new_origins[name] = uid
        dossiers.insert(self.fresh.values())
        for dossier in self.changed.values():
            dossiers.save(dossier)
        store.add_origins(new_origins)
        line.added = len(self.fresh)
        self.report.dossiers += [*self.fresh, *self.changed]

    def _bring(self, item: Imported) -> str:
        """Add, join or skip one record; returns the uid of its dossier."""
        foreign, content = _origin_names(item)
        if content in self.origins:
            self._skip(item, tr("Imported before."))
            return self.origins[content]
        uid = self.origins.get(foreign) or self._same_client(item)
        if uid is not None:
            return self._join(uid, item)
        dossier = item.dossier
        dossier.created_on = clock.today()
        self.fresh[dossier.uid] = dossier
        for key in _keys(dossier):
            self.by_key.setdefault(key, []).append(dossier.uid)
        self.by_name.setdefault(store.name_key(dossier.name), dossier.uid)
        return dossier.uid

    def _same_client(self, item: Imported) -> str | None:
        """The dossier that is surely the same client; a doubtful one is only told."""
        candidates = [uid for key in _keys(item.dossier) for uid in self.by_key.get(key, ())]
        for uid in dict.fromkeys(candidates):
            if same_names(self._dossier(uid), item.dossier):
                return uid
        namesake = self.by_name.get(store.name_key(item.dossier.name)) if item.dossier.name else ""
        if candidates or namesake:
            other = self._dossier(candidates[0] if candidates else namesake or "")
            reason = (
                tr("Added; it has a phone or e-mail in common with {name}.", name=other.name)
                if candidates
                else tr("Added; there is a namesake: {name}.", name=other.name)
            )
            self.line.problems.append(Problem(item.record, reason))
        return None

    def _join(self, uid: str, item: Imported) -> str:
        target = self._dossier(uid)
        if not join(target, item.dossier):
            self._skip(item, tr("Nothing new about {name}.", name=target.name))
            return uid
        self.line.joined += 1
        self.line.problems.append(Problem(item.record, tr("Joined to {name}.", name=target.name)))
        if uid not in self.fresh:
            self.changed[uid] = target
        return uid

    def _skip(self, item: Imported, reason: str) -> None:
        self.line.skipped += 1
        self.line.problems.append(Problem(item.record, reason))

    def _dossier(self, uid: str) -> Dossier:
        return self.fresh.get(uid) or self.changed.get(uid) or dossiers.load(uid)


def _origin_names(item: Imported) -> tuple[str, str]:
    """By what a record is known again: its own lasting name, and its content."""
    content = f"content {fingerprint(item.dossier)}"
    return (f"{item.foreign_id}" if item.foreign_id else content), content


def _keys(dossier: Dossier) -> set[str]:
    points = [*dossier.contact_points, *(p for who in dossier.people for p in who.contact_points)]
    return {
        key
        for point in points
        if point.kind in (ContactKind.PHONE, ContactKind.EMAIL)
        and (key := contact_key(point.kind, point.value))
    }
