"""Printing: what is printed comes from the binder, the paper from `dossier_app.printing`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.binder import day_slot
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.overview import Overview, overview
from dossier_app.domain.sheets import SheetType
from dossier_app.printing.options import Paper, Printed, PrintOptions
from dossier_app.services import settings
from dossier_app.services.binder import BinderReader
from dossier_app.services.templates import card, templates
from dossier_app.storage import dossiers

__all__ = ["Paper", "PrintOptions", "Printed", "dossiers_of_day", "options", "print_briefs",
           "print_dossiers"]  # fmt: skip


def options(*, paper: Paper | None = None, private: bool = False) -> PrintOptions:
    """Options with the rep's usual paper, discreet unless ``private``."""
    usual: Paper = "letter" if settings.load().paper == "letter" else "a4"
    return PrintOptions(clock.today(), paper or usual, private)


def print_briefs(uids: Iterable[str], chosen: PrintOptions) -> Printed:
    """The meeting briefs of the dossiers in one file. Raises Refusal when there are none."""
    from dossier_app.printing import pack

    return pack.print_briefs(_overviews(uids, chosen), chosen, templates())


def print_dossiers(uids: Iterable[str], chosen: PrintOptions) -> Printed:
    """Whole dossiers, one after the other. Raises Refusal when there are none."""
    from dossier_app.printing import pack

    return pack.print_dossiers(_overviews(uids, chosen), chosen, templates())


def dossiers_of_day(day: date) -> list[str]:
    """The dossiers under a date, in the order of the day's work."""
    reader = BinderReader.on(clock.today(), settings.load())
    return [sheet.uid for sheet in reader.sheets(day_slot(day)) if sheet.type is SheetType.DOSSIER]


def _overviews(uids: Iterable[str], chosen: PrintOptions) -> list[Overview]:
    leap = settings.load().leap_day_in_march
    found = [
        overview(
            dossiers.load(uid),
            chosen.today,
            card(),
            private=chosen.private,
            leap_day_in_march=leap,
        )
        for uid in uids
    ]
    if not found:
        raise Refusal(tr("There is nothing to print: no dossier lies there."))
    return found
