"""The archive inside a package: a ZIP file whose entries are stored, never compressed.

So what is counted is what is there, and a small file cannot unfold into a large one.
Nothing is ever written to a path that an archive names.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.filenames import safe_name
from dossier_app.domain.language import tr
from dossier_app.exchange.package.format import damaged

MOST_BYTES = 500 * 1024 * 1024
MOST_ENTRIES = 5_000
# Lower case only, so that no two names are one on any file system; documents by SHA-256.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}(\.[a-z]{1,8})?|documents/[0-9a-f]{64}")
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # when an entry was written is nobody's business


def write_archive(entries: Mapping[str, bytes]) -> bytes:
    """Raises Refusal for more than a reader takes."""
    if len(entries) > MOST_ENTRIES or sum(map(len, entries.values())) > MOST_BYTES:
        raise Refusal(
            tr(
                "This is more than a package may hold (500 MB, 5,000 documents). Leave documents "
                "out, or make several packages; nothing was done."
            )
        )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _ALWAYS), data)
    return made.getvalue()


def read_archive(data: bytes) -> dict[str, bytes]:
    """All entries by name. Raises Unreadable for a damaged or hostile archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            known = archive.infolist()
            _check(known)
            return {item.filename: _read(archive, item) for item in known}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise damaged() from error
    except (RuntimeError, OverflowError, IndexError) as error:  # also struct.error's cousins
        raise damaged() from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [item.filename for item in entries]
    if len(entries) > MOST_ENTRIES or sum(item.file_size for item in entries) > MOST_BYTES:
        raise Unreadable(
            tr("The package holds more than 500 MB or 5,000 files; it was not opened.")
        )
    for item in entries:
        kind = stat.S_IFMT(item.external_attr >> 16)
        if (
            not _NAME.fullmatch(item.filename)
            or item.orig_filename != item.filename
            or safe_name(item.filename) != item.filename.replace("/", "_")
            or kind not in (0, stat.S_IFREG)
            or item.flag_bits & 1
        ):
            raise _hostile()
        if item.compress_type != zipfile.ZIP_STORED or item.compress_size != item.file_size:
            raise _hostile()
    if len(set(names)) != len(names):
        raise _hostile()


def _read(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes:
    with archive.open(item) as file:
        data = file.read(item.file_size + 1)
    if len(data) != item.file_size:
        raise damaged()
    return data


def _hostile() -> Unreadable:
    return Unreadable(
        tr("The package has something inside that no handover has; it was not opened.")
    )
