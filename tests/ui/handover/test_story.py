"""Two weeks of absence from the first date to the last undo, through the windows of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dossier_app.domain.binder import day_slot
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import State
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.domain.sheets import SheetType
from dossier_app.domain.when import When
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import attach, pasted, store
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier, set_field
from dossier_app.services.handover import ending
from dossier_app.services.slips import add_slip
from dossier_app.services.steps import finish
from dossier_app.services.templates import templates
from dossier_app.storage import contents, dossiers
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.handover.accept import AcceptDialog
from dossier_app.ui.handover.give_back import EndTakenDialog, GiveBackDialog
from dossier_app.ui.handover.opening import OpeningDialog
from dossier_app.ui.handover.plan_dialog import PlanAbsenceDialog
from dossier_app.ui.handover.review import ReviewDialog
from dossier_app.ui.handover.seal_dialog import SealDialog
from dossier_app.ui.main_window import MainWindow
from tests.services.handover.desks import FIRST, LAST, MARK, TODAY, Desks
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office
from tests.ui.typing_keys import press

CLIENTS = 40
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
WORKED = [day for day in DAYS if day.weekday() < 5]
AFTER = LAST + timedelta(days=1)
CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return


@pytest.fixture
def clients(desks: Desks) -> list[str]:
    """Forty clients under the working days of the absence, each with something private."""
    with desks.at(OWNER):
        return [create(number) for number in range(CLIENTS)]


def create(number: int) -> str:
    point = ContactPoint(ContactKind.PHONE, f"+7 495 000-10-{number:02}")
    hidden = ContactPoint(ContactKind.PHONE, f"+7 495 000-99-{number:02}", private=True)
    person = Person(f"Клиент{number:02}", "Анна", main=True, contact_points=[point, hidden])
    dossier = Dossier(
        f"ООО «Фирма {number}»",
        people=[person],
        note=MARK,
        note_private=True,
        place=day_place(WORKED[number % len(WORKED)]),
        step=NextStep(text=f"узнать {number}"),
    )
    if number % 4 == 0:
        promise = Promise(Side.OURS, f"смета {number}", WORKED[-1])
        dossier.promises = [promise]
        dossier.slips = [Slip(SlipKind.PROMISE, WORKED[-1], promise.text, promise_uid=promise.uid)]
    create_dossier(dossier)
    if number % 5 == 0:
        keep(dossier.uid, f"Предложение {number}.txt")
    return dossier.uid


def keep(uid: str, name: str) -> None:
    attach(uid, [finish(store(pasted(name, name.encode())))])


class Story:
    """The steps of both reps, each in a window or above it."""

    def __init__(self, office: Office, qtbot: QtBot, folder: Path) -> None:
        self.office, self._qtbot, self.folder = office, qtbot, folder
        self.by_dialog = 0

    def sit(self, who: str, day: date) -> MainWindow:
        self.office.today = day
        return self.office.sit(who)

    def hand_over(self) -> tuple[Path, str]:
        """Plan the absence, all to one colleague, and make the package; its passphrase."""
        window = self.sit(OWNER, TODAY)
        window.actions_.plan_absence()
        plan = self.office.dialog(PlanAbsenceDialog)
        press(self._qtbot, "26.11", Qt.Key.Key_Tab, "9.12")
        self._qtbot.waitUntil(lambda: len(plan.rows.entries.rows) == CLIENTS + 1)
        plan.rows.setFocus()
        self._qtbot.keyClick(plan.rows, Qt.Key.Key_A, CTRL)
        plan.give_bar.whom.setEditText(COLLEAGUE)
        plan.give_bar.give.click()
        self._qtbot.keyClick(plan, ENTER, CTRL)
        seal = self.office.dialog(SealDialog)
        seal.lie_in(str(self.folder))
        phrase = seal.boxes[0].lock.phrase.text()
        self._qtbot.keyClick(seal, ENTER, CTRL)
        self._qtbot.waitUntil(lambda: bool(seal.made), timeout=20_000)
        self._qtbot.keyClick(seal, ENTER, CTRL)
        (file,) = self.folder.glob("*.dossier")
        return file, phrase

    def accept(self, file: Path, phrase: str) -> MainWindow:
        """The colleague lets the file go on the window and types what she was told."""
        window = self.sit(COLLEAGUE, TODAY)
        opening = self.office.open(file, OpeningDialog)
        opening.passphrase.setText(phrase.replace(" ", "-"))
        with self._qtbot.waitSignal(opening.opened, timeout=20_000):
            opening.primary_button.click()
        self.office.accept(self.office.dialog(AcceptDialog))
        return window

    def work_a_day(self, day: date) -> None:
        """All that lies under the day gets its contact, the first one by the dialog."""
        window = self.sit(COLLEAGUE, day)
        window.open_slot(day_slot(day))
        sheets = [item for item in window.page.rows.sheets.sheets if item.type is SheetType.DOSSIER]
        for number, sheet in enumerate(sheets):
            if number == 0:
                self.log_by_dialog(window, sheet.uid)
            else:
                contact(sheet.uid, day, number)

    def log_by_dialog(self, window: MainWindow, uid: str) -> None:
        window.actions_.log(uid)
        dialog = self.office.dialog(LogDialog)
        assert dialog.away.isHidden()
        dialog.text.setPlainText("Просит скидку за предоплату")
        dialog.agreed.setText("Пришлю расчёт")
        dialog.promise.edit.setText("я, до пт: расчёт со скидкой")
        dialog.when.edit.setText("через 3 недели")
        self.office.accept(dialog)
        self.by_dialog += 1

    def give_back(self, day: date, name: str, *, final: bool = False) -> Path:
        """A package for the owner, begun at the band of a dossier."""
        window = self.sit(COLLEAGUE, day)
        (taken,) = ending.all_handovers()
        window.open_dossier(ending.dossiers_of(taken)[0])
        window.panel.head.band.click()
        dialog = self.office.dialog(GiveBackDialog)
        if final:
            dialog.how.setFocus()
            self._qtbot.keyClick(dialog.how, Qt.Key.Key_Right)
        file = self.folder / f"{name}.dossier"
        with self._qtbot.waitSignal(dialog.accepted, timeout=20_000):
            dialog.write(str(file))
        return file

    def review(self, day: date, file: Path) -> ReviewDialog:
        self.sit(OWNER, day)
        return self.office.open(file, ReviewDialog)


def contact(uid: str, day: date, number: int) -> None:
    """What a call brings: a new date, now and then a promise, a document, a fact."""
    promise = Promise(Side.THEIRS, f"оплата {number}", day + timedelta(days=5))
    log_contact(
        uid,
        Contact(
            Channel.CALL if number % 3 else Channel.MEETING,
            text=f"Разговор {day}",
            promises=[promise] if number % 2 else [],
            next=When(day_place(day + timedelta(days=28))),
            step=NextStep(text="решение по смете"),
        ),
    )
    if number % 3 == 1:
        keep(uid, f"Счёт {day} {number}.txt")
    if number % 3 == 2:
        set_field(uid, "people.0.position", f"директор {number}")


def change(uid: str, who: str) -> None:
    """The same things are changed, otherwise by each."""
    dossier = load_dossier(uid)
    dossier.status, dossier.source = f"статус: {who}", f"откуда: {who}"
    dossier.people[0].position = f"должность: {who}"
    save_dossier(dossier)


@pytest.fixture
def story(office: Office, qtbot: QtBot, tmp_path: Path) -> Story:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Story(office, qtbot, folder)


def test_two_weeks_there_and_back(
    story: Story, office: Office, desks: Desks, clients: list[str]
) -> None:
    with desks.at(OWNER):
        sheet = Slip(SlipKind.REMINDER, WORKED[3], "Забрать каталоги")
        add_slip(sheet)

    # Before: planned and packed in one go, accepted by the passphrase.
    package, phrase = story.hand_over()
    office.leave()
    at_owner = desks.holds(OWNER)
    window = story.accept(package, phrase)
    assert window.toast.text == "Accepted: 40 dossiers · 1 loose sheet"
    assert window.slot == day_slot(FIRST)
    office.leave()
    assert MARK.encode() not in desks.holds(COLLEAGUE)
    assert b"000-99-" not in desks.holds(COLLEAGUE)

    # The first week; an update, which the owner takes over from afar.
    for day in WORKED[:5]:
        story.work_a_day(day)
    first = story.give_back(WORKED[4], "первый")
    office.leave()
    assert desks.holds(OWNER) == at_owner, "nothing is applied by itself"
    dialog = story.review(WORKED[4], first)
    assert not any(item.asked for item in dialog.chosen)
    touched = {item.one.uid for item in dialog.chosen}
    assert len(touched) == 20
    office.accept(dialog)
    assert {load_dossier(uid).history[0].author for uid in touched} == {COLLEAGUE}

    # The second week: both change the same dossiers, and one that only the owner changes.
    for uid in clients[:3]:
        change(uid, "он")
    set_field(clients[5], "note", "заметка владельца")
    log = story.sit(OWNER, WORKED[5])
    log.actions_.log(clients[6])
    asked = office.dialog(LogDialog)
    assert "tell your colleague" in asked.away.text()
    asked.text.setPlainText("Клиент позвонил мне")
    asked.when.edit.setText("через 5 недель")
    office.accept(asked)
    for day in WORKED[5:]:
        story.work_a_day(day)
    for uid in clients[:3]:
        change(uid, "она")
    lost = story.give_back(WORKED[-1], "потерян")
    keep(clients[7], "Последнее.txt")
    last = story.give_back(AFTER, "последний", final=True)
    office.dialog(EndTakenDialog).reject()  # first the owner takes it over
    office.leave()
    assert story.by_dialog == len(WORKED)

    # Back: every conflict is shown and decided, and one undo takes all back.
    before = desks.state(OWNER)
    dialog = story.review(AFTER, last)
    conflicts = [(item.one.uid, asked.label) for item in dialog.chosen for asked in item.asked]
    assert {uid for uid, _ in conflicts if uid in clients[:3]} == set(clients[:3])
    assert len([1 for uid, _ in conflicts if uid in clients[:3]]) == 9
    assert set(conflicts) - {one for one in conflicts if one[0] in clients[:3]} <= {
        (clients[6], "Next step")
    }
    decide(dialog, clients)
    assert "open" not in dialog.closing.text().replace("stays open", "")
    assert "The handover is over then." in dialog.closing.text()
    office.accept(dialog)
    window = office.window
    assert window is not None
    assert window.slot == day_slot(AFTER)
    equal_where_they_should_be(desks, office, clients)

    window = story.sit(OWNER, AFTER)
    window.undo()
    office.leave()
    assert desks.state(OWNER) == before
    with desks.at(OWNER):
        assert ending.all_handovers()[0].state is State.OPEN
    window = story.sit(OWNER, AFTER)
    window.redo()
    office.leave()

    # What comes late says nothing new; and the copies of the colleague go.
    after = desks.state(OWNER)
    late = story.review(AFTER, lost)
    assert "newer update" in late.remark.text()
    late.reject()
    window = story.sit(COLLEAGUE, AFTER)
    end = EndTakenDialog(window, window.desk, ending.all_handovers()[0])
    end.open()
    office.accept(end)
    assert dossiers.count() == 0
    office.leave()
    assert desks.state(OWNER) == after


def decide(dialog: ReviewDialog, clients: list[str]) -> None:
    """Theirs for the first client, mine for the second, mixed for the third."""
    for row, item in enumerate(dialog.dossiers.rows.rows):
        if isinstance(item, str) or not item.asked:
            continue
        dialog.dossiers.setCurrentIndex(dialog.dossiers.rows.index(row))
        assert len(dialog.detail.options) == len(item.asked)
        for number, pair in enumerate(dialog.detail.options):
            theirs = item.one.uid == clients[0] or (item.one.uid == clients[2] and number == 0)
            pair[theirs].click()


def equal_where_they_should_be(desks: Desks, office: Office, clients: list[str]) -> None:
    """All that went along is the same on both sides, but for what the owner kept his."""
    office.leave()
    with desks.at(OWNER):
        known = templates()
        mine = {
            uid: going_along(load_dossier(uid), known, private=False, author=OWNER)
            for uid in clients
        }
        whole = [load_dossier(uid) for uid in clients]
        for dossier in whole:
            for document in dossier.documents:
                assert b"".join(contents.read(document.sha256)) == document.name.encode()
    assert all(dossier.note in (MARK, "заметка владельца") for dossier in whole)
    with desks.at(COLLEAGUE):
        theirs = {uid: load_dossier(uid) for uid in clients}
    apart = {clients[5], clients[6]}  # the owner's own note and contact
    for uid in clients:
        if uid in apart:
            continue
        if uid in clients[1:3]:
            assert mine[uid].status != theirs[uid].status or uid == clients[2]
            theirs[uid] = with_own_values(theirs[uid], mine[uid])
        assert sorted_parts(mine[uid]) == sorted_parts(theirs[uid])
    assert mine[clients[0]].status == "статус: она"
    assert mine[clients[1]].status == "статус: он"
    texts = [entry.text for entry in mine[clients[6]].history]
    assert "Клиент позвонил мне" in texts
    assert {entry.author for entry in mine[clients[6]].history} == {OWNER, COLLEAGUE}


def with_own_values(theirs: Dossier, mine: Dossier) -> Dossier:
    """``theirs`` with the values that the owner decided for himself."""
    person = replace(theirs.people[0], position=mine.people[0].position)
    return replace(theirs, status=mine.status, source=mine.source, people=[person])


def sorted_parts(dossier: Dossier) -> Dossier:
    """The same dossier with its lists in one order."""
    names = ("history", "promises", "slips", "documents", "contact_points", "forms")
    lists = {name: sorted(getattr(dossier, name), key=lambda part: part.uid) for name in names}
    return replace(dossier, **lists)
