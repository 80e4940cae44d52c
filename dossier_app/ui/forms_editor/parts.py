"""The choices of a question, or the columns of a table: a line for each, and an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.forms.changing import key_for, retyped
from dossier_app.domain.forms.template import Field, FieldType, Option, Text
from dossier_app.domain.language import tr
from dossier_app.ui.dialogs.labelled import tab_through
from dossier_app.ui.dossier.inputs import Choice, Line
from dossier_app.ui.dossier.page import side_by_side
from dossier_app.ui.forms_editor.texts import languages
from dossier_app.ui.forms_editor.words import SIMPLE, type_word
from dossier_app.ui.widgets import Button, Look

Part = Option | Field
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PartRows(QWidget):
    """Options, or with ``columns`` the parts of a table or list. Alt and an arrow move a
    line. What is dropped is retired: old answers are read by it."""

    edited = Signal()

    def __init__(self, *, columns: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._retired: list[Part] = []
        self.rows: list[PartRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other choices or columns."""
        for row in list(self.rows):
            self._take_out(row)
        self._retired = [part for part in parts if part.retired]
        for part in parts:
            if not part.retired:
                self._add(part)
        self._add(None)

    def parts(self) -> tuple[Part, ...]:
        """The lines that say something, with those that were dropped behind them."""
        found: list[Part] = []
        for row in self.rows:
            taken = {part.key for part in (*found, *self._retired)}
            taken |= {other.part.key for other in self.rows if other.part and other is not row}
            part = row.value(taken)
            if part is not None:
                found.append(part)
        return (*found, *self._retired)

    def _add(self, part: Part | None) -> None:
        row = PartRow(part, columns=self._columns)
        row.edited.connect(self._changed)
        row.dropped.connect(self._drop)
        row.move_wanted.connect(self._move)
        self.rows.append(row)
        self._box.addWidget(row)
        row.show()  # Qt shows a new child later; the keyboard may go to it now
        # A row that came later is not the last one for the keyboard.
        tab_through(*(item for each in self.rows for item in each.inputs()))

    def _take_out(self, row: PartRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()

    def _changed(self) -> None:
        if self.rows[-1].is_filled:
            self._add(None)
        self.edited.emit()

    def _drop(self) -> None:
        row = self.sender()
        assert isinstance(row, PartRow)
        if row is self.rows[-1]:
            return
        if row.part is not None:
            self._retired.append(replace(row.part, retired=True))
        place = self.rows.index(row)
        self._take_out(row)
        self.rows[place].first.setFocus()
        self.edited.emit()

    def _move(self, step: int) -> None:
        row = self.sender()
        assert isinstance(row, PartRow)
        place = self.rows.index(row)
        wanted = place + step
        # The empty line stays the last one.
        if row is self.rows[-1] or not 0 <= wanted < len(self.rows) - 1:
            return
        self.rows.insert(wanted, self.rows.pop(place))
        self._box.insertWidget(wanted, row)
        self.edited.emit()


class PartRow(QWidget):
    """A choice or column in both languages; of a column its type too."""

    edited = Signal()
    dropped = Signal()
    move_wanted = Signal(int)

    def __init__(self, part: Part | None, *, columns: bool) -> None:
        super().__init__()
        self.part = part
        self._columns = columns
        self._kinds: Choice | None = None
        self.texts: dict[str, Line] = {}
        label = part.label if part else Text()
        first, second = languages()
        for code in (first, second):
            words = str(getattr(label, code))
            line = Line(code)
            line.setText("" if code == second and words == getattr(label, first) else words)
            line.setCursorPosition(0)
            line.setAccessibleName(
                tr("Column, {language}", language=code)
                if columns
                else tr("Choice, {language}", language=code)
            )
            line.textChanged.connect(self.edited)
            self.texts[code] = line
        self._drop = Button("", Look.QUIET, icon="close")
        self._drop.setAccessibleName(tr("Remove this row"))
        self._drop.setToolTip(tr("Remove this row"))
        self._drop.clicked.connect(self.dropped)
        names = side_by_side(*self.texts.values(), self._drop, gap=4)
        for place in range(2):
            names.setStretch(place, 1)
        names.setStretch(3, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4 if columns else 0)
        column.setSpacing(2)
        column.addLayout(names)
        if columns:
            column.addWidget(self._make_kinds(part))

    def _make_kinds(self, part: Part | None) -> Choice:
        kind = part.type if isinstance(part, Field) else FieldType.TEXT
        offered = list(SIMPLE) if kind in SIMPLE else [*SIMPLE, kind]
        self._kinds = Choice([(one, type_word(one)) for one in offered])
        self._kinds.setAccessibleName(tr("Type of the column"))
        self._kinds.choose(kind)
        self._kinds.activated.connect(self.edited)
        return self._kinds

    def inputs(self) -> list[QWidget]:
        """What takes the keyboard, in the order of Tab."""
        return [*self.texts.values(), *([self._kinds] if self._kinds else []), self._drop]

    @property
    def first(self) -> Line:
        return self.texts[languages()[0]]

    @property
    def is_filled(self) -> bool:
        return any(line.text().strip() for line in self.texts.values())

    def value(self, taken: set[str]) -> Part | None:
        """What stands here, with its own key or one that is not ``taken``; None for
        nothing."""
        if not self.is_filled:
            return self.part  # a line that was emptied keeps its words: dropping is another key
        words = {code: line.text().strip() for code, line in self.texts.items()}
        known = next(words[code] for code in languages() if words[code])
        label = Text(**{code: words[code] or known for code in words})
        if self._kinds is None:
            old = self.part if isinstance(self.part, Option) else None
            return replace(old or Option(key_for(label, taken, "choice"), label), label=label)
        kind = FieldType(self._kinds.currentData())
        column = self.part if isinstance(self.part, Field) else None
        column = column or Field(key_for(label, taken, "column"), kind, label)
        return replace(retyped(column, kind), label=label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(step)
        else:
            super().keyPressEvent(event)
