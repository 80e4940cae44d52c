"""Another day for what a plan proposes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.place import day_place
from dossier_app.domain.when import When
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, labelled
from dossier_app.ui.dialogs.week_strip import WeekStrip
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import scale

WIDTH = 740


class OtherDayDialog(PaperDialog):
    """Asks for a day from today on; ``now`` is the one proposed so far."""

    chosen = Signal(object)  # date

    def __init__(self, window: QWidget, desk: Desk, title: str, now: date) -> None:
        super().__init__(window, title, width=WIDTH)
        self._desk = desk
        self.when = WhenField(desk, tr("To which date"))
        self.strip = WeekStrip(desk)
        self.closing = Closing(lines=1)
        self.body.addLayout(labelled(tr("To which date"), self.when, buddy=self.when.edit))
        self.body.addSpacing(scale().grid)
        self.body.addWidget(self.strip)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Choose"))
        self.when.suggest(When(day_place(now)), tr("as proposed"))
        self.when.understood.connect(self._follow)
        self.strip.picked.connect(self.when.pick)
        self._follow()
        self.when.edit.setFocus()

    def _follow(self, *_: object) -> None:
        self.strip.follow(self.when.chosen)
        self.closing.say("")

    def _obstacle(self) -> str:
        when = self.when.chosen
        if self.when.problem or when is None:
            return tr("The date is not understood yet.")
        if when.place.date is None:
            return tr("A day is needed here, not a month.")
        if when.place.date < self._desk.today:
            return tr("This day has passed.")
        return ""

    def submit(self) -> bool:
        self.when.tell_problem()
        if obstacle := self._obstacle():
            self.closing.say("", obstacle=obstacle)
            return False
        assert self.when.chosen is not None
        self.chosen.emit(self.when.chosen.place.date)
        return True
