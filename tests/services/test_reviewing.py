"""The evening's review of days that were really worked: every number, from the database."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import CLOSED, TRAY, day_place
from dossier_app.domain.records import (
    Channel,
    Direction,
    Dossier,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
)
from dossier_app.domain.review import DayReview, Figures
from dossier_app.domain.when import When
from dossier_app.services import contacts, promises, refiling, undoing
from dossier_app.services import settings as settings_service
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import (
    NewDossier,
    add_dossier,
    create_dossier,
    load_dossier,
    save_dossier,
    set_field,
)
from dossier_app.services.reviewing import (
    day_after,
    review,
    review_span,
    review_steps,
    review_table,
)
from dossier_app.services.session import Session, open_session
from dossier_app.storage.folder import DataFolder

DAY = date(2026, 11, 25)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
NAMES = "Орлова Седова Белова Панова Зуева Мухина Савина Громова Ким Лютова Норина Рогова".split()


def new(name: str, day: date | None, minutes: int = 10, **more: Any) -> str:
    """uid of a new dossier under ``day``, or in the tray."""
    dossier = Dossier(
        people=[Person(name, "Анна", main=True)],
        place=day_place(day) if day else TRAY,
        step=NextStep(minutes=minutes) if day else None,
        created_on=clock.today(),
        **more,
    )
    create_dossier(dossier)
    return dossier.uid


def log(uid: str, when: date | None = None, **more: Any) -> None:
    """Log a contact of today and file the dossier under ``when``."""
    next_ = When(day_place(when)) if when else None
    contacts.log_contact(uid, contacts.Contact(**{"text": "ok", **more}, next=next_))


def promised(uid: str, *made: Promise) -> None:
    dossier = load_dossier(uid)
    dossier.promises += made
    save_dossier(dossier)


@pytest.fixture
def story(binder_open: Session) -> dict[str, str]:
    """uids by name. 25 November: 12 planned (one filed in the morning), 7 done, 2 moved,
    3 left; one call of an unplanned client; promises made, kept and broken."""
    clock.set_today(BEFORE)
    uids = {name: new(name, DAY, 10 + n) for n, name in enumerate(NAMES[:11])}
    uids[NAMES[11]] = new(NAMES[11], BEFORE, 60)
    uids["Тихая"] = new("Тихая", AFTER)
    uids["Давняя"] = new("Давняя", DAY + timedelta(days=30))
    for name in NAMES[:4]:
        log(uids[name], DAY)  # known since yesterday: contacts of today are repeat ones
    kept = Promise(Side.OURS, "чертёж", DAY)
    broken = Promise(Side.OURS, "смета", DAY)
    older = Promise(Side.OURS, "каталог", BEFORE)
    promised(uids[NAMES[0]], kept, broken, older, Promise(Side.THEIRS, "оплата", BEFORE))

    clock.set_today(DAY)
    refiling.refile([uids[NAMES[11]]], day_place(DAY), reason="вчера не успела")
    for name in NAMES[:3]:
        log(uids[name], AFTER, direction=Direction.OUT, minutes=10)
    log(uids[NAMES[3]], AFTER, reached=False)
    log(
        uids[NAMES[4]],
        AFTER,
        channel=Channel.MEETING,
        minutes=45,
        promises=[Promise(Side.OURS, "образцы", AFTER), Promise(Side.THEIRS, "план", AFTER)],
    )
    log(uids[NAMES[5]], AFTER, channel=Channel.EMAIL)
    log(uids[NAMES[11]], AFTER, channel=Channel.MESSAGE)
    refiling.refile([uids[NAMES[6]], uids[NAMES[7]]], day_place(AFTER))
    log(uids["Тихая"], AFTER, direction=Direction.IN, minutes=5)
    log(uids[NAMES[8]], channel=Channel.NOTE)  # a note is no contact
    promises.keep_promise(uids[NAMES[0]], kept.uid)
    new("Новая", None)
    return uids  # fmt: skip


FIGURES = Figures(
    planned=12,
    done=7,
    moved=2,
    left=3,
    unplanned=1,
    contacts=8,
    reached=7,
    not_reached=1,
    new=4,
    repeat=4,
    new_target=20,
    repeat_target=10,
    calls_in=1,
    calls_out=4,
    meetings=1,
    emails=1,
    messages=1,
    new_dossiers=1,
    promises_made=1,
    promises_kept=1,
    promises_broken=1,
    promises_overdue=1,
    minutes_planned=sum(range(10, 21)) + 60,
    minutes_spent=80,
    capacity_contacts=30,
    capacity_minutes=360,
)


def test_a_day_number_by_number(story: dict[str, str]) -> None:
    day = review(DAY)

    assert day.figures == FIGURES
    assert [line.client.name for line in day.not_done] == sorted(f"{n} Анна" for n in NAMES[6:11])
    assert [line.client.name for line in day.contacts if not line.planned] == ["Тихая Анна"]
    assert [line.promise.text for line in day.broken] == ["смета"]
    assert [line.promise.text for line in day.overdue] == ["каталог", "оплата"]
    assert [line.promise.text for line in day.made] == ["образцы", "план"]
    assert {line.next for line in day.contacts} == {day_place(AFTER)}


def test_the_day_before_and_the_day_after(story: dict[str, str]) -> None:
    before, to_come = review(BEFORE), review(AFTER)
    clock.set_today(AFTER)
    after = review(AFTER)

    assert before.figures.planned == 1
    assert (before.figures.done, before.figures.left) == (0, 1)
    assert before.not_done[0].now == day_place(AFTER)
    assert (before.figures.new, before.figures.repeat, before.figures.unplanned) == (4, 0, 4)
    assert before.figures.new_dossiers == 14
    assert after.figures.planned == 7 + 2 + 1
    assert (after.figures.contacts, after.figures.left) == (0, 10)
    assert after.figures.promises_overdue == 2
    # Nothing is undone or broken on a day that has not come; it has room.
    room = Figures(new_target=20, repeat_target=10, capacity_contacts=30, capacity_minutes=360)
    assert to_come.figures == replace(room, promises_overdue=2)
    assert (to_come.plan, to_come.broken) == ((), ())


def test_undo_and_redo_change_the_figures_back(story: dict[str, str]) -> None:
    log(story[NAMES[9]], AFTER, minutes=30)
    changed = review(DAY).figures
    assert (changed.done, changed.left) == (8, 2)
    assert changed.minutes_spent == FIGURES.minutes_spent + 30

    undoing.undo()
    assert review(DAY).figures == FIGURES
    undoing.redo()
    assert review(DAY).figures == changed
    clock.set_today(AFTER)
    undoing.undo()
    assert review(DAY).figures == FIGURES


def test_later_days_change_only_where_it_lies_now(story: dict[str, str]) -> None:
    evening = review(DAY)
    clock.set_today(AFTER)
    left = story[NAMES[10]]
    refiling.refile([left], day_place(AFTER + timedelta(days=3)))
    log(story[NAMES[8]], AFTER)
    refiling.close([story[NAMES[6]]], "не нужно")
    promises.keep_promise(story[NAMES[0]], evening.broken[0].promise.uid)
    later = review(DAY)

    assert later.figures == FIGURES
    assert frozen(later) == frozen(evening)
    now = {line.client.uid: line.now for line in later.plan}
    assert now[left] == day_place(AFTER + timedelta(days=3))
    assert now[story[NAMES[6]]] == CLOSED


def frozen(day: DayReview) -> object:
    """A review without what later days may change: where a dossier lies now, that its
    client was closed, that a promise was kept after all."""
    return (
        day.figures,
        [(line.client.uid, line.step, line.done, line.at_end) for line in day.plan],
        [(line.client.uid, line.entry, line.is_new, line.planned, line.next)
         for line in day.contacts],
        [[line.promise.uid for line in getattr(day, name)]
         for name in ("made", "kept", "broken", "overdue")],
    )  # fmt: skip


DEEDS = st.lists(
    st.tuples(st.sampled_from(["refile", "log", "missed", "close", "set", "new", "undo"]),
              st.integers(0, 4), st.integers(-2, 4)),
    max_size=8,
)  # fmt: skip


@settings(max_examples=25)
@given(today=DEEDS, later=DEEDS)
def test_a_day_that_is_over_stays_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    today: list[tuple[str, int, int]],
    later: list[tuple[str, int, int]],
) -> None:
    session = open_session(DataFolder(tmp_path_factory.mktemp("review") / "data"))
    try:
        clock.set_today(BEFORE)
        uids = [new(name, DAY if n < 4 else None) for n, name in enumerate(NAMES[:5])]
        clock.set_today(DAY)
        for deed in today:
            do(uids, *deed)
        evening = review(DAY)
        clock.set_today(AFTER)
        for deed in later:
            do(uids, *deed)
        assert frozen(review(DAY)) == frozen(evening)
        assert frozen(review_span(BEFORE, AFTER).days[1]) == frozen(evening)
    finally:
        session.close()


def do(uids: list[str], name: str, which: int, number: int) -> None:
    uid, day = uids[which % len(uids)], clock.today() + timedelta(days=number)
    if name == "refile":
        refiling.refile([uid], day_place(day))
    elif name == "log":
        log(uid, day, promises=[Promise(Side.OURS, "да", max(day, clock.today()))])
    elif name == "missed":
        log(uid, reached=False)
    elif name == "close":
        refiling.close([uid])
    elif name == "set":
        set_field(uid, "note", f"{which} {number} {len(undoing.journal_lines())}")
    elif name == "new":
        new(f"Ещё{len(undoing.journal_lines())}", day)
    elif name == "undo":
        done = next(line for line in undoing.journal_lines() if not line.undone)
        if done.at.startswith(str(clock.today())):  # a day that is over stays
            undoing.undo()


def test_a_call_that_is_tried_again_the_same_day(binder_open: Session) -> None:
    clock.set_today(BEFORE)
    uid = new("Орлова", AFTER)
    clock.set_today(DAY)
    log(uid, DAY, direction=Direction.IN)  # she called, we agreed on this afternoon
    figures = review(DAY).figures
    assert (figures.planned, figures.done, figures.left, figures.unplanned) == (1, 0, 1, 1)


def test_a_day_before_the_journal_has_contacts_only(binder_open: Session) -> None:
    at = datetime(2026, 11, 10, 11, 30).astimezone()
    new("Орлова", DAY, history=[HistoryEntry(at, Channel.CALL, Direction.IN, text="x")])
    day = review(at.date())

    assert not day.plan_known
    assert (day.figures.contacts, day.figures.new, day.figures.planned) == (1, 1, 0)
    assert day.contacts[0].next is None  # where it lay then is not known
    assert review(DAY).plan_known


def test_a_client_without_a_name_is_called_by_the_phone(binder_open: Session) -> None:
    add_dossier(NewDossier(phones=["+7 495 000-00-01"], next=When(day_place(DAY))))
    add_dossier(NewDossier(name="Ким Вера", company="Ромашка", next=When(day_place(DAY))))
    plan = review(DAY).plan
    assert [(line.client.name, line.client.company) for line in plan] == [
        ("+7 495 000-00-01", ""),
        ("Ким Вера", "Ромашка"),
    ]


def test_a_day_off_has_no_aims(binder_open: Session) -> None:
    chosen = settings_service.load()
    chosen.contacts = [6] * 7
    settings_service.save(chosen)

    assert review(DAY).figures.new_target == 4
    assert review(DAY).figures.repeat_target == 2
    sunday = review(date(2026, 11, 29)).figures
    assert (sunday.new_target, sunday.capacity_contacts, sunday.capacity_minutes) == (0, 0, 0)


def test_a_week_is_the_sum_of_its_days_beside_the_week_before(story: dict[str, str]) -> None:
    monday = date(2026, 11, 23)
    week = review_span(monday, monday + timedelta(days=6))

    assert [day.day for day in week.days] == [monday + timedelta(days=n) for n in range(7)]
    # Today is not over: what is due on it may still be kept.
    assert week.days[2].figures == replace(FIGURES, promises_broken=0)
    assert week.total.contacts == 8 + 4
    assert week.total.planned == 1 + 12  # and not what lies under the days to come
    assert week.total.promises_overdue == 2  # as it stands today
    assert (week.before_first, week.before_last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.before.contacts == 0
    following = review_span(monday + timedelta(days=7), monday + timedelta(days=13))
    assert following.before == week.total
    assert following.total.contacts == 0


def test_step_by_step_is_the_same(story: dict[str, str]) -> None:
    first, last = DAY - timedelta(days=2), DAY + timedelta(days=1)
    steps, told = review_steps(first, last), []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            found = end.value
            break
    assert told == list(range(1, 9))  # the days of the span before count too
    assert found == review_span(first, last)


def test_the_next_day_of_work_is_looked_for(binder_open: Session) -> None:
    def after(day: date) -> date | None:
        return day_after(BinderReader.on(day, settings_service.load())).slot.date

    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    assert after(DAY) == AFTER
    assert after(friday) == date(2026, 11, 30)
    new("Субботина", saturday)
    assert after(friday) == saturday  # something lies there


@pytest.mark.parametrize("days", [-1, 366])
def test_an_endless_span_is_refused(binder_open: Session, days: int) -> None:
    with pytest.raises(Refusal, match="1 to 366"):
        review_span(DAY, DAY + timedelta(days=days))


def test_the_table_has_a_row_for_each_day(story: dict[str, str]) -> None:
    data = review_table(review_span(BEFORE - timedelta(days=1), DAY))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))

    assert [row["Date"] for row in rows] == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert rows[2]["Weekday"] == "Wednesday"
    assert rows[2]["Planned"] == "12"
    assert rows[2]["Plan done"] == "7"
    assert rows[2]["Minutes spent"] == "80"
    assert rows[0]["Planned"] == ""  # before the journal
    assert rows[0]["Contacts"] == "0"
    assert len(rows[0]) == 2 + len(FIGURES.__dataclass_fields__)
