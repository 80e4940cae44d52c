"""Any form, read and filled line by line; every line is stored as soon as it is left."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.forms.template import Field, Template
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, FilledForm, Person
from dossier_app.services import editing
from dossier_app.services.overviews import form_lines
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.committing import commit_all
from dossier_app.ui.dossier.edit_row import EditRow, RowShape, chain
from dossier_app.ui.dossier.editors import Editor
from dossier_app.ui.dossier.page import clear
from dossier_app.ui.widgets import caps_label

_RETIRED = "no longer asked"  # below the template's groups
_Draft = tuple[str, str, str, str]  # dossier, person, sheet, field


class FormView(QWidget):
    """The fields of ``template`` under their groups.

    A text that cannot be stored when another dossier is chosen is kept, and is there
    again, in its open editor, when its own dossier comes back. ``without`` are fields
    (keys) that are shown elsewhere; ``script`` is for forms that are read while talking.
    """

    def __init__(
        self,
        desk: Desk,
        template: Template,
        *,
        without: Collection[str] = (),
        script: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._template = template
        self._without = without
        self._script = script
        self._uid = self._person_uid = self._form_uid = ""
        self._keys: list[str] = []
        self.rows: dict[str, EditRow] = {}
        self._drafts: dict[_Draft, Editor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def template(self) -> Template:
        return self._template

    def show_form(
        self, dossier: Dossier, person: Person | None, form: FilledForm | None = None
    ) -> None:
        """Show what is known of ``person``, or of the dossier when the form is about it;
        ``form`` is the sheet meant when there are several."""
        person_uid, form_uid = person.uid if person else "", form.uid if form else ""
        if (dossier.uid, person_uid, form_uid) != (self._uid, self._person_uid, self._form_uid):
            self.leave()
        self._uid, self._person_uid, self._form_uid = dossier.uid, person_uid, form_uid
        lines = [
            line
            for line in form_lines(self._template, dossier, person, self._desk.today, form)
            if line.field.key not in self._without
        ]
        groups = ["", *self._template.groups, _RETIRED]
        lines.sort(key=lambda line: groups.index(_group(line.field)))
        if [line.field.key for line in lines] != self._keys:
            self._keys = [line.field.key for line in lines]
            self._build([line.field for line in lines])
        for line in lines:
            self.rows[line.field.key].show_line(line, dossier.people)
        self._bring_drafts_back()

    def commit(self) -> bool:
        """Store what is typed in an open editor; false when something was refused."""
        return commit_all(self.rows.values())

    def adopt(self, older: FormView) -> None:
        """Take over the texts that wait in a view that goes."""
        older.leave()
        self._drafts, older._drafts = older._drafts, {}
        for editor in self._drafts.values():
            editor.setParent(self)

    def _build(self, fields: list[Field]) -> None:
        clear(self._column)
        self.rows = {}
        group = None
        shape = RowShape.NUMBERED if any(item.number for item in fields) else RowShape.PLAIN
        for field in fields:
            heading = _group(field)
            if heading != group:
                if group is not None:
                    self._column.addSpacing(12)
                if heading:
                    title = self._template.groups.get(heading) or tr("No longer asked")
                    self._column.addWidget(caps_label(str(title)))
                    self._column.addSpacing(2)
                group = heading
            row = EditRow(
                self._save, shape=shape, sourced=_keeps_source(field), script=self._script
            )
            self.rows[field.key] = row
            self._column.addWidget(row)
        chain(list(self.rows.values()))

    def _save(self, key: str, value: Any, source: str) -> bool:
        action = partial(
            editing.set_answer,
            self._uid,
            self._template.key,
            self._person_uid,
            key,
            value,
            source,
            self._form_uid,
        )
        return self._desk.act(action, initiator=self) is not None

    def leave(self) -> None:
        """Store what can be stored of the form that goes, keep the rest."""
        for key, row in self.rows.items():
            if row.is_open and not row.commit():
                editor = row.close_editor()
                assert editor is not None
                editor.setParent(self)
                editor.hide()
                self._drafts[self._uid, self._person_uid, self._form_uid, key] = editor
                label = row.line.field.label
                self._desk.refused.emit(
                    tr("{field} was not stored; your text waits in its dossier.", field=label)
                )

    def _bring_drafts_back(self) -> None:
        for key, row in self.rows.items():
            draft = self._drafts.pop((self._uid, self._person_uid, self._form_uid, key), None)
            if draft is not None:
                row.put_editor(draft)
                row.commit()


def _group(field: Field) -> str:
    return _RETIRED if field.retired else field.group


def _keeps_source(field: Field) -> bool:
    """Own data of the dossier has no source beside it."""
    return not field.bind and not (field.parts and all(part.bind for part in field.parts))
