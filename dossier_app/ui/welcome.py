"""Before the binder is open: first run, passphrase, or why it cannot be opened."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, tr
from dossier_app.services import protection
from dossier_app.services import settings as settings_service
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import find_key, open_session
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.theme import BOLD, SEMIBOLD, scale
from dossier_app.ui.widgets import Button, Card, Hairline, Label, Look, Segments
from dossier_app.ui.work import Progress, Work

SHEET_WIDTH = 480


class _Sheet(QWidget):
    """A window with one sheet of paper in its middle."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Dossier"))
        self.resize(960, 680)
        card = Card()
        card.setFixedWidth(SHEET_WIDTH)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(3 * scale().grid)
        # Stretches, not an alignment: aligned, the card would not ask how high its
        # texts are at this width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        self.problem = Label("", role="danger", wrap=True)
        self.problem.hide()

    def say_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


class WelcomeWindow(_Sheet):
    """First run: language, name, protection, and how to begin. ``opened`` gives the session
    and a wish: "import", "sample" or "empty"."""

    language_chosen = Signal(str)
    opened = Signal(object, str)

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._folder = folder
        column = self.column
        column.addWidget(Label(tr("Dossier"), "title", BOLD))
        column.addWidget(
            Label(
                tr("Each client has a dossier. It lies under the date of the next contact. "
                   "Open today and see what is to be done."),
                role="muted", wrap=True,
            )
        )  # fmt: skip
        self.language = Segments([("ru", "Русский"), ("en", "English")], name=tr("Language"))
        self.language.choose(current_language())
        self.language.chosen.connect(self._language)
        row = QHBoxLayout()
        row.addWidget(self.language)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Hairline())
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Your name"))
        self.name.setPlaceholderText(tr("As it stands in the history of contacts"))
        column.addLayout(labelled(tr("Your name"), self.name))
        self.passphrase = _passphrase_field(tr("Passphrase"))
        self.passphrase.setPlaceholderText(tr("Leave empty to choose later"))
        column.addLayout(labelled(tr("Passphrase"), self.passphrase))
        self.again = _passphrase_field(tr("The same once more"))
        self.again.setPlaceholderText(tr("The same once more"))
        self.again.hide()
        self.passphrase.textChanged.connect(self._passphrase_typed)
        column.addWidget(self.again)
        column.addWidget(
            Label(
                tr("The binder is always encrypted. With a passphrase nobody else can open it; "
                   "without the passphrase neither can you, so keep it safe."),
                "small", role="muted", wrap=True,
            )
        )  # fmt: skip
        column.addWidget(self.problem)
        column.addWidget(Hairline())
        self.start_import = Button(tr("Import my contacts"), Look.PRIMARY)
        self.start_sample = Button(tr("Look at a sample"), Look.SECONDARY)
        self.start_empty = Button(tr("Begin empty"), Look.QUIET)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * scale().grid)
        for button, slot in (
            (self.start_import, self._import),
            (self.start_sample, self._sample),
            (self.start_empty, self._empty),
        ):
            button.clicked.connect(slot)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.name.setFocus()

    def _language(self, code: object) -> None:
        self.language_chosen.emit(str(code))

    def _passphrase_typed(self, text: str) -> None:
        self.again.setVisible(bool(text))

    def _import(self) -> None:
        self._begin("import")

    def _sample(self) -> None:
        self._begin("sample")

    def _empty(self) -> None:
        self._begin("empty")

    def _begin(self, wish: str) -> None:
        passphrase = self.passphrase.text()
        if passphrase and passphrase != self.again.text():
            self.say_problem(tr("The two passphrases differ."))
            self.again.setFocus()
            return
        try:
            session = open_session(self._folder)
            settings = settings_service.load()
            settings.author = self.name.text().strip()
            settings_service.save(settings)
            if passphrase:
                protection.set_passphrase(session, passphrase)
            if wish == "sample":
                fill_with_sample()
        except Refusal as refusal:
            self.say_problem(str(refusal))
            return
        self.opened.emit(session, wish)


class UnlockWindow(_Sheet):
    """Asks for the passphrase. ``opened`` gives the session."""

    opened = Signal(object)

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._folder, self._typed = folder, ""
        self._work = Work(self)
        self._work.busy.connect(self._busy)
        self._work.done.connect(self._open)
        self._work.refused.connect(self._refused)
        column = self.column
        column.addWidget(Label(tr("The binder is locked"), "title", SEMIBOLD))
        self.passphrase = _passphrase_field(tr("Passphrase"))
        self.passphrase.setPlaceholderText(tr("Passphrase"))
        self.passphrase.returnPressed.connect(self._unlock)
        column.addWidget(self.passphrase)
        column.addWidget(self.problem)
        self.button = Button(tr("Open"), Look.PRIMARY)
        self.button.clicked.connect(self._unlock)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        column.addLayout(row)
        self.passphrase.setFocus()

    def _busy(self, begins: bool) -> None:
        self.button.setEnabled(not begins)

    def _unlock(self) -> None:
        if not self.button.isEnabled():
            return
        self.say_problem("")
        self._typed = self.passphrase.text()
        self._work.start(partial(_find_key, self._folder, self._typed))

    def _open(self, key: object) -> None:
        found = key if isinstance(key, bytearray) else None
        try:
            session = open_session(self._folder, self._typed, key=found)
        except Refusal as refusal:
            self._refused(str(refusal))
            return
        self._typed = ""
        self.passphrase.clear()
        self.opened.emit(session)

    def _refused(self, sentence: str) -> None:
        self.say_problem(sentence)
        self.passphrase.selectAll()
        self.passphrase.setFocus()


class RefusedWindow(_Sheet):
    """Says why the binder cannot be opened, and tries again on a press, also after a backup
    was put back."""

    again = Signal()
    restored = Signal()  # a backup is ready to be the binder

    def __init__(self, sentence: str, folder: DataFolder) -> None:
        super().__init__()
        self._folder = folder
        self.column.addWidget(Label(tr("The binder cannot be opened now"), "title", SEMIBOLD))
        self.text = Label(sentence, wrap=True, selectable=True)
        self.column.addWidget(self.text)
        backups = Button(tr("Backups…"), Look.SECONDARY)
        backups.clicked.connect(self._show_backups)
        button = Button(tr("Try again"), Look.PRIMARY)
        button.clicked.connect(self.again)
        row = QHBoxLayout()
        row.setSpacing(2 * scale().grid)
        row.addStretch(1)
        row.addWidget(backups)
        row.addWidget(button)
        self.column.addLayout(row)
        button.setFocus()

    def _show_backups(self) -> None:
        from dossier_app.ui.dialogs.backups import BackupsDialog

        dialog = BackupsDialog(self, self._folder, None)
        dialog.staged.connect(self.restored)
        dialog.open()


def _passphrase_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _find_key(folder: DataFolder, passphrase: str, _progress: Progress) -> bytearray | None:
    return find_key(folder, passphrase)
