"""Printing: what is printed comes from the binder, the paper from `dossier_app.printing`.

The two steps are apart, so that a window can draw long prints off its own thread:
`prepare` reads the binder, `draw` works on what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossier_app.domain import clock
from dossier_app.domain.binder import day_slot
from dossier_app.domain.datewords import day_month
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.overview import Overview, overview
from dossier_app.domain.sheets import SheetType
from dossier_app.printing.options import Paper, Printed, PrintOptions
from dossier_app.services import settings
from dossier_app.services.binder import BinderReader
from dossier_app.services.templates import card, templates
from dossier_app.storage import dossiers

__all__ = ["Paper", "Prepared", "PrintKind", "PrintOptions", "Printed", "dossiers_of_day", "draw",
           "file_name", "options", "prepare"]  # fmt: skip

_NAME_LENGTH = 80  # characters; every file system takes as many, also in Cyrillic
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


class PrintKind(StrEnum):
    BRIEF = "brief"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a print needs of the binder; ``overviews`` is never empty."""

    kind: PrintKind
    overviews: list[Overview]
    templates: Templates
    options: PrintOptions
    language: str


def options(*, paper: Paper | None = None, private: bool = False) -> PrintOptions:
    """Options with the rep's usual paper, discreet unless ``private``."""
    usual: Paper = "letter" if settings.load().paper == "letter" else "a4"
    return PrintOptions(clock.today(), paper or usual, private)


def prepare(
    kind: PrintKind, uids: Iterable[str], chosen: PrintOptions, language: str | None = None
) -> Prepared:
    """Read what a print of these dossiers shows, each beginning on a page of its own.

    ``language`` of the paper is the current one unless told. Raises Refusal when there
    are no dossiers.
    """
    leap = settings.load().leap_day_in_march
    with using_language(language or current_language()):
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
        return Prepared(kind, found, templates(), chosen, current_language())


def draw(prepared: Prepared) -> Printed:
    """Draw the pages. Needs no open binder and may be called in any thread."""
    from dossier_app.printing import pack

    prints = {PrintKind.BRIEF: pack.print_briefs, PrintKind.DOSSIER: pack.print_dossiers}
    with using_language(prepared.language):
        return prints[prepared.kind](prepared.overviews, prepared.options, prepared.templates)


def file_name(prepared: Prepared) -> str:
    """What the PDF file is called: "Иванова Марина, 25 ноября.pdf". Holds nothing but the
    client's name and the day, and only characters that every system takes."""
    with using_language(prepared.language):
        day = day_month(prepared.options.today)
        if len(prepared.overviews) == 1:
            title = f"{_name_for_file(prepared.overviews[0])}, {day}"
        elif prepared.kind is PrintKind.DOSSIER:
            title = tr("Dossiers, {date}", date=day)
        else:
            title = tr("Meeting briefs, {date}", date=day)
    return f"{title}.pdf"


def _name_for_file(known: Overview) -> str:
    name = (known.person.short_name if known.person else "") or known.dossier.company
    words = " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:_NAME_LENGTH].strip(" .")
    return words or tr("No name")


def dossiers_of_day(day: date) -> list[str]:
    """The dossiers under a date, in the order of the day's work."""
    reader = BinderReader.on(clock.today(), settings.load())
    return [sheet.uid for sheet in reader.sheets(day_slot(day)) if sheet.type is SheetType.DOSSIER]
