"""Importing contacts and mails: first all that will happen is shown, then it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.language import ntr, tr
from dossier_app.services import importing
from dossier_app.services.import_planning import ImportPlan, OpenedFile, plan_steps
from dossier_app.services.import_report import Fate, FileReport
from dossier_app.services.importing import ReadOptions, TableLook
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.import_columns import ColumnsTable
from dossier_app.ui.dialogs.import_rows import file_row, record_row, refused_in
from dossier_app.ui.search_popup import SearchPopup
from dossier_app.ui.theme import font, scale
from dossier_app.ui.widgets import Label, SearchField, Segments, paint
from dossier_app.ui.widgets.two_lines import RowList
from dossier_app.ui.work import Progress, Slices, Work, WorkBar

_SIZE = (980, 700)
_FILES_SEEN = 3  # rows of the list of files before it scrolls
_MANY = 500  # dossiers that are written in a moment; more are announced first
_BREATH = 50  # milliseconds in which a sentence gets onto the screen
_ALL = "all"
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import, as it was read with ``options``; ``look`` for a table."""

    path: Path
    options: ReadOptions
    opened: OpenedFile
    look: TableLook | None


class ImportDialog(PaperDialog):
    """Reads ``files`` (and folders of them) in the background, shows what would become of
    every record, and writes when the rep says so: one action, one undo. Mails go ``into``
    a dossier when its uid is given; else they find their own."""

    def __init__(self, window: QWidget, desk: Desk, files: list[Path], *, into: str = "") -> None:
        super().__init__(window, tr("Import contacts and mails"), width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], window.window().height() - MARGIN))
        self._desk = desk
        self._sources: list[Source] = []
        self._into = into
        self._homes: dict[int, str] = {}  # dossiers that were chosen for mails, by file
        self._plan: ImportPlan | None = None
        self._written = False
        self._columns_of: object = None  # the file whose columns are shown
        self.reading = Work(self)
        self.reading.done.connect(self._read)
        self.planning = Slices(self)
        self.planning.done.connect(self._planned)
        for task in (self.reading, self.planning):
            task.refused.connect(self.show_problem)
            task.failed.connect(self.reject)
        self.work_bar = WorkBar(self.reading, self.planning)
        self._make_parts()
        self._lay_out()
        self.add_buttons(tr("Import")).setEnabled(False)
        self.work_bar.say(tr("Reading the files…"))
        self.reading.start(partial(_read_all, list(dict.fromkeys(files))))

    # --- reading and planning

    def _read(self, sources: list[Source]) -> None:
        self._sources = sources
        for place, source in enumerate(sources):
            if self._into and source.opened.mail is not None:
                self._homes.setdefault(place, self._into)
        self._plan_anew()

    def _plan_anew(self) -> None:
        """Find out what becomes of everything; what was planned counts no more."""
        self._plan = None
        self.sentence.setText("")
        self.primary_button.setEnabled(False)
        opened = [source.opened for source in self._sources]
        records = sum(item.records for item in opened)
        self.work_bar.say(tr("Looking for clients who are in the binder already…"))
        self.planning.start(plan_steps(opened, self._homes), records)

    def _planned(self, plan: ImportPlan) -> None:
        begins = self.files.current is None
        self._plan = plan
        rows = [file_row(report) for report in plan.report.files]
        self.files.show_rows(rows, self.files.number)
        seen = min(len(rows), _FILES_SEEN)
        self.files.setFixedHeight(seen * self.files.sizeHintForRow(0) if rows else 0)
        self._show_file()
        self._tell_what_happens()
        if begins:
            (self.records if self.records.isVisible() else self.columns).setFocus()

    def _read_again(self, options: ReadOptions) -> None:
        """Read the chosen file in another way; what was planned counts no more."""
        self._plan = None
        self.sentence.setText("")
        self.primary_button.setEnabled(False)
        self.planning.cancel()
        self.work_bar.say(tr("Reading the file…"))
        self.reading.start(partial(_read_one, self._sources, self.files.number, options))

    # --- one file

    @property
    def source(self) -> Source | None:
        """The file that is looked at."""
        place = self.files.number
        return self._sources[place] if 0 <= place < len(self._sources) else None

    @property
    def report(self) -> FileReport | None:
        """What is planned for it."""
        if self._plan is None or self.source is None:
            return None
        return self._plan.report.files[self.files.number]

    def _show_file(self) -> None:
        source, report = self.source, self.report
        if source is None or report is None:
            return
        told = [p.reason for p in report.problems if p.record is None]
        self.remark.setText(" ".join(told))
        self.remark.setVisible(bool(told) and bool(report.format))
        self._show_ways_to_read(source, doubtful=bool(told) and bool(report.format))
        self.sides.setVisible(source.look is not None)
        self.home.setVisible(bool(report.homeless) or self.files.number in self._homes)
        key = (source.path, source.options.encoding, source.options.delimiter)
        # The columns stay as they are while only their targets change: the focus is there.
        if source.look is not None and key != self._columns_of:
            self._columns_of = key
            self.columns.show_columns(source.look.columns)
            self.sides.choose("records" if report.format else "columns")
        if source.look is not None:
            self._show_side(self.sides.value)
        else:
            self._show_side("records" if report.format else "")
        self.filter.set_texts(_filter_texts(report))
        self._filter(self.filter.value)

    def _show_ways_to_read(self, source: Source, *, doubtful: bool) -> None:
        look = source.look
        is_text = look is not None and bool(look.encoding)  # a workbook has none
        self.encoding.setVisible(doubtful or is_text)
        self.delimiter.setVisible(is_text)
        found = importing.ENCODINGS.get(look.encoding, look.encoding) if look else ""
        _show_way(self.encoding, found, source.options.encoding)
        separator = _delimiter_words(look.delimiter) if look else ""
        _show_way(self.delimiter, separator, source.options.delimiter)

    def _show_side(self, side: object) -> None:
        self.columns.setVisible(side == "columns")
        self.records_side.setVisible(side == "records")

    def _filter(self, wanted: object) -> None:
        if self.report is not None:
            rows = [
                record_row(detail)
                for detail in self.report.details
                if wanted in (_ALL, detail.fate)
            ]
            self.records.show_rows(rows)
            self._record_chosen()

    def _record_chosen(self) -> None:
        """The whole reason of the chosen record, when its row has no room for it."""
        row = self.records.current
        is_cut = (
            row is not None and paint.text_width(row.below, font("small")) > self.records.room_below
        )
        self.reason.setText(row.below if row and is_cut else "")

    def _way_chosen(self, _place: int) -> None:
        if self.source is not None:
            self._read_again(ReadOptions(self.encoding.currentData(), self.delimiter.currentData()))

    def _target_chosen(self, key: str, target: str) -> None:
        if self.source is not None:
            options = self.source.options
            mapping = {**(options.mapping or {}), key: target}
            self._read_again(replace(options, mapping=mapping))

    def _home_chosen(self, uid: str) -> None:
        """The mail that is looked at goes into this dossier."""
        self._homes[self.files.number] = uid
        self._plan_anew()

    # --- doing it

    def submit(self) -> bool:
        """Write what is shown; when it is written, close."""
        if self._written:
            return True
        if self._plan is None:
            return False
        self.primary_button.setEnabled(False)
        self.cancel_button.setEnabled(False)
        count = len(self._plan.fresh) + len(self._plan.changed)
        mails = len(self._plan.mails)
        self.sentence.setText(
            ntr("Writing {n} dossier…", "Writing {n} dossiers…", count)
            if count
            else ntr("Writing {n} mail…", "Writing {n} mails…", mails)
        )
        # Writing is one transaction of the window's thread: let it be read before.
        QTimer.singleShot(_BREATH if count + mails > _MANY else 0, self, self._write)
        return False

    def reject(self) -> None:
        if self.cancel_button.isEnabled() or self._written:
            super().reject()

    def _write(self) -> None:
        plan = self._plan
        assert plan is not None
        count, mails = len(plan.fresh) + len(plan.changed), len(plan.mails)
        said = (
            ntr("{n} dossier imported", "{n} dossiers imported", count)
            if count
            else ntr("{n} mail imported", "{n} mails imported", mails)
        )
        self.cancel_button.setEnabled(True)
        written = self._desk.act(partial(importing.carry_out, plan), initiator=self, said=said)
        if written is None:  # refused, and said so
            self._tell_what_happens()
            return
        self._written = True
        self.title.setText(tr("Imported"))
        self.setWindowTitle(tr("Imported"))
        self.columns.setEnabled(False)
        self.encoding.setEnabled(False)
        self.delimiter.setEnabled(False)
        self.home.setEnabled(False)
        self.cancel_button.hide()
        self.primary_button.setText(tr("Close"))
        self.primary_button.setEnabled(True)
        self.primary_button.setFocus()
        self.sentence.setText(_what_happened(plan))

    def _tell_what_happens(self) -> None:
        plan = self._plan
        assert plan is not None
        self.sentence.setText(_what_happens(plan))
        self.primary_button.setEnabled(bool(plan.report.dossiers))

    # --- putting it together

    def _make_parts(self) -> None:
        self.files = RowList(tr("Files"))
        self.files.selectionModel().currentChanged.connect(self._show_file)
        self.files.setFixedHeight(0)
        self.remark = Label("", role="warn_ink", wrap=True)
        self.sides = Segments(
            [("records", tr("Records")), ("columns", tr("Columns"))], name=tr("What is shown")
        )
        self.sides.chosen.connect(self._show_side)
        self.filter = Segments(
            [(key, "") for key in (_ALL, *Fate)], name=tr("Which records are shown")
        )
        self.filter.chosen.connect(self._filter)
        self.encoding = _way(tr("Encoding"), importing.ENCODINGS.items())
        self.delimiter = _way(
            tr("Separator"), [(key, _delimiter_words(key)) for key in _DELIMITERS]
        )
        for combo in (self.encoding, self.delimiter):
            combo.activated.connect(self._way_chosen)
        self.home = SearchField(tr("Find the dossier of this mail"))
        self.records = RowList(tr("Records"))
        self.records.selectionModel().currentChanged.connect(self._record_chosen)
        self.reason = Label("", "small", role="muted", wrap=True)
        self.reason.setMinimumHeight(2 * self.reason.fontMetrics().height())
        self.columns = ColumnsTable()
        self.columns.chosen.connect(self._target_chosen)
        self.sentence = Label("", role="muted", wrap=True)

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(2 * scale().grid)
        ways.addWidget(self.sides)
        ways.addWidget(self.remark, 1)
        ways.addStretch(0)
        ways.addWidget(self.home, 1)
        ways.addWidget(self.encoding)
        ways.addWidget(self.delimiter)
        self.records_side = QWidget()
        column = QVBoxLayout(self.records_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * scale().grid)
        column.addWidget(self.filter)
        column.addWidget(self.records, 1)
        column.addWidget(self.reason)
        self.body.addWidget(self.files)
        self.body.addLayout(ways)
        self.body.addWidget(self.records_side, 1)
        self.body.addWidget(self.columns, 1)
        self.body.addStretch(0)
        # The same place: there is nothing to say while something is being found out.
        said = QGridLayout()
        said.addWidget(self.sentence, 0, 0)
        said.addWidget(self.work_bar, 0, 0)
        self.footer.addLayout(said, 10)
        for widget in (self.remark, self.sides, self.encoding, self.delimiter, self.home,
                       self.columns, self.records_side):  # fmt: skip
            widget.hide()
        self.homes_found = SearchPopup(self.home)
        self.homes_found.chosen.connect(self._home_chosen)


