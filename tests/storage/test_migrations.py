"""The schema: made by frozen SQL, equal to the models, and carried to newer versions."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest
from playhouse.schema_diff import diff_models

from dossier_app.domain.errors import Refusal
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.session import Session, open_session
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import migrate
from dossier_app.storage.connection import close_database, database, open_database
from dossier_app.storage.folder import DataFolder, WriterLock
from dossier_app.storage.models import ALL, JOURNALLED


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one migration ahead; returns the file of that migration."""
    ahead = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, ahead)
    number = max(int(path.name[:4]) for path in ahead.glob("*.sql")) + 1
    monkeypatch.setattr(migrate, "FOLDER", ahead)
    step = ahead / f"{number:04d}_next.sql"
    step.write_text(
        "CREATE TABLE extra (id INTEGER PRIMARY KEY);\n"
        "UPDATE dossier SET status = 'moved' WHERE status = '';\n"
    )
    return step


@pytest.fixture
def older(folder: DataFolder) -> DataFolder:
    """A binder with one dossier, closed."""
    session = open_session(folder)
    add_dossier(NewDossier(name="Ромашкина Анна"))
    session.close()
    return folder


def raise_version(folder: DataFolder) -> None:
    session = open_session(folder)
    database.execute_sql("PRAGMA user_version = 9000")
    session.close()


def test_the_schema_of_the_migrations_is_that_of_the_models(binder_open: Session) -> None:
    found = diff_models(database, ALL)
    assert not found, found


def test_the_comparison_sees_a_difference(binder_open: Session) -> None:
    database.execute_sql("DROP INDEX contact_point_key")
    assert diff_models(database, ALL)


def test_every_journalled_table_has_its_triggers(binder_open: Session) -> None:
    rows = database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert {name for (name,) in rows} == {
        f"journal_{model._meta.table_name}_{event}"
        for model in JOURNALLED
        for event in ("insert", "update", "delete")
    }


def test_every_table_below_a_dossier_is_journalled(binder_open: Session) -> None:
    below = {model._meta.table_name for model in ALL if "dossier_id" in model._meta.columns} - {
        "journal_change"
    }
    assert below <= {model._meta.table_name for model in JOURNALLED}


@pytest.mark.parametrize("writing", [True, False])
def test_a_newer_binder_is_refused_and_not_changed(older: DataFolder, writing: bool) -> None:
    raise_version(older)
    before = {path.name: path.read_bytes() for path in older.path.glob("binder.*")}
    with pytest.raises(Refusal, match="newer version"):
        open_session(older, writing=writing)
    assert {path.name: path.read_bytes() for path in older.path.glob("binder.*")} == before
    assert not older.backups.exists()


@pytest.mark.parametrize("writing", [True, False])
def test_an_older_binder_is_brought_up_after_a_backup(
    older: DataFolder, next_version: Path, writing: bool
) -> None:
    session = open_session(older, writing=writing)
    number = int(next_version.name[:4])
    assert migrate.schema_version() == number
    assert database.execute_sql("SELECT status FROM dossier").fetchall() == [("moved",)]
    assert database.execute_sql("SELECT count(*) FROM extra").fetchone() == (0,)
    assert database.execute_sql("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(Exception, match="outside the journal" if writing else "readonly"):
        database.execute_sql("UPDATE dossier SET status = 'x'")
    key = session.key.hex()
    session.close()

    (copy,) = older.backups.glob("*.db")
    assert copy.name.endswith(f"-before-schema-{number}.db")
    assert copy.with_name(copy.name + ".key").exists()
    reader = apsw.Connection(str(copy))
    for pragma in ("cipher='sqlcipher'", "legacy=4", f"key=\"x'{key}'\""):
        reader.execute(f"PRAGMA {pragma}").fetchall()
    assert reader.execute("PRAGMA user_version").fetchall() == [(number - 1,)]
    assert reader.execute("SELECT status FROM dossier").fetchall() == [("",)]
    reader.close()
    open_session(older).close()
    assert len(list(older.backups.glob("*.db"))) == 1


def test_undo_reaches_back_over_a_migration(older: DataFolder, next_version: Path) -> None:
    session = open_session(older)
    assert undo() is not None
    assert export_json()[1] == 0
    assert redo() is not None
    assert export_json()[1] == 1
    session.close()


def test_a_failing_migration_leaves_the_older_binder(older: DataFolder, next_version: Path) -> None:
    next_version.write_text(
        "CREATE TABLE extra (id INTEGER PRIMARY KEY);\nUPDATE missing SET x = 1;\n"
    )
    with pytest.raises(Exception, match="no such table"):
        open_session(older)
    assert database.is_closed()
    next_version.unlink()
    session = open_session(older)
    assert migrate.is_current()
    assert not diff_models(database, ALL)
    add_dossier(NewDossier(name="Липатова Вера"))
    session.close()


def test_a_migration_that_breaks_references_is_not_kept(
    older: DataFolder, next_version: Path
) -> None:
    next_version.write_text("DELETE FROM dossier;\n")
    with pytest.raises(RuntimeError, match="breaks references"):
        open_session(older)
    next_version.unlink()
    session = open_session(older)
    assert export_json()[1] == 1
    session.close()


def test_an_unfinished_statement_is_a_fault(older: DataFolder, next_version: Path) -> None:
    next_version.write_text("CREATE TABLE extra (id INTEGER")
    with pytest.raises(ValueError, match="unfinished"):
        open_session(older)


def test_reading_an_older_binder_that_another_window_holds_is_refused(
    older: DataFolder, next_version: Path
) -> None:
    lock = WriterLock(older)
    lock.take()
    with pytest.raises(Refusal, match="open in another window"):
        open_session(older, writing=False)
    lock.release()
    key = bytearray.fromhex(older.key.read_text().split('"key": "')[1][:64])
    open_database(older, key)
    assert migrate.schema_version() == int(next_version.name[:4]) - 1
    close_database()
