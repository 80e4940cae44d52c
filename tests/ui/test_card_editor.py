"""Filling forms in their place: every type of field, by keys alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.forms.filling import answers_of
from dossier_app.domain.forms.template import Field, FieldType, Option, Text
from dossier_app.domain.forms.values import check
from dossier_app.domain.records import Answer, ContactKind, FilledForm, Person
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.templates import INFO_SHEET, card, templates
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.edit_row import EditRow
from dossier_app.ui.dossier.editors import editor_for
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.dossier.prose import Prose
from tests.ui.typing_keys import press

DUE, OTHER = "due-today", "in-tray"
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Typed = list[str | Qt.Key]


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The panel at its usual width, its card in front."""
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(DUE)
    made.turn_to(Part.CARD)
    return made


def answer(key: str, uid: str = DUE) -> Answer:
    """What the database knows of a field of the main contact's card."""
    dossier = load_dossier(uid)
    return answers_of(card(), dossier, dossier.main_person).get(key, Answer(None))


def typing(field: Field) -> tuple[list[Typed], Any]:
    """What to type into each input of the field's editor, and the value that it means."""
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.ADDRESS:
            words = _LEGAL.get(field.check, f"Word of {field.key}")
            return [[words]], words
        case FieldType.PARTIAL_DATE:
            return [["8 march"]], "03-08"
        case FieldType.NAME:
            parts = {"surname": "Petrova", "given": "Anna", "patronymic": "Lvovna"}
            return [[part] for part in parts.values()], parts
        case FieldType.PHONES:
            phone = {"value": "+7 900 111-22-33", "label": "work"}
            return [[phone["value"]], [phone["label"]]], [phone]
        case FieldType.CHOICE:
            return [[KEY.Key_Down, KEY.Key_Down]], field.options[1].key
        case FieldType.SCALE:
            right: Typed = [KEY.Key_Right] * 4
            return [right, ["calls back"]], {"score": 4, "text": "calls back"}
        case FieldType.PARTS:
            keys, values = zip(*map(typing, field.parts), strict=True)
            value = {part.key: item for part, item in zip(field.parts, values, strict=True)}
            return [item for inputs in keys for item in inputs], value
        case FieldType.LIST if field.parts:
            keys, values = zip(*map(typing, field.parts), strict=True)
            value = {part.key: item for part, item in zip(field.parts, values, strict=True)}
            return [item for inputs in keys for item in inputs], [value]
        case FieldType.LIST:
            return [["Yacht club"]], ["Yacht club"]
    raise AssertionError(f"nobody knows how to type {field.type}")


_LEGAL = {
    "inn": "1697000012",
    "kpp": "169701001",
    "ogrn": "1151697000014",
    "bik": "049299001",
    "account": "40702810900000000001",
}


def fill(qtbot: QtBot, row: EditRow) -> Any:
    """Open a row, fill every input, store with Enter; returns the value that was meant."""
    inputs, value = typing(row.line.field)
    row.setFocus()
    press(qtbot, KEY.Key_Return)
    assert row.is_open
    for number, keys in enumerate(inputs):
        if number:
            press(qtbot, KEY.Key_Tab)
        press(qtbot, *keys)
    press(qtbot, KEY.Key_Return)
    assert not row.is_open, row.line.field.key
    return value


def test_all_fields_of_the_card_are_filled_by_keys(panel: DossierPanel, qtbot: QtBot) -> None:
    meant = {}
    for field in card().fields:
        meant[field.key] = fill(qtbot, panel.card.form.rows[field.key])
    assert len(meant) == 31
    assert {key: answer(key).value for key in meant} == meant
    assert answer("hobbies_sports").confirmed == date(2026, 11, 25)
    assert panel.tabs.tabToolTip(1) == "Card 31/31"  # narrow: the title alone is written


