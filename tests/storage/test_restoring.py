"""A backup takes the place of the binder: whole or not at all, whatever comes between."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
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


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch) -> Callable[[DataFolder, Path, int], int]:
    """Puts a backup back in a program that ends at the so many-th change of a name; returns
    how many there were. Then the binder is opened."""

    def restore(folder: DataFolder, backup: Path, after: int) -> int:
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
        with suppress(KeyboardInterrupt):
            backing_up.restore(folder, backup)
        monkeypatch.undo()
        open_session(folder).close()
        return changes

    return restore


@pytest.mark.parametrize("was_killed", [False, True], ids=["closed", "killed"])
@pytest.mark.parametrize("after", range(1, 8))
def test_a_crash_leaves_the_old_binder_or_the_restored_one(
    binder_open: Session,
    backup: Path,
    crashing: Callable[[DataFolder, Path, int], int],
    after: int,
    was_killed: bool,
) -> None:
    """The old one is whole then, its last commits in the log too, or a backup of it is."""
    folder, both = binder_open.folder, export_json()[0]
    left = {path.name: path.read_bytes() for path in folder.path.glob("binder.*")}
    binder_open.close()
    if was_killed:
        for name, data in left.items():
            (folder.path / name).write_bytes(data)
        assert backups.log_beside(folder.database).stat().st_size
    changes = crashing(folder, backup, after)
    counts = changes > 1
    if counts:
        assert content(folder) != both, "once it counts, it is finished"
        (before,) = [item for item in backing_up.all_backups(folder) if item.reason]
        backing_up.restore(folder, before.path)
    assert content(folder) == both
    assert not folder.restored.exists() and not (folder.path / "restoring").exists()


def test_a_file_that_is_held_is_told_and_gone_on_with(
    binder_open: Session, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a scanner does it on Windows: for a while no name can be changed."""
    folder = binder_open.folder
    backing_up.stage(folder, backup, None, bytes(binder_open.key))
    binder_open.close()
    replace = Path.replace

    def held(one: Path, other: Path) -> Path:
        if one == folder.database:
            raise PermissionError(13, "Permission denied", str(one))
        return replace(one, other)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(Refusal, match=r"binder\.db cannot be written: access is denied\."):
        backing_up.take_place(folder)
    with pytest.raises(Refusal, match=r"binder\.db cannot be written"):
        open_session(folder)
    monkeypatch.undo()
    open_session(folder).close()
    assert "Липатов".encode() not in content(folder)
    assert len([item for item in backing_up.all_backups(folder) if item.reason]) == 1


def test_what_is_stopped_leaves_nothing(binder_open: Session, backup: Path) -> None:
    folder, asked, stops_at = binder_open.folder, 0, 0

    class Stopped(Exception):
        pass

    def step(_done: int, _total: int) -> None:
        nonlocal asked
        asked += 1
        if asked == stops_at:
            raise Stopped

    backing_up.stage(folder, backup, None, bytes(binder_open.key), step)
    last, names = asked, {path.name for path in folder.path.iterdir()} - {"restoring"}
    assert last
    for number in range(1, last + 1):
        asked, stops_at = 0, number
        with pytest.raises(Stopped):
            backing_up.stage(folder, backup, None, bytes(binder_open.key), step)
        assert {path.name for path in folder.path.iterdir()} == names


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
