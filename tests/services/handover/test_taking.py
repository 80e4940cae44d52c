"""A colleague looks into a package and takes the dossiers over."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from dossier_app.domain.handover.records import Stage
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, Person
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier
from dossier_app.services.handover import ending, giving, keys, packages, reviewing, taking
from dossier_app.services.merging import merge_dossiers, take_apart
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import undo
from dossier_app.storage import contents
from tests.services.handover.desks import FIRST, LAST, TODAY, Desks, fill, refused, replace_manifest


def test_dossiers_are_taken_over(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    with desks.at("Петрова"):
        create_dossier(Dossier(people=[Person("Ромашкина", "Анна", main=True)]))
        before = export_json()
        found = taking.inspect(desks.open(file))
        assert found.trust is keys.Trust.NEW
        assert [[one.why for one in item.duplicates] for item in found.offered] == [
            ["a name like it"],
            [],
        ]
        assert export_json() == before
    accepted = desks.accept("Петрова", file)
    assert (accepted.new, accepted.known) == (uids[:2], [])
    dossier = desks.dossier("Петрова", uids[0])
    assert dossier.place == day_place(FIRST)
    assert dossier.history[0].author == "Иванов"
    with desks.at("Петрова"):
        assert b"".join(contents.read(dossier.documents[0].sha256)) == b"open"
        taken = ending.handover_of(uids[0])
        assert taken and taken.band(TODAY) == "for Иванов until 9 Dec"
        assert taken.stage(LAST) is Stage.RUNNING
        assert taking.inspect(desks.open(file)).trust is keys.Trust.KNOWN
    once = desks.state("Петрова")
    again = desks.accept("Петрова", file)
    assert (again.new, again.known) == ([], uids[:2])
    assert desks.state("Петрова") == once
    with desks.at("Петрова"):
        assert undo() is not None
        assert export_json() == before
        refused(lambda: ending.find_handover(handover.uid), "no handover")


def test_packages_that_are_not_for_here(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    before = desks.state("Котов")
    with desks.at("Котов"):
        refused(lambda: desks.open(file), "somebody else")
    assert desks.state("Котов") == before
    desks.accept("Петрова", file)
    update = desks.give_back("Петрова", handover)
    at_owner, at_colleague = desks.state("Иванов"), desks.state("Петрова")
    with desks.at("Петрова"):
        refused(lambda: reviewing.take_back(desks.open(file)), "accepted, not merged")
    with desks.at("Иванов"):
        package = desks.open(update)
        refused(lambda: taking.accept(package), "merged, not accepted")
        manifest = package.manifest
        # A package of its own for another one of the same name.
        own = keys.identity()
        packed = packages.outgoing(handover, "handover", 1, own, package.records)
        packed = replace(packed, recipient=own.age_key)
        packages.seal(packed, desks.path / "own.dossier").put()
        refused(lambda: taking.accept(desks.open(desks.path / "own.dossier")), "made here")
        foreign = replace_manifest(package, handover=manifest.handover[::-1])
        refused(lambda: reviewing.take_back(foreign), "no handover of this binder")
    assert desks.state("Иванов") == at_owner
    assert desks.state("Петрова") == at_colleague


def test_a_changed_key_is_refused(desks: Desks, uids: list[str]) -> None:
    _, first = desks.give("Иванов", "Петрова", uids[0])
    desks.accept("Петрова", first)
    forger = Desks(desks.path / "forger")
    with forger.at("Иванов"):
        forged = fill()
        wish = giving.Wish("Петрова", FIRST, LAST, forged[:1], recipient="")
    key = desks.key("Петрова")
    with forger.at("Иванов"):
        giving.create(replace(wish, recipient=key), desks.path / "forged.dossier")
    before = desks.state("Петрова")
    with desks.at("Петрова"):
        package = desks.open(desks.path / "forged.dossier")
        assert taking.inspect(package).trust is keys.Trust.CHANGED
        refused(lambda: taking.accept(package), "another key before")
    assert desks.state("Петрова") == before
    with desks.at("Петрова"):
        assert taking.accept(package, new_key=True)[1].new == forged[:1]
        assert keys.trust(package.manifest.sender) is keys.Trust.KNOWN


def test_an_update_by_somebody_else_is_refused(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    update = desks.give_back("Петрова", handover)
    with desks.at("Котов"):
        other = keys.identity()
    before = desks.state("Иванов")
    with desks.at("Иванов"):
        package = desks.open(update)
        sender = package.manifest.sender
        # Before anything came back only the key that it was sealed for is known.
        forged = msgspec.structs.replace(sender, age_key=other.age_key)
        refused(
            lambda: reviewing.take_back(replace_manifest(package, sender=forged)),
            "not signed by the colleague",
        )
        reviewing.take_back(package)
        again = msgspec.structs.replace(sender, signing_key=other.signing_key)
        refused(
            lambda: reviewing.take_back(replace_manifest(package, sender=again, number=9)),
            "not signed by the colleague",
        )
        undo()
    assert desks.state("Иванов") == before


def test_a_copy_that_was_merged_here(desks: Desks, uids: list[str]) -> None:
    anna = uids[0]
    handover, file = desks.give("Иванов", "Петрова", anna, may_keep=True)
    desks.accept("Петрова", file)
    own = Dossier(company="Своя")
    with desks.at("Петрова"):
        ending.end(ending.find_handover(handover.uid), keep=True)
        create_dossier(own)
        merge_dossiers(own.uid, anna, {})
    with desks.at("Иванов"):
        ending.end(handover)
        dossier = load_dossier(anna)
        dossier.people, dossier.history, dossier.documents = [], [], []
        save_dossier(dossier)
    handover, file = desks.give("Иванов", "Петрова", anna)
    before = desks.state("Петрова")
    with desks.at("Петрова"):
        refused(lambda: taking.accept(desks.open(file)), "was merged into Ромашкина Анна here")
    assert desks.state("Петрова") == before
    with desks.at("Петрова"):
        take_apart(own.uid)
        assert taking.accept(desks.open(file))[1].known == [anna]


def test_a_dossier_of_ones_own_is_not_written_over(desks: Desks, uids: list[str]) -> None:
    _, file = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        stolen = desks.open(file).records.dossiers[0]
        create_dossier(replace(stolen, documents=[], company="своё"))
    before = desks.state("Петрова")
    with desks.at("Петрова"):
        refused(lambda: taking.accept(desks.open(file)), "dossier of your own")
    assert desks.state("Петрова") == before
