"""``slip`` and the list of occasions from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Run


@pytest.fixture
def anna(run: Run) -> str:
    uid = run("new", "--name", "Ромашкина Анна", "--company", "ООО «Ромашка»")["uid"]
    run("set", uid, "people.0.forms.relationship_card.birth", "28.11.1976")
    run("set", uid, "people.0.forms.relationship_card.spouse", "Ян, 30.11")
    return str(uid)


def slips(run: Run, uid: str) -> list[tuple[str, str, str | None]]:
    return [(slip["on"], slip["text"], slip["done_on"]) for slip in run("show", uid)["slips"]]


def test_a_slip_is_added_moved_done_and_removed(run: Run, anna: str) -> None:
    added = run("slip", "add", "Order paper", "--on", "2026-11-27 09:30", "--dossier", anna,
                "--repeat", "every second friday")  # fmt: skip
    assert added["on"] == "2026-11-27"
    assert added["repeat"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    moved = run("slip", "move", added["uid"][:8], "2026-11-26")
    assert moved["dates"] == ["2026-11-26", "2026-11-27"]
    run("slip", "done", added["uid"])
    assert slips(run, anna) == [
        ("2026-11-26", "Order paper", "2026-11-25"), ("2026-12-11", "Order paper", None),
    ]  # fmt: skip
    following = run("show", anna)["slips"][1]["uid"]
    run("slip", "remove", following)
    assert len(slips(run, anna)) == 1
    assert run("undo")[0]["action"] == "Take a slip away"
    assert len(slips(run, anna)) == 2


def test_checkpoints_are_slips(run: Run, anna: str) -> None:
    made = run("slip", "checkpoints", anna, "Crane", "2026-12-01", "2027-01-31")["slips"]
    assert [slip["on"] for slip in made] == [day for day, _, _ in slips(run, anna)]
    assert len(made) == 5


def test_an_occasion_is_ticked_with_its_dossier(run: Run, anna: str) -> None:
    [row] = [
        sheet
        for divider in run("today")["dividers"]
        for sheet in divider["sheets"]
        if sheet["type"] == "slip"
    ]
    assert row["text"] == "in 3 days: birthday, 50 years"
    run("slip", "done", row["uid"], "--dossier", anna)
    assert slips(run, anna) == [("2026-11-28", "Ромашкина Анна: birthday, 50 years", "2026-11-25")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "x", "--on", "july"),
        ("add", " ", "--on", "2026-12-01"),
        ("add", "x", "--on", "2026-12-01", "--repeat", "blue moon"),
        ("add", "x", "--on", "2026-12-01", "--dossier", "gone"),
        ("move", "gone", "2026-12-01"),
        ("done", "gone"),
        ("remove", "gone"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    run: Run, arguments: tuple[str, ...]
) -> None:
    assert run("slip", *arguments, status=1).count("\n") == 0


def test_the_occasions_of_a_month_print_discreetly(run: Run, anna: str, tmp_path: Path) -> None:
    def text(*options: str) -> str:
        target = tmp_path / "list.pdf"
        told = run("print", "occasions", "--date", "2026-11", "-o", target, *options)
        assert told == {"file": str(target), "pages": 1}
        return " ".join(PdfReader(target).pages[0].extract_text().split())

    assert "28 November Saturday Ромашкина Анна birthday, 50 years" in text()
    assert "Ян" not in text()
    assert "30 November Monday Ян birthday; spouse of Ромашкина Анна" in text("--private")
    refused = run("print", "occasions", "-o", tmp_path / "none.pdf", status=1)
    assert refused == "No occasions are known in December 2026."
    assert not (tmp_path / "none.pdf").exists()
