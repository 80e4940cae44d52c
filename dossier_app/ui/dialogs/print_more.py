"""The prints that are not of one dossier or day: lists, blank forms, the paper binder."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dossier_app.domain.datewords import month_name
from dossier_app.domain.language import tr
from dossier_app.domain.place import Month
from dossier_app.services import print_lists, printing
from dossier_app.services.print_reading import Reading
from dossier_app.services.printing import KitPart, Prepared, PrintOptions
from dossier_app.services.templates import templates
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog, Section
from dossier_app.ui.widgets import Button, Label, Look


class MorePrint(Enum):
    """What can be printed besides dossiers."""

    OCCASIONS = "occasions"
    AUDIT = "audit"
    BLANK = "blank"
    KIT = "kit"
    BINDER = "binder"


class PrintMoreDialog(PreviewDialog):
    """Shows only the choices that the chosen print has."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, tr("More to print"))
        self._show_choices()

    @property
    def kind(self) -> MorePrint:
        """What is chosen now."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def _sections(self) -> list[Section]:
        self.kinds = {
            MorePrint.OCCASIONS: QRadioButton(tr("Occasions of a month")),
            MorePrint.AUDIT: QRadioButton(tr("Month-end audit")),
            MorePrint.BLANK: QRadioButton(tr("Blank form")),
            MorePrint.KIT: QRadioButton(tr("Binder kit")),
            MorePrint.BINDER: QRadioButton(tr("Whole binder")),
        }
        group = QButtonGroup(self)
        for button in self.kinds.values():
            group.addButton(button)
        self.kinds[MorePrint.OCCASIONS].setChecked(True)
        group.buttonClicked.connect(self._kind_chosen)
        self.month = _MonthChoice(Month.of(self._desk.today).plus(1))
        self.month.changed(self._changed)
        self.template = QComboBox()
        self.template.setAccessibleName(tr("Form"))
        for key, template in templates().items():
            self.template.addItem(str(template.title), key)
        self.template.currentIndexChanged.connect(self._changed)
        self.parts = _Parts()
        self.parts.changed(self._changed)
        self._of_kind: dict[MorePrint, QWidget] = {
            MorePrint.BLANK: self.template,
            MorePrint.KIT: self.parts,
        }
        return [
            (tr("What"), tuple(self.kinds.values())),
            (tr("Which"), (self.month, self.template, self.parts)),
        ]

    def _kind_chosen(self, _button: object) -> None:
        self._show_choices()
        self._changed(None)

    def _show_choices(self) -> None:
        self.month.setVisible(self.kind in (MorePrint.OCCASIONS, MorePrint.AUDIT))
        for kind, widget in self._of_kind.items():
            widget.setVisible(kind is self.kind)
        section = self.month.parentWidget()
        assert section is not None
        section.setVisible(self.kind is not MorePrint.BINDER)

    def _prepare(self, chosen: PrintOptions, language: str) -> Prepared | Reading[Prepared]:
        match self.kind:
            case MorePrint.OCCASIONS:
                return print_lists.prepare_occasions(self.month.month, chosen, language)
            case MorePrint.AUDIT:
                return print_lists.prepare_audit(self.month.month, chosen, language)
            case MorePrint.BLANK:
                return printing.prepare_blank(self.template.currentData(), chosen, language)
            case MorePrint.KIT:
                return printing.prepare_kit(chosen, language, parts=self.parts.chosen)
        return printing.read_binder(chosen, language)


class _MonthChoice(QWidget):
    """A month with the one before and the one after."""

    def __init__(self, month: Month) -> None:
        super().__init__()
        self.month = month
        self.before = Button("", Look.QUIET, icon="chevron-left")
        self.before.setAccessibleName(tr("Previous month"))
        self.after = Button("", Look.QUIET, icon="chevron-right")
        self.after.setAccessibleName(tr("Next month"))
        self._name = Label(month_name(month))
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.before)
        row.addWidget(self._name, 1)
        row.addWidget(self.after)
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)

    def changed(self, slot: object) -> None:
        """Call ``slot`` when another month is chosen."""
        self.before.clicked.connect(slot)
        self.after.clicked.connect(slot)

    def _back(self) -> None:
        self._turn(-1)

    def _on(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        self.month = self.month.plus(step)
        self._name.setText(month_name(self.month))


class _Parts(QWidget):
    """Which parts of the binder kit are printed."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.boxes = {
            KitPart.NUMBERS: QCheckBox(tr("Dividers 1 to 31")),
            KitPart.MONTHS: QCheckBox(tr("Months")),
            KitPart.DATES: QCheckBox(tr("Dates of working days")),
            KitPart.SPINE: QCheckBox(tr("Spine labels")),
            KitPart.CARDS: QCheckBox(tr("Blank cards")),
        }
        for box in self.boxes.values():
            box.setChecked(True)
            column.addWidget(box)

    def changed(self, slot: object) -> None:
        """Call ``slot`` when another choice is made."""
        for box in self.boxes.values():
            box.toggled.connect(slot)

    @property
    def chosen(self) -> list[KitPart]:
        """The parts that are ticked; all of them when none is."""
        ticked = [part for part, box in self.boxes.items() if box.isChecked()]
        return ticked or list(self.boxes)
