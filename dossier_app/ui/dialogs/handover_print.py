"""Printing the papers of a handover: the pack for the colleague, and the report after."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dossier_app.domain.handover.records import Handover
from dossier_app.domain.language import tr
from dossier_app.services import handover_prints
from dossier_app.services.handover.giving import Wish
from dossier_app.services.print_reading import Reading
from dossier_app.services.printing import Prepared, PrintOptions
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog


class _HandoverPrintDialog(PreviewDialog):
    """Private facts come on the paper only where they go along with the handover."""

    def __init__(
        self, window: QWidget, desk: Desk, title: str, *, private_goes_along: bool
    ) -> None:
        self._private_goes_along = private_goes_along
        super().__init__(window, desk, title)
        self.include_private.setEnabled(private_goes_along)

    def _tell_private(self) -> None:
        super()._tell_private()
        if not self._private_goes_along:
            self.private_note.setText(tr("Private facts do not go along in this handover."))


class HandoverPackDialog(_HandoverPrintDialog):
    """The pack for a handover, or for one that is still being planned."""

    def __init__(self, window: QWidget, desk: Desk, what: Handover | Wish) -> None:
        self._what = what
        title = tr("Print: {name}", name=tr("handover pack, {name}", name=what.colleague))
        super().__init__(window, desk, title, private_goes_along=what.private)

    def _prepare(self, chosen: PrintOptions, language: str) -> Reading[Prepared]:
        return handover_prints.read_handover_pack(self._what, chosen, language)


class AbsenceReportDialog(_HandoverPrintDialog):
    """What was done in a handover, as far as it has come back."""

    def __init__(self, window: QWidget, desk: Desk, handover: Handover) -> None:
        self._handover = handover
        title = tr("Print: {name}", name=tr("report, {name}", name=handover.colleague))
        super().__init__(window, desk, title, private_goes_along=handover.private)

    def _prepare(self, chosen: PrintOptions, language: str) -> Prepared:
        return handover_prints.prepare_absence_report(self._handover, chosen, language)
