"""Files outside the data folder that a crash left."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier_app.services.session import open_session
from dossier_app.storage import settings, unfinished
from dossier_app.storage.folder import DataFolder, beside


def opened_again(folder: DataFolder) -> dict[str, str]:
    """The notes that are left when the binder was opened once more."""
    session = open_session(folder)
    notes = settings.read_all("unfinished file ")
    session.close()
    return notes


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def noted(folder: DataFolder, path: Path) -> None:
    session = open_session(folder)
    unfinished.note(path, b"mark")
    session.close()


def test_what_a_crash_left_is_removed(folder: DataFolder, stick: Path) -> None:
    for left in (beside(stick / "a"), stick / "a"):
        noted(folder, stick / "a")
        left.write_bytes(b"mark, and more")
        assert opened_again(folder) == {}
        assert list(stick.iterdir()) == []


def test_another_file_in_its_place_stays(folder: DataFolder, stick: Path) -> None:
    noted(folder, stick / "a")
    (stick / "a").write_bytes(b"other")
    beside(stick / "a").write_bytes(b"mar")
    assert opened_again(folder) == {}
    assert [path.read_bytes() for path in stick.iterdir()] == [b"other"]


def test_a_stick_that_is_away_is_waited_for(folder: DataFolder, stick: Path) -> None:
    noted(folder, stick / "a")
    stick.rename(stick.with_name("away"))
    assert opened_again(folder)
    stick.with_name("away").rename(stick)
    beside(stick / "a").write_bytes(b"mark")
    assert opened_again(folder) == {}
    assert list(stick.iterdir()) == []


def test_what_is_known_is_no_longer_noted(folder: DataFolder, stick: Path) -> None:
    session = open_session(folder)
    unfinished.note(stick / "a", b"mark")
    (stick / "a").write_bytes(b"mark")
    unfinished.forget(stick / "a")
    unfinished.remove(stick / "a")
    session.close()
    unfinished.remove(stick / "a")  # the binder is closed: nothing is known
    assert opened_again(folder) == {}
    assert (stick / "a").exists()
