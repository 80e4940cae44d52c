"""Sealed files: what is written here other programs of age open, and the other way round."""

from __future__ import annotations

import base64
import io
import os
import random
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.exchange.package import age, sealing
from dossier_app.exchange.package.sealing import (
    check_recipient,
    fingerprint,
    is_signed,
    new_identity,
    sign,
)
from tests.exchange.package_making import opened, refusal, sealed_with

PASSPHRASE = "семь кошек и йод"
SIZES = [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 3 * age.CHUNK + 5]
IDENTITY = new_identity()
OWN = x25519.Identity.from_str(IDENTITY.age)


@pytest.fixture(scope="module")
def by_passphrase() -> bytes:
    return sealed_with(b"secret", passphrase=PASSPHRASE)


@pytest.mark.parametrize("size", SIZES)
def test_the_library_and_we_read_each_other(size: int) -> None:
    data = random.Random(size).randbytes(size)
    theirs = pyrage.encrypt(data, [OWN.to_public()])
    assert opened(theirs, identity=IDENTITY) == data
    ours = sealed_with(data, recipient=IDENTITY.age_key)
    assert pyrage.decrypt(ours, [OWN]) == data


def test_the_library_and_we_agree_on_passphrases(by_passphrase: bytes) -> None:
    assert pyrage.passphrase.decrypt(by_passphrase, PASSPHRASE) == b"secret"
    theirs = pyrage.passphrase.encrypt(b"theirs", PASSPHRASE)
    if age.work_factors(age.read_header(io.BytesIO(theirs)))[0] > str(sealing.HARDEST).encode():
        pytest.skip("the library asks for more work than we do, on so fast a machine")
    assert opened(theirs, identity=None, passphrase=PASSPHRASE) == b"theirs"


