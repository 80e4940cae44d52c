"""Slips: each action is one undo, and tells which days to draw anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from dossier_app.domain import clock
from dossier_app.domain.binder import LEFT_BEHIND, day_slot
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.records import Dossier, Promise, Side, Slip, SlipKind
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.services import promises, settings, slips
from dossier_app.services.binder import BinderReader
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import Session
from dossier_app.services.undoing import redo, undo

TODAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("binder_open")


@pytest.fixture
def dossier(binder_open: Session) -> Dossier:
    return create_dossier(Dossier("ООО «Ромашка»"))[1]


def reader() -> BinderReader:
    return BinderReader.on(clock.today(), settings.load())


def under(day: date) -> list[Sheet]:
    return reader().sheets(day_slot(day))


def texts(day: date) -> list[str]:
    return [sheet.todo for sheet in under(day)]


def reminder(text: str = "Order paper", on: date = FRIDAY, **more: object) -> Slip:
    return Slip(SlipKind.REMINDER, on, text, **more)  # type: ignore[arg-type]


def drawn_anew(changes: Changes) -> set[date | None]:
    return {divider.slot.date for divider in reader().dividers_of(changes)}


def test_a_slip_lies_under_its_date_and_points_at_its_dossier(dossier: Dossier) -> None:
    changes = slips.add_slip(reminder(time=time(9, 30), minutes=20), dossier.uid)
    [sheet] = under(FRIDAY)
    assert (sheet.type, sheet.dossier_uid, sheet.company or sheet.title) == (
        SheetType.SLIP, dossier.uid, "ООО «Ромашка»",
    )  # fmt: skip
    assert (sheet.todo, sheet.time, sheet.minutes) == ("Order paper", time(9, 30), 20)
    assert changes.uids == {dossier.uid}
    assert drawn_anew(changes) == {FRIDAY}
    [divider] = reader().dividers_of(changes)
    assert (divider.sheets, divider.load.minutes) == (1, 20)


def test_a_slip_without_a_dossier_is_a_loose_sheet() -> None:
    changes = slips.add_slip(reminder())
    assert [(sheet.type, sheet.dossier_uid) for sheet in under(FRIDAY)] == [(SheetType.LOOSE, "")]
    assert changes
    assert drawn_anew(changes) == {FRIDAY}


def _change(slip: Slip) -> Changes:
    slip.text, slip.time, slip.on = "Order ink", time(8), FRIDAY + DAY
    return slips.change_slip(slip)


def _move(slip: Slip) -> Changes:
    return slips.move_slips([slip.uid], FRIDAY + 3 * DAY)


def _tick(slip: Slip) -> Changes:
    return slips.tick(slip.uid)


def _remove(slip: Slip) -> Changes:
    return slips.remove_slips([slip.uid])


@pytest.mark.parametrize("loose", [True, False])
@pytest.mark.parametrize(
    ("act", "after", "days"),
    [
        (_change, {FRIDAY + DAY: ["Order ink"]}, {FRIDAY, FRIDAY + DAY}),
        (_move, {FRIDAY + 3 * DAY: ["Order paper"]}, {FRIDAY, FRIDAY + 3 * DAY}),
        (_tick, {FRIDAY + 7 * DAY: ["Order paper"]}, {FRIDAY, FRIDAY + 7 * DAY}),
        (_remove, {}, {FRIDAY}),
    ],
)
def test_one_action_is_one_undo_and_tells_all_its_days(
    dossier: Dossier,
    act: Callable[[Slip], Changes],
    after: dict[date, list[str]],
    days: set[date],
    loose: bool,
) -> None:
    slip = reminder(repeat="FREQ=WEEKLY")
    slips.add_slip(slip, "" if loose else dossier.uid)

    def found() -> dict[date, list[str]]:
        run = [TODAY + n * DAY for n in range(20)]
        return {day: said for day in run if (said := texts(day))}

    before = found()
    assert before == {FRIDAY: ["Order paper"]}
    changes = act(slips.load_slip(slip.uid))
    assert found() == after
    assert drawn_anew(changes) == days
    undone = undo()
    assert undone is not None
    assert found() == before
    assert drawn_anew(undone) == days
    redo()
    assert found() == after


def test_a_slip_of_a_series_goes_on_by_its_rule_and_ends_when_removed(dossier: Dossier) -> None:
    slip = reminder("Check stock", on=date(2026, 11, 30), repeat="FREQ=MONTHLY")
    slip.repeat = "FREQ=MONTHLY;BYMONTHDAY=-1"
    slips.add_slip(slip, dossier.uid)
    seen = []
    for _ in range(4):
        [open_one] = [item for item in load_dossier(dossier.uid).slips if item.done_on is None]
        seen.append(open_one.on)
        clock.set_today(open_one.on)
        slips.tick(open_one.uid)
    assert seen == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    [open_one] = [item for item in load_dossier(dossier.uid).slips if item.done_on is None]
    assert open_one.on == date(2027, 3, 31)
    slips.remove_slips([open_one.uid])
    assert all(item.done_on for item in load_dossier(dossier.uid).slips)


def test_weeks_that_were_missed_do_not_come_one_by_one() -> None:
    slip = reminder(on=date(2026, 10, 6), repeat="FREQ=WEEKLY;INTERVAL=2")
    slips.add_slip(slip)
    assert [sheet.uid for sheet in reader().sheets(LEFT_BEHIND)] == [slip.uid]
    slips.tick(slip.uid)
    assert reader().sheets(LEFT_BEHIND) == []
    assert texts(date(2026, 12, 1)) == ["Order paper"]


def test_moved_once_a_series_keeps_its_days(dossier: Dossier) -> None:
    slip = reminder(repeat="FREQ=WEEKLY;INTERVAL=2")
    slips.add_slip(slip, dossier.uid)
    slips.move_slips([slip.uid], FRIDAY - DAY)
    slips.move_slips([slip.uid], FRIDAY + 3 * DAY)
    clock.set_today(FRIDAY + 3 * DAY)
    slips.tick(slip.uid)
    [again] = [item for item in load_dossier(dossier.uid).slips if item.done_on is None]
    assert (again.on, again.repeat) == (FRIDAY + 14 * DAY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")


def test_a_new_rule_begins_on_the_new_date() -> None:
    slip = reminder(repeat="FREQ=WEEKLY")
    slips.add_slip(slip)
    slip.on, slip.repeat = FRIDAY + 3 * DAY, "FREQ=MONTHLY"
    slips.change_slip(slip)
    assert slips.load_slip(slip.uid).repeat == "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"


def test_done_before_its_day_the_next_one_is_not_the_same_day() -> None:
    slip = reminder(repeat="FREQ=DAILY")
    slips.add_slip(slip)
    slips.tick(slip.uid)
    assert (texts(FRIDAY), texts(FRIDAY + DAY)) == ([], ["Order paper"])


def test_what_is_done_stays_done() -> None:
    slip = reminder(repeat="FREQ=DAILY")
    slips.add_slip(slip)
    slips.tick(slip.uid)
    clock.set_today(TODAY + DAY)
    assert not slips.tick(slip.uid)
    assert slips.load_slip(slip.uid).done_on == TODAY


@pytest.mark.parametrize(
    ("slip", "why"),
    [(reminder("  "), "needs a text"), (reminder(repeat="FREQ=HOURLY"), "is not understood")],
)
def test_a_slip_that_makes_no_sense_is_refused(slip: Slip, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        slips.add_slip(slip)
    assert under(FRIDAY) == []
    assert undo() is None


def test_what_is_not_there_is_refused_and_changes_nothing(dossier: Dossier) -> None:
    slips.add_slip(reminder())
    [slip] = under(FRIDAY)
    for act in (
        lambda: slips.move_slips([slip.uid, "gone"], TODAY),
        lambda: slips.tick("gone"),
        lambda: slips.tick("gone", dossier.uid),
        lambda: slips.change_slip(reminder()),
        lambda: slips.add_slip(reminder(), "gone"),
    ):
        with pytest.raises(Refusal):
            act()
    assert under(FRIDAY) == [slip]


def test_a_slip_is_found_by_the_beginning_of_its_uid() -> None:
    slips.add_slip(reminder(uid="abc1"))
    slips.add_slip(reminder(uid="abd"))
    assert slips.find_slip("abc") == "abc1"
    with pytest.raises(Refusal, match="Several"):
        slips.find_slip("ab")
    for text in ("x", ""):
        with pytest.raises(Refusal, match="no slip"):
            slips.find_slip(text)


def test_checkpoints_are_one_action_on_working_days(dossier: Dossier) -> None:
    changes = slips.add_checkpoints(dossier.uid, "Crane", date(2026, 12, 1), date(2027, 1, 31))
    made = load_dossier(dossier.uid).slips
    assert [slip.kind for slip in made] == [SlipKind.CHECKPOINT] * 5
    # Russia's winter holidays end on 11 January in 2027.
    assert [slip.on for slip in made] == [
        date(2026, 12, 1), date(2026, 12, 16), date(2027, 1, 15), date(2027, 1, 28),
        date(2027, 1, 29),
    ]  # fmt: skip
    assert changes.slip_dates == {str(slip.on) for slip in made}
    undo()
    assert load_dossier(dossier.uid).slips == []
    with pytest.raises(Refusal, match="needs a name"):
        slips.add_checkpoints(dossier.uid, " ", TODAY, TODAY)


# --- promises


def owed(dossier: Dossier, due: date | None = FRIDAY) -> Promise:
    promise = Promise(Side.OURS, "drawing", due)
    log_contact(dossier.uid, Contact(text="asked for it", promises=[promise]))
    return promise


def kept_on(dossier: Dossier) -> list[date | None]:
    return [promise.kept_on for promise in load_dossier(dossier.uid).promises]


def test_ticking_its_slip_keeps_the_promise(dossier: Dossier) -> None:
    owed(dossier)
    [slip] = under(FRIDAY)
    assert (slip.slip_kind, slip.todo) == (SlipKind.PROMISE, "drawing")
    slips.tick(slip.uid)
    assert (under(FRIDAY), kept_on(dossier)) == ([], [TODAY])
    undo()
    assert (under(FRIDAY), kept_on(dossier)) == ([slip], [None])


def test_keeping_the_promise_ticks_its_slip(dossier: Dossier) -> None:
    promise = owed(dossier)
    before = under(FRIDAY)
    changes = promises.keep_promise(dossier.uid, promise.uid)
    assert (under(FRIDAY), kept_on(dossier)) == ([], [TODAY])
    assert drawn_anew(changes) == {FRIDAY}
    undo()
    assert (under(FRIDAY), kept_on(dossier)) == (before, [None])


def test_a_new_date_moves_the_slip_and_a_moved_slip_gives_a_new_date(dossier: Dossier) -> None:
    promise = owed(dossier)
    promise.due, promise.text = FRIDAY + 3 * DAY, "drawing and sums"
    changes = promises.change_promise(dossier.uid, promise)
    [slip] = under(FRIDAY + 3 * DAY)
    assert (slip.todo, under(FRIDAY)) == ("drawing and sums", [])
    assert drawn_anew(changes) == {FRIDAY, FRIDAY + 3 * DAY}

    slips.move_slips([slip.uid], FRIDAY + 7 * DAY)
    [stored] = load_dossier(dossier.uid).promises
    assert (stored.due, stored.text) == (FRIDAY + 7 * DAY, "drawing and sums")
    undo()
    undo()
    assert load_dossier(dossier.uid).promises[0].due == FRIDAY
    assert texts(FRIDAY) == ["drawing"]


def test_without_a_date_there_is_no_slip_and_with_one_there_is_again(dossier: Dossier) -> None:
    promise = owed(dossier)
    promise.due = None
    promises.change_promise(dossier.uid, promise)
    assert load_dossier(dossier.uid).slips == []
    promise.due = FRIDAY
    promises.change_promise(dossier.uid, promise)
    assert texts(FRIDAY) == ["drawing"]
    promises.remove_promise(dossier.uid, promise.uid)
    stored = load_dossier(dossier.uid)
    assert (stored.promises, stored.slips) == ([], [])


def test_a_promise_made_later_has_a_slip_too(dossier: Dossier) -> None:
    promises.add_promise(dossier.uid, Promise(Side.THEIRS, "plan of the floor", FRIDAY))
    assert texts(FRIDAY) == ["plan of the floor"]
    undo()
    assert load_dossier(dossier.uid) == dossier
    with pytest.raises(Refusal, match="no text"):
        promises.add_promise(dossier.uid, Promise(Side.OURS, " "))


def test_a_late_promise_stays_in_sight_until_it_is_kept(dossier: Dossier) -> None:
    promise = owed(dossier)
    clock.set_today(FRIDAY + 40 * DAY)
    assert [sheet.todo for sheet in reader().sheets(LEFT_BEHIND)] == ["drawing"]
    promises.keep_promise(dossier.uid, promise.uid)
    assert reader().sheets(LEFT_BEHIND) == []
