"""``handover`` from the command line: the whole story between two data folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dossier_app.cli import run_command

Run = Callable[..., Any]
TODAY, FIRST = date(2026, 11, 25), date(2026, 11, 26)
DAYS = [FIRST + timedelta(days=n) for n in range(14)]
PERIOD = ["--from", str(DAYS[0]), "--until", str(DAYS[-1])]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the folder ``who``: its JSON, or the sentence of a refusal."""

    def command(who: str, *arguments: object, status: int = 0, today: date = TODAY) -> Any:
        folder = str(tmp_path / who)
        options = ["--data-dir", folder, "--lang", "en", "--today", str(today)]
        capsys.readouterr()
        told = run_command([*options, *map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        assert told == status, err
        if status == 1:
            assert out == "" and err.count("\n") == 1
            return err.strip()
        return json.loads(out)

    return command


@pytest.fixture
def export(run: Run, tmp_path: Path) -> Callable[[str], bytes]:
    def exported(who: str) -> bytes:
        file = tmp_path / f"{who}.json"
        run(who, "export", "json", "-o", file)
        return file.read_bytes()

    return exported


def test_the_whole_story(run: Run, export: Callable[[str], bytes], tmp_path: Path) -> None:
    """Two weeks with forty dossiers: an update that is merged, one that is lost, the return."""
    package, first, lost, last = (tmp_path / f"{name}.dossier" for name in ("там", "1", "2", "3"))
    offer = tmp_path / "Смета.txt"
    offer.write_bytes(b"offer")
    run("owner", "demo")
    run("owner", "handover", "key", "--name", "Иванов")
    own = run("colleague", "handover", "key", "--name", "Петрова")
    assert own["key"].startswith("age1")
    assert len(own["fingerprint"].replace(" ", "")) == 20
    uids = [item["uid"] for item in run("owner", "list", "--place", "all")][:40]
    untouched = run("owner", "show", uids[39])

    made = run("owner", "handover", "create", "--to", "Петрова", *PERIOD, "--recipient", own["key"],
               "-o", package, *uids)  # fmt: skip
    handover = made["handover"]
    assert (made["file"], made["dossiers"]) == (str(package), uids)
    shown = run("owner", "show", uids[0])["handover"]
    assert (shown["direction"], shown["band"]) == ("given", "with Петрова until 9 Dec")
    at_colleague = export("colleague")
    looked = run("colleague", "handover", "inspect", package)
    assert [item["uid"] for item in looked["dossiers"]] == uids
    assert (looked["sender"]["name"], looked["sender"]["trust"]) == ("Иванов", "new")
    assert export("colleague") == at_colleague
    assert run("colleague", "handover", "accept", package)["dossiers"] == uids
    taken = export("colleague")
    assert run("colleague", "handover", "accept", package)["dossiers"] == []
    assert export("colleague") == taken
    (line,) = run("colleague", "handover", "list")
    assert (line["direction"], line["dossiers"]) == ("taken", uids)

    def work(days: range) -> None:
        """Three calls a day: a promise, another date."""
        for number in days:
            day = DAYS[number]
            for uid in uids[3 * number : min(3 * number + 3, 39)]:
                due, later = day + timedelta(days=2), day + timedelta(days=7)
                run("colleague", "log", uid, "--channel", "call", "--text", f"звонила {day}",
                    "--promise", f"we;{due};смета", "--next", later, today=day)  # fmt: skip

    work(range(5))
    run("colleague", "attach", uids[1], offer, today=DAYS[4])
    run("colleague", "set", uids[1], "company", "ООО «Новая»", today=DAYS[4])
    run("colleague", "handover", "return", handover, "-o", first, today=DAYS[4])
    run("owner", "set", uids[3], "note", "сам", today=DAYS[5])
    merged = run("owner", "handover", "merge", first, today=DAYS[5])
    assert (merged["conflicts"], len(merged["applied"]) > 15) == ([], True)
    work(range(5, 10))
    run("colleague", "handover", "return", handover, "-o", lost, today=DAYS[9])
    work(range(10, 14))
    run("colleague", "set", uids[1], "company", "ООО «Новейшая»", today=DAYS[13])
    run("owner", "set", uids[1], "company", "ООО «Старая»", today=DAYS[13])
    sent = run("colleague", "handover", "return", handover, "--final", "-o", last, today=DAYS[13])
    assert sent == {"file": str(last), "handover": handover, "number": 3, "final": True,
                    "dossiers": uids[:39]}  # fmt: skip

    before = export("owner")
    conflict = {"dossier": uids[1], "field": "company", "mine": "ООО «Старая»",
                "theirs": "ООО «Новейшая»"}  # fmt: skip
    assert run("owner", "handover", "inspect", last)["conflicts"] == [conflict]
    assert export("owner") == before
    merged = run("owner", "handover", "merge", last, status=3)
    assert merged["conflicts"] == [conflict]
    assert run("owner", "undo")[0]["action"] == "Take back what was done"
    assert export("owner") == before
    merged = run("owner", "handover", "merge", last, "--take", "theirs")
    assert (merged["conflicts"], merged["open"]) == ([conflict], 0)
    after = export("owner")
    for late in (lost, first):
        told = run("owner", "handover", "merge", late)
        assert told["applied"] == [] and set(told["older"]) <= set(uids)
    run("owner", "handover", "merge", last)
    assert export("owner") == after

    for uid in uids[:39]:
        mine, theirs = run("owner", "show", uid), run("colleague", "show", uid)
        assert mine["handover"] is None
        assert mine["history"][0]["author"] == "Петрова"
        for key in ("company", "place", "next_step", "tries"):
            assert mine[key] == theirs[key]
        for key in ("history", "promises", "documents"):
            had = {item["uid"] for item in mine[key]}
            assert {item["uid"] for item in theirs[key]} <= had
    assert run("owner", "show", uids[39]) == untouched
    assert run("owner", "show", uids[3])["note"] == "сам"
    run("owner", "save-document", uids[1], "Смета.txt", "-o", offer)
    assert offer.read_bytes() == b"offer"
    run("colleague", "handover", "end", handover[:8])
    assert run("colleague", "list") == run("colleague", "journal") == []
    assert "is over" in run("colleague", "handover", "accept", package, status=1)


def test_by_passphrase(run: Run, tmp_path: Path) -> None:
    words, wrong, package = (tmp_path / name for name in ("words", "wrong", "a.dossier"))
    words.write_text("семь кошек\n", encoding="utf-8")
    wrong.write_text("семь собак\n", encoding="utf-8")
    uid = run("owner", "new", "--name", "Ромашкина Анна", "--next", "2026-12-01")["uid"]
    asked = ["owner", "handover", "create", "--to", "Петрова", *PERIOD, "-o", package]
    assert "passphrase" in run(*asked, status=1)
    assert not package.exists()
    run(*asked, "--handover-passphrase-file", words)
    assert "needed" in run("colleague", "handover", "accept", package, status=1)
    bad = ["--handover-passphrase-file", wrong]
    assert "does not open" in run("colleague", "handover", "accept", package, *bad, status=1)
    assert run("colleague", "list") == []
    good = ["--handover-passphrase-file", words]
    made = run("colleague", "handover", "accept", package, *good)
    assert made["dossiers"] == [uid]
    # What goes back is sealed for the owner's key; and nobody gave a name.
    run("colleague", "log", uid, "--channel", "call", "--text", "звонила")
    back = tmp_path / "b.dossier"
    run("colleague", "handover", "return", made["handover"], "-o", back)
    run("owner", "handover", "merge", back)
    assert run("owner", "show", uid)["history"][0]["author"] == "Петрова"


def test_what_is_refused(run: Run, tmp_path: Path) -> None:
    package = tmp_path / "a.dossier"
    run("owner", "new", "--name", "Ромашкина Анна", "--next", "2026-12-01")
    key = run("colleague", "handover", "key")["key"]
    run(
        "owner", "handover", "create", "--to", "Петрова", *PERIOD, "--recipient", key, "-o", package
    )
    whole = package.read_bytes()
    for damage, words in (
        (whole[:-20], "damaged"),
        (whole[:200], "damaged"),
        (whole[:-20] + bytes(20), "damaged"),
        (b"", "no handover package"),
        (b"hello", "no handover package"),
    ):
        package.write_bytes(damage)
        for command in ("inspect", "accept", "merge"):
            assert words in run("colleague", "handover", command, package, status=1)
    package.write_bytes(whole)
    assert "somebody else" in run("stranger", "handover", "accept", package, status=1)
    assert "cannot be read" in run("stranger", "handover", "accept", tmp_path, status=1)
    assert "no handover" in run("owner", "handover", "end", "0000", status=1)
    assert "is not a day" in run(
        "owner", "handover", "create", "--to", "П", "--from", "2026-12", "--until", "tray", "-o",
        package, status=1,
    )  # fmt: skip
    assert run("colleague", "list") == run("stranger", "list") == []
    made = run("owner", "handover", "list")[0]["handover"]
    assert "your own" in run("owner", "handover", "return", made, "-o", package, status=1)
    run("owner", "handover", "prolong", made, "--until", "2026-12-20")
    assert run("owner", "handover", "list")[0]["until"] == "2026-12-20"
    run("owner", "handover", "end", made)
    assert run("owner", "handover", "list")[0]["state"] == "ended"


def test_an_absence_is_planned_and_told(run: Run, tmp_path: Path) -> None:
    package, update = tmp_path / "there.dossier", tmp_path / "back.dossier"
    run("owner", "handover", "key", "--name", "Иванов")
    uid = run("owner", "new", "--name", "Ромашкина Анна", "--next", "2026-11-26")["uid"]
    other = run("owner", "new", "--name", "Липатова Вера", "--next", "2026-12-01")["uid"]
    loose = run("owner", "slip", "add", "заказать пропуск", "--on", "2026-11-27")["uid"]
    found = run("owner", "handover", "plan", *PERIOD)
    assert [(item["uid"], item["sheets"][0]["date"]) for item in found["dossiers"]] == [
        (uid, "2026-11-26"),
        (other, "2026-12-01"),
    ]
    assert found["dossiers"][0]["notes"] == {"answers": 0, "told": None}
    assert [item["uid"] for item in found["loose"]] == [loose]
    assert found["left"] == {"dossiers": [uid, other], "loose": [loose]}
    assert len(found["days"]) == 14 and found["days"][0]["load"]["contacts"] == 1
    assert "before the first" in run(
        "owner", "handover", "plan", "--from", "2026-12-09", "--until", "2026-11-26", status=1
    )

    key = run("colleague", "handover", "key", "--name", "Петрова")["key"]
    made = run("owner", "handover", "create", uid, "--to", "Петрова", *PERIOD, "--recipient", key,
               "--loose", loose[:8], "-o", package)  # fmt: skip
    assert made["loose"] == [loose]
    left = run("owner", "handover", "plan", *PERIOD)
    assert left["left"] == {"dossiers": [other], "loose": []}
    assert left["dossiers"][0]["handover"]["band"] == "with Петрова until 9 Dec"
    assert run("colleague", "handover", "inspect", package)["loose"][0]["uid"] == loose
    assert run("colleague", "handover", "accept", package)["loose"] == [loose]
    run("colleague", "log", uid, "--channel", "call", "--text", "говорили")
    run("colleague", "slip", "done", loose)
    run("colleague", "handover", "return", made["handover"], "-o", update)
    run("owner", "handover", "merge", update)
    (told,) = run("owner", "handover", "report", made["handover"][:8])["handovers"]
    (dossier,) = told["dossiers"]
    assert [(item["text"], item["author"]) for item in dossier["contacts"]] == [
        ("говорили", "Петрова")
    ]
    assert (told["totals"]["contacts"], told["totals"]["untouched"]) == (1, 0)
    assert told["loose"][0]["done_on"] == "2026-11-25"
    assert "no handover" in run("owner", "handover", "report", "x", status=1)
