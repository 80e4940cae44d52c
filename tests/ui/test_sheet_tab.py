"""The sheet shows one dossier after the other; what is typed stays with the right one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person
from dossier_app.services import editing
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.dossier.people import PersonBlock
from tests.ui.conftest import NEW
from tests.ui.typing_keys import press

KEY = Qt.Key
CROWD, PAIR = "crowd", "pair"


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The sheet of a dossier with seven people; there is another one with two."""
    create_dossier(Dossier("OOO Volna", uid=CROWD, people=_people("crowd", 7)))
    create_dossier(Dossier("OOO Priboy", uid=PAIR, people=_people("pair", 2)))
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(CROWD)
    made.turn_to(Part.SHEET)
    return made


def _people(of: str, count: int) -> list[Person]:
    return [
        Person(
            f"Person{n}",
            main=n == 0,
            position=f"{of} {n}",
            contact_points=[
                ContactPoint(ContactKind.PHONE, f"{n}{m}", uid=f"{of}-{n}-{m}") for m in range(n)
            ],
            uid=f"{of}-{n}",
        )
        for n in range(count)
    ]


def shown(panel: DossierPanel) -> list[list[str]]:
    """What can be read of the people, by their blocks from above."""
    blocks = [block for block in panel.sheet.people.findChildren(PersonBlock) if block.isVisible()]
    blocks.sort(key=lambda block: block.y())
    return [
        [
            row.line.text
            for row in [*block.rows.values(), *block.points.rows.values()]
            if row.line.text
        ]
        for block in blocks
    ]


def expected(of: str, count: int) -> list[list[str]]:
    return [[f"Person{n}", f"{of} {n}", *(f"{n}{m}" for m in range(n))] for n in range(count)]


def test_each_dossier_shows_its_own_people(panel: DossierPanel, qtbot: QtBot) -> None:
    for uid, of, count in ((PAIR, "pair", 2), (NEW, "", 0), (CROWD, "crowd", 7), (PAIR, "pair", 2)):
        panel.show_dossier(uid)
        if of:
            qtbot.waitUntil(lambda of=of, count=count: shown(panel) == expected(of, count))
    panel.show_dossier(NEW)
    assert len(shown(panel)) == 1
    assert shown(panel)[0][0] == "Orlov Ilya"
    # Of a crowd only a few blocks wait for the next dossier.
    qtbot.waitUntil(lambda: len(panel.sheet.people.findChildren(PersonBlock)) <= 4)


def test_a_block_that_is_taken_over_saves_into_the_new_dossier(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    before = load_dossier(CROWD)
    panel.show_dossier(PAIR)
    block = panel.sheet.people.blocks["pair-1"]
    qtbot.waitUntil(block.rows["position"].isVisible)
    block.rows["position"].setFocus()
    press(qtbot, KEY.Key_Return, "foreman", KEY.Key_Return)
    block.points.rows["pair-1-0"].setFocus()
    press(qtbot, KEY.Key_Return, "+7 900 000-00-01", KEY.Key_Return)
    assert block.points.rows[""].hasFocus()
    press(qtbot, KEY.Key_Return, "foreman@example.com", KEY.Key_Return)
    person = load_dossier(PAIR).people[1]
    assert person.position == "foreman"
    assert [point.value for point in person.contact_points] == [
        "+7 900 000-00-01", "foreman@example.com",
    ]  # fmt: skip
    assert load_dossier(CROWD) == before


def test_what_was_refused_does_not_follow_to_another_client(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    """The person was taken out elsewhere while the position was being typed."""
    before = load_dossier(PAIR)
    row = panel.sheet.people.blocks["crowd-1"].rows["position"]
    qtbot.waitUntil(row.isVisible)
    row.setFocus()
    press(qtbot, KEY.Key_Return, "half a thought")
    editing.remove_person(CROWD, "crowd-1")
    with qtbot.waitSignal(desk.refused):
        panel.show_dossier(PAIR)
    assert not any(
        row.is_open
        for block in panel.sheet.people.findChildren(PersonBlock)
        for row in block.rows.values()
    )
    qtbot.waitUntil(lambda: shown(panel) == expected("pair", 2))
    panel.show_dossier(CROWD)
    assert load_dossier(PAIR) == before
