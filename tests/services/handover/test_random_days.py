"""Whatever both sides do, the owner has it all in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.handover.merging import Take
from dossier_app.domain.records import Channel
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import set_field
from dossier_app.services.undoing import undo
from tests.services.handover.desks import Desks, fill, work_at

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
