"""Packages that somebody changed: at random, or because he wanted to."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import msgspec

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.handover.checking import check
from dossier_app.exchange.package import MANIFEST, RECORDS, SIGNATURE, Package, sealing
from dossier_app.exchange.package import unpack as unpack_view
from dossier_app.exchange.package.sealing import Identity, sign
from tests.exchange.package_making import (
    entries_of,
    good_package,
    manifest,
    resigned,
    sealed_with,
    sentence,
    zipped,
)

FILE, HEADER = "bytes of the file", "header of the file"
SAME, OTHER = "opened, says the same", "opened, says other fitting things"
_NAMES = ["../a", "/etc/passwd", "c:\\a", "con", "nul.txt", "aux", "a/b", "link", "Records.json",
          "records.json", "manifest.json", "x", "documents/" + "0" * 64]  # fmt: skip
_ODD: list[Any] = [
    None, -1, 0, 2**63, 2**70, 10**40, 1.5, [], {}, "", True, "9999-12-31", "0001-01-01", "\0",
    "\u202e", "x" * 5000, "../../x", [[[]]], {"a": {"a": {}}}, "2026-13-45", "day", "con",
]  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A sealed package, and which kind of change was made to it. Of ``signed`` ones the
    sender means what he says."""

    kind: str
    sealed: bytes
    signed: bool = False


class Mutants:
    """Makes mutants of one good package that is sealed for ``receiver``."""

    def __init__(self, receiver: Identity, seed: int) -> None:
        self.receiver, self.rng = receiver, random.Random(seed)
        self.sender = sealing.new_identity()
        self.packed = good_package(self.sender)
        self.entries = entries_of(self.packed)
        self.sealed = self._seal(self.packed)
        self.good = unpack_view(memoryview(self.packed))

    def make(self, count: int) -> Iterator[Mutant]:
        makers = (self._file, self._header, self._archive, self._parts, self._list,
                  self._records, self._manifest, self._raw_records)  # fmt: skip
        for number in range(count):
            yield makers[number % len(makers)]()

    def outcome(self, mutant: Mutant) -> str:
        """The sentence of the refusal, or what became of the package. Anything but a good
        answer raises."""
        try:
            package = open_sealed(mutant.sealed, self.receiver)
        except Unreadable as error:
            return sentence(error)
        # Nothing of a sealed file may be changed; of an archive, what says nothing.
        assert mutant.kind not in (FILE, HEADER) or mutant.sealed == self.sealed
        for one in package.records.dossiers:
            check(one)
        if package.records == self.good.records and package.contents == self.good.contents:
            return SAME
        assert mutant.signed, f"{mutant.kind}: other things without a signature"
        return OTHER

    def _seal(self, packed: bytes) -> bytes:
        return sealed_with(packed, recipient=self.receiver.age_key)

    def _file(self) -> Mutant:
        return Mutant(FILE, mutated(self.sealed, self.rng))

    def _header(self) -> Mutant:
        end = self.sealed.index(b"\n---") + 50
        return Mutant(HEADER, mutated(self.sealed[:end], self.rng) + self.sealed[end:])

    def _archive(self) -> Mutant:
        return Mutant("bytes of the archive", self._seal(mutated(self.packed, self.rng)))

    def _list(self) -> Mutant:
        """Where a ZIP says what is in it."""
        packed, end = bytearray(self.packed), len(self.packed)
        listed = int.from_bytes(packed[end - 10 : end - 6], "little")
        for _ in range(self.rng.randint(1, 3)):
            at = self.rng.choice(
                [self.rng.randrange(listed, end), self.rng.randrange(end - 22, end)]
            )
            packed[at] = self.rng.choice([0, 1, 8, 0xFF, packed[at] ^ 1, self.rng.randrange(256)])
        return Mutant("list of the archive", self._seal(bytes(packed)))

    def _parts(self) -> Mutant:
        """Entries twice, in another order, under other names; something around them."""
        items: list[tuple[str | zipfile.ZipInfo, bytes]] = list(self.entries.items())
        at = self.rng.randrange(len(items))
        name, data = items[at]
        change = self.rng.randrange(6)
        if change == 0:
            items.append((name, mutated(data, self.rng)))
        elif change == 1:
            self.rng.shuffle(items)
        elif change == 2:
            items[at] = (self.rng.choice(_NAMES), data)
        elif change == 3:
            items.insert(at, (self.rng.choice(_NAMES), data))
        elif change == 4:
            del items[at]
        archive = _zipped(items)
        if change == 5:
            around = self.rng.randbytes(self.rng.randint(1, 60))
            archive = self.rng.choice((around + archive, archive + around, archive + archive))
        return Mutant("parts of the archive", self._seal(archive))

    def _records(self) -> Mutant:
        records = msgspec.json.decode(self.entries[RECORDS])
        for _ in range(self.rng.randint(1, 2)):
            disturb(records, self.rng)
        return self._signed("records", records=msgspec.json.encode(records))

    def _raw_records(self) -> Mutant:
        records = self.entries[RECORDS]
        if self.rng.random() < 0.3:
            at = self.rng.choice([n for n, char in enumerate(records) if char in b":[,"]) + 1
            deep = self.rng.choice((b"[", b'{"a":')) * self.rng.choice((45, 5000))
            odd = self.rng.choice((deep, b"1e999", b"-", b"9" * 5000, b'"\\ud800"', b"\xff"))
            records = records[:at] + odd + records[at:]
        else:
            records = mutated(records, self.rng)
        return self._signed("bytes of the records", records=records)

    def _manifest(self) -> Mutant:
        told = msgspec.to_builtins(manifest(self.sender, entries=self.good.manifest.entries))
        disturb(told, self.rng)
        signed = msgspec.json.encode(told)
        entries = self.entries | {MANIFEST: signed, SIGNATURE: sign(self.sender, signed)}
        return Mutant("manifest", self._seal(zipped(list(entries.items()))), signed=True)

    def _signed(self, kind: str, *, records: bytes) -> Mutant:
        archive = resigned({**self.entries, RECORDS: records}, self.sender)
        return Mutant(kind, self._seal(archive), signed=True)


