"""The packages of an absence: how each is locked, and where they are when they are made."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.language import ntr, tr
from dossier_app.services.handover import handing_over, keys, planning
from dossier_app.services.handover.handing_over import Order, Ready
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.files import ask_folder
from dossier_app.ui.dialogs.labelled import Closing
from dossier_app.ui.dossier.page import Page
from dossier_app.ui.handover.seal_parts import MadePackage, PackageBox
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, ElidedLabel, Hairline, Label, Look, caps_label
from dossier_app.ui.work import Slices, WorkBar

WIDTH = 680
_TALLEST = 640  # px


class SealDialog(PaperDialog):
    """A file for each colleague, made in one go and taken back by one undo.

    Esc while it works stops the work and leaves nothing behind. When all is done the dialog
    says where each file is and what to do with it.
    """

    finished_giving = Signal()  # the packages are there, and the rep has read where

    def __init__(
        self, window: QWidget, desk: Desk, absence: Absence, *, mark_days: bool = False
    ) -> None:
        super().__init__(window, tr("Packages for the colleagues"), width=WIDTH)
        self._desk, self._absence = desk, absence
        self._mark_days = mark_days
        self._orders: list[Order] = []
        self._is_working = self._is_done = False
        self.folder = _documents()
        self.folder_label = ElidedLabel(str(self.folder))
        self.folder_button = Button(tr("Another folder…"), Look.SECONDARY)
        self.folder_button.clicked.connect(self.ask_folder)
        known = {one.name: one for one in keys.colleagues()}
        self.boxes = [
            PackageBox(wish, known.get(wish.colleague), self.folder)
            for wish in planning.wishes(absence)
        ]
        self.made: list[MadePackage] = []
        self.sealing = Slices(self)
        self.sealing.done.connect(self._sealed)
        self.sealing.refused.connect(self._refused)
        self.sealing.busy.connect(self._busy)
        desk.closing.connect(self.sealing.cancel)
        desk.refused.connect(self.show_problem)
        self.work_bar = WorkBar(self.sealing)
        self.work_bar.say(tr("Sealing the packages…"))
        self.closing = Closing()
        self._lay_out()
        self.boxes[0].file.setFocus(Qt.FocusReason.TabFocusReason)

    # --- before

    def ask_folder(self) -> None:
        """Ask where the files shall lie."""
        ask_folder(self, tr("Where the packages go"), str(self.folder), self.lie_in)

    def lie_in(self, folder: str) -> None:
        """Let the files lie in ``folder``."""
        self.folder = Path(folder)
        self.folder_label.setText(folder)
        for box in self.boxes:
            box.lie_in(self.folder)

    # --- making

    def submit(self) -> bool:
        """Make the packages; when they are there, close."""
        if self._is_done:
            self.accepted.connect(self.finished_giving)
            return True
        if self._is_working:
            return False
        self._orders = [box.order(self.folder) for box in self.boxes]
        obstacle = next((box.lock.obstacle for box in self.boxes if box.lock.obstacle), "")
        try:
            handing_over.check(self._orders)
        except Refusal as refusal:
            obstacle = obstacle or str(refusal)
        self.show_problem(obstacle)
        if not obstacle:
            self.sealing.start(handing_over.sealing_all(self._orders), 0)
        return False

    def reject(self) -> None:
        """Stop the work, or leave."""
        if self._is_working:
            self.sealing.cancel()
            self.closing.say(tr("Stopped: no file was made, nothing was handed over."))
        elif self._is_done:
            self.press_primary()
        else:
            super().reject()

    def _sealed(self, ready: list[Ready]) -> None:
        """All files lie ready: put them in their places and mark the dossiers."""
        days_off = self._absence if self._mark_days else None
        n = sum(len(one.prepared.dossiers) for one in ready)
        said = ntr("{n} dossier is handed over.", "{n} dossiers are handed over.", n)
        action = partial(handing_over.hand_over_all, ready, days_off=days_off)
        if self._desk.act(action, initiator=self, said=said) is not None:
            self._show_made(ready)

    def _refused(self, sentence: str) -> None:
        self.show_problem(sentence)

    def _busy(self, begins: bool) -> None:
        self._is_working = begins
        # Before the field that has the keyboard is switched off: Esc must stop the work.
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.setEnabled(not begins)
        self.primary_button.setEnabled(not begins)
        self.closing.setVisible(not begins)
        self.closing.say(self._what_it_does())
        self.cancel_button.setText(tr("Stop") if begins else tr("Cancel"))

    # --- after

    def _show_made(self, ready: list[Ready]) -> None:
        self._is_done = True
        self.title.setText(tr("The packages are made"))
        self._form.hide()
        for number, (order, one) in enumerate(zip(self._orders, ready, strict=True)):
            made = MadePackage(order)
            made.print_wanted.connect(partial(self._print, one))
            if number:
                self._results.addWidget(Hairline())
            self._results.addWidget(made)
            self.made.append(made)
        self._after.show()
        self.closing.say(
            tr("The bands in the binder tell who has what. What comes back is opened under "
               "Handovers, and nothing of it is taken before you have looked at it.")
        )  # fmt: skip
        self.cancel_button.hide()
        self.primary_button.setText(tr("Done"))
        self.primary_button.updateGeometry()
        self.primary_button.setFocus(Qt.FocusReason.TabFocusReason)
        self._fit_in()

    def _print(self, ready: Ready) -> None:
        from dossier_app.ui.dialogs.handover_print import HandoverPackDialog

        HandoverPackDialog(self, self._desk, ready.prepared.handover).open()

    # --- putting it together

    def _lay_out(self) -> None:
        grid = scale().grid
        self._form, self._after = QWidget(), QWidget()
        form, self._results = QVBoxLayout(self._form), QVBoxLayout(self._after)
        for column in (form, self._results):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(3 * grid)
        self._after.hide()
        warnings = planning.plan(self._absence).warnings
        if warnings:
            form.addWidget(Label(" ".join(warnings), role="danger", wrap=True))
        where = QVBoxLayout()
        where.setSpacing(grid)
        where.addWidget(caps_label(tr("Folder")))
        line = QHBoxLayout()
        line.addWidget(self.folder_label, 1)
        line.addWidget(self.folder_button)
        where.addLayout(line)
        form.addLayout(where)
        for box in self.boxes:
            form.addWidget(Hairline())
            form.addWidget(box)
        self._page = Page()
        self._page.column.setContentsMargins(0, 0, 0, 0)
        self._page.column.addWidget(self._form)
        self._page.column.addWidget(self._after)
        self._page.column.addStretch(1)
        self.body.addWidget(self._page, 1)
        said = QGridLayout()
        said.addWidget(self.closing, 0, 0)
        said.addWidget(self.work_bar, 0, 0)
        self.footer.addLayout(said, 100)
        n = len(self.boxes)
        self.add_buttons(ntr("Make the package", "Make {n} packages", n))
        self.closing.say(self._what_it_does())
        self._fit_in()

    def _what_it_does(self) -> str:
        sentence = tr("The files are encrypted. The dossiers get a band that says who has them.")
        if self._mark_days:
            sentence += " " + tr("The days become your days off.")
        return sentence

    def _fit_in(self) -> None:
        """As tall as the content asks, within the window; the rest scrolls."""
        self._page.settle()
        content = self._page.widget()
        assert content is not None
        wanted = content.heightForWidth(self.width() - 2 * MARGIN)
        self._page.setFixedHeight(
            min(wanted, min(_TALLEST, self.ground.height() - MARGIN) - 5 * MARGIN - 48)
        )
        self.fit()


def _documents() -> Path:
    """Where a new file goes unless the rep says otherwise."""
    places = QStandardPaths.StandardLocation
    documents = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()
