"""Which parts of a whole dossier come on the paper, and how much of its history."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.services.printing import DossierPart, PrintOptions
from dossier_app.services.settings import Settings
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label, Segments

_ALL, _NONE = 0, -1
_FEW = 10  # entries of the history


class DossierParts(QWidget):
    """Begins with what was chosen last time."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.boxes = {
            DossierPart.PROMISES: QCheckBox(tr("Promises")),
            DossierPart.PEOPLE: QCheckBox(tr("The people")),
            DossierPart.FORMS: QCheckBox(tr("Forms")),
            DossierPart.DOCUMENTS: QCheckBox(tr("Documents")),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * scale().grid)
        grid.setVerticalSpacing(scale().grid)
        for place, (part, box) in enumerate(self.boxes.items()):
            box.setChecked(part not in settings.print_left_out)
            grid.addWidget(box, place // 2, place % 2)
        self.history = Segments(
            [(_ALL, tr("All of it")), (_FEW, tr("Last {n}", n=_FEW)), (_NONE, tr("None"))],
            name=tr("History"),
        )
        left_out = DossierPart.HISTORY in settings.print_left_out
        self.history.choose(_NONE if left_out else _FEW if settings.print_contacts else _ALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addLayout(grid)
        column.addWidget(Label(tr("History"), "small", role="muted"))
        column.addWidget(self.history)

    def changed(self, slot: object) -> None:
        """Call ``slot`` when another choice is made."""
        for box in self.boxes.values():
            box.toggled.connect(slot)
        self.history.chosen.connect(slot)

    @property
    def left_out(self) -> list[DossierPart]:
        """The parts that do not come on the paper."""
        parts = [part for part, box in self.boxes.items() if not box.isChecked()]
        return [*parts, DossierPart.HISTORY] if self.history.value == _NONE else parts

    @property
    def last_contacts(self) -> int:
        return _FEW if self.history.value == _FEW else 0

    def options(self, chosen: PrintOptions) -> PrintOptions:
        """``chosen`` with these parts."""
        parts = frozenset(DossierPart) - frozenset(self.left_out)
        return replace(chosen, parts=parts, last_contacts=self.last_contacts)

    def remembered(self, settings: Settings) -> Settings:
        """``settings`` with these parts as the usual ones."""
        left_out = [str(part) for part in self.left_out]
        return replace(settings, print_left_out=left_out, print_contacts=self.last_contacts)
