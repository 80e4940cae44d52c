"""Re-filing: the dossier lies where it was put, and a thousand times is as quick as once."""

from __future__ import annotations

import tracemalloc
from datetime import date, time, timedelta
from statistics import median
from time import perf_counter

import pytest

from dossier_app.domain import clock
from dossier_app.domain.place import CLOSED, TRAY, Month, Place, day_place, month_place
from dossier_app.domain.records import Carried, Dossier, NextStep, StepKind
from dossier_app.domain.when import When
from dossier_app.services import refiling
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import undo
from dossier_app.storage import dossiers, journal

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
TOMORROW, YESTERDAY = day_place(TODAY + DAY), day_place(TODAY - DAY)


def put(place: Place, step: NextStep | None = None, **more: object) -> str:
    dossier = Dossier("АО «Север»", place=place, step=step, **more)  # type: ignore[arg-type]
    with journal.action("new", clock.stamp()):
        dossiers.insert([dossier])
    return dossier.uid


@pytest.mark.parametrize("place", [TRAY, CLOSED, TOMORROW, month_place(Month(2027, 7))])
def test_it_lies_where_it_was_put(binder_open: Session, place: Place) -> None:
    uid = put(day_place(TODAY), NextStep(StepKind.VISIT, "образцы", minutes=90))
    refiling.refile([uid], place)
    dossier = load_dossier(uid)
    assert dossier.place == place
    if place in (TRAY, CLOSED):
        assert dossier.step is None
    else:
        assert dossier.step == NextStep(StepKind.VISIT, "образцы", minutes=90)
    undo()
    assert load_dossier(uid).step == NextStep(StepKind.VISIT, "образцы", minutes=90)


def test_a_time_belongs_to_its_own_day(binder_open: Session) -> None:
    for step in (NextStep(time=time(9, 30), fixed=True), NextStep(fixed=True)):
        uid = put(day_place(TODAY), step)
        refiling.refile([uid], day_place(TODAY))
        assert load_dossier(uid).step == step
        refiling.refile([uid], TOMORROW)
        assert load_dossier(uid).step == NextStep()


def test_what_was_typed_gives_day_and_time(binder_open: Session) -> None:
    uid = put(TRAY)
    refiling.file_at(uid, When(TOMORROW, time(10, 15)))
    dossier = load_dossier(uid)
    assert dossier.place == TOMORROW
    assert dossier.step == NextStep(time=time(10, 15))


def test_the_original_date_of_a_dossier_left_behind_is_kept(binder_open: Session) -> None:
    uid = put(YESTERDAY, NextStep())
    refiling.refile([uid], day_place(TODAY), reason="болел")
    assert load_dossier(uid).carried == Carried(TODAY - DAY, 1, "болел")
    clock.set_today(TODAY + DAY)
    refiling.refile([uid], day_place(TODAY + 5 * DAY))
    assert load_dossier(uid).carried == Carried(TODAY - DAY, 2, "")
    refiling.refile([uid], day_place(TODAY + 6 * DAY))
    assert load_dossier(uid).carried == Carried(TODAY - DAY, 2, "")
    refiling.refile([uid], TRAY)
    assert load_dossier(uid).carried is None


def test_closing_keeps_reason_and_day_and_can_be_taken_back(binder_open: Session) -> None:
    uid = put(TOMORROW, NextStep())
    refiling.close([uid], "переехали")
    dossier = load_dossier(uid)
    assert (dossier.place, dossier.closed_on, dossier.closed_reason) == (CLOSED, TODAY, "переехали")
    refiling.refile([uid], TOMORROW)
    dossier = load_dossier(uid)
    assert (dossier.place, dossier.closed_on, dossier.closed_reason) == (TOMORROW, None, "")


def test_a_whole_tray_is_one_undo(binder_open: Session) -> None:
    uids = [put(YESTERDAY, NextStep()) for _ in range(20)]
    before = export_json()[0]
    changes = refiling.refile(uids, TOMORROW, reason="болел")
    assert changes.uids == set(uids)
    assert changes.places == {YESTERDAY, TOMORROW}
    assert {load_dossier(uid).place for uid in uids} == {TOMORROW}
    undo()
    assert export_json()[0] == before


def test_refiling_leaves_the_rest_of_the_dossier(binder_open: Session) -> None:
    fill_with_sample()
    for uid in dossiers.all_uids():
        before = load_dossier(uid)
        refiling.refile([uid], TOMORROW)
        after = load_dossier(uid)
        for name in ("place", "step", "carried", "closed_on", "closed_reason"):
            setattr(after, name, getattr(before, name))
        assert after == before


def test_a_thousand_in_a_row(binder_open: Session) -> None:
    """Time stays level, memory too, and all of it is taken back."""
    fill_with_sample(200)
    uids = dossiers.all_uids()
    before = export_json()[0]

    def refile(number: int) -> float:
        start = perf_counter()
        place = day_place(TODAY + DAY * (400 + number // len(uids)))
        assert refiling.refile([uids[number % len(uids)]], place)
        return perf_counter() - start

    times = [refile(number) for number in range(1_000)]
    assert median(times[-100:]) < 3 * median(times[:100])

    tracemalloc.start()
    refile(1_000)
    held, _ = tracemalloc.get_traced_memory()
    for number in range(1_001, 1_200):
        refile(number)
    grown = tracemalloc.get_traced_memory()[0] - held
    tracemalloc.stop()
    assert grown < 200_000

    for _ in range(1_200):
        assert undo()
    assert export_json()[0] == before
