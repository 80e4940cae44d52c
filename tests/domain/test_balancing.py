"""Balancing, carrying and spreading: whatever lies there, the rules hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.balancing import (
    Item,
    Plan,
    Proposal,
    balance,
    by_importance,
    carry,
    spread,
)
from dossier_app.domain.language import use_language
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import SlipKind, StepKind
from dossier_app.domain.sheets import Load, Sheet, SheetType
from dossier_app.domain.workdays import WorkingCalendar, year_from_package

TODAY = date(2026, 11, 25)  # a Wednesday
DAY = timedelta(days=1)
RUSSIA = {year: year_from_package("RU", year) for year in (2025, 2026, 2027)}
CALENDAR = WorkingCalendar(RUSSIA.__getitem__)
CAPACITY = Load(capacity_contacts=30, capacity_minutes=360)


def item(number: int, on: date | None = TODAY, due: date | None = None, **more: object) -> Item:
    """A call of ten minutes under ``on``, or in November without a day."""
    known: dict[str, object] = {"minutes": 10, "last_on": date(2026, 11, 1), **more}
    sheet = Sheet(SheetType.DOSSIER, f"{number:04d}", f"Client {number}", on=on, **known)  # type: ignore[arg-type]
    return Item(sheet, day_place(on) if on else month_place(Month(2026, 11)), due)


def slip(number: int, on: date, kind: SlipKind = SlipKind.REMINDER, minutes: int = 0) -> Item:
    sheet = Sheet(
        SheetType.LOOSE, f"s{number:03d}", "", on=on, slip_kind=kind, minutes=minutes,
        kind=StepKind.OTHER,
    )  # fmt: skip
    return Item(sheet, day_place(on), on if kind is SlipKind.PROMISE else None)


def load_of(items: Iterable[Item], capacity: Load = CAPACITY) -> Load:
    items = list(items)
    return replace(
        capacity,
        contacts=sum(entry.contacts for entry in items),
        minutes=sum(entry.sheet.minutes for entry in items),
    )


def free_days(count: int = 15, used: int = 0, first: date = TODAY) -> dict[date, Load]:
    """Working days from ``first`` on, each with ``used`` calls under it."""
    days = [CALENDAR.next_working(first)]
    while len(days) < count:
        days.append(CALENDAR.plus_working(days[-1], 1))
    return {day: replace(CAPACITY, contacts=used, minutes=10 * used) for day in days}


def after(free: Mapping[date, Load], plan: Plan) -> dict[date, Load]:
    """What lies under the days when everything proposed is done."""
    loads = dict(free)
    for proposal in plan.proposals:
        load = loads[proposal.to]
        loads[proposal.to] = replace(
            load,
            contacts=load.contacts + proposal.item.contacts,
            minutes=load.minutes + proposal.item.sheet.minutes,
        )
    return loads


def moved(plan: Plan) -> list[str]:
    return [proposal.item.uid for proposal in plan.proposals]


@st.composite
def lying(draw: st.DrawFn, on: date | None = TODAY, most: int = 60) -> list[Item]:
    """Up to ``most`` dossiers of every sort, a quarter of them fixed."""
    found = []
    for number in range(draw(st.integers(0, most))):
        fixed = number % 4 == 0
        due = draw(st.none() | st.integers(-6, 20).map(lambda days: TODAY + days * DAY))
        is_new = draw(st.booleans())
        found.append(
            item(
                number,
                on,
                due,
                fixed=fixed,
                time=time(10) if fixed else None,
                minutes=draw(st.sampled_from([0, 5, 10, 10, 15, 60, 90])),
                kind=draw(st.sampled_from(StepKind)),
                carried=draw(st.integers(0, 2)),
                is_new=is_new,
                last_on=None if is_new else TODAY - draw(st.integers(1, 90)) * DAY,
            )
        )
    return found


@st.composite
def rooms(draw: st.DrawFn, first: date = TODAY) -> dict[date, Load]:
    """Working days, empty, part full, full and overfull."""
    return {
        day: replace(load, contacts=calls, minutes=10 * calls)
        for day, load in free_days(draw(st.integers(1, 12)), first=first).items()
        for calls in [draw(st.sampled_from([0, 10, 25, 29, 30, 34, 40]))]
    }


class TestBalance:
    def test_sixty_with_fifteen_fixed_come_down_to_thirty(self) -> None:
        items = [
            item(n, fixed=n < 15, time=time(9) if n < 15 else None, minutes=5, is_new=n >= 40)
            for n in range(60)
        ]
        plan = balance(items, TODAY, load_of(items), free_days(9, 20, TODAY + DAY), TODAY)
        assert moved(plan) == [f"{n:04d}" for n in range(59, 29, -1)]
        assert not plan.staying
        days = [proposal.to for proposal in plan.proposals]
        assert days == [
            day for day in free_days(3, 0, TODAY + DAY) for _ in range(10)
        ]  # Thursday, Friday, Monday
        assert plan.proposals[0].reason == (
            "first call, no promise; Thursday, 26 November has room for 10"
        )
        assert plan.proposals[-1].reason == (
            "movable, no promise; Monday, 30 November has room for 1"
        )

    @settings(max_examples=80)
    @given(lying(), rooms(TODAY + DAY), st.sampled_from([10, 30]))
    def test_the_rules_hold(self, items: list[Item], free: dict[date, Load], most: int) -> None:
        load = load_of(items, replace(CAPACITY, capacity_contacts=most))
        plan = balance(items, TODAY, load, free, TODAY)
        final = after(free, plan)
        uids = set(moved(plan))
        assert len(uids) == len(plan.proposals)
        for proposal in plan.proposals:
            assert not proposal.item.sheet.fixed
            assert proposal.item.due is None or proposal.to <= proposal.item.due
            assert not final[proposal.to].is_over
            assert proposal.reason
        assert all(staying.reason for staying in plan.staying)
        left = [entry for entry in items if entry.uid not in uids]
        remaining = load_of(left, load)
        if not load.is_over:
            assert not plan.proposals and not plan.staying
        # Nothing goes that could as well stay.
        for proposal in plan.proposals:
            back = load_of([*left, proposal.item], load)
            assert back.is_over
        # What stays although the day is over is fixed or has nowhere to go, and is named.
        if remaining.is_over:
            assert {entry.uid for entry in left if entry.sheet.fixed} <= {
                staying.item.uid for staying in plan.staying
            }
        again = balance(left, TODAY, remaining, final, TODAY)
        assert not again.proposals

    @settings(max_examples=60)
    @given(lying())
    def test_the_least_important_goes_first(self, items: list[Item]) -> None:
        """With contacts alone counted, and room everywhere, those that go are the end of
        the order and exactly as many as are too many."""
        items = [replace(entry, due=None) for entry in items]
        counted = Load(capacity_contacts=12)
        free = {day: Load(capacity_contacts=500) for day in free_days(3, 0, TODAY + DAY)}
        plan = balance(items, TODAY, load_of(items, counted), free, TODAY)
        movable = [entry.uid for entry in by_importance(items) if not entry.sheet.fixed]
        wanted = min(max(0, len(items) - 12), len(movable))
        assert moved(plan) == movable[::-1][:wanted]

    def test_a_visit_that_goes_lets_the_short_calls_stay(self) -> None:
        calls = [item(n, is_new=True) for n in range(4)]
        visits = [item(10 + n, kind=StepKind.VISIT, minutes=120) for n in range(3)]
        items = [*calls, *visits]
        load = load_of(items, replace(CAPACITY, capacity_minutes=290))
        assert moved(balance(items, TODAY, load, free_days(2, 0, TODAY + DAY), TODAY)) == ["0012"]

    def test_a_promise_ends_the_search(self) -> None:
        items = [item(1, due=TODAY + DAY), item(2, due=TODAY + 2 * DAY), item(3, due=TODAY - DAY)]
        load = load_of(items, Load(capacity_contacts=1))
        free = free_days(5, 0, TODAY + DAY)
        free[TODAY + DAY] = replace(CAPACITY, contacts=30)
        plan = balance(items, TODAY, load, free, TODAY)
        assert [(entry.item.uid, entry.to) for entry in plan.proposals] == [
            ("0002", TODAY + 2 * DAY)
        ]
        assert plan.proposals[0].reason == (
            "movable, promise due 27 Nov; Friday, 27 November has room for 30"
        )
        assert {entry.item.uid: entry.reason for entry in plan.staying} == {
            "0001": "promise due 26 Nov: no day up to then has room",
            "0003": "promise of 24 Nov is late: it cannot wait longer",
        }

    def test_the_nearest_day_may_come_before(self) -> None:
        tuesday = date(2026, 12, 1)
        items = [item(n, tuesday) for n in range(3)]
        load = load_of(items, Load(capacity_contacts=1))
        free = {day: Load(capacity_contacts=1) for day in free_days(8) if day != tuesday}
        plan = balance(items, tuesday, load, free, TODAY)
        # Of two days as near the later one is better: nobody waits for an earlier call.
        assert [entry.to for entry in plan.proposals] == [date(2026, 12, 2), date(2026, 11, 30)]

    def test_slips_alone_move_nothing(self) -> None:
        load = replace(CAPACITY, contacts=1, minutes=400)
        assert balance([item(1, minutes=0)], TODAY, load, free_days(), TODAY) == Plan()

    def test_it_speaks_russian(self) -> None:
        use_language("ru")
        items = [item(n) for n in range(2)]
        load = load_of(items, Load(capacity_contacts=1))
        plan = balance(items, TODAY, load, free_days(3, 0, TODAY + DAY), TODAY)
        assert "четверг, 26 ноября" in plan.proposals[0].reason


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"due": TODAY + DAY}, {"due": TODAY + 2 * DAY, "carried": 5}),
        ({"due": TODAY + 9 * DAY}, {"carried": 5}),
        ({"carried": 2}, {"carried": 1, "time": time(10)}),
        ({"time": time(10), "is_new": True}, {"kind": StepKind.MEETING}),
        ({"kind": StepKind.EMAIL}, {"is_new": True, "kind": StepKind.VISIT}),
        ({"kind": StepKind.VISIT}, {"kind": StepKind.CALL, "last_on": date(2026, 1, 1)}),
        ({"kind": StepKind.CALL}, {"kind": StepKind.EMAIL}),
        ({"last_on": date(2026, 9, 1)}, {"last_on": date(2026, 11, 20)}),
        ({}, {}),
    ],
)
def test_importance(more: dict[str, object], less: dict[str, object]) -> None:
    first, second = item(1, **more), item(2, **less)  # type: ignore[arg-type]
    assert by_importance([first, second]) == [first, second]
    if more != less:
        assert by_importance([second, first]) == [first, second]


class TestCarry:
    @settings(max_examples=60)
    @given(lying(TODAY - DAY), rooms())
    def test_the_rules_hold(self, items: list[Item], free: dict[date, Load]) -> None:
        items += [slip(1, TODAY - DAY, SlipKind.PROMISE), slip(2, TODAY - DAY)]
        plan = carry(items, free, TODAY)
        final = after(free, plan)
        uids = moved(plan) + [staying.item.uid for staying in plan.staying]
        assert sorted(uids) == sorted(entry.uid for entry in items)
        for proposal in plan.proposals:
            assert not proposal.item.sheet.fixed
            assert proposal.to >= TODAY and proposal.reason
            if proposal.item.due is not None and proposal.item.due >= TODAY:
                assert proposal.to <= proposal.item.due
            if proposal.item.contacts:
                assert not final[proposal.to].is_over
        assert {"s001": min(free), "s002": min(free)}.items() <= {
            proposal.item.uid: proposal.to for proposal in plan.proposals
        }.items()
        fixed = [staying for staying in plan.staying if staying.item.sheet.fixed]
        assert plan.staying[: len(fixed)] == fixed
        assert {staying.reason for staying in fixed} <= {
            "appointment missed on 24 Nov: agree a new date with the client"
        }

    def test_the_most_important_gets_the_nearest_day(self) -> None:
        items = [item(n, TODAY - 2 * DAY, is_new=n > 4) for n in range(9)]
        free = {day: Load(capacity_contacts=3) for day in free_days(3)}
        plan = carry(reversed(items), free, TODAY)
        assert [proposal.to for proposal in plan.proposals] == [
            day for day in free for _ in range(3)
        ]
        assert [proposal.item.sheet.is_new for proposal in plan.proposals] == [False] * 5 + [
            True
        ] * 4
        assert plan.proposals[0].reason == (
            "left behind on 23 Nov, no promise; Wednesday, 25 November has room for 3"
        )

    def test_a_late_promise_goes_to_today(self) -> None:
        late = slip(1, TODAY - 3 * DAY, SlipKind.PROMISE)
        (proposal,) = carry([late], free_days(3, 40), TODAY).proposals
        assert proposal == Proposal(
            late,
            TODAY,
            "left behind on 22 Nov, promise of 22 Nov is late; "
            "it takes no time from Wednesday, 25 November",
        )

    def test_without_room_it_stays(self) -> None:
        plan = carry([item(1, TODAY - DAY)], free_days(3, 30), TODAY)
        assert [entry.reason for entry in plan.staying] == ["no working day in reach has room"]


class TestSpread:
    @settings(max_examples=80)
    @given(lying(None), rooms(date(2026, 11, 20)))
    def test_the_rules_hold(self, items: list[Item], free: dict[date, Load]) -> None:
        today = date(2026, 11, 20)
        plan = spread(items, free, today)
        final = after(free, plan)
        uids = moved(plan) + [staying.item.uid for staying in plan.staying]
        assert sorted(uids) == sorted(entry.uid for entry in items)
        for proposal in plan.proposals:
            due = proposal.item.due
            assert not proposal.item.sheet.fixed
            assert not final[proposal.to].is_over
            assert due is None or due < today or proposal.to <= due

    @pytest.mark.parametrize("count", [1, 4, 17, 40])
    def test_evenly_over_the_rest_of_the_month(self, count: int) -> None:
        plan = spread([item(n, None) for n in range(count)], free_days(30), TODAY)
        counts = dict.fromkeys(free_days(4), 0)  # Wednesday to Monday, the 30th
        for proposal in plan.proposals:
            counts[proposal.to] += 1
        assert max(counts.values()) - min(counts.values()) <= 1
        assert plan.proposals[0].reason == (
            "November 2026 has come, no promise; Wednesday, 25 November has room for 30"
        )

    def test_fuller_days_get_less(self) -> None:
        free = free_days(4)
        free[TODAY] = replace(free[TODAY], contacts=10, minutes=100)
        plan = spread([item(n, None) for n in range(18)], free, TODAY)
        assert [load.contacts for load in after(free, plan).values()] == [10, 6, 6, 6]

    def test_what_the_month_cannot_hold_goes_beyond_it(self) -> None:
        plan = spread([item(n, None) for n in range(121)], free_days(30), TODAY)
        assert plan.proposals[-1].to == date(2026, 12, 1)
        assert not plan.staying

    def test_no_working_day_is_left_in_the_month(self) -> None:
        saturday = date(2026, 10, 31)
        sheet = replace(item(1, None), place=month_place(Month(2026, 10)))
        (proposal,) = spread([sheet], free_days(3, 0, saturday), saturday).proposals
        assert proposal.to == date(2026, 11, 2)

    def test_an_agreed_one_is_only_named(self) -> None:
        plan = spread([item(1, None, fixed=True)], free_days(), TODAY)
        assert [entry.reason for entry in plan.staying] == ["fixed: agree the day with the client"]
