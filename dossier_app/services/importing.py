"""Importing contacts and mails: look for doubles, add, join, report every record, one undo.

The steps are apart, so that a window never stands still: `read_file` and `table_of` need
no open binder and may run in any thread, `plan_steps` reads the binder record by record,
`carry_out` writes what was planned.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.importing import FileContent, Imported, Problem
from dossier_app.domain.joining import join, same_names, touching_names
from dossier_app.domain.language import tr
from dossier_app.domain.mail import Mails
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier
from dossier_app.exchange import detect, table_columns
from dossier_app.exchange.mail import mail_format
from dossier_app.services import mail_importing
from dossier_app.services.import_report import Fate, FileReport, ImportReport, RecordReport
from dossier_app.services.mail_importing import FiledMail, MailFile
from dossier_app.storage import dossiers, journal
from dossier_app.storage import duplicates as store
from dossier_app.storage.rows import contact_key, fingerprint

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
class Marks:
    """By what a record is known again: its own lasting name in the file, its content, and
    its phones and e-mails as they are compared."""

    lasting: str
    content: str
    keys: frozenset[str]


@dataclass
class OpenedFile:
    """A file that was read, contacts or a mail, or the reason why not. ``marks`` are of
    ``content.imported``."""

    name: str
    content: FileContent | None
    reason: str = ""
    mail: MailFile | None = None
    marks: list[Marks] = field(init=False, default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.marks = [_marks(item) for item in self.content.imported] if self.content else []

    @property
    def records(self) -> int:
        """How many records are to be planned."""
        return len(self.marks) + (self.mail is not None)


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


@dataclass
class ImportPlan:
    """What an import will do; see `plan_steps`."""

    report: ImportReport = field(default_factory=ImportReport)
    fresh: dict[str, Dossier] = field(default_factory=dict)
    changed: dict[str, Dossier] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)  # foreign name -> uid
    mails: list[FiledMail] = field(default_factory=list)


def read_file(path: Path, options: ReadOptions = ReadOptions()) -> OpenedFile:
    """Read one file of contacts or one mail; never raises for what is in it."""
    try:
        data = _bytes_of(path)
        mail = mail_importing.mail_file(path.name, data)
        if mail is not None:
            return OpenedFile(path.name, None, mail=mail)
        content = detect.read_contacts(
            path.name,
            data,
            encoding=options.encoding,
            delimiter=options.delimiter,
            mapping=options.mapping,
        )
    except Refusal as refusal:
        return OpenedFile(path.name, None, str(refusal))
    return OpenedFile(path.name, content)


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
    while True:
        try:
            next(steps)
        except StopIteration as end:
            plan: ImportPlan = end.value
            return plan.report, Changes() if dry_run else carry_out(plan)


def plan_steps(
    files: list[OpenedFile], homes: Mapping[int, str] = MappingProxyType({})
) -> Generator[int, None, ImportPlan]:
    """Find out for each record of ``files`` what is to become of it.

    A record that was imported before is skipped. One whose phone, e-mail or own lasting
    name is in the binder already, under a name that agrees, is joined to that dossier (or
    skipped when it tells nothing new). Anything else is added to the tray; a shared phone
    or name with another client is told, never joined by itself.

    A mail goes into the history of the dossier that has one of its addresses, also of one
    that comes with the same files; ``homes`` names a dossier for a mail by its place in
    ``files`` instead.

    Yields the number of records looked at, after each, and returns the plan. Changes
    nothing: neither the binder nor ``files``.
    """
    planner = _Planner(files)
    looked = 0
    for place in sorted(range(len(files)), key=lambda place: _turn(files[place])):
        for _ in planner.plan_file(place, homes.get(place, "")):
            looked += 1
            yield looked
    return planner.plan


def carry_out(plan: ImportPlan) -> Changes:
    """Write what was planned, as one action. The binder must be as it was then."""
    mail_importing.store(plan.mails)
    with journal.action("import", clock.stamp()) as changes:
        for dossier in plan.fresh.values():
            dossier.created_on = clock.today()
        dossiers.insert(plan.fresh.values())
        for dossier in plan.changed.values():
            dossiers.save(dossier)
        store.add_origins(plan.origins)
        for mail in plan.mails:
            mail_importing.write(mail)
        store.add_origins({mail.file.origin: mail.uid for mail in plan.mails})
    return changes


class _Planner:
    """Which dossier each record belongs to."""

    def __init__(self, files: list[OpenedFile]) -> None:
        self.plan = ImportPlan()
        self.plan.report.files = [FileReport(opened.name) for opened in files]
        self._files = files
        marks = [marks for opened in files for marks in opened.marks]
        mails = [opened.mail for opened in files if opened.mail]
        names = {name for one in marks for name in (one.lasting, one.content)}
        names |= {name for mail in mails for name in mail.origins}
        self._origins = store.origins(names)  # of the binder and of these files
        keys = {key for one in marks for key in one.keys}
        keys |= {key for mail in mails for _, key in mail.parties}
        self._by_key = store.by_contact_keys(keys)
        self._by_name = store.by_names()
        self._loaded: dict[str, Dossier] = {}
        self._mails: dict[str, Mails] = {}  # of a dossier, those planned among them

    def plan_file(self, place: int, home: str) -> Iterator[None]:
        """Plan the records of one file, with a stop after each."""
        opened, line = self._files[place], self.plan.report.files[place]
        if opened.mail is not None:
            self._plan_mail(opened.mail, line, home)
            yield
            return
        if opened.content is None:
            line.problems.append(Problem(None, opened.reason))
            return
        content = opened.content
        line.format, line.records = content.format, content.records
        line.problems = list(content.problems)
        line.skipped = content.records - len(content.imported)
        remarks: dict[int, list[str]] = {}
        for problem in content.problems:
            if problem.record is not None:
                remarks.setdefault(problem.record, []).append(problem.reason)
        for item, marks in zip(content.imported, opened.marks, strict=True):
            fate, reason = self._bring(item, marks)
            if reason:
                line.problems.append(Problem(item.record, reason))
            line.added += fate is Fate.ADDED
            line.joined += fate is Fate.JOINED
            line.skipped += fate is Fate.SKIPPED
            reasons = [*remarks.pop(item.record, ()), reason]
            line.details.append(_detail(item, fate, " ".join(filter(None, reasons))))
            yield
        line.details += [
            RecordReport(record, Fate.REFUSED, " ".join(reasons))
            for record, reasons in remarks.items()
        ]
        line.details.sort(key=lambda detail: detail.record)
        self.plan.report.dossiers = [*self.plan.fresh, *self.plan.changed]

    def _plan_mail(self, file: MailFile, line: FileReport, into: str) -> None:
        """Plan a mail: one record, joined to a history or skipped."""
        line.format, line.records = file.format, 1
        told = list(file.mail.problems)
        home = mail_importing.find_home(file, self._by_key, self._origins, into)
        if file.origin in self._origins:
            fate, reason = Fate.SKIPPED, tr("Imported before.")
            told = [reason]
        elif home is None:
            fate, reason = Fate.SKIPPED, mail_importing.homeless(file)
            line.homeless = 1
            told.append(reason)
        else:
            dossier = self._dossier(home.uid)
            fate, reason = Fate.JOINED, tr("Goes into the history of {name}.", name=dossier.name)
            told += [
                tr("{name} has one of its addresses too.", name=self._dossier(other).name)
                for other in home.others
            ]
            if home.uid not in self._mails:
                self._mails[home.uid] = Mails(dossier.history)
            mail = mail_importing.filed(file, home, dossier, self._mails[home.uid])
            self._mails[home.uid].add(mail.entry)
            self.plan.mails.append(mail)
            self._origins[file.origin] = home.uid
            if home.uid not in self.plan.report.dossiers:
                self.plan.report.dossiers.append(home.uid)
        line.joined, line.skipped = int(fate is Fate.JOINED), int(fate is Fate.SKIPPED)
        line.problems = [Problem(1, problem) for problem in told]
        words = " ".join(dict.fromkeys([reason, *told]))
        line.details = [RecordReport(1, fate, words, file.title, str(file.mail.sender), file.day)]

    def _bring(self, item: Imported, marks: Marks) -> tuple[Fate, str]:
        """Add, join or skip one record."""
        known = self._origins.get(marks.content)
        if known is not None:
            uid, fate, reason = known, Fate.SKIPPED, tr("Imported before.")
        else:
            uid = self._same_client(item, marks)
            fate, reason = self._join(uid, item, marks) if uid else self._add(item, marks)
            uid = uid or item.dossier.uid
        for name in (marks.lasting, marks.content):
            if name not in self._origins:
                self._origins[name] = self.plan.origins[name] = uid
        return fate, reason

    def _same_client(self, item: Imported, marks: Marks) -> str:
        """The dossier that is surely the same client; "" when none is."""
        known = self._origins.get(marks.lasting)
        if known and touching_names(self._dossier(known), item.dossier):
            return known
        for uid in self._with_keys(marks):
            if same_names(self._dossier(uid), item.dossier):
                return uid
        return ""

    def _add(self, item: Imported, marks: Marks) -> tuple[Fate, str]:
        """A new dossier; a doubtful likeness to another client is only told."""
        dossier, reason = item.dossier, ""
        sharing = self._with_keys(marks)
        namesake = self._by_name.get(store.name_key(dossier.name)) if dossier.name else None
        if sharing:
            other = self._dossier(sharing[0])
            reason = tr("Added; it has a phone or e-mail in common with {name}.", name=other.name)
        elif namesake:
            other = self._dossier(namesake)
            reason = tr("Added; there is a namesake: {name}.", name=other.name)
        self.plan.fresh[dossier.uid] = dossier
        self._remember(dossier.uid, marks)
        self._by_name.setdefault(store.name_key(dossier.name), dossier.uid)
        return Fate.ADDED, reason

    def _join(self, uid: str, item: Imported, marks: Marks) -> tuple[Fate, str]:
        target = self._dossier(uid)
        if uid in self.plan.fresh:  # a record of these files: they stay as they are
            target = self.plan.fresh[uid] = deepcopy(target)
        if not join(target, deepcopy(item.dossier)):
            return Fate.SKIPPED, tr("Nothing new about {name}.", name=target.name)
        if uid not in self.plan.fresh:
            self.plan.changed[uid] = target
        self._remember(uid, marks)
        return Fate.JOINED, tr("Joined to {name}.", name=target.name)

    def _remember(self, uid: str, marks: Marks) -> None:
        """The phones and e-mails that this record brings are known to the next ones."""
        for key in marks.keys:
            self._by_key.setdefault(key, []).append(uid)

    def _with_keys(self, marks: Marks) -> list[str]:
        """Dossiers with one of its phones or e-mails, each once."""
        found = (uid for key in sorted(marks.keys) for uid in self._by_key.get(key, ()))
        return list(dict.fromkeys(found))

    def _dossier(self, uid: str) -> Dossier:
        planned = self.plan.fresh.get(uid) or self.plan.changed.get(uid)
        if planned is not None:
            return planned
        if uid not in self._loaded:
            self._loaded[uid] = dossiers.load(uid)
        return self._loaded[uid]


def _turn(opened: OpenedFile) -> float:
    """Contacts come first: mails may be of clients that come with them. Then the oldest
    mail, which later ones answer."""
    if opened.mail is None:
        return float("-inf")
    at = opened.mail.mail.at
    return at.timestamp() if at else float("inf")


def _bytes_of(path: Path) -> bytes:
    """The whole file. Raises Refusal when it is too large or cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refusal(tr("The file is larger than {size} MB.", size=MAX_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise Refusal(tr("The file cannot be read: {reason}.", reason=reason)) from error


def _marks(item: Imported) -> Marks:
    content = f"content {fingerprint(item.dossier)}"
    keys = (
        contact_key(point.kind, point.value)
        for point in _points(item.dossier)
        if point.kind in (ContactKind.PHONE, ContactKind.EMAIL)
    )
    return Marks(item.foreign_id or content, content, frozenset(filter(None, keys)))


def _detail(item: Imported, fate: Fate, reason: str) -> RecordReport:
    dossier = item.dossier
    phones = (p.value for p in _points(dossier) if p.kind is ContactKind.PHONE)
    company = dossier.company if dossier.company != dossier.name else ""
    return RecordReport(item.record, fate, reason, dossier.name, company, next(phones, ""))


def _points(dossier: Dossier) -> list[ContactPoint]:
    of_people = (point for person in dossier.people for point in person.contact_points)
    return [*of_people, *dossier.contact_points]
