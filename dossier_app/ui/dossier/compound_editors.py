"""Editors of values that are made of others: parts, names, lists, phones, tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.domain.forms.values import check, inner_field, is_empty
from dossier_app.domain.language import tr
from dossier_app.domain.records import Person
from dossier_app.ui.dossier.editors import Editor, LineEditor, TextEditor, editor_for, own_field
from dossier_app.ui.dossier.inputs import Choice
from dossier_app.ui.dossier.page import side_by_side
from dossier_app.ui.widgets import Button, Label, Look

_NAME_PARTS = ("surname", "given", "patronymic")
# Longer texts take the width of the panel, others share it with a neighbour.
_ON_A_LINE = 2  # cells
_LONG = 22  # characters that half the panel's width still shows
_WIDE = (FieldType.LONG_TEXT, FieldType.ADDRESS, FieldType.PHONES, FieldType.MULTI_CHOICE)


class PartsEditor(Editor):
    """The named parts of a value, each with its own editor below its label."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        asked = [part.key for part in field.parts if not part.retired]
        keys = _NAME_PARTS if field.type is FieldType.NAME else asked
        self._parts = {key: editor_for(inner_field(field, key), people) for key in keys}
        self._others: dict[str, Any] = {}
        for editor in self._parts.values():
            self.column.addWidget(Label(str(editor.field.label), "small", role="muted"))
            self.column.addWidget(editor)
            editor.edited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        known = value or {}
        # Answers to parts that are not asked any more stay.
        self._others = {key: item for key, item in known.items() if key not in self._parts}
        for key, editor in self._parts.items():
            editor.show_value(known.get(key))

    def value(self) -> Any:
        parts = {key: editor.value() for key, editor in self._parts.items()}
        return check(self.field, {**self._others, **parts})

    def inputs(self) -> list[QWidget]:
        return [item for editor in self.inner() for item in editor.inputs()]

    def inner(self) -> list[Editor]:
        return list(self._parts.values())


