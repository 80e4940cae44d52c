"""An open promise: who owes it, what, and by when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from dossier_app.domain.language import tr
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Promise, Side
from dossier_app.domain.when import When, describe
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.promises import change_promise
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, labelled, tab_through
from dossier_app.ui.dialogs.week_strip import WeekStrip
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.dialogs.words import promise_words
from dossier_app.ui.widgets import Segments

WIDTH = 740


class PromiseDialog(PaperDialog):
    """Changes ``promise`` of a dossier; its slip follows the date."""

    def __init__(self, window: QWidget, desk: Desk, dossier_uid: str, promise: Promise) -> None:
        self._desk, self._dossier_uid, self._promise = desk, dossier_uid, promise
        name = quoted(load_dossier(dossier_uid).name)
        super().__init__(window, tr("Promise: {name}", name=name), width=WIDTH)
        self.side = Segments(
            [(Side.OURS, tr("we owe it")), (Side.THEIRS, tr("the client owes it"))],
            name=tr("Who promised"),
        )
        self.side.choose(promise.side)
        self.text = QLineEdit(promise.text)
        self.when = WhenField(desk, tr("By when"))
        self.strip = WeekStrip(desk)
        self.closing = Closing(lines=1)
        self.body.addLayout(labelled(tr("What was promised"), self.text, self.side))
        self.body.addLayout(labelled(tr("By when"), self.when, buddy=self.when.edit))
        self.body.addWidget(self.strip)
        self.footer.addWidget(self.closing, 100)
        self.add_buttons(tr("Save"))
        tab_through(self.text, self.when.edit)
        self._fill()
        self.when.understood.connect(self._follow)
        self.side.chosen.connect(self._follow)
        self.strip.picked.connect(self.when.pick)
        desk.refused.connect(self.show_problem)
        self._follow()
        self.when.edit.setFocus()
        self.when.edit.selectAll()

    def _fill(self) -> None:
        due, today = self._promise.due, self._desk.today
        self.when.suggest(None, tr("no date"))
        if due is None:
            return
        when = When(day_place(due))
        if due >= today:
            self.when.set_text(describe(when, today))
        else:
            self.when.suggest(when, tr("as it is"))

    def _follow(self, *_: object) -> None:
        self.strip.follow(self.when.chosen)
        self.show_problem("")
        self.closing.say(promise_words(self._changed(), self._desk.today))

    def _changed(self) -> Promise:
        when = self.when.chosen
        return replace(
            self._promise,
            side=Side(str(self.side.value)),
            text=self.text.text().strip(),
            due=when.place.date if when else None,
        )

    def _obstacle(self) -> str:
        when = self.when.chosen
        if self.when.problem:
            return tr("The date is not understood yet.")
        if when is not None and when.place.date is None:
            return tr("A day is needed here, not a month.")
        return "" if self.text.text().strip() else tr("The promise has no text.")

    def submit(self) -> bool:
        self.when.tell_problem()
        if obstacle := self._obstacle():
            self.closing.say("", obstacle=obstacle)
            return False
        promise = self._changed()
        action = partial(change_promise, self._dossier_uid, promise)
        said = tr("Changed: {text}", text=quoted(promise.text))
        return self._desk.act(action, initiator=self, said=said) is not None
