"""The handover package: one file, encrypted and signed. ``README.md`` has the format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.exchange.package.archive import (
    MOST_BYTES,
    MOST_ENTRIES,
    read_archive,
    refuse_large,
    too_large,
    write_archive,
)
from dossier_app.exchange.package.format import (
    MOST_DOSSIERS,
    MOST_JSON,
    Entry,
    Manifest,
    Package,
    Records,
    check_contents,
    damaged,
    read_manifest,
    read_records,
)
from dossier_app.exchange.package.sealing import Identity, is_recipient, is_signed, sign

__all__ = ["MOST_FILE_BYTES", "Content", "Manifest", "Package", "Records", "pack", "unpack"]

MANIFEST, SIGNATURE, RECORDS = "manifest.json", "signature.bin", "records.json"
DOCUMENTS = "documents/"
# Of a sealed file: each entry stands in two lists, and encryption adds a little.
MOST_FILE_BYTES = MOST_BYTES + MOST_ENTRIES * 300 + MOST_BYTES // 1000


@dataclass(frozen=True, slots=True)
class Content:
    """A document as it goes into a package: ``parts`` are read once, when it is its turn."""

    sha256: str
    size: int
    parts: Iterable[bytes]


def pack(
    manifest: Manifest, records: Records, contents: Sequence[Content], identity: Identity
) -> Iterator[bytes]:
    """The archive of a package in pieces, signed but not yet encrypted. The manifest's
    entries are made here. Raises Refusal for more than a package may hold, and when a
    content is not what it was called."""
    listed = msgspec.json.encode(records)
    most = max(len(records.dossiers), len(records.changes), len(records.loose))
    if most > MOST_DOSSIERS or len(listed) > MOST_JSON:
        raise too_large()
    entries = {RECORDS: Entry(hashlib.sha256(listed).hexdigest(), len(listed))}
    entries |= {DOCUMENTS + one.sha256: Entry(one.sha256, one.size) for one in contents}
    signed = msgspec.json.encode(msgspec.structs.replace(manifest, entries=entries))
    signature = sign(identity, signed)
    size = sum(entry.size for entry in entries.values())
    refuse_large(len(entries) + 2, size + len(signed) + len(signature))
    head = ((MANIFEST, [signed]), (SIGNATURE, [signature]), (RECORDS, [listed]))
    documents = ((DOCUMENTS + one.sha256, _same_parts(one)) for one in contents)
    return write_archive(part for group in (head, documents) for part in group)


def unpack(
    data: memoryview, size: int = 0, step: Callable[[int], None] = lambda _: None
) -> Package:
    """Open and check what `pack` made; ``size`` is that of the encrypted file.

    Everything is checked before anything is returned: names, sizes, version, signature,
    every hash, every record. The contents of the package are parts of ``data``. ``step`` is
    told how many bytes were looked at. Raises Unreadable with one sentence.
    """
    entries = read_archive(data)
    try:
        signed, signature = bytes(entries.pop(MANIFEST)), bytes(entries.pop(SIGNATURE))
        records = bytes(entries[RECORDS])
    except KeyError as error:
        raise damaged() from error
    manifest = read_manifest(signed)
    sender = manifest.sender
    if not is_signed(sender.signing_key, signature, signed) or not is_recipient(sender.age_key):
        raise damaged()
    sizes = {name: entry.size for name, entry in manifest.entries.items()}
    if {name: len(item) for name, item in entries.items()} != sizes:
        raise damaged()
    done = 0
    for name, item in entries.items():
        if hashlib.sha256(item).hexdigest() != manifest.entries[name].sha256:
            raise damaged()
        done += len(item)
        step(done)
    contents = {
        name.removeprefix(DOCUMENTS): item
        for name, item in entries.items()
        if name.startswith(DOCUMENTS)
    }
    if any(manifest.entries[DOCUMENTS + sha256].sha256 != sha256 for sha256 in contents):
        raise damaged()
    read = read_records(records)
    documents = [document for dossier in read.dossiers for document in dossier.documents]
    check_contents(documents, contents)
    if any(document.sha256 not in contents for document in documents):
        raise damaged()
    return Package(manifest, read, contents, size)


def _same_parts(content: Content) -> Iterator[bytes]:
    """The parts of a content, which must be what the manifest says already."""
    digest, size = hashlib.sha256(), 0
    for part in content.parts:
        digest.update(part)
        size += len(part)
        yield part
    if digest.hexdigest() != content.sha256 or size != content.size:
        raise Refusal(tr("The contents of a document are damaged. Restore a backup."))
