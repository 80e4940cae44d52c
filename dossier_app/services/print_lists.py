"""Lists over the whole binder, ready to be drawn: a month's occasions, its audit."""

from __future__ import annotations

from functools import partial

from dossier_app.domain.datewords import month_name
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.place import Month
from dossier_app.services.auditing import audit, print_audit
from dossier_app.services.occasions import occasions_of_month
from dossier_app.services.printing import Prepared, Printed, PrintOptions


def prepare_occasions(month: Month, chosen: PrintOptions, language: str | None = None) -> Prepared:
    """The occasions of a month as one list. Raises Refusal when none is known."""
    with using_language(language or current_language()):
        lines = occasions_of_month(month, private=chosen.private)
        if not lines:
            raise Refusal(tr("No occasions are known in {month}.", month=month_name(month)))

        def pages() -> Printed:
            from dossier_app.printing.occasions import print_month

            return print_month(month, lines, chosen)

        title = tr("Occasions, {month}", month=month_name(month))
        return Prepared(chosen, current_language(), title, pages)


def prepare_audit(month: Month, chosen: PrintOptions, language: str | None = None) -> Prepared:
    """Who was not seen in a month, and what lies about without a date."""
    with using_language(language or current_language()):
        title = tr("Month-end audit, {month}", month=month_name(month))
        pages = partial(print_audit, audit(month), chosen)
        return Prepared(chosen, current_language(), title, pages)
