"""The whole binder on paper: every divider, every dossier, in order."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dossier_app.domain.binder import LEFT_BEHIND, Slot, SlotKind, day_slot
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.overview import OpenDivider, Overview
from dossier_app.domain.place import Month, Place, day_place, month_place
from dossier_app.domain.records import Promise, Side
from dossier_app.domain.sheets import Divider, Load, Sheet, SheetType
from dossier_app.printing.options import PrintOptions
from dossier_app.printing.whole_binder import print_binder

TODAY = date(2026, 11, 25)
LAST_WEEK, JULY = date(2026, 11, 18), Month(2027, 7)
DISCREET = PrintOptions(TODAY)
Reader = Callable[[bytes], str]
Usual = Callable[[], Overview]


def client(usual: Usual, surname: str, place: Place) -> Overview:
    view = usual()
    view.dossier.people[0].surname, view.dossier.place = surname, place
    view.dossier.promises.append(Promise(Side.OURS, f"SECRET of {surname}", private=True))
    return view


@pytest.fixture
def dividers(usual: Usual) -> list[OpenDivider]:
    slip = Sheet(SheetType.LOOSE, "l", "", on=TODAY, todo="забрать образцы")
    july = Slot(SlotKind.MONTH, month=JULY)
    today = [client(usual, name, day_place(TODAY)) for name in ("Борисова", "Антонова")]
    return [
        OpenDivider(
            Divider(LEFT_BEHIND, Load()), [client(usual, "Гусева", day_place(LAST_WEEK))], []
        ),
        OpenDivider(Divider(day_slot(TODAY), Load(2, 100, 30, 360)), today, [slip]),
        OpenDivider(
            Divider(july, Load()),
            [
                client(usual, "Дашина", day_place(date(2027, 7, 5))),
                client(usual, "Ершова", month_place(JULY)),
            ],
            [],
        ),
    ]


def test_dividers_and_dossiers_in_order(
    dividers: list[OpenDivider],
    templates: Templates,
    outline: Callable[[bytes], list[str]],
    pages_text: Reader,
) -> None:
    data = print_binder(dividers, DISCREET, templates).data
    inside = ("Promises", "Ahead", "About", "People", "Relationship", "Meeting", "History")
    kept = [title for title in outline(data) if not title.startswith((*inside, "Doc", "Note"))]
    assert [title.removesuffix(" Пётр Андреевич") for title in kept] == [
        "Left behind", "Гусева", "Wednesday, 25 November", "Борисова", "Антонова",
        "July 2027", "Дашина", "Ершова",
    ]  # fmt: skip
    text = pages_text(data)
    for part in (
        "25 Wednesday, 25 November · 2 dossiers CONTACTS 2 of 30",
        "забрать образцы",
        "18 Nov Гусева",
        "5 Jul Дашина",
        "July 2027 2 dossiers",
    ):
        assert part in text
    assert text.count("Согласовали осмотр.") == 5  # the history of each whole dossier


def test_it_is_discreet_like_every_print(
    dividers: list[OpenDivider], templates: Templates, everything: Reader
) -> None:
    assert "SECRET" not in everything(print_binder(dividers, DISCREET, templates).data)
    private = print_binder(dividers, PrintOptions(TODAY, private=True), templates)
    assert everything(private.data).count("SECRET") >= 5


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_full_binder_is_one_sound_file(
    usual: Usual, dividers: list[OpenDivider], templates: Templates, paper: str, tmp_path: Path
) -> None:
    many = [client(usual, f"Имя{number:03d}", day_place(TODAY)) for number in range(60)]
    full = [*dividers, OpenDivider(Divider(day_slot(TODAY), Load(60, 600, 30, 360)), many, [])]
    printed = print_binder(full, PrintOptions(TODAY, paper), templates)  # type: ignore[arg-type]
    path = tmp_path / "binder.pdf"
    path.write_bytes(printed.data)

    assert printed.pages > 130
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    check = ["qpdf", "--check", str(path)]
    done = subprocess.run(check, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
