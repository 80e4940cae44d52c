"""Documents of a dossier: taking files in, giving them out, what is done with them.

A file comes in by three steps. `look_at` reads it once, away from the window. `store`
reads it again and writes its content into the binder, piece by piece; a file that is not
the same at both readings is refused. `attach` is the action that can be undone.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.documents import Versions, key_of, with_versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import FileKind, likely_kind, renamed, safe_name, same_name
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import reason_words
from dossier_app.domain.records import Document, Dossier
from dossier_app.domain.words import size_words
from dossier_app.services.steps import finish
from dossier_app.storage import contents, dossiers, journal

MOST_BYTES = 500 * 1024 * 1024  # of one document

Step = Callable[[int, int], None]  # done, of how many bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is to be kept: a file as it was when it was looked at, or ``data`` itself."""

    name: str
    size: int
    sha256: str
    path: Path | None = None
    data: bytes = b""
    state: tuple[int, int, int] = (0, 0, 0)


@dataclass(slots=True)
class Attached:
    """What became of the files: new documents, new versions, those that were there
    already, by name."""

    new: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def holds_mail(path: Path) -> bool:
    """True for a mail by its name, and for a folder with one in it."""
    try:
        inside = islice(path.rglob("*"), _MOST_LOOKED_AT) if path.is_dir() else (path,)
        return any(likely_kind(found.name) is FileKind.MAIL for found in inside)
    except OSError:
        return False


def look_at(path: Path, step: Step | None = None) -> Incoming:
    """Read a file from its beginning to its end; ``step`` is told how far that is.

    Touches no database. Raises Refusal for what is no file, too large, cannot be read, or
    changes meanwhile.
    """
    name = safe_name(path.name)
    with _told(path):
        info = path.stat()
    if stat.S_ISDIR(info.st_mode):
        raise Refusal(tr("{name} is a folder. Add the files in it.", name=name))
    if not stat.S_ISREG(info.st_mode):
        raise Refusal(tr("{name} is no file that can be kept.", name=name))
    _refuse_large(name, info.st_size)
    digest, done = hashlib.sha256(), 0
    for part in _parts(path, _state(info)):
        digest.update(part)
        done += len(part)
        if step is not None:
            step(done, info.st_size)
    return Incoming(name, done, digest.hexdigest(), path, state=_state(info))


def pasted(name: str, data: bytes) -> Incoming:
    """Something without a file: a picture from the clipboard, an attachment of a mail."""
    name = safe_name(name)
    _refuse_large(name, len(data))
    return Incoming(name, len(data), hashlib.sha256(data).hexdigest(), data=data)


def store(incoming: Incoming) -> Generator[int, None, Incoming]:
    """Write the content into the binder, if it is not there; yields the bytes done.

    Returns ``incoming`` for `attach`. Raises Refusal when the file is not what it was when
    it was looked at; nothing of it stays then.
    """
    if not contents.has(incoming.sha256):
        yield from contents.write(_same_parts(incoming))
    return incoming


def attach(uid: str, stored: Iterable[Incoming]) -> tuple[Changes, Attached]:
    """Put stored files into a dossier, as one action.

    A file with the name of a document is its new version, unless its content is that of
    the newest one.
    """
    dossier, attached = dossiers.load(uid), Attached()
    for item in stored:
        if not contents.has(item.sha256):
            raise Refusal(tr("{name} is no longer there. Please add it again.", name=item.name))
        _add(dossier, item, attached)
    return _save(dossier), attached


def add_files(uid: str, paths: Iterable[Path]) -> tuple[Changes, Attached]:
    """All three steps at once, for whoever can wait. Raises Refusal at the first file that
    cannot be kept; no document is added then."""
    return attach(uid, [finish(store(look_at(path))) for path in paths])


def new_name(uid: str, document_uid: str, wish: str) -> str:
    """What a document is called when ``wish`` is typed. Raises Refusal when another one of
    the dossier is called so."""
    dossier = dossiers.load(uid)
    versions = _versions(dossier, document_uid)
    name = renamed(versions.newest.name, wish)
    for other in with_versions(dossier.documents):
        if other.key != versions.key and same_name(other.newest.name, name):
            raise Refusal(tr("There is a document called {name} already.", name=other.newest.name))
    return name


def rename(uid: str, document_uid: str, wish: str) -> Changes:
    """Call a document, with all its versions, by another name (see `new_name`)."""
    name, dossier = new_name(uid, document_uid, wish), dossiers.load(uid)
    for version in _versions(dossier, document_uid).all:
        version.name = name
    return _save(dossier)


def set_private(uid: str, document_uid: str, private: bool) -> Changes:
    """Mark a document, with all its versions, as not for discreet pages, or take that back."""
    dossier = dossiers.load(uid)
    for version in _versions(dossier, document_uid).all:
        version.private = private
    return _save(dossier)


