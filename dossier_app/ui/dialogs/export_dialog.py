"""Dossiers for other programs: contacts, a table, a calendar, or what is kept of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from dossier_app.domain.datewords import day_month
from dossier_app.domain.filenames import disk_name
from dossier_app.domain.language import mark, ntr, tr
from dossier_app.services import exporting
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.exporting import Exported, ExportKind, Reading
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.files import ask_where, write_whole
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label, Segments, caps_label
from dossier_app.ui.work import Progress, Slices, Work, WorkBar

_INDENT = 25  # px: below the text of a radio button


@dataclass(frozen=True, slots=True)
class _Form:
    """What a kind of export is called, what it is good for, and how its file ends."""

    title: str
    about: str
    ending: str


_FORMS = {
    ExportKind.VCARD: _Form(
        mark("Contacts (vCard)"),
        mark("People with phones, e-mails and birthdays, for a phone or a mail program."),
        "vcf",
    ),
    ExportKind.XLSX: _Form(
        mark("Table for Excel (XLSX)"),
        mark("A row for each person; opens in Excel and LibreOffice."),
        "xlsx",
    ),
    ExportKind.CSV: _Form(
        mark("Table as text (CSV)"),
        mark("The same table for any other program."),
        "csv",
    ),
    ExportKind.ICS: _Form(
        mark("Calendar (ICS)"),
        mark("Next steps, open slips and yearly occasions, for the calendar of a phone."),
        "ics",
    ),
    ExportKind.PERSON: _Form(
        mark("All that is kept about this client (JSON)"),
        mark("For a client who asks what you know about him; private facts too."),
        "json",
    ),
}


class ExportDialog(PaperDialog):
    """The dossiers ``uids`` or the whole binder, in a file of the rep's choice."""

    saved = Signal(str)  # a sentence: where, and how many

    def __init__(self, window: QWidget, desk: Desk, uids: Sequence[str]) -> None:
        super().__init__(window, tr("Export"), width=560)
        self._desk, self._uids = desk, list(uids)
        self._path = ""
        self.reading = Slices(self)
        self.writing = Work(self)
        self.reading.done.connect(self._write)
        self.writing.done.connect(self._save)
        for task in (self.reading, self.writing):
            task.refused.connect(self._stay)
            task.failed.connect(self._stay)
        self.work_bar = WorkBar(self.reading, self.writing)
        self.work_bar.say(tr("Collecting the dossiers…"))
        self.whose = Segments(
            [(True, self._chosen_words()), (False, tr("The whole binder"))]
            if self._uids
            else [(False, tr("The whole binder"))],
            name=tr("What goes out"),
        )
        self.whose.chosen.connect(self._follow)
        self.body.addLayout(labelled(tr("What goes out"), self.whose))
        self.body.addWidget(caps_label(tr("As")))
        self._buttons = QButtonGroup(self)
        self.kinds = {kind: self._choice(kind) for kind in _FORMS}
        self.kinds[ExportKind.VCARD].setChecked(True)
        self._buttons.buttonClicked.connect(self._follow)
        self.private = QCheckBox(tr("Include private facts"))
        self.body.addSpacing(scale().grid)
        self.body.addWidget(self.private)
        self.footer.addWidget(self.work_bar, 100)
        self.add_buttons(tr("Save…"))
        self._follow()

    @property
    def kind(self) -> ExportKind:
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def submit(self) -> bool:
        """Ask where; the dialog closes when the file is there."""
        self.show_problem("")
        kinds = f"{tr(_FORMS[self.kind].title)} (*.{_FORMS[self.kind].ending})"
        ask_where(self, tr("Export"), kinds, self._file_name(), self.export_to)
        return False

    def export_to(self, path: str) -> None:
        """Read, write, and put the file at ``path``."""
        self._path = path
        self.primary_button.setEnabled(False)
        uids = self._uids if self.whose.value else []
        steps = exporting.reading(self.kind, uids, private=self.private.isChecked())
        self.reading.start(steps, len(uids))

    def _write(self, read: Reading) -> None:
        self.writing.start(partial(_written, read))

    def _save(self, exported: Exported) -> None:
        if problem := write_whole(self._path, exported.data):
            self._stay(problem)
            return
        name = Path(self._path).name
        self.saved.emit(
            ntr("{file}: {n} record", "{file}: {n} records", exported.records, file=name)
        )
        self.accept()

    def _stay(self, problem: str = "") -> None:
        self.primary_button.setEnabled(True)
        self.show_problem(problem)

    def _follow(self, *_: object) -> None:
        is_one = len(self._uids) == 1 and bool(self.whose.value)
        person = self.kinds[ExportKind.PERSON]
        if not is_one and person.isChecked():
            self.kinds[ExportKind.VCARD].setChecked(True)
        person.setEnabled(is_one)
        everything = self.kind is ExportKind.PERSON
        self.private.setEnabled(not everything)
        if everything:
            self.private.setChecked(True)

    def _choice(self, kind: ExportKind) -> QRadioButton:
        button = QRadioButton(tr(_FORMS[kind].title))
        self._buttons.addButton(button)
        about = Label(tr(_FORMS[kind].about), "small", role="muted", wrap=True)
        about.setContentsMargins(_INDENT, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(button)
        column.addWidget(about)
        self.body.addLayout(column)
        button.setAccessibleDescription(about.text())
        return button

    def _chosen_words(self) -> str:
        if len(self._uids) == 1:
            return load_dossier(self._uids[0]).name or tr("No name")
        return ntr("{n} chosen dossier", "{n} chosen dossiers", len(self._uids))

    def _file_name(self) -> str:
        is_one = len(self._uids) == 1 and bool(self.whose.value)
        what = self._chosen_words() if is_one else tr("Dossiers")
        return disk_name(f"{what}, {day_month(self._desk.today)}.{_FORMS[self.kind].ending}")


def _written(read: Reading, _progress: Progress) -> Exported:
    return exporting.write(read)
