"""The tab of the documents: what is kept in the dossier, newest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dossier_app.services.overviews import DossierView
from dossier_app.ui.dossier.page import Page
from dossier_app.ui.dossier.rows import DocumentRow


class DocumentsTab(Page):
    """A list; a click on a document asks to open it."""

    open_wanted = Signal(str)  # uid of the document

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(0)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        self.clear()
        for document in view.documents:
            row = DocumentRow(document, view.today)
            row.clicked.connect(partial(self.open_wanted.emit, document.uid))
            self.column.addWidget(row)
        self.column.addStretch(1)
