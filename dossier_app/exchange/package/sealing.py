"""Encryption by age, signatures by Ed25519, and the fingerprint that two people compare.

The scrypt work factor is read from the header before anything is decrypted: a package could
ask for hours of work.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.handover import BEGINNING
from dossier_app.domain.handover.passphrase import as_agreed
from dossier_app.domain.language import tr
from dossier_app.exchange.package import age
from dossier_app.exchange.package.age import Envelope
from dossier_app.exchange.package.format import damaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HARDEST = 20  # the scrypt work factor (log2) that is still tried
_CONTEXT = b"dossier handover 1\n"
_GROUPS, _DIGITS = 4, 5  # of a fingerprint: 66 bits


@dataclass(frozen=True, slots=True)
class Identity:
    """Both secret keys of a binder: to sign with (32 bytes, hex), and to open with."""

    signing: str = field(repr=False)
    age: str = field(repr=False)

    @property
    def signing_key(self) -> str:
        """The public half of ``signing``, hex."""
        return _private(self.signing).public_key().public_bytes_raw().hex()

    @property
    def age_key(self) -> str:
        """The public half of ``age``: what others encrypt for."""
        from pyrage import x25519

        return str(x25519.Identity.from_str(self.age).to_public())

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.signing_key, self.age_key)


def new_identity() -> Identity:
    from pyrage import x25519

    return Identity(secrets.token_hex(32), str(x25519.Identity.generate()))


def fingerprint(signing_key: str, age_key: str) -> str:
    """Four groups of five digits, short enough to be read over the phone."""
    digest = hashlib.sha256(f"{signing_key} {age_key}".encode()).digest()
    digits = str(int.from_bytes(digest) % 10 ** (_GROUPS * _DIGITS)).zfill(_GROUPS * _DIGITS)
    return " ".join(digits[n : n + _DIGITS] for n in range(0, len(digits), _DIGITS))


def sign(identity: Identity, data: bytes) -> bytes:
    return bytes(_private(identity.signing).sign(_CONTEXT + data))


def is_signed(signing_key: str, signature: bytes, data: bytes) -> bool:
    """True when the owner of ``signing_key`` (hex) signed ``data``."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing_key))
        key.verify(signature, _CONTEXT + data)
    except (ValueError, InvalidSignature):
        return False
    return True


def check_recipient(key: str) -> str:
    """The key as it is used. Raises Refusal for what is no public key of age."""
    from pyrage import RecipientError, x25519

    try:
        return str(x25519.Recipient.from_str(key.strip()))
    except RecipientError as error:
        raise Refusal(
            tr("“{text}” is no public key; it begins with “age1”.", text=key.strip()[:80])
        ) from error


def is_recipient(key: str) -> bool:
    """True for a public key as `check_recipient` gives it."""
    try:
        return check_recipient(key) == key
    except Refusal:
        return False


def envelope(*, recipient: str = "", passphrase: str = "") -> Envelope:
    """How a file is sealed for whoever has the key or, when there is none, the passphrase;
    that takes a second. Raises Refusal without either."""
    if recipient:
        return age.envelope_for_key(check_recipient(recipient))
    if not passphrase.strip():
        raise Refusal(tr("A package needs a passphrase or the colleague's public key."))
    return age.envelope_for_passphrase(_composed(passphrase))


def needs_passphrase(file: IO[bytes]) -> bool:
    """Whether a sealed file is opened by one. Raises Unreadable when it is no package."""
    return bool(age.work_factors(_header(file)))


def decrypt(
    file: IO[bytes],
    size: int,
    *,
    identity: Identity | None,
    passphrase: str = "",
    step: Callable[[int], None] = lambda _: None,
) -> memoryview:
    """What a sealed file of ``size`` bytes holds; ``step`` is told how many are read.

    Raises Unreadable when it is no package, or is for somebody else, or is damaged.
    """
    header = _header(file)
    try:
        if age.work_factors(header):
            key = _key_by_passphrase(header, passphrase)
        else:
            key = _key_by_identity(header, identity)
        return memoryview(age.decrypted(file, size, header, key, step)).toreadonly()
    except age.Broken as error:
        raise damaged() from error


def _key_by_identity(header: age.Header, identity: Identity | None) -> bytes:
    key = age.key_by_identity(header, identity.age) if identity else None
    if key is None:
        raise Unreadable(
            tr("The package was made for somebody else; this binder does not have the key.")
        )
    return key


def _key_by_passphrase(header: age.Header, passphrase: str) -> bytes:
    for factor in age.work_factors(header):
        if not factor.isdigit() or len(factor) > 2 or int(factor) > HARDEST:
            raise _too_hard()
    if not passphrase:
        raise Unreadable(tr("The package is protected; its passphrase is needed."))
    try:
        key = age.key_by_passphrase(header, _composed(passphrase))
    except (MemoryError, ValueError) as error:  # a gigabyte, which not every computer has
        raise _too_hard() from error
    if key is None:
        raise Unreadable(tr("This passphrase does not open the package."))
    return key


def _too_hard() -> Unreadable:
    return Unreadable(tr("The package asks for too much work to be opened; it was not opened."))


def _header(file: IO[bytes]) -> age.Header:
    begins = file.read(len(BEGINNING)) == BEGINNING
    file.seek(0)
    if not begins:
        raise Unreadable(tr("This file is no handover package."))
    try:
        return age.read_header(file)
    except age.Broken as error:
        raise damaged() from error


def _composed(passphrase: str) -> bytes:
    """The same words typed on another system are the same bytes."""
    return as_agreed(passphrase).encode()


def _private(signing: str) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing))
