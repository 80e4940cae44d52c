"""A handover that lasts until another day, and the file that tells the colleague."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from dossier_app.domain.datewords import long_day
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import disk_name
from dossier_app.domain.handover import ENDING
from dossier_app.domain.handover.passphrase import check_passphrase
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.language import tr
from dossier_app.services.handover import giving, keys, packages
from dossier_app.services.handover.packages import Sealed
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.files import ask_where
from dossier_app.ui.dialogs.labelled import Closing, labelled
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.handover import words
from dossier_app.ui.handover.seal_parts import LockChoice
from dossier_app.ui.work import Slices, WorkBar

WIDTH = 640


class ProlongDialog(PaperDialog):
    """Asks for the new last day; the file for the colleague has nothing but the days."""

    def __init__(self, window: QWidget, desk: Desk, handover: Handover) -> None:
        title = tr("Prolong: {name}", name=handover.colleague)
        super().__init__(window, title, width=WIDTH)
        self._desk, self._handover = desk, handover
        self._later: Handover | None = None
        self.last = WhenField(desk, tr("New last day"))
        self.with_file = QCheckBox(tr("Make a file that tells the colleague"))
        self.with_file.setChecked(True)
        known = {one.name: one for one in keys.colleagues()}
        self.lock = LockChoice(handover.colleague, known.get(handover.colleague))
        self.closing = Closing()
        self.sealing = Slices(self)
        self.sealing.done.connect(self._sealed)
        self.sealing.refused.connect(self.show_problem)
        self.sealing.busy.connect(self._busy)
        desk.closing.connect(self.sealing.cancel)
        desk.refused.connect(self.show_problem)
        self.work_bar = WorkBar(self.sealing)
        self.work_bar.say(tr("Sealing the packages…"))
        self.body.addLayout(labelled(tr("New last day"), self.last, buddy=self.last.edit))
        self.body.addWidget(self.with_file)
        self.body.addWidget(self.lock)
        said = QGridLayout()
        said.addWidget(self.closing, 0, 0)
        said.addWidget(self.work_bar, 0, 0)
        self.footer.addLayout(said, 100)
        self.add_buttons(tr("Prolong"))
        self.last.understood.connect(self._follow)
        self.with_file.toggled.connect(self._follow)
        self._follow()
        self.last.edit.setFocus()

    @property
    def _day(self) -> date | None:
        return self.last.chosen.place.date if self.last.chosen else None

    def _obstacle(self) -> str:
        if self.last.problem or self._day is None:
            return tr("Type the new last day.")
        if self._day < self._desk.today:
            return tr("This day has passed.")
        return self.lock.obstacle if self.with_file.isChecked() else ""

    def _follow(self, *_: object) -> None:
        self.show_problem("")
        self.lock.setVisible(self.with_file.isChecked())
        until, day = self._handover.last_day, self._day
        self.closing.say(
            tr("Until {day} instead of {before}.", day=long_day(day, self._desk.today),
               before=long_day(until, self._desk.today))
            if day
            else tr("So far it lasts until {day}.", day=long_day(until, self._desk.today))
        )  # fmt: skip
        self.fit()

    def submit(self) -> bool:
        """Prolong; with a file, ask first where it is to lie."""
        self.last.tell_problem()
        if obstacle := self._obstacle():
            self.closing.say("", obstacle=obstacle)
            return False
        assert self._day is not None
        try:
            later = giving.prolonged(self._handover, self._day)
            if self.with_file.isChecked() and not self.lock.recipient:
                check_passphrase(self.lock.passphrase)
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return False
        self._later = later
        if not self.with_file.isChecked():
            return self._save(None)
        name = disk_name(tr("For {name} {day}", name=later.colleague, day=self._day) + ENDING)
        title = tr("Where the package goes")
        ask_where(self, title, words.package_files(), name, self.write)
        return False

    def write(self, path: str) -> None:
        """Seal the file that tells the days, and put it there."""
        assert self._later is not None
        # How the file opens is chosen anew; whose key comes back stays as it was.
        told = replace(self._later, recipient=self.lock.recipient)
        steps = packages.sealing(giving.days_package(told), Path(path), self.lock.passphrase)
        self.sealing.start(steps, 0)

    def _sealed(self, sealed: Sealed) -> None:
        if self._save(sealed):
            self.accept()

    def _save(self, sealed: Sealed | None) -> bool:
        assert self._later is not None
        day = long_day(self._later.last_day, self._desk.today)
        said = tr("With {name} until {day}.", name=self._later.colleague, day=day)
        action = partial(giving.save_days, self._later, sealed)
        return self._desk.act(action, initiator=self, said=said) is not None

    def _busy(self, begins: bool) -> None:
        self.closing.setVisible(not begins)
        self.primary_button.setEnabled(not begins)
        self.lock.setEnabled(not begins)
