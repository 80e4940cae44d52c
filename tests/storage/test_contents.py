"""Contents of documents in the database: once, whole or not at all, as long as needed."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.merging import Merge
from dossier_app.domain.records import Document, Dossier
from dossier_app.services.session import Session
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import contents, dossiers, journal, merges
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder
from dossier_app.storage.models import ContentPartRow, ContentRow, JournalEntryRow

TEXT = "Смета на ангар, совершенно особенная строка"


def store(*parts: bytes) -> str:
    writing = contents.write(parts)
    while True:
        try:
            next(writing)
        except StopIteration as end:
            sha256: str = end.value
            return sha256


def collect() -> None:
    for _ in contents.collect():
        pass


def stored() -> list[str]:
    return [name for (name,) in database.execute_sql("SELECT sha256 FROM content").fetchall()]


def put(uid: str, *sha256s: str) -> None:
    """Let the dossier have documents with these contents, as one action."""
    with journal.action("document", clock.stamp()):
        if uid not in dossiers.all_uids():
            dossiers.insert([Dossier(uid=uid, company="OOO Volna")])
        dossier = dossiers.load(uid)
        dossier.documents = [Document("a", 1, item, date(2026, 11, 25)) for item in sha256s]
        dossiers.save(dossier)


@pytest.mark.parametrize("parts", [[], [b"one"], [b"a" * contents.PART, b"b" * 7]])
def test_a_content_is_read_as_it_was_written(binder_open: Session, parts: list[bytes]) -> None:
    sha256 = store(*parts)
    assert sha256 == hashlib.sha256(b"".join(parts)).hexdigest()
    assert contents.has(sha256)
    assert list(contents.read(sha256)) == parts


def test_the_same_content_is_stored_once(binder_open: Session) -> None:
    assert store(b"one", b"two") == store(b"onetwo")
    assert len(stored()) == 1
    assert database.execute_sql("SELECT count(*) FROM content_part").fetchone() == (2,)


def test_a_missing_content_is_told(binder_open: Session) -> None:
    assert not contents.has("0" * 64)
    with pytest.raises(Refusal, match="missing"):
        next(iter(contents.read("0" * 64)))


def test_what_is_given_up_leaves_nothing(binder_open: Session) -> None:
    writing = contents.write([b"one", b"two"])
    assert next(writing) == 3
    assert not contents.has(hashlib.sha256(b"one").hexdigest())
    writing.close()
    assert stored() == []
    assert database.execute_sql("SELECT count(*) FROM content_part").fetchone() == (0,)


def test_a_source_that_fails_leaves_nothing(binder_open: Session) -> None:
    def failing():
        yield b"one"
        raise Refusal("The file changed.")

    with pytest.raises(Refusal, match="changed"):
        list(contents.write(failing()))
    assert stored() == []


def test_what_a_crash_left_half_written_is_collected(binder_open: Session) -> None:
    left = ContentRow.create(sha256="writing before the crash")
    ContentPartRow.create(content=left, number=0, data=b"one")
    collect()
    assert stored() == []


def test_only_what_nothing_needs_is_collected(binder_open: Session) -> None:
    first, second, loose = store(b"first"), store(b"second"), store(b"loose")
    put("volna", first, second)
    put("volna", second)  # undo brings the first one back
    collect()
    assert not contents.has(loose)
    assert sorted(stored()) == sorted([first, second])
    undo()
    undo()  # redo brings both back
    collect()
    redo()
    collect()
    assert sorted(stored()) == sorted([first, second])
    undo()
    put("other")  # now nothing can be done again
    collect()
    assert stored() == []


def test_what_a_merge_may_give_back_is_kept(binder_open: Session) -> None:
    ours, theirs = store(b"ours"), store(b"theirs")
    put("volna", ours)
    put("lad", theirs)
    mine, other = dossiers.load("volna"), dossiers.load("lad")
    merged = dossiers.load("volna")  # where their document was taken out meanwhile
    with journal.action("edit", clock.stamp()):
        merges.write(Merge(mine, other, merged, {}), date(2026, 11, 25))
    JournalEntryRow.update(state=journal.DROPPED).execute()
    collect()
    assert contents.has(theirs)


def test_collecting_leaves_what_is_being_written(binder_open: Session) -> None:
    writing = contents.write([b"one", b"two"])
    next(writing)
    collect()
    assert list(writing) == [6]
    assert contents.has(hashlib.sha256(b"onetwo").hexdigest())


def test_what_is_needed_again_meanwhile_is_left(binder_open: Session) -> None:
    loose = [store(b"one"), store(b"two")]
    collecting = contents.collect()
    next(collecting)
    (left,) = [sha256 for sha256 in loose if contents.has(sha256)]
    put("volna", left)
    assert list(collecting) == []
    assert list(contents.read(left)) != []


def test_collecting_goes_on_where_it_was_stopped(binder_open: Session) -> None:
    loose = store(b"one", b"two", b"three")
    collecting = contents.collect()
    next(collecting)
    assert not contents.has(loose)
    collecting.close()
    collect()
    assert stored() == []
    assert database.execute_sql("SELECT count(*) FROM content_part").fetchone() == (0,)


def test_nothing_of_a_content_can_be_read_in_the_data_folder(
    binder_open: Session, folder: DataFolder
) -> None:
    sha256 = store(*[TEXT.encode() * 2000] * 3)
    put("volna", sha256)
    binder_open.close()
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > len(TEXT.encode()) * 6000
    for path in files:
        for encoding in ("utf-8", "utf-16-le", "cp1251"):
            assert TEXT[:12].encode(encoding) not in path.read_bytes()


def test_a_full_disk_is_told(binder_open: Session, folder: DataFolder, tmp_path: Path) -> None:
    pages = int(database.execute_sql("PRAGMA page_count").fetchone()[0])
    database.execute_sql(f"PRAGMA max_page_count = {pages + 300}")
    with pytest.raises(Refusal, match="full"):
        store(os.urandom(contents.PART), os.urandom(contents.PART))
    assert stored() == []
