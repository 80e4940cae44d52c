"""``import`` of mails from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dossier_app.cli import run_command
from dossier_app.storage.folder import DataFolder


def test_mails_from_the_command_line(
    folder: DataFolder, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(*arguments: object, status: int = 0) -> str:
        options = ["--data-dir", str(folder.path), "--lang", "en", "--today", "2026-11-25"]
        capsys.readouterr()
        told = run_command([*options, *map(str, arguments)])
        out, err = capsys.readouterr()
        assert told == status, err
        return out or err

    uid = json.loads(run("new", "--name", "Ромашкина Анна", "--email", "a@example.ru", "--json"))
    uid = uid["uid"]
    mails = tmp_path / "mails"
    mails.mkdir()
    for name, sender in (("1.eml", "a@example.ru"), ("2.eml", "who@example.net")):
        (mails / name).write_text(
            f"From: {sender}\nTo: rep@example.org\nSubject: Offer\n"
            f"Date: Tue, 24 Nov 2026 11:05:30 +0300\nMessage-ID: <{name}>\n\nYes\n"
        )
    told = json.loads(run("import", mails, "--json"))
    first, second = told["files"]
    assert (first["format"], first["joined"], first["problems"]) == ("eml", 1, [])
    assert (second["joined"], second["skipped"]) == (0, 1)
    assert "who@example.net" in second["problems"][0]["reason"]
    assert told["dossiers"] == [uid]
    told = json.loads(run("import", mails / "2.eml", "--into", uid[:8], "--json"))
    assert told["files"][0]["joined"] == 1
    shown = json.loads(run("show", uid, "--json"))
    assert [entry["at"] for entry in shown["history"]] == ["2026-11-24T11:05:30+03:00"] * 2
    assert [document["name"] for document in shown["documents"]] == [
        "2026-11-24 Offer.eml", "2026-11-24 Offer (2).eml",
    ]  # fmt: skip
    assert "There is no dossier" in run("import", mails / "2.eml", "--into", "zz", status=1)
