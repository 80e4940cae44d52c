"""``merge`` and ``unmerge`` from the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def pair(run: Run) -> tuple[str, str]:
    """Two dossiers of one client."""
    one = run(
        "new",
        "--name",
        "Орлов Илья",
        "--company",
        "Дуб",
        "--phone",
        "+7 926 111-11-11",
        "--next",
        "2026-12-08",
    )["uid"]
    two = run(
        "new",
        "--name",
        "Орлов Илья",
        "--company",
        "ООО «Дуб»",
        "--phone",
        "+7 926 222-22-22",
        "--next",
        "2026-12-01",
        "--force",
    )["uid"]
    run("log", two, "--channel", "call", "--text", "asked for a price", "--next", "2026-12-01")
    return one, two  # fmt: skip


def test_a_merge_tells_what_differed(run: Run, pair: tuple[str, str]) -> None:
    one, two = pair
    told = run("merge", one[:8], two)
    assert told["uid"] == one
    assert [
        (item["field"], item["mine"], item["theirs"], item["taken"]) for item in told["conflicts"]
    ] == [
        ("Next step", "Tuesday, 8 December. Call", "Tuesday, 1 December. Call", "theirs"),
        ("Company", "Дуб", "ООО «Дуб»", "theirs"),
    ]
    shown = run("show", one)
    assert [item["value"] for item in shown["people"][0]["contact_points"]] == [
        "+7 926 111-11-11",
        "+7 926 222-22-22",
    ]
    assert [entry["text"] for entry in shown["history"]] == ["asked for a price"]
    assert shown["place"]["date"] == "2026-12-01"
    assert [slip["on"] for slip in shown["slips"]] == ["2026-12-08"]
    assert shown["note"] == "Company, also: Дуб"
    assert len(run("list")) == 1
    assert run("show", two)["uid"] == one


@pytest.mark.parametrize("by", [0, 1])
def test_taken_apart_after_more_work(run: Run, pair: tuple[str, str], by: int) -> None:
    one, two = pair
    run("merge", one, two, "--take", "mine")
    run("log", one, "--channel", "note", "--text", "later")
    assert run("unmerge", pair[by]) == {"uid": two, "conflicts": []}
    mine, other = run("show", one), run("show", two)
    assert [entry["text"] for entry in mine["history"]] == ["later"]
    assert [entry["text"] for entry in other["history"]] == ["asked for a price"]
    assert (mine["company"], other["company"]) == ("Дуб", "ООО «Дуб»")
    assert (mine["note"], mine["slips"], other["slips"]) == ("", [], [])
    assert other["place"]["date"] == "2026-12-01"


def test_undo_of_both(run: Run, pair: tuple[str, str]) -> None:
    before = run("show", pair[0]), run("show", pair[1])
    run("merge", *pair)
    run("unmerge", pair[0])
    run("undo", 2)
    assert (run("show", pair[0]), run("show", pair[1])) == before


def test_refusals(run: Run, pair: tuple[str, str]) -> None:
    assert run("merge", pair[0], pair[0], status=1) == "A dossier cannot be merged with itself."
    assert run("unmerge", pair[0], status=1) == "Nothing was merged into this dossier."
    assert run("merge", pair[0], "nobody", status=1) == "There is no dossier nobody."
    assert len(run("list")) == 2
