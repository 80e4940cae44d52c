"""The key of the database, and the slots of ``binder.key`` that each can give it out.

The database key is 32 random bytes and never changes. Each slot wraps it: *unprotected*
holds it in the clear (until the rep chooses a passphrase; the window keeps saying so),
*passphrase* under AES-256-GCM with a key that Argon2id makes from the passphrase,
*recovery* under one that follows from a long random code on paper. So a change of
passphrase rewrites this small file, and its copies beside the backups, only.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.storage.folder import KEY_SUFFIX, DataFolder, write_whole

VERSION = 1
KEY_BYTES = 32
# The second of the two settings that RFC 9106 (section 4) recommends.
ARGON2 = {"memory_kib": 64 * 1024, "passes": 3, "lanes": 4}
# More than this a key file may not ask for: it would stop the computer, not a guesser.
ARGON2_MOST = {"memory_kib": 2 * 1024 * 1024, "passes": 100, "lanes": 64}
UNPROTECTED, PASSPHRASE, RECOVERY = "unprotected", "passphrase", "recovery"
_KINDS = (UNPROTECTED, PASSPHRASE, RECOVERY)
_AWAITS = "awaits_database"
_CONTEXT = b"dossier binder key 1"
_RECOVERY_BYTES = 20  # 160 random bits: nothing to stretch
_GROUP = 4  # signs of a recovery code that are written together
# Crockford's base 32: no sign looks like another one.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011", " -\t\n")


@dataclass(frozen=True, slots=True)
class Protection:
    """Which slots a key file has."""

    passphrase: bool
    recovery: bool = False

    @property
    def is_open(self) -> bool:
        """True when anybody with the files can read the binder."""
        return not self.passphrase


def create_key(folder: DataFolder) -> bytearray:
    """Make a new key, unprotected; returns it. Until `confirm_key` the file says that its
    database is still to be made."""
    key = bytearray(secrets.token_bytes(KEY_BYTES))
    _write(folder, [{"kind": UNPROTECTED, "key": key.hex()}], awaits_database=True)
    return key


def awaits_database(folder: DataFolder) -> bool:
    """True when the key was made and a first start broke off before its database was."""
    return bool(_content(folder.key).get(_AWAITS))


def confirm_key(folder: DataFolder) -> None:
    """The database of the key is there: from now on its absence is a loss."""
    if awaits_database(folder):
        _write(folder, _slots(folder.key))


def protection(folder: DataFolder) -> Protection:
    kinds = {slot["kind"] for slot in _slots(folder.key)}
    return Protection(UNPROTECTED not in kinds, RECOVERY in kinds)


def unlock(folder: DataFolder, passphrase: str | None = None) -> bytearray:
    """The database key; ``passphrase`` may be the recovery code. Raises Refusal when it is
    missing or wrong."""
    slots = _slots(folder.key)
    for slot in slots:
        if slot["kind"] == UNPROTECTED:
            return _plain_key(slot)
    if not passphrase:
        raise Refusal(tr("The binder is protected; the passphrase is needed."))
    for slot in slots:
        if slot["kind"] == PASSPHRASE and (key := _unwrap(slot, _stretch(slot, passphrase))):
            return key
        code = _code_in(passphrase) if slot["kind"] == RECOVERY else None
        if code and (key := _unwrap(slot, _recovery_key(code))):
            return key
    raise Refusal(tr("This passphrase does not open the binder."))


def set_passphrase(folder: DataFolder, key: bytearray, passphrase: str) -> None:
    """Let only ``passphrase`` give the key out from now on, and the recovery code if there
    is one."""
    if not passphrase.strip():
        raise Refusal(tr("A passphrase cannot be empty."))
    recovery = [slot for slot in _slots(folder.key) if slot["kind"] == RECOVERY]
    slot = {"kind": PASSPHRASE, "salt": secrets.token_hex(16), **ARGON2}
    _rewrite(folder, key, [_wrap(key, slot, _stretch(slot, passphrase)), *recovery])


def add_recovery(folder: DataFolder, key: bytearray) -> str:
    """Make a code that opens the binder as the passphrase does, for a sheet of paper in a
    safe place; an earlier code counts no more. Raises Refusal without a passphrase."""
    slots = [slot for slot in _slots(folder.key) if slot["kind"] != RECOVERY]
    if any(slot["kind"] == UNPROTECTED for slot in slots):
        raise Refusal(tr("Choose a passphrase first; without one the binder is open anyway."))
    code = secrets.token_bytes(_RECOVERY_BYTES)
    wrapped = _wrap(key, {"kind": RECOVERY}, _recovery_key(code))
    _rewrite(folder, key, [*slots, wrapped])
    return _code_text(code)


def remove_protection(folder: DataFolder, key: bytearray) -> None:
    """Let anybody who has the files open the binder."""
    _rewrite(folder, key, [{"kind": UNPROTECTED, "key": key.hex()}])


def clear(key: bytearray) -> None:
    """Overwrite the key in memory."""
    key[:] = bytes(len(key))


def _rewrite(folder: DataFolder, key: bytearray, slots: list[dict[str, Any]]) -> None:
    """Change the slots, of the key files beside the backups too: of those that were as the
    folder's own one, or that give the key to anybody."""
    before = folder.key.read_bytes()
    _write(folder, slots)
    own = folder.key.read_bytes()
    for copy in sorted(folder.backups.glob(f"*{KEY_SUFFIX}")):
        with suppress(Refusal, OSError):
            if copy.read_bytes() == before or _gives(copy, key):
                write_whole(copy, own)


