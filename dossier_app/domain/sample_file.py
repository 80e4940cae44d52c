"""The sample file: how its clients are written, and its dates around today.

A client is one ``[[client]]`` table (`Client`), its people are
``[[client.person]]`` tables (`Human`), forms are tables named after their template::

    [[client]]
    key = "romashka"                      # lasting name; the uids are made from it
    company = "ООО «Ромашка»"
    kind = "end_customer"                 # or "partner"
    phones = ["+7 843 000-12-34 / рабочий"]
    every = "2 week"                      # cadence; "1 month 31" keeps the 31st
    step = "today 09:30 call fixed 20m | Обсудить смету"
    ours = ["+2 | смета с доставкой"]     # promises: "when [kept] | text"
    slips = ["+5 10:00 reminder 15m | Спросить о фундаменте"]
    history = [                           # newest first
      "14 10:20 call in 12m | Смета понравилась | Пересчитать к {+2}",
      "20 16:00 call out missed | Занято",
    ]
    [client.forms.info_sheet]
    inn = "1697000012"
    [[client.person]]                     # the first one is the main contact
    name = "Иванова Марина Сергеевна"     # or "Surname, Given" with a comma
    [client.person.forms.relationship_card]
    _from = "сама рассказала"             # source and age in days of all facts below
    _ago = 14
    car = { make = "Лада" }
    hobbies_sports = { is = "яхты", from = "Седова", ago = 400 }   # a fact with its own

*When* is ``today``; ``+3``, the third working day from today; ``-3``, three days ago or
the working day before; ``month+2``, that month without a day; ``month+2/15``, the
working day on or before its 15th. History lines begin with the days ago alone, name the
person after ``@`` (part of the name; else the main contact) and may be ``private``.
A client without ``step`` and ``closed`` lies in the tray.

In notes, lines and forms ``{+3}``, ``{-3}`` and ``{today}`` become "28 ноября",
``{month+2}`` a month's name, ``{year-1}`` a year, ``{iso-3}`` a date for a form,
``{birth+2/50}`` the birth date of one who turns 50 in two calendar days, ``{birth+2}`` the
same without a year.

A slip of the pen in the file is a ValueError that tells where it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Literal, TypeVar

import msgspec

from dossier_app.domain import datewords
from dossier_app.domain.place import Month, Place, day_place, month_place
from dossier_app.domain.records import Category, Role

IsWorking = Callable[[date], bool]
Forms = dict[str, dict[str, Any]]
Word = TypeVar("Word", bound=StrEnum)

DAY = timedelta(days=1)
_LONGEST_HOLIDAY = 60  # days after which the search for a working day gives up
_PLACEHOLDER = re.compile(r"\{([a-z]*)([+-]\d+)?(?:/(\d+))?\}")
_MONTH = re.compile(r"month([+-]\d+)(?:/(\d+))?")


class Reach(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Contact points: each "value" or "value / label"."""

    phones: list[str] = []
    emails: list[str] = []
    addresses: list[str] = []
    web: list[str] = []
    messengers: list[str] = []


class Human(Reach, forbid_unknown_fields=True, kw_only=True):
    """A ``[[client.person]]`` table; ``home`` is the private address."""

    name: str
    position: str = ""
    role: Role = Role.UNKNOWN
    home: str = ""
    note: str = ""
    forms: Forms = {}


class Client(Reach, forbid_unknown_fields=True, kw_only=True):
    """A ``[[client]]`` table; the module's text explains it."""

    key: str
    lang: Literal["ru", "en"] = "ru"
    company: str = ""
    kind: Category = Category.NONE
    status: str = ""
    source: str = ""
    tags: list[str] = []
    note: str = ""
    note_private: bool = False
    since: int | None = None  # days ago it was entered; else the day of the first contact
    every: str = ""
    step: str = ""
    carried: str = ""  # "days ago, times | reason"
    closed: str = ""  # "days ago | reason"
    ours: list[str] = []
    theirs: list[str] = []
    slips: list[str] = []
    history: list[str] = []
    person: list[Human] = []
    forms: Forms = {}


class SampleFile(msgspec.Struct, forbid_unknown_fields=True):
    """One TOML text, whole."""

    client: list[Client]


def read_clients(text: str) -> list[Client]:
    """The clients of one TOML text; ValueError says which key or value does not belong."""
    try:
        return msgspec.convert(tomllib.loads(text), SampleFile).client
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


