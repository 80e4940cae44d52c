"""The command line is a contract: options, languages, exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from dossier_app.storage.folder import DataFolder, WriterLock
from tests.cli.conftest import Cli


def test_writing_is_refused_while_another_holds_the_folder(cli: Cli, anna: str) -> None:
    before = cli("show", anna)
    lock = WriterLock(cli.folder)
    lock.take()
    try:
        for writing in (
            ["new", "--name", "Липатов Олег"],
            ["set", anna, "note", "x"],
            ["file", anna, "tomorrow"],
            ["log", anna, "--channel", "call", "--text", "x"],
            ["undo"],
            ["redo"],
            ["demo"],
            ["import", "x.vcf"],
            ["protect", "none"],
        ):
            assert "open in another window" in cli.refuses(*writing)
        for reading in (
            ["list"],
            ["binder"],
            ["today"],
            ["search", "анна"],
            ["journal"],
            ["check"],
        ):
            assert cli(*reading)
        assert cli("show", anna) == before
    finally:
        lock.release()
    cli("set", anna, "note", "x")


def test_json_may_stand_anywhere(cli: Cli, anna: str) -> None:
    for arguments in (["--json", "list"], ["list", "--json"], ["list", "--json", "--place", "all"]):
        out, err = cli.texts(*arguments)
        assert json.loads(out)[0]["uid"] == anna
        assert (out.count("\n"), err) == (1, "")
    cli.texts("new", "--name=--json")


def test_text_is_in_the_chosen_language(cli: Cli, anna: str) -> None:
    assert cli.texts("file", anna, "2026-12-08")[0] == "Tuesday, 8 December\n"
    cli.options[3] = "ru"
    assert cli.texts("file", anna, "2026-12-09")[0] == "среда, 9 декабря\n"
    cli.options[3] = "xx"
    assert "ru" in cli.refuses("list")


@pytest.mark.parametrize(
    "arguments",
    [["nosuch"], ["show"], ["search", "x", "--limit", "0"], ["new", "--moon"], ["undo", "x"]],
)
def test_wrong_usage(cli: Cli, arguments: list[str]) -> None:
    out, err = cli.texts(*arguments, status=2)
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "2026-02-30"])
def test_a_wrong_today_is_refused(cli: Cli, day: str) -> None:
    cli.options[-1] = day
    assert "is not a date" in cli.refuses("list")


def process(folder: DataFolder, *arguments: object, **more: Any) -> tuple[int, bytes, bytes]:
    """Run the program as a script would."""
    command = [sys.executable, "-m", "dossier_app", "--data-dir", folder.path, "--lang", "en"]
    run = subprocess.run(
        [*command, *arguments], capture_output=True, check=False, timeout=60, **more
    )
    return run.returncode, run.stdout, run.stderr


def test_a_real_process(folder: DataFolder) -> None:
    status, out, err = process(folder, "new", "--name", "Ромашкина Анна 👩‍🔬", "--json")
    assert (status, err) == (0, b"")
    uid = json.loads(out)["uid"]
    # JSON is UTF-8 whatever the terminal speaks; text does without what it lacks.
    strange = os.environ | {"PYTHONIOENCODING": "cp1251"}
    status, out, err = process(folder, "list", "--json", env=strange)
    assert json.loads(out.decode())[0]["name"] == "Ромашкина Анна 👩‍🔬"
    status, out, err = process(folder, "list", env=strange)
    assert (status, err) == (0, b"")
    assert "Ромашкина Анна \\U0001f469".encode("cp1251") in out
    status, out, err = process(folder, "show", "zzz", "--json")
    assert (status, out, err) == (1, b"", b"There is no dossier zzz.\n")
    assert uid


@pytest.mark.skipif(os.name != "posix", reason="elsewhere arguments are text")
def test_bytes_that_are_no_text(folder: DataFolder) -> None:
    status, out, err = process(folder, "new", "--name", b"\xff\xfe")
    assert (status, out) == (1, b"")
    assert err == b"A text on the command line is not valid UTF-8; nothing was changed.\n"


def test_version() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "dossier_app", "--version"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert run.stdout.startswith("dossier-app ")
