"""Long work beside the living window."""

from __future__ import annotations

import gc
import threading
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread, QThreadPool
from PySide6.QtWidgets import QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.ui.work import SHOWN_AFTER, Slices, Work, WorkBar, finish_all


@pytest.fixture
def owner(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    finish_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0


@pytest.fixture
def gate():
    """Opens at the end of a test, so that no job waits for ever."""
    made = threading.Event()
    yield made
    made.set()


def answer(value, _progress):
    return value, threading.current_thread() is threading.main_thread()


def wait_then(gate, value, progress):
    gate.wait(10)
    progress.step(1, 1)
    return value


def refuse(_progress):
    raise Refusal("The file is locked.")


def fail(_progress):
    raise ZeroDivisionError


def test_job_answers_in_the_window_and_works_beside_it(qtbot, owner):
    work, threads = Work(owner), []
    work.done.connect(lambda _result: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(work.done) as heard:
        work.start(partial(answer, 42))
    assert heard.args == [(42, False)]
    assert threads == [owner.thread()]


def test_refusal_is_a_sentence(qtbot, owner):
    work = Work(owner)
    with qtbot.waitSignal(work.refused) as heard:
        work.start(refuse)
    assert heard.args == ["The file is locked."]


def test_bug_goes_the_way_of_all_bugs(qtbot, owner):
    work = Work(owner)
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(work.failed):
        work.start(fail)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_newest_job_wins(qtbot, owner, gate):
    work, heard = Work(owner), []
    work.done.connect(heard.append)
    work.start(partial(wait_then, gate, "old"))
    work.start(partial(answer, "between"))
    with qtbot.waitSignal(work.done):
        work.start(partial(answer, "new"))
        gate.set()
    finish_all()
    qtbot.wait(0)
    assert heard == [("new", False)]


def test_cancelled_job_is_not_answered(qtbot, owner, gate):
    work, heard = Work(owner), []
    work.done.connect(heard.append)
    with qtbot.waitSignal(work.busy, check_params_cb=lambda busy: not busy):
        work.start(partial(wait_then, gate, "late"))
        work.cancel()
    gate.set()
    finish_all()
    with qtbot.waitSignal(work.done):
        work.start(partial(answer, "next"))
    assert heard == [("next", False)]


def test_owner_may_go_while_a_job_works(qtbot, gate):
    owner, asked = QObject(), []
    work = Work(owner)
    work.done.connect(asked.append)
    work.start(partial(wait_then, gate, "nobody asks"))
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    finish_all()
    qtbot.wait(0)
    assert asked == []


def test_progress_is_told(qtbot, owner):
    def job(progress):
        progress.step(3, 7)

    work, told = Work(owner), []
    work.advanced.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(work.done):
        work.start(job)
    assert told == [(3, 7)]


def count_to(number, seen):
    for n in range(1, number + 1):
        seen.append(n)
        yield n
    return "all"


def test_slices_run_to_their_answer(qtbot, owner):
    slices, seen = Slices(owner), []
    with qtbot.waitSignal(slices.done) as heard:
        slices.start(count_to(1000, seen), 1000)
    assert heard.args == ["all"]
    assert seen[-1] == 1000


def endless(closed):
    try:
        n = 0
        while True:
            n += 1
            yield n
    finally:
        closed.append(True)


def test_slices_let_the_window_live_and_stop_when_told(qtbot, owner):
    slices, closed, answers = Slices(owner), [], []
    slices.done.connect(answers.append)
    slices.start(endless(closed), 0)
    with qtbot.waitSignal(slices.advanced):
        pass
    slices.cancel()
    assert closed == [True]
    qtbot.wait(20)
    assert answers == []


def test_slices_refuse(qtbot, owner):
    def steps():
        yield 1
        raise Refusal("No.")

    slices = Slices(owner)
    with qtbot.waitSignal(slices.refused) as heard:
        slices.start(steps(), 1)
    assert heard.args == ["No."]


def test_bar_appears_for_long_work_only(qtbot, owner, gate):
    work = Work(owner)
    bar = WorkBar(work)
    bar.setParent(owner)
    bar.say("Reading…")
    with qtbot.waitSignal(work.done):
        work.start(partial(answer, 1))
    qtbot.wait(SHOWN_AFTER + 100)
    assert bar.isHidden()
    work.start(partial(wait_then, gate, 2))
    assert bar.isHidden()
    qtbot.waitUntil(bar.isVisible, timeout=2 * SHOWN_AFTER + 1000)
    with qtbot.waitSignal(work.done):
        gate.set()
    qtbot.waitUntil(bar.isHidden)


def test_what_the_window_threw_away_ends_in_its_own_thread(owner, qtbot):
    """Python looks for garbage in whatever thread makes the next object."""
    ended = []
    for _ in range(200):
        part = QWidget()
        part.itself = part  # only a search finds that it is garbage
        weakref.finalize(part, lambda: ended.append(threading.get_ident()))
    del part

    def make_much(_progress):
        return len([[number] for number in range(300_000)])

    work = Work(owner)
    with qtbot.waitSignal(work.done) as done:
        work.start(make_much)
    assert done.args == [300_000]
    assert gc.isenabled()
    gc.collect()
    assert len(ended) == 200 and set(ended) == {threading.get_ident()}
