"""Planning an absence in the window: from the dates to the packages on the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.privacy import NOTES
from dossier_app.domain.handover.records import State
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import (
    Dossier,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.exchange.package import Package
from dossier_app.services import slips
from dossier_app.services.calendar_editing import own_days
from dossier_app.services.documents import attach, pasted, store
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.handover import ending, keys, packages, planning
from dossier_app.services.session import open_session
from dossier_app.services.steps import finish
from dossier_app.services.undoing import undo
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog
from dossier_app.ui.handover.plan_dialog import PlanAbsenceDialog
from dossier_app.ui.handover.plan_entries import Entry, Part
from dossier_app.ui.handover.seal_dialog import SealDialog
from dossier_app.ui.main_window import MainWindow
from tests.ui.conftest import AGREED
from tests.ui.typing_keys import press, press_key

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
Show = Callable[[PaperDialog], PaperDialog]


@pytest.fixture
def work(desk: Desk) -> str:
    """What falls in the first half of December besides the meeting that is agreed: a call
    with a promise, a visit with a document, a loose sheet. Returns the uid of the sheet."""
    call = NextStep(StepKind.CALL, "Ask about the drawings")
    promise = Promise(Side.OURS, "send the estimate", date(2026, 12, 9))
    zhukov = Person("Zhukov", "Lev", main=True)
    create_dossier(
        Dossier(
            uid="call",
            people=[zhukov],
            company="Mill",
            place=day_place(date(2026, 12, 1)),
            step=call,
            promises=[promise],
        )
    )
    visit = NextStep(StepKind.VISIT, "Measure the hall", time(9, 30), 90)
    adams = Person("Adams", "Ann", main=True)
    create_dossier(
        Dossier(uid="visit", people=[adams], place=day_place(date(2026, 12, 3)), step=visit)
    )
    attach("visit", [finish(store(pasted("plan.txt", b"hall")))])
    attach("visit", [finish(store(pasted("price.txt", b"secret price")))])
    sheet = Slip(SlipKind.REMINDER, date(2026, 12, 2), "Order paper")
    slips.add_slip(sheet)
    return sheet.uid


@pytest.fixture
def plan(desk: Desk, work: str, window: QWidget, show: Show) -> PlanAbsenceDialog:
    """The dialog as it opens for the first time."""
    made = show(PlanAbsenceDialog(window, desk))
    assert isinstance(made, PlanAbsenceDialog)
    return made


def type_days(plan: PlanAbsenceDialog, qtbot: QtBot, first: str, last: str) -> None:
    """Type both dates where the keyboard is, and wait for what falls in them."""
    press(qtbot, first, Qt.Key.Key_Tab, last)
    qtbot.waitUntil(lambda: not plan._pause.isActive())


def open_days(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    """The days in which there is work, with the keyboard on the list."""
    type_days(plan, qtbot, "26.11", "11.12")
    plan.rows.setFocus()


def lines(plan: PlanAbsenceDialog) -> list[Entry]:
    return list(plan.rows.entries.rows)


def whom(plan: PlanAbsenceDialog) -> dict[str, str | None]:
    return {entry.name: entry.whom for entry in lines(plan)}


def give(plan: PlanAbsenceDialog, qtbot: QtBot, name: str) -> None:
    """Type a name over the chosen lines."""
    for letter in name:
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClicks(target, letter)
    press_key(ENTER)
    qtbot.waitUntil(plan.rows.hasFocus)


def sealing(plan: PlanAbsenceDialog, qtbot: QtBot) -> SealDialog:
    """Go on to the packages by keyboard."""
    press_key(ENTER, CTRL)
    (dialog,) = plan.findChildren(SealDialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def seal_for_own_key(seal: SealDialog, number: int) -> None:
    """By a key instead of a passphrase, which takes longer."""
    lock = seal.boxes[number].lock
    lock.how.setFocus()
    lock.how._group.button(1).click()
    lock.key.setText(keys.identity().age_key)


def opened(path: Path, passphrase: str = "") -> Package:
    return packages.open_package(path, keys.known_identity(), passphrase)


def test_a_whole_plan_by_keyboard(
    plan: PlanAbsenceDialog, work: str, qtbot: QtBot, tmp_path: Path
) -> None:
    assert plan.days.first.edit.hasFocus() and plan.nothing.isVisible()
    open_days(plan, qtbot)
    assert [(entry.when, entry.name, entry.what) for entry in lines(plan)] == [
        (
            "Tu 1 Dec",
            "Zhukov Lev",
            "Call: Ask about the drawings · 9 Dec We: send the estimate",
        ),
        ("We 2 Dec", "Order paper", "loose sheet"),
        ("Th 3 Dec", "Adams Ann", "09:30 Visit: Measure the hall"),
        ("Tu 8 Dec", "Sidorova Olga", "10:00 Meeting: Visit the site"),
    ]
    assert plan.closing.text() == "3 dossiers and 1 loose sheet have nobody yet."
    # The first two to one colleague, by one name; then the rest to another.
    press_key(Qt.Key.Key_Down, SHIFT)
    give(plan, qtbot, "Petrova")
    assert plan.rows.hasFocus() and plan.rows.current.name == "Adams Ann"
    assert plan.closing.text() == "Still without a person: 2 dossiers."
    press_key(Qt.Key.Key_A, CTRL)
    give(plan, qtbot, "Orlov")
    assert whom(plan) == {
        "Zhukov Lev": "Petrova",
        "Order paper": "Petrova",
        "Adams Ann": "Orlov",
        "Sidorova Olga": "Orlov",
    }
    assert plan.closing.text() == "Everything has somebody."
    assert plan.primary_button.text() == "Make 2 packages…"
    seal = sealing(plan, qtbot)
    seal.lie_in(str(tmp_path))
    phrase = seal.boxes[0].lock.phrase.text()
    seal_for_own_key(seal, 1)
    press_key(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(seal.made), timeout=20_000)
    assert sorted(path.name for path in tmp_path.glob("*.dossier*")) == [
        "For Orlov 2026-11-26.dossier",
        "For Petrova 2026-11-26.dossier",
    ]
    petrova = opened(tmp_path / "For Petrova 2026-11-26.dossier", phrase.replace(" ", ""))
    assert [item.uid for item in petrova.records.dossiers] == ["call"]
    assert [item.uid for item in petrova.records.loose] == [work]
    assert ending.handover_of(AGREED).colleague == "Orlov"
    with qtbot.waitSignal(plan.accepted):
        press_key(ENTER, CTRL)
    undo()
    assert all(item.state is State.ENDED for item in ending.all_handovers())
    assert ending.handover_of("call") is None


def test_a_plan_is_kept_and_offered_again(
    plan: PlanAbsenceDialog, desk: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    type_days(plan, qtbot, "26.11", "11.12")
    press(qtbot, Qt.Key.Key_Tab, "holiday")
    plan.rows.setFocus()
    give(plan, qtbot, "Petrova")
    press_key(Qt.Key.Key_Space)  # the loose sheet waits
    plan.private.click()
    press_key(Qt.Key.Key_Escape)
    window.activateWindow()
    (kept,) = planning.all_absences()
    assert (kept.first_day, kept.last_day) == (date(2026, 11, 26), date(2026, 12, 11))
    again = show(PlanAbsenceDialog(window, desk))
    assert again.rows.hasFocus() and again.days.reason.text() == "holiday"
    assert again.stored.choice.currentText() == "26 Nov – 11 Dec · holiday"
    again.days.reason.setText("training")
    again.read()
    assert again.stored.choice.currentText() == "26 Nov – 11 Dec · training"
    assert whom(again)["Zhukov Lev"] == "Petrova" and whom(again)["Order paper"] == ""
    assert again.private.isChecked()
    again.stored.drop.click()
    assert planning.all_absences() == [] and again.days.first.text == ""
    undo()
    assert planning.all_absences() == [kept]


def test_an_absence_that_has_begun_is_offered_with_its_days(
    desk: Desk, work: str, window: QWidget, show: Show
) -> None:
    begun = Absence(date(2026, 11, 20), date(2026, 12, 2), "illness")
    planning.save_absence(begun)
    planning.save_absence(Absence(date(2026, 11, 2), date(2026, 11, 6)))
    dialog = show(PlanAbsenceDialog(window, desk))
    assert isinstance(dialog, PlanAbsenceDialog)
    assert dialog.days.span == (begun.first_day, begun.last_day)
    assert (
        "Zhukov Lev" in whom(dialog)
        and dialog.days.first.said == "Friday, 20 November · has passed"
    )
    assert dialog.stored.choice.count() == 2, "what is over is not offered"
    dialog.stored.choice.setFocus()
    press_key(Qt.Key.Key_Down)
    dialog.stored.choice.activated.emit(1)
    assert dialog.days.span is None and dialog.nothing.isVisible()


def test_a_plan_outlives_the_lock(
    plan: PlanAbsenceDialog, desk: Desk, folder: DataFolder, qtbot: QtBot
) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    desk.close()
    plan.done(0)
    session = open_session(folder)
    try:
        assert list(planning.all_absences()[0].chosen.values()) == ["Petrova"]
    finally:
        session.close()


def test_days_alone_leave_no_plan(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    press_key(Qt.Key.Key_Escape)
    assert planning.all_absences() == []


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("11.12", "26.11", "The last day of an absence cannot be before the first one."),
        ("26.11", "", "Type the first and the last day."),
        ("26.11", "34.12", ""),
        ("1.8.2027", "6.8.2027", "Nothing falls in these days, so there is nothing to hand over."),
        ("26.11", "11.12", "Choose a colleague for at least one line first."),
    ],
)
def test_what_cannot_be_handed_over_is_said(
    plan: PlanAbsenceDialog, qtbot: QtBot, first: str, last: str, why: str
) -> None:
    type_days(plan, qtbot, first, last)
    press_key(ENTER, CTRL)
    assert plan.closing.text() == why or (not why and "34.12" in plan.closing.text())
    assert plan.findChildren(SealDialog) == [] and ending.all_handovers() == []


def test_a_step_of_the_month_that_goes_on_can_wait(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    december = month_place(Month(2026, 12))
    person = Person("Yashin", "Lev", main=True)
    create_dossier(Dossier(people=[person], place=december, step=NextStep(text="Ask again")))
    open_days(plan, qtbot)
    assert (lines(plan)[-1].when, lines(plan)[-1].whom_words) == ("December", "can wait")
    assert plan.closing.text() == "3 dossiers and 1 loose sheet have nobody yet."


def test_what_was_given_and_fell_out_of_the_days_stays_in_sight(
    plan: PlanAbsenceDialog, qtbot: QtBot
) -> None:
    open_days(plan, qtbot)
    plan.rows.choose(2)
    give(plan, qtbot, "Orlov")
    plan.days.last.set_text("2.12")
    qtbot.waitUntil(lambda: not plan._pause.isActive())
    assert [entry.name for entry in lines(plan)] == ["Zhukov Lev", "Order paper", "Adams Ann"]
    assert lines(plan)[2].what == "nothing in these days"
    assert plan.primary_button.text() == "Make the package…"
    plan.rows.setFocus()
    plan.rows.choose(2)
    press_key(Qt.Key.Key_Delete)
    assert len(lines(plan)) == 2 and plan.primary_button.text() == "Make packages…"


def test_a_name_is_completed_and_gives_once(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    give(plan, qtbot, "pet")  # known by now
    assert whom(plan)["Order paper"] == "Petrova"
    assert whom(plan)["Adams Ann"] is None, "one Enter gives one line"
    press_key(Qt.Key.Key_Up)
    press_key(Qt.Key.Key_Delete)
    assert whom(plan)["Order paper"] is None and plan.rows.current.name == "Order paper"


def test_escape_in_the_name_leads_back_to_the_list(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    press_key(Qt.Key.Key_P)
    assert plan.give_bar.whom.currentText() == "p" and not plan.rows.hasFocus()
    press_key(Qt.Key.Key_Escape)
    assert plan.rows.hasFocus() and plan.isVisible()
    assert plan.give_bar.whom.currentText() == ""


def test_a_name_that_was_typed_only_counts_too(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    for letter in "Orlov":
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClicks(target, letter)
    seal = sealing(plan, qtbot)
    assert [box.order(seal.folder).wish.colleague for box in seal.boxes] == ["Orlov"]


def test_tab_leads_through_the_dialog(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    plan.rows.choose(2)
    plan.days.days_off.setFocus()
    met: list[QWidget] = []
    for _ in range(40):
        press_key(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        met.append(here)
        if here is plan.primary_button:
            break
    wanted = [
        plan.rows,
        plan.give_bar.whom,
        plan.give_bar.wait,
        plan.private,
        plan.may_keep,
        plan.side.write_button,
        next(iter(plan.side.form.rows.values())),
        plan.side.documents[0],
        plan.side.documents[1],
        plan.cancel_button,
        plan.primary_button,
    ]
    assert plan.pills.isAncestorOf(met[0])
    assert [met.index(widget) for widget in wanted] == sorted(met.index(item) for item in wanted)


def test_one_part_is_looked_at(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    plan.look_at("Petrova")
    assert [entry.name for entry in lines(plan)] == ["Zhukov Lev"]
    shares = {day.date.day: (day.share_sheets, day.sheets) for day in plan.strip.days}
    assert shares[1] == (1, 1) and shares[3] == (0, 1)
    plan.look_at(Part.LEFT)
    assert len(lines(plan)) == 3
    for name in ("Petrova", "Orlov", "Orlov"):
        plan.rows.setFocus()
        give(plan, qtbot, name)
    assert plan.closing.text() == "Everything has somebody."
    assert len(lines(plan)) == 4, "nothing is left of that part: all lines show again"


def test_notes_are_written_beside_the_list(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    assert plan.rows.current.remark == "no notes yet"
    press_key(Qt.Key.Key_F2)
    press_key(ENTER)
    press(qtbot, "The drawings are late", ENTER)
    (form,) = [form for form in load_dossier("call").forms if form.template == NOTES]
    assert form.answers["state"].value == "The drawings are late"
    assert lines(plan)[0].remark == ""
    assert "done" not in plan.side.form.rows, "what the colleague answers is not asked here"


def test_a_document_stays_here(plan: PlanAbsenceDialog, qtbot: QtBot, tmp_path: Path) -> None:
    open_days(plan, qtbot)
    plan.rows.choose(2)
    assert [box.text() for box in plan.side.documents] == ["price.txt", "plan.txt"]
    give(plan, qtbot, "Orlov")
    plan.rows.choose(2)
    plan.side.documents[0].click()
    seal = sealing(plan, qtbot)
    seal.lie_in(str(tmp_path))
    seal_for_own_key(seal, 0)
    press_key(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(seal.made), timeout=20_000)
    (dossier,) = opened(seal._orders[0].path).records.dossiers
    assert [document.name for document in dossier.documents] == ["plan.txt"]


def test_terms_are_those_of_one_colleague_or_of_all(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    give(plan, qtbot, "Orlov")
    plan.look_at("Orlov")
    plan.private.click()
    plan.look_at(Part.ALL)
    assert plan.private.checkState() is Qt.CheckState.PartiallyChecked
    plan.may_keep.click()
    wishes = {wish.colleague: wish for wish in planning.wishes(plan._draft.absence)}
    assert (wishes["Petrova"].private, wishes["Petrova"].may_keep) == (False, True)
    assert (wishes["Orlov"].private, wishes["Orlov"].may_keep) == (True, True)


def test_stopped_work_leaves_nothing(plan: PlanAbsenceDialog, qtbot: QtBot, tmp_path: Path) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    seal = sealing(plan, qtbot)
    seal.lie_in(str(tmp_path))
    press_key(ENTER, CTRL)
    press_key(ENTER, CTRL)  # a second press changes nothing
    qtbot.waitUntil(lambda: seal._is_working)
    press_key(Qt.Key.Key_Escape)
    assert seal.isVisible() and seal.primary_button.isEnabled()
    assert seal.closing.text().startswith("Stopped")
    assert list(tmp_path.glob("*.dossier*")) == [] and ending.all_handovers() == []
    press_key(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(seal.made), timeout=20_000)
    assert len(ending.all_handovers()) == 1


def test_the_binder_is_closed_while_it_works(
    plan: PlanAbsenceDialog, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    seal = sealing(plan, qtbot)
    seal.lie_in(str(tmp_path))
    press_key(ENTER, CTRL)
    qtbot.waitUntil(lambda: seal._is_working)
    desk.close()
    assert list(tmp_path.glob("*.dossier*")) == []
    seal.done(0)
    plan.done(0)


def test_the_name_of_a_package_is_cut_to_what_a_disk_takes(
    plan: PlanAbsenceDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    seal = sealing(plan, qtbot)
    seal.boxes[0].file.setText("Щ" * 300)
    order = seal.boxes[0].order(tmp_path)
    assert order.path.suffix == ".dossier"
    order.path.with_name(order.path.name + ".new").touch()
    seal.done(0)
    plan.done(0)


@pytest.mark.parametrize("fault", ["gone", "there", "short", "key"])
def test_a_package_that_cannot_be_made_is_refused(
    plan: PlanAbsenceDialog, qtbot: QtBot, tmp_path: Path, fault: str
) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    seal = sealing(plan, qtbot)
    box = seal.boxes[0]
    seal.lie_in(str(tmp_path / "gone" if fault == "gone" else tmp_path))
    if fault == "there":
        (tmp_path / f"{box.file.text()}.dossier").touch()
    elif fault == "short":
        box.lock.phrase.setText("1234")
    elif fault == "key":
        box.lock.how._group.button(1).click()
        box.lock.key.setText("age1 that is none")
    seal.press_primary()
    qtbot.waitUntil(lambda: bool(seal._problem.text()))
    assert seal.isVisible() and ending.all_handovers() == []
    expected = {
        "gone": "There is no folder",
        "there": "is there already; choose another name.",
        "short": "at least 10 letters or digits",
        "key": "is no public key",
    }
    assert expected[fault] in seal._problem.text()


def test_what_is_away_cannot_be_given_again(
    plan: PlanAbsenceDialog, desk: Desk, window: QWidget, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    from dossier_app.services.handover import giving

    wish = giving.Wish(
        "Belov", date(2026, 12, 1), date(2026, 12, 4), ["call"], recipient=keys.identity().age_key
    )
    giving.create(wish, tmp_path / "a.dossier")
    open_days(plan, qtbot)
    plan.read()
    entry = lines(plan)[0]
    assert entry.away == "with Belov until 4 Dec" and entry.remark == "back before the end"
    plan.rows.choose(0)
    assert not plan.give_bar.whom.isEnabled()
    press_key(Qt.Key.Key_A, CTRL)
    give(plan, qtbot, "Orlov")
    assert whom(plan)["Zhukov Lev"] == "Belov" and whom(plan)["Adams Ann"] == "Orlov"
    assert "call" not in plan._draft.absence.chosen


def test_the_days_become_days_off_with_the_same_undo(
    plan: PlanAbsenceDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    plan.days.days_off.click()
    seal = sealing(plan, qtbot)
    seal.lie_in(str(tmp_path))
    seal_for_own_key(seal, 0)
    press_key(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(seal.made), timeout=20_000)
    assert date(2026, 12, 1) in [item.day for item in own_days()]
    undo()
    assert own_days() == [] and ending.handover_of("call") is None


def test_the_pack_of_a_package_is_printed(
    plan: PlanAbsenceDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    seal = sealing(plan, qtbot)
    seal.lie_in(str(tmp_path))
    seal_for_own_key(seal, 0)
    press_key(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(seal.made), timeout=20_000)
    seal.made[0].print_button.click()
    (pack,) = seal.findChildren(PreviewDialog)
    qtbot.waitUntil(pack.primary_button.isEnabled, timeout=20_000)
    pack.reject()


def test_the_tip_of_a_day_says_whose_share_it_is(plan: PlanAbsenceDialog, qtbot: QtBot) -> None:
    open_days(plan, qtbot)
    give(plan, qtbot, "Petrova")
    plan.look_at("Petrova")
    spot = QPoint(4, 4)
    QApplication.sendEvent(
        plan.strip, QHelpEvent(QEvent.Type.ToolTip, spot, plan.strip.mapToGlobal(spot))
    )
    assert QToolTip.text() == "Petrova: Thursday, 26 November · 0"
    QToolTip.hideText()


def test_the_key_of_the_window_opens_the_plan(
    main: MainWindow, opened: Callable[[], QDialog], qtbot: QtBot
) -> None:
    press_key(Qt.Key.Key_H, CTRL | SHIFT)
    dialog = opened()
    assert isinstance(dialog, PlanAbsenceDialog)
    dialog.reject()
    main.activateWindow()
