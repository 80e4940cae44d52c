"""``balance``, ``spread`` and the audit from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dossier_app.cli import run_command
from dossier_app.storage.folder import DataFolder


class Cli:
    """Runs commands inside this process on one data folder."""

    def __init__(self, folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.options = ["--data-dir", str(folder.path), "--lang", "en", "--today"]
        self.today = "2026-11-25"

    def texts(self, *arguments: object, status: int = 0) -> tuple[str, str]:
        self._capsys.readouterr()
        told = run_command([*self.options, self.today, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert told == status, err
        return out, err

    def __call__(self, *arguments: object) -> Any:
        return json.loads(self.texts(*arguments, "--json")[0])


@pytest.fixture
def cli(folder: DataFolder, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    cli = Cli(folder, capsys)
    rows = "\n".join(f"Клиент {n},+7495000{n:04d}" for n in range(34))
    table = tmp_path / "clients.csv"
    table.write_text(f"Имя,Телефон\n{rows}\n", encoding="utf-8")
    cli("import", table)
    return cli


def uids(cli: Cli) -> list[str]:
    return [line["uid"] for line in cli("list")]


def places(cli: Cli) -> dict[str, str]:
    return {line["uid"]: line["place"]["date"] for line in cli("list")}


def test_balance_a_day(cli: Cli) -> None:
    for uid in uids(cli):
        cli("file", uid, "today")
    before = places(cli)
    proposed = cli("balance", "2026-11-25")
    assert len(proposed) == 4
    for proposal in proposed:
        assert {"uid", "from", "to", "reason"} <= proposal.keys()
        assert (proposal["from"], proposal["to"]) == ("2026-11-25", "2026-11-26")
    assert proposed[0]["reason"] == "first call, no promise; Thursday, 26 November has room for 30"
    assert places(cli) == before
    assert cli("balance", "сегодня", "--apply") == proposed
    assert list(places(cli).values()).count("2026-11-26") == 4
    assert cli("balance", "today") == []
    assert cli("undo")[0]["action"] == "Move to other days"
    assert places(cli) == before


def test_spread_a_month(cli: Cli) -> None:
    for uid in uids(cli)[:8]:
        cli("file", uid, "2026-12")
    assert cli("spread") == []
    cli.today = "2026-12-28"  # a Monday; the 31st is not worked
    proposed = cli("spread", "--apply")
    assert {proposal["from"] for proposal in proposed} == {"2026-12"}
    days = sorted(proposal["to"] for proposal in proposed)
    assert days == ["2026-12-28"] * 3 + ["2026-12-29"] * 3 + ["2026-12-30"] * 2
    assert cli("spread") == []


def test_what_was_left_behind(cli: Cli) -> None:
    movable, agreed, later = uids(cli)[:3]
    cli("file", movable, "2026-11-26")
    talk = ["--channel", "call", "--text", "talked", "--next", "2026-11-26 10:00", "--fixed"]
    cli("log", agreed, *talk)
    cli("file", later, "2026-11-27")
    cli.today = "2026-12-31"
    out, err = cli.texts("spread", "--left-behind", "--json")
    assert {item["uid"]: item["to"] for item in json.loads(out)} == {
        movable: "2027-01-11",
        later: "2027-01-11",
    }
    assert err.count("\n") == 1
    assert "appointment missed on 26 Nov: agree a new date with the client" in err
    one_day = cli("balance", "2026-11-27", "--apply", "--reason", "ill")
    assert [item["uid"] for item in one_day] == [later]
    carried = cli("show", later)["carried"]
    assert carried == {"origin": "2026-11-27", "times": 1, "reason": "ill"}


def test_texts_for_people(cli: Cli) -> None:
    assert cli.texts("spread") == ("Nothing has to move.\n", "")
    out, err = cli.texts("balance", "july", status=1)
    assert (out, err) == ("", "“july” is not a day.\n")
    cli.texts("balance", "blah", status=1)


def test_the_audit_prints(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "audit.pdf"
    told = cli("print", "audit", "-o", target, "--date", "2026-11")
    assert told == {"file": str(target), "pages": len(PdfReader(target).pages)}
    assert "Клиент 33" in " ".join(page.extract_text() for page in PdfReader(target).pages)
