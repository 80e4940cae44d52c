"""The tab of the forms: begun, filled, read and taken away by keys."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.forms.changing import retyped, with_changed
from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.domain.records import Slip
from dossier_app.services import forms, printing
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.editing import set_answer
from dossier_app.services.exporting import ExportKind, export
from dossier_app.services.searching import find
from dossier_app.services.templates import ALWAYS, save_template, templates
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.form_print import FormPrintDialog
from dossier_app.ui.dossier.edit_row import EditRow
from dossier_app.ui.dossier.editors import ChoiceEditor
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.dossier.table_text import TableText
from tests.ui.typing_keys import press

UID = "due-today"
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Typed = list[str | Qt.Key]
SHEETS = [key for key in templates() if key not in ALWAYS]


@pytest.fixture
def panel(desk: Desk, window: QWidget, qtbot: QtBot) -> DossierPanel:
    """The panel at its usual width, its forms in front."""
    made = DossierPanel(desk, window)
    made.setGeometry(0, 0, 390, 640)
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.show_dossier(UID)
    made.turn_to(Part.FORMS)
    return made


# What is typed for a type of one line, and what it means.
LINES: dict[FieldType, tuple[str, Any]] = {
    FieldType.NUMBER: ("12", 12),
    FieldType.MONEY: ("1500", {"amount": "1500.00", "currency": "RUB"}),
    FieldType.DATE: ("1.12.2026", "2026-12-01"),
    FieldType.TIME: ("14:30", "14:30"),
}


def typing(field: Field) -> tuple[list[Typed], Any]:
    """What to type into each input of the field's editor, and the value that it means."""
    if field.type in LINES:
        typed, value = LINES[field.type]
        return [[typed]], value
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.ADDRESS:
            return [[f"word-{field.key}"]], f"word-{field.key}"
        case FieldType.PARTIAL_DATE:
            return [["8 march"]], "03-08"
        case FieldType.CHOICE:
            return [[KEY.Key_Down]], field.options[0].key
        case FieldType.YES_NO:
            return [[KEY.Key_Down]], True
        case FieldType.PERSON:
            return [[KEY.Key_Down]], load_dossier(UID).people[0].uid
        case FieldType.MULTI_CHOICE:
            return [[KEY.Key_Space]], [field.options[0].key]
        case FieldType.SCALE:
            return [[KEY.Key_Right] * 4, ["fine"]], {"score": 4, "text": "fine"}
        case FieldType.PHONES:
            return [["+7 900 111-22-33"], ["work"]], [
                {"value": "+7 900 111-22-33", "label": "work"}
            ]
        case FieldType.LIST if not field.parts:
            return [["one thing"]], ["one thing"]
        case FieldType.PARTS | FieldType.LIST | FieldType.TABLE:
            keys, values = zip(*map(typing, field.parts), strict=True)
            value = {part.key: item for part, item in zip(field.parts, values, strict=True)}
            inputs = [item for inner in keys for item in inner]
            return inputs, value if field.type is FieldType.PARTS else [value]
    raise AssertionError(f"nobody knows how to type {field.type}")


