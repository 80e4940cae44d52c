"""Reading the binder: what SQL finds under a divider is what the rules put there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

import pytest

from dossier_app.domain import clock
from dossier_app.domain.binder import IN_TRAY, LEFT_BEHIND, Layout, Slot, SlotKind, day_slot
from dossier_app.domain.place import CLOSED, TRAY, Month, day_place, month_place
from dossier_app.domain.records import Dossier, NextStep, Person, Slip, SlipKind
from dossier_app.domain.sheets import Divider, Sheet, SheetType
from dossier_app.services import calendar_editing, refiling, settings
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session, open_session
from dossier_app.services.undoing import undo
from dossier_app.storage import dossiers, journal
from dossier_app.storage import sheets as store
from dossier_app.storage.folder import DataFolder

TODAYS = [
    date(2026, 11, 25),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 1, 30),
    date(2027, 1, 31),
    date(2027, 2, 28),
    date(2028, 2, 29),
    date(2027, 4, 10),
]
LAYOUTS = [(Layout.DAYS, 1), (Layout.DATED, 1), (Layout.DATED, 2), (Layout.DATED, 3)]
DAY = timedelta(days=1)


def random_dossiers(count: int) -> Iterator[Dossier]:
    chance = random.Random(7)
    for number in range(count):
        day = date(2026, 9, 1) + DAY * chance.choice([chance.randrange(200), chance.randrange(900)])
        month = Month(2026, 1).plus(chance.randrange(48))
        place = chance.choice([TRAY, CLOSED, month_place(month), *[day_place(day)] * 4])
        step = NextStep(minutes=chance.randrange(90)) if place.date or place.month else None
        slips = [
            Slip(SlipKind.REMINDER, day + DAY * chance.randrange(-40, 500), "x", minutes=5)
            for _ in range(chance.randrange(3))
        ]
        if slips and number % 3 == 0:
            slips[0].done_on = date(2026, 11, 1)
        yield Dossier(f"АО «{number}»", place=place, step=step, slips=slips)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Dossier]]:
    """A binder with 400 dossiers at any places; by uid."""
    session = open_session(DataFolder(tmp_path_factory.mktemp("binder") / "data"))
    made = {dossier.uid: dossier for dossier in random_dossiers(400)}
    made["far"] = Dossier("АО «Даль»", place=day_place(date(9999, 12, 31)), uid="far")
    made["farther"] = Dossier("АО «Даль»", place=month_place(Month(9999, 12)), uid="farther")
    with journal.action("new", "2026-11-25T10:00:00+03:00"):
        dossiers.insert(made.values())
    yield made
    session.close()


def reader(today: date, layout: Layout = Layout.DAYS, months: int = 1) -> BinderReader:
    chosen = settings.Settings(layout=layout, months_dated=months)
    return BinderReader.on(today, chosen)


def of_type(sheets: Iterable[Sheet], kind: SheetType) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.type is kind]


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize(("layout", "months"), LAYOUTS)
def test_sql_and_rules_agree(
    filled: dict[str, Dossier], today: date, layout: Layout, months: int
) -> None:
    reading = reader(today, layout, months)
    dividers = reading.binder().dividers
    seen: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    for divider in dividers:
        sheets = reading.sheets(divider.slot)
        whole = of_type(sheets, SheetType.DOSSIER)
        for sheet in whole:
            seen[sheet.uid] += 1
            assert reading.rules.slot(filled[sheet.uid].place) == divider.slot
        for sheet in of_type(sheets, SheetType.SLIP):
            slips[sheet.uid] += 1
            assert sheet.on is not None
            assert reading.rules.slot(day_place(sheet.on)) == divider.slot
        assert divider.sheets == len(sheets), divider.slot
        assert divider.load.contacts == len(whole)
        assert divider.load.minutes == sum(sheet.minutes for sheet in sheets)
        places = {weight.place for weight in store.weights(reading.ranges(divider.slot))}
        assert {reading.rules.slot(place) for place in places} <= {divider.slot}

    assert dict(seen) == {uid: 1 for uid, it in filled.items() if it.place != CLOSED}
    wanted = {slip.uid for it in filled.values() for slip in it.slips if slip.done_on is None}
    assert dict(slips) == dict.fromkeys(wanted, 1)
    closed = reading.sheets(Slot(SlotKind.CLOSED))
    assert {sheet.uid for sheet in closed} == {
        uid for uid, it in filled.items() if it.place == CLOSED
    }


@pytest.mark.parametrize("today", TODAYS[::2])
@pytest.mark.parametrize(("layout", "months"), LAYOUTS)
def test_dividers_that_changed_are_as_in_a_fresh_binder(
    filled: dict[str, Dossier], today: date, layout: Layout, months: int
) -> None:
    clock.set_today(today)
    reading = reader(today, layout, months)
    chance = random.Random(today.toordinal())
    places = [TRAY, CLOSED, *(day_place(today + DAY * n) for n in (-3, 0, 3, 10, 40, 100, 500))]
    places += [month_place(Month.of(today).plus(n)) for n in (-1, 0, 1, 12, 13)]
    for place in places:
        uids = chance.sample([uid for uid, it in filled.items() if it.place != place], 3)
        changes = refiling.refile(uids, place)
        assert_same(reading, reading.dividers_of(changes))
        back = undo()
        assert back is not None
        assert_same(reading, reading.dividers_of(back))


def assert_same(reading: BinderReader, told: list[Divider]) -> None:
    fresh = {divider.slot: divider for divider in reading.binder().dividers}
    assert told
    for divider in told:
        # A divider that is there only while something lies under it may be gone.
        assert fresh.get(divider.slot) == (divider if divider.slot in fresh else None)
        assert divider.slot in fresh or divider.sheets == 0


def put(dossier: Dossier) -> str:
    with journal.action("new", clock.stamp()):
        dossiers.insert([dossier])
    return dossier.uid


def test_a_slip_alone_makes_a_divider(binder_open: Session) -> None:
    """On a Saturday in the dated layout, and on the shelf Later."""
    saturday, later = date(2026, 11, 28), date(2028, 5, 5)
    slips = [Slip(SlipKind.REMINDER, day, "x") for day in (saturday, later, date(2026, 11, 1))]
    put(Dossier("АО «Север»", slips=slips))
    found = {
        divider.slot: divider.sheets
        for divider in reader(clock.today(), Layout.DATED).binder().dividers
    }
    assert found[day_slot(saturday)] == 1
    assert day_slot(saturday + DAY) not in found
    assert found[Slot(SlotKind.LATER, month=Month(2028, 5))] == 1
    assert found[LEFT_BEHIND] == 1


def test_changed_slips_are_told(binder_open: Session) -> None:
    uid = put(Dossier("АО «Север»"))
    dossier = load_dossier(uid)
    day = date(2026, 12, 1)
    dossier.slips = [Slip(SlipKind.REMINDER, day, "x")]
    reading = reader(clock.today())
    (divider,) = reading.dividers_of(save_dossier(dossier))
    assert (divider.slot, divider.sheets) == (day_slot(day), 1)
    dossier.slips[0].done_on = clock.today()
    (divider,) = reading.dividers_of(save_dossier(dossier))
    assert (divider.slot, divider.sheets) == (day_slot(day), 0)


def test_the_order_of_the_days_work(binder_open: Session) -> None:
    today = day_place(clock.today())

    def client(name: str, at: time | None = None) -> Dossier:
        step = NextStep(time=at)
        return Dossier(people=[Person(name)], place=today, step=step)

    from datetime import UTC, datetime

    from dossier_app.domain.records import HistoryEntry

    known = [client("Повторная"), client("День", time(15)), client("Утро", time(9, 30))]
    for dossier in known:
        dossier.history = [HistoryEntry(datetime(2026, 11, 1, tzinfo=UTC), text="звонок")]
    for dossier in [client("Новая"), *known]:
        put(dossier)
    put(Dossier("АО «Север»", slips=[Slip(SlipKind.BIRTHDAY, clock.today(), "x")]))
    sheets = reader(clock.today()).sheets(day_slot(clock.today()))
    assert [sheet.title for sheet in sheets] == ["Утро", "Повторная", "АО «Север»", "День", "Новая"]
    assert [sheet.is_new for sheet in sheets if sheet.dossier_uid] == [False] * 2 + [
        False,
        False,
        True,
    ]


def test_a_sheet_shows_the_main_contact_first(binder_open: Session) -> None:
    from dossier_app.domain.records import ContactKind, ContactPoint

    other = Person("Липатова", "Вера", contact_points=[ContactPoint(ContactKind.PHONE, "1-11-11")])
    main = Person("Ромашкина", "Анна", position="директор", main=True)
    main.contact_points = [ContactPoint(ContactKind.PHONE, "2-22-22")]
    put(Dossier("АО «Север»", people=[other, main], tags=["опт"]))
    bare = Dossier(contact_points=[ContactPoint(ContactKind.PHONE, "3-33-33")])
    bare.slips = [Slip(SlipKind.REMINDER, clock.today(), "x")]
    put(bare)
    first, second = reader(clock.today()).sheets(IN_TRAY)
    assert (first.title, first.company, first.position) == (
        "Ромашкина Анна",
        "АО «Север»",
        "директор",
    )
    assert (first.phone, first.tags, first.on) == ("2-22-22", ("опт",), None)
    (slip,) = reader(clock.today()).sheets(day_slot(clock.today()))
    assert second.title == slip.title == "3-33-33"


def test_capacity_is_that_of_the_weekday(binder_open: Session) -> None:
    chosen = settings.Settings(contacts=[10, 20, 30, 40, 50, 60, 70], minutes=[1, 2, 3, 4, 5, 6, 7])
    calendar_editing.set_days(date(2026, 11, 26), date(2026, 11, 26), worked=False)
    calendar_editing.set_days(date(2026, 11, 29), date(2026, 11, 29), worked=True)
    reading = BinderReader.on(clock.today(), chosen)
    loads = {
        d.slot.date: (d.working, d.load.capacity_contacts, d.load.capacity_minutes)
        for d in reading.load_of_days([clock.today() + DAY * n for n in range(5)])
    }
    assert loads == {
        date(2026, 11, 25): (True, 30, 3),
        date(2026, 11, 26): (False, 0, 0),
        date(2026, 11, 27): (True, 50, 5),
        date(2026, 11, 28): (False, 0, 0),
        date(2026, 11, 29): (True, 70, 7),
    }


def test_the_sample_binder_lies_where_it_should(binder_open: Session) -> None:
    total = fill_with_sample(120)
    reading = reader(clock.today())
    binder = reading.binder()
    archived = len(reading.sheets(Slot(SlotKind.CLOSED)))
    assert sum(divider.load.contacts for divider in binder.dividers) + archived == total == 120
    today = binder.divider(day_slot(clock.today()))
    assert today is not None and today.sheets > 3