class Days:
    """Dates told from ``today`` by the working calendar."""

    def __init__(self, today: date, is_working: IsWorking) -> None:
        self.today = today
        self._is_working = is_working

    def ahead(self, count: int) -> date:
        """The ``count``-th working day after today; today for 0."""
        day = self.today
        for _ in range(count):
            day = self.working(day + DAY, DAY)
        return day

    def ago(self, count: int) -> date:
        """``count`` days ago, or the working day before."""
        return self.working(self.today - timedelta(days=count), -DAY)

    def working(self, day: date, way: timedelta) -> date:
        """``day``, or the next working day in the direction ``way``; ``day`` where a
        calendar knows none."""
        found = day
        for _ in range(_LONGEST_HOLIDAY):
            if self._is_working(found):
                return found
            found += way
        return day

    def place(self, when: str) -> Place:
        """Where a dossier lies whose next contact is ``when``."""
        found = _MONTH.fullmatch(when)
        if not found:
            return day_place(self.day(when))
        month = Month.of(self.today).plus(int(found[1]))
        if not found[2]:
            return month_place(month)
        return day_place(self.working(month.first_day.replace(day=int(found[2])), -DAY))

    def day(self, when: str) -> date:
        """The date of ``today``, ``+3`` or ``-3``."""
        if when == "today":
            return self.today
        if not re.fullmatch(r"[+-]\d+", when):
            raise ValueError(f"no such time: {when!r}")
        count = int(when)
        return self.ahead(count) if count >= 0 else self.ago(-count)

    def birth(self, ahead: int, age: int | None) -> str:
        """Birth date of one whose birthday is ``ahead`` days from now, as stored."""
        day = self.today + timedelta(days=ahead)
        if age is None:
            return f"{day:%m-%d}"
        if (day.month, day.day) == (2, 29) and age % 4:
            day -= DAY
        return f"{day.year - age:04d}-{day:%m-%d}"

    def fill(self, text: str) -> str:
        """``text`` with its placeholders replaced, in the current language."""
        filled = _PLACEHOLDER.sub(self._placeholder, text)
        if "{" in filled or "}" in filled:
            raise ValueError(f"an unknown placeholder in {text!r}")
        return filled

    def _placeholder(self, found: re.Match[str]) -> str:
        count, age = found[2] or "+0", found[3]
        match found[1]:
            case "today":
                return datewords.day_month(self.today)
            case "" if found[2]:
                return datewords.day_month(self.day(count))
            case "month":
                return datewords.bare_month_name(Month.of(self.today).plus(int(count)).number)
            case "year":
                return str(self.today.year + int(count))
            case "iso":
                return self.day(count).isoformat()
            case "birth":
                return self.birth(int(count), int(age) if age else None)
        return found[0]


@dataclass
class Line:
    """A line of the file: words before the first bar, texts behind the bars."""

    words: list[str]
    text: str = ""
    agreed: str = ""

    @classmethod
    def read(cls, line: str, fill: Callable[[str], str], most: int = 1) -> Line:
        """``line`` with its texts filled, at least one and at ``most`` so many."""
        head, *texts = [part.strip() for part in line.split("|")]
        if not head or not 1 <= len(texts) <= most:
            raise ValueError(f"not a line of words and {most} text(s): {line!r}")
        return cls(head.split(), *(fill(text) for text in texts))

    def first(self) -> str:
        if not self.words:
            raise ValueError(f"a word is missing before {self.text!r}")
        return self.words.pop(0)

    def number(self) -> int:
        return int(self.first())

    def flag(self, word: str) -> bool:
        return self._take(lambda item: item == word) is not None

    def one_of(self, words: type[Word]) -> Word | None:
        found = self._take(lambda item: item in set(words))
        return words(found) if found else None

    def time(self) -> time | None:
        found = self._take(lambda item: ":" in item)
        return time.fromisoformat(found) if found else None

    def minutes(self) -> int | None:
        found = self._take(lambda item: re.fullmatch(r"\d+m", item) is not None)
        return int(found[:-1]) if found else None

    def who(self) -> str | None:
        found = self._take(lambda item: item.startswith("@"))
        return found[1:] if found else None

    def end(self) -> None:
        if self.words:
            raise ValueError(f"unknown words {' '.join(self.words)!r} before {self.text!r}")

    def _take(self, fits: Callable[[str], bool]) -> str | None:
        found = next((word for word in self.words if fits(word)), None)
        if found is not None:
            self.words.remove(found)
        return found