@given(st.lists(st.binary(max_size=200_000), max_size=5))
def test_it_does_not_matter_how_the_parts_are_cut(parts: list[bytes]) -> None:
    envelope = sealing.envelope(recipient=IDENTITY.age_key)
    pieces = list(age.encrypted(parts, envelope))
    assert max(map(len, pieces)) <= age.CHUNK + 300
    assert pyrage.decrypt(b"".join(pieces), [OWN]) == b"".join(parts)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_cut_or_changed_is_noticed(size: int) -> None:
    sealed = sealed_with(bytes(size), recipient=IDENTITY.age_key)
    rng, chunk = random.Random(3), age.CHUNK + 16
    payload = len(sealed) - size - 16 * max(-(-size // age.CHUNK), 1)
    for wrong in (
        sealed[:-1],
        sealed + b"x",
        sealed[: payload + chunk] if size > age.CHUNK else sealed[:payload],
        sealed[:payload] + sealed[payload + chunk :] if size > age.CHUNK else sealed[: payload - 1],
        sealed[:-1] + bytes([sealed[-1] ^ 1]),
        *(_flipped(sealed, rng.randrange(len(age.BEGINNING), len(sealed))) for _ in range(20)),
    ):
        assert refusal(lambda data=wrong: opened(data, identity=IDENTITY))  # type: ignore[misc]
        with pytest.raises((pyrage.DecryptError, OSError)):
            pyrage.decrypt(wrong, [OWN])


def test_headers_are_taken_as_the_library_takes_them() -> None:
    """Whatever is done to the header: what we open, the library opens, to the same."""
    sealed = sealed_with(b"x" * 50, recipient=IDENTITY.age_key)
    end, rng = sealed.index(b"\n---") + 50, random.Random(5)
    stanzas = sealed[len(age.BEGINNING) : end - 49]
    odd = [b"-> X25519\n", b"-> X25519 aaaa\n\n", b"-> a b c\nAAAA\n", b"-> scrypt AAAA 1\n\n"]
    odd += [b"-> x\n" + b"A" * 64 + b"\n\n", b"->\n", b"\n", b"\r\n", b" ", b"=", b"----", stanzas]
    for _ in range(1_500):
        at = rng.randrange(len(age.BEGINNING), end)
        header = sealed[:at] + rng.choice(odd) + sealed[at + rng.choice((0, 0, 1, 5)) : end]
        try:
            ours = opened(header + sealed[end:], identity=IDENTITY)
        except Unreadable:
            continue
        assert pyrage.decrypt(header + sealed[end:], [OWN]) == ours == b"x" * 50


def test_others_may_be_receivers_too() -> None:
    other = x25519.Identity.generate()
    theirs = pyrage.encrypt(b"both", [other.to_public(), OWN.to_public()])
    assert opened(theirs, identity=IDENTITY) == b"both"


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


# --- in words


def test_only_the_matching_identity_opens() -> None:
    sealed = sealed_with(b"x", recipient=IDENTITY.age_key)
    assert opened(sealed, identity=IDENTITY) == b"x"
    assert "somebody else" in refusal(lambda: opened(sealed, identity=new_identity()))
    assert "somebody else" in refusal(lambda: opened(sealed, identity=None))
    assert "damaged" in refusal(lambda: opened(sealed[:-1], identity=IDENTITY))
    assert "no handover" in refusal(lambda: opened(b"PK" + sealed, identity=IDENTITY))
    assert "no handover" in refusal(lambda: opened(b"", identity=IDENTITY))
    assert "damaged" in refusal(lambda: opened(sealed[:30], identity=IDENTITY))


def test_keys() -> None:
    assert check_recipient(f" {IDENTITY.age_key}\n") == IDENTITY.age_key
    with pytest.raises(Refusal, match="begins with"):
        check_recipient("age1hello")
    with pytest.raises(Refusal, match="passphrase or"):
        sealed_with(b"x")
    mark = fingerprint(IDENTITY.signing_key, IDENTITY.age_key)
    assert [len(group) for group in mark.split(" ")] == [5, 5, 5, 5]
    assert mark == IDENTITY.fingerprint != new_identity().fingerprint
    assert is_signed(IDENTITY.signing_key, sign(IDENTITY, b"x"), b"x")
    assert not is_signed(IDENTITY.signing_key, sign(IDENTITY, b"x"), b"y")
    assert not is_signed("zz", b"", b"x")
    assert IDENTITY.age not in repr(IDENTITY) and IDENTITY.signing not in repr(IDENTITY)


def test_the_passphrase_opens(by_passphrase: bytes) -> None:
    # The same words in the Unicode form of another system.
    other_form = unicodedata.normalize("NFD", PASSPHRASE)
    assert other_form != PASSPHRASE
    assert opened(by_passphrase, identity=None, passphrase=other_form) == b"secret"
    assert sealing.needs_passphrase(io.BytesIO(by_passphrase))
    for wrong, words in (("семь собак", "does not open"), ("", "passphrase is needed")):
        assert words in refusal(
            lambda typed=wrong: opened(by_passphrase, identity=IDENTITY, passphrase=typed)  # type: ignore[misc]
        )


@pytest.mark.parametrize("factor", [b"21", b"30", b"99999999999", b"-1", b"1e9"])
def test_too_much_work_is_not_begun(by_passphrase: bytes, factor: bytes) -> None:
    lines = by_passphrase.split(b"\n", 2)
    stanza = lines[1].rsplit(b" ", 1)[0]
    hard = b"\n".join([lines[0], stanza + b" " + factor, lines[2]])
    begun = time.monotonic()
    assert "too much work" in refusal(lambda: opened(hard, identity=None, passphrase="x"))
    assert time.monotonic() - begun < 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory can be taken away")
def test_a_computer_with_too_little_memory_says_so(by_passphrase: bytes) -> None:
    program = """
import io, resource, sys
from dossier_app.domain.errors import Refusal
from dossier_app.exchange.package import age, sealing
data = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
try:
    sealing.decrypt(io.BytesIO(data), len(data), identity=None, passphrase="x", step=print)
except Refusal as refusal:
    print(refusal)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], input=by_passphrase, capture_output=True, check=True
    )
    assert b"too much work" in told.stdout


def test_the_age_program_opens_a_package(tmp_path: Path, by_passphrase: bytes) -> None:
    program = shutil.which("age")
    if program is None or sys.platform == "win32":
        pytest.skip("the age program is not installed")
    keys, sealed, out = tmp_path / "keys", tmp_path / "a.dossier", tmp_path / "a.zip"
    data = random.Random(1).randbytes(200_000)
    keys.write_text(IDENTITY.age)
    sealed.write_bytes(sealed_with(data, recipient=IDENTITY.age_key))
    subprocess.run([program, "-d", "-i", str(keys), "-o", str(out), str(sealed)], check=True)
    assert out.read_bytes() == data
    other = tmp_path / "other"
    other.write_text(str(x25519.Identity.generate()))
    wrong = [program, "-d", "-i", str(other), str(sealed)]
    assert subprocess.run(wrong, capture_output=True, check=False).returncode

    out.unlink()
    sealed.write_bytes(by_passphrase)
    assert _at_a_terminal([program, "-d", "-o", str(out), str(sealed)], "wrong") != 0
    assert not out.exists()
    assert _at_a_terminal([program, "-d", "-o", str(out), str(sealed)], PASSPHRASE) == 0
    assert out.read_bytes() == b"secret"


def _at_a_terminal(command: list[str], passphrase: str) -> int:
    """age asks for a passphrase at a terminal only."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    os.read(terminal, 100)
    os.write(terminal, passphrase.encode() + b"\n")
    while True:
        try:
            if not os.read(terminal, 1000):
                break
        except OSError:  # Linux's way to say that the other end is closed
            break
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_an_armored_file_is_no_package() -> None:
    text = base64.encodebytes(sealed_with(b"x", recipient=IDENTITY.age_key)).decode()
    armored = f"-----BEGIN AGE ENCRYPTED FILE-----\n{text}-----END AGE ENCRYPTED FILE-----\n"
    assert "no handover" in refusal(lambda: opened(armored.encode(), identity=IDENTITY))
