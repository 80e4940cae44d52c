"""Files in the format of age, made and read piece by piece: https://age-encryption.org/v1.

The library `pyrage` takes and gives what has a passphrase only whole, with as much work as
the machine does in a second (a gigabyte of memory on a fast one), and lets nothing else run
meanwhile. So it makes the keys, and here is what goes through a file: X25519 and scrypt, the
two ways that a package is sealed. Other stanzas of a header are passed over.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from dossier_app.domain.handover import BEGINNING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK = 64 * 1024  # bytes of the payload that are encrypted together
WORK = 18  # log2 of scrypt's work: a second, and 256 MB of memory, as the age program takes

_LONGEST_HEADER = 64 * 1024
_TAG = 16  # bytes that encryption adds to a chunk
_X25519 = b"age-encryption.org/v1/X25519"
_SCRYPT = b"age-encryption.org/v1/scrypt"
_BASE32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BASE64 = rb"[A-Za-z0-9+/]"
_STANZA = re.compile(
    rb"-> ([!-~]+(?: [!-~]+)*)\n((?:" + _BASE64 + rb"{64}\n)*" + _BASE64 + rb"{0,63})\n"
)
_END = re.compile(rb"--- (" + _BASE64 + rb"{43})\n")


class Broken(Exception):
    """The file is not as age writes it, or was changed."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The header of a new file, and the key of the file that is wrapped in it."""

    header: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to open a file."""

    kind: bytes
    arguments: list[bytes]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The beginning of a file. ``signed`` are the bytes that ``mac`` speaks of."""

    stanzas: list[Stanza]
    signed: bytes
    mac: bytes
    size: int


def envelope_for_key(recipient: str) -> Envelope:
    """``recipient`` is a public key, "age1…", known to be one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    public, passing = _raw(recipient), X25519PrivateKey.generate()
    share = passing.public_key().public_bytes_raw()
    secret = passing.exchange(X25519PublicKey.from_public_bytes(public))
    return _envelope([b"X25519", _encoded(share)], _derived(secret, share + public, _X25519))


def envelope_for_passphrase(passphrase: bytes) -> Envelope:
    """Takes a second, and lets other threads run."""
    salt = secrets.token_bytes(16)
    arguments = [b"scrypt", _encoded(salt), str(WORK).encode()]
    return _envelope(arguments, _stretched(passphrase, salt, WORK))


def encrypted(parts: Iterable[bytes], envelope: Envelope) -> Iterator[bytes]:
    """The file that holds ``parts``, in pieces of about `CHUNK`."""
    nonce = secrets.token_bytes(16)
    cipher = _cipher(_derived(envelope.key, nonce, b"payload"))
    yield envelope.header + nonce
    waiting, number = bytearray(), 0
    for part in parts:
        waiting += part
        while len(waiting) > CHUNK:  # the last one is sealed as such, so one stays
            yield cipher.encrypt(_nonce(number), bytes(waiting[:CHUNK]), None)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), None)


def read_header(file: IO[bytes]) -> Header:
    """Raises Broken for what has none; leaves ``file`` anywhere."""
    data, stanzas, at = file.read(_LONGEST_HEADER), [], len(BEGINNING)
    if not data.startswith(BEGINNING):
        raise Broken
    while (found := _STANZA.match(data, at)) is not None:
        kind, *arguments = found[1].split(b" ")
        stanzas.append(Stanza(kind, arguments, _decoded(found[2].replace(b"\n", b""))))
        at = found.end()
    end = _END.match(data, at)
    if end is None or not stanzas:
        raise Broken
    return Header(stanzas, data[: at + 3], _decoded(end[1]), end.end())


def key_by_identity(header: Header, identity: str) -> bytes | None:
    """The key of the file by a secret key, "AGE-SECRET-KEY-1…"; None when it is not for this
    one. Raises Broken for a header that was changed."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own = X25519PrivateKey.from_private_bytes(_raw(identity))
    public = own.public_key().public_bytes_raw()
    for stanza in header.stanzas:
        if stanza.kind != b"X25519":
            continue
        if len(stanza.arguments) != 1:
            raise Broken
        share = _decoded(stanza.arguments[0])
        try:
            secret = own.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:  # not 32 bytes, or a point that gives nothing away
            raise Broken from error
        key = _unwrapped(stanza, _derived(secret, share + public, _X25519))
        if key is not None:
            return _checked(header, key)
    return None


