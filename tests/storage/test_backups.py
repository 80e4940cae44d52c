"""Backups: a whole, verified copy with its key beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.protection import check
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session, open_session
from dossier_app.services.showing import export_json
from dossier_app.storage import backups
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder


def test_a_backup_opens_as_a_binder_of_its_own(binder_open: Session, tmp_path: Path) -> None:
    fill_with_sample()
    expected = export_json()[0]
    copy = backups.back_up(binder_open.folder, reason="before-change")
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
    backups.back_up(binder_open.folder)
    names = sorted(path.suffix for path in binder_open.folder.backups.iterdir())
    assert names == [".db", ".key"]


def test_a_backup_goes_where_it_is_told(binder_open: Session, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy.db"
    target.parent.mkdir()
    assert backups.back_up(binder_open.folder, target=target) == target
    assert sorted(path.name for path in target.parent.iterdir()) == ["copy.db", "copy.db.key"]


def test_a_backup_that_cannot_be_made_is_refused(binder_open: Session, tmp_path: Path) -> None:
    target = tmp_path / "gone" / "copy.db"
    with pytest.raises(Refusal, match="could not be verified and was not kept"):
        backups.back_up(binder_open.folder, target=target)
    assert not target.parent.exists()
    assert add_dossier(NewDossier(name="Ромашкина Анна"))


def test_damage_is_found(binder_open: Session) -> None:
    fill_with_sample()
    folder = binder_open.folder
    assert check() == []
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = backups.back_up(folder)
    binder_open.close()
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 + 17] ^= 0xFF
    folder.database.write_bytes(content)
    session = open_session(folder, writing=False)
    assert check()
    with pytest.raises(Refusal, match="could not be verified"):
        backups.back_up(folder)
    assert [path.name for path in folder.backups.glob("*.new*")] == []
    session.close()
