"""Handing over to several colleagues in one go: all of it, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.records import State
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, NextStep, Person
from dossier_app.services.calendar_editing import own_days
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.handover import ending, handing_over, keys, packages, planning
from dossier_app.services.handover.handing_over import Order, Ready
from dossier_app.services.session import Session
from dossier_app.services.steps import finish
from dossier_app.services.undoing import redo, undo
from dossier_app.storage.connection import database
from tests.services.handover.desks import TODAY, Desks

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 18)
PHRASE = "4821 0937 5516 2204 7730"


@pytest.fixture
def absence(binder_open: Session) -> Absence:
    """Two dossiers for two colleagues, stored."""
    made = Absence(FIRST, LAST, chosen={"one": "Petrova", "two": "Orlov"})
    for uid, day in (("one", FIRST), ("two", LAST)):
        person = Person(uid.title(), main=True)
        create_dossier(Dossier(uid=uid, people=[person], place=day_place(day), step=NextStep()))
    planning.save_absence(made)
    return made


def orders(absence: Absence, folder: Path) -> list[Order]:
    """For the own key, which is quick, instead of a passphrase."""
    own = keys.identity().age_key
    return [
        Order(replace(wish, recipient=own), folder / f"{wish.colleague}.dossier")
        for wish in planning.wishes(absence)
    ]


def sealed(absence: Absence, folder: Path) -> list[Ready]:
    return finish(handing_over.sealing_all(orders(absence, folder)))


def given() -> set[str]:
    return {item.colleague for item in ending.all_handovers() if item.state is State.OPEN}


def test_all_packages_and_one_undo(absence: Absence, tmp_path: Path) -> None:
    changes = handing_over.hand_over_all(sealed(absence, tmp_path), days_off=absence)
    assert changes.uids == {"one", "two"} and changes.calendar
    assert given() == {"Petrova", "Orlov"}
    assert own_days()[0].day == FIRST and not own_days()[0].worked
    for name, uid in (("Petrova", "one"), ("Orlov", "two")):
        package = packages.open_package(tmp_path / f"{name}.dossier", keys.known_identity())
        assert [item.uid for item in package.records.dossiers] == [uid]
        assert package.manifest.to == name
    undo()
    assert given() == set() and own_days() == []
    redo()
    assert given() == {"Petrova", "Orlov"}


def test_nothing_stays_of_what_is_stopped(absence: Absence, tmp_path: Path) -> None:
    steps = handing_over.sealing_all(orders(absence, tmp_path))
    while not list(tmp_path.glob("Orlov*.new")):
        next(steps)
    assert list(tmp_path.glob("Petrova*.new")), "the first one lies ready beside its place"
    steps.close()
    assert list(tmp_path.glob("*.dossier*")) == [] and given() == set()


def test_when_one_file_cannot_be_written_none_is(absence: Absence, tmp_path: Path) -> None:
    ready = sealed(absence, tmp_path)
    (tmp_path / "Orlov.dossier").mkdir()  # in the way of the second one
    with pytest.raises(Refusal, match=r"Orlov\.dossier"):
        handing_over.hand_over_all(ready, days_off=absence)
    assert [path.name for path in tmp_path.glob("*.dossier*")] == ["Orlov.dossier"]
    assert given() == set() and own_days() == []
    assert database.execute_sql("SELECT count(*) FROM handed").fetchone() == (0,)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".dossier", "needs a name"),
        ("there.dossier", "is there already"),
        ("gone/Petrova.dossier", "no folder"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_done(
    absence: Absence, tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "there.dossier").touch()
    (wish, _) = planning.wishes(absence)
    with pytest.raises(Refusal, match=reason):
        handing_over.check([Order(wish, tmp_path / name, PHRASE)])


@pytest.mark.parametrize("names", [("a", "a"), ("Петрова", "ПЕТРОВА")])
def test_two_packages_cannot_be_one_file(
    absence: Absence, tmp_path: Path, names: tuple[str, str]
) -> None:
    """Also where the letters of both cases are one, as on Windows and macOS."""
    wanted = [
        Order(wish, tmp_path / f"{name}.dossier", PHRASE)
        for wish, name in zip(planning.wishes(absence), names, strict=True)
    ]
    with pytest.raises(Refusal, match="is there already"):
        handing_over.check(wanted)


def test_a_name_that_no_disk_takes_is_refused(absence: Absence, tmp_path: Path) -> None:
    (wish, _) = planning.wishes(absence)
    with pytest.raises(Refusal, match="cannot be written"):
        handing_over.check([Order(wish, tmp_path / ("Щ" * 200 + ".dossier"), PHRASE)])


def test_a_passphrase_that_is_soon_guessed_is_refused(absence: Absence, tmp_path: Path) -> None:
    (wish, _) = planning.wishes(absence)
    with pytest.raises(Refusal, match="at least 10"):
        handing_over.check([Order(wish, tmp_path / "a.dossier", "1234")])


def test_a_proposed_name_is_free(tmp_path: Path) -> None:
    assert handing_over.free_path(tmp_path, "For Orlov").name == "For Orlov.dossier"
    (tmp_path / "For Orlov.dossier").touch()
    assert handing_over.free_path(tmp_path, "For Orlov").name == "For Orlov 2.dossier"


def test_the_passphrase_opens_however_it_is_typed(absence: Absence, tmp_path: Path) -> None:
    (wish, _) = planning.wishes(absence)
    order = Order(wish, tmp_path / "a.dossier", PHRASE)
    handing_over.hand_over_all(finish(handing_over.sealing_all([order])))
    opened = packages.open_package(order.path, None, PHRASE.replace(" ", ""))
    assert opened.manifest.to == wish.colleague


def test_the_day_of_the_last_update_is_known_on_both_sides(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова", uids[0])
    desks.accept("Петрова", file)

    def known(who: str) -> date | None:
        with desks.at(who):
            return ending.last_update(ending.find_handover(handover.uid))

    assert known("Иванов") is None and known("Петрова") is None
    came = desks.give_back("Петрова", handover)
    assert known("Иванов") is None and known("Петрова") == TODAY
    desks.take_back("Иванов", came)
    assert known("Иванов") == TODAY
    with desks.at("Иванов"):
        undo()
    assert known("Иванов") is None
