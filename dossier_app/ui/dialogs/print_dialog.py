"""Printing dossiers: what comes on the paper is seen before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from dossier_app.domain.datewords import long_day
from dossier_app.domain.language import ntr, tr
from dossier_app.services import printing
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.printing import Prepared, PrintKind, PrintOptions
from dossier_app.services.settings import Settings
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog, Section
from dossier_app.ui.widgets import Segments

_DAYS = (1, 2, 3, 5, 7)  # that a pack can be for


class PrintDialog(PreviewDialog):
    """The briefs or the whole dossiers ``uids``.

    With ``day`` they are those of a day, and a pack with the agenda is offered first, also
    for the days that follow. What is printed is remembered too.
    """

    def __init__(
        self, window: QWidget, desk: Desk, uids: list[str], day: date | None = None
    ) -> None:
        self._uids, self._day = uids, day
        super().__init__(window, desk, _title(uids, day, desk.today))

    @property
    def kind(self) -> PrintKind:
        if self.pack.isChecked():
            return PrintKind.PACK
        return PrintKind.DOSSIER if self.whole.isChecked() else PrintKind.BRIEF

    def _sections(self) -> list[Section]:
        settings = self._desk.settings
        several = len(self._uids) > 1
        self.pack = QRadioButton(tr("Agenda and briefs"), self)
        self.brief = QRadioButton(tr("Meeting briefs") if several else tr("Meeting brief"))
        self.whole = QRadioButton(tr("Whole dossiers") if several else tr("Whole dossier"))
        kinds = QButtonGroup(self)
        usual = settings.print_day if self._day else settings.print_kind
        for kind, button in (
            (PrintKind.PACK, self.pack),
            (PrintKind.BRIEF, self.brief),
            (PrintKind.DOSSIER, self.whole),
        ):
            kinds.addButton(button)
            button.setChecked(kind == usual)
        self.days = Segments([(days, str(days)) for days in _DAYS], name=tr("Days"), parent=self)
        kinds.buttonClicked.connect(self._changed)
        self.pack.toggled.connect(self.days.setEnabled)
        self.days.setEnabled(self.pack.isChecked())
        self.days.chosen.connect(self._changed)
        if self._day is None:
            self.pack.hide()
            self.days.hide()
            return [(tr("What"), (self.brief, self.whole))]
        return [(tr("What"), (self.pack, self.brief, self.whole)), (tr("Days"), (self.days,))]

    def _prepare(self, chosen: PrintOptions, language: str) -> Prepared:
        if self._day is not None and self.kind is PrintKind.PACK:
            days = int(str(self.days.value))
            return printing.prepare_pack(self._day, days, chosen, language)
        return printing.prepare(self.kind, self._uids, chosen, language)

    def _remembered(self, settings: Settings) -> Settings:
        if self._day is None:
            return replace(settings, print_kind=str(self.kind))
        return replace(settings, print_day=str(self.kind))


def _title(uids: list[str], day: date | None, today: date) -> str:
    if day is not None:
        return tr("Print: {name}", name=long_day(day, today))
    if len(uids) == 1:
        return tr("Print: {name}", name=load_dossier(uids[0]).name or tr("No name"))
    return ntr("Print {n} dossier", "Print {n} dossiers", len(uids))
