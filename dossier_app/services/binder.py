"""Reading the binder: the tabs of today, and the sheets under one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from dossier_app.domain.binder import BinderRules, Slot, SlotKind, day_slot
from dossier_app.domain.changes import Changes
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.place import Month, PlaceKind, day_place
from dossier_app.domain.sheets import Binder, Divider, Load, Sheet, SheetType
from dossier_app.domain.workdays import WorkingCalendar
from dossier_app.services import occasions
from dossier_app.services.calendar import working_calendar
from dossier_app.services.settings import Settings
from dossier_app.storage import sheets as store
from dossier_app.storage.bands import bands
from dossier_app.storage.sheets import KeyRange

_NOON = time(13)
_FEW = 100  # dossiers; after more of them the window reads all its tabs anyway
_IN_BINDER = (KeyRange(PlaceKind.TRAY), KeyRange(PlaceKind.DAY), KeyRange(PlaceKind.MONTH))


@dataclass(frozen=True)
class BinderReader:
    """Reads the binder as it stands on ``today`` in the layout of ``settings``."""

    today: date
    settings: Settings
    calendar: WorkingCalendar

    @classmethod
    def on(cls, today: date, settings: Settings) -> BinderReader:
        return cls(today, settings, working_calendar(settings))

    @property
    def rules(self) -> BinderRules:
        return BinderRules(self.today, self.settings.layout, self.settings.months_dated)

    def binder(self) -> Binder:
        """All tabs with their load."""
        contacts, minutes = self._count(store.weights(_IN_BINDER))
        days = {slot.date for slot in (*contacts, *minutes) if slot.date is not None}
        later = [slot.month for slot in contacts if slot.kind is SlotKind.LATER and slot.month]
        slips = store.slip_weights()
        for day in slips:
            slot = self.rules.slot(day_place(day))
            if slot.kind is SlotKind.LATER and slot.month:
                later.append(slot.month)
        slots = self.rules.dividers(self.calendar.is_working, days | slips.keys(), later)
        return Binder(
            self.today,
            tuple(
                self._divider(slot, contacts.get(slot, 0), minutes.get(slot, 0), slips)
                for slot in slots
            ),
        )

    def dividers_of(self, changes: Changes) -> list[Divider]:
        """The dividers that an action touched, counted anew."""
        slots = {self.rules.slot(place) for place in changes.places}
        slots |= {self.rules.slot(day_place(date.fromisoformat(day))) for day in changes.slip_dates}
        if len(changes.texts) <= _FEW:
            pages = occasions.pages_with_occasions(
                changes.texts, self.today, self.rules.last_day, self.settings
            )
            slots |= {day_slot(day) for day in pages}
        found = []
        for slot in sorted(slots - {Slot(SlotKind.CLOSED)}, key=str):
            contacts, minutes = self._count(store.weights(self.ranges(slot)))
            first, last = self._span(slot)
            slips = store.slip_weights(first, last) if first <= last else {}
            found.append(self._divider(slot, contacts.get(slot, 0), minutes.get(slot, 0), slips))
        return found

    def load_of_days(self, days: Iterable[date]) -> list[Divider]:
        """Each of ``days`` as a divider, wherever it shows: what the week strip tells."""
        wanted = list(days)
        ranges = [KeyRange(PlaceKind.DAY, str(min(wanted)), str(max(wanted)))]
        found = {weight.place.date: weight for weight in store.weights(ranges)}
        slips = store.slip_weights(min(wanted), max(wanted))
        dividers = []
        for day in wanted:
            weight = found.get(day)
            slot = Slot(SlotKind.DAY, number=day.day, date=day)
            contacts = weight.contacts if weight else 0
            minutes = weight.minutes if weight else 0
            dividers.append(self._divider(slot, contacts, minutes, slips))
        return dividers

    def sheets(self, slot: Slot) -> list[Sheet]:
        """What lies under a divider, in the order of the day's work: appointments of the
        morning, repeat contacts, appointments of the afternoon, first calls."""
        found = store.dossier_sheets(self.ranges(slot))
        first, last = self._span(slot)
        if first <= last:
            found += store.slip_sheets(first, last)
        if slot.date is not None:
            found += occasions.occasion_sheets(slot.date, slot.date, self.settings)
        return sorted(_with_bands(found), key=_order_of_work)

    def handover_of(self, uid: str) -> Handover | None:
        """The open handover that a dossier or loose sheet is in."""
        return bands().get(uid)

    def contacted(self) -> set[str]:
        """uids of the dossiers with a contact today (notes are none)."""
        return store.contacted(self.today)

    def ranges(self, slot: Slot) -> list[KeyRange]:
        """Which stored places show under ``slot``."""
        rules, today = self.rules, self.today
        if slot.kind is SlotKind.TRAY:
            return [KeyRange(PlaceKind.TRAY)]
        if slot.kind is SlotKind.CLOSED:
            return [KeyRange(PlaceKind.CLOSED)]
        if slot.kind is SlotKind.LEFT_BEHIND:
            return [KeyRange(PlaceKind.DAY, last=str(today - timedelta(days=1)))]
        if slot.kind is SlotKind.TO_SPREAD:
            return [KeyRange(PlaceKind.MONTH, last=str(Month.of(today)))]
        if slot.kind is SlotKind.DAY:
            day = str(slot.date)
            return [] if slot.date is None else [KeyRange(PlaceKind.DAY, day, day)]
        assert slot.month is not None
        first, last = self._span(slot)
        month = str(slot.month)
        ranges = [KeyRange(PlaceKind.MONTH, month, month)]
        if first <= last and last > rules.last_day:
            ranges.append(KeyRange(PlaceKind.DAY, str(first), str(last)))
        return ranges

    def _span(self, slot: Slot) -> tuple[date, date]:
        """First and last date that show under the slot; an empty span for the trays."""
        if slot.date is not None:
            return slot.date, slot.date
        if slot.kind is SlotKind.LEFT_BEHIND:
            return date.min, self.today - timedelta(days=1)
        if slot.month is not None:
            first = max(slot.month.first_day, self.rules.last_day + timedelta(days=1))
            return first, slot.month.last_day
        return date.max, date.min

    def _count(self, weights: list[store.Weight]) -> tuple[dict[Slot, int], dict[Slot, int]]:
        contacts: dict[Slot, int] = {}
        minutes: dict[Slot, int] = {}
        for weight in weights:
            slot = self.rules.slot(weight.place)
            contacts[slot] = contacts.get(slot, 0) + weight.contacts
            minutes[slot] = minutes.get(slot, 0) + weight.minutes
        return contacts, minutes

    def _divider(
        self, slot: Slot, contacts: int, minutes: int, slips: dict[date, tuple[int, int]]
    ) -> Divider:
        first, last = self._span(slot)
        notes = [value for day, value in slips.items() if first <= day <= last]
        load = Load(contacts, minutes + sum(extra for _, extra in notes))
        sheets = contacts + sum(count for count, _ in notes)
        if slot.date is None:
            return Divider(slot, load, working=not slot.is_blank, sheets=sheets)
        working = self.calendar.is_working(slot.date)
        if working:
            load = replace(
                load,
                capacity_contacts=self.settings.contacts[slot.date.weekday()],
                capacity_minutes=self.settings.minutes[slot.date.weekday()],
            )
        return Divider(slot, load, working, sheets, self.calendar.holiday(slot.date))


def _with_bands(sheets: list[Sheet]) -> list[Sheet]:
    """The same sheets, each with the handover that it is in."""
    away = bands()
    if not away:
        return sheets
    return [
        replace(sheet, handover=handover)
        if (handover := away.get(sheet.dossier_uid or sheet.uid))
        else sheet
        for sheet in sheets
    ]


def _order_of_work(sheet: Sheet) -> tuple[bool, date, int, time]:
    if sheet.type is not SheetType.DOSSIER:
        part = 2
    elif sheet.time is not None:
        part = 0 if sheet.time < _NOON else 3
    else:
        part = 4 if sheet.is_new else 1
    return sheet.on is None, sheet.on or date.max, part, sheet.time or time.max
