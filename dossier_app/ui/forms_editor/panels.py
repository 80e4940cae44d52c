"""What is said about a form, and about one of its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLayout, QSpinBox, QWidget

from dossier_app.domain.forms.changing import CHOICES, WITH_PARTS, retyped
from dossier_app.domain.forms.template import Field, FieldType, Scope, Template, Text
from dossier_app.domain.language import tr
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.dossier.inputs import Choice
from dossier_app.ui.dossier.page import Page
from dossier_app.ui.forms_editor.parts import PartRows
from dossier_app.ui.forms_editor.texts import TextPair
from dossier_app.ui.forms_editor.words import type_choices
from dossier_app.ui.widgets import Button, Label, Look

_MARGIN = 4  # px at the sides: the focus ring has room


class FormPanel(Page):
    """Title, help, whom the form is about, whether it is filled anew each time."""

    edited = Signal(object)  # the changed template

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template: Template | None = None
        self.title = TextPair(tr("Title"))
        self.help = TextPair(tr("Help"), long=True)
        self.scope = Choice(
            [(Scope.DOSSIER, tr("the client")), (Scope.PERSON, tr("one of the people"))]
        )
        self.again = QCheckBox(tr("Filled anew each time"))
        self.column.setContentsMargins(_MARGIN, 0, _MARGIN, 8)
        self.column.setSpacing(12)
        self.column.addLayout(labelled(tr("Title"), self.title, buddy=self.title.first))
        self.column.addLayout(
            labelled(tr("What to keep in mind"), self.help, buddy=self.help.first)
        )
        self.column.addLayout(labelled(tr("It is about"), self.scope))
        self.column.addWidget(self.again)
        self.column.addStretch(1)
        for signal in (
            self.title.edited,
            self.help.edited,
            self.scope.activated,
            self.again.clicked,
        ):
            signal.connect(self._tell)

    def show_template(self, template: Template, *, new: bool) -> None:
        """Show what is said now. Whom it is about is fixed once answers can be there."""
        self._template = template
        self.title.show_text(template.title)
        self.help.show_text(template.help)
        self.scope.choose(template.scope)
        self.scope.setEnabled(new)
        self.again.setChecked(template.repeatable)

    def _tell(self) -> None:
        assert self._template is not None
        self._template = replace(
            self._template,
            title=self.title.text(),
            help=self.help.text(),
            scope=Scope(self.scope.currentData()),
            repeatable=self.again.isChecked(),
        )
        self.edited.emit(self._template)


class GroupPanel(Page):
    """The words above a group of questions."""

    edited = Signal(object)  # the changed Text
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading_text = TextPair(tr("Heading"))
        self.heading_text.edited.connect(self._tell)
        self.remove = Button(tr("Remove this heading"), Look.QUIET)
        self.remove.clicked.connect(self.remove_wanted)
        self.column.setContentsMargins(_MARGIN, 0, _MARGIN, 8)
        self.column.setSpacing(12)
        self.column.addLayout(
            labelled(tr("Heading"), self.heading_text, buddy=self.heading_text.first)
        )
        hint = tr("Its questions go to the heading above when it is removed.")
        self.column.addWidget(Label(hint, "small", role="muted", wrap=True))
        self.column.addWidget(self.remove)
        self.column.addStretch(1)

    def show_heading(self, text: Text) -> None:
        """Show another heading."""
        self.heading_text.show_text(text)

    def _tell(self) -> None:
        self.edited.emit(self.heading_text.text())


class FieldPanel(Page):
    """Everything about one question."""

    edited = Signal(object)  # the changed field
    retire_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self.label = TextPair(tr("Question"))
        self.kind = Choice(type_choices())
        self.group = Choice([])
        self._bound = Label("", "small", role="muted", wrap=True)
        self.required = QCheckBox(tr("needed"))
        self.private = QCheckBox(tr("private"))
        self.options, self.columns = PartRows(columns=False), PartRows(columns=True)
        self.low, self.high = QSpinBox(), QSpinBox()
        self.ask = TextPair(tr("In words to say"))
        self.help = TextPair(tr("Help"), long=True)
        self.slip = TextPair(tr("Words of the slip"))
        self.retire = Button("", Look.QUIET)
        self.retire.clicked.connect(self.retire_wanted)
        self._sections: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.setContentsMargins(_MARGIN, 0, _MARGIN, 8)
        self.column.setSpacing(12)
        marks = QHBoxLayout()
        marks.setSpacing(16)
        marks.addWidget(self.required)
        marks.addWidget(self.private)
        marks.addStretch(1)
        ends = QWidget()
        row = QHBoxLayout(ends)
        row.setContentsMargins(0, 0, 0, 0)
        for spin, name in ((self.low, tr("Lowest")), (self.high, tr("Highest"))):
            spin.setAccessibleName(name)
            spin.setRange(0, 100)
            row.addWidget(Label(name, "small", role="muted"))
            row.addWidget(spin)
        row.addStretch(1)
        self.column.addLayout(labelled(tr("Question"), self.label, buddy=self.label.first))
        self.column.addLayout(labelled(tr("Kind of answer"), self.kind))
        self.column.addWidget(self._bound)
        self._section("group", labelled(tr("Under the heading"), self.group))
        self._section("options", labelled(tr("Choices"), self.options))
        self._section("columns", labelled(tr("Columns and parts"), self.columns))
        self._section("scale", labelled(tr("Marks"), ends))
        self.column.addLayout(marks)
        self.column.addLayout(labelled(tr("In words to say"), self.ask, buddy=self.ask.first))
        self.column.addLayout(labelled(tr("Help"), self.help, buddy=self.help.first))
        slip = labelled(tr("A slip under the date says"), self.slip, buddy=self.slip.first)
        self._section("slip", slip)
        self.column.addWidget(self.retire)
        self.column.addStretch(1)

    def _section(self, name: str, layout: QLayout) -> None:
        holder = QWidget()
        layout.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(layout)
        self._sections[name] = holder
        self.column.addWidget(holder)

    def _connect(self) -> None:
        for pair in (self.label, self.ask, self.help, self.slip):
            pair.edited.connect(self._tell)
        for rows in (self.options, self.columns):
            rows.edited.connect(self._tell)
        for box in (self.required, self.private):
            box.clicked.connect(self._tell)
        for spin in (self.low, self.high):
            spin.valueChanged.connect(self._tell)
        self.kind.activated.connect(self._retype)
        self.group.activated.connect(self._tell)

    def show_field(self, field: Field, groups: Mapping[str, Text], *, new: bool) -> None:
        """Show another question, which can go under one of ``groups``. A ``new`` one can be
        removed, an older one is retired."""
        self._field = None  # what is shown now is no edit
        self.group.clear()
        for key, text in {"": Text(), **groups}.items():
            self.group.addItem(str(text) or ("…" if key else tr("no heading")), key)
        self.group.choose(field.group)
        self.label.show_text(field.label)
        self.ask.show_text(field.ask)
        self.help.show_text(field.help)
        self.slip.show_text(field.slip)
        self.required.setChecked(field.required)
        self.private.setChecked(field.private)
        self.kind.choose(field.type)
        low, high = field.scale
        self.low.setValue(low)
        self.high.setValue(high)
        self.options.show_parts(field.options)
        self.columns.show_parts(field.parts)
        if new:
            self.retire.setText(tr("Remove this question"))
        else:
            self.retire.setText(tr("Ask this again") if field.retired else tr("No longer ask this"))
        self.retire.updateGeometry()
        self._field = field
        self._show_sections()

    def _show_sections(self) -> None:
        assert self._field is not None
        field = self._field
        bound = bool(field.bind) or any(part.bind for part in field.parts)
        self.kind.setEnabled(not bound)
        self._bound.setVisible(bound)
        self._bound.setText(tr("This is the dossier's own data; its kind stays as it is."))
        for name, shown in (
            ("group", self.group.count() > 1 and not field.retired),
            ("options", field.type in CHOICES and not bound),
            ("columns", field.type in WITH_PARTS and not bound),
            ("scale", field.type is FieldType.SCALE),
            ("slip", field.type is FieldType.DATE),
        ):
            self._sections[name].setVisible(shown)

    def _retype(self) -> None:
        if self._field is not None:
            self._field = retyped(self._field, FieldType(self.kind.currentData()))
            self.options.show_parts(self._field.options)
            self.columns.show_parts(self._field.parts)
            self._show_sections()
            self._tell()

    def _tell(self, *_: Any) -> None:
        field = self._field
        if field is None:
            return
        low = self.low.value()
        changes: dict[str, Any] = {
            "label": self.label.text(),
            "ask": self.ask.text(),
            "help": self.help.text(),
            "required": self.required.isChecked(),
            "private": self.private.isChecked(),
            "group": self.group.currentData(),
        }
        if field.type in CHOICES:
            changes["options"] = self.options.parts()
        if field.type in WITH_PARTS:
            changes["parts"] = self.columns.parts()
        if field.type is FieldType.SCALE:
            changes["scale"] = (low, max(low + 1, self.high.value()))
        if field.type is FieldType.DATE:
            changes["slip"] = self.slip.text()
        self._field = replace(field, **changes)
        self.edited.emit(self._field)
