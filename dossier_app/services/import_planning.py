"""What is to become of each record of a file, before anything is written: see `plan_steps`."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import msgspec

from dossier_app.domain.importing import FileContent, Imported, Problem
from dossier_app.domain.joining import join, same_names, touching_names
from dossier_app.domain.language import tr
from dossier_app.domain.mail import Mails
from dossier_app.domain.names import fold
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier
from dossier_app.services import mail_importing
from dossier_app.services.cleaning import no_cleaning
from dossier_app.services.import_report import Fate, FileReport, ImportReport, RecordReport
from dossier_app.services.mail_importing import FiledMail, MailFile
from dossier_app.storage import dossiers
from dossier_app.storage import duplicates as store
from dossier_app.storage.rows import contact_key, fingerprint

_AT_ONCE = 20  # dossiers that are loaded before the window goes on


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a record is known again: its own lasting name in the file, its content, its
    name, and its phones and e-mails as they are compared."""

    lasting: str
    content: str
    name: str
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


@dataclass
class ImportPlan:
    """What an import will do; see `plan_steps`."""

    report: ImportReport = field(default_factory=ImportReport)
    fresh: dict[str, Dossier] = field(default_factory=dict)
    changed: dict[str, Dossier] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)  # foreign name -> uid
    mails: list[FiledMail] = field(default_factory=list)


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

    Yields the number of records looked at, after each and after each look into the binder,
    and returns the plan. Changes nothing: neither the binder nor ``files``.
    """
    planner = _Planner(files)
    looked = 0
    with no_cleaning:
        for step in planner.steps(homes):
            looked += step
            yield looked
    return planner.plan


class _Planner:
    """Which dossier each record belongs to."""

    def __init__(self, files: list[OpenedFile]) -> None:
        self.plan = ImportPlan()
        self.plan.report.files = [FileReport(opened.name) for opened in files]
        self._files = files
        self._origins: dict[str, str] = {}  # of the binder and of these files
        self._by_key: dict[str, list[str]] = {}
        self._by_name: dict[str, str] = {}
        self._loaded: dict[str, Dossier] = {}
        self._mails: dict[str, Mails] = {}  # of a dossier, those planned among them

    def steps(self, homes: Mapping[int, str]) -> Iterator[int]:
        """Plan all files, with a stop after each record (1) and each query (0)."""
        yield from self._look_up_marks()
        files = self._files
        for place in sorted(range(len(files)), key=lambda place: _turn(files[place])):
            mail, line = files[place].mail, self.plan.report.files[place]
            if mail is not None:
                self._plan_mail(mail, line, homes.get(place, ""))
                yield 1
            else:
                yield from self._plan_contacts(files[place], line)

    def _look_up_marks(self) -> Iterator[int]:
        """Find out what the binder knows of all the names, phones and e-mails."""
        marks = [marks for opened in self._files for marks in opened.marks]
        mails = [opened.mail for opened in self._files if opened.mail]
        names = [name for one in marks for name in (one.lasting, one.content)]
        names += [name for mail in mails for name in mail.origins]
        for origins in store.origins(names):
            self._origins |= origins
            yield 0
        keys = [key for one in marks for key in one.keys]
        keys += [key for mail in mails for _, key in mail.parties]
        for by_key in store.by_contact_keys(keys):
            self._by_key |= by_key
            yield 0
        for by_name in store.by_names():
            self._by_name |= by_name
            yield 0

    def _plan_contacts(self, opened: OpenedFile, line: FileReport) -> Iterator[int]:
        """Plan the records of one file of contacts."""
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
        for number, (item, marks) in enumerate(zip(content.imported, opened.marks, strict=True)):
            if number % _AT_ONCE == 0:
                yield from self._load_for(opened.marks[number : number + _AT_ONCE])
            fate, reason = self._bring(item, marks)
            if reason:
                line.problems.append(Problem(item.record, reason))
            line.added += fate is Fate.ADDED
            line.joined += fate is Fate.JOINED
            line.skipped += fate is Fate.SKIPPED
            reasons = [*remarks.pop(item.record, ()), reason]
            line.details.append(_detail(item, fate, " ".join(filter(None, reasons))))
            yield 1
        line.details += [
            RecordReport(record, Fate.REFUSED, " ".join(reasons))
            for record, reasons in remarks.items()
        ]
        line.details.sort(key=lambda detail: detail.record)
        self.plan.report.dossiers = [*self.plan.fresh, *self.plan.changed]

    def _load_for(self, records: list[Marks]) -> Iterator[int]:
        """Load the dossiers that these records may be of; one by one takes far longer."""
        uids = dict.fromkeys(uid for marks in records for uid in self._likely(marks))
        missing = [uid for uid in uids if not self._known(uid)]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            self._loaded |= zip(part, dossiers.load_many(part), strict=True)
            yield 0

    def _likely(self, marks: Marks) -> list[str]:
        """The dossiers that have to be looked at to plan a record."""
        if marks.content in self._origins:
            return []
        found = self._with_keys(marks) or [self._by_name.get(marks.name, "")]
        return list(filter(None, [self._origins.get(marks.lasting, ""), *found]))

    def _plan_mail(self, file: MailFile, line: FileReport, into: str) -> None:
        """Plan a mail: one record, joined to a history or skipped."""
        line.format, line.records = file.format, 1
        told = list(file.mail.problems)
        home = mail_importing.find_home(file, self._by_key, self._origins, into)
        if file.origin in self._origins or (
            home is not None and self._mails_of(home.uid).has(file.own_name)
        ):
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
            mail = mail_importing.filed(file, home, dossier, self._mails_of(home.uid))
            self._mails_of(home.uid).add(mail.entry)
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
        namesake = self._by_name.get(marks.name, "") if marks.name and not marks.keys else ""
        # Without a phone or e-mail the company must do, as in a further row of a dossier.
        company = fold(item.dossier.company)
        if namesake and company and fold(self._dossier(namesake).company) == company:
            return namesake
        return ""

    def _add(self, item: Imported, marks: Marks) -> tuple[Fate, str]:
        """A new dossier; a doubtful likeness to another client is only told."""
        dossier, reason = item.dossier, ""
        sharing = self._with_keys(marks)
        namesake = self._by_name.get(marks.name) if marks.name else None
        if sharing:
            other = self._dossier(sharing[0])
            reason = tr("Added; it has a phone or e-mail in common with {name}.", name=other.name)
        elif namesake:
            other = self._dossier(namesake)
            reason = tr("Added; there is a namesake: {name}.", name=other.name)
        self.plan.fresh[dossier.uid] = dossier
        self._remember(dossier.uid, marks)
        self._by_name.setdefault(marks.name, dossier.uid)
        return Fate.ADDED, reason

    def _join(self, uid: str, item: Imported, marks: Marks) -> tuple[Fate, str]:
        target = self._dossier(uid)
        if uid in self.plan.fresh:  # a record of these files: they stay as they are
            target = self.plan.fresh[uid] = _copy(target)
        if not join(target, _copy(item.dossier)):
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

    def _mails_of(self, uid: str) -> Mails:
        """Those in the history of a dossier; one that was handed over has brought some."""
        if uid not in self._mails:
            self._mails[uid] = Mails(self._dossier(uid).history)
        return self._mails[uid]

    def _dossier(self, uid: str) -> Dossier:
        if not self._known(uid):
            self._loaded[uid] = dossiers.load(uid)
        return self.plan.fresh.get(uid) or self.plan.changed.get(uid) or self._loaded[uid]

    def _known(self, uid: str) -> bool:
        return uid in self.plan.fresh or uid in self._loaded


def _turn(opened: OpenedFile) -> float:
    """Contacts come first: mails may be of clients that come with them. Then the oldest
    mail, which later ones answer."""
    if opened.mail is None:
        return float("-inf")
    at = opened.mail.mail.at
    return at.timestamp() if at else float("inf")


def _marks(item: Imported) -> Marks:
    content = f"content {fingerprint(item.dossier)}"
    keys = (
        contact_key(point.kind, point.value)
        for point in _points(item.dossier)
        if point.kind in (ContactKind.PHONE, ContactKind.EMAIL)
    )
    return Marks(
        item.foreign_id or content,
        content,
        store.name_key(item.dossier.name),
        frozenset(filter(None, keys)),
    )


def _copy(dossier: Dossier) -> Dossier:
    """A copy of all of it, ten times as quick as `copy.deepcopy`."""
    return msgspec.convert(msgspec.to_builtins(dossier), Dossier)


def _detail(item: Imported, fate: Fate, reason: str) -> RecordReport:
    dossier = item.dossier
    phones = (p.value for p in _points(dossier) if p.kind is ContactKind.PHONE)
    company = dossier.company if dossier.company != dossier.name else ""
    return RecordReport(item.record, fate, reason, dossier.name, company, next(phones, ""))


def _points(dossier: Dossier) -> list[ContactPoint]:
    of_people = (point for person in dossier.people for point in person.contact_points)
    return [*of_people, *dossier.contact_points]
