"""Packages to be tried, as a good sender makes them and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    Person,
)
from dossier_app.exchange import package as exchange
from dossier_app.exchange.package import MANIFEST, SIGNATURE, Content, Package, age, sealing
from dossier_app.exchange.package.format import (
    HANDOVER,
    NAME,
    VERSION,
    Entry,
    Manifest,
    Records,
    Sender,
)
from dossier_app.exchange.package.sealing import Identity, sign

CONTENT = b"offer" * 20
OTHER = b"drawing" * 30
DAY = date(2026, 11, 25)


def dossier() -> Dossier:
    person = Person("Ромашкина", "Анна", main=True)
    person.contact_points = [ContactPoint(ContactKind.PHONE, "8 495 000-00-01")]
    person.forms = [FilledForm("relationship_card", {"car": Answer({"make": "Лада"})})]
    return Dossier(
        company="ООО «Ромашка»",
        people=[person],
        place=day_place(DAY),
        history=[HistoryEntry(datetime(2026, 11, 20, 10, tzinfo=UTC), text="говорили")],
        documents=[
            Document("Смета.pdf", len(CONTENT), sha256(CONTENT).hexdigest(), DAY),
            Document("План.pdf", len(OTHER), sha256(OTHER).hexdigest(), DAY),
        ],
    )


def manifest(identity: Identity, **changes: Any) -> Manifest:
    made = Manifest(
        format=NAME,
        version=VERSION,
        kind=HANDOVER,
        handover="0b2f8e0e-6f0b-4f43-8a53-6d4b7f0a9c11",
        number=1,
        sender=Sender("Иванов", identity.signing_key, identity.age_key),
        to="Петрова",
        first_day=DAY,
        last_day=DAY,
        made_at=datetime(2026, 11, 24, 18, tzinfo=UTC),
    )
    return msgspec.structs.replace(made, **changes)


def content(data: bytes) -> Content:
    return Content(sha256(data).hexdigest(), len(data), [data[:7], data[7:]])


def pack(told: Manifest, records: Records, contents: list[Content], identity: Identity) -> bytes:
    return b"".join(exchange.pack(told, records, contents, identity))


def good_package(identity: Identity) -> bytes:
    """What a package holds, not encrypted."""
    records = Records(dossiers=[dossier()])
    return pack(manifest(identity), records, [content(CONTENT), content(OTHER)], identity)


def unpack(packed: bytes) -> Package:
    return exchange.unpack(memoryview(packed))


def sealed_with(data: bytes, *, recipient: str = "", passphrase: str = "") -> bytes:
    envelope = sealing.envelope(recipient=recipient, passphrase=passphrase)
    return b"".join(age.encrypted([data], envelope))


def opened(sealed: bytes, *, identity: Identity | None, passphrase: str = "") -> bytes:
    file = io.BytesIO(sealed)
    return bytes(sealing.decrypt(file, len(sealed), identity=identity, passphrase=passphrase))


def entries_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as inside:
        return {name: inside.read(name) for name in inside.namelist()}


def zipped(entries: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as inside:
        for name, data in entries:
            inside.writestr(name, data)
    return made.getvalue()


def signed_entries(
    entries: dict[str, bytes], identity: Identity, **changes: Any
) -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    """What a sender packs who himself put something wrong inside."""
    rest = {name: data for name, data in entries.items() if name not in (MANIFEST, SIGNATURE)}
    listed = {name: Entry(sha256(data).hexdigest(), len(data)) for name, data in rest.items()}
    told = msgspec.to_builtins(manifest(identity, entries=listed)) | changes
    signed = msgspec.json.encode(told)
    return [(MANIFEST, signed), (SIGNATURE, sign(identity, signed)), *rest.items()]


def resigned(entries: dict[str, bytes], identity: Identity, **changes: Any) -> bytes:
    return zipped(signed_entries(entries, identity, **changes))


def refusal(action: Callable[[], object]) -> str:
    """The one sentence with which the action is refused."""
    with pytest.raises(Unreadable) as caught:
        action()
    return sentence(caught.value)


def sentence(error: Unreadable) -> str:
    said = str(error)
    assert said and "\n" not in said and said.endswith((".", "”."))
    return said