def _way(name: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
    """A choice of how to read a file; its first entry leaves it to the program."""
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.addItem("", None)
    for key, words in choices:
        combo.addItem(words, key)
    return combo


def _show_way(combo: QComboBox, found: str, chosen: str | None) -> None:
    """Show what was ``found`` by itself and what was ``chosen`` instead."""
    name = combo.accessibleName()
    combo.setItemText(0, tr("{what}: {found}", what=name, found=found or tr("as it says")))
    combo.setCurrentIndex(0 if chosen is None else combo.findData(chosen))


def _delimiter_words(delimiter: str) -> str:
    words = {",": tr("comma"), ";": tr("semicolon"), "\t": tr("tab"), "|": tr("vertical bar")}
    return words.get(delimiter, delimiter)


def _filter_texts(report: FileReport) -> list[str]:
    """The filter's words with their counts, in the order of its segments."""
    refused = refused_in(report)
    return [
        tr("All {n}", n=report.records),
        tr("New {n}", n=report.added),
        tr("Joined {n}", n=report.joined),
        tr("Skipped {n}", n=report.skipped - refused),
        tr("Not read {n}", n=refused),
    ]


def _what_happens(plan: ImportPlan) -> str:
    """What Import will do, in whole sentences."""
    if not plan.report.files:
        return tr("There are no files there.")
    added, joined, mails, known, homeless, refused = _sums(plan)
    sentences = [
        (added, ntr("{n} dossier goes to the In tray.", "{n} dossiers go to the In tray.", added)),
        (joined, ntr("{n} record is joined to its dossier.",
                     "{n} records are joined to their dossiers.", joined)),
        (mails, ntr("{n} mail goes into a history.", "{n} mails go into histories.", mails)),
        (known, ntr("{n} record is skipped: it brings nothing new.",
                    "{n} records are skipped: they bring nothing new.", known)),
        (homeless, ntr("{n} mail has no dossier: choose one, or it is left out.",
                       "{n} mails have no dossier: choose one, or they are left out.", homeless)),
        (refused, ntr("{n} record cannot be read.", "{n} records cannot be read.", refused)),
    ]  # fmt: skip
    text = " ".join(sentence for count, sentence in sentences if count)
    return text or tr("There is nothing here that can be imported.")


def _what_happened(plan: ImportPlan) -> str:
    """The same when it is done."""
    added, joined, mails = _sums(plan)[:3]
    sentences = [
        (added, ntr("{n} dossier lies in the In tray.", "{n} dossiers lie in the In tray.", added)),
        (joined, ntr("{n} record was joined to its dossier.",
                     "{n} records were joined to their dossiers.", joined)),
        (mails, ntr("{n} mail went into a history.", "{n} mails went into histories.", mails)),
        (True, tr("One undo takes all of it back.")),
    ]  # fmt: skip
    return " ".join(sentence for count, sentence in sentences if count)


def _sums(plan: ImportPlan) -> tuple[int, int, int, int, int, int]:
    """In all files: dossiers added, records joined, mails that go into a history, records
    skipped as known, mails without a dossier, records refused."""
    reports, mails = plan.report.files, len(plan.mails)
    refused = sum(map(refused_in, reports))
    homeless = sum(report.homeless for report in reports)
    return (
        sum(report.added for report in reports),
        sum(report.joined for report in reports) - mails,
        mails,
        sum(report.skipped for report in reports) - refused - homeless,
        homeless,
        refused,
    )


def _read_all(paths: list[Path], progress: Progress) -> list[Source]:
    """In the background: read every file, also those in folders."""
    found = importing.files_below(paths)
    sources = []
    for done, path in enumerate(found):
        progress.step(done, len(found) if len(found) > 1 else 0)
        sources.append(_read(path, ReadOptions()))
    return sources


def _read_one(
    sources: list[Source], place: int, options: ReadOptions, _progress: Progress
) -> list[Source]:
    """In the background: the same files, one of them read in another way."""
    fresh = _read(sources[place].path, options)
    return [*sources[:place], fresh, *sources[place + 1 :]]


def _read(path: Path, options: ReadOptions) -> Source:
    look = importing.table_of(path, options)
    return Source(path, options, importing.read_file(path, options), look)
