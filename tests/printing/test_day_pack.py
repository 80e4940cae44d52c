"""The day pack: the agenda, then each client in the order of the day."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from dossier_app.domain.binder import day_slot
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import using_language
from dossier_app.domain.meeting_code import meeting_code
from dossier_app.domain.overview import OpenDivider, Overview
from dossier_app.domain.place import day_place
from dossier_app.domain.records import ContactKind, ContactPoint, NextStep, SlipKind, StepKind
from dossier_app.domain.sheets import Divider, Load, Sheet, SheetType
from dossier_app.printing.day_pack import print_pack
from dossier_app.printing.options import PrintOptions

WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)
DISCREET = PrintOptions(WEDNESDAY)
PRIVATE = PrintOptions(WEDNESDAY, private=True)
Reader = Callable[[bytes], str]
Usual = Callable[[], Overview]


def client(usual: Usual, uid: str, surname: str, day: date, step: NextStep) -> Overview:
    view = usual()
    view.dossier.uid, view.dossier.place, view.dossier.step = uid, day_place(day), step
    view.dossier.people[0].surname = surname
    view.dossier.people[0].contact_points.insert(
        0, ContactPoint(ContactKind.PHONE, "+7 900 000-00-00", private=True)
    )
    return view


@pytest.fixture
def days(usual: Usual) -> list[OpenDivider]:
    """A Wednesday with two clients and two slips, and a Thursday with one client too many."""
    visit = NextStep(StepKind.VISIT, "Осмотр площадки", time(9, 30), 90, fixed=True)
    call = NextStep(StepKind.CALL, "Узнать решение", minutes=10)
    wednesday = [
        client(usual, "one", "Антонова", WEDNESDAY, visit),
        client(usual, "two", "Борисова", WEDNESDAY, call),
    ]
    slips = [
        Sheet(SheetType.SLIP, "s", "Громов Илья", company="АО «Север»", todo="отправить чертёж"),
        Sheet(SheetType.LOOSE, "l", "", time=time(13), todo="забрать образцы"),
    ]
    slips[0] = replace(slips[0], slip_kind=SlipKind.PROMISE)
    load = Load(2, 100, 30, 360)
    thursday = [client(usual, "three", "Васильева", THURSDAY, call)]
    return [
        OpenDivider(Divider(day_slot(WEDNESDAY), load), wednesday, slips),
        OpenDivider(Divider(day_slot(THURSDAY), Load(40, 500, 30, 360)), thursday, []),
    ]


def test_agenda_then_a_brief_of_each_client_in_order(
    days: list[OpenDivider], templates: Templates, outline: Callable[[bytes], list[str]]
) -> None:
    printed = print_pack(days, DISCREET, templates)

    assert outline(printed.data) == [
        "Wednesday, 25 November 2026",
        "Антонова Пётр Андреевич",
        "Борисова Пётр Андреевич",
        "Thursday, 26 November 2026",
        "Васильева Пётр Андреевич",
    ]
    assert printed.pages == 5


def test_the_agenda_tells_all_that_the_day_holds(
    days: list[OpenDivider], templates: Templates, pages_text: Reader
) -> None:
    text = pages_text(print_pack(days, DISCREET, templates).data)
    agenda = text[: text.index("1 of 5")]

    for part in (
        "Day pack · Wednesday, 25 November 2026",
        "25 Wednesday",
        "CONTACTS 2 of 30 TIME 1:40 of 6:00",
        "09:30 Антонова Пётр Андреевич главный инженер, завод «Прогресс» Visit: Осмотр площадки",
        "Осмотр площадки +7 495 222-33-44 90",
        "Борисова Пётр Андреевич главный инженер, завод «Прогресс» Call: Узнать решение",
        "SLIPS AND OCCASIONS отправить чертёж Громов Илья, АО «Север» 13:00 забрать образцы",
        "COMING DAYS Thursday, 26 November 40 contacts, 8:20",
    ):
        assert part in " ".join(agenda.split())
    assert agenda.index("Антонова") < agenda.index("Борисова")
    assert "5 of 5" in text


def test_each_brief_has_the_code_of_its_own_meeting(
    days: list[OpenDivider], templates: Templates, pages_text: Reader
) -> None:
    text = pages_text(print_pack(days, DISCREET, templates).data)
    for uid in ("one", "two", "three"):
        assert text.count(f"Meeting code {meeting_code(uid)}") == 1


def test_private_phones_and_marks_are_for_private_packs_only(
    days: list[OpenDivider], templates: Templates, everything: Reader
) -> None:
    discreet = everything(print_pack(days, DISCREET, templates).data)
    private = everything(print_pack(days, PRIVATE, templates).data)
    assert "000-00-00" not in discreet
    assert "Contains private facts" not in discreet
    assert "000-00-00" in private
    assert private.count("Contains private facts") >= 5


def test_whole_dossiers_in_place_of_the_briefs(
    days: list[OpenDivider],
    templates: Templates,
    outline: Callable[[bytes], list[str]],
    pages_text: Reader,
) -> None:
    data = print_pack(days, DISCREET, templates, whole=True).data
    titles = outline(data)
    assert titles[:3] == ["Wednesday, 25 November 2026", "Антонова Пётр Андреевич", "Promises"]
    assert "History" in titles
    assert "Meeting code" not in pages_text(data)


def test_a_day_of_slips_only_is_an_agenda(
    days: list[OpenDivider], templates: Templates, pages_text: Reader
) -> None:
    day = OpenDivider(Divider(day_slot(WEDNESDAY), Load(), working=False), [], days[0].slips)
    printed = print_pack([day], DISCREET, templates)
    text = pages_text(printed.data)
    assert printed.pages == 1
    assert "25 November 2026 · a day off" in text
    assert "TIME 0:00" in text
    assert "CLIENT" not in text


def test_any_amount_on_one_day(
    usual: Usual, overfull: Overview, templates: Templates, tmp_path: Path, pages_text: Reader
) -> None:
    load = Load(60, 900, 30, 360)
    step = NextStep(StepKind.CALL, "Слово " * 300)
    clients = [
        overfull,
        *(client(usual, str(n), f"Имя{n:02d}", WEDNESDAY, step) for n in range(60)),
    ]
    todo = "Длинная закладка. " * 200
    slips = [Sheet(SheetType.LOOSE, str(n), "", todo=todo) for n in range(40)]
    day = OpenDivider(Divider(day_slot(WEDNESDAY), load), clients, slips)
    for paper in ("a4", "letter"):
        with using_language("ru"):
            printed = print_pack([day], replace(DISCREET, paper=paper), templates)
        text = pages_text(printed.data)
        assert all(text.count(f"Имя{n:02d} ") >= 2 for n in range(60))
        path = tmp_path / f"{paper}.pdf"
        path.write_bytes(printed.data)
        if shutil.which("qpdf"):
            check = ["qpdf", "--check", str(path)]
            done = subprocess.run(check, check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
