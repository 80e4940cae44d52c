"""Printing: what is printed comes from the binder, the paper from `dossier_app.printing`.

The two steps are apart, so that a window can draw long prints off its own thread:
`prepare` and its siblings read the binder, `draw` works on what was read. Where many
dossiers are read, `read` and its siblings do it in steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dossier_app.domain import clock
from dossier_app.domain.binder import day_slot
from dossier_app.domain.datewords import day_month
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.overview import Overview
from dossier_app.domain.sheets import Divider, SheetType
from dossier_app.printing.options import DossierPart, KitPart, Paper, Printed, PrintOptions
from dossier_app.services import settings
from dossier_app.services.binder import BinderReader
from dossier_app.services.forms import find_form
from dossier_app.services.print_reading import OverviewReader, Reading, Steps
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers

__all__ = ["DossierPart", "KitPart", "Paper", "Prepared", "PrintKind", "PrintOptions",
           "Printed",
           "dossiers_of_day", "draw", "file_name", "name_for_file", "options", "prepare",
           "prepare_binder", "prepare_blank", "prepare_form", "prepare_kit", "prepare_pack",
           "read", "read_binder", "read_pack"]  # fmt: skip

KIT_DAYS = 22  # working days of a usual month
_MOST_DAYS = 366
_NAME_LENGTH = 80  # characters; every file system takes as many, also in Cyrillic
Step = Callable[[int, int], None]
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


class PrintKind(StrEnum):
    BRIEF = "brief"
    DOSSIER = "dossier"
    PACK = "pack"
    KIT = "kit"
    BLANK = "blank"
    BINDER = "binder"


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a print needs of the binder: ``pages`` draws it, ``title`` names its file."""

    options: PrintOptions
    language: str
    title: str
    pages: Callable[[], Printed]


def options(
    *,
    paper: Paper | None = None,
    private: bool = False,
    parts: Iterable[DossierPart] = tuple(DossierPart),
    last_contacts: int = 0,
) -> PrintOptions:
    """Options with the rep's usual paper, discreet unless ``private``; see `PrintOptions`."""
    usual: Paper = "letter" if settings.load().paper == "letter" else "a4"
    return PrintOptions(clock.today(), paper or usual, private, frozenset(parts), last_contacts)


def draw(prepared: Prepared, step: Step | None = None) -> Printed:
    """Draw the pages. Needs no open binder and may be called in any thread.

    ``step`` is told how far it is: parts (clients) done and of how many, or pages done and 0
    where nobody can tell. What it raises ends the drawing.
    """
    from dossier_app.printing.page import telling

    with using_language(prepared.language), telling(step):
        return prepared.pages()


def file_name(prepared: Prepared) -> str:
    """What the PDF file is called: "Иванова Марина, 25 ноября.pdf". Holds nothing but what
    it is (of one dossier: the client's name) and the day, and only characters that every
    system takes."""
    return f"{prepared.title}.pdf"


# Each function below takes ``language``, that of the paper: the current one unless told.


def prepare(
    kind: PrintKind, uids: Iterable[str], chosen: PrintOptions, language: str | None = None
) -> Prepared:
    """The briefs or the whole dossiers ``uids``, each beginning on a page of its own.

    Raises Refusal when there are no dossiers.
    """
    return read(kind, list(uids), chosen, language).at_once()


def read(
    kind: PrintKind, uids: Sequence[str], chosen: PrintOptions, language: str | None = None
) -> Reading[Prepared]:
    """`prepare` in steps."""
    spoken = language or current_language()
    if not uids:
        raise Refusal(tr("There is nothing to print: no dossier lies there."))

    def steps() -> Steps[Prepared]:
        found = yield from OverviewReader.of(chosen, spoken).overviews(uids)
        known = templates()

        def pages() -> Printed:
            from dossier_app.printing import pack

            whole = kind is PrintKind.DOSSIER
            return (pack.print_dossiers if whole else pack.print_briefs)(found, chosen, known)

        with using_language(spoken):
            day = day_month(chosen.today)
            if len(found) == 1:
                title = f"{client_for_file(found[0])}, {day}"
            elif kind is PrintKind.DOSSIER:
                title = tr("Dossiers, {date}", date=day)
            else:
                title = tr("Meeting briefs, {date}", date=day)
        return Prepared(chosen, spoken, title, pages)

    return Reading(steps(), len(uids))


def prepare_pack(
    first: date,
    days: int,
    chosen: PrintOptions,
    language: str | None = None,
    *,
    whole: bool = False,
) -> Prepared:
    """The pack for the ``days`` calendar days from ``first``: agendas, and a brief (with
    ``whole``: the dossier) of each client. A day without anything has no page.

    Raises Refusal when nothing lies under any of them, or for more than a year.
    """
    return read_pack(first, days, chosen, language, whole=whole).at_once()