def work_factors(header: Header) -> list[bytes]:
    """What a passphrase costs, log2, as the header says; empty when it needs none."""
    return [stanza.arguments[-1] if stanza.arguments else b"" for stanza in header.stanzas
            if stanza.kind == b"scrypt"]  # fmt: skip


def key_by_passphrase(header: Header, passphrase: bytes) -> bytes | None:
    """The key of the file; None for another passphrase. Does the work that the header says:
    look at `work_factors` first. Raises Broken for a header that was changed."""
    (stanza, *others) = header.stanzas
    if others or stanza.kind != b"scrypt" or len(stanza.arguments) != 2:
        raise Broken
    salt, work = stanza.arguments
    if not re.fullmatch(rb"[1-9][0-9]?", work) or len(_decoded(salt)) != 16:
        raise Broken
    key = _unwrapped(stanza, _stretched(passphrase, _decoded(salt), int(work)))
    return None if key is None else _checked(header, key)


def decrypted(
    file: IO[bytes], size: int, header: Header, key: bytes, step: Callable[[int], None]
) -> bytearray:
    """What a file of ``size`` bytes holds, in one buffer. ``step`` is told the bytes read.
    Raises Broken when it was changed or is not whole."""
    file.seek(header.size)
    nonce = file.read(16)
    left = size - header.size - 16
    chunks = max(-(-left // (CHUNK + _TAG)), 1)
    if left < chunks * _TAG or (chunks > 1 and left == (chunks - 1) * (CHUNK + _TAG) + _TAG):
        raise Broken
    cipher = _cipher(_derived(key, nonce, b"payload"))
    plain, at = bytearray(left - chunks * _TAG), 0
    for number in range(chunks):
        sealed = file.read(CHUNK + _TAG)
        piece = _opened(cipher, _nonce(number, last=number == chunks - 1), sealed)
        if piece is None or at + len(piece) > len(plain):
            raise Broken
        plain[at : at + len(piece)] = piece
        at += len(piece)
        step(size - left + number * (CHUNK + _TAG) + len(sealed))
    if at != len(plain) or file.read(1):
        raise Broken
    return plain


def _envelope(arguments: list[bytes], wrapping: bytes) -> Envelope:
    key = secrets.token_bytes(16)
    body = _encoded(_cipher(wrapping).encrypt(bytes(12), key, None))
    signed = BEGINNING + b"-> " + b" ".join(arguments) + b"\n" + body + b"\n---"
    return Envelope(signed + b" " + _encoded(_mac(key, signed)) + b"\n", key)


def _unwrapped(stanza: Stanza, wrapping: bytes) -> bytes | None:
    if len(stanza.body) != 16 + _TAG:
        raise Broken
    return _opened(_cipher(wrapping), bytes(12), stanza.body)


def _checked(header: Header, key: bytes) -> bytes:
    if not hmac.compare_digest(_mac(key, header.signed), header.mac):
        raise Broken
    return key


def _mac(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(_derived(key, b"", b"header"), signed, "sha256")


def _nonce(number: int, *, last: bool = False) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _opened(cipher: ChaCha20Poly1305, nonce: bytes, sealed: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(nonce, sealed, None)
    except InvalidTag:
        return None


def _cipher(key: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key)


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def _stretched(passphrase: bytes, salt: bytes, work: int) -> bytes:
    memory = 1024 << work  # bytes; a little more is asked for beside it
    return hashlib.scrypt(
        passphrase, salt=_SCRYPT + salt, n=1 << work, r=8, p=1, dklen=32, maxmem=memory + (1 << 20)
    )


def _raw(key: str) -> bytes:
    """The 32 bytes of a key in Bech32; its check digits were looked at when it came."""
    digits = key.lower().rpartition("1")[2][:-6]
    number = 0
    for digit in digits:
        number = number << 5 | _BASE32.index(digit)
    return (number >> 5 * len(digits) - 256).to_bytes(32)


def _encoded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    """Raises Broken for anything but the one way to write it."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError as error:
        raise Broken from error
    if _encoded(data) != text:
        raise Broken
    return data
