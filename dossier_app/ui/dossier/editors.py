"""One editor per type of field: it shows a value, takes one, and knows no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import Field, FieldType, Option, Text
from dossier_app.domain.forms.values import check, parse, text_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Person
from dossier_app.ui.dossier.inputs import Choice, GrowingText, Line
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.widgets import Segments

# Types whose words are read: what was understood is shown below while typing.
_READ = (
    FieldType.DATE,
    FieldType.PARTIAL_DATE,
    FieldType.TIME,
    FieldType.NUMBER,
    FieldType.MONEY,
)


class Editor(QWidget):
    """Edits one value of ``field``; ``people`` are those whom a PERSON field can name."""

    edited = Signal()

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__()
        self.field = field
        self.people = people
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def show_value(self, value: Any) -> None:
        """Show a checked value of the field; None for an empty one."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value as it is now, None for an empty one. Raises Refusal with a sentence."""
        raise NotImplementedError

    def inputs(self) -> list[QWidget]:
        """What takes the keyboard, in the order of Tab."""
        raise NotImplementedError

    def inner(self) -> list[Editor]:
        """The editors that this one is made of."""
        return []

    def wrong_inputs(self) -> list[QWidget]:
        """Those of `inputs` that hold what is refused."""
        found = [item for editor in self.inner() for item in editor.wrong_inputs()]
        if found:
            return found
        try:
            self.value()
        except Refusal:
            return self.inputs()
        return []

    def begin(self, typed: str = "") -> None:
        """Take the keyboard, with the first character that was typed already."""
        first = self.inputs()[0]
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()
            if typed:
                first.insert(typed)

    def _name(self, widget: QWidget) -> None:
        widget.setAccessibleName(str(self.field.label))
        widget.setAccessibleDescription(str(self.field.help))


class LineEditor(Editor):
    """One line; dates, times and amounts are read from words and said back."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        self._shown: tuple[str, Any] = ("", None)
        self.line = Line()
        self._name(self.line)
        self._heard = Prose(role="accent", size="small")
        self._heard.hide()
        self.column.addWidget(self.line)
        self.column.addWidget(self._heard)
        self.line.textChanged.connect(self._changed)

    def show_value(self, value: Any) -> None:
        self._shown = (text_of(self.field, value, self.people), value)
        self.line.setText(self._shown[0])
        self.line.setCursorPosition(0)

    def value(self) -> Any:
        text, value = self._shown
        # What was not touched stays what it was, whatever its words would be read as.
        if self.line.text() == text:
            return value
        return parse(self.field, self.line.text(), self.people)

    def inputs(self) -> list[QWidget]:
        return [self.line]

    def _changed(self) -> None:
        if self.field.type in _READ:
            self._say_what_was_heard()
        self.edited.emit()

    def _say_what_was_heard(self) -> None:
        typed = self.line.text().strip()
        try:
            heard = text_of(self.field, parse(self.field, typed, self.people), self.people)
            self._heard.set_role("accent")
        except Refusal:
            heard = tr("not understood yet")
            self._heard.set_role("muted")
        self._heard.setText(heard)
        self._heard.setVisible(bool(heard) and heard != typed and self.line.isModified())


class TextEditor(Editor):
    """A text that grows with what is typed."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        self._shown: tuple[str, Any] = ("", None)
        self.text = GrowingText(lines=field.type is not FieldType.TEXT)
        self._name(self.text)
        self.column.addWidget(self.text)
        self.text.textChanged.connect(self.edited)

    def show_value(self, value: Any) -> None:
        self._shown = (text_of(self.field, value), value)
        self.text.setPlainText(self._shown[0])

    def value(self) -> Any:
        text, value = self._shown
        typed = self.text.toPlainText()
        return value if typed == text else parse(self.field, typed)

    def inputs(self) -> list[QWidget]:
        return [self.text]

    def begin(self, typed: str = "") -> None:
        self.text.setFocus()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.insertPlainText(typed)


