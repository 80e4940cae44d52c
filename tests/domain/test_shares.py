"""How much of each day of an absence somebody has."""

from __future__ import annotations

from datetime import date, time

from dossier_app.domain.binder import day_slot
from dossier_app.domain.handover.absence import STAYS, Absence, AbsencePlan, PlannedDossier
from dossier_app.domain.handover.shares import day_shares, is_given
from dossier_app.domain.place import day_place
from dossier_app.domain.records import SlipKind
from dossier_app.domain.sheets import Divider, Load, Sheet, SheetType

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)


def dossier(uid: str, *days: date, minutes: int = 20) -> PlannedDossier:
    sheets = [
        Sheet(SheetType.DOSSIER, uid, uid, uid, on=day, time=time(10), minutes=minutes)
        for day in days
    ]
    return PlannedDossier(uid, uid, "", day_place(days[0]), sheets)


def plan(chosen: dict[str, str]) -> AbsencePlan:
    loose = Sheet(SheetType.LOOSE, "loose", "", on=TUESDAY, slip_kind=SlipKind.REMINDER, minutes=5)
    room = Load(capacity_contacts=30, capacity_minutes=360, contacts=99, minutes=999)
    return AbsencePlan(
        Absence(MONDAY, TUESDAY, chosen=chosen),
        [dossier("a", MONDAY), dossier("b", MONDAY, TUESDAY), dossier("c", TUESDAY)],
        [loose],
        [Divider(day_slot(day), room) for day in (MONDAY, TUESDAY)],
    )


def test_a_share_is_what_one_has_of_the_day() -> None:
    made = plan({"a": "Orlov", "b": "Petrova", "loose": "Orlov", "c": STAYS})
    monday, tuesday = day_shares(made, lambda whom: whom == "Orlov")
    assert (monday.sheets, monday.share_sheets) == (2, 1)
    assert (monday.load.contacts, monday.load.minutes) == (2, 40)
    assert (monday.share.contacts, monday.share.minutes) == (1, 20)
    assert monday.load.capacity_contacts == monday.share.capacity_contacts == 30
    assert (tuesday.sheets, tuesday.share_sheets) == (3, 1)
    assert (tuesday.load.contacts, tuesday.load.minutes) == (2, 45), "a loose sheet is no contact"
    assert (tuesday.share.contacts, tuesday.share.minutes) == (0, 5)


def test_what_stays_and_what_nobody_has_is_not_given() -> None:
    made = plan({"a": "Orlov", "c": STAYS})
    assert made.names() == {"a": "Orlov", "b": None, "c": STAYS, "loose": None}
    monday, tuesday = day_shares(made, is_given)
    assert (monday.share_sheets, tuesday.share_sheets) == (1, 0)
    assert [day.share_sheets for day in day_shares(made, lambda whom: whom is None)] == [1, 2]
