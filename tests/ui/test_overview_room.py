"""The overview of a client with much of everything: seen without scrolling, or whole."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.services.dossiers import create_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.dossier.rows import PointRow
from tests.ui.conftest import NEW
from tests.ui.typing_keys import press

TODAY = date(2026, 11, 25)
UID = "much"


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The panel as large as in a window of 1280 x 800, with a small dossier."""
    create_dossier(_much())
    window.resize(1280, 800)
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 388, 736)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(NEW)
    return made


def _much() -> Dossier:
    card = {"favourite_topics": Answer("yachts"), "taboo_topics": Answer("politics")}
    main = Person(
        "Belova", "Kate", main=True, position="buyer", contact_points=_points("main", 3),
        forms=[FilledForm("relationship_card", card)],
    )  # fmt: skip
    others = [
        Person("Gatina", "Alsu", role=Role.INFLUENCER, contact_points=_points("alsu", 1)),
        Person("Orlov", "Ilya", role=Role.USER, contact_points=_points("ilya", 1)),
    ]
    noon = datetime.fromisoformat("2026-11-11T12:00:00+03:00")
    said = "Liked the estimate, cannot compare it without the delivery. " * 3
    return Dossier(
        uid=UID,
        company="OOO Volna",
        tags=["Kazan", "machines", "important", "a deal is under way"],
        people=[main, *others],
        contact_points=_points("company", 1),
        place=day_place(TODAY),
        history=[HistoryEntry(noon - timedelta(days=n), Channel.CALL, text=said) for n in range(5)],
        promises=[Promise(Side.OURS, f"promise {n}", TODAY) for n in range(3)],
        slips=[Slip(SlipKind.REMINDER, TODAY, f"slip {n}") for n in range(4)],
    )


def _points(of: str, count: int) -> list[ContactPoint]:
    return [ContactPoint(ContactKind.PHONE, f"{of} {n}") for n in range(count)]


def numbers(panel: DossierPanel) -> set[str]:
    return {row.text() for row in panel.overview.findChildren(PointRow) if row.isVisible()}


ALL = {"main 0", "main 1", "main 2", "alsu 0", "ilya 0", "company 0"}


def test_others_give_way_and_a_line_leads_to_them(panel: DossierPanel, qtbot: QtBot) -> None:
    overview = panel.overview
    panel.show_dossier(UID)
    qtbot.waitUntil(lambda: overview.more is not None and overview.more.isVisible())
    assert overview.verticalScrollBar().maximum() == 0
    assert numbers(panel) == {"main 0", "main 1", "main 2"}
    assert overview.more is not None
    assert overview.more.accessibleName() == "3 more. All people and numbers are on the sheet."
    overview.more.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert panel.part is Part.SHEET


@pytest.mark.parametrize("height", [560, 1000])
def test_all_are_there_where_there_is_room_and_where_all_scrolls(
    panel: DossierPanel, qtbot: QtBot, height: int
) -> None:
    panel.setGeometry(0, 0, 388, height)
    panel.show_dossier(UID)
    qtbot.waitUntil(lambda: numbers(panel) == ALL)
    assert panel.overview.more is not None and panel.overview.more.isHidden()
    bar = panel.overview.verticalScrollBar()
    qtbot.waitUntil(lambda: (bar.maximum() > 0) is (height < 736))


def test_no_scroll_bar_comes_and_goes(panel: DossierPanel, qtbot: QtBot) -> None:
    bar = panel.overview.verticalScrollBar()
    ranges: list[int] = []
    bar.rangeChanged.connect(lambda _low, high: ranges.append(high))
    for uid in (UID, NEW, UID):
        panel.show_dossier(uid)
        qtbot.wait(20)
    assert not any(ranges)
