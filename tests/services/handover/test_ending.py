"""The end of a handover, other days, handing on, absences that overlap."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dossier_app.domain.handover.records import Direction
from dossier_app.domain.place import TRAY, day_place
from dossier_app.domain.records import Dossier
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import pasted
from dossier_app.services.dossiers import create_dossier, set_field
from dossier_app.services.handover import ending, giving, keys, returning, taking
from dossier_app.services.searching import find
from dossier_app.services.undoing import journal_lines, redo, undo
from dossier_app.storage import contents, dossiers
from dossier_app.storage.connection import database
from tests.services.handover.desks import FIRST, LAST, TODAY, Desks, keep, refused, work_at


def test_copies_go_for_good(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    with desks.at("Петрова"):
        create_dossier(Dossier(company="Своя"))
    empty = desks.holds("Петрова")
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
    assert desks.holds("Петрова") == empty


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
