"""Binders of three reps, and the stick between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.domain.when import When
from dossier_app.services import settings as settings_service
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import attach, pasted
from dossier_app.services.documents import store as store_document
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier, set_field
from dossier_app.services.handover import (
    ending,
    giving,
    keys,
    packages,
    returning,
    reviewing,
    taking,
)
from dossier_app.services.session import open_session
from dossier_app.services.showing import export_json
from dossier_app.services.steps import finish
from dossier_app.storage import handed_slips
from dossier_app.storage import slips as store
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder

TODAY = date(2026, 11, 25)
FIRST, LAST = date(2026, 11, 26), date(2026, 12, 9)
MARK = "ТАЙНА"


class Desks:
    """The binders of an owner, his colleague and a third rep, and the stick between them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files = 0

    @contextmanager
    def at(self, who: str) -> Iterator[None]:
        """Sit down at somebody's binder."""
        clock.set_today(TODAY)
        session = open_session(DataFolder(self.path / who))
        try:
            settings_service.save(replace(settings_service.load(), author=who))
            yield
        finally:
            session.close()

    def file(self) -> Path:
        self._files += 1
        return self.path / f"{self._files}.dossier"

    def key(self, who: str) -> str:
        with self.at(who):
            return keys.identity().age_key

    def give(self, who: str, to: str, *uids: str, **wish: Any) -> tuple[Handover, Path]:
        recipient, file = self.key(to), self.file()
        asked = giving.Wish(to, FIRST, LAST, uids, recipient=recipient, **wish)
        with self.at(who):
            return giving.create(asked, file).handover, file

    def open(self, file: Path) -> Any:
        return packages.open_package(file, keys.known_identity())

    def accept(self, who: str, file: Path) -> taking.Accepted:
        with self.at(who):
            return taking.accept(self.open(file))[1]

    def give_back(self, who: str, handover: Handover, *, final: bool = False) -> Path:
        file = self.file()
        with self.at(who):
            returning.give_back(ending.find_handover(handover.uid), file, final=final)
        return file

    def take_back(self, who: str, file: Path, **options: Any) -> reviewing.Review:
        with self.at(who):
            return reviewing.take_back(self.open(file), **options)[1]

    def state(self, who: str) -> bytes:
        """All that the binder holds, the bands too."""
        with self.at(who):
            bands = [
                (item.uid, item.stage(TODAY), item.merged, ending.dossiers_of(item))
                for item in ending.all_handovers()
            ]
            loose = sorted((uid, item.uid) for uid, item in loose_away().items())
        return self.holds(who) + str([bands, loose]).encode()

    def holds(self, who: str) -> bytes:
        """All dossiers and loose sheets."""
        with self.at(who):
            return held()

    def dossier(self, who: str, uid: str) -> Dossier:
        with self.at(who):
            return load_dossier(uid)


def loose_away() -> dict[str, Handover]:
    """The open handover that each loose sheet of the open binder is in."""
    return {uid: found[0] for uid, found in handed_slips.open_by_slip().items()}


def held() -> bytes:
    """All dossiers and loose sheets of the open binder."""
    loose = [store.load(uid) for uid in loose_uids()]
    return export_json()[0] + msgspec.json.encode(loose)


def loose_uids() -> list[str]:
    """The loose sheets of the open binder, done or not."""
    rows = database.execute_sql("SELECT uid FROM slip WHERE dossier_id IS NULL ORDER BY uid")
    return [uid for (uid,) in rows.fetchall()]


def fill() -> list[str]:
    anna = Dossier(
        company="ООО «Ромашка»",
        note=MARK,
        note_private=True,
        people=[Person("Ромашкина", "Анна", main=True)],
        place=day_place(FIRST),
        step=NextStep(text="узнать"),
    )
    anna.people[0].contact_points = [
        ContactPoint(ContactKind.PHONE, "8 495 000-00-01"),
        ContactPoint(ContactKind.PHONE, "8 495 000-00-99", private=True),
    ]
    promise = Promise(Side.OURS, "смета", LAST)
    vera = Dossier(people=[Person("Липатова", "Вера", main=True)], promises=[promise])
    vera.slips = [Slip(SlipKind.PROMISE, LAST, "смета", promise_uid=promise.uid)]
    later = Dossier(company="Позже", place=day_place(LAST + timedelta(days=1)))
    for dossier in (anna, vera, later):
        create_dossier(dossier)
    keep(anna.uid, "Смета.txt", b"open")
    keep(anna.uid, f"{MARK}.txt", b"secret", private=True)
    log_contact(anna.uid, Contact(Channel.NOTE, text="говорили"))
    return [anna.uid, vera.uid, later.uid]


def keep(uid: str, name: str, data: bytes, *, private: bool = False) -> None:
    attach(uid, [finish(store_document(pasted(name, data)))])
    if private:
        dossier = load_dossier(uid)
        dossier.documents[-1].private = True
        save_dossier(dossier)


def refused(action: Any, words: str) -> None:
    """The action is refused with one sentence that has these words."""
    with pytest.raises(Refusal) as caught:
        action()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def work_at(uid: str, text: str) -> None:
    """What a day brings: a contact, a promise, a new date, a document, a field."""
    promise = Promise(Side.OURS, f"обещано {text}", LAST)
    contact = Contact(text=text, promises=[promise], next=When(day_place(LAST)))
    log_contact(uid, contact)
    keep(uid, f"{text}.txt", text.encode())
    set_field(uid, "people.0.position", text)


def replace_manifest(package: Any, **changes: Any) -> Any:
    """A package that says something else of itself."""
    return replace(package, manifest=msgspec.structs.replace(package.manifest, **changes))


def killed(*_: object) -> None:
    """A program that is killed at this step."""
    raise KeyboardInterrupt