def test_all_fields_of_the_info_sheet_are_filled_by_keys(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.turn_to(Part.SHEET)
    meant = {key: fill(qtbot, row) for key, row in panel.sheet.form.rows.items()}
    dossier = load_dossier(DUE)
    known = answers_of(templates()[INFO_SHEET], dossier, None)
    assert {key: known[key].value for key in meant} == meant
    # What the form leaves to the contact points above it is nothing else.
    fields = {field.key for field in templates()[INFO_SHEET].fields}
    assert fields - meant.keys() == {"phones", "emails", "websites", "address", "legal_address"}


_OPTIONS = (Option("a", Text("а", "a")), Option("b", Text("б", "b")))
_PARTS = (Field("x", FieldType.TEXT, Text("x", "x")), Field("n", FieldType.NUMBER, Text("n", "n")))
_VALUES: dict[FieldType, Any] = {
    FieldType.TEXT: "<b>& 😀",
    FieldType.LONG_TEXT: "one\ntwo",
    FieldType.NUMBER: 12345.5,
    FieldType.MONEY: {"amount": "1234.50", "currency": "EUR"},
    FieldType.DATE: "2026-11-25",
    FieldType.PARTIAL_DATE: "1976-03",
    FieldType.TIME: "14:30",
    FieldType.PHONE: "+7 900 111-22-33",
    FieldType.PHONES: [{"value": "8 (900) 1", "label": "x"}, {"value": "2", "label": ""}],
    FieldType.EMAIL: "a@example.com",
    FieldType.NAME: {"surname": "A", "given": "B", "patronymic": ""},
    FieldType.ADDRESS: "street\nhouse",
    FieldType.CHOICE: "b",
    FieldType.MULTI_CHOICE: ["a", "b"],
    FieldType.SCALE: {"score": 3, "text": ""},
    FieldType.YES_NO: False,
    FieldType.LIST: ["a; b", "c"],
    FieldType.TABLE: [{"x": "1", "n": 2}, {"n": 3}],
    FieldType.PERSON: "4e2f9c9e-0d3c-4cf6-9df3-000000000001",
    FieldType.PARTS: {"x": "1", "n": 2, "gone": "of an older template"},
}


@pytest.mark.parametrize("kind", list(FieldType))
def test_every_type_has_an_editor_that_gives_back_what_it_shows(
    kind: FieldType, desk: Desk, qtbot: QtBot
) -> None:
    parts = _PARTS if kind in (FieldType.PARTS, FieldType.TABLE) else ()
    field = Field("f", kind, Text("f", "f"), options=_OPTIONS, parts=parts)
    person = Person("Orlov", "Ilya", uid=_VALUES[FieldType.PERSON])
    editor = editor_for(field, [person])
    qtbot.addWidget(editor)
    assert editor.value() is None
    value = check(field, _VALUES[kind])
    editor.show_value(value)
    assert editor.value() == value
    assert editor.inputs()
    editor.show_value(None)
    assert editor.value() is None


def test_a_birthday_without_a_year_stays_so(panel: DossierPanel, qtbot: QtBot) -> None:
    row = panel.card.form.rows["birth"]
    row.setFocus()
    press(qtbot, KEY.Key_F2, "8 march", KEY.Key_Tab, "Tula", KEY.Key_Return)
    assert answer("birth").value == {"date": "03-08", "place": "Tula"}
    assert row.line.text == "8 March, Tula"
    panel.show_dossier(OTHER)
    panel.show_dossier(DUE)
    assert panel.card.form.rows["birth"].line.text == "8 March, Tula"
    # Opened and left without a change, it is what it was.
    row.setFocus()
    press(qtbot, KEY.Key_Return, KEY.Key_Return)
    assert answer("birth").value == {"date": "03-08", "place": "Tula"}


def test_what_is_refused_stays_typed_and_says_why(panel: DossierPanel, qtbot: QtBot) -> None:
    row = panel.card.form.rows["birth"]
    row.setFocus()
    press(qtbot, KEY.Key_Return, "31 february", KEY.Key_Return)
    assert row.is_open
    texts = [part.text() for part in row.findChildren(Prose) if part.isVisible()]
    assert any("no such date" in text for text in texts)
    assert row.editor is not None
    date_input, place_input = row.editor.inputs()
    assert date_input.property("wrong")
    assert not place_input.property("wrong")
    assert answer("birth").value is None
    press(qtbot, KEY.Key_Escape)
    assert not row.is_open
    assert row.hasFocus()


def test_each_line_is_one_undo(panel: DossierPanel, desk: Desk, qtbot: QtBot) -> None:
    before = load_dossier(DUE)
    for key in ("cuisine", "phones"):
        fill(qtbot, panel.card.form.rows[key])
    assert panel.card.form.rows["cuisine"].line.text == "Word of cuisine"
    desk.act(undo)
    assert panel.card.form.rows["cuisine"].line.text == "Word of cuisine"
    desk.act(undo)
    assert panel.card.form.rows["cuisine"].line.text == ""
    assert load_dossier(DUE) == before


def test_tab_fills_the_card_in_one_go(panel: DossierPanel, qtbot: QtBot) -> None:
    rows = panel.card.form.rows
    rows["cuisine"].setFocus()
    # Typing opens an empty row; the source is the last input of a row.
    qtbot.keyClicks(QApplication.focusWidget(), "g")
    press(qtbot, "fish", KEY.Key_Tab, "told by her aide", KEY.Key_Tab, "Linen", KEY.Key_Return)
    assert (answer("cuisine").value, answer("cuisine").source) == ("fish", "told by her aide")
    assert answer("clothing_brand").value == "Linen"
    assert rows["public_activity"].hasFocus()


def test_emptying_takes_a_fact_away(panel: DossierPanel, qtbot: QtBot) -> None:
    row = panel.card.form.rows["cuisine"]
    fill(qtbot, row)
    row.setFocus()
    press(qtbot, KEY.Key_Return)
    here = QApplication.focusWidget()
    qtbot.keyClick(here, KEY.Key_A, CTRL)
    qtbot.keyClick(here, KEY.Key_Delete)
    press(qtbot, KEY.Key_Return)
    assert answer("cuisine").value is None


def test_choosing_another_dossier_stores_what_is_typed(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.card.form.rows["cuisine"].setFocus()
    press(qtbot, KEY.Key_Return, "fish")
    panel.show_dossier(OTHER)
    assert answer("cuisine").value == "fish"
    assert answer("cuisine", OTHER).value is None
    assert panel.card.form.rows["cuisine"].line.text == ""


def test_a_refused_text_waits_in_its_dossier(panel: DossierPanel, desk: Desk, qtbot: QtBot) -> None:
    panel.card.form.rows["birth"].setFocus()
    press(qtbot, KEY.Key_Return, "31 february")
    with qtbot.waitSignal(desk.refused) as heard:
        panel.show_dossier(OTHER)
    assert "waits in its dossier" in heard.args[0]
    assert not panel.card.form.rows["birth"].is_open
    panel.show_dossier(DUE)
    row = panel.card.form.rows["birth"]
    assert row.editor is not None
    assert row.editor.inputs()[0].property("text") == "31 february"
    row.setFocus()
    row.open()
    press(qtbot, "8 march", KEY.Key_Return)
    assert answer("birth").value == {"date": "03-08"}


def test_the_row_that_loses_the_keyboard_is_stored(panel: DossierPanel, qtbot: QtBot) -> None:
    rows = panel.card.form.rows
    rows["cuisine"].setFocus()
    press(qtbot, KEY.Key_Return, "fish")
    qtbot.mouseClick(rows["clothing_brand"], Qt.MouseButton.LeftButton)
    assert answer("cuisine").value == "fish"
    assert rows["clothing_brand"].is_open


def test_an_old_fact_is_confirmed_by_one_button(panel: DossierPanel, qtbot: QtBot) -> None:
    dossier = load_dossier(DUE)
    known = {"cuisine": Answer("fish", "her aide", date(2020, 5, 1))}
    dossier.people[0].forms.append(FilledForm(card().key, known))
    save_dossier(dossier)
    panel.refresh()
    row = panel.card.form.rows["cuisine"]
    assert row.line.old
    row.setFocus()
    press(qtbot, KEY.Key_Return, KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Space)
    assert answer("cuisine") == Answer("fish", "her aide", date(2026, 11, 25))
    assert not row.line.old


def test_answers_of_an_older_template_are_shown_and_kept(panel: DossierPanel, qtbot: QtBot) -> None:
    dossier = load_dossier(DUE)
    dossier.people[0].forms.append(FilledForm(card().key, {"pets": Answer("a parrot")}))
    save_dossier(dossier)
    panel.refresh()
    row = panel.card.form.rows["pets"]
    qtbot.waitUntil(row.isVisible)
    assert row.line.text == "a parrot"
    row.setFocus()
    press(qtbot, KEY.Key_Return)
    assert not row.is_open
    fill(qtbot, panel.card.form.rows["cuisine"])
    assert answer("pets").value == "a parrot"


def test_the_card_of_another_person(panel: DossierPanel, qtbot: QtBot) -> None:
    dossier = load_dossier(DUE)
    dossier.people.append(Person("Gatina", "Alsu"))
    save_dossier(dossier)
    panel.refresh()
    panel.card.people.setFocus()
    press(qtbot, KEY.Key_Down)
    fill(qtbot, panel.card.form.rows["cuisine"])
    main, other = load_dossier(DUE).people
    assert not main.forms
    assert other.forms[0].answers["cuisine"].value == "Word of cuisine"


def test_a_card_without_a_person_asks_for_one(panel: DossierPanel, qtbot: QtBot) -> None:
    dossier = load_dossier(OTHER)
    dossier.people = []
    dossier.company = "OOO Volna"
    save_dossier(dossier)
    panel.show_dossier(OTHER)
    assert not panel.card.form.isVisible()
    line = panel.card.new_person
    line.setFocus()
    press(qtbot, "Orlova Maria Lvovna", KEY.Key_Return)
    assert load_dossier(OTHER).people[0].full_name == "Orlova Maria Lvovna"
    assert panel.card.form.rows["full_name"].line.text == "Orlova Maria Lvovna"


def test_several_phones_and_a_dropped_one(panel: DossierPanel, qtbot: QtBot) -> None:
    row = panel.card.form.rows["phones"]
    row.setFocus()
    press(qtbot, KEY.Key_Return, KEY.Key_Tab, "mobile", KEY.Key_Tab, "8 495 000-11-22")
    press(qtbot, KEY.Key_Tab, "work", KEY.Key_Return)
    points = load_dossier(DUE).people[0].contact_points
    assert [(p.kind, p.value, p.label) for p in points] == [
        (ContactKind.PHONE, "+7 926 123-45-67", "mobile"),
        (ContactKind.PHONE, "8 495 000-11-22", "work"),
    ]


def test_a_refused_row_is_not_tried_again_while_others_are_used(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    rows = panel.card.form.rows
    rows["birth"].setFocus()
    press(qtbot, KEY.Key_Return, "31 february")
    rows["emotionality"].setFocus()
    assert rows["birth"].editor is not None
    line = rows["birth"].editor.inputs()[0]
    assert line.property("wrong")
    line.setProperty("text", "30 february")  # whoever types takes the mark away
    assert not line.property("wrong")
    rows["reliability"].setFocus()
    assert not line.property("wrong")
    assert panel.commit() is False
    assert line.property("wrong")
