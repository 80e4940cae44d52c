"""Packages as files: sealing and opening, and keeping the documents that came.

What takes long is cut into pieces. `sealing` and `keeping` read and write the binder: they
are generators, for the thread that it belongs to. `open_package` touches only the file.
Nothing is ever written unencrypted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Self

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.handover.checking import check
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.handover.rows import Unfit
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import reason_words, writing
from dossier_app.domain.records import Document
from dossier_app.exchange import package as exchange
from dossier_app.exchange.package import Content, Manifest, Package, Records, age
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package import sealing as locks
from dossier_app.services.cleaning import no_cleaning
from dossier_app.services.steps import finish
from dossier_app.storage import contents, unfinished
from dossier_app.storage.connection import database
from dossier_app.storage.folder import NewFile

Step = Callable[[int, int], None]  # done, of how many bytes

_SYNC_EVERY = 4 << 20  # bytes: waiting for a slow stick stays short, too
_MOMENT = 0.005  # seconds


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that goes into a package; ``documents`` are read from the binder when it is
    sealed."""

    manifest: Manifest
    records: Records
    documents: list[Document]
    identity: locks.Identity = field(repr=False)
    recipient: str = ""

    @property
    def size(self) -> int:
        """Bytes of the documents, which is about what `sealing` has to do."""
        return sum(document.size for document in self.documents)


