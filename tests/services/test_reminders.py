"""Reminders over a working day: sleep, restart, a clock that was set, summer time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from dossier_app.domain import clock
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    Slip,
    SlipKind,
)
from dossier_app.domain.when import read_when
from dossier_app.services import refiling, reminders, slips
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.session import Session, open_session
from dossier_app.services.undoing import undo
from dossier_app.storage import reminders as store
from dossier_app.storage.folder import DataFolder

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 25)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def now(binder_open: Session) -> Iterator[time_machine.Traveller]:
    """The computer's clock, at 8:00 in Berlin."""
    clock.set_today(None)
    with time_machine.travel(datetime.combine(DAY, time(8), BERLIN), tick=False) as traveller:
        yield traveller


def at(hour: int, minute: int = 0, day: date = DAY, *, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), BERLIN)


def step(moment: datetime, text: str = "call", uid: str = "anna") -> Dossier:
    anna = Person("Ромашкина", "Анна", main=True)
    anna.contact_points = [ContactPoint(ContactKind.PHONE, "+7 900 000-00-01")]
    dossier = Dossier(people=[anna], place=day_place(moment.date()), uid=uid)
    dossier.step = NextStep(text=text, time=moment.time())
    return create_dossier(dossier)[1]


def loose(moment: datetime, text: str) -> Slip:
    slip = Slip(SlipKind.REMINDER, moment.date(), text, time=moment.time())
    slips.add_slip(slip)
    return slip


def ring() -> list[str]:
    """What the window tells now, and remembers as told."""
    due = reminders.due_reminders(clock.now())
    reminders.ring([reminder.key for reminder in due])
    return [reminder.text for reminder in due]


def run(now: time_machine.Traveller, until: datetime, step: timedelta = MINUTE) -> list[str]:
    """Let the time pass, looking every ``step``."""
    told = []
    while clock.now() <= until:
        told += ring()
        now.shift(step)
    return told


def test_a_step_and_a_slip_ring_at_their_time(now: time_machine.Traveller) -> None:
    step(at(10))
    loose(at(9, 30), "coffee")
    assert reminders.next_moment(clock.now()) == at(9, 30)
    now.move_to(at(10))
    [coffee, call] = reminders.due_reminders(clock.now())
    assert (coffee.dossier_uid, coffee.title, coffee.text) == ("", "", "coffee")
    assert (call.dossier_uid, call.title, call.text, call.at, call.phone) == (
        "anna", "Ромашкина Анна", "call", datetime(2026, 11, 25, 10), "+7 900 000-00-01",
    )  # fmt: skip
    assert ring() == ["coffee", "call"]
    assert ring() == []
    assert reminders.next_moment(clock.now()) is None


def test_a_slip_tells_the_phone_of_its_dossier(now: time_machine.Traveller) -> None:
    dossier = step(at(20))
    slips.add_slip(Slip(SlipKind.REMINDER, DAY, "call back", time(9)), dossier.uid)
    now.move_to(at(9))
    [due] = reminders.due_reminders(clock.now())
    assert (due.title, due.dossier_uid, due.phone) == ("Ромашкина Анна", "anna", "+7 900 000-00-01")


def test_what_has_no_time_or_is_done_does_not_ring(now: time_machine.Traveller) -> None:
    create_dossier(Dossier("x", place=day_place(DAY), step=NextStep()))
    done = loose(at(9), "done")
    slips.tick(done.uid)
    now.move_to(at(12))
    assert ring() == []


def test_a_call_back_in_minutes_rings_on_time(now: time_machine.Traveller) -> None:
    dossier = create_dossier(Dossier("x", uid="x"))[1]
    now.move_to(at(11, 50))
    when = read_when("через 10 минут", clock.today(), clock.now().time())
    refiling.file_at(dossier.uid, when)
    assert reminders.next_moment(clock.now()) == at(12)
    now.move_to(at(11, 59))
    assert ring() == []
    now.move_to(at(12))
    assert len(ring()) == 1


def test_after_eight_hours_of_sleep_what_was_missed_rings_once(
    now: time_machine.Traveller,
) -> None:
    step(at(10))
    loose(at(12), "noon")
    loose(at(18), "evening")
    loose(at(18, day=DAY - timedelta(days=1)), "yesterday")
    assert ring() == []
    now.shift(8 * HOUR)
    assert ring() == ["call", "noon"]
    assert run(now, at(23)) == ["evening"]


