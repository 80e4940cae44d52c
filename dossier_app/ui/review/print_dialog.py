"""Printing a review."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dossier_app.domain.datewords import full_date
from dossier_app.domain.language import tr
from dossier_app.domain.review import DayReview, SpanReview
from dossier_app.domain.review_words import dates
from dossier_app.services import reviewing
from dossier_app.services.printing import Prepared, PrintOptions
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.preview_dialog import PreviewDialog


class ReviewPrintDialog(PreviewDialog):
    """A day with its contacts on one page, or the report of a week or a month."""

    def __init__(self, window: QWidget, desk: Desk, found: DayReview | SpanReview) -> None:
        self._found = found
        if isinstance(found, DayReview):
            days = full_date(found.day)
        else:
            days = dates(found.first, found.last)
        super().__init__(window, desk, tr("Print: {name}", name=days))

    def _prepare(self, chosen: PrintOptions, language: str) -> Prepared:
        return reviewing.prepare_review(self._found, chosen, language)
