"""The list of handovers, what can be done with each, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.handover.records import Handover, State
from dossier_app.domain.records import Slip, SlipKind
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package.format import Sender
from dossier_app.exchange.package.sealing import new_identity
from dossier_app.services import slips
from dossier_app.services.handover import ending, giving, keys, packages
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.handover.give_back import EndTakenDialog, GiveBackDialog
from dossier_app.ui.handover.handovers_dialog import HandoversDialog
from dossier_app.ui.handover.handovers_prolong import ProlongDialog
from dossier_app.ui.handover.keys_dialog import KeysDialog
from dossier_app.ui.handover.plan_dialog import PlanAbsenceDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.messages import Question
from tests.conftest import TODAY
from tests.services.handover.desks import Desks
from tests.ui.conftest import AGREED, CADENCE, DUE
from tests.ui.handover.conftest import COLLEAGUE, OWNER, Office
from tests.ui.typing_keys import press, press_key

CTRL = Qt.KeyboardModifier.ControlModifier
Show = Callable[[PaperDialog], PaperDialog]


def hand(folder: Path, name: str, first: int, last: int, *uids: str) -> Handover:
    """Hand dossiers over from so many days after today to so many."""
    days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    own = keys.identity().age_key
    wish = giving.Wish(name, *days, uids, recipient=own)
    return giving.create(wish, folder / f"{name}.dossier").handover


@pytest.fixture
def three(desk: Desk, tmp_path: Path) -> list[Handover]:
    """One that is over by its date, one that is ended, one that runs."""
    late = hand(tmp_path, "Belov", -20, -2, CADENCE)
    over = hand(tmp_path, "Orlov", -9, 9, DUE)
    ending.end(over)
    running = hand(tmp_path, "Petrova", -1, 9, DUE, AGREED)
    return [late, over, running]


def dialog_of(show: Show, window: QWidget, desk: Desk) -> HandoversDialog:
    made = show(HandoversDialog(window, desk))
    assert isinstance(made, HandoversDialog)
    return made


def above(below: QWidget, kind: type[PaperDialog], qtbot: QtBot) -> PaperDialog:
    (found,) = below.findChildren(kind)
    found.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def shown(dialog: HandoversDialog) -> list[tuple[str, ...]]:
    return [(row.title, row.beside, row.right, row.below) for row in dialog.rows.rows.rows]


def actions(dialog: HandoversDialog) -> list[str]:
    return [button.text() for button, _ in dialog._side_buttons if not button.isHidden()]


def test_open_ones_come_first_with_what_is_known_of_them(
    three: list[Handover], desk: Desk, window: QWidget, show: Show
) -> None:
    dialog = dialog_of(show, window, desk)
    assert shown(dialog) == [
        ("Petrova", "24 Nov – 4 Dec", "9 days left", "2 dossiers · nothing has come back yet"),
        ("Belov", "5 – 23 Nov", "was to end on 23 Nov", "1 dossier · nothing has come back yet"),
        ("Orlov", "16 Nov – 4 Dec", "ended", "1 dossier · nothing has come back yet"),
    ]
    assert dialog.rows.hasFocus()
    assert actions(dialog) == [
        "Print the pack…",
        "Report of the absence…",
        "Prolong…",
        "End it early…",
    ]
    press_key(Qt.Key.Key_Down)
    assert actions(dialog)[-1] == "End it…"
    press_key(Qt.Key.Key_Down)
    assert actions(dialog) == ["Report of the absence…"]


def test_loose_sheets_are_counted_too(
    desk: Desk, window: QWidget, show: Show, tmp_path: Path
) -> None:
    sheet = Slip(SlipKind.REMINDER, TODAY, "Order paper")
    slips.add_slip(sheet)
    own = keys.identity().age_key
    wish = giving.Wish("Orlov", TODAY, TODAY, recipient=own, loose=[sheet.uid])
    giving.create(wish, tmp_path / "a.dossier")
    dialog = dialog_of(show, window, desk)
    assert shown(dialog)[0][3] == "1 loose sheet · nothing has come back yet"
    assert dialog._named.isHidden()


def test_the_one_whose_band_was_pressed_is_chosen(
    three: list[Handover], desk: Desk, window: QWidget
) -> None:
    dialog = HandoversDialog(window, desk, three[0])
    assert dialog.current is not None and dialog.current.uid == three[0].uid


def test_an_end_asks_first_and_can_be_taken_back(
    three: list[Handover], desk: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    dialog = dialog_of(show, window, desk)
    dialog.end_button.click()
    question = above(dialog, Question, qtbot)
    assert ending.handover_of(DUE) is not None, "not before the answer"
    question.primary_button.click()
    assert ending.handover_of(DUE) is None
    assert [row[0] for row in shown(dialog)] == ["Belov", "Petrova", "Orlov"]
    assert dialog.current is not None and dialog.current.colleague == "Petrova"
    undo()
    assert ending.handover_of(DUE) is not None


def test_prolonged_with_a_file_that_tells_the_days(
    three: list[Handover], desk: Desk, window: QWidget, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(show, window, desk)
    dialog.prolong_button.click()
    prolong = above(dialog, ProlongDialog, qtbot)
    assert isinstance(prolong, ProlongDialog)
    press_key(Qt.Key.Key_Return, CTRL)
    assert prolong.closing.text() == "Type the new last day."
    press(qtbot, "11.12")
    prolong.lock.how._group.button(1).click()
    prolong.lock.key.setText(keys.identity().age_key)
    assert prolong.submit() is False, "it asks for the place of the file"
    (place,) = prolong.findChildren(QDialog)
    place.reject()
    with qtbot.waitSignal(prolong.accepted, timeout=10_000):
        prolong.write(str(tmp_path / "days.dossier"))
    package = packages.open_package(tmp_path / "days.dossier", keys.known_identity())
    assert package.manifest.kind == layout.DATES
    assert package.manifest.last_day == date(2026, 12, 11) and not package.records.dossiers
    assert shown(dialog)[0][1] == "24 Nov – 11 Dec"


def test_prolonged_without_a_file(
    three: list[Handover], desk: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    dialog = dialog_of(show, window, desk)
    dialog.prolong_button.click()
    prolong = above(dialog, ProlongDialog, qtbot)
    assert isinstance(prolong, ProlongDialog)
    press(qtbot, "tomorrow")
    prolong.with_file.click()
    clock.set_today(TODAY + timedelta(days=2))
    desk.look_at_clock()
    prolong.press_primary()
    assert prolong.closing.text() == "This day has passed."
    prolong.last.set_text("11.12")
    prolong.press_primary()
    assert ending.handover_of(DUE).last_day == date(2026, 12, 11)


def test_nothing_yet_teaches_and_leads_to_the_plan(
    main: MainWindow, opened: Callable[[], QDialog], qtbot: QtBot
) -> None:
    press_key(Qt.Key.Key_H, CTRL)
    dialog = opened()
    assert isinstance(dialog, HandoversDialog)
    assert dialog._empty.isVisible() and not dialog.rows.isVisible()
    press_key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(main.findChildren(PlanAbsenceDialog)))
    (plan,) = main.findChildren(PlanAbsenceDialog)
    plan.reject()
    main.activateWindow()


def test_what_a_colleague_gave_is_given_back_before_it_ends(
    office: Office, desks: Desks, uids: list[str]
) -> None:
    _, file = desks.give(OWNER, COLLEAGUE, uids[0])
    desks.accept(COLLEAGUE, file)
    window = office.sit(COLLEAGUE)
    window.actions_.handovers()
    dialog = office.dialog(HandoversDialog)
    assert shown(dialog)[0][0] == OWNER
    assert actions(dialog)[0] == "Update, or give back…" and "Prolong…" not in actions(dialog)
    dialog.back_button.click()
    office.dialog(GiveBackDialog).reject()
    dialog.end_button.click()
    office.dialog(EndTakenDialog).primary_button.click()
    assert ending.all_handovers()[0].state is State.ENDED


def test_keys_are_copied_and_forgotten(
    desk: Desk, window: QWidget, show: Show, qtbot: QtBot
) -> None:
    other = new_identity()
    keys.pin(Sender("Petrova", other.signing_key, other.age_key), new_key=False)
    dialog = show(KeysDialog(window, desk))
    assert isinstance(dialog, KeysDialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == keys.identity().age_key
    assert dialog.fingerprint.text() == keys.identity().fingerprint
    (row,) = dialog.rows.rows.rows
    assert (row.title, row.right) == ("Petrova", other.fingerprint)
    dialog.forget_button.click()
    question = above(dialog, Question, qtbot)
    question.primary_button.click()
    assert keys.colleagues() == [] and dialog.nobody.isVisible()
    assert not dialog.forget_button.isVisible()


def test_the_day_that_turns_turns_the_words(
    three: list[Handover], desk: Desk, window: QWidget, show: Show
) -> None:
    dialog = dialog_of(show, window, desk)
    clock.set_today(TODAY + timedelta(days=9))
    desk.look_at_clock()
    assert shown(dialog)[0][2] == "last day today"
