"""The records that travel between files, database, paper and window.

One set of plain dataclasses: importers make them, the database stores and returns
them, prints and packages are made from them. Dates are plain local dates; moments in
the history carry their UTC offset. A ``uid`` is a UUID in text form; it is the only
name of a thing outside the database.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from dossier_app.domain.place import TRAY, Place


def new_uid() -> str:
    return str(uuid.uuid4())


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    WEB = "web"
    MESSENGER = "messenger"


class Role(StrEnum):
    """A person's part in the client's decisions. Not printed on discreet pages."""

    UNKNOWN = "unknown"
    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    USER = "user"
    GATEKEEPER = "gatekeeper"


class Category(StrEnum):
    NONE = ""
    END_CUSTOMER = "end_customer"
    PARTNER = "partner"


class StepKind(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    VISIT = "visit"
    OTHER = "other"


class Channel(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    MESSAGE = "message"
    VISIT = "visit"
    NOTE = "note"


class Direction(StrEnum):
    NONE = ""
    IN = "in"
    OUT = "out"


class Side(StrEnum):
    """Who owes a promise: we, or the client."""

    OURS = "ours"
    THEIRS = "theirs"


class DayOffPolicy(StrEnum):
    """What becomes of a next step when its day turns out not to be worked."""

    USUAL = ""  # by its kind: calls to the next working day, fixed ones stay
    NEXT = "next"
    PREVIOUS = "previous"
    STAY = "stay"


class SlipKind(StrEnum):
    BIRTHDAY = "birthday"
    PROMISE = "promise"
    CHECKPOINT = "checkpoint"
    REMINDER = "reminder"


# Minutes expected for a contact when the rep does not say.
USUAL_MINUTES = {
    StepKind.CALL: 10,
    StepKind.MEETING: 60,
    StepKind.EMAIL: 10,
    StepKind.VISIT: 90,
    StepKind.OTHER: 15,
}


@dataclass(slots=True)
class ContactPoint:
    """A phone number, e-mail or other address as the rep wrote it; ``label`` is free
    ("work", "home", "mobile" and their translations are the usual ones)."""

    kind: ContactKind
    value: str
    label: str = ""
    private: bool = False
    uid: str = field(default_factory=new_uid)


@dataclass(slots=True)
class Answer:
    """One known fact in a form. ``value`` is JSON of the shape that the field's type
    defines (see `dossier_app.domain.forms.values`)."""

    value: Any
    source: str = ""
    confirmed: date | None = None


@dataclass(slots=True)
class FilledForm:
    """Answers to one template, by field key."""

    template: str
    answers: dict[str, Answer] = field(default_factory=dict)
    filled_on: date | None = None
    uid: str = field(default_factory=new_uid)


@dataclass(slots=True)
class Person:
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    position: str = ""
    role: Role = Role.UNKNOWN
    main: bool = False
    note: str = ""
    lead_days: int | None = None  # how many days before an occasion to be told; None: as set
    contact_points: list[ContactPoint] = field(default_factory=list)
    forms: list[FilledForm] = field(default_factory=list)
    uid: str = field(default_factory=new_uid)

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Surname and given name: what a row of the binder shows."""
        return " ".join(part for part in (self.surname, self.given) if part)


@dataclass(slots=True)
class NextStep:
    """What is to be done at the next contact; its date is the dossier's place."""

    kind: StepKind = StepKind.CALL
    text: str = ""
    time: time | None = None
    minutes: int = USUAL_MINUTES[StepKind.CALL]
    fixed: bool = False
    policy: DayOffPolicy = DayOffPolicy.USUAL


@dataclass(slots=True)
class Carried:
    """How a dossier came to lie where it lies although its date had passed."""

    origin: date
    times: int = 0
    reason: str = ""


@dataclass(slots=True)
class Cadence:
    """ "Every N days, weeks or months". ``month_day`` keeps the 31st over short months."""

    every: int
    unit: str  # "day", "week" or "month"
    month_day: int | None = None


@dataclass(slots=True)
class HistoryEntry:
    """One contact. ``at`` is the local time with its UTC offset. ``thread`` are the names
    that tie a mail to others, with spaces between (`domain.mail.conversations`)."""

    at: datetime
    channel: Channel = Channel.NOTE
    direction: Direction = Direction.NONE
    reached: bool = True
    text: str = ""
    agreed: str = ""
    minutes: int | None = None
    author: str = ""
    person_uid: str = ""
    private: bool = False
    thread: str = ""
    uid: str = field(default_factory=new_uid)


@dataclass(slots=True)
class Promise:
    side: Side
    text: str
    due: date | None = None
    kept_on: date | None = None
    private: bool = False
    uid: str = field(default_factory=new_uid)


@dataclass(slots=True)
class Slip:
    """A note under a date that points at a dossier without moving it; without a dossier
    it is a loose sheet. ``promise_uid`` ties a slip to the promise that made it;
    ``repeat`` is an RFC 5545 rule ("FREQ=MONTHLY;BYMONTHDAY=-1") for one that comes again,
    with its usual date before the rule while it lies elsewhere (`domain.repeating`)."""

    kind: SlipKind
    on: date
    text: str
    time: time | None = None
    minutes: int = 0
    done_on: date | None = None
    promise_uid: str = ""
    repeat: str = ""
    uid: str = field(default_factory=new_uid)


@dataclass(slots=True)
class Document:
    """A file kept inside the database; the content is found by its SHA-256.

    ``version_of`` is the uid of the first version; the first one has none. It groups the
    versions also when that one is gone (`dossier_app.domain.documents`)."""

    name: str
    size: int
    sha256: str
    added_on: date
    private: bool = False
    version_of: str = ""
    uid: str = field(default_factory=new_uid)


@dataclass(slots=True)
class Dossier:
    """All about one client, whole: a company or a private person."""

    company: str = ""
    category: Category = Category.NONE
    status: str = ""
    source: str = ""
    note: str = ""
    note_private: bool = False
    tags: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    contact_points: list[ContactPoint] = field(default_factory=list)
    forms: list[FilledForm] = field(default_factory=list)
    place: Place = TRAY
    step: NextStep | None = None
    carried: Carried | None = None
    tries: int = 0
    cadence: Cadence | None = None
    closed_on: date | None = None
    closed_reason: str = ""
    history: list[HistoryEntry] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    created_on: date | None = None
    uid: str = field(default_factory=new_uid)

    @property
    def main_person(self) -> Person | None:
        """The main contact; the first person when none is marked."""
        for person in self.people:
            if person.main:
                return person
        return self.people[0] if self.people else None

    @property
    def name(self) -> str:
        """What the dossier is called: its main contact, else the company, else the first
        phone or address, an open one before any private one, else nothing."""
        return self._own_name or next((point.value for point in self._points), "")

    @property
    def name_is_private(self) -> bool:
        """True when it is called by a private number or address: not on discreet paper."""
        return not self._own_name and next((point.private for point in self._points), False)

    def may_be_private(self, slip: Slip) -> bool:
        """Whether a slip must stay off discreet pages: one of a private promise, or a birthday
        that was noted by hand and may come from a private field."""
        private = {promise.uid for promise in self.promises if promise.private}
        return slip.kind is SlipKind.BIRTHDAY or slip.promise_uid in private

    @property
    def _own_name(self) -> str:
        person = self.main_person
        return (person.full_name if person else "") or self.company

    @property
    def _points(self) -> list[ContactPoint]:
        points = [*self.contact_points, *(p for who in self.people for p in who.contact_points)]
        return sorted(points, key=lambda point: point.private)
