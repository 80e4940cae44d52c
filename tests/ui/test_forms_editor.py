"""Making and changing forms in the window, by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.forms.changing import in_order, new_template
from dossier_app.domain.forms.template import FieldType, Scope, Text
from dossier_app.domain.language import use_language
from dossier_app.services import forms
from dossier_app.services import templates as service
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.editing import set_answer
from dossier_app.services.templates import templates
from dossier_app.services.undoing import undo
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dossier.panel import DossierPanel, Part
from dossier_app.ui.forms_editor.editor import TemplateEditor
from dossier_app.ui.forms_editor.preview import TriedForm
from dossier_app.ui.forms_editor.templates_dialog import TemplatesDialog
from dossier_app.ui.main_window import MainWindow

Show = Callable[[PaperDialog], PaperDialog]
KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
UID = "due-today"


@pytest.fixture
def edit(desk: Desk, window: QWidget, show: Show) -> Callable[[str], TemplateEditor]:
    """Opens the editor of a form; without a key, of a new one."""

    def opened(key: str = "") -> TemplateEditor:
        template = templates()[key] if key else new_template("", Text())
        editor = TemplateEditor(window, desk, template)
        show(editor)
        return editor

    return opened


def press(qtbot: QtBot, *keys: str | Qt.Key, with_: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        here = QApplication.focusWidget()
        assert here is not None
        if isinstance(key, str):
            qtbot.keyClicks(here, key)
        else:
            qtbot.keyClick(here, key, with_ or Qt.KeyboardModifier.NoModifier)


def save(qtbot: QtBot, editor: TemplateEditor) -> None:
    qtbot.keyClick(editor, KEY.Key_Return, CTRL)


def test_a_form_is_made_with_the_keyboard_alone(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    editor = edit("")
    press(qtbot, "Tasting")
    qtbot.keyClick(editor, KEY.Key_N, CTRL)
    press(qtbot, "Which wine")
    qtbot.keyClick(editor, KEY.Key_N, CTRL)
    press(qtbot, "Colour")
    editor.field_panel.kind.setFocus()
    while editor.template.fields[1].type is not FieldType.CHOICE:
        press(qtbot, KEY.Key_Down)
        editor.field_panel.kind.activated.emit(editor.field_panel.kind.currentIndex())
    editor.field_panel.options.rows[0].first.setFocus()
    press(qtbot, "red", KEY.Key_Tab, "rot", KEY.Key_Tab, KEY.Key_Tab, "white")
    save(qtbot, editor)
    made = templates()["tasting"]
    assert (made.scope, made.version, made.repeatable) == (Scope.DOSSIER, 1, True)
    assert made.title == Text("Tasting", "Tasting")
    wine, colour = made.fields
    assert (wine.key, wine.label.en) == ("which_wine", "Which wine")
    assert [(option.key, option.label) for option in colour.options] == [
        ("red", Text("rot", "red")),
        ("white", Text("white", "white")),
    ]
    undo()
    assert "tasting" not in templates()


def test_questions_are_moved_retired_and_asked_again(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    editor = edit("complaint")
    editor.list.choose("person")
    editor.list.setFocus()
    press(qtbot, KEY.Key_Up, with_=ALT)
    assert [item.key for item in in_order(editor.template)][:2] == ["person", "received_on"]
    assert editor.list.key == "person"
    press(qtbot, KEY.Key_Delete)
    person = editor.template.field("person")
    assert person is not None and person.retired
    save(qtbot, editor)
    stored = templates()["complaint"]
    assert [item.number for item in stored.fields if not item.retired] == list(range(1, 16))
    editor = edit("complaint")
    editor.list.choose("person")
    assert editor.field_panel.retire.text() == "Ask this again"
    editor.field_panel.retire.click()
    save(qtbot, editor)
    again = templates()["complaint"].field("person")
    assert again is not None and not again.retired


def test_headings_are_made_moved_and_taken_away_by_keys(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    _, form = forms.begin_form(UID, "complaint")
    set_answer(UID, "complaint", "", "person", None, form_uid=form)
    answers = load_dossier(UID).forms[0].answers
    stored = templates()["complaint"]
    first, *others = stored.groups
    editor = edit("complaint")
    editor.list.choose(f"#{first}")
    editor.list.setFocus()
    press(qtbot, KEY.Key_Return)
    assert QApplication.focusWidget() is editor.group_panel.heading_text.first
    qtbot.keyClick(editor, KEY.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    save(qtbot, editor)
    assert editor._problem.text() == "A heading has no words yet."
    editor.group_panel.heading_text.first.setFocus()
    press(qtbot, "Who pays <b>&")
    qtbot.keyClick(editor, KEY.Key_N, CTRL)
    press(qtbot, "Who pays for it")
    editor.list.choose(f"#{editor.template.fields[0].group}")
    editor.list.setFocus()
    press(qtbot, KEY.Key_Down, with_=ALT)
    editor.list.choose("person")
    group = editor.field_panel.group
    group.choose(others[0])
    group.activated.emit(group.currentIndex())
    save(qtbot, editor)
    made = templates()["complaint"]
    new = next(key for key in made.groups if key not in stored.groups)
    assert list(made.groups) == [new, first, *others]
    assert str(made.groups[new]) == "Who pays <b>&"
    asked = [item for item in in_order(made) if not item.retired]
    assert (asked[0].key, asked[0].group) == ("who_pays_for_it", new)
    assert [item.number for item in asked] == list(range(1, len(asked) + 1))
    person = made.field("person")
    assert person is not None and person.group == others[0]
    assert load_dossier(UID).forms[0].answers == answers

    editor = edit("complaint")
    editor.list.choose(f"#{first}")
    editor.list.setFocus()
    press(qtbot, KEY.Key_Delete)
    save(qtbot, editor)
    made = templates()["complaint"]
    assert list(made.groups) == [new, *others]
    assert {item.key for item in made.fields} == {item.key for item in asked} | {
        item.key for item in stored.fields
    }


def test_labels_types_and_marks_change_and_keys_never(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    _, form = forms.begin_form(UID, "complaint")
    set_answer(UID, "complaint", "", "channel", "call", form_uid=form)
    editor = edit("complaint")
    editor.list.choose("channel")
    editor.list.setFocus()
    press(qtbot, KEY.Key_Return)
    press(qtbot, "By which way")
    panel = editor.field_panel
    panel.required.click()
    panel.private.click()
    panel.kind.choose(FieldType.TEXT)
    panel.kind.activated.emit(panel.kind.currentIndex())
    save(qtbot, editor)
    changed = templates()["complaint"].field("channel")
    assert changed is not None
    assert (changed.type, changed.required, changed.private) == (FieldType.TEXT, True, True)
    assert changed.label.en == "By which way" and changed.label.ru != "By which way"
    (sheet,) = forms.sheets_of(load_dossier(UID))
    assert sheet.form.answers["channel"].value == "call"


def test_a_dropped_choice_stays_for_those_who_made_it(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    editor = edit("deal_sheet")
    editor.list.choose("payment")
    rows = editor.field_panel.options.rows
    rows[1].dropped.emit()
    press(qtbot, KEY.Key_Down, with_=ALT)
    save(qtbot, editor)
    payment = templates()["deal_sheet"].field("payment")
    assert payment is not None
    assert [option.key for option in payment.options if option.retired] == ["part"]
    offered = [option.key for option in payment.options if not option.retired]
    assert sorted(offered) == ["advance", "delivery", "later"]


def test_the_form_is_tried_out_and_nothing_is_stored(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    editor = edit("quality_call")
    tried = editor.tried.findChild(TriedForm)
    assert tried is not None
    tried.rows["what"].setFocus()
    press(qtbot, KEY.Key_Return, "Kitchen", KEY.Key_Return)
    assert tried.rows["what"].line.text == "Kitchen"
    assert forms.sheets_of(load_dossier(UID)) == []
    editor.list.choose("what")
    editor.field_panel.label.first.setFocus()
    press(qtbot, "The job")
    qtbot.waitUntil(lambda: "what" in editor.tried.findChildren(TriedForm)[-1].rows)
    qtbot.waitUntil(
        lambda: "The job" in editor.tried.findChildren(TriedForm)[-1].rows["what"].accessibleName()
    )


@pytest.mark.parametrize("key", list(templates()))
def test_saving_untouched_changes_nothing(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot, key: str
) -> None:
    editor = edit(key)
    for item in templates()[key].fields:
        editor.list.choose(item.key)
    assert editor.template == templates()[key]
    save(qtbot, editor)
    assert not service.is_own(key)


def test_leaving_keeps_what_was_changed_and_start_again_forgets_it(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    editor = edit("complaint")
    qtbot.keyClick(editor, KEY.Key_N, CTRL)
    press(qtbot, "Anything else")
    qtbot.keyClick(editor, KEY.Key_Escape)
    assert not service.is_own("complaint")
    editor = edit("complaint")
    assert editor.closing.text() == "This was changed before and not saved."
    assert any(item.label.en == "Anything else" for item in editor.template.fields)
    editor.again_button.click()
    assert editor.template == templates()["complaint"]
    qtbot.keyClick(editor, KEY.Key_Escape)
    assert edit("complaint").template == templates()["complaint"]


@pytest.mark.parametrize("steps", ["title", "nothing", "words"])
def test_what_is_missing_is_told_where_it_is_missing(
    edit: Callable[[str], TemplateEditor], qtbot: QtBot, steps: str
) -> None:
    editor = edit("")
    if steps != "title":
        press(qtbot, "Tasting")
    if steps == "words":
        qtbot.keyClick(editor, KEY.Key_N, CTRL)
    save(qtbot, editor)
    said = {
        "title": "The form has no title yet.",
        "nothing": "The form asks nothing yet. Add a question.",
        "words": "A question has no words yet.",
    }
    assert editor.isVisible() and editor._problem.text() == said[steps]


def test_own_data_keeps_its_kind(edit: Callable[[str], TemplateEditor]) -> None:
    editor = edit("relationship_card")
    editor.list.choose("phones")
    assert not editor.field_panel.kind.isEnabled()
    editor.list.choose("cuisine")
    assert editor.field_panel.kind.isEnabled()


# --- the list of forms


@pytest.fixture
def dialog(desk: Desk, window: QWidget, show: Show) -> TemplatesDialog:
    made = TemplatesDialog(window, desk)
    show(made)
    return made


def lines(dialog: TemplatesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_all_forms_are_listed_and_enter_opens_one(dialog: TemplatesDialog, qtbot: QtBot) -> None:
    assert len(lines(dialog)) == len(templates())
    dialog.list.choose("deal_sheet")
    press(qtbot, KEY.Key_Return)
    editor = dialog.findChild(TemplateEditor)
    assert editor is not None and editor.title.text() == "Form: Deal sheet"
    assert editor.width() > dialog.width()
    editor.reject()


def test_a_copy_is_saved_beside_its_model(dialog: TemplatesDialog, qtbot: QtBot) -> None:
    dialog.list.choose("complaint")
    qtbot.keyClick(dialog, KEY.Key_D, CTRL)
    editor = dialog.findChild(TemplateEditor)
    assert editor is not None
    editor.press_primary()
    assert "Complaint (copy)" in lines(dialog) and "Complaint" in lines(dialog)
    copy = templates()["complaint_copy"]
    assert [item.key for item in copy.fields] == [
        item.key for item in templates()["complaint"].fields
    ]


def test_putting_away_removing_and_putting_back(
    dialog: TemplatesDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog.list.choose("day_photo")
    dialog.buttons["away"].click()
    assert "day_photo" not in {form.key for form in forms.offered()}
    assert lines(dialog)[-2:] == ["Put away", "Day photo"]
    dialog.list.choose("day_photo")
    assert dialog.buttons["remove"].text() == "As it came"
    dialog.list.setFocus()
    press(qtbot, KEY.Key_Delete)
    assert not service.is_own("day_photo") and "Put away" not in lines(dialog)
    desk.act(undo)
    assert templates()["day_photo"].retired
    for key in service.ALWAYS:
        dialog.list.choose(key)
        assert dialog.buttons["away"].isHidden()


def test_a_file_with_mistakes_tells_each_and_a_right_one_is_taken_in(
    dialog: TemplatesDialog, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("scope = 'moon'\n[[field]]\nkey = 'a'\ntype = 'ship'\n", encoding="utf-8")
    dialog.take_in(str(wrong))
    told = dialog._problem.text().splitlines()
    assert told[0] == "The form wrong cannot be used:" and len(told) >= 5
    name, data = service.template_file("complaint")
    right = tmp_path / name
    dialog.write(data.replace(b"Complaint", b"Grievance"), str(right))
    dialog.take_in(str(right))
    assert dialog._problem.isHidden()
    assert "Grievance" in lines(dialog) and dialog.list.key == "complaint"
    undo()
    assert str(templates()["complaint"].title) == "Complaint"


def test_a_filled_form_is_not_removed(dialog: TemplatesDialog, desk: Desk) -> None:
    service.save_template(replace(templates()["complaint"], key="mine"))
    forms.begin_form(UID, "mine")
    dialog._show()
    dialog.list.choose("mine")
    dialog.remove()
    assert "filled in 1 dossier" in dialog._problem.text() and "mine" in templates()


def test_the_open_dossier_follows_a_changed_form(
    desk: Desk, window: QWidget, edit: Callable[[str], TemplateEditor], qtbot: QtBot
) -> None:
    panel = DossierPanel(desk, window)
    panel.setGeometry(0, 0, 390, 640)
    panel.show()
    panel.show_dossier(UID)
    panel.turn_to(Part.CARD)
    editor = edit("relationship_card")
    editor.list.choose("cuisine")
    editor.field_panel.label.first.setFocus()
    editor.list.itemActivated.emit(editor.list.currentItem())
    press(qtbot, "What they like to eat")
    save(qtbot, editor)
    assert panel.part is Part.CARD
    assert "What they like to eat" in panel.card.form.rows["cuisine"].shown_texts()
    desk.act(undo)
    assert "Favourite cuisine" in panel.card.form.rows["cuisine"].shown_texts()


def test_in_russian_the_russian_words_come_first(edit: Callable[[str], TemplateEditor]) -> None:
    use_language("ru")
    editor = edit("complaint")
    assert list(editor.form_panel.title.inputs) == ["ru", "en"]
    assert editor.form_panel.title.first.text() == "Претензия"


def test_a_form_changed_from_the_open_sheet_is_asked_anew_at_once(desk: Desk, qtbot: QtBot) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    panel = window.panel
    qtbot.waitUntil(panel.isVisible)
    panel.show_dossier(UID)
    panel.turn_to(Part.FORMS)
    panel.forms.begin("complaint", "")
    panel.forms._edit_forms()
    dialog = window.findChild(TemplatesDialog)
    assert dialog is not None
    dialog.list.choose("complaint")
    dialog.change()
    editor = dialog.findChild(TemplateEditor)
    assert editor is not None
    editor.list.choose("wish")
    editor.field_panel.label.first.setText("What they want")
    editor.press_primary()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert dialog.isVisible() and panel.forms.sheet.isVisible()
    shown = panel.forms.sheet.form
    assert shown is not None and shown.rows["wish"].shown_texts()[0] == "What they want"
    window.undo()
    shown = panel.forms.sheet.form
    assert shown is not None and shown.rows["wish"].shown_texts()[0] != "What they want"
    dialog.reject()


def test_the_menu_of_the_window_leads_to_the_forms(desk: Desk, qtbot: QtBot) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    (action,) = (one for one in window.actions_.menu().actions() if one.text() == "Forms…")
    action.trigger()
    dialog = window.findChild(TemplatesDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.reject()
