"""A handover between two binders: there, work on both sides, and back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import Scope
from dossier_app.domain.handover.merging import Take
from dossier_app.domain.handover.privacy import NOTES
from dossier_app.domain.handover.records import Direction, Handover, Stage
from dossier_app.domain.place import TRAY, day_place
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.domain.when import When
from dossier_app.exchange.package import format as layout
from dossier_app.services import settings as settings_service
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import attach, finish, pasted, store
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
from dossier_app.services.merging import merge_dossiers
from dossier_app.services.searching import find
from dossier_app.services.session import open_session
from dossier_app.services.showing import export_json
from dossier_app.services.templates import templates
from dossier_app.services.undoing import journal_lines, redo, undo
from dossier_app.storage import contents, dossiers
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
            return export_json()[0] + str(bands).encode()

    def dossier(self, who: str, uid: str) -> Dossier:
        with self.at(who):
            return load_dossier(uid)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def uids(desks: Desks) -> list[str]:
    """Three dossiers of Иванов: two have something to do in the period."""
    with desks.at("Иванов"):
        return fill()


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
    attach(uid, [finish(store(pasted(name, data)))])
    if private:
        dossier = load_dossier(uid)
        dossier.documents[-1].private = True
        save_dossier(dossier)


def refused(action: Any, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        action()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


# --- giving ---


def test_what_falls_in_an_absence(desks: Desks, uids: list[str]) -> None:
    anna, vera, later = uids
    with desks.at("Иванов"):
        found = giving.falling_in(FIRST, LAST)
        assert [(item.uid, item.what) for item in found] == [
            (anna, [("step", "2026-11-26")]),
            (vera, [("promise", "2026-12-09"), ("slip", "2026-12-09")]),
        ]
        assert [item.uid for item in giving.falling_in(FIRST, LAST + timedelta(days=1))][2:] == [
            later
        ]
        assert giving.falling_in(date(2030, 1, 1), date(2030, 1, 2)) == []


def test_dossiers_are_with_a_colleague(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    with desks.at("Иванов"):
        assert ending.dossiers_of(handover) == uids[:2]
        found = ending.handover_of(uids[0])
        assert found == handover and found.band(TODAY) == "with Петрова until 9 Dec"
        assert ending.handover_of(uids[2]) is None
        assert set(ending.handovers_by_dossier()) == set(uids[:2])
        again = giving.Wish("Котов", FIRST, LAST, [uids[0]], recipient=handover.recipient)
        refused(lambda: giving.create(again, file), "already")
        refused(lambda: giving.create(replace(again, uids=()), file), "Nothing falls")
        refused(lambda: merge_dossiers(uids[2], uids[0], {}), "with Петрова")
        assert undo() is not None
        assert ending.handover_of(uids[0]) is None
        assert redo() is not None
        assert ending.handover_of(uids[0]) == handover


def test_a_wish_that_cannot_be_met(desks: Desks, uids: list[str]) -> None:
    before, file = desks.state("Иванов"), desks.file()
    with desks.at("Иванов"):
        wish = giving.Wish("Петрова", FIRST, LAST)
        refused(lambda: giving.create(wish, file), "needs a passphrase")
        refused(lambda: giving.create(replace(wish, colleague=" "), file, "x"), "to whom")
        refused(lambda: giving.create(replace(wish, last_day=TODAY), file, "x"), "before the first")
        refused(lambda: giving.create(replace(wish, recipient="age1x"), file), "public key")
        nowhere = file.parent / "no folder" / "a.dossier"
        key = keys.identity().age_key
        refused(lambda: giving.create(replace(wish, recipient=key), nowhere), "cannot be written")
    assert not file.exists()
    assert desks.state("Иванов") == before


def test_a_crash_leaves_the_old_state(
    desks: Desks, uids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desks.state("Иванов")
    for step in ("write_whole", "replace"):
        with monkeypatch.context() as patch:
            if step == "replace":
                patch.setattr(Path, "replace", _killed)
            else:
                patch.setattr(packages, "write_whole", _killed)
            with pytest.raises(KeyboardInterrupt):
                desks.give("Иванов", "Петрова")
        assert not list(desks.path.glob("*.dossier*"))
        assert desks.state("Иванов") == before


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_nothing_private_is_in_a_package(desks: Desks, uids: list[str]) -> None:
    for private in (False, True):
        handover, file = desks.give("Иванов", "Петрова", uids[0], private=private)
        with desks.at("Петрова"):
            package = desks.open(file)
        text = str(package.records) + str(sorted(package.contents.values()))
        for mark in (MARK, "000-00-99", "secret"):
            assert (mark in text) == private
        assert "000-00-01" in text and "open" in text
        with desks.at("Иванов"):
            ending.end(handover)
    (document,) = (item for item in desks.dossier("Иванов", uids[0]).documents if not item.private)
    _, file = desks.give("Иванов", "Петрова", uids[0], left_out=[document.uid])
    with desks.at("Петрова"):
        assert desks.open(file).contents == {}


def test_no_private_field_of_any_form_is_in_a_package(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        dossier = load_dossier(uids[0])
        for template in templates().values():
            answers = {
                field.key: Answer(
                    {part.key: MARK if part.private else "open" for part in field.parts}
                    if field.parts
                    else (MARK if field.private else "open")
                )
                for field in template.fields
                if not field.private or template.key != NOTES
            }
            holder = dossier if template.scope is Scope.DOSSIER else dossier.people[0]
            holder.forms.append(FilledForm(template.key, answers))
            for field in template.fields:
                if field.private and template.key != NOTES:
                    answers[field.key] = Answer(MARK)
        save_dossier(dossier)
    _, file = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        text = str(desks.open(file).records)
    assert MARK not in text
    assert text.count("open") > 50


# --- taking ---


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
        sealed = packages.seal(replace(packed, recipient=own.age_key))
        packages.write_package(desks.path / "own.dossier", sealed)
        refused(lambda: taking.accept(desks.open(desks.path / "own.dossier")), "made here")
        foreign = replace_manifest(package, handover=manifest.handover[::-1])
        refused(lambda: reviewing.take_back(foreign), "no handover of this binder")
    assert desks.state("Иванов") == at_owner
    assert desks.state("Петрова") == at_colleague


def replace_manifest(package: Any, **changes: Any) -> Any:
    return replace(package, manifest=msgspec.structs.replace(package.manifest, **changes))


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


def test_a_dossier_of_ones_own_is_not_written_over(desks: Desks, uids: list[str]) -> None:
    _, file = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        stolen = desks.open(file).records.dossiers[0]
        create_dossier(replace(stolen, documents=[], company="своё"))
    before = desks.state("Петрова")
    with desks.at("Петрова"):
        refused(lambda: taking.accept(desks.open(file)), "dossier of your own")
    assert desks.state("Петрова") == before


# --- the whole way ---


def work_at(uid: str, text: str) -> None:
    """What a day brings: a contact, a promise, a new date, a document, a field."""
    promise = Promise(Side.OURS, f"обещано {text}", LAST)
    contact = Contact(text=text, promises=[promise], next=When(day_place(LAST)))
    log_contact(uid, contact)
    keep(uid, f"{text}.txt", text.encode())
    set_field(uid, "people.0.position", text)


def test_there_and_back(desks: Desks, uids: list[str]) -> None:
    anna, vera, _ = uids
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(anna, "звонила")
        set_field(anna, "company", "ООО «Новая»")
    with desks.at("Иванов"):
        set_field(anna, "company", "ООО «Старая»")
        set_field(vera, "note", "сам")
        owner_before = export_json()
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        looked = reviewing.review(desks.open(update))
        assert export_json() == owner_before  # nothing before it is accepted
    assert [(item.path, item.mine, item.theirs) for _, item in looked.open] == [
        ("company", "ООО «Старая»", "ООО «Новая»")
    ]
    merged = desks.take_back("Иванов", update)
    assert len(merged.open) == 1
    dossier = desks.dossier("Иванов", anna)
    assert dossier.company == "ООО «Старая»"
    assert dossier.place == day_place(LAST)
    assert dossier.people[0].position == "звонила"
    assert dossier.history[0].author == "Петрова"
    assert (dossier.note, len(dossier.people[0].contact_points)) == (MARK, 2)
    with desks.at("Иванов"):
        assert b"".join(contents.read(dossier.documents[-1].sha256)) == "звонила".encode()
        assert undo() is not None
        assert export_json() == owner_before
        assert redo() is not None
    half = desks.state("Иванов")
    assert len(desks.take_back("Иванов", update).open) == 1
    assert desks.state("Иванов") == half
    decided = {(anna, "company"): Take.THEIRS}
    assert desks.take_back("Иванов", update, choices=decided).open == []
    assert desks.dossier("Иванов", anna).company == "ООО «Новая»"

    with desks.at("Петрова"):
        work_at(anna, "ещё раз")
    newer = desks.give_back("Петрова", handover)
    final = desks.give_back("Петрова", handover, final=True)
    desks.take_back("Иванов", final)
    whole = desks.state("Иванов")
    for late in (newer, update, final):
        desks.take_back("Иванов", late)
        assert desks.state("Иванов") == whole
    mine, theirs = desks.dossier("Иванов", anna), desks.dossier("Петрова", anna)
    assert [entry.uid for entry in mine.history] == [entry.uid for entry in theirs.history]
    assert (mine.company, mine.place, mine.step) == (theirs.company, theirs.place, theirs.step)
    assert {item.uid for item in theirs.documents} < {item.uid for item in mine.documents}
    with desks.at("Иванов"):
        assert ending.handover_of(anna) is None  # the last one ended it


def test_only_some_dossiers_are_taken_back(desks: Desks, uids: list[str]) -> None:
    anna, vera, _ = uids
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(anna, "а")
        work_at(vera, "в")
    update = desks.give_back("Петрова", handover, final=True)
    desks.take_back("Иванов", update, only=[vera])
    assert desks.dossier("Иванов", vera).history[0].text == "в"
    assert desks.dossier("Иванов", anna).history[0].text == "говорили"
    with desks.at("Иванов"):
        assert ending.handover_of(anna) is not None
    desks.take_back("Иванов", update)
    assert desks.dossier("Иванов", anna).history[0].text == "а"
    with desks.at("Иванов"):
        assert ending.handover_of(anna) is None


def test_a_dossier_that_is_gone_is_told(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        for _ in range(20):  # back to before there was anything
            undo()
        create_dossier(Dossier(company="другая"))
    with desks.at("Иванов"):
        refused(lambda: reviewing.take_back(desks.open(update)), "no handover of this binder")


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (taking.dossiers, "insert"),
        (taking.handovers, "insert"),
        (reviewing.dossiers, "save"),
        (reviewing.handovers, "save_seen"),
        (reviewing.handovers, "save"),
    ],
)
def test_what_breaks_off_changes_nothing(
    desks: Desks, uids: list[str], monkeypatch: pytest.MonkeyPatch, module: Any, step: str
) -> None:
    """Taking over and taking back end whole or not at all."""
    handover, file = desks.give("Иванов", "Петрова")
    who = "Петрова" if step == "insert" else "Иванов"
    if who == "Иванов":
        desks.accept("Петрова", file)
        with desks.at("Петрова"):
            work_at(uids[0], "звонила")
        file = desks.give_back("Петрова", handover)
    action = desks.accept if who == "Петрова" else desks.take_back
    before = desks.state(who)
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            action(who, file)
    assert desks.state(who) == before
    action(who, file)
    assert desks.state(who) != before


# --- the end ---


def test_copies_go_for_good(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    with desks.at("Петрова"):
        create_dossier(Dossier(company="Своя"))
    empty = desks.state("Петрова")
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        taken = ending.find_handover(handover.uid)
        keep(uids[0], "новая.txt", b"new")
        log_contact(uids[0], Contact(text="необыкновенное"))
        refused(lambda: ending.end(taken), "not given back yet")
        refused(lambda: ending.end(taken, keep=True), "did not allow")
    desks.give_back("Петрова", handover)
    with desks.at("Петрова"):
        changes = ending.end(taken)
        assert changes.uids == set(uids[:2])
        assert changes.places == {TRAY} and changes.slip_dates == {str(LAST)}
        assert find("необыкновенное") == find("Ромашкина") == []
        assert [line.action for line in journal_lines()] == ["New dossier"]
        text = "".join(
            str(row)
            for table in ("journal_change", "history", "document", "content", "handed")
            for row in database.execute_sql(f'SELECT * FROM "{table}"')
        )
        assert "Ромашк" not in text and "необыкновенное" not in text
        assert not contents.has(pasted("x", b"new").sha256)
        refused(lambda: taking.accept(desks.open(file)), "is over")
        refused(lambda: returning.give_back(ending.find_handover(handover.uid), file), "is over")
        refused(lambda: ending.end(ending.find_handover(handover.uid)), "over already")
        assert undo() is not None
        assert dossiers.count() == 0
        redo()
    assert desks.state("Петрова").split(b"[(")[0] == empty.split(b"[(")[0].removesuffix(b"[]")


def test_copies_may_stay_and_come_again(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова", uids[0], may_keep=True)
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        ending.end(ending.find_handover(handover.uid), keep=True)
        log_contact(uids[0], Contact(text="сама"))
        assert ending.handover_of(uids[0]) is None
    with desks.at("Иванов"):
        ending.end(handover)
        set_field(uids[0], "company", "ООО «Иная»")
    handover, file = desks.give("Иванов", "Петрова", uids[0])
    accepted = desks.accept("Петрова", file)
    assert (accepted.new, accepted.known) == ([], uids[:1])
    dossier = desks.dossier("Петрова", uids[0])
    assert (dossier.company, dossier.history[0].text) == ("ООО «Иная»", "сама")
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    assert desks.dossier("Иванов", uids[0]).history[0].text == "сама"


def test_the_owner_ends_it_whatever_came(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(uids[0], "поздно")
    with desks.at("Иванов"):
        assert ending.end(handover).uids == set(uids[:2])
        assert ending.handover_of(uids[0]) is None
        assert undo() is not None
        assert ending.handover_of(uids[0]) == handover
        redo()
    # What comes late is not lost.
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    assert desks.dossier("Иванов", uids[0]).history[0].text == "поздно"


def test_prolonging(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова", uids[0])
    later, again = LAST + timedelta(days=7), desks.file()
    with desks.at("Иванов"):
        refused(lambda: giving.prolong(handover, TODAY), "before the first")
        giving.prolong(handover, later, again)
    with desks.at("Петрова"):
        refused(lambda: taking.accept(desks.open(again)), "only tells other days")
    desks.accept("Петрова", file)
    for _ in range(2):
        assert desks.accept("Петрова", again).handover.last_day == later
    with desks.at("Петрова"):
        found = ending.find_handover(handover.uid)
        assert found.last_day == later
        refused(lambda: giving.prolong(found, later), "Only the owner")
        assert undo() is not None
        assert ending.find_handover(handover.uid).last_day == LAST


def test_handing_on(desks: Desks, uids: list[str]) -> None:
    first, file = desks.give("Иванов", "Петрова", uids[0])
    desks.accept("Петрова", file)
    second, onward = desks.give("Петрова", "Котов", uids[0])
    assert second.owner == "Иванов"
    desks.accept("Котов", onward)
    with desks.at("Котов"):
        taken = ending.handover_of(uids[0])
        assert taken and taken.band(TODAY) == "for Иванов until 9 Dec, from Петрова"
        work_at(uids[0], "третий")
    with desks.at("Петрова"):
        at_hand = ending.handover_of(uids[0])
        assert at_hand and at_hand.direction is Direction.GIVEN
        refused(lambda: ending.end(ending.find_handover(first.uid)), "handed on")
    desks.take_back("Петрова", desks.give_back("Котов", second, final=True))
    desks.take_back("Иванов", desks.give_back("Петрова", first, final=True))
    entry = desks.dossier("Иванов", uids[0]).history[0]
    assert (entry.text, entry.author) == ("третий", "Котов")
    with desks.at("Петрова"):
        ending.end(ending.find_handover(first.uid))
        assert dossiers.count() == 0


def test_absences_that_overlap_are_told(desks: Desks, uids: list[str]) -> None:
    _, file = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        own = Dossier(company="Своя", place=day_place(FIRST))
        create_dossier(own)
    _, away = desks.give("Петрова", "Котов", own.uid)
    accepted = desks.accept("Петрова", file)
    (warning,) = accepted.warnings
    assert "26 November 2026" in warning and "Котов" in warning
    with desks.at("Петрова"):
        wish = giving.Wish("Котов", FIRST, LAST, [uids[0]], recipient=keys.identity().age_key)
        assert giving.prepare(wish).warnings == []  # handed on, all of them
        other = Dossier(company="Ещё", place=day_place(FIRST))
        create_dossier(other)
        (told,) = giving.prepare(replace(wish, uids=[other.uid])).warnings
        assert "Иванов" in told
    assert desks.accept("Котов", away).warnings == []


# --- a colleague who means ill ---

_ODD: list[Any] = [None, -1, 2**70, [], {}, "", True, "9999-12-31", "\0", "x" * 5000, 1.5, [[[]]]]


def disturbed(data: Any, rng: random.Random) -> None:
    """Put something odd in one place of the JSON."""
    while True:
        keys_of = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not keys_of:
            return
        key = rng.choice(keys_of)
        inner = data[key]
        if not (isinstance(inner, dict | list) and inner) or rng.random() < 0.1:
            if isinstance(data, dict) and rng.random() < 0.2:
                data[rng.choice(["x", "", str(key) + "x"])] = data.pop(key)
            else:
                data[key] = rng.choice(_ODD)
            return
        data = inner


def test_odd_packages_are_refused_or_fit(desks: Desks, uids: list[str]) -> None:
    rng = random.Random(5)
    handover, file = desks.give("Иванов", "Петрова", uids[0])

    def try_all(action: Any, package: Any) -> int:
        """How many of the disturbed packages were taken; each can be undone."""
        before, taken = export_json(), 0
        plain = msgspec.json.encode(package.records)
        for _ in range(120):
            data = msgspec.json.decode(plain)
            disturbed(data, rng)
            try:
                records = layout.read_records(msgspec.json.encode(data))
                changes, _ = action(replace(package, records=records))
            except Refusal:
                assert export_json() == before
                continue
            taken += 1
            if changes.entry:
                export_json()
                undo()
            assert export_json() == before
        return taken

    with desks.at("Петрова"):
        assert 0 < try_all(taking.accept, desks.open(file)) < 120
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(uids[0], "звонила")
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        assert 0 < try_all(reviewing.take_back, desks.open(update)) < 120


# --- random days ---

_DAYS = st.lists(
    st.tuples(
        st.sampled_from(["log", "field", "own field", "send", "merge", "undo"]), st.integers(0, 2)
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=10)
@given(days=_DAYS)
def test_random_days_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[str, int]]
) -> None:
    """Work on both sides, updates that get lost, come twice or late; at the end the owner
    has everything that both wrote."""
    desks = Desks(tmp_path_factory.mktemp("desks"))
    with desks.at("Иванов"):
        uid = fill()[0]
    handover, file = desks.give("Иванов", "Петрова", uid)
    desks.accept("Петрова", file)
    sent: list[Path] = []
    for number, (what, pick) in enumerate(days):
        text = f"день {number}"
        if what == "send":
            sent.append(desks.give_back("Петрова", handover))
        elif what == "merge" and sent:
            desks.take_back("Иванов", sent[pick % len(sent)], take=Take.THEIRS)
        elif what == "undo" and sent:
            before = desks.state("Иванов")
            desks.take_back("Иванов", sent[-1], take=Take.THEIRS)
            if desks.state("Иванов") != before:
                with desks.at("Иванов"):
                    undo()
                assert desks.state("Иванов") == before
        elif what == "own field":
            with desks.at("Иванов"):
                set_field(uid, "status", text)
                log_contact(uid, Contact(Channel.NOTE, text=text))
        elif what in ("log", "field"):
            with desks.at("Петрова"):
                if what == "log":
                    work_at(uid, text)
                else:
                    set_field(uid, "source", text)
    theirs, before = desks.dossier("Петрова", uid), desks.dossier("Иванов", uid)
    desks.take_back("Иванов", desks.give_back("Петрова", handover), take=Take.THEIRS)
    once = desks.state("Иванов")
    for late in sent:
        desks.take_back("Иванов", late, take=Take.THEIRS)
    assert desks.state("Иванов") == once
    mine = desks.dossier("Иванов", uid)
    for name in ("history", "promises", "documents"):
        have = {item.uid for item in getattr(mine, name)}
        assert {item.uid for item in (*getattr(theirs, name), *getattr(before, name))} == have
    assert (mine.source, mine.place) == (theirs.source, theirs.place)
    assert mine.status == before.status
    assert mine.people[0].position == theirs.people[0].position
