"""Own key and fingerprint, and the keys of colleagues that this binder knows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.datewords import full_date
from dossier_app.domain.language import tr
from dossier_app.services.handover import keys
from dossier_app.services.handover.keys import Colleague
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.handover.seal_parts import CopyButton
from dossier_app.ui.messages import ask
from dossier_app.ui.theme import SEMIBOLD, font, scale
from dossier_app.ui.widgets import Button, Hairline, Label, Look, caps_label
from dossier_app.ui.widgets.two_lines import Row, RowList

WIDTH = 640
FORGET_KEYS = "Ctrl+D"
_MOST_SHOWN = 5  # colleagues; the rest scrolls


class KeysDialog(PaperDialog):
    """What is given to colleagues, and what is known of theirs.

    A key is remembered with the first package that comes from its owner; forgetting it
    lets the next package introduce itself anew.
    """

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Keys for handovers"), width=WIDTH)
        self._desk = desk
        own = keys.identity()
        self.own_key = QLineEdit(own.age_key)
        self.own_key.setReadOnly(True)
        self.own_key.setCursorPosition(0)
        self.copy_button = CopyButton(self.own_key.text, tr("Copy"))
        self.fingerprint = Label(own.fingerprint, "title", SEMIBOLD, selectable=True)
        self.fingerprint.setFont(font("title", SEMIBOLD, tabular=True))
        self.fingerprint.setAccessibleName(own.fingerprint)
        self.nobody = Label(
            tr("None yet. A colleague's key is remembered with the first package that you "
               "open from them."),
            role="muted", wrap=True,
        )  # fmt: skip
        self.rows = RowList(tr("Keys of colleagues"))
        self.forget_button = Button(tr("Forget the key…"), Look.SECONDARY, keys=FORGET_KEYS)
        self.forget_button.clicked.connect(self._ask_forget)
        QShortcut(QKeySequence(FORGET_KEYS), self, self._ask_forget)
        self._lay_out()
        self._read()
        self.copy_button.setFocus()

    def _lay_out(self) -> None:
        grid = scale().grid
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * grid)
        line.addWidget(self.own_key, 1)
        line.addWidget(self.copy_button)
        row = QWidget()
        row.setLayout(line)
        self.body.addLayout(labelled(tr("Your public key"), row, buddy=self.own_key))
        self.body.addWidget(
            _note(
                tr("Send it to your colleagues: what they make for it opens here, without a "
                   "passphrase. It is no secret.")
            )
        )  # fmt: skip
        named = QVBoxLayout()
        named.setSpacing(grid)
        named.addWidget(caps_label(tr("Your fingerprint")))
        named.addWidget(self.fingerprint)
        self.body.addLayout(named)
        self.body.addWidget(
            _note(tr("Read it out on the phone when a colleague asks whether a package is yours."))
        )
        self.body.addWidget(Hairline())
        self.body.addWidget(caps_label(tr("Keys of colleagues")))
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.rows, 1)
        self.footer.addWidget(self.forget_button)
        self.add_buttons(tr("Done"))
        self.cancel_button.hide()

    @property
    def current(self) -> Colleague | None:
        """The colleague of the current row."""
        number = self.rows.number
        return self._known[number] if 0 <= number < len(self._known) else None

    def _read(self, current: int = 0) -> None:
        self._known = keys.colleagues()
        shown = [
            Row(
                one.name,
                right=one.fingerprint,
                below=tr("known since {day}", day=full_date(one.since)),
            )
            for one in self._known
        ]
        self.rows.show_rows(shown, current)
        if shown:
            height = self.rows.sizeHintForRow(0)
            self.rows.setFixedHeight(height * min(len(shown), _MOST_SHOWN))
        self.rows.setVisible(bool(shown))
        self.nobody.setVisible(not shown)
        self.forget_button.setVisible(bool(shown))
        self.fit()

    def _ask_forget(self) -> None:
        one = self.current
        if one is not None:
            text = tr(
                "The next package from {name} introduces itself anew: compare the fingerprint "
                "on the phone then. Handovers that run go on.",
                name=one.name,
            )
            ask(self, tr("Forget the key"), text, tr("Forget"), partial(self._forget, one))

    def _forget(self, one: Colleague) -> None:
        number = self.rows.number
        keys.forget(one.signing_key)
        self._read(number)
        (self.rows if self._known else self.copy_button).setFocus(Qt.FocusReason.TabFocusReason)


def _note(text: str) -> Label:
    return Label(text, "small", role="muted", wrap=True)