class Sealed:
    """A package that lies ready beside its place. As a context it is dropped at the end,
    unless it was put and what was written meanwhile is in the binder."""

    def __init__(self, path: Path, beginning: bytes) -> None:
        """``beginning`` are the first bytes of the package, which no other has. Raises
        Refusal when it cannot be written there."""
        self.path = path
        unfinished.note(path, beginning)
        try:
            with writing(path):
                self._file = NewFile(path)
        except BaseException:
            unfinished.forget(path)
            raise

    def writing(self, pieces: Iterable[bytes], size: int) -> Generator[int, None, None]:
        """Write the file; yields how many bytes are written, ``size`` at most."""
        done = waiting = 0
        with writing(self.path):
            for piece in pieces:
                self._file.write(piece)
                done, waiting = done + len(piece), waiting + len(piece)
                if waiting > _SYNC_EVERY:
                    self._file.sync()
                    waiting = 0
                yield min(done, size)
            self._file.close()

    def put(self) -> None:
        """Put it in its place, where there may be an older one; inside the transaction that
        tells the binder of it. Raises Refusal."""
        with writing(self.path):
            self._file.put()
        unfinished.forget(self.path)

    def drop(self) -> None:
        """Remove it, unless the binder knows of it."""
        self._file.drop()
        unfinished.remove(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()


def outgoing(
    handover: Handover,
    kind: str,
    number: int,
    identity: locks.Identity,
    records: Records,
    documents: Iterable[Document] = (),
    *,
    final: bool = False,
) -> Outgoing:
    """A package of this handover from this binder; the contents of ``documents`` go along,
    each once. Raises Refusal for a dossier that no reader would take."""
    for dossier in records.dossiers:
        try:
            check(dossier)
        except Unfit as error:
            raise Refusal(
                tr(
                    "{name} holds a date or a number that cannot be right. Correct it first; "
                    "nothing was done.",
                    name=dossier.name or dossier.company,
                )
            ) from error
    manifest = Manifest(
        format=layout.NAME,
        version=layout.VERSION,
        kind=kind,
        handover=handover.uid,
        number=number,
        sender=layout.Sender(
            layout.plain_name(handover.own_name), identity.signing_key, identity.age_key
        ),
        to=layout.plain_name(handover.colleague),
        first_day=handover.first_day,
        last_day=handover.last_day,
        made_at=clock.now(),
        private=handover.private,
        may_keep=handover.may_keep,
        final=final,
        owner=layout.plain_name(handover.owner),
    )
    once = {document.sha256: document for document in documents}
    going = [once[sha256] for sha256 in sorted(once)]
    return Outgoing(manifest, records, going, identity, handover.recipient)


def sealing(made: Outgoing, path: Path, passphrase: str = "") -> Generator[int, None, Sealed]:
    """Write the package beside ``path``: for the colleague's key, or the passphrase when
    there is none. Yields how many bytes are written, of about ``made.size``.

    When it is closed before its end, or raises Refusal, nothing of it stays.
    """
    documents = [Content(one.sha256, one.size, contents.read(one.sha256)) for one in made.documents]
    packed = exchange.pack(made.manifest, made.records, documents, made.identity)
    envelope = yield from _envelope(made.recipient, passphrase)
    pieces = age.encrypted(packed, envelope)
    beginning = next(pieces)
    sealed = Sealed(path, beginning)
    try:
        yield from sealed.writing(chain([beginning], pieces), made.size)
    except BaseException:
        sealed.drop()
        raise
    return sealed


def seal(made: Outgoing, path: Path, passphrase: str = "") -> Sealed:
    """`sealing` at once, for whoever can wait."""
    return finish(sealing(made, path, passphrase))


def needs_passphrase(path: Path) -> bool:
    """Whether a package is opened by a passphrase. Raises Refusal when it is none."""
    with _read(path), path.open("rb") as file:
        return locks.needs_passphrase(file)


def open_package(
    path: Path,
    identity: locks.Identity | None,
    passphrase: str = "",
    step: Step = lambda _done, _total: None,
) -> Package:
    """The package in a file, checked whole; it is in memory once. Touches no database.

    ``step`` is told how far that is, and may raise. Raises Refusal with one sentence when
    the package cannot be opened, or must not be.
    """
    with _read(path), path.open("rb") as file:
        size = path.stat().st_size
        if size > exchange.MOST_FILE_BYTES:
            raise Unreadable(tr("{file} is too large for a package.", file=path.name))
        data = locks.decrypt(
            file,
            size,
            identity=identity,
            passphrase=passphrase,
            step=lambda done: step(done, 2 * size),
        )
    return exchange.unpack(data, size, lambda done: step(size + done, 2 * size))


def keeping(package: Package, documents: Iterable[Document]) -> Generator[int, None, None]:
    """Store the contents of ``documents`` that are not here, before the action that needs
    them. Yields how many bytes are done.

    Raises Refusal when the package has not got one. What was stored before the generator is
    closed, or raises, is removed by `documents.tidy`.
    """
    wanted = list(documents)
    layout.check_contents(wanted, package.contents)
    missing = {one.sha256 for one in wanted if not contents.has(one.sha256)}
    if not missing <= package.contents.keys():
        raise layout.damaged()
    done = 0
    for batch in _batches(package.contents[sha256] for sha256 in sorted(missing)):
        if len(batch) == 1:
            for written in contents.write(_parts(batch[0])):
                yield done + written
        else:
            # Together: to wait for the disk after each takes longer than to write them.
            with database.atomic("IMMEDIATE"):
                for content in batch:
                    finish(contents.write(_parts(content)))
        done += sum(map(len, batch))
        yield done


@contextmanager
def kept(package: Package, documents: Iterable[Document]) -> Iterator[None]:
    """`keeping` at once, around the action that needs them: when one of both fails, nothing
    stays that was not there."""
    try:
        finish(keeping(package, documents))
        yield
    except BaseException:
        deque(contents.collect(), maxlen=0)
        raise


def _batches(found: Iterable[memoryview]) -> Iterator[list[memoryview]]:
    """Small contents together, as many as one part of a large one has bytes."""
    batch: list[memoryview] = []
    for content in found:
        if batch and sum(map(len, batch)) + len(content) > contents.PART:
            yield batch
            batch = []
        batch.append(content)
    if batch:
        yield batch


def _parts(content: memoryview) -> Iterator[bytes]:
    for start in range(0, len(content), contents.PART):
        yield bytes(content[start : start + contents.PART])


def _envelope(recipient: str, passphrase: str) -> Generator[int, None, age.Envelope]:
    """A passphrase takes a second of work. It is done in another thread, so that whoever
    asks for the next step goes on."""
    from concurrent.futures import ThreadPoolExecutor, wait

    with no_cleaning, ThreadPoolExecutor(1) as pool:
        work = pool.submit(locks.envelope, recipient=recipient, passphrase=passphrase)
        while not wait([work], _MOMENT).done:
            yield 0
        return work.result()


@contextmanager
def _read(path: Path) -> Iterator[None]:
    """What the system says of a file that is read, as a Refusal."""
    try:
        yield
    except OSError as error:
        raise Unreadable(
            tr("{file} cannot be read: {reason}.", file=path, reason=reason_words(error))
        ) from error
