"""A backup takes the place of the binder: whole or not at all, whatever comes between."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.services import backing_up
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.protection import check, make_recovery, set_passphrase
from dossier_app.services.session import Session, open_session
from dossier_app.services.showing import export_json
from dossier_app.storage import backups, restoring
from dossier_app.storage.folder import DataFolder

PASSPHRASE = "четыре слова и ещё одно"


@pytest.fixture(params=["pair", "file"])
def backup(request: pytest.FixtureRequest, binder_open: Session, tmp_path: Path) -> Path:
    """A backup of a binder with one client; a second one came after it."""
    add_dossier(NewDossier(name="Ромашкина Анна"))
    folder, key = binder_open.folder, bytes(binder_open.key)
    made = tmp_path / "my.binder"
    if request.param == "pair":
        made = backups.back_up(folder, key)
    else:
        backups.save_copy(folder, key, made)
    add_dossier(NewDossier(name="Липатов Олег"))
    return made


def content(folder: DataFolder, passphrase: str | None = None) -> bytes:
    session = open_session(folder, passphrase, writing=False)
    try:
        assert check() == []
        return export_json()[0]
    finally:
        session.close()


def test_a_backup_is_the_binder_and_the_binder_a_backup(binder_open: Session, backup: Path) -> None:
    folder, both = binder_open.folder, export_json()[0]
    binder_open.close()
    backing_up.restore(folder, backup)
    assert "Ромашкина".encode() in content(folder)
    assert "Липатов".encode() not in content(folder)
    (before,) = [item for item in backing_up.all_backups(folder) if item.reason]
    assert before.reason == restoring.BEFORE_RESTORE
    backing_up.restore(folder, before.path)
    assert content(folder) == both
    assert not folder.restored.exists() and not (folder.path / "restoring").exists()


def test_what_was_only_in_the_log_is_put_aside_with_it(binder_open: Session, backup: Path) -> None:
    """A program that was killed leaves its last commits in the log."""
    folder, both = binder_open.folder, export_json()[0]
    kept = {path.name: path.read_bytes() for path in folder.path.glob("binder.*")}
    binder_open.close()
    for name, data in kept.items():
        (folder.path / name).write_bytes(data)
    assert (folder.path / "binder.db-wal").stat().st_size
    backing_up.restore(folder, backup)
    (before,) = [item for item in backing_up.all_backups(folder) if item.reason]
    backing_up.restore(folder, before.path)
    assert content(folder) == both


def test_a_backup_of_another_binder_brings_its_key(
    binder_open: Session, backup: Path, tmp_path: Path
) -> None:
    binder_open.close()
    other = DataFolder(tmp_path / "other")
    open_session(other).close()
    backing_up.restore(other, backup)
    assert "Ромашкина".encode() in content(other)
    third = DataFolder(tmp_path / "new computer")
    backing_up.restore(third, backup)
    assert content(third) == content(other)


@pytest.mark.parametrize("after", range(1, 8))
def test_a_crash_leaves_the_old_binder_or_the_restored_one(
    binder_open: Session, backup: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """The program ends at the ``after``-th change of a name in the folder."""
    folder, both = binder_open.folder, export_json()[0]
    binder_open.close()
    changes = 0

    def counted(one: Path, other: Path) -> Path:
        nonlocal changes
        changes += 1
        if changes == after:
            raise KeyboardInterrupt
        os.replace(one, other)  # noqa: PTH105 - it is what is counted
        return Path(other)

    monkeypatch.setattr(Path, "replace", counted)
    monkeypatch.setattr(Path, "rename", counted)
    try:
        backing_up.restore(folder, backup)
        finished = True
    except KeyboardInterrupt:
        finished = False
    monkeypatch.undo()
    open_session(folder).close()
    now = content(folder)
    assert now == both or "Липатов".encode() not in now
    if finished or changes > 1:
        assert now != both, "once it counts, it is finished"
    assert not folder.restored.exists()


@pytest.mark.parametrize("damage", ["half", "flipped", "empty", "letter", "archive"])
def test_what_is_no_backup_changes_nothing(
    binder_open: Session, backup: Path, tmp_path: Path, damage: str
) -> None:
    folder, both = binder_open.folder, export_json()[0]
    binder_open.close()
    data = bytearray(backup.read_bytes())
    match damage:
        case "half":
            data = data[: len(data) // 2]
        case "flipped":
            data[len(data) // 3] ^= 0xFF
        case "empty":
            data = bytearray()
        case "letter":
            data = bytearray(b"Dear client,")
    broken = tmp_path / "broken.binder"
    broken.write_bytes(data)
    if backups.key_beside(backup).exists():
        backups.key_beside(broken).write_bytes(backups.key_beside(backup).read_bytes())
    if damage == "archive":
        backups.key_beside(broken).unlink(missing_ok=True)
        with zipfile.ZipFile(broken, "w") as archive:
            archive.writestr("../binder.db", b"x")
            archive.writestr("binder.key", b"x")
    with pytest.raises(Refusal) as refused:
        backing_up.restore(folder, broken)
    assert str(refused.value).endswith(".")
    assert content(folder) == both
    assert not list(tmp_path.rglob("restoring"))


def test_a_protected_backup_asks_for_its_own_passphrase(
    binder_open: Session, tmp_path: Path
) -> None:
    folder, made = binder_open.folder, tmp_path / "my.binder"
    set_passphrase(binder_open, PASSPHRASE)
    code = make_recovery(binder_open)
    backups.save_copy(folder, bytes(binder_open.key), made)
    set_passphrase(binder_open, "another one")
    binder_open.close()
    for wrong in (None, "another one", code[:-1] + ("0" if code[-1] != "0" else "1")):
        with pytest.raises(Refusal):
            backing_up.restore(folder, made, wrong)
    backing_up.restore(folder, made, code.lower().replace("-", " "))
    content(folder, PASSPHRASE)
    content(folder, code)


def test_an_open_binder_is_not_replaced(binder_open: Session, backup: Path) -> None:
    with pytest.raises(Refusal, match="open in another window"):
        backing_up.restore(binder_open.folder, backup)
