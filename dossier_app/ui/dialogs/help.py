"""The map of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.theme import SEMIBOLD
from dossier_app.ui.widgets import Label, caps_label

_NATIVE = QKeySequence.SequenceFormat.NativeText


class KeysDialog(PaperDialog):
    """Every key of the window, and those that a list or a dialog knows besides."""

    def __init__(self, window: QWidget, keys: list[tuple[str, str]]) -> None:
        super().__init__(window, tr("Keys"), width=880)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        inside = [
            ("Up / Down", tr("Next row, next divider")),
            ("Enter", tr("Log & re-file the chosen row")),
            ("T", tr("Today, when the tabs have the focus")),
            ("Ctrl+Shift+N", tr("New form in the dossier")),
            ("Ctrl+Enter", tr("Save a dialog")),
            ("Esc", tr("Leave a dialog; what was typed in a log is kept")),
        ]
        half = (len(keys) + len(inside) + 1) // 2
        for number, (key, name) in enumerate([*keys, *inside]):
            row, column = number % half, 2 * (number // half)
            shown = QKeySequence(key).toString(_NATIVE) if "/" not in key else key
            label = Label(shown or key, "body", SEMIBOLD, role="accent")
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(name, wrap=True), row, column + 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
        self.body.addWidget(caps_label(tr("Dates")))
        self.body.addWidget(
            Label(
                tr("A date is typed as it is said: tomorrow, fri, in 2 weeks, 5 July, 5.07, "
                   "next tue 10:00, July, +3, end of month."),
                role="muted", wrap=True,
            )
        )  # fmt: skip
        self.add_buttons(tr("Close"))
        self.cancel_button.hide()
