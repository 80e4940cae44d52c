"""A program that is killed at any moment leaves the old state or the new one."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier_app.domain.handover.records import Handover
from dossier_app.services.documents import tidy
from dossier_app.services.handover import ending, giving, returning
from dossier_app.services.steps import finish
from dossier_app.storage.connection import database
from tests.services.handover.desks import FIRST, LAST, Desks, keep, work_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")

KILLED = 8  # times each
OWNER, COLLEAGUE = "Иванов", "Петрова"
MIB = 1 << 20


class Killing:
    """Does one thing again and again from the same beginning, each time killed earlier or
    later."""

    def __init__(self, desks: Desks, who: str, action: Callable[[], object]) -> None:
        self._desks, self._who, self._action = desks, who, action
        self._start = desks.path / "start"
        shutil.copytree(desks.path / who, self._start)

    def moments(self, seed: int) -> list[float]:
        """Seconds after which to kill, the last one when all is done."""
        self.back()
        begun = time.monotonic()
        self.run(None)
        whole, rng = time.monotonic() - begun, random.Random(seed)
        return [*(rng.uniform(0, whole) for _ in range(KILLED)), 60]

    def back(self) -> None:
        """To the beginning; the sticks too."""
        shutil.rmtree(self._desks.path / self._who)
        shutil.copytree(self._start, self._desks.path / self._who)
        for path in self._desks.path.glob("made.dossier*"):
            path.unlink()

    def run(self, seconds: float | None) -> None:
        """Do it in a process of its own, which ends by itself or after so many seconds."""
        process = multiprocessing.get_context("fork").Process(target=self._action)
        process.start()
        process.join(seconds)
        process.kill()
        process.join()
        process.close()


def test_create(desks: Desks, uids: list[str], made: Path) -> None:
    recipient = desks.key(COLLEAGUE)
    with desks.at(OWNER):
        fill_with_documents(uids[0])

    def create() -> None:
        with desks.at(OWNER):
            giving.create(giving.Wish(COLLEAGUE, FIRST, LAST, recipient=recipient), made)

    killing, holds = Killing(desks, OWNER, create), desks.holds(OWNER)
    for seconds in killing.moments(1):
        killing.back()
        killing.run(seconds)
        with desks.at(OWNER):
            known = bool(ending.all_handovers())
        assert [path.name for path in desks.path.glob("made*")] == [made.name] * known
        assert desks.holds(OWNER) == holds
        if known:
            with desks.at(COLLEAGUE):
                assert desks.open(made).records.dossiers
    assert known


def test_accept(desks: Desks, uids: list[str]) -> None:
    with desks.at(OWNER):
        fill_with_documents(uids[0])
    _, path = desks.give(OWNER, COLLEAGUE)
    killing = Killing(desks, COLLEAGUE, lambda: desks.accept(COLLEAGUE, path))
    states = [desks.state(COLLEAGUE)]
    for seconds in killing.moments(2):
        if len(states) == 1:
            states.append(desks.state(COLLEAGUE))
        killing.back()
        killing.run(seconds)
        state = desks.state(COLLEAGUE)
        assert state in states
        with desks.at(COLLEAGUE):
            finish(tidy())
            assert len(stored()) == (0 if state == states[0] else 4)
        desks.accept(COLLEAGUE, path)
        assert desks.state(COLLEAGUE) == states[1]
    assert state == states[1]


def test_return(desks: Desks, uids: list[str], made: Path) -> None:
    handover = worked_at(desks, uids[0])

    def give_back() -> None:
        with desks.at(COLLEAGUE):
            returning.give_back(ending.find_handover(handover.uid), made)

    killing, state = Killing(desks, COLLEAGUE, give_back), desks.state(COLLEAGUE)
    for seconds in killing.moments(3):
        killing.back()
        killing.run(seconds)
        assert desks.state(COLLEAGUE) == state
        with desks.at(COLLEAGUE):
            sent = returning.is_given_back(ending.find_handover(handover.uid))
        assert [path.name for path in desks.path.glob("made*")] == [made.name] * sent
        if sent:
            with desks.at(OWNER):
                assert desks.open(made).records.changes
    assert sent


def test_merge(desks: Desks, uids: list[str]) -> None:
    update = desks.give_back(COLLEAGUE, worked_at(desks, uids[0]), final=True)
    killing = Killing(desks, OWNER, lambda: desks.take_back(OWNER, update))
    states = [desks.state(OWNER)]
    with desks.at(OWNER):
        before = stored()
    for seconds in killing.moments(4):
        if len(states) == 1:
            states.append(desks.state(OWNER))
        killing.back()
        killing.run(seconds)
        state = desks.state(OWNER)
        assert state in states
        with desks.at(OWNER):
            finish(tidy())
            assert (stored() == before) == (state == states[0])
    assert state == states[1] != states[0]


@pytest.fixture
def made(desks: Desks) -> Path:
    """Where the package is written."""
    return desks.path / "made.dossier"


def worked_at(desks: Desks, uid: str) -> Handover:
    """A handover in which the colleague did something."""
    handover, path = desks.give(OWNER, COLLEAGUE)
    desks.accept(COLLEAGUE, path)
    with desks.at(COLLEAGUE):
        work_at(uid, "звонила")
        fill_with_documents(uid)
    return handover


def fill_with_documents(uid: str) -> None:
    for number in range(3):
        keep(uid, f"{number}.bin", bytes([number]) * 2 * MIB)


def stored() -> list[str]:
    rows = database.execute_sql("SELECT sha256 FROM content ORDER BY sha256").fetchall()
    return [sha256 for (sha256,) in rows]
