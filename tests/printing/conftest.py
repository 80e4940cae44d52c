"""One invented client in several states, and readers of finished PDF files."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from pypdf import PdfReader

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template
from dossier_app.domain.language import set_catalogues, using_language
from dossier_app.domain.overview import OccasionAhead, Overview
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    Cadence,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.printing.options import Printed

FORMS = Path(__file__).parents[2] / "forms"
ZONE = timezone(timedelta(hours=3))
PLAN = """
title.ru = "План встречи"
title.en = "Meeting plan"
scope = "dossier"
repeatable = true
[[field]]
key = "result"
type = "long_text"
label.ru = "Нужный результат"
label.en = "Wanted result"
[[field]]
key = "opening"
type = "long_text"
label.ru = "Начало"
label.en = "Opening"
[[field]]
key = "middle"
type = "long_text"
label.ru = "Середина"
label.en = "Middle"
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_catalogues(Path(__file__).parents[2] / "resources" / "translations")
    with using_language("en"):
        yield


@pytest.fixture(scope="session")
def templates() -> dict[str, Template]:
    keys = ("info_sheet", "relationship_card")
    texts = {key: (FORMS / f"{key}.toml").read_text(encoding="utf-8") for key in keys}
    texts["meeting_plan"] = PLAN
    return {key: load_template(text, key) for key, text in texts.items()}


@pytest.fixture
def overview() -> Overview:
    """A usual client on the eve of a meeting on 25 November 2026."""
    return make_overview()


def make_overview() -> Overview:
    def entry(month: int, day: int, channel: Channel, text: str, **more: object) -> HistoryEntry:
        at = datetime(2026, month, day, 10, tzinfo=ZONE)
        return HistoryEntry(at, channel, Direction.OUT, text=text, **more)  # type: ignore[arg-type]

    main = Person(
        "Кузнецов", "Пётр", "Андреевич", "главный инженер", Role.DECISION_MAKER, main=True
    )
    main.contact_points = [
        ContactPoint(ContactKind.PHONE, "+7 495 222-33-44", "рабочий"),
        ContactPoint(ContactKind.EMAIL, "kuznetsov@example.ru"),
        ContactPoint(ContactKind.ADDRESS, "Казань, ул. Заводская, 4"),
    ]
    card = {
        "hobbies_sports": Answer("Парусный спорт"),
        "cuisine": Answer("грузинская"),
        "proud_of": Answer("Новый цех пущен в срок"),
    }
    main.forms = [FilledForm("relationship_card", card)]
    others = [Person("Седова", "Ирина", position="финансовый директор", role=Role.INFLUENCER)]
    history = [
        entry(11, 18, Channel.CALL, "Согласовали осмотр.", agreed="взять чертёж опор"),
        entry(11, 6, Channel.EMAIL, "Отправили две схемы фундамента.", author="Смирнова"),
    ]
    ours = [Promise(Side.OURS, "чертёж опор", date(2026, 11, 25))]
    theirs = [Promise(Side.THEIRS, "нагрузка на перекрытие", date(2026, 11, 20))]
    dossier = Dossier(
        "завод «Прогресс»",
        uid="usual-client",
        status="постоянный",
        people=[main, *others],
        place=day_place(date(2026, 11, 25)),
        step=NextStep(StepKind.MEETING, "Осмотр площадки.", time(10, 15), 60, fixed=True),
        cadence=Cadence(2, "week"),
        history=history,
        promises=[*ours, *theirs, Promise(Side.OURS, "каталог", kept_on=date(2026, 9, 28))],
        slips=[Slip(SlipKind.CHECKPOINT, date(2026, 12, 5), "75 %: сказать клиенту")],
        documents=[Document("Предложение № 12.pdf", 183_000, "0" * 64, date(2026, 11, 6))],
        note="Цена 1 250 000 ₽, договор № 17/ё.",
        forms=[
            FilledForm(
                "meeting_plan",
                {
                    "result": Answer("Решить по фундаменту. Согласие на монтаж."),
                    "middle": Answer("Два варианта фундамента."),
                },
                date(2026, 11, 20),
            )
        ],
    )
    occasions = [OccasionAhead(date(2026, 12, 12), "завод «Прогресс»", "юбилей, 60 лет")]
    talk = ["Яхта «Заря»", "Рыбалка на Каме"]
    questions = ["Где учился?", "Любимая кухня?", "Куда ездит в отпуск?"]
    return Overview(
        dossier, main, others, history, ours, theirs, talk, [], occasions, questions, 9, 31
    )


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """The text of all pages with single spaces, as pypdf reads it."""
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


