"""Printing one form: filled as it stands in a dossier, or blank."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from dossier_app.domain.forms.template import Template
from dossier_app.domain.language import tr
from dossier_app.services import printing
from dossier_app.services.forms import FormSheet
from dossier_app.services.printing import Prepared, PrintOptions
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog


class FormPrintDialog(PreviewDialog):
    """``prepare`` reads what is printed, for options and a language."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        title: str,
        prepare: Callable[[PrintOptions, str], Prepared],
    ) -> None:
        self._reader = prepare
        super().__init__(window, desk, title)

    def _prepare(self, chosen: PrintOptions, language: str) -> Prepared:
        return self._reader(chosen, language)


def print_sheet(window: QWidget, desk: Desk, uid: str, sheet: FormSheet) -> FormPrintDialog:
    """The dialog for a filled form of the dossier ``uid``."""
    read = partial(printing.prepare_form, uid, sheet.form.uid)
    return FormPrintDialog(window, desk, tr("Print: {name}", name=sheet.title), read)


def print_empty(window: QWidget, desk: Desk, template: Template) -> FormPrintDialog:
    """The dialog for a form to be filled in by hand."""
    read = partial(printing.prepare_blank, template.key)
    return FormPrintDialog(window, desk, tr("Blank form: {form}", form=template.title), read)