def remove(uid: str, document_uid: str) -> Changes:
    """Take a document with all its versions out of the dossier."""
    dossier = dossiers.load(uid)
    gone = {version.uid for version in _versions(dossier, document_uid).all}
    dossier.documents = [item for item in dossier.documents if item.uid not in gone]
    return _save(dossier, "document_removed")


def remove_version(uid: str, document_uid: str) -> Changes:
    """Take one version out; the others stay."""
    dossier = dossiers.load(uid)
    _versions(dossier, document_uid)
    dossier.documents = [item for item in dossier.documents if item.uid != document_uid]
    return _save(dossier, "document_removed")


def save_as(document: Document, target: Path) -> Generator[int, None, Path]:
    """Write a document to ``target``; yields the bytes done. Where it cannot be written
    whole, what was at ``target`` before stays."""
    temporary = target.with_name(f"{document.uid}.new")
    try:
        with _told(target, writing=True):
            yield from write_copy(document, temporary, 0o666)
            temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()
    return target


def write_copy(document: Document, target: Path, mode: int) -> Generator[int, None, None]:
    """Write a document's content into a new file with these permissions; yields the bytes
    done."""
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    done = 0
    with os.fdopen(descriptor, "wb") as file:
        for part in contents.read(document.sha256):
            file.write(part)
            done += len(part)
            yield done


def tidy() -> Generator[int, None, None]:
    """Remove contents that nothing needs any more, also half-written ones of a crash;
    yields after each piece. What is stored but in no dossier yet goes too."""
    for count, _ in enumerate(contents.collect(), 1):
        yield count


def _add(dossier: Dossier, item: Incoming, attached: Attached) -> None:
    versions = next(
        (v for v in with_versions(dossier.documents) if same_name(v.newest.name, item.name)), None
    )
    if versions is not None and versions.newest.sha256 == item.sha256:
        attached.known.append(versions.newest.name)
        return
    document = Document(item.name, item.size, item.sha256, clock.today())
    if versions is None:
        attached.new.append(document.name)
    else:
        newest = versions.newest
        document.name, document.private = newest.name, newest.private
        document.version_of = versions.key
        attached.versions.append(document.name)
    dossier.documents.append(document)


def _save(dossier: Dossier, action: str = "document") -> Changes:
    with journal.action(action, clock.stamp()) as changes:
        dossiers.save(dossier)
    return changes


def _versions(dossier: Dossier, document_uid: str) -> Versions:
    for item in dossier.documents:
        if item.uid == document_uid:
            group = with_versions(dossier.documents)
            return next(versions for versions in group if versions.key == key_of(item))
    raise Refusal(tr("This document is no longer in the dossier."))


def _refuse_large(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise Refusal(
            tr(
                "{name} has {size}; a document may have {most} at most.",
                name=name,
                size=size_words(size),
                most=size_words(MOST_BYTES),
            )
        )


def _parts(path: Path, state: tuple[int, int, int]) -> Iterator[bytes]:
    """The file piece by piece. Raises Refusal when it is not, or does not stay, as
    ``state`` says."""
    done = 0
    with _told(path), path.open("rb") as file:
        while part := file.read(contents.PART):
            done += len(part)
            if done > state[0]:
                break
            yield part
        after = {_state(os.fstat(file.fileno())), _state(path.stat())}
    if done != state[0] or after != {state}:
        raise _changed(safe_name(path.name))


def _same_parts(incoming: Incoming) -> Iterator[bytes]:
    """What was looked at, once more; the hash is compared at the end."""
    if incoming.path is None:
        for start in range(0, len(incoming.data), contents.PART):
            yield incoming.data[start : start + contents.PART]
        return
    digest = hashlib.sha256()
    for part in _parts(incoming.path, incoming.state):
        digest.update(part)
        yield part
    if digest.hexdigest() != incoming.sha256:
        raise _changed(incoming.name)


def _changed(name: str) -> Refusal:
    return Refusal(
        tr("{name} changed while it was read. Close it where it is open and add it again.",
           name=name)
    )  # fmt: skip


def _state(info: os.stat_result) -> tuple[int, int, int]:
    return info.st_size, info.st_mtime_ns, info.st_ino


@contextmanager
def _told(path: Path, *, writing: bool = False) -> Iterator[None]:
    """What the system says of a file, as a Refusal."""
    try:
        yield
    except OSError as error:
        name, reason = safe_name(path.name), reason_words(error)
        raise Refusal(
            tr("{file} cannot be written: {reason}.", file=name, reason=reason)
            if writing
            else tr("{name} cannot be read: {reason}.", name=name, reason=reason)
        ) from error


_MOST_LOOKED_AT = 2_000  # files of a folder that is let go
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends
