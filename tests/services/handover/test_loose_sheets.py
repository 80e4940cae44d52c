"""Sheets without a client go along too, and come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.handover.merging import Take
from dossier_app.domain.records import Dossier, Slip, SlipKind
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.handover import ending, giving, keys, reviewing, taking
from dossier_app.services.slips import add_slip, load_slip, move_slips, remove_slips, tick
from dossier_app.services.undoing import redo, undo
from dossier_app.storage.connection import database
from tests.services.handover.desks import (
    FIRST,
    LAST,
    MARK,
    TODAY,
    Desks,
    loose_away,
    loose_uids,
    refused,
)


@pytest.fixture
def loose(desks: Desks) -> str:
    """A loose sheet of Иванов, and one that does not go along."""
    slip = Slip(SlipKind.REMINDER, FIRST, "заказать пропуск")
    with desks.at("Иванов"):
        add_slip(slip)
        add_slip(Slip(SlipKind.REMINDER, FIRST, MARK))
    return slip.uid


def test_there_and_back(desks: Desks, loose: str) -> None:
    handover, file = desks.give("Иванов", "Петрова", loose=[loose])
    with desks.at("Иванов"):
        assert loose_away() == {loose: handover}
        assert ending.dossiers_of(handover) == []
        undone = undo()
        assert undone is not None and undone.slip_dates == {str(FIRST)}
        assert loose_away() == {}
        redo()
        before = desks_slips()
    accepted = desks.accept("Петрова", file)
    assert (accepted.new, accepted.loose) == ([], [loose])
    with desks.at("Петрова"):
        assert loose_uids() == [loose]
        assert loose_away()[loose].band(TODAY) == "for Иванов until 9 Dec"
        assert taking.accept(desks.open(file))[1].new == []
        move_slips([loose], LAST)
        refused(lambda: ending.end(ending.find_handover(handover.uid)), "not given back yet")
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        (one,) = reviewing.review(desks.open(update)).dossiers
        assert [(item.path, item.change) for item in one.applied] == [
            (f"slips.{loose}.on", "changed")
        ]
        assert desks_slips() == before
    desks.take_back("Иванов", update)
    with desks.at("Иванов"):
        assert load_slip(loose).on == LAST
        undo()
        assert desks_slips() == before
        redo()
    with desks.at("Петрова"):
        tick(loose)
    final = desks.give_back("Петрова", handover, final=True)
    for late in (final, update, final):
        desks.take_back("Иванов", late)
    with desks.at("Иванов"):
        assert load_slip(loose).done_on == TODAY
        assert loose_away() == {}
        (other,) = set(loose_uids()) - {loose}
        assert load_slip(other).text == MARK
    with desks.at("Петрова"):
        assert ending.end(ending.find_handover(handover.uid)).slip_dates == {str(LAST)}
        assert loose_uids() == []
        stored = "".join(
            str(row)
            for table in ("journal_change", "slip", "handover", "handed_slip")
            for row in database.execute_sql(f'SELECT * FROM "{table}"')
        )
        assert "пропуск" not in stored
        refused(lambda: taking.accept(desks.open(file)), "is over")


def desks_slips() -> list[Slip]:
    return [load_slip(uid) for uid in loose_uids()]


def test_a_sheet_goes_along_only_when_it_is_named(
    desks: Desks, uids: list[str], loose: str
) -> None:
    _, file = desks.give("Иванов", "Петрова")
    with desks.at("Петрова"):
        assert desks.open(file).records.loose == []
        assert MARK not in str(desks.open(file).records.loose)


def test_one_that_comes_again_comes_back(desks: Desks) -> None:
    weekly = Slip(SlipKind.REMINDER, FIRST, "касса", repeat="FREQ=WEEKLY")
    with desks.at("Иванов"):
        add_slip(weekly)
    handover, file = desks.give("Иванов", "Петрова", loose=[weekly.uid])
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        tick(weekly.uid)
        (following,) = set(loose_uids()) - {weekly.uid}
        assert following in loose_away()
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    with desks.at("Иванов"):
        assert load_slip(following).on == FIRST + timedelta(days=7)
        assert loose_away()[following].uid == handover.uid
    with desks.at("Петрова"):
        ending.end(ending.find_handover(handover.uid))
        assert loose_uids() == []


def test_one_that_the_owner_did_himself(desks: Desks) -> None:
    weekly = Slip(SlipKind.REMINDER, FIRST, "касса", repeat="FREQ=WEEKLY")
    with desks.at("Иванов"):
        add_slip(weekly)
    handover, file = desks.give("Иванов", "Петрова", loose=[weekly.uid])
    desks.accept("Петрова", file)
    with desks.at("Иванов"):
        tick(weekly.uid)
        (following,) = set(loose_uids()) - {weekly.uid}
        assert set(loose_away()) == {weekly.uid}  # the next one is not with the colleague
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    with desks.at("Иванов"):
        assert load_slip(weekly.uid).done_on == TODAY
        assert following in loose_uids()


def test_one_that_comes_again_is_handed_on(desks: Desks) -> None:
    weekly = Slip(SlipKind.REMINDER, FIRST, "касса", repeat="FREQ=WEEKLY")
    with desks.at("Иванов"):
        add_slip(weekly)
    first, file = desks.give("Иванов", "Петрова", loose=[weekly.uid])
    desks.accept("Петрова", file)
    second, onward = desks.give("Петрова", "Котов", loose=[weekly.uid])
    desks.accept("Котов", onward)
    with desks.at("Котов"):
        tick(weekly.uid)
        (following,) = set(loose_uids()) - {weekly.uid}
    with desks.at("Петрова"):
        ending.end(ending.find_handover(second.uid))
    for _ in range(2):  # late, and late again
        desks.take_back("Петрова", desks.give_back("Котов", second))
        with desks.at("Котов"):
            move_slips([following], LAST)
    desks.take_back("Петрова", desks.give_back("Котов", second))
    desks.take_back("Иванов", desks.give_back("Петрова", first))
    with desks.at("Иванов"):
        assert load_slip(following).on == LAST


def test_both_sides_changed_the_same(desks: Desks, loose: str) -> None:
    handover, file = desks.give("Иванов", "Петрова", loose=[loose])
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        move_slips([loose], LAST)
    with desks.at("Иванов"):
        move_slips([loose], TODAY)
    update = desks.give_back("Петрова", handover)
    ((_, asked),) = desks.take_back("Иванов", update).open
    assert (asked.mine, asked.theirs) == (str(TODAY), str(LAST))
    desks.take_back("Иванов", update, take=Take.THEIRS)
    with desks.at("Иванов"):
        assert load_slip(loose).on == LAST


def test_a_sheet_that_one_side_took_away(desks: Desks, loose: str) -> None:
    handover, file = desks.give("Иванов", "Петрова", loose=[loose])
    desks.accept("Петрова", file)
    with desks.at("Иванов"):
        remove_slips([loose])
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    with desks.at("Иванов"):
        assert loose not in loose_uids()
        undo()
        undo()
        assert loose in loose_uids()
    with desks.at("Петрова"):
        remove_slips([loose])
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    with desks.at("Иванов"):
        assert loose not in loose_uids()


def test_handing_on(desks: Desks, loose: str) -> None:
    first, file = desks.give("Иванов", "Петрова", loose=[loose])
    desks.accept("Петрова", file)
    second, onward = desks.give("Петрова", "Котов", loose=[loose])
    assert second.owner == "Иванов"
    desks.accept("Котов", onward)
    with desks.at("Котов"):
        tick(loose)
    with desks.at("Петрова"):
        refused(lambda: ending.end(ending.find_handover(first.uid)), "handed on")
    desks.take_back("Петрова", desks.give_back("Котов", second, final=True))
    desks.take_back("Иванов", desks.give_back("Петрова", first, final=True))
    with desks.at("Иванов"):
        assert load_slip(loose).done_on == TODAY


def test_what_cannot_go_or_come(desks: Desks, uids: list[str], loose: str) -> None:
    handover, file = desks.give("Иванов", "Петрова", loose=[loose])
    with desks.at("Иванов"):
        wish = giving.Wish("Котов", FIRST, LAST, loose=[loose], recipient=keys.identity().age_key)
        refused(lambda: giving.prepare(wish), "is with Петрова until 9 Dec already")
        own = Slip(SlipKind.REMINDER, FIRST, "при досье")
        add_slip(own, uids[0])
        refused(
            lambda: giving.prepare(giving.Wish("Котов", FIRST, LAST, loose=[own.uid])), "no open"
        )
        refused(lambda: giving.prepare(giving.Wish("Котов", FIRST, LAST, loose=["x"])), "no longer")
        undo()
        assert loose_away() == {loose: handover}
    with desks.at("Петрова"):
        add_slip(Slip(SlipKind.REMINDER, FIRST, "свой", uid=loose))
    before = desks.state("Петрова")
    with desks.at("Петрова"):
        refused(lambda: taking.accept(desks.open(file)), "in this binder already")
    assert desks.state("Петрова") == before


def test_copies_that_stayed_come_again(desks: Desks, loose: str) -> None:
    handover, file = desks.give("Иванов", "Петрова", loose=[loose], may_keep=True)
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        ending.end(ending.find_handover(handover.uid), keep=True)
        assert loose_uids() == [loose]
    with desks.at("Иванов"):
        ending.end(handover)
        move_slips([loose], LAST)
    _, file = desks.give("Иванов", "Петрова", loose=[loose])
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        assert load_slip(loose).on == LAST


def test_a_package_of_both(desks: Desks, uids: list[str], loose: str) -> None:
    handover, file = desks.give("Иванов", "Петрова", uids[0], loose=[loose])
    accepted = desks.accept("Петрова", file)
    assert (accepted.new, accepted.loose) == ([uids[0]], [loose])
    with desks.at("Петрова"):
        create_dossier(Dossier(company="Своя"))
        tick(loose)
    review = desks.take_back("Иванов", desks.give_back("Петрова", handover))
    assert [one.uid for one in review.dossiers] == [uids[0], handover.uid]
    with desks.at("Иванов"):
        assert load_slip(loose).done_on == TODAY


@settings(max_examples=10)
@given(
    days=st.lists(
        st.tuples(
            st.sampled_from(["tick", "move", "remove", "own move", "send", "merge"]),
            st.integers(0, 5),
        ),
        min_size=3,
        max_size=12,
    )
)
def test_random_days_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[str, int]]
) -> None:
    """Updates that get lost, come twice or late: in the end the owner has what was done."""
    desks = Desks(tmp_path_factory.mktemp("desks"))
    slips = [
        Slip(SlipKind.REMINDER, FIRST, "касса", repeat="FREQ=WEEKLY"),
        Slip(SlipKind.REMINDER, FIRST, "заказать пропуск"),
    ]
    with desks.at("Иванов"):
        for slip in slips:
            add_slip(slip)
    handover, file = desks.give("Иванов", "Петрова", loose=[slip.uid for slip in slips])
    desks.accept("Петрова", file)
    sent = []
    for what, pick in days:
        if what == "send":
            sent.append(desks.give_back("Петрова", handover))
        elif what == "merge":
            if sent:
                desks.take_back("Иванов", sent[pick % len(sent)], take=Take.THEIRS)
        else:
            with desks.at("Иванов" if what == "own move" else "Петрова"):
                at_hand = [slip for slip in desks_slips() if slip.done_on is None]
                if not at_hand:
                    continue
                uid = at_hand[pick % len(at_hand)].uid
                if what == "tick":
                    tick(uid)
                elif what == "remove":
                    remove_slips([uid])
                else:
                    move_slips([uid], FIRST + timedelta(days=pick))
    final = desks.give_back("Петрова", handover)
    desks.take_back("Иванов", final, take=Take.THEIRS)
    once = desks.state("Иванов")
    for late in (*sent, final):
        desks.take_back("Иванов", late, take=Take.THEIRS)
    assert desks.state("Иванов") == once
    with desks.at("Петрова"):
        theirs = {slip.uid: slip for slip in desks_slips()}
    with desks.at("Иванов"):
        mine = {slip.uid: slip for slip in desks_slips()}
        assert set(mine) == set(loose_away())
    assert theirs.keys() <= mine.keys()
    for uid, slip in theirs.items():
        assert mine[uid].done_on == slip.done_on
