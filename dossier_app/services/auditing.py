"""The month-end audit, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dossier_app.domain import clock
from dossier_app.domain.audit import Audit, AuditLine
from dossier_app.domain.balancing import Item
from dossier_app.domain.binder import IN_TRAY, LEFT_BEHIND, TO_SPREAD
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
    do not count. Dossiers made after the month are not missing in it.
    """
    today = clock.today()
    month = month or Month.of(today)
    reached = store.last_reached(month.plus(1).first_day - timedelta(days=1))
    made = store.made_on()
    after = month.plus(1).first_day
    open_items = store.items(_OPEN)
    rules = BinderReader.on(today, settings.load()).rules

    def lines(items: Iterable[Item]) -> list[AuditLine]:
        return [AuditLine(item.sheet, item.place, reached.get(item.uid)) for item in items]

    def under(slot: object) -> list[AuditLine]:
        return lines(item for item in open_items if rules.slot(item.place) == slot)

    return Audit(
        today=today,
        month=month,
        not_seen=lines(
            item
            for item in open_items
            if reached.get(item.uid, date.min) < month.first_day
            and made.get(item.uid, date.min) < after
        ),
        without_date=under(IN_TRAY),
        left_behind=under(LEFT_BEHIND),
        to_spread=under(TO_SPREAD),
    )


def print_audit(found: Audit, options: PrintOptions) -> Printed:
    """The audit as a PDF file, in the current language."""
    from dossier_app.printing import audit as printing

    return printing.print_audit(found, options)
