"""Import, print and export from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Cli

CARDS = "BEGIN:VCARD\nVERSION:3.0\nN:{0};;;;\nTEL:+7 495 000-02-{1}\nEND:VCARD\n"


def test_import(cli: Cli, tmp_path: Path) -> None:
    cards = tmp_path / "cards.vcf"
    cards.write_text(CARDS.format("Липатов", "01") + CARDS.format("Дубов", "02"), "utf-8")
    trial = cli("import", cards, "--dry-run")
    assert cli("list") == []
    told = cli("import", cards)
    assert told["files"] == trial["files"]
    (line,) = told["files"]
    assert line == {
        "file": "cards.vcf", "format": "vcard", "records": 2,
        "added": 2, "joined": 0, "skipped": 0, "problems": [],
    }  # fmt: skip
    assert [item["uid"] for item in cli("list")] == told["dossiers"]
    again = cli("import", cards)["files"][0]
    assert (again["added"], again["joined"], again["skipped"]) == (0, 0, 2)
    assert {problem.keys() == {"record", "reason"} for problem in again["problems"]} == {True}
    partly = cli("import", cards, tmp_path / "gone.vcf", status=3)
    assert partly["files"][1]["problems"][0]["record"] is None
    alone = cli("import", tmp_path / "gone.vcf", status=1)
    assert alone["dossiers"] == []


def test_import_of_a_table_with_a_mapping(cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes("Кто;Куда\nЛипатов Олег;8 495 000-00-05\n".encode("cp1251"))
    options = ["--encoding", "cp1251", "--delimiter", ";", "--map", "Кто=full_name"]
    told = cli("import", table, *options, "--map", "Куда=phone")
    assert told["files"][0]["added"] == 1
    (item,) = cli("list")
    assert (item["name"], item["phones"]) == ("Липатов Олег", ["8 495 000-00-05"])
    assert "column=field" in cli.refuses("import", table, "--map", "x")


@pytest.mark.parametrize("kind", ["brief", "dossier"])
def test_print(cli: Cli, anna: str, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out.pdf"
    told = cli("print", kind, anna, "-o", target)
    assert told == {"file": str(target), "pages": len(PdfReader(target).pages)}
    assert "Ромашкина" in PdfReader(target).pages[0].extract_text()
    day = cli("print", kind, "--date", "2026-12-01", "-o", target)
    assert day["pages"] == told["pages"]
    assert "nothing to print" in cli.refuses("print", kind, "-o", target)
    cli.refuses("print", kind, anna, "-o", tmp_path / "gone" / "out.pdf")
    cli.refuses("print", "moon", anna, "-o", target)
    cli("print", kind, anna, status=2)


def test_print_packs_kits_forms_and_the_binder(cli: Cli, anna: str, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    for arguments, pages, text in (
        (["pack", "--date", "2026-12-01"], 2, "Agenda"),
        (["pack", "--date", "2026-11-28", "--days", 7, "--private"], 2, "Contains private facts"),
        (["pack", "--date", "2026-12-01", "--whole"], 2, "Ромашкина"),
        (["kit"], 31 + 12 + 22 + 1 + 2, "1"),
        (["kit", "--part", "dates", "--days", 3, "--date", "2026-12-31"], 3, "11"),
        (["kit", "--part", "spine", "--part", "cards", "--paper", "letter"], 3, "2026"),
        (["blank", "--template", "meeting_plan"], None, "Meeting plan"),
        (["binder"], 2, "Ромашкина"),
    ):
        told = cli("print", *arguments, "-o", target)
        assert told["pages"] == len(PdfReader(target).pages) == (pages or told["pages"])
        assert text in PdfReader(target).pages[0].extract_text()
    target.unlink()
    for arguments, reason in (
        (["pack"], "nothing to print"),
        (["pack", anna], "not for single dossiers"),
        (["pack", "--days", 400], "At most 366 days"),
        (["kit", "--date", "2026-12"], "is not a day"),
        (["blank"], "--template"),
        (["blank", "--template", "moon"], "“moon” is not one of"),
    ):
        assert reason in cli.refuses("print", *arguments, "-o", target)
    cli("print", "kit", "--part", "moon", "-o", target, status=2)
    assert not target.exists()


def test_export_json(cli: Cli, anna: str, tmp_path: Path) -> None:
    other = cli("new", "--name", "Липатов Олег")["uid"]
    target = tmp_path / "out.json"
    assert cli("export", "json", "-o", target) == {"file": str(target), "records": 2}
    whole = json.loads(target.read_bytes())
    shown = [cli("show", uid) for uid in (anna, other)]
    # Where it is for now is no part of the dossier.
    assert [data.pop("handover") for data in shown] == [None, None]
    assert whole == shown
    assert cli("export", "json", "-o", target, other)["records"] == 1
    assert json.loads(target.read_bytes()) == whole[1:]
    cli("export", "person", "-o", target, anna)
    (kept,) = json.loads(target.read_bytes())
    assert kept["surname"] == "Ромашкина"
    cli.refuses("export", "person", "-o", target)


@pytest.mark.parametrize(
    ("kind", "name"), [("vcard", "out.vcf"), ("csv", "out.csv"), ("xlsx", "out.xlsx")]
)
def test_what_is_exported_can_be_imported(
    cli: Cli, anna: str, tmp_path: Path, kind: str, name: str
) -> None:
    target = tmp_path / name
    assert cli("export", kind, "-o", target)["records"] == 1
    cli("undo")
    line = cli("import", target)["files"][0]
    assert (line["records"], line["added"]) == (1, 1)
    (item,) = cli("list")
    assert (item["name"], item["company"]) == ("Ромашкина Анна", "ООО «Ромашка»")
    assert (item["phones"], item["emails"]) == (["8 495 000-00-01"], ["anna@example.ru"])


def test_the_calendar_has_loose_sheets_only_with_all_dossiers(
    cli: Cli, anna: str, tmp_path: Path
) -> None:
    cli("file", anna, "2026-12-08 09:30")
    cli("slip", "add", "купить бумагу", "--on", "2026-12-01")
    target = tmp_path / "out.ics"
    assert cli("export", "ics", "-o", target)["records"] == 2
    assert b"DTSTART:20261208T093000\r\n" in target.read_bytes()
    assert cli("export", "ics", "-o", target, anna)["records"] == 1
