"""A new client is added once, after a look whether he is there already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.changes import Changes
from dossier_app.domain.place import TRAY, day_place
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.new_dossier import NewDossierDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(
    desk: Desk, window: QWidget, show: Callable[[NewDossierDialog], NewDossierDialog]
) -> NewDossierDialog:
    return show(NewDossierDialog(window, desk))


@pytest.fixture
def created(dialog: NewDossierDialog) -> list[str]:
    uids: list[str] = []
    dialog.created.connect(uids.append)
    return uids


def save(dialog: NewDossierDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, CTRL)


def test_a_client_with_everything(
    dialog: NewDossierDialog, created: list[str], qtbot: QtBot, broadcasts: list[Changes]
) -> None:
    for text in (
        "Smirnov Pavel", "Volga Ltd", "buyer", "fair", "8 916 555-00-11", "p@example.com",
        "First call", "tomorrow 11:00",
    ):  # fmt: skip
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.phone.text() == "+7 916 555-00-11"
    assert dialog.closing.text() == "The dossier goes under 26 November, 11:00."
    save(dialog, qtbot)

    assert not dialog.isVisible()
    [uid] = created
    made = load_dossier(uid)
    person = made.main_person
    assert person is not None
    assert (person.surname, person.given, person.position) == ("Smirnov", "Pavel", "buyer")
    assert [point.value for point in person.contact_points] == [
        "+7 916 555-00-11",
        "p@example.com",
    ]
    assert (made.company, made.source) == ("Volga Ltd", "fair")
    assert made.place == day_place(date(2026, 11, 26))
    assert made.step is not None
    assert (made.step.text, made.step.time, made.step.fixed) == ("First call", time(11), True)
    assert [changes.uids for changes in broadcasts] == [{uid}]
    undo()
    with pytest.raises(Exception, match="There is no dossier"):
        load_dossier(uid)


def test_a_company_is_known_by_its_name(
    dialog: NewDossierDialog, created: list[str], qtbot: QtBot
) -> None:
    dialog.name.insert("ООО «Лебедь»")
    assert dialog.closing.text().startswith("A company.")
    save(dialog, qtbot)
    made = load_dossier(created[0])
    assert (made.company, made.people, made.place) == ("ООО «Лебедь»", [], TRAY)


def test_the_same_client_shows_while_typing(dialog: NewDossierDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.phone, "8(926)1234567")
    qtbot.waitUntil(dialog.candidates.isVisible)
    [row] = dialog.candidates.rows
    assert row.accessibleName() == "Open Ivanova Marina: the same phone"
    dialog.phone.clear()
    qtbot.waitUntil(dialog.candidates.isHidden)


def test_enter_on_a_candidate_opens_that_dossier(
    dialog: NewDossierDialog, created: list[str], qtbot: QtBot
) -> None:
    opened: list[str] = []
    dialog.open_dossier.connect(opened.append)
    qtbot.keyClicks(dialog.name, "Ivanova Marina")
    qtbot.waitUntil(dialog.candidates.isVisible)
    dialog.candidates.rows[0].setFocus()
    qtbot.keyClick(dialog.candidates.rows[0], Qt.Key.Key_Return)
    assert opened == ["due-today"] and not created
    assert not dialog.isVisible()


def test_a_namesake_is_added_after_one_question(
    dialog: NewDossierDialog, created: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.name, "Ivanova Marina")
    save(dialog, qtbot)  # before the pause of typing is over: the look comes first
    assert dialog.isVisible() and not created
    assert dialog.primary_button.text() == "Add anyway"
    assert dialog.closing.text() == "It may be the same client. Add a second dossier anyway?"
    save(dialog, qtbot)
    assert len(created) == 1


def test_another_look_alike_is_asked_about_again(
    dialog: NewDossierDialog, created: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.name, "Petrov Oleg")
    save(dialog, qtbot)
    qtbot.keyClicks(dialog.phone, "+79261234567")
    save(dialog, qtbot)
    assert dialog.isVisible() and not created
    save(dialog, qtbot)
    assert len(created) == 1


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("name", "", "A name, a company, a phone or an e-mail is enough."),
        ("when", "some day", "The date is not understood yet."),
        ("step", "First call", "The next step needs a date; Alt+1 is tomorrow."),
    ],
)
def test_what_is_missing_is_said(
    dialog: NewDossierDialog,
    created: list[str],
    qtbot: QtBot,
    field: str,
    text: str,
    why: str,
) -> None:
    fields = {"name": dialog.name, "when": dialog.when.edit, "step": dialog.step.text}
    if field != "name":
        dialog.name.insert("Smirnov")
    qtbot.keyClicks(fields[field], text)
    assert dialog.closing.text() == why
    save(dialog, qtbot)
    assert dialog.isVisible() and not created


def test_what_was_typed_survives_esc(
    dialog: NewDossierDialog,
    desk: Desk,
    window: QWidget,
    show: Callable[[NewDossierDialog], NewDossierDialog],
    qtbot: QtBot,
) -> None:
    qtbot.keyClicks(dialog.name, "Smirnov")
    dialog.phone.insert("+7 916 555-00-11")
    qtbot.keyClick(dialog.phone, Qt.Key.Key_Escape)
    again = show(NewDossierDialog(window, desk))
    assert (again.name.text(), again.phone.text()) == ("Smirnov", "+7 916 555-00-11")
    save(again, qtbot)
    assert show(NewDossierDialog(window, desk)).name.text() == ""


def test_markup_and_quotes_survive(
    dialog: NewDossierDialog, created: list[str], qtbot: QtBot
) -> None:
    odd = "<b>&amp; 'x' \"y\" 👩‍🏭"
    dialog.company.insert(odd)
    dialog.source.insert(odd)
    save(dialog, qtbot)
    made = load_dossier(created[0])
    assert (made.company, made.source) == (odd, odd)


def test_it_fits_the_smallest_window(
    dialog: NewDossierDialog, window: QWidget, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.name, "Ivanova Marina")
    qtbot.waitUntil(dialog.candidates.isVisible)
    assert dialog.height() <= window.height() and dialog.width() <= window.width()
