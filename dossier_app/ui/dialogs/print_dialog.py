"""Printing dossiers: what comes on the paper is seen before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from dossier_app.domain.datewords import long_day
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.when.sentences import quoted
from dossier_app.services import print_documents, printing
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.print_reading import Reading
from dossier_app.services.printing import Prepared, PrintKind, PrintOptions
from dossier_app.services.settings import Settings
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.dossier_documents import DossierDocuments
from dossier_app.ui.dialogs.dossier_parts import DossierParts
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog, Section
from dossier_app.ui.widgets import Segments

_DAYS = (1, 2, 3, 5, 7)  # that a pack can be for
_WHOLE_PACK = "whole_pack"  # is remembered so


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
        self._show_parts()

    @property
    def kind(self) -> PrintKind:
        if self.pack.isChecked() or self.whole_pack.isChecked():
            return PrintKind.PACK
        return PrintKind.DOSSIER if self.whole.isChecked() else PrintKind.BRIEF

    @property
    def has_whole(self) -> bool:
        """Whether whole dossiers are printed, of which parts can be left out."""
        return self.whole.isChecked() or self.whole_pack.isChecked()

    def _sections(self) -> list[Section]:
        settings = self._desk.settings
        several = len(self._uids) > 1
        self.pack = QRadioButton(tr("Agenda and briefs"), self)
        self.whole_pack = QRadioButton(tr("Agenda and dossiers"), self)
        self.brief = QRadioButton(tr("Meeting briefs") if several else tr("Meeting brief"))
        self.whole = QRadioButton(tr("Whole dossiers") if several else tr("Whole dossier"))
        kinds = QButtonGroup(self)
        usual = settings.print_day if self._day else settings.print_kind
        self.kinds: dict[str, QRadioButton] = {
            PrintKind.PACK: self.pack,
            _WHOLE_PACK: self.whole_pack,
            PrintKind.BRIEF: self.brief,
            PrintKind.DOSSIER: self.whole,
        }
        for kind, button in self.kinds.items():
            kinds.addButton(button)
            button.setChecked(kind == usual)
        self.days = Segments([(days, str(days)) for days in _DAYS], name=tr("Days"), parent=self)
        kinds.buttonClicked.connect(self._kind_chosen)
        self.days.setEnabled(self.kind is PrintKind.PACK)
        self.days.chosen.connect(self._changed)
        self.parts = DossierParts(settings)
        self.parts.changed(self._changed)
        self.documents = self._documents(settings)
        parts = (tr("Parts of a dossier"), (self.parts,))
        behind = (tr("Documents behind it"), (self.documents,))
        if self._day is None:
            for widget in (self.pack, self.whole_pack, self.days):
                widget.hide()
            return [(tr("What"), (self.brief, self.whole)), parts, behind]
        what = (self.pack, self.whole_pack, self.brief, self.whole)
        return [(tr("What"), what), (tr("Days"), (self.days,)), parts, behind]

    def _documents(self, settings: Settings) -> DossierDocuments:
        if len(self._uids) != 1:
            return DossierDocuments(None, set())
        [uid] = self._uids
        before = print_documents.chosen_before(settings, uid)
        documents = DossierDocuments(load_dossier(uid), before)
        documents.changed(self._changed)
        self.include_private.toggled.connect(documents.allow_private)
        return documents

    def _kind_chosen(self, _button: object) -> None:
        self.days.setEnabled(self.kind is PrintKind.PACK)
        self._show_parts()
        self._changed(None)

    def _show_parts(self) -> None:
        behind = self.whole.isChecked() and self.documents.worth_showing
        for widget, wanted in ((self.parts, self.has_whole), (self.documents, behind)):
            section = widget.parentWidget()
            assert section is not None
            section.setVisible(wanted)

    def _options(self) -> PrintOptions:
        chosen = super()._options()
        return self.parts.options(chosen) if self.has_whole else chosen

    def _prepare(self, chosen: PrintOptions, language: str) -> Reading[Prepared]:
        if self._day is not None and self.kind is PrintKind.PACK:
            days = int(str(self.days.value))
            whole = self.has_whole
            return printing.read_pack(self._day, days, chosen, language, whole=whole)
        if self.kind is PrintKind.DOSSIER and self.documents.chosen:
            keys = self.documents.chosen
            return print_documents.read_dossier(self._uids[0], keys, chosen, language)
        return printing.read(self.kind, self._uids, chosen, language)

    def _remembered(self, settings: Settings) -> Settings:
        kind = next(kind for kind, button in self.kinds.items() if button.isChecked())
        if self._day is None:
            settings = replace(settings, print_kind=str(kind))
        else:
            settings = replace(settings, print_day=str(kind))
        if self.kind is PrintKind.DOSSIER and self.documents.boxes:
            keys = self.documents.chosen
            settings = print_documents.remembering(settings, self._uids[0], keys)
        return self.parts.remembered(settings) if self.has_whole else settings


def _title(uids: list[str], day: date | None, today: date) -> str:
    if day is not None:
        return tr("Print: {name}", name=long_day(day, today))
    if len(uids) == 1:
        return tr("Print: {name}", name=quoted(load_dossier(uids[0]).name) or tr("No name"))
    return ntr("Print {n} dossier", "Print {n} dossiers", len(uids))
