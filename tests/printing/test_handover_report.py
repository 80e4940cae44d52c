"""The report of an absence: totals, each client, and who was not worked on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.handover.report import AbsenceReport, DossierReport, HandoverReport
from dossier_app.domain.language import using_language
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Channel,
    Document,
    HistoryEntry,
    NextStep,
    Promise,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.domain.records import Direction as Way
from dossier_app.printing.handover_report import print_absence_report
from dossier_app.printing.options import Paper, PrintOptions

BACK = date(2026, 12, 15)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 14)
SECRET = "SECRET"
ZONE = timezone(timedelta(hours=3))
Reader = Callable[[bytes], str]


def entry(day: int, text: str, **more: object) -> HistoryEntry:
    at = datetime(2026, 12, day, 10, tzinfo=ZONE)
    return HistoryEntry(at, Channel.CALL, Way.OUT, text=text, author="Петрова", **more)  # type: ignore[arg-type]


@pytest.fixture
def worked_on() -> DossierReport:
    new = Promise(Side.OURS, "адреса заказчиков", date(2026, 12, 18))
    theirs = Promise(Side.THEIRS, "нагрузка", date(2026, 12, 11))
    return DossierReport(
        "one",
        "Кузнецов Пётр",
        "завод «Прогресс»",
        day_place(FIRST),
        day_place(date(2026, 12, 22)),
        NextStep(StepKind.MEETING, "Показать чертёж", time(10, 15)),
        refiled=True,
        contacts=[
            entry(2, "Выбирают второй вариант.", agreed="чертёж до 9 декабря"),
            entry(8, "Не дозвонилась.", reached=False),
            entry(9, f"{SECRET} talk", private=True),
        ],
        made=[new, Promise(Side.OURS, f"{SECRET} made", private=True)],
        kept=[Promise(Side.OURS, "чертёж опор", date(2026, 12, 9), date(2026, 12, 8))],
        open=[new, theirs, Promise(Side.OURS, f"{SECRET} open", private=True)],
        ticked=[Slip(SlipKind.CHECKPOINT, FIRST, "25 %", done_on=FIRST)],
        documents=[
            Document("Чертёж.pdf", 1, "0" * 64, FIRST),
            Document(f"{SECRET}.pdf", 1, "1" * 64, FIRST, private=True),
        ],
        changed=2,
    )


@pytest.fixture
def report(worked_on: DossierReport) -> HandoverReport:
    handover = Handover(Direction.GIVEN, "Петрова", "Седова", FIRST, LAST, merged=2)
    untouched = DossierReport(
        "two", "Васильева Мария", "Север", day_place(LAST), day_place(LAST), NextStep()
    )
    loose = [Slip(SlipKind.REMINDER, FIRST, "забрать образцы", done_on=FIRST)]
    return HandoverReport(handover, [worked_on, untouched], loose)


def test_tells_what_was_done_client_by_client(report: HandoverReport, pages_text: Reader) -> None:
    text = pages_text(print_absence_report(report, PrintOptions(BACK)).data)
    for said in (
        "Report of an absence",
        "1–14 December 2026 · Седова → Петрова",
        "of 2 dossiers handed over",
        "1 reached",
        "1 made, 2 open now",
        "Кузнецов Пётр",
        "Tuesday, 22 December, 10:15",
        "Meeting: Показать чертёж",
        "was: Tuesday, 1 December",
        "Call · Петрова",
        "Call, not reached · Петрова",
        "Выбирают второй вариант.",
        "Agreed: чертёж до 9 декабря",
        "чертёж опор: kept 8 December",
        "адреса заказчиков, by 18 December",
        "the client: нагрузка, was due 11 December",
        "done: 25 % · Чертёж.pdf · 2 facts changed",
        "NOTHING WAS DONE",
        "Васильева Мария",
        "забрать образцы",
    ):
        assert said in text, said


def test_discreet_unless_told(
    report: HandoverReport, pages_text: Reader, everything: Reader
) -> None:
    discreet = everything(print_absence_report(report, PrintOptions(BACK)).data)
    assert SECRET not in discreet
    assert "Contains private facts" not in discreet
    private = pages_text(print_absence_report(report, PrintOptions(BACK, private=True)).data)
    for what in ("talk", "open"):
        assert f"{SECRET} {what}" in private
    assert f"{SECRET}.pdf" in private
    assert "2 made, 3 open now" in private
    assert "Contains private facts" in private


def test_a_name_that_is_a_private_number_is_not_told(
    report: HandoverReport, everything: Reader
) -> None:
    hidden = replace(report.dossiers[1], name=SECRET, name_is_private=True)
    report = replace(report, dossiers=[hidden])
    text = everything(print_absence_report(report, PrintOptions(BACK)).data)
    assert "No name" in text
    assert SECRET not in text
    assert SECRET in everything(print_absence_report(report, PrintOptions(BACK, private=True)).data)


def test_a_whole_absence_goes_by_colleagues(
    report: HandoverReport, outline: Callable[[bytes], list[str]], pages_text: Reader
) -> None:
    other = Handover(Direction.GIVEN, "Орлов", "Седова", date(2026, 12, 5), LAST)
    waiting = HandoverReport(other, [replace(report.dossiers[1], uid="three")])
    whole = AbsenceReport(Absence(FIRST, LAST), [report, waiting])
    printed = print_absence_report(whole, PrintOptions(BACK))
    assert outline(printed.data) == [
        "Report of an absence",
        "Седова → Петрова",
        "Кузнецов Пётр",
        "Седова → Орлов",
    ]
    text = pages_text(printed.data)
    assert "of 3 dossiers handed over" in text
    assert "5–14 December 2026" in text
    assert "Nothing has come back yet." in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_much_goes_over_pages(
    report: HandoverReport, worked_on: DossierReport, tmp_path: Path, paper: Paper, language: str
) -> None:
    worked_on.contacts[:] = [entry(1 + n % 14, f"{n}: " + "разговор " * 200) for n in range(40)]
    worked_on.open[:] = [Promise(Side.OURS, f"{n} " + "слово " * 60) for n in range(40)]
    many = replace(report, dossiers=[replace(worked_on, uid=str(n)) for n in range(20)])
    with using_language(language):
        printed = print_absence_report(many, PrintOptions(BACK, paper))
    assert printed.pages > 40
    path = tmp_path / "report.pdf"
    path.write_bytes(printed.data)
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    done = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True)
    assert done.returncode == 0, done.stdout
