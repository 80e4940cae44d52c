"""The key of the database, and the slots of ``binder.key`` that each can give it out.

The database key is 32 random bytes and never changes. Each slot wraps it: *unprotected*
holds it in the clear (until the rep chooses a passphrase; the window keeps saying so),
*passphrase* under AES-256-GCM with a key that Argon2id makes from the passphrase. So a
change of passphrase rewrites this small file only.
"""

from __future__ import annotations

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
UNPROTECTED, PASSPHRASE = "unprotected", "passphrase"
_AWAITS = "awaits_database"
_CONTEXT = b"dossier binder key 1"


@dataclass(frozen=True, slots=True)
class Protection:
    """Which slots a key file has."""

    passphrase: bool

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
    return Protection(passphrase=UNPROTECTED not in kinds)


def unlock(folder: DataFolder, passphrase: str | None = None) -> bytearray:
    """The database key. Raises Refusal when the passphrase is missing or wrong."""
    slots = _slots(folder.key)
    for slot in slots:
        if slot["kind"] == UNPROTECTED:
            return _plain_key(slot)
    if not passphrase:
        raise Refusal(tr("The binder is protected; the passphrase is needed."))
    for slot in slots:
        if slot["kind"] == PASSPHRASE and (key := _unwrap(slot, passphrase)):
            return key
    raise Refusal(tr("This passphrase does not open the binder."))


def set_passphrase(folder: DataFolder, key: bytearray, passphrase: str) -> None:
    """Let only ``passphrase`` give the key out from now on."""
    if not passphrase.strip():
        raise Refusal(tr("A passphrase cannot be empty."))
    _write(folder, [_wrap(key, passphrase)])


def remove_protection(folder: DataFolder, key: bytearray) -> None:
    """Let anybody who has the files open the binder."""
    _write(folder, [{"kind": UNPROTECTED, "key": key.hex()}])


def protect_copies(folder: DataFolder, key: bytearray) -> None:
    """Let the key files beside the backups, where they give ``key`` to anybody, protect it
    as the folder's own key file does now."""
    own = folder.key.read_bytes()
    for copy in sorted(folder.backups.glob(f"*{KEY_SUFFIX}")):
        with suppress(Refusal):
            slots = _slots(copy)
            if any(slot["kind"] == UNPROTECTED and _plain_key(slot) == key for slot in slots):
                write_whole(copy, own)


def clear(key: bytearray) -> None:
    """Overwrite the key in memory."""
    key[:] = bytes(len(key))


def _wrap(key: bytearray, passphrase: str) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot: dict[str, Any] = {
        "kind": PASSPHRASE,
        "salt": secrets.token_hex(16),
        "nonce": secrets.token_hex(12),
        **ARGON2,
    }
    cipher = AESGCM(_stretch(slot, passphrase))
    wrapped = cipher.encrypt(bytes.fromhex(slot["nonce"]), bytes(key), _CONTEXT)
    return {**slot, "wrapped": wrapped.hex()}


def _plain_key(slot: dict[str, Any]) -> bytearray:
    try:
        return _whole_key(bytes.fromhex(slot["key"]))
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged() from error


def _whole_key(key: bytes) -> bytearray:
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return bytearray(key)


def _unwrap(slot: dict[str, Any], passphrase: str) -> bytearray | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        cipher = AESGCM(_stretch(slot, passphrase))
        wrapped, nonce = bytes.fromhex(slot["wrapped"]), bytes.fromhex(slot["nonce"])
        return _whole_key(cipher.decrypt(nonce, wrapped, _CONTEXT))
    except InvalidTag:
        return None
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged() from error


def _stretch(slot: dict[str, Any], passphrase: str) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    if any(slot[name] > most for name, most in ARGON2_MOST.items()):
        raise ValueError("a key file that asks for too much")
    # The same keys typed on macOS and Windows may come in different Unicode forms.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return Argon2id(
        salt=bytes.fromhex(slot["salt"]),
        length=KEY_BYTES,
        iterations=slot["passes"],
        lanes=slot["lanes"],
        memory_cost=slot["memory_kib"],
    ).derive(secret)


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
        if not slots or any(slot["kind"] not in (UNPROTECTED, PASSPHRASE) for slot in slots):
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