class ChoiceEditor(Editor):
    """One of the options, yes or no, or one of the people; the first item is none."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        self.choice = Choice([(None, "—"), *self._items()])
        self._name(self.choice)
        self.column.addWidget(self.choice)
        self.choice.currentIndexChanged.connect(self.edited)

    def _items(self) -> list[tuple[Any, str]]:
        if self.field.type is FieldType.YES_NO:
            return [(True, tr("yes")), (False, tr("no"))]
        if self.field.type is FieldType.PERSON:
            return [(person.uid, person.full_name) for person in self.people]
        return [(item.key, str(item.label)) for item in self.field.options if not item.retired]

    def show_value(self, value: Any) -> None:
        if value is not None and self.choice.findData(value) < 0:
            # An option that has left the template is kept until another is chosen.
            self.choice.addItem(text_of(self.field, value, self.people), value)
        self.choice.choose(value)

    def value(self) -> Any:
        return self.choice.currentData()

    def inputs(self) -> list[QWidget]:
        return [self.choice]


class MultiChoiceEditor(Editor):
    """Any of the options."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        self._boxes = {option.key: QCheckBox(str(option.label)) for option in field.options}
        for option, box in zip(field.options, self._boxes.values(), strict=True):
            self.column.addWidget(box)
            box.setHidden(option.retired)
            box.toggled.connect(self.edited)

    def show_value(self, value: Any) -> None:
        for key, box in self._boxes.items():
            box.setChecked(key in (value or []))
            if box.isChecked():
                box.show()  # a retired one that was chosen can be taken back

    def value(self) -> Any:
        return check(self.field, [key for key, box in self._boxes.items() if box.isChecked()])

    def inputs(self) -> list[QWidget]:
        return [box for box in self._boxes.values() if not box.isHidden()]


class ScaleEditor(Editor):
    """A mark, and words about it."""

    def __init__(self, field: Field, people: Sequence[Person] = ()) -> None:
        super().__init__(field, people)
        low, high = field.scale
        marks = [(None, "—"), *((mark, str(mark)) for mark in range(low, high + 1))]
        self.marks = Segments(marks, name=str(field.label))
        self.remark = Line(tr("what you judge it by"))
        self.remark.setAccessibleName(tr("Remark"))
        self.column.addWidget(self.marks)
        self.column.addWidget(self.remark)
        self.marks.chosen.connect(self.edited)
        self.remark.textChanged.connect(self.edited)

    def show_value(self, value: Any) -> None:
        known = value or {}
        self.marks.choose(known.get("score"))
        self.remark.setText(known.get("text", ""))
        self.remark.setCursorPosition(0)

    def value(self) -> Any:
        return check(self.field, {"score": self.marks.value, "text": self.remark.text()})

    def inputs(self) -> list[QWidget]:
        marks = self.marks.findChildren(QAbstractButton)
        return [*(button for button in marks if button.isChecked()), self.remark]

    def begin(self, typed: str = "") -> None:
        low, high = self.field.scale
        if typed.isdecimal() and low <= int(typed) <= high:
            self.marks.choose(int(typed))
            typed = ""
        self.inputs()[1 if typed else 0].setFocus()
        self.remark.insert(typed)


_EDITORS: Mapping[FieldType, type[Editor]] = {
    FieldType.TEXT: TextEditor,
    FieldType.LONG_TEXT: TextEditor,
    FieldType.ADDRESS: TextEditor,
    FieldType.NUMBER: LineEditor,
    FieldType.MONEY: LineEditor,
    FieldType.DATE: LineEditor,
    FieldType.PARTIAL_DATE: LineEditor,
    FieldType.TIME: LineEditor,
    FieldType.PHONE: LineEditor,
    FieldType.EMAIL: LineEditor,
    FieldType.CHOICE: ChoiceEditor,
    FieldType.YES_NO: ChoiceEditor,
    FieldType.PERSON: ChoiceEditor,
    FieldType.MULTI_CHOICE: MultiChoiceEditor,
    FieldType.SCALE: ScaleEditor,
}


def own_field(key: str, kind: FieldType, label: str, options: Sequence[Option] = ()) -> Field:
    """A field for data that no template describes; ``label`` is in the current language."""
    return Field(key, kind, Text(label, label), options=tuple(options))


def editor_for(field: Field, people: Sequence[Person] = ()) -> Editor:
    """A new, empty editor for ``field``."""
    kind = _EDITORS.get(field.type)
    if kind is not None:
        return kind(field, people)
    from dossier_app.ui.dossier.compound_editors import COMPOUND

    return COMPOUND[field.type](field, people)
