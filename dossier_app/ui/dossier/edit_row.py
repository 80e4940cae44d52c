"""A fact that is read as a line and changed in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from dossier_app.domain.datewords import full_date
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import Field
from dossier_app.domain.language import tr
from dossier_app.domain.records import Person
from dossier_app.services.overviews import FormLine
from dossier_app.ui.dossier.edit_box import EditBox
from dossier_app.ui.dossier.editors import Editor, editor_for
from dossier_app.ui.dossier.page import reveal
from dossier_app.ui.dossier.prose import Prose, line_height
from dossier_app.ui.dossier.table_text import TableText
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import REGULAR, SEMIBOLD, Size, font, scale, tokens
from dossier_app.ui.widgets import paint

_MOST_LINES = 8
_MARK = 12  # px of the private mark
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

# Stores a value and where it was heard; false when it could not be stored.
Save = Callable[[str, Any, str], bool]


class RowShape(Enum):
    """Where the label stands."""

    NUMBERED = "numbered"  # above the text, the field's number before it
    PLAIN = "plain"  # above the text
    ASIDE = "aside"  # at the left of the text
    TITLE = "title"  # none: the text is a heading


class EditRow(QWidget):
    """One field. Enter, F2, a click or, when it is empty, typing opens its editor; Enter
    and Tab store, Esc restores. A value that is refused stays in the open editor.

    ``sourced`` asks where a fact was heard; ``script`` is for what is read while talking:
    texts are whole, and an open question stands there with its words and its help.
    ``make_editor`` is for values of which the type of the field does not tell all.
    """

    went_on = Signal(bool)  # stored; True when the next row is to be opened at once
    went_back = Signal()

    def __init__(
        self,
        save: Save,
        *,
        shape: RowShape = RowShape.NUMBERED,
        sourced: bool = False,
        script: bool = False,
        make_editor: Callable[[Field, Sequence[Person]], Editor] = editor_for,
    ) -> None:
        super().__init__()
        self._save = save
        self._shape = shape
        self._sourced = sourced
        self._script = script
        self._make_editor = make_editor
        self._line: FormLine | None = None
        self._people: Sequence[Person] = ()
        self._edit: EditBox | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._label = Prose(size="small", role="muted")
        heading = shape is RowShape.TITLE
        most = 0 if script else _MOST_LINES
        self._text = Prose(weight=SEMIBOLD if heading else REGULAR, most=most)
        # What few rows have is made when a row first has it.
        self._table: TableText | None = None
        self._below: dict[str, Prose] = {}
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnMinimumWidth(0, _SIDE[shape])
        self._grid.setColumnStretch(1, 1)
        if shape is RowShape.ASIDE:
            self._label.setFixedWidth(_SIDE[shape] - 8)
            self._grid.addWidget(self._label, 0, 0)
        else:
            self._grid.addWidget(self._label, 0, 1)
        self._grid.addWidget(self._text, int(shape is not RowShape.ASIDE), 1)
        for part in (self._label, self._text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # --- reading

    @property
    def line(self) -> FormLine:
        assert self._line is not None
        return self._line

    @property
    def is_open(self) -> bool:
        return self._edit is not None

    @property
    def editor(self) -> Editor | None:
        """The open editor."""
        return self._edit.editor if self._edit else None

    def shown_texts(self) -> list[str]:
        """All that is read on the row, from above."""
        ask, hint, age = (self._below.get(name) for name in ("ask", "help", "age"))
        parts = (self._label, ask, hint, self._text, age)
        return [part.text() for part in parts if part is not None and part.isVisible()]

    def show_line(self, line: FormLine, people: Sequence[Person]) -> None:
        """Show how the fact stands; an open editor keeps what is typed in it."""
        self._line, self._people = line, people
        filled = bool(line.text)
        missing = line.field.required and not filled
        self._label.setText(
            tr("{field} (needed)", field=line.field.label) if missing else str(line.field.label)
        )
        aside = self._shape is RowShape.ASIDE
        self._label.set_look("small" if filled and not aside else "body", "muted")
        self._text.setText("" if line.rows else line.text)
        self._show_rows(line)
        ask = tr("“{question}”", question=line.field.ask) if line.field.ask else ""
        self._say("ask", ask if self._script and not filled else "")
        self._say("help", str(line.field.help) if self._script and not filled else "")
        since = full_date(line.confirmed) if line.old and line.confirmed else ""
        self._say("age", tr("known since {day}, ask again", day=since) if since else "")
        gap = 5 if filled and not aside else 3
        marks = 36 if line.field.private and not filled else 20
        self._grid.setContentsMargins(0, gap, 0, gap)
        self._grid.setColumnMinimumWidth(2, marks)
        self._show_parts()
        self._describe()

    def _show_rows(self, line: FormLine) -> None:
        if self._table is None and line.rows:
            self._table = TableText()
            self._add(self._table, 2)
        if self._table is not None:
            self._table.show_rows(line.rows)

    def _say(self, name: str, text: str) -> None:
        """Let one of the sentences of `_BELOW` say ``text``."""
        if text and name not in self._below:
            place, size, role = _BELOW[name]
            self._below[name] = Prose(size=size, role=role)
            self._add(self._below[name], place)
        if name in self._below:
            self._below[name].setText(text)

    def _add(self, part: QWidget, place: int) -> None:
        self._grid.addWidget(part, place, 1)
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _show_parts(self) -> None:
        reading = not self.is_open
        self._label.setHidden(self._shape is RowShape.TITLE and bool(self.line.text))
        # What the field no longer takes is still read while a new answer is given.
        shown = reading or not self.line.fits
        self._text.setVisible(shown and bool(self._text.text()))
        if self._table is not None:
            self._table.setVisible(reading and bool(self.line.rows))
        for name, part in self._below.items():
            # The question is still read while it is answered.
            part.setVisible((reading or name == "ask") and bool(part.text()))
        self.update()

    def _describe(self) -> None:
        line = self.line
        known = [line.text or tr("not known yet")]
        if line.field.private:
            known.append(tr("private"))
        if line.source:
            known.append(tr("heard from: {source}", source=line.source))
        if line.confirmed:
            known.append(tr("confirmed {day}", day=full_date(line.confirmed)))
        self.setAccessibleName(f"{line.field.label}: {'. '.join(known)}")
        self.setAccessibleDescription(str(line.field.help))
        self.setToolTip("\n".join(filter(None, [str(line.field.help), *known[1:]])))

    # --- changing

    @property
    def _fitting(self) -> Any:
        """The value to be edited: none where it is one of what the field was before."""
        return self.line.value if self.line.fits else None

    def open(self, typed: str = "") -> None:
        """Turn into an editor and take the keyboard."""
        if not self.line.asked:
            return
        if self._edit is None:
            editor = self._make_editor(self.line.field, self._people)
            editor.show_value(self._fitting)
            self.put_editor(editor)
        assert self._edit is not None
        self._edit.editor.begin(typed)
        reveal(self)

    def put_editor(self, editor: Editor) -> None:
        """Open with an editor that somebody typed into already."""
        source = self.line.source if self._sourced else None
        self._edit = EditBox(editor, source, str(self.line.field.help))
        self._edit.say()
        self._edit.still_so.clicked.connect(self._confirm)
        self._edit.still_so.setVisible(self._sourced and self.line.old)
        self._grid.addWidget(self._edit, 6, 0, 1, 3)
        # Qt shows a new child later; the keyboard is to go to it now.
        self._edit.show()
        self._show_parts()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def arrive(self, open_it: bool) -> None:
        """Take the keyboard from the row above."""
        self.setFocus()
        if open_it:
            self.open()

    def stay(self) -> None:
        """Keep the keyboard: there is no row below."""
        self.setFocus()

    def commit(self) -> bool:
        """Store what is typed and close; false when it was refused and stays open."""
        if self._edit is None:
            return True
        try:
            value = self._edit.editor.value()
        except Refusal as refusal:
            self._edit.say(str(refusal))
            reveal(self)
            return False
        source = self._edit.source
        changed = value != self._fitting or (value is not None and source != self.line.source)
        if changed and not self._save(self.line.field.key, value, source):
            return False
        self.close_editor()
        return True

    def cancel(self) -> None:
        """Close without storing."""
        self.close_editor()
        self.setFocus()

    def close_editor(self) -> Editor | None:
        """Close; returns the editor with what is typed in it."""
        if self._edit is None:
            return None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._focus_moved)
        box, self._edit = self._edit, None
        box.hide()
        box.deleteLater()
        self._show_parts()
        return box.editor

    def _confirm(self) -> None:
        """The old fact is still so: confirmed today."""
        if self._edit is not None and self._save(
            self.line.field.key, self.line.value, self._edit.source
        ):
            self.close_editor()
            self.setFocus()

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        left = old is not None and self.isAncestorOf(old)
        if not left or now is None or now is self or self.isAncestorOf(now):
            return
        if now.window().windowType() is not Qt.WindowType.Popup:
            self.commit()

    # --- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.is_open:
            if key == Qt.Key.Key_Escape:
                self.cancel()
            elif key in _ENTER:
                if self.commit():
                    self.went_on.emit(False)
            else:
                super().keyPressEvent(event)
        elif key in (*_ENTER, Qt.Key.Key_F2):
            self.open()
        elif key == Qt.Key.Key_Down:
            self.went_on.emit(False)
        elif key == Qt.Key.Key_Up:
            self.went_back.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.line.text)
        elif not self.line.text and _is_typing(event):
            self.open(event.text())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._edit is None:
            return super().focusNextPrevChild(forward)
        inputs = self._edit.inputs()
        here = QApplication.focusWidget()
        place = next((n for n, item in enumerate(inputs) if item is here), 0)
        place += 1 if forward else -1
        if 0 <= place < len(inputs):
            inputs[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif not forward:
            self.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif self.commit():
            self.went_on.emit(True)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self.is_open:
            self.open()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.rect().adjusted(-2, 0, 0, 0)
        hot = self.underMouse() and not self.is_open and self.line.asked
        if hot:
            paint.rounded(painter, ground, scale().radius_small, t.hover)
        top = self._label.y()
        if self._shape is RowShape.NUMBERED and self.line.field.number:
            height = line_height("small" if self.line.text else "body")
            room = QRect(0, top, _SIDE[self._shape] - 6, height)
            number = str(self.line.field.number)
            of = font("small", tabular=True)
            paint.write(painter, room, number, of, t.muted, paint.RIGHT)
        x = self.width() - _MARK - 4
        if not self.line.text and not self.is_open:
            ink = t.accent if hot or self.hasFocus() else t.faint
            draw_icon(painter, "plus", x, top + 3, ink, _MARK)
            x -= _MARK + 4
        if self.line.field.private:
            draw_icon(painter, "eye-off", x, top + 3, t.muted, _MARK)
        if self.hasFocus():
            paint.draw_focus(painter, self.rect(), scale().radius_small, t.accent)


# Sentences that may stand below the text: row of the grid, size and colour.
_BELOW: dict[str, tuple[int, Size, str]] = {
    "age": (3, "small", "warn_ink"),
    "ask": (4, "body", "accent"),
    "help": (5, "small", "muted"),
}
# px at the left for the number or the label
_SIDE = {RowShape.NUMBERED: 24, RowShape.PLAIN: 0, RowShape.ASIDE: 112, RowShape.TITLE: 0}


def chain(rows: Sequence[EditRow]) -> None:
    """Let the keys lead from row to row."""
    for row, following in pairwise(rows):
        row.went_on.connect(following.arrive)
        following.went_back.connect(row.setFocus)
    if rows:
        rows[-1].went_on.connect(rows[-1].stay)


def _is_typing(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return not modifiers and event.text().isprintable() and bool(event.text().strip())
