"""The month-end audit, on the screen and on paper."""

from __future__ import annotations

from datetime import date, timedelta

from dossier_app.domain import clock
from dossier_app.domain.audit import Audit, AuditLine
from dossier_app.domain.binder import IN_TRAY, LEFT_BEHIND, TO_SPREAD, Slot
from dossier_app.domain.place import Month, PlaceKind
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.services import settings
from dossier_app.services.binder import BinderReader
from dossier_app.storage import planning as store
from dossier_app.storage.sheets import KeyRange

_OPEN = [KeyRange(kind) for kind in PlaceKind if kind is not PlaceKind.CLOSED]


def audit(month: Month | None = None) -> Audit:
    """The audit of ``month`` (the present one unless told) as the binder stands today.

    Seen are clients that were reached in the month; notes and calls that reached nobody
    do not count. Dossiers made after the month are not missing in it. Not seen for the
    longest time comes first; the rest is in the order of the binder.
    """
    today = clock.today()
    month = month or Month.of(today)
    last_day = month.plus(1).first_day - timedelta(days=1)
    reached, made_later = store.last_reached(last_day), store.made_after(last_day)
    lines = [
        AuditLine(item.sheet, item.place, reached.get(item.uid)) for item in store.items(_OPEN)
    ]
    rules = BinderReader.on(today, settings.load()).rules

    def under(slot: Slot) -> list[AuditLine]:
        return [line for line in lines if rules.slot(line.place) == slot]

    not_seen = [
        line
        for line in lines
        if (line.reached_on is None or line.reached_on < month.first_day)
        and line.sheet.uid not in made_later
    ]
    not_seen.sort(key=lambda line: line.reached_on or date.min)
    return Audit(today, month, not_seen, under(IN_TRAY), under(LEFT_BEHIND), under(TO_SPREAD))


def print_audit(found: Audit, options: PrintOptions) -> Printed:
    """The audit as a PDF file, in the current language."""
    from dossier_app.printing import audit as printing

    return printing.print_audit(found, options)