def fill(qtbot: QtBot, row: EditRow) -> Any:
    """Open a row, fill every input, store with Enter; returns the value that was meant."""
    inputs, value = typing(row.line.field)
    row.setFocus()
    press(qtbot, KEY.Key_Return)
    for number, keys in enumerate(inputs):
        if number:
            press(qtbot, KEY.Key_Tab)
        press(qtbot, *keys)
    press(qtbot, KEY.Key_Return)
    assert not row.is_open, row.line.field.key
    return value


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.parametrize("key", SHEETS)
def test_every_form_is_begun_filled_reopened_found_printed_and_exported(
    panel: DossierPanel, qtbot: QtBot, key: str
) -> None:
    panel.forms.begin(key, "")
    page, template = panel.forms.sheet, templates()[key]
    assert page.form is not None
    meant: dict[str, Any] = {}
    types: set[FieldType] = set()
    for field in template.fields:
        # One of each type; what begins with a default or is the dossier's own is there.
        if field.type in types or field.default is not None or field.bind:
            continue
        types.add(field.type)
        meant[field.key] = fill(qtbot, page.form.rows[field.key])
    assert meant
    (form,) = load_dossier(UID).forms
    assert {name: form.answers[name].value for name in meant} == meant
    press(qtbot, KEY.Key_Escape)
    (row,) = panel.forms.rows
    assert row.hasFocus()
    press(qtbot, KEY.Key_Return)
    shown = {name: line.line.value for name, line in page.form.rows.items()}
    assert {name: shown[name] for name in meant} == meant
    word = next(
        (value for value in meant.values() if isinstance(value, str) and "word" in value), ""
    )
    if word:
        assert [hit.uid for hit in find(word)] == [UID]
    prepared = printing.prepare_form(UID, form.uid, printing.options(private=True), "en")
    pages = PdfReader(io.BytesIO(printing.draw(prepared).data)).pages
    printed = "".join(page.extract_text() for page in pages)
    assert str(template.title) in printed and word in printed
    data = json.loads(export(ExportKind.JSON, [UID], private=True).data)
    (sheet,) = data[0]["sheets"]
    assert {name: sheet["answers"][name] for name in meant} == meant


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_offers_every_form_and_begins_the_chosen_one(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    panel.turn_to(Part.OVERVIEW)
    qtbot.keyClick(panel, KEY.Key_N, CTRL | SHIFT)
    assert panel.part is Part.FORMS
    menu = open_menu()
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[:-1] == [str(form.title) for form in forms.offered()]
    assert titles[-1] == "Make and change forms…"
    qtbot.keyClick(menu, KEY.Key_Down)
    qtbot.keyClick(menu, KEY.Key_Return)
    (form,) = load_dossier(UID).forms
    assert form.template == forms.offered()[0].key
    assert panel.forms.sheet.isVisible()
    focused = QApplication.focusWidget()
    assert isinstance(focused, EditRow) and not focused.line.text


def test_the_tab_counts_and_one_undo_takes_a_form_back(panel: DossierPanel, desk: Desk) -> None:
    panel.forms.begin("complaint", "")
    panel.forms.show_list()
    panel.forms.begin("quality_call", "")
    panel.setFixedWidth(700)
    QApplication.sendPostedEvents()
    assert "Forms 2" in [panel.tabs.tabToolTip(n) for n in range(panel.tabs.count())]
    desk.act(undo)
    assert [row.text() for row in panel.forms.rows] == ["Complaint"]
    assert not panel.forms.sheet.isVisible()


def test_two_sheets_of_one_form_do_not_mix(panel: DossierPanel, qtbot: QtBot) -> None:
    for word in ("first", "second"):
        panel.forms.begin("quality_call", "")
        assert panel.forms.sheet.form is not None
        panel.forms.sheet.form.rows["what"].setFocus()
        press(qtbot, KEY.Key_Return, word, KEY.Key_Return)
        panel.forms.show_list()
    assert [form.answers["what"].value for form in load_dossier(UID).forms] == ["first", "second"]
    panel.forms.rows[1].click()
    assert panel.forms.sheet.form is not None
    assert panel.forms.sheet.form.rows["what"].line.text == "first"


def test_what_cannot_be_stored_waits_in_its_own_sheet(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(2):
        panel.forms.begin("quality_call", "")
        panel.forms.show_list()
    panel.forms.rows[0].click()
    page = panel.forms.sheet
    assert page.form is not None
    page.form.rows["delivered_on"].setFocus()
    press(qtbot, KEY.Key_Return, "not a day")
    panel.forms.show_list()
    assert page.isVisible()  # it is refused, so the sheet stays
    with qtbot.waitSignal(desk.refused):
        panel.show_dossier("in-tray")
    panel.show_dossier(UID)
    panel.forms.rows[1].click()
    assert not page.form.rows["delivered_on"].is_open
    panel.forms.show_list()
    panel.forms.rows[0].click()
    assert page.form.rows["delivered_on"].is_open


def test_the_date_is_changed_in_its_place(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.forms.begin("complaint", "")
    panel.forms.sheet.day.setFocus()
    press(qtbot, KEY.Key_Return, "3.11.2026", KEY.Key_Return)
    assert load_dossier(UID).forms[0].filled_on == date(2026, 11, 3)
    assert panel.forms.sheet.day.line.text == "3 November 2026"


def test_a_form_is_taken_away_with_delete_and_comes_back(
    panel: DossierPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.forms.begin("complaint", "")
    press(qtbot, KEY.Key_Escape)
    with qtbot.waitSignal(desk.said) as said:
        press(qtbot, KEY.Key_Delete)
    assert said.args == ["Taken away: Complaint"]
    assert panel.forms.rows == [] and QApplication.focusWidget() is panel.forms.new
    desk.act(undo)
    assert [row.text() for row in panel.forms.rows] == ["Complaint"]


def test_scripts_show_what_to_say_and_answers_take_its_place(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    panel.forms.begin("quality_call", "")
    assert panel.forms.sheet.form is not None
    row = panel.forms.sheet.form.rows["better"]
    assert row.shown_texts() == [
        "What to do better",
        "“What should we do better?”",
        "A satisfied client knows what could be better too.",
    ]
    row.setFocus()
    press(qtbot, KEY.Key_Return, "Nothing", KEY.Key_Return)
    assert row.shown_texts() == ["What to do better", "Nothing"]


def test_objections_are_read_row_by_row(panel: DossierPanel) -> None:
    panel.forms.begin("objections", "")
    assert panel.forms.sheet.form is not None
    row = panel.forms.sheet.form.rows["answers"]
    table = row.findChild(TableText)
    assert table is not None and table.isVisible()
    assert [cells[0][1] for cells in row.line.rows][:2] == [
        "I will think about it",
        "Too expensive",
    ]
    assert [heading for heading, _ in row.line.rows[0]][1:] == [
        "Agree",
        "Argument",
        "Question back",
    ]
    assert table.heightForWidth(180) > table.heightForWidth(340) > 300


def test_checkpoints_are_made_with_the_button(panel: DossierPanel, desk: Desk) -> None:
    panel.forms.begin("project_checkpoints", "")
    button = panel.forms.sheet.points.button
    assert button.isVisible() and not button.isEnabled()
    form = load_dossier(UID).forms[0].uid
    for key, day in (("start", "2026-11-26"), ("end", "2027-01-20")):
        set_answer(UID, "project_checkpoints", "", key, day, form_uid=form)
    panel.refresh()
    assert button.isEnabled() and button.text() == "Make the five checkpoints"
    button.click()
    assert len(load_dossier(UID).slips) == 5
    assert button.text() == "Move the five checkpoints"
    desk.act(undo)
    assert load_dossier(UID).slips == []
    assert button.text() == "Make the five checkpoints"


def test_a_date_with_a_slip_puts_it_there(panel: DossierPanel, qtbot: QtBot) -> None:
    panel.forms.begin("complaint", "")
    assert panel.forms.sheet.form is not None
    panel.forms.sheet.form.rows["answer_by"].setFocus()
    press(qtbot, KEY.Key_Return, "1.12.2026", KEY.Key_Return)
    (slip,) = load_dossier(UID).slips
    assert isinstance(slip, Slip) and slip.on == date(2026, 12, 1)


def test_a_form_of_a_template_that_has_gone_can_be_read(panel: DossierPanel) -> None:
    _, form = forms.begin_form(UID, "complaint")
    set_answer(UID, "complaint", "", "wish", "Money", form_uid=form)
    dossier = load_dossier(UID)
    dossier.forms[0].template = "of_a_colleague"
    save_dossier(dossier)
    panel.refresh()
    assert [row.text() for row in panel.forms.rows] == ["of_a_colleague"]
    panel.forms.rows[0].click()
    assert panel.forms.sheet.form is not None
    row = panel.forms.sheet.form.rows["wish"]
    assert row.line.text == "Money" and not row.line.asked


def test_the_print_button_shows_the_form_before_it_is_printed(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    panel.forms.begin("complaint", "")
    panel.forms.sheet.print.click()
    dialog = panel.window().findChild(FormPrintDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.primary_button.isEnabled)
    assert dialog.title.text() == "Print: Complaint"
    dialog.reject()


def test_the_tab_follows_the_language(panel: DossierPanel) -> None:
    from dossier_app.domain.language import use_language

    panel.forms.begin("complaint", "")
    use_language("ru")
    panel.retranslate()
    assert panel.forms.sheet.isVisible()
    assert panel.forms.sheet.title.text() == "Претензия"


def test_every_part_has_a_name_for_a_screen_reader(panel: DossierPanel) -> None:
    panel.forms.begin("complaint", "")
    page = panel.forms.sheet
    for part in (page.back, page.print, page.more, page.share):
        assert part.accessibleName()
    panel.forms.show_list()
    assert panel.forms.rows[0].accessibleName() == "Complaint. 25 Nov. 0 of 16 known. Open"


def test_an_answer_to_what_a_question_was_is_read_and_stays_until_a_new_one_is_given(
    panel: DossierPanel, qtbot: QtBot
) -> None:
    _, form = forms.begin_form(UID, "complaint")
    set_answer(UID, "complaint", "", "wish", "Money back", form_uid=form)
    set_answer(UID, "complaint", "", "channel", "quality_call", form_uid=form)
    template = templates()["complaint"]
    for key, kind in (("wish", FieldType.SCALE), ("channel", FieldType.DATE)):
        field = template.field(key)
        assert field is not None
        template = with_changed(template, retyped(field, kind))
    save_template(template)
    panel.refresh()
    panel.forms.rows[0].click()
    assert panel.forms.sheet.form is not None
    rows = panel.forms.sheet.form.rows
    assert rows["channel"].line.text == "in a quality call"
    rows["wish"].setFocus()
    press(qtbot, KEY.Key_Return)
    assert "Money back" in rows["wish"].shown_texts()
    press(qtbot, KEY.Key_Return)
    assert load_dossier(UID).forms[0].answers["wish"].value == "Money back"
    rows["wish"].setFocus()
    press(qtbot, KEY.Key_Return, KEY.Key_Right, KEY.Key_Right, KEY.Key_Return)
    assert load_dossier(UID).forms[0].answers["wish"].value == {"score": 2, "text": ""}


def test_a_choice_that_is_no_longer_offered_is_shown_where_it_was_made(panel: DossierPanel) -> None:
    _, form = forms.begin_form(UID, "complaint")
    set_answer(UID, "complaint", "", "channel", "call", form_uid=form)
    template = templates()["complaint"]
    channel = template.field("channel")
    assert channel is not None
    options = tuple(replace(option, retired=option.key == "call") for option in channel.options)
    save_template(with_changed(template, replace(channel, options=options)))
    panel.refresh()
    panel.forms.rows[0].click()
    assert panel.forms.sheet.form is not None
    row = panel.forms.sheet.form.rows["channel"]
    row.open()
    editor = row.editor
    assert isinstance(editor, ChoiceEditor)
    offered = [editor.choice.itemData(n) for n in range(editor.choice.count())]
    assert offered[-1] == "call" and editor.choice.currentData() == "call"
    assert row.commit()
    forms.begin_form(UID, "complaint")
    panel.refresh()
    panel.forms.show_list()
    panel.forms.rows[0].click()
    row = panel.forms.sheet.form.rows["channel"]
    row.open()
    editor = row.editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.choice.findData("call") < 0
