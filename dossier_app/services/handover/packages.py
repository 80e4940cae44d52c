"""Packages as files: sealing, writing, opening. Nothing here touches the database but
`outgoing` and `keep_contents`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document
from dossier_app.exchange import package as exchange
from dossier_app.exchange.package import Manifest, Package, Records
from dossier_app.exchange.package import format as layout
from dossier_app.exchange.package.sealing import Identity, decrypt, encrypt
from dossier_app.services.documents import finish, pasted, store
from dossier_app.storage import contents
from dossier_app.storage.folder import write_whole

_ENVELOPE = 1 << 20  # bytes that encryption and the list of entries may add


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that goes into a package, read from the binder."""

    manifest: Manifest
    records: Records
    contents: Mapping[str, bytes] = field(repr=False)
    identity: Identity = field(repr=False)
    recipient: str = ""


def outgoing(
    handover: Handover,
    kind: str,
    number: int,
    identity: Identity,
    records: Records,
    documents: Iterable[Document] = (),
    *,
    final: bool = False,
) -> Outgoing:
    """A package of this handover from this binder; the contents of ``documents`` go along."""
    manifest = Manifest(
        format=layout.NAME,
        version=layout.VERSION,
        kind=kind,
        handover=handover.uid,
        number=number,
        sender=layout.Sender(handover.own_name, identity.signing_key, identity.age_key),
        to=handover.colleague,
        first_day=handover.first_day,
        last_day=handover.last_day,
        made_at=clock.now(),
        private=handover.private,
        may_keep=handover.may_keep,
        final=final,
        owner=handover.owner,
    )
    return Outgoing(manifest, records, _contents_of(documents), identity, handover.recipient)


def seal(made: Outgoing, passphrase: str = "") -> bytes:
    """The package as bytes: for the colleague's key, or the passphrase when there is none."""
    packed = exchange.pack(made.manifest, made.records, made.contents, made.identity)
    return encrypt(packed, recipient=made.recipient, passphrase=passphrase)


def write_package(path: Path, data: bytes) -> None:
    """Write a sealed package so that a crash leaves the old file or the new one whole."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise Refusal(
            tr("{file} cannot be written: {reason}.", file=path, reason=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            path.with_name(path.name + ".new").unlink()


def open_package(path: Path, identity: Identity | None, passphrase: str = "") -> Package:
    """The package in a file, checked whole. Raises Refusal with one sentence when it cannot
    be opened, or must not be."""
    try:
        size = path.stat().st_size
        if size > exchange.MOST_BYTES + _ENVELOPE:
            raise Unreadable(tr("{file} is too large for a package.", file=path.name))
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            tr("{file} cannot be read: {reason}.", file=path, reason=error.strerror or error)
        ) from error
    return exchange.unpack(decrypt(data, identity=identity, passphrase=passphrase), size)


def keep_contents(package: Package, documents: Iterable[Document]) -> None:
    """Store the contents of ``documents`` that are not here; before the action that needs
    them. Raises Refusal when the package has not got one."""
    wanted = list(documents)
    layout.check_contents(wanted, package.contents)
    for document in wanted:
        if contents.has(document.sha256):
            continue
        if document.sha256 not in package.contents:
            raise layout.damaged()
        finish(store(pasted(document.name, package.contents[document.sha256])))


def _contents_of(documents: Iterable[Document]) -> dict[str, bytes]:
    return {
        sha256: b"".join(contents.read(sha256))
        for sha256 in sorted({document.sha256 for document in documents})
    }
