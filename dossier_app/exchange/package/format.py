"""The shapes inside a package, and the rules of a reader (see ``README.md`` beside this)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, TypeVar

import msgspec

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.handover.checking import YEARS, check, check_apart, check_loose
from dossier_app.domain.handover.rows import Delta, Unfit
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document, Dossier, Slip

NAME = "dossier handover"
VERSION = (1, 1)
# Kinds of packages.
HANDOVER, UPDATE, DATES = "handover", "update", "dates"
DEEPEST = 40  # of JSON within JSON; a table in a form needs 12
MOST_JSON = 64 << 20  # bytes; the records of 500 dossiers are about 5 MB
MOST_DOSSIERS = 5_000

_MOST = 1_000_000  # packages of one handover
_LONGEST_NAME = 200
_JOINERS = "\u200c\u200d"  # they shape Persian words
_NO_BRACKETS = bytes(char for char in range(256) if char not in b"[]{}")
_MOST_OBJECTS = 1_000_000
_Shape = TypeVar("_Shape")


class Sender(msgspec.Struct, frozen=True):
    """Who signed: both public keys, in hex and as age writes it."""

    name: str
    signing_key: str
    age_key: str


class Entry(msgspec.Struct, frozen=True):
    """One file inside."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a package is; its bytes are what is signed.

    ``number`` counts the packages of one sender in one handover from 1. ``to`` is what the
    sender calls the receiver. ``owner`` is whose clients they are, when that is not the
    sender. ``may_keep``: the receiver's copies may stay when the handover is over.
    """

    format: str
    version: tuple[int, int]
    kind: str
    handover: str
    number: int
    sender: Sender
    to: str
    first_day: date = msgspec.field(name="from")
    last_day: date = msgspec.field(name="until")
    made_at: datetime
    private: bool = False
    may_keep: bool = False
    final: bool = False
    owner: str = ""
    entries: dict[str, Entry] = {}


class Records(msgspec.Struct, frozen=True):
    """What ``records.json`` holds: dossiers and loose sheets whole in a handover, changes in
    an update; those of the loose sheets are under the uid of the handover."""

    dossiers: Annotated[list[Dossier], msgspec.Meta(max_length=MOST_DOSSIERS)] = []
    changes: Annotated[list[Delta], msgspec.Meta(max_length=MOST_DOSSIERS)] = []
    loose: Annotated[list[Slip], msgspec.Meta(max_length=MOST_DOSSIERS)] = []


@dataclass(frozen=True, slots=True)
class Package:
    """A package, opened and checked. ``contents`` are documents by their SHA-256."""

    manifest: Manifest
    records: Records
    contents: Mapping[str, memoryview] = field(repr=False)
    size: int = 0  # bytes of the file

    @property
    def bytes_of_documents(self) -> int:
        return sum(map(len, self.contents.values()))


class _Beginning(msgspec.Struct):
    format: str
    version: list[int]


def read_manifest(data: bytes) -> Manifest:
    """Raises Unreadable for another format, a newer version, or what is no manifest."""
    beginning = _decode(data, _Beginning)
    if beginning.format != NAME or not beginning.version:
        raise damaged()
    if beginning.version[0] > VERSION[0]:
        raise Unreadable(
            tr(
                "The package was made by a newer version of this program. Please update; "
                "nothing was changed."
            )
        )
    manifest = _decode(data, Manifest)
    if manifest.kind not in (HANDOVER, UPDATE, DATES):
        raise damaged()
    if not 1 <= manifest.number <= _MOST or manifest.last_day < manifest.first_day:
        raise damaged()
    days = (manifest.first_day, manifest.last_day, manifest.made_at)
    if any(day.year not in YEARS for day in days):
        raise damaged()
    names = (manifest.sender.name, manifest.to, manifest.owner)
    if not manifest.sender.name or any(name != plain_name(name) for name in names):
        raise damaged()
    if manifest.made_at.tzinfo is None or not re.fullmatch(r"[0-9a-f-]{36}", manifest.handover):
        raise damaged()
    return manifest


def plain_name(text: str) -> str:
    """What somebody is called in a package: one line, and nothing that deceives the eye."""
    kept = [
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs") or char in _JOINERS
    ]
    return " ".join("".join(kept).split())[:_LONGEST_NAME].strip()


def read_records(data: bytes) -> Records:
    """Raises Unreadable for what is no dossier of this program, even when it is JSON."""
    records = _decode(data, Records)
    try:
        for dossier in records.dossiers:
            check(dossier)
        loose = Dossier(slips=records.loose)
        check_loose(loose)
        check_apart([*records.dossiers, loose])
    except Unfit as error:
        raise damaged() from error
    return records


def check_contents(documents: list[Document], contents: Mapping[str, memoryview]) -> None:
    """Raises Unreadable when a document has not the size of its content."""
    for document in documents:
        content = contents.get(document.sha256)
        if content is not None and len(content) != document.size:
            raise damaged()


def damaged() -> Unreadable:
    return Unreadable(
        tr("The package is damaged or was changed on the way. Ask for it again; nothing was done.")
    )


def _decode(data: bytes, shape: type[_Shape]) -> _Shape:
    _refuse_wild(data)
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError) as error:
        raise damaged() from error


def _refuse_wild(data: bytes) -> None:
    """What is too deep for a form, or far more than a binder holds, is made to break a
    reader: three bytes become an object of a thousand."""
    if len(data) > MOST_JSON:
        raise damaged()
    without_escapes = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    without_texts = b"".join(without_escapes.split(b'"')[::2])
    brackets = without_texts.translate(None, _NO_BRACKETS)
    if brackets.count(b"{") > _MOST_OBJECTS:
        raise damaged()
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise damaged()
