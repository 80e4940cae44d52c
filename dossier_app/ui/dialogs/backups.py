"""The backups: seen, made, taken along in a file, and put back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dossier_app.domain import clock
from dossier_app.domain.datewords import clock as clock_words
from dossier_app.domain.datewords import day_month, full_date
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.words import size_words
from dossier_app.services import backing_up
from dossier_app.services.backing_up import ENDING, Backup
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.files import ask_file, ask_where
from dossier_app.ui.messages import ask
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Label, Look, caps_label
from dossier_app.ui.widgets.two_lines import Row, RowList
from dossier_app.ui.work import Job, Progress, Work, WorkBar

SAVE_KEYS = "Ctrl+S"
_MOST_SHOWN = 7  # rows; the rest scrolls


class BackupsDialog(PaperDialog):
    """Backups of ``folder``. ``key`` is that of the open binder; None when it is closed."""

    # A backup is ready to be the binder: close that, let it take its place, and open it.
    staged = Signal()

    def __init__(self, window: QWidget, folder: DataFolder, key: bytes | None) -> None:
        super().__init__(window, tr("Backups"), width=640)
        self._folder, self._key = folder, key
        self._source: Path | None = None
        self._found: list[Backup] = []
        self.summary = Label("", role="muted", wrap=True)
        self.rows = RowList(tr("Backups"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(tr("Passphrase of the backup"))
        self.passphrase.returnPressed.connect(self.press_primary)
        self._label = caps_label(tr("Passphrase of the backup"))
        self.work = Work(self)
        self.work.refused.connect(self._refused)
        self.work.failed.connect(self._refused)
        self.work.done.connect(self._done)
        self.work_bar = WorkBar(self.work)
        self.make_button = Button(tr("Make one now"), Look.QUIET, icon="plus")
        self.save_button = Button(tr("Into a file…"), Look.QUIET, icon="export", keys=SAVE_KEYS)
        self.file_button = Button(tr("From a file…"), Look.QUIET, icon="import")
        self.make_button.clicked.connect(self.make)
        self.save_button.clicked.connect(self._ask_where)
        self.file_button.clicked.connect(self._ask_file)
        QShortcut(QKeySequence(SAVE_KEYS), self, self._ask_where)
        others = QHBoxLayout()
        others.setSpacing(2 * scale().grid)
        for button in (self.make_button, self.save_button, self.file_button):
            others.addWidget(button)
        others.addStretch(1)
        for button in (self.make_button, self.save_button):
            button.setVisible(key is not None)
        for widget in (self.summary, self.rows, self._label, self.passphrase):
            self.body.addWidget(widget)
        self.made = Label("", role="muted", wrap=True)  # what became of the last wish
        self.made.hide()
        self.body.addLayout(others)
        self.body.addWidget(self.made)
        self.footer.addWidget(self.work_bar, 100)
        self.add_buttons(tr("Put back…"), cancel=tr("Close"))
        self._show_passphrase(wanted=False)
        self.read()
        # Whoever turns to a row wants that one, not the file that was refused.
        self.rows.selectionModel().currentChanged.connect(self._forget_source)
        self.rows.clicked.connect(self._forget_source)

    def read(self) -> None:
        """Show what is in the folder."""
        self._found = backing_up.all_backups(self._folder)
        self.rows.show_rows([_row(backup) for backup in self._found], self.rows.number)
        shown = min(len(self._found), _MOST_SHOWN)
        self.rows.setFixedHeight(self.rows.sizeHintForRow(0) * shown)
        self.rows.setVisible(bool(self._found))
        self.summary.setText(
            tr(
                "Every day a backup is made and checked by itself, in {folder}. Take one along "
                "in a file now and then: a laptop can be lost with all that is on it.",
                folder=self._folder.backups,
            )
        )
        self.primary_button.setEnabled(bool(self._found))
        self.fit()
        if self._found:
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    # --- make

    def make(self) -> None:
        """Make a backup in the folder."""
        if self._key is not None:
            self._start(tr("Making the backup…"), partial(_make, self._folder, self._key))

    def save_to(self, path: str) -> None:
        """Make a backup of one file."""
        if self._key is not None:
            job = partial(_save, self._folder, self._key, Path(path))
            self._start(tr("Making the backup…"), job)

    def _ask_where(self) -> None:
        if self._key is None or not self.save_button.isEnabled():
            return
        name = tr("Binder, {date}", date=day_month(clock.today())) + ENDING
        ask_where(self, tr("Backup into a file"), _kinds(), name, self.save_to)

    # --- put back

    def submit(self) -> bool:
        """Ask, and put back what is chosen: the file that waits for its passphrase, or the
        row."""
        if self._source is not None:
            self.put_back(self._source)
        elif self._found:
            backup = self._found[max(self.rows.number, 0)]
            self._ask(backup.path, _moment(backup))
        return False

    def put_back(self, source: Path) -> None:
        """Verify a backup and make it ready."""
        self._source = source
        job = partial(_stage, self._folder, source, self.passphrase.text(), self._key)
        self._start(tr("Checking the backup…"), job)

    def _ask_file(self) -> None:
        ask_file(self, tr("Put a backup back"), _kinds(), self._file_chosen)

    def _file_chosen(self, path: str) -> None:
        self._ask(Path(path), Path(path).name)

    def _ask(self, source: Path, what: str) -> None:
        text = tr(
            "The binder becomes what it was in this backup: {what}. What it is now is kept as a "
            "backup, so that nothing is lost.",
            what=what,
        )
        ask(self, tr("Put a backup back"), text, tr("Put back"), partial(self.put_back, source))

    def _forget_source(self, *_: object) -> None:
        if self._source is not None and self.rows.isEnabled():
            self._source = None
            self.show_problem("")
            self._show_passphrase(wanted=False)
            self.fit()

    # --- how it went

    def _start(self, sentence: str, job: Job) -> None:
        self.show_problem("")
        self.made.hide()
        self.work_bar.say(sentence)
        self._set_ready(False)
        self.work.start(job)

    def _done(self, result: object) -> None:
        self._set_ready(True)
        if result is None:
            self.accept()
            self.staged.emit()
        else:
            self.made.setText(str(result))
            self.made.show()
            self.read()

    def _refused(self, problem: str = "") -> None:
        self._set_ready(True)
        if self._source is not None and not self.passphrase.isVisible():
            self._show_passphrase(wanted=True)
        self.show_problem(problem)
        self.fit()

    def _show_passphrase(self, *, wanted: bool) -> None:
        self._label.setVisible(wanted)
        self.passphrase.setVisible(wanted)
        if wanted:
            self.primary_button.setEnabled(True)
            self.passphrase.setFocus()

    def _set_ready(self, ready: bool) -> None:
        self.rows.setEnabled(ready)
        for button in (self.make_button, self.save_button, self.file_button, self.primary_button):
            button.setEnabled(ready)


def _kinds() -> str:
    """Of files in a file dialog."""
    return tr("Backups (*{ending})", ending=ENDING)


def _row(backup: Backup) -> Row:
    days = (clock.today() - backup.made_at.date()).days
    ago = ntr("{n} day ago", "{n} days ago", days) if days > 0 else tr("today")
    return Row(
        _moment(backup),
        beside=backing_up.why_made(backup),
        right=size_words(backup.size),
        below=ago,
    )


def _moment(backup: Backup) -> str:
    return f"{full_date(backup.made_at.date())}, {clock_words(backup.made_at.time())}"


def _make(folder: DataFolder, key: bytes, progress: Progress) -> str:
    """In another thread, as the next one; returns what is told."""
    backing_up.back_up(folder, key, progress.step)
    return tr("The backup is made and checked.")


def _save(folder: DataFolder, key: bytes, target: Path, progress: Progress) -> str:
    backing_up.save_copy(folder, key, target, progress.step)
    return tr("The backup is made and checked. It is in {file}.", file=target)


def _stage(
    folder: DataFolder, source: Path, passphrase: str, key: bytes | None, progress: Progress
) -> None:
    backing_up.stage(folder, source, passphrase, key, progress.step)
