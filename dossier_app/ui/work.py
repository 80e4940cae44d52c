"""Long work that leaves the window alive: `Work` in another thread, `Slices` in this one.

A job of `Work` gets plain data, gives plain data back, and touches neither widgets nor the
binder: the database belongs to the window's thread. What must read the binder for long is
a generator that `Slices` runs a few milliseconds at a time.

Both answer by signals, and both do one job at a time: the newest one wins, what an older
one would have answered is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.services.cleaning import no_cleaning
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label

SHOWN_AFTER = 500  # milliseconds: shorter work needs no progress
SLICE = 0.012  # seconds of the window's thread at a time: less than a frame
_TELL_EVERY = 0.05  # seconds between two reports of progress


class Cancelled(Exception):
    """Raised in a job that nobody waits for any more."""


class Progress:
    """What a job reports to, from its own thread."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._told = 0.0

    def step(self, done: int, total: int) -> None:
        """Tell how far the job is. Raises Cancelled when its answer is not wanted."""
        if self._run.cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY:
            self._told = now
            _relay().advanced.emit(self._run, done, total)


Job = Callable[[Progress], Any]


class Task(QObject):
    """The signals of long work. One of `done`, `refused` and `failed` ends a job that was
    not cancelled; `busy` tells before and after. What a dialog has begun ends with it."""

    done = Signal(object)  # what the job gave
    refused = Signal(str)  # a sentence for the user
    failed = Signal()  # a bug; its report goes the way of all bugs
    advanced = Signal(int, int)  # done, of how many (0: not known)
    busy = Signal(bool)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        if isinstance(owner, QDialog):
            owner.finished.connect(self.cancel)

    def cancel(self) -> None:
        """Forget the job: it is not answered."""
        raise NotImplementedError

    def _end(self, result: Any, error: BaseException | None) -> None:
        self.busy.emit(False)
        if isinstance(error, Refusal):
            self.refused.emit(str(error))
        elif error is not None:
            self.failed.emit()
            raise error
        else:
            self.done.emit(result)


class Work(Task):
    """Jobs in another thread. When its owner goes away, Qt drops the connections to this
    object, so that nothing is answered any more; who can, cancels before."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._run: _Run | None = None
        self._next: _Run | None = None
        relay = _relay()
        relay.answered.connect(self._answered)
        relay.advanced.connect(self._advanced)

    def start(self, job: Job) -> None:
        """Do ``job``, instead of what is being done."""
        self._next = _Run(job)
        if self._run is None:
            self._begin()
        else:
            self._run.cancelled.set()

    def cancel(self) -> None:
        """Forget the job: it stops at its next step, and is not answered."""
        self._next = None
        if self._run is not None and not self._run.cancelled.is_set():
            self._run.cancelled.set()
            self.busy.emit(False)

    def _begin(self) -> None:
        self._run, self._next = self._next, None
        assert self._run is not None
        self.busy.emit(True)
        relay = _relay()
        _running.add(self._run)
        no_cleaning.begin()  # ends when the answer is here, in this thread
        QThreadPool.globalInstance().start(partial(_do, self._run, relay))

    def _answered(self, run: _Run, result: Any, error: BaseException | None) -> None:
        if run is not self._run:
            return
        self._run = None
        if self._next is not None:
            self._begin()
        elif not run.cancelled.is_set():
            self._end(result, error)

    def _advanced(self, run: _Run, done: int, total: int) -> None:
        if run is self._run and not run.cancelled.is_set():
            self.advanced.emit(done, total)


class Slices(Task):
    """A generator of the window's own thread, run between its events. What it yields is
    how many steps are done; what it returns is the answer."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._steps: Generator[int, None, Any] | None = None
        self._total = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)

    def start(self, steps: Generator[int, None, Any], total: int) -> None:
        """Run ``steps``, about ``total`` of them, instead of what is being done."""
        self._stop()
        self._steps, self._total = steps, total
        self.busy.emit(True)
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop before the next step."""
        if self._steps is not None:
            self._stop()
            self.busy.emit(False)

    def _stop(self) -> None:
        self._timer.stop()
        if self._steps is not None:
            self._steps.close()
        self._steps = None

    def _work(self) -> None:
        assert self._steps is not None
        until = time.monotonic() + SLICE
        done, result, error = 0, None, None
        try:
            while time.monotonic() < until:
                done = next(self._steps)
        except StopIteration as end:
            result = end.value
        except Exception as raised:  # noqa: BLE001 - handed on by _end
            error = raised
        else:
            self.advanced.emit(done, self._total)
            return
        self._stop()
        self._end(result, error)


class WorkBar(QWidget):
    """A sentence and a bar while ``tasks`` work, when that takes longer than a moment."""

    def __init__(self, *tasks: Task) -> None:
        super().__init__()
        self.text = Label("", "small", role="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        keeps_room = self.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeps_room)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_AFTER)
        self._timer.timeout.connect(self.show)
        # Where one task follows another the bar stays, and does not blink.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._end)
        for task in tasks:
            task.busy.connect(self._busy)
            task.advanced.connect(self._advanced)

    def say(self, sentence: str) -> None:
        """What is being done."""
        self.text.setText(sentence)
        self.bar.setAccessibleName(sentence)

    def _busy(self, begins: bool) -> None:
        if begins:
            self._rest.stop()
            self.bar.setRange(0, 0)
            if not self._timer.isActive() and self.isHidden():
                self._timer.start()
        else:
            self._rest.start()

    def _end(self) -> None:
        self._timer.stop()
        self.hide()

    def _advanced(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)


def finish_all() -> None:
    """Cancel every job and wait until no thread is at work."""
    for run in list(_running):
        run.cancelled.set()
    QThreadPool.globalInstance().waitForDone()


class _Run:
    """One job under way."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.cancelled = Event()


class _Relay(QObject):
    """Carries answers into the window's thread. It lives as long as the program, so that a
    thread never speaks through an object that is gone."""

    answered = Signal(object, object, object)  # run, result, error
    advanced = Signal(object, int, int)  # run, done, total

    def __init__(self) -> None:
        super().__init__()
        self.answered.connect(self._ended)

    def _ended(self, run: _Run, _result: object, _error: object) -> None:
        if run in _running:
            _running.remove(run)
            no_cleaning.end()


_running: set[_Run] = set()
_relays: list[_Relay] = []


def _relay() -> _Relay:
    if not _relays:
        _relays.append(_Relay())
        program = QCoreApplication.instance()
        assert program is not None
        program.aboutToQuit.connect(finish_all)
    return _relays[0]


def _do(run: _Run, relay: _Relay) -> None:
    """In the other thread: do the job, and answer whatever happens."""
    result: Any = None
    error: BaseException | None = None
    try:
        if not run.cancelled.is_set():
            result = run.job(Progress(run))
    except Cancelled:
        pass
    except BaseException as raised:  # noqa: BLE001 - raised again in the window's thread
        error = raised
    relay.answered.emit(run, result, error)
