"""The search index: one row a dossier, of folded text, kept up with every action.

Folding is `dossier_app.domain.names.fold` (case, ё/е, Unicode form). Phones stand in
the index as digits from every place on, so that any three digits in a row find them. A
query is made of quoted prefixes only: any character may be typed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import chunked

from dossier_app.domain.changes import Changes
from dossier_app.domain.keyboard import other_layout
from dossier_app.domain.names import fold
from dossier_app.storage.connection import database
from dossier_app.storage.titles import FIRST_POINT

COLUMNS = ("names", "contacts", "card", "notes", "documents")
WEIGHTS = (10.0, 8.0, 3.0, 1.0, 2.0)
SHORTEST_PHONE_PART = 3
BATCH = 500
# Of so many matches the best are looked for. A word that more dossiers have, a first letter
# say, chooses none of them, and ranking them all would take a tenth of a second.
MOST_RANKED = 2_000
Texts = dict[str, list[str]]  # column -> texts as the rep wrote them
AnswerText = Callable[[str, str, Any], list[str]]
_WORD = re.compile(r"[^\W_]+")
_PHONE_LIKE = re.compile(r"[\d\s()+.\-–]+")
_answer_text: list[AnswerText] = []


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier that matches; ``why`` is the text that does, when it is not the name, and
    ``band`` tells with which colleague it is, or whose it is."""

    uid: str
    name: str
    company: str
    why: str
    band: str = ""


def set_answer_text(function: AnswerText) -> None:
    """Tell how an answer reads in each language, the current one first:
    ``function(template key, field key, value)``."""
    _answer_text[:] = [function]


def keep_up(changes: Changes) -> None:
    """Bring the index up to what an action changed; a listener of the journal."""
    if changes.texts:
        reindex(changes.texts)


def reindex(dossier_ids: Iterable[int]) -> None:
    """Write the index rows of the given dossiers anew."""
    ids = sorted(dossier_ids)
    if not ids:
        return
    connection = database.connection()
    # All before the first new one: whenever the numbers do not rise, the index begins a new
    # segment, and to join those takes longer than anything else.
    connection.executemany(
        "DELETE FROM search_index WHERE rowid = ?", [(number,) for number in ids]
    )
    for part in chunked(ids, BATCH):
        connection.executemany(
            "INSERT INTO search_index (rowid, names, contacts, card, notes, documents) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, *(fold(" \n".join(texts[column])) for column in COLUMNS))
                for number, texts in _texts(part).items()
            ],
        )


def rebuild() -> None:
    """Index every dossier anew."""
    database.execute_sql("DELETE FROM search_index")
    reindex(row[0] for row in database.execute_sql("SELECT id FROM dossier").fetchall())


def search(text: str, limit: int = 20) -> list[Found]:
    """Dossiers that have every word of ``text``, best first; typed in the wrong keyboard
    layout it is found too."""
    for words in (*_readings(text), *_readings(other_layout(text))):
        if words and (hits := _match(words, limit)):
            return _explain(hits, words)
    return []


def _readings(text: str) -> Iterator[list[str]]:
    """The words to look for: of a number first as a phone, then as it was written."""
    folded = fold(text)
    if _PHONE_LIKE.fullmatch(folded):
        digits = re.sub(r"\D", "", folded)
        if len(digits) >= SHORTEST_PHONE_PART:
            yield [digits]
    yield _WORD.findall(folded)


def _match(words: list[str], limit: int) -> list[int]:
    """Names come before everything else, however many notes have the words too."""
    query = " AND ".join(f'"{word}"*' for word in words)
    found = _ranked(f"names : ({query})", limit)
    if len(found) < limit:
        found = list(dict.fromkeys((*found, *_ranked(query, limit))))
    return found[:limit]


def _ranked(query: str, limit: int) -> list[int]:
    rows = database.execute_sql(
        "SELECT rowid FROM (SELECT rowid, "
        f"bm25(search_index, {', '.join(map(str, WEIGHTS))}) AS score "
        "FROM search_index WHERE search_index MATCH ? LIMIT ?) ORDER BY score LIMIT ?",
        (query, MOST_RANKED, limit),
    )
    return [rowid for (rowid,) in rows]


def _explain(dossier_ids: list[int], words: list[str]) -> list[Found]:
    texts = _texts(dossier_ids)
    heads = _heads(dossier_ids)
    return [
        Found(*heads[number], why=_why(texts[number], words))
        for number in dossier_ids
        if number in heads
    ]


