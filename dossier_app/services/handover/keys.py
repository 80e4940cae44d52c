"""Own keys, and those of colleagues: pinned when they are first seen."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.exchange.package.format import Sender
from dossier_app.exchange.package.sealing import Identity, fingerprint, new_identity
from dossier_app.storage import journal, settings

_OWN = "handover identity"
_COLLEAGUE = "handover colleague "


class Trust(StrEnum):
    """What is known of who signed a package."""

    OWN = "own"
    KNOWN = "known"  # the key was seen before
    NEW = "new"
    CHANGED = "changed"  # somebody of that name had another key


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody whose key is known, and since when."""

    name: str
    signing_key: str
    age_key: str
    since: date

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.signing_key, self.age_key)


def colleagues() -> list[Colleague]:
    """Everybody whose key is known, by name; of one who has changed it the newest last."""
    found = [
        Colleague(pin["name"], key, pin["age_key"], date.fromisoformat(pin["since"]))
        for key, pin in settings.read_all(_COLLEAGUE).items()
    ]
    return sorted(found, key=lambda one: (fold(one.name), one.since))


def forget(signing_key: str) -> None:
    """Forget a colleague's key: it counts as a new one when it is seen next."""
    settings.remove(_COLLEAGUE + signing_key)


def identity() -> Identity:
    """The keys of this binder, made when they are first needed."""
    known = known_identity()
    if known is None:
        known = new_identity()
        settings.write(_OWN, {"signing": known.signing, "age": known.age})
    return known


def known_identity() -> Identity | None:
    """The keys of this binder, if it has any yet."""
    stored = settings.read(_OWN)
    return Identity(**stored) if stored else None


def own_name() -> str:
    """What colleagues see as the sender: the name in the settings, else the computer's."""
    return journal.author() or getpass.getuser()


def trust(sender: Sender) -> Trust:
    """Whether this key was seen before."""
    own = known_identity()
    if own is not None and own.signing_key == sender.signing_key:
        return Trust.OWN
    pinned = settings.read_all(_COLLEAGUE)
    known = pinned.get(sender.signing_key)
    if known is not None:
        return Trust.KNOWN if known["age_key"] == sender.age_key else Trust.CHANGED
    same_name = any(fold(pin["name"]) == fold(sender.name) for pin in pinned.values())
    return Trust.CHANGED if same_name else Trust.NEW


def refuse_changed(sender: Sender, *, new_key: bool) -> None:
    """Raises Refusal for a key that changed, unless the user compared the fingerprints and
    says ``new_key``."""
    if trust(sender) is Trust.CHANGED and not new_key:
        raise Refusal(
            tr(
                "{name} had another key before. Ask on the phone whether the fingerprint is "
                "{fingerprint}, and then accept the new key; nothing was changed.",
                name=sender.name,
                fingerprint=fingerprint(sender.signing_key, sender.age_key),
            )
        )


def pin(sender: Sender, *, new_key: bool) -> None:
    """Remember whose key this is. Raises Refusal as `refuse_changed`."""
    refuse_changed(sender, new_key=new_key)
    if trust(sender) in (Trust.NEW, Trust.CHANGED):
        settings.write(
            _COLLEAGUE + sender.signing_key,
            {"name": sender.name, "age_key": sender.age_key, "since": str(clock.today())},
        )
