"""Packages made and opened piece by piece, given up half-way, and tried by strangers."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.records import Handover
from dossier_app.exchange.package import MOST_FILE_BYTES, Records
from dossier_app.services.documents import tidy
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.handover import ending, giving, keys, packages, reviewing, taking
from dossier_app.services.showing import export_json
from dossier_app.services.steps import finish
from dossier_app.services.undoing import undo
from dossier_app.storage import unfinished
from dossier_app.storage.connection import database
from dossier_app.storage.folder import beside
from tests.exchange.package_mutants import Mutants
from tests.services.handover.desks import FIRST, LAST, Desks, keep, killed, refused, work_at

MIB = 1 << 20


class Stop(Exception):
    """Somebody gave up."""


def prepared(desks: Desks, *uids: str) -> giving.Prepared:
    """To be made at the open binder of Иванов; the colleague has a binder."""
    recipient = keys.identity().age_key
    return giving.prepare(giving.Wish("Петрова", FIRST, LAST, uids, recipient=recipient))


def files(desks: Desks) -> list[str]:
    return sorted(path.name for path in desks.path.glob("*.dossier*"))


def stored() -> list[str]:
    """What is called by a hash in the open binder, or half-written."""
    return sorted(sha256 for (sha256,) in database.execute_sql("SELECT sha256 FROM content"))


@pytest.fixture
def large(desks: Desks, uids: list[str]) -> str:
    """A dossier with 12 MiB of documents."""
    with desks.at("Иванов"):
        for number in range(4):
            keep(uids[0], f"{number}.bin", bytes([number]) * 3 * MIB)
    return uids[0]


# --- making


def test_making_takes_little_memory_and_tells_how_far_it_is(desks: Desks, large: str) -> None:
    with desks.at("Иванов"):
        package, path = prepared(desks, large).package, desks.file()
        assert 12 * MIB < package.size < 13 * MIB
        tracemalloc.start()
        steps = packages.sealing(package, path)
        told = []
        while True:
            try:
                told.append(next(steps))
            except StopIteration as end:
                sealed = end.value
                break
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 6 * MIB
        assert told == sorted(told) and told[-1] == package.size and len(told) > 100
        assert not path.exists() and beside(path).stat().st_mode & 0o077 == 0
        sealed.put()
        assert files(desks) == [path.name]
        opened = packages.open_package(path, keys.identity())
        assert opened.bytes_of_documents == package.size


def test_a_passphrase_lets_others_work_meanwhile(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        package = giving.prepare(giving.Wish("Петрова", FIRST, LAST, [uids[0]])).package
        path = desks.path / "words.dossier"
        told = list(packages.sealing(package, path, "семь кошек"))
        assert told.count(0) > 10 and told[-1] == package.size
        refused(lambda: list(packages.sealing(package, path, " ")), "needs a passphrase")


def test_opening_holds_a_package_once(desks: Desks, large: str) -> None:
    with desks.at("Иванов"):
        path = desks.file()
        packages.seal(prepared(desks, large).package, path).put()
        size, told = path.stat().st_size, []
        tracemalloc.start()
        packages.open_package(path, keys.identity(), step=lambda *step: told.append(step))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 1.3 * size
        done = [step[0] for step in told]
        assert done == sorted(done) and {step[1] for step in told} == {2 * size}
        assert size < done[-1] <= 2 * size


@pytest.mark.parametrize("after", [1, 20, 150])
def test_who_gives_up_making_leaves_nothing(desks: Desks, large: str, after: int) -> None:
    path = desks.file()
    path.write_bytes(b"an older one")
    before = desks.state("Иванов")
    with desks.at("Иванов"):
        steps = packages.sealing(prepared(desks, large).package, path)
        for _ in range(after):
            next(steps)
        assert beside(path).exists()
        steps.close()
        assert files(desks) == [path.name] and path.read_bytes() == b"an older one"
    assert desks.state("Иванов") == before


def test_a_sealed_package_that_nobody_wanted(desks: Desks, large: str) -> None:
    with desks.at("Иванов"):
        packages.seal(prepared(desks, large).package, desks.file()).drop()
        assert files(desks) == []


def test_a_package_of_a_binder_that_failed(
    desks: Desks, uids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file was in its place already when the binder could not write."""
    with desks.at("Иванов"):
        made, path = prepared(desks, uids[0]), desks.file()
        sealed = packages.seal(made.package, path)
        with monkeypatch.context() as patch:
            patch.setattr(unfinished, "forget", killed)
            with pytest.raises(KeyboardInterrupt):
                giving.hand_over(made, sealed)
        assert files(desks) == [] and ending.all_handovers() == []


