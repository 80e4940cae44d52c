"""One program writes; others read."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.services.dossiers import NewDossier, add_dossier
from dossier_app.services.session import Session, exists, open_session
from dossier_app.storage import dossiers
from dossier_app.storage.connection import close_database
from dossier_app.storage.folder import DataFolder, WriterLock, write_whole

_HOLD = """
import sys
from pathlib import Path
from dossier_app.storage.folder import DataFolder, WriterLock
lock = WriterLock(DataFolder(Path(sys.argv[1])))
lock.take()
print("taken", flush=True)
sys.stdin.readline()
"""


def test_a_second_lock_is_refused_until_the_first_is_released(folder: DataFolder) -> None:
    folder.make()
    one, other = WriterLock(folder), WriterLock(folder)
    one.take()
    with pytest.raises(Refusal, match="open in another window"):
        other.take()
    one.release()
    other.take()
    other.release()
    other.release()


def test_the_lock_of_a_process_ends_with_it(folder: DataFolder) -> None:
    folder.make()
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, folder.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "taken\n"
        with pytest.raises(Refusal):
            WriterLock(folder).take()
        with pytest.raises(Refusal):
            open_session(folder)
        assert not exists(folder)
        holder.kill()
        holder.wait()
    lock = WriterLock(folder)
    lock.take()
    lock.release()


def test_reading_works_while_another_writes(binder_open: Session) -> None:
    add_dossier(NewDossier(name="Ромашкина Анна"))
    # A second connection to the same folder, as another process would have it.
    close_database()
    reader = open_session(binder_open.folder, writing=False)
    assert dossiers.count() == 1
    with pytest.raises(Exception, match="readonly"):
        add_dossier(NewDossier(name="Липатова Вера"))
    with pytest.raises(Refusal, match="open in another window"):
        open_session(binder_open.folder)
    reader.close()


def test_a_refused_opening_leaves_no_lock_behind(folder: DataFolder) -> None:
    open_session(folder).close()
    good = folder.key.read_bytes()
    folder.key.write_bytes(b"{")
    with pytest.raises(Refusal):
        open_session(folder)
    folder.key.write_bytes(good)
    open_session(folder).close()


def test_a_folder_that_is_a_file_is_refused(folder: DataFolder) -> None:
    folder.path.write_text("x")
    with pytest.raises(Refusal, match="cannot be made"):
        open_session(folder)
    with pytest.raises(Refusal, match="cannot be made"):
        open_session(DataFolder(folder.path / "below"))


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere"
)
def test_a_folder_that_cannot_be_written_is_refused(folder: DataFolder) -> None:
    folder.make()
    folder.path.chmod(0o500)
    with pytest.raises(Refusal, match="Nothing can be written"):
        open_session(folder)
    folder.path.chmod(0o700)


def test_write_whole_leaves_one_file(folder: DataFolder) -> None:
    folder.make()
    write_whole(folder.preferences, b"one")
    write_whole(folder.preferences, b"other")
    assert folder.preferences.read_bytes() == b"other"
    assert [path.name for path in folder.path.iterdir()] == ["preferences.json"]
