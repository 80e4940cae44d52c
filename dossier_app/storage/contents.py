"""Contents of documents: each stored once, found by its SHA-256, outside the journal.

A content is written piece by piece, each piece committed by itself, so that the window
may do other things between two pieces. Until it is whole it is called by no hash, and
nobody can find it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Generator, Iterable, Iterator

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.storage.connection import database, plain_words
from dossier_app.storage.models import ContentPartRow, ContentRow

PART = 1 << 20  # bytes: written within a frame, and little to hold
_UNFINISHED = "writing "  # stands before the name of a content that is not whole yet

# What the journal can still bring back: undone, or redone.
_NEEDED = """
  SELECT sha256 FROM document
  UNION
  SELECT json_extract(state.value, '$.sha256')
  FROM journal_change c
  JOIN journal_entry e ON e.id = c.entry_id AND e.state != 'dropped'
  JOIN json_each(json_array(c.before, c.after)) state
  WHERE c.row_table = 'document' AND state.value IS NOT NULL
"""


def has(sha256: str) -> bool:
    """True when the content is stored whole."""
    return database.execute_sql(
        "SELECT 1 FROM content WHERE sha256 = ?", (sha256,)
    ).fetchone() is not None  # fmt: skip


def write(parts: Iterable[bytes]) -> Generator[int, None, str]:
    """Store a content that comes in ``parts``, none longer than `PART`; yields how many
    bytes are written so far, and returns the SHA-256.

    When ``parts`` raises or the generator is closed before its end, nothing stays.
    """
    name = _UNFINISHED + str(uuid.uuid4())
    digest, done = hashlib.sha256(), 0
    with plain_words():
        content = ContentRow.create(sha256=name)
        try:
            for number, part in enumerate(parts):
                digest.update(part)
                ContentPartRow.insert(content=content.id, number=number, data=part).execute()
                done += len(part)
                yield done
            _finish(content.id, digest.hexdigest())
        except BaseException:
            # With a closed binder it stays until `drop_unfinished`.
            if not database.is_closed():
                _remove(content.id)
            raise
    return digest.hexdigest()


def read(sha256: str) -> Iterator[bytes]:
    """The content in parts. Raises Refusal when it is not there."""
    row = database.execute_sql("SELECT id FROM content WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise Refusal(tr("The contents of this document are missing. Restore a backup."))
    number = 0
    # Asked for one by one: no reading is open between two parts.
    while (part := _part(row[0], number)) is not None:
        yield part
        number += 1


def collect() -> Iterator[str]:
    """Remove, one by one, the contents that neither a document nor the journal needs;
    gives the SHA-256 of each that went."""
    spare = database.execute_sql(
        "SELECT id, sha256 FROM content c WHERE sha256 NOT LIKE ? "
        "AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = c.sha256)",
        (_UNFINISHED + "%",),
    ).fetchall()
    if not spare:
        return
    needed = {sha256 for (sha256,) in database.execute_sql(_NEEDED).fetchall()}
    for content_id, sha256 in spare:
        if sha256 not in needed:
            _remove(content_id)
            yield sha256


def drop_unfinished() -> None:
    """Remove what a crash left half written. Not while something is being written."""
    rows = database.execute_sql("SELECT id FROM content WHERE sha256 LIKE ?", (_UNFINISHED + "%",))
    for (content_id,) in rows.fetchall():
        _remove(content_id)


def _part(content_id: int, number: int) -> bytes | None:
    row = database.execute_sql(
        "SELECT data FROM content_part WHERE content_id = ? AND number = ?", (content_id, number)
    ).fetchone()
    return None if row is None else bytes(row[0])


def _finish(content_id: int, sha256: str) -> None:
    with database.atomic("IMMEDIATE"):
        if has(sha256):
            _remove(content_id)
        else:
            ContentRow.update(sha256=sha256).where(ContentRow.id == content_id).execute()


def _remove(content_id: int) -> None:
    ContentRow.delete().where(ContentRow.id == content_id).execute()
