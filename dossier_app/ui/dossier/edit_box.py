"""What an open row of a form holds: the editor, and what belongs to it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.ui.dossier.editors import Editor
from dossier_app.ui.dossier.inputs import Line, mark_wrong
from dossier_app.ui.dossier.page import side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.widgets import Button, Look


class EditBox(QWidget):
    """The open editor with the problem, the source and the hint below it; ``source`` is
    None where none is kept."""

    def __init__(self, editor: Editor, source: str | None, hint: str) -> None:
        super().__init__()
        self.editor = editor
        self._problem = Prose(size="small", role="danger")
        self._source = Line(tr("heard from…"))
        self._source.setAccessibleName(tr("Heard from"))
        self._source.setText(source or "")
        self._source.setVisible(source is not None)
        self.still_so = Button(tr("Still so"), Look.SECONDARY)
        self._hint = Prose(hint, "small", role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 4)
        column.setSpacing(4)
        column.addWidget(editor)
        column.addWidget(self._problem)
        column.addLayout(side_by_side(self._source, self.still_so, stretch=0))
        column.addWidget(self._hint)
        editor.show()
        editor.edited.connect(self.say)

    @property
    def source(self) -> str:
        return self._source.text().strip()

    def inputs(self) -> list[QWidget]:
        """What takes the keyboard, in the order of Tab."""
        rest = [item for item in (self._source, self.still_so) if not item.isHidden()]
        return [*self.editor.inputs(), *rest]

    def say(self, problem: str = "") -> None:
        """Say why it was not taken; an empty sentence takes that away."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        wrong = self.editor.wrong_inputs() if problem else []
        for item in self.editor.inputs():
            mark_wrong(item, item in wrong)
