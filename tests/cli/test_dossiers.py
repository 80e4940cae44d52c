"""Commands on dossiers and the binder: names, JSON keys, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.services.templates import card
from tests.cli.conftest import Cli

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
