"""The colleague gives back what was done, and parts with the copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain.handover.records import Handover, State
from dossier_app.domain.place import TRAY, day_place
from dossier_app.domain.records import Channel, Slip, SlipKind
from dossier_app.domain.when import When
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.handover import ending, reviewing
from dossier_app.services.slips import add_slip, tick
from dossier_app.services.undoing import journal_lines
from dossier_app.storage import dossiers
from dossier_app.ui.handover.give_back import EndTakenDialog, GiveBackDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.widgets import Label
from tests.services.handover.desks import FIRST, LAST, Desks, work_at
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office


@pytest.fixture
def handover(desks: Desks, uids: list[str]) -> Handover:
    """Two dossiers are with the colleague; with the first one she worked for a day."""
    made, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        work_at(uids[0], "звонила")
    return made


def opened(office: Office, uid: str) -> tuple[MainWindow, GiveBackDialog]:
    """The dialog, opened by a press on the band."""
    window = office.sit(COLLEAGUE)
    window.open_dossier(uid)
    window.panel.head.band.click()
    return window, office.dialog(GiveBackDialog)


def write(office: Office, dialog: GiveBackDialog, file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted, timeout=15_000):
        dialog.write(str(file))


def test_what_was_done_is_told(office: Office, handover: Handover, uids: list[str]) -> None:
    _, dialog = opened(office, uids[0])
    rows = [(row.title, row.below) for row in dialog.rows.rows.rows]
    assert rows == [
        ("Ромашкина Анна", "1 contact · another next step · 1 promise · 1 document · 1 change"),
        ("Липатова Вера", "nothing was done"),
    ]
    texts = [label.text() for label in dialog.detail.widget().findChildren(Label)]
    assert "звонила" in texts
    assert any(text.startswith("Wednesday, 9 December. Call") for text in texts)
    assert "обещано звонила, by 9 December" in texts
    assert "звонила.txt, 1 KB" in texts
    assert dialog.closing.text() == "1 dossier has news for Иванов."
    assert "go on working" in dialog.meaning.text()


def test_an_update_goes_to_the_owner(
    office: Office, desks: Desks, handover: Handover, uids: list[str], qtbot: QtBot
) -> None:
    window, dialog = opened(office, uids[0])
    file = desks.file()
    write(office, dialog, file, qtbot)
    assert window.toast.text == f"{file.name} is written: give it to Иванов."
    assert ending.handover_of(uids[0]) is not None
    office.leave()
    desks.take_back(OWNER, file)
    assert desks.dossier(OWNER, uids[0]).history[0].text == "звонила"


def test_the_place_is_asked_for(
    office: Office, handover: Handover, uids: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    _, dialog = opened(office, uids[0])
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QFileDialog)))
    asked = dialog.findChild(QFileDialog)
    assert asked.defaultSuffix() == "dossier"
    assert Path(asked.selectedFiles()[0]).name == "For Иванов 2026-11-25.dossier"
    asked.reject()
    assert dialog.isVisible()


def test_a_place_that_cannot_be_written_is_told(
    office: Office, handover: Handover, uids: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    _, dialog = opened(office, uids[0])
    dialog.write(str(tmp_path / "no folder" / "a.dossier"))
    qtbot.waitUntil(lambda: "cannot be written" in dialog._problem.text())
    assert dialog.primary_button.isEnabled()


@pytest.mark.parametrize("end", ["escape", "program"])
def test_the_end_while_it_is_written_leaves_no_file(
    office: Office, handover: Handover, uids: list[str], tmp_path: Path, end: str
) -> None:
    window, dialog = opened(office, uids[0])
    folder = tmp_path / "out"
    folder.mkdir()
    dialog.write(str(folder / "a.dossier"))
    assert dialog.sealing._steps is not None
    while not list(folder.iterdir()):
        next(dialog.sealing._steps)
    if end == "escape":
        dialog.reject()
    else:
        window.desk.close()
    assert list(folder.iterdir()) == []


def test_for_good_the_copies_go(
    office: Office, desks: Desks, handover: Handover, uids: list[str], qtbot: QtBot
) -> None:
    window, dialog = opened(office, uids[0])
    dialog.how.setFocus()
    qtbot.keyClick(dialog.how, Qt.Key.Key_Right)
    assert dialog.is_final
    assert "last package" in dialog.meaning.text()
    file = desks.file()
    write(office, dialog, file, qtbot)
    parting = office.dialog(EndTakenDialog)
    texts = [label.text() for label in parting.findChildren(Label)]
    assert any("cannot be taken back" in text for text in texts)
    assert parting.keep.isHidden(), "the owner did not allow it"
    assert parting.ahead.isHidden(), "all of it was given back"
    office.accept(parting)
    assert window.panel.uid == ""
    assert dossiers.count() == 0
    assert journal_lines() == []
    assert ending.all_handovers()[0].state is State.ENDED
    office.leave()
    with desks.at(OWNER):
        assert desks.open(file).manifest.final


def test_not_yet_keeps_everything(
    office: Office, desks: Desks, handover: Handover, uids: list[str], qtbot: QtBot
) -> None:
    _, dialog = opened(office, uids[0])
    dialog.how.choose("final")
    write(office, dialog, desks.file(), qtbot)
    office.dialog(EndTakenDialog).reject()
    assert ending.handover_of(uids[0]) is not None


def test_copies_stay_where_the_owner_allows(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE, may_keep=True)
    desks.accept(COLLEAGUE, file)
    window, dialog = opened(office, uids[0])
    dialog.how.choose("final")
    write(office, dialog, desks.file(), qtbot)
    parting = office.dialog(EndTakenDialog)
    qtbot.keyClick(parting.keep, Qt.Key.Key_Space)
    assert parting.primary_button.text() == "Keep and end"
    office.accept(parting)
    assert load_dossier(uids[0]).name == "Ромашкина Анна"
    assert ending.handover_of(uids[0]) is None
    assert window.panel.uid == uids[0]
    assert window.panel.head.band.isHidden()


def test_what_was_done_after_the_package_is_not_lost(
    office: Office, desks: Desks, handover: Handover, uids: list[str], qtbot: QtBot
) -> None:
    window, dialog = opened(office, uids[0])
    dialog.how.choose("final")
    write(office, dialog, desks.file(), qtbot)
    office.dialog(EndTakenDialog).reject()
    log_contact(uids[1], Contact(Channel.CALL, text="ещё звонок", next=When(TRAY)))
    EndTakenDialog(window, window.desk, ending.all_handovers()[0]).open()
    parting = office.dialog(EndTakenDialog)
    assert not parting.undone.isHidden()
    parting.primary_button.click()
    assert "Give it back" in parting._problem.text()
    assert dossiers.count() == 2
    assert QApplication.focusWidget() is parting.ahead
    qtbot.keyClick(parting.ahead, Qt.Key.Key_Space)
    office.accept(parting)
    assert dossiers.count() == 0


def test_loose_sheets_are_told_too(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    with desks.at(OWNER):
        sheet = Slip(SlipKind.REMINDER, FIRST, "Забрать каталоги")
        add_slip(sheet)
    _, file = desks.give(OWNER, COLLEAGUE, uids[0], loose=[sheet.uid])
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        tick(sheet.uid)
    _, dialog = opened(office, uids[0])
    row = dialog.rows.rows.rows[0]
    assert (row.title, row.below) == ("Loose sheets", "1 slip")
    update = desks.file()
    write(office, dialog, update, qtbot)
    office.leave()
    with desks.at(OWNER):
        found = reviewing.review(desks.open(update))
        assert [item.path for one in found.dossiers for item in one.applied] == [
            f"slips.{sheet.uid}.done_on"
        ]


def test_keys_move_through_what_was_done(
    office: Office, handover: Handover, uids: list[str], qtbot: QtBot
) -> None:
    _, dialog = opened(office, uids[0])
    assert QApplication.focusWidget() is dialog.rows
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    texts = [label.text() for label in dialog.detail.widget().findChildren(Label)]
    assert texts == ["Липатова Вера", "Nothing was done with it so far."]
    assert load_dossier(uids[0]).place == day_place(LAST)
