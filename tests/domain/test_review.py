"""What a day's plan was and what became of it, reckoned from moves and contacts."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.past import Client, Facts, Filing, Move, Track
from dossier_app.domain.place import CLOSED, TRAY, Month, Place, day_place, month_place
from dossier_app.domain.records import (
    Channel,
    Direction,
    HistoryEntry,
    NextStep,
    Promise,
    Side,
    StepKind,
)
from dossier_app.domain.review import (
    Capacity,
    DayReview,
    Figures,
    SpanReview,
    days_of,
    month_days,
    reviews_of,
    span_before,
    total,
    week_days,
)

DAY = date(2026, 11, 25)
NEXT = DAY + timedelta(days=1)
ZONE = timezone(timedelta(hours=3))


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def filed(place: Place, minutes: int = 10) -> Filing:
    return Filing(place, NextStep(minutes=minutes))


HERE, AWAY, TRAYED = filed(day_place(DAY)), filed(day_place(NEXT)), Filing(TRAY)


def facts(**tracks: Track) -> Facts:
    return Facts(
        clients={uid: Client(uid, uid.title()) for uid in tracks},
        tracks=dict(tracks),
        journal_from=date(2026, 1, 1),
    )


def review(found: Facts, day: date = DAY, capacity: Capacity | None = None) -> DayReview:
    return reviews_of([day], found, {day: capacity} if capacity else {})[0]


def call(moment: datetime, **more: object) -> HistoryEntry:
    return HistoryEntry(moment, Channel.CALL, Direction.OUT, **more)  # type: ignore[arg-type]


def test_a_track_tells_where_a_dossier_lay_on_each_day() -> None:
    made = Move(at(9, day=DAY - timedelta(days=3)), None, HERE)
    moved = Move(at(12), HERE, AWAY)
    track = Track(AWAY, [made, moved])

    assert track.at_start(made.at.date()) is None
    assert track.at_end(made.at.date()) == HERE
    assert track.at_start(DAY) == HERE
    assert track.at_end(DAY) == AWAY
    assert track.at_start(NEXT) == AWAY
    assert track.days() == {DAY, NEXT}


def test_each_dossier_of_the_plan_is_done_moved_or_left() -> None:
    found = facts(
        done=Track(AWAY, [Move(at(10), HERE, AWAY, by_contact=True)]),
        moved=Track(TRAYED, [Move(at(11), HERE, TRAYED)]),
        left=Track(HERE),
        moved_later=Track(AWAY, [Move(at(9, day=NEXT), HERE, AWAY)]),
        elsewhere=Track(AWAY),
        came_later=Track(HERE, [Move(at(9, day=NEXT), AWAY, HERE)]),
    )
    found.contacts = [("done", call(at(10)))]
    plan = {line.client.uid: line for line in review(found).plan}

    assert set(plan) == {"done", "moved", "left", "moved_later"}
    assert [uid for uid, line in plan.items() if line.done] == ["done"]
    assert plan["moved"].at_end == plan["moved"].now == TRAY
    assert (plan["moved_later"].at_end, plan["moved_later"].now) == (HERE.place, AWAY.place)
    figures = review(found).figures
    assert (figures.planned, figures.done, figures.moved, figures.left) == (4, 1, 1, 2)
    assert figures.minutes_planned == 40


@pytest.mark.parametrize(
    ("contact", "by_contact", "answers"),
    [
        (at(9), False, False),
        (at(10), True, False),  # the contact that led to the filing
        (at(10), False, True),  # in the same second
        (at(11), True, True),
        (at(11), False, True),
    ],
)
def test_filed_during_the_day_only_a_contact_after_it_counts(
    contact: datetime, by_contact: bool, answers: bool
) -> None:
    found = facts(anna=Track(HERE, [Move(at(10), AWAY, HERE, by_contact)]))
    found.contacts = [("anna", call(contact))]
    figures = review(found).figures

    assert (figures.planned, figures.done) == (1, int(answers))
    assert figures.unplanned == int(not answers)


def test_channels_and_clients_are_counted() -> None:
    found = facts(anna=Track(AWAY), vera=Track(AWAY), oleg=Track(AWAY))
    found.firsts = {"anna": DAY, "vera": DAY - timedelta(days=1)}
    found.contacts = [
        ("anna", call(at(9), reached=False)),
        ("anna", call(at(10), minutes=12)),
        ("vera", HistoryEntry(at(11), Channel.CALL, Direction.IN, minutes=5)),
        ("vera", HistoryEntry(at(12), Channel.CALL)),
        ("oleg", HistoryEntry(at(13), Channel.MEETING, minutes=60)),
        ("oleg", HistoryEntry(at(14), Channel.VISIT)),
        ("oleg", HistoryEntry(at(15), Channel.EMAIL)),
        ("oleg", HistoryEntry(at(16), Channel.MESSAGE)),
    ]
    found.new_dossiers[DAY] = 3

    assert review(found, capacity=Capacity(30, 360)).figures == Figures(
        unplanned=8,
        contacts=8,
        reached=7,
        not_reached=1,
        new=1,
        repeat=2,
        new_target=20,
        repeat_target=10,
        calls_in=1,
        calls_out=3,
        meetings=1,
        visits=1,
        emails=1,
        messages=1,
        new_dossiers=3,
        minutes_spent=77,
        capacity_contacts=30,
        capacity_minutes=360,
    )


def test_promises_of_a_day() -> None:
    def due(days: int, kept: int | None = None, side: Side = Side.OURS) -> Promise:
        kept_on = None if kept is None else DAY + timedelta(days=kept)
        return Promise(side, f"{days} {kept}", DAY + timedelta(days=days), kept_on)

    found = facts(anna=Track(AWAY), gone=Track(Filing(CLOSED)))
    found.clients["gone"] = Client("gone", "Gone")
    made = Promise(Side.OURS, "made")
    theirs = due(-1, side=Side.THEIRS)
    promises = [due(0), due(0, 0), due(0, 1), due(-3), due(-3, 1), due(-3, 0), due(2), due(2, 0)]
    found.promises = [("anna", one) for one in (*promises, made, theirs)] + [("gone", due(0))]
    found.made = {made.uid: DAY, promises[0].uid: DAY - timedelta(days=4)}
    day = review(found)

    def texts(name: str) -> list[str]:
        return [line.promise.text for line in getattr(day, name)]

    assert texts("made") == ["made"]
    assert sorted(texts("kept")) == ["-3 0", "0 0", "2 0"]
    assert sorted(texts("broken")) == ["0 1", "0 None"]
    assert sorted(texts("overdue")) == ["-1 None", "-3 1", "-3 None"]
    figures = day.figures
    assert (figures.promises_made, figures.promises_kept) == (1, 3)
    # Theirs is no debt of ours.
    assert (figures.promises_broken, figures.promises_overdue) == (2, 2)


def test_before_the_journal_only_contacts_are_known() -> None:
    found = facts(anna=Track(HERE))
    found.journal_from = NEXT
    found.contacts = [("anna", call(at(9)))]
    day = review(found)

    assert not day.plan_known
    assert day.plan == ()
    assert (day.figures.contacts, day.figures.unplanned) == (1, 0)


def test_the_plan_is_listed_by_time_and_contacts_by_moment() -> None:
    step = NextStep(StepKind.MEETING, time=at(9, 30).time())
    found = facts(b=Track(HERE), a=Track(HERE), c=Track(Filing(day_place(DAY), step)))
    assert [line.client.uid for line in review(found).plan] == ["c", "a", "b"]


filings = st.one_of(
    st.none(),
    st.sampled_from(
        [TRAYED, Filing(CLOSED), filed(month_place(Month(2026, 12)))]
        + [filed(day_place(DAY + timedelta(days=n))) for n in range(-2, 3)]
    ),
)


@given(
    chain=st.lists(filings, min_size=1, max_size=8),
    hours=st.lists(st.integers(0, 119), min_size=8, max_size=8),
    contacts=st.lists(st.integers(0, 119), max_size=4),
)
def test_figures_agree_with_each_other(
    chain: list[Filing | None], hours: list[int], contacts: list[int]
) -> None:
    start = at(0, day=DAY - timedelta(days=2))
    moments = [start + timedelta(hours=hour) for hour in sorted(hours)]
    states = [*chain, HERE]
    moves = [
        Move(moments[n], states[n], states[n + 1], by_contact=n % 2 == 0)
        for n in range(len(states) - 1)
    ]
    found = facts(anna=Track(HERE, moves))
    found.contacts = [("anna", call(start + timedelta(hours=hour))) for hour in sorted(contacts)]
    for day in reviews_of(days_of(DAY - timedelta(days=2), DAY + timedelta(days=2)), found, {}):
        figures = day.figures
        assert figures.planned == figures.done + figures.moved + figures.left == len(day.plan)
        assert figures.contacts == figures.reached + figures.not_reached == len(day.contacts)
        assert figures.unplanned <= figures.contacts
        assert figures.done <= figures.contacts
        if figures.planned and figures.contacts > figures.unplanned:
            assert figures.done == 1


def test_spans() -> None:
    assert week_days(DAY) == (date(2026, 11, 23), date(2026, 11, 29))
    assert month_days(Month(2028, 2)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert span_before(*week_days(DAY)) == week_days(DAY - timedelta(days=7))
    assert span_before(*month_days(Month(2027, 1))) == month_days(Month(2026, 12))
    assert span_before(*month_days(Month(2026, 3))) == month_days(Month(2026, 2))
    assert span_before(DAY, DAY) == (DAY - timedelta(days=1), DAY - timedelta(days=1))
    assert span_before(DAY, DAY + timedelta(days=9)) == (
        DAY - timedelta(days=10),
        DAY - timedelta(days=1),
    )


def test_a_sum_adds_all_but_what_is_still_open() -> None:
    one = Figures(planned=3, done=2, promises_broken=1, promises_overdue=5)
    two = Figures(planned=4, done=4, promises_broken=2, promises_overdue=6)

    assert total([one, two]) == Figures(planned=7, done=6, promises_broken=3, promises_overdue=6)
    assert total([]) == Figures()


def span(first: date, last: date) -> SpanReview:
    days = tuple(DayReview(day, Figures(contacts=1)) for day in days_of(first, last))
    return SpanReview(days, Figures(), *span_before(first, last), Figures())


def test_a_long_span_is_shown_in_weeks_and_months() -> None:
    month = span(date(2026, 10, 1), date(2026, 10, 31))
    assert len(month.periods) == 31
    assert month.month == Month(2026, 10)
    assert not month.is_week
    assert span(*week_days(DAY)).is_week

    weeks = span(date(2026, 7, 1), date(2026, 9, 30)).periods
    assert (weeks[0].first, weeks[0].last) == (date(2026, 7, 1), date(2026, 7, 5))
    assert (weeks[1].first, weeks[1].last) == (date(2026, 7, 6), date(2026, 7, 12))
    assert weeks[-1].last == date(2026, 9, 30)
    assert sum(part.figures.contacts for part in weeks) == 92

    year = span(date(2026, 1, 1), date(2026, 12, 31)).periods
    assert [part.figures.contacts for part in year][:3] == [31, 28, 31]


def test_capacity_is_shared_between_first_calls_and_repeat_contacts() -> None:
    assert (Capacity(30).new, Capacity(30).repeat) == (20, 10)
    assert (Capacity(10).new, Capacity(10).repeat) == (7, 3)
    assert (Capacity().new, Capacity().repeat) == (0, 0)
