"""Giving back what was done with a colleague's dossiers, and parting with the copies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import disk_name
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.handover.words import summary_words
from dossier_app.domain.language import ntr, tr
from dossier_app.services.handover import ending, packages, returning, telling
from dossier_app.services.handover.packages import Sealed
from dossier_app.services.handover.returning import Returning
from dossier_app.services.handover.telling import Work
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.files import ask_where
from dossier_app.ui.dialogs.labelled import Closing
from dossier_app.ui.handover import words
from dossier_app.ui.handover.done_view import DoneView
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Hairline, Label, Look, Segments
from dossier_app.ui.widgets.two_lines import Row, RowList
from dossier_app.ui.work import Slices, WorkBar

_SIZE = (900, 640)
_LIST = 320  # px
_UPDATE, _FINAL = "update", "final"


class GiveBackDialog(PaperDialog):
    """What was done with each dossier of a colleague's, and a package with it for him: now
    and then, or for good. The package is sealed for the owner's key.

    After the last one the copies may go (`EndTakenDialog`).
    """

    def __init__(self, window: QWidget, desk: Desk, handover: Handover) -> None:
        title = tr("Give back to {name}", name=handover.colleague)
        super().__init__(window, title, width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], self.ground.height() - MARGIN))
        self._desk, self._handover = desk, handover
        self._prepared: Returning | None = None
        self._works = list(telling.work_of(handover))
        self.how = Segments(
            [(_UPDATE, tr("An update")), (_FINAL, tr("For good"))], name=tr("How it goes back")
        )
        self.how.chosen.connect(self._follow)
        self.meaning = Label("", role="muted", wrap=True)
        self.rows = RowList(tr("What was done"))
        self.rows.setFixedWidth(_LIST)
        self.detail = DoneView()
        self.closing = Closing()
        self.sealing = Slices(self)
        self.sealing.done.connect(self._sealed)
        self.sealing.refused.connect(self._refused)
        self.sealing.failed.connect(self.reject)
        self.sealing.busy.connect(self._busy)
        desk.closing.connect(self.sealing.cancel)
        self.bar = WorkBar(self.sealing)
        self.bar.say(tr("Writing the package…"))
        self._lay_out()
        self._fill()
        self._follow()

    @property
    def is_final(self) -> bool:
        return self.how.value == _FINAL

    def submit(self) -> bool:
        """Ask where the package is to lie."""
        name = tr("For {name} {day}.dossier", name=self._handover.colleague, day=self._desk.today)
        ask_where(
            self,
            tr("Where the package goes"),
            words.package_files(),
            disk_name(name),
            self.write,
        )
        return False

    def write(self, path: str) -> None:
        """Seal the package and put it there."""
        try:
            self._prepared = returning.prepare(self._handover, final=self.is_final)
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return
        self.show_problem("")
        package = self._prepared.package
        self.sealing.start(packages.sealing(package, Path(path)), package.size)

    # --- inside

    def _sealed(self, sealed: Sealed) -> None:
        assert self._prepared is not None
        try:
            returning.send(self._prepared, sealed)
        except Refusal as refusal:
            self._refused(str(refusal))
            return
        name = sealed.path.name
        self._desk.told.emit(tr("{file} is written: give it to {name}.", file=name,
                                name=self._handover.colleague))  # fmt: skip
        final = self.is_final
        self.accept()
        if final:
            EndTakenDialog(self._window, self._desk, self._handover).open()

    def _refused(self, sentence: str) -> None:
        self.show_problem(sentence)

    def _busy(self, begins: bool) -> None:
        self.primary_button.setEnabled(not begins)
        self.how.setEnabled(not begins)
        self.closing.setVisible(not begins)

    def _lay_out(self) -> None:
        self.body.addWidget(self.how)
        self.body.addWidget(self.meaning)
        both = QHBoxLayout()
        both.setSpacing(2 * scale().grid)
        both.addWidget(self.rows)
        both.addWidget(Hairline(vertical=True))
        both.addWidget(self.detail, 1)
        self.body.addLayout(both, 1)
        said = QGridLayout()
        said.addWidget(self.closing, 0, 0)
        said.addWidget(self.bar, 0, 0)
        self.footer.addLayout(said, 100)
        self.add_buttons(tr("Write the package…"))
        self.rows.selectionModel().currentChanged.connect(self._tell_whole)

    def _fill(self) -> None:
        """What was touched stands above what was not."""
        self._works.sort(key=lambda work: not work.done)
        self.rows.show_rows([_row(work) for work in self._works])
        touched = sum(bool(work.done) for work in self._works)
        self.closing.say(
            ntr("{n} dossier has news for {name}.", "{n} dossiers have news for {name}.",
                touched, name=self._handover.colleague)
            if touched
            else tr("Nothing was done with them so far.")
        )  # fmt: skip
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow(self, *_: object) -> None:
        name = self._handover.colleague
        self.meaning.setText(
            tr("The last package: {name} takes the dossiers back. Afterwards you are asked "
               "whether your copies go.", name=name)
            if self.is_final
            else tr("{name} sees how things stand; you go on working with the dossiers. Every "
                    "package has everything since the beginning, so one may get lost.", name=name)
        )  # fmt: skip

    def _tell_whole(self, *_: object) -> None:
        number = self.rows.number
        if 0 <= number < len(self._works):
            work = self._works[number]
            self.detail.begin(_name(work), work.dossier.company)
            self.detail.add_done(tr("What was done"), work.done)
            if not work.done:
                self.detail.add_remark(tr("Nothing was done with it so far."))
            self.detail.end()


class EndTakenDialog(PaperDialog):
    """The end of a handover on the colleague's side: the copies go for good, or stay where
    their owner allowed that."""

    def __init__(self, window: QWidget, desk: Desk, handover: Handover) -> None:
        n, name = len(ending.dossiers_of(handover)), handover.colleague
        super().__init__(
            window, ntr("{n} dossier of {name}", "{n} dossiers of {name}", n, name=name), width=520
        )
        self._desk, self._handover = desk, handover
        self.body.addWidget(
            Label(
                tr("The copies are taken out of this binder, with their documents, and out of "
                   "what can be undone. That cannot be taken back. Wait until {name} has taken "
                   "the package over, if you are not sure.", name=name),
                wrap=True,
            )
        )  # fmt: skip
        self.keep = QCheckBox(tr("Keep the copies; {name} allows it", name=name))
        self.keep.setVisible(handover.may_keep)
        self.keep.toggled.connect(self._follow)
        self.body.addWidget(self.keep)
        self._all_back = returning.is_given_back(handover)
        self.ahead = QCheckBox(tr("{name} does not need what no package has", name=name))
        self.undone = Label(
            tr("Something was done that no package has. Give it back first."),
            role="danger", wrap=True,
        )  # fmt: skip
        for widget in (self.undone, self.ahead):
            widget.setVisible(not self._all_back)
            self.body.addWidget(widget)
        self.add_buttons(tr("Remove the copies"), cancel=tr("Not yet")).set_look(Look.DANGER)
        desk.refused.connect(self.show_problem)

    def submit(self) -> bool:
        if not self._all_back and not self.ahead.isChecked():
            self.show_problem(tr("Give it back, or tick that nobody needs it."))
            self.ahead.setFocus()
            return False
        return self._desk.act(self._end, initiator=self) is not None

    def _end(self) -> Changes:
        force = self.ahead.isChecked()
        return ending.end(self._handover, keep=self.keep.isChecked(), force=force)

    def _follow(self, keeps: bool) -> None:
        self.primary_button.setText(tr("Keep and end") if keeps else tr("Remove the copies"))
        self.primary_button.set_look(Look.PRIMARY if keeps else Look.DANGER)
        self.primary_button.updateGeometry()


def _row(work: Work) -> Row:
    dossier = work.dossier
    return Row(
        _name(work),
        beside=dossier.company if dossier.company != dossier.name else "",
        below=summary_words(work.done) or tr("nothing was done"),
    )


def _name(work: Work) -> str:
    return tr("Loose sheets") if work.loose else work.dossier.name or tr("No name yet")
