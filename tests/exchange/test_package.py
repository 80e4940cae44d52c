"""The package as a file: what is made is read, what is wrong is refused in one sentence."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections import Counter
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.records import Dossier
from dossier_app.exchange import package as exchange
from dossier_app.exchange.package import MANIFEST, RECORDS, SIGNATURE, Content, archive
from dossier_app.exchange.package.format import Records
from dossier_app.exchange.package.sealing import Identity, new_identity, sign
from tests.exchange.package_making import (
    CONTENT,
    OTHER,
    content,
    entries_of,
    good_package,
    manifest,
    pack,
    refusal,
    resigned,
    signed_entries,
    unpack,
    zipped,
)
from tests.exchange.package_mutants import OTHER as SAYS_OTHER
from tests.exchange.package_mutants import SAME, Mutants

MUTANTS = 2_000
DOCUMENT = "documents/" + sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def identity() -> Identity:
    return new_identity()


@pytest.fixture(scope="module")
def packed(identity: Identity) -> bytes:
    return good_package(identity)


def test_what_is_packed_is_unpacked(identity: Identity, packed: bytes) -> None:
    package = unpack(packed)
    (read,) = package.records.dossiers
    assert read.company == "ООО «Ромашка»"
    assert read.people[0].forms[0].answers["car"].value == {"make": "Лада"}
    assert dict(package.contents) == {sha256(data).hexdigest(): data for data in (CONTENT, OTHER)}
    assert package.bytes_of_documents == len(CONTENT) + len(OTHER)
    assert package.manifest.sender.signing_key == identity.signing_key
    with zipfile.ZipFile(io.BytesIO(packed)) as inside:
        assert inside.namelist()[:3] == [MANIFEST, SIGNATURE, RECORDS]
        assert inside.testzip() is None


def test_a_content_is_read_when_it_is_its_turn(identity: Identity) -> None:
    """And what is not as it was called is not sent."""
    asked = []

    def parts(number: int) -> Any:
        asked.append(number)
        yield CONTENT

    mark = sha256(CONTENT).hexdigest()
    contents = [Content(mark, len(CONTENT), parts(1)), Content("0" * 64, 100, parts(2))]
    pieces = exchange.pack(manifest(identity), Records(), contents, identity)
    next(pieces)
    assert asked == []
    with pytest.raises(Refusal, match="contents of a document are damaged"):
        list(pieces)
    assert asked == [1, 2]


# --- what was changed on the way ---


def test_a_swapped_manifest_and_a_forged_signature(identity: Identity, packed: bytes) -> None:
    entries, forger = entries_of(packed), new_identity()
    other = entries_of(pack(manifest(identity, number=7), Records(), [], identity))
    swapped = entries | {MANIFEST: other[MANIFEST]}
    both = swapped | {SIGNATURE: other[SIGNATURE]}
    forged = entries | {SIGNATURE: sign(forger, entries[MANIFEST])}
    renamed = entries | {MANIFEST: entries[MANIFEST].replace("Иванов".encode(), "Котов".encode())}
    without = {name: data for name, data in entries.items() if name != SIGNATURE}
    more = entries | {"extra.json": b"{}"}
    less = {name: data for name, data in entries.items() if name != DOCUMENT}
    other_document = entries | {DOCUMENT: b"other" * 20}
    longer_document = entries | {DOCUMENT: CONTENT + b"x"}
    for wrong in (
        *(swapped, both, forged, renamed, without),
        *(more, less, other_document, longer_document),
    ):
        assert "damaged" in refusal(lambda data=wrong: unpack(zipped(list(data.items()))))  # type: ignore[misc]


def test_versions(identity: Identity, packed: bytes) -> None:
    entries = entries_of(packed)
    assert "newer version" in refusal(lambda: unpack(resigned(entries, identity, version=[2, 0])))
    newer = resigned({**entries, "maps.json": b"[]"}, identity, version=[1, 9], colour="blue")
    assert unpack(newer).manifest.version == (1, 9)
    known = msgspec.json.decode(entries[RECORDS])
    known["dossiers"][0]["aura"] = {"x": 1}
    with_more = {**entries, RECORDS: msgspec.json.encode(known)}
    assert unpack(resigned(with_more, identity)).records.dossiers[0].company


@pytest.mark.parametrize(
    "told",
    [
        {"format": "zip"},
        {"version": []},
        {"kind": "gift"},
        {"number": 0},
        {"number": 10**40},
        {"until": "2020-01-01"},
        {"from": "0001-01-01"},
        {"until": "9999-12-31"},
        {"handover": "../x"},
        {"made_at": "2026-11-24T18:00:00"},
        {"to": "two\nlines"},
        {"owner": "\u202eback to front"},
        {"to": "x" * 5000},
        {"sender": {"name": "", "signing_key": "?", "age_key": "?"}},
        {"sender": {"name": "Иванов", "signing_key": "?", "age_key": "age1nobody"}},
    ],
    ids=str,
)
def test_what_a_manifest_may_not_say(
    identity: Identity, packed: bytes, told: dict[str, Any]
) -> None:
    for part, own in (("signing_key", identity.signing_key), ("age_key", identity.age_key)):
        if told.get("sender", {}).get(part) == "?":
            told["sender"][part] = own
    assert "damaged" in refusal(lambda: unpack(resigned(entries_of(packed), identity, **told)))


# --- what a hostile sender packs ---


@pytest.mark.parametrize(
    "name",
    ["../a", "/etc/passwd", "C:\\a", "documents/../a", "documents/" + "A" * 64, "con", "nul.txt",
     "aux", "com1", "Manifest.json", "documents/", "a" * 300, ".hidden", "документ", "a/b", "-x",
     DOCUMENT.upper(), "documents\\" + "0" * 64, "a.", "a ", "./a"],
)  # fmt: skip
def test_hostile_names(identity: Identity, packed: bytes, name: str) -> None:
    assert refusal(lambda: unpack(resigned({**entries_of(packed), name: b"x"}, identity)))
    with pytest.raises(Unreadable):
        archive.read_archive(memoryview(zipped([(zipfile.ZipInfo(name), b"x")])))


def test_hostile_entries(identity: Identity, packed: bytes) -> None:
    entries = signed_entries(entries_of(packed), identity)
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert "no handover has" in refusal(lambda: unpack(zipped([*entries, (link, b"/etc/passwd")])))
    hidden = zipped([*entries, ("aXb", b"x")]).replace(b"aXb", b"a\0b")
    assert "no handover has" in refusal(lambda: unpack(hidden))
    bomb = zipped([("bomb", bytes(20_000_000))], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 50_000
    assert "no handover has" in refusal(lambda: unpack(bomb))
    for twice in (entries[0], entries[-1]):
        with pytest.warns(UserWarning, match="Duplicate name"):
            data = zipped([*entries, twice])
        assert "no handover has" in refusal(lambda packed=data: unpack(packed))  # type: ignore[misc]


# Where the fields of the last entry's line and of the end stand, counted from the end of
# the archive; a name of a document has 74 bytes.
_LINE, _FINISH = -22 - 46 - 74, -22


@pytest.mark.parametrize(
    ("at", "field"),
    [
        (_LINE + 8, b"\x01\x00"),  # encrypted
        (_LINE + 10, b"\x08\x00"),  # compressed
        (_LINE + 20, b"\xff\xff\xff\xff"),  # its size stands elsewhere (ZIP64)
        (_LINE + 24, b"\x01\x00\x00\x00"),  # another size
        (_LINE + 16, b"\x00\x00\x00\x00"),  # another check sum
        (_LINE + 30, b"\x04\x00"),  # more said of it
        (_LINE + 32, b"\x04\x00"),  # a remark
        (_LINE + 42, b"\x00\x00\x00\x00"),  # the bytes of the first entry, once more
        (_LINE + 42, b"\xff\xff\xff\xff"),  # it stands elsewhere (ZIP64)
        (_FINISH + 8, b"\xff\xff\xff\xff"),  # their number stands elsewhere (ZIP64)
        (_FINISH + 8, b"\x01\x00\x01\x00"),  # fewer than there are
        (_FINISH + 12, b"\x00\x00\x00\x00"),  # a list of no length
        (_FINISH + 16, b"\x00\x00\x00\x00"),  # a list at the beginning
        (_FINISH + 20, b"\x05\x00"),  # a remark that is not there
    ],
)
def test_lies_in_the_list(identity: Identity, packed: bytes, at: int, field: bytes) -> None:
    whole = resigned(entries_of(packed), identity)
    place = len(whole) + at
    assert whole[len(whole) + _LINE :][:4] == b"PK\1\2"
    assert unpack(whole)
    changed = whole[:place] + field + whole[place + len(field) :]
    assert changed != whole
    assert refusal(lambda: unpack(changed))


def test_more_than_one_archive(identity: Identity, packed: bytes) -> None:
    """Other programs look from the other end, or pass over what they do not know."""
    other = pack(manifest(identity, number=9), Records(), [], identity)
    remark = bytearray(packed + other)
    remark[len(packed) - 2 : len(packed)] = len(other).to_bytes(2, "little")
    for wrong in (other + packed, packed + other, b"MZ" + packed, packed + b"\0", bytes(remark)):
        assert "damaged" in refusal(lambda data=wrong: unpack(data))  # type: ignore[misc]


def test_more_than_a_package_holds(monkeypatch: pytest.MonkeyPatch, identity: Identity) -> None:
    packed = good_package(identity)
    many = [(f"e{chr(97 + n // 26)}{chr(97 + n % 26)}", b"") for n in range(30)]
    monkeypatch.setattr(archive, "MOST_ENTRIES", 4)
    assert "more than 500 MB" in refusal(
        lambda: archive.read_archive(memoryview(zipped(list(many))))
    )
    with pytest.raises(Refusal, match="more than a package may hold"):
        good_package(identity)
    monkeypatch.setattr(archive, "MOST_ENTRIES", 5)
    assert unpack(good_package(identity))
    most = sum(map(len, entries_of(packed).values()))
    monkeypatch.setattr(archive, "MOST_BYTES", most - 1)
    assert "more than 500 MB" in refusal(lambda: unpack(packed))
    with pytest.raises(Refusal, match="more than a package may hold"):
        pack(manifest(identity), Records(), [content(bytes(most))], identity)


def test_what_is_no_dossier(identity: Identity, packed: bytes) -> None:
    entries = entries_of(packed)
    good = entries[RECORDS]
    deep = b'{"make":' * 60 + b"1" + b"}" * 60
    for old, new in (
        (b'"day"', b'"nowhere"'),
        (b"2026-11-25", b"2026-13-45"),
        (b'{"make":"\xd0\x9b\xd0\xb0\xd0\xb4\xd0\xb0"}', deep),
        (b'"size":100', b'"size":99'),
        (b"\xd0\xa1\xd0\xbc\xd0\xb5\xd1\x82\xd0\xb0.pdf", b"../../x"),
        (b'"tries":0', b'"tries":' + b"9" * 400),
        (b'"company":"', b'"company":7,"x":"'),
        (sha256(CONTENT).hexdigest().encode(), b"0" * 64),
    ):
        assert old in good
        bad = {**entries, RECORDS: good.replace(old, new)}
        assert "damaged" in refusal(lambda data=bad: unpack(resigned(data, identity)))  # type: ignore[misc]


@pytest.mark.parametrize(
    "wild",
    [
        b'{"dossiers":[' + b"{}," * 5_000 + b"{}]}",
        b'{"dossiers":[{"people":[' + b"{}," * 1_000_000 + b"{}]}]}",
        b'{"dossiers":[' + b"[],{}," * 2_000_000,
        b'{"dossiers":["' + b'\\"' * 8_000_000,  # a text that never ends
        b'"' * 8_000_000,
        b'{"x":"' + b"a" * (64 << 20) + b'"}',
    ],
    ids=["dossiers", "objects", "brackets", "escapes", "texts", "bytes"],
)
def test_what_is_made_to_take_memory(identity: Identity, packed: bytes, wild: bytes) -> None:
    entries = entries_of(packed) | {RECORDS: wild}
    tracemalloc.start()
    assert "damaged" in refusal(lambda: unpack(resigned(entries, identity)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 600 << 20


def test_as_many_dossiers_as_are_read_are_written(identity: Identity) -> None:
    few = Dossier(company="x")
    with pytest.raises(Refusal, match="more than a package may hold"):
        pack(manifest(identity), Records(dossiers=[few] * 5_001), [], identity)


# --- mutants ---


def test_mutants_are_refused_or_fit() -> None:
    """Whatever is done to a package, it is refused in one sentence or fits a binder. What
    nobody signed says nothing new, in whatever bytes."""
    mutants, became = Mutants(new_identity(), seed=7), Counter[tuple[str, str]]()
    for mutant in mutants.make(MUTANTS):
        became[mutant.kind, mutants.outcome(mutant)] += 1
    kinds = {kind for kind, _ in became}
    assert len(kinds) == 8 and became.total() == MUTANTS
    for kind in kinds:
        opened = sum(count for (one, what), count in became.items()
                     if one == kind and what in (SAME, SAYS_OTHER))  # fmt: skip
        assert opened < MUTANTS / 8 * 0.6, kind
    assert became["records", SAYS_OTHER] > 0
    # Every way to refuse is reached.
    said = {what for _, what in became}
    for words in ("damaged", "no handover package", "somebody else", "no handover has"):
        assert any(words in what for what in said), words