def read_pack(
    first: date,
    days: int,
    chosen: PrintOptions,
    language: str | None = None,
    *,
    whole: bool = False,
) -> Reading[Prepared]:
    """`prepare_pack` in steps."""
    spoken = language or current_language()
    _check_span(first, days)
    reader = BinderReader.on(clock.today(), settings.load())
    dividers = reader.load_of_days([first + timedelta(days=number) for number in range(days)])

    def steps() -> Steps[Prepared]:
        filled = yield from OverviewReader.of(chosen, spoken).dividers(reader, dividers)
        if not filled:
            raise Refusal(tr("There is nothing to print: no dossier lies there."))
        known = templates()

        def pages() -> Printed:
            from dossier_app.printing.day_pack import print_pack

            return print_pack(filled, chosen, known, whole=whole)

        with using_language(spoken):
            title = tr("Day pack, {date}", date=day_month(first))
        return Prepared(chosen, spoken, title, pages)

    return Reading(steps(), _count(dividers))


def prepare_binder(chosen: PrintOptions, language: str | None = None) -> Prepared:
    """Everything that lies in the binder, divider by divider.

    Raises Refusal when it is empty.
    """
    return read_binder(chosen, language).at_once()


def read_binder(chosen: PrintOptions, language: str | None = None) -> Reading[Prepared]:
    """`prepare_binder` in steps."""
    spoken = language or current_language()
    reader = BinderReader.on(clock.today(), settings.load())
    dividers = reader.binder().dividers

    def steps() -> Steps[Prepared]:
        filled = yield from OverviewReader.of(chosen, spoken).dividers(reader, dividers)
        if not filled:
            raise Refusal(tr("There is nothing to print: the binder is empty."))
        known = templates()

        def pages() -> Printed:
            from dossier_app.printing.whole_binder import print_binder

            return print_binder(filled, chosen, known)

        with using_language(spoken):
            title = tr("Whole binder, {date}", date=day_month(chosen.today))
        return Prepared(chosen, spoken, title, pages)

    return Reading(steps(), _count(dividers))


def prepare_kit(
    chosen: PrintOptions,
    language: str | None = None,
    *,
    parts: Collection[KitPart] = tuple(KitPart),
    first: date | None = None,
    days: int = KIT_DAYS,
) -> Prepared:
    """The paper binder. Its dividers by date are for ``days`` working days from ``first``
    (today unless told) on. Raises Refusal for more than a year of them."""
    with _speaking(language):
        kept, day = settings.load(), first or chosen.today
        _check_span(day, days)
        reader = BinderReader.on(clock.today(), kept)
        dated: list[date] = []
        while len(dated) < days:
            if reader.calendar.is_working(day):
                dated.append(day)
            day += timedelta(days=1)

        def pages() -> Printed:
            from dossier_app.printing.kit import print_kit

            return print_kit(parts, dated, chosen, owner=kept.author)

        return Prepared(chosen, current_language(), tr("Binder kit"), pages)


def prepare_blank(key: str, chosen: PrintOptions, language: str | None = None) -> Prepared:
    """The form of the template ``key``, to fill in by hand.

    Raises Refusal when there is no such form.
    """
    with _speaking(language):
        template = templates().get(key)
        if template is None:
            known = ", ".join(templates())
            raise Refusal(tr("“{text}” is not one of: {known}.", text=key, known=known))

        def pages() -> Printed:
            from dossier_app.printing.blank import print_blank

            return print_blank(template, chosen)

        title = name_for_file(tr("Blank form: {form}", form=str(template.title)))
        return Prepared(chosen, current_language(), title, pages)


def prepare_form(
    uid: str, form_uid: str, chosen: PrintOptions, language: str | None = None
) -> Prepared:
    """One filled form of a dossier. Raises Refusal when it is no longer there."""
    with _speaking(language):
        dossier, known = dossiers.load(uid), templates()
        form, person = find_form(dossier, form_uid)
        template = known.get(form.template)
        name = person.short_name if person else dossier.name
        title = tr("{form}, {name}", form=template.title if template else form.template, name=name)

        def pages() -> Printed:
            from dossier_app.printing.form import print_form

            return print_form(dossier, person, form, chosen, known)

        return Prepared(chosen, current_language(), name_for_file(title), pages)


def dossiers_of_day(day: date) -> list[str]:
    """The dossiers under a date, in the order of the day's work."""
    reader = BinderReader.on(clock.today(), settings.load())
    return [sheet.uid for sheet in reader.sheets(day_slot(day)) if sheet.type is SheetType.DOSSIER]


def _check_span(first: date, days: int) -> None:
    if not 0 < days <= _MOST_DAYS or (date.max - first).days < 2 * _MOST_DAYS:
        raise Refusal(tr("At most {n} days can be printed at once.", n=_MOST_DAYS))


@contextmanager
def _speaking(language: str | None) -> Iterator[None]:
    with using_language(language or current_language()):
        yield


def _count(dividers: Iterable[Divider]) -> int:
    return sum(divider.sheets for divider in dividers)


def client_for_file(known: Overview) -> str:
    name = (known.person.short_name if known.person else "") or known.dossier.company
    return name_for_file(name) or tr("No name")


def name_for_file(text: str) -> str:
    """``text`` with only characters that every system takes in the name of a file."""
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:_NAME_LENGTH].strip(" .")
