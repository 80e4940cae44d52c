"""Who can open the binder, and whether its files are sound."""

from __future__ import annotations

from dossier_app.services.session import Session
from dossier_app.storage import backups, vault
from dossier_app.storage.connection import database


def is_unprotected(session: Session) -> bool:
    """True while anybody who has the files can read them."""
    return vault.protection(session.folder).is_open


def set_passphrase(session: Session, passphrase: str) -> None:
    """From now on only ``passphrase`` opens the binder. Raises Refusal for an empty one."""
    vault.set_passphrase(session.folder, session.key, passphrase)


def has_recovery(session: Session) -> bool:
    """True when there is a recovery code."""
    return vault.protection(session.folder).recovery


def make_recovery(session: Session) -> str:
    """A code for a sheet of paper, "7K2M-…", that opens the binder as the passphrase does;
    an earlier one counts no more. Raises Refusal without a passphrase."""
    return vault.add_recovery(session.folder, session.key)


def remove_passphrase(session: Session) -> None:
    """Let anybody who has the files open the binder."""
    vault.remove_protection(session.folder, session.key)


def check() -> list[str]:
    """What is wrong with the open database, in the words of SQLite; empty when nothing."""
    return backups.problems_of(database)
