"""The dossier panel: what it shows, what it lets change, and how it follows changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.assets import asset
from dossier_app.domain import clock
from dossier_app.domain.language import set_catalogues, tr, use_language, using_language
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
    Document,
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
from dossier_app.exchange.collecting import USUAL_LABELS
from dossier_app.services import editing, refiling
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.overview_lines import OccasionLine, PersonLine
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.dossier.rows import PointRow, PromiseRow
from dossier_app.ui.widgets import Chip, Label
from tests.ui.typing_keys import press

DUE, NEW, FULL = "due-today", "in-tray", "full"
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NOON = datetime.fromisoformat("2026-11-11T12:00:00+03:00")


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The panel at its usual width with a dossier that has something of everything."""
    create_dossier(_full())
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(FULL)
    return made


def _full() -> Dossier:
    card = {
        "birth": Answer({"date": "12-01"}),
        "favourite_topics": Answer("yachts, new hall"),
        "taboo_topics": Answer("politics"),
    }
    kate = Person(
        "Belova",
        "Kate",
        position="buyer",
        role=Role.DECISION_MAKER,
        main=True,
        contact_points=[ContactPoint(ContactKind.PHONE, "+7 900 111-22-33", "mobile")],
        forms=[FilledForm("relationship_card", card)],
    )
    promise = Promise(Side.OURS, "the estimate", date(2026, 11, 27), uid="estimate")
    return Dossier(
        uid=FULL,
        company="OOO Volna",
        tags=["Kazan"],
        people=[kate, Person("Gatina", "Alsu", uid="gatina")],
        contact_points=[ContactPoint(ContactKind.EMAIL, "info@example.com")],
        place=day_place(date(2026, 11, 25)),
        history=[
            HistoryEntry(NOON, Channel.CALL, text="asked for a sum", minutes=12),
            HistoryEntry(NOON - timedelta(days=9), Channel.EMAIL, text="sent the list"),
        ],
        promises=[promise, Promise(Side.THEIRS, "the list", date(2026, 11, 20))],
        slips=[Slip(SlipKind.PROMISE, date(2026, 11, 27), "estimate", promise_uid="estimate")],
        documents=[Document("offer.pdf", 120_000, "0" * 64, date(2026, 11, 2), uid="offer")],
    )


def words(widget: QWidget) -> list[str]:
    """Every text that can be read on ``widget``."""
    kinds = (Prose, Label, Chip)
    parts = [part for kind in kinds for part in widget.findChildren(kind)]
    return [part.text() for part in parts if part.text()]


def test_the_overview_answers_before_a_call(panel: DossierPanel) -> None:
    assert panel.head.name.text() == "Belova Kate"
    assert {"buyer · OOO Volna", "decides", "Kazan"} <= set(words(panel.head))
    assert "Next step · today, call" in words(panel.step)
    shown = words(panel.overview)
    assert {"yachts · new hall", "politics", "private"} <= set(shown)
    assert [line.accessibleName() for line in panel.overview.contacts] == [
        "11 Nov call, 12 min\nasked for a sum",
        "2 Nov mail\nsent the list",
    ]
    (occasion,) = panel.overview.findChildren(OccasionLine)
    assert occasion.accessibleName() == "Belova Kate: birthday, Tuesday, 1 December"
    rows = panel.overview.findChildren(PromiseRow)
    assert [row.text() for row in rows] == ["We: the estimate", "Client: the list"]
    assert "overdue" in rows[1].accessibleName()
    assert "overdue" not in rows[0].accessibleName()


def test_who_decides_is_seen_also_without_a_number(panel: DossierPanel, desk: Desk) -> None:
    gatina = partial(editing.set_person, FULL, "gatina", "role")
    assert [line.accessibleName() for line in panel.overview.findChildren(PersonLine)] == [
        "Gatina Alsu"
    ]
    desk.act(partial(gatina, "decision_maker"))
    line = panel.overview.findChildren(PersonLine)[-1]
    assert line.accessibleName() == "Gatina Alsu, decides"
    assert not line.isHidden()


