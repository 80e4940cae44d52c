"""Reading many dossiers for paper a few at a time, so that a window stays alive."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, overload

import msgspec

from dossier_app.domain.forms.template import Template
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.language import using_language
from dossier_app.domain.overview import OpenDivider, Overview, overview
from dossier_app.domain.records import Dossier
from dossier_app.domain.sheets import Divider, Sheet, SheetType
from dossier_app.printing.options import PrintOptions
from dossier_app.services import settings
from dossier_app.services.binder import BinderReader
from dossier_app.services.steps import finish
from dossier_app.services.templates import card
from dossier_app.storage import dossiers
from dossier_app.storage.bands import bands

T = TypeVar("T")
Steps = Generator[int, None, T]


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What is read in ``steps``, about ``total`` of them; they yield how many are done and
    return what was read. Each step speaks the language of the paper, none is left
    speaking it."""

    steps: Steps[T]
    total: int

    def at_once(self) -> T:
        """All steps, for whoever can wait."""
        return finish(self.steps)


class Overviews(Sequence[Overview]):
    """What to know of dossiers, worked out each time it is looked at.

    The dossiers are kept as bytes. As records, thousands of them would hold up the window
    for a third of a second whenever Python looks for garbage.
    """

    def __init__(self, make: Callable[[Dossier], Overview]) -> None:
        self._make = make
        self._kept: list[bytes] = []

    def add(self, dossier: Dossier) -> None:
        self._kept.append(msgspec.msgpack.encode(dossier))

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, place: int) -> Overview: ...
    @overload
    def __getitem__(self, place: slice) -> list[Overview]: ...
    def __getitem__(self, place: int | slice) -> Overview | list[Overview]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        return self._make(msgspec.msgpack.decode(self._kept[place], type=Dossier))


@dataclass(frozen=True, slots=True)
class OverviewReader:
    """Reads what to know of dossiers, for the paper."""

    chosen: PrintOptions
    language: str
    card: Template
    leap_day_in_march: bool
    away: Mapping[str, Handover]

    @classmethod
    def of(cls, chosen: PrintOptions, language: str) -> OverviewReader:
        return cls(chosen, language, card(), settings.load().leap_day_in_march, bands())

    def overviews(self, uids: Iterable[str]) -> Steps[Overviews]:
        """Raises Refusal when a dossier is no longer there."""
        found = Overviews(self._overview)
        for uid in uids:
            found.add(dossiers.load(uid))
            yield len(found)
        return found

    def dividers(
        self, reader: BinderReader, dividers: Sequence[Divider]
    ) -> Steps[list[OpenDivider]]:
        """What lies under each of ``dividers`` and may be printed; those with nothing go."""
        filled: list[OpenDivider] = []
        done = 0
        for divider in dividers:
            with using_language(self.language):
                sheets = reader.sheets(divider.slot)
            clients, slips = Overviews(self._overview), []
            for sheet in sheets:
                if sheet.type is SheetType.DOSSIER:
                    clients.add(dossiers.load(sheet.uid))
                elif self.chosen.private or not _is_private(sheet):
                    slips.append(sheet)
                done += 1
                yield done
            if clients or slips:
                filled.append(OpenDivider(divider, clients, slips))
        return filled

    def _overview(self, dossier: Dossier) -> Overview:
        made = overview(
            dossier,
            self.chosen.today,
            self.card,
            private=self.chosen.private,
            leap_day_in_march=self.leap_day_in_march,
        )
        handover = self.away.get(dossier.uid)
        return replace(made, band=handover.band(self.chosen.today)) if handover else made


def _is_private(sheet: Sheet) -> bool:
    """Whether a slip must stay off discreet pages (see `Dossier.may_be_private`)."""
    if sheet.private or sheet.type is SheetType.LOOSE:
        return sheet.private
    dossier = dossiers.load(sheet.dossier_uid)
    slip = next((slip for slip in dossier.slips if slip.uid == sheet.uid), None)
    # An occasion is no slip, and knows itself whether it is private.
    return slip is not None and dossier.may_be_private(slip)
