"""The archive inside a package: a ZIP file whose entries are stored, never compressed.

So what is counted is what is there, and a small file cannot unfold into a large one. The
reader takes nothing but what the writer makes: the entries one after the other, their list
in the same order, and no byte besides. Two programs cannot see two archives in it, and what
is in it is looked at where it lies, without a copy. Nothing is ever written to a path that
an archive names.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.filenames import safe_name
from dossier_app.domain.language import tr
from dossier_app.exchange.package.format import damaged

if TYPE_CHECKING:
    from typing_extensions import Buffer

MOST_BYTES = 500 * 1024 * 1024
MOST_ENTRIES = 5_000
# Lower case only, so that no two names are one on any file system; documents by SHA-256.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}(\.[a-z]{1,8})?|documents/[0-9a-f]{64}")
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # when an entry was written is nobody's business

# ZIP: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7 to 4.3.16.
_ENTRY = Struct("<4s5H3L2H")
_LISTED = Struct("<4s6H3L5H2L")
_AFTER = Struct("<4s3L")
_END = Struct("<4s4H2LH")
_SIZE_AFTER = 8  # the flag of an entry whose size and check sum stand behind it


class _Entry(NamedTuple):
    """A line of the list, in the order of `_LISTED`."""

    mark: bytes
    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name: int
    extra: int
    comment: int
    disk: int
    kind: int
    mode: int
    offset: int


def refuse_large(entries: int, size: int) -> None:
    """Raises Refusal for more than a reader takes."""
    if entries > MOST_ENTRIES or size > MOST_BYTES:
        raise too_large()


def too_large() -> Refusal:
    return Refusal(
        tr(
            "This is more than a package may hold (500 MB, 5,000 documents). Leave documents out, "
            "or make several packages; nothing was done."
        )
    )


def write_archive(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The archive in pieces, each about as large as the parts of the entries."""
    made = _Pieces()
    with zipfile.ZipFile(made, "w") as archive:
        for name, parts in entries:
            with archive.open(zipfile.ZipInfo(name, _ALWAYS), "w") as file:
                for part in parts:
                    file.write(part)
                    yield made.taken()
    yield made.taken()


class _Pieces(io.RawIOBase):
    """A file that cannot seek, and gives away what was written."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self._written.append(bytes(data))
        return len(self._written[-1])

    def taken(self) -> bytes:
        taken = b"".join(self._written)
        self._written.clear()
        return taken


def read_archive(data: memoryview) -> dict[str, memoryview]:
    """All entries by name, as parts of ``data``. Raises Unreadable for a damaged or hostile
    archive."""
    end = len(data) - _END.size
    if end < 0:
        raise damaged()
    mark, _, _, here, count, listed, start, comment = _END.unpack_from(data, end)
    if mark != b"PK\5\6" or start + listed != end or here != count or comment:
        raise damaged()
    if count > MOST_ENTRIES:
        raise _too_much()
    found: dict[str, memoryview] = {}
    at, line, size = 0, start, 0
    for _ in range(count):
        if line + _LISTED.size > end:
            raise damaged()
        entry = _Entry(*_LISTED.unpack_from(data, line))
        line += _LISTED.size + entry.name
        label = bytes(data[line - entry.name : line])
        name = _name(label, entry)
        if name in found:
            raise _hostile()
        begins = at + _ENTRY.size + entry.name
        found[name] = data[begins : begins + entry.size]
        size += entry.size
        if size > MOST_BYTES:
            raise _too_much()
        at = _behind(data, at, entry, label, start)
    if line != end or at != start:
        raise damaged()
    return found


def _name(label: bytes, entry: _Entry) -> str:
    """The name of an entry that is as all are."""
    name = label.decode("latin-1")
    if (
        not _NAME.fullmatch(name)
        or safe_name(name) != name.replace("/", "_")
        or stat.S_IFMT(entry.mode >> 16) not in (0, stat.S_IFREG)
        or entry.flags & ~_SIZE_AFTER
        or entry.method != zipfile.ZIP_STORED
        or entry.packed != entry.size
        or entry.extra
        or entry.comment
    ):
        raise _hostile()
    return name


def _behind(data: memoryview, at: int, entry: _Entry, label: bytes, most: int) -> int:
    """Where the entry ends that begins ``at``. What it says of itself must be what the list
    says."""
    begins = at + _ENTRY.size + entry.name
    ends = begins + entry.size
    size_after = bool(entry.flags & _SIZE_AFTER)
    if entry.offset != at or ends + size_after * _AFTER.size > most:
        raise damaged()
    told = (entry.crc, entry.size, entry.size)
    own = (entry.needed, entry.flags, entry.method, entry.time, entry.date)
    before = (0, 0, 0) if size_after else told
    beginning = (b"PK\3\4", *own, *before, entry.name, 0)
    if entry.mark != b"PK\1\2" or _ENTRY.unpack_from(data, at) != beginning:
        raise damaged()
    if bytes(data[begins - entry.name : begins]) != label:
        raise damaged()
    if not size_after:
        return ends
    if _AFTER.unpack_from(data, ends) != (b"PK\7\x08", *told):
        raise damaged()
    return ends + _AFTER.size


def _too_much() -> Unreadable:
    return Unreadable(tr("The package holds more than 500 MB or 5,000 files; it was not opened."))


def _hostile() -> Unreadable:
    return Unreadable(
        tr("The package has something inside that no handover has; it was not opened.")
    )
