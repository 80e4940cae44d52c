"""The handover package: one file, encrypted and signed. ``README.md`` has the format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from dossier_app.exchange.package.archive import MOST_BYTES, read_archive, write_archive
from dossier_app.exchange.package.format import (
    Entry,
    Manifest,
    Package,
    Records,
    check_contents,
    damaged,
    read_manifest,
    read_records,
)
from dossier_app.exchange.package.sealing import Identity, is_signed, sign

__all__ = ["MOST_BYTES", "Manifest", "Package", "Records", "pack", "unpack"]

MANIFEST, SIGNATURE, RECORDS = "manifest.json", "signature.bin", "records.json"
DOCUMENTS = "documents/"


def pack(
    manifest: Manifest, records: Records, contents: Mapping[str, bytes], identity: Identity
) -> bytes:
    """The archive of a package, signed but not yet encrypted. The manifest's entries are
    made here."""
    entries = {RECORDS: msgspec.json.encode(records)}
    entries |= {DOCUMENTS + sha256: data for sha256, data in contents.items()}
    listed = {
        name: Entry(hashlib.sha256(data).hexdigest(), len(data)) for name, data in entries.items()
    }
    signed = msgspec.json.encode(msgspec.structs.replace(manifest, entries=listed))
    return write_archive({MANIFEST: signed, SIGNATURE: sign(identity, signed), **entries})


def unpack(data: bytes, size: int = 0) -> Package:
    """Open and check what `pack` made; ``size`` is that of the encrypted file.

    Everything is checked before anything is returned: names, sizes, version, signature,
    every hash, every record. Raises Unreadable with one sentence.
    """
    entries = read_archive(data)
    try:
        signed, signature = entries.pop(MANIFEST), entries.pop(SIGNATURE)
        records = entries[RECORDS]
    except KeyError as error:
        raise damaged() from error
    manifest = read_manifest(signed)
    if not is_signed(manifest.sender.signing_key, signature, signed):
        raise damaged()
    found = {
        name: Entry(hashlib.sha256(item).hexdigest(), len(item)) for name, item in entries.items()
    }
    if found != manifest.entries:
        raise damaged()
    contents = {
        name.removeprefix(DOCUMENTS): item
        for name, item in entries.items()
        if name.startswith(DOCUMENTS)
    }
    if any(found[DOCUMENTS + sha256].sha256 != sha256 for sha256 in contents):
        raise damaged()
    read = read_records(records)
    documents = [document for dossier in read.dossiers for document in dossier.documents]
    check_contents(documents, contents)
    if any(document.sha256 not in contents for document in documents):
        raise damaged()
    return Package(manifest, read, contents, size)