def open_sealed(sealed: bytes, identity: Identity) -> Package:
    data = sealing.decrypt(io.BytesIO(sealed), len(sealed), identity=identity)
    return unpack_view(data, len(sealed))


def mutated(data: bytes, rng: random.Random) -> bytes:
    """``data`` with one to three things done to it."""
    for _ in range(rng.randint(1, 3)):
        at, size = rng.randrange(len(data)), rng.choice((1, 1, 4, 40))
        before, piece, after = data[:at], data[at : at + size], data[at + size :]
        flipped = bytes([piece[0] ^ 1 << rng.randrange(8)]) + piece[1:]
        middle = rng.choice((rng.randbytes(len(piece)), b"", piece * rng.randint(2, 5), flipped))
        data = before if rng.random() < 0.2 else before + middle + after
        data = data or b"x"
    return data


def disturb(data: Any, rng: random.Random) -> None:
    """Put something odd in one place of the JSON: a value, a name, two values swapped."""
    while data:
        places = list(data) if isinstance(data, dict) else list(range(len(data)))
        place, other = rng.choice(places), rng.choice(places)
        inner = data[place]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.9:
            data = inner
            continue
        change = rng.random()
        if change < 0.2:
            data[place], data[other] = data[other], inner
        elif change < 0.4 and isinstance(data, dict):
            data[rng.choice(["x", "", f"{place}x", str(other)])] = data.pop(place)
        elif change < 0.5 and isinstance(data, list):
            data.append(deepcopy(inner))
        else:
            data[place] = deepcopy(rng.choice(_ODD))
        return


def _zipped(items: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """`zipped` without the warning of names that stand twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        for name, data in items:
            inside.NameToInfo.clear()
            inside.writestr(name, data)
    return made.getvalue()
