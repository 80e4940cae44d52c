"""Encryption by age, signatures by Ed25519, and the fingerprint that two people compare.

age: https://age-encryption.org/v1. The scrypt work factor is read from the header before
anything is decrypted: the library would start to work on what asks for hours.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.language import tr
from dossier_app.exchange.package.format import damaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HARDEST = 20  # the scrypt work factor (log2) that is still tried
_CONTEXT = b"dossier handover 1\n"
_HEADER = b"age-encryption.org/v1\n"
_LONGEST_HEADER = 64 * 1024
_SCRYPT = re.compile(rb"-> scrypt [^ \n]+ ([^\n]*)\n")
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


def encrypt(data: bytes, *, recipient: str = "", passphrase: str = "") -> bytes:
    """``data`` for whoever has the key or, when there is none, the passphrase."""
    import pyrage

    if recipient:
        public = pyrage.x25519.Recipient.from_str(check_recipient(recipient))
        return bytes(pyrage.encrypt(data, [public]))
    if not passphrase.strip():
        raise Refusal(tr("A package needs a passphrase or the colleague's public key."))
    return bytes(pyrage.passphrase.encrypt(data, unicodedata.normalize("NFC", passphrase)))


def decrypt(data: bytes, *, identity: Identity | None, passphrase: str = "") -> bytes:
    """Raises Unreadable when it is no package, or is for somebody else, or is damaged."""
    import pyrage

    factors = _SCRYPT.findall(_header(data))
    try:
        if not factors:
            own = [pyrage.x25519.Identity.from_str(identity.age)] if identity else []
            return bytes(pyrage.decrypt(data, own))
        if any(
            not factor.isdigit() or len(factor) > 2 or int(factor) > HARDEST for factor in factors
        ):
            raise Unreadable(
                tr("The package asks for too much work to be opened; it was not opened.")
            )
        if not passphrase:
            raise Unreadable(tr("The package is protected; its passphrase is needed."))
        secret = unicodedata.normalize("NFC", passphrase)
        return bytes(pyrage.passphrase.decrypt(data, secret))
    except pyrage.DecryptError as error:
        raise _refusal(str(error)) from error


def _refusal(reason: str) -> Unreadable:
    """In our words what age says."""
    if reason == "No matching keys found":
        return Unreadable(
            tr("The package was made for somebody else; this binder has not the key.")
        )
    if reason == "Decryption failed":
        return Unreadable(tr("This passphrase does not open the package."))
    return damaged()


def _header(data: bytes) -> bytes:
    if not data.startswith(_HEADER):
        raise Unreadable(tr("This file is no handover package."))
    end = data.find(b"\n---", 0, _LONGEST_HEADER)
    if end < 0:
        raise damaged()
    return data[: end + 1]


def _private(signing: str) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing))
