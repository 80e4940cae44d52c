"""Whose yearly dates come up: a memory of which dossiers name which day of the year.

Looking through every answer takes a third of a second with 100,000 dossiers; a page must
be there in a hundredth. So the days are read once, and after an action those of the
dossiers that it touched. The memory may name too many dossiers, never too few: what it
finds is read from the database before it is shown.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from peewee import chunked

from dossier_app.domain.changes import Changes
from dossier_app.domain.occasions import OCCASION_FIELDS, days_in, stored_days
from dossier_app.domain.records import Answer, Dossier, FilledForm, Person
from dossier_app.storage import journal
from dossier_app.storage.connection import database

_BATCH = 500
_MANY = 2_000  # touched dossiers; then it is quicker to read everything anew
_FIELDS = ", ".join(f"'{field}'" for field in OCCASION_FIELDS)


class _Memory:
    """``by_day`` maps "03-08" to row ids of dossiers, ``leads`` are the numbers of days
    ahead that somebody wants to be told."""

    def __init__(self) -> None:
        self.by_day: defaultdict[str, set[int]] = defaultdict(set)
        self.leads: set[int] = set()
        self.touched: set[int] = set()
        self._read("")

    def catch_up(self) -> None:
        """Read the dossiers that were touched since."""
        for part in chunked(sorted(self.touched), _BATCH):
            self._read(f"AND dossier_id IN ({_numbers(part)})")
        self.touched.clear()

    def _read(self, only: str) -> None:
        rows = database.execute_sql(
            f"SELECT dossier_id, value FROM answer WHERE field IN ({_FIELDS}) {only}"
        )
        for dossier_id, value in rows:
            for day in days_in(value):
                self.by_day[day].add(dossier_id)
        leads = database.execute_sql(
            f"SELECT DISTINCT lead_days FROM person WHERE lead_days IS NOT NULL {only}"
        )
        self.leads |= {days for (days,) in leads}


_memory: list[_Memory] = []


def forget() -> None:
    """Forget everything: another binder is opened next."""
    _memory.clear()


def dossiers_showing(day: date, lead_days: int) -> list[Dossier]:
    """The open dossiers that may have an occasion on ``day``, or one of which their page
    of that day tells ahead: as set (``lead_days``) or as a person wants it."""
    leads = {0, lead_days} | _current().leads
    return dossiers_with_occasions(day + timedelta(days=ahead) for ahead in leads)


def dossiers_with_occasions(days: Iterable[date]) -> list[Dossier]:
    """The open dossiers that may have an occasion on one of ``days``; see `read`."""
    memory = _current()
    found: set[int] = set()
    for day in days:
        for written in stored_days(day):
            found |= memory.by_day.get(written, set())
    return read(found)


def longest_lead(lead_days: int) -> int:
    """The most days ahead that anybody wants to be told; ``lead_days`` as set."""
    return max({lead_days} | _current().leads)


def read(dossier_ids: Collection[int]) -> list[Dossier]:
    """Of open dossiers only what an occasion tells: company, people, and the forms with
    the dates; in the order in which they were made."""
    found: dict[int, Dossier] = {}
    for part in chunked(sorted(dossier_ids), _BATCH):
        found |= _read(_numbers(part))
    return list(found.values())


def phones_of(uids: Iterable[str]) -> dict[str, str]:
    """The phone to call first of each dossier ``uids`` that has one which is not private."""
    found: dict[str, str] = {}
    for part in chunked(uids, _BATCH):
        marks = ", ".join("?" * len(part))
        rows = database.execute_sql(
            "SELECT d.uid, c.value FROM contact_point c JOIN dossier d ON d.id = c.dossier_id "
            "LEFT JOIN person p ON p.id = c.person_id "
            f"WHERE d.uid IN ({marks}) AND c.kind = 'phone' AND NOT c.private "
            "ORDER BY p.main DESC, p.sort, c.sort",
            part,
        )
        for uid, value in rows:
            found.setdefault(uid, value)
    return found


def kept(uids: Iterable[str]) -> set[str]:
    """Which of these slips there are."""
    found: set[str] = set()
    for part in chunked(uids, _BATCH):
        marks = ", ".join("?" * len(part))
        rows = database.execute_sql(f"SELECT uid FROM slip WHERE uid IN ({marks})", part)
        found |= {uid for (uid,) in rows}
    return found


def _read(ids: str) -> dict[int, Dossier]:
    found = {
        number: Dossier(uid=uid, company=company)
        for number, uid, company in database.execute_sql(
            "SELECT id, uid, company FROM dossier "
            f"WHERE id IN ({ids}) AND place_kind != 'closed' ORDER BY id"
        )
    }
    people: dict[int, Person] = {}
    for number, dossier_id, uid, surname, given, patronymic, main, lead in database.execute_sql(
        "SELECT id, dossier_id, uid, surname, given, patronymic, main, lead_days FROM person "
        f"WHERE dossier_id IN ({ids}) ORDER BY sort"
    ):
        if dossier_id in found:
            person = Person(surname, given, patronymic, main=bool(main), lead_days=lead, uid=uid)
            people[number] = person
            found[dossier_id].people.append(person)
    for dossier_id, person_id, template, field, value in database.execute_sql(
        "SELECT a.dossier_id, f.person_id, f.template, a.field, a.value "
        "FROM answer a JOIN filled_form f ON f.id = a.form_id "
        # The plus keeps the planner from going through every birthday by the field's index.
        f"WHERE a.dossier_id IN ({ids}) AND +a.field IN ({_FIELDS})"
    ):
        owner = people.get(person_id) or found.get(dossier_id)
        if owner:
            # Without a uid of its own: nobody asks for it, and to make one takes its time.
            owner.forms.append(FilledForm(template, {field: Answer(json.loads(value))}, uid=""))
    return found


def _current() -> _Memory:
    if not _memory:
        journal.before_commit(_note)
        _memory.append(_Memory())
    _memory[0].catch_up()
    return _memory[0]


def _note(changes: Changes) -> None:
    """Remember which dossiers an action touched; a listener of the journal. They are read
    later, when it is known that the action was committed."""
    for memory in _memory:
        memory.touched |= changes.texts
        if len(memory.touched) > _MANY:
            forget()
            return


def _numbers(ids: Iterable[int]) -> str:
    return ", ".join(f"{number:d}" for number in ids)