def test_places_where_nothing_can_be_written(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        made = prepared(desks, uids[0])
        (desks.path / "folder.dossier").mkdir()
        for path in (desks.path / "nowhere" / "a.dossier", desks.path / "folder.dossier"):
            refused(
                lambda at=path: giving.hand_over(made, packages.seal(made.package, at)),
                "cannot be written",
            )
        assert files(desks) == ["folder.dossier"] and ending.all_handovers() == []


def test_a_document_without_its_content_is_not_sent(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        made = prepared(desks, uids[0])
        database.execute_sql("UPDATE content_part SET data = zeroblob(length(data))")
        refused(lambda: packages.seal(made.package, desks.file()), "are damaged")
        database.execute_sql("DELETE FROM content")
        refused(lambda: packages.seal(made.package, desks.file()), "are missing")
        assert files(desks) == []


def test_what_no_reader_would_take_is_not_sent(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        dossier = load_dossier(uids[0])
        dossier.tries = 10**7
        save_dossier(dossier)
        refused(lambda: prepared(desks, uids[0]), "that cannot be right")


# --- opening


def test_who_gives_up_opening(desks: Desks, large: str) -> None:
    _, path = desks.give("Иванов", "Петрова", large)
    seen = []
    with desks.at("Петрова"):
        packages.open_package(path, keys.identity(), step=lambda *step: seen.append(step))
        for stop_at in (1, len(seen) // 2, len(seen)):
            calls: Iterator[int] = iter(range(stop_at - 1, -1, -1))

            def step(_done: int, _total: int, left: Iterator[int] = calls) -> None:
                if next(left) == 0:
                    raise Stop

            with pytest.raises(Stop):
                packages.open_package(path, keys.identity(), step=step)


def test_whether_a_passphrase_is_needed(desks: Desks, uids: list[str]) -> None:
    _, path = desks.give("Иванов", "Петрова", uids[0])
    assert not packages.needs_passphrase(path)
    with desks.at("Иванов"):
        wish = giving.Wish("Сидоров", FIRST, LAST, [uids[1]])
        giving.create(wish, desks.path / "words.dossier", "семь кошек")
    assert packages.needs_passphrase(desks.path / "words.dossier")
    plain = desks.path / "plain.dossier"
    plain.write_bytes(b"hello")
    refused(lambda: packages.needs_passphrase(plain), "no handover package")
    refused(lambda: packages.needs_passphrase(desks.path / "none.dossier"), "cannot be read")
    with plain.open("r+b") as file:
        file.truncate(MOST_FILE_BYTES + 1)  # takes no room on the disk
    refused(lambda: packages.open_package(plain, None), "too large")


# --- keeping what came


def test_who_gives_up_accepting_leaves_nothing(desks: Desks, large: str) -> None:
    _, path = desks.give("Иванов", "Петрова", large)
    before = desks.state("Петрова")
    with desks.at("Петрова"):
        package = desks.open(path)
        for after in (1, 4, 8):
            steps = taking.storing(package)
            for _ in range(after):
                next(steps)
            steps.close()
            finish(tidy())
            assert stored() == []
    assert desks.state("Петрова") == before
    with desks.at("Петрова"):
        told = list(taking.storing(package))
        assert told[-1] == package.bytes_of_documents
        taking.accept(package)
        assert len(stored()) == len(package.contents)
        assert list(taking.storing(package)) == []


def test_what_breaks_off_keeps_no_contents(
    desks: Desks, uids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handover, path = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        package = desks.open(path)
        with monkeypatch.context() as patch:
            patch.setattr(taking.handovers, "insert", killed)
            with pytest.raises(KeyboardInterrupt):
                taking.accept(package)
        assert stored() == []
        assert keys.trust(package.manifest.sender) is keys.Trust.NEW
    desks.accept("Петрова", path)
    with desks.at("Петрова"):
        work_at(uids[0], "звонила")
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        before, package = stored(), desks.open(update)
        assert {*reviewing.storing(package)} == {package.bytes_of_documents}
        finish(tidy())
        assert stored() == before
        with monkeypatch.context() as patch:
            patch.setattr(reviewing.handovers, "save", killed)
            with pytest.raises(KeyboardInterrupt):
                reviewing.take_back(package)
        assert stored() == before


def test_storing_refuses_what_accepting_refuses(desks: Desks, uids: list[str]) -> None:
    handover, path = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Иванов"):
        packages.seal(packages_own(handover), desks.path / "own.dossier").put()
        refused(lambda: list(taking.storing(desks.open(desks.path / "own.dossier"))), "made here")
    desks.accept("Петрова", path)
    update = desks.give_back("Петрова", handover)
    with desks.at("Петрова"):
        refused(lambda: list(reviewing.storing(desks.open(path))), "accepted, not merged")
    with desks.at("Иванов"):
        refused(lambda: list(taking.storing(desks.open(update))), "merged, not accepted")


def packages_own(handover: Handover) -> packages.Outgoing:
    """A package for oneself."""
    own = keys.identity()
    for_oneself = replace(handover, recipient=own.age_key)
    return packages.outgoing(for_oneself, "handover", 1, own, Records())


# --- strangers


def test_mutants_change_nothing(desks: Desks, uids: list[str]) -> None:
    """A refused package leaves the binder as it was; what is taken can be undone."""
    path = desks.path / "odd.dossier"
    with desks.at("Петрова"):
        mutants, before = Mutants(keys.identity(), seed=3), export_json()
        refusals = 0
        for mutant in mutants.make(160):
            path.write_bytes(mutant.sealed)
            try:
                package = packages.open_package(path, keys.identity())
                taking.inspect(package)
                changes, _ = taking.accept(package, new_key=True)
            except Refusal:
                refusals += 1
            else:
                export_json()
                if changes.entry:
                    undo()
            assert export_json() == before, mutant.kind
    assert 100 < refusals < 160
