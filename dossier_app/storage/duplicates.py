"""Queries that narrow the binder down to dossiers that may be the same client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import chunked

from dossier_app.domain.names import fold
from dossier_app.storage.connection import database
from dossier_app.storage.titles import FIRST_POINT

_BATCH = 500  # in a query
LIMIT = 1_000  # namesakes by their beginnings, to be compared closer
_PEOPLE = f"""SELECT d.uid, d.company, {FIRST_POINT}, p.surname, p.given, p.patronymic
  FROM dossier d LEFT JOIN person p ON p.dossier_id = d.id"""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier and the person in it that was looked at."""

    uid: str
    company: str
    short_name: str
    name: str


def with_contact(kind: str, keys: Iterable[str]) -> list[Named]:
    """Dossiers with a contact point of this kind and one of these keys."""
    wanted = sorted(keys)
    if not wanted:
        return []
    marks = ", ".join("?" * len(wanted))
    return _named(
        f"{_PEOPLE} AND p.main = 1 WHERE d.id IN (SELECT dossier_id FROM contact_point "
        f"WHERE kind = ? AND key IN ({marks}))",
        [kind, *wanted],
    )


def with_answer(template: str, field: str, value: Any) -> list[Named]:
    """Dossiers with exactly this answer."""
    return _named(
        f"{_PEOPLE} AND p.main = 1 WHERE d.id IN (SELECT a.dossier_id FROM answer a "
        "JOIN filled_form f ON f.id = a.form_id WHERE f.template = ? AND a.field = ? "
        "AND a.value = ?)",
        [template, field, json.dumps(value, ensure_ascii=False)],
    )


def like_person(surname: str, given: str) -> list[Named]:
    """People whose names begin like these, in any order; the caller compares closer."""
    return _starting([surname[:3], given[:2]])


def like_company(company: str) -> list[Named]:
    """Dossiers with the longest word of ``company`` among their names."""
    words = _WORD.findall(fold(company))
    return _starting([max(words, key=len)]) if words else []


def _starting(beginnings: list[str]) -> list[Named]:
    words = [word for text in beginnings for word in _WORD.findall(fold(text))]
    if not words:
        return []
    query = "names : (" + " AND ".join(f'"{word}"*' for word in words) + ")"
    return _named(
        f"{_PEOPLE} WHERE d.id IN (SELECT rowid FROM search_index "
        f"WHERE search_index MATCH ? LIMIT {LIMIT})",
        [query],
    )


def _named(sql: str, values: list[Any]) -> list[Named]:
    return [_named_row(*row) for row in database.execute_sql(sql, values).fetchall()]


def _named_row(uid: str, company: str, point: str | None, *name: str | None) -> Named:
    full = " ".join(part for part in name if part)
    short = " ".join(part for part in name[:2] if part)
    return Named(uid, company, short, full or company or point or "")


def every_name() -> dict[int, Named]:
    """Every dossier by its number, with its main contact."""
    rows = database.execute_sql(
        f"""SELECT d.id, d.uid, d.company, {FIRST_POINT}, p.surname, p.given, p.patronymic
        FROM dossier d LEFT JOIN person p ON p.id = (
          SELECT id FROM person WHERE dossier_id = d.id ORDER BY main DESC, sort LIMIT 1)"""
    ).fetchall()
    return {number: _named_row(*row) for number, *row in rows}


def sharing_contact(kind: str, most: int) -> list[list[int]]:
    """Groups of 2 to ``most`` dossiers, by number, that have one phone or e-mail in common."""
    return _groups(
        "SELECT key, dossier_id FROM contact_point WHERE kind = ? AND key != ''", [kind], most
    )


def sharing_answer(template: str, field: str, most: int) -> list[list[int]]:
    """Groups of 2 to ``most`` dossiers, by number, that have given one answer."""
    return _groups(
        "SELECT a.value, a.dossier_id FROM answer a JOIN filled_form f ON f.id = a.form_id "
        "WHERE f.template = ? AND a.field = ?",
        [template, field],
        most,
    )


def _groups(sql: str, values: list[Any], most: int) -> list[list[int]]:
    rows = database.execute_sql(
        f"WITH held(value, number) AS ({sql}) SELECT group_concat(DISTINCT number) FROM held "
        "GROUP BY value HAVING count(DISTINCT number) BETWEEN 2 AND ?",
        [*values, most],
    ).fetchall()
    return [sorted(map(int, numbers.split(","))) for (numbers,) in rows]


def by_contact_keys(keys: Iterable[str]) -> Iterator[dict[str, list[str]]]:
    """uids of the dossiers that have each of these phones and e-mails, query by query."""
    for marks, part in _batches(keys):
        found: dict[str, list[str]] = {}
        for key, uid in database.execute_sql(
            "SELECT c.key, d.uid FROM contact_point c JOIN dossier d ON d.id = c.dossier_id "
            f"WHERE c.key IN ({marks}) AND c.kind IN ('phone', 'email')",
            part,
        ).fetchall():
            found.setdefault(key, []).append(uid)
        yield found


def by_names() -> Iterator[dict[str, str]]:
    """A dossier's uid by the `name_key` of each person, and of its company; query by query."""
    last = database.execute_sql("SELECT max(id) FROM dossier").fetchone()[0] or 0
    for first in range(1, last + 1, _BATCH):
        rows = database.execute_sql(
            "SELECT d.uid, d.company, p.surname, p.given, p.patronymic FROM dossier d "
            "LEFT JOIN person p ON p.dossier_id = d.id WHERE d.id BETWEEN ? AND ? ORDER BY d.id",
            (first, first + _BATCH - 1),
        ).fetchall()
        yield {
            name_key(text): uid
            for uid, company, *name in rows
            for text in (company, " ".join(filter(None, name)))
        }


def name_key(name: str) -> str:
    """A name folded, its words in order of the alphabet."""
    return " ".join(sorted(_WORD.findall(fold(name))))


def origins(names: Iterable[str]) -> Iterator[dict[str, str]]:
    """Which of these foreign names are known, with the uid of their dossier; query by query."""
    for marks, part in _batches(names):
        rows = database.execute_sql(
            "SELECT o.foreign_id, d.uid FROM origin o JOIN dossier d ON d.id = o.dossier_id "
            f"WHERE o.foreign_id IN ({marks})",
            part,
        ).fetchall()
        yield dict(rows)


def add_origins(names: dict[str, str]) -> None:
    """Remember by which foreign names dossiers came in: name -> uid."""
    database.connection().executemany(
        "INSERT INTO origin (foreign_id, dossier_id) "
        "VALUES (?, (SELECT id FROM dossier WHERE uid = ?))",
        list(names.items()),
    )


def _batches(values: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The values in parts that fit a query, each with its question marks."""
    for part in chunked(sorted(set(values)), _BATCH):
        yield ", ".join("?" * len(part)), part