def test_a_restart_rings_nothing_again(
    now: time_machine.Traveller, binder_open: Session, folder: DataFolder
) -> None:
    step(at(10))
    loose(at(12), "noon")
    now.move_to(at(11))
    assert ring() == ["call"]
    binder_open.close()
    now.move_to(at(13))
    session = open_session(folder)
    assert ring() == ["noon"]
    session.close()


def test_put_off_it_rings_again_also_after_a_restart(
    now: time_machine.Traveller, binder_open: Session, folder: DataFolder
) -> None:
    step(at(10))
    now.move_to(at(10))
    [due] = reminders.due_reminders(clock.now())
    reminders.ring([due.key])
    reminders.snooze(due.key, 15)
    assert reminders.next_moment(clock.now()) == at(10, 15)
    binder_open.close()
    session = open_session(folder)
    assert run(now, at(10, 14)) == []
    assert run(now, at(12)) == ["call"]
    session.close()


def test_put_off_over_midnight_it_rings_after_it(now: time_machine.Traveller) -> None:
    step(at(23, 50))
    now.move_to(at(23, 55))
    [due] = reminders.due_reminders(clock.now())
    reminders.snooze(due.key, 10)
    tomorrow = DAY + timedelta(days=1)
    assert reminders.next_moment(clock.now()) == at(0, 5, tomorrow)
    assert run(now, at(8, day=tomorrow)) == ["call"]


def test_a_moved_step_rings_at_its_new_time_only_and_again_after_undo(
    now: time_machine.Traveller,
) -> None:
    dossier = step(at(10))
    log_contact(dossier.uid, Contact(text="called first", next=read_when("сегодня 15:00", DAY)))
    assert run(now, at(14)) == []
    assert run(now, at(16)) == ["call"]
    undo()
    # The appointment of 10:00 lies there again and was never told.
    assert ring() == ["call"]
    undo()
    assert ring() == []


@pytest.mark.parametrize(
    ("day", "moments", "told"),
    [
        (date(2026, 3, 29), [(1, 59), (2, 30), (3, 30), (9, 0)], ["1:59", "2:30", "3:30", "9:00"]),
        (date(2026, 10, 25), [(1, 59), (2, 30), (3, 0), (9, 0)], ["1:59", "2:30", "3:00", "9:00"]),
    ],
)
def test_summer_time_begins_and_ends(
    now: time_machine.Traveller, day: date, moments: list[tuple[int, int]], told: list[str]
) -> None:
    for hour, minute in moments:
        loose(datetime.combine(day, time(hour, minute)), f"{hour}:{minute:02}")
    now.move_to(at(0, day=day))
    assert run(now, at(12, day=day)) == told


def test_asleep_over_the_change_nothing_is_lost(now: time_machine.Traveller) -> None:
    day = date(2026, 10, 25)
    loose(datetime.combine(day, time(2, 30)), "early")
    now.move_to(at(1, day=day))
    assert ring() == []
    now.move_to(at(2, 10, day, fold=1))
    assert ring() == ["early"]
    assert run(now, at(12, day=day)) == []


def test_a_clock_set_back_a_day_rings_nothing_twice_and_loses_nothing(
    now: time_machine.Traveller,
) -> None:
    yesterday = DAY - timedelta(days=1)
    step(at(10))
    loose(at(9, day=yesterday), "yesterday")
    loose(at(12), "noon")
    now.move_to(at(8, day=yesterday))
    assert run(now, at(11), 10 * MINUTE) == ["yesterday", "call"]
    now.move_to(at(11, day=yesterday))
    assert run(now, at(13), 10 * MINUTE) == ["noon"]


def test_a_clock_set_forward_by_mistake_loses_nothing(now: time_machine.Traveller) -> None:
    step(at(10))
    now.move_to(at(9, day=DAY + timedelta(days=1)))
    assert ring() == []
    now.move_to(at(9))
    assert run(now, at(11)) == ["call"]


def test_what_rang_is_forgotten_after_60_days(now: time_machine.Traveller) -> None:
    old, new = loose(at(9), "old"), loose(at(9, day=DAY + timedelta(days=61)), "new")
    now.move_to(at(9))
    assert ring() == ["old"]
    slips.tick(old.uid)
    now.shift(timedelta(days=60))
    ring()
    assert len(store.states()) == 1
    now.shift(timedelta(days=1))
    assert ring() == ["new"]
    assert [key.split()[-1] for key in store.states()] == [new.uid]
