"""Nothing that a rep wrote can be read from the files; the right key reads it all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.records import ContactKind
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session, open_session
from dossier_app.storage import backups, dossiers
from dossier_app.storage.connection import close_database, database, open_database
from dossier_app.storage.folder import DataFolder


def words_of_the_binder() -> set[str]:
    """Names, companies and phones that somebody might look for in the files."""
    words: set[str] = set()
    for uid in dossiers.all_uids():
        dossier = load_dossier(uid)
        words.add(dossier.company)
        points = list(dossier.contact_points)
        for person in dossier.people:
            words |= {person.surname, person.given, person.patronymic}
            points += person.contact_points
        words |= {p.value for p in points if p.kind in (ContactKind.PHONE, ContactKind.EMAIL)}
    return {word for word in words if len(word) >= 5}


def all_files(folder: DataFolder) -> list[Path]:
    return [path for path in folder.path.rglob("*") if path.is_file()]


def test_no_word_stands_in_any_file(binder_open: Session) -> None:
    folder = binder_open.folder
    assert fill_with_sample() > 5
    words = words_of_the_binder()
    assert len(words) > 40
    backups.back_up(folder, bytes(binder_open.key))
    files = all_files(folder)
    assert {path.suffix for path in files} >= {".db", ".db-wal", ".key"}
    looked_for = [
        text.encode(encoding)
        for word in words
        for text in {word, word.upper(), word.lower()}
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
        if encoding != "cp1251" or text.encode("cp1251", "ignore").decode("cp1251") == text
    ]
    for path in files:
        content = path.read_bytes()
        assert not [word for word in looked_for if word in content], path.name
        assert b"SQLite format" not in content, path.name
        assert b"CREATE TABLE" not in content, path.name


def test_another_program_reads_it_with_the_key(binder_open: Session) -> None:
    fill_with_sample()
    expected = sorted(dossiers.all_uids())
    folder, key = binder_open.folder, binder_open.key.hex()
    copy = backups.back_up(folder, bytes(binder_open.key))
    reader = apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        for pragma in ("cipher='sqlcipher'", "legacy=4", f"key=\"x'{key}'\""):
            list(reader.execute(f"PRAGMA {pragma}"))
        rows = [row[0] for row in reader.execute("SELECT uid FROM dossier ORDER BY uid")]
    finally:
        reader.close()
    assert rows == expected


def test_a_plain_database_is_refused(folder: DataFolder) -> None:
    folder.make()
    plain = apsw.Connection(str(folder.database))
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    before = folder.database.read_bytes()
    with pytest.raises(Refusal, match="is not encrypted"):
        open_database(folder, bytearray(32))
    assert folder.database.read_bytes() == before


def test_a_wrong_key_is_refused_and_changes_nothing(folder: DataFolder) -> None:
    session = open_session(folder)
    key = bytearray(session.key)
    session.close()
    before = folder.database.read_bytes()
    wrong = bytearray(key)
    wrong[0] ^= 1
    with pytest.raises(Refusal, match="cannot be read with this key"):
        open_database(folder, wrong)
    assert database.is_closed()
    assert folder.database.read_bytes() == before
    open_database(folder, key)
    close_database()


@pytest.mark.parametrize("content", [b"text, not a database" * 300, os.urandom(8192), b"\0" * 4096])
def test_a_damaged_database_is_refused(folder: DataFolder, content: bytes) -> None:
    open_session(folder).close()
    folder.database.write_bytes(content)
    with pytest.raises(Refusal, match="cannot be read with this key"):
        open_session(folder)
    assert folder.database.read_bytes() == content


def test_a_key_of_another_length_is_a_fault(folder: DataFolder) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_database(folder, bytearray(16))


def test_the_database_is_asked_to_be_careful(binder_open: Session) -> None:
    asked = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "cell_size_check": 1,
        "temp_store": 2,
    }
    for name, value in asked.items():
        assert database.execute_sql(f"PRAGMA {name}").fetchone() == (value,), name


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_only_the_owner_can_read_the_files(binder_open: Session) -> None:
    backups.back_up(binder_open.folder, bytes(binder_open.key))
    paths = [binder_open.folder.path, *binder_open.folder.path.rglob("*")]
    assert len(paths) >= 8
    for path in paths:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path.name


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_permissions_of_an_older_file_are_mended(folder: DataFolder) -> None:
    open_session(folder).close()
    folder.database.chmod(0o644)
    open_session(folder).close()
    assert stat.S_IMODE(folder.database.stat().st_mode) == 0o600


def test_the_key_is_gone_from_memory_after_closing(folder: DataFolder) -> None:
    session = open_session(folder)
    key = session.key
    session.close()
    assert key == bytes(32)
    assert "passphrase" not in database.connect_params


def test_the_cipher_writes_nothing_to_the_terminal(folder: DataFolder) -> None:
    open_session(folder).close()
    folder.database.write_bytes(os.urandom(8192))
    run = subprocess.run(
        [sys.executable, "-m", "dossier_app", "--lang", "en", "--data-dir", folder.path, "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.count("\n") == 1
