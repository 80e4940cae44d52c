"""Which mails are of one conversation, whatever their programs told of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.mail import Mails, bare_subject, conversations, thread_of
from dossier_app.domain.records import Channel, HistoryEntry

NOON = datetime.fromisoformat("2026-11-25T12:00:00+03:00")


def entry(text: str, days: int = 0, thread: str = "", channel: Channel = Channel.EMAIL):
    at = NOON - timedelta(days=days)
    return HistoryEntry(at, channel, text=text, thread=thread, uid=text)


@pytest.mark.parametrize(
    ("subject", "bare", "is_answer"),
    [
        ("Смета на ворота", "смета на ворота", False),
        ("Re: Смета на ворота", "смета на ворота", True),
        ("RE[3]: Fwd: FW:Отв: На: Смета", "смета", True),
        ("  re (2): Смета ", "re (2): смета", False),
        ("Re(2): Смета", "смета", True),
        ("На дом: смета", "на дом: смета", False),
        ("Результат: хорошо", "результат: хорошо", False),
        ("Re:", "", True),
        ("", "", False),
    ],
)
def test_a_subject_without_what_programs_put_before_it(
    subject: str, bare: str, is_answer: bool
) -> None:
    assert bare_subject(subject) == (bare, is_answer)


def test_a_mail_tells_its_own_name_the_first_and_the_answered() -> None:
    assert thread_of("<a@x>", []) == "<a@x>"
    assert thread_of("<c@x>", ["<a@x>"]) == "<c@x> <a@x>"
    assert thread_of("<d e@x>", ["<a@x>", "<b@x>", "<c@x>"]) == "<de@x> <a@x> <c@x>"


def test_a_mail_is_known_by_its_own_name_alone() -> None:
    mails = Mails([entry("Смета", thread="<ab@x> <first@x>")])
    assert mails.has("<ab@x>") and mails.has("<a b@x>")
    assert not mails.has("<first@x>") and not mails.has("")


@given(st.permutations(range(6)))
def test_the_order_in_which_names_are_tied_does_not_matter(order: list[int]) -> None:
    """A chain in which each knows only the one before it, a pair, and one alone."""
    threads = ["<0>", "<1> <0>", "<2> <1>", "<3> <9>", "<4> <9>", "<5>"]
    found = conversations([entry(str(n), thread=threads[n]) for n in order])
    groups = {frozenset(uid for uid in found if found[uid] == key) for key in found.values()}
    assert groups == {frozenset("012"), frozenset("34")}
    assert all(found[key] == key for key in found.values())


def test_the_newest_mail_before_an_answer_with_its_subject() -> None:
    history = [
        entry("Смета\n\nпоздняя", 1, "<1>"),
        entry("смета", 2, "<2>", Channel.CALL),
        entry("СМЕТА\nсредняя", 5, "<3>"),
        entry("Смета", 8, "<4>"),
    ]
    mails = Mails(history)
    assert mails.answered_by(entry("Re: Смета\n\nтекст", 3)) is history[2]
    assert mails.answered_by(entry("Смета", 3)) is None
    assert mails.answered_by(entry("Re: Смета", 9)) is None
    assert mails.answered_by(entry("Re: Смета", 3, "<5> <4>")) is None  # it says so itself
    assert mails.answered_by(entry("Re: Смета", 3, "<5> <lost>")) is history[2]
    assert mails.answered_by(entry("Re:", 3)) is None
