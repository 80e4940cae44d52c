"""Flipping and re-filing, with few and with many dossiers."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import cycle

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlcipher3 import dbapi2

from dossier_app.domain import clock
from dossier_app.domain.binder import SlotKind
from dossier_app.domain.place import day_place
from dossier_app.services import refiling
from dossier_app.services.printing import dossiers_of_day
from dossier_app.services.session import Session, open_session
from dossier_app.storage.connection import PRAGMAS
from dossier_app.storage.folder import DataFolder
from dossier_app.ui.desk import Desk
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.theme import apply_theme

from .conftest import CACHE, TODAY, p95

FEW, MANY = 1_000, 100_000
FLAT = 1.3
FRAME = 16  # ms
FULL_DAY = 50  # sheets


@pytest.fixture
def opened() -> Iterator[Callable[[DataFolder], Session]]:
    """Opens a binder on the day for which it was made."""
    sessions: list[Session] = []

    def open_on_its_day(folder: DataFolder) -> Session:
        clock.set_today(TODAY)
        sessions.append(open_session(folder))
        return sessions[-1]

    yield open_on_its_day
    for session in sessions:
        session.close()


@pytest.mark.parametrize("count", [FEW, MANY])
def test_flip_a_day(qtbot, benchmark, copied, opened, report, count: int) -> None:
    """A key press on the tabs, until the page is painted. The dossier beside it follows
    when nothing is waiting any more, and is not counted."""
    apply_theme(QApplication.instance(), dark=False)
    session = opened(copied(count))
    if count == FEW:
        _crowd_some_days()
    window = MainWindow(Desk(session))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.complete()
    days = [
        item.slot
        for item in window.tabs.dividers
        if item.slot.kind is SlotKind.DAY and item.sheets >= FULL_DAY
    ]
    assert len(days) > 5
    before = cycle(days)

    def stand_before_a_day() -> None:
        window.open_slot(next(before))
        QTest.keyClick(window.tabs, Qt.Key.Key_Up)
        for _ in range(3):  # the page, the dossier beside it, and what that moves
            QApplication.processEvents()

    def flip() -> None:
        QTest.keyClick(window.tabs, Qt.Key.Key_Down)
        QApplication.sendPostedEvents()

    benchmark.pedantic(flip, setup=stand_before_a_day, rounds=100, warmup_rounds=3)
    times = benchmark.stats.stats.data
    if count == MANY:
        report.limit("flip a day of 60 sheets, 100,000: p95", p95(times) * 1000, FRAME, "ms")
    _flat(report, "flip a day", times, count)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_refile_with_commit(in_turns, copied, opened, report, count: int) -> None:
    session = opened(copied(count))
    desk = Desk(session)
    days = [TODAY + timedelta(days=ahead) for ahead in range(29)]
    moves = iter(
        [(uid, day_place(day + timedelta(days=1))) for day in days for uid in dossiers_of_day(day)]
    )

    def refile() -> None:
        uid, place = next(moves)
        assert desk.act(partial(refiling.refile, [uid], place))

    with _bare_table(session) as bare:
        uids = cycle(uid for (uid,) in bare.execute("SELECT uid FROM dossier").fetchall())
        keys = cycle(map(str, days))

        def update() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(
                "UPDATE dossier SET place_kind = 'day', place_key = ? WHERE uid = ?",
                (next(keys), next(uids)),
            )
            bare.execute("COMMIT")

        times, beside = in_turns(refile, update, rounds=200)
    if count == MANY:
        ours, other = statistics.median(times), statistics.median(beside)
        report.compare("re-file with commit / bare transaction", ours, other, 2)
    _flat(report, "re-file", times, count)


def _crowd_some_days() -> None:
    """Put as many sheets under each of a few days as lie there when there are many."""
    run = [TODAY + timedelta(days=ahead) for ahead in range(29)]
    uids = [uid for day in run for uid in dossiers_of_day(day)]
    for start in range(0, len(uids) - 60, 60):
        day = TODAY + timedelta(days=1 + start // 60)
        refiling.refile(uids[start : start + 60], day_place(day))


def _flat(report, what: str, times, count: int) -> None:
    """Compare with the few, when both have been measured. By the quicker ones: the two were
    not measured in turns, and the machine may have had other work meanwhile."""
    report.kept[f"{what} {count}"] = times
    few = report.kept.get(f"{what} {FEW}")
    if count == MANY and few:
        ours, before = (statistics.quantiles(side, n=4)[0] for side in (times, few))
        report.compare(f"{what}: 100,000 / 1,000 dossiers", ours, before, FLAT)


@contextmanager
def _bare_table(session: Session) -> Iterator[dbapi2.Connection]:
    """Another encrypted database with the same table and indexes, and nothing else."""
    for old in CACHE.glob("bare.db*"):
        old.unlink()
    bare = dbapi2.connect(str(CACHE / "bare.db"), isolation_level=None)
    key = f"x'{session.key.hex()}'"
    bare.execute(f'PRAGMA key = "{key}"')
    for name, value in PRAGMAS.items():
        bare.execute(f"PRAGMA {name} = {value}")
    bare.execute(f'ATTACH DATABASE ? AS binder KEY "{key}"', (str(session.folder.database),))
    made = bare.execute(
        "SELECT sql FROM binder.sqlite_master WHERE tbl_name = 'dossier' "
        "AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
    ).fetchall()
    for (sql,) in made:
        bare.execute(sql)
    bare.execute("INSERT INTO dossier SELECT * FROM binder.dossier")
    bare.execute("DETACH DATABASE binder")
    yield bare
    bare.close()
    (CACHE / "bare.db").unlink()
