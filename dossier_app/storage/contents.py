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
_under_way: set[int] = set()  # rows of those that are being written now

# What documents have, what the journal can still bring back (undone, or redone), and what
# comes back when a merge is taken apart.
_NEEDED = """
  SELECT 1 FROM document WHERE sha256 = :sha256
  UNION ALL
  SELECT 1 FROM journal_change c
  JOIN journal_entry e ON e.id = c.entry_id AND e.state != 'dropped'
  WHERE c.row_table = 'document'
    AND :sha256 IN (json_extract(c.before, '$.sha256'), json_extract(c.after, '$.sha256'))
  UNION ALL
  SELECT 1 FROM merge_origin WHERE instr(content, :sha256)
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
    digest, done = hashlib.sha256(), 0
    with plain_words():
        content = ContentRow.create(sha256=_unfinished_name())
        _under_way.add(content.id)
        try:
            for number, part in enumerate(parts):
                digest.update(part)
                ContentPartRow.insert(content=content.id, number=number, data=part).execute()
                done += len(part)
                yield done
            _finish(content.id, digest.hexdigest())
        except BaseException:
            # With a closed binder it stays until `collect`.
            if not database.is_closed():
                _remove(content.id)
            raise
        finally:
            _under_way.discard(content.id)
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


def collect() -> Iterator[None]:
    """Remove, part by part, the contents that neither a document nor the journal needs, and
    what a crash left half written."""
    spare = database.execute_sql(
        "SELECT id, sha256 FROM content c "
        "WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = c.sha256)"
    ).fetchall()
    for content_id, sha256 in spare:
        # Looked at now, not before: the last one took its time.
        if content_id not in _under_way and not _is_needed(sha256):
            # Nobody finds it from now on, and if it is not removed whole, it is next time.
            _rename(content_id, _unfinished_name())
            yield from _removing(content_id)


def _is_needed(sha256: str) -> bool:
    return database.execute_sql(_NEEDED, {"sha256": sha256}).fetchone() is not None


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
            _rename(content_id, sha256)


def _unfinished_name() -> str:
    return f"writing {uuid.uuid4()}"


def _rename(content_id: int, sha256: str) -> None:
    ContentRow.update(sha256=sha256).where(ContentRow.id == content_id).execute()


def _remove(content_id: int) -> None:
    ContentRow.delete().where(ContentRow.id == content_id).execute()


def _removing(content_id: int) -> Iterator[None]:
    """Remove a content part by part: overwriting a large one takes seconds."""
    parts = database.execute_sql(
        "SELECT id FROM content_part WHERE content_id = ?", (content_id,)
    ).fetchall()
    for (part_id,) in parts:
        ContentPartRow.delete().where(ContentPartRow.id == part_id).execute()
        yield
    _remove(content_id)
