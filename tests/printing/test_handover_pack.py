"""The handover pack: the list by date, then a sheet of one or two pages for each client."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template
from dossier_app.domain.handover.pack import Pack, make_pack
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.language import using_language
from dossier_app.domain.overview import Overview
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.printing.handover_pack import print_handover_pack
from dossier_app.printing.options import Paper, Printed, PrintOptions

TODAY = date(2026, 11, 25)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 14)
FORMS = Path(__file__).parents[2] / "forms"
SECRET = "SECRET"
MARK, NOTES_MARK = "Contains private facts", "For the colleague only"
Usual = Callable[[], Overview]
Reader = Callable[[bytes], str]

NOTES = {
    "state": Answer("Выбирают вариант фундамента."),
    "open": Answer([{"what": "Счёт 118", "who": "Бухгалтерия", "by": "2026-12-04"}]),
    "documents": Answer("Оригинал у Седовой."),
    "money": Answer("Аванс ждём до четверга."),
    "told": Answer(True),
    "tone": Answer("На «вы»."),
    "not_say": Answer("Не вспоминать поставку."),
    "likes": Answer("Звонок накануне."),
    "may_promise": Answer("Чертёж до пятницы."),
    "up_to": Answer({"amount": "50000.00", "currency": "RUB"}),
    "ask_whom": Answer("Орлов, доб. 214."),
}


@pytest.fixture(scope="module")
def forms() -> dict[str, Template]:
    return {
        path.stem: load_template(path.read_text(encoding="utf-8"), path.stem)
        for path in FORMS.glob("*.toml")
    }


@pytest.fixture
def handover() -> Handover:
    return Handover(Direction.GIVEN, "Петрова", "Седова", FIRST, LAST)


def client(usual: Usual, uid: str, surname: str, day: date) -> Dossier:
    dossier = usual().dossier
    dossier.uid, dossier.people[0].surname = uid, surname
    dossier.place, dossier.promises, dossier.slips = day_place(day), [], []
    dossier.forms = [FilledForm("handover_notes", dict(NOTES))]
    return dossier


@pytest.fixture
def dossiers(usual: Usual) -> list[Dossier]:
    """Two clients in the days, the second one first; one that has nothing to do in them."""
    later = client(usual, "later", "Позднева", FIRST + timedelta(days=9))
    sooner = client(usual, "sooner", "Ранняя", FIRST)
    sooner.promises = [
        Promise(Side.OURS, "каталог", FIRST + timedelta(days=3)),
        Promise(Side.THEIRS, "чертёж цеха", FIRST - timedelta(days=30)),
        Promise(Side.OURS, f"{SECRET} promise", FIRST, private=True),
        Promise(Side.OURS, "старое", FIRST, kept_on=TODAY),
    ]
    sooner.slips = [
        Slip(SlipKind.REMINDER, FIRST + timedelta(days=1), "забрать образцы", time(9)),
        Slip(SlipKind.BIRTHDAY, FIRST, f"{SECRET} birthday"),
        Slip(SlipKind.REMINDER, LAST + timedelta(days=1), "после отпуска"),
    ]
    sooner.history.append(
        HistoryEntry(datetime(2026, 11, 20, tzinfo=UTC), text=f"{SECRET} talk", private=True)
    )
    sooner.documents.append(Document(f"{SECRET}.pdf", 1, "1" * 64, TODAY, private=True))
    sooner.people[0].contact_points.insert(
        0, ContactPoint(ContactKind.PHONE, f"{SECRET} phone", private=True)
    )
    sooner.people[0].note = f"{SECRET} note"
    quiet = client(usual, "quiet", "Тихая", LAST + timedelta(days=60))
    return [later, quiet, sooner]


def made(
    dossiers: list[Dossier],
    handover: Handover,
    forms: dict[str, Template],
    *,
    private: bool = False,
    paper: Paper = "a4",
    loose: list[Slip] | None = None,
) -> tuple[Pack, Printed]:
    pack = make_pack(handover, dossiers, forms, private=private, loose=loose or [])
    return pack, print_handover_pack(pack, PrintOptions(TODAY, paper, private), forms)


def pages_of(printed: Printed) -> list[str]:
    reader = PdfReader(io.BytesIO(printed.data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_sheets_stand_in_the_order_of_the_list(
    dossiers: list[Dossier],
    handover: Handover,
    forms: dict[str, Template],
    outline: Callable[[bytes], list[str]],
) -> None:
    pack, printed = made(dossiers, handover, forms)

    assert [dossier.uid for dossier in pack.dossiers] == ["sooner", "later", "quiet"]
    assert [dossier.uid for dossier in pack.quiet] == ["quiet"]
    assert outline(printed.data) == [
        "List by date",
        "1. Ранняя Пётр Андреевич",
        "2. Позднева Пётр Андреевич",
        "3. Тихая Пётр Андреевич",
    ]


def test_the_cover_tells_who_when_and_what(
    dossiers: list[Dossier], handover: Handover, forms: dict[str, Template]
) -> None:
    loose = [Slip(SlipKind.REMINDER, FIRST, "полить цветы")]
    _, printed = made(dossiers, handover, forms, loose=loose)
    cover = pages_of(printed)[0]

    assert "Handover: Седова → Петрова, 1–14 December 2026" in cover
    assert "14 days" in cover
    for said in (
        "1 Dec, Tu",
        "10:15",
        "Ранняя Пётр Андреевич",
        "Meeting: Осмотр площадки.",
        "+7 495 222-33-44",
        "We promised: каталог",
        "забрать образцы",
        "09:00",
        "NOTHING PLANNED IN THESE DAYS",
        "Тихая",
        "полить цветы",
    ):
        assert said in cover, said
    for silent in ("после отпуска", "старое", "чертёж цеха"):
        assert silent not in cover
    assert cover.index("Ранняя") < cover.index("Позднева") < cover.index("Тихая")


def test_a_sheet_tells_all_that_the_notes_say(
    dossiers: list[Dossier], handover: Handover, forms: dict[str, Template]
) -> None:
    _, printed = made(dossiers, handover, forms)
    sheet = " ".join(pages_of(printed)[1:3])

    for said in (
        "Выбирают вариант фундамента.",
        "Счёт 118, Бухгалтерия, 4 December 2026",
        "Оригинал у Седовой.",
        "Предложение № 12.pdf",
        "Аванс ждём до четверга.",
        "Was the client told in person?",
        "На «вы».",
        "Не вспоминать поставку.",
        "Звонок накануне.",
        "Чертёж до пятницы.",
        "Орлов, доб. 214.",
        "каталог, by 4 December",
        "чертёж цеха, was due 1 November",
        "Седова Ирина, финансовый директор",
        "Согласовали осмотр.",
        "After: Петрова fills in",
        "What was done",
        "What was said and promised",
        "What is next",
        "Next date",
    ):
        assert said.casefold() in sheet.casefold(), said
    assert "50,000" in sheet or "50 000" in sheet


def test_discreet_unless_private_goes_along(
    dossiers: list[Dossier],
    handover: Handover,
    forms: dict[str, Template],
    everything: Callable[[bytes], str],
) -> None:
    _, discreet = made(dossiers, handover, forms)
    _, private = made(dossiers, handover, forms, private=True)

    assert SECRET not in everything(discreet.data)
    assert MARK not in everything(discreet.data)
    text = " ".join(pages_of(private))
    for what in ("promise", "birthday", "talk", "phone"):
        assert f"{SECRET} {what}" in text, what
    assert f"{SECRET}.pdf" in text
    assert all(MARK in page for page in pages_of(private))


def test_a_sheet_with_notes_is_for_the_colleague_only(
    dossiers: list[Dossier], handover: Handover, forms: dict[str, Template]
) -> None:
    dossiers[0].forms = []
    _, printed = made(dossiers, handover, forms)
    for page in pages_of(printed):
        with_notes = "Ранняя Пётр Андреевич, sheet" in page or "Тихая Пётр Андреевич, sheet" in page
        assert (NOTES_MARK in page) is with_notes


def test_a_client_not_told_is_to_be_told_first(
    usual: Usual, handover: Handover, forms: dict[str, Template]
) -> None:
    dossier = client(usual, "one", "Иванова", FIRST)
    dossier.forms[0].answers["told"] = Answer(False)
    _, printed = made([dossier], handover, forms)
    assert "Not yet: first say who you are" in " ".join(pages_of(printed))


def test_a_month_without_a_day_is_listed_after_its_days(
    usual: Usual, handover: Handover, forms: dict[str, Template]
) -> None:
    some_time = client(usual, "month", "Месяцева", FIRST)
    some_time.place = month_place(Month(2026, 12))
    pack, printed = made([some_time, client(usual, "day", "Дневная", LAST)], handover, forms)
    assert [line.dossier.uid for line in pack.lines] == ["day", "month"]
    assert "December 2026" in pages_of(printed)[0]


def test_what_a_changed_form_asks_is_not_lost(
    usual: Usual, handover: Handover, forms: dict[str, Template]
) -> None:
    text = (FORMS / "handover_notes.toml").read_text(encoding="utf-8")
    own = (
        '\n[[field]]\nkey = "parking"\ntype = "text"\nlabel.ru = "Стоянка"\nlabel.en = "Parking"\n'
    )
    changed = {**forms, "handover_notes": load_template(text + own, "handover_notes")}
    dossier = client(usual, "one", "Иванова", FIRST)
    dossier.forms[0].answers["parking"] = Answer("во дворе")
    dossier.forms[0].answers["done"] = Answer("Отгрузили.")
    dossier.forms[0].answers["gone"] = Answer("старый ответ")
    _, printed = made([dossier], handover, changed)
    sheet = " ".join(pages_of(printed)[1:])
    for said in ("PARKING", "во дворе", "Отгрузили.", "старый ответ"):
        assert said in sheet


def test_sparse_client_takes_one_page(handover: Handover, forms: dict[str, Template]) -> None:
    nameless = Dossier(
        contact_points=[ContactPoint(ContactKind.PHONE, "+7 900 111-22-33")],
        place=day_place(FIRST),
    )
    private = Dossier(
        contact_points=[ContactPoint(ContactKind.PHONE, SECRET, private=True)],
        place=day_place(FIRST),
    )
    _, printed = made([nameless, private], handover, forms)
    pages = pages_of(printed)
    assert len(pages) == 3
    assert pages[1].count("+7 900 111-22-33") == 2  # name and head of the page
    assert "No name" in pages[2]
    assert SECRET not in " ".join(pages)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_overfull_sheets_keep_to_two_pages(
    usual: Usual,
    handover: Handover,
    forms: dict[str, Template],
    tmp_path: Path,
    paper: Paper,
    language: str,
) -> None:
    full = client(usual, "full", "Полная", FIRST)
    full.company = "ООО «Межрегиональное объединение» " * 20
    full.promises = [
        Promise(side, f"обещание {number} " + "слово " * 20, FIRST + timedelta(days=number % 14))
        for number in range(40)
        for side in Side
    ]
    for key in ("state", "documents", "money", "tone", "not_say", "likes", "may_promise"):
        full.forms[0].answers[key] = Answer("Слово и дело, и ещё слово. " * 740)
    full.documents *= 50
    full.people += [Person(f"Фамилия{number}", position="инженер " * 30) for number in range(60)]
    full.history = [
        HistoryEntry(
            datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number), text="было " * 300
        )
        for number in range(60)
    ]
    others = [client(usual, f"u{n}", f"Клиентов{n}", FIRST) for n in range(59)]
    for other in others:
        other.step = NextStep(StepKind.CALL, "Узнать решение")
    with using_language(language):
        pack, printed = made([full, *others], handover, forms, paper=paper)
    pages = pages_of(printed)
    for number in range(1, 61):
        own = [page for page in pages if re.search(rf", (sheet|лист) {number}\b", page)]
        assert 1 <= len(own) <= 2, number
    assert len(pack.dossiers) == 60
    path = tmp_path / "pack.pdf"
    path.write_bytes(printed.data)
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    done = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True)
    assert done.returncode == 0, done.stdout


def test_the_colleague_prints_the_same_from_the_other_side(
    usual: Usual, forms: dict[str, Template]
) -> None:
    taken = Handover(Direction.TAKEN, "Седова", "Петрова", FIRST, LAST, owner="Иванов")
    _, printed = made([client(usual, "one", "Иванова", FIRST)], taken, forms)
    cover = pages_of(printed)[0]
    assert "Седова → Петрова" in cover
    assert "clients of Иванов" in cover
