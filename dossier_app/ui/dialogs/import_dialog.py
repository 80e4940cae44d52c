"""Importing contact files: first all that will happen is shown, then it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.language import current_language, ntr, tr, using_language
from dossier_app.services import importing
from dossier_app.services.importing import (
    Fate,
    FileReport,
    ImportPlan,
    OpenedFile,
    ReadOptions,
    TableLook,
)
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.import_columns import ColumnsTable
from dossier_app.ui.dialogs.import_rows import RowList, file_row, record_row, refused_in
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Hairline, Label, Segments
from dossier_app.ui.work import Progress, Slices, Work, WorkBar

_SIZE = (980, 700)
_FILES_SEEN = 3  # rows of the list of files before it scrolls
_SLOW = 500  # dossiers that are written in a moment; more are announced first
_DELIMITERS = (",", ";", "\t", "|")
_FILTERS = ("all", Fate.ADDED, Fate.JOINED, Fate.SKIPPED, Fate.REFUSED, "remarks")


@dataclass(frozen=True)
class Source:
    """A file to import, as it was read with ``options``; ``look`` for a table."""

    path: Path
    options: ReadOptions
    opened: OpenedFile
    look: TableLook | None


class ImportDialog(PaperDialog):
    """Reads ``files`` (and folders of them) in the background, shows what would become of
    every record, and writes when the rep says so: one action, one undo."""

    def __init__(self, window: QWidget, desk: Desk, files: list[Path]) -> None:
        super().__init__(window, tr("Import contacts"), width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], window.window().height() - MARGIN))
        self._desk = desk
        self._sources: list[Source] = []
        self._plan: ImportPlan | None = None
        self._done = False
        self.reading = Work(self)
        self.reading.done.connect(self._read)
        self.planning = Slices(self)
        self.planning.done.connect(self._planned)
        self.work_bar = WorkBar(self.reading, self.planning)
        self._make_parts()
        self._lay_out()
        self.add_buttons(tr("Import")).setEnabled(False)
        self.work_bar.say(tr("Reading the files…"))
        self.reading.start(partial(_read_all, files, current_language()))

    # --- reading and planning

    def _read(self, sources: list[Source]) -> None:
        self._sources = sources
        opened = [source.opened for source in sources]
        records = sum(len(item.marks) for item in opened)
        self.work_bar.say(tr("Looking for clients who are in the binder already…"))
        self.planning.start(importing.plan_steps(opened), records)

    def _planned(self, plan: ImportPlan) -> None:
        self._plan = plan
        first = self.files.current < 0
        self.files.show_rows([file_row(report) for report in plan.report.files], self.files.current)
        self.files.setFixedHeight(
            self.files.sizeHintForRow(0) * min(max(1, len(self._sources)), _FILES_SEEN)
            if self._sources
            else 0
        )
        self._show_file()
        self._tell_what_happens()
        if first and self._sources:
            self.files.setFocus()

    def _read_again(self, options: ReadOptions) -> None:
        """Read the chosen file in another way; what was planned counts no more."""
        self._plan = None
        self.primary_button.setEnabled(False)
        self.planning.cancel()
        self.work_bar.say(tr("Reading the file…"))
        job = partial(
            _read_again, self._sources, self.files.current, options, current_language()
        )
        self.reading.start(job)

    # --- one file

    @property
    def source(self) -> Source | None:
        """The file that is looked at."""
        place = self.files.current
        return self._sources[place] if 0 <= place < len(self._sources) else None

    @property
    def report(self) -> FileReport | None:
        return self._plan.report.files[self.files.current] if self._plan and self.source else None

    def _file_chosen(self, _current: QModelIndex, _before: QModelIndex) -> None:
        if self._plan is not None:
            self._show_file()

    def _show_file(self) -> None:
        source, report = self.source, self.report
        if source is None or report is None:
            return
        told = [p.reason for p in report.problems if p.record is None and report.format]
        self.remark.setText(" ".join(told))
        self.remark.setVisible(bool(told))
        is_table = source.look is not None
        self._show_ways_to_read(source, doubtful=bool(told))
        self.sides.setVisible(is_table)
        if is_table and source.look is not None:
            key = (source.path, source.options.encoding, source.options.delimiter)
            if key != self._columns_of:  # a mapping that changes must not take the focus away
                self._columns_of = key
                self.columns.show_columns(source.look.columns)
                self.sides.choose("records" if report.format else "columns")
        self._show_side(self.sides.value if is_table else "records")
        self._show_records()

    def _show_side(self, side: object) -> None:
        self.columns.setVisible(side == "columns" and self.sides.isVisibleTo(self))
        self.records_side.setVisible(not self.columns.isVisibleTo(self))

    def _show_records(self) -> None:
        report = self.report
        if report is None:
            return
        counts = {key: sum(_passes(key, detail) for detail in report.details) for key in _FILTERS}
        self.filter.set_texts(
            f"{word} {counts[key]}" for key, word in zip(_FILTERS, _filter_words(), strict=True)
        )
        self._filter_chosen(self.filter.value)

    def _filter_chosen(self, key: object) -> None:
        if self.report is not None:
            shown = [detail for detail in self.report.details if _passes(key, detail)]
            self.records.show_rows([record_row(detail) for detail in shown])

    def _record_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        tip = self.records.rows.data(current, _TIP) if current.isValid() else ""
        self.reason.setText(str(tip or ""))
"""
"""
