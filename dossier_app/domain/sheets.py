"""What one sees on opening the binder: dividers with their load, and the sheets under
one of them. Ready to be shown; widgets and the command line only draw these records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from dossier_app.domain.binder import Slot
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.records import Role, SlipKind, StepKind


@dataclass(frozen=True, slots=True)
class Load:
    """Work under a divider against the capacity of that weekday; capacity 0 means none
    is set (trays, months, non-working days)."""

    contacts: int = 0
    minutes: int = 0
    capacity_contacts: int = 0
    capacity_minutes: int = 0

    @property
    def fraction(self) -> float:
        """0.0 for empty, 1.0 for full, more when overloaded; by the tighter measure."""
        shares = [
            used / room
            for used, room in (
                (self.contacts, self.capacity_contacts),
                (self.minutes, self.capacity_minutes),
            )
            if room
        ]
        return max(shares, default=0.0)

    @property
    def is_over(self) -> bool:
        return self.fraction > 1.0


@dataclass(frozen=True, slots=True)
class Divider:
    """A tab of the binder. ``sheets`` counts what lies under it."""

    slot: Slot
    load: Load
    working: bool = True
    sheets: int = 0
    holiday: str = ""  # name of the public holiday, when it is one


@dataclass(frozen=True, slots=True)
class Binder:
    """All tabs on ``today``, in order."""

    today: date
    dividers: tuple[Divider, ...]

    def divider(self, slot: Slot) -> Divider | None:
        return next((item for item in self.dividers if item.slot == slot), None)


class SheetType(StrEnum):
    DOSSIER = "dossier"
    SLIP = "slip"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row under a divider.

    ``title`` is who (main contact, or the company), ``company`` and ``position`` follow
    it in grey; ``todo`` is the next step's text; ``last`` and ``last_on`` tell where we
    stood. ``on`` is the date it is filed under (None: month without a day, or a tray).
    """

    type: SheetType
    uid: str  # of the dossier, or of the slip
    title: str
    dossier_uid: str = ""  # empty for a loose sheet
    company: str = ""
    position: str = ""
    role: Role = Role.UNKNOWN
    on: date | None = None
    time: time | None = None
    kind: StepKind = StepKind.CALL
    slip_kind: SlipKind | None = None
    todo: str = ""
    minutes: int = 0
    fixed: bool = False
    last: str = ""
    last_on: date | None = None
    phone: str = ""
    email: str = ""
    tries: int = 0
    carried: int = 0
    carried_from: date | None = None
    is_new: bool = False  # a first call: nothing in the history yet
    tags: tuple[str, ...] = ()
    title_is_private: bool = False  # a private number: not on discreet pages
    private: bool = False  # an occasion from a private field: not on discreet pages
    handover: Handover | None = None  # the open one it is in: its band

    @property
    def is_occasion(self) -> bool:
        """Derived from the dossier: it can be ticked, but neither moved nor taken away."""
        return self.slip_kind is SlipKind.BIRTHDAY
