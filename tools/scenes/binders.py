"""The binders that scenes begin with, made when the first scene asks for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Channel,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
    Promise,
    Side,
    StepKind,
)
from dossier_app.domain.when import When
from dossier_app.services import settings
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import attach, finish, pasted, store
from dossier_app.services.dossiers import create_dossier, set_field
from dossier_app.services.handover import ending, giving, keys, packages, returning, taking
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session, open_session
from dossier_app.storage.folder import DataFolder
from scenes.stage import COLLEAGUE, NEWCOMER, OWNER, TODAY, Scene

FIRST, LAST = date(2026, 11, 26), date(2026, 12, 9)
SPOKEN = "4821 0937 5516"  # what opens the package `locked`, told by telephone
_COPY = "on stage"


@contextmanager
def on_stage(scene: Scene, folder: Path) -> Iterator[Session]:
    """A copy of the scene's binder, open on its day. Binders are kept in ``folder``."""
    if not (folder / scene.who).exists():
        {"sample": _prepare_sample, "empty": _prepare_empty}.get(scene.who, _prepare_handover)(
            folder
        )
    copy = folder / _COPY
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder / scene.who, copy)
    with _open(folder, _COPY, scene.today) as session:
        yield session


def package(session: Session, name: str) -> Path:
    """A package that was made with the binders of the handover."""
    return session.folder.path.parent / f"{name}.dossier"


@contextmanager
def _open(folder: Path, who: str, today: date = TODAY) -> Iterator[Session]:
    clock.set_today(today)
    session = open_session(DataFolder(folder / who))
    try:
        yield session
    finally:
        session.close()
        clock.set_today(TODAY)


@contextmanager
def _begun(folder: Path, who: str) -> Iterator[Session]:
    with _open(folder, who) as session:
        settings.save(replace(settings.load(), author=OWNER if who == "forger" else who))
        yield session


def _prepare_sample(folder: Path) -> None:
    with _open(folder, "sample"):
        settings.save(settings.Settings(author=OWNER))
        fill_with_sample()


def _prepare_empty(folder: Path) -> None:
    with _open(folder, "empty"):
        settings.save(settings.Settings(author=OWNER))


def _prepare_handover(folder: Path) -> None:
    """The binders of both sides, and the packages ``there``, ``locked``, ``update`` and
    ``forged`` between them."""
    with _begun(folder, COLLEAGUE):
        key = keys.identity().age_key
    with _begun(folder, OWNER) as session:
        fill_with_sample(24)
        wish = giving.Wish(COLLEAGUE, FIRST, LAST, recipient=key, may_keep=True)
        giving.create(replace(wish, recipient=""), package(session, "locked"), SPOKEN)
        ending.end(ending.all_handovers()[0])
        made = giving.create(wish, package(session, "there"))
    with _begun(folder, "forger") as session:
        fill_with_sample(24)
        keys.identity()
        giving.create(wish, package(session, "forged"))
    with _open(folder, COLLEAGUE) as session:
        opened = packages.open_package(package(session, "there"), keys.known_identity())
        taking.accept(opened)
        _work()
        returning.give_back(ending.find_handover(made.handover.uid), package(session, "update"))
    with _open(folder, OWNER):
        _work_meanwhile([dossier.uid for dossier in made.dossiers])
    with _begun(folder, NEWCOMER):
        _know_already(made.dossiers[:4])


def _know_already(dossiers: list[Dossier]) -> None:
    """Some of these clients are in the open binder too."""
    for dossier in dossiers:
        person = dossier.main_person
        points = [ContactPoint(point.kind, point.value) for point in person.contact_points]
        namesake = Person(person.surname, person.given, main=True, contact_points=points[:1])
        create_dossier(Dossier(people=[namesake]))


def _work() -> None:
    """What the colleague did in a week."""
    (taken,) = ending.all_handovers()
    uids = ending.dossiers_of(taken)
    said = (
        "Сравнила предложение с прошлогодним, просит скидку 3 % за предоплату",
        "Договорились о встрече на площадке, пропуск закажет сама",
        "Спросил, когда вернётесь; срочного ничего нет",
        "Получил счёт, оплата до пятницы",
    )
    for number, uid in enumerate(uids[:9]):
        promise = Promise(Side.OURS, "прислать смету с доставкой", LAST - timedelta(days=2))
        contact = Contact(
            Channel.CALL if number % 3 else Channel.MEETING,
            text=said[number % 4],
            agreed="Вернуться к вопросу после выходных" if number % 2 else "",
            promises=[promise] if number % 3 == 0 else [],
            next=When(day_place(LAST - timedelta(days=number % 3))),
            step=NextStep(StepKind.CALL, "узнать решение по смете"),
        )
        log_contact(uid, contact)
    attach(uids[0], [finish(store(pasted("Смета с доставкой.pdf", b"x" * 183_000)))])
    for uid in uids[:2]:
        set_field(uid, "people.0.position", "директор по закупкам")
    set_field(uids[0], "source", "по рекомендации «Прогресса»")


def _work_meanwhile(uids: list[str]) -> None:
    """What the owner changed in the same dossiers."""
    set_field(uids[0], "people.0.position", "заместитель директора")
    set_field(uids[0], "source", "выставка «Стройэкспо»")
