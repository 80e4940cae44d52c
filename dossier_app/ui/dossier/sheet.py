"""The tab of the info sheet: people, contact points, the note, and the sheet's fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, Person
from dossier_app.services import editing
from dossier_app.services.overviews import DossierView, FormLine
from dossier_app.services.templates import INFO_SHEET, templates
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.committing import commit_all
from dossier_app.ui.dossier.edit_row import EditRow, RowShape
from dossier_app.ui.dossier.editors import Editor, TextEditor, own_field
from dossier_app.ui.dossier.form_view import FormView
from dossier_app.ui.dossier.page import Page
from dossier_app.ui.dossier.people import PeopleView
from dossier_app.ui.dossier.points import PointsView

# Bound fields whose data stands above the form, with labels and all there are.
_POINTS = (
    "dossier.phones",
    "dossier.emails",
    "dossier.websites",
    "dossier.address",
    "dossier.legal_address",
)


class SheetTab(Page):
    """Everything about the client that is not about one person's life."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._uid = ""
        template = templates()[INFO_SHEET]
        above = {field.key for field in template.fields if field.bind in _POINTS}
        self.heading(tr("People"))
        self.people = PeopleView(desk)
        self.column.addWidget(self.people)
        self.heading(tr("Company's phones and addresses"))
        self.points = PointsView(desk)
        self.column.addWidget(self.points)
        self.heading(tr("Note"))
        self.note = EditRow(self._save_note, shape=RowShape.PLAIN, make_editor=NoteEditor)
        self.column.addWidget(self.note)
        self.column.addSpacing(12)
        self.form = FormView(desk, template, without=above)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        dossier = view.dossier
        if dossier.uid != self._uid:
            self.commit()
            self._uid = dossier.uid
        self.people.show_people(dossier)
        self.points.show_points(dossier.uid, "", dossier.contact_points)
        self.note.show_line(_note_line(dossier), dossier.people)
        self.form.show_form(dossier, None)

    def commit(self) -> bool:
        return commit_all([self.people, self.points, self.note, self.form])

    def _save_note(self, _key: str, value: Any, _source: str) -> bool:
        note = value or {"text": "", "private": False}
        action = partial(editing.set_note, self._uid, note["text"] or "", private=note["private"])
        return self._desk.act(action, initiator=self) is not None


class NoteEditor(Editor):
    """A text, and whether it is private."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        self._text = TextEditor(field)
        self._private = QCheckBox(tr("private"))
        self.column.addWidget(self._text)
        self.column.addWidget(self._private)
        self._text.edited.connect(self.edited)
        self._private.toggled.connect(self.edited)

    def show_value(self, value: Any) -> None:
        known = value or {}
        self._text.show_value(known.get("text"))
        self._private.setChecked(known.get("private", False))

    def value(self) -> Any:
        text = self._text.value()
        return {"text": text, "private": self._private.isChecked()} if text else None

    def inputs(self) -> list[QWidget]:
        return [*self._text.inputs(), self._private]

    def begin(self, typed: str = "") -> None:
        self._text.begin(typed)


def _note_line(dossier: Dossier) -> FormLine:
    field = own_field("note", FieldType.LONG_TEXT, tr("What else is worth knowing"))
    field = replace(field, private=dossier.note_private)
    if not dossier.note:
        return FormLine(field)
    return FormLine(field, {"text": dossier.note, "private": dossier.note_private}, dossier.note)
