"""Backups: a whole, verified copy with its key beside it."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.protection import check
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session, open_session
from dossier_app.services.showing import export_json
from dossier_app.storage import backups
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder

TODAY = date(2026, 11, 25)


def test_a_backup_opens_as_a_binder_of_its_own(binder_open: Session, tmp_path: Path) -> None:
    fill_with_sample()
    expected = export_json()[0]
    copy = backups.back_up(binder_open.folder, bytes(binder_open.key), reason="before-change")
    assert copy.parent == binder_open.folder.backups
    assert copy.name.startswith("binder-") and copy.name.endswith("-before-change.db")
    add_dossier(NewDossier(name="Позже Анна"))
    binder_open.close()

    other = DataFolder(tmp_path / "other")
    other.make()
    shutil.copy(copy, other.database)
    shutil.copy(copy.with_name(copy.name + ".key"), other.key)
    session = open_session(other)
    assert export_json()[0] == expected
    assert check() == []
    session.close()


def test_a_backup_leaves_only_its_two_files(binder_open: Session) -> None:
    backups.back_up(binder_open.folder, bytes(binder_open.key))
    names = sorted(path.suffix for path in binder_open.folder.backups.iterdir())
    assert names == [".db", ".key"]


def test_a_backup_of_one_file(binder_open: Session, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "my.binder"
    target.parent.mkdir()
    told: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        told.append((done, total))

    backups.save_copy(binder_open.folder, bytes(binder_open.key), target, step=step)
    assert [path.name for path in target.parent.iterdir()] == ["my.binder"]
    assert told and told[-1][0] == told[-1][1]


def test_a_backup_that_cannot_be_made_is_refused(binder_open: Session, tmp_path: Path) -> None:
    target = tmp_path / "gone" / "my.binder"
    with pytest.raises(Refusal, match=r"my\.binder cannot be written: there is no such file"):
        backups.save_copy(binder_open.folder, bytes(binder_open.key), target)
    assert not target.parent.exists()
    assert add_dossier(NewDossier(name="Ромашкина Анна"))


def test_a_backup_that_is_given_up_leaves_nothing(binder_open: Session, tmp_path: Path) -> None:
    class GivenUp(Exception):
        pass

    def step(_done: int, _total: int) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        backups.back_up(binder_open.folder, bytes(binder_open.key), step=step)
    with pytest.raises(GivenUp):
        backups.save_copy(
            binder_open.folder, bytes(binder_open.key), tmp_path / "my.binder", step=step
        )
    assert list(binder_open.folder.backups.iterdir()) == []
    assert not list(tmp_path.glob("my.*"))


def test_a_copy_has_what_is_only_in_the_log_yet(binder_open: Session, tmp_path: Path) -> None:
    """What was committed last stands in the write-ahead log, not in the file."""
    dossier, _ = add_dossier(NewDossier(name="Ромашкина Анна"))
    copy = backups.back_up(binder_open.folder, bytes(binder_open.key))
    opened = backups.opened_apart(copy, bytes(binder_open.key))
    opened.connect()
    assert opened.execute_sql("SELECT uid FROM dossier").fetchall() == [(dossier.uid,)]
    opened.close()


@pytest.mark.parametrize("days", [1, 40, 400])
def test_so_many_backups_are_kept(binder_open: Session, days: int) -> None:
    folder, key = binder_open.folder, bytes(binder_open.key)
    made = backups.back_up(folder, key)
    remembered = {path.name[len(made.name) :]: path.read_bytes() for path in _files_of(made)}
    for number in range(days):
        for hour in ("070000", "190000"):
            day = TODAY - timedelta(days=number)
            for ending, content in remembered.items():
                name = f"binder-{day}-{hour}.db{ending}"
                (folder.backups / name).write_bytes(content)
    for number in range(8):
        for ending, content in remembered.items():
            name = f"binder-2026-01-0{number + 1}-120000-before-schema-2.db{ending}"
            (folder.backups / name).write_bytes(content)
    for file in _files_of(made):
        file.unlink()
    backups.prune(folder)
    kept = backups.all_backups(folder)
    daily = [item.made_at for item in kept if not item.reason]
    assert all(moment.hour == 19 for moment in daily)
    assert [moment.date() for moment in daily[:7]] == [
        TODAY - timedelta(days=number) for number in range(min(days, 7))
    ]
    months = {(moment.year, moment.month) for moment in daily}
    assert len(months) == {1: 1, 40: 2, 400: 12}[days]
    assert len(daily) <= 7 + 4 + 12
    others = [item.made_at.day for item in kept if item.reason]
    assert others == [8, 7, 6, 5, 4]
    assert len(list(folder.backups.iterdir())) == 2 * len(kept)


@pytest.mark.parametrize(("gap", "stay"), [(1, False), (30, False), (40, True), (3650, True)])
def test_none_is_kept_for_more_than_a_year(binder_open: Session, gap: int, stay: bool) -> None:
    """However few there are, whatever they were made for. After a gap the clock may be wrong:
    then nothing goes for its age before it has been right for a day."""
    folder, key = binder_open.folder, bytes(binder_open.key)
    year = backups.KEPT_LONGEST.days
    for days in (0, gap, year + 1, year + 40):
        clock.set_today(TODAY - timedelta(days=days))
        for reason in ("", "before-change") if days > gap else ("", ""):
            backups.back_up(folder, key, reason=reason)

    def ages() -> set[int]:
        backups.prune(folder)
        return {(TODAY - item.made_at.date()).days for item in backups.all_backups(folder)}

    assert ages() == ({0, gap, year + 1, year + 40} if stay else {0, gap})
    clock.set_today(TODAY + timedelta(days=1))
    backups.back_up(folder, key)
    assert ages() == {-1, 0, *({gap} if gap < year else ())}


def test_what_a_kill_left_of_a_backup_goes_after_a_day(binder_open: Session) -> None:
    folder = binder_open.folder
    made = backups.back_up(folder, bytes(binder_open.key))
    names = [f"binder-2026-11-2{day}-120000.db.new{end}" for day in "45" for end in ("", "-wal")]
    for name in names:
        (folder.backups / name).write_bytes(b"half")
    for name in names[:2]:
        os.utime(folder.backups / name, (0, 0))
    backups.prune(folder)
    assert {path.name for path in folder.backups.iterdir()} == {
        *(path.name for path in _files_of(made)), *names[2:]
    }  # fmt: skip


def test_a_backup_that_is_held_open_goes_the_next_time(
    binder_open: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key = binder_open.folder, bytes(binder_open.key)
    made = [backups.back_up(folder, key, reason="before-change") for _ in range(7)]
    unlink = Path.unlink

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path == made[0]:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    backups.prune(folder)
    assert [item.path for item in backups.all_backups(folder)] == [*made[:1:-1], made[0]]
    monkeypatch.undo()
    backups.prune(folder)
    assert [item.path for item in backups.all_backups(folder)] == made[:1:-1]


def test_a_clock_that_stands_at_its_beginning_spoils_no_file(
    binder_open: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ZIP knows no day before 1980; an empty battery makes it 1970."""
    target, made = tmp_path / "my.binder", backups.sync

    def long_ago(path: Path) -> None:
        made(path)
        os.utime(path, (0, 0))

    monkeypatch.setattr(backups, "sync", long_ago)
    backups.save_copy(binder_open.folder, bytes(binder_open.key), target)
    assert zipfile.is_zipfile(target)


def _files_of(path: Path) -> list[Path]:
    return [path, backups.key_beside(path)]


def test_damage_is_found(binder_open: Session) -> None:
    fill_with_sample()
    folder = binder_open.folder
    assert check() == []
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = backups.back_up(folder, bytes(binder_open.key))
    binder_open.close()
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 + 17] ^= 0xFF
    folder.database.write_bytes(content)
    session = open_session(folder, writing=False)
    assert check()
    with pytest.raises(Refusal, match="could not be verified"):
        backups.back_up(folder, bytes(binder_open.key))
    assert [path.name for path in folder.backups.glob("*.new*")] == []
    session.close()


def test_no_backup_takes_the_name_of_another(binder_open: Session) -> None:
    made = [backups.back_up(binder_open.folder, bytes(binder_open.key)) for _ in range(3)]
    assert len(set(made)) == 3
    assert [item.path for item in backups.all_backups(binder_open.folder)] == made[::-1]