@pytest.fixture
def everything() -> Callable[[bytes], str]:
    """All that a file tells: pages, properties, outline, and its bytes unpacked."""

    def tell(data: bytes) -> str:
        reader = read(data)
        streams = [
            stream.get_data().decode("latin-1")
            for page in reader.pages
            if (stream := page.get_contents()) is not None
        ]
        titles = [str(item.title) for item in flat(reader.outline)]
        return " ".join([text_of(data), str(reader.metadata), *titles, *streams])

    return tell


def flat(outline: list[object]) -> Iterator[object]:
    for item in outline:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


@pytest.fixture
def outline() -> Callable[[bytes], list[str]]:
    return lambda data: [str(item.title) for item in flat(read(data).outline)]  # type: ignore[attr-defined]


@pytest.fixture
def pdftotext(tmp_path: Path) -> Callable[[bytes], str]:
    """The text as an ordinary viewer copies it."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")

    def run(data: bytes) -> str:
        path = tmp_path / "print.pdf"
        path.write_bytes(data)
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())

    return run


@pytest.fixture
def pages_text() -> Callable[[bytes], str]:
    return text_of


@pytest.fixture
def usual() -> Callable[[], Overview]:
    """Makes a new usual client at each call."""
    return make_overview


@pytest.fixture
def overfull() -> Overview:
    """A client of whom everything is far too much."""
    view = make_overview()
    dossier, person = view.dossier, view.dossier.people[0]
    evil = '<b>&amp;" <img src="http://example.com/x.png"> a <b & c'
    dossier.company, person.surname = "Ж" * 3000, "Кузнецов" * 38
    person.given, person.position = "😀 שלום עולם", evil * 5
    start = datetime(2026, 11, 18, 10, tzinfo=ZONE)
    dossier.history = [
        HistoryEntry(start - timedelta(days=n), text=f"{n}: {evil} " * (1 + n % 5), agreed="да")
        for n in range(300)
    ]
    children = [{"name": {"given": f"Дитя{n}"}} for n in range(40)]
    person.forms[0].answers["children"] = Answer(children)
    dossier.note, dossier.step.text = "Слово и дело. " * 1500, "Длинный шаг. " * 300  # type: ignore[union-attr]
    dossier.people += [Person(f"Фамилия{n}", position="инженер") for n in range(60)]
    dossier.promises = [
        Promise(side, f"обещание {n} " + "слово " * 40, date(2026, 12, 1))
        for n in range(40)
        for side in Side
    ]
    dossier.documents = [replace(dossier.documents[0], uid=f"d{n}") for n in range(50)]
    ours, theirs = dossier.promises[::2], dossier.promises[1::2]
    occasions = [OccasionAhead(date(2026, 12, 1), f"Дитя{n}", "7 лет") for n in range(40)]
    return Overview(
        dossier, person, dossier.people[1:], dossier.history, ours, theirs, ["тема " * 400] * 9,
        ["не надо " * 99], occasions, ["вопрос " * 60] * 3, 9, 31,
    )  # fmt: skip


@pytest.fixture
def append(overview: Overview, templates: dict[str, Template]) -> Callable[..., Printed]:
    """Prints the usual client with documents behind, given by name."""
    from .appended import append_to

    return append_to(overview, templates)
