"""The owner looks at what a colleague did, and takes it over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dossier_app.domain.binder import day_slot
from dossier_app.domain.handover.records import State
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Channel, NextStep, Person, Promise, Side, StepKind
from dossier_app.domain.when import When
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import attach, pasted, store
from dossier_app.services.dossiers import load_dossier, save_dossier, set_field
from dossier_app.services.handover import ending
from dossier_app.services.steps import finish
from dossier_app.storage import contents
from dossier_app.ui.handover.review import ReviewDialog
from dossier_app.ui.widgets import Button, Label
from tests.services.handover.desks import FIRST, LAST, TODAY, Desks
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office


def shown(dialog: ReviewDialog) -> list[str]:
    """Every text about the dossier that is chosen."""
    inside = dialog.detail.widget()
    return [label.text() for label in inside.findChildren(Label) if label.text()]


def work(uid: str) -> None:
    """A call with all that comes of it, a document, and a field."""
    contact = Contact(
        Channel.CALL,
        text="Просит скидку",
        agreed="Решим в среду",
        promises=[Promise(Side.OURS, "прислать расчёт", LAST)],
        next=When(day_place(LAST)),
        step=NextStep(StepKind.VISIT, "на площадке"),
    )
    log_contact(uid, contact)
    attach(uid, [finish(store(pasted("Расчёт.txt", b"new content")))])
    set_field(uid, "status", "постоянный")


@pytest.fixture
def update(desks: Desks, uids: list[str]) -> Path:
    """What the colleague did with the first of two dossiers. The owner changed the status
    too, and the second one alone."""
    handover, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        work(uids[0])
    sent = desks.give_back(COLLEAGUE, handover)
    with desks.at(OWNER):
        set_field(uids[0], "status", "новый")
        set_field(uids[1], "note", "сам")
    return sent


def test_what_was_done_is_told_and_nothing_is_applied(
    office: Office, desks: Desks, uids: list[str], update: Path
) -> None:
    before = desks.state(OWNER)
    office.sit(OWNER)
    dialog = office.open(update, ReviewDialog)
    assert dialog.windowTitle() == "Петрова tells what was done"
    texts = shown(dialog)
    assert texts[:3] == ["Ромашкина Анна", "ООО «Ромашка»", "Changed by both of you"]
    for text in (
        "Просит скидку\nAgreed: Решим в среду",
        "Wednesday, 9 December. Visit: на площадке",
        "before: Thursday, 26 November. Call: узнать",
        "We promised",
        "прислать расчёт, by 9 December",
        "Расчёт.txt, 1 KB",
    ):
        assert text in texts
    (contact,) = (text for text in texts if text.endswith("Call, Петрова"))
    assert contact.startswith("25 Nov")
    assert [option.text() for option in dialog.detail.options[0]] == ["новый", "постоянный"]
    assert not any(option.isChecked() for option in dialog.detail.options[0])
    assert dialog.closing.text() == (
        "1 dossier is taken over, with 1 contact. "
        "1 difference is open: yours stays, and the next package asks again."
    )
    rows = [row if isinstance(row, str) else row.name for row in dialog.dossiers.rows.rows]
    assert rows == ["Ромашкина Анна", "1 without news", "Липатова Вера"]
    dialog.reject()
    office.leave()
    assert desks.state(OWNER) == before


def test_taking_over_is_one_undo_and_opens_today(
    office: Office, desks: Desks, uids: list[str], update: Path
) -> None:
    before = desks.state(OWNER)
    window = office.sit(OWNER)
    window.open_slot(day_slot(LAST))
    office.accept(office.open(update, ReviewDialog))
    assert window.toast.text == "1 dossier taken over"
    assert window.slot == day_slot(TODAY)
    mine = load_dossier(uids[0])
    assert (mine.place, mine.status, mine.history[0].author) == (
        day_place(LAST),
        "новый",
        COLLEAGUE,
    )
    assert b"".join(contents.read(mine.documents[-1].sha256)) == b"new content"
    assert load_dossier(uids[1]).note == "сам"
    window.undo()
    office.leave()
    assert desks.state(OWNER) == before


def test_a_conflict_is_decided_by_the_keyboard(
    office: Office, desks: Desks, uids: list[str], update: Path, qtbot: QtBot
) -> None:
    office.sit(OWNER)
    dialog = office.open(update, ReviewDialog)
    mine, theirs = dialog.detail.options[0]
    mine.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(mine, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is theirs
    assert not theirs.isChecked(), "nothing is chosen by moving about"
    qtbot.keyClick(theirs, Qt.Key.Key_Space)
    assert theirs.isChecked()
    assert "open" not in dialog.closing.text()
    office.accept(dialog)
    assert load_dossier(uids[0]).status == "постоянный"


def test_what_is_left_open_is_asked_again(
    office: Office, desks: Desks, uids: list[str], update: Path
) -> None:
    office.sit(OWNER)
    office.accept(office.open(update, ReviewDialog))
    dialog = office.open(update, ReviewDialog)
    assert dialog.dossiers.rows.rows[0].below == "both changed it"
    dialog.detail.options[0][0].click()
    office.accept(dialog)
    assert load_dossier(uids[0]).status == "новый"
    again = office.open(update, ReviewDialog)
    assert "taken over before" in again.remark.text()
    assert not again.primary_button.isEnabled()
    assert load_dossier(uids[0]).status == "новый"


def test_a_dossier_can_be_left_out(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    handover, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        for uid in uids[:2]:
            log_contact(uid, Contact(Channel.NOTE, text="заметка"))
    sent = desks.give_back(COLLEAGUE, handover, final=True)
    office.sit(OWNER)
    dialog = office.open(sent, ReviewDialog)
    assert "The handover is over then." in dialog.closing.text()
    assert QApplication.focusWidget() is dialog.dossiers
    qtbot.keyClick(dialog.dossiers, Qt.Key.Key_Space)
    assert "The handover stays open." in dialog.closing.text()
    assert dialog.closing.text().startswith("1 dossier is taken over")
    office.accept(dialog)
    texts = [[entry.text for entry in load_dossier(uid).history] for uid in uids[:2]]
    assert texts == [["говорили"], ["заметка"]]
    rest = office.open(sent, ReviewDialog)
    office.accept(rest)
    assert load_dossier(uids[0]).history[0].text == "заметка"
    assert ending.all_handovers()[0].state is State.ENDED


def test_the_last_package_ends_the_handover_also_without_news(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    handover, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    sent = desks.give_back(COLLEAGUE, handover, final=True)
    window = office.sit(OWNER)
    window.open_dossier(uids[0])
    assert not window.panel.head.band.isHidden()
    dialog = office.open(sent, ReviewDialog)
    assert "Nothing was done" in dialog.remark.text()
    office.accept(dialog)
    assert ending.handover_of(uids[0]) is None
    window.open_dossier(uids[0])
    assert window.panel.head.band.isHidden()


def test_an_older_package_says_nothing_new(office: Office, desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, file)
    sent = []
    for text in ("первый", "второй"):
        with desks.at(COLLEAGUE):
            log_contact(uids[0], Contact(Channel.NOTE, text=text))
        sent.append(desks.give_back(COLLEAGUE, handover))
    desks.take_back(OWNER, sent[1])
    before = desks.state(OWNER)
    office.sit(OWNER)
    dialog = office.open(sent[0], ReviewDialog)
    assert "newer update from Петрова" in dialog.remark.text()
    assert not dialog.primary_button.isEnabled()
    dialog.reject()
    office.leave()
    assert desks.state(OWNER) == before


def test_people_are_counted_alike_when_asked_and_when_chosen(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    """The owner takes the first person out: the second one is asked about by his own path."""
    with desks.at(OWNER):
        dossier = load_dossier(uids[0])
        dossier.people.append(Person("Ёлкин", "Пётр"))
        save_dossier(dossier)
    handover, file = desks.give(OWNER, COLLEAGUE, uids[0])
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        set_field(uids[0], "people.1.position", "директор")
    sent = desks.give_back(COLLEAGUE, handover)
    with desks.at(OWNER):
        dossier = load_dossier(uids[0])
        second = replace(dossier.people[1], position="мастер", main=True)
        save_dossier(replace(dossier, people=[second]))
    office.sit(OWNER)
    dialog = office.open(sent, ReviewDialog)
    (asked,) = dialog.dossiers.rows.rows[0].asked
    assert (asked.label, asked.mine, asked.theirs) == (
        "Ёлкин Пётр: Position",
        "мастер",
        "директор",
    )
    dialog.detail.options[0][1].click()
    office.accept(dialog)
    (person,) = load_dossier(uids[0]).people
    assert person.position == "директор"


def test_all_differences_of_a_dossier_in_one_press(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    handover, file = desks.give(OWNER, COLLEAGUE, uids[0])
    desks.accept(COLLEAGUE, file)
    for who, word in ((COLLEAGUE, "она"), (OWNER, "он")):
        with desks.at(who):
            set_field(uids[0], "status", word)
            set_field(uids[0], "source", word)
    sent = desks.give_back(COLLEAGUE, handover)
    office.sit(OWNER)
    dialog = office.open(sent, ReviewDialog)
    theirs = next(
        button for button in dialog.detail.findChildren(Button) if button.text() == "All as Петрова"
    )
    qtbot.keyClick(theirs, Qt.Key.Key_Space)
    assert [pair[1].isChecked() for pair in dialog.detail.options] == [True, True]
    office.accept(dialog)
    mine = load_dossier(uids[0])
    assert (mine.status, mine.source) == ("она", "она")


def test_a_long_list_scrolls_by_the_arrows(
    office: Office, desks: Desks, uids: list[str], qtbot: QtBot
) -> None:
    handover, file = desks.give(OWNER, COLLEAGUE, uids[0])
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        for number in range(30):
            log_contact(uids[0], Contact(Channel.NOTE, text=f"заметка {number}"))
    sent = desks.give_back(COLLEAGUE, handover)
    office.sit(OWNER)
    dialog = office.open(sent, ReviewDialog)
    qtbot.keyClick(dialog.dossiers, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.detail
    bar = dialog.detail.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(dialog.detail, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_conflicts_of_every_kind_have_labels_and_values(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    """No path and no JSON on the screen, whatever both have changed."""
    with desks.at(OWNER):
        attach(uids[1], [finish(store(pasted("Смета.txt", b"offer")))])
        set_field(uids[1], "people.0.forms.relationship_card.cuisine", "грузинская")
    handover, file = desks.give(OWNER, COLLEAGUE, uids[1], private=True)
    desks.accept(COLLEAGUE, file)
    with desks.at(COLLEAGUE):
        change_everything(uids[1], "она")
    sent = desks.give_back(COLLEAGUE, handover)
    with desks.at(OWNER):
        change_everything(uids[1], "он")
    office.sit(OWNER)
    dialog = office.open(sent, ReviewDialog)
    asked = dialog.dossiers.rows.rows[0].asked
    told = {item.label: (item.mine, item.theirs) for item in asked}
    assert told["Note"] == ("он", "она")
    assert told["Липатова Вера: Favourite cuisine"] == ("он", "она")
    assert told["смета он: By when"] == ("27 November 2026", "1 December 2026")
    assert told["смета он: Text"] == ("смета он", "смета она")
    for item in asked:
        text = f"{item.label} {item.mine} {item.theirs}"
        assert not any(mark in text for mark in ("{", "[", "_", "None", "True", "2026-"))
        assert item.label and item.mine and item.theirs
    assert len(asked) >= 7


def change_everything(uid: str, word: str) -> None:
    dossier = load_dossier(uid)
    late = word == "она"
    dossier.note, dossier.company, dossier.source = word, f"ООО {word}", word
    dossier.place = day_place(LAST if late else FIRST)
    dossier.step = NextStep(text=word)
    person = dossier.people[0]
    person.surname, person.note = f"Липатова {word}" if late else "Липатова", word
    person.lead_days = 3 if late else 5
    for promise in dossier.promises:
        promise.text = f"смета {word}"
        promise.due = FIRST.replace(month=12, day=1) if late else FIRST.replace(day=27)
    save_dossier(dossier)
    set_field(uid, "people.0.forms.relationship_card.cuisine", word)
    set_field(uid, "cadence", "2 weeks" if late else "3 weeks")
