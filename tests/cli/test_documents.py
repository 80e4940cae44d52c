"""``attach`` and ``save-document`` from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_files_go_in_and_come_out(run: Run, tmp_path: Path) -> None:
    uid = run("new", "--name", "Ромашкина Анна")["uid"]
    offer, out = tmp_path / "Смета.txt", tmp_path / "out.txt"
    offer.write_bytes(b"first")
    assert run("attach", uid, offer) == {
        "uid": uid, "new": ["Смета.txt"], "versions": [], "known": [],
    }  # fmt: skip
    offer.write_bytes(b"second")
    assert run("attach", uid, offer, offer)["versions"] == ["Смета.txt"]
    first, second = run("show", uid)["documents"]
    assert second["version_of"] == first["uid"]
    assert run("save-document", uid, "смета.TXT", "-o", out)["sha256"] == second["sha256"]
    assert out.read_bytes() == b"second"
    run("save-document", uid, first["uid"], "-o", out)
    assert out.read_bytes() == b"first"


def test_what_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    uid = run("new", "--name", "Ромашкина Анна")["uid"]
    (tmp_path / "a.txt").write_bytes(b"a")
    missing = tmp_path / "missing.txt"
    assert "cannot be read" in run("attach", uid, tmp_path / "a.txt", missing, status=1)
    assert run("show", uid)["documents"] == []
    assert "no document called" in run("save-document", uid, "b.txt", "-o", missing, status=1)
