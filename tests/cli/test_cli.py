"""The command line is a contract: names, JSON keys, exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dossier_app.cli import run_command
from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.services.templates import card
from dossier_app.storage.folder import DataFolder, WriterLock

Json = Any


class Cli:
    """Runs commands inside this process on one data folder."""

    def __init__(self, folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.options = ["--data-dir", str(folder.path), "--lang", "en", "--today", "2026-11-25"]

    def __call__(self, *arguments: object, status: int = 0) -> Json:
        """The one JSON value on stdout; None when there was nothing."""
        out, _ = self.texts(*arguments, "--json", status=status)
        return json.loads(out) if out else None

    def texts(self, *arguments: object, status: int | None = 0) -> tuple[str, str]:
        """What stood on stdout and on stderr; ``status`` None is any but a fault."""
        self._capsys.readouterr()
        told = run_command([*self.options, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert told == status or (status is None and told in (0, 1)), err
        return out, err

    def refuses(self, *arguments: object) -> str:
        """The one sentence with which a command is refused."""
        out, err = self.texts(*arguments, "--json", status=1)
        assert out == ""
        assert err.count("\n") == 1
        return err.strip()


@pytest.fixture
def cli(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(folder, capsys)


@pytest.fixture
def anna(cli: Cli) -> str:
    """uid of a dossier under 1 December."""
    options = ["--phone", "8 495 000-00-01", "--email", "anna@example.ru", "--next", "2026-12-01"]
    new = cli("new", "--name", "Ромашкина Анна", "--company", "ООО «Ромашка»", *options)
    return str(new["uid"])


PLACE = {"kind", "date", "month"}
SLOT = {"kind", "name", "number", "date", "month"}


def test_new(cli: Cli, anna: str) -> None:
    double = cli("new", "--name", "Ромашкина Анна", status=1)
    (found,) = double["duplicates"]
    assert double["uid"] is None
    assert found == {"uid": anna, "name": "Ромашкина Анна", "why": "a name like it"}
    forced = cli("new", "--name", "Ромашкина Анна", "--force")
    assert forced["duplicates"] == [found]
    assert forced["uid"] not in (None, anna)
    assert "needs a name" in cli.refuses("new")


def test_show(cli: Cli, anna: str) -> None:
    cli("log", anna, "--channel", "call", "--text", "x", "--promise", "we;2026-12-03;смета")
    cli("file", anna, "2026-12-02 10:15")
    cli("set", anna, "people.0.forms.relationship_card.birth", "03-08")
    data = cli("show", anna[:8])
    assert data.keys() >= {
        "uid", "name", "company", "category", "place", "next_step", "cadence", "people",
        "contact_points", "forms", "history", "documents", "promises", "slips", "note",
    }  # fmt: skip
    (person,) = data["people"]
    assert person.keys() >= {
        "uid", "surname", "given", "patronymic", "position", "role", "main",
        "contact_points", "forms",
    }  # fmt: skip
    assert (data["uid"], data["name"], data["company"]) == (anna, "Ромашкина Анна", "ООО «Ромашка»")
    assert data["place"] == {"kind": "day", "date": "2026-12-02", "month": None}
    assert data["next_step"]["date"] == "2026-12-02"
    assert data["next_step"]["time"] == "10:15"
    assert {(p["kind"], p["value"]) for p in person["contact_points"]} == {
        ("phone", "8 495 000-00-01"),
        ("email", "anna@example.ru"),
    }
    birth = person["forms"]["relationship_card"]["birth"]
    assert birth == {"date": "03-08"}, "nothing invents a year"
    assert data["history"][0]["text"] == "x"
    assert data["promises"][0]["due"] == data["slips"][0]["on"] == "2026-12-03"
    assert "There is no dossier" in cli.refuses("show", "zzz")


def test_list(cli: Cli, anna: str) -> None:
    tray = cli("new", "--name", "Липатов Олег")["uid"]
    late = cli("new", "--name", "Фиалкина Вера", "--next", "2026-12-01")["uid"]
    gone = cli("new", "--name", "Дубов Пётр", "--next", "close")["uid"]
    (first, *_) = cli("list")
    assert first == {
        "uid": anna,
        "name": "Ромашкина Анна",
        "company": "ООО «Ромашка»",
        "place": {"kind": "day", "date": "2026-12-01", "month": None},
        "phones": ["8 495 000-00-01"],
        "emails": ["anna@example.ru"],
    }
    assert [item["uid"] for item in cli("list")] == [anna, tray, late, gone]
    assert [item["uid"] for item in cli("list", "--place", "tray")] == [tray]
    assert [item["uid"] for item in cli("list", "--place", "closed")] == [gone]
    cli.options[-1] = "2026-12-02"
    assert [item["uid"] for item in cli("list", "--place", "left_behind")] == [anna, late]
    assert "is not one of" in cli.refuses("list", "--place", "moon")


def test_file(cli: Cli, anna: str) -> None:
    for when, kind, name in [
        ("2026-12-08", "day", "Tuesday, 8 December"),
        ("tomorrow", "day", "Thursday, 26 November"),
        ("завтра", "day", "Thursday, 26 November"),
        ("2027-07", "month", "July 2027"),
        ("2027-12-01", "later", "December 2027"),
        ("2026-11-24", "tray", "left_behind"),
        ("2026-11", "tray", "to_spread"),
        ("tray", "tray", "tray"),
        ("close", "closed", "Closed"),
    ]:
        told = cli("file", anna, when)
        assert told.keys() == {"uid", "place", "slot"}
        assert told["place"].keys() == PLACE
        assert told["slot"].keys() == SLOT
        assert (told["slot"]["kind"], told["slot"]["name"]) == (kind, name), when
    cli.refuses("file", anna, "когда-нибудь")


def test_log(cli: Cli, anna: str) -> None:
    told = cli(
        "log", anna, "--channel", "call", "--direction", "in", "--text", "Просила скидку",
        "--agreed", "весной", "--promise", "we;2026-12-03;прислать смету",
        "--next", "2026-12-10 11:00", "--next-kind", "visit", "--next-text", "образцы",
        "--minutes", 45, "--fixed",
    )  # fmt: skip
    assert told.keys() == {"uid", "entry", "place", "slot"}
    data = cli("show", anna)
    step = data["next_step"]
    assert (step["kind"], step["text"], step["minutes"]) == ("visit", "образцы", 45)
    assert (step["date"], step["time"], step["fixed"]) == ("2026-12-10", "11:00", True)
    assert data["history"][0]["uid"] == told["entry"]
    assert data["promises"][0]["side"] == "ours"
    cli("log", anna, "--channel", "call", "--not-reached")
    assert cli("show", anna)["tries"] == 1
    assert "Say what happened" in cli.refuses("log", anna, "--channel", "call")
    before = cli("show", anna)
    cli.refuses("log", anna, "--channel", "call", "--text", "x", "--promise", "king;x;y")
    cli.refuses("log", anna, "--channel", "call", "--text", "x", "--next", "когда-нибудь")
    assert cli("show", anna) == before
    cli("log", anna, "--channel", "telepathy", "--text", "x", status=2)


def test_binder_and_today(cli: Cli, anna: str) -> None:
    cli("file", anna, "2026-11-25 09:30")
    for command in ("today", "binder"):
        told = cli(command)
        assert told["today"] == "2026-11-25"
        for divider in told["dividers"]:
            assert divider.keys() >= SLOT | {"working", "load", "sheets"}
            assert divider["kind"] in ("tray", "day", "month", "later")
            assert divider["load"].keys() == {
                "contacts", "minutes", "capacity_contacts", "capacity_minutes",
            }  # fmt: skip
        (sheet,) = (sheet for divider in told["dividers"] for sheet in divider["sheets"])
        assert sheet.keys() >= {"type", "uid", "dossier", "title", "time", "carried"}
        assert (sheet["type"], sheet["uid"], sheet["dossier"]) == ("dossier", anna, anna)
        assert (sheet["title"], sheet["time"]) == ("Ромашкина Анна", "09:30")
    kinds = [(divider["kind"], divider["name"]) for divider in cli("today")["dividers"]]
    assert kinds == [
        ("tray", "left_behind"),
        ("tray", "to_spread"),
        ("tray", "tray"),
        ("day", "Wednesday, 25 November"),
    ]


# today, end of the run of days, blank numbers, and what lies where: the plan's table.
TABLE = [
    (
        "2026-11-25",
        "2026-12-24",
        [31],
        {
            "2026-11-24": ("tray", "left_behind"),
            "2026-12-08": ("day", 8),
            "2026-12-24": ("day", 24),
            "2026-12-25": ("month", "2026-12"),
            "2027-11-03": ("month", "2027-11"),
            "2027-12-01": ("later", "2027-12"),
        },
    ),
    (
        "2027-01-30",
        "2027-02-28",
        [29],
        {"2027-03-01": ("month", "2027-03"), "2027-03-29": ("month", "2027-03")},
    ),
    (
        "2027-01-31",
        "2027-02-28",
        [29, 30],
        {"2027-02-28": ("day", 28), "2027-03-01": ("month", "2027-03")},
    ),
    ("2028-01-30", "2028-02-29", [], {"2028-02-29": ("day", 29)}),
    ("2027-02-28", "2027-03-27", [29, 30, 31], {"2027-03-28": ("month", "2027-03")}),
    ("2027-04-10", "2027-05-09", [31], {"2027-05-31": ("month", "2027-05")}),
]  # fmt: skip


@pytest.mark.parametrize(("today", "last", "blank", "lies"), TABLE)
def test_the_table(
    cli: Cli, today: str, last: str, blank: list[int], lies: dict[str, tuple[str, Any]]
) -> None:
    cli.options[-1] = today
    uids = {
        cli("new", "--company", f"АО «{day}»", "--next", day, "--force")["uid"]: slot
        for day, slot in lies.items()
    }
    dividers = cli("binder")["dividers"]
    days = [divider for divider in dividers if divider["kind"] == "day"]
    dates = [divider["date"] for divider in days if divider["date"]]
    assert (dates[0], dates[-1]) == (today, last)
    assert [divider["number"] for divider in days if divider["date"] is None] == blank
    assert sorted(divider["number"] for divider in days) == list(range(1, 32))
    assert sum(divider["kind"] == "month" for divider in dividers) == 12
    found = {}
    for divider in dividers:
        mark = {"tray": "name", "day": "number"}.get(divider["kind"], "month")
        for sheet in divider["sheets"]:
            assert sheet["uid"] not in found
            found[sheet["uid"]] = (divider["kind"], divider[mark])
    assert found == uids


def test_dated_layout(cli: Cli, anna: str) -> None:
    cli("file", anna, "2026-11-28")  # a Saturday
    days = [d for d in cli("binder", "--layout", "dated")["dividers"] if d["kind"] == "day"]
    assert "2026-11-28" in [divider["date"] for divider in days]
    assert "2026-11-29" not in [divider["date"] for divider in days]
    assert days[-1]["date"] == "2026-12-30"  # New Year's Eve is a day off in 2026


def test_search(cli: Cli, anna: str) -> None:
    (hit,) = cli("search", "0000001")
    assert hit.keys() >= {"uid", "name", "why"}
    assert (hit["uid"], hit["name"]) == (anna, "Ромашкина Анна")
    assert "000-00-01" in hit["why"]
    assert cli("search", "липатов") == []
    assert cli("search", "") == []
    cli("new", "--name", "Ромашкин Олег")
    assert len(cli("search", "ромашкин")) == 2
    assert len(cli("search", "ромашкин", "--limit", 1)) == 1


def test_undo_redo_journal(cli: Cli, anna: str) -> None:
    start = cli("show", anna)
    cli("set", anna, "note", "раз")
    cli("file", anna, "tomorrow")
    end = cli("show", anna)
    done = cli("undo", 2)
    assert [item["action"] for item in done] == ["Re-file", "Change"]
    assert {uid for item in done for uid in item["dossiers"]} == {anna}
    assert cli("show", anna) == start
    lines = cli("journal", "--dossier", anna)
    assert [line.keys() >= {"at", "author", "action", "dossiers"} for line in lines] == [True] * 3
    assert [line["action"] for line in lines] == ["Re-file", "Change", "New dossier"]
    assert cli("journal") == lines
    cli("redo", 2)
    assert cli("show", anna) == end
    assert len(cli("undo", 9, status=3)) == 3
    assert "nothing to undo" in cli.refuses("undo")
    assert len(cli("redo", 9, status=3)) == 3
    assert "nothing to do again" in cli.refuses("redo")
    cli("undo", 0, status=2)


def test_set_tells_what_changed(cli: Cli, anna: str) -> None:
    assert cli("set", anna, "note", "раз") == {"uid": anna, "changed": ["note"]}
    assert cli("set", anna, "note", "раз") == {"uid": anna, "changed": []}
    assert "no field colour" in cli.refuses("set", anna, "colour", "x")


def example_of(field: Field, number: int) -> tuple[str, str, str]:
    """A path inside ``field``, a text for it, and a word by which it is found."""
    word = "слово" + "бвгджзклмн"[number // 10] + "бвгджзклмн"[number % 10]
    kind = field.type
    if kind in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ADDRESS, FieldType.LIST):
        if field.parts:
            inner, text, found = example_of(field.parts[0], number)
            return f"0.{field.parts[0].key}{inner and '.' + inner}", text, found
        return "", word, word
    if kind is FieldType.NAME:
        return "", f"{word.capitalize()} Анна Сергеевна", word
    if kind is FieldType.PHONES:
        return "", f"+7 495 000-01-{number:02d}", f"74950000 1{number:02d}".replace(" ", "")
    if kind is FieldType.CHOICE:
        return "", str(field.options[0].label), str(field.options[0].label).split()[0]
    if kind is FieldType.SCALE:
        return "text", word, word
    if kind is FieldType.PARTIAL_DATE:
        return "", "03-08", "марта"
    part = next((item for item in field.parts if item.type is not FieldType.PARTIAL_DATE), None)
    assert part is not None, field.key
    inner, text, found = example_of(part, number)
    return f"{part.key}{inner and '.' + inner}", text, found


def test_all_31_fields_of_the_card(cli: Cli, anna: str) -> None:
    fields = card().fields
    assert len(fields) == 31
    looked_for = {}
    for number, field in enumerate(fields):
        path, text, word = example_of(field, number)
        full = ".".join(filter(None, ["people.0.forms.relationship_card", field.key, path]))
        assert cli("set", anna, full, text)["changed"] == [full]
        looked_for[field.key] = word
    shown = cli("show", anna)["people"][0]["forms"]["relationship_card"]
    assert shown.keys() == {field.key for field in fields}
    assert all(shown.values())
    for key, word in looked_for.items():
        assert [hit["uid"] for hit in cli("search", word)] == [anna], (key, word)
    for _ in fields:
        cli("undo")
    assert [hit["uid"] for word in looked_for.values() for hit in cli("search", word)] == []


def test_birthday_without_a_year_stays_without(cli: Cli, anna: str) -> None:
    path = "people.0.forms.relationship_card.birth"
    for text in ("03-08", "8 марта", "8 March"):
        cli("set", anna, path + ".date", text)
        forms = cli("show", anna)["people"][0]["forms"]
        assert forms["relationship_card"]["birth"] == {"date": "03-08"}


def test_demo(cli: Cli) -> None:
    told = cli("demo", "--clients", 25)
    assert told == {"dossiers": 25}
    assert len(cli("list")) == 25
    assert "not empty" in cli.refuses("demo")


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
