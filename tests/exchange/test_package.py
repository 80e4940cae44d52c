"""The package as a file: what is made is read, what is wrong is refused in one sentence."""

from __future__ import annotations

import base64
import io
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pyrage import x25519

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.handover.checking import check
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
from dossier_app.exchange.package import MANIFEST, RECORDS, SIGNATURE, archive, pack, unpack
from dossier_app.exchange.package.format import (
    HANDOVER,
    NAME,
    VERSION,
    Entry,
    Manifest,
    Records,
    Sender,
)
from dossier_app.exchange.package.sealing import (
    Identity,
    check_recipient,
    decrypt,
    encrypt,
    fingerprint,
    is_signed,
    new_identity,
    sign,
)

CONTENT = b"offer" * 20
DAY = date(2026, 11, 25)
MUTANTS = 1_000  # of each of the two kinds
PASSPHRASE = "семь кошек"


@pytest.fixture(scope="module")
def identity() -> Identity:
    return new_identity()


def dossier() -> Dossier:
    person = Person("Ромашкина", "Анна", main=True)
    person.contact_points = [ContactPoint(ContactKind.PHONE, "8 495 000-00-01")]
    person.forms = [FilledForm("relationship_card", {"car": Answer({"make": "Лада"})})]
    return Dossier(
        company="ООО «Ромашка»",
        people=[person],
        place=day_place(DAY),
        history=[HistoryEntry(datetime(2026, 11, 20, 10, tzinfo=UTC), text="говорили")],
        documents=[Document("Смета.pdf", len(CONTENT), sha256(CONTENT).hexdigest(), DAY)],
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


@pytest.fixture(scope="module")
def packed(identity: Identity) -> bytes:
    contents = {sha256(CONTENT).hexdigest(): CONTENT}
    return pack(manifest(identity), Records(dossiers=[dossier()]), contents, identity)


def entries_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as inside:
        return {name: inside.read(name) for name in inside.namelist()}


def zipped(entries: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as inside:
        for name, data in entries:
            inside.writestr(name, data)
    return made.getvalue()


def resigned(entries: dict[str, bytes], identity: Identity, **changes: Any) -> bytes:
    """A package whose sender himself put something wrong inside."""
    rest = {name: data for name, data in entries.items() if name not in (MANIFEST, SIGNATURE)}
    listed = {name: Entry(sha256(data).hexdigest(), len(data)) for name, data in rest.items()}
    told = msgspec.to_builtins(manifest(identity, entries=listed)) | changes
    signed = msgspec.json.encode(told)
    return zipped([(MANIFEST, signed), (SIGNATURE, sign(identity, signed)), *rest.items()])


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(Unreadable) as caught:
        action()
    sentence = str(caught.value)
    assert sentence and "\n" not in sentence
    return sentence


def test_what_is_packed_is_unpacked(identity: Identity, packed: bytes) -> None:
    package = unpack(packed)
    (read,) = package.records.dossiers
    assert read.company == "ООО «Ромашка»"
    assert read.people[0].forms[0].answers["car"].value == {"make": "Лада"}
    assert dict(package.contents) == {sha256(CONTENT).hexdigest(): CONTENT}
    assert package.manifest.sender.signing_key == identity.signing_key
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist()[:3] == [MANIFEST, SIGNATURE, RECORDS]


# --- sealing ---


def test_only_the_matching_identity_opens(identity: Identity) -> None:
    sealed = encrypt(b"x", recipient=identity.age_key)
    assert decrypt(sealed, identity=identity) == b"x"
    assert "somebody else" in refusal(lambda: decrypt(sealed, identity=new_identity()))
    assert "somebody else" in refusal(lambda: decrypt(sealed, identity=None))
    assert "damaged" in refusal(lambda: decrypt(sealed[:-1], identity=identity))
    assert "no handover" in refusal(lambda: decrypt(b"PK" + sealed, identity=identity))
    assert "damaged" in refusal(lambda: decrypt(sealed[:30], identity=identity))


def test_keys(identity: Identity) -> None:
    assert check_recipient(f" {identity.age_key}\n") == identity.age_key
    with pytest.raises(Refusal, match="begins with"):
        check_recipient("age1hello")
    with pytest.raises(Refusal, match="passphrase or"):
        encrypt(b"x")
    mark = fingerprint(identity.signing_key, identity.age_key)
    assert [len(group) for group in mark.split(" ")] == [5, 5, 5, 5]
    assert mark == identity.fingerprint != new_identity().fingerprint
    assert is_signed(identity.signing_key, sign(identity, b"x"), b"x")
    assert not is_signed(identity.signing_key, sign(identity, b"x"), b"y")
    assert not is_signed("zz", b"", b"x")
    assert identity.age not in repr(identity) and identity.signing not in repr(identity)


@pytest.fixture(scope="module")
def by_passphrase(packed: bytes) -> bytes:
    return encrypt(packed, passphrase=PASSPHRASE)


def test_the_passphrase_opens(by_passphrase: bytes, packed: bytes) -> None:
    # The same words in the Unicode form of another system.
    assert decrypt(by_passphrase, identity=None, passphrase="семь кошек") == packed
    assert "does not open" in refusal(
        lambda: decrypt(by_passphrase, identity=None, passphrase="семь собак")
    )
    assert "passphrase is needed" in refusal(lambda: decrypt(by_passphrase, identity=None))


@pytest.mark.parametrize("factor", [b"21", b"30", b"99999999999", b"-1", b"1e9", b""])
def test_too_much_work_is_not_begun(by_passphrase: bytes, factor: bytes) -> None:
    lines = by_passphrase.split(b"\n", 2)
    stanza = lines[1].rsplit(b" ", 1)[0]
    hard = b"\n".join([lines[0], stanza + b" " + factor, lines[2]])
    begun = time.monotonic()
    assert "too much work" in refusal(lambda: decrypt(hard, identity=None, passphrase="x"))
    assert time.monotonic() - begun < 0.5


def test_the_age_program_opens_a_package(
    tmp_path: Path, by_passphrase: bytes, packed: bytes, identity: Identity
) -> None:
    age = shutil.which("age")
    if age is None or sys.platform == "win32":
        pytest.skip("the age program is not installed")
    keys, sealed, out = tmp_path / "keys", tmp_path / "a.dossier", tmp_path / "a.zip"
    keys.write_text(identity.age)
    sealed.write_bytes(encrypt(packed, recipient=identity.age_key))
    subprocess.run([age, "-d", "-i", str(keys), "-o", str(out), str(sealed)], check=True)
    assert out.read_bytes() == packed
    other = tmp_path / "other"
    other.write_text(str(x25519.Identity.generate()))
    wrong = [age, "-d", "-i", str(other), str(sealed)]
    assert subprocess.run(wrong, capture_output=True, check=False).returncode

    out.unlink()
    sealed.write_bytes(by_passphrase)
    import pty

    child, terminal = pty.fork()
    if child == 0:  # age asks for a passphrase at a terminal only
        os.execv(age, [age, "-d", "-o", str(out), str(sealed)])
    os.read(terminal, 100)
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    while True:
        try:
            if not os.read(terminal, 1000):
                break
        except OSError:  # Linux's way to say that the other end is closed
            break
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert out.read_bytes() == packed


# --- what was changed on the way ---


def test_a_swapped_manifest_and_a_forged_signature(identity: Identity, packed: bytes) -> None:
    entries, forger = entries_of(packed), new_identity()
    other = pack(manifest(identity, number=7), Records(), {}, identity)
    swapped = entries | {MANIFEST: entries_of(other)[MANIFEST]}
    both = swapped | {SIGNATURE: entries_of(other)[SIGNATURE]}
    forged = entries | {SIGNATURE: sign(forger, entries[MANIFEST])}
    renamed = entries | {MANIFEST: entries[MANIFEST].replace("Иванов".encode(), "Котов".encode())}
    without = {name: data for name, data in entries.items() if name != SIGNATURE}
    more = entries | {"extra.json": b"{}"}
    document = next(name for name in entries if name.startswith("documents/"))
    other_document = entries | {document: b"other" * 20}
    for wrong in (swapped, both, forged, renamed, without, more, other_document):
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
    for changes in (
        {"format": "zip"},
        {"version": []},
        {"kind": "gift"},
        {"number": 0},
        {"until": "2020-01-01"},
        {"handover": "../x"},
        {"made_at": "2026-11-24T18:00:00"},
    ):
        assert "damaged" in refusal(
            lambda told=changes: unpack(resigned(entries, identity, **told))
        )  # type: ignore[misc]


# --- what a hostile sender packs ---


@pytest.mark.parametrize(
    "name",
    ["../a", "/etc/passwd", "C:\\a", "documents/../a", "documents/" + "A" * 64, "con", "nul.txt",
     "Manifest.json", "documents/", "a" * 300, ".hidden", "документ", "a/b", "-x"],
)  # fmt: skip
def test_hostile_names(identity: Identity, packed: bytes, name: str) -> None:
    assert refusal(lambda: unpack(resigned({**entries_of(packed), name: b"x"}, identity)))
    with pytest.raises(Unreadable):
        archive.read_archive(zipped([(zipfile.ZipInfo(name), b"x")]))


def test_hostile_entries(packed: bytes) -> None:
    entries = list(entries_of(packed).items())
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert "no handover has" in refusal(lambda: unpack(zipped([*entries, (link, b"/etc/passwd")])))
    hidden = zipped([*entries, ("aXb", b"x")]).replace(b"aXb", b"a\0b")
    assert "no handover has" in refusal(lambda: unpack(hidden))
    bomb = zipped([("bomb", bytes(20_000_000))], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 50_000
    assert "no handover has" in refusal(lambda: unpack(bomb))
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped([*entries, entries[-1]])
    assert "no handover has" in refusal(lambda: unpack(twice))


def test_more_than_a_package_holds(monkeypatch: pytest.MonkeyPatch, packed: bytes) -> None:
    many = [(f"e{chr(97 + n // 26)}{chr(97 + n % 26)}", b"") for n in range(30)]
    monkeypatch.setattr(archive, "MOST_ENTRIES", 29)
    assert "more than 500 MB" in refusal(lambda: archive.read_archive(zipped(list(many))))
    with pytest.raises(Refusal, match="more than a package may hold"):
        archive.write_archive(dict(many))
    monkeypatch.setattr(archive, "MOST_BYTES", len(CONTENT))
    assert "more than 500 MB" in refusal(lambda: unpack(packed))


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


# --- mutants ---


def mutated(data: bytes, rng: random.Random) -> bytes:
    """``data`` with one to three things done to it."""
    for _ in range(rng.randint(1, 3)):
        at, size = rng.randrange(len(data)), rng.choice((1, 1, 4, 40))
        piece = data[at : at + size]
        data = rng.choice(
            (
                data[:at] + rng.randbytes(len(piece)) + data[at + size :],
                data[:at] + data[at + size :],
                data[:at] + piece * rng.randint(2, 5) + data[at + size :],
                data[:at],
                data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :],
            )
        ) or b"x"  # fmt: skip
    return data


def test_mutants_are_refused(packed: bytes) -> None:
    rng = random.Random(7)
    same = 0
    for _ in range(MUTANTS):
        mutant = mutated(packed, rng)
        try:
            package = unpack(mutant)
        except Unreadable:
            continue
        # Bytes of the archive that say nothing, such as who wrote it.
        same += 1
        assert package.records.dossiers == unpack(packed).records.dossiers
    assert same < MUTANTS / 10


def test_mutants_by_the_sender_are_refused_or_fit(identity: Identity, packed: bytes) -> None:
    """Signed as they are, so that everything behind the signature is reached."""
    rng = random.Random(11)
    entries = entries_of(packed)
    odd = [b"null", b"-1", b"1e999", b"[]", b"{}", b'""', b"true", b'"9999-12-31"', b'"\\ud800"',
           b"9" * 30, b'"\\u0000"', b"[" * 50, b'"' + b"a" * 5000 + b'"']  # fmt: skip
    fit = 0
    for _ in range(MUTANTS):
        records = entries[RECORDS]
        if rng.random() < 0.5:
            values = [n for n, char in enumerate(records) if char in b":[,"]
            at = rng.choice(values) + 1
            end = min(
                n for n in (records.find(b",", at), records.find(b"}", at), len(records)) if n > 0
            )
            records = records[:at] + rng.choice(odd) + records[end:]
        else:
            records = mutated(records, rng)
        try:
            package = unpack(resigned({**entries, RECORDS: records}, identity))
        except Unreadable:
            continue
        fit += 1
        for one in package.records.dossiers:
            check(one)
    assert 0 < fit < MUTANTS


def test_mutants_of_the_sealed_file_are_refused(identity: Identity, packed: bytes) -> None:
    sealed = encrypt(packed, recipient=identity.age_key)
    rng = random.Random(13)
    for _ in range(200):
        mutant = mutated(sealed, rng)
        if mutant != sealed:
            refusal(lambda data=mutant: decrypt(data, identity=identity))  # type: ignore[misc]


def test_an_armored_file_is_no_package(identity: Identity, packed: bytes) -> None:
    text = base64.encodebytes(encrypt(packed, recipient=identity.age_key)).decode()
    armored = f"-----BEGIN AGE ENCRYPTED FILE-----\n{text}-----END AGE ENCRYPTED FILE-----\n"
    assert "no handover" in refusal(lambda: decrypt(armored.encode(), identity=identity))