def _why(texts: Texts, words: list[str]) -> str:
    """The text beside the names that holds most of the words which the names have not."""
    names = _WORD.findall(fold(" ".join(texts["names"])))
    missing = [word for word in words if not any(name.startswith(word) for name in names)]
    if not missing:
        return ""
    best, most = "", 0
    for column in COLUMNS[1:]:
        for text in texts[column]:
            if text.isdigit() and column == "contacts":
                continue  # a part of the phone that stands before it
            folded = fold(text)
            digits = _dialled(text) if column == "contacts" else ""
            held = sum(word in folded or (word.isdigit() and word in digits) for word in missing)
            if held > most:
                best, most = text, held
    return _cut(best, missing)


def _dialled(text: str) -> str:
    """The digits in a contact, also as they begin inside Russia and abroad."""
    digits = re.sub(r"\D", "", text)
    return f"{digits} 7{digits[1:]} 8{digits[1:]}" if digits[:1] in ("7", "8") else digits


def _cut(text: str, words: list[str], around: int = 40) -> str:
    """About 80 characters of ``text`` around the first word found."""
    line = " ".join(text.split())
    folded = fold(line)
    starts = [found for word in words if (found := folded.find(word)) >= 0]
    start = max(0, min(starts, default=0) - around)
    end = min(len(line), start + 2 * around)
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _heads(ids: list[int]) -> dict[int, tuple[str, str, str]]:
    rows = database.execute_sql(
        f"""SELECT d.id, d.uid, d.company, {FIRST_POINT},
          p.surname, p.given, p.patronymic
        FROM dossier d LEFT JOIN person p ON p.id = (
          SELECT id FROM person WHERE dossier_id = d.id ORDER BY main DESC, sort LIMIT 1)
        WHERE d.id IN ({_marks(ids)})""",
        ids,
    )
    heads = {}
    for number, uid, company, point, *name in rows:
        full_name = " ".join(part for part in name if part)
        heads[number] = (uid, full_name or company or point or "", company if full_name else "")
    return heads


def _texts(ids: list[int]) -> dict[int, Texts]:
    """What there is to find, of each dossier that exists."""
    found: dict[int, Texts] = {}
    for number, company, note, status, source, tags in _rows(
        "SELECT id, company, note, status, source, tags FROM dossier "
        "WHERE id IN ({ids}) ORDER BY id",
        ids,
    ):
        texts: Texts = defaultdict(list)
        texts["names"].append(company)
        texts["notes"] += [note, status, source, *json.loads(tags)]
        found[number] = texts
    for number, column, *values in _rows(
        """SELECT dossier_id, 'names', surname, given, patronymic FROM person
             WHERE dossier_id IN ({ids})
           UNION ALL SELECT dossier_id, 'card', position, note, '' FROM person
             WHERE dossier_id IN ({ids})
           UNION ALL SELECT dossier_id, 'contacts', value, label, '' FROM contact_point
             WHERE dossier_id IN ({ids})
           UNION ALL SELECT dossier_id, 'notes', text, agreed, author FROM history
             WHERE dossier_id IN ({ids})
           UNION ALL SELECT dossier_id, 'notes', text, '', '' FROM promise
             WHERE dossier_id IN ({ids})
           UNION ALL SELECT dossier_id, 'notes', text, '', '' FROM slip
             WHERE dossier_id IN ({ids})
           UNION ALL SELECT id, 'notes', step_text, '', '' FROM dossier WHERE id IN ({ids})
           UNION ALL SELECT dossier_id, 'documents', name, '', '' FROM document
             WHERE dossier_id IN ({ids})""",
        ids,
    ):
        text = " ".join(value for value in values if value)
        if text:
            found[number][column].append(text)
    for number, key in _rows(
        "SELECT dossier_id, key FROM contact_point WHERE kind = 'phone' AND dossier_id IN ({ids})",
        ids,
    ):
        found[number]["contacts"] += _phone_parts(key)
    for number, template, field, value in _rows(
        "SELECT a.dossier_id, f.template, a.field, a.value FROM answer a "
        "JOIN filled_form f ON f.id = a.form_id WHERE a.dossier_id IN ({ids})",
        ids,
    ):
        found[number]["card"] += _answer_text[0](template, field, json.loads(value))
    return found


def _phone_parts(digits: str) -> list[str]:
    """The number from each of its digits on, and as it is dialled inside Russia."""
    parts = [digits[n:] for n in range(len(digits) - SHORTEST_PHONE_PART + 1)]
    if len(digits) == 11 and digits.startswith("7"):
        parts.append("8" + digits[1:])
    return parts


def _rows(sql: str, ids: list[int]) -> list[tuple[Any, ...]]:
    inlined = ", ".join(f"{number:d}" for number in ids)
    rows: list[tuple[Any, ...]] = database.execute_sql(sql.format(ids=inlined)).fetchall()
    return rows


def _marks(ids: list[int]) -> str:
    return ", ".join("?" * len(ids))
