"""Opening a dossier of many years: 2,000 contacts, 300 documents, three full cards."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication

from dossier_app.domain import clock
from dossier_app.domain.forms.filling import put
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Channel,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    HistoryEntry,
    Person,
    Promise,
    Role,
    Side,
)
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import open_session
from dossier_app.services.templates import card
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.theme import apply_theme

from .conftest import TODAY

BIG, SMALL = "many-years", "new"
CONTACTS, DOCUMENTS = 2_000, 300
A_FEW_FRAMES = 50  # ms
ROUNDS = 12


@pytest.fixture
def panel(tmp_path: Path, qapp: QApplication, qtbot) -> Iterator[DossierPanel]:
    """The panel as wide as in a window of 1280, with a small dossier beside the big one."""
    clock.set_today(TODAY)
    apply_theme(qapp, dark=False)
    session = open_session(DataFolder(tmp_path))
    create_dossier(many_years())
    create_dossier(Dossier(uid=SMALL, company="ООО «Новое»"))
    made = DossierPanel(Desk(session))
    qtbot.addWidget(made)
    made.resize(384, 736)
    made.show()
    qtbot.waitExposed(made)
    yield made
    session.close()


def many_years() -> Dossier:
    """A client of twelve years."""
    people = [_person(number) for number in range(3)]
    dossier = Dossier(
        uid=BIG,
        company="АО «Северный завод»",
        people=people,
        contact_points=[ContactPoint(ContactKind.PHONE, "+7 495 000-11-00", "приёмная")],
        place=day_place(TODAY),
        history=[_contact(number, people[number % 3]) for number in range(CONTACTS)],
        documents=[
            Document(f"Смета № {number} с доставкой и монтажом.pdf", 40_000, "0" * 64,
                     TODAY - timedelta(days=14 * number))
            for number in range(DOCUMENTS)
        ],
        promises=[
            Promise(Side.OURS, "смета с доставкой", TODAY + timedelta(days=2)),
            Promise(Side.THEIRS, "список оборудования", TODAY + timedelta(days=5)),
        ],
    )  # fmt: skip
    for person in people:
        for field in card().fields:
            if field.type.value in ("text", "long_text") and not field.bind:
                said = "яхты и регаты на Волге, дочь поступает в консерваторию"
                put(card(), dossier, person, field.key, said, source="встреча", confirmed=TODAY)
    return dossier


def _person(number: int) -> Person:
    return Person(
        ("Иванова", "Гатина", "Соболь")[number],
        "Марина",
        "Сергеевна",
        position="начальник отдела закупок",
        role=Role.DECISION_MAKER if number == 0 else Role.INFLUENCER,
        main=number == 0,
        contact_points=[ContactPoint(ContactKind.PHONE, f"+7 926 000-00-0{number}", "мобильный")],
        uid=f"person-{number}",
    )


def _contact(number: int, person: Person) -> HistoryEntry:
    moment = datetime.fromisoformat("2026-11-24T12:00:00+03:00") - timedelta(days=2 * number)
    said = "Смета понравилась, но без доставки сравнить не может. Просит пересчитать."
    channel = list(Channel)[number % len(Channel)]
    made = HistoryEntry(moment, channel, text=said, minutes=12, person_uid=person.uid)
    if channel is Channel.EMAIL:  # conversations of about eight mails
        made.thread = f"<{number}@example.ru> <first-{number % 41}@example.ru>"
    return made


def test_reading_it(panel: DossierPanel, report) -> None:
    times = [_timed(partial(load_dossier, BIG)) for _ in range(ROUNDS)]
    _tell(report, "read a dossier of 2,000 contacts, 300 documents", times)


@pytest.mark.parametrize("part", list(Part))
def test_showing_it(panel: DossierPanel, report, part: Part) -> None:
    """Choosing the dossier while a tab is in front, until it is painted."""
    _show(panel, SMALL)
    panel.turn_to(part)
    assert panel.part is part
    between, times = cycle([BIG, SMALL]), []
    for _ in range(2 * ROUNDS):
        uid = next(between)
        spent = _timed(partial(_show, panel, uid))
        if uid == BIG:
            times.append(spent)
    _tell(report, f"show that dossier: {part.value}", times[1:])


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.OVERVIEW])
def test_turning_to_a_tab(panel: DossierPanel, report, part: Part) -> None:
    """Turning to a tab of the dossier that is open."""
    times = []
    for _ in range(ROUNDS):
        panel.turn_to(Part.OVERVIEW)
        _show(panel, SMALL)
        _show(panel, BIG)
        times.append(_timed(partial(_turn, panel, part)))
    _tell(report, f"turn to its {part.value}", times[1:])


def _show(panel: DossierPanel, uid: str) -> None:
    panel.show_dossier(uid)
    _paint()


def _turn(panel: DossierPanel, part: Part) -> None:
    panel.turn_to(part)
    _paint()


def _paint() -> None:
    for _ in range(3):
        QApplication.processEvents()


def _timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def _tell(report, what: str, times: list[float]) -> None:
    report.limit(what, statistics.median(times) * 1000, A_FEW_FRAMES, "ms")
