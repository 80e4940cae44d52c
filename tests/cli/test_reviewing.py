"""The evening from the command line: review, its table, and its print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dossier_app.cli import run_command
from dossier_app.storage.folder import DataFolder

Run = Callable[..., Any]


@pytest.fixture
def run(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on ``today``; gives its JSON, or with ``text`` what it said."""

    def one(*words: object, today: str = "2026-11-25", status: int = 0, text: bool = False) -> Any:
        options = ["--data-dir", str(folder.path), "--lang", "en", "--today", today]
        capsys.readouterr()
        told = run_command([*options, *map(str, words), *([] if text else ["--json"])])
        out, err = capsys.readouterr()
        assert told == status, err
        if status:
            return err.strip()
        return out if text else json.loads(out)

    return one


@pytest.fixture
def worked(run: Run) -> str:
    """uid of a client filed on 24 November for the 25th and called then; another was left."""
    anna = run("new", "--name", "Ромашкина Анна", "--next", "2026-11-25", today="2026-11-24")
    run("new", "--name", "Липатова Вера", "--next", "2026-11-25", today="2026-11-24")
    run("log", anna["uid"], "--channel", "call", "--text", "Ждёт счёт", "--next", "2026-12-01",
        "--promise", "we;2026-11-25;счёт")  # fmt: skip
    return str(anna["uid"])


def test_the_review_of_a_day(run: Run, worked: str) -> None:
    day = run("review")

    assert day["date"] == "2026-11-25"
    assert day["plan_known"]
    figures = day["figures"]
    assert (figures["planned"], figures["done"], figures["left"]) == (2, 1, 1)
    assert (figures["promises_made"], figures["promises_broken"]) == (1, 1)
    (contact,) = day["contacts"]
    assert (contact["uid"], contact["text"], contact["new"]) == (worked, "Ждёт счёт", True)
    assert contact["next"] == {"kind": "day", "date": "2026-12-01", "month": None}
    assert {line["name"]: line["done"] for line in day["plan"]} == {
        "Ромашкина Анна": True,
        "Липатова Вера": False,
    }
    assert [line["text"] for line in day["promises"]["broken"]] == ["счёт"]
    said = run("review", text=True)
    assert "1 of 2 done, 0 moved, 1 left; 1 contacts" in said
    assert "Липатова Вера" in said


@pytest.mark.parametrize("word", ["2026-11-25", "yesterday", "Вчера"])
def test_a_past_day_is_named(run: Run, worked: str, word: str) -> None:
    day = run("review", "--date", word, today="2026-11-26")
    assert day["date"] == "2026-11-25"
    assert day["figures"]["contacts"] == 1


def test_spans(run: Run, worked: str) -> None:
    week = run("review", "--days", 7)
    assert (week["first"], week["last"], len(week["days"])) == ("2026-11-23", "2026-11-29", 7)
    assert week["total"]["contacts"] == week["days"][2]["contacts"] == 1
    assert not week["days"][0]["plan_known"]
    assert week["before"]["last"] == "2026-11-22"
    month = run("review", "--date", "2026-11")
    assert (month["first"], month["last"]) == ("2026-11-01", "2026-11-30")
    assert month["before"]["first"] == "2026-10-01"
    days = run("review", "--days", 10)
    assert (days["first"], days["last"]) == ("2026-11-16", "2026-11-25")
    assert "2026-11-25" in run("review", "--days", 10, text=True)


def test_the_table(run: Run, worked: str, tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    run("review", "--days", 7, "--csv", file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 8
    assert lines[3].startswith("2026-11-25;Wednesday;2;1;0;1;")


@pytest.mark.parametrize(("days", "pages"), [(1, 1), (7, 1), (31, 2)])
def test_the_print(run: Run, worked: str, tmp_path: Path, days: int, pages: int) -> None:
    file = tmp_path / "review.pdf"
    assert run("print", "review", "--days", days, "-o", file) == {"file": str(file), "pages": pages}
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert ("Ждёт счёт" in text) == (days == 1)


def test_wrong_days_are_refused(run: Run, worked: str) -> None:
    assert "tray" in run("review", "--date", "tray", status=1)
    assert "366" in run("review", "--days", 367, status=1)
    run("review", "--days", 0, status=2)
