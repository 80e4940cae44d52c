"""Every form as it is begun and as it is filled; making and changing forms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from dossier_app.domain.forms.template import Field, FieldType, Scope
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.editing import set_answer
from dossier_app.services.forms import begin_form, offered
from dossier_app.services.templates import templates
from dossier_app.ui.dossier.panel import Part
from dossier_app.ui.forms_editor.editor import TemplateEditor
from dossier_app.ui.main_window import MainWindow
from scenes.stage import Scene, open_client, settle, uid_of

_WORDS = "Три станка с подводами справа, вытяжка своя; решает сама"
_PLAIN: dict[FieldType, Any] = {
    FieldType.TEXT: _WORDS,
    FieldType.LONG_TEXT: f"{_WORDS}. Просит пересчитать с доставкой до конца месяца.",
    FieldType.ADDRESS: "Казань, ул. Заводская, 12",
    FieldType.NUMBER: 12,
    FieldType.MONEY: {"amount": "1480000.00", "currency": "RUB"},
    FieldType.DATE: "2026-12-04",
    FieldType.PARTIAL_DATE: "03-08",
    FieldType.TIME: "14:30",
    FieldType.YES_NO: True,
    FieldType.SCALE: {"score": 4, "text": "отвечает в тот же день"},
    FieldType.PHONES: [{"value": "+7 900 111-22-33", "label": "рабочий"}],
}


def scenes() -> Iterator[Scene]:
    for key in [form.key for form in offered()]:
        yield Scene(f"form-{key}-begun", partial(_form, key=key, filled=False))
        yield Scene(f"form-{key}-filled", partial(_form, key=key, filled=True))
    yield Scene("forms-new", _menu_of_new)
    yield Scene("templates", lambda window: window.actions_.forms())
    yield Scene("template", partial(_template, key="complaint"))
    yield Scene("template-table", partial(_template, key="deal_sheet"))


def _form(window: MainWindow, *, key: str, filled: bool) -> None:
    uid = uid_of("Иванова Марина")
    about_person = templates()[key].scope is Scope.PERSON
    person = load_dossier(uid).people[0].uid if about_person else ""
    open_client(window)
    window.panel.turn_to(Part.FORMS)
    _, form = window.desk.act(partial(begin_form, uid, key, person))
    asked = (field for field in templates()[key].fields if not field.bind)
    for field in asked if filled else ():
        answer = partial(set_answer, uid, key, person, field.key, _value(field, uid))
        window.desk.act(partial(answer, form_uid=form))
    window.panel.forms.open_form(form)
    settle(200)


def _value(field: Field, uid: str) -> Any:
    """An answer of the field's shape."""
    match field.type:
        case FieldType.CHOICE:
            return field.options[0].key
        case FieldType.MULTI_CHOICE:
            return [option.key for option in field.options[:2]]
        case FieldType.PERSON:
            return load_dossier(uid).people[0].uid
        case FieldType.LIST if not field.parts:
            return [_WORDS, "Доставка до пятницы"]
        case FieldType.PARTS:
            return {part.key: _value(part, uid) for part in field.parts}
        case FieldType.LIST | FieldType.TABLE:
            return 2 * [{part.key: _value(part, uid) for part in field.parts}]
    return _PLAIN[field.type]


def _menu_of_new(window: MainWindow) -> None:
    open_client(window)
    window.panel.turn_to(Part.FORMS)
    settle()
    window.panel.forms.open_new_menu()


def _template(window: MainWindow, *, key: str) -> None:
    TemplateEditor(window, window.desk, templates()[key]).open()
    settle(300)  # the form to be tried is drawn after a pause