def _gives(file: Path, key: bytearray) -> bool:
    """True when the key file has ``key`` in the clear."""
    plain = (slot for slot in _slots(file) if slot["kind"] == UNPROTECTED)
    return any(_plain_key(slot) == key for slot in plain)


def _code_text(code: bytes) -> str:
    number, signs = int.from_bytes(code), ""
    for _ in range(len(code) * 8 // 5):
        number, rest = divmod(number, len(_SIGNS))
        signs = _SIGNS[rest] + signs
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def _code_in(text: str) -> bytes | None:
    """The code that was typed; None when it is none."""
    signs = text.upper().translate(_LOOK_ALIKES)
    if len(signs) != _RECOVERY_BYTES * 8 // 5 or not set(signs) <= set(_SIGNS):
        return None
    number = 0
    for sign in signs:
        number = number * len(_SIGNS) + _SIGNS.index(sign)
    return number.to_bytes(_RECOVERY_BYTES)


def _recovery_key(code: bytes) -> bytes:
    return hashlib.sha256(_CONTEXT + b" recovery" + code).digest()


def _wrap(key: bytearray, slot: dict[str, Any], secret: bytes) -> dict[str, Any]:
    """``slot`` with the database key under ``secret``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(secret).encrypt(nonce, bytes(key), _CONTEXT)
    return {**slot, "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def _plain_key(slot: dict[str, Any]) -> bytearray:
    try:
        return _whole_key(bytes.fromhex(slot["key"]))
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged() from error


def _whole_key(key: bytes) -> bytearray:
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return bytearray(key)


def _unwrap(slot: dict[str, Any], secret: bytes) -> bytearray | None:
    """The database key; None when ``secret`` is not that of the slot."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        wrapped, nonce = bytes.fromhex(slot["wrapped"]), bytes.fromhex(slot["nonce"])
        return _whole_key(AESGCM(secret).decrypt(nonce, wrapped, _CONTEXT))
    except InvalidTag:
        return None
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged() from error


def _stretch(slot: dict[str, Any], passphrase: str) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # The same keys typed on macOS and Windows may come in different Unicode forms.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    try:
        if any(slot[name] > most for name, most in ARGON2_MOST.items()):
            raise ValueError("a key file that asks for too much")
        return Argon2id(
            salt=bytes.fromhex(slot["salt"]),
            length=KEY_BYTES,
            iterations=slot["passes"],
            lanes=slot["lanes"],
            memory_cost=slot["memory_kib"],
        ).derive(secret)
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged() from error


def _slots(file: Path) -> list[dict[str, Any]]:
    return list(_content(file)["slots"])


def _content(file: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(file.read_bytes())
        version, slots = content["version"], content["slots"]
        if version > VERSION:
            raise Refusal(
                tr(
                    "The key file was written by a newer version of this program. "
                    "Please update; nothing was changed."
                )
            )
        if not slots or any(slot["kind"] not in _KINDS for slot in slots):
            raise _damaged()
    except FileNotFoundError as error:
        raise Refusal(
            tr(
                "The key file {file} is missing; without it the binder cannot be opened. "
                "Put it back beside the database, or restore a backup.",
                file=file,
            )
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    return content


def _write(
    folder: DataFolder, slots: list[dict[str, Any]], *, awaits_database: bool = False
) -> None:
    content: dict[str, Any] = {"version": VERSION, "slots": slots}
    if awaits_database:
        content[_AWAITS] = True
    write_whole(folder.key, json.dumps(content, indent=1).encode())


def _damaged() -> Refusal:
    return Refusal(tr("The key file is damaged; restore it from a backup. Nothing was changed."))
