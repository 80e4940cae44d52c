"""Forms on the command line: list, look at a file, take one in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dossier_app.assets import asset
from dossier_app.cli import run_command
from dossier_app.services.templates import templates


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on a binder of its own; gives status, stdout and stderr."""

    def command(*arguments: str) -> tuple[int, str, str]:
        status = run_command(["--data-dir", str(tmp_path / "data"), "--lang", "en", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def form(tmp_path: Path, name: str, old: str = "", new: str = "") -> str:
    text = (asset("forms") / "complaint.toml").read_text(encoding="utf-8").replace(old, new)
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_alone_and_with_list_it_lists(run: Any, tmp_path: Path) -> None:
    status, out, err = run("forms", "--json")
    assert status == 0 and err == ""
    listed = json.loads(out)
    assert {item["key"] for item in listed} == set(templates())
    assert {"key", "title", "scope", "own", "retired", "fields"} == listed[0].keys()
    assert run("forms", "list", "--json")[1] == out
    assert run("forms")[1].splitlines()[0] == "call_back  Call-back"
    assert not (tmp_path / "data").exists()


def test_a_right_file_is_valid_and_is_taken_in(run: Any, tmp_path: Path) -> None:
    file = form(tmp_path, "grievance.toml", "Complaint", "Grievance")
    assert run("forms", "validate", file)[:2] == (0, "grievance.toml is a form: Grievance.\n")
    assert not (tmp_path / "data").exists()
    status, out, _ = run("forms", "add", file, "--json")
    assert (status, json.loads(out)) == (
        0, {"key": "grievance", "title": "Grievance", "replaced": False},
    )  # fmt: skip
    (own,) = (item for item in json.loads(run("forms", "--json")[1]) if item["own"])
    assert own["key"] == "grievance" and "wish" in own["fields"]
    assert json.loads(run("forms", "add", file, "--json")[1])["replaced"]
    assert run("undo")[0] == 0
    assert not any(item["own"] for item in json.loads(run("forms", "--json")[1]))


def test_a_wrong_file_is_refused_with_each_mistake(run: Any, tmp_path: Path) -> None:
    file = form(tmp_path, "wrong.toml", 'type = "long_text"', 'type = "novel"')
    for command in ("validate", "add"):
        status, out, err = run("forms", command, file)
        assert status == 1 and out == ""
        assert err.startswith("The form wrong cannot be used:\n")
        assert err.count("type novel is not known") >= 2
    assert run("forms", "validate", str(tmp_path / "nowhere.toml"))[0] == 1
    assert run("forms", "dance")[0] == 2
