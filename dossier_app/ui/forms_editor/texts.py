"""Texts in two languages: the one spoken now first, the other below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from dossier_app.domain.forms.template import Text
from dossier_app.domain.language import LANGUAGES, current_language, tr
from dossier_app.ui.dossier.inputs import GrowingText, Line
from dossier_app.ui.widgets import Label

_CODE = 20  # px for the name of the language


def languages() -> list[str]:
    """The language of the window first."""
    return sorted(LANGUAGES, key=lambda code: code != current_language())


class TextPair(QWidget):
    """One text in both languages. What is left empty in the second one is said as in the
    first; ``long`` texts may have several lines."""

    edited = Signal()

    def __init__(self, name: str, *, long: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs: dict[str, Line | GrowingText] = {}
        self._showing = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        for row, code in enumerate(languages()):
            field: Line | GrowingText = GrowingText() if long else Line()
            field.setAccessibleName(tr("{name}, {language}", name=name, language=code))
            field.textChanged.connect(self._changed)
            label = Label(code, "small", role="muted")
            label.setFixedWidth(_CODE)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            self.inputs[code] = field

    @property
    def first(self) -> Line | GrowingText:
        """What takes the keyboard."""
        return self.inputs[languages()[0]]

    def show_text(self, text: Text) -> None:
        """Show a text; the same in both languages stands there once."""
        first, second = languages()
        words = {code: str(getattr(text, code)) for code in (first, second)}
        if words[first] == words[second]:
            words[second] = ""
        self._showing = True
        for code, field in self.inputs.items():
            if isinstance(field, Line):
                field.setText(words[code])
                field.setCursorPosition(0)
            else:
                field.setPlainText(words[code])
        self._showing = False
        self._hint()

    def text(self) -> Text:
        words = {code: _typed(field).strip() for code, field in self.inputs.items()}
        known = next((words[code] for code in languages() if words[code]), "")
        return Text(**{code: words[code] or known for code in words})

    def _changed(self) -> None:
        if not self._showing:
            self._hint()
            self.edited.emit()

    def _hint(self) -> None:
        first, second = languages()
        self.inputs[second].setPlaceholderText(_typed(self.inputs[first]))


def _typed(field: Line | GrowingText) -> str:
    return field.text() if isinstance(field, Line) else field.toPlainText()
