"""Files on their way into the binder and out of it, one after the other.

They are read in another thread; the binder itself is written and read in the window's
thread, a piece at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import Document
from dossier_app.services.documents import (
    Attached,
    Incoming,
    attach,
    look_at,
    save_as,
    store,
    tidy,
)
from dossier_app.services.steps import finish
from dossier_app.services.temporary import TemporaryCopies
from dossier_app.ui.desk import Desk
from dossier_app.ui.work import Progress, Slices, Work

Source = Path | Incoming


@dataclass(slots=True)
class _Looked:
    """What could be read, and a sentence for each that could not."""

    found: list[Incoming] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Files for a dossier."""

    uid: str
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class _Task:
    """Work with the binder; ``then`` gets what it returns."""

    sentence: str
    steps: Callable[[], Generator[int, None, object]]
    total: int
    then: Callable[[object], None]


class DocumentTraffic(QObject):
    """One for a desk: it goes on while windows come and go, and ends what it has begun
    before the binder is closed. Temporary copies live as long as it does."""

    doing = Signal(str)  # what is being done, a sentence
    told = Signal(str)  # what came of it, where there is nothing to undo
    copied = Signal(object)  # Path of a temporary copy

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._copies = TemporaryCopies(desk.session.folder)
        self._copies.remove_all()
        self.looking, self.moving = Work(self), Slices(self)
        self.looking.done.connect(self._looked)
        self.moving.done.connect(self._moved)
        for task in (self.looking, self.moving):
            task.refused.connect(self._refused)
            task.failed.connect(self._go_on)
        self._now: _Arrival | _Task | None = None
        self._then: Callable[[object], None] = _nothing
        self._waiting: deque[_Arrival | _Task] = deque()
        desk.closing.connect(self._finish)
        self.clear_up()

    @classmethod
    def of(cls, desk: Desk) -> DocumentTraffic:
        """That of a desk."""
        return desk.findChild(cls) or cls(desk)

    def bring_in(self, uid: str, sources: Sequence[Source]) -> None:
        """Keep files in a dossier; one action when all of them are stored."""
        if sources:
            self._add(_Arrival(uid, sources))

    def open_copy(self, document: Document) -> None:
        """Make a temporary copy, and tell with `copied` when it is there."""
        steps = partial(self._copies.copy, document)
        sentence = tr("Opening {name}…", name=document.name)
        self._add(_Task(sentence, steps, document.size, self.copied.emit))

    def save(self, document: Document, target: Path) -> None:
        """Write a document where the rep said."""
        steps = partial(save_as, document, target)
        sentence = tr("Saving {name}…", name=document.name)
        self._add(_Task(sentence, steps, document.size, self._saved))

    def clear_up(self) -> None:
        """Remove the contents that nothing needs, when what waits is done."""
        self._add(_Task(tr("Clearing up…"), tidy, 0, _nothing))

    def cancel(self) -> None:
        """Give up what is being done; what waits comes next."""
        self.looking.cancel()
        self.moving.cancel()
        self._go_on()

    # --- one after the other

    def _add(self, job: _Arrival | _Task) -> None:
        self._waiting.append(job)
        if self._now is None:
            self._go_on()

    def _go_on(self) -> None:
        self._now = self._waiting.popleft() if self._waiting else None
        match self._now:
            case _Arrival(_, sources):
                self.doing.emit(tr("Reading the files…"))
                self.looking.start(partial(_look_at_all, sources))
            case _Task(sentence, steps, total, then):
                self._then = then
                self.doing.emit(sentence)
                self.moving.start(steps(), total)

    def _looked(self, looked: _Looked) -> None:
        assert isinstance(self._now, _Arrival)
        self._then = partial(self._stored, self._now.uid)
        self.doing.emit(tr("Keeping the files…"))
        self.moving.start(_store_all(looked), sum(item.size for item in looked.found))

    def _moved(self, result: object) -> None:
        self._then(result)
        self._go_on()

    def _refused(self, sentence: str) -> None:
        self._desk.refused.emit(sentence)
        self._go_on()

    def _stored(self, uid: str, looked: object) -> None:
        assert isinstance(looked, _Looked)
        result = self._desk.act(partial(attach, uid, looked.found), initiator=self)
        if result is not None:
            changes, attached = result
            sentence = _said(attached)
            if changes:
                self._desk.said.emit(sentence)
            elif sentence:
                self.told.emit(sentence)
        if looked.problems:
            self._desk.refused.emit("\n".join(looked.problems))

    def _saved(self, target: object) -> None:
        assert isinstance(target, Path)
        self.told.emit(tr("Saved: {name}", name=target.name))

    def _finish(self) -> None:
        """Before the binder is closed: keep what was let go into it, remove the copies."""
        self._desk.closing.disconnect(self._finish)
        self.looking.cancel()
        self.moving.cancel()
        jobs = [job for job in (self._now, *self._waiting) if isinstance(job, _Arrival)]
        self._now = None
        self._waiting.clear()
        for job in jobs:
            with suppress(Refusal):
                attach(job.uid, finish(_store_all(_look_at_all(job.sources))).found)
        self._copies.remove_all()


def _look_at_all(sources: Sequence[Source], progress: Progress | None = None) -> _Looked:
    looked = _Looked()
    for source in sources:
        try:
            step = progress.step if progress else None
            looked.found.append(look_at(source, step) if isinstance(source, Path) else source)
        except Refusal as refusal:
            looked.problems.append(str(refusal))
    return looked


def _store_all(looked: _Looked) -> Generator[int, None, _Looked]:
    """Store what was found; returns what is stored."""
    stored = _Looked(problems=looked.problems)
    before = 0
    for item in looked.found:
        try:
            with closing(store(item)) as steps:
                for done in steps:
                    yield before + done
        except Refusal as refusal:
            stored.problems.append(str(refusal))
        else:
            stored.found.append(item)
        before += item.size
    return stored


def _said(attached: Attached) -> str:
    """What became of the files; empty when there were none."""
    added, known = attached.new + attached.versions, attached.known
    if len(added) == 1:
        name = added[0]
        return (
            tr("New version: {name}", name=name)
            if attached.versions
            else tr("Added: {name}", name=name)
        )
    if added:
        return ntr("{n} file was added", "{n} files were added", len(added))
    if len(known) == 1:
        return tr("Already here: {name}", name=known[0])
    return (
        ntr("{n} file is here already", "{n} files are here already", len(known)) if known else ""
    )


def _nothing(_result: object) -> None:
    """What there is to do after clearing up."""
