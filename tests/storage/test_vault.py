"""The key file: what opens the binder, and what a damaged or newer file is told."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.services import protection
from dossier_app.services.session import Session, open_session
from dossier_app.storage import backups, vault
from dossier_app.storage.folder import DataFolder

PASSPHRASE = "й и ё — Ключ №5 é"


@pytest.fixture
def key(folder: DataFolder) -> Iterator[bytearray]:
    """The key of a folder that holds nothing else."""
    folder.make()
    made = vault.create_key(folder)
    yield made
    vault.clear(made)
    assert made == bytes(32)


def rewrite(folder: DataFolder, **changes: Any) -> None:
    content = json.loads(folder.key.read_bytes())
    content["slots"][0] |= changes
    folder.key.write_text(json.dumps(content))


def test_a_new_key_is_random_and_opens_without_a_passphrase(
    folder: DataFolder, key: bytearray
) -> None:
    assert len(key) == 32
    assert vault.unlock(folder) == key
    assert vault.protection(folder).is_open
    assert vault.create_key(folder) != key


def test_a_passphrase_opens_and_nothing_else_does(folder: DataFolder, key: bytearray) -> None:
    vault.set_passphrase(folder, key, PASSPHRASE)
    assert not vault.protection(folder).is_open
    assert key.hex() not in folder.key.read_text()
    assert vault.unlock(folder, PASSPHRASE) == key
    with pytest.raises(Refusal, match=r"^This passphrase does not open the binder\.$"):
        vault.unlock(folder, PASSPHRASE + " ")
    for missing in (None, ""):
        with pytest.raises(Refusal, match="the passphrase is needed"):
            vault.unlock(folder, missing)


def test_unicode_forms_of_a_passphrase_are_equal(folder: DataFolder, key: bytearray) -> None:
    one, other = (unicodedata.normalize(form, PASSPHRASE) for form in ("NFC", "NFD"))
    assert one != other
    vault.set_passphrase(folder, key, other)
    assert vault.unlock(folder, one) == key
    assert vault.unlock(folder, other) == key


def test_a_change_of_passphrase_keeps_the_key(folder: DataFolder, key: bytearray) -> None:
    vault.set_passphrase(folder, key, "one")
    before = folder.key.read_bytes()
    vault.set_passphrase(folder, key, "two")
    assert folder.key.read_bytes() != before
    assert vault.unlock(folder, "two") == key
    with pytest.raises(Refusal):
        vault.unlock(folder, "one")
    vault.remove_protection(folder, key)
    assert vault.unlock(folder) == key


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_an_empty_passphrase_is_refused(folder: DataFolder, key: bytearray, empty: str) -> None:
    before = folder.key.read_bytes()
    with pytest.raises(Refusal, match="cannot be empty"):
        vault.set_passphrase(folder, key, empty)
    assert folder.key.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b"{}",
        b'{"version": 1}',
        b'{"version": 1, "slots": []}',
        b'{"version": "1", "slots": [{"kind": "unprotected"}]}',
        b'{"version": 1, "slots": [{}]}',
        b'{"version": 1, "slots": [7]}',
        b'{"version": 1, "slots": [{"kind": "unprotected"}]}',
        b'{"version": 1, "slots": [{"kind": "unprotected", "key": "zz"}]}',
        b'{"version": 1, "slots": [{"kind": "unprotected", "key": "00ff"}]}',
        b'{"version": 1, "slots": [{"kind": "unprotected", "key": 5}]}',
        b'{"version": 1, "slots": [{"kind": "moon"}]}',
        b'{"version": 1, "slots": [{"kind": "passphrase"}]}',
    ],
)
def test_a_damaged_key_file_is_refused(folder: DataFolder, content: bytes) -> None:
    folder.make()
    folder.key.write_bytes(content)
    with pytest.raises(Refusal, match="The key file is damaged"):
        vault.unlock(folder, "x")
    with pytest.raises(Refusal, match="The key file is damaged"):
        open_session(folder, "x")
    assert folder.key.read_bytes() == content
    assert not folder.database.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"salt": "zz"},
        {"salt": ""},
        {"salt": None},
        {"nonce": ""},
        {"wrapped": "00"},
        {"memory_kib": 1},
        {"memory_kib": "much"},
        {"memory_kib": 2**40},
        {"passes": 10**9},
        {"passes": 0},
        {"lanes": 0},
    ],
)
def test_a_damaged_slot_is_refused(
    folder: DataFolder, key: bytearray, changes: dict[str, Any]
) -> None:
    vault.set_passphrase(folder, key, PASSPHRASE)
    rewrite(folder, **changes)
    with pytest.raises(Refusal):
        vault.unlock(folder, PASSPHRASE)


def test_a_wrapped_key_cannot_be_exchanged(folder: DataFolder, key: bytearray) -> None:
    vault.set_passphrase(folder, key, PASSPHRASE)
    wrapped = json.loads(folder.key.read_bytes())["slots"][0]["wrapped"]
    rewrite(folder, wrapped=("0" if wrapped[0] != "0" else "1") + wrapped[1:])
    with pytest.raises(Refusal, match="does not open"):
        vault.unlock(folder, PASSPHRASE)


def test_a_newer_key_file_is_refused(folder: DataFolder, key: bytearray) -> None:
    folder.key.write_text('{"version": 2, "slots": [{"kind": "unprotected", "key": "00"}]}')
    with pytest.raises(Refusal, match="newer version"):
        vault.unlock(folder)


def test_a_missing_key_file_is_told_by_name(folder: DataFolder) -> None:
    open_session(folder).close()
    folder.key.unlink()
    with pytest.raises(Refusal, match=r"binder\.key is missing"):
        open_session(folder)
    assert not folder.key.exists()


def test_protection_reaches_the_backups_made_before(binder_open: Session) -> None:
    folder = binder_open.folder
    copy = backups.back_up(folder, bytes(binder_open.key))
    beside = copy.with_name(copy.name + ".key")
    assert binder_open.key.hex() in beside.read_text()
    foreign = folder.backups / "binder-of-another.db.key"
    foreign.write_text(
        '{"version": 1, "slots": [{"kind": "unprotected", "key": "%s"}]}' % ("7" * 64)
    )
    other = foreign.read_bytes()

    protection.set_passphrase(binder_open, PASSPHRASE)
    assert binder_open.key.hex() not in beside.read_text()
    assert beside.read_bytes() == folder.key.read_bytes()
    assert foreign.read_bytes() == other


def test_a_database_that_has_gone_is_told_and_not_made_anew(folder: DataFolder) -> None:
    open_session(folder).close()
    for file in folder.path.glob("binder.db*"):
        file.unlink()
    with pytest.raises(Refusal, match=r"binder\.db is missing"):
        open_session(folder)
    assert not folder.database.exists()


def test_a_first_start_that_broke_off_before_the_database_begins_again(folder: DataFolder) -> None:
    folder.make()
    vault.create_key(folder)
    open_session(folder).close()
    assert not vault.awaits_database(folder)
    folder.database.unlink()
    with pytest.raises(Refusal):
        open_session(folder)