class RowsEditor(Editor):
    """A list: one row for each item, and an empty one to go on with."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        self._holds_texts = _columns(field)[0].key == _ITEM
        self._rows: list[_Row] = []
        self._long: set[str] = set()  # columns of texts that need a line of their own
        self._box = QVBoxLayout()
        self._box.setSpacing(4 if len(_columns(field)) <= _ON_A_LINE else 12)
        self.column.addLayout(self._box)
        self._add({})

    def show_value(self, value: Any) -> None:
        for row in list(self._rows):
            self._remove(row)
        items = [item if isinstance(item, dict) else {_ITEM: item} for item in value or []]
        self._long = {key for item in items for key, text in item.items() if _is_long(text)}
        for item in items:
            self._add(item)
        self._add({})

    def value(self) -> Any:
        rows = [row.value() for row in self._rows]
        if self._holds_texts:
            return check(self.field, [row[_ITEM] or "" for row in rows])
        return check(self.field, [row for row in rows if any(row.values())])

    def inputs(self) -> list[QWidget]:
        return [item for editor in self.inner() for item in editor.inputs()]

    def inner(self) -> list[Editor]:
        return [cell for row in self._rows for cell in row.cells]

    def _add(self, item: Mapping[str, Any]) -> None:
        row = _Row(self.field, self.people, item, self._long)
        row.edited.connect(self._edited)
        row.dropped.connect(self._dropped)
        self._rows.append(row)
        self._box.addWidget(row)

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _edited(self) -> None:
        if not self._rows[-1].is_empty:
            self._add({})
        self.edited.emit()

    def _dropped(self) -> None:
        row = self.sender()
        assert isinstance(row, _Row)
        if row is not self._rows[-1]:
            self._remove(row)
        self.inputs()[-1].setFocus()
        self.edited.emit()


class _Row(QWidget):
    """One item of a list: its cells, two side by side, and a button that drops it."""

    edited = Signal()
    dropped = Signal()

    def __init__(
        self,
        field: Field,
        people: Sequence[Person],
        item: Mapping[str, Any],
        long: Collection[str] = (),
    ) -> None:
        super().__init__()
        columns = _columns(field)
        self._cells = {
            column.key: _cell(column, field, people, long=column.key in long) for column in columns
        }
        self._others = {key: known for key, known in item.items() if key not in self._cells}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        place = 0  # half a line each
        for key, cell in self._cells.items():
            cell.show_value(item.get(key))
            cell.edited.connect(self.edited)
            if isinstance(cell, LineEditor):
                cell.line.setPlaceholderText(str(cell.field.label))
            elif isinstance(cell, TextEditor):
                cell.text.setPlaceholderText(str(cell.field.label))
            halves = 2 if len(columns) == 1 or key in long or cell.field.type in _WIDE else 1
            place += place % 2 if halves == 2 else 0
            grid.addWidget(cell, place // 2, place % 2, 1, halves)
            place += halves
        # A number needs more room than the word for it.
        grid.setColumnStretch(0, 3 if field.type is FieldType.PHONES else 1)
        grid.setColumnStretch(1, 2 if field.type is FieldType.PHONES else 1)
        drop = Button("", Look.QUIET, icon="close")
        drop.setAccessibleName(tr("Remove this row"))
        drop.setToolTip(tr("Remove this row"))
        drop.clicked.connect(self.dropped)
        holder = QWidget()
        holder.setLayout(grid)
        self.setLayout(side_by_side(holder, drop, gap=4, stretch=0))

    @property
    def is_empty(self) -> bool:
        return not any(map(_says_something, self.cells))

    def value(self) -> dict[str, Any]:
        cells = {key: cell.value() for key, cell in self._cells.items()}
        return {**self._others, **cells}

    @property
    def cells(self) -> list[Editor]:
        return list(self._cells.values())


class LabelEditor(Editor):
    """What a phone or address is: one of the usual labels, or any other word."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        usual = ["", tr("mobile"), tr("work"), tr("home")]
        self.choice = Choice([(label, label) for label in usual], free=True)
        self.choice.setPlaceholderText(str(field.label))
        self._name(self.choice)
        self.column.addWidget(self.choice)
        self.choice.currentTextChanged.connect(self.edited)

    def show_value(self, value: Any) -> None:
        self.choice.setCurrentText(value or "")
        line = self.choice.lineEdit()
        assert line is not None
        line.setCursorPosition(0)

    def value(self) -> Any:
        return self.choice.currentText().strip()

    def inputs(self) -> list[QWidget]:
        return [self.choice]


COMPOUND: Mapping[FieldType, type[Editor]] = {
    FieldType.NAME: PartsEditor,
    FieldType.PARTS: PartsEditor,
    FieldType.PHONES: RowsEditor,
    FieldType.LIST: RowsEditor,
    FieldType.TABLE: RowsEditor,
}
_ITEM = ""  # key of the only column of a list of texts
_LABEL = "label"  # key of the column that says which phone it is


def _columns(field: Field) -> tuple[Field, ...]:
    if field.type is FieldType.PHONES:
        number = own_field("value", FieldType.PHONE, tr("Number"))
        return number, own_field(_LABEL, FieldType.TEXT, tr("Which one"))
    asked = tuple(part for part in field.parts if not part.retired)
    return asked or (Field(_ITEM, FieldType.TEXT, field.label),)


def _cell(column: Field, of: Field, people: Sequence[Person], *, long: bool) -> Editor:
    if of.type is FieldType.PHONES and column.key == _LABEL:
        return LabelEditor(column)
    # A row has one line for a short text.
    if column.type is FieldType.TEXT and not long:
        return LineEditor(column)
    return editor_for(column, people)


def _is_long(text: Any) -> bool:
    return isinstance(text, str) and len(text) > _LONG


def _says_something(cell: Editor) -> bool:
    if isinstance(cell, LineEditor):
        return bool(cell.line.text().strip())
    return not is_empty(cell.field, cell.value())
