"""Where a dossier is: on its row, in its panel, in the search, while a contact is logged."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dossier_app.domain.binder import day_slot
from dossier_app.domain.handover.records import Direction, Handover, Stage
from dossier_app.domain.records import Slip, SlipKind
from dossier_app.services import printing
from dossier_app.services.handover import ending
from dossier_app.services.notices import notices_on
from dossier_app.services.printing import PrintKind
from dossier_app.services.searching import find
from dossier_app.services.slips import add_slip
from dossier_app.ui.binder import row_words
from dossier_app.ui.binder.rows import SHEET_ROLE
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.handover.band import Band, band_tone
from dossier_app.ui.handover.give_back import GiveBackDialog
from dossier_app.ui.handover.handovers_dialog import HandoversDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.messages import Message
from dossier_app.ui.widgets import Chip, Tone
from tests.services.handover.desks import FIRST, LAST, TODAY, Desks
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office


@pytest.fixture
def given(desks: Desks, uids: list[str]) -> Handover:
    """Two dossiers and a loose sheet are with the colleague, and have been accepted."""
    with desks.at(OWNER):
        sheet = Slip(SlipKind.REMINDER, FIRST, "Забрать каталоги", uid="loose-sheet")
        add_slip(sheet)
    made, file = desks.give(OWNER, COLLEAGUE, *uids[:2], loose=[sheet.uid])
    desks.accept(COLLEAGUE, file)
    return made


def bands_on(window: MainWindow) -> dict[str, str]:
    """The band of each row of the page, by its title or text."""
    sheets = window.page.rows.sheets.sheets
    return {row_words.who(sheet): row_words.band(sheet) for sheet in sheets}


def chip_texts(window: MainWindow) -> list[str]:
    return [chip.text() for chip in window.page.findChildren(Chip) if not chip.isHidden()]


def test_rows_say_with_whom(office: Office, given: Handover) -> None:
    window = office.sit(OWNER)
    window.open_slot(day_slot(FIRST))
    assert bands_on(window) == {
        "Ромашкина Анна": "with Петрова",
        "Забрать каталоги": "with Петрова",
    }
    index = window.page.rows.sheets.index_of("loose-sheet")
    assert index.data(SHEET_ROLE).handover.uid == given.uid
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "with Петрова until 9 Dec" in spoken
    window = office.sit(COLLEAGUE)
    window.open_slot(day_slot(FIRST))
    assert set(bands_on(window).values()) == {"for Иванов"}
    window.open_slot(day_slot(LAST))
    assert bands_on(window) == {"смета": "for Иванов"}, "a slip of the dossier too"


def test_own_dossiers_have_no_band(office: Office, given: Handover, uids: list[str]) -> None:
    window = office.sit(OWNER)
    window.open_dossier(uids[2])
    assert set(bands_on(window).values()) == {""}
    assert window.panel.head.band.isHidden()


@pytest.mark.parametrize(
    ("days", "stage", "tone", "said"),
    [
        (0, Stage.AHEAD, Tone.PLAIN, "with Петрова until 9 Dec"),
        (1, Stage.RUNNING, Tone.PROMISE, "with Петрова until 9 Dec"),
        (14, Stage.RUNNING, Tone.PROMISE, "with Петрова until 9 Dec"),
        (15, Stage.OVERDUE, Tone.OCCASION, "with Петрова until 9 Dec: overdue"),
    ],
)
def test_the_colours_follow_the_date(
    office: Office, given: Handover, uids: list[str], days: int, stage: Stage, tone: Tone, said: str
) -> None:
    office.today = TODAY + timedelta(days=days)
    window = office.sit(OWNER)
    window.open_dossier(uids[0])
    band = window.panel.head.band
    assert given.stage(office.today) is stage
    assert band.text() == "with Петрова until 9 Dec"
    assert band.accessibleName() == f"Open the handover: {said}"
    assert band_tone(given, office.today) is tone
    assert band._tone is tone


def test_the_band_of_the_owner_opens_the_handover(
    office: Office, given: Handover, uids: list[str], qtbot: QtBot
) -> None:
    window = office.sit(OWNER)
    window.open_dossier(uids[0])
    band = window.panel.head.band
    band.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is band
    qtbot.keyClick(band, Qt.Key.Key_Space)
    dialog = office.dialog(HandoversDialog)
    assert dialog.current is not None
    assert dialog.current.uid == given.uid


def test_the_band_of_the_colleague_gives_back(
    office: Office, given: Handover, uids: list[str]
) -> None:
    window = office.sit(COLLEAGUE)
    window.open_dossier(uids[0])
    assert window.panel.head.band.text() == "for Иванов until 9 Dec"
    window.panel.head.band.click()
    assert office.dialog(GiveBackDialog)


def test_the_band_goes_with_the_handover(office: Office, given: Handover, uids: list[str]) -> None:
    window = office.sit(OWNER)
    window.open_dossier(uids[0])
    band: Band = window.panel.head.band
    assert not band.isHidden()
    window.desk.act(lambda: ending.end(given))
    assert band.isHidden()
    assert set(bands_on(window).values()) == {""}
    window.undo()
    assert not band.isHidden()


def test_the_search_says_where_it_is(
    office: Office, given: Handover, uids: list[str], qtbot: QtBot
) -> None:
    window = office.sit(OWNER)
    assert [found.band for found in find("ромашкина")] == ["with Петрова until 9 Dec"]
    assert [found.band for found in find("позже")] == [""]
    window.actions_.find()
    window.topbar.search.edit.insert("ромашк")
    window.topbar.search.edit.textEdited.emit("ромашк")
    (row,) = window.search.results()
    assert row.band == "with Петрова until 9 Dec"


def test_logging_tells_that_the_colleague_does_not_hear_of_it(
    office: Office, given: Handover, uids: list[str]
) -> None:
    window = office.sit(OWNER)
    window.actions_.log(uids[0])
    dialog = office.dialog(LogDialog)
    assert not dialog.away.isHidden()
    assert dialog.away.text() == (
        "The dossier is with Петрова until 9 Dec: tell your colleague about this contact."
    )
    dialog.text.setPlainText("Позвонила мне")
    office.accept(dialog)
    window.actions_.log(uids[2])
    assert office.dialog(LogDialog).away.isHidden()
    window = office.sit(COLLEAGUE)
    window.actions_.log(uids[0])
    assert office.dialog(LogDialog).away.isHidden(), "it is the colleague's to work with"


def test_what_is_overdue_is_among_the_notices(
    office: Office, given: Handover, uids: list[str]
) -> None:
    office.today = LAST + timedelta(days=2)
    window = office.sit(OWNER)
    text = "Overdue since 9 Dec: Петрова (3)"
    assert [notice.text for notice in notices_on(office.today) if notice.handover] == [text]
    assert text in chip_texts(window)
    chip = next(chip for chip in window.page.findChildren(Chip) if chip.text() == text)
    chip.click()
    assert office.dialog(HandoversDialog)
    window = office.sit(COLLEAGUE)
    text = "Due back on 9 Dec: Иванов (3)"
    assert text in chip_texts(window)
    chip = next(chip for chip in window.page.findChildren(Chip) if chip.text() == text)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert office.dialog(GiveBackDialog)


def test_the_notice_goes_with_the_handover(
    office: Office, given: Handover, uids: list[str], qtbot: QtBot
) -> None:
    office.today = LAST + timedelta(days=2)
    window = office.sit(OWNER)
    text = "Overdue since 9 Dec: Петрова (3)"
    assert text in chip_texts(window)
    assert not any(window.page.has(uid) for uid in uids), "they lie elsewhere"
    window.desk.act(lambda: ending.end(given))
    qtbot.waitUntil(lambda: text not in chip_texts(window))
    window.undo()
    qtbot.waitUntil(lambda: text in chip_texts(window))


def test_a_handover_that_is_no_longer_there_is_told(
    office: Office, given: Handover, uids: list[str]
) -> None:
    window = office.sit(COLLEAGUE)
    window.undo()
    window.actions_.handover(given.uid)
    assert "There is no handover" in office.dialog(Message).text.text()


def test_nothing_is_overdue_on_the_last_day(office: Office, given: Handover) -> None:
    office.today = LAST
    office.sit(OWNER)
    assert given.direction is Direction.GIVEN
    assert not [notice for notice in notices_on(LAST) if notice.handover]


def test_paper_says_where_it_is(office: Office, given: Handover, uids: list[str]) -> None:
    office.sit(OWNER)
    for kind in (PrintKind.BRIEF, PrintKind.DOSSIER):
        for uid, is_away in ((uids[0], True), (uids[2], False)):
            made = printing.draw(printing.prepare(kind, [uid], printing.options()))
            assert ("with Петрова until 9 Dec" in text_on(made.data)) == is_away


def text_on(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text: str = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    return text


def test_handed_on_it_is_with_the_third(
    office: Office, desks: Desks, given: Handover, uids: list[str]
) -> None:
    desks.give(COLLEAGUE, "Котов", uids[0])
    window = office.sit(COLLEAGUE)
    window.open_dossier(uids[0])
    assert window.panel.head.band.text() == "with Котов until 9 Dec"
    window.open_slot(day_slot(FIRST))
    assert bands_on(window)["Ромашкина Анна"] == "with Котов"
