"""Looking at a colleague's dossiers and accepting them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dossier_app.domain.binder import day_slot
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    Person,
    Slip,
    SlipKind,
)
from dossier_app.services.documents import tidy
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.handover import ending, giving, keys
from dossier_app.services.slips import add_slip
from dossier_app.storage import contents
from dossier_app.ui.handover.accept import AcceptDialog, DatesDialog
from dossier_app.ui.messages import Message
from tests.services.handover.desks import FIRST, LAST, Desks, fill
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office


def chips(dialog: AcceptDialog) -> list[str]:
    return [row.chip for row in dialog.rows.rows.rows]


def test_what_a_package_brings_by_date(office: Office, desks: Desks, uids: list[str]) -> None:
    desks.give(OWNER, COLLEAGUE)
    with desks.at(OWNER):
        ending.end(ending.all_handovers()[0])
    handover, file = desks.give(OWNER, COLLEAGUE, *uids, may_keep=True, private=True)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    rows = dialog.rows.rows.rows
    assert [(row.title, row.chip) for row in rows] == [
        ("Ромашкина Анна", "Th 26 Nov"),
        ("Липатова Вера", "We 9 Dec"),
        ("Позже", "10 Dec"),
    ]
    assert rows[0].beside == "ООО «Ромашка»"
    assert rows[0].right == "2 documents"
    assert rows[0].below == "Call: узнать"
    assert rows[1].below == "We promised: смета"
    assert "2 documents" in dialog.terms.text()
    assert "With private facts" in dialog.terms.text()
    assert "may stay" in dialog.terms.text()
    assert dialog.warning.isHidden()
    assert dialog.detail.text() == "26 Nov: Call: узнать"
    assert "for Иванов until 9 Dec" in dialog.closing.text()
    assert dialog.from_whom.fingerprint.text().count(" ") == 3
    assert "first package" in dialog.from_whom.known.text()
    assert dialog.from_whom.compared.isHidden()
    assert handover.may_keep


def test_accepting_is_one_undo_and_opens_the_first(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    before = desks.state(COLLEAGUE)
    window = office.sit(COLLEAGUE)
    office.accept(office.open(file, AcceptDialog))
    assert window.toast.text == "Accepted: 2 dossiers"
    assert window.slot == day_slot(FIRST)
    assert window.panel.uid == uids[0]
    assert load_dossier(uids[0]).place == day_place(FIRST)
    (document,) = load_dossier(uids[0]).documents
    assert b"".join(contents.read(document.sha256)) == b"open"
    window.undo()
    assert window.panel.uid == ""
    office.leave()
    assert desks.state(COLLEAGUE) == before


def test_by_the_keyboard(office: Office, desks: Desks, uids: list[str], qtbot: QtBot) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    assert QApplication.focusWidget() is dialog.rows
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert "смета" in dialog.detail.text()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ending.handover_of(uids[1]) is not None


def test_own_clients_are_told_and_stay_apart(office: Office, desks: Desks, uids: list[str]) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    point = ContactPoint(ContactKind.PHONE, "+7 (495) 000-00-01")
    with desks.at(COLLEAGUE):
        own = Dossier(people=[Person("Ромашкина", "А.", main=True, contact_points=[point])])
        create_dossier(own)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    row = dialog.rows.rows.rows[0]
    assert row.below.startswith("perhaps your own Ромашкина А.: the same phone")
    assert "1 dossier may be a client of your own" in dialog.warning.text()
    assert "In your binder already: Ромашкина А. (the same phone)." in dialog.detail.text()
    office.accept(dialog)
    assert load_dossier(own.uid) == own
    assert load_dossier(uids[0]).name == "Ромашкина Анна"


def test_a_second_time_says_that_it_is_here(office: Office, desks: Desks, uids: list[str]) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    before = desks.state(COLLEAGUE)
    window = office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    assert "All of it is here already" in dialog.closing.text()
    assert dialog.primary_button.text() == "Show them"
    assert dialog.from_whom.known.text() == "The key is known."
    office.accept(dialog)
    assert window.slot == day_slot(FIRST)
    office.leave()
    assert desks.state(COLLEAGUE) == before


def test_a_changed_key_needs_a_tick(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, first = desks.give(OWNER, COLLEAGUE, uids[0])
    desks.accept(COLLEAGUE, first)
    forger = Desks(desks.path / "forger")
    with forger.at(OWNER):
        other = fill()
    file, key = desks.path / "forged.dossier", desks.key(COLLEAGUE)
    with forger.at(OWNER):
        giving.create(giving.Wish(COLLEAGUE, FIRST, LAST, other[:1], recipient=key), file)
    before = desks.state(COLLEAGUE)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    assert dialog._found.trust is keys.Trust.CHANGED
    assert "had another key before" in dialog.from_whom.known.text()
    dialog.primary_button.click()
    assert "Compare the fingerprint first" in dialog._problem.text()
    assert QApplication.focusWidget() is dialog.from_whom.compared
    dialog.reject()
    office.leave()
    assert desks.state(COLLEAGUE) == before
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    qtbot.keyClick(dialog.from_whom.compared, Qt.Key.Key_Space)
    office.accept(dialog)
    assert ending.handover_of(other[0]) is not None


def test_an_overlap_with_the_own_absence_is_told(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    with desks.at(COLLEAGUE):
        own = Dossier(company="Своя", place=day_place(FIRST))
        create_dossier(own)
    desks.give(COLLEAGUE, "Котов", own.uid)
    _, file = desks.give(OWNER, COLLEAGUE)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    assert "you are away yourself" in dialog.warning.text()


def test_loose_sheets_come_too(office: Office, desks: Desks, uids: list[str]) -> None:
    with desks.at(OWNER):
        sheet = Slip(SlipKind.REMINDER, FIRST, "Забрать каталоги")
        add_slip(sheet)
    _, file = desks.give(OWNER, COLLEAGUE, uids[0], loose=[sheet.uid])
    window = office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    assert dialog.windowTitle() == "1 dossier · 1 loose sheet from Иванов"
    assert dialog.rows.rows.rows[-1].title == "Забрать каталоги"
    office.accept(dialog)
    window.open_slot(day_slot(FIRST))
    assert window.page.has(sheet.uid)


def test_escape_while_documents_are_stored_leaves_nothing(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    before = desks.state(COLLEAGUE)
    window = office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    dialog.primary_button.click()  # the first slice has not run yet
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(AcceptDialog))
    list(tidy())
    assert not contents.has(hashlib.sha256(b"open").hexdigest())
    office.leave()
    assert desks.state(COLLEAGUE) == before


def test_what_is_here_as_an_own_dossier_is_refused_in_the_dialog(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    own = replace(desks.dossier(OWNER, uids[0]), history=[], documents=[])
    with desks.at(COLLEAGUE):
        create_dossier(own)
    office.sit(COLLEAGUE)
    dialog = office.open(file, AcceptDialog)
    dialog.primary_button.click()
    qtbot.waitUntil(lambda: "as a dossier of your own" in dialog._problem.text())
    assert dialog.isVisible()
    assert dialog.primary_button.isEnabled()


# --- other days


def prolonged(desks: Desks, days: int) -> Path:
    file = desks.file()
    with desks.at(OWNER):
        (handover,) = ending.all_handovers()
        giving.prolong(handover, LAST + timedelta(days=days), file)
    return file


def test_other_days_are_shown_before_they_are_taken(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    later = prolonged(desks, 9)
    window = office.sit(COLLEAGUE)
    dialog = office.open(later, DatesDialog)
    assert ending.all_handovers()[0].last_day == LAST
    office.accept(dialog)
    assert ending.all_handovers()[0].last_day == LAST + timedelta(days=9)
    assert window.toast.text == "With you until 18 Dec"
    again = office.open(later, DatesDialog)
    assert again.primary_button.isHidden()
    again.reject()
    window.undo()
    assert ending.all_handovers()[0].last_day == LAST


def test_days_of_dossiers_that_are_not_here(office: Office, desks: Desks, uids: list[str]) -> None:
    desks.give(OWNER, COLLEAGUE)
    later = prolonged(desks, 9)
    office.sit(COLLEAGUE)
    message = office.open(later, Message)
    assert "Accept the one with the dossiers first" in message.text.text()
