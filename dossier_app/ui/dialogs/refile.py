"""Moving dossiers and slips to another date, dossiers to the tray or out of the binder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import CLOSED, TRAY, Place
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.records import Dossier, Slip
from dossier_app.domain.when import When
from dossier_app.domain.when.sentences import quoted
from dossier_app.services import refiling
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.page_rows import move_rows
from dossier_app.services.slips import change_slip, load_slip
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs import words
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.labelled import Closing, labelled
from dossier_app.ui.dialogs.week_strip import WeekStrip
from dossier_app.ui.dialogs.when_field import WhenField
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Look

WIDTH = 740
TRAY_KEYS = "Ctrl+T"
CLOSE_KEYS = "Ctrl+D"


class RefileDialog(PaperDialog):
    """Another date for one dossier or for many, and for slips: type it, Ctrl+Enter.

    The reason is asked where a dossier was left behind, and for closing. With a slip among
    them only a day will do.
    """

    def __init__(
        self, window: QWidget, desk: Desk, uids: Sequence[str], slips: Sequence[str] = ()
    ) -> None:
        self._desk = desk
        self._dossiers: list[Dossier] = [load_dossier(uid) for uid in uids]
        self._slips: list[Slip] = [load_slip(uid) for uid in slips]
        self._closing = False
        super().__init__(window, self._title, width=WIDTH)
        self.when = WhenField(desk, tr("To which date"))
        self.strip = WeekStrip(desk)
        self.reason = QLineEdit()
        self.closing = Closing(lines=1)
        self._lay_out()
        self.when.understood.connect(self._follow)
        self.strip.picked.connect(self.when.pick)
        desk.refused.connect(self.show_problem)
        self._follow()
        self.when.edit.setFocus()

    def _lay_out(self) -> None:
        self._date_part = QWidget()
        column = labelled(tr("To which date"), self.when, buddy=self.when.edit)
        column.setContentsMargins(0, 0, 0, 0)
        column.addSpacing(scale().grid)
        column.addWidget(self.strip)
        self._date_part.setLayout(column)
        self._reason_part = QWidget()
        why = labelled(tr("Why"), self.reason)
        why.setContentsMargins(0, 0, 0, 0)
        self._reason_part.setLayout(why)
        for widget in (self._date_part, self._reason_part, self.closing):
            self.body.addWidget(widget)
        self._reason_part.setVisible(self._was_left_behind)
        self.tray_button = Button(tr("In tray"), Look.QUIET, icon="tray", keys=TRAY_KEYS)
        self.tray_button.clicked.connect(self._to_tray)
        self._tray_keys = QShortcut(QKeySequence(TRAY_KEYS), self, self._to_tray)
        self._tray_keys.setEnabled(not self._slips)
        self.close_button = Button("", Look.QUIET, icon="archive", keys=CLOSE_KEYS)
        self.close_button.clicked.connect(self._turn)
        QShortcut(QKeySequence(CLOSE_KEYS), self, self._turn).setEnabled(not self._slips)
        self.footer.addWidget(self.tray_button)
        self.footer.addWidget(self.close_button)
        for button in (self.tray_button, self.close_button):
            button.setHidden(bool(self._slips))
        self.add_buttons("")
        self._name_buttons()

    @property
    def _was_left_behind(self) -> bool:
        today = self._desk.today
        return any(item.place.date and item.place.date < today for item in self._dossiers)

    @property
    def _uids(self) -> list[str]:
        return [dossier.uid for dossier in self._dossiers]

    @property
    def _title(self) -> str:
        n = len(self._dossiers)
        if self._slips:
            n += len(self._slips)
            if n == 1:
                return tr("Move the slip: {text}", text=quoted(self._slips[0].text))
            return ntr("Move {n} sheet", "Move {n} sheets", n)
        if n > 1:
            return (
                ntr("Close {n} dossier", "Close {n} dossiers", n)
                if self._closing
                else ntr("Re-file {n} dossier", "Re-file {n} dossiers", n)
            )
        name = quoted(self._dossiers[0].name)
        return (
            tr("Close the dossier: {name}", name=name)
            if self._closing
            else tr("Re-file: {name}", name=name)
        )

    def _turn(self) -> None:
        """From moving to closing, and back."""
        self._closing = not self._closing
        self._date_part.setHidden(self._closing)
        self._reason_part.setVisible(self._closing or self._was_left_behind)
        self.title.setText(self._title)
        self.tray_button.setHidden(self._closing)
        self._tray_keys.setEnabled(not self._closing)
        self._name_buttons()
        (self.reason if self._closing else self.when.edit).setFocus()
        self._follow()
        self.fit()

    def _close_words(self) -> str:
        n = len(self._dossiers)
        if n == 1:
            return tr("Close the dossier")
        return ntr("Close {n} dossier", "Close {n} dossiers", n)

    def _name_buttons(self) -> None:
        closing = self._closing
        move = tr("Move") if self._slips else tr("Re-file")
        self.primary_button.setText(self._close_words() if closing else move)
        self.close_button.setText(tr("Move instead") if closing else f"{self._close_words()}…")
        for button in (self.primary_button, self.close_button):
            button.updateGeometry()

    def _follow(self, *_: object) -> None:
        self.show_problem("")
        self.strip.follow(self.when.chosen)
        self.closing.say(self._what_save_does(), obstacle=self._obstacle())

    def _obstacle(self) -> str:
        if self._closing:
            return ""
        if self.when.problem:
            return tr("The date is not understood yet.")
        when = self.when.chosen
        if when is None:
            return ""
        if self._slips and when.place.date is None:
            return tr("A slip needs a day, not a month.")
        if when.time is not None and len(self._dossiers) + len(self._slips) > 1:
            return tr("A time of day fits one dossier only; leave it out.")
        return ""

    def _what_save_does(self) -> str:
        n, today, when = len(self._dossiers), self._desk.today, self.when.chosen
        slips = len(self._slips)
        if self._closing:
            return ntr(
                "The dossier leaves the binder; search still finds it.",
                "{n} dossiers leave the binder; search still finds them.",
                n,
            )
        if when is None:
            return tr("Type a date or choose a day below it.")
        if n == 1 and not slips:
            where = words.goes_where(self._dossiers[0].place, when, today)
        elif slips:
            day = words.destination(when, today)
            where = ntr("{n} sheet: {day}.", "{n} sheets: {day}.", n + slips, day=day)
        else:
            day = words.destination(when, today)
            where = ntr("{n} dossier: {day}.", "{n} dossiers: {day}.", n, day=day)
        agreed = sum(
            1
            for dossier in self._dossiers
            if dossier.step and dossier.step.fixed and dossier.place != when.place
        )
        if not agreed:
            return where
        warning = ntr(
            "{n} agreed appointment moves: tell the client.",
            "{n} agreed appointments move: tell the clients.",
            agreed,
        )
        return f"{where} {warning}"

    def submit(self) -> bool:
        if self._closing:
            action = partial(refiling.close, self._uids, self.reason.text().strip())
            return self._act(action, CLOSED)
        self.when.tell_problem()
        when = self.when.chosen
        if self._obstacle() or when is None:
            self.closing.say("", obstacle=self._obstacle() or self._what_save_does())
            self.when.edit.setFocus()
            return False
        return self._move(when)

    def _move(self, when: When) -> bool:
        reason = self.reason.text().strip()
        if self._slips and when.time is not None:
            assert when.place.date is not None
            changed = replace(self._slips[0], on=when.place.date, time=when.time)
            action = partial(change_slip, changed)
        elif self._slips:
            slips = [slip.uid for slip in self._slips]
            action = partial(move_rows, self._uids, slips, when.place, reason=reason)
        elif when.time is not None:
            action = partial(refiling.file_at, self._uids[0], when, reason=reason)
        elif when.place == CLOSED:
            action = partial(refiling.close, self._uids, reason)
        else:
            action = partial(refiling.refile, self._uids, when.place, reason=reason)
        return self._act(action, when.place)

    def _to_tray(self) -> None:
        reason = self.reason.text().strip()
        if self._act(partial(refiling.refile, self._uids, TRAY, reason=reason), TRAY):
            self.accept()

    def _act(self, action: Callable[[], Changes], place: Place) -> bool:
        day = describe_place(place)
        if place.date or place.month:
            day = words.destination(When(place), self._desk.today)
        name = self._dossiers[0].name if self._dossiers else self._slips[0].text
        said = words.moved(name, len(self._dossiers), len(self._slips), day)
        return self._desk.act(action, initiator=self, said=said) is not None
