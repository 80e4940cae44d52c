"""Phones, e-mails and addresses of a person or of the company, changed in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.domain.language import tr
from dossier_app.domain.records import ContactKind, ContactPoint, Person
from dossier_app.domain.words import label_word
from dossier_app.services import editing
from dossier_app.services.overviews import FormLine
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.committing import commit_all
from dossier_app.ui.dossier.compound_editors import LabelEditor
from dossier_app.ui.dossier.edit_row import EditRow, RowShape
from dossier_app.ui.dossier.editors import Editor, own_field
from dossier_app.ui.dossier.inputs import Choice, Line
from dossier_app.ui.dossier.page import side_by_side
from dossier_app.ui.widgets import Button, Look

_NEW = ""  # key of the row that adds


class PointsView(QWidget):
    """The contact points of one owner, and a row that adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._owner = ("", "")  # uids of the dossier and the person
        self.rows: dict[str, EditRow] = {}
        self._points: dict[str, ContactPoint] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_points(self, uid: str, person_uid: str, points: Sequence[ContactPoint]) -> None:
        """Show the points of a person of the dossier ``uid``, with an empty ``person_uid``
        the company's own. Rows of those that stay keep what is typed in them."""
        if self._owner != (uid, person_uid):
            self.close_editors()
        self._owner = (uid, person_uid)
        self._points = {point.uid: point for point in points}
        if list(self.rows) != [*self._points, _NEW]:
            self._build()
        for uid, row in self.rows.items():
            row.show_line(_line(uid, self._points.get(uid)), ())

    def commit(self) -> bool:
        return commit_all(self.rows.values())

    def close_editors(self) -> None:
        """Let go of what is typed."""
        for row in self.rows.values():
            row.close_editor()

    def _build(self) -> None:
        """A row for each point; those of points that went are taken for others first."""
        focused = next((uid for uid, row in self.rows.items() if row.hasFocus()), None)
        gone = [row for uid, row in self.rows.items() if uid not in self._points and uid != _NEW]
        for row in gone:
            row.close_editor()
        kept = {uid: row for uid, row in self.rows.items() if row not in gone}
        self.rows = {
            uid: kept.get(uid) or (gone.pop(0) if gone and uid != _NEW else self._row(uid))
            for uid in (*self._points, _NEW)
        }
        for row in gone:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, row in enumerate(self.rows.values()):
            self._column.insertWidget(place, row)
        if focused is not None and focused not in self.rows:
            self.rows[_NEW].setFocus()

    def _row(self, uid: str) -> EditRow:
        shape = RowShape.PLAIN if uid == _NEW else RowShape.ASIDE
        row = EditRow(self._save, shape=shape, make_editor=self._point_editor)
        row.went_on.connect(partial(self._go, row, 1))
        row.went_back.connect(partial(self._go, row, -1, False))
        return row

    def _go(self, row: EditRow, steps: int, open_it: bool) -> None:
        """The rows come and go, so that the next one is looked up each time."""
        rows = list(self.rows.values())
        place = min(max(rows.index(row) + steps, 0), len(rows) - 1)
        rows[place].arrive(open_it and rows[place] is not row)

    def _point_editor(self, field: Field, _people: Sequence[Person]) -> Editor:
        editor = PointEditor(field)
        editor.remove.setVisible(field.key != _NEW)
        editor.removed.connect(partial(self._remove, field.key))
        return editor

    def _save(self, uid: str, value: Any, _source: str) -> bool:
        if value is None:
            return uid == _NEW or self._remove(uid)
        point = ContactPoint(**value)
        if uid != _NEW:
            point.uid = uid
        action = partial(editing.put_point, *self._owner, point)
        return self._desk.act(action, initiator=self) is not None

    def _remove(self, uid: str) -> bool:
        point = self._points[uid]
        self.rows[uid].close_editor()
        action = partial(editing.remove_point, *self._owner, uid)
        said = tr("{value} was removed.", value=point.value)
        return self._desk.act(action, initiator=self, said=said) is not None


class PointEditor(Editor):
    """Kind, label, value and whether it is private; the value None when it is emptied."""

    removed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._chosen = False
        self.text = Line(tr("Number, address or link"))
        self.text.setAccessibleName(tr("Number, address or link"))
        self.kind = Choice(_kinds().items())
        self.kind.setAccessibleName(tr("Kind"))
        self.label = LabelEditor(own_field("label", FieldType.TEXT, tr("Which one")))
        self.private = QCheckBox(tr("private"))
        self.remove = Button(tr("Remove"), Look.QUIET, icon="trash")
        self.column.addWidget(self.text)
        self.column.addLayout(side_by_side(self.kind, self.label, gap=4, stretch=1))
        self.column.addLayout(side_by_side(self.private, self.remove, stretch=0))
        self.kind.activated.connect(self._kind_chosen)
        self.text.textEdited.connect(self._guess)
        self.remove.clicked.connect(self.removed)
        for signal in (
            self.text.textChanged,
            self.kind.currentIndexChanged,
            self.label.edited,
            self.private.toggled,
        ):
            signal.connect(self.edited)

    def show_value(self, value: Any) -> None:
        known = value or {}
        self._chosen = bool(known)
        self.text.setText(known.get("value", ""))
        self.kind.choose(known.get("kind", ContactKind.PHONE))
        self.label.show_value(known.get("label", ""))
        self.private.setChecked(known.get("private", False))

    def value(self) -> Any:
        text = self.text.text().strip()
        if not text:
            return None
        kind = self.kind.currentData()
        if kind is ContactKind.PHONE and not any(map(str.isdigit, text)):
            kind = editing.likely_kind(text)
        return {
            "kind": kind,
            "value": text,
            "label": self.label.value(),
            "private": self.private.isChecked(),
        }

    def inputs(self) -> list[QWidget]:
        last = [] if self.remove.isHidden() else [self.remove]
        return [self.text, self.kind, *self.label.inputs(), self.private, *last]

    def _kind_chosen(self) -> None:
        self._chosen = True

    def _guess(self, text: str) -> None:
        if not self._chosen:
            self.kind.choose(editing.likely_kind(text))


def _kinds() -> dict[ContactKind, str]:
    return {
        ContactKind.PHONE: tr("Phone"),
        ContactKind.EMAIL: tr("E-mail"),
        ContactKind.MESSENGER: tr("Messenger"),
        ContactKind.ADDRESS: tr("Address"),
        ContactKind.WEB: tr("Website"),
    }


def _heading(point: ContactPoint) -> str:
    """What stands before the point: its label, else its kind, as the other rows begin."""
    word = label_word(point.label) or _kinds()[point.kind]
    return word[:1].upper() + word[1:]


def _line(uid: str, point: ContactPoint | None) -> FormLine:
    if point is None:
        return FormLine(own_field(_NEW, FieldType.TEXT, tr("Add a phone, e-mail or address")))
    field = own_field(uid, FieldType.TEXT, _heading(point))
    value = {
        "kind": point.kind,
        "value": point.value,
        "label": point.label,
        "private": point.private,
    }
    return FormLine(replace(field, private=point.private), value, point.value)
