"""The journal: whatever was done is taken back and done again to the letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peewee import IntegrityError

from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.importing import FileContent, Imported
from dossier_app.domain.place import CLOSED, TRAY, day_place
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
    Promise,
    Side,
)
from dossier_app.domain.when import When
from dossier_app.services import contacts, refiling, undoing
from dossier_app.services.dossiers import (
    NewDossier,
    add_dossier,
    load_dossier,
    save_dossier,
    set_field,
)
from dossier_app.services.import_planning import OpenedFile
from dossier_app.services.importing import import_files
from dossier_app.services.searching import find
from dossier_app.services.session import Session, open_session
from dossier_app.services.showing import export_json
from dossier_app.storage import dossiers, journal, search
from dossier_app.storage.connection import database, plain_words
from dossier_app.storage.folder import DataFolder

ACTIONS = ("new", "set", "refile", "log", "close", "edit", "import")
# What is done, to which dossier (counted round), and a number that makes it differ.
DEEDS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 9), st.integers(0, 40)), max_size=14
)
_used: list[str] = []


def fresh() -> str:
    """A word that no other text holds."""
    letters = "бвгджзклмн"
    _used.append("слово" + "".join(letters[int(digit)] for digit in f"{len(_used):04d}"))
    return _used[-1]


def do(name: str, which: int, number: int) -> None:
    """One user action; those that need a dossier make one when there is none."""
    uids = dossiers.all_uids()
    if not uids or name == "new":
        add_dossier(NewDossier(name=f"{fresh()} Анна"), force=True)
        return
    uid = uids[which % len(uids)]
    day = clock.today() + timedelta(days=number - 5)
    if name == "set":
        path = ["note", "company", "people.0.forms.relationship_card.car"][number % 3]
        set_field(uid, path, fresh())
    elif name == "refile":
        refiling.refile([uid], [day_place(day), TRAY, CLOSED][number % 3], reason="позже")
    elif name == "log":
        promise = Promise(Side.OURS, fresh(), day if number % 2 else None)
        contact = contacts.Contact(
            Channel.CALL, text=fresh(), promises=[promise], reached=number % 2 > 0
        )
        contacts.log_contact(uid, contact)
    elif name == "close":
        refiling.close([uid], reason=fresh())
    elif name == "edit":
        edit(uid, number)
    else:
        bring(number)


def edit(uid: str, number: int) -> None:
    """An edit of several parts at once; parts go and come."""
    dossier = load_dossier(uid)
    dossier.tags = [fresh()]
    for person in dossier.people:
        person.contact_points = [ContactPoint(ContactKind.PHONE, f"+7 495 000-00-{number:02d}")]
        person.forms = [FilledForm("relationship_card", {"cuisine": Answer(fresh())})]
    if number % 3 == 0:
        dossier.people = [Person("Липатова", fresh())]
    dossier.promises = dossier.promises[1:]
    dossier.slips = dossier.slips[1:]
    dossier.history = dossier.history[:-1]
    save_dossier(dossier)


def bring(number: int) -> None:
    """An import of a new record and of one that is joined to an earlier import."""
    new = Dossier(people=[Person(fresh(), "Пётр", main=True)])
    known = Dossier(people=[Person("Фиалкин", "Олег", main=True)], note=fresh())
    known.people[0].contact_points = [ContactPoint(ContactKind.EMAIL, "oleg@example.ru")]
    content = FileContent("vcard", 2, [Imported(1, new, f"id {number}"), Imported(2, known)])
    import_files([OpenedFile("cards.vcf", content)])


def whole() -> bytes:
    return export_json()[0]


def undo_all() -> int:
    return sum(1 for _ in iter(undoing.undo, None))


def redo_all() -> int:
    return sum(1 for _ in iter(undoing.redo, None))


def assert_index_is_true() -> None:
    """The index that grew with the actions equals one that is made anew."""
    grown = everything_found()
    with database.atomic() as transaction:
        search.rebuild()
        assert everything_found() == grown
        transaction.rollback()


def everything_found() -> dict[str, set[str]]:
    return {text: {hit.uid for hit in find(text, 50)} for text in _used}


@settings(max_examples=25)
@given(DEEDS)
def test_undo_all_and_redo_all(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, int]]
) -> None:
    folder = DataFolder(tmp_path_factory.mktemp("journal") / "data")
    session = open_session(folder)
    _used.clear()
    try:
        start = whole()
        for deed in deeds:
            do(*deed)
        end, index = whole(), everything_found()
        assert_index_is_true()
        assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []

        session.close()
        session = open_session(folder)
        done = undo_all()
        assert done <= len(deeds)
        assert whole() == start == b"[]"
        assert not any(everything_found().values())
        assert database.execute_sql("SELECT count(*) FROM origin").fetchone() == (0,)

        session.close()
        session = open_session(folder)
        assert redo_all() == done
        assert whole() == end
        assert everything_found() == index
        assert_index_is_true()
    finally:
        session.close()


@settings(max_examples=15)
@given(DEEDS, st.lists(st.sampled_from("ur"), max_size=12), DEEDS)
def test_undo_and_redo_among_actions(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, int, int]],
    turns: list[str],
    second: list[tuple[str, int, int]],
) -> None:
    """Each state is met again in order, whatever was turned to and fro before."""
    session = open_session(DataFolder(tmp_path_factory.mktemp("journal") / "data"))
    try:
        states, at = [whole()], 0
        for part in (first, second):
            for deed in part:
                do(*deed)
                if whole() != states[at]:
                    states[at + 1 :] = [whole()]
                    at += 1
            for turn in turns:
                if turn == "u" and undoing.undo():
                    at -= 1
                elif turn == "r" and undoing.redo():
                    at += 1
                assert whole() == states[at]
        while undoing.undo():
            at -= 1
            assert whole() == states[at]
        assert at == 0
    finally:
        session.close()


@pytest.fixture
def anna(binder_open: Session) -> str:
    """uid of a dossier."""
    return add_dossier(NewDossier(name="Ромашкина Анна", phones=["+7 495 000-00-01"]))[0].uid


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossier SET company = 'x'",
        "DELETE FROM dossier",
        "DELETE FROM contact_point",
        "INSERT INTO origin (dossier_id, foreign_id) VALUES (1, 'x')",
    ],
)
def test_nothing_is_written_outside_an_action(anna: str, sql: str) -> None:
    before = whole()
    with pytest.raises(IntegrityError, match="outside the journal"):
        database.execute_sql(sql)
    assert whole() == before


def test_a_failing_action_leaves_nothing(anna: str) -> None:
    before, lines = whole(), undoing.journal_lines()

    def fail() -> None:
        with journal.action("edit", clock.stamp()):
            set_field(anna, "note", "тайна")
            refiling.refile([anna], day_place(clock.today()))
            raise RuntimeError("out of paper")

    with pytest.raises(RuntimeError, match="out of paper"):
        fail()
    assert whole() == before
    assert undoing.journal_lines() == lines
    assert find("тайна") == []
    with pytest.raises(IntegrityError):
        database.execute_sql("UPDATE dossier SET company = 'x'")
    set_field(anna, "note", "и снова работает")
    assert undoing.undo()
    assert whole() == before


def test_an_action_inside_an_action_is_one_undo(anna: str) -> None:
    before = whole()
    with journal.action("log", clock.stamp()) as outer:
        set_field(anna, "note", "раз")
        inner = refiling.refile([anna], day_place(clock.today()))
        assert inner is outer
    assert outer.uids == {anna}
    assert day_place(clock.today()) in outer.places
    assert find("раз")
    changes = undoing.undo()
    assert changes and changes.action == "log"
    assert whole() == before
    assert find("раз") == []


def test_an_action_that_changes_nothing_leaves_no_entry(anna: str) -> None:
    lines = undoing.journal_lines()
    changes, _ = set_field(anna, "note", "")
    assert not changes
    assert not refiling.refile([anna], TRAY)
    assert undoing.journal_lines() == lines


def test_nothing_done_keeps_the_redo_and_something_drops_it(anna: str) -> None:
    set_field(anna, "note", "раз")
    undoing.undo()
    set_field(anna, "note", "")
    assert undoing.redo()
    undoing.undo()
    set_field(anna, "note", "два")
    assert undoing.redo() is None
    assert load_dossier(anna).note == "два"
    assert [line.undone for line in undoing.journal_lines()] == [False, True, False]


def test_changes_tell_what_was_touched(anna: str) -> None:
    day = clock.today() + timedelta(days=3)
    made = Promise(Side.OURS, "прислать", day)
    contact = contacts.Contact(promises=[made], next=When(day_place(day)))
    changes, _ = contacts.log_contact(anna, contact)
    assert changes.uids == {anna}
    assert changes.places == {TRAY, day_place(day)}
    assert changes.slip_dates == {str(day)}
    for turned in (undoing.undo(), undoing.redo()):
        assert turned is not None
        assert (turned.uids, turned.places, turned.slip_dates) == (
            changes.uids,
            changes.places,
            changes.slip_dates,
        )


def test_undoing_a_new_dossier_tells_its_uid(anna: str) -> None:
    changes = undoing.undo()
    assert changes and changes.uids == {anna}


def test_taking_a_dossier_out_is_told_and_undone(anna: str) -> None:
    before = whole()
    with journal.action("edit", clock.stamp()) as changes:
        database.execute_sql("DELETE FROM dossier WHERE uid = ?", (anna,))
    assert changes.uids == {anna}
    assert whole() == b"[]"
    assert find("Ромашкина") == []
    assert undoing.undo()
    assert whole() == before
    assert [hit.uid for hit in find("Ромашкина")] == [anna]


def test_the_author_is_that_of_the_time(anna: str) -> None:
    journal.set_author("Петрова")
    set_field(anna, "note", "раз")
    journal.set_author("Сидоров")
    set_field(anna, "note", "два")
    assert [line.author for line in undoing.journal_lines(anna)] == ["Сидоров", "Петрова", ""]
    assert [line.action for line in undoing.journal_lines(anna)][-1] == "New dossier"


def test_the_journal_of_one_dossier(anna: str) -> None:
    vera = add_dossier(NewDossier(name="Липатова Вера"))[0].uid
    refiling.refile([anna, vera], day_place(clock.today()))
    set_field(vera, "note", "раз")
    assert len(undoing.journal_lines(anna)) == 2
    assert len(undoing.journal_lines(vera)) == 3
    assert sorted(undoing.journal_lines(anna)[0].dossiers) == sorted([anna, vera])


@pytest.mark.parametrize("text", ["\0", "\x01\x1f\x7f", "'\"\\", "\u2028", "👩‍🔬", "ы" * 5000])
def test_any_text_survives_undo_and_redo(anna: str, text: str) -> None:
    set_field(anna, "note", text)
    set_field(anna, "note", "")
    undoing.undo()
    assert load_dossier(anna).note == text
    undoing.undo()
    undoing.redo()
    assert load_dossier(anna).note == text


def test_one_transaction_that_others_see_whole(anna: str, tmp_path: Path) -> None:
    """Nothing of a half-done action can be seen from another connection."""
    seen: list[Any] = []

    def look() -> None:
        from playhouse.sqlcipher_ext import SqlCipherDatabase

        other = SqlCipherDatabase(
            database.database, passphrase=database.connect_params["passphrase"]
        )
        seen.append(other.execute_sql("SELECT note FROM dossier").fetchall())
        other.close()

    with journal.action("edit", clock.stamp()):
        set_field(anna, "note", "раз")
        look()
    look()
    assert seen == [[("",)], [("раз",)]]


LONG = contacts.Contact(Channel.CALL, text="звонок " * 100_000)


def log_in_another_transaction(uid: str, contact: contacts.Contact) -> None:
    with plain_words(), database.atomic("IMMEDIATE"):
        contacts.log_contact(uid, contact)


@pytest.mark.parametrize("log", [contacts.log_contact, log_in_another_transaction])
def test_a_full_disk_is_told_and_changes_nothing(
    anna: str, log: Callable[[str, contacts.Contact], object]
) -> None:
    before = whole()
    full_disk()
    with pytest.raises(Refusal, match="the disk is full"):
        log(anna, LONG)
    assert whole() == before
    database.execute_sql("PRAGMA max_page_count = 1000000")
    set_field(anna, "note", "и снова работает")
    assert load_dossier(anna).note == "и снова работает"


def test_nothing_is_done_again_on_a_full_disk(anna: str) -> None:
    contacts.log_contact(anna, LONG)
    undoing.undo()
    database.execute_sql("VACUUM")
    before = whole()
    full_disk()
    with pytest.raises(Refusal, match="the disk is full"):
        undoing.redo()
    assert whole() == before


def full_disk() -> None:
    """From now on the database cannot grow."""
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.execute_sql(f"PRAGMA max_page_count = {pages}")
