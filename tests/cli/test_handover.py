"""``handover`` from the command line: the whole story between two data folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dossier_app.cli import run_command

Run = Callable[..., Any]
PERIOD = ["--from", "2026-11-26", "--until", "2026-12-09"]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the folder ``who``: its JSON, or the sentence of a refusal."""

    def command(who: str, *arguments: object, status: int = 0) -> Any:
        folder = str(tmp_path / who)
        options = ["--data-dir", folder, "--lang", "en", "--today", "2026-11-25"]
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
    package, first, second = (tmp_path / f"{name}.dossier" for name in ("там", "1", "2"))
    offer = tmp_path / "Смета.txt"
    offer.write_bytes(b"offer")
    run("owner", "demo", "--clients", 10)
    run("owner", "handover", "key", "--name", "Иванов")
    own = run("colleague", "handover", "key", "--name", "Петрова")
    assert own["key"].startswith("age1")
    assert len(own["fingerprint"].replace(" ", "")) == 20

    made = run("owner", "handover", "create", "--to", "Петрова", *PERIOD, "--recipient", own["key"],
               "-o", package)  # fmt: skip
    uids, handover = made["dossiers"], made["handover"]
    assert made["file"] == str(package) and len(uids) >= 5
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

    for number, uid in enumerate(uids):
        run("colleague", "log", uid, "--channel", "call", "--text", f"звонила {number}",
            "--promise", "we;2026-12-03;смета", "--next", "2026-12-08")  # fmt: skip
    run("colleague", "attach", uids[1], offer)
    run("colleague", "set", uids[1], "company", "ООО «Новая»")
    run("colleague", "handover", "return", handover, "-o", first)
    run("colleague", "log", uids[2], "--channel", "note", "--text", "и ещё")
    run("owner", "set", uids[1], "company", "ООО «Старая»")
    run("owner", "set", uids[3], "note", "сам")
    sent = run("colleague", "handover", "return", handover, "--final", "-o", second)
    assert sent == {"file": str(second), "handover": handover, "number": 2, "final": True,
                    "dossiers": uids}  # fmt: skip

    before = export("owner")
    conflict = {"dossier": uids[1], "field": "company", "mine": "ООО «Старая»",
                "theirs": "ООО «Новая»"}  # fmt: skip
    assert run("owner", "handover", "inspect", second)["conflicts"] == [conflict]
    assert export("owner") == before
    merged = run("owner", "handover", "merge", second, status=3)
    assert merged["conflicts"] == [conflict]
    assert {item["dossier"] for item in merged["applied"]} == set(uids)
    assert run("owner", "undo")[0]["action"] == "Take back what was done"
    assert export("owner") == before
    merged = run("owner", "handover", "merge", second, "--take", "theirs")
    assert (merged["conflicts"], merged["open"]) == ([conflict], 0)
    after = export("owner")
    late = run("owner", "handover", "merge", first)
    assert (late["applied"], late["older"]) == ([], uids)
    run("owner", "handover", "merge", second)
    assert export("owner") == after

    for uid in uids:
        mine, theirs = run("owner", "show", uid), run("colleague", "show", uid)
        assert mine["handover"] is None
        assert mine["history"][0]["author"] == "Петрова"
        for key in ("company", "place", "next_step", "tries"):
            assert mine[key] == theirs[key]
        for key in ("history", "promises", "documents"):
            had = {item["uid"] for item in mine[key]}
            assert {item["uid"] for item in theirs[key]} <= had
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