def test_a_question_leads_to_its_answer(panel: DossierPanel, qtbot: QtBot) -> None:
    assert len(panel.overview.questions) == 3
    asked = panel.overview.questions[0]
    asked.setFocus()
    press(qtbot, KEY.Key_Space)
    assert panel.part is Part.CARD
    qtbot.waitUntil(lambda: isinstance(panel.window().focusWidget(), QLineEdit | QPlainTextEdit))
    press(qtbot, "sailing", KEY.Key_Return)
    (kate, _) = load_dossier(FULL).people
    answers = [answer.value for answer in kate.forms[0].answers.values()]
    assert "sailing" in answers
    panel.turn_to(Part.OVERVIEW)
    assert asked.text() not in [row.text() for row in panel.overview.questions]


def test_the_overview_says_less_where_there_is_less_room(
    panel: DossierPanel, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    """A usual client is seen without scrolling in a window of 1280 x 800."""
    said = "Liked the estimate, cannot compare it without the delivery. Asks for a new sum. " * 3
    entries = [
        HistoryEntry(NOON - timedelta(days=9 * n), Channel.CALL, text=said, minutes=12)
        for n in range(9)
    ]
    full = load_dossier(FULL)
    full.history = entries
    window.resize(1280, 800)
    panel.setGeometry(0, 0, 388, 736)
    desk.act(partial(save_dossier, full))
    bar = panel.overview.verticalScrollBar()
    shown = [line for line in panel.overview.contacts if not line.isHidden()]
    low = [line.heightForWidth(348) for line in shown]
    assert bar.maximum() == 0 and len(shown) == 3
    panel.setGeometry(0, 0, 480, 1016)
    qtbot.waitUntil(lambda: shown[0].heightForWidth(348) > low[0])
    assert bar.maximum() == 0
    assert said in shown[0].toolTip()


def test_tabs_count_what_is_in_them(panel: DossierPanel) -> None:
    said = [panel.tabs.tabText(number) for number in range(panel.tabs.count())]
    assert [text.split()[0] for text in said] == [
        "Overview", "Card", "History", "Sheet", "Forms", "Documents",
    ]  # fmt: skip
    panel.turn_to(Part.DOCUMENTS)
    panel.show_dossier(NEW)
    assert panel.part is Part.DOCUMENTS


def test_a_promise_is_ticked_with_the_space_bar(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    row = panel.overview.findChildren(PromiseRow)[0]
    row.setFocus()
    with qtbot.waitSignal(desk.said) as heard:
        press(qtbot, KEY.Key_Space)
    assert heard.args == ["Kept: the estimate"]
    dossier = load_dossier(FULL)
    assert dossier.promises[0].kept_on == date(2026, 11, 25)
    assert dossier.slips[0].done_on == date(2026, 11, 25)
    qtbot.waitUntil(lambda: len(panel.overview.findChildren(PromiseRow)) == 1)
    assert panel.overview.findChildren(PromiseRow)[0].hasFocus()
    desk.act(undo)
    dossier = load_dossier(FULL)
    assert dossier.promises[0].kept_on is None
    assert dossier.slips[0].done_on is None


def test_a_quick_note_stands_first_in_the_history(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.HISTORY)
    panel.history.note.setFocus()
    press(qtbot, "asks for the act", KEY.Key_Return)
    entry = load_dossier(FULL).history[0]
    assert (entry.channel, entry.text) == (Channel.NOTE, "asks for the act")
    assert panel.history.note.text() == ""
    assert panel.history.list.entries.index(0).data() == "asks for the act"
    assert panel.tabs.tabToolTip(2) == "History 3"
    assert load_dossier(FULL).place == day_place(date(2026, 11, 25))


def test_a_note_begun_waits_in_its_dossier(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.HISTORY)
    panel.history.note.setFocus()
    press(qtbot, "half a thought")
    panel.show_dossier(NEW)
    assert panel.history.note.text() == ""
    panel.show_dossier(FULL)
    assert panel.history.note.text() == "half a thought"


def test_the_history_filters_by_channel(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.HISTORY)
    model = panel.history.list.entries
    assert model.rowCount() == 2
    buttons = {
        button.accessibleName(): button
        for button in panel.history.channels.findChildren(QWidget)
        if not button.isHidden()
    }
    assert buttons.keys() == {"All channels: 2", "Call: 1", "Mail: 1"}
    buttons["Mail: 1"].setFocus()
    press(qtbot, KEY.Key_Space)
    assert [model.index(row).data() for row in range(model.rowCount())] == ["sent the list"]


def test_a_long_history_comes_as_it_is_scrolled(panel: DossierPanel, qtbot: QtBot) -> None:
    entries = [
        HistoryEntry(NOON - timedelta(hours=hour), Channel.CALL, text=f"entry {hour} " * 9)
        for hour in range(2_000)
    ]
    create_dossier(Dossier(uid="long", company="OOO Long", history=entries))
    panel.show_dossier("long")
    panel.turn_to(Part.HISTORY)
    history = panel.history.list
    assert panel.tabs.tabToolTip(2) == "History 2000"
    assert history.entries.rowCount() < 200
    bar = history.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return history.entries.rowCount() == 2_000

    qtbot.waitUntil(at_the_end)
    place = bar.value()
    panel.refresh()
    assert bar.value() == place


def test_it_follows_changes_and_stays_where_it_is(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.turn_to(Part.CARD)
    bar = panel.card.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(200)
    desk.act(partial(editing.set_answer, FULL, "info_sheet", "", "company", "OOO Priboy"))
    assert "buyer · OOO Priboy" in words(panel.head)
    assert panel.part is Part.CARD
    assert bar.value() == 200
    desk.act(partial(refiling.refile, [FULL], day_place(date(2026, 11, 26))))
    assert "Next step · tomorrow, call" in words(panel.step)


def test_an_undone_dossier_leaves_the_panel_empty(panel: DossierPanel, desk: Desk) -> None:
    desk.act(undo)
    assert panel.uid == ""
    panel.show_dossier(DUE)
    assert panel.uid == DUE
    panel.show_dossier(None)
    assert panel.uid == ""


@pytest.mark.parametrize(
    ("days", "headline"), [(-1, "Next step · tomorrow, call"), (2, "Left behind · Wednesday")]
)
def test_the_day_turns(panel: DossierPanel, desk: Desk, days: int, headline: str) -> None:
    clock.set_today(date(2026, 11, 25) + timedelta(days=days))
    desk.look_at_clock()
    assert any(text.startswith(headline) for text in words(panel.step))


def test_buttons_say_which_dossier_is_meant(panel: DossierPanel, desk: Desk, qtbot: QtBot) -> None:
    for signal, press_it in (
        (panel.log_wanted, panel.step.log.click),
        (panel.not_reached_wanted, panel.step.missed.click),
        (panel.refile_wanted, panel.more.refile_wanted.emit),
        (panel.print_wanted, panel.more.print_wanted.emit),
    ):
        with qtbot.waitSignal(signal) as heard:
            press_it()
        assert heard.args == [FULL]


def test_a_closed_dossier_can_be_taken_back(panel: DossierPanel, desk: Desk, qtbot: QtBot) -> None:
    desk.act(partial(refiling.close, [FULL], "moved away"))
    assert {"Closed on 25 November 2026", "moved away"} <= set(words(panel.step))
    assert not panel.step.log.isVisible()
    with qtbot.waitSignal(panel.refile_wanted) as heard:
        panel.step.take_back.click()
    assert heard.args == [FULL]


def test_phones_are_copied(panel: DossierPanel, window: QWidget, qtbot: QtBot) -> None:
    board = QGuiApplication.clipboard()
    row = panel.overview.findChildren(PointRow)[1]
    row.setFocus()
    press(qtbot, KEY.Key_Space)
    assert board.text() == "info@example.com"
    shift = CTRL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, KEY.Key_C, shift)
    assert board.text() == "+7 900 111-22-33"
    assert "Copied: +7 900 111-22-33" in words(panel.head)


@pytest.mark.parametrize("label", USUAL_LABELS)
def test_the_kind_of_a_number_is_told_in_the_language_of_the_program(
    panel: DossierPanel, label: str
) -> None:
    set_catalogues(asset("resources", "translations"))
    with using_language("ru"):
        row = PointRow(ContactPoint(ContactKind.PHONE, "+7 900 111-22-33", label), "")
        assert tr(label) in row.accessibleName()
        assert label not in row.accessibleName()


def test_people_are_added_changed_and_taken_out(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.turn_to(Part.SHEET)
    people = panel.sheet.people
    people.new.setFocus()
    press(qtbot, "Orlov Ilya Petrovich", KEY.Key_Return)
    added = load_dossier(FULL).people[2]
    assert (added.surname, added.given, added.patronymic) == ("Orlov", "Ilya", "Petrovich")

    block = people.blocks["gatina"]
    qtbot.waitUntil(block.rows["position"].isVisible)
    block.rows["position"].setFocus()
    press(qtbot, KEY.Key_Return, "foreman", KEY.Key_Return)
    assert block.rows["role"].hasFocus()
    press(qtbot, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    gatina = load_dossier(FULL).people[1]
    assert (gatina.position, gatina.role) == ("foreman", Role.DECISION_MAKER)

    block.make_main()
    assert [person.main for person in load_dossier(FULL).people] == [False, True, False]
    assert panel.head.name.text() == "Gatina Alsu"

    with qtbot.waitSignal(desk.said) as heard:
        block.remove()
    assert heard.args == ["Gatina Alsu was taken out of the dossier."]
    assert "gatina" not in people.blocks
    desk.act(undo)
    assert load_dossier(FULL).people[1] == replace(gatina, main=True)


def test_contact_points_are_added_changed_and_removed(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.turn_to(Part.SHEET)
    view = panel.sheet.points
    view.rows[""].setFocus()
    press(qtbot, KEY.Key_Return, "orders@example.com", KEY.Key_Return)
    old, new = load_dossier(FULL).contact_points
    assert (new.kind, new.value) == (ContactKind.EMAIL, "orders@example.com")

    view.rows[old.uid].setFocus()
    press(qtbot, KEY.Key_Return, KEY.Key_Tab, KEY.Key_Tab, "office", KEY.Key_Tab)
    press(qtbot, KEY.Key_Space, KEY.Key_Return)
    changed = load_dossier(FULL).contact_points[0]
    assert (changed.uid, changed.label, changed.private) == (old.uid, "office", True)

    view.rows[old.uid].setFocus()
    press(qtbot, KEY.Key_Return, *[KEY.Key_Tab] * 4, KEY.Key_Space)
    assert load_dossier(FULL).contact_points == [new]
    desk.act(undo)
    assert load_dossier(FULL).contact_points == [changed, new]


def test_the_note_may_be_private(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.SHEET)
    panel.sheet.note.setFocus()
    press(qtbot, KEY.Key_Return, "pays late", KEY.Key_Tab, KEY.Key_Space, KEY.Key_Return)
    dossier = load_dossier(FULL)
    assert (dossier.note, dossier.note_private) == ("pays late", True)


def test_open_editors_are_stored_with_their_own_dossier(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.SHEET)
    panel.sheet.note.setFocus()
    press(qtbot, KEY.Key_Return, "pays late")
    panel.show_dossier(NEW)
    assert load_dossier(FULL).note == "pays late"
    assert load_dossier(NEW).note == ""
    panel.sheet.people.new.setFocus()
    press(qtbot, "Orlova Maria")
    panel.show_dossier(FULL)
    assert [person.full_name for person in load_dossier(NEW).people] == [
        "Orlov Ilya",
        "Orlova Maria",
    ]
    assert len(load_dossier(FULL).people) == 2


def test_nothing_a_client_is_called_becomes_markup_or_breaks_the_panel(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    name = "<b>&" + "Я" * 300 + " 😀"
    hard: dict[str, Any] = {"hobbies_sports": Answer("ж" * 5_000)}
    person = Person(name, main=True, forms=[FilledForm("relationship_card", hard)])
    create_dossier(Dossier(uid="hard", people=[person], tags=["<i>" * 50] * 9))
    panel.show_dossier("hard")
    for part in (Part.OVERVIEW, Part.CARD, Part.HISTORY, Part.SHEET):
        panel.turn_to(part)
        assert not panel.grab().isNull()
        assert panel.minimumSizeHint().width() <= 330
    assert panel.head.name.text() == name
    assert panel.card.form.rows["hobbies_sports"].line.text == "ж" * 5_000


def test_the_language_changes_and_no_text_is_lost(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.HISTORY)
    panel.history.note.setFocus()
    press(qtbot, "half a thought")
    panel.turn_to(Part.CARD)
    panel.card.form.rows["birth"].setFocus()
    press(qtbot, KEY.Key_Return, "31 february")
    use_language("ru")
    panel.retranslate()
    assert panel.uid == FULL
    assert panel.part is Part.CARD
    assert "Любимая кухня" in words(panel.card)
    row = panel.card.form.rows["birth"]
    assert row.editor is not None
    assert row.editor.inputs()[0].property("text") == "31 february"
    panel.turn_to(Part.HISTORY)
    assert panel.history.note.text() == "half a thought"
