"""Checking, protecting, backing up and restoring from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Cli


def test_check(cli: Cli, anna: str) -> None:
    assert cli("check") == {"ok": True, "problems": []}


def test_a_damaged_page_anywhere_is_told_in_a_sentence(cli: Cli, anna: str) -> None:
    whole = cli.folder.database.read_bytes()
    told = set()
    for page in range(0, len(whole), 3 * 4096):
        content = bytearray(whole)
        content[page + 99] ^= 0xFF
        cli.folder.database.write_bytes(content)
        for command in ("check", "list"):
            out, err = cli.texts(command, "--json", status=None)
            assert err.count("\n") <= 1
            told.add(err[:26])
            if command == "check":
                assert err or json.loads(out)["problems"], page
    assert told == {"", "The database cannot be use", f"The database {cli.folder.database}"[:26]}
    cli.folder.database.write_bytes(whole)
    assert cli("check")["ok"]


def test_protection(cli: Cli, anna: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOSSIER_PASSPHRASE", raising=False)
    secret = tmp_path / "secret.txt"
    secret.write_bytes("\ufeffТайна №1\r\n".encode())
    cli("protect", "passphrase", "--new-passphrase-file", secret)
    assert "passphrase is needed" in cli.refuses("list")
    monkeypatch.setenv("DOSSIER_PASSPHRASE", "Тайна №1")
    assert len(cli("list")) == 1
    monkeypatch.setenv("DOSSIER_PASSPHRASE", "другое")
    assert "does not open" in cli.refuses("list")
    cli.options += ["--passphrase-file", str(secret)]
    assert len(cli("list")) == 1
    cli("set", anna, "note", "раз")
    cli("protect", "none")
    monkeypatch.delenv("DOSSIER_PASSPHRASE")
    cli.options = cli.options[:-2]
    assert cli("show", anna)["note"] == "раз"
    assert "--new-passphrase-file" in cli.refuses("protect", "passphrase")
    secret.write_text("\n")
    assert "cannot be empty" in cli.refuses(
        "protect", "passphrase", "--new-passphrase-file", secret
    )
    cli.refuses("protect", "moon")


def test_a_backup_is_restored(cli: Cli, anna: str, tmp_path: Path) -> None:
    target = tmp_path / "my.binder"
    made = cli("backup", "-o", target)
    assert made == {"file": str(target), "size": target.stat().st_size}
    daily = Path(cli("backup")["file"])
    assert daily.parent == cli.folder.backups
    cli("new", "--name", "Липатов Олег")
    for file in (target, daily):
        assert cli("restore", file) == {"file": str(file), "ok": True}
        assert [item["uid"] for item in cli("list")] == [anna]
    aside = sorted(cli.folder.backups.glob("*-before-restore.db"))
    cli("restore", aside[0])
    assert len(cli("list")) == 2
    assert "cannot be read" in cli.refuses("restore", tmp_path / "nothing.binder")
    assert "cannot be written" in cli.refuses("backup", "-o", tmp_path / "no" / "my.binder")


def test_a_recovery_code_opens_the_binder(
    cli: Cli, anna: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOSSIER_PASSPHRASE", raising=False)
    assert "Choose a passphrase first" in cli.refuses("protect", "recovery")
    secret = tmp_path / "secret.txt"
    secret.write_text("корова летит домой")
    cli("protect", "passphrase", "--new-passphrase-file", secret)
    monkeypatch.setenv("DOSSIER_PASSPHRASE", "корова летит домой")
    first = cli("protect", "recovery")["recovery_code"]
    code = cli("protect", "recovery")["recovery_code"]
    assert len(code.split("-")) == 8 and code != first
    monkeypatch.setenv("DOSSIER_PASSPHRASE", code.lower())
    assert len(cli("list")) == 1
    monkeypatch.setenv("DOSSIER_PASSPHRASE", first)
    assert "does not open" in cli.refuses("list")


def test_a_client_is_erased_with_a_protocol(cli: Cli, anna: str, tmp_path: Path) -> None:
    target = tmp_path / "protocol.pdf"
    assert "Type the name" in cli.refuses("erase", anna, "--confirm", "Липатов", "-o", target)
    assert len(cli("list")) == 1
    assert not target.exists()
    target.write_bytes(b"of somebody else")
    assert "Type the name" in cli.refuses("erase", anna, "--confirm", "Липатов", "-o", target)
    assert target.read_bytes() == b"of somebody else"
    nowhere = tmp_path / "no" / "protocol.pdf"
    confirmed = ("erase", anna, "--confirm", "Ромашкина Анна")
    assert "cannot be written" in cli.refuses(*confirmed, "-o", nowhere)
    assert len(cli("list")) == 1
    erased = cli(*confirmed, "-o", target)
    assert (erased["uid"], erased["erased"]["people"], erased["file"]) == (anna, 1, str(target))
    assert len(PdfReader(target).pages) == 1
    assert cli("list") == cli("journal") == []
    assert "nothing to undo" in cli.refuses("undo")
